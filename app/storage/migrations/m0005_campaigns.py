"""An index for what belongs to a campaign: its visits and issues, whenever they were."""

STATEMENTS = (
    """
    CREATE INDEX current_campaign ON current (json_extract(body, '$.campaign'), kind, deleted)
    WHERE json_extract(body, '$.campaign') IS NOT NULL
    """,
)
