"""What every list of the window is given: one page of frozen rows, how many there are in all, and by what they are sorted."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import SQLColumnExpression, UnaryExpression

Row = TypeVar("Row")
By = TypeVar("By", bound=str)


@dataclass(frozen=True, slots=True)
class Listing(Generic[Row]):
    """A page of a list in its order; `total` counts the whole list."""

    total: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Order(Generic[By]):
    """By which of its columns a list is sorted, and whether from the greatest down; none is the usual one."""

    by: By
    descending: bool = False


def turned(order: Order[By], value: SQLColumnExpression[Any]) -> UnaryExpression[Any]:
    """A value as the order has it: up or down."""
    return value.desc() if order.descending else value.asc()
