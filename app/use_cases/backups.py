"""Backups: one moment of the whole workspace in a folder of its own, encrypted as it lies, proven before it has its name.

The form is told in `docs/backup.md`. A backup is made on a connection that only reads, so that work goes on beside it.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from app.changes import Changes
from app.domain import backup_thinning
from app.domain.rights import Right
from app.domain.station import Station
from app.errors import AppError, Refused, Unavailable
from app.files import disk_told, folder_whole, sha256_of, sweep_parts, sync_folder, written_whole
from app.keys.slot_file import FILE_NAME as SLOTS_FILE
from app.keys.slot_file import read_slots
from app.progress import Progress
from app.queries.relations import own_station
from app.queries.rights import check_may
from app.storage import attachment_files, backup_notes
from app.storage.backup_file import (
    CONTENTS,
    PREFIX,
    STAMP,
    BackedFile,
    Backup,
    BackupReason,
    FoundBackup,
    backups_in,
    content_path,
    read_backup,
    write_backup,
)
from app.storage.backup_notes import BackupNote, BackupNotes
from app.storage.database import open_database
from app.storage.outbox import Outbox
from app.storage.snapshot import Contents, clear_database, contents_of, copy_database, prove_pages
from app.storage.writer_lock import backup_lock
from app.workspace import ATTACHMENTS, DATABASE_FILE, OUTBOX, Workspace

__all__ = ["BackupReason", "FoundBackup"]  # what a window shows of them

HERE: Final = "backups"  # beside the workspace, on the same disk: against mistakes, not against its loss
_COPY: Final = "backup-copy.db"
_PIECE: Final = 1 << 20
_ROOM: Final = 1 << 20  # for names and the file that tells of the backup
_SHARED: Final = (ATTACHMENTS, OUTBOX)


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUp:
    """A backup that was made and read back; `missing` names files that are not in the workspace any more."""

    folder: Path
    made: datetime
    contents: Contents
    files: int
    copied: int  # bytes that were not in an earlier backup there
    missing: tuple[str, ...]
    removed: tuple[str, ...]
    changes: Changes = Changes.STATION


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupsMade:
    """What came of a turn of backups, place by place; `problems` holds the errors of those that could not be made."""

    made: tuple[BackedUp, ...]
    problems: tuple[AppError, ...]
    changes: Changes = Changes.STATION


# --- one backup ----------------------------------------------------------------------------------------------------


def back_up(
    workspace: Workspace, target: Path, *, reason: BackupReason = BackupReason.ASKED, progress: Progress | None = None
) -> BackedUp:
    """A backup of the workspace under the folder `target`, proven; older ones there are thinned out.

    The progress has the stages snapshot, proof, files and reading. Raises `Refused("folder_gone" | "backup_running" |
    "backup_inside" | "cancelled")`, `Unavailable("disk_full" | "folder_unusable" | "disk_failed" | "database_damaged" |
    "backup_unproven")`; nothing half made has a backup's name.
    """
    told = progress or Progress()
    _check_target(workspace, target)
    copy = workspace.folder / _COPY
    with _target_told(target), backup_lock(workspace.folder):
        try:
            backup, missing = _snapshot(workspace, copy, reason, told)
            return _laid_down(workspace, target, copy, backup, missing, told)
        finally:
            clear_database(copy)


def _check_target(workspace: Workspace, target: Path) -> None:
    if not target.is_dir():
        raise Refused("folder_gone", path=str(target))
    if target.resolve().is_relative_to(workspace.folder.resolve()):
        raise Refused("backup_inside", path=str(target))


@contextmanager
def _target_told(target: Path) -> Iterator[None]:
    """A device that was pulled is told as that, whatever the system said of it."""
    try:
        yield
    except (AppError, OSError) as error:
        if not target.is_dir():
            raise Refused("folder_gone", path=str(target)) from error
        raise


def _snapshot(workspace: Workspace, copy: Path, reason: BackupReason, told: Progress) -> tuple[Backup, tuple[str, ...]]:
    """What is to be backed up, its database copied aside and proven there."""
    told.begin("snapshot")

    def copied(done: int, total: int) -> None:
        told.total = total
        told.advance(done - told.step)

    copy_database(workspace.database, copy, workspace.database.key, copied)
    told.begin("proof")
    database = open_database(copy, workspace.database.key)
    try:
        with database.reading() as connection:
            prove_pages(connection)
            contents = contents_of(connection)
            station: Station = own_station(workspace, connection)
            wanted = [(f"{ATTACHMENTS}/{each.file}", "") for each in attachment_files.all_files(connection)]
            wanted += [(f"{OUTBOX}/{each.file}", each.sha256) for each in Outbox(connection).numbers() if each.file]
    finally:
        database.close()
    _one_file(copy)
    there = [(path, sha256) for path, sha256 in wanted if (workspace.folder / path).is_file()]
    if not read_slots(workspace.folder / SLOTS_FILE).fits(workspace.database.key):
        raise Unavailable("keyslots_damaged", reason="kcv")  # nobody could open the backup
    own = [_described(workspace.folder / SLOTS_FILE, SLOTS_FILE), _described(copy, DATABASE_FILE)]
    shared = [BackedFile(path=path, sha256=sha256, size=(workspace.folder / path).stat().st_size) for path, sha256 in there]
    backup = Backup(
        db=workspace.author.owner,
        seat=workspace.author.by,
        station=station.name,
        made=workspace.clock.now().replace(microsecond=0),
        reason=reason,
        contents=contents,
        files=(*own, *shared),
    )
    return backup, tuple(sorted({path for path, _ in wanted} - {path for path, _ in there}))


def _one_file(copy: Path) -> None:
    """Opening the copy gave it a log again, which closing emptied."""
    for ending in ("-wal", "-shm"):
        copy.with_name(copy.name + ending).unlink(missing_ok=True)


def _described(path: Path, name: str) -> BackedFile:
    return BackedFile(path=name, sha256=sha256_of(path), size=path.stat().st_size)


def _laid_down(
    workspace: Workspace, target: Path, copy: Path, backup: Backup, missing: tuple[str, ...], told: Progress
) -> BackedUp:
    root = target / (PREFIX + workspace.author.by)
    with disk_told(root):
        (root / CONTENTS).mkdir(parents=True, exist_ok=True)
        sweep_parts(root / CONTENTS)
        for left in root.glob("*Z.part"):
            shutil.rmtree(left, ignore_errors=True)
    known = _known(root)
    files = [_with_digest(workspace, each, known) for each in backup.files]
    backup = replace(backup, files=tuple(files))
    while (final := root / backup.made.strftime(STAMP)).exists():  # two within a second
        backup = replace(backup, made=backup.made + timedelta(seconds=1))
    fresh = [each for each in files if _is_fresh(root, each)]
    _check_room(target, sum(each.size for each in fresh))
    told.begin("files", sum(each.size for each in fresh))
    with folder_whole(final) as part:
        sources = {DATABASE_FILE: copy}
        for each in fresh:
            place = content_path(part, each)
            _copied(sources.get(each.path, workspace.folder / each.path), place, each, told)
        write_backup(part, backup, workspace.database.key)
        told.begin("reading", sum(each.size for each in fresh))
        for each in fresh:
            _read_back(content_path(part, each), each, told)
        _read_back_words(part, backup, workspace.database.key)
        sync_folder(part)
    return BackedUp(
        folder=final,
        made=backup.made,
        contents=backup.contents,
        files=len(files),
        copied=sum(each.size for each in fresh),
        missing=missing,
        removed=_thin(root),
    )


def _known(root: Path) -> Mapping[str, BackedFile]:
    """The shared files of all backups there by their names, which are never used twice."""
    held = [each.backup for each in backups_in(root) if each.backup]
    return {file.path: file for backup in held for file in backup.files if "/" in file.path}


def _with_digest(workspace: Workspace, file: BackedFile, known: Mapping[str, BackedFile]) -> BackedFile:
    """The file with its digest, taken from an earlier backup where it is known: its content never changes."""
    before = known.get(file.path)
    if file.sha256 or (before and before.size == file.size):
        return file if file.sha256 else replace(file, sha256=before.sha256 if before else "")
    return replace(file, sha256=sha256_of(workspace.folder / file.path))


def _is_fresh(root: Path, file: BackedFile) -> bool:
    """Whether a file is to be copied: all that is the backup's own, and of the shared ones what is not there whole."""
    if "/" not in file.path:
        return True
    there = root / CONTENTS / file.sha256
    return not there.is_file() or there.stat().st_size != file.size


