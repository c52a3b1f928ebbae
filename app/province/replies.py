"""Replies: what a station is told in words, sealed for its seats alone, since words may name people (decision 14)."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from app import __version__
from app.domain.kinds import KINDS
from app.domain.review import Review, ReviewOutcome, ReviewStage
from app.domain.revisions import SCHEMA_VERSION
from app.domain.values import Id
from app.packages.lines import SCHEMA_SET, columns_of
from app.packages.manifest import Schema
from app.packages.seal import SUITE, Contents, Sealed, seal
from app.packages.spool import Spool
from app.packages.statement import Acks, Heading, Kind, Producer, Sender, Stream
from app.province.issued import issue
from app.province.receiver import REPLIES, Receiver
from app.province.refusals import WORDS
from app.province.store import setting_of
from app.province.tables import IssuedRow, ReplyRow, ReturnedRow, SeatRow


def reply_files(receiver: Receiver, station: Id, *, receipt: int) -> list[Path]:
    """The replies a seat may not hold yet, new ones among them where the body has something to say that it has not said.

    Where every seat was revoked there is nobody to seal them for, and they wait.
    """
    with receiver.store.writing() as connection:
        seats = connection.execute(
            select(SeatRow.receiving_key, SeatRow.acked).where(SeatRow.station == station, SeatRow.revoked_epoch.is_(None))
        ).all()
        if not seats:
            return []
        _give_back(receiver, connection, station)
        while _seal_reply(receiver, connection, station, receipt, [each.receiving_key for each in seats]):
            pass
        behind = min(each.acked for each in seats)
        pending = select(ReplyRow.file).where(ReplyRow.station == station, ReplyRow.receipt > behind).order_by(ReplyRow.seq)
        return [receiver.folder / REPLIES / name for name in connection.scalars(pending)]


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


def _seal_reply(receiver: Receiver, connection: Connection, station: Id, receipt: int, recipients: Sequence[str]) -> bool:
    """Seal what was not said yet, as much as one package holds; whether there was anything."""
    unsaid = select(IssuedRow.no, IssuedRow.kind, IssuedRow.line).where(IssuedRow.station == station, IssuedRow.reply.is_(None))
    spool, kinds, carried = Spool(), set[str](), list[int]()
    for row in connection.execute(unsaid.order_by(IssuedRow.no)):
        if not spool.add(row.kind, row.line):
            break
        kinds.add(row.kind)
        carried.append(row.no)
    tables = spool.finish()
    if not carried:
        return False
    last = connection.execute(
        select(ReplyRow.seq, ReplyRow.digest).where(ReplyRow.station == station).order_by(ReplyRow.seq.desc()).limit(1)
    ).first()
    seq = last.seq + 1 if last else 1
    heading = _heading(receiver, connection, station, seq, last.digest if last else None)
    contents = Contents(
        schema=Schema(set=SCHEMA_SET, version=SCHEMA_VERSION, min_reader=SCHEMA_VERSION),
        tables=tables,
        columns={kind: columns_of(KINDS[kind]) for kind in kinds},
    )
    target = receiver.folder / REPLIES / f"llz-reply-{station[-12:]}-{seq:06d}.llz"
    sealed: Sealed = seal(target, heading, contents, recipients=recipients, signer=receiver.identity().reply)
    made = {"station": station, "seq": seq, "digest": sealed.digest, "file": target.name, "receipt": receipt}
    connection.execute(insert(ReplyRow), [made])
    said = update(IssuedRow).where(IssuedRow.station == station, IssuedRow.reply.is_(None), IssuedRow.no <= carried[-1])
    connection.execute(said.values(reply=seq))
    return True


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
