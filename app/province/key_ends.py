"""A computer's keys end when its newer ones are used: what the old ones sign beyond that number is believed no more."""

from collections.abc import Collection

from sqlalchemy import Connection, delete, insert, select

from app.packages.statement import Statement
from app.packages.trust import Cut, first_keyid
from app.province.tables import KeyEndRow, SeatKeyRow


def ends_of(connection: Connection) -> dict[tuple[str, str, str], Cut]:
    """The last package of each key that was replaced, by station, computer and name of the key."""
    rows = connection.execute(select(KeyEndRow.__table__))
    return {(row.station, row.seat, row.keyid): Cut(epoch=row.epoch, seq=row.seq) for row in rows}


def key_in_use(connection: Connection, station: str, seat: str, keyid: str) -> bool:
    """Whether an enrolled key was not replaced."""
    ended = (KeyEndRow.station == station) & (KeyEndRow.seat == seat) & (KeyEndRow.keyid == keyid)
    return connection.execute(select(KeyEndRow.keyid).where(ended)).first() is None


def end_older(connection: Connection, statement: Statement, signed_by: Collection[str]) -> bool:
    """End the keys that those which signed a package replace, with the number before it; whether there were any.

    They are those of their kind that were enrolled before. A package of an ended key that comes late counts up to that number,
    which moves back where an earlier number of the newer key comes late itself.
    """
    station, seat, stream = statement.sender.station, statement.sender.seat, statement.stream
    further = connection.execute(select(SeatKeyRow.__table__).where(SeatKeyRow.station == station, SeatKeyRow.seat == seat)).all()
    place = {"station": station, "seat": seat, "epoch": stream.epoch, "seq": stream.seq - 1}
    ends = ends_of(connection)
    ended = {
        older
        for used in further
        if used.keyid in signed_by
        for older in (first_keyid(seat), *(each.keyid for each in further if each.enrolled <= used.enrolled))
        if older not in signed_by and _kind(older) == _kind(used.keyid)
        if (cut := ends.get((station, seat, older))) is None or (cut.epoch, cut.seq) > (stream.epoch, stream.seq - 1)
    }
    if ended:
        mine = (KeyEndRow.station == station) & (KeyEndRow.seat == seat)
        connection.execute(delete(KeyEndRow).where(mine, KeyEndRow.keyid.in_(ended)))
        connection.execute(insert(KeyEndRow), [place | {"keyid": each} for each in sorted(ended)])
    return bool(ended)


def _kind(keyid: str) -> str:
    return keyid.partition(":")[0]
