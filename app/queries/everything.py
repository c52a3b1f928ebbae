"""All that stands of a kind, from the first entered to the last, for what writes everything down."""

from collections.abc import Iterator, Mapping
from typing import Final

from sqlalchemy import Connection, func, select

from app.domain.category import CategoryScheme
from app.domain.records import Record
from app.domain.values import Id
from app.queries.relations import AT_ONCE, category_names, standing, titles
from app.storage.records import stored_from
from app.storage.tables import CurrentRow

NAMED: Final = ("station", "seat", "operator", "congress", "term", "deputy", "former_deputy", "unit", "campaign")
"""Small kinds whose records are known by their names."""


def kinds_standing(connection: Connection) -> Mapping[str, int]:
    """How many records of each kind stand; removed and blocked ones do not."""
    question = select(CurrentRow.kind, func.count()).where(~CurrentRow.deleted).group_by(CurrentRow.kind)
    return {row[0]: row[1] for row in connection.execute(question)}


def all_standing(connection: Connection, kind: str) -> Iterator[Record]:
    """Every record of a kind that stands, a page at a time."""
    last = 0
    while True:
        page = select(CurrentRow.__table__).where(standing(kind), CurrentRow.no > last).order_by(CurrentRow.no).limit(AT_ONCE)
        rows = connection.execute(page).all()
        for row in rows:
            yield stored_from(row).record
        if len(rows) < AT_ONCE:
            return
        last = rows[-1].no


def names_behind(connection: Connection) -> Mapping[Id, str]:
    """The names of all records of the small kinds, by their identifiers."""
    return {id: name for kind in NAMED for id, name in titles(connection, kind).items()}


def categories_behind(connection: Connection) -> Mapping[tuple[str, str], str]:
    """What the categories of issues and suggestions are called, by kind of record and code."""
    schemes = {"issue": CategoryScheme.ISSUE, "suggestion": CategoryScheme.SUGGESTION}
    return {(kind, code): name for kind, scheme in schemes.items() for code, name in category_names(connection, scheme).items()}
