"""A backup laid out again: as the workspace of a clean computer, or aside, to see that it would open."""

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from app.changes import Changes
from app.clock import Clock
from app.errors import AppError, Refused, Unavailable
from app.files import disk_told, folder_whole, written_whole
from app.keys import slots
from app.keys.identities import SeatIdentity
from app.keys.slot_file import FILE_NAME as SLOTS_FILE
from app.keys.slot_file import KeySlots, read_slots, write_slots
from app.keys.ways import EscrowWay, KeyringWay, RecoveryWay, SlotType, Way
from app.progress import Progress
from app.storage import attachment_files, schema, sisters
from app.storage.backup_file import Backup, backups_in, content_path, read_backup
from app.storage.backup_notes import BACKUPS
from app.storage.database import Database, open_database
from app.storage.named_values import drop_value, put_value, value_of
from app.storage.records import Author
from app.storage.snapshot import contents_of, prove_pages
from app.storage.transaction import transaction
from app.use_cases.setup import CONFIRMED, LOST, PROVEN_ON
from app.workspace import ATTACHMENTS, DATABASE_FILE, FOLDER, IDENTITY, OPERATOR, OUTBOX, RECOVERY, STATION, Workspace

INCARNATION: Final = "incarnation"
RESTORED_AT: Final = "restored_at"
"""Named values: the mark of this very database is gone, and when it was put back; the next number begins a new epoch."""

