"""What is tracked over years and sessions: the list, the count of each unit, the course of one item, what nobody watches yet."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import Connection, or_, select

from app.domain.handling import Commitment, CommitmentState
from app.domain.reply import ClassChange, Reply, ReplyScheme
from app.domain.suggestion import Suggestion
from app.domain.tracking import CLOSED, TURNS, Item, Standing, classes_of, plans_something, standing_of
from app.domain.values import Code, CodeSet, Id, known
from app.errors import Refused
from app.queries.listing import Listing
from app.queries.relations import found, ids_of, member, of_id, one_with_heads, standing, title_of, titles
from app.queries.rights import own_only
from app.storage.tables import CurrentRow
from app.workspace import Workspace

AHEAD: Final = timedelta(days=30)
"""How far ahead a watch date is soon."""


class TrackedGroup(CodeSet):
    """What a person looks for among the items."""

    OPEN = "open", "跟踪中"
    DUE = "due", "近期到期"
    OVERDUE = "overdue", "已过期"
    STRUCK_OFF = "struck_off", "已销号"
    ALL = "all", "全部"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How the list is narrowed; empty and 0 narrow nothing. `letter` is the class an item stands in now."""

    group: TrackedGroup = TrackedGroup.OPEN
    unit: Id = ""
    year: int = 0
    letter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackedRow:
    """One item of the list; `left` counts the days to its watch date, negative once over, None where it is struck off."""

    id: Id
    suggestion: Id
    title: str
    number: str
    year: int
    unit: Id
    unit_name: str
    promise: str
    first_class: str
    now_class: str
    standing: Standing
    promised_by: date | None
    watch_on: date | None
    left: int | None
    cleared_on: date | None

    @property
    def open(self) -> bool:
        """Whether it is not struck off."""
        return self.standing in {Standing.TRACKED, Standing.PROMISED}

    @property
    def overdue(self) -> bool:
        """Whether its watch date has passed."""
        return self.left is not None and self.left < 0


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitClearance:
    """What one unit owes: all its items, how each came out, what is open and what of that is past its watch date."""

    unit: Id
    name: str
    total: int
    solved: int
    aside: int
    open: int
    overdue: int

    @property
    def cleared(self) -> bool:
        """Whether nothing is open any more (销号清零)."""
        return self.open == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearance:
    """The ledger's sum: every item is solved, laid aside or open; the units that still owe most come first."""

    units: tuple[UnitClearance, ...]
    total: int
    solved: int
    aside: int
    open: int

    @property
    def cleared_units(self) -> int:
        """How many units have nothing open any more."""
        return sum(each.cleared for each in self.units)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackedCard:
    """One item with its course; `turns` is what may become of it, `heads` what it was read from."""

    item: Item
    row: TrackedRow
    turns: tuple[ClassChange, ...]
    heads: tuple[Id, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackedOfSuggestion:
    """What is tracked of one suggestion, and the replies of which nothing is."""

    items: tuple[TrackedRow, ...] = ()
    replies: tuple[Reply, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Years:
    """What the list can be narrowed to: the years, the units with items by their names, the classes that stand."""

    years: tuple[int, ...]
    units: tuple[tuple[Id, str], ...]
    letters: tuple[str, ...]


def tracked(workspace: Workspace, wanted: Wanted | None = None, *, offset: int = 0, limit: int = 100) -> Listing[TrackedRow]:
    """A page of the items of all years, the one to be looked at first at its head, those struck off last."""
    rows = [each for each in _rows(workspace) if _fits(each, wanted or Wanted())]
    rows.sort(key=lambda each: (not each.open, each.watch_on or date.max, each.year, each.id))
    return Listing(len(rows), tuple(rows[offset : offset + limit]))


def tracked_counts(workspace: Workspace, wanted: Wanted | None = None) -> Mapping[TrackedGroup, int]:
    """How many items each group has, narrowed otherwise alike."""
    told = wanted or Wanted()
    rows = list(_rows(workspace))
    narrowed = {group: Wanted(group=group, unit=told.unit, year=told.year, letter=told.letter) for group in TrackedGroup}
    return {group: sum(_fits(each, one) for each in rows) for group, one in narrowed.items()}


def tracked_choices(workspace: Workspace) -> Years:
    """By what the list can be narrowed."""
    rows = list(_rows(workspace))
    units = {(each.unit, each.unit_name) for each in rows if each.unit}
    return Years(
        years=tuple(sorted({each.year for each in rows if each.year}, reverse=True)),
        units=tuple(sorted(units, key=lambda pair: pair[1])),
        letters=tuple(sorted({each.now_class for each in rows if each.now_class})),
    )


def clearance(workspace: Workspace, year: int = 0) -> Clearance:
    """Which units have struck off all they owed, and which not; of one year of suggestions, or of all."""
    by_unit: dict[tuple[Id, str], list[TrackedRow]] = {}
    for row in _rows(workspace):
        if not year or row.year == year:
            by_unit.setdefault((row.unit, row.unit_name), []).append(row)
    units = [_unit(id, name, rows) for (id, name), rows in by_unit.items()]
    units.sort(key=lambda each: (-each.open, -each.overdue, each.name))
    return Clearance(
        units=tuple(units),
        total=sum(each.total for each in units),
        solved=sum(each.solved for each in units),
        aside=sum(each.aside for each in units),
        open=sum(each.open for each in units),
    )


def tracked_card(workspace: Workspace, id: Id) -> TrackedCard:
    """One item with everything that became of it; raises `Refused("record_missing")`."""
    with workspace.reading() as connection:
        stored = one_with_heads(connection, Commitment, id)
        if stored is None:
            raise Refused("record_missing", kind=Commitment.traits.name, id=id)
        item = item_of(connection, stored.record)
        suggestion = of_id(connection, Suggestion, item.commitment.suggestion)
        unit = title_of(connection, item.commitment.unit)
    row = _told(item, suggestion, unit, workspace.clock.today().date())
    return TrackedCard(item=item, row=row, turns=TURNS[item.standing], heads=stored.heads)


def is_tracked(workspace: Workspace, id: Id) -> bool:
    """Whether this identifier is that of a tracked item."""
    with workspace.reading() as connection:
        return of_id(connection, Commitment, id) is not None


def item_of(connection: Connection, commitment: Commitment) -> Item:
    """A commitment with the reply it was made in and what changed it since."""
    first = of_id(connection, Reply, commitment.reply)
    changes = found(connection, Reply, member("commitment") == commitment.id)
    return Item(commitment=commitment, first=first, changes=tuple(sorted(changes, key=lambda each: each.replied_on or date.min)))


def tracked_of(workspace: Workspace, suggestion: Id) -> TrackedOfSuggestion:
    """The items of one suggestion, and its replies of which nothing is tracked."""
    items = tuple(_rows(workspace, suggestion))
    with workspace.reading() as connection:
        replies = found(connection, Reply, member("suggestion") == suggestion)
        named = {each.reply for each in found(connection, Commitment, member("suggestion") == suggestion)}
    return TrackedOfSuggestion(
        items=items, replies=tuple(each for each in replies if each.id not in named and not each.class_change)
    )


def unwatched(workspace: Workspace, suggestion: Id = "") -> tuple[Reply, ...]:
    """Planned answers, the last of each unit to each suggestion, that nobody has put under watch; of one suggestion or of all."""
    of_one = [member("suggestion") == suggestion] if suggestion else []
    with workspace.reading() as connection:
        mine = own_only(connection, workspace.author.op)
        of_mine = [member("suggestion").in_(ids_of("suggestion", *mine))] if mine else []
        replies = found(connection, Reply, member("reply_class").is_not(None), *of_one, *of_mine)
        commitments = found(connection, Commitment, *of_one)
    watched = {(each.suggestion, each.unit) for each in commitments}
    last: dict[tuple[Id, Id], Reply] = {}
    for each in sorted(replies, key=lambda one: (one.round, one.replied_on or date.min)):
        last[each.suggestion, each.unit] = each
    return tuple(each for pair, each in last.items() if pair not in watched and plans_something(each))


# --- how --------------------------------------------------------------------------------------------------------------

_ITEM: Final = ("suggestion", "reply", "unit", "promise", "promised_by", "watch_on", "state", "cleared_on")
_REPLY: Final = ("commitment", "scheme", "reply_class", "replied_on")


def _rows(workspace: Workspace, suggestion: Id = "") -> Iterator[TrackedRow]:
    """Every item that the operator may see, read once: a body is opened only for what the list shows."""
    today = workspace.clock.today().date()
    question = select(CurrentRow.id, *(member(name).label(name) for name in _ITEM)).where(standing("commitment"))
    if suggestion:
        question = question.where(member("suggestion") == suggestion)
    with workspace.reading() as connection:
        mine = own_only(connection, workspace.author.op)
        if mine:
            question = question.where(member("suggestion").in_(ids_of("suggestion", *mine)))
        items = connection.execute(question.order_by(CurrentRow.no)).all()
        firsts, lasts = _classes(connection) if items else ({}, {})
        suggestions = _suggestions(connection) if items else {}
        units = titles(connection, "unit") if items else {}
    for each in items:
        first = firsts.get(each.reply)
        scheme, first_class = first or ("", "")
        later = lasts.get(each.id)
        letters = classes_of(known(ReplyScheme, (later or first or ("", ""))[0]))
        begun = first_class or letters.tracked[0]
        state = known(CommitmentState, each.state or "")
        now_class = (later[1] if later else "") or begun
        subject, number, year = suggestions.get(each.suggestion, ("", "", 0))
        watch = _day(each.watch_on) or _day(each.promised_by)
        yield TrackedRow(
            id=each.id,
            suggestion=each.suggestion or "",
            title=subject,
            number=number,
            year=year,
            unit=each.unit or "",
            unit_name=units.get(each.unit or "", ""),
            promise=each.promise or "",
            first_class=begun,
            now_class=now_class,
            standing=standing_of(state, known(ReplyScheme, scheme), now_class),
            promised_by=_day(each.promised_by),
            watch_on=watch,
            left=(watch - today).days if watch and state not in CLOSED else None,
            cleared_on=_day(each.cleared_on),
        )


def _classes(connection: Connection) -> tuple[dict[Id, tuple[str, str]], dict[Id, tuple[str, str]]]:
    """Scheme and class of the replies items were made in, by reply, and of the last answer that changed an item, by item."""
    made_in = ids_of("commitment").with_only_columns(member("reply"))
    question = select(CurrentRow.id, *(member(name).label(name) for name in _REPLY)).where(
        standing("reply"), or_(CurrentRow.id.in_(made_in), member("commitment").is_not(None))
    )
    firsts: dict[Id, tuple[str, str]] = {}
    lasts: dict[Id, tuple[str, str]] = {}
    for row in sorted(connection.execute(question.order_by(CurrentRow.no)), key=lambda one: one.replied_on or ""):
        told = row.scheme or "", row.reply_class or ""
        firsts[row.id] = told
        if row.commitment and told[1]:
            lasts[row.commitment] = told
    return firsts, lasts


def _suggestions(connection: Connection) -> dict[Id, tuple[str, str, int]]:
    """Title, number and year of the suggestions that have items."""
    having = ids_of("commitment").with_only_columns(member("suggestion"))
    shown = (member(name).label(name) for name in ("case_number", "number", "year"))
    question = select(CurrentRow.id, CurrentRow.title, CurrentRow.day, *shown).where(CurrentRow.id.in_(having))
    return {row.id: (row.title, row.case_number or row.number or "", _year(row)) for row in connection.execute(question)}


def _year(row: Any) -> int:
    return int(row.year or (row.day or "0")[:4] or 0)


def _fits(row: TrackedRow, wanted: Wanted) -> bool:
    narrowed = (
        not wanted.unit or row.unit == wanted.unit,
        not wanted.year or row.year == wanted.year,
        not wanted.letter or row.now_class == wanted.letter,
    )
    return all(narrowed) and _in_group(row, wanted.group)


def _in_group(row: TrackedRow, group: Code[TrackedGroup]) -> bool:
    if group == TrackedGroup.ALL:
        return True
    if group == TrackedGroup.STRUCK_OFF:
        return not row.open
    if group == TrackedGroup.OVERDUE:
        return row.overdue
    if group == TrackedGroup.DUE:
        return row.left is not None and 0 <= row.left <= AHEAD.days
    return row.open


def _unit(id: Id, name: str, rows: Sequence[TrackedRow]) -> UnitClearance:
    return UnitClearance(
        unit=id,
        name=name,
        total=len(rows),
        solved=sum(each.standing is Standing.SOLVED for each in rows),
        aside=sum(each.standing is Standing.ASIDE for each in rows),
        open=sum(each.open for each in rows),
        overdue=sum(each.overdue for each in rows),
    )


def _told(item: Item, suggestion: Suggestion | None, unit: str, today: date) -> TrackedRow:
    commitment = item.commitment
    watch = commitment.watch_on or commitment.promised_by
    day = suggestion.submitted_on if suggestion else None
    return TrackedRow(
        id=commitment.id,
        suggestion=commitment.suggestion,
        title=suggestion.subject if suggestion else "",
        number=(suggestion.case_number or suggestion.number) if suggestion else "",
        year=(suggestion.year or (day.year if day else 0)) if suggestion else 0,
        unit=commitment.unit,
        unit_name=unit,
        promise=commitment.promise,
        first_class=item.first_class,
        now_class=item.now_class,
        standing=item.standing,
        promised_by=commitment.promised_by,
        watch_on=watch,
        left=(watch - today).days if watch and item.open else None,
        cleared_on=commitment.cleared_on,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
