"""A change of term (换届): looked at beforehand in plain words, then done in one transaction, taken back by one undo.

A term is closed per congress: deputies of other congresses at the same station are left alone. What residents raised stays with
the station; what a deputy who leaves has open goes to whom a person names, or stays with the former deputy (decision 9).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from app.changes import Changes
from app.domain.change_of_term import Matched, former, going_on, leaving, matched
from app.domain.congress import Congress, Term
from app.domain.people import Contact, Deputy, DeputyStatus, FormerDeputy
from app.domain.problems import Problem, stop_at
from app.domain.records import Record
from app.domain.suggestion import Suggestion, text_is_open
from app.domain.values import Id, Json
from app.errors import Refused
from app.ledgers.columns import SheetProblem
from app.ledgers.people import PersonRow
from app.queries.change_of_term import Register, planned_with, read_register
from app.queries.congresses import sitting, terms_of
from app.queries.relations import found
from app.storage import deeds
from app.storage import drafts as kept_drafts
from app.storage.transaction import Transaction
from app.use_cases.drafts import drafts
from app.use_cases.imports import SheetChoice, read_ledger
from app.use_cases.ledgers.people import DeputyTaker
from app.use_cases.roster import struck_of
from app.workspace import Workspace

PEOPLE: Final = "people"
TERM_DRAFT: Final = "term:change"
"""The name under which a change of term that was begun is kept."""
STAYS: Final = ""
"""In the place of an heir: the matter stays with the former deputy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermChange:
    """What a person asks for; without a roster everybody goes on but those who `leave`.

    `same` says for rows of the roster (as the spreadsheet numbers them) which deputy they tell of, empty for nobody known; `stay`
    are deputies whom the roster does not name and who go on all the same. `heirs` says for suggestions who takes them over: a
    deputy, or `row:N` for somebody newly elected.
    """

    congress: Id
    began_on: date
    term_no: int = 0
    roster: Path | None = None
    choice: SheetChoice = field(default_factory=lambda: SheetChoice(kind=PEOPLE), hash=False)
    same: Mapping[int, Id] = field(default_factory=dict, hash=False)
    stay: frozenset[Id] = frozenset()
    leave: frozenset[Id] = frozenset()
    heirs: Mapping[Id, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoesOn:
    """Somebody elected again: as they stand, and in the new term; `row` of the roster, 0 for none."""

    before: Deputy
    after: Deputy
    row: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDeputy:
    """Somebody the register does not know yet."""

    row: int
    deputy: Deputy
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A row that may tell of somebody in the register: a person decides."""

    row: int
    told: Deputy
    near: tuple[Deputy, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSuggestion:
    """A suggestion that is not over, of a lead deputy who leaves; `open_words` where its words may still change."""

    suggestion: Suggestion
    lead: Deputy
    open_words: bool
    heir: str = STAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class TermPlan:
    """What a change of term would do."""

    congress: Congress
    old: Term | None
    new: Term
    goes_on: tuple[GoesOn, ...]
    joins: tuple[NewDeputy, ...]
    leaves: tuple[Deputy, ...]
    doubts: tuple[Doubt, ...]
    suggestions: tuple[OpenSuggestion, ...]
    renewed: tuple[Suggestion, ...]  # drafts of those who go on, which are submitted in the new term
    issues: int  # that are open and stay with the station
    planned: int  # reception days ahead that name somebody who leaves
    read: int = 0
    refused: int = 0
    others: int = 0  # rows of other congresses
    problems: tuple[SheetProblem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TermChanged:
    """What was done; `id` is the new term, by which all of it can be taken back."""

    id: Id
    goes_on: int
    joins: int
    leaves: int
    taken_over: int
    changes: Changes = Changes.PEOPLE | Changes.STATION | Changes.SUGGESTIONS | Changes.VISITS


# --- begun and not done -------------------------------------------------------------------------------------------------


def change_told(asked: TermChange, name: str) -> dict[str, Json]:
    """What a person has chosen and decided so far, as a draft keeps it; `name` is the congress's."""
    return {
        "name": name,
        "congress": asked.congress,
        "began_on": asked.began_on.isoformat(),
        "term_no": asked.term_no,
        "roster": str(asked.roster or ""),
        "same": {str(row): id for row, id in asked.same.items()},
        "stay": sorted(asked.stay),
        "leave": sorted(asked.leave),
        "heirs": dict(asked.heirs),
    }


def unsaved_change(workspace: Workspace) -> TermChange | None:
    """The change of term that was begun and neither done nor given up; None for none, and for what cannot be read."""
    kept: Any = next((each.body for each in drafts(workspace) if each.key == TERM_DRAFT), None)
    try:
        return _change_kept(kept) if kept else None
    except (KeyError, TypeError, ValueError):
        return None  # a newer program kept it


def _change_kept(kept: Mapping[str, Any]) -> TermChange:
    return TermChange(
        congress=str(kept["congress"]),
        began_on=date.fromisoformat(kept["began_on"]),
        term_no=int(kept["term_no"]),
        roster=Path(kept["roster"]) if kept["roster"] else None,
        same={int(row): str(id) for row, id in kept["same"].items()},
        stay=frozenset(kept["stay"]),
        leave=frozenset(kept["leave"]),
        heirs={str(id): str(heir) for id, heir in kept["heirs"].items()},
    )


# --- beforehand -------------------------------------------------------------------------------------------------------


def plan_term(workspace: Workspace, asked: TermChange) -> TermPlan:
    """What the change would do; nothing is saved.

    Raises `Refused("record_missing")` for an unknown congress, `Refused("incomplete")`, and what reading a sheet raises.
    """
    known = read_register(workspace)
    congress = next((each for each in known.congresses if each.id == asked.congress), None)
    if congress is None:
        raise Refused("record_missing", kind=Congress.traits.name, id=asked.congress)
    old, new = _terms(workspace, known, congress, asked)
    sits = sitting(congress, known.congresses, known.deputies)
    standing = [each for each in sits if each.status != DeputyStatus.ENDED]
    roster = _roster(workspace, asked, congress, new)
    told = {row: each.deputy for row, each in roster.rows.items()}
    pairs = matched(standing, told, {row: id for row, id in asked.same.items() if row in told})
    goes_on = tuple(_going_on(standing, pairs, told, asked, new))
    doubtful = {id for ids in pairs.doubtful.values() for id in ids}
    goers = {each.before.id for each in goes_on}
    leaves = tuple(each for each in standing if each.id not in goers and each.id not in doubtful)
    return TermPlan(
        congress=congress,
        old=old,
        new=new,
        goes_on=goes_on,
        joins=tuple(roster.rows[row] for row in pairs.new),
        leaves=leaves,
        doubts=tuple(_doubts(standing, pairs, told)),
        suggestions=_open_suggestions(known, leaves, asked),
        renewed=_renewed(known, goers, old),
        issues=known.open_issues,
        planned=planned_with(workspace, [each.id for each in leaves], asked.began_on),
        read=roster.read,
        refused=roster.refused,
        others=roster.others,
        problems=roster.problems,
    )


def _terms(workspace: Workspace, known: Register, congress: Congress, asked: TermChange) -> tuple[Term | None, Term]:
    """The term that ends, with its last day, and the one that begins."""
    terms = terms_of(congress.id, known.terms)
    old = next((each for each in reversed(terms) if each.ended_on is None), None)
    last = terms[-1].term_no if terms else 0
    number = asked.term_no or (last + 1 if last else 0)
    if not number:
        stop_at([Problem(code="term_number_missing", field="term_no")])
    if number <= last:
        stop_at([Problem(code="term_number_past", field="term_no", facts={"last": last})])
    if old and old.began_on and asked.began_on <= old.began_on:
        stop_at([Problem(code="term_day_past", field="began_on", facts={"began": old.began_on})])
    new = Term(id=workspace.clock.new_id(), congress=congress.id, term_no=number, began_on=asked.began_on)
    return (replace(old, ended_on=asked.began_on) if old else None), new


@dataclass(frozen=True, slots=True, kw_only=True)
class _Roster:
    rows: Mapping[int, NewDeputy] = field(default_factory=dict)
    read: int = 0
    refused: int = 0
    others: int = 0
    problems: tuple[SheetProblem, ...] = ()


def _roster(workspace: Workspace, asked: TermChange, congress: Congress, new: Term) -> _Roster:
    """The rows of the new roster that are of this congress, as deputies of the new term."""
    if asked.roster is None:
        return _Roster()
    read, found_rows = read_ledger(workspace, asked.roster, replace(asked.choice, kind=PEOPLE))
    rows = [each for each in found_rows if isinstance(each, PersonRow)]
    taker = DeputyTaker(workspace, rows, "")
    mine = [each for each in rows if _of(each, congress)]
    return _Roster(
        rows={each.row: _elected(taker, each, congress, new) for each in mine},
        read=read.read,
        refused=read.refused,
        others=len(rows) - len(mine),
        problems=tuple(read.problems),
    )


def _of(row: PersonRow, congress: Congress) -> bool:
    """Whether a row is of this congress: what it says of level and congress is the same, or nothing."""
    return (not row.congress or row.congress == congress.name) and (
        not row.level or not congress.level or row.level == congress.level
    )


def _elected(taker: DeputyTaker, row: PersonRow, congress: Congress, new: Term) -> NewDeputy:
    _id, (deputy, *_contact) = taker.records(row)
    assert isinstance(deputy, Deputy)
    told = replace(deputy, congress=congress.id, term=new.id, level=congress.level or deputy.level, remarks=row.notes())
    return NewDeputy(row=row.row, deputy=told, phone=row.phone, address=row.address)


def _going_on(standing: list[Deputy], pairs: Matched, told: Mapping[int, Deputy], asked: TermChange, new: Term) -> list[GoesOn]:
    rows = {id: row for row, id in pairs.sure.items()}
    all_stay = asked.roster is None
    goes: list[GoesOn] = []
    for each in standing:
        row = rows.get(each.id, 0)
        stays = each.id in asked.stay or (all_stay and each.id not in asked.leave)
        if row or stays:
            after = replace(going_on(each, told.get(row), new.id), congress=each.congress or new.congress)
            goes.append(GoesOn(before=each, after=after, row=row))
    return goes


def _doubts(standing: list[Deputy], pairs: Matched, told: Mapping[int, Deputy]) -> list[Doubt]:
    by_id = {each.id: each for each in standing}
    return [Doubt(row=row, told=told[row], near=tuple(by_id[id] for id in ids)) for row, ids in sorted(pairs.doubtful.items())]


def _open_suggestions(known: Register, leaves: tuple[Deputy, ...], asked: TermChange) -> tuple[OpenSuggestion, ...]:
    gone = {each.id: each for each in leaves}
    return tuple(
        OpenSuggestion(
            suggestion=each,
            lead=gone[each.lead_deputy],
            open_words=text_is_open(each),
            heir=asked.heirs.get(each.id, STAYS),
        )
        for each in known.open_suggestions
        if each.lead_deputy in gone
    )


def _renewed(known: Register, goers: set[Id], old: Term | None) -> tuple[Suggestion, ...]:
    return tuple(
        each
        for each in known.open_suggestions
        if text_is_open(each) and each.lead_deputy in goers and old is not None and each.term == old.id
    )


# --- and done ---------------------------------------------------------------------------------------------------------


def change_term(workspace: Workspace, asked: TermChange) -> TermChanged:
    """Do it, all or nothing.

    Raises what `plan_term` raises, `Refused("term_doubtful", rows)` where a person has still to say whether two are one, and
    `Refused("heir_unknown", name)` for an heir who is not among those who go on or are new.
    """
    plan = plan_term(workspace, asked)
    if plan.doubts:
        raise Refused("term_doubtful", rows=[each.row for each in plan.doubts], names=[each.told.name for each in plan.doubts])
    heirs = _heirs(plan)
    with workspace.writing() as books:
        records = [*_people(workspace, books, plan), *_carried(plan, heirs)]
        books.records.save_all(records)
        deeds.mark_whole(books.connection, books.deed)
        kept_drafts.discard(books.connection, TERM_DRAFT, workspace.author.op)
        done = TermChanged(
            id=plan.new.id,
            goes_on=len(plan.goes_on),
            joins=len(plan.joins),
            leaves=len(plan.leaves),
            taken_over=len(heirs),
        )
        books.note("term_changed", {"goes_on": done.goes_on, "joins": done.joins, "leaves": done.leaves}, plan.new.id)
    return done


def _heirs(plan: TermPlan) -> dict[Id, Deputy]:
    """Who takes over which suggestion."""
    choices = {each.before.id: each.after for each in plan.goes_on} | {f"row:{each.row}": each.deputy for each in plan.joins}
    for each in plan.suggestions:
        if each.heir and each.heir not in choices:
            raise Refused("heir_unknown", title=each.suggestion.title())
    return {each.suggestion.id: choices[each.heir] for each in plan.suggestions if each.heir}


def _people(workspace: Workspace, books: Transaction, plan: TermPlan) -> list[Record]:
    """Terms and people as the change leaves them, and the signatures of those who leave."""
    gone = [leaving(each, plan.new.began_on or workspace.clock.today().date()) for each in plan.leaves]
    records: list[Record] = [plan.new, *([plan.old] if plan.old else [])]
    records += [each.after for each in plan.goes_on]
    records += [each.deputy for each in plan.joins]
    records += [
        Contact(id=workspace.clock.new_id(), of=each.deputy.id, phone=each.phone, address=each.address)
        for each in plan.joins
        if each.phone or each.address
    ]
    records += gone
    records += _former(workspace, books, plan, gone)
    if gone:
        records += struck_of(books, gone, gone[0].ended_on or workspace.clock.today().date())
    return records


def _former(workspace: Workspace, books: Transaction, plan: TermPlan, gone: list[Deputy]) -> list[FormerDeputy]:
    known = {each.deputy: each for each in found(books.connection, FormerDeputy) if each.deputy}
    terms = {each.id: each for each in found(books.connection, Term)}
    made = []
    for each in gone:
        served = [terms[id] for id in (*each.earlier_terms, each.term) if id in terms]
        id = known[each.id].id if each.id in known else workspace.clock.new_id()
        made.append(former(id, each, served, each.ended_on or workspace.clock.today().date()))
    return made


def _carried(plan: TermPlan, heirs: Mapping[Id, Deputy]) -> list[Record]:
    """Suggestions that go into the new term, or to another deputy: the lead changes only where nothing was submitted yet."""
    records: list[Record] = [replace(each, term=plan.new.id) for each in plan.renewed]
    for each in plan.suggestions:
        heir = heirs.get(each.suggestion.id)
        if heir is None:
            continue
        if each.open_words:
            taken = replace(each.suggestion, lead_deputy=heir.id, term=plan.new.id, delegation=heir.delegation)
            records.append(taken)
        else:
            records.append(replace(each.suggestion, taken_over_by=heir.id))
    return records
