"""The list of suggestions by where they stand, page by page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, select, true

from app.clock import CHINA
from app.domain.ids import milliseconds_of
from app.domain.life import SuggestionState
from app.domain.suggestion import TEXT_OPEN
from app.domain.values import Code, CodeSet, Id, known
from app.queries.awards import rated
from app.queries.listing import Listing, Order, turned
from app.queries.relations import member, standing
from app.queries.rights import own_only
from app.queries.suggestion_outcomes import Counted, counted_in
from app.storage.rows import another
from app.storage.tables import CurrentRow
from app.workspace import Workspace


class SuggestionGroup(CodeSet):
    """What a person looks for: groups of states; `ALL` holds those refused and withdrawn as well."""

    DRAFTS = "drafts", "起草"
    SUBMITTED = "submitted", "已提交"
    IN_HANDLING = "in_handling", "办理中"
    REPLIED = "replied", "已答复"
    ALL = "all", "全部"


class SuggestionSort(StrEnum):
    """By what the list can be sorted: titles and names by their sound, the state in the order of a suggestion's life."""

    TITLE = "title"
    LEAD = "lead"
    STATE = "state"
    DAY = "day"
    DUE = "due"


class DueWithin(CodeSet):
    """By when a reply is owed."""

    OVER = "over", "已超期"
    MONTH = "month", "30 天内到期"


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """What else a list is narrowed by; nothing where nothing is said. `counted` are those that a figure counts."""

    state: str = ""
    unit: Id = ""
    reply_class: str = ""
    due: str = ""
    key_only: bool = False
    stars: str = ""
    counted: Counted | None = None


NOT_NARROWED: Final = Narrowing()


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionRow:
    """One line of the list. `day` is that of submission, before it that of the last change; `due` is when a reply is owed."""

    id: Id
    title: str
    lead: str
    state: Code[SuggestionState]
    in_session: bool
    day: date | None
    grounds: int
    due: date | None = None


_S: Final = SuggestionState
_STATES: Final[Mapping[SuggestionGroup, frozenset[str]]] = {
    SuggestionGroup.DRAFTS: TEXT_OPEN | {_S.RETURNED},
    SuggestionGroup.SUBMITTED: frozenset({_S.SUBMITTED, _S.FIRST_REVIEW, _S.SECOND_REVIEW}),
    SuggestionGroup.IN_HANDLING: frozenset(
        {_S.ACCEPTED, _S.MERGED, _S.ASSIGNED, _S.OBJECTED, _S.SIGNED_FOR, _S.HANDLING, _S.REHANDLING}
    ),
    SuggestionGroup.REPLIED: frozenset({_S.REPLIED, _S.EVALUATED, _S.TRACKING, _S.CLOSED, _S.ARCHIVED}),
}
_OWING: Final = frozenset({_S.ASSIGNED, _S.OBJECTED, _S.SIGNED_FOR, _S.HANDLING, _S.REHANDLING})
_MONTH: Final = timedelta(days=30)
_STATE: Final = func.coalesce(member("state"), "")
_PLACES: Final = {str(state): place for place, state in enumerate(SuggestionState)}
_PLACE: Final = case(_PLACES, value=func.coalesce(member("state"), str(_S.DRAFT)), else_=len(_PLACES))
_USUAL: Final = Order(SuggestionSort.DAY, descending=True)
_LAST: Final = func.coalesce(member("extended_due_on"), member("due_on"))


def suggestion_list(
    workspace: Workspace,
    group: SuggestionGroup = SuggestionGroup.ALL,
    narrowing: Narrowing = NOT_NARROWED,
    *,
    order: Order[SuggestionSort] | None = None,
    offset: int = 0,
    limit: int = 100,
) -> Listing[SuggestionRow]:
    """A page of one group; as usual what is not submitted yet first, the last entered at its head, then by day of submission."""
    lead = another(CurrentRow)
    wanted = and_(standing("suggestion"), _of(group), *_narrowed(narrowing, workspace.clock.today().date()))
    sorted_by = _sorted_by(order or _USUAL)
    question = (
        select(*_SHOWN, lead.title.label("lead"))
        .select_from(CurrentRow)
        .outerjoin(lead, lead.id == member("lead_deputy"))
        .order_by(*sorted_by)
    )
    with workspace.reading() as connection:
        # All numbers in one pass, which counts them too: the state lies in the body, and long texts are slow to read twice.
        mine = own_only(connection, workspace.author.op)
        numbers = connection.scalars(select(CurrentRow.no).where(wanted, *mine).order_by(*sorted_by)).all()
        page = question.where(CurrentRow.no.in_(numbers[offset : offset + limit]))
        rows = tuple(_row(each) for each in connection.execute(page))
    return Listing(len(numbers), rows)


