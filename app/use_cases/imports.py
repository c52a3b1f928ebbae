"""A station's messages out of a spreadsheet: rehearsed, counted, recognised when they come again, and undone in one step."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from app.changes import Changes
from app.domain.encounter import Encounter, Party
from app.domain.issue import Issue, Source
from app.domain.life import IssueState
from app.domain.people import Contact, Deputy
from app.domain.records import Record
from app.domain.values import Id
from app.ledgers.columns import SheetProblem
from app.ledgers.messages import KNOWN_NAMES, Fingerprints, MessageRow, map_messages, message_rows
from app.ledgers.sheet import Sheet, open_sheet
from app.progress import Progress
from app.storage import batches
from app.workspace import Workspace

_AT_ONCE: Final = 1000


@dataclass(slots=True, kw_only=True)
class Imported:
    """What an import did, or would do: rows read, taken, known already, refused; and what is to be told of them."""

    read: int = 0
    imported: int = 0
    repeated: int = 0
    refused: int = 0
    import_id: Id | None = None
    encoding: str = ""
    sheet: str = ""
    problems: list[SheetProblem] = field(default_factory=list)
    changes: Changes = Changes.NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """What an undo took back, and what it left since somebody has worked on it."""

    removed: int
    kept: tuple[Id, ...]
    changes: Changes = Changes.ISSUES | Changes.VISITS


def import_messages(workspace: Workspace, path: Path, *, dry_run: bool = False, progress: Progress | None = None) -> Imported:
    """Every message of a sheet as an issue of the person who raised it, in one transaction; in a dry run nothing is kept.

    Raises `Refused` with the code of what makes the file unreadable (`app.ledgers.sheet`), `Refused("cancelled")`.
    """
    told = Imported()
    with open_sheet(path, KNOWN_NAMES) as sheet:
        rows = _read(sheet, told, progress or Progress())
    fresh = _not_repeated(workspace, rows, told)
    told.imported = len(fresh)
    if dry_run or not fresh:
        return told
    told.import_id = workspace.clock.new_id()
    deputies = _deputies(workspace)
    with workspace.writing() as books:
        made: list[tuple[str, Id]] = []
        for start in range(0, len(fresh), _AT_ONCE):
            records: list[Record] = []
            for fingerprint, row in fresh[start : start + _AT_ONCE]:
                issue, *others = _records(workspace, row, deputies)
                records += [issue, *others]
                made.append((fingerprint, issue.id))
            books.records.save_all(records, batch=told.import_id)
        batches.note(books.connection, told.import_id, path.name, workspace.clock.now(), made)
        books.note("imported", {"import": told.import_id, "file": path.name, "rows": told.imported})
    told.changes = Changes.ISSUES | Changes.VISITS
    return told


def undo_import(workspace: Workspace, batch: Id) -> Undone:
    """Take back every record of an import that nobody has worked on since.

    Raises `Refused("import_missing" | "import_undone")`.
    """
    with workspace.writing() as books:
        untouched, changed = batches.records_made(books.connection, batch)
        slices = (untouched[start : start + _AT_ONCE] for start in range(0, len(untouched), _AT_ONCE))
        removed = sum(books.records.remove(each) for each in slices)
        batches.mark_undone(books.connection, batch, workspace.clock.now(), untouched)
        books.note("import_undone", {"import": batch, "removed": removed, "kept": len(changed)})
    return Undone(removed=removed, kept=tuple(dict.fromkeys(changed)))


def _read(sheet: Sheet, told: Imported, progress: Progress) -> list[tuple[str, MessageRow]]:
    columns = map_messages(sheet.header)
    told.problems += columns.problems
    told.encoding, told.sheet = sheet.encoding, sheet.name
    fingerprints = Fingerprints()
    rows: list[tuple[str, MessageRow]] = []
    for each in message_rows(sheet, columns):
        if isinstance(each, MessageRow):
            rows.append((fingerprints.of(each), each))
            progress.advance()
        else:
            told.problems.append(each)
            told.refused += each.refused
    told.read = len(rows) + told.refused
    return rows


def _not_repeated(workspace: Workspace, rows: Iterable[tuple[str, MessageRow]], told: Imported) -> list[tuple[str, MessageRow]]:
    """The rows that neither an earlier import nor an earlier row of this sheet has told, in their order."""
    first: dict[str, MessageRow] = {}
    for fingerprint, row in rows:
        if first.setdefault(fingerprint, row) is not row:
            told.repeated += 1
    with workspace.reading() as connection:
        known = batches.known_fingerprints(connection, list(first))
    told.repeated += len(known)
    return [(fingerprint, row) for fingerprint, row in first.items() if fingerprint not in known]


def _records(workspace: Workspace, row: MessageRow, deputies: Mapping[str, Id]) -> list[Record]:
    new_id = workspace.clock.new_id
    issue = Issue(
        id=new_id(),
        subject=row.title,
        words=row.content or row.title,
        station=workspace.author.owner,
        source=Source.IMPORT,
        source_number=row.source_no,
        received_on=row.raised_on,
        received_at=row.raised_at,
        category=row.category,
        place=row.place,
        state=IssueState.REGISTERED,
        deputies=(deputies[row.deputy],) if row.deputy in deputies else (),
        remarks=_remarks(row, deputies),
    )
    if not row.raised_by and not row.phone and not row.address:
        return [issue]
    person = Encounter(id=new_id(), party=Party.PERSON, name=row.raised_by, anonymous=not row.raised_by)
    records: list[Record] = [replace(issue, encounter=person.id), person]
    if row.phone or row.address:
        records.append(Contact(id=new_id(), of=person.id, phone=row.phone, address=row.address))
    return records


def _deputies(workspace: Workspace) -> dict[str, Id]:
    """The deputies of the register by name, but for names that several bear."""
    with workspace.writing() as books:
        stored = [each.record for each in books.records.all_of(Deputy)]
    names = Counter(each.name for each in stored)
    return {each.name: each.id for each in stored if names[each.name] == 1}


def _remarks(row: MessageRow, deputies: Mapping[str, Id]) -> str:
    """What the row says beyond its fields; a deputy the register does not know stays readable."""
    unknown = f"{Deputy.traits.label}：{row.deputy}" if row.deputy and row.deputy not in deputies else ""
    return "\n".join(filter(None, (row.notes(), unknown)))
