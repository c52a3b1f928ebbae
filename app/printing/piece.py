"""What a paper is made of: blocks, which at a width become pieces that know their height and can be split over pages."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from typing import Protocol, Self

from app.printing.proof import Proof
from app.printing.sheet import Sheets


class Piece(Protocol):
    """A block, or part of one, at one width; heights in points."""

    @property
    def height(self) -> float:
        """How high it is."""
        ...

    @property
    def least(self) -> float:
        """How high the least part of it is that may stand at the foot of a page."""
        ...

    @property
    def before(self) -> float:
        """The space above it, which falls away at the top of a page; of two spaces that meet the larger holds."""
        ...

    @property
    def after(self) -> float:
        """The space below it."""
        ...

    @property
    def keep_with_next(self) -> bool:
        """Whether a page may not end with it."""
        ...

    def split(self, height: float, *, anyhow: bool = False) -> tuple["Piece | None", "Piece | None"]:
        """What fits the height, and the rest; `anyhow` is said of a whole page, where something must fit."""
        ...

    def draw(self, sheets: Sheets, x: float, top: float) -> None:
        """Draws it from its upper left corner."""
        ...


class Block(Protocol):
    """What a document is given as."""

    def proofed(self, proof: Proof) -> Self:
        """The block with its texts read."""
        ...

    def at(self, width: float) -> Piece:
        """The block measured at a width; raises `Refused("characters_missing")` where it was not proofed and a character is."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole(ABC):
    """What has no text and is never parted, such as a code: as high at every width. Who inherits it says how it is drawn."""

    width: float = 0.0
    height: float = 0.0
    before: float = 0.0
    after: float = 0.0
    keep_with_next: bool = True

    @property
    def least(self) -> float:
        """All of it."""
        return self.height

    def proofed(self, proof: Proof) -> Self:
        """It has no text."""
        return self

    def at(self, width: float) -> Piece:
        """The same at a width."""
        return replace(self, width=width)

    def split(self, height: float, *, anyhow: bool = False) -> tuple[Piece | None, Piece | None]:
        """It fits, or goes to the next page."""
        return (self, None) if anyhow or height >= self.height else (None, self)

    @abstractmethod
    def draw(self, sheets: Sheets, x: float, top: float) -> None:
        """Draws it from its upper left corner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Space(Whole):
    """Room left free, not taken over to the next page."""

    keep_with_next: bool = False

    def split(self, height: float, *, anyhow: bool = False) -> tuple[Piece | None, Piece | None]:
        """It ends with the page."""
        return (self if height >= self.height else Space(height=max(height, 0.0))), None

    def draw(self, sheets: Sheets, x: float, top: float) -> None:
        """There is nothing to draw."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sink(Whole):
    """What follows stands at the foot of its page, and whole on the next where it does not fit any more."""

    def draw(self, sheets: Sheets, x: float, top: float) -> None:
        """There is nothing to draw."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBreak(Space):
    """What follows begins a page."""

    def split(self, height: float, *, anyhow: bool = False) -> tuple[Piece | None, Piece | None]:
        """It ends with the page."""
        return self, None
