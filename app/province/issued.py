"""Records of the body's own about stations' suggestions: kept as lines, sent with the next reply to the station concerned."""

import secrets
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, Select, insert, select

from app.domain.ids import Stamp
from app.domain.kinds import kind_of
from app.domain.records import AnyRecord, Record, body_of, record_from
from app.domain.revisions import Revision, read_line
from app.domain.values import Id
from app.province.receiver import Receiver
from app.province.tables import IssuedRow


def issued_of(connection: Connection, station: Id, suggestion: Id) -> dict[Id, Record]:
    """The records of the body about a suggestion as they stand, by identifier, in the order they were made."""
    told = (read_line(line) for line in connection.scalars(_lines(station).where(IssuedRow.suggestion == suggestion)))
    return {each.id: record_from(kind_of(each.kind).record, each.id, each.body) for each in told}


def issued_of_kind(connection: Connection, station: Id, kind: type[AnyRecord]) -> dict[Id, AnyRecord]:
    """The records of one kind that the body has made for a station."""
    told = (read_line(line) for line in connection.scalars(_lines(station).where(IssuedRow.kind == kind.traits.name)))
    return {each.id: record_from(kind, each.id, each.body) for each in told}


def issue(receiver: Receiver, connection: Connection, station: Id, suggestion: Id, records: Sequence[Record]) -> None:
    """Keep records of the body about a suggestion, each on top of what stands of it."""
    question = select(IssuedRow.record, IssuedRow.line).where(
        IssuedRow.station == station, IssuedRow.record.in_([each.id for each in records])
    )
    before = {row.record: read_line(row.line) for row in connection.execute(question.order_by(IssuedRow.no))}
    rows = []
    for place, record in enumerate(records):
        made = _revision(receiver, record, before.get(record.id), place)
        rows.append(
            {
                "station": station,
                "suggestion": suggestion,
                "record": record.id,
                "rev": made.rev,
                "kind": made.kind,
                "line": made.line(),
            }
        )
    if rows:
        connection.execute(insert(IssuedRow), rows)


def lines_issued(connection: Connection, station: Id) -> Iterable[bytes]:
    """Every line of the body's about a station's suggestions, in the order they were made."""
    return connection.scalars(_lines(station).execution_options(yield_per=1000))


def _lines(station: Id) -> Select[bytes]:
    return select(IssuedRow.line).where(IssuedRow.station == station).order_by(IssuedRow.no)


def _revision(receiver: Receiver, record: Record, before: Revision | None, place: int) -> Revision:
    return Revision(
        id=record.id,
        rev=receiver.clock.new_id(),
        kind=record.traits.name,
        parents=(before.rev,) if before else (),
        gen=before.gen + 1 if before else 1,
        hlc=str(Stamp(receiver.clock.milliseconds(), place)),
        owner=receiver.body.id,
        by=receiver.identity().reply.short,
        op=receiver.body.id,
        deleted=False,
        salt=secrets.token_hex(16),
        body=body_of(record),
    )
