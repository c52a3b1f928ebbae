"""Checking that everything is as it was left: in two depths, as a person can ask for it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.errors import AppError
from app.progress import Progress
from app.queries.counts import count
from app.storage import attachment_files, soundness
from app.storage.outbox import Outbox
from app.storage.soundness import Finding
from app.use_cases.attachments import write_attachment
from app.workspace import ATTACHMENTS, OUTBOX, Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was looked at, and what was found."""

    lines: int
    records: int
    findings: tuple[Finding, ...]


def check(workspace: Workspace, *, read_data: bool = False, progress: Progress | None = None) -> Checked:
    """Look through the workspace: pages, chain, records, outbox; with `read_data` every sealed page and attachment as well."""
    lines = 0
    findings: list[Finding] = []
    with workspace.reading() as connection:
        findings += soundness.broken_pages(connection)
        for finding in soundness.walked_chain(connection):
            lines += 1
            if finding:
                findings.append(finding)
            if progress:
                progress.advance()
        findings += soundness.records_behind(connection)
        if read_data:
            findings += soundness.forged_pages(connection)
            findings += soundness.unreadable_records(connection)
    findings += _outbox(workspace)
    findings += _attachments(workspace, read_data=read_data)
    return Checked(lines=lines, records=sum(count(workspace).values()), findings=tuple(findings))


def _outbox(workspace: Workspace) -> Iterator[Finding]:
    with workspace.reading() as connection:
        numbers = Outbox(connection).numbers()
    for sent in numbers:
        path = workspace.folder / OUTBOX / sent.file
        if not path.exists() or _sha256(path) != sent.sha256:
            yield Finding(code="outbox_damaged", where=sent.file)


def _attachments(workspace: Workspace, *, read_data: bool) -> Iterator[Finding]:
    with workspace.reading() as connection:
        kept = attachment_files.all_files(connection)
    for each in kept:
        if not (workspace.folder / ATTACHMENTS / each.file).exists():
            yield Finding(code="attachment_missing", where=each.file)
        elif read_data:
            try:
                write_attachment(workspace, each.sha256, lambda piece: None)
            except AppError as error:
                yield Finding(code="attachment_damaged", where=f"{each.file}: {error}")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
