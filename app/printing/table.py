"""A ruled table that may be thousands of rows long: rows measured here, heading repeated on every page, drawn cell by cell."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Final, NamedTuple, Self

from app.printing.fonts import Face, widths_of
from app.printing.lines import Line
from app.printing.paragraph import Align, TextStyle, draw_line, set_lines
from app.printing.piece import Piece
from app.printing.proof import Proof
from app.printing.sheet import ROUNDING, Sheets

_WIDEST_FIXED: Final = 0.75
"""How much of a table the columns that do not wrap may take."""
_JUSTIFIED: Final = 12
"""From how many characters on the lines of a column are justified."""
_BREAKABLE: Final = 12
"""From how many lines on a row may begin on one page and end on the next."""
_FEWEST: Final = 3
_COMPANY: Final = 1
"""Rows that stay on a page that gives one to the last row, so that this stands on the next one in company."""
_CENTRED: Final = 6
"""Up to how many lines the cells of a row stand in its middle."""
_UNBROKEN: Final = 3
"""Up to how many characters the heading of a column without content stands on one line; a longer one stands on two."""
_BROUGHT, _CARRIED, _SUM = "承前页", "过次页", "合计"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: where `wraps`, `width` is its share of the room left; else it is as wide as its widest text.

    One that wraps and is empty in every row leaves what its heading does not need to columns whose texts are wider than they.
    Where `summed`, its numbers are added up: each page carries over what stands so far, the last says the whole.
    """

    title: str
    width: float = 1.0
    align: Align = Align.JUSTIFY
    wraps: bool = True
    summed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TableStyle:
    """How a table is set; paddings in points."""

    body: TextStyle = field(default_factory=lambda: TextStyle(face=Face.SONG, size=9, leading=13))
    head: TextStyle = field(default_factory=lambda: TextStyle(face=Face.HEI, size=9, leading=13, align=Align.CENTRE))
    beside: float = 3.5
    above: float = 2.5


def _place_of(row: int, column: Column) -> str:
    """Where a cell stands, as a person would find it; `row` from 0."""
    return f"第 {row + 1} 行·{column.title}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Columns and the texts of every row's cells."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    style: TableStyle = field(default_factory=TableStyle)
    before: float = 0.0
    after: float = 0.0

    def proofed(self, proof: Proof) -> Self:
        """The table with its texts read."""
        head, body = self.style.head.face, self.style.body.face
        columns = [replace(each, title=proof.read(each.title, head, f"表头·{each.title}")) for each in self.columns]
        rows = [
            [
                text if proof.knows(text, body) else proof.read(text, body, _place_of(number, column))
                for text, column in zip(row, self.columns, strict=True)
            ]
            for number, row in enumerate(self.rows)
        ]
        return replace(self, columns=columns, rows=rows)

    def at(self, width: float) -> Piece:
        """Every row measured; raises `Refused("characters_missing")` where the table was not proofed and a character is."""
        widths = self._widths(width)
        inner = [each - 2 * self.style.beside for each in widths]
        heads = [self.style.head] * len(widths)
        styles = [replace(self.style.body, align=self._align(*each)) for each in zip(self.columns, inner, strict=True)]
        head = _lines([each.title for each in self.columns], inner, heads)
        known: list[dict[str, list[Line]]] = [{} for _ in widths]  # most cells of a ledger say what others said
        rows = [_lines_once(row, inner, styles, known) for row in self.rows]
        heights = (_most(row) * self.style.body.leading + 2 * self.style.above for row in rows)
        measured = _Measured(head, heads, rows, styles, [0.0, *accumulate(heights)], widths, self, self._sums(inner, styles))
        return TablePiece(measured=measured, start=_TOP, end=_Place(len(rows), 0))

    def _sums(self, widths: Sequence[float], styles: Sequence[TextStyle]) -> "_Sums | None":
        """What is carried over; its words stand beside the first column that is added up, which is never the first."""
        places = [place for place, each in enumerate(self.columns) if each.summed] if self.rows else []
        if not places:
            return None
        reach = {place: [*accumulate((int(row[place] or 0) for row in self.rows), initial=0)] for place in places}
        return _Sums(reach, places[0] - 1, widths, [replace(each, align=Align.CENTRE) for each in styles])

    def _align(self, column: Column, inner: float) -> Align:
        """A narrow column is not justified: it would be full of holes."""
        narrow = inner < _JUSTIFIED * self.style.body.size
        return Align.LEFT if narrow and column.align is Align.JUSTIFY else column.align

    def _widths(self, width: float) -> list[float]:
        fixed = [0.0 if each.wraps else self._widest(place) for place, each in enumerate(self.columns)]
        most = width * (_WIDEST_FIXED if any(each.wraps for each in self.columns) else 1.0)
        taken = sum(fixed)
        if taken > most or not any(each.wraps for each in self.columns):
            fixed = [each * most / taken for each in fixed]
        shares = [each.width if each.wraps else 0.0 for each in self.columns]
        left = width - sum(fixed)
        return self._by_content([own or left * share / sum(shares) for own, share in zip(fixed, shares, strict=True)])

    def _by_content(self, widths: list[float]) -> list[float]:
        """The widths, what columns without content can spare given to those too narrow for their texts, each up to its share."""
        wrapping = [place for place, each in enumerate(self.columns) if each.wraps]
        filled = [place for place in wrapping if any(row[place].strip() for row in self.rows)]
        wanted = {place: self._widest(place) for place in filled} if filled != wrapping else {}
        if not any(widest > widths[place] for place, widest in wanted.items()):
            return widths
        narrow = {place: min(self._heading(place), widths[place]) for place in wrapping if place not in filled}
        freed = sum(widths[place] - own for place, own in narrow.items())
        unit = freed / sum(self.columns[place].width for place in filled)
        more = {place: min(max(wanted[place] - widths[place], 0.0), unit * self.columns[place].width) for place in filled}
        more[max(filled, key=wanted.__getitem__)] += freed - sum(more.values())  # the longest text has a use for what is left
        return [narrow.get(place, own + more.get(place, 0.0)) for place, own in enumerate(widths)]

    def _heading(self, place: int) -> float:
        """How wide a column is that shows its heading alone."""
        title, style = self.columns[place].title, self.style.head
        inner = (
            end * style.size + ROUNDING for end in accumulate(map(widths_of(style.face).__getitem__, title.replace("\n", "")))
        )
        lines = 1 if len(title) <= _UNBROKEN else 2
        return next((each for each in inner if len(set_lines(title, each, style)) <= lines), 0.0) + 2 * self.style.beside

    def _widest(self, place: int) -> float:
        body, head = widths_of(self.style.body.face), widths_of(self.style.head.face)
        texts = {line for row in self.rows for line in row[place].split("\n")}
        if self.columns[place].summed:
            texts.add(str(sum(int(row[place] or 0) for row in self.rows)))
        widest = max((sum(map(body.__getitem__, text)) for text in texts), default=0.0) * self.style.body.size
        titles = self.columns[place].title.split("\n")
        title = max(sum(map(head.__getitem__, line)) for line in titles) * self.style.head.size
        return max(widest, title) + 2 * self.style.beside + ROUNDING


