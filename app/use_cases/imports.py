"""A station's messages out of a spreadsheet: rehearsed, counted, recognised when they come again, and undone in one step."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Final

from app.changes import Changes
from app.domain.category import CategoryScheme
from app.domain.encounter import Encounter, Party
from app.domain.issue import Issue, Source
from app.domain.life import IssueState
from app.domain.people import Contact, Deputy
from app.domain.records import Record
from app.domain.values import Id
from app.ledgers.cells import written
from app.ledgers.columns import ColumnMap, SheetProblem, chosen_columns
from app.ledgers.messages import KNOWN_NAMES, Field, Fingerprints, MessageRow, guessed_columns, message_rows, told_by
from app.ledgers.sheet import Sheet, open_sheet
from app.ledgers.text import clean_line
from app.progress import Progress
from app.queries.deputies import register
from app.queries.relations import category_names
from app.storage import batches
from app.workspace import Workspace

_AT_ONCE: Final = 200  # messages between two looks at whether the person still wants it
_SAMPLES: Final = 3
_SAMPLE: Final = 60  # characters of a cell that are shown

FIELDS: Final[Mapping[str, str]] = {
    Field.TITLE: Issue.traits.fields["subject"].label,
    Field.CONTENT: Issue.traits.fields["words"].label,
    Field.SOURCE_NO: Issue.traits.fields["source_number"].label,
    Field.RAISED_BY: "反映人",
    Field.RAISED_ON: Issue.traits.fields["received_on"].label,
    Field.PHONE: Contact.traits.fields["phone"].label,
    Field.ADDRESS: Contact.traits.fields["address"].label,
    Field.PLACE: Issue.traits.fields["place"].label,
    Field.CATEGORY: Issue.traits.fields["category"].label,
    Field.DEPUTY: Issue.traits.fields["deputies"].label,
    Field.REMARKS: Issue.traits.fields["remarks"].label,
    Field.LINE_NO: "序号（不保存）",
}
"""What a column may become, by the names `import_messages` takes; in the words of the records."""

REMARK: Final = ""
"""A column of no field: what stands in it is kept in the remarks, under the column's name."""

LEFT_OUT: Final = "left_out"
"""A column that is not taken in at all."""

SAYING: Final = frozenset({str(Field.TITLE), str(Field.CONTENT)})
"""Fields of which at least one column must tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetColumn:
    """One column of a sheet, counted from 0: letter and name, what it would become, what stands in its first cells."""

    number: int
    label: str
    field: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetColumns:
    """A sheet that was opened and looked at; `others` are sheets of the file that hold something and are not read."""

    file: str
    sheet: str
    others: tuple[str, ...]
    encoding: str
    header_row: int
    columns: tuple[SheetColumn, ...]


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


def read_columns(path: Path) -> SheetColumns:
    """What a sheet's columns are called, hold and would become, before anything is taken from it.

    Raises as `import_messages` does, but for `columns_missing`: a person may say which column tells what was raised.
    """
    with open_sheet(path, KNOWN_NAMES) as sheet:
        guessed = guessed_columns(sheet.header)
        fields = {column: str(field) for field, columns in guessed.columns.items() for column in columns}
        samples = [row.values for row in islice(sheet.rows, _SAMPLES)]
        columns = tuple(
            SheetColumn(
                number=number,
                label=sheet.header.label(number),
                field=fields.get(number, REMARK),
                samples=tuple(clean_line(written(values[number]))[:_SAMPLE] for values in samples if number < len(values)),
            )
            for number in range(len(sheet.header.names))
        )
        return SheetColumns(
            file=sheet.file,
            sheet=sheet.name,
            others=sheet.others,
            encoding=sheet.encoding,
            header_row=sheet.header.row,
            columns=columns,
        )


def import_messages(
    workspace: Workspace,
    path: Path,
    *,
    columns: Mapping[int, str] | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Imported:
    """Every message of a sheet as an issue of the person who raised it, in one transaction; in a dry run nothing is kept.

    `columns` says what columns, counted from 0, become: one of `FIELDS`, `REMARK` or `LEFT_OUT`; the others are known by name.
    Raises `Refused` with the code of what makes the file unreadable (`app.ledgers.sheet`), `Refused("cancelled")`.
    """
    told, far = Imported(), progress or Progress()
    with open_sheet(path, KNOWN_NAMES) as sheet:
        far.begin("reading", max((sheet.last_row or 0) - sheet.header.row, 0))
        rows = _read(sheet, columns or {}, told, far)
    fresh = _not_repeated(workspace, rows, told)
    told.imported = len(fresh)
    if dry_run or not fresh:
        return told
    told.import_id = workspace.clock.new_id()
    names = _names(workspace)
    far.begin("saving", len(fresh))
    with workspace.writing() as books:
        made: list[tuple[str, Id]] = []
        for start in range(0, len(fresh), _AT_ONCE):
            records: list[Record] = []
            for fingerprint, row in fresh[start : start + _AT_ONCE]:
                issue, *others = _records(workspace, row, names)
                records += [issue, *others]
                made.append((fingerprint, issue.id))
            books.records.save_all(records, batch=told.import_id)
            far.advance(min(_AT_ONCE, len(fresh) - start))
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
    return Undone(removed=removed, kept=tuple(changed))


def _read(sheet: Sheet, chosen: Mapping[int, str], told: Imported, progress: Progress) -> list[tuple[str, MessageRow]]:
    columns = _columns(sheet, chosen)
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


def _columns(sheet: Sheet, chosen: Mapping[int, str]) -> ColumnMap:
    """The columns as a person chose them, else by their names; raises `Refused("columns_missing")`."""
    fields = {column: None if field == REMARK else Field(field) for column, field in chosen.items() if field != LEFT_OUT}
    left_out = [column for column, field in chosen.items() if field == LEFT_OUT]
    return told_by(sheet.header, chosen_columns(guessed_columns(sheet.header), fields, left_out))


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


@dataclass(frozen=True, slots=True)
class _Names:
    """The deputies of the register by name, but for names that several bear; the categories' codes by their names."""

    deputies: Mapping[str, Id]
    categories: Mapping[str, str]


def _records(workspace: Workspace, row: MessageRow, names: _Names) -> list[Record]:
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
        category=names.categories.get(row.category, row.category),
        place=row.place,
        state=IssueState.REGISTERED,
        deputies=(names.deputies[row.deputy],) if row.deputy in names.deputies else (),
        remarks=_remarks(row, names.deputies),
    )
    if not row.raised_by and not row.phone and not row.address:
        return [issue]
    person = Encounter(id=new_id(), party=Party.PERSON, name=row.raised_by, anonymous=not row.raised_by)
    records: list[Record] = [replace(issue, encounter=person.id), person]
    if row.phone or row.address:
        records.append(Contact(id=new_id(), of=person.id, phone=row.phone, address=row.address))
    return records


def _names(workspace: Workspace) -> _Names:
    rows = register(workspace)
    borne = Counter(each.name for each in rows)
    with workspace.reading() as connection:
        categories = category_names(connection, CategoryScheme.ISSUE)
    return _Names(
        deputies={each.name: each.id for each in rows if borne[each.name] == 1},
        categories={name: code for code, name in categories.items()},
    )


def _remarks(row: MessageRow, deputies: Mapping[str, Id]) -> str:
    """What the row says beyond its fields; a deputy the register does not know stays readable."""
    unknown = f"{Deputy.traits.label}：{row.deputy}" if row.deputy and row.deputy not in deputies else ""
    return "\n".join(filter(None, (row.notes(), unknown)))
