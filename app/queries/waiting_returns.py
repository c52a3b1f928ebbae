"""What was said of a suggestion before it came: kept, and seen by name until it is here."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, func, or_, select

from app.domain.case_file import CaseFile
from app.domain.reply import Reply
from app.domain.suggestion import Suggestion
from app.domain.values import Id
from app.queries.relations import found, ids_of, member, standing, titles
from app.queries.returned import body_records, packages_of
from app.queries.suggestion_course import courses
from app.queries.suggestion_handling import TimelineLine, timeline
from app.storage.tables import CurrentRow
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingReturn:
    """A suggestion that is not here, with all that was said of it in the order of its days."""

    suggestion: Id
    case_number: str
    lines: tuple[TimelineLine, ...]


def waiting_returns(workspace: Workspace) -> tuple[WaitingReturn, ...]:
    """What waits for suggestions that are not at this station, in the order it came; one that comes later takes all of it up."""
    own = workspace.author.owner
    with workspace.reading() as connection:
        waiting = [Suggestion(id=id) for id in _unknown(connection, own)]
        units = titles(connection, "unit") if waiting else {}
        return tuple(
            WaitingReturn(
                suggestion=course.suggestion.id,
                case_number=_case_number(connection, course.suggestion.id),
                lines=timeline(course, units, packages_of(connection, list(body_records(connection, course.suggestion.id, own)))),
            )
            for course in courses(connection, waiting)
        )


def _unknown(connection: Connection, own: Id) -> list[Id]:
    """The suggestions that somebody else's records name, or replies of anybody, and that are not here."""
    here = ids_of(Suggestion.traits.name)
    # Two ranges instead of "not equal": so the index that begins with the owner is used.
    others = or_(CurrentRow.owner < own, CurrentRow.owner > own), ~CurrentRow.deleted, CurrentRow.kind != "attachment"
    named: dict[Id, int] = {}
    for of, whose in ((func.coalesce(member("suggestion"), member("of")), others), (member("suggestion"), (_REPLIES,))):
        first = select(of.label("of"), func.min(CurrentRow.no).label("first"))
        question = first.where(*whose, of.is_not(None), of.not_in(here)).group_by(of)
        for row in connection.execute(question):
            named[row.of] = min(row.first, named.get(row.of, row.first))
    return sorted(named, key=named.__getitem__)


_REPLIES: Final = standing(Reply.traits.name)


def _case_number(connection: Connection, suggestion: Id) -> str:
    return next((each.case_number for each in found(connection, CaseFile, member("suggestion") == suggestion)), "")
