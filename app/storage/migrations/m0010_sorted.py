"""Visits by their kind, the newest first; the deadline of an issue beside its state, so that no body is read to sort by it."""

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
)
