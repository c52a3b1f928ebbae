"""What readers of small tables share: a column found by one of its names, a cell as a text."""

from collections.abc import Collection

from app.errors import Refused
from app.ledgers.cells import written
from app.ledgers.grid import Row
from app.ledgers.header import Header, normal_name


def place_of(header: Header, names: Collection[str]) -> int | None:
    """The column that bears one of these names, counted from 0; None where none does."""
    wanted = set(map(normal_name, names))
    return next((at for at, name in enumerate(header.names) if normal_name(name) in wanted), None)


def needed_place(header: Header, names: Collection[str]) -> int:
    """The column that bears one of these names; raises `Refused("columns_missing", row, found, names)`."""
    at = place_of(header, names)
    if at is None:
        raise Refused("columns_missing", row=header.row, found=header.names, names=names)
    return at


def text_at(row: Row, at: int) -> str:
    """What stands in a cell, without blanks around it; empty where the row is shorter."""
    return written(row.values[at]).strip() if at < len(row.values) else ""
