"""A station's ledgers out of a spreadsheet: rehearsed, counted, recognised when they come again, and undone in one step."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, Final

from app.changes import Changes
from app.domain.records import Record
from app.domain.rights import Right
from app.domain.values import Id
from app.domain.visit import FIRST_YEAR, LAST_YEAR
from app.ledgers.cells import written
from app.ledgers.columns import ColumnMap, SheetProblem, chosen_columns
from app.ledgers.entry import Repairs, ledger_rows
from app.ledgers.form import Fingerprints, LedgerRow
from app.ledgers.header import Header, normal_name
from app.ledgers.sheet import Sheet, open_sheet
from app.ledgers.text import clean_line
from app.progress import Progress
from app.queries.rights import check_may
from app.storage import batches
from app.storage.named_values import put_value, value_of
from app.use_cases.ledgers.kinds import LEDGERS, LedgerKind
from app.use_cases.ledgers.taker import Taker
from app.workspace import Workspace

_AT_ONCE: Final = 200  # rows between two looks at whether the person still wants it
_SAMPLES: Final = 3
_SAMPLE: Final = 60  # characters of a cell that are shown

REMARK: Final = ""
"""A column of no field: what stands in it is kept in the remarks, under the column's name."""

LEFT_OUT: Final = "left_out"
"""A column that is not taken in at all."""

