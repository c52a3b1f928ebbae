"""Files added to a record by a person, each looked at by itself; taken off again, brought back, looked at small."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Final

from app.changes import Changes, changes_of
from app.domain.attachment import LARGEST_FILE, LONGEST_SIDE, Attachment, file_name, room_problem
from app.domain.problems import Problem
from app.domain.records import Record
from app.domain.values import Id
from app.errors import AppError, Refused
from app.files import disk_told, written_whole
from app.pictures.media_types import ANY_BYTES, PICTURES, named_type
from app.pictures.picture import NoPicture, reduced, thumbnail, type_of
from app.progress import Progress
from app.queries.attachments import files_of
from app.storage.transaction import Transaction
from app.use_cases.attachments import Intake, taking_in, write_attachment
from app.workspace import Workspace

__all__ = ["NoPicture"]  # what `small_picture` raises, for whoever shows it

LARGEST_READ: Final = 200 << 20  # bytes of a picture that is to be made smaller
_REDUCED: Final = frozenset({"image/jpeg", "image/png", "image/webp"})


@dataclass(frozen=True, slots=True)
class Offered:
    """A file a person offers: one of the disk, or a content without one, made only when it is read."""

    name: str
    source: Path | Callable[[], bytes]

    @classmethod
    def at(cls, path: Path) -> "Offered":
        """The file at a place, by its own name."""
        return cls(path.name, path)

    def digest(self) -> str:
        """The SHA-256 of its content; empty where it cannot be read now."""
        try:
            return sha256(read_offered(self, LARGEST_READ)).hexdigest()
        except (OSError, AppError):
            return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTaken:
    """A file that was not added, and why."""

    file: Offered
    problem: Problem
    smaller_helps: bool = False
    """Whether it is a picture that would have room if it were made smaller."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """What was added, what the record held already by its content, what was not taken; what is odd about what was added."""

    of: Id
    added: tuple[Attachment, ...]
    repeated: tuple[str, ...]
    refused: tuple[NotTaken, ...]
    doubts: tuple[Problem, ...] = ()
    changes: Changes = field(default=Changes.NOTHING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Detached:
    """A file that was taken off its record, or put back."""

    attachment: Attachment
    changes: Changes


def attach(
    workspace: Workspace, of: Id, files: Sequence[Offered], *, smaller: bool = False, progress: Progress | None = None
) -> Attached:
    """Add files to a record; those that cannot be taken keep none of the others back. `smaller` asks for smaller pictures.

    The progress counts bytes. Raises `Refused("record_missing" | "cancelled")`, and `Unavailable` where this disk fails: then
    nothing is added.
    """
    return attach_all(workspace, {of: files}, smaller=smaller, progress=progress)[0]


def attach_all(
    workspace: Workspace,
    files: Mapping[Id, Sequence[Offered]],
    *,
    smaller: bool = False,
    along: Callable[[Transaction], Sequence[Record]] = lambda books: (),
    progress: Progress | None = None,
) -> tuple[Attached, ...]:
    """The same for several records in one transaction; what `along` tells of is saved in it too."""
    told = progress or Progress()
    told.begin("attaching", bytes_offered(each for some in files.values() for each in some))
    with taking_in(workspace) as intake:
        with workspace.reading() as connection:
            held = {of: files_of(connection, of) for of in files}
        sorted_ = [sorted_files(of, some, held[of], intake, told, smaller=smaller) for of, some in files.items()]
        with workspace.writing() as books:
            kinds = [_kind_of(books, each.of) for each in sorted_]
            books.records.save_all([*(added for each in sorted_ for added in each.added), *along(books)])
            intake.keep(books)
    return tuple(each.attached(kind) for each, kind in zip(sorted_, kinds, strict=True))


def sorted_files(
    of: Id, files: Sequence[Offered], held: Sequence[Attachment], intake: Intake, told: Progress, *, smaller: bool
) -> "Sorting":
    """The files sorted, and the contents of those that are added taken in; `held` are those the record has."""
    sorting = Sorting(of, intake, held, smaller=smaller)
    for each in files:
        sorting.take(each)
        told.advance(_size(each))
    return sorting


def detach(workspace: Workspace, id: Id) -> Detached:
    """Take a file off its record; `bring_back` undoes it. Raises `Refused("record_missing")`."""
    with workspace.writing() as books:
        attachment = books.records.get(Attachment, id).record
        books.records.remove([id])
        return Detached(attachment=attachment, changes=_changes(books, attachment))


def bring_back(workspace: Workspace, id: Id) -> Detached:
    """Put a file back that was taken off; one that is there already stays. Raises `Refused("record_missing")`."""
    with workspace.writing() as books:
        stored = books.records.find(id)
        if stored is None or not isinstance(stored.record, Attachment):
            raise Refused("record_missing", kind=Attachment.traits.name, id=id)
        books.records.save(stored.record)
        return Detached(attachment=stored.record, changes=_changes(books, stored.record))


def save_attachment(workspace: Workspace, attachment: Attachment, path: Path) -> None:
    """Write the content to a file, whole or not at all; the journal notes it where it can be written.

    Raises as `write_attachment` does.
    """
    if not workspace.writable:
        _write_to(workspace, attachment, path)
        return
    with workspace.writing() as books:
        _write_to(workspace, attachment, path)
        # Of what is still typed the record is not there yet.
        books.note("file_saved", {}, attachment.id if books.records.find(attachment.id) else attachment.of)


def _write_to(workspace: Workspace, attachment: Attachment, path: Path) -> None:
    with disk_told(path), written_whole(path) as file:
        write_attachment(workspace, attachment.sha256, file.write)


def small_picture(workspace: Workspace, attachment: Attachment, side: int) -> bytes:
    """The picture of an attachment no longer than `side` pixels, as PNG; raises `NoPicture`, and as `write_attachment` does."""
    if attachment.media_type not in PICTURES or attachment.size > LARGEST_READ:
        raise NoPicture
    content = BytesIO()
    write_attachment(workspace, attachment.sha256, content.write)
    return thumbnail(content.getvalue(), side)


def small_offered(file: Offered, side: int) -> bytes:
    """What a file that is offered looks like, no longer than `side` pixels, as PNG; raises `NoPicture`."""
    try:
        return thumbnail(read_offered(file, LARGEST_READ), side)
    except OSError as error:
        raise NoPicture from error


# --- one file ------------------------------------------------------------------------------------------------------


class Sorting:
    """Sorts what is offered into what is added, what is there already, and what cannot be taken."""

    def __init__(self, of: Id, intake: Intake, held: Sequence[Attachment], *, smaller: bool) -> None:
        self.of: Final = of
        self._intake: Final = intake
        self._held: Final = {each.sha256 for each in held}
        self._number = len(held)
        self._smaller: Final = smaller
        self.added: Final[list[Attachment]] = []
        self.repeated: Final[list[str]] = []
        self.refused: Final[list[NotTaken]] = []
        self._doubts: Final[list[Problem]] = []

    def attached(self, kind: str) -> Attached:
        """What came of it for a record of this kind."""
        changes = changes_of({kind}) if self.added else Changes.NOTHING
        return Attached(
            of=self.of,
            added=tuple(self.added),
            repeated=tuple(self.repeated),
            refused=tuple(self.refused),
            doubts=tuple(self._doubts),
            changes=changes,
        )

    def take(self, file: Offered) -> None:
        """Find a file its place."""
        try:
            content = self._content(file)
        except OSError as error:
            code = "file_missing" if isinstance(error, FileNotFoundError) else "file_unreadable"
            self.refused.append(NotTaken(file=file, problem=Problem(code=code, facts={"path": file_name(file.name)})))
            return
        digest = sha256(content).hexdigest()
        if digest in self._held:
            self.repeated.append(file_name(file.name))
        elif problem := room_problem(file_name(file.name), size=_told_size(file, content), held=self._number):
            helps = len(content) > LARGEST_FILE and not self._smaller and named_type(file.name) in _REDUCED
            self.refused.append(NotTaken(file=file, problem=problem, smaller_helps=helps))
        else:
            self._held.add(digest)
            self._number += 1
            type = type_of(file.name, content)
            self.added.append(self._intake.take(self.of, file.name, BytesIO(content), type))
            if named_type(file.name) in PICTURES and type == ANY_BYTES:
                self._doubts.append(Problem(code="picture_by_name_only", hint=True, facts={"path": file_name(file.name)}))

    def _content(self, file: Offered) -> bytes:
        """What is to be kept of a file; of one that is too large no more than it takes to see that."""
        content = read_offered(file, LARGEST_READ if self._smaller else LARGEST_FILE)
        return (reduced(content, LONGEST_SIDE) or content) if self._smaller else content


def read_offered(file: Offered, most: int) -> bytes:
    """The content of a file, one byte more than `most` at the most; raises `OSError`."""
    if not isinstance(file.source, Path):
        return file.source()
    if file.source.exists() and not file.source.is_file():
        raise IsADirectoryError(file.name)  # also what would never end, such as a pipe
    with file.source.open("rb") as opened:
        return opened.read(most + 1)


def bytes_offered(files: Iterable[Offered]) -> int:
    """Bytes of these on the disk, as far as anybody knows yet."""
    return sum(map(_size, files))


def _size(file: Offered) -> int:
    """Bytes on the disk; 0 where nobody knows yet."""
    try:
        return file.source.stat().st_size if isinstance(file.source, Path) else 0
    except OSError:
        return 0


def _told_size(file: Offered, content: bytes) -> int:
    """The bytes to be kept; of a file that was not read to its end, those on the disk."""
    return len(content) if len(content) <= LARGEST_FILE else max(len(content), _size(file))


def _kind_of(books: Transaction, id: Id) -> str:
    stored = books.records.find(id)
    if stored is None or stored.deleted:
        raise Refused("record_missing", kind="", id=id)
    return stored.record.traits.name


def _changes(books: Transaction, attachment: Attachment) -> Changes:
    stored = books.records.find(attachment.of)
    return changes_of({stored.record.traits.name}) if stored else Changes.NOTHING
