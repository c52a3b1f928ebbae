"""What stands ready at the desk: names of deputies and categories, and what was written the last times."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, select

from app.domain.category import CategoryScheme
from app.domain.deadlines import Period
from app.domain.values import Code, Id, known
from app.domain.visit import Campaign, MeetingWay, VisitKind
from app.queries.campaigns import campaigns_there
from app.queries.deputies import RegisterRow, register
from app.queries.relations import category_names, member, standing, title_of
from app.queries.rules import station_rules
from app.storage.tables import CurrentRow
from app.workspace import Workspace

_LOOKED_BACK: Final = 300  # records entered last: what is written again and again is among them


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitWords:
    """Names and habits; `places` and `villages` are those written last, the newest first, each once."""

    deputies: Mapping[Id, RegisterRow]
    categories: Mapping[str, str]
    period: Period
    operator: str
    places: tuple[str, ...]
    villages: tuple[str, ...]
    place: str  # of the last reception
    way: Code[MeetingWay]  # of the last reception
    campaigns: tuple[Campaign, ...] = ()


def visit_words(workspace: Workspace) -> VisitWords:
    """The words as they stand in the workspace now."""
    deputies = {each.id: each for each in register(workspace)}
    with workspace.reading() as connection:
        place, way = _last_reception(connection)
        return VisitWords(
            deputies=deputies,
            categories=category_names(connection, CategoryScheme.ISSUE),
            period=station_rules(workspace, connection).profile.issue,
            operator=title_of(connection, workspace.author.op),
            places=_written(connection, "visit", "place"),
            villages=_written(connection, "encounter", "village"),
            place=place,
            way=way,
            campaigns=tuple(campaigns_there(connection)),
        )


def _written(connection: Connection, kind: str, name: str) -> tuple[str, ...]:
    newest = select(member(name)).where(standing(kind)).order_by(CurrentRow.day.desc(), CurrentRow.no.desc())
    return tuple(dict.fromkeys(text for text in connection.scalars(newest.limit(_LOOKED_BACK)) if text))


def _last_reception(connection: Connection) -> tuple[str, Code[MeetingWay]]:
    """Where and how people were received last; on the first day of a station nobody knows."""
    question = (
        select(member("place").label("place"), member("way").label("way"))
        .where(standing("visit"), member("visit_kind") == str(VisitKind.RECEPTION))
        .order_by(CurrentRow.day.desc(), CurrentRow.no.desc())
        .limit(1)
    )
    row = connection.execute(question).first()
    return (row.place or "", known(MeetingWay, row.way or "")) if row else ("", "")
