"""A block copied from a spreadsheet as lines of the outreach grid: by the names of its columns, else by their order."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from app.domain.encounter import Encounter, Party
from app.domain.outreach_line import Column
from app.domain.outreach_round import PastedLine
from app.domain.people import Contact
from app.domain.values import Id
from app.domain.visit_sheet import Line
from app.ledgers.columns import map_columns
from app.ledgers.header import Header
from app.ledgers.text import clean_line, is_blank
from app.ledgers.visits import VISITS, Field

_CELLS: Final[Mapping[str, Column]] = {
    Field.ON: Column.DAY,
    Field.DEPUTIES: Column.DEPUTIES,
    Field.VILLAGE: Column.VILLAGE,
    Field.PLACE: Column.PLACE,
    Field.PERSON: Column.NAME,
    Field.PEOPLE: Column.MANY,
    Field.RAISED: Column.RAISED,
}
_NEEDED: Final = 2  # names of columns that a row must have to be a header
_SPOKEN_FOR: Final = frozenset({*_CELLS, Field.LINE_NO, Field.PHONE, Field.ADDRESS, Field.REMARKS, Field.HANDLED})


def is_block(text: str) -> bool:
    """Whether a text is more than one cell."""
    return "\t" in text or "\n" in text.strip("\r\n").replace("\r\n", "\n").replace("\r", "\n")


def cells_of(text: str) -> list[list[str]]:
    """The cells of a copied block: tabs between them, a line a row; in quotation marks where one holds a tab or a line end."""
    rows: list[list[str]] = [[]]
    at, text = 0, text.replace("\r\n", "\n").replace("\r", "\n")
    while at <= len(text):
        cell, at = _quoted(text, at) or _plain(text, at)
        rows[-1].append(cell)
        if at < len(text) and text[at] == "\n":
            rows.append([])
        at += 1
    return [row for row in rows if any(not is_blank(cell) for cell in row)]


def pasted_lines(text: str, at: Column, new_id: Callable[[], Id]) -> tuple[PastedLine, ...]:
    """The rows of a block pasted at a column; what no cell shows is kept in the line: telephone, remarks, unknown columns."""
    table = cells_of(text)
    if not table:
        return ()
    header = Header(row=1, names=tuple(map(clean_line, table[0])))
    fields = {each.field: each.names for each in VISITS.columns}
    columns = map_columns(header, fields).columns
    named = {column: str(field) for field, taken in columns.items() for column in taken[:1]}
    if len(named) >= min(_NEEDED, len(table[0])) and len(table) > 1 and _all_names(table[0], named):
        return tuple(_by_name(row, header, named, new_id) for row in table[1:])
    return tuple(_by_place(row, at, new_id) for row in table)


def _all_names(row: Sequence[str], named: Mapping[int, str]) -> bool:
    """Whether most of a row are names of columns, so that a row of words is not taken for one."""
    return 2 * len(named) >= sum(not is_blank(cell) for cell in row)


def _quoted(text: str, at: int) -> tuple[str, int] | None:
    """A cell in quotation marks, and where it ends; None where a mark begins a cell that is not wholly in such."""
    if text[at : at + 1] != '"':
        return None
    end = at + 1
    while (end := text.find('"', end)) >= 0:
        if text[end + 1 : end + 2] == '"':
            end += 2
        elif text[end + 1 : end + 2] in {"", "\t", "\n"}:
            return text[at + 1 : end].replace('""', '"'), end + 1
        else:
            return None
    return None


def _plain(text: str, at: int) -> tuple[str, int]:
    end = min((place for place in (text.find("\t", at), text.find("\n", at)) if place >= 0), default=len(text))
    return text[at:end], end


def _by_name(row: Sequence[str], header: Header, named: Mapping[int, str], new_id: Callable[[], Id]) -> PastedLine:
    told = {named[column]: cell for column, cell in enumerate(row) if column in named and not is_blank(cell)}
    cells = {_CELLS[field]: cell for field, cell in told.items() if field in _CELLS}
    notes = [told.get(Field.REMARKS, ""), *_unknown(row, header, named)]
    return PastedLine(cells, _line(told, notes, new_id))


def _unknown(row: Sequence[str], header: Header, named: Mapping[int, str]) -> Iterator[str]:
    """What stands in columns that have no place of their own, each under its name."""
    for column, cell in enumerate(row):
        if named.get(column, "") not in _SPOKEN_FOR and not is_blank(cell):
            yield f"{header.name(column)}：{cell.strip()}"


def _by_place(row: Sequence[str], at: Column, new_id: Callable[[], Id]) -> PastedLine:
    columns = list(Column)[at:]
    cells = {column: cell for column, cell in zip(columns, row, strict=False) if not is_blank(cell)}
    beyond = [cell.strip() for cell in row[len(columns) :] if not is_blank(cell)]
    return PastedLine(cells, _line({}, beyond, new_id))


def _line(told: Mapping[str, str], notes: Sequence[str], new_id: Callable[[], Id]) -> Line | None:
    """The line that holds what no cell shows; None where there is nothing of it."""
    remarks = "\n".join(note.strip() for note in notes if note.strip())
    phone, address = told.get(Field.PHONE, "").strip(), told.get(Field.ADDRESS, "").strip()
    handled = told.get(Field.HANDLED, "").strip()
    if not (remarks or phone or address or handled):
        return None
    met = Encounter(id=new_id(), party=Party.PERSON, remarks=remarks, handled_on_spot=handled)
    contact = Contact(id=new_id(), of=met.id, phone=phone, address=address) if phone or address else None
    return replace(Line(encounter=met), contact=contact)
