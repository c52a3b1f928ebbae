"""Where attachments lie: encrypted files with random names, known by the digest of their content (decision 17)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from app.storage.tables import AttachmentFileRow


@dataclass(frozen=True, slots=True)
class AttachmentFile:
    """One stored content: the SHA-256 of the plain bytes, the name of its file, its plain size."""

    sha256: str
    file: str
    size: int


def keep(connection: Connection, files: Sequence[AttachmentFile]) -> None:
    """Note where contents lie; one that is known already stays where it is."""
    rows = [{"sha256": each.sha256, "file": each.file, "size": each.size, "sent_in": None} for each in files]
    if rows:
        connection.execute(insert(AttachmentFileRow).on_conflict_do_nothing(), rows)


def all_files(connection: Connection) -> list[AttachmentFile]:
    """Every stored content."""
    rows = connection.execute(select(AttachmentFileRow.sha256, AttachmentFileRow.file, AttachmentFileRow.size))
    return [AttachmentFile(*row) for row in rows]


def forget(connection: Connection, digests: Sequence[str]) -> None:
    """Know no more where these contents lie."""
    for each in digests:
        connection.execute(delete(AttachmentFileRow).where(AttachmentFileRow.sha256 == each))


def find(connection: Connection, sha256: str) -> AttachmentFile | None:
    """Where the content with this digest lies, or None."""
    question = select(AttachmentFileRow.sha256, AttachmentFileRow.file, AttachmentFileRow.size)
    row = connection.execute(question.where(AttachmentFileRow.sha256 == sha256)).first()
    return AttachmentFile(*row) if row else None
