"""Everything a station holds of a resident: whom the deputies met under a name, and all that lies beneath it (PIPL art. 45)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, func, or_, select

from app.domain.attachment import Attachment
from app.domain.encounter import Encounter
from app.domain.issue import Issue
from app.domain.people import Contact
from app.domain.persons import listed_title
from app.domain.records import Record, body_of
from app.domain.values import Id
from app.domain.visit import Visit
from app.errors import Refused
from app.queries.relations import member
from app.storage import deeds
from app.storage.blocking import Blocked, blocked
from app.storage.deeds import Saved
from app.storage.records import stored_from
from app.storage.tables import CurrentRow
from app.workspace import Workspace

MOST: Final = 200
_LEAST_NAME, _LEAST_DIGITS = 2, 5  # characters below which a name, and digits below which a number, stand in too much else


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """Somebody met once, as a list shows them; `blocked` where only the law still keeps the record, `removed` in the trash."""

    id: Id
    person: str
    phone: str
    on: date | None
    village: str
    issues: int
    removed: bool
    blocked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFile:
    """What is held of residents: `own` are they and how to reach them, `matters` what they raised and what came of it.

    `files` are attachments of either; `days` tells the day each record is about.
    """

    own: tuple[Saved, ...]
    matters: tuple[Saved, ...]
    files: tuple[Saved, ...]
    days: Mapping[Id, date | None]
    visits: Mapping[Id, Visit]

    def told(self) -> "Words":
        """The names and numbers by which a text would tell who it is."""
        records = [each.stored.record for each in self.own]
        names = {each.name.strip() for each in records if isinstance(each, Encounter)}
        numbers = {each.phone.strip() for each in records if isinstance(each, Contact)}
        return Words(
            names=tuple(sorted((each for each in names if len(each) >= _LEAST_NAME), key=len, reverse=True)),
            numbers=tuple(sorted(each for each in numbers if sum(map(str.isdigit, each)) >= _LEAST_DIGITS)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Names, the longest first, and telephone numbers."""

    names: tuple[str, ...]
    numbers: tuple[str, ...]

    def stand_in(self, text: str) -> bool:
        """Whether a text holds one of them."""
        return any(each in text for each in (*self.names, *self.numbers))


def people_called(workspace: Workspace, text: str) -> tuple[PersonRow, ...]:
    """Residents whose name or telephone number holds `text`, the last met first, removed and blocked ones too."""
    asked = text.strip()
    if not asked:
        return ()
    phones = select(member("of")).where(CurrentRow.kind == "contact", func.instr(member("phone"), asked) > 0)
    called = or_(func.instr(func.coalesce(member("name"), ""), asked) > 0, CurrentRow.id.in_(phones))
    question = select(CurrentRow.__table__).where(CurrentRow.kind == "encounter", CurrentRow.body != "{}", called)
    with workspace.reading() as connection:
        rows = connection.execute(question.order_by(CurrentRow.no.desc()).limit(MOST)).all()
        hidden = blocked(connection)
        return tuple(_row(connection, row, hidden) for row in rows)


def person_file(connection: Connection, ids: Sequence[Id]) -> PersonFile:
    """All that is held beneath these encounters, removed parts too; raises `Refused("person_missing")`."""
    starts = {each.stored.record.id: each for each in deeds.found(connection, ids)}
    found: dict[Id, Saved] = {}
    for id in ids:
        start = starts.get(id)
        if start is None or not isinstance(start.stored.record, Encounter) or not body_of(start.stored.record):
            raise Refused("person_missing", id=id)
        found |= {each.stored.record.id: each for each in deeds.family(connection, start)}
    every = [each for each in found.values() if body_of(each.stored.record)]
    visits = _visits(connection, [each.stored.record for each in every])
    return PersonFile(
        own=tuple(each for each in every if isinstance(each.stored.record, (Encounter, Contact))),
        matters=tuple(each for each in every if not isinstance(each.stored.record, (Encounter, Contact, Attachment))),
        files=tuple(each for each in every if isinstance(each.stored.record, Attachment)),
        days=dict(_days([each.stored.record for each in every], visits)),
        visits=visits,
    )


def _row(connection: Connection, row: Any, hidden: Mapping[Id, Blocked]) -> PersonRow:
    met: Encounter = stored_from(row).record
    visit = next(iter(_visits(connection, [met]).values()), None)
    contacts = select(CurrentRow.__table__).where(CurrentRow.kind == "contact", member("of") == met.id, CurrentRow.body != "{}")
    contact = connection.execute(contacts.order_by(CurrentRow.deleted)).first()
    issues = select(func.count()).where(CurrentRow.kind == "issue", member("encounter") == met.id, ~CurrentRow.deleted)
    return PersonRow(
        id=met.id,
        person=listed_title(met),
        phone=listed_title(stored_from(contact).record) if contact else "",
        on=visit.on if visit else _first_issue(connection, met.id),
        village=met.village,
        issues=connection.execute(issues).scalar_one(),
        removed=row.deleted,
        blocked=met.id in hidden,
    )


def _first_issue(connection: Connection, encounter: Id) -> date | None:
    raised = select(func.min(CurrentRow.day)).where(CurrentRow.kind == "issue", member("encounter") == encounter)
    day = connection.execute(raised).scalar()
    return date.fromisoformat(day) if day else None


def _visits(connection: Connection, records: Sequence[Record]) -> dict[Id, Visit]:
    named = {getattr(each, "visit", "") for each in records} - {""}
    found = (each.stored.record for each in deeds.found(connection, named))
    return {each.id: each for each in found if isinstance(each, Visit)}


def _days(records: Sequence[Record], visits: Mapping[Id, Visit]) -> Iterator[tuple[Id, date | None]]:
    """The day each record is about: its own, that of its visit, or that of what it belongs to."""
    known: dict[Id, date | None] = {}
    raised = {each.encounter: each.day() for each in records if isinstance(each, Issue)}
    for each in records:
        visit = visits.get(getattr(each, "visit", ""))
        known[each.id] = each.day() or (visit.on if visit else None) or raised.get(each.id)
    for each in records:
        yield each.id, known[each.id] or known.get(getattr(each, "of", ""))
