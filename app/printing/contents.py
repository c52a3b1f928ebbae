"""Finding one's way in a long paper: marks of where its parts begin, which a reader shows beside it, and the table of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple, Self

from app.printing.fonts import Face, widths_of
from app.printing.lines import Line
from app.printing.paragraph import Align, TextStyle, draw_line, set_lines
from app.printing.piece import Piece, Whole
from app.printing.proof import Proof
from app.printing.sheet import Sheets

_STYLE: Final = TextStyle(face=Face.FANGSONG, size=14, leading=26, align=Align.LEFT)
_NUMBER: Final = replace(_STYLE, align=Align.RIGHT)
_DOT: Final = "…"
_ROOM: Final = 4
"""Ems kept for the number of a page."""
_GAP: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark(Whole):
    """Where a part begins: `title` stands in the outline and in the table of contents, `level` from 0 counts how deep."""

    title: str
    level: int = 0

    def proofed(self, proof: Proof) -> Self:
        """Its title as it can be set."""
        return replace(self, title=proof.read(self.title.replace("\n", " "), _STYLE.face, "目录"))

    def draw(self, sheets: Sheets, x: float, top: float) -> None:
        """Notes the place."""
        sheets.mark(self.title, self.level, top)


class Entry(NamedTuple):
    """A line of the table: a mark and the number of its page; `place` counts the marks of the paper from 0."""

    place: int
    title: str
    level: int
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The table of contents (目录) of the whole paper; who sets the paper fills in its entries."""

    entries: tuple[Entry, ...] = ()
    before: float = 0.0
    after: float = 0.0

    def proofed(self, proof: Proof) -> Self:
        """Titles were read with their marks."""
        return self

    def at(self, width: float) -> Piece:
        """Each entry on as many lines as its title takes; the number of its page does not count."""
        return _SetContents(tuple(self._set(each, width) for each in self.entries), width)

    def _set(self, entry: Entry, width: float) -> "_SetEntry":
        room = width - (_ROOM + entry.level) * _STYLE.size
        return _SetEntry(entry, tuple(set_lines(entry.title, room, _STYLE)))


class _SetEntry(NamedTuple):
    """An entry and the lines of its title."""

    entry: Entry
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _SetContents:
    """Entries at a width."""

    entries: Sequence[_SetEntry]
    width: float
    before: float = 0.0
    after: float = 0.0
    keep_with_next: bool = False

    @property
    def height(self) -> float:
        """All lines of all entries."""
        return sum(len(each.lines) for each in self.entries) * _STYLE.leading

    @property
    def least(self) -> float:
        """The first entry."""
        return len(self.entries[0].lines) * _STYLE.leading if self.entries else 0.0

    def split(self, height: float, *, anyhow: bool = False) -> "tuple[_SetContents | None, _SetContents | None]":
        """As many whole entries as fit."""
        fitting, used = 0, 0.0
        for each in self.entries:
            used += len(each.lines) * _STYLE.leading
            if used > height:
                break
            fitting += 1
        fitting = max(fitting, 1) if anyhow else fitting
        if not fitting:
            return None, self
        rest = replace(self, entries=self.entries[fitting:]) if fitting < len(self.entries) else None
        return replace(self, entries=self.entries[:fitting]), rest

    def draw(self, sheets: Sheets, x: float, top: float) -> None:
        """Draws titles, dots and numbers, each leading to its page."""
        size, widths = _STYLE.size, widths_of(_STYLE.face)
        for entry, lines in self.entries:
            left, begin = x + entry.level * size, top
            for line in lines:
                draw_line(sheets, left, top, self.width, line, _STYLE, first=False)
                top += _STYLE.leading
            number = str(entry.page)
            free = self.width - entry.level * size - lines[-1].width - (_GAP + len(number)) * size
            dots = _DOT * max(int(free / (widths[_DOT] * size)), 0)
            (told,) = set_lines(dots + number, self.width, _NUMBER)
            draw_line(sheets, x, top - _STYLE.leading, self.width, told, _NUMBER, first=False)
            sheets.link(entry.place, x, begin, self.width, top - begin)
