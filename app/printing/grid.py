"""A ruled form: cells with names and cells with values, spanning columns and rows, growing with what is written in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Final, Self

from app.printing.fonts import Face
from app.printing.paragraph import Align, Paragraph, SetText, TextStyle
from app.printing.piece import Piece
from app.printing.proof import Proof
from app.printing.sheet import ROUNDING, Sheets

_FEWEST: Final = 2
"""How many lines of a cell may stand alone where its row is split over pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a form.

    A `name` is centred both ways and repeated where its row is split over pages. `foot` stands at the lower right: room for a
    signature and its date. `style` is the cell's own where the form's does not suit it. `place` says to a person where the text
    stands, should a character of it be missing.
    """

    text: str = ""
    name: bool = False
    columns: int = 1
    rows: int = 1
    foot: str = ""
    style: TextStyle | None = None
    middle: bool | None = None
    place: str = ""


def named(text: str, *, columns: int = 1, rows: int = 1) -> Cell:
    """A cell that names what stands beside or below it."""
    return Cell(text=text, name=True, columns=columns, rows=rows, place=text)


def named_values(style: TextStyle, *pairs: tuple[str, str, int]) -> list[Cell]:
    """Names, each with its value beside it, as many columns wide as it says."""
    return [
        cell
        for name, value, columns in pairs
        for cell in (named(name), Cell(text=value, columns=columns, style=style, place=name))
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row: at least `height` points high; `grows` shares what the form has left, `splits` where the page ends in it."""

    cells: Sequence[Cell]
    height: float = 0.0
    grows: bool = False
    splits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GridStyle:
    """How a form is set; paddings and rules in points."""

    name: TextStyle = field(default_factory=lambda: TextStyle(face=Face.HEI, size=10.5, leading=16, align=Align.CENTRE))
    value: TextStyle = field(default_factory=lambda: TextStyle(face=Face.FANGSONG, size=12, leading=18))
    beside: float = 4.0
    above: float = 4.0
    rule: float = 0.5
    edge: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FormGrid:
    """Rows on columns of the given shares of the width; `height` is the least it takes, given to the rows that grow.

    The first `heads` rows are repeated on every page the form goes on to; no cell of them may reach below them.
    """

    columns: Sequence[float]
    rows: Sequence[Row]
    style: GridStyle = field(default_factory=GridStyle)
    height: float = 0.0
    before: float = 0.0
    after: float = 0.0
    heads: int = 0

    def proofed(self, proof: Proof) -> Self:
        """The form with its texts read."""
        return replace(self, rows=[replace(row, cells=[self._read(cell, proof) for cell in row.cells]) for row in self.rows])

    def at(self, width: float) -> Piece:
        """Every cell measured; raises `Refused("characters_missing")` where the form was not proofed and a character is.

        Raises `ValueError` where the cells of a row do not fill the columns.
        """
        unit = width / sum(self.columns)
        edges = [0.0, *accumulate(share * unit for share in self.columns)]
        laid = [*_laid(self)]  # all of them, so that one too many is told before it is measured
        cells = [self._set(cell, row, edges[column], edges[column + cell.columns]) for cell, row, column in laid]
        heights = _heights([_Room(each.height, each.grows, each.splits) for each in self.rows], cells, self.style, self.height)
        return GridPiece(rows=heights, cells=cells, width=width, grid=self)

    def style_of(self, cell: Cell) -> TextStyle:
        """How a cell's text is set."""
        return cell.style or (self.style.name if cell.name else self.style.value)

    def _read(self, cell: Cell, proof: Proof) -> Cell:
        face = self.style_of(cell).face
        return replace(cell, text=proof.read(cell.text, face, cell.place), foot=proof.read(cell.foot, face, cell.place))

    def _set(self, cell: Cell, row: int, left: float, right: float) -> "_SetCell":
        style = self.style_of(cell)
        inner = right - left - 2 * self.style.beside
        foot = Paragraph(cell.foot, replace(style, align=Align.RIGHT, indent=0.0)).at(inner) if cell.foot else None
        text = Paragraph(cell.text, style).at(inner)
        return _SetCell(cell=cell, left=left, right=right, first=row, last=row + cell.rows - 1, text=text, foot=foot)


