"""Receipts: what became of a station's packages, signed, numbered, and each saying again what earlier ones said."""

import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, or_, select, update

from app.domain.values import Id
from app.errors import Refused
from app.files import disk_told, write_whole, written_whole
from app.packages import receipt as receipts
from app.packages.receipt import Cursor, Item, ItemStatus, MissingBlob, Receipt, ReturnedRow, RowCounts
from app.province import tables
from app.province.blobs import missing_ranges
from app.province.enrolment import slice_for
from app.province.forwarding import waiting_files
from app.province.receipt_papers import printed_receipt
from app.province.receiver import Receiver
from app.province.reference import published
from app.province.replies import has_unsaid, reply_files
from app.province.sequence import SETTLED
from app.province.store import setting_of
from app.province.suites import receipt_suite
from app.province.tables import ArrivalRow, ReceiptRow, SeatRow, StationRow

_PIECE: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was laid out for a station: receipt, trust slice, reference data, replies with words, what waits for its computers."""

    station: str
    receipt_seq: int
    files: tuple[Path, ...]


def write_receipts(receiver: Receiver, station_code: str, folder: Path, *, printed: bool = False) -> Written:
    """Lay out everything a station should take home; where nothing happened since, the same receipt once more.

    `printed` adds the receipt as a paper to be scanned or typed, for where no stick may leave. Raises
    `Refused("station_unknown")`, `Refused("nothing_received")` before its first package.
    """
    with disk_told(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with receiver.store.writing() as connection:
        station = connection.execute(select(StationRow.__table__).where(StationRow.code == station_code)).first()
        if station is None:
            raise Refused("station_unknown", code=station_code)
        seq, envelope = _current(receiver, connection, station.id)
    replies = reply_files(receiver, station.id, receipt=seq)
    named = f"{station_code}-{seq:06d}"
    files = {
        folder / f"{named}.receipt.dsse.json": envelope,
        folder / f"{station_code}.trust.json": slice_for(receiver, station_code),
    }
    if stands := published(receiver):
        files[folder / f"{receiver.body.code}.reference.dsse.json"] = stands.envelope
    if printed:
        files[folder / f"{named}.receipt.pdf"] = printed_receipt(receiver, envelope, station.name)
    for path, content in files.items():
        write_whole(path, content)
    sealed = {folder / each.name: each for each in replies}
    sealed |= {folder / f"{station_code}-peer-{each.name[:16]}.llz": each for each in waiting_files(receiver, station.id)}
    for path, kept in sealed.items():
        with disk_told(path), kept.open("rb") as file, written_whole(path) as copy:
            shutil.copyfileobj(file, copy, _PIECE)
    return Written(station=station_code, receipt_seq=seq, files=(*files, *sealed))


def _current(receiver: Receiver, connection: Connection, station: Id) -> tuple[int, bytes]:
    """The newest receipt, made anew where something happened that none has told."""
    last = connection.execute(
        select(ReceiptRow.__table__).where(ReceiptRow.station == station).order_by(ReceiptRow.seq.desc()).limit(1)
    ).first()
    untold = select(ArrivalRow.digest).where(ArrivalRow.station == station, ArrivalRow.receipt.is_(None))
    # An older program tells by its receipts alone which replies it holds, so what is said now needs a new receipt.
    if connection.execute(untold).first() is None and not (last and has_unsaid(connection, station)):
        if last is None:
            raise Refused("nothing_received")
        return last.seq, last.envelope
    suite, signer = receipt_suite(receiver, connection, station)
    receipt = _receipt(receiver, connection, station, last, suite)
    envelope = receipts.sign_receipt(receipt, signer)
    row = {
        "station": station,
        "seq": receipt.receipt_seq,
        "digest": receipt.digest(),
        "issued": receipt.issued.isoformat(),
        "envelope": envelope,
    }
    connection.execute(insert(ReceiptRow), [row])
    told = update(ArrivalRow).where(ArrivalRow.station == station, ArrivalRow.receipt.is_(None))
    connection.execute(told.values(receipt=receipt.receipt_seq))
    return receipt.receipt_seq, envelope


def _receipt(receiver: Receiver, connection: Connection, station: Id, last: Row[Any] | None, suite: str) -> Receipt:
    return Receipt(
        format=receipts.FORMAT,
        suite=suite,
        province=receiver.body.province,
        body=receiver.body.code,
        station=station,
        receipt_seq=last.seq + 1 if last else 1,
        prev=last.digest if last else None,
        issued=receiver.clock.now().replace(microsecond=0),
        trust_version=int(setting_of(connection, "trust_version")),
        items=_items(connection, station),
        cursors=_cursors(connection, station),
        blobs_missing=tuple(
            MissingBlob(id=sha256, ranges=ranges) for sha256, ranges in missing_ranges(connection, station).items()
        ),
    )


def _items(connection: Connection, station: Id) -> tuple[Item, ...]:
    """Every package of which its seat holds no receipt yet that tells of it."""
    seat = (SeatRow.station == ArrivalRow.station) & (SeatRow.seat == ArrivalRow.seat)
    question = select(ArrivalRow.__table__).join(SeatRow, seat).where(ArrivalRow.station == station)
    unheard = or_(ArrivalRow.receipt.is_(None), ArrivalRow.receipt > SeatRow.acked)
    arrived = question.where(ArrivalRow.status != SETTLED)
    rows = connection.execute(arrived.where(unheard).order_by(ArrivalRow.seat, ArrivalRow.epoch, ArrivalRow.seq)).all()
    return tuple(
        Item(
            package=row.digest,
            seat=row.seat,
            epoch=row.epoch,
            seq=row.seq,
            status=ItemStatus(row.status),
            code=row.code,
            rows=RowCounts(new=row.fresh, duplicate=row.duplicate, conflict=row.conflict, returned=row.returned),
            returned=_returned(connection, station, row.digest),
            import_id=row.import_id if row.status == ItemStatus.ACCEPTED else None,
        )
        for row in rows
    )


def _returned(connection: Connection, station: Id, package: str) -> tuple[ReturnedRow, ...]:
    row = tables.ReturnedRow
    question = select(row.record, row.rev, row.code).where(row.station == station, row.package == package).order_by(row.rev)
    return tuple(ReturnedRow(id=record, rev=rev, code=code) for record, rev, code in connection.execute(question))


def _cursors(connection: Connection, station: Id) -> dict[str, Cursor]:
    question = select(ArrivalRow.seat, ArrivalRow.epoch, ArrivalRow.seq).where(
        ArrivalRow.station == station, ArrivalRow.status.in_([ItemStatus.ACCEPTED, SETTLED])
    )
    taken: dict[tuple[str, int], set[int]] = {}
    for seat, epoch, seq in connection.execute(question):
        taken.setdefault((seat, epoch), set()).add(seq)
    newest = {seat: max(epoch for whose, epoch in taken if whose == seat) for seat, _epoch in taken}
    cursors = {}
    for (seat, epoch), numbers in sorted(taken.items()):
        cursor = receipts.cursor_of(numbers)
        # What a newer epoch began with holds all that earlier numbers said: they are taken late, but not asked for.
        asked = cursor if epoch == newest[seat] else replace(cursor, missing=())
        cursors[receipts.stream_name(seat, epoch)] = asked
    return cursors
