"""Receptions and outreach as they are written down: saved line by line, amended, removed, and brought back."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from app.changes import Changes, changes_of
from app.domain.attachment import Attachment
from app.domain.drafted import heads_told, record_drafted, record_told, refused_as
from app.domain.issue import Issue
from app.domain.life import IssueState
from app.domain.outreach_round import Round, round_from, round_told
from app.domain.problems import Problem, stop_at
from app.domain.records import Record
from app.domain.suggestion import Suggestion
from app.domain.values import Id, Json
from app.domain.visit_sheet import Seen, VisitSheet, settled, sheet_from, sheet_problems, sheet_told, with_records
from app.errors import Refused
from app.queries.visit_card import VisitCard, visit_card
from app.storage.transaction import Transaction
from app.use_cases.merging import with_joins
from app.use_cases.numbering import numbered
from app.workspace import Workspace

_UNTOUCHED = frozenset({"", IssueState.REGISTERED})


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedVisit:
    """A sheet as it stands in the workspace now, and what a person should look at all the same."""

    sheet: VisitSheet
    seen: Seen
    changes: Changes
    hints: tuple[Problem, ...] = ()
    files: tuple[Attachment, ...] = ()

    @property
    def sheets(self) -> tuple[VisitSheet, ...]:
        """The one sheet, as one of several."""
        return (self.sheet,)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedVisits:
    """Several sheets that were saved together, as they stand in the workspace now; `seen` holds the records of all."""

    sheets: tuple[VisitSheet, ...]
    seen: Seen
    changes: Changes
    hints: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovedVisit:
    """What was removed with a visit; `restore_visit` brings all of it back."""

    visit: Id
    records: tuple[Id, ...]
    changes: Changes = field(default=Changes.VISITS | Changes.ISSUES)


def save_visit(workspace: Workspace, sheet: VisitSheet, seen: Seen | None = None, files: Sequence[Attachment] = ()) -> SavedVisit:
    """Save a visit with its people and their issues, or nothing: what is new or different, less what the sheet holds no more.

    `seen` says what the sheet was made from; without it the sheet is new. What only others changed stays as they left it. `files`
    are those that waited for it.
    Raises `Refused("incomplete", problems)`, and `Refused("stale", id, seen, stands)` where both changed the same record.
    """
    saved = save_visits(workspace, [sheet], seen, files)
    (whole,) = saved.sheets
    return SavedVisit(sheet=whole, seen=saved.seen, changes=saved.changes, hints=saved.hints, files=tuple(files))


def save_visits(
    workspace: Workspace, sheets: Sequence[VisitSheet], seen: Seen | None = None, files: Sequence[Attachment] = ()
) -> SavedVisits:
    """Save several visits as `save_visit` does, all of them or none, and as one deed; a line may go from one to another.

    `seen` holds the records of all of them. Raises as `save_visit`.
    """
    before = seen or Seen()
    problems = tuple(problem for each in sheets for problem in sheet_problems(each))
    stop_at(problems)
    whole = [settled(each, before.records) for each in sheets]
    records = {each.id: each for sheet in whole for each in sheet.records()}
    changed = [each for each in records.values() if before.records.get(each.id) != each]
    gone = [id for id in before.records if id not in records]
    kinds = {each.traits.name for each in (*changed, *(before.records[id] for id in gone))}
    with workspace.writing() as books:
        _check_removal(books, gone, before)
        visits = {each.visit.id: each.visit for each in whole}
        changed = numbered(books, changed, visits, workspace.clock.today().date())
        changed = with_joins(workspace, books, changed)
        books.records.save_all([*changed, *files], seen=before.heads)
        books.records.remove(gone)
        heads = {**before.heads, **{each.id: _heads(books, each.id) for each in changed}}
    numbers = {each.id: each for each in changed}
    whole = [with_records(each, numbers) for each in whole]
    records = {each.id: each for sheet in whole for each in sheet.records()}
    return SavedVisits(
        sheets=tuple(whole),
        seen=Seen(records=records, heads={id: heads[id] for id in records}),
        changes=changes_of(kinds),
        hints=tuple(each for each in problems if each.hint),
    )


def remove_visit(workspace: Workspace, id: Id) -> RemovedVisit:
    """Remove a visit with all that was written down of it.

    Raises `Refused("record_missing")`, and `Refused("visit_at_work", issue)` where an issue of it is being handled already.
    """
    sheet = visit_card(workspace, id).sheet
    records = tuple(each.id for each in sheet.records())
    with workspace.writing() as books:
        for issue in sheet.issues():
            _check_untouched(books, issue)
        books.records.remove(records)
    return RemovedVisit(visit=sheet.visit.id, records=records)


def restore_visit(workspace: Workspace, removed: RemovedVisit) -> RemovedVisit:
    """Bring a removed visit back as it was; what somebody has brought back already stays as it is."""
    with workspace.writing() as books:
        books.records.save_all(list(_tombstones(books, removed.records)))
    return removed


def _tombstones(books: Transaction, ids: Sequence[Id]) -> Iterator[Record]:
    for id in ids:
        stored = books.records.find(id)
        if stored and stored.deleted:
            yield stored.record


def _check_removal(books: Transaction, gone: Sequence[Id], before: Seen) -> None:
    """Nobody removes what they have not seen, nor an issue that is being handled."""
    for id in gone:
        stored, seen = books.records.find(id), before.heads.get(id, ())
        if stored is None or stored.deleted:
            continue
        if stored.heads != seen:
            raise Refused("stale", id=id, seen=seen, stands=stored.heads)
        record = before.records[id]
        if isinstance(record, Issue):
            _check_untouched(books, record)


def _check_untouched(books: Transaction, issue: Issue) -> None:
    if issue.state not in _UNTOUCHED or any(issue.id in each.record.issues for each in books.records.all_of(Suggestion)):
        raise Refused("visit_at_work", issue=issue.title())


def _heads(books: Transaction, id: Id) -> tuple[Id, ...]:
    stored = books.records.find(id)
    return stored.heads if stored else ()


# --- what is typed and not saved yet -------------------------------------------------------------------------------


def draft_key(visit: Id) -> str:
    """The name under which the draft of a visit is kept."""
    return f"visit:{visit}"


def draft_body(sheet: VisitSheet, seen: Seen, files: Sequence[Attachment] = ()) -> dict[str, Json]:
    """A sheet as a draft keeps it, with the heads it was made from and the files that wait for its save."""
    return {"sheet": sheet_told(sheet), "heads": heads_told(seen.heads), "files": [record_told(each) for each in files]}


def drafted_sheet(workspace: Workspace, body: Mapping[str, Json]) -> VisitCard:
    """The sheet of a draft, resting on what it was made from: who changed the same record since is noticed by the next save.

    Raises `Refused("field_malformed")` for a draft that this program cannot read.
    """
    told, heads = body.get("sheet"), body.get("heads")
    if not isinstance(told, Mapping) or not isinstance(heads, Mapping):
        raise Refused("field_malformed", kind="visit", field="", value=str(body)[:80])
    sheet = sheet_from(told)
    return VisitCard(sheet, _rested_on(workspace, heads, [sheet.visit.id]), _files_from(body.get("files", [])))


def round_body(round: Round, sheets: Sequence[VisitSheet], seen: Seen) -> dict[str, Json]:
    """A round as a draft keeps it: every cell as it was typed, and the sheets that it makes, for who looks at drafts."""
    return {"sheets": [sheet_told(each) for each in sheets], "round": round_told(round), "heads": heads_told(seen.heads)}


def drafted_round(workspace: Workspace, body: Mapping[str, Json]) -> tuple[Round | VisitSheet, Seen]:
    """The round of a draft, as `drafted_sheet` has a sheet; of a draft that an older program kept, the sheet. Raises the same."""
    told, heads = body.get("round"), body.get("heads")
    if not isinstance(told, Mapping) or not isinstance(heads, Mapping):
        card = drafted_sheet(workspace, body)
        return card.sheet, card.seen
    round = round_from(told)
    return round, _rested_on(workspace, heads, list(round.visits))


def _rested_on(workspace: Workspace, heads: Mapping[str, Any], visits: Sequence[Id]) -> Seen:
    made_from = {id: tuple(map(str, each)) for id, each in heads.items() if isinstance(each, list)}
    stands: dict[Id, Record] = {}
    for visit in visits:
        with suppress(Refused):
            stands |= visit_card(workspace, visit).seen.records
    return Seen(records={id: stands[id] for id in made_from if id in stands}, heads=made_from)


def _files_from(told: Any) -> tuple[Attachment, ...]:
    with refused_as("attachment"):
        return tuple(record_drafted(Attachment, each) for each in told)
