"""The open workspace: database, keys, clock and operator, opened once and passed along as the first argument."""

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from app.clock import Clock
from app.domain.people import Operator
from app.domain.rights import EVERYTHING, rights_of
from app.domain.values import Id
from app.errors import Refused
from app.files import disk_told, sweep_parts
from app.keys.desktop_keyring import DesktopKeyring
from app.keys.identities import SeatIdentity
from app.keys.slot_file import FILE_NAME as SLOTS_FILE
from app.keys.slot_file import read_slots
from app.keys.slots import open_with
from app.keys.ways import KeyringWay, Way
from app.storage import named_values, schema
from app.storage.database import Connection, Database, open_database
from app.storage.guard import operators_in
from app.storage.key_swap import end_swap, settle_swap
from app.storage.records import Author
from app.storage.transaction import Transaction, transaction
from app.storage.writer_lock import writer_lock

FOLDER: Final = "station"
DATABASE_FILE: Final = "station.db"
OUTBOX: Final = "outbox"
ATTACHMENTS: Final = "attachments"

STATION: Final = "station"
IDENTITY: Final = "identity"
OPERATOR: Final = "operator"
TRUST: Final = "trust"
ATTACHMENT_KEY: Final = "attachment_key"
RECOVERY: Final = "recovery"


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """A station's records, open for reading, and for writing where this process holds the writer's lock."""

    folder: Path
    database: Database
    author: Author
    clock: Clock
    writable: bool
    keyring: DesktopKeyring | None = None  # of the desktop, where the workspace was opened through it

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection that sees one state from beginning to end."""
        return self.database.reading()

    def writing(self) -> AbstractContextManager[Transaction]:
        """The one transaction of a use case; raises `Refused("read_only")` in a workspace opened for reading."""
        if not self.writable:
            raise Refused("read_only")
        return self.beside()

    def beside(self) -> AbstractContextManager[Transaction]:
        """A short transaction of what counts whoever writes, beside the process that holds the writer's lock.

        For a few small values alone: the database lets one transaction after the other in, and each finds the journal as it is.
        """
        return transaction(self.database, self.author, self.clock.new_id, self.clock.milliseconds)

    def identity(self) -> SeatIdentity:
        """The private keys of this seat, fetched from the encrypted database when they are needed."""
        with self.reading() as connection:
            kept = named_values.value_of(connection, IDENTITY)
        return SeatIdentity.from_texts(json.loads(kept or b"{}"))

    def acting_as(self, operator: Id) -> "Workspace":
        """The same workspace with another operator at the keyboard."""
        return replace(self, author=replace(self.author, op=operator))


@contextmanager
def opened(home: Path, way: Way, *, write: bool, operator: str = "", clock: Clock | None = None) -> Iterator[Workspace]:
    """The workspace under `home`, closed again at the end of the block.

    Raises `Refused("no_workspace" | "keyslots_missing" | "database_missing" | "not_a_database" | "database_newer" |
    "second_writer" | "operator_unknown")`, `Unavailable("database_damaged")` and what the key slots raise.
    """
    folder = home / FOLDER
    if not (folder / SLOTS_FILE).exists():
        raise Refused("no_workspace" if not (folder / DATABASE_FILE).exists() else "keyslots_missing", home=str(home))
    settle_swap(folder)
    key = open_with(read_slots(folder / SLOTS_FILE), way)
    if not write and schema.is_older(folder / DATABASE_FILE, key):
        with writer_lock(folder):
            schema.lift(folder / DATABASE_FILE, key)
    with writer_lock(folder) if write else nullcontext():
        if write:
            _sweep(folder, key)
        database = open_database(folder / DATABASE_FILE, key)
        try:
            keyring = way.keyring if isinstance(way, KeyringWay) else None
            yield _workspace(folder, database, clock or Clock(), operator, write=write, keyring=keyring)
        finally:
            database.close()


def _sweep(folder: Path, key: bytes) -> None:
    """Clear away what a killed program left, and lift an older database."""
    with disk_told(folder):
        end_swap(folder)
    for place in (folder, folder / OUTBOX, folder / ATTACHMENTS):
        sweep_parts(place)
    schema.lift(folder / DATABASE_FILE, key)


def _workspace(
    folder: Path, database: Database, clock: Clock, operator: str, *, write: bool, keyring: DesktopKeyring | None
) -> Workspace:
    with database.reading() as connection:
        station = (named_values.value_of(connection, STATION) or b"").decode()
        first = (named_values.value_of(connection, OPERATOR) or b"").decode()
        identity = SeatIdentity.from_texts(json.loads(named_values.value_of(connection, IDENTITY) or b"{}"))
    author = Author(owner=station, by=identity.seat_id, op=first)
    workspace = Workspace(folder=folder, database=database, author=author, clock=clock, writable=write, keyring=keyring)
    return workspace.acting_as(_operator_named(workspace, operator)) if operator else workspace


def _operator_named(workspace: Workspace, name: str) -> Id:
    """The operator called `name`; until somebody is in charge, one who writes for the first time is entered by the name alone.

    Who only reads is nobody then: an identifier that is empty.
    """
    with workspace.reading() as connection:
        here = [each for each in operators_in(connection) if each.name == name and each.until is None]
        charged = rights_of("", operators_in(connection)) != EVERYTHING
    if here:
        return here[0].id
    if charged:  # and whoever is in charge enters people
        raise Refused("operator_unknown", name=name)
    if not workspace.writable:
        return ""
    with workspace.writing() as books:
        return books.records.save(Operator(id=workspace.clock.new_id(), name=name))
