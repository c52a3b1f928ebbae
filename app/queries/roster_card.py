"""One record of the register as a card shows it: its fields as a person reads them, what it belongs to, what came of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection, func, select

from app.domain.congress import Congress, Term
from app.domain.issue import Issue
from app.domain.life import ProjectEvent, ProjectState
from app.domain.masking import masked_address, masked_phone
from app.domain.people import Contact, Deputy, FormerDeputy
from app.domain.project import Project
from app.domain.records import Record
from app.domain.step import Step
from app.domain.suggestion import Suggestion
from app.domain.unit import Unit
from app.domain.values import Code, Id, known
from app.domain.visit import Visit, VisitKind
from app.errors import Refused
from app.queries.congresses import term_words, terms_of
from app.queries.people_met import people_met_at
from app.queries.readable import FieldValue, Names
from app.queries.relations import by_ids, found, member, of_id, standing, with_heads
from app.queries.search import SearchFilter, count_of
from app.storage.records import Stored, stored_from
from app.storage.tables import CurrentRow
from app.workspace import Workspace

_BESIDE: Final[Mapping[str, frozenset[str]]] = {
    "deputy": frozenset({"name", "station", "status", "ended_on", "ended_reason", "level"}),
    "former_deputy": frozenset({"name", "station", "deputy", "level"}),
    "unit": frozenset({"name", "closed"}),
    "congress": frozenset({"name", "rule_profile", "level"}),
    "project": frozenset(
        {"name", "state", "issues", "visits", "budget", "votes_for", "votes_against", "votes_abstained"}
        | {"asked", "satisfied", "basically_satisfied", "dissatisfied"}
    ),
}
"""Fields that a card tells in another way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Another record that a card leads to."""

    kind: str
    id: Id
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectStep:
    """One thing that happened to a project."""

    event: Code[ProjectEvent]
    after: Code[ProjectState]
    on: date | None
    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterCard:
    """A record of the register; telephone and address are masked, `more` tells that there is a contact to be shown in full."""

    record: Record
    heads: tuple[Id, ...]
    fields: tuple[FieldValue, ...]
    phone: str = ""
    address: str = ""
    more: bool = False
    terms: tuple[str, ...] = ()  # of a congress, in words with their days
    related: tuple[Related, ...] = ()
    steps: tuple[ProjectStep, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeputyFigures:
    """What a deputy has done here, each as the search counts it: visits, receptions among them, people, issues, suggestions."""

    visits: int
    receptions: int
    people: int
    issues: int
    suggestions: int


def roster_card(workspace: Workspace, id: Id) -> RosterCard:
    """A record of the register as it stands; raises `Refused("record_missing")`."""
    with workspace.reading() as connection:
        row = connection.execute(select(CurrentRow.__table__).where(CurrentRow.id == id)).first()
        if row is None or row.deleted or row.kind not in _BESIDE:
            raise Refused("record_missing", kind="", id=id)
        stored: Stored[Record] = stored_from(row)
        record = stored.record
        contact = next((each.record for each in with_heads(connection, Contact, member("of") == id)), None)
        terms = found(connection, Term)
        return RosterCard(
            record=record,
            heads=stored.heads,
            fields=tuple(_fields(connection, record, {each.id: each for each in terms})),
            phone=masked_phone(contact.phone) if contact else "",
            address=masked_address(contact.address) if contact else "",
            more=bool(contact and (contact.phone or contact.address)),
            terms=tuple(map(term_words, terms_of(id, terms))) if isinstance(record, Congress) else (),
            related=tuple(_related(connection, record)),
            steps=tuple(_steps(connection, id)) if isinstance(record, Project) else (),
        )


def deputy_figures(workspace: Workspace, id: Id) -> DeputyFigures:
    """What the deputy has done at this station; reads every visit, so it is asked for apart from the card."""
    kind = member("visit_kind").label("visit_kind")
    visits = select(CurrentRow.id, kind).where(standing("visit"), func.instr(CurrentRow.body, id) > 0)
    with workspace.reading() as connection:
        rows = connection.execute(visits).all()
        met = people_met_at(connection, [row.id for row in rows])
        return DeputyFigures(
            visits=len(rows),
            receptions=sum(row.visit_kind == str(VisitKind.RECEPTION) for row in rows),
            people=sum(met.values()),
            issues=count_of(connection, SearchFilter(kind="issue", deputy=id)),
            suggestions=count_of(connection, SearchFilter(kind="suggestion", deputy=id)),
        )


def roster_place(workspace: Workspace, id: Id) -> tuple[str, Id]:
    """Which section of the register shows a record, and which of its records: of a term its congress; empty for none."""
    with workspace.reading() as connection:
        if term := of_id(connection, Term, id):
            return Congress.traits.name, term.congress
        kind = connection.execute(select(CurrentRow.kind).where(CurrentRow.id == id, ~CurrentRow.deleted)).scalar()
    return (str(kind), id) if kind in _BESIDE else ("", id)


# --- its fields -------------------------------------------------------------------------------------------------------


def _fields(connection: Connection, record: Record, terms: Mapping[Id, Term]) -> Iterator[FieldValue]:
    """Every field that says something, identifiers as names, terms with their days."""
    names = Names(connection)
    hidden = _BESIDE[record.traits.name]
    for each in names.fields(record):
        if each.field in hidden:
            continue
        if each.field == "term" and isinstance(record, Deputy) and record.term in terms:
            yield FieldValue(field="term", value=term_words(terms[record.term]))
        else:
            yield each


# --- what it belongs to -----------------------------------------------------------------------------------------------


def _related(connection: Connection, record: Record) -> Iterator[Related]:
    match record:
        case Deputy():
            for former in found(connection, FormerDeputy, member("deputy") == record.id):
                yield Related(kind="former_deputy", id=former.id, title=former.name)
            for taken in found(connection, Suggestion, member("taken_over_by") == record.id):
                yield Related(kind="suggestion", id=taken.id, title=taken.title())
        case FormerDeputy() if record.deputy and (deputy := of_id(connection, Deputy, record.deputy)):
            yield Related(kind="deputy", id=deputy.id, title=deputy.name)
        case Unit():
            if parent := of_id(connection, Unit, record.parent):
                yield Related(kind="unit", id=parent.id, title=parent.name)
            for below in found(connection, Unit, member("parent") == record.id):
                yield Related(kind="unit", id=below.id, title=below.name)
        case Project():
            for issue in by_ids(connection, Issue, record.issues):
                yield Related(kind="issue", id=issue.id, title=issue.title())
            for visit in by_ids(connection, Visit, record.visits):
                yield Related(kind="visit", id=visit.id, title=_visit_title(visit))


def _visit_title(visit: Visit) -> str:
    return " ".join(part for part in (visit.on.isoformat() if visit.on else "", visit.title(), visit.place) if part)


def _steps(connection: Connection, id: Id) -> Iterator[ProjectStep]:
    for each in found(connection, Step, member("of") == id):
        yield ProjectStep(
            event=known(ProjectEvent, each.event),
            after=known(ProjectState, each.to_state),
            on=each.on,
            by=each.by_name,
            reason=each.reason,
        )
