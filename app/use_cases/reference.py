"""Reference data of the body: looked at first, taken in whole, set back; what the station made its own stays as it is.

A version is a record (`app/domain/reference_data.py`), so it is in the history, in backups, and at the station's other computers.
What follows from it, units and days that are owed, is saved by the same deed and goes back with it.
"""

from dataclasses import dataclass, replace
from typing import Final

from app.changes import RULES, Changes
from app.clock import CHINA
from app.domain.arrival import ReferenceBrought, Verdict
from app.domain.category import Category, CategoryScheme
from app.domain.reference_data import NOTHING, Reference, ReferenceData, UnitsSettled, content_of, data_from, units_settled
from app.domain.rights import Right
from app.domain.unit import Unit
from app.errors import Refused
from app.packages.bundle import Trusted
from app.packages.faults import PackageFault
from app.packages.reference import ReferenceDocument, read_reference
from app.queries.relations import category_names, found, reference_data, reference_in_force
from app.queries.rights import check_may
from app.queries.rules import entered_years
from app.storage.database import Connection
from app.storage.deeds import mark_whole
from app.use_cases.arrival import Arrival, Brought, TakenIn
from app.use_cases.rules import reckoned, would_move
from app.use_cases.trust import trusted_by
from app.workspace import Workspace

TOUCHED: Final = RULES | Changes.PEOPLE | Changes.EXCHANGE


@dataclass(frozen=True, slots=True, kw_only=True)
class SetBack:
    """Which version was set back, which is in force since (0 for none), and how many records have another day by it."""

    version: int
    now: int
    moved: int
    changes: Changes = TOUCHED


def look_at_reference(workspace: Workspace, brought: Brought, trusted: Trusted) -> Arrival:
    """What reference data would change; raises what `read_reference` raises, and E_ROLLBACK for an older version."""
    document = _read(brought, trusted)
    with workspace.reading() as connection:
        known = _is_known(connection, document)
        brings = None if known else _brings(workspace, connection, document)
    return Arrival(
        path=brought.path,
        what="reference",
        verdict=Verdict.KNOWN if known else Verdict.NEW,
        number=document.version,
        issued=document.issued,
        reference=brings,
    )


def take_reference(workspace: Workspace, brought: Brought) -> TakenIn:
    """Let reference data be in force from now on; raises as `look_at_reference`, `Refused("no_trust" | "not_allowed")`."""
    document = _read(brought, trusted_by(workspace))
    told = TakenIn(file=brought.path.name, what="reference", verdict="duplicate", number=document.version)
    with workspace.writing() as books, reckoned(workspace, books) as moved:
        if _is_known(books.connection, document):
            return told
        settled = _settled(workspace, books.connection, document.data(), reference_data(books.connection))
        record = Reference(
            id=workspace.clock.new_id(),
            body=document.body.id,
            body_name=document.body.name,
            version=document.version,
            issued_on=document.issued.astimezone(CHINA).date(),
            digest=document.digest(),
            content=content_of(document.data()),
        )
        books.records.save_all([record, *settled.new, *settled.changed])
        mark_whole(books.connection, books.deed)
        units = len(settled.new) + len(settled.changed)
        books.note("reference", {"version": document.version, "digest": record.digest, "units": units}, record.id)
    return replace(told, verdict="accepted", records=units + len(moved), undoable=record.id, changes=TOUCHED)


def set_back(workspace: Workspace) -> SetBack:
    """Let the version before the one in force hold again, or none; days that are owed follow, units stay as they are.

    The version may be taken in again from its file. Raises `Refused("reference_missing" | "not_allowed")`.
    """
    check_may(workspace, Right.SETTINGS)
    with workspace.writing() as books, reckoned(workspace, books) as moved:
        present = reference_in_force(books.connection)
        if present is None:
            raise Refused("reference_missing")
        same = [each.id for each in found(books.connection, Reference) if each.version == present.version]
        books.records.remove(same)
        before = reference_in_force(books.connection)
        books.note("reference_set_back", {"version": present.version}, present.id)
    return SetBack(version=present.version, now=before.version if before else 0, moved=len(moved))


def _read(brought: Brought, trusted: Trusted) -> ReferenceDocument:
    return read_reference(brought.document, trusted.roots, body=trusted.trust_list.body)


def _is_known(connection: Connection, document: ReferenceDocument) -> bool:
    """Whether it is in force already; raises E_ROLLBACK for an older one, or for another of the same version."""
    present = reference_in_force(connection)
    if present is None or document.version > present.version:
        return False
    if document.version < present.version or document.digest() != present.digest:
        raise PackageFault("E_ROLLBACK", found=document.version, known=present.version)
    return True


def _settled(workspace: Workspace, connection: Connection, data: ReferenceData, before: ReferenceData) -> UnitsSettled:
    return units_settled(data, before, found(connection, Unit), workspace.clock.new_id)


def _brings(workspace: Workspace, connection: Connection, document: ReferenceDocument) -> ReferenceBrought:
    data, present = document.data(), reference_in_force(connection)
    before = data_from(present.content) if present else NOTHING
    entered, calendar, earlier = entered_years(connection), data.calendar(), before.calendar()
    fresh = {year for year in {*calendar, *earlier} if calendar.get(year) != earlier.get(year)}
    settled = _settled(workspace, connection, data, before)
    changed, kept = _categories(connection, data, before)
    return ReferenceBrought(
        body=document.body.name or document.body.code,
        before=present.version if present else 0,
        years=tuple(sorted(fresh - entered.keys())),
        years_kept=tuple(sorted(fresh & entered.keys())),
        units_new=tuple(each.name for each in settled.new),
        units_changed=tuple(each.name for each in settled.changed),
        units_kept=settled.kept,
        categories=changed,
        categories_kept=kept,
        moved=would_move(workspace, connection, data),
    )


def _categories(connection: Connection, data: ReferenceData, before: ReferenceData) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Categories that are called otherwise from now on, and those that stay because the station has its own of that code."""
    own = {(str(each.scheme), each.code) for each in found(connection, Category)}
    changed: list[str] = []
    kept: list[str] = []
    for scheme in CategoryScheme:
        told, earlier, names = data.names(scheme), before.names(scheme), category_names(connection, scheme)
        for code in (each for each in {**earlier, **told} if told.get(each) != earlier.get(each)):
            if (str(scheme), code) in own:
                kept.append(names[code])
            elif told.get(code) != names.get(code):
                changed.append(told.get(code) or names[code])
    return tuple(changed), tuple(kept)
