"""Erasing records whole: their lines, their place in the index, what was attached to them, and where older copies may lie."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Final

from app.domain.attachment import Attachment
from app.domain.records import Record
from app.domain.values import Id, Json
from app.storage import attachment_files, blocking, erasure
from app.storage.transaction import Transaction
from app.workspace import ATTACHMENTS, Workspace

_OLDER: Final = "*.schema-*.db"


def erase_records(books: Transaction, gone: Iterable[Record], left: Mapping[Id, Mapping[str, Json]] | None = None) -> list[str]:
    """Erase these records, and of others leave only what is given; returns the files to remove once this is committed."""
    records = list(gone)
    erasure.erase(books, {**(left or {}), **{each.id: None for each in records}})
    blocking.release(books.connection, [each.id for each in records])
    digests = {each.sha256 for each in records if isinstance(each, Attachment)}
    unheld = {each for each in digests if not attachment_files.held_elsewhere(books.connection, each)}
    return attachment_files.forget(books.connection, unheld)


def finish(workspace: Workspace, files: Iterable[str]) -> None:
    """Remove the content of erased attachments, and empty the database's log of what was there before."""
    for each in files:
        with suppress(OSError):  # a picture that a viewer holds open goes with the next check of the folder
            (workspace.folder / ATTACHMENTS / each).unlink(missing_ok=True)
    workspace.database.settle()


def older_copies(workspace: Workspace) -> tuple[str, ...]:
    """Databases of earlier program versions beside the present one: they still hold everything."""
    return tuple(sorted(each.name for each in workspace.folder.glob(_OLDER)))
