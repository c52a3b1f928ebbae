"""How many people were met at a visit."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, func, select

from app.domain.values import Id
from app.queries.relations import AT_ONCE, member, standing


def people_met_at(connection: Connection, visits: Sequence[Id]) -> Mapping[Id, int]:
    """How many people were met at each of these visits; a line without a number counts one (decision 11)."""
    visit, people = member("visit"), func.max(1, func.coalesce(member("people"), 1))
    question = select(visit.label("visit"), func.sum(people).label("people")).where(standing("encounter")).group_by(visit)
    met: dict[Id, int] = {}
    for start in range(0, len(visits), AT_ONCE):
        rows = connection.execute(question.where(visit.in_(visits[start : start + AT_ONCE])))
        met |= {row.visit: row.people for row in rows}
    return met
