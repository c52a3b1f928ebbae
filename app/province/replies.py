"""Replies: what a station is told in words, sealed for its seats alone, since words may name people (decision 14)."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, insert, or_, select, update

from app import __version__
from app.domain.kinds import KINDS
from app.domain.review import Review, ReviewOutcome, ReviewStage
from app.domain.revisions import SCHEMA_VERSION
from app.domain.values import Id
from app.packages.lines import SCHEMA_SET, columns_of
from app.packages.manifest import Schema
from app.packages.replies_held import runs_held
from app.packages.seal import Contents, Sealed, seal
from app.packages.senders import seat_of_body
from app.packages.spool import Spool
from app.packages.statement import Acks, Heading, Kind, Producer, Sender, Statement, Stream
from app.province.blobs import ROOM, chunks_of
from app.province.issued import issue
from app.province.receiver import REPLIES, Receiver
from app.province.refusals import WORDS
from app.province.store import setting_of
from app.province.suites import Answering, answering
from app.province.tables import (
    BlobRow,
    HeldRow,
    IssuedFileRow,
    IssuedRow,
    ReplyRow,
    ReturnedRow,
    SealedForRow,
    SeatRow,
)


def reply_files(receiver: Receiver, station: Id, *, receipt: int) -> list[Path]:
    """The replies a seat may not hold yet, new ones among them where the body has something to say that it has not said.

    Where every seat was revoked, or none has a key of a suite that is taken, there is nobody to seal them for, and they wait.
    """
    with receiver.store.writing() as connection:
        seats = connection.execute(
            select(SeatRow.__table__).where(SeatRow.station == station, SeatRow.revoked_epoch.is_(None))
        ).all()
        if not seats:
            return []
        _give_back(receiver, connection, station)
        sealing = answering(receiver, connection, station, seats)
        while sealing and _seal_reply(receiver, connection, station, receipt, sealing):
            pass
        return [receiver.folder / REPLIES / each for each in _pending(connection, station, seats)]


def note_held(connection: Connection, body: Id, statement: Statement, have: Mapping[str, int]) -> None:
    """Keep which replies a seat says to hold, where its package says so and is the newest that does."""
    runs = runs_held(body, have)
    if runs is None:
        return
    sender, stream = statement.sender, statement.stream
    mine = (HeldRow.station == sender.station) & (HeldRow.seat == sender.seat)
    newer = or_(HeldRow.epoch > stream.epoch, and_(HeldRow.epoch == stream.epoch, HeldRow.seq > stream.seq))
    if connection.execute(select(HeldRow.seat).where(mine, newer)).first() is None:
        connection.execute(delete(HeldRow).where(mine))
        place = {"station": sender.station, "seat": sender.seat, "epoch": stream.epoch, "seq": stream.seq}
        connection.execute(insert(HeldRow), [place | {"runs": json.dumps(runs)}])


def _pending(connection: Connection, station: Id, seats: Sequence[Row[Any]]) -> list[str]:
    """The files of the replies that a seat does not hold for which they were sealed, the oldest first."""
    readers: defaultdict[int, set[str]] = defaultdict(set)
    for row in connection.execute(select(SealedForRow.seq, SealedForRow.seat).where(SealedForRow.station == station)):
        readers[row.seq].add(row.seat)
    held = {
        row.seat: json.loads(row.runs)
        for row in connection.execute(select(HeldRow.seat, HeldRow.runs).where(HeldRow.station == station))
    }
    every = select(ReplyRow.__table__).where(ReplyRow.station == station).order_by(ReplyRow.seq)
    # For whom an older program sealed is not known: any seat then.
    return [
        reply.file
        for reply in connection.execute(every)
        if any(
            not _holds(seat, held.get(seat.seat), reply)
            for seat in seats
            if reply.seq not in readers or seat.seat in readers[reply.seq]
        )
    ]


def _holds(seat: Row[Any], runs: Sequence[Sequence[int]] | None, reply: Row[Any]) -> bool:
    """Whether a seat has said to hold a reply; of a program that does not say, whether it holds the receipt it went with."""
    if runs is None:
        return bool(seat.acked >= reply.receipt)
    return any(first <= reply.seq <= last for first, last in runs)


def has_unsaid(connection: Connection, station: Id) -> bool:
    """Whether the body has said something of a station's suggestions that no reply carries."""
    unsaid = select(IssuedRow.no).where(IssuedRow.station == station, IssuedRow.reply.is_(None))
    return connection.execute(unsaid.limit(1)).first() is not None


