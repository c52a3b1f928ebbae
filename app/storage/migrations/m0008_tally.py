"""How many records of a kind have their newest line in each block of 4,096 journal lines; whom issues and campaigns name.

The indexes hold what lists are narrowed and tables are filled by, so that no body is read for it.
"""

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
    "DROP INDEX current_issue",
    """
    CREATE INDEX current_issue ON current
    (kind, deleted, json_extract(body, '$.state'), day, no, json_extract(body, '$.deputies'))
    WHERE kind = 'issue'
    """,
    "DROP INDEX current_due",
    """
    CREATE INDEX current_due ON current
    (kind, json_extract(body, '$.due_on'), json_extract(body, '$.state'), deleted, json_extract(body, '$.deputies'))
    WHERE deleted = 0 AND json_extract(body, '$.due_on') IS NOT NULL
    """,
    "DROP INDEX current_hotline",
    """
    CREATE INDEX current_hotline ON current
    (
        kind, deleted, day, no, json_extract(body, '$.state'),
        json_extract(body, '$.route'), json_extract(body, '$.deputies')
    )
    WHERE json_extract(body, '$.route') = 'hotline_12345'
    """,
    "DROP INDEX current_campaign",
    """
    CREATE INDEX current_campaign ON current
    (json_extract(body, '$.campaign'), kind, deleted, day, no, id, json_extract(body, '$.deputies'))
    WHERE json_extract(body, '$.campaign') IS NOT NULL
    """,
)
