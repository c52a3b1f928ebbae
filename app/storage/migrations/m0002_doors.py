"""Indexes for what is asked all day: where the records stand, what falls due, and what belongs to a record."""

STATEMENTS = (
    "CREATE INDEX current_stands ON current (owner, kind, seq, deleted)",
    """
    CREATE INDEX current_due ON current (kind, json_extract(body, '$.due_on'), json_extract(body, '$.state'))
    WHERE deleted = 0 AND json_extract(body, '$.due_on') IS NOT NULL
    """,
    """
    CREATE INDEX current_issue ON current (kind, deleted, json_extract(body, '$.state'), day, no)
    WHERE kind = 'issue'
    """,
    """
    CREATE INDEX current_visits ON current (kind, deleted, day, no, json_extract(body, '$.visit_kind'))
    WHERE kind = 'visit'
    """,
    """
    CREATE INDEX current_visit ON current (json_extract(body, '$.visit'), kind, deleted)
    WHERE json_extract(body, '$.visit') IS NOT NULL
    """,
    """
    CREATE INDEX current_encounter ON current (json_extract(body, '$.encounter'), kind, deleted)
    WHERE json_extract(body, '$.encounter') IS NOT NULL
    """,
    """
    CREATE INDEX current_of ON current (json_extract(body, '$.of'), kind, deleted)
    WHERE json_extract(body, '$.of') IS NOT NULL
    """,
)
