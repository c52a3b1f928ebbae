"""What the station has ordered to be erased: the orders are records like any other, and are asked wherever something arrives."""

from collections.abc import Collection

from sqlalchemy import Connection, func, select, true

from app.domain.erase_order import EraseOrder
from app.domain.values import Id
from app.storage.tables import CurrentRow


def ordered_revisions(connection: Connection, revs: Collection[Id]) -> set[Id]:
    """Those of `revs` that an order names."""
    return _named(connection, "revisions", revs)


def ordered_files(connection: Connection, digests: Collection[str]) -> set[str]:
    """Those of `digests`, of contents of attachments, that an order names."""
    return _named(connection, "files", digests)


def _named(connection: Connection, field: str, wanted: Collection[str]) -> set[str]:
    if not wanted:
        return set()
    named = func.json_each(CurrentRow.body, f"$.{field}").table_valued("value")
    # An order that somebody has removed holds all the same: what it names is gone.
    question = select(named.c.value).select_from(CurrentRow).join(named, true())
    return set(wanted).intersection(connection.scalars(question.where(CurrentRow.kind == EraseOrder.traits.name)))
