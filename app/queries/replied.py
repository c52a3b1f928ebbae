"""Which suggestions somebody else has answered: a record of the body, or of a unit through it, came back about them."""

from sqlalchemy import ColumnElement, and_, func, select

from app.domain.values import Id
from app.queries.relations import member
from app.storage.tables import CurrentRow
from app.workspace import Workspace

_ANSWERS = ("review", "reply")


def replied(workspace: Workspace) -> int:
    """How many suggestions have a review or a reply that did not come from this station."""
    with workspace.reading() as connection:
        return connection.execute(select(func.count()).where(is_replied(workspace.author.owner))).scalar_one()


def is_replied(station: Id) -> ColumnElement[bool]:
    """The condition that a record is one of them."""
    told = member("suggestion")
    others = CurrentRow.kind.in_(_ANSWERS), ~CurrentRow.deleted, CurrentRow.owner != station
    answered = select(told).where(*others, told.is_not(None)).correlate(None)
    return and_(CurrentRow.kind == "suggestion", ~CurrentRow.deleted, CurrentRow.id.in_(answered))
