"""Papers that are read from beginning to end, told once: the same parts are set as a PDF file and written as a Word file."""

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from app.domain.papers import PaperName, Shown
from app.domain.values import Id


@dataclass(frozen=True, slots=True)
class Title:
    """What the paper is called."""

    text: str


@dataclass(frozen=True, slots=True)
class Under:
    """A line below the title, in the middle."""

    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs, one a line; a short one that begins with 一、 or （一） is the heading of its level."""

    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and their values; what is empty is left out."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """A table. Of each column its title and how wide it is beside the others; 0 for one as wide as its longest text."""

    columns: tuple[tuple[str, float], ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of the table before it: under each name how many there are, with the share of them all."""

    title: str
    names: tuple[str, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """A chart of what was each month: under each name of a series one number for every month."""

    title: str
    months: tuple[str, ...]
    series: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Room:
    """Lines left free for what is written by hand, or later."""

    lines: int


@dataclass(frozen=True, slots=True)
class Signed:
    """Who issues the paper, and its day, at the lower right."""

    office: str
    day: str


Part = Title | Under | Text | Facts | Rows | Bars | Columns | Room | Signed


class Outlined(Shown):
    """A paper that says its parts in order; `record` is what the code of an internal one leads to, empty for an outward one."""

    __slots__ = ()

    name: ClassVar[PaperName]
    record: Id

    @abstractmethod
    def outline(self) -> Iterator[Part]:
        """Its parts from beginning to end."""
