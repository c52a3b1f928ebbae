"""An index for the issues of one category, newest first, with where each stands."""

STATEMENTS = (
    """
    CREATE INDEX current_category ON current
    (json_extract(body, '$.category'), kind, deleted, day, no, json_extract(body, '$.state'))
    WHERE kind = 'issue'
    """,
)
