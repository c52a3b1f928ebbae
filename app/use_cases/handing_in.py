"""Handing in: what has not travelled yet is sealed into numbered packages, and sealed bytes are copied wherever they are wanted.

A number is sealed once. Its file lies whole in the outbox before its row is committed, and only committed numbers are copied
out; so a program killed at any point has either taken the number or not (package format 5.1).
"""

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from app import __version__
from app.changes import Changes
from app.domain.epoch import EpochDue
from app.domain.kinds import travelling_kinds
from app.domain.life import PACKAGE_LIFE, PackageEvent
from app.domain.revisions import SCHEMA_VERSION, is_erased
from app.domain.rights import Right
from app.domain.values import Id
from app.errors import AppError, Refused, Unavailable
from app.files import disk_told, sha256_of, written_whole
from app.packages.bundle import Trusted
from app.packages.lines import SCHEMA_SET, columns_of
from app.packages.manifest import Schema
from app.packages.peers_taken import taken_told
from app.packages.replies_held import held_told
from app.packages.seal import Attachment, Contents, Sealed, seal
from app.packages.spool import CAP, Spool
from app.packages.statement import Acks, Heading, Kind, Producer, Sender, Stream
from app.progress import Progress
from app.queries.epochs import epoch_due
from app.queries.rights import check_may
from app.storage import copies, epochs, sisters
from app.storage.outbox import Outbox, Place, Sent
from app.storage.records import Author
from app.use_cases.epochs import remember
from app.use_cases.losses import Losses, noted_losses
from app.use_cases.outgoing_attachments import bytes_read, next_attachments
from app.use_cases.peers import ForSister, seal_for_sisters
from app.use_cases.sealing import sealing_for_body
from app.use_cases.trust import trusted_by
from app.volumes import spot_of
from app.workspace import OUTBOX, Workspace

LEAST_CAP: Final = 8 << 20
"""The smallest size, in bytes, that packages can be kept below: what stands around the content must have room in it."""

