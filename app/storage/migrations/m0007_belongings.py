"""Indexes for the issues of one category, newest first, with where each stands, and for what belongs to a suggestion."""

STATEMENTS = (
    """
    CREATE INDEX current_category ON current
    (json_extract(body, '$.category'), kind, deleted, day, no, json_extract(body, '$.state'))
    WHERE kind = 'issue'
    """,
    """
    CREATE INDEX current_suggestion ON current (json_extract(body, '$.suggestion'), kind, deleted)
    WHERE json_extract(body, '$.suggestion') IS NOT NULL
    """,
)
