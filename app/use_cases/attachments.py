"""Files that belong to a record: taken into the workspace encrypted, found again by the digest of their content."""

import hashlib
import mimetypes
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from app.domain.attachment import Attachment
from app.domain.values import Id
from app.errors import Refused, Unavailable
from app.files import disk_told, written_whole
from app.packages import age
from app.storage import attachment_files
from app.storage.attachment_files import AttachmentFile
from app.storage.named_values import value_of
from app.storage.transaction import Transaction
from app.workspace import ATTACHMENT_KEY, ATTACHMENTS, Workspace

LARGEST: Final = 512 << 20  # bytes of one attachment: one package has room for it
_PIECE: Final = 1 << 20

Keep = Callable[[Transaction], None]


@contextmanager
def stored_attachments(workspace: Workspace, files: Sequence[tuple[Id, Path]]) -> Iterator[tuple[list[Attachment], Keep]]:
    """Files encrypted into the workspace, as records to be saved, and what to do in the same transaction.

    Where the block raises, the encrypted files are removed again. Raises `Refused("file_missing" | "attachment_large")`.
    """
    stored: list[AttachmentFile] = []
    records: list[Attachment] = []
    try:
        for of, path in files:
            kept = _store(workspace, path)
            if not _held(workspace, kept, stored):
                stored.append(kept)
            records.append(_record(workspace, of, path, kept))
        yield records, lambda books: attachment_files.keep(books.connection, stored)
    except BaseException:
        for kept in stored:
            with suppress(OSError):
                (workspace.folder / ATTACHMENTS / kept.file).unlink(missing_ok=True)
        raise


def write_attachment(workspace: Workspace, sha256: str, write: Callable[[bytes], object]) -> None:
    """The plain content of an attachment, handed to `write` piece by piece.

    Raises `Refused("attachment_missing")`, `Unavailable("attachment_damaged")` where the bytes are not the ones taken in.
    """
    with workspace.reading() as connection:
        kept = attachment_files.find(connection, sha256)
        secret, _ = _key(value_of(connection, ATTACHMENT_KEY))
    if kept is None:
        raise Refused("attachment_missing", sha256=sha256)
    path = workspace.folder / ATTACHMENTS / kept.file
    digest = hashlib.sha256()
    with disk_told(path), path.open("rb") as file, age.decrypting(file, path.stat().st_size, [secret]) as plain:
        while piece := plain.read():
            digest.update(piece)
            write(piece)
    if digest.hexdigest() != sha256:
        raise Unavailable("attachment_damaged", file=kept.file)


def _store(workspace: Workspace, path: Path) -> AttachmentFile:
    with disk_told(path):
        size = path.stat().st_size
    if size > LARGEST:
        raise Refused("attachment_large", path=str(path), size=size, most=LARGEST)
    with workspace.reading() as connection:
        _, recipient = _key(value_of(connection, ATTACHMENT_KEY))
    name = secrets.token_hex(16)
    digest = hashlib.sha256()
    with disk_told(path), path.open("rb") as source, written_whole(workspace.folder / ATTACHMENTS / name) as target:
        age.encrypt(_hashed(source, digest.update), target.write, [recipient])
        read = source.tell()  # a file that grew meanwhile is as long as what was read of it
    return AttachmentFile(digest.hexdigest(), name, read)


def _held(workspace: Workspace, kept: AttachmentFile, stored: Sequence[AttachmentFile]) -> bool:
    """Whether the same content lies in the workspace already; its second file is taken away again."""
    with workspace.reading() as connection:
        known = attachment_files.find(connection, kept.sha256) is not None
    if held := known or any(each.sha256 == kept.sha256 for each in stored):
        (workspace.folder / ATTACHMENTS / kept.file).unlink(missing_ok=True)
    return held


def _hashed(source: BinaryIO, update: Callable[[bytes], None]) -> Iterator[bytes]:
    while piece := source.read(_PIECE):
        update(piece)
        yield piece


def _record(workspace: Workspace, of: Id, path: Path, kept: AttachmentFile) -> Attachment:
    return Attachment(
        id=workspace.clock.new_id(),
        of=of,
        name=path.name,
        media_type=mimetypes.guess_type(path.name)[0] or "application/octet-stream",
        size=kept.size,
        sha256=kept.sha256,
        added_on=workspace.clock.today().date(),
    )


def _key(kept: bytes | None) -> tuple[str, str]:
    """The workspace's secret key for attachments, and the recipient they are encrypted to."""
    secret, recipient = (kept or b"\n").decode().split("\n")
    return secret, recipient
