"""Visits by kind, the newest first; the deadline of an issue beside what narrows a list: no body is read to sort by it."""

STATEMENTS = (
    """
    CREATE INDEX current_visit_kind ON current
    (kind, deleted, json_extract(body, '$.visit_kind'), day DESC, no DESC)
    WHERE kind = 'visit'
    """,
    "DROP INDEX current_issue",
    """
    CREATE INDEX current_issue ON current
    (
        kind, deleted, json_extract(body, '$.state'), day, no,
        json_extract(body, '$.deputies'), json_extract(body, '$.due_on')
    )
    WHERE kind = 'issue'
    """,
    "DROP INDEX current_category",
    """
    CREATE INDEX current_category ON current
    (
        json_extract(body, '$.category'), kind, deleted, day, no,
        json_extract(body, '$.state'), json_extract(body, '$.due_on')
    )
    WHERE kind = 'issue'
    """,
    "DROP INDEX current_hotline",
    """
    CREATE INDEX current_hotline ON current
    (
        kind, deleted, day, no, json_extract(body, '$.state'),
        json_extract(body, '$.route'), json_extract(body, '$.deputies'), json_extract(body, '$.due_on')
    )
    WHERE json_extract(body, '$.route') = 'hotline_12345'
    """,
)
