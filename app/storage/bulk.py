"""Many rows at once, without an object a row: the paths that take a hundred thousand rows in seconds."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any, Final

from sqlalchemy import Connection

TOGETHER: Final = 250  # rows of one statement: always the same number, so that the driver has the statement ready


def insert_rows(
    connection: Connection,
    row: type[Any],  # it has the name of its table
    columns: Sequence[str],
    values: Sequence[tuple[Any, ...]],
    *,
    new_only: bool = False,
) -> int:
    """Insert tuples in the order of `columns`; with `new_only`, rows whose key is taken are left as they are.

    Returns how many were inserted. Goes past the compiled statement's binding of every value by name, which costs more than
    the insertion itself.
    """
    mark = "%s" if connection.dialect.paramstyle in {"format", "pyformat"} else "?"
    one = f"({', '.join([mark] * len(columns))})"
    begin = f"INSERT INTO {row.__tablename__} ({', '.join(columns)}) VALUES "
    end = " ON CONFLICT DO NOTHING" if new_only else ""
    many = begin + ", ".join([one] * TOGETHER) + end
    inserted = 0
    whole = len(values) - len(values) % TOGETHER
    for at in range(0, whole, TOGETHER):
        together = tuple(chain.from_iterable(values[at : at + TOGETHER]))
        inserted += connection.exec_driver_sql(many, together).rowcount
    if rest := list(values[whole:]):
        inserted += connection.exec_driver_sql(begin + one + end, rest).rowcount
    return inserted


@contextmanager
def nothing_collected() -> Iterator[None]:
    """For the block nobody looks for objects that only name each other: what is read is given back without it.

    A hundred thousand revisions in memory make each such look long, and there are many: a fifth of the time of merging them.
    """
    looked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looked:
            gc.enable()