_PIECE: Final = 1 << 20
_MARGIN: Final = 1 << 20  # the same lines in another order pack a little differently
_FAT: Final = (4 << 30) - 1  # the largest file that FAT32 can hold
_AROUND: Final = 3 << 20  # the manifest, and what encryption and archive put around the rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """The numbers an export copied to the folder and read back, oldest first; none where there was nothing to send."""

    numbers: tuple[Sent, ...] = ()
    paths: tuple[Path, ...] = ()
    begun: EpochDue | None = None  # where the numbers begin anew with the full state
    not_beside: tuple[AppError, ...] = ()  # why something is not there that was to lie beside the packages, which are
    sisters: tuple[ForSister, ...] = ()  # what goes by the body to the station's other computers
    not_for_sisters: AppError | None = None  # why nothing of that is there, though the packages are
    changes: Changes = Changes.EXCHANGE

    def fingerprints(self) -> tuple[tuple[str, str], ...]:
        """Each file's name with the SHA-256 of its bytes, for whoever wants to compare them elsewhere."""
        return tuple((path.name, sent.sha256) for path, sent in zip(self.paths, self.numbers, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealing:
    """What a sealing found: the epoch it began, and the numbers that lie sealed and are to be copied once more."""

    begun: EpochDue | None
    again: tuple[Sent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """One number copied again and read back."""

    path: Path
    changes: Changes = Changes.EXCHANGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How an export is cut: packed rows at most `rows`, packages below `most` where that can be (0: what the body takes).

    With `records_only` the contents of attachments wait for another export.
    """

    rows: int = CAP
    most: int = 0
    records_only: bool = False

    def __post_init__(self) -> None:
        """Raise `Refused("package_cap_small", least)` for packages that nothing would fit into."""
        if 0 < self.most < LEAST_CAP:
            raise Refused("package_cap_small", least=LEAST_CAP)


@dataclass(frozen=True, slots=True)
class _Room:
    """The bytes that a package may have: `wanted` is kept to where it can be, `hard` always."""

    rows: int
    wanted: int
    hard: int
    records_only: bool


@dataclass(slots=True)
class _Part:
    """The lines of one number while they are gathered."""

    spool: Spool
    first: int
    last: int
    records: dict[str, set[Id]] = field(default_factory=dict)
    withheld: list[int] = field(default_factory=list)
    released: list[int] = field(default_factory=list)
    full: bool = False


Beside = Callable[[Path, Progress], object]
"""Puts something else beside the packages, such as a backup: it is told the folder."""


def export(
    workspace: Workspace,
    folder: Path,
    *,
    progress: Progress | None = None,
    sizes: Sizes = Sizes(),  # a frozen value
    make_folder: bool = True,
    beside: Sequence[Beside] = (),
) -> Exported:
    """Seal what has not travelled into as many numbers as it needs, and copy to `folder` each that nobody has a copy of.

    A number that was sealed before its copy failed, or before the program was killed, goes with the next export. Without
    `make_folder` the folder must be there: one that is made where a stick was would not be on the stick. The progress has the
    stages packing, sealing, copying and reading_back. What sister seats lack goes along, for the body to hand on unread. What is
    `beside` is put there last, also where nothing was to be sent. Where one of these cannot be, the packages are there all the
    same, and the reason is told.
    Raises `Refused("not_allowed" | "no_trust" | "not_enrolled" | "seat_revoked" | "folder_gone" | "cancelled" |
    "package_too_large")`, `Unavailable("disk_full" | "folder_unusable" | "copy_differs" | "outbox_damaged")`.
    """
    check_may(workspace, Right.EXPORT)
    told = progress or Progress()
    sealing_for_body(workspace, trusted_by(workspace))
    _check_folder(folder, make=make_folder)
    sealed = seal_waiting(workspace, told, sizes)
    numbers = (*sealed.again, *_never_copied(workspace))
    paths = tuple(copy_number(workspace, sent.seq, folder, progress=told, make_folder=make_folder) for sent in numbers)
    done = Exported(numbers=numbers, paths=paths, begun=sealed.begun)
    try:
        done = replace(done, sisters=seal_for_sisters(workspace, folder, told, by_body=True))
    except AppError as why:
        done = replace(done, not_for_sisters=why)
    return replace(done, not_beside=tuple(error for put in beside if (error := _failed(put, folder, told))))


def _failed(put: Beside, folder: Path, progress: Progress) -> AppError | None:
    try:
        put(folder, progress)
    except AppError as error:
        return error
    return None


def seal_waiting(workspace: Workspace, progress: Progress, sizes: Sizes = Sizes()) -> Sealing:
    """Seal what has not travelled into as many numbers as it needs; they lie in the outbox and nobody has a copy.

    What was lost on the way is sealed again, a new epoch begun where one is due. Raises as `export` does, but for what concerns
    a folder.
    """
    check_may(workspace, Right.EXPORT)
    trusted = trusted_by(workspace)
    sealing_for_body(workspace, trusted)
    _sweep_outbox(workspace)
    due = epoch_due(workspace)
    losses = Losses() if due else noted_losses(workspace)
    with workspace.reading() as connection:
        # The first number of an epoch carries everything so far; parts that do not fit it are snapshots as well (decision 16).
        kind = Kind.CHANGES if Outbox(connection).last() and not due else Kind.SNAPSHOT
    for lost in losses.lost:
        _seal_again(workspace, trusted, lost, progress)
    room, begins = _room(trusted, sizes), due.epoch if due else None
    while _seal_next(workspace, trusted, kind, progress, room, begins) is not None:
        begins = None
    return Sealing(begun=due, again=losses.again)


def _room(trusted: Trusted, sizes: Sizes) -> _Room:
    hard = min(trusted.policy.max_package_bytes, _FAT)
    wanted = min(hard, sizes.most or hard)
    return _Room(min(sizes.rows, max(wanted - _AROUND, 1)), wanted, hard, sizes.records_only)


def copy_again(workspace: Workspace, seq: int, folder: Path, *, progress: Progress | None = None) -> Copied:
    """A number copied to a folder that is there, as a person asks for it; raises as `copy_number` and `check_may` do."""
    check_may(workspace, Right.EXPORT)
    return Copied(path=copy_number(workspace, seq, folder, progress=progress, make_folder=False))


def copy_number(
    workspace: Workspace, seq: int, folder: Path, *, progress: Progress | None = None, make_folder: bool = True
) -> Path:
    """The same sealed bytes again, in `folder`, read back from there.

    Raises `Refused("package_missing" | "folder_gone" | "cancelled")`, `Unavailable("outbox_damaged" | "copy_differs" |
    "disk_full" | "folder_unusable")`.
    """
    with workspace.reading() as connection:
        sent = Outbox(connection).number(seq)
    source, target = workspace.folder / OUTBOX / sent.file, folder / sent.file
    _check_folder(folder, make=make_folder)
    if not source.is_file() or sha256_of(source) != sent.sha256:
        raise Unavailable("outbox_damaged", seq=seq)
    _check_room(folder, sent.size)
    remember(workspace)
    _copy_and_compare(source, target, sent, progress or Progress())
    with workspace.writing() as books:
        Outbox(books.connection).set_state(sent, PACKAGE_LIFE.after(sent.state, PackageEvent.COPY))
        spot = spot_of(folder)
        copy = copies.Copy(folder=str(folder), at=workspace.clock.now(), volume=spot.volume, within=spot.within)
        copies.note(books.connection, sent.epoch, sent.seq, copy)
        books.note("copied", {"epoch": sent.epoch, "seq": sent.seq, "sha256": sent.sha256})
    return target


def _copy_and_compare(source: Path, target: Path, sent: Sent, progress: Progress) -> None:
    progress.begin("copying", sent.size)
    with _shortfall_told(target.parent, sent.size), disk_told(target.parent):
        with source.open("rb") as file, written_whole(target) as copy:
            while piece := file.read(_PIECE):
                copy.write(piece)
                progress.advance(len(piece))
        progress.begin("reading_back", sent.size)
        try:
            same = sha256_of(target, from_disk=True, tell=progress.advance) == sent.sha256
        except Refused:
            target.unlink(missing_ok=True)  # stopped before it was known to be whole
            raise
        if not same:
            target.unlink(missing_ok=True)
            raise Unavailable("copy_differs", path=str(target))


def _check_folder(folder: Path, *, make: bool) -> None:
    with disk_told(folder):
        if make:
            folder.mkdir(parents=True, exist_ok=True)
        elif not folder.is_dir():
            raise Refused("folder_gone", path=str(folder))


def _check_room(folder: Path, size: int) -> None:
    """A disk that says how large it is and has no room is said to be full before a long copy ends so."""
    with disk_told(folder):
        space = shutil.disk_usage(folder)
    if space.total and space.free < size:
        raise Unavailable("disk_full", path=str(folder), missing=size - space.free)


@contextmanager
def _shortfall_told(folder: Path, size: int) -> Iterator[None]:
    """A full disk is told with the bytes that are missing, a folder that went away while it was written as one that is gone."""
    try:
        yield
    except AppError as error:
        if error.code == "disk_full":
            with disk_told(folder):
                free = shutil.disk_usage(folder).free
            if free < size:
                raise Unavailable("disk_full", path=str(folder), missing=size - free) from error
        # Where a mount point stays behind, what was begun on the stick is gone though a folder is there.
        if error.code == "file_missing" or (error.code == "disk_failed" and not folder.is_dir()):
            raise Refused("folder_gone", path=str(folder)) from error
        raise


def _never_copied(workspace: Workspace) -> tuple[Sent, ...]:
    with workspace.reading() as connection:
        outbox = Outbox(connection)
        epoch = epochs.epoch_of(connection)  # an earlier one's numbers are carried again by the newest
        return tuple(sent for sent in reversed(outbox.numbers()) if (sent.epoch, sent.state) == (epoch, PACKAGE_LIFE.start))


def _seal_next(
    workspace: Workspace, trusted: Trusted, kind: Kind, progress: Progress, room: _Room, begins: int | None = None
) -> Sent | None:
    kinds = travelling_kinds(contact=trusted.policy.contact)
    with workspace.reading() as connection:
        outbox = Outbox(connection)
        place = outbox.next_place(begins)
        progress.begin("packing", outbox.newest_line() - place.after)
        part = _gather(outbox, workspace.author, set(kinds), place.after, room.rows, progress)
        tables = part.spool.finish()
        left = room.wanted - _AROUND - sum(each.bytes for each in tables)
        later = part.full or room.records_only or begins
        attachments = [] if later else next_attachments(workspace, outbox, progress, left, beside_rows=bool(part.records))
        receipt, have = outbox.last_receipt()[0], _have(outbox, trusted)
    if not part.records and not attachments:
        return None
    sealing = sealing_for_body(workspace, trusted)
    heading = _heading(workspace, trusted, sealing.suite, kind, place, receipt)
    contents = Contents(
        schema=Schema(set=SCHEMA_SET, version=SCHEMA_VERSION, min_reader=SCHEMA_VERSION),
        tables=tables,
        columns={name: columns_of(kinds[name]) for name in part.records},
        attachments=attachments,
        change_range=(part.first, part.last) if part.records and part.first <= part.last else None,
        have=have,
    )
    target = workspace.folder / OUTBOX / _file_name(heading)
    progress.begin("sealing", bytes_read(attachments))
    sealed = seal(target, heading, contents, recipients=sealing.recipients, signer=sealing.signer)
    if sealed.bytes > room.hard:
        target.unlink(missing_ok=True)
        raise Refused("package_too_large", size=sealed.bytes, most=room.hard)
    return _take_number(workspace, part, sealed, target, attachments)


def _gather(outbox: Outbox, author: Author, kinds: set[str], after: int, cap: int, progress: Progress) -> _Part:
    """The lines of the next number, in the journal's order, until it is full."""
    undone = outbox.undone_unsent(max(after, outbox.travelled_through()))
    held_back = set(travelling_kinds(contact=True)) - kinds
    part, own = _Part(Spool(cap), first=after + 1, last=after), _owned_by(author)
    for line in outbox.candidates(author.by, kinds, held_back, after):
        if line.record in undone or line.kind in held_back:
            if not line.withheld:
                part.withheld.append(line.seq)
        elif is_erased(line.line) or own not in line.line:
            pass  # what was erased before it went does not go; nor what was written here into a record of the body's
        elif not part.spool.add(line.kind, line.line):
            part.full = True
            break
        else:
            part.records.setdefault(line.kind, set()).add(line.record)
            if line.withheld:
                part.released.append(line.seq)
        progress.advance(max(0, line.seq - part.last))
        part.last = max(part.last, line.seq)
    if not part.full:
        part.last = max(part.last, outbox.newest_line())
    return part


def _owned_by(author: Author) -> bytes:
    """What stands in the header of each line of the station's own records, and nowhere else in a line."""
    return f'"_owner":"{author.owner}"'.encode()


def _seal_again(workspace: Workspace, trusted: Trusted, lost: Sequence[Sent], progress: Progress) -> Sent:
    """What lost numbers carried, under the next number; where nothing is left of it, the number says that they are lost."""
    kinds = travelling_kinds(contact=trusted.policy.contact)
    part = _Part(Spool(CAP + _MARGIN), first=lost[0].first, last=lost[0].last)
    with workspace.reading() as connection:
        outbox = Outbox(connection)
        place, receipt = outbox.next_place(None), outbox.last_receipt()[0]
        have = _have(outbox, trusted)
        progress.begin("packing", max(0, part.last - part.first + 1))
        for line in outbox.carried_by(lost[0], workspace.author.by):
            if line.kind in kinds and not is_erased(line.line) and _owned_by(workspace.author) in line.line:
                if not part.spool.add(line.kind, line.line):
                    raise Unavailable("outbox_damaged", seq=lost[0].seq)  # the same lines fitted before
                part.records.setdefault(line.kind, set()).add(line.record)
                if line.withheld:
                    part.released.append(line.seq)
            progress.advance()
    fills = tuple(sorted(each.seq for each in lost))
    sealing = sealing_for_body(workspace, trusted)
    kind = Kind.CHANGES if part.records else Kind.VOID
    heading = _heading(workspace, trusted, sealing.suite, kind, place, receipt, fills)
    contents = Contents(
        schema=Schema(set=SCHEMA_SET, version=SCHEMA_VERSION, min_reader=SCHEMA_VERSION),
        tables=part.spool.finish(),
        columns={name: columns_of(kinds[name]) for name in part.records},
        change_range=(part.first, part.last) if part.records else None,
        have=have,
    )
    target = workspace.folder / OUTBOX / _file_name(heading)
    progress.begin("sealing", 0)
    sealed = seal(target, heading, contents, recipients=sealing.recipients, signer=sealing.signer)
    return _take_number(workspace, part, sealed, target, [])


def _take_number(workspace: Workspace, part: _Part, sealed: Sealed, target: Path, attachments: list[Attachment]) -> Sent:
    stream = sealed.statement.stream
    sent = Sent(
        epoch=stream.epoch,
        seq=stream.seq,
        kind=sealed.statement.kind,
        digest=sealed.digest,
        first=part.first,
        last=part.last,
        made=sealed.statement.created,
        file=target.name,
        size=sealed.bytes,
        sha256=sha256_of(target),
        records={kind: len(records) for kind, records in sorted(part.records.items())},
        state=PACKAGE_LIFE.start,
        secret=sealed.secret,
    )
    with workspace.writing() as books:
        outbox = Outbox(books.connection)
        if sent.epoch > epochs.epoch_of(books.connection):
            outbox.begin_epoch()
            epochs.begun(books.connection)
        outbox.add(sent, part.withheld, part.released)
        outbox.attachments_sent({each.place.id.removeprefix("sha256:") for each in attachments}, sent.seq)
        books.note("exported", {"epoch": sent.epoch, "seq": sent.seq, "digest": sent.digest, "records": sent.records})
    return sent


def _have(outbox: Outbox, trusted: Trusted) -> Mapping[str, int]:
    """What of the body's replies and of sister seats' packages is here: the others the body lays out again."""
    return held_told(trusted.trust_list.body.id, outbox.replies_taken()) | taken_told(sisters.taken(outbox.connection))


def _heading(
    workspace: Workspace, trusted: Trusted, suite: str, kind: Kind, place: Place, receipt: int, fills: tuple[int, ...] = ()
) -> Heading:
    return Heading(
        suite=suite,
        kind=kind,
        package_id=workspace.clock.new_id(),
        sender=Sender(province=trusted.trust_list.province, station=workspace.author.owner, seat=workspace.author.by),
        to=(trusted.trust_list.body.code,),
        stream=Stream(epoch=place.epoch, seq=place.seq, prev=place.prev, fills=fills),
        created=workspace.clock.now().replace(microsecond=0),
        acks=Acks(receipt_seq=receipt, trust_version=trusted.trust_list.version),
        producer=Producer(app="liaison-station", version=__version__),
    )


def _file_name(heading: Heading) -> str:
    """A hint for people; nothing is decided from it."""
    sender, stream = heading.sender, heading.stream
    return f"llz-{sender.station[-12:]}-{sender.seat[:4]}-e{stream.epoch}-{stream.seq:08d}.llz"


def _sweep_outbox(workspace: Workspace) -> None:
    """Remove files of numbers that were never taken: sealed by a program that was killed before it could say so."""
    with workspace.reading() as connection:
        taken = {sent.file for sent in Outbox(connection).numbers()}
    for path in (workspace.folder / OUTBOX).glob("*.llz"):
        if path.name not in taken:
            path.unlink(missing_ok=True)
