"""The station's latest activities, for a suggestion that came from one of them."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from app.domain.values import Code, Id, known
from app.domain.visit import VisitKind
from app.queries.relations import member, standing
from app.storage.tables import CurrentRow
from app.workspace import Workspace

OFFERED: Final = 20

_LOG: Final = (VisitKind.RECEPTION.value, VisitKind.OUTREACH.value)  # days of the log, from which issues come, not suggestions


@dataclass(frozen=True, slots=True, kw_only=True)
class RecentActivity:
    """An activity as it is offered."""

    id: Id
    title: str
    day: str
    kind: Code[VisitKind]


def recent_activities(workspace: Workspace) -> tuple[RecentActivity, ...]:
    """The newest activities other than receptions and outreach, at most `OFFERED`."""
    kind = member("visit_kind")
    question = (
        select(CurrentRow.id, CurrentRow.title, CurrentRow.day, kind.label("kind"))
        .where(standing("visit"), kind.not_in(_LOG))
        .order_by(CurrentRow.day.desc(), CurrentRow.no.desc())
        .limit(OFFERED)
    )
    with workspace.reading() as connection:
        rows = connection.execute(question).all()
    return tuple(RecentActivity(id=row.id, title=row.title, day=row.day or "", kind=known(VisitKind, row.kind)) for row in rows)
