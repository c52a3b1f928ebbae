"""A table of the office (套表) that is filled every month: its blank file, and what each marked cell and row takes.

A cell's mark is a text in which `{receptions}` stands for a figure of the month, `{receptions@year}` for the same since January.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final

from app.domain.county_sheet import CountySheet, Place, called, column_of, letters, place_of, words_above, words_beside
from app.domain.norm import month_of
from app.domain.papers import Span
from app.domain.values import CodeSet
from app.errors import Refused

LONGEST_NAME: Final = 40
_TO_ITS_END: Final = "至本月底"
_BLANK: Final = re.compile(r"\{([^{}@]+)(?:@([^{}@]+))?\}")


class TableFile(StrEnum):
    """What the office's file is."""

    SHEET = "xlsx"
    WORD = "docx"


class Reach(CodeSet):
    """Over which days a figure counts."""

    MONTH = "month", "本月"
    QUARTER = "quarter", "本季度至本月底"
    YEAR = "year", "本年至本月底"

    @property
    def word(self) -> str:
        """How a mark tells it: 本月, 本季度, 本年."""
        return self.label.removesuffix(_TO_ITS_END)


def reach_span(reach: Reach, month: date) -> Span:
    """The days that a figure of a month counts over."""
    first, last = month_of(month)
    if reach is Reach.QUARTER:
        first = first.replace(month=first.month - (first.month - 1) % 3)
    return Span(first=first.replace(month=1) if reach is Reach.YEAR else first, last=last)


@dataclass(frozen=True, slots=True, kw_only=True)
class CellMark:
    """A cell and what it takes; `beside` are the words by which it is known again, `formula` whether one may be overwritten."""

    sheet: str
    place: Place
    tells: str
    beside: str = ""
    formula: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListMark:
    """Rows and the ledger whose lines they take; `columns` has the field of a line for each column that takes one."""

    sheet: str
    first: int
    last: int
    ledger: str
    columns: Mapping[int, str] = field(hash=False)
    beside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyTable:
    """The table called `name`: the kind of its file, what that file was called, its marks."""

    name: str
    file: TableFile
    original: str = ""
    cells: tuple[CellMark, ...] = ()
    lists: tuple[ListMark, ...] = ()

    def with_cell(self, mark: CellMark) -> "CountyTable":
        """The table with a cell marked, in the place of what was marked there."""
        kept = self.without(mark.sheet, mark.place)
        return replace(kept, cells=(*kept.cells, mark))

    def with_list(self, mark: ListMark) -> "CountyTable":
        """The table with rows marked, in the place of what was marked in their cells."""
        others = tuple(
            each for each in self.lists if each.sheet != mark.sheet or each.last < mark.first or each.first > mark.last
        )
        cells = tuple(
            each
            for each in self.cells
            if each.sheet != mark.sheet or not (mark.first <= each.place[0] <= mark.last and each.place[1] in mark.columns)
        )
        return replace(self, cells=cells, lists=(*others, mark))

    def without(self, sheet: str, place: Place) -> "CountyTable":
        """The table without a mark on this cell, and without the list that takes it."""
        cells = tuple(each for each in self.cells if (each.sheet, each.place) != (sheet, place))
        lists = tuple(
            each
            for each in self.lists
            if each.sheet != sheet or not (each.first <= place[0] <= each.last and place[1] in each.columns)
        )
        return replace(self, cells=cells, lists=lists)


def blanks_of(tells: str) -> Iterator[tuple[str, Reach]]:
    """The figures that a cell takes; raises `Refused("county_reach_unknown", text)`."""
    for code, reach in _BLANK.findall(tells):
        yield code, reach_of(reach)


def reach_of(told: str) -> Reach:
    """The days told by code or word, the month where nothing is told; raises `Refused("county_reach_unknown", text)`."""
    for each in Reach:
        if told in {each.value, each.label, each.word} or (not told and each is Reach.MONTH):
            return each
    raise Refused("county_reach_unknown", text=told)


def filled(tells: str, value: Callable[[str, Reach], str | int]) -> str | int:
    """What the cell takes; a number where it takes a figure alone."""
    alone = _BLANK.fullmatch(tells)
    if alone:
        return value(alone[1], reach_of(alone[2] or ""))
    return _BLANK.sub(lambda each: str(value(each[1], reach_of(each[2] or ""))), tells)


def in_codes(tells: str, names: Mapping[str, str]) -> str:
    """A mark in which figures may be called by their words, with their codes; `names` has the words by codes.

    Raises `Refused("county_figure_unknown", text)`, `Refused("county_reach_unknown", text)`, `Refused("county_mark_empty")`.
    """
    codes = {name: code for code, name in names.items()}

    def coded(found: re.Match[str]) -> str:
        told = found[1].strip()
        code = told if told in names else codes.get(told)
        if code is None:
            raise Refused("county_figure_unknown", text=told)
        reach = reach_of((found[2] or "").strip())
        return f"{{{code}}}" if reach is Reach.MONTH else f"{{{code}@{reach}}}"

    if not tells.strip():
        raise Refused("county_mark_empty")
    return _BLANK.sub(coded, tells)


def in_words(tells: str, names: Mapping[str, str]) -> str:
    """The mark as people read it: {接待场次}, {接待场次@本年}."""

    def told(found: re.Match[str]) -> str:
        name, reach = names.get(found[1], found[1]), reach_of(found[2] or "")
        return f"{{{name}}}" if reach is Reach.MONTH else f"{{{name}@{reach.word}}}"

    return _BLANK.sub(told, tells)