@dataclass(frozen=True, slots=True)
class _Room:
    """A row measured: its height in points."""

    height: float
    grows: bool = False
    splits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _SetCell:
    """A cell measured: its edges in points from the form's left, its first and last row."""

    cell: Cell
    left: float
    right: float
    first: int
    last: int
    text: SetText
    foot: SetText | None

    @property
    def height(self) -> float:
        """What its text and its foot take."""
        return self.text.height + (self.foot.height if self.foot else 0.0)

    def upper(self, last: int, room: float) -> "_SetCell":
        """The part above a cut, whose text has `room`."""
        if self.cell.name:
            return replace(self, last=last)
        fitting = int((room + ROUNDING) / self.text.style.leading)
        if self.foot:  # it goes below, and never alone
            fitting = min(fitting, max(len(self.text.lines) - _FEWEST, 0))
        return replace(self, last=last, foot=None, text=replace(self.text, lines=self.text.lines[:fitting]))

    def lower(self, first: int, upper: "_SetCell") -> "_SetCell":
        """The part below a cut, of which `upper` is above."""
        moved = replace(self, first=0, last=self.last - first)
        if self.cell.name:
            return moved
        done = len(upper.text.lines)
        opens = self.text.lines[done - 1].last if done else self.text.opens
        return replace(moved, text=replace(self.text, lines=self.text.lines[done:], opens=opens))


@dataclass(frozen=True, slots=True, kw_only=True)
class GridPiece:
    """Rows of a form at one width, the cells' rows counted from the first of them."""

    rows: list[_Room]
    cells: list[_SetCell]
    width: float
    grid: FormGrid

    @property
    def height(self) -> float:
        """All rows together."""
        return sum(each.height for each in self.rows)

    @property
    def least(self) -> float:
        """The first rows that belong together, or as much of a row that splits as may stand alone."""
        if self.rows[0].splits:
            return min(self.rows[0].height, self._padded(_FEWEST * self.grid.style.value.leading))
        end = next(each for each in self._ends() if each > self.grid.heads or each == len(self.rows))
        return sum(each.height for each in self.rows[:end])

    @property
    def before(self) -> float:
        """The space above."""
        return self.grid.before

    @property
    def after(self) -> float:
        """The space below."""
        return self.grid.after

    @property
    def keep_with_next(self) -> bool:
        """A page may end with a form."""
        return False

    def split(self, height: float, *, anyhow: bool = False) -> "tuple[GridPiece | None, GridPiece | None]":
        """The rows that fit, and the others; a row that splits, and any row no page holds, is broken between its lines."""
        tops = self._tops()
        if tops[-1] <= height + ROUNDING:
            return self, None
        end = max((end for end in (0, *self._ends()) if tops[end] <= height + ROUNDING), default=0)
        if end == 0 and anyhow:
            end = max(row for row, top in enumerate(tops) if top <= height + ROUNDING)
        heads = self.grid.heads
        inside = self._cut_inside(end, height - tops[end], anyhow=anyhow and end <= heads)
        upper, lower = inside or self._cut_before(0 if end <= heads and not anyhow else end)  # headings never stand alone
        return (upper, self._headed(lower)) if upper and lower and 0 < heads < len(upper.rows) else (upper, lower)

    def draw(self, sheets: Sheets, x: float, top: float) -> None:
        """Draws cells and rules."""
        style = self.grid.style
        tops = self._tops(top)
        rules = []
        for each in self.cells:
            upper, lower = tops[each.first], tops[each.last + 1]
            rules += [(x + each.right, upper, x + each.right, lower), (x + each.left, lower, x + each.right, lower)]
            self._draw_cell(sheets, each, x + each.left + style.beside, upper, lower)
        sheets.rules(rules, style.rule)
        sheets.box(x, top, self.width, self.height, style.edge)

    def _draw_cell(self, sheets: Sheets, cell: _SetCell, x: float, top: float, bottom: float) -> None:
        style, free = self.grid.style, bottom - top - self._padded(cell.height)
        one_line = len(cell.text.lines) == 1 and cell.foot is None
        middle = (cell.cell.name or one_line) if cell.cell.middle is None else cell.cell.middle
        cell.text.draw(sheets, x, top + style.above + (max(free, 0.0) / 2 if middle else 0.0))
        if cell.foot:
            cell.foot.draw(sheets, x, bottom - style.above - cell.foot.height)

    def _tops(self, top: float = 0.0) -> list[float]:
        """Where every row begins, the first of them at `top`, and where the last one ends."""
        return [*accumulate((each.height for each in self.rows), initial=top)]

    def _padded(self, height: float) -> float:
        return height + 2 * self.grid.style.above

    def _ends(self) -> list[int]:
        """The rows before which no cell is cut."""
        crossed = {row for each in self.cells for row in range(each.first + 1, each.last + 1)}
        return [row for row in range(1, len(self.rows) + 1) if row not in crossed]

    def _cut_before(self, row: int) -> "tuple[GridPiece | None, GridPiece | None]":
        """The rows before `row`, and those from it."""
        if row == 0:
            return None, self
        tops = self._tops()
        above = [
            each if each.last < row else each.upper(row - 1, tops[row] - tops[each.first] - self._padded(0.0))
            for each in self.cells
            if each.first < row
        ]
        return self._part(self.rows[:row], above), self._below(above, row, self.rows[row:])

    def _cut_inside(self, row: int, room: float, *, anyhow: bool) -> "tuple[GridPiece, GridPiece] | None":
        """The form cut between lines of `row`, which has `room`; None where it may not be, or nothing would be gained."""
        here = self.rows[row]
        if not (here.splits or anyhow):
            return None
        tops = self._tops()
        above = [
            each if each.last < row else each.upper(row, tops[row] - tops[each.first] + room - self._padded(0.0))
            for each in self.cells
            if each.first <= row
        ]
        cut = [len(each.text.lines) for each in above if _is_cut(each, row, self.cells)]
        gained = any(cut) or here.height > room + ROUNDING if anyhow else min(cut, default=0) >= _FEWEST
        if not gained:
            return None
        rest = replace(here, height=max(here.height - room, 0.0) if not here.splits else 0.0)
        upper = self._part([*self.rows[:row], replace(here, height=room)], above)
        return upper, self._below(above, row, [rest, *self.rows[row + 1 :]])

    def _below(self, above: Iterable[_SetCell], row: int, rows: Sequence[_Room]) -> "GridPiece":
        """What is left of the form from `row` on, where `above` was taken from it."""
        uppers = {(each.left, each.first): each for each in above}
        cells = [
            each.lower(row, uppers[each.left, each.first])
            if (each.left, each.first) in uppers
            else replace(each, first=each.first - row, last=each.last - row)
            for each in self.cells
            if each.last >= row
        ]
        return self._part(_heights(rows, cells, self.grid.style, 0.0), cells)

    def _headed(self, rest: "GridPiece") -> "GridPiece":
        """What goes on to the next page, below the headings."""
        heads = self.grid.heads
        moved = [replace(each, first=each.first + heads, last=each.last + heads) for each in rest.cells]
        return self._part([*self.rows[:heads], *rest.rows], [each for each in self.cells if each.last < heads] + moved)

    def _part(self, rows: Sequence[_Room], cells: list[_SetCell]) -> "GridPiece":
        return replace(self, rows=list(rows), cells=cells)


