"""Handing in: what has not travelled yet is sealed into numbered packages, and sealed bytes are copied wherever they are wanted.

A number is sealed once. Its file lies whole in the outbox before its row is committed, and only committed numbers are copied
out; so a program killed at any point has either taken the number or not (package format 5.1).
"""

import shutil
from collections.abc import Generator
from dataclasses import dataclass, field
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import Final

from app import __version__
from app.domain.kinds import travelling_kinds
from app.domain.life import PACKAGE_LIFE, PackageEvent
from app.domain.revisions import SCHEMA_VERSION
from app.domain.values import Id
from app.errors import Refused, Unavailable
from app.files import disk_told, sha256_of, written_whole
from app.packages import age
from app.packages.bundle import Trusted
from app.packages.lines import SCHEMA_SET, columns_of
from app.packages.manifest import LARGEST_CHUNK, BlobPlace, Schema
from app.packages.seal import SUITE, Attachment, Contents, Sealed, seal
from app.packages.spool import CAP, Spool
from app.packages.statement import Acks, Heading, Kind, Producer, Sender, Stream
from app.packages.trust import SeatStatus
from app.progress import Progress
from app.storage.named_values import value_of
from app.storage.outbox import Outbox, Sent
from app.use_cases.trust import trusted_by
from app.workspace import ATTACHMENT_KEY, ATTACHMENTS, OUTBOX, Workspace

_PIECE: Final = 1 << 20
_ROOM: Final = 768 << 20
"""Bytes of attachments in a number: with its rows and all that lies between, it stays well below what a package may have."""
_MOST_CHUNKS: Final = 8_000  # the manifest has room for some twelve thousand


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """The numbers an export copied to the folder and read back, oldest first; none where there was nothing to send."""

    numbers: tuple[Sent, ...] = ()
    paths: tuple[Path, ...] = ()


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


def export(workspace: Workspace, folder: Path, *, progress: Progress | None = None, cap: int = CAP) -> Exported:
    """Seal what has not travelled into as many numbers as it needs, and copy to `folder` each that nobody has a copy of.

    A number that was sealed before its copy failed, or before the program was killed, goes with the next export. Raises
    `Refused("no_trust" | "not_enrolled" | "seat_revoked")`, `Unavailable("disk_full" | "folder_unusable" | "copy_differs" |
    "outbox_damaged")`.
    """
    trusted = trusted_by(workspace)
    _check_enrolled(workspace, trusted)
    with disk_told(folder):
        folder.mkdir(parents=True, exist_ok=True)
    _sweep_outbox(workspace)
    with workspace.reading() as connection:
        # The first number of an epoch carries everything so far; parts that do not fit it are snapshots as well (decision 16).
        kind = Kind.CHANGES if Outbox(connection).last() else Kind.SNAPSHOT
    while _seal_next(workspace, trusted, kind, progress or Progress(), cap) is not None:
        pass
    numbers = _never_copied(workspace)
    return Exported(numbers=numbers, paths=tuple(copy_number(workspace, sent.seq, folder) for sent in numbers))


def copy_number(workspace: Workspace, seq: int, folder: Path) -> Path:
    """The same sealed bytes again, in `folder`, read back from there.

    Raises `Refused("package_missing")`, `Unavailable("outbox_damaged" | "copy_differs" | "disk_full" | "folder_unusable")`.
    """
    with workspace.reading() as connection:
        sent = Outbox(connection).number(seq)
    source, target = workspace.folder / OUTBOX / sent.file, folder / sent.file
    with disk_told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        if not source.exists() or sha256_of(source) != sent.sha256:
            raise Unavailable("outbox_damaged", seq=seq)
        with source.open("rb") as file, written_whole(target) as copy:
            shutil.copyfileobj(file, copy, _PIECE)
        if sha256_of(target, from_disk=True) != sent.sha256:
            target.unlink(missing_ok=True)
            raise Unavailable("copy_differs", path=str(target))
    with workspace.writing() as books:
        Outbox(books.connection).set_state(sent, PACKAGE_LIFE.after(sent.state, PackageEvent.COPY))
        books.note("copied", {"epoch": sent.epoch, "seq": sent.seq, "sha256": sent.sha256})
    return target


def _check_enrolled(workspace: Workspace, trusted: Trusted) -> None:
    seat = trusted.seat_key(workspace.identity().signing.keyid)
    if seat is None:
        raise Refused("not_enrolled")
    if seat.status is SeatStatus.REVOKED:
        raise Refused("seat_revoked")


def _never_copied(workspace: Workspace) -> tuple[Sent, ...]:
    with workspace.reading() as connection:
        return tuple(sent for sent in reversed(Outbox(connection).numbers()) if sent.state == PACKAGE_LIFE.start)


