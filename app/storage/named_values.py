"""Named values of a workspace that must be as safe as its records: identities, trust, the last stamp."""

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from app.storage.tables import SettingRow


def value_of(connection: Connection, name: str) -> bytes | None:
    """The value called `name`, or None."""
    return connection.execute(select(SettingRow.value).where(SettingRow.name == name)).scalar_one_or_none()


def put_value(connection: Connection, name: str, value: bytes) -> None:
    """Let `name` stand for `value` from now on."""
    statement = insert(SettingRow).values(name=name, value=value)
    connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": value}))


def drop_value(connection: Connection, name: str) -> None:
    """Let `name` stand for nothing any more."""
    connection.execute(delete(SettingRow).where(SettingRow.name == name))
