"""The register: deputies, former deputies, units, congresses and projects entered, changed, removed; a mandate that ends."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final

from app.changes import Changes, changes_of
from app.domain.congress import Congress, Term, place_problems
from app.domain.cosignature import Cosignature, struck
from app.domain.people import Contact, Deputy, DeputyStatus, FormerDeputy
from app.domain.persons import listed_title
from app.domain.problems import Problem, stop_at
from app.domain.project import Project
from app.domain.records import Record, body_of, record_from
from app.domain.suggestion import Suggestion, text_is_open
from app.domain.unit import Unit
from app.domain.values import Id, Json
from app.errors import Refused
from app.queries.relations import found, member, one_with_heads, with_heads
from app.storage import deeds
from app.storage import drafts as kept_drafts
from app.storage.transaction import Transaction
from app.use_cases.drafts import drafts
from app.workspace import Workspace

REGISTERED: Final[Mapping[str, type[Record]]] = {
    each.traits.name: each for each in (Deputy, FormerDeputy, Unit, Congress, Term, Project)
}
"""The kinds that have a form of their own in the register."""
_WITH_CONTACT: Final = frozenset({"deputy", "former_deputy"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterSheet:
    """A record of the register on its form, with how to reach the person; `seen` are the heads it was read from."""

    record: Record
    contact: Contact | None = None
    seen: Mapping[Id, tuple[Id, ...]] = field(default_factory=dict, hash=False)

    @property
    def id(self) -> Id:
        """The record's identifier."""
        return self.record.id

    @property
    def kind(self) -> str:
        """The record's kind."""
        return self.record.traits.name

    @property
    def stored(self) -> bool:
        """Whether the record is in the register already."""
        return self.id in self.seen


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterSaved:
    """What was saved or removed."""

    id: Id
    kind: str
    changes: Changes


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsavedEntry:
    """A form of the register that was typed at and not saved."""

    key: str
    sheet: RosterSheet
    kept: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactShown:
    """How to reach somebody of the register, in full; that it was shown is in the journal."""

    phone: str
    address: str
    postcode: str


# --- a form -----------------------------------------------------------------------------------------------------------


def new_entry(workspace: Workspace, kind: str, **told: Any) -> RosterSheet:
    """A record of a kind to be entered, of this station where it belongs to one; not saved yet."""
    cls = REGISTERED[kind]
    known: dict[str, Any] = {"station": workspace.author.owner} if "station" in cls.traits.fields else {}
    record = cls(id=workspace.clock.new_id(), **known, **told)
    contact = Contact(id=workspace.clock.new_id(), of=record.id) if kind in _WITH_CONTACT else None
    return RosterSheet(record=record, contact=contact)


def entry_to_change(workspace: Workspace, id: Id) -> RosterSheet:
    """A record of the register as it stands; raises `Refused("record_missing")`."""
    with workspace.reading() as connection:
        for cls in REGISTERED.values():
            if stored := one_with_heads(connection, cls, id):
                break
        else:
            raise Refused("record_missing", kind="", id=id)
        contacts = with_heads(connection, Contact, member("of") == id)
    seen = {id: stored.heads} | {each.record.id: each.heads for each in contacts[:1]}
    contact = contacts[0].record if contacts else Contact(id=workspace.clock.new_id(), of=id)
    return RosterSheet(record=stored.record, contact=contact if stored.record.traits.name in _WITH_CONTACT else None, seen=seen)


def entry_problems(record: Record) -> tuple[Problem, ...]:
    """What a record of the register needs: a name, of a term its number, of a congress its level or its division's code."""
    if isinstance(record, Term):
        return () if record.term_no else (Problem(code="term_number_missing", field="term_no"),)
    named = str(getattr(record, "name", "")).strip()
    missing = [] if named else [Problem(code="name_missing", field="name")]
    if isinstance(record, Congress) and any(place_problems(record)):
        missing.append(Problem(code="congress_level_missing", field="level"))
    return tuple(missing)


def save_entry(workspace: Workspace, sheet: RosterSheet) -> RosterSaved:
    """Save what stands on a form of the register, or nothing; its draft is gone.

    Raises `Refused("incomplete", problems)`, and `Refused("stale", id, seen, stands)` where somebody changed it meanwhile.
    """
    stop_at(entry_problems(sheet.record))
    records = [sheet.record]
    contact = sheet.contact
    if contact and (contact.phone or contact.address or contact.postcode or contact.id in sheet.seen):
        records.append(replace(contact, of=sheet.id))
    with workspace.writing() as books:
        books.records.save_all(records, seen=sheet.seen)
        kept_drafts.discard(books.connection, entry_key(sheet), workspace.author.op)
    return RosterSaved(id=sheet.id, kind=sheet.kind, changes=changes_of({each.traits.name for each in records}))