def _is_cut(upper: _SetCell, row: int, cells: Iterable[_SetCell]) -> bool:
    """Whether lines of a cell that reaches into `row` are left for the next page."""
    whole = next(each for each in cells if (each.left, each.first) == (upper.left, upper.first))
    return whole.last >= row and len(upper.text.lines) < len(whole.text.lines)


def _laid(grid: FormGrid) -> Iterable[tuple[Cell, int, int]]:
    """Every cell with its row and its first column, those being passed over that a cell from above reaches into."""
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(grid.rows):
        column = 0
        for cell in row.cells:
            while (number, column) in taken:
                column += 1
            yield cell, number, column
            taken |= {(number + down, column + across) for down in range(cell.rows) for across in range(cell.columns)}
            column += cell.columns
        if {place for line, place in taken if line == number} != set(range(len(grid.columns))):
            raise ValueError(f"row {number} of a form does not fill its {len(grid.columns)} columns")


def _heights(rows: Sequence[_Room], cells: Iterable[_SetCell], style: GridStyle, least: float) -> list[_Room]:
    """The rows as high as their cells need: the last of several gets what their cell lacks, growing ones share what is left."""
    heights = [each.height for each in rows]
    for each in sorted(cells, key=lambda each: each.last - each.first):
        held = sum(heights[each.first : each.last + 1])
        heights[each.last] += max(each.height + 2 * style.above - held, 0.0)
    growing = [place for place, each in enumerate(rows) if each.grows]
    share = max(least - sum(heights), 0.0) / len(growing) if growing else 0.0
    return [replace(each, height=heights[place] + share * each.grows) for place, each in enumerate(rows)]
