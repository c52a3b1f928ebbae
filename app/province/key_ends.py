"""Keys of a computer that others take the place of: the old one ends where the new one is used first.

Both count in between, for nobody but the computer knows under which number it will change. From the first package of the new key
on, no later number counts under the old one, so that a stolen old key is worth nothing; what came before stays good.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, insert, or_, select, update

from app.domain.values import Id
from app.packages.statement import Statement
from app.packages.trust import Cut
from app.province.tables import KeyEndRow


def ended_keys(connection: Connection) -> dict[tuple[Id, str], Cut]:
    """The last number of each key that has ended, by station and name of the key."""
    rows = connection.execute(select(KeyEndRow.__table__).where(KeyEndRow.epoch.is_not(None)))
    return {(row.station, row.keyid): Cut(epoch=row.epoch, seq=row.seq) for row in rows}


def let_succeed(connection: Connection, station: Id, seat: str, keyids: Iterable[str], successor: str) -> None:
    """The keys `keyids` of a computer, none of them ended, end once `successor` is used."""
    for keyid in keyids:
        same = (KeyEndRow.station == station) & (KeyEndRow.seat == seat) & (KeyEndRow.keyid == keyid)
        connection.execute(delete(KeyEndRow).where(same))
        row = {"station": station, "seat": seat, "keyid": keyid, "successor": successor, "epoch": None, "seq": None}
        connection.execute(insert(KeyEndRow), [row])


def note_used(connection: Connection, statement: Statement, keyids: Sequence[str]) -> bool:
    """End what these keys took the place of before the number of their package; whether that changed anything."""
    epoch, seq = statement.stream.epoch, statement.stream.seq - 1
    later = or_(KeyEndRow.epoch.is_(None), KeyEndRow.epoch > epoch, (KeyEndRow.epoch == epoch) & (KeyEndRow.seq > seq))
    mine = (KeyEndRow.station == statement.sender.station) & (KeyEndRow.seat == statement.sender.seat)
    ended = update(KeyEndRow).where(mine, KeyEndRow.successor.in_(keyids), later)
    return bool(connection.execute(ended.values(epoch=epoch, seq=seq)).rowcount)