ISSUES: Final = "issues"
"""The kind of ledger that is meant where nobody says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetChoice:
    """How a person wants a file read; what they leave out is guessed.

    `header_row` is Excel's number, `columns` says what columns, counted from 0, become: a field of the kind, `REMARK` or
    `LEFT_OUT`; the others are as they were when this header came last, or known by name. `year` is that of days written without
    one. `repairs` stand for cells (row as Excel numbers it, column from 0); the file itself is never changed.
    """

    kind: str = ISSUES
    sheet: str = ""
    header_row: int = 0
    columns: Mapping[int, str] | None = None
    year: int = 0
    repairs: Repairs = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetColumn:
    """One column of a sheet, counted from 0: letter and name, what it would become, what stands in its first cells."""

    number: int
    label: str
    field: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetColumns:
    """A sheet that was opened and looked at; `sheets` are all of the file that hold something."""

    kind: str
    file: str
    sheet: str
    sheets: tuple[str, ...]
    encoding: str
    header_row: int
    columns: tuple[SheetColumn, ...]
    remembered: bool


@dataclass(slots=True, kw_only=True)
class Imported:
    """What an import did, or would do: rows read, taken, known already, refused; and what is to be told of them.

    `year` is what `yearless` days without one were given.
    """

    kind: str = ISSUES
    read: int = 0
    imported: int = 0
    repeated: int = 0
    refused: int = 0
    import_id: Id | None = None
    encoding: str = ""
    sheet: str = ""
    year: int = 0
    yearless: int = 0
    problems: list[SheetProblem] = field(default_factory=list)
    changes: Changes = Changes.NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """What an undo took back, and what it left since somebody has worked on it."""

    removed: int
    kept: tuple[Id, ...]
    changes: Changes = Changes.ISSUES | Changes.VISITS | Changes.PEOPLE | Changes.STATION | Changes.SUGGESTIONS


def read_columns(workspace: Workspace, path: Path, choice: SheetChoice | None = None) -> SheetColumns:
    """What a sheet's columns are called, hold and would become, before anything is taken from it.

    Raises as `import_ledger` does, but for `columns_missing`: a person may say which column tells what is needed.
    """
    asked = choice or SheetChoice()
    kind = LEDGERS[asked.kind]
    with open_sheet(path, kind.form.known(), name=asked.sheet, header_row=asked.header_row) as sheet:
        kept = _remembered(workspace, kind, sheet.header)
        guessed = _columns(kind, sheet.header, {**kept, **(asked.columns or {})})
        fields = {column: str(field) for field, columns in guessed.columns.items() for column in columns}
        fields |= dict.fromkeys(guessed.left_out, LEFT_OUT)
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
            kind=kind.name,
            file=sheet.file,
            sheet=sheet.name,
            sheets=sheet.sheets,
            encoding=sheet.encoding,
            header_row=sheet.header.row,
            columns=columns,
            remembered=bool(kept),
        )


def import_ledger(
    workspace: Workspace,
    path: Path,
    choice: SheetChoice | None = None,
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
    first: Callable[[Progress], object] = lambda _progress: None,
) -> Imported:
    """Every row of a sheet as the records it tells of, in one transaction; in a dry run nothing is kept.

    Rows read are always those imported, repeated and refused together. `first` is done before anything is saved, and only then.
    Raises `Refused` with the code of what makes the file unreadable (`app.ledgers.sheet`), `Refused("columns_missing")`,
    `Refused("cancelled" | "not_allowed")`.
    """
    check_may(workspace, Right.WORK)
    asked, far = choice or SheetChoice(), progress or Progress()
    kind = LEDGERS[asked.kind]
    found = _read_with_year(workspace, kind, path, asked, far)
    told, taker = found.told, kind.taker(workspace, [row for _, row in found.rows], found.words)
    fresh = _not_refused(_not_repeated(workspace, found.rows, taker, told), taker, told)
    told.problems += [problem for _, row in fresh for problem in taker.problems(row)]
    told.problems.sort(key=lambda each: each.row)
    told.imported = len(fresh)
    if dry_run or not fresh:
        return told
    first(far)
    told.import_id = workspace.clock.new_id()
    far.begin("saving", len(fresh))
    with workspace.writing() as books:
        made: list[tuple[str, Id]] = []
        for start in range(0, len(fresh), _AT_ONCE):
            records: list[Record] = []
            for fingerprint, row in fresh[start : start + _AT_ONCE]:
                id, belonging = taker.records(row)
                records += belonging
                made += [(fingerprint, id)] if taker.remembers else []
            books.records.save_all(records, batch=told.import_id)
            far.advance(min(_AT_ONCE, len(fresh) - start))
        batches.note(books.connection, told.import_id, path.name, workspace.clock.now(), made)
        if asked.columns is not None:
            put_value(books.connection, _shape(kind, found.header), json.dumps(found.becomes).encode())
        books.note("imported", {"import": told.import_id, "file": path.name, "rows": told.imported, "ledger": kind.name})
    told.changes = kind.changes
    return told


def read_ledger(workspace: Workspace, path: Path, choice: SheetChoice) -> tuple[Imported, tuple[LedgerRow, ...]]:
    """The rows of a sheet, and what is to be told of it; nothing is taken in. Raises as `import_ledger` does."""
    found = _read_with_year(workspace, LEDGERS[choice.kind], path, choice, Progress())
    return found.told, tuple(row for _, row in found.rows)


def undo_import(workspace: Workspace, batch: Id) -> Undone:
    """Take back every record of an import that nobody has worked on since; what it only added to is what it was before.

    Raises `Refused("import_missing" | "import_undone" | "not_allowed")`.
    """
    with workspace.writing() as books:
        untouched, changed = batches.records_made(books.connection, batch)
        earlier = batches.before(books.connection, batch, untouched)
        made = [each for each in untouched if each not in earlier]
        slices = (made[start : start + _AT_ONCE] for start in range(0, len(made), _AT_ONCE))
        removed = sum(books.records.remove(each) for each in slices) + books.records.save_all(list(earlier.values()))
        batches.mark_undone(books.connection, batch, workspace.clock.now(), made)
        books.note("import_undone", {"import": batch, "removed": removed, "kept": len(changed)})
    return Undone(removed=removed, kept=tuple(changed))


# --- reading --------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Found:
    """A sheet as it was read: its rows with their fingerprints, its header, what its columns became."""

    told: Imported
    header: Header
    becomes: Mapping[int, str]
    words: str
    rows: list[tuple[str, LedgerRow]] = field(default_factory=list)


def _read_with_year(workspace: Workspace, kind: LedgerKind, path: Path, asked: SheetChoice, far: Progress) -> _Found:
    """The rows; where days have no year, read again with the one asked for, else that of most other days, else this one."""
    found = _read(workspace, kind, path, asked, far)
    yearless = [each for each in found.told.problems if each.code == "date_year_missing"]
    if not yearless:
        return found
    year = asked.year or _usual_year(kind, found) or workspace.clock.today().year
    again = _read(workspace, kind, path, asked, far, year)
    again.told.year, again.told.yearless = year, len(yearless)
    facts = {"count": len(yearless), "year": str(year)}
    first = SheetProblem(row=yearless[0].row, column=yearless[0].column, code="year_assumed", facts=facts)
    again.told.problems.append(first)
    return again


def _usual_year(kind: LedgerKind, found: _Found) -> int:
    """The year of most days of a sheet that have one, else one that the file or the sheet is named after; 0 for none."""
    days = (getattr(row, kind.form.day) for _, row in found.rows) if kind.form.day else ()
    years = Counter(day.year for day in days if day)
    if years:
        return int(years.most_common(1)[0][0])
    named = (int(found.words[at : at + 4]) for at in range(len(found.words) - 4) if found.words[at : at + 4].isdecimal())
    return next((year for year in named if FIRST_YEAR <= year <= LAST_YEAR), 0)


def _read(workspace: Workspace, kind: LedgerKind, path: Path, asked: SheetChoice, far: Progress, year: int = 0) -> _Found:
    with open_sheet(path, kind.form.known(), name=asked.sheet, header_row=asked.header_row) as sheet:
        far.begin("reading", max((sheet.last_row or 0) - sheet.header.row, 0))
        kept = _remembered(workspace, kind, sheet.header)
        columns = kind.form.told_by(sheet.header, _columns(kind, sheet.header, {**kept, **(asked.columns or {})}))
        told = Imported(kind=kind.name, encoding=sheet.encoding, sheet=sheet.name, problems=list(columns.problems))
        words = " ".join((path.stem, sheet.name, *sheet.header.names, ""))
        found = _Found(told, sheet.header, _becomes(sheet.header, columns), words)
        _walk(kind, sheet, columns, asked, far, year, found)
    told.read = len(found.rows) + told.refused
    return found


def _walk(
    kind: LedgerKind, sheet: Sheet, columns: ColumnMap, asked: SheetChoice, far: Progress, year: int, found: _Found
) -> None:
    fingerprints: Fingerprints[Any] = Fingerprints(kind.form)
    for each in ledger_rows(sheet, columns, kind.form, year=year, repairs=asked.repairs):
        if isinstance(each, SheetProblem):
            found.told.problems.append(each)
            found.told.refused += each.refused
        else:
            found.rows.append((fingerprints.of(each), each))
            far.advance()


def _not_repeated(
    workspace: Workspace, rows: Iterable[tuple[str, LedgerRow]], taker: Taker[Any], told: Imported
) -> list[tuple[str, LedgerRow]]:
    """The rows that neither the station, an earlier import nor an earlier row of this sheet has told, in their order."""
    first: dict[str, LedgerRow] = {}
    for fingerprint, row in rows:
        if first.setdefault(fingerprint, row) is not row:
            told.repeated += 1
    with workspace.reading() as connection:
        known = batches.known_fingerprints(connection, list(first))
    fresh = [(fingerprint, row) for fingerprint, row in first.items() if fingerprint not in known and not taker.stands(row)]
    told.repeated += len(first) - len(fresh)
    return fresh


def _not_refused(rows: Iterable[tuple[str, LedgerRow]], taker: Taker[Any], told: Imported) -> list[tuple[str, LedgerRow]]:
    """The rows that can be taken beside what stands; the others are told as refused."""
    fresh: list[tuple[str, LedgerRow]] = []
    for fingerprint, row in rows:
        if problem := taker.refusal(row):
            told.problems.append(problem)
            told.refused += 1
        else:
            fresh.append((fingerprint, row))
    return fresh


# --- columns --------------------------------------------------------------------------------------------------------


def _columns(kind: LedgerKind, header: Header, chosen: Mapping[int, str]) -> ColumnMap:
    """The columns as a person chose them, else by their names."""
    fields = {column: None if name == REMARK else kind.form.field(name) for column, name in chosen.items() if name != LEFT_OUT}
    left_out = [column for column, name in chosen.items() if name == LEFT_OUT]
    return chosen_columns(kind.form.guessed(header), fields, left_out)


def _becomes(header: Header, columns: ColumnMap) -> Mapping[int, str]:
    """What every column of a header becomes."""
    fields = {column: str(field) for field, taken in columns.columns.items() for column in taken}
    left_out = dict.fromkeys(columns.left_out, LEFT_OUT)
    return {number: (fields | left_out).get(number, REMARK) for number in range(len(header.names))}


def _remembered(workspace: Workspace, kind: LedgerKind, header: Header) -> dict[int, str]:
    """What a person said the columns of such a header become, when one was taken in last."""
    with workspace.reading() as connection:
        kept = value_of(connection, _shape(kind, header))
    known = {*kind.fields, REMARK, LEFT_OUT}
    return {int(number): name for number, name in json.loads(kept or b"{}").items() if name in known}


def _shape(kind: LedgerKind, header: Header) -> str:
    """The name under which the columns of a header are remembered: those with the same names in the same order share it."""
    names = "\0".join(map(normal_name, header.names))
    return f"ledger_columns/{kind.name}/{sha256(names.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"
