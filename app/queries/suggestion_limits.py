"""What is owed of suggestions by a day: for Today's list and for other calendars."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, or_, select

from app.domain.category import CategoryScheme
from app.domain.deadlines import warning
from app.domain.handling import HandlingRole
from app.domain.life import SuggestionState
from app.domain.suggestion import Suggestion
from app.domain.suggestion_course import Course
from app.domain.suggestion_limits import Limit, LimitKind, limits
from app.domain.tracking import CLOSED
from app.domain.values import Id, known
from app.queries.relations import category_names, ids_of, member, standing, titles
from app.queries.rights import own_only
from app.queries.rules import rules_by_congress
from app.queries.suggestion_course import LIMITING, courses
from app.storage.tables import CurrentRow
from app.workspace import Workspace

_S: Final = SuggestionState
_WAITING: Final = (
    *(_S.ACCEPTED, _S.MERGED, _S.ASSIGNED, _S.OBJECTED, _S.SIGNED_FOR, _S.HANDLING, _S.REHANDLING),
    *(_S.REPLIED, _S.EVALUATED, _S.TRACKING),
)
"""States in which something is owed by a day; a promise is owed in any state, until it is struck off."""

_NEEDED: Final = (
    *("state", "receiving_body", "category", "in_session", "accepted_on", "assigned_on", "due_on", "extended_due_on"),
    *("case_number", "number", "year"),
)
_DAYS: Final = frozenset({"accepted_on", "assigned_on", "due_on", "extended_due_on"})


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitRow:
    """One deadline that is open, with the suggestion it belongs to.

    `left` counts days, negative once over; `reminder` is the profile's warning that holds today, 0 once over, None before all.
    """

    suggestion: Id
    title: str
    number: str
    category: str
    unit: str
    limit: Limit
    left: int
    reminder: int | None
    alarms: tuple[int, ...]  # days before on which the profile wants to be reminded


def open_limits(connection: Connection, day: date, mine: Sequence[ColumnElement[bool]]) -> tuple[LimitRow, ...]:
    """Every deadline that is open, the nearest first; the right to object is told only as long as it lasts."""
    rows = _waiting(connection, mine)
    found = courses(connection, [_read(each) for each in rows], LIMITING) if rows else []
    if not found:
        return ()
    known_rules = rules_by_congress(connection)
    units, names = titles(connection, "unit"), category_names(connection, CategoryScheme.SUGGESTION)
    told: list[LimitRow] = []
    for course, row in zip(found, rows, strict=True):
        rules = known_rules.get(course.suggestion.receiving_body, known_rules[""])
        for each in limits(course, rules):
            left = (each.day - day).days
            if not each.open or (each.kind is LimitKind.OBJECTION and left < 0):
                continue
            told.append(
                LimitRow(
                    suggestion=course.suggestion.id,
                    title=row.title,
                    number=course.suggestion.case_number or course.suggestion.number,
                    category=names.get(course.suggestion.category, course.suggestion.category),
                    unit=units.get(each.unit, "") or _lead(course, units),
                    limit=each,
                    left=left,
                    reminder=0 if left < 0 else warning(each.day, day, rules.profile),
                    alarms=rules.profile.warn_days,
                )
            )
    return tuple(sorted(told, key=lambda each: (each.limit.day, each.title)))


def suggestion_limits(workspace: Workspace) -> tuple[LimitRow, ...]:
    """What is owed of the suggestions the operator may see."""
    with workspace.reading() as connection:
        mine = own_only(connection, workspace.author.op)
        return open_limits(connection, workspace.clock.today().date(), mine)


def reminded(rows: Iterable[LimitRow]) -> list[LimitRow]:
    """Those a person should be told of by now: overdue, or within the first of the profile's warnings.

    The right to object is nobody's duty, so nobody is reminded of it.
    """
    return [each for each in rows if each.reminder is not None and each.limit.kind is not LimitKind.OBJECTION]


def _waiting(connection: Connection, mine: Sequence[ColumnElement[bool]]) -> Sequence[Row[Any]]:
    """The suggestions something is owed of, without their long texts."""
    not_struck_off = or_(member("state").is_(None), member("state").not_in([str(each) for each in CLOSED]))
    promising = ids_of("commitment", not_struck_off).with_only_columns(member("suggestion"))
    waits = or_(member("state").in_([str(each) for each in _WAITING]), CurrentRow.id.in_(promising))
    shown: list[Any] = [CurrentRow.id, CurrentRow.title, *(member(name).label(name) for name in _NEEDED)]
    question = select(*shown).where(standing("suggestion"), waits, *mine).order_by(CurrentRow.no)
    return connection.execute(question).all()


def _read(row: Row[Any]) -> Suggestion:
    told: dict[str, Any] = {name: value for name in _NEEDED if (value := getattr(row, name)) is not None}
    told |= {name: date.fromisoformat(told[name]) for name in _DAYS & told.keys()}
    told["in_session"] = bool(told.get("in_session"))
    return Suggestion(id=row.id, subject=row.title, **told | {"state": known(SuggestionState, row.state)})


def _lead(course: Course, units: Mapping[Id, str]) -> str:
    leads = [each.unit for each in course.slips() if each.role in {HandlingRole.LEAD, HandlingRole.SOLE, ""}]
    return units.get(leads[0], "") if leads else ""
