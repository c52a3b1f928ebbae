"""A computer that leaves its station says goodbye: what only it knows goes out once more, and it is for reading alone."""

from dataclasses import dataclass, replace
from pathlib import Path

from app.changes import Changes
from app.domain.rights import Right
from app.domain.station import SeatRole, SeatStatus
from app.errors import Refused
from app.progress import Progress
from app.queries.rights import check_may
from app.storage import drafts
from app.use_cases.handing_in import export
from app.use_cases.peers import export_for_sisters
from app.use_cases.seats import record_of, seats
from app.use_cases.trust import believed
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Goodbye:
    """The files that hold what others did not have yet: they are brought to the body, or to the other computers."""

    paths: tuple[Path, ...]
    changes: Changes = ~Changes.NOTHING


def say_goodbye(workspace: Workspace, folder: Path, *, leave_drafts: bool = False, progress: Progress | None = None) -> Goodbye:
    """Note that this computer is retired, and write into `folder` what has not travelled; from then on it is for reading alone.

    Where the folder cannot be written the computer is retired all the same, and the files are written again by handing in. What
    was typed and never saved goes nowhere. Raises `Refused("not_allowed" | "not_here" | "seat_last_full")`,
    `Refused("drafts_unfinished", count)` unless `leave_drafts`, and what handing in raises.
    """
    check_may(workspace, Right.SETTINGS)
    others = [each for each in seats(workspace) if not each.own and each.writes and each.role is SeatRole.FULL]
    if not others:
        raise Refused("seat_last_full")
    with workspace.reading() as connection:
        unfinished = len(drafts.kept(connection))
    if unfinished and not leave_drafts:
        raise Refused("drafts_unfinished", count=unfinished)
    today = workspace.clock.today().date()
    with workspace.writing() as books:
        record = record_of(workspace, books.connection, workspace.author.by)
        books.records.save(replace(record, status=SeatStatus.RETIRED, retired_on=today))
    if believed(workspace) is not None:
        exported = export(workspace, folder, progress=progress)
        return Goodbye(paths=(*exported.paths, *(path for each in exported.sisters for path in each.paths)))
    sealed = export_for_sisters(workspace, folder, progress=progress)
    return Goodbye(paths=tuple(path for each in sealed.sisters for path in each.paths))