def remove_entry(workspace: Workspace, id: Id) -> RosterSaved:
    """Remove what was entered by mistake, with its contact and its steps.

    Raises `Refused("record_missing")`, `Refused("entry_named", kind, title)` where another record names it: what has happened
    is not taken out of the register, a mandate ends and a unit is closed instead.
    """
    sheet = entry_to_change(workspace, id)
    with workspace.writing() as books:
        start = next(iter(deeds.found(books.connection, [id])))
        gone = [each.stored.record for each in deeds.family(books.connection, start) if not each.stored.deleted]
        if naming := deeds.naming(books.connection, gone, 0):
            raise Refused("entry_named", kind=naming.record.traits.name, title=listed_title(naming.record))
        books.records.remove(each.id for each in gone)
    return RosterSaved(id=id, kind=sheet.kind, changes=changes_of({each.traits.name for each in gone}))


# --- drafts -----------------------------------------------------------------------------------------------------------


def entry_key(sheet: RosterSheet) -> str:
    """The name under which the draft of a form is kept."""
    return f"{sheet.kind}:{sheet.id}"


def entry_told(sheet: RosterSheet) -> dict[str, Json]:
    """The form as a draft keeps it."""
    told: dict[str, Json] = {"id": sheet.id, "body": body_of(sheet.record), "heads": list(sheet.seen.get(sheet.id, ()))}
    if contact := sheet.contact:
        heads = list(sheet.seen.get(contact.id, ()))
        told["contact"] = {"id": contact.id, "body": body_of(contact), "heads": heads}
    return told


def entry_kept(kind: str, body: Mapping[str, Any]) -> RosterSheet:
    """The form a draft holds; raises `Refused("field_malformed")` for what this program cannot read."""
    parts = [(REGISTERED[kind], body)] + ([(Contact, body["contact"])] if body.get("contact") else [])
    records = [record_from(cls, part["id"], part["body"]) for cls, part in parts]
    seen = {part["id"]: tuple(part["heads"]) for _cls, part in parts if part.get("heads")}
    contact = records[1] if len(records) > 1 else None
    return RosterSheet(record=records[0], contact=contact if isinstance(contact, Contact) else None, seen=seen)


def unsaved_entries(workspace: Workspace) -> tuple[UnsavedEntry, ...]:
    """What was typed on forms of the register and never saved or given up, the newest first."""
    found_drafts: list[UnsavedEntry] = []
    for each in drafts(workspace):
        if each.kind in REGISTERED and "body" in each.body:
            try:
                found_drafts.append(UnsavedEntry(key=each.key, sheet=entry_kept(each.kind, each.body), kept=each.kept))
            except (Refused, KeyError):
                continue  # a newer program kept it
    return tuple(found_drafts)


# --- deeds ------------------------------------------------------------------------------------------------------------


def end_mandate(workspace: Workspace, id: Id, on: date, reason: str) -> RosterSaved:
    """Note that a deputy's mandate ends; signatures under what is not submitted yet are struck, the rest stays (decision 9).

    All of it goes back by one undo. Raises `Refused("record_missing")`, `Refused("incomplete")` without a reason.
    """
    if not reason.strip():
        stop_at([Problem(code="reason_missing", field="ended_reason")])
    with workspace.writing() as books:
        stored = books.records.get(Deputy, id)
        gone = replace(stored.record, status=DeputyStatus.ENDED, ended_on=on, ended_reason=reason.strip())
        signatures = struck_of(books, [gone], on)
        books.records.save_all([gone, *signatures], seen={id: stored.heads})
        deeds.mark_whole(books.connection, books.deed)
    return RosterSaved(id=id, kind="deputy", changes=Changes.PEOPLE | (Changes.SUGGESTIONS if signatures else Changes.NOTHING))


def struck_of(books: Transaction, gone: list[Deputy], on: date) -> list[Cosignature]:
    """The signatures of deputies who leave, struck, where the words of the suggestion are still open."""
    leaving = {each.id for each in gone}
    signatures = [each for each in found(books.connection, Cosignature) if each.deputy in leaving]
    if not signatures:
        return []
    open_ones = {each.id for each in found(books.connection, Suggestion) if text_is_open(each)}
    standing = [each for each in signatures if each.suggestion in open_ones]
    return list(struck(standing, gone, on=on, reason=gone[0].ended_reason))


def show_contact(workspace: Workspace, id: Id) -> ContactShown:
    """Telephone and address of somebody of the register; that they were shown is noted. Raises `Refused("record_missing")`."""
    with workspace.writing() as books:
        contact = next(iter(found(books.connection, Contact, member("of") == id)), None)
        if contact is None:
            raise Refused("record_missing", kind="contact", id=id)
        books.note("contact_shown", {}, id)
    return ContactShown(phone=contact.phone, address=contact.address, postcode=contact.postcode)
