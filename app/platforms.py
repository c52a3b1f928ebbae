"""Files of other systems' forms: records in their columns, the rows of their exports, and the forms themselves."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain.platform_form import FileKind, PlatformColumn, PlatformForm, form_from, told_form
from app.domain.platform_rows import Cell
from app.errors import Refused
from app.files import disk_told, write_whole
from app.ledgers.cells import written
from app.ledgers.header import normal_name
from app.ledgers.sheet import open_sheet
from app.ledgers.text import clean_text

_LARGEST: Final = 1 << 20  # bytes of a form


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedRow:
    """A row of what a platform exported, by Excel's number: the columns of the form that come back, with what stands there."""

    row: int
    cells: tuple[tuple[PlatformColumn, str], ...]


def check_ending(form: PlatformForm, path: Path) -> None:
    """Raise `Refused("table_format", path)` for another ending than the form's."""
    if path.suffix.lower() != f".{form.file.value}":
        raise Refused("table_format", path=str(path))


def file_of(form: PlatformForm, rows: Sequence[Sequence[Cell]]) -> bytes:
    """The rows as the form's file: a table, or a page each."""
    headings = [each.heading for each in form.columns]
    if form.file is FileKind.TABLE:
        from app.ledgers.written import Table, workbook_of  # loads openpyxl, which no start needs

        return workbook_of(Table(form.name, headings, rows))
    from app.documents.form_sheets import form_sheets  # its library takes a moment to load

    return form_sheets(form.name, headings, [[str(cell) for cell in row] for row in rows])


def exported_rows(form: PlatformForm, path: Path) -> Iterator[ExportedRow]:
    """The rows of a platform's export in which something comes back; raises what `open_sheet` raises."""
    known = {normal_name(each.heading): each for each in form.columns if each.takes}
    with open_sheet(path, known) as sheet:
        at = {number: known[name] for number, label in enumerate(sheet.header.names) if (name := normal_name(label)) in known}
        for row in sheet.rows:
            read = tuple((column, row.values[number]) for number, column in at.items() if number < len(row.values))
            cells = tuple((column, text) for column, value in read if (text := clean_text(written(value))))
            if cells:
                yield ExportedRow(row=row.number, cells=cells)


def read_form(path: Path) -> PlatformForm:
    """The form that a file describes; raises what `form_from` raises, and `Refused("entry_not_json" | "file_missing")`."""
    with disk_told(path), path.open("rb") as file:
        content = file.read(_LARGEST)
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Refused("entry_not_json", path=path.name, line=getattr(error, "lineno", 0)) from error
    return form_from(told)


def write_form(form: PlatformForm, path: Path) -> Path:
    """The form as a file that any editor changes, whole or not at all."""
    write_whole(path, (json.dumps(told_form(form), ensure_ascii=False, indent=1) + "\n").encode())
    return path
