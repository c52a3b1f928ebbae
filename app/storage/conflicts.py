"""Records that two seats changed differently and nobody has decided about yet."""

from sqlalchemy import Connection, func, select, text

from app.domain.values import Id
from app.storage.tables import CurrentRow

_DISPUTED = text("disputed <> ''")  # as the index has it


def disputed_in(connection: Connection) -> set[Id]:
    """Their identifiers."""
    return set(connection.scalars(select(CurrentRow.id).where(_DISPUTED)))


def count_disputed(connection: Connection) -> int:
    """How many there are."""
    return connection.execute(select(func.count()).select_from(CurrentRow).where(_DISPUTED)).scalar_one()
