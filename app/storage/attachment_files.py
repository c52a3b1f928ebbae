"""Where attachments lie: encrypted files with random names, known by the digest of their content (decision 17)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from app.domain.values import Id
from app.storage.tables import AttachmentFileRow, CurrentRow


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


def find(connection: Connection, sha256: str) -> AttachmentFile | None:
    """Where the content with this digest lies, or None."""
    question = select(AttachmentFileRow.sha256, AttachmentFileRow.file, AttachmentFileRow.size)
    row = connection.execute(question.where(AttachmentFileRow.sha256 == sha256)).first()
    return AttachmentFile(*row) if row else None


def belonging_to(connection: Connection, records: Collection[Id]) -> list[AttachmentFile]:
    """The contents that those of these records are about which are attachments and stand, each once."""
    question = select(CurrentRow.id, func.json_extract(CurrentRow.body, "$.sha256")).where(
        CurrentRow.kind == "attachment", ~CurrentRow.deleted
    )
    digests = dict.fromkeys(str(sha256) for id, sha256 in connection.execute(question) if id in records)
    return [found for sha256 in digests if (found := find(connection, sha256))]


def held_elsewhere(connection: Connection, sha256: str) -> bool:
    """Whether a record that was not erased, removed or not, has this content."""
    digest = func.json_extract(CurrentRow.body, "$.sha256")
    holds = select(CurrentRow.no).where(CurrentRow.kind == "attachment", digest == sha256)
    return connection.execute(holds.limit(1)).first() is not None


def forget(connection: Connection, digests: Collection[str]) -> list[str]:
    """Let these contents lie nowhere any more; returns the names of their files."""
    chosen = AttachmentFileRow.sha256.in_(list(digests))
    files = list(connection.scalars(select(AttachmentFileRow.file).where(chosen)))
    connection.execute(delete(AttachmentFileRow).where(chosen))
    return files