_Row = list[list[Line]]
"""The lines of every cell."""


def _lines(texts: Iterable[str], widths: Iterable[float], styles: Iterable[TextStyle]) -> _Row:
    return [set_lines(text, width, style) for text, width, style in zip(texts, widths, styles, strict=True)]


def _lines_once(
    texts: Sequence[str], widths: Sequence[float], styles: Sequence[TextStyle], known: Sequence[dict[str, list[Line]]]
) -> _Row:
    row: _Row = []
    for text, width, style, seen in zip(texts, widths, styles, known, strict=True):
        if (lines := seen.get(text)) is None:
            lines = seen[text] = set_lines(text, width, style)
        row.append(lines)
    return row


def _most(row: _Row) -> int:
    return max(map(len, row))


class _Place(NamedTuple):
    """Before a row, or before one of its lines."""

    row: int
    line: int


_TOP: Final = _Place(0, 0)


class _Sums(NamedTuple):
    """The numbers of a table added up before each row, and how a row of sums is set."""

    reach: dict[int, list[int]]
    words_at: int
    widths: Sequence[float]
    styles: Sequence[TextStyle]

    def row(self, words: str, before: int) -> _Row:
        """The sums of all rows before one of them."""
        texts = [str(self.reach[place][before]) if place in self.reach else "" for place in range(len(self.widths))]
        texts[self.words_at] = words
        return _lines(texts, self.widths, self.styles)

    def height(self, style: TableStyle) -> float:
        """How high a row of sums is: the longest sum is the last."""
        longest = self.row(_CARRIED, len(next(iter(self.reach.values()))) - 1)
        return _most(longest) * style.body.leading + 2 * style.above


