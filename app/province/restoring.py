"""Restore packages: everything the body holds of a station, sealed for one computer of it that has lost its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, filterfalse
from pathlib import Path

from sqlalchemy import Connection, select

from app import __version__
from app.domain.kinds import KINDS
from app.domain.revisions import HEADER_TYPES, SCHEMA_VERSION, header_of, is_erased
from app.domain.values import Id
from app.errors import Refused
from app.files import disk_told
from app.packages.lines import SCHEMA_SET, columns_of
from app.packages.manifest import Schema
from app.packages.receipt import stream_name
from app.packages.seal import Attachment, Contents, seal
from app.packages.senders import seat_of_body
from app.packages.spool import CAP, Spool
from app.packages.statement import Acks, Heading, Kind, Producer, Sender, Stream
from app.province.blobs import ROOM, chunks_of
from app.province.issued import lines_issued
from app.province.receiver import Receiver
from app.province.store import number_of, setting_of
from app.province.suites import Answering, answering, suites_taken
from app.province.tables import ArrivalRow, BlobRow, ReceiptRow, RevisionRow, SeatRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was sealed for a computer of a station: its packages in their order, and how many states they hold."""

    station: Id
    seat: str
    revisions: int
    paths: tuple[Path, ...]


def restore_packages(receiver: Receiver, seat: str, folder: Path, *, cap: int = CAP) -> Restored:
    """All that was taken in from any seat of the station, for this one of its computers.

    Raises `Refused("seat_unknown")`, `Refused("seat_is_revoked")`, `Refused("nothing_received")`, and
    `Refused("seat_without_suite")` where it has no key of a suite that is taken.
    """
    with disk_told(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with receiver.store.reading() as connection:
        row = connection.execute(select(SeatRow.__table__).where(SeatRow.seat == seat)).first()
        if row is None:
            raise Refused("seat_unknown", seat=seat)
        if row.revoked_epoch is not None:
            raise Refused("seat_is_revoked", seat=seat)
        station = str(row.station)
        have = _cursors(connection, station)
        if not have:
            raise Refused("nothing_received")
        sealing = answering(receiver, connection, station, [row])
        if sealing is None:
            raise Refused("seat_without_suite", seat=seat, suite=suites_taken(connection)[0])
        parts = _Parts(receiver, connection, station, sealing, have, folder)
        revisions = parts.seal_lines(cap)
        parts.seal_files()
    return Restored(station=station, seat=seat, revisions=revisions, paths=tuple(parts.paths))


class _Parts:
    """The packages of one restore, numbered and chained by themselves."""

    def __init__(
        self, receiver: Receiver, connection: Connection, station: Id, sealing: Answering, have: dict[str, int], folder: Path
    ) -> None:
        self.paths: list[Path] = []
        self._receiver = receiver
        self._connection = connection
        self._station = station
        self._sealing = sealing
        self._have = have
        self._folder = folder
        self._name = receiver.clock.new_id()[-12:]
        self._prev: str | None = None

    def seal_lines(self, cap: int) -> int:
        """Every line that was not erased, as it came, then the body's own, as many to a package as fit; returns how many."""
        question = select(RevisionRow.line).where(RevisionRow.station == number_of(self._connection, self._station))
        came = self._connection.scalars(question.order_by(RevisionRow.no).execution_options(yield_per=1000))
        spool, total = Spool(cap), 0
        for line in chain(filterfalse(is_erased, came), lines_issued(self._connection, self._station)):
            kind = header_of(line).kind
            if not spool.add(kind, line):
                self._seal(spool, ())
                spool = Spool(cap)
                spool.add(kind, line)
            total += 1
        self._seal(spool, ())
        return total

    def seal_files(self) -> None:
        """Every attachment that is whole, as many to a package as there is room for."""
        group: list[Attachment] = []
        room = ROOM
        whole = select(BlobRow.sha256, BlobRow.size, BlobRow.file).where(
            BlobRow.station == self._station, BlobRow.file.is_not(None)
        )
        for sha256, size, file in self._connection.execute(whole.order_by(BlobRow.sha256)).all():
            room -= size
            if group and room < 0:
                self._seal(Spool(), group)
                group, room = [], ROOM - size
            group += chunks_of(self._receiver, str(sha256), size, str(file))
        if group:
            self._seal(Spool(), group)

    def _seal(self, spool: Spool, attachments: Sequence[Attachment]) -> None:
        tables = spool.finish()
        contents = Contents(
            schema=Schema(set=SCHEMA_SET, version=SCHEMA_VERSION, min_reader=SCHEMA_VERSION),
            tables=tables,
            columns={each.kind: columns_of(KINDS[each.kind]) if each.kind in KINDS else HEADER_TYPES for each in tables},
            attachments=attachments,
            have=self._have,
        )
        seq = len(self.paths) + 1
        target = self._folder / f"llz-restore-{self._name}-{seq:04d}.llz"
        sealing = self._sealing
        sealed = seal(target, self._heading(seq), contents, recipients=sealing.recipients, signer=sealing.signer)
        self.paths.append(target)
        self._prev = sealed.digest

    def _heading(self, seq: int) -> Heading:
        body, newest = self._receiver.body, select(ReceiptRow.seq).where(ReceiptRow.station == self._station)
        receipt = self._connection.execute(newest.order_by(ReceiptRow.seq.desc()).limit(1)).scalar() or 0
        return Heading(
            suite=self._sealing.suite,
            kind=Kind.RESTORE,
            package_id=self._receiver.clock.new_id(),
            sender=Sender(province=body.province, station=body.id, seat=seat_of_body(self._sealing.signer.keyid)),
            to=(self._station,),
            stream=Stream(epoch=1, seq=seq, prev=self._prev, fills=()),
            created=self._receiver.clock.now().replace(microsecond=0),
            acks=Acks(receipt_seq=receipt, trust_version=int(setting_of(self._connection, "trust_version"))),
            producer=Producer(app="liaison-province", version=__version__),
        )


def _cursors(connection: Connection, station: Id) -> dict[str, int]:
    """By stream, the newest number the body has taken: what a restored computer must number beyond."""
    question = select(ArrivalRow.seat, ArrivalRow.epoch, ArrivalRow.seq).where(
        ArrivalRow.station == station, ArrivalRow.status == "accepted"
    )
    newest: dict[str, int] = {}
    for seat, epoch, seq in connection.execute(question):
        name = stream_name(seat, epoch)
        newest[name] = max(newest.get(name, 0), seq)
    return newest
