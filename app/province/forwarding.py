"""Packages between the computers of one station: kept unread, and laid out for the computer that they are sealed for.

Each carries again whatever its reader is not known to have, so nothing is lost where one is dropped or repeated.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, insert, select, update

from app.domain.values import Id
from app.files import disk_told
from app.files import replace as rename
from app.packages import senders
from app.packages.faults import PackageFault
from app.packages.opening import Verified, verify_package
from app.packages.peers_taken import was_taken
from app.packages.statement import Statement
from app.province.enrolment import trust_list
from app.province.receiver import PEERS, Receiver
from app.province.tables import PeerRow, SeatRow

MOST: Final = 32
"""Packages that wait for one computer; the oldest give way."""

ROOM: Final = 4 << 30
"""Bytes that wait for one computer; the oldest give way."""

LONGEST: Final = timedelta(days=180)
"""How long a package waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of a package for a sister seat: new here or not, and how many older ones gave way to it."""

    seat: str
    fresh: bool
    dropped: int


def keep(receiver: Receiver, staged: Path, station: Id, *, dry_run: bool) -> Kept:
    """Verify a package of a station's computer for another one of the same station, and move it to those that wait.

    Raises `PackageFault` as `verify_package` does; E_RECIPIENT for what is not for a computer in use of the very station that
    sends it, E_REVOKED where its maker was revoked, whatever its number: those of the body's stream say nothing of it.
    """
    with receiver.store.reading() as connection:
        trust = trust_list(receiver, connection)
        verified = verify_package(staged, senders.seats(trust), now=receiver.clock.now(), us=frozenset({station}))
        seat = _reader(connection, verified.statement)
        known = _known(connection, verified)
    if known or dry_run:
        return Kept(seat=seat, fresh=not known, dropped=0)
    name = f"{verified.statement_digest.removeprefix('sha256:')}.llz"
    size = staged.stat().st_size
    with disk_told(receiver.folder / PEERS):
        rename(staged, receiver.folder / PEERS / name)
    with receiver.store.writing() as connection:
        connection.execute(insert(PeerRow), [_row(receiver, verified, seat, name, size)])
        dropped = _bound(connection, station, seat)
    sweep_peers(receiver)
    return Kept(seat=seat, fresh=True, dropped=dropped)


def note_taken(connection: Connection, statement: Statement, have: Mapping[str, int]) -> None:
    """What a computer says to have taken in waits for it no longer; that it came once stays known."""
    sender = statement.sender
    mine = (PeerRow.station == sender.station) & (PeerRow.reader == sender.seat) & PeerRow.file.is_not(None)
    taken = [digest for digest in connection.scalars(select(PeerRow.digest).where(mine)) if was_taken(digest, have)]
    connection.execute(update(PeerRow).where(mine, PeerRow.digest.in_(taken)).values(file=None))


def waiting_files(receiver: Receiver, station: Id) -> list[Path]:
    """What waits for computers of a station that are in use, the oldest first; what waited too long gives way."""
    oldest = (receiver.clock.now() - LONGEST).isoformat()
    with receiver.store.writing() as connection:
        late = update(PeerRow).where(PeerRow.station == station, PeerRow.taken_in < oldest)
        connection.execute(late.values(file=None))
        reads = (SeatRow.station == PeerRow.station) & (SeatRow.seat == PeerRow.reader) & SeatRow.revoked_epoch.is_(None)
        question = select(PeerRow.file).join(SeatRow, reads).where(PeerRow.station == station, PeerRow.file.is_not(None))
        names = list(connection.scalars(question.order_by(PeerRow.taken_in, PeerRow.seat, PeerRow.seq)))
    sweep_peers(receiver)
    return [receiver.folder / PEERS / str(each) for each in names]


def sweep_peers(receiver: Receiver) -> None:
    """Remove files that no row names: of packages that wait no longer, or of an intake that was killed."""
    with receiver.store.reading() as connection:
        named = {*connection.scalars(select(PeerRow.file))}
    for path in (receiver.folder / PEERS).iterdir():
        if path.name not in named:
            path.unlink(missing_ok=True)


def _reader(connection: Connection, statement: Statement) -> str:
    """The computer that a package is for; its maker must be in use as well."""
    sender, stream = statement.sender, statement.stream
    mine = SeatRow.station == sender.station
    used = set(connection.scalars(select(SeatRow.seat).where(mine, SeatRow.revoked_epoch.is_(None))))
    if sender.seat not in used:
        raise PackageFault("E_REVOKED", seat=sender.seat, epoch=stream.epoch, seq=stream.seq)
    for each in statement.to:
        if each in used and each != sender.seat:
            return each
    raise PackageFault("E_RECIPIENT", to=", ".join(statement.to))


def _known(connection: Connection, verified: Verified) -> bool:
    """Whether this very package came before, though it may wait no longer."""
    mine = (PeerRow.station == verified.statement.sender.station) & (PeerRow.digest == verified.statement_digest)
    return connection.execute(select(PeerRow.digest).where(mine)).first() is not None


def _row(receiver: Receiver, verified: Verified, reader: str, name: str, size: int) -> dict[str, object]:
    statement = verified.statement
    return {
        "station": statement.sender.station,
        "digest": verified.statement_digest,
        "seat": statement.sender.seat,
        "reader": reader,
        "seq": statement.stream.seq,
        "size": size,
        "file": name,
        "taken_in": receiver.clock.now().isoformat(),
    }


def _bound(connection: Connection, station: Id, reader: str) -> int:
    """Let the oldest give way until number and size are within bounds; the newest stays in any case. How many did."""
    mine = (PeerRow.station == station) & (PeerRow.reader == reader) & PeerRow.file.is_not(None)
    newest_first = select(PeerRow.digest, PeerRow.size).where(mine).order_by(PeerRow.taken_in.desc(), PeerRow.seq.desc())
    rows = connection.execute(newest_first).all()
    through = accumulate(row.size for row in rows)
    dropped = [
        row.digest
        for place, (row, room) in enumerate(zip(rows, through, strict=True))
        if place and (place >= MOST or room > ROOM)
    ]
    connection.execute(update(PeerRow).where(mine, PeerRow.digest.in_(dropped)).values(file=None))
    return len(dropped)
