"""Points of deputies: schemes taken up, entries made from records or by hand, approved in two steps, never counted before."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from app.changes import Changes
from app.domain.drafted import record_drafted, record_told, refused_as
from app.domain.papers import Span
from app.domain.points import POINTS_DRAFT, PointsEntry, PointsState, entry_problems
from app.domain.problems import Problem, stop_at
from app.domain.score_basis import Basis, is_open_again, proposed
from app.domain.score_scheme import OwnScheme, ScoreScheme, content_of, own_scheme_problems
from app.domain.values import Id, Json
from app.errors import Refused
from app.queries.points import bases_of, board_in, schemes_kept
from app.queries.relations import found, member, title_of
from app.reference import score_schemes
from app.storage import drafts as kept_drafts
from app.storage.transaction import Transaction
from app.use_cases.drafts import drafts
from app.use_cases.issues import Done, saved
from app.workspace import Workspace

GONE: Final = "依据的记录已删除或不再计分"
"""Why an entry was rejected whose record counts for nothing any more."""


# --- schemes ----------------------------------------------------------------------------------------------------------------


def take_up_scheme(workspace: Workspace, base: str, starts_on: date) -> Done:
    """Go by a copy of an example from a day on; the scheme before it ends the day before, where it had no end.

    Raises `Refused("scheme_unknown", name)`, `Refused("incomplete", problems)`, `Refused("not_allowed")`.
    """
    if (example := score_schemes().get(base)) is None:
        raise Refused("scheme_unknown", name=base)
    own = OwnScheme(id=workspace.clock.new_id(), name=example.label, base=base, starts_on=starts_on, content=content_of(example))
    return keep_scheme(workspace, own)


def keep_scheme(workspace: Workspace, own: OwnScheme, seen: Sequence[Id] = ()) -> Done:
    """Write down a scheme, new or changed; points are reckoned by it at once.

    One without an end that began before ends the day before this one begins. Raises `Refused("incomplete", problems)`,
    `Refused("stale")`, `Refused("not_allowed")`.
    """
    with workspace.writing() as books:
        others = tuple(each for each in schemes_kept(books.connection) if each.id != own.id)
        ended = tuple(_ended_before(others, own.starts_on))
        standing = {each.id: each for each in (*others, *ended)}
        stop_at(own_scheme_problems(own, standing.values()))
        return saved(books, own.id, [*ended, own], {own.id: tuple(seen)} if seen else {})


def _ended_before(others: Iterable[OwnScheme], starts_on: date | None) -> Iterator[OwnScheme]:
    for each in others:
        if starts_on and each.starts_on and each.starts_on < starts_on and each.ends_on is None:
            yield replace(each, ends_on=date.fromordinal(starts_on.toordinal() - 1))


def drop_scheme(workspace: Workspace, id: Id) -> Done:
    """Remove a scheme by which nothing was entered. Raises `Refused("record_missing")`, `Refused("scheme_used", name)`."""
    with workspace.writing() as books:
        own = books.records.get(OwnScheme, id).record
        if found(books.connection, PointsEntry, member("scheme") == id):
            raise Refused("scheme_used", name=own.name)
        books.records.remove([id])
    return Done(id=id, made=(), before=(own,), heads={}, changes=Changes.POINTS)


# --- what is typed ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptEntry:
    """An entry on its form, the heads it was read from, and the name of its draft."""

    entry: PointsEntry
    seen: tuple[Id, ...] = ()
    key: str = ""

    def told(self) -> dict[str, Json]:
        """As its draft keeps it."""
        return {**record_told(self.entry), "seen": list(self.seen)}


def entry_key(id: Id) -> str:
    """The name under which the draft of an entry is kept: of one that stands by itself, of a new one by its deputy."""
    return f"{POINTS_DRAFT}:{id}"


def kept_entry(
    workspace: Workspace, key: str, otherwise: KeptEntry | None
) -> tuple[KeptEntry | None, str, tuple[ScoreScheme, ...]]:
    """What was typed under a key, else `otherwise`; with the deputy's name and the schemes there are.

    What this program cannot read in a draft is left alone.
    """
    body = next((each.body for each in drafts(workspace) if each.key == key), None)
    kept = _entry_from(body) if body else None
    laid = kept or otherwise
    with workspace.reading() as connection:
        name = title_of(connection, laid.entry.deputy) if laid else ""
        schemes = tuple(scheme for each in schemes_kept(connection) if (scheme := each.scheme()))
    return laid, name, schemes


def _entry_from(told: Mapping[str, Any]) -> KeptEntry | None:
    try:
        with refused_as(POINTS_DRAFT):
            entry = record_drafted(PointsEntry, told)
            return KeptEntry(entry=entry, seen=tuple(str(each) for each in told.get("seen", ())))
    except Refused:
        return None


# --- entries ----------------------------------------------------------------------------------------------------------------


def enter_proposed(workspace: Workspace, span: Span, wanted: Iterable[tuple[Id, Id]] | None = None) -> Done:
    """Enter what the records of a period ask for; of the records and deputies named alone, where they are.

    One deed, taken back as one. Raises `Refused("points_nothing")` where nothing is left to be entered.
    """
    only = None if wanted is None else set(wanted)
    with workspace.writing() as books:
        offered = (each.entry for each in board_in(books.connection, workspace, span).proposals)
        entries = [
            replace(each, id=workspace.clock.new_id()) for each in offered if only is None or (each.of, each.deputy) in only
        ]
        if not entries:
            raise Refused("points_nothing")
        return saved(books, entries[0].id, entries, {})


def new_entry(workspace: Workspace) -> PointsEntry:
    """An entry to be typed by hand for something that no record tells of: done today, once."""
    today = workspace.clock.today().date()
    return PointsEntry(id=workspace.clock.new_id(), on=today, quantity=1, state=PointsState.ENTERED)


def save_entry(workspace: Workspace, entry: PointsEntry, seen: Sequence[Id] = (), key: str = "") -> Done:
    """Save an entry, new or changed, and forget its draft; one that was approved or rejected is to be approved anew.

    Its scheme is the one that holds on its day. Raises `Refused("incomplete", problems)`, `Refused("stale")`.
    """
    with workspace.writing() as books:
        scheme = _scheme_on(books, entry.on)
        basis = bases_of(books.connection, workspace, [entry]).get((entry.of, entry.deputy))
        entry = replace(
            _unapproved(entry), scheme=scheme.name if scheme else entry.scheme, basis=basis.told if basis else entry.basis
        )
        stop_at(entry_problems(entry, scheme))
        if key:
            kept_drafts.discard(books.connection, key, workspace.author.op)
        return saved(books, entry.id, [entry], {entry.id: tuple(seen)} if seen else {})


def approve(workspace: Workspace, ids: Sequence[Id], on: date | None = None) -> Done:
    """Take entries one step on: first approval (初审), then second (复核); one person may do both (decision 12).

    What was approved or rejected before, what has no points yet, and what has to be taken over from its record is passed
    over. Raises `Refused("points_none_to_approve")` where that is all.
    """
    with workspace.writing() as books:
        who, day = title_of(books.connection, workspace.author.op), on or workspace.clock.today().date()
        stands = (each for each, _basis, moved in _beside_records(books, workspace, ids) if not moved)
        stepped = [told for each in stands if (told := _step(each, who, day))]
        if not stepped:
            raise Refused("points_none_to_approve")
        return saved(books, stepped[0].id, stepped, {})


def reject(workspace: Workspace, ids: Sequence[Id], reason: str) -> Done:
    """Let entries not count, with the reason; raises `Refused("incomplete")` without one, `Refused("record_missing")`."""
    if not reason.strip():
        stop_at([Problem(code="points_reason_missing", field="reason")])
    with workspace.writing() as books:
        rejected = [replace(each, state=PointsState.REJECTED, reason=reason.strip()) for each in _of(books, ids)]
        return saved(books, ids[0], rejected, {})


def reopen(workspace: Workspace, ids: Sequence[Id]) -> Done:
    """Let entries be approved anew, whatever was said of them before."""
    with workspace.writing() as books:
        return saved(books, ids[0], [_unapproved(each) for each in _of(books, ids)], {})


def take_over(workspace: Workspace, ids: Sequence[Id]) -> Done:
    """Let entries say what their records say now, to be approved anew; rejected where a record counts for nothing any more.

    Raises `Refused("points_none_moved")` where every record stands as it stood.
    """
    with workspace.writing() as books:
        taken = [_taken_over(books, each, basis) for each, basis, moved in _beside_records(books, workspace, ids) if moved]
        if not taken:
            raise Refused("points_none_moved")
        return saved(books, taken[0].id, taken, {})


def remove_entry(workspace: Workspace, id: Id) -> Done:
    """Remove an entry that was made by mistake; it lies in the trash. Raises `Refused("record_missing")`."""
    with workspace.writing() as books:
        entry = books.records.get(PointsEntry, id).record
        books.records.remove([id])
    return Done(id=id, made=(), before=(entry,), heads={}, changes=Changes.POINTS)


# --- how --------------------------------------------------------------------------------------------------------------------


def _of(books: Transaction, ids: Sequence[Id]) -> list[PointsEntry]:
    return [books.records.get(PointsEntry, each).record for each in dict.fromkeys(ids)]


def _unapproved(entry: PointsEntry) -> PointsEntry:
    return replace(entry, state=PointsState.ENTERED, first_by="", first_on=None, second_by="", second_on=None, reason="")


def _step(entry: PointsEntry, who: str, day: date) -> PointsEntry | None:
    if entry.quantity < 1:
        return None  # its points are still to be given
    if entry.state == PointsState.ENTERED:
        return replace(entry, state=PointsState.FIRST_APPROVED, first_by=who, first_on=day)
    if entry.state == PointsState.FIRST_APPROVED:
        return replace(entry, state=PointsState.APPROVED, second_by=who, second_on=day)
    return None


def _beside_records(
    books: Transaction, workspace: Workspace, ids: Sequence[Id]
) -> Iterator[tuple[PointsEntry, Basis | None, bool]]:
    """Entries, what their records say now, and whether that is something else than when they were entered."""
    entries = _of(books, ids)
    bases = bases_of(books.connection, workspace, entries)
    for each in entries:
        basis = bases.get((each.of, each.deputy))
        yield each, basis, is_open_again(each.of, each.basis, basis)


def _taken_over(books: Transaction, entry: PointsEntry, basis: Basis | None) -> PointsEntry:
    scheme = _scheme_on(books, basis.on) if basis else None
    told = proposed(basis, scheme, entry.id) if basis and scheme else None
    if told is None:
        return replace(_unapproved(entry), basis=basis.told if basis else "", state=PointsState.REJECTED, reason=GONE)
    return replace(told, quantity=entry.quantity or told.quantity)


def _scheme_on(books: Transaction, day: date | None) -> ScoreScheme | None:
    """The scheme that holds on a day."""
    schemes = (each.scheme() for each in schemes_kept(books.connection))
    return next((each for each in schemes if each and day and each.span.holds(day)), None)