def _give_back(receiver: Receiver, connection: Connection, station: Id) -> None:
    """A review with the words for each record that was given back without a word so far."""
    unsaid = select(ReturnedRow.__table__).where(ReturnedRow.station == station, ~ReturnedRow.replied)
    for row in connection.execute(unsaid.order_by(ReturnedRow.rev)).all():
        issue(receiver, connection, station, row.record, [_review(receiver, row)])
    connection.execute(update(ReturnedRow).where(ReturnedRow.station == station, ~ReturnedRow.replied).values(replied=True))


def _review(receiver: Receiver, row: Row[Any]) -> Review:
    """The review that gives a record back."""
    return Review(
        id=receiver.clock.new_id(),
        suggestion=row.record,
        stage=ReviewStage.FIRST_REVIEW,
        body=receiver.body.name,
        outcome=ReviewOutcome.RETURNED,
        reason=WORDS[row.code],
        decided_on=receiver.clock.today().date(),
    )


def _seal_reply(receiver: Receiver, connection: Connection, station: Id, receipt: int, sealing: Answering) -> bool:
    """Seal what was not said yet, as much as one package holds, and files once all is said; whether there was anything."""
    unsaid = select(IssuedRow.no, IssuedRow.kind, IssuedRow.line).where(IssuedRow.station == station, IssuedRow.reply.is_(None))
    spool, kinds, carried, full = Spool(), set[str](), [0], False
    for row in connection.execute(unsaid.order_by(IssuedRow.no)):
        if full := not spool.add(row.kind, row.line):
            break
        kinds.add(row.kind)
        carried.append(row.no)
    files = [] if full else _unsent_files(connection, station)
    if not kinds and not files:
        return False
    last = connection.execute(
        select(ReplyRow.seq, ReplyRow.digest).where(ReplyRow.station == station).order_by(ReplyRow.seq.desc()).limit(1)
    ).first()
    seq = last.seq + 1 if last else 1
    heading = _heading(receiver, connection, station, seq, last.digest if last else None, sealing)
    contents = Contents(
        schema=Schema(set=SCHEMA_SET, version=SCHEMA_VERSION, min_reader=SCHEMA_VERSION),
        tables=spool.finish(),
        columns={kind: columns_of(KINDS[kind]) for kind in kinds},
        attachments=[chunk for each in files for chunk in chunks_of(receiver, each.sha256, each.size, each.file)],
    )
    target = receiver.folder / REPLIES / f"llz-reply-{station[-12:]}-{seq:06d}.llz"
    sealed: Sealed = seal(target, heading, contents, recipients=sealing.recipients, signer=sealing.signer)
    made = {"station": station, "seq": seq, "digest": sealed.digest, "file": target.name, "receipt": receipt}
    connection.execute(insert(ReplyRow), [made])
    connection.execute(insert(SealedForRow), [{"station": station, "seq": seq, "seat": each} for each in sealing.receiving])
    said = update(IssuedRow).where(IssuedRow.station == station, IssuedRow.reply.is_(None), IssuedRow.no <= carried[-1])
    connection.execute(said.values(reply=seq))
    gone = update(IssuedFileRow).where(
        IssuedFileRow.station == station, IssuedFileRow.sha256.in_([each.sha256 for each in files])
    )
    connection.execute(gone.values(reply=seq))
    return True


def _unsent_files(connection: Connection, station: Id) -> list[Row[Any]]:
    """The files of the body that no reply carries yet, as many as one package has room for."""
    question = (
        select(BlobRow.__table__)
        .join(IssuedFileRow, (IssuedFileRow.station == BlobRow.station) & (IssuedFileRow.sha256 == BlobRow.sha256))
        .where(IssuedFileRow.station == station, IssuedFileRow.reply.is_(None))
        .order_by(BlobRow.sha256)
    )
    rows = connection.execute(question).all()
    room = list(accumulate(row.size for row in rows))
    return [row for row, through in zip(rows, room, strict=True) if through <= ROOM]


def _heading(receiver: Receiver, connection: Connection, station: Id, seq: int, prev: str | None, sealing: Answering) -> Heading:
    seat = seat_of_body(sealing.signer.keyid)
    return Heading(
        suite=sealing.suite,
        kind=Kind.REPLY,
        package_id=receiver.clock.new_id(),
        sender=Sender(province=receiver.body.province, station=receiver.body.id, seat=seat),
        to=(station,),
        stream=Stream(epoch=1, seq=seq, prev=prev, fills=()),
        created=receiver.clock.now().replace(microsecond=0),
        acks=Acks(receipt_seq=0, trust_version=int(setting_of(connection, "trust_version"))),
        producer=Producer(app="liaison-province", version=__version__),
    )
