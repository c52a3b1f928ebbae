"""Files that belong to a record: taken into the workspace encrypted, found again by the digest of their content."""

import hashlib
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from app.domain.attachment import Attachment, file_name
from app.domain.values import Id
from app.errors import Refused, Unavailable
from app.files import disk_told, written_whole
from app.packages import age
from app.pictures.media_types import named_type
from app.storage import attachment_files
from app.storage.attachment_files import AttachmentFile
from app.storage.named_values import value_of
from app.storage.transaction import Transaction
from app.workspace import ATTACHMENT_KEY, ATTACHMENTS, Workspace

LARGEST: Final = 512 << 20  # bytes of one attachment: one package has room for it
_PIECE: Final = 1 << 20

Keep = Callable[[Transaction], None]


@contextmanager
def taking_in(workspace: Workspace) -> Iterator["Intake"]:
    """Contents encrypted into the workspace one by one; where the block raises, the encrypted files are removed again."""
    with workspace.reading() as connection:
        _, recipient = _key(value_of(connection, ATTACHMENT_KEY))
    intake = Intake(workspace, recipient)
    try:
        yield intake
    except BaseException:
        intake.give_up()
        raise


class Intake:
    """Contents on their way in: `take` each, then `keep` them in the transaction that saves their records."""

    def __init__(self, workspace: Workspace, recipient: str) -> None:
        self._workspace: Final = workspace
        self._recipient: Final = recipient
        self._stored: Final[list[AttachmentFile]] = []

    def take(self, of: Id, name: str, source: BinaryIO, media_type: str = "") -> Attachment:
        """The record of a content read to its end, not saved yet; without a media type the name tells it."""
        kept = self.take_content(source)
        return Attachment(
            id=self._workspace.clock.new_id(),
            of=of,
            name=file_name(name),
            media_type=media_type or named_type(name),
            size=kept.size,
            sha256=kept.sha256,
            added_on=self._workspace.clock.today().date(),
        )

    def take_content(self, source: BinaryIO) -> AttachmentFile:
        """A content read to its end; one that lies in the workspace already is not kept twice."""
        kept = self._encrypted(source)
        if self._held(kept):
            (self._workspace.folder / ATTACHMENTS / kept.file).unlink(missing_ok=True)
        else:
            self._stored.append(kept)
        return kept

    @property
    def new(self) -> int:
        """How many contents were not here before."""
        return len(self._stored)

    def digests(self) -> set[str]:
        """The SHA-256 of each of these."""
        return {each.sha256 for each in self._stored}

    def keep(self, books: Transaction) -> None:
        """Note where the contents lie."""
        attachment_files.keep(books.connection, self._stored)

    def give_up(self) -> None:
        """Remove what was encrypted so far."""
        for kept in self._stored:
            with suppress(OSError):
                (self._workspace.folder / ATTACHMENTS / kept.file).unlink(missing_ok=True)

    def _encrypted(self, source: BinaryIO) -> AttachmentFile:
        file = secrets.token_hex(16)
        digest = hashlib.sha256()
        with written_whole(self._workspace.folder / ATTACHMENTS / file) as target:
            age.encrypt(_hashed(source, digest.update), target.write, [self._recipient])
            read = source.tell()  # a file that grew meanwhile is as long as what was read of it
        return AttachmentFile(digest.hexdigest(), file, read)

    def _held(self, kept: AttachmentFile) -> bool:
        """Whether the same content lies in the workspace already."""
        with self._workspace.reading() as connection:
            known = attachment_files.find(connection, kept.sha256) is not None
        return known or any(each.sha256 == kept.sha256 for each in self._stored)


@contextmanager
def stored_attachments(workspace: Workspace, files: Sequence[tuple[Id, Path]]) -> Iterator[tuple[list[Attachment], Keep]]:
    """Files encrypted into the workspace, as records to be saved, and what to do in the same transaction.

    Where the block raises, the encrypted files are removed again. Raises `Refused("file_missing" | "attachment_large")`.
    """
    with taking_in(workspace) as intake:
        yield [_stored(intake, of, path) for of, path in files], intake.keep


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


def _stored(intake: Intake, of: Id, path: Path) -> Attachment:
    with disk_told(path):
        size = path.stat().st_size
        if size > LARGEST:
            raise Refused("attachment_large", path=str(path), size=size, most=LARGEST)
        with path.open("rb") as source:
            return intake.take(of, path.name, source)


def _hashed(source: BinaryIO, update: Callable[[bytes], None]) -> Iterator[bytes]:
    while piece := source.read(_PIECE):
        update(piece)
        yield piece


def _key(kept: bytes | None) -> tuple[str, str]:
    """The workspace's secret key for attachments, and the recipient they are encrypted to."""
    secret, recipient = (kept or b"\n").decode().split("\n")
    return secret, recipient
