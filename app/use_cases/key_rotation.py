"""Another key for the database itself, where the one before may be known to somebody: every record is encrypted anew."""

import os
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from typing import Final

from app.changes import Changes
from app.domain.rights import Right
from app.errors import AppError, Refused
from app.keys import slots
from app.keys.passphrase import Passphrase
from app.keys.slot_file import FILE_NAME as SLOTS_FILE
from app.keys.slot_file import KeySlots, read_slots
from app.keys.ways import KeyringWay, PassphraseWay, RecoveryWay, SlotType, Way
from app.progress import Progress
from app.queries.rights import check_may
from app.storage.backup_file import BackupReason
from app.storage.key_swap import NEXT_DATABASE, NEXT_SLOTS, alone, end_swap, export_database, swap
from app.storage.snapshot import clear_database
from app.use_cases import escrow, key_ways
from app.use_cases.backups import back_up_all
from app.use_cases.setup import PENDING
from app.workspace import RECOVERY, Workspace

_RENAMES_OPEN_FILES: Final = os.name != "nt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotated:
    """The data lie under another key; `code` is a new recovery code, shown once, empty where the sheet's was typed."""

    code: str
    label: str
    problems: tuple[AppError, ...]  # why a backup before it could not be made
    changes: Changes = Changes.STATION


def rotate_key(
    workspace: Workspace, *, passphrase: str = "", sheet: RecoveryWay | None = None, progress: Progress | None = None
) -> Rotated:
    """Encrypt the database under a new key and wrap that for every way; a new recovery code unless `sheet` has the valid one.

    Whatever goes wrong, the old database and its slots stay, or the new ones are both in place. Backups made before keep the
    old key. Raises `Refused("not_allowed" | "busy" | "recovery_wrong" | "passphrase_wrong" | "cancelled")`, and what slots and
    disk raise.
    """
    check_may(workspace, Right.SETTINGS)
    if not workspace.writable:
        raise Refused("read_only")
    told = progress or Progress()
    held = read_slots(workspace.folder / SLOTS_FILE)
    slots.open_with(held, key_ways.way_into(held, passphrase))
    if sheet is not None:
        slots.open_with(held, sheet)
        sheet = replace(sheet, label=str(held.of_type(SlotType.RECOVERY)[0].members.get("id", "")))
    problems = back_up_all(workspace, reason=BackupReason.ROTATION, progress=told).problems
    paper = sheet or RecoveryWay.make(workspace.clock.today().date().isoformat())
    noted = {} if sheet else {RECOVERY: PENDING}
    ways = [*_ways(held, passphrase, paper), *escrow.renewed(workspace, held)]
    _exchange(workspace, held, ways, told, noted)
    with workspace.writing() as books:
        books.note("key_rotated", {})
    return Rotated(code="" if sheet else paper.code, label=paper.label, problems=problems)


def _ways(held: KeySlots, passphrase: str, paper: RecoveryWay) -> Sequence[Way]:
    ways: list[Way] = []
    if held.has(SlotType.KEYRING):
        ways.append(key_ways.keyring_of(held))
    ways.append(paper)
    if held.has(SlotType.PASSPHRASE):
        ways.append(PassphraseWay(passphrase=Passphrase(passphrase)))
    return ways


def _exchange(workspace: Workspace, held: KeySlots, ways: Sequence[Way], told: Progress, noted: Mapping[str, bytes]) -> None:
    key, folder = slots.make_data_key(), workspace.folder
    end_swap(folder)
    told.begin("rotation")

    def copied(done: int, total: int) -> None:
        told.total = total
        told.advance(done - told.step)

    with ExitStack() as stack:
        raw = stack.enter_context(alone(workspace.database))
        try:
            export_database(raw, folder, key, noted, copied)
            slots.create(folder / NEXT_SLOTS, held.db_id, key, ways)
            if not _RENAMES_OPEN_FILES:
                stack.close()
            _swapped(workspace, key)
        except (AppError, OSError):
            if workspace.database.key != key:
                with suppress(AppError, OSError):  # the next start clears it away
                    end_swap(folder)
                    clear_database(folder / NEXT_DATABASE)
            raise
    for way in ways:
        if isinstance(way, KeyringWay):
            for slot in held.of_type(SlotType.KEYRING):
                way.give_up(slot.members)


def _swapped(workspace: Workspace, key: bytes) -> None:
    """Swap; once the new database is in its place the rest is tried again, for there is no way back."""
    folder = workspace.folder
    try:
        swap(folder)
    except (AppError, OSError):
        if (folder / NEXT_DATABASE).exists():
            raise
        workspace.database.rekey(key)
        end_swap(folder)
    workspace.database.rekey(key)