def _check_room(target: Path, needed: int) -> None:
    with disk_told(target):
        room = shutil.disk_usage(target)
    if room.total and room.free < needed + _ROOM:  # some network places tell nothing
        raise Unavailable("disk_full", path=str(target), missing=needed + _ROOM - room.free)


def _copied(source: Path, place: Path, file: BackedFile, told: Progress) -> None:
    if place.parent.name == CONTENTS and place.is_file() and place.stat().st_size == file.size:
        return  # the same content under two names
    with disk_told(source), source.open("rb") as data, written_whole(place) as out:
        while piece := data.read(_PIECE):
            out.write(piece)
            told.advance(len(piece))


def _read_back(place: Path, file: BackedFile, told: Progress) -> None:
    if sha256_of(place, from_disk=True, tell=told.advance) != file.sha256:
        raise Unavailable("backup_unproven", path=str(place))


def _read_back_words(part: Path, backup: Backup, key: bytes) -> None:
    if read_backup(part, key) != backup:
        raise Unavailable("backup_unproven", path=str(part))


# --- thinning ------------------------------------------------------------------------------------------------------


def _thin(root: Path) -> tuple[str, ...]:
    """Remove what the rule lets go of, then contents that no backup names; where one cannot be read nothing is removed."""
    there = backups_in(root)
    held = [(each.folder, each.backup) for each in there if each.backup]
    if len(held) < len(there):
        return ()
    stays = backup_thinning.kept([backup.made for _folder, backup in held])
    gone = [folder for folder, backup in held if backup.made not in stays]
    with disk_told(root):
        for folder in gone:
            # Renamed first: what is removed half has no backup's name any more.
            leaving = folder.rename(folder.with_name(folder.name + ".part"))
            shutil.rmtree(leaving)
        named = {file.sha256 for _folder, backup in held if backup.made in stays for file in backup.files}
        for content in (root / CONTENTS).iterdir() if gone else ():
            if content.name not in named:
                content.unlink(missing_ok=True)
    return tuple(folder.name for folder in gone)


