"""How many records of each kind there are."""

from sqlalchemy import func, select

from app.storage.tables import CurrentRow
from app.workspace import Workspace


def count(workspace: Workspace) -> dict[str, int]:
    """Records that stand, by kind, in the order of the kinds' names."""
    question = (
        select(CurrentRow.kind, func.count()).where(~CurrentRow.deleted).group_by(CurrentRow.kind).order_by(CurrentRow.kind)
    )
    with workspace.reading() as connection:
        return {row[0]: row[1] for row in connection.execute(question)}
