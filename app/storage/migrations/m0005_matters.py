"""Indexes for issues that name related ones, and for those that are with the hotline."""

STATEMENTS = (
    """
    CREATE INDEX current_related ON current (kind, deleted)
    WHERE json_extract(body, '$.related') IS NOT NULL
    """,
    """
    CREATE INDEX current_hotline ON current (kind, deleted, day, no, json_extract(body, '$.state'))
    WHERE json_extract(body, '$.route') = 'hotline_12345'
    """,
)
