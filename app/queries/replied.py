"""Which suggestions somebody else has answered: a record of the body, or of a unit through it, came back about them."""

from sqlalchemy import distinct, func, select

from app.queries.relations import member
from app.storage.tables import CurrentRow
from app.workspace import Workspace

_ANSWERS = ("review", "reply")


def replied(workspace: Workspace) -> int:
    """How many suggestions have a review or a reply that did not come from this station."""
    others = CurrentRow.kind.in_(_ANSWERS), ~CurrentRow.deleted, CurrentRow.owner != workspace.author.owner
    question = select(func.count(distinct(member("suggestion")))).where(*others, member("suggestion").is_not(None))
    with workspace.reading() as connection:
        return connection.execute(question).scalar_one()
