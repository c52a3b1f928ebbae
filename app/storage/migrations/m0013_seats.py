"""Which computer wrote the newest line of a record, and hands it in; the numbers kept of each block apart by computer."""

STATEMENTS = (
    "ALTER TABLE current ADD COLUMN \"by\" VARCHAR DEFAULT '' NOT NULL",
    """
    UPDATE current SET "by" = coalesce((SELECT journal."by" FROM journal WHERE journal.seq = current.seq), '')
    """,
    "DROP INDEX current_stands",
    'CREATE INDEX current_stands ON current (owner, "by", kind, seq, deleted)',
    "DROP TABLE tally",
    """
    CREATE TABLE tally (
        owner VARCHAR NOT NULL,
        "by" VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        block INTEGER NOT NULL,
        many INTEGER NOT NULL,
        PRIMARY KEY (owner, "by", kind, block)
    )
    """,
    """
    INSERT INTO tally
    SELECT owner, "by", kind, seq / 4096, count(*) FROM current GROUP BY owner, "by", kind, seq / 4096
    """,
)
