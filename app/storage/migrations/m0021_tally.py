"""How many records of a kind have their newest line in each block of 4,096 journal lines, and the deputies of issues."""

STATEMENTS = (
    """
    CREATE TABLE tally (
        owner VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        block INTEGER NOT NULL,
        many INTEGER NOT NULL,
        PRIMARY KEY (owner, kind, block)
    )
    """,
    "INSERT INTO tally SELECT owner, kind, seq / 4096, count(*) FROM current GROUP BY owner, kind, seq / 4096",
)
