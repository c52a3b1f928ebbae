"""Who was there: the deputies a visit names, but for those who were excused, and whoever checked in besides."""

from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import ColumnElement, Connection, and_, func, select

from app.domain.values import Id
from app.domain.visit import Attendance, Presence
from app.queries.relations import ids_of, member, standing
from app.storage.rows import another
from app.storage.tables import CurrentRow

_AWAY = frozenset({Presence.ON_LEAVE, Presence.ABSENT})
_FIELDS = ("visit", "deputy", "name", "part", "presence")
_DEPUTY = frozenset({"", "代表", "人大代表"})


def people_there(named: Iterable[Id], checked: Iterable[Attendance], names: Mapping[Id, str]) -> Iterator[str]:
    """The names of those who were there, deputies named by the visit first; who is no deputy is told with their part."""
    lines = list(checked)
    away = {each.deputy for each in lines if each.deputy and each.presence in _AWAY}
    there = dict.fromkeys(id for id in named if id not in away)
    yield from (names.get(id, "") or "（未登记）" for id in there)
    for each in lines:
        if each.presence not in _AWAY and each.deputy not in there:
            name = each.name or names.get(each.deputy, "")
            yield name if each.part in _DEPUTY else f"{name}（{each.part}）"


def checked_in(connection: Connection, *visits: ColumnElement[bool]) -> dict[Id, list[Attendance]]:
    """The attendance of all visits that the conditions hold for, by visit, in the order it was entered.

    Left out are deputies whom the visit names and who came: in a long log they are most of the lines, and change nothing.
    """
    there = another(CurrentRow)
    deputy, belongs = _told("deputy"), member("visit")
    named = select(there.no).where(there.id == belongs, func.instr(there.body, deputy) > 0).exists()
    came = and_(deputy != "", named, _told("presence").not_in(_AWAY))
    fields = [_told(name) for name in _FIELDS]
    # By the index over what belongs to a visit: joined with the visits SQLite reads all attendance for each of them.
    question = select(*fields).where(standing("attendance"), belongs.in_(ids_of("visit", *visits)), ~came)
    checked: dict[Id, list[Attendance]] = {}
    for row in connection.execute(question.order_by(CurrentRow.no)):
        told = dict(zip(_FIELDS, row, strict=True))
        checked.setdefault(told["visit"], []).append(Attendance(id="", **told))
    return checked


def _told(name: str) -> ColumnElement[str]:
    return func.coalesce(member(name), "")