def _seal_next(workspace: Workspace, trusted: Trusted, kind: Kind, progress: Progress, cap: int) -> Sent | None:
    kinds = travelling_kinds(contact=trusted.policy.contact)
    with workspace.reading() as connection:
        outbox = Outbox(connection)
        last = outbox.last()
        part = _gather(outbox, workspace.author.by, set(kinds), last.last if last else 0, cap, progress)
        attachments = [] if part.full else _attachments(workspace, outbox)
        receipt = outbox.last_receipt()[0]
    if not part.records and not attachments:
        return None
    heading = _heading(workspace, trusted, kind, last, receipt)
    contents = Contents(
        schema=Schema(set=SCHEMA_SET, version=SCHEMA_VERSION, min_reader=SCHEMA_VERSION),
        tables=part.spool.finish(),
        columns={name: columns_of(kinds[name]) for name in part.records},
        attachments=attachments,
        change_range=(part.first, part.last) if part.records and part.first <= part.last else None,
    )
    target = workspace.folder / OUTBOX / _file_name(heading)
    recipients = [each.key for each in trusted.trust_list.recipients]
    sealed = seal(target, heading, contents, recipients=recipients, signer=workspace.identity().signing)
    return _take_number(workspace, part, sealed, target, last, attachments)


def _gather(outbox: Outbox, seat: str, kinds: set[str], after: int, cap: int, progress: Progress) -> _Part:
    """The lines of the next number, in the journal's order, until it is full."""
    undone = outbox.undone_unsent(after)
    held_back = set(travelling_kinds(contact=True)) - kinds
    part = _Part(Spool(cap), first=after + 1, last=after)
    for line in outbox.candidates(seat, kinds, held_back, after):
        if line.record in undone or line.kind in held_back:
            if not line.withheld:
                part.withheld.append(line.seq)
        elif not part.spool.add(line.kind, line.line):
            part.full = True
            break
        else:
            part.records.setdefault(line.kind, set()).add(line.record)
            if line.withheld:
                part.released.append(line.seq)
        part.last = max(part.last, line.seq)
        progress.advance()
    if not part.full:
        part.last = max(part.last, outbox.newest_line())
    return part


def _take_number(
    workspace: Workspace, part: _Part, sealed: Sealed, target: Path, before: Sent | None, attachments: list[Attachment]
) -> Sent:
    stream = sealed.statement.stream
    sent = Sent(
        epoch=stream.epoch,
        seq=stream.seq,
        kind=sealed.statement.kind,
        digest=sealed.digest,
        first=before.last + 1 if before else 1,
        last=part.last,
        made=sealed.statement.created,
        file=target.name,
        size=sealed.bytes,
        sha256=sha256_of(target),
        records={kind: len(records) for kind, records in sorted(part.records.items())},
        state=PACKAGE_LIFE.start,
    )
    with workspace.writing() as books:
        outbox = Outbox(books.connection)
        outbox.add(sent, part.withheld, part.released)
        outbox.attachments_sent({each.place.id.removeprefix("sha256:") for each in attachments}, sent.seq)
        books.note("exported", {"epoch": sent.epoch, "seq": sent.seq, "digest": sent.digest, "records": sent.records})
    return sent


def _heading(workspace: Workspace, trusted: Trusted, kind: Kind, last: Sent | None, receipt: int) -> Heading:
    epoch, seq = (last.epoch, last.seq + 1) if last else (1, 1)
    return Heading(
        suite=SUITE,
        kind=kind,
        package_id=workspace.clock.new_id(),
        sender=Sender(province=trusted.trust_list.province, station=workspace.author.owner, seat=workspace.author.by),
        to=(trusted.trust_list.body.code,),
        stream=Stream(epoch=epoch, seq=seq, prev=last.digest if last else None, fills=()),
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


# --- attachments ---------------------------------------------------------------------------------------------------


def _attachments(workspace: Workspace, outbox: Outbox) -> list[Attachment]:
    """The chunks of the attachments that go next: whole ones, as many as a number has room for."""
    secret = (value_of(outbox.connection, ATTACHMENT_KEY) or b"\n").decode().split("\n")[0]
    chunks: list[Attachment] = []
    room = _ROOM
    for sha256, file, size in outbox.unsent_attachments():
        room -= size
        if chunks and (room < 0 or len(chunks) > _MOST_CHUNKS):
            break
        for offset in range(0, max(size, 1), LARGEST_CHUNK):
            place = BlobPlace(id=f"sha256:{sha256}", size=size, offset=offset)
            chunks.append(_chunk(workspace.folder / ATTACHMENTS / file, secret, place))
    return chunks


def _chunk(path: Path, secret: str, place: BlobPlace) -> Attachment:
    return Attachment(place=place, read=lambda: BufferedReader(_Decrypted(path, secret, place.offset), _PIECE))


class _Decrypted(RawIOBase):
    """An encrypted file as a readable one, from a plain offset on."""

    def __init__(self, path: Path, secret: str, offset: int) -> None:
        self._pieces = _plain_pieces(path, secret, offset)
        self._piece = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]  # typeshed asks for any buffer
        while not self._piece:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._piece = piece
        taken = self._piece[: len(buffer)]
        buffer[: len(taken)] = taken
        self._piece = self._piece[len(taken) :]
        return len(taken)

    def close(self) -> None:
        self._pieces.close()
        super().close()


def _plain_pieces(path: Path, secret: str, offset: int) -> Generator[bytes, None, None]:
    left = offset
    with path.open("rb") as file, age.decrypting(file, path.stat().st_size, [secret]) as plain:
        while piece := plain.read():
            yield piece[left:]
            left = max(0, left - len(piece))