def _sorted_by(order: Order[SuggestionSort]) -> tuple[ColumnElement[Any], ...]:
    """What has no title, no lead or owes nothing comes last, whichever way round."""
    newest = CurrentRow.day.is_not(None), CurrentRow.day.desc(), CurrentRow.no.desc()
    match order.by:
        case SuggestionSort.TITLE:
            return CurrentRow.title == "", turned(order, func.sound_key(CurrentRow.title)), *newest
        case SuggestionSort.LEAD:
            lead = another(CurrentRow)
            name = func.coalesce(select(lead.title).where(lead.id == member("lead_deputy")).scalar_subquery(), "")
            return name == "", turned(order, func.sound_key(name)), *newest
        case SuggestionSort.STATE:
            return turned(order, _PLACE), *newest
        case SuggestionSort.DUE:
            due = case((_STATE.in_(sorted(map(str, _OWING))), _LAST))
            return due.is_(None), turned(order, due), *newest
        case _:
            return turned(order, CurrentRow.day.is_(None)), turned(order, CurrentRow.day), turned(order, CurrentRow.no)


def suggestion_counts(workspace: Workspace) -> Mapping[SuggestionGroup, int]:
    """How many suggestions there are in each group."""
    question = select(_STATE.label("state"), func.count().label("many")).where(standing("suggestion")).group_by(_STATE)
    with workspace.reading() as connection:
        mine = own_only(connection, workspace.author.op)
        many = {row.state: row.many for row in connection.execute(question.where(*mine))}
    counts = {group: sum(many.get(str(state), 0) for state in states) for group, states in _STATES.items()}
    return {**counts, SuggestionGroup.ALL: sum(many.values())}


_SHOWN: Final = (
    CurrentRow.id,
    CurrentRow.title,
    CurrentRow.day,
    CurrentRow.rev,
    _STATE.label("state"),
    func.coalesce(member("in_session"), False).label("in_session"),
    func.coalesce(func.json_array_length(CurrentRow.body, "$.issues"), 0).label("grounds"),
    _LAST.label("last"),
)


def _of(group: SuggestionGroup) -> ColumnElement[bool]:
    return _STATE.in_(sorted(map(str, _STATES[group]))) if group in _STATES else true()


def _narrowed(by: Narrowing, today: date) -> Iterator[ColumnElement[bool]]:
    """The conditions of a narrowing; units and classes are those of any round."""
    if by.state:
        yield _STATE.in_([by.state])
    if by.unit:
        yield CurrentRow.id.in_(_naming("assignment", "of", "unit", by.unit))
    if by.reply_class:
        yield CurrentRow.id.in_(_naming("reply", "suggestion", "reply_class", by.reply_class))
    if by.key_only:
        yield member("priority").is_not(None)
    if by.stars:
        yield CurrentRow.id.in_(rated(by.stars))
    if by.counted:
        yield CurrentRow.id.in_(counted_in(by.counted))
    if by.due:
        yield _STATE.in_(sorted(map(str, _OWING)))
        yield (
            today.isoformat() > _LAST
            if by.due == DueWithin.OVER
            else _LAST.between(today.isoformat(), (today + _MONTH).isoformat())
        )


def _naming(kind: str, of: str, name: str, value: str) -> Select[Any]:
    """The records of a kind that hold a value, as the suggestions they belong to."""
    other = another(CurrentRow)
    standing_there = and_(other.kind == kind, other.deleted == False)  # noqa: E712  # as the index has it
    return select(member(of, other)).where(standing_there, member(name, other) == value)


def _row(row: Row[Any]) -> SuggestionRow:
    return SuggestionRow(
        id=row.id,
        title=row.title,
        lead=row.lead or "",
        state=known(SuggestionState, row.state) if row.state else SuggestionState.DRAFT,
        in_session=bool(row.in_session),
        day=date.fromisoformat(row.day) if row.day else _made(row.rev),
        grounds=row.grounds,
        due=date.fromisoformat(row.last) if row.last and row.state in _OWING else None,
    )


def _made(rev: Id) -> date:
    """The day a revision was made, which its identifier tells."""
    return datetime.fromtimestamp(milliseconds_of(rev) / 1000, UTC).astimezone(CHINA).date()
