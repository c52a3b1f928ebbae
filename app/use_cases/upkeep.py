"""Checking that everything is as it was left: in two depths, as a person can ask for it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from app.errors import AppError, Unavailable
from app.files import sha256_of
from app.progress import Progress
from app.queries.counts import count
from app.storage import attachment_files, soundness
from app.storage.database import Connection
from app.storage.outbox import Outbox
from app.storage.soundness import Finding
from app.use_cases.attachments import write_attachment
from app.workspace import ATTACHMENTS, OUTBOX, Workspace

_Findings = Iterable[Finding | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was looked at, and what was found; records are not counted where a damaged page hides them."""

    lines: int
    records: int
    findings: tuple[Finding, ...]


def check(workspace: Workspace, *, read_data: bool = False, progress: Progress | None = None) -> Checked:
    """Look through the workspace: pages, chain, records, outbox; with `read_data` every sealed page, record and attachment.

    The progress has the stages pages, journal, records and files; raises `Refused("cancelled")`.
    """
    told = progress or Progress()
    told.begin("pages")
    pages = [*_looked(workspace, soundness.forged_pages)] if read_data else []
    pages += _looked(workspace, soundness.broken_pages)
    told.begin("journal", _newest_line(workspace))
    chain = list(_looked(workspace, lambda connection: _stepped(soundness.walked_chain(connection), told)))
    told.begin("records", _number(workspace) if read_data else 0)
    records = [*_looked(workspace, soundness.records_behind), *_looked(workspace, soundness.miscounted)]
    if read_data:
        records += _looked(workspace, lambda connection: _stepped(soundness.altered_records(connection), told))
    files = list(_told(workspace, _outbox(workspace, told)))
    files += _told(workspace, _attachments(workspace, told, read_data=read_data))
    found = dict.fromkeys(each for each in (*pages, *chain, *records, *files) if each is not None)
    return Checked(lines=len(chain), records=_number(workspace), findings=tuple(found))


def verify_chain(workspace: Workspace, progress: Progress | None = None) -> Checked:
    """Follow the journal alone, from its first line on: quick enough for every start. Raises `Refused("cancelled")`."""
    told = progress or Progress()
    told.begin("journal", _newest_line(workspace))
    chain = list(_looked(workspace, lambda connection: _stepped(soundness.walked_chain(connection), told)))
    return Checked(lines=len(chain), records=0, findings=tuple(each for each in chain if each is not None))


def _stepped(findings: _Findings, progress: Progress) -> Iterator[Finding | None]:
    for finding in findings:
        progress.advance()
        yield finding


def _newest_line(workspace: Workspace) -> int:
    try:
        with workspace.reading() as connection:
            return Outbox(connection).newest_line()
    except Unavailable:  # a damaged page hides it; the walk will find that
        return 0


def _looked(workspace: Workspace, look: Callable[[Connection], _Findings]) -> _Findings:
    def looking() -> Iterator[Finding | None]:
        with workspace.reading() as connection:
            yield from look(connection)

    return _told(workspace, looking())


def _told(workspace: Workspace, findings: _Findings) -> _Findings:
    """The findings; where a damaged page ends them, that is found as well."""
    try:
        yield from findings
    except Unavailable as error:
        yield Finding(code=error.code, where=workspace.database.path.name)


def _number(workspace: Workspace) -> int:
    try:
        return sum(count(workspace).values())
    except Unavailable:
        return 0


def _outbox(workspace: Workspace, progress: Progress) -> Iterator[Finding]:
    with workspace.reading() as connection:
        numbers = [each for each in Outbox(connection).numbers() if each.file]
    progress.begin("files", len(numbers))
    for sent in numbers:
        progress.advance()
        path = workspace.folder / OUTBOX / sent.file
        if not path.exists() or sha256_of(path) != sent.sha256:
            yield Finding(code="outbox_damaged", where=sent.file)


def _attachments(workspace: Workspace, progress: Progress, *, read_data: bool) -> Iterator[Finding]:
    with workspace.reading() as connection:
        kept = attachment_files.all_files(connection)
    progress.begin("files", len(kept))
    for each in kept:
        progress.advance()
        if not (workspace.folder / ATTACHMENTS / each.file).exists():
            yield Finding(code="attachment_missing", where=each.file)
        elif read_data:
            try:
                write_attachment(workspace, each.sha256, lambda piece: None)
            except AppError as error:
                yield Finding(code="attachment_damaged", where=f"{each.file}: {error}")
