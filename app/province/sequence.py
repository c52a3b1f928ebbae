"""Where a package stands in the stream of its seat: what is known of its neighbours, forks, gaps, epochs (step 11)."""

from typing import Final

from sqlalchemy import Connection, func, select

from app.packages.faults import PackageFault
from app.packages.statement import Kind, Statement
from app.province.tables import ArrivalRow

GAP: Final = "W_GAP"
LATE: Final = "W_LATE"


def check_place(connection: Connection, statement: Statement, digest: str) -> str | None:
    """The warning a package is taken with, or None.

    Raises `PackageFault` E_FORK where its number was taken by another, E_CHAIN where a neighbour disagrees, E_EPOCH where an
    epoch is passed over or does not begin with a full state.
    """
    sender, stream = statement.sender, statement.stream
    mine = (ArrivalRow.station == sender.station) & (ArrivalRow.seat == sender.seat) & (ArrivalRow.status == "accepted")
    question = select(ArrivalRow.seq, ArrivalRow.digest, ArrivalRow.prev, ArrivalRow.kind).where(
        mine, ArrivalRow.epoch == stream.epoch
    )
    near = {row.seq: row for row in connection.execute(question.where(ArrivalRow.seq.between(stream.seq - 1, stream.seq + 1)))}
    if stream.seq in near:
        raise PackageFault("E_FORK", epoch=stream.epoch, seq=stream.seq)
    before, after = near.get(stream.seq - 1), near.get(stream.seq + 1)
    if (before and before.digest != stream.prev) or (after and after.prev != digest):
        raise PackageFault("E_CHAIN", epoch=stream.epoch, seq=stream.seq)
    newest = connection.execute(select(func.max(ArrivalRow.epoch)).where(mine)).scalar() or 0
    _check_epoch(statement, newest, before.kind if before else None, after.kind if after else None)
    if stream.epoch < newest:
        return LATE
    through = connection.execute(select(func.count()).where(mine, ArrivalRow.epoch == stream.epoch, ArrivalRow.seq < stream.seq))
    return GAP if through.scalar_one() < stream.seq - 1 else None


def _check_epoch(statement: Statement, newest: int, before: str | None, after: str | None) -> None:
    stream, snapshot = statement.stream, statement.kind is Kind.SNAPSHOT
    skipped = stream.epoch > newest + 1
    headless = stream.seq == 1 and not snapshot
    # A full state may span parts, from the first number on without a break (decision 16).
    misplaced = before not in {None, Kind.SNAPSHOT} if snapshot else after == Kind.SNAPSHOT
    if skipped or headless or misplaced:
        raise PackageFault("E_EPOCH", epoch=stream.epoch, seq=stream.seq)
