"""What the log is narrowed by, in an index of its own: no line is read to count a hundred thousand."""

STATEMENTS = (
    """
    CREATE INDEX journal_logged ON journal
    (
        seq,
        kind,
        rev IS NULL,
        CASE WHEN json_valid(CAST(line AS TEXT)) THEN json_extract(CAST(line AS TEXT), '$._op') END,
        CASE WHEN json_valid(CAST(line AS TEXT)) THEN json_extract(CAST(line AS TEXT), '$._hlc') END
    )
    """,
)