_PROOF: Final = "backup-proof"
_PIECE: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """A workspace that was brought back, as it stood at `made`."""

    station: str
    made: datetime
    records: int
    lines: int
    files: int
    slots: tuple[SlotType, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """A backup that was laid out aside and found whole."""

    folder: Path
    made: datetime
    records: int
    lines: int
    files: int
    changes: Changes = Changes.NOTHING


def newest_backup(place: Path) -> Path:
    """The backup at `place`, or the newest one in it that can be read.

    Raises `Refused("folder_gone")`, `Refused("backup_missing", path)`, and what the only ones there have wrong.
    """
    there = backups_in(place)
    whole = [each.folder for each in there if each.backup]
    if whole:
        return whole[0]
    if there and there[0].fault:
        raise there[0].fault
    raise Refused("backup_missing", path=str(place))


def restore(source: Path, home: Path, by: Way, way: Way, *, clock: Clock, progress: Progress | None = None) -> Restored:
    """The workspace of the backup at `source` under `home`: opened by `by`, and from now on by `way`; whole or not at all.

    `by` stays good where it is the recovery code; digits that two people at the congress read out are good for this once. Slots
    of the computer that is gone are left behind. The progress has the stages files and proof.

    Raises `Refused("workspace_exists" | "backup_missing" | "backup_newer" | "database_newer" | "cancelled")`,
    `Unavailable("backup_damaged", path, what)`, and what key slots and disk raise.
    """
    told = progress or Progress()
    if (home / FOLDER).exists():
        raise Refused("workspace_exists", home=str(home))
    folder = newest_backup(source)
    held = _slots_of(folder, read_backup(folder))
    if isinstance(by, RecoveryWay):
        by = slots.way_of_digits(held, by)
    key = slots.open_with(held, by)
    backup = read_backup(folder, key)
    with folder_whole(home / FOLDER) as part:
        _lay_out(folder, backup, part, told)
        written = _own_slots(part / SLOTS_FILE, held, key, by, way)
        told.begin("proof")
        schema.lift(part / DATABASE_FILE, key)
        database = open_database(part / DATABASE_FILE, key)
        try:
            _prove(database, folder, backup)
            _mark(database, backup, clock, by)
            database.settle()
        finally:
            database.close()
    return Restored(
        station=backup.station,
        made=backup.made,
        records=backup.contents.records,
        lines=backup.contents.lines,
        files=len(backup.files),
        slots=tuple(each for each in SlotType if written.has(each)),
    )


def prove_backup(workspace: Workspace, source: Path, progress: Progress | None = None) -> Proven:
    """Lay the newest backup at `source` out aside, compare it with what it says of itself, and clear it away again.

    Raises as `restore` does, and `Refused("backup_foreign", path)` for one of another database or key.
    """
    told = progress or Progress()
    folder = newest_backup(source)
    plain = read_backup(folder)
    key = workspace.database.key
    if plain.db != workspace.author.owner or not _slots_of(folder, plain).fits(key):
        raise Refused("backup_foreign", path=str(folder))
    backup = read_backup(folder, key)
    aside = workspace.folder.parent / _PROOF
    shutil.rmtree(aside, ignore_errors=True)
    try:
        with disk_told(aside):
            aside.mkdir()
        _lay_out(folder, backup, aside, told)
        told.begin("proof")
        database = open_database(aside / DATABASE_FILE, key)
        try:
            _prove(database, folder, backup)
        finally:
            database.close()
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    held = backup.contents
    return Proven(folder=folder, made=backup.made, records=held.records, lines=held.lines, files=len(backup.files))


def _slots_of(folder: Path, backup: Backup) -> KeySlots:
    try:
        return read_slots(folder / SLOTS_FILE, backup.db)
    except AppError as error:
        if error.code == "keyslots_newer":
            raise
        raise _damaged(folder, SLOTS_FILE) from error


def _lay_out(folder: Path, backup: Backup, place: Path, told: Progress) -> None:
    """Every file of the backup in its place, each byte compared on the way."""
    with disk_told(place):
        for name in (ATTACHMENTS, OUTBOX):
            (place / name).mkdir()
    told.begin("files", sum(each.size for each in backup.files))
    if {DATABASE_FILE, SLOTS_FILE} - {each.path for each in backup.files}:
        raise _damaged(folder, DATABASE_FILE)
    for each in backup.files:
        source = content_path(folder, each)
        if not source.is_file() or _copied(source, place / each.path, told.advance) != each.sha256:
            raise _damaged(folder, each.path)


def _copied(source: Path, final: Path, tell: Callable[[int], object]) -> str:
    digest = hashlib.sha256()
    with disk_told(source), source.open("rb") as data, written_whole(final, private=True) as out:
        while piece := data.read(_PIECE):
            digest.update(piece)
            out.write(piece)
            tell(len(piece))
    return digest.hexdigest()


def _own_slots(path: Path, held: KeySlots, key: bytes, by: Way, way: Way) -> KeySlots:
    """The slot file with the way of this computer. Nothing is given up: the keyring may hold another workspace's entry."""
    spent = {by.type} if isinstance(by, EscrowWay) else set[SlotType]()
    left = tuple(slot for slot in held.slots if slot.type not in {SlotType.KEYRING, way.type, *spent})
    bound = KeyringWay(account=held.db_id, keyring=way.keyring) if isinstance(way, KeyringWay) else way
    kept = replace(held, slots=left)
    write_slots(path, kept)
    return slots.add(path, kept, key, bound)


def _prove(database: Database, folder: Path, backup: Backup) -> None:
    try:
        with database.reading() as connection:
            prove_pages(connection)
            same = contents_of(connection) == backup.contents
            named = {f"{ATTACHMENTS}/{each.file}" for each in attachment_files.all_files(connection)}
    except Unavailable as error:
        raise _damaged(folder, DATABASE_FILE) from error
    if not same or {each.path for each in backup.files if each.path.startswith(ATTACHMENTS)} - named:
        raise _damaged(folder, DATABASE_FILE)


def _mark(database: Database, backup: Backup, clock: Clock, by: Way) -> None:
    """Note in the new workspace that it was put back: no mark of the database it was, no second place of another computer."""
    with database.reading() as connection:
        owner = (value_of(connection, STATION) or b"").decode()
        operator = (value_of(connection, OPERATOR) or b"").decode()
        seat = SeatIdentity.from_texts(json.loads(value_of(connection, IDENTITY) or b"{}")).seat_id
    author = Author(owner=owner, by=seat, op=operator)
    with transaction(database, author, clock.new_id, clock.milliseconds) as books:
        drop_value(books.connection, INCARNATION)
        sisters.forget_have(books.connection)
        drop_value(books.connection, BACKUPS)
        put_value(books.connection, RESTORED_AT, clock.now().isoformat().encode())
        if isinstance(by, EscrowWay):
            put_value(books.connection, RECOVERY, LOST)
            books.note("escrow_opened", {})
        if isinstance(by, RecoveryWay):
            put_value(books.connection, RECOVERY, CONFIRMED)
            put_value(books.connection, PROVEN_ON, clock.today().date().isoformat().encode())
        books.note("restored", {"made": backup.made.isoformat(), "lines": backup.contents.lines})


def _damaged(folder: Path, what: str) -> AppError:
    return Unavailable("backup_damaged", path=str(folder), what=what)
