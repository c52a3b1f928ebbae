"""Where a package stands in the stream of its seat: what is known of its neighbours, forks, gaps, epochs (step 11)."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, delete, func, insert, select

from app.errors import Refused
from app.packages.faults import PackageFault
from app.packages.statement import Kind, Statement
from app.province.tables import ArrivalRow

GAP: Final = "W_GAP"
LATE: Final = "W_LATE"
ACCEPTED: Final = "accepted"
SETTLED: Final = "settled"
"""The status of a number that will not come: another carries its content or declares it lost, or an operator said so."""


def check_place(connection: Connection, statement: Statement, digest: str) -> str | None:
    """The warning a package is taken with, or None.

    Raises `PackageFault` E_FORK where its number was taken by another, E_CHAIN where a neighbour disagrees, E_EPOCH where an
    epoch is passed over or does not begin with a full state.
    """
    sender, stream = statement.sender, statement.stream
    mine = (ArrivalRow.station == sender.station) & (ArrivalRow.seat == sender.seat) & (ArrivalRow.status == ACCEPTED)
    question = select(ArrivalRow.seq, ArrivalRow.digest, ArrivalRow.prev, ArrivalRow.kind).where(
        mine, ArrivalRow.epoch == stream.epoch
    )
    near = {row.seq: row for row in connection.execute(question.where(ArrivalRow.seq.between(stream.seq - 1, stream.seq + 1)))}
    if stream.seq in near:
        raise PackageFault("E_FORK", epoch=stream.epoch, seq=stream.seq)
    before, after = near.get(stream.seq - 1), near.get(stream.seq + 1)
    if (before and before.digest != stream.prev) or (after and after.prev != digest):
        raise PackageFault("E_CHAIN", epoch=stream.epoch, seq=stream.seq)
    known = (ArrivalRow.station == sender.station) & (ArrivalRow.seat == sender.seat) & ArrivalRow.status.in_([ACCEPTED, SETTLED])
    newest = connection.execute(select(func.max(ArrivalRow.epoch)).where(known)).scalar() or 0
    _check_epoch(statement, newest, before.kind if before else None, after.kind if after else None)
    if stream.epoch < newest:
        return LATE
    before_it = ArrivalRow.seq.between(1, stream.seq - 1)
    there = set(connection.scalars(select(ArrivalRow.seq).where(known, ArrivalRow.epoch == stream.epoch, before_it)))
    return GAP if len(there | set(stream.fills)) < stream.seq - 1 else None


def settle_numbers(connection: Connection, statement: Statement, digest: str, at: datetime) -> None:
    """The numbers that a package fills or declares lost are waited for no longer; one that comes after all is taken too."""
    sender, stream = statement.sender, statement.stream
    rows = [_settled(sender.station, sender.seat, stream.epoch, seq, f"{digest}#{seq}", at) for seq in stream.fills]
    if rows:
        connection.execute(delete(ArrivalRow).where(ArrivalRow.digest.in_([row["digest"] for row in rows])))
        connection.execute(insert(ArrivalRow), rows)


def settle_epoch(connection: Connection, station: str, seat: str, epoch: int, at: datetime) -> None:
    """An operator knows that nothing of this epoch will come, nor of earlier ones: the next may begin.

    Raises `Refused("epoch_known")` where this or a later one has begun.
    """
    mine = (ArrivalRow.station == station) & (ArrivalRow.seat == seat) & ArrivalRow.status.in_([ACCEPTED, SETTLED])
    newest = connection.execute(select(func.max(ArrivalRow.epoch)).where(mine)).scalar() or 0
    if epoch <= newest:
        raise Refused("epoch_known", seat=seat, epoch=newest)
    connection.execute(insert(ArrivalRow), [_settled(station, seat, epoch, 0, f"{seat}/e{epoch}", at)])


def _settled(station: str, seat: str, epoch: int, seq: int, name: str, at: datetime) -> dict[str, Any]:
    counts = dict.fromkeys(("fresh", "duplicate", "conflict", "returned"), 0)
    place = {"station": station, "seat": seat, "epoch": epoch, "seq": seq, "digest": name, "prev": None, "kind": str(Kind.VOID)}
    told = {"status": SETTLED, "code": None, "import_id": "", "taken_in": at.isoformat(), "receipt": 0}  # no receipt tells of it
    return place | told | counts


def _check_epoch(statement: Statement, newest: int, before: str | None, after: str | None) -> None:
    stream, snapshot = statement.stream, statement.kind is Kind.SNAPSHOT
    skipped = stream.epoch > newest + 1
    headless = stream.seq == 1 and not snapshot
    # A full state may span parts, from the first number on without a break (decision 16).
    misplaced = before not in {None, Kind.SNAPSHOT} if snapshot else after == Kind.SNAPSHOT
    if skipped or headless or misplaced:
        raise PackageFault("E_EPOCH", epoch=stream.epoch, seq=stream.seq)
