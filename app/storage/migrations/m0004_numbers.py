"""An index for the numbers of forms: the last one of a series, and what carries a number."""

STATEMENTS = (
    """
    CREATE INDEX current_number ON current (json_extract(body, '$.number'), kind, deleted)
    WHERE json_extract(body, '$.number') IS NOT NULL
    """,
)