# --- by itself -----------------------------------------------------------------------------------------------------


def back_up_all(workspace: Workspace, *, reason: BackupReason, progress: Progress | None = None) -> BackupsMade:
    """A backup beside the workspace and in the place that was chosen; unasked, only where none is of what stands now.

    What cannot be made is noted and told, never raised: no work waits for a backup. Raises `Refused("cancelled")`.
    """
    with workspace.reading() as connection:
        notes, newest = backup_notes.notes_in(connection), Outbox(connection).newest_line()
    here = workspace.folder.parent / HERE
    turns: list[tuple[str, Path, BackupNote]] = [("here", here, notes.here)]
    if notes.folder:
        turns.append(("there", Path(notes.folder), notes.there))
    made: list[BackedUp] = []
    problems: list[AppError] = []
    for name, target, note in turns:
        if reason is not BackupReason.ASKED and note.at and note.lines == newest and not note.code:
            continue
        told = _tried(partial(_made_in, workspace, here, target, reason, progress))
        with suppress(AppError):  # told to the person all the same
            _note(workspace, name, target, told)
        if isinstance(told, AppError):
            problems.append(told)
        else:
            made.append(told)
    return BackupsMade(made=tuple(made), problems=tuple(problems))


def put_beside(workspace: Workspace) -> Callable[[Path, Progress], BackedUp]:
    """What an export calls so that a backup lies beside its packages; it raises as `back_up` does."""
    return lambda folder, progress: back_up(workspace, folder, progress=progress)


def before_import(workspace: Workspace, progress: Progress) -> BackupsMade:
    """What stands is backed up before an import adds to it; raises as `back_up_all` does."""
    return back_up_all(workspace, reason=BackupReason.IMPORT, progress=progress)


def _made_in(workspace: Workspace, here: Path, target: Path, reason: BackupReason, progress: Progress | None) -> BackedUp:
    if target == here:
        with disk_told(here):
            here.mkdir(exist_ok=True)
    return back_up(workspace, target, reason=reason, progress=progress)


def _tried(act: Callable[[], BackedUp]) -> BackedUp | AppError:
    try:
        return act()
    except AppError as error:
        if error.code == "cancelled":
            raise
        return error


def _note(workspace: Workspace, name: str, target: Path, told: BackedUp | AppError) -> None:
    if not workspace.writable:
        return
    with workspace.writing() as books:
        notes = backup_notes.notes_in(books.connection)
        if name == "there" and Path(notes.folder) != target:
            return  # another one was chosen meanwhile
        before: BackupNote = notes.here if name == "here" else notes.there
        if isinstance(told, AppError):
            after = replace(before, code=told.code, facts={"path": str(told.facts.get("path", target))})
        else:
            after = BackupNote(at=told.made, lines=told.contents.lines)
        put = replace(notes, here=after) if name == "here" else replace(notes, there=after)
        backup_notes.put_notes(books.connection, put)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceChosen:
    """The second place of backups is another one."""

    folder: str
    changes: Changes = Changes.STATION


def choose_place(workspace: Workspace, folder: Path | None) -> PlaceChosen:
    """Back up to `folder` as well from now on; None: to no second place.

    Raises `Refused("not_allowed" | "folder_gone" | "backup_inside")`.
    """
    check_may(workspace, Right.SETTINGS)
    if folder is not None:
        _check_target(workspace, folder)
    place = str(folder) if folder else ""
    with workspace.writing() as books:
        notes = backup_notes.chosen(backup_notes.notes_in(books.connection), place)
        backup_notes.put_notes(books.connection, notes)
    return PlaceChosen(folder=place)


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupState:
    """What is noted of both places, and what lies there now, newest first; `there` is empty where the folder is away."""

    notes: BackupNotes
    place: Path
    here: Sequence[FoundBackup]
    there: Sequence[FoundBackup]
    there_is: bool


def backup_state(workspace: Workspace) -> BackupState:
    """One look at the backups of this computer."""
    with workspace.reading() as connection:
        notes = backup_notes.notes_in(connection)
    here = workspace.folder.parent / HERE
    own = PREFIX + workspace.author.by
    return BackupState(
        notes=notes,
        place=here,
        here=_own_in(here / own),
        there=_own_in(Path(notes.folder) / own) if notes.folder else (),
        there_is=bool(notes.folder) and Path(notes.folder).is_dir(),
    )


def _own_in(root: Path) -> Sequence[FoundBackup]:
    try:
        return backups_in(root)
    except AppError:
        return ()
