"""Who may do what at a station: roles and what each may do, as tables; the rules that read them ask nothing else."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final

from app.domain.people import Operator, Role
from app.domain.station import Seat, SeatRole, SeatStatus, role_told
from app.domain.values import CodeSet, Id


class Right(CodeSet):
    """What may be done with a station's records."""

    ENTER = "enter", "录入"
    WORK = "work", "办理全站事项"
    CONTACTS = "contacts", "查看完整联系方式"
    EXPORT = "export", "报送与接收"
    PRIVACY = "privacy", "个人信息导出与删除"
    PEOPLE = "people", "人员管理"
    SETTINGS = "settings", "联络站设置"


ALL: Final = frozenset(Right)
_OFFICER: Final = frozenset({Right.ENTER, Right.WORK, Right.CONTACTS})
GRANTED: Final[Mapping[Role, frozenset[Right]]] = {
    Role.VOLUNTEER: frozenset({Right.ENTER}),
    Role.DEPUTY: frozenset({Right.ENTER, Right.WORK}),
    Role.LIAISON_OFFICER: _OFFICER,
    Role.CHAIR: _OFFICER,
    Role.DEPUTY_STATION_HEAD: ALL,
    Role.STATION_HEAD: ALL,
}
"""What each role may do; a deputy only with the records they are in, unless another role of theirs says more."""

AT: Final[Mapping[SeatRole, frozenset[Right]]] = {
    SeatRole.FULL: ALL,
    SeatRole.ENTRY: frozenset({Right.ENTER, Right.EXPORT}),
    SeatRole.READING: frozenset({Right.EXPORT}),
}
"""What may be done at a computer that is for one thing alone, whoever sits at it; exchange with the others goes on at each."""

_ENTERED: Final = frozenset({"visit", "attendance", "encounter", "contact", "issue", "attachment", "deputy"})
_KEPT_BY: Final[Mapping[str, Right]] = {
    **dict.fromkeys(_ENTERED, Right.ENTER),
    "operator": Right.PEOPLE,
    "erase_order": Right.PRIVACY,
    **dict.fromkeys(("station", "seat", "calendar_year", "rule_profile", "reference", "score_scheme"), Right.SETTINGS),
}


@dataclass(frozen=True, slots=True)
class Rights:
    """What somebody may do; `deputy` names the deputy to whose records that is confined, where it is.

    `elsewhere` are rights they have at other computers of the station, this one being for `here` alone.
    """

    granted: frozenset[Right]
    deputy: Id = ""
    elsewhere: frozenset[Right] = frozenset()
    here: SeatRole = SeatRole.FULL

    def may(self, right: Right) -> bool:
        """Whether this right was given."""
        return right in self.granted


SHARED: Final = frozenset(
    (
        *("station", "seat", "operator", "congress", "term", "deputy", "former_deputy", "unit", "category", "campaign"),
        *("project", "bulletin", "article", "calendar_year", "rule_profile", "reference", "score_scheme", "station_check"),
    )
)
"""Kinds that everyone at a station may look at: the register, the station itself, what concerns no single person."""

EVERYTHING: Final = Rights(ALL)


def rights_of(id: Id, operators: Collection[Operator]) -> Rights:
    """What the operator of this identifier may do among those who work here.

    Until somebody is the station head nobody was put in charge, and everyone may do everything; somebody of whom no role is
    said may do what a volunteer does.
    """
    here = [each for each in operators if each.until is None]
    if not _in_charge(here):
        return EVERYTHING
    mine = next((each for each in here if each.id == id), None)
    roles = _known_roles(mine) or [Role.VOLUNTEER]
    granted = frozenset[Right]().union(*(GRANTED[each] for each in roles))
    confined = mine is not None and Role.DEPUTY in roles and not granted >= _OFFICER
    return Rights(granted, mine.deputy or mine.id if mine and confined else "")


def without_role(operators: Collection[Operator]) -> tuple[Operator, ...]:
    """Who works here and may only enter because nobody has said their role, as the first one at a computer that has joined."""
    here = [each for each in operators if each.until is None]
    return tuple(each for each in here if not _known_roles(each)) if _in_charge(here) else ()


def _in_charge(here: Collection[Operator]) -> bool:
    return any(Role.STATION_HEAD in each.roles for each in here)


def _known_roles(operator: Operator | None) -> list[Role]:
    return [Role(each) for each in (operator.roles if operator else ()) if each in GRANTED]


def at_seat(rights: Rights, seat: str, seats: Collection[Seat]) -> Rights:
    """What is left of somebody's rights at a computer, `seat` being its identifier among those of the station.

    One that was ended is for reading alone. Where no computer in use may do everything none of those is limited: two heads may
    have limited each other's at the same time.
    """
    in_use = [each for each in seats if each.status in {"", SeatStatus.ACTIVE}]
    roles = {each.key_id: role_told(each.role) for each in in_use}
    here = roles.get(seat, SeatRole.READING if any(each.key_id == seat for each in seats) else SeatRole.FULL)
    if seat in roles and SeatRole.FULL not in roles.values():
        return rights
    return replace(rights, granted=rights.granted & AT[here], elsewhere=rights.granted - AT[here], here=here)


def needed_for(kind: str) -> Right:
    """What it takes to save a record of this kind."""
    return _KEPT_BY.get(kind, Right.WORK)


def holders(right: Right) -> tuple[Role, ...]:
    """Whom to ask: the roles that have a right."""
    return tuple(role for role, granted in GRANTED.items() if right in granted and role not in {Role.DEPUTY, Role.CHAIR})
