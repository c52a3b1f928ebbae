"""Remembering outside the database which number was the newest, and what receipts know that this database does not."""

from contextlib import suppress

from app.domain.epoch import EpochReason
from app.errors import AppError
from app.files import disk_told, write_whole
from app.keys.ways import SERVICE
from app.packages.receipt import ItemStatus, Receipt
from app.queries.epochs import witness_account, witness_file
from app.storage import epochs
from app.storage.database import Connection
from app.storage.outbox import Outbox
from app.workspace import Workspace


def remember(workspace: Workspace) -> None:
    """Let file and keyring know the newest number; to be called before a copy of it leaves. The file must be written.

    A database without a mark gets one first. Raises what the disk raises.
    """
    with workspace.reading() as connection:
        text = epochs.testimony(connection).to_text() if epochs.incarnation_of(connection) else ""
    if not text:
        with workspace.writing() as books:
            epochs.mark(books.connection)
            text = epochs.testimony(books.connection).to_text()
    path = witness_file(workspace)
    with disk_told(path):
        if path.exists() and path.read_bytes() == text.encode():
            return
        write_whole(path, text.encode())
    if workspace.keyring is not None:
        with suppress(AppError):  # locked or away: the file remembers
            workspace.keyring.keep(SERVICE, witness_account(workspace), text)


def learn_of(connection: Connection, receipt: Receipt, seat: str) -> None:
    """Note what a receipt knows of this seat's numbers that this database does not, and which numbers it misses."""
    outbox = Outbox(connection)
    last = outbox.last()
    newest = (last.epoch, last.seq) if last else (0, 0)
    for name, cursor in receipt.cursors.items():
        whose, _slash, number = name.partition("/e")
        if whose == seat:
            epochs.put_floor(connection, int(number))
            if (int(number), max((cursor.through, *cursor.also))) > newest:
                epochs.put_due(connection, EpochReason.RECEIPT_AHEAD)
    forked = (each for each in receipt.items if each.seat == seat and (each.status, each.code) == (ItemStatus.PARKED, "E_FORK"))
    if any(each.epoch == newest[0] for each in forked):
        epochs.put_due(connection, EpochReason.FORK)
    listed = receipt.cursor(seat, newest[0]).missing if last else ()
    epochs.put_missing(connection, [(newest[0], seq) for seq in listed])
