"""Whether this computer's numbers still go on from the last: clones, and backups that were put back.

Beside the database lie two witnesses of the newest number taken: a small file outside the folder that backups hold, and an
entry of the desktop's keyring. One that is missing says nothing (decision 16).
"""

from contextlib import suppress
from pathlib import Path
from typing import Final

from app.domain.epoch import EpochDue, EpochReason
from app.errors import AppError
from app.keys.ways import SERVICE
from app.storage import epochs
from app.storage.database import Connection
from app.storage.epochs import Witness
from app.workspace import Workspace

WITNESS_FILE: Final = "station.seen"


def epoch_due(workspace: Workspace) -> EpochDue | None:
    """The epoch that the next hand-in begins, or None where the numbers go on."""
    seen = witnesses(workspace)
    with workspace.reading() as connection:
        reason = _reason(connection, seen)
        if reason is None:
            return None
        return EpochDue(epoch=max([epochs.floor(connection), *(each.epoch for each in seen)]) + 1, reason=reason)


def witnesses(workspace: Workspace) -> tuple[Witness, ...]:
    """What file and keyring remember; one that cannot be read is passed over."""
    told: list[str | bytes | None] = []
    with suppress(OSError):
        told.append(witness_file(workspace).read_bytes())
    if workspace.keyring is not None:
        with suppress(AppError):
            told.append(workspace.keyring.recall(SERVICE, witness_account(workspace)))
    return tuple(each for text in told if text and (each := Witness.from_text(text)))


def witness_file(workspace: Workspace) -> Path:
    """Where the file lies: beside the station's folder, not in it."""
    return workspace.folder.parent / WITNESS_FILE


def witness_account(workspace: Workspace) -> str:
    """The name of the keyring's entry."""
    return f"{workspace.author.owner}/{workspace.author.by}/seen"


def _reason(connection: Connection, seen: tuple[Witness, ...]) -> EpochReason | None:
    if epochs.was_restored(connection):
        return EpochReason.RESTORED
    if noted := epochs.due(connection):
        return EpochReason(noted)
    now = epochs.testimony(connection)
    for each in seen:
        if each.incarnation != now.incarnation:
            return EpochReason.COPIED
        if (each.epoch, each.seq) > (now.epoch, now.seq):
            return EpochReason.SET_BACK
        if (each.epoch, each.seq) == (now.epoch, now.seq) and each.digest != now.digest:
            return EpochReason.COPIED
    return None
