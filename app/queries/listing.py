"""What every list of the window is given: one page of frozen rows, and how many there are in all."""

from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Listing(Generic[Row]):
    """A page of a list in its order; `total` counts the whole list."""

    total: int
    rows: tuple[Row, ...]
