"""Files of a record that is still being typed: their contents lie encrypted at once, their records wait with the draft."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from app.changes import Changes
from app.domain.attachment import Attachment
from app.domain.values import Id, Json
from app.progress import Progress
from app.queries.attachments import contents_unnamed
from app.storage import attachment_files, drafts
from app.use_cases.attachment_desk import Attached, Offered, bytes_offered, sorted_files
from app.use_cases.attachments import taking_in
from app.workspace import ATTACHMENTS, Workspace


def take_waiting(
    workspace: Workspace,
    of: Id,
    files: Sequence[Offered],
    held: Sequence[Attachment],
    *,
    smaller: bool = False,
    progress: Progress | None = None,
) -> Attached:
    """Take the contents of files in for a record that is not saved; `held` are those it has. No attachment is saved yet.

    Raises `Refused("cancelled")`, and `Unavailable` where this disk fails: then nothing is taken.
    """
    told = progress or Progress()
    told.begin("attaching", bytes_offered(files))
    with taking_in(workspace) as intake:
        sorting = sorted_files(of, files, held, intake, told, smaller=smaller)
        with workspace.writing() as books:
            intake.keep(books)
    return replace(sorting.attached(""), changes=Changes.NOTHING)


def sweep_contents(workspace: Workspace) -> int:
    """Remove the contents that neither a record nor a draft names: of pictures that were given up. Returns how many."""
    with workspace.writing() as books:
        kept = {sha256 for draft in drafts.kept(books.connection) for sha256 in _named(draft.body)}
        gone = [each for each in contents_unnamed(books.connection) if each.sha256 not in kept]
        attachment_files.forget(books.connection, [each.sha256 for each in gone])
    for each in gone:
        with suppress(OSError):  # a file that nobody can open any more
            (workspace.folder / ATTACHMENTS / each.file).unlink(missing_ok=True)
    return len(gone)


def _named(body: Mapping[str, Json]) -> list[str]:
    files = body.get("files")
    told = files if isinstance(files, list) else []
    return [str(each["body"].get("sha256", "")) for each in told if isinstance(each, dict) and isinstance(each.get("body"), dict)]
