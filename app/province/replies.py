"""Replies: what a station is told in words, sealed for its seats alone, since words may name people (decision 14)."""

import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from app import __version__
from app.domain.ids import Stamp
from app.domain.records import body_of
from app.domain.review import Review, ReviewOutcome, ReviewStage
from app.domain.revisions import SCHEMA_VERSION, Revision
from app.domain.values import Id
from app.packages.lines import SCHEMA_SET, columns_of
from app.packages.manifest import Schema
from app.packages.seal import SUITE, Contents, Sealed, seal
from app.packages.spool import Spool
from app.packages.statement import Acks, Heading, Kind, Producer, Sender, Stream
from app.province.receiver import REPLIES, Receiver
from app.province.refusals import WORDS
from app.province.store import setting_of
from app.province.tables import ReplyRow, ReturnedRow, SeatRow


def reply_files(receiver: Receiver, station: Id, *, receipt: int) -> list[Path]:
    """The replies a seat may not hold yet, a new one among them where records were given back without a word so far.

    Where every seat was revoked there is nobody to seal them for, and they wait.
    """
    with receiver.store.writing() as connection:
        seats = connection.execute(
            select(SeatRow.receiving_key, SeatRow.acked).where(SeatRow.station == station, SeatRow.revoked_epoch.is_(None))
        ).all()
        if not seats:
            return []
        unsaid = select(ReturnedRow.__table__).where(ReturnedRow.station == station, ~ReturnedRow.replied)
        if rows := connection.execute(unsaid.order_by(ReturnedRow.rev)).all():
            _seal_reply(receiver, connection, station, rows, receipt, [each.receiving_key for each in seats])
        behind = min(each.acked for each in seats)
        pending = select(ReplyRow.file).where(ReplyRow.station == station, ReplyRow.receipt > behind).order_by(ReplyRow.seq)
        return [receiver.folder / REPLIES / name for name in connection.scalars(pending)]


def _seal_reply(
    receiver: Receiver,
    connection: Connection,
    station: Id,
    rows: Sequence[Row[Any]],
    receipt: int,
    recipients: Sequence[str],
) -> None:
    last = connection.execute(
        select(ReplyRow.seq, ReplyRow.digest).where(ReplyRow.station == station).order_by(ReplyRow.seq.desc()).limit(1)
    ).first()
    seq = last.seq + 1 if last else 1
    spool = Spool()
    for place, row in enumerate(rows):
        spool.add(Review.traits.name, _line(receiver, row, place))
    heading = _heading(receiver, connection, station, seq, last.digest if last else None)
    contents = Contents(
        schema=Schema(set=SCHEMA_SET, version=SCHEMA_VERSION, min_reader=SCHEMA_VERSION),
        tables=spool.finish(),
        columns={Review.traits.name: columns_of(Review.traits)},
    )
    target = receiver.folder / REPLIES / f"llz-reply-{station[-12:]}-{seq:06d}.llz"
    sealed: Sealed = seal(target, heading, contents, recipients=recipients, signer=receiver.identity().reply)
    made = {"station": station, "seq": seq, "digest": sealed.digest, "file": target.name, "receipt": receipt}
    connection.execute(insert(ReplyRow), [made])
    connection.execute(update(ReturnedRow).where(ReturnedRow.station == station, ~ReturnedRow.replied).values(replied=True))


def _line(receiver: Receiver, row: Row[Any], place: int) -> bytes:
    """The review that gives a record back, as a line of the body's own."""
    review = Review(
        id=receiver.clock.new_id(),
        suggestion=row.record,
        stage=ReviewStage.FIRST_REVIEW,
        body=receiver.body.name,
        outcome=ReviewOutcome.RETURNED,
        reason=WORDS[row.code],
        decided_on=receiver.clock.today().date(),
    )
    return Revision(
        id=review.id,
        rev=receiver.clock.new_id(),
        kind=Review.traits.name,
        parents=(),
        gen=1,
        hlc=str(Stamp(receiver.clock.milliseconds(), place)),
        owner=receiver.body.id,
        by=receiver.identity().reply.short,
        op=receiver.body.id,
        deleted=False,
        salt=secrets.token_hex(16),
        body=body_of(review),
    ).line()


def _heading(receiver: Receiver, connection: Connection, station: Id, seq: int, prev: str | None) -> Heading:
    seat = receiver.identity().reply.short
    return Heading(
        suite=SUITE,
        kind=Kind.REPLY,
        package_id=receiver.clock.new_id(),
        sender=Sender(province=receiver.body.province, station=receiver.body.id, seat=seat),
        to=(station,),
        stream=Stream(epoch=1, seq=seq, prev=prev, fills=()),
        created=receiver.clock.now().replace(microsecond=0),
        acks=Acks(receipt_seq=0, trust_version=int(setting_of(connection, "trust_version"))),
        producer=Producer(app="liaison-province", version=__version__),
    )
