"""Tables of the office (套表): given to the program once, their cells marked, and filled every month."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from app.changes import Changes
from app.domain.county_figures import NUMBER, column_fields, ledger_called, ledger_fields, proposals
from app.domain.county_sheet import CountySheet, Place, called, words_beside
from app.domain.county_table import (
    LONGEST_NAME,
    CellMark,
    CellValue,
    CountyTable,
    FilledRows,
    Filling,
    ListMark,
    Moved,
    TableFile,
    blanks_of,
    filled,
    followed,
    in_codes,
    list_beside,
    moved_marks,
    tables_content,
    tables_kept,
)
from app.domain.papers import Listed, PaperName, Span
from app.domain.rights import Right
from app.domain.values import Json
from app.errors import Refused
from app.files import disk_told, write_whole
from app.queries.county_figures import county_figure_names, month_figures
from app.queries.rights import check_may
from app.storage import named_values
from app.storage.database import Connection
from app.use_cases.papers import Asked, shown_on
from app.workspace import Workspace

LARGEST: Final = 8 << 20  # bytes of a blank file
_NAME: Final = "county_tables"
_ZIP, _OLE, _ENCRYPTED = b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1"), "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableKept:
    """A table that was kept, marked or dropped; `moved` are marks beside which other words stand now."""

    table: CountyTable
    moved: tuple[Moved, ...] = ()
    changes: Changes = Changes.STATION


@dataclass(frozen=True, slots=True, kw_only=True)
class TableShown:
    """A table with the sheets of its blank file, what everything it may take is called, and the marks to be looked at again."""

    table: CountyTable
    sheets: tuple[CountySheet, ...]
    names: Mapping[str, str]
    moved: tuple[Moved, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFilled:
    """The file, how many cells and lines were written, how many rows were put in, whether the journal tells of it."""

    path: Path
    cells: int
    lines: int
    put_in: int
    noted: bool


def county_tables(workspace: Workspace) -> Mapping[str, CountyTable]:
    """Every table by its name."""
    with workspace.reading() as connection:
        return _kept(connection)


def county_table(workspace: Workspace, name: str) -> TableShown:
    """A table as it is marked; raises `Refused("county_table_missing", name)` and what reading its file raises."""
    with workspace.reading() as connection:
        table = _called(_kept(connection), name)
        content = named_values.value_of(connection, _file_of(name)) or b""
    sheets = _read(table.file, content, table.original)
    return TableShown(table=table, sheets=sheets, names=county_figure_names(workspace), moved=moved_marks(table, sheets))


def add_table(workspace: Workspace, path: Path, name: str = "") -> TableKept:
    """Keep a blank file of the office under a name, that of the file where none is given.

    One that is kept already takes the new file and keeps its marks; those beside which other words stand are told.
    Raises `Refused("not_allowed" | "file_missing")`, `Refused("county_table_…")` and what reading a workbook or a text raises.
    """
    check_may(workspace, Right.SETTINGS)
    with disk_told(path), path.open("rb") as file:
        content = file.read(LARGEST + 1)
    kind = _kind(content, path.name)
    sheets = _read(kind, content, path.name)
    named = (name or path.stem).strip()[:LONGEST_NAME]
    with workspace.writing() as books:
        tables = _kept(books.connection)
        before = tables.get(named) or CountyTable(name=named, file=kind)
        if before.file is not kind:
            raise Refused("county_table_other_kind", name=named, format=before.file.value)
        table = replace(before, original=path.name)
        _keep(books.connection, {**tables, named: table})
        named_values.put_value(books.connection, _file_of(named), content)
    return TableKept(table=table, moved=moved_marks(table, sheets))


def drop_table(workspace: Workspace, name: str) -> TableKept:
    """Forget a table and its file; raises `Refused("not_allowed" | "county_table_missing")`."""
    check_may(workspace, Right.SETTINGS)
    with workspace.writing() as books:
        tables = _kept(books.connection)
        table = _called(tables, name)
        _keep(books.connection, {each: kept for each, kept in tables.items() if each != name})
        named_values.drop_value(books.connection, _file_of(name))
    return TableKept(table=table)


def mark_cell(workspace: Workspace, name: str, sheet: str, place: Place, tells: str, *, over_formula: bool = False) -> TableKept:
    """Let a cell take what `tells` says, figures by code or word in braces: {receptions}, 填报人：{填报人}.

    Raises `Refused("county_cell_outside" | "county_cell_locked" | "county_cell_formula" | "county_figure_unknown")` and the like.
    """
    shown = county_table(workspace, name)
    told = in_codes(tells, shown.names)
    found = _sheet(shown, sheet)
    at = _writable(found, place, over_formula=over_formula)
    mark = CellMark(
        sheet=found.name, place=at, tells=told, beside=words_beside(found, at), formula=over_formula and found.at(at).formula
    )
    return _marked(workspace, name, lambda table: table.with_cell(mark))


def mark_list(
    workspace: Workspace, name: str, sheet: str, rows: tuple[int, int], ledger: str, columns: Mapping[int, str] | None = None
) -> TableKept:
    """Let rows take the lines of a month's ledger; columns by their headings where none are told.

    Raises `Refused("county_ledger_unknown" | "county_rows_malformed" | "county_columns_missing" | "county_field_unknown")` and
    what `mark_cell` raises of a cell.
    """
    shown, paper = county_table(workspace, name), ledger_called(ledger)
    found, known = _sheet(shown, sheet), ledger_fields(paper)
    first, last = rows
    if not 1 <= first <= last <= found.rows:
        raise Refused("county_rows_malformed", first=first, last=last, most=found.rows)
    taken = dict(columns or column_fields(found, first, paper))
    if not taken:
        raise Refused("county_columns_missing", ledger=paper, known=list(known.values()))
    codes = {heading: code for code, heading in known.items()}
    for column, field in taken.items():
        code = field if field in known else codes.get(field, "")
        if not code:
            raise Refused("county_field_unknown", text=field, ledger=paper, known=list(known.values()))
        taken[column] = code
        for row in range(first, last + 1):
            if _writable(found, (row, column), over_formula=False) != (row, column):
                raise Refused("county_cell_covered", cell=called((row, column)))
    mark = ListMark(sheet=found.name, first=first, last=last, ledger=paper.value, columns=taken)
    marked = replace(mark, beside=list_beside(found, mark))
    return _marked(workspace, name, lambda table: table.with_list(marked))


def unmark(workspace: Workspace, name: str, sheet: str, place: Place) -> TableKept:
    """Let a cell, and the rows it is one of, take nothing."""
    shown = county_table(workspace, name)
    named = sheet or shown.sheets[0].name  # also of a sheet the file does not have any more
    return _marked(workspace, name, lambda table: table.without(named, place))


def mark_proposed(workspace: Workspace, name: str) -> TableKept:
    """Mark every cell whose neighbours say what it takes; what is marked already stays."""
    shown = county_table(workspace, name)
    new = [
        CellMark(sheet=sheet.name, place=each.place, tells=each.tells, beside=words_beside(sheet, each.place))
        for sheet in shown.sheets
        for each in proposals(sheet, shown.names)
        if not _taken(shown.table, sheet.name, each.place)
    ]
    return _marked(workspace, name, lambda table: replace(table, cells=(*table.cells, *new)))


def follow_moved(workspace: Workspace, name: str) -> TableKept:
    """Mark cells where the words that stood beside them stand now, where that is one place."""
    sheets = county_table(workspace, name).sheets
    return _marked(workspace, name, lambda table: followed(table, sheets))


def put_marks(workspace: Workspace, table: CountyTable) -> TableKept:
    """Let the marks of a table be those it had before: what undoes a marking."""
    return _marked(workspace, table.name, lambda now: replace(now, cells=table.cells, lists=table.lists))


def fill_table(workspace: Workspace, name: str, month: Span, path: Path) -> TableFilled:
    """Write the table of a month, whole or not at all; the journal notes it where it can be written.

    Residents stand masked, as in the ledgers. More lines than rows: rows are put in that look like the last.
    Raises `Refused("not_allowed")`, `Refused("table_format" | "county_word_format", path)` for another ending,
    `Refused("county_table_unmarked", name)`, `Refused("county_table_changed", name, cells)` where words beside a mark differ,
    `Refused("county_rows_tied", sheet, over)`, `Unavailable("disk_…")`.
    """
    check_may(workspace, Right.WORK)
    shown = county_table(workspace, name)
    table = shown.table
    if path.suffix.lower() != f".{table.file.value}":
        raise Refused("table_format" if table.file is TableFile.SHEET else "county_word_format", path=str(path))
    if not (table.cells or table.lists):
        raise Refused("county_table_unmarked", name=name)
    if shown.moved:
        raise Refused("county_table_changed", name=name, cells=[each.told for each in shown.moved])
    filling = _filling(workspace, table, month)
    with workspace.reading() as connection:
        content = named_values.value_of(connection, _file_of(name)) or b""
    made = _filled(table, content, filling)
    lines, put_in = (sum(numbers) for numbers in (map(len, (each.lines for each in filling.rows)), _over(filling)))
    done = TableFilled(path=path, cells=len(filling.cells), lines=lines, put_in=put_in, noted=workspace.writable)
    if not workspace.writable:
        write_whole(path, made)
        return done
    facts: dict[str, Json] = {"kind": "county_table", "format": table.file.value, "records": lines, "table": name}
    with workspace.writing() as books:
        books.note("list_export", facts)
        write_whole(path, made)
    return done


def _over(filling: Filling) -> list[int]:
    return [each.over for each in filling.rows]


# --- reading ---------------------------------------------------------------------------------------------------------------


def _kind(content: bytes, name: str) -> TableFile:
    """What a file is by its content; raises `Refused("county_table_…" | "sheet_encrypted")` for all others."""
    if len(content) > LARGEST:
        raise Refused("county_table_large", file=name, most=LARGEST >> 20)
    if content.startswith(_OLE):
        raise Refused("sheet_encrypted" if _ENCRYPTED in content else "county_table_old", file=name)
    if not content.startswith(_ZIP):
        raise Refused("county_table_foreign", file=name)
    if b"vbaProject.bin" in content:
        raise Refused("county_table_macro", file=name)
    if b"word/" in content and b"xl/workbook" not in content:
        return TableFile.WORD
    return TableFile.SHEET


def _read(kind: TableFile, content: bytes, name: str) -> tuple[CountySheet, ...]:
    if kind is TableFile.WORD:
        from app.documents.county_word import read_tables  # its library takes a moment to load

        return read_tables(content, name)
    from app.ledgers.county_workbook import read_workbook  # loads openpyxl, which no start needs

    return read_workbook(content, name)


def _filled(table: CountyTable, content: bytes, filling: Filling) -> bytes:
    if table.file is TableFile.WORD:
        from app.documents.county_word import fill_tables

        return fill_tables(content, table.original, filling)
    from app.ledgers.county_workbook import fill_workbook

    return fill_workbook(content, table.original, filling)


def _filling(workspace: Workspace, table: CountyTable, month: Span) -> Filling:
    reaches = [reach for mark in table.cells for _code, reach in blanks_of(mark.tells)]
    figures = month_figures(workspace, month.first or workspace.clock.today().date(), reaches)
    cells: dict[tuple[str, Place], CellValue] = {
        (each.sheet, each.place): filled(each.tells, figures.value) for each in table.cells
    }
    return Filling(cells=cells, rows=tuple(_rows(workspace, each, month) for each in table.lists))


def _rows(workspace: Workspace, mark: ListMark, month: Span) -> FilledRows:
    paper = PaperName(mark.ledger)
    ledger = shown_on(workspace, Asked(name=paper, span=month))
    lines = list(ledger.rows()) if isinstance(ledger, Listed) else []
    at = {code: place for place, code in enumerate(each for each in ledger_fields(paper) if each != NUMBER)}
    columns = tuple(sorted(mark.columns))
    told = tuple(
        tuple(number if mark.columns[each] == NUMBER else line[at[mark.columns[each]]] for each in columns)
        for number, line in enumerate(lines, start=1)
    )
    return FilledRows(sheet=mark.sheet, first=mark.first, last=mark.last, columns=columns, lines=told)


# --- keeping ---------------------------------------------------------------------------------------------------------------


def _marked(workspace: Workspace, name: str, change: Callable[[CountyTable], CountyTable]) -> TableKept:
    check_may(workspace, Right.SETTINGS)
    with workspace.writing() as books:
        tables = _kept(books.connection)
        table = change(_called(tables, name))
        _keep(books.connection, {**tables, name: table})
    return TableKept(table=table)


def _kept(connection: Connection) -> dict[str, CountyTable]:
    return tables_kept(named_values.value_of(connection, _NAME))


def _keep(connection: Connection, tables: Mapping[str, CountyTable]) -> None:
    named_values.put_value(connection, _NAME, tables_content(tables))


def _file_of(name: str) -> str:
    return f"{_NAME}:{name}"


def _called(tables: Mapping[str, CountyTable], name: str) -> CountyTable:
    if name not in tables:
        raise Refused("county_table_missing", name=name)
    return tables[name]


def _sheet(shown: TableShown, name: str) -> CountySheet:
    """The sheet of this name, the first where none is named."""
    for each in shown.sheets:
        if name in {"", each.name}:
            return each
    raise Refused("county_sheet_unknown", sheet=name, known=[each.name for each in shown.sheets])


def _writable(sheet: CountySheet, place: Place, *, over_formula: bool) -> Place:
    """The cell that covers a place and may be written."""
    if not sheet.holds(place):
        raise Refused("county_cell_outside", cell=called(place), last=called((sheet.rows, sheet.columns)))
    at = sheet.anchor(place)
    cell = sheet.at(at)
    if cell.locked:
        raise Refused("county_cell_locked", cell=called(at))
    if cell.formula and not over_formula:
        raise Refused("county_cell_formula", cell=called(at), formula=cell.text)
    return at


def _taken(table: CountyTable, sheet: str, place: Place) -> bool:
    """Whether a cell is marked, alone or as one of a list's rows."""
    return table.without(sheet, place) != table or any(
        each.sheet == sheet and each.first <= place[0] <= each.last for each in table.lists
    )
