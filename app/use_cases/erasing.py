"""Erasing records whole: their lines, their place in the index, what was attached to them, and where older copies may lie.

What is erased here is ordered to be erased wherever the station's records go: the order is a record, and travels as one.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Final

from app.domain.attachment import Attachment
from app.domain.erase_order import EraseOrder, orders_of
from app.domain.life import PackageState
from app.domain.records import Record
from app.domain.values import Id, Json
from app.errors import AppError
from app.storage import attachment_files, blocking, drafts, erasure
from app.storage.database import Connection
from app.storage.erase_orders import ordered_files
from app.storage.outbox import Outbox, Sent
from app.storage.transaction import Transaction
from app.use_cases.losses import lose
from app.workspace import ATTACHMENTS, OUTBOX, Workspace

_OLDER: Final = "*.schema-*.db"


def erase_records(books: Transaction, gone: Iterable[Record], left: Mapping[Id, Mapping[str, Json]] | None = None) -> list[str]:
    """Erase these records, and of others leave only what is given; returns the files to remove once this is committed.

    The order that lets the body and the other computers erase the same is saved beside it.
    """
    records = list(gone)
    ids = [each.id for each in records]
    sealed = _let_go(books, erasure.numbers_carrying(books.connection, books.author.by, [*(left or {}), *ids]))
    revisions = erasure.erase(books, {**(left or {}), **dict.fromkeys(ids)})
    blocking.release(books.connection, ids)
    digests = _unheld(books.connection, {each.sha256 for each in records if isinstance(each, Attachment)})
    books.records.save_all(orders_of(revisions, digests, books.new_id))
    return [*unneeded_files(books.connection, digests), *sealed]


def obey(books: Transaction, orders: Sequence[EraseOrder], arrived: Collection[str] = ()) -> list[str]:
    """Erase here what another computer of the station has ordered; returns the files to remove once this is committed.

    `arrived` are contents that came only now, though an order may have come before. Drafts that name an erased record go as well.
    """
    revisions = [rev for order in orders for rev in order.revisions]
    sealed = _let_go(books, erasure.numbers_with(books.connection, books.author.by, revisions))
    ids = erasure.carry_out(books, revisions)
    if ids:
        blocking.release(books.connection, ids)
        drafts.forget(books.connection, drafts.telling(books.connection, lambda body: any(id in body for id in ids)))
    named = {digest for order in orders for digest in order.files} | ordered_files(books.connection, arrived)
    return [*unneeded_files(books.connection, named), *sealed]


def unneeded_files(connection: Connection, digests: Iterable[str]) -> list[str]:
    """Let contents lie nowhere that no record has any more; returns their files, to be removed once this is committed."""
    return [f"{ATTACHMENTS}/{each}" for each in attachment_files.forget(connection, _unheld(connection, digests))]


def sweep(workspace: Workspace) -> None:
    """Let the index forget what an order has erased, once that is kept; where it cannot, the next erasure does."""
    # Apart: a connection that merged its index and then went back to before finds it damaged until it is opened anew.
    with suppress(AppError), workspace.database.writing() as connection:
        erasure.sweep_index(connection)


def finish(workspace: Workspace, files: Iterable[str]) -> None:
    """Remove the content of erased attachments, and empty the database's log of what was there before."""
    for each in files:
        with suppress(OSError):  # a picture that a viewer holds open goes with the next check of the folder
            (workspace.folder / each).unlink(missing_ok=True)
    workspace.database.settle()


def older_copies(workspace: Workspace) -> tuple[str, ...]:
    """Databases of earlier program versions beside the present one: they still hold everything."""
    return tuple(sorted(each.name for each in workspace.folder.glob(_OLDER)))


def _let_go(books: Transaction, carrying: Iterable[Sent]) -> list[str]:
    """The sealed files of numbers that nobody has a copy of: they count as lost, and the next carries what is left of them."""
    outbox, gone = Outbox(books.connection), [each for each in carrying if each.state == PackageState.SEALED]
    for each in gone:
        lose(outbox, each)
        outbox.let_go(each)
        books.note("lost", {"epoch": each.epoch, "seq": each.seq, "digest": each.digest})
    return [f"{OUTBOX}/{each.file}" for each in gone]


def _unheld(connection: Connection, digests: Iterable[str]) -> list[str]:
    return [each for each in sorted(digests) if not attachment_files.held_elsewhere(connection, each)]