class _Measured(NamedTuple):
    """A table at one width: its heading, its rows, how far below the heading each begins, the widths of the columns."""

    head: _Row
    heads: list[TextStyle]
    rows: list[_Row]
    styles: list[TextStyle]
    reach: list[float]
    widths: list[float]
    table: Table
    sums: _Sums | None

    @property
    def head_height(self) -> float:
        """How high the heading is."""
        style = self.table.style
        return _most(self.head) * style.head.leading + 2 * style.above

    @property
    def sum_height(self) -> float:
        """How high a row of sums is; nothing where none is added up."""
        return self.sums.height(self.table.style) if self.sums else 0.0

    def depth(self, place: _Place) -> float:
        """How far below the heading a place lies, were the table one page."""
        return self.reach[place.row] + place.line * self.table.style.body.leading

    def between(self, start: _Place, end: _Place) -> Iterable[tuple[_Row, bool]]:
        """The rows from one place to another, and whether each is whole."""
        for number in range(start.row, end.row + (end.line > 0)):
            first = start.line if number == start.row else 0
            last = end.line if number == end.row else None
            row = self.rows[number]
            yield ([cell[first:last] for cell in row], False) if first or last else (row, True)


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePiece:
    """A measured table from one place to another."""

    measured: _Measured
    start: _Place
    end: _Place

    @property
    def height(self) -> float:
        """The height of heading and sums and that of the rows."""
        at = self.measured
        below = 2 * at.table.style.above if self.end.line else 0.0
        return self._around + at.depth(self.end) - at.depth(self.start) + below

    @property
    def least(self) -> float:
        """Heading and sums with one row, or with as much of a long row as may stand alone."""
        at, style = self.measured, self.measured.table.style
        if self.start == self.end:
            return self._around
        left = _most(at.rows[self.start.row]) - self.start.line
        return self._around + (_FEWEST if left >= _BREAKABLE else left) * style.body.leading + 2 * style.above

    @property
    def before(self) -> float:
        """The space above."""
        return self.measured.table.before

    @property
    def after(self) -> float:
        """The space below."""
        return self.measured.table.after

    @property
    def keep_with_next(self) -> bool:
        """A page may end with a table."""
        return False

    def split(self, height: float, *, anyhow: bool = False) -> "tuple[TablePiece | None, TablePiece | None]":
        """The rows that fit, and the others; a long row is broken between its lines, any row that no page holds."""
        if self.height <= height + ROUNDING:
            return self, None
        at = self.measured
        limit = at.depth(self.start) + height - self._around + ROUNDING
        cut = _Place(bisect_right(at.reach, limit) - 1, 0)
        cut = self._inside(cut.row, limit, anyhow=anyhow and cut <= self.start) or cut
        if cut <= self.start:
            return None, self
        cut = self._in_company(cut)
        return replace(self, end=cut), replace(self, start=cut)

    def draw(self, sheets: Sheets, x: float, top: float) -> None:
        """Draws heading, rows and rules."""
        at, style = self.measured, self.measured.table.style
        edges = [*accumulate(at.widths, initial=x)]
        bottom = top + at.head_height
        rules = [(x, top, edges[-1], top), (x, bottom, edges[-1], bottom)]
        self._draw_row(sheets, at.head, edges, top, at.heads, whole=True)
        for row, whole in self._rows():
            self._draw_row(sheets, row, edges, bottom, at.styles, whole=whole)
            bottom += _most(row) * style.body.leading + 2 * style.above
            rules.append((x, bottom, edges[-1], bottom))
        sheets.rules([*rules, *((edge, top, edge, bottom) for edge in edges)])

    @property
    def _around(self) -> float:
        """How high heading and sums are."""
        at = self.measured
        return at.head_height + at.sum_height * (2 if self.start > _TOP else 1)

    def _rows(self) -> Iterator[tuple[_Row, bool]]:
        """The rows between what the page before carried over and what this one carries on, or the whole."""
        at = self.measured
        if at.sums and self.start > _TOP:
            yield at.sums.row(_BROUGHT, self.start.row), True
        yield from at.between(self.start, self.end)
        if at.sums:
            yield at.sums.row(_CARRIED if self.end.row < len(at.rows) else _SUM, self.end.row), True

    def _draw_row(
        self, sheets: Sheets, row: _Row, edges: Sequence[float], top: float, styles: Sequence[TextStyle], *, whole: bool
    ) -> None:
        style, most = self.measured.table.style, _most(row)
        centred = whole and most <= _CENTRED
        for cell, edge, width, each in zip(row, edges, self.measured.widths, styles, strict=False):
            y = top + style.above + (most - len(cell)) * each.leading / 2 * centred
            for line in cell:
                draw_line(sheets, edge + style.beside, y, width - 2 * style.beside, line, each, first=False)
                y += each.leading

    def _in_company(self, cut: _Place) -> _Place:
        """The place to end at so that the last row, often the sum, does not stand alone on the next page."""
        alone = cut.line == 0 and cut.row == self.end.row - 1 and self.end.line == 0
        return _Place(cut.row - 1, 0) if alone and cut.row - self.start.row > _COMPANY else cut

    def _inside(self, row: int, limit: float, *, anyhow: bool) -> _Place | None:
        """Where inside a row that does not fit the page is to end; None where the row goes to the next one whole."""
        at, style = self.measured, self.measured.table.style
        first = self.start.line if row == self.start.row else 0
        left = _most(at.rows[row]) - first
        fitting = int((limit - at.depth(_Place(row, first)) - 2 * style.above) / style.body.leading)
        if left >= _BREAKABLE and fitting >= _FEWEST:
            return _Place(row, first + min(fitting, left - _FEWEST))
        return _Place(row, first + max(fitting, 1)) if anyhow and left > 1 else None
