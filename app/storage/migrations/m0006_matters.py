"""Indexes for issues that name related ones, for those with the hotline, for whom deputies are named by, for what was removed."""

STATEMENTS = (
    """
    CREATE INDEX current_related ON current (kind, deleted)
    WHERE json_extract(body, '$.related') IS NOT NULL
    """,
    """
    CREATE INDEX current_hotline ON current (kind, deleted, day, no, json_extract(body, '$.state'))
    WHERE json_extract(body, '$.route') = 'hotline_12345'
    """,
    """
    CREATE INDEX current_deputies ON current (json_extract(body, '$.deputies'), kind, deleted, id)
    WHERE json_extract(body, '$.deputies') IS NOT NULL
    """,
    """
    CREATE INDEX current_deputy ON current (json_extract(body, '$.deputy'), kind, deleted)
    WHERE json_extract(body, '$.deputy') IS NOT NULL
    """,
    "CREATE INDEX current_trash ON current (seq) WHERE deleted = 1",
)
