"""Many rows at once, without an object a row: the paths that take a hundred thousand rows in seconds."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import DeclarativeBase


def insert_rows(
    connection: Connection,
    row: type[DeclarativeBase],
    columns: Sequence[str],
    values: Sequence[tuple[Any, ...]],
    *,
    new_only: bool = False,
) -> int:
    """Insert tuples in the order of `columns`; with `new_only`, rows whose key is taken are left as they are.

    Returns how many were inserted. Goes past the compiled statement's binding of every value by name, which costs more than
    the insertion itself.
    """
    if not values:
        return 0
    mark = "%s" if connection.dialect.paramstyle in {"format", "pyformat"} else "?"
    statement = f"INSERT INTO {row.__tablename__} ({', '.join(columns)}) VALUES ({', '.join([mark] * len(columns))})"
    if new_only:
        statement += " ON CONFLICT DO NOTHING"
    return connection.exec_driver_sql(statement, list(values)).rowcount