# --- whether the file is still the one that was marked ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A marked cell beside which other words stand than before; `to` is the one place where the old words stand now."""

    sheet: str
    place: Place
    before: str
    now: str
    to: Place | None = None

    @property
    def told(self) -> str:
        """Sheet and cell."""
        return f"{self.sheet}!{called(self.place)}"


def list_beside(sheet: CountySheet, mark: ListMark) -> str:
    """The headings above the columns of a list."""
    return " | ".join(words_above(sheet, (mark.first, column)) for column in sorted(mark.columns))


def moved_marks(table: CountyTable, sheets: Sequence[CountySheet]) -> tuple[Moved, ...]:
    """The marks that do not stand beside the same words any more, in their order."""
    named = {each.name: each for each in sheets}
    return (*_moved_cells(table, named), *_moved_lists(table, named))


def _moved_cells(table: CountyTable, named: Mapping[str, CountySheet]) -> Iterator[Moved]:
    for mark in table.cells:
        sheet = named.get(mark.sheet)
        now = words_beside(sheet, mark.place) if sheet and sheet.holds(mark.place) else ""
        if sheet is None or now != mark.beside or not _free(sheet, mark.place, formula=mark.formula):
            alike = [at for at in sheet.places() if words_beside(sheet, at) == mark.beside] if sheet and mark.beside else []
            to = alike[0] if len(alike) == 1 and alike[0] != mark.place else None
            yield Moved(sheet=mark.sheet, place=mark.place, before=mark.beside, now=_seen(sheet, mark.place) or now, to=to)


def _moved_lists(table: CountyTable, named: Mapping[str, CountySheet]) -> Iterator[Moved]:
    for mark in table.lists:
        sheet, place = named.get(mark.sheet), (mark.first, min(mark.columns))
        now = list_beside(sheet, mark) if sheet else ""
        cells = ((row, column) for row in range(mark.first, mark.last + 1) for column in mark.columns)
        taken = next((at for at in cells if sheet and not _free(sheet, at)), None)
        if now != mark.beside or taken:
            yield Moved(sheet=mark.sheet, place=taken or place, before=mark.beside, now=_seen(sheet, taken or place) or now)


def _free(sheet: CountySheet, place: Place, *, formula: bool = False) -> bool:
    """Whether a cell may be written: it lies in the sheet, is a cell of its own, neither locked nor reckoned."""
    cell = sheet.at(place)
    return sheet.holds(place) and sheet.anchor(place) == place and not cell.locked and (formula or not cell.formula)


def _seen(sheet: CountySheet | None, place: Place) -> str:
    """The formula that stands in a cell now."""
    return sheet.at(place).text if sheet and sheet.at(place).formula else ""


def followed(table: CountyTable, sheets: Sequence[CountySheet]) -> CountyTable:
    """The table with every cell whose words were found at one other place marked there instead."""
    to = {(each.sheet, each.place): each.to for each in moved_marks(table, sheets) if each.to}
    cells = tuple(replace(each, place=to.get((each.sheet, each.place)) or each.place) for each in table.cells)
    return replace(table, cells=cells)


# --- what is kept -----------------------------------------------------------------------------------------------------------


def told_table(table: CountyTable) -> dict[str, Any]:
    """The table as it is kept and told to programs."""
    return {
        "name": table.name,
        "file": table.file.value,
        "original": table.original,
        "cells": [
            {"sheet": each.sheet, "cell": called(each.place), "tells": each.tells, "beside": each.beside, "formula": each.formula}
            for each in table.cells
        ],
        "lists": [
            {
                "sheet": each.sheet,
                "first": each.first,
                "last": each.last,
                "ledger": each.ledger,
                "beside": each.beside,
                "columns": {letters(column): name for column, name in sorted(each.columns.items())},
            }
            for each in table.lists
        ],
    }


def table_from(told: Mapping[str, Any]) -> CountyTable:
    """The table that was kept."""
    cells = (
        CellMark(
            sheet=each["sheet"],
            place=place_of(each["cell"]),
            tells=each["tells"],
            beside=each["beside"],
            formula=each["formula"],
        )
        for each in told["cells"]
    )
    lists = (
        ListMark(
            sheet=each["sheet"],
            first=each["first"],
            last=each["last"],
            ledger=each["ledger"],
            columns={column_of(column): name for column, name in each["columns"].items()},
            beside=each["beside"],
        )
        for each in told["lists"]
    )
    file = TableFile(told["file"])
    return CountyTable(name=told["name"], file=file, original=told["original"], cells=tuple(cells), lists=tuple(lists))


def tables_kept(content: bytes | None) -> dict[str, CountyTable]:
    """The tables by their names; none where nothing was kept."""
    return {each["name"]: table_from(each) for each in json.loads(content or b"[]")}


def tables_content(tables: Mapping[str, CountyTable]) -> bytes:
    """What is kept of them."""
    return json.dumps([told_table(each) for each in tables.values()], ensure_ascii=False).encode()


# --- what is written ---------------------------------------------------------------------------------------------------------

CellValue = str | int


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledRows:
    """Rows of a sheet from `first` to `last`, and what stands in their columns; there may be more lines than rows."""

    sheet: str
    first: int
    last: int
    columns: tuple[int, ...]
    lines: tuple[tuple[CellValue, ...], ...]

    @property
    def over(self) -> int:
        """How many lines the rows have no room for."""
        return max(0, len(self.lines) - (self.last - self.first + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What is written into a blank file."""

    cells: Mapping[tuple[str, Place], CellValue] = field(default_factory=dict, hash=False)
    rows: tuple[FilledRows, ...] = ()
