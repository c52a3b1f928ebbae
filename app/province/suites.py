"""Which suites a body takes, the keys it opens packages with, and by which suite it answers a station."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from app.domain.revisions import SCHEMA_VERSION
from app.domain.values import Id
from app.packages.content import Reader
from app.packages.envelope import Signer
from app.packages.forms import GM_1, STD_1
from app.packages.lines import SCHEMA_SET
from app.packages.sm2_keys import receiving_key_of, signing_key_of
from app.packages.trust import first_keyid
from app.province.key_ends import key_in_use
from app.province.receiver import Receiver
from app.province.store import found_setting, put_setting
from app.province.tables import SeatKeyRow, SeatRow

_SUITES = "suites"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """By which suite the body seals for computers of a station, who signs, and to which keys, by computer."""

    suite: str
    signer: Signer
    receiving: Mapping[str, Sequence[str]]

    @property
    def recipients(self) -> list[str]:
        """All keys to seal to."""
        return [key for keys in self.receiving.values() for key in keys]


def suites_taken(connection: Connection) -> tuple[str, ...]:
    """The suites whose packages the body takes, the one it would rather have first."""
    kept = found_setting(connection, _SUITES)
    return (STD_1.suite,) if kept is None else tuple(json.loads(kept))


def take_suites(connection: Connection, suites: Sequence[str]) -> None:
    """Let the body take packages of these suites from the next trust list on."""
    put_setting(connection, _SUITES, json.dumps(suites).encode())


def keys_of_suite(connection: Connection, station: Id, suite: str) -> dict[str, list[str]]:
    """The keys to seal to by this suite, by computer in use of a station; one without such a key is not there."""
    mine = (SeatRow.station == station) & SeatRow.revoked_epoch.is_(None)
    kind = (GM_1 if suite == GM_1.suite else STD_1).keys
    of = (SeatKeyRow.station == SeatRow.station) & (SeatKeyRow.seat == SeatRow.seat)
    later = select(SeatKeyRow.seat, SeatKeyRow.keyid, SeatKeyRow.receiving_key).join(SeatRow, of)
    rows = connection.execute(later.where(mine, SeatKeyRow.keyid.startswith(f"{kind}:")).order_by(SeatKeyRow.keyid)).all()
    pairs = [(row.seat, row.keyid, row.receiving_key) for row in rows]
    if suite == STD_1.suite:
        first = connection.execute(select(SeatRow.seat, SeatRow.receiving_key).where(mine).order_by(SeatRow.seat))
        pairs += [(row.seat, first_keyid(row.seat), row.receiving_key) for row in first]
    found: dict[str, list[str]] = {}
    for seat, keyid, key in pairs:
        if key_in_use(connection, station, seat, keyid):
            found.setdefault(seat, []).append(key)
    return found


def answering(receiver: Receiver, connection: Connection, station: Id, seats: Sequence[Row[Any]]) -> Answering | None:
    """How to seal for these computers of a station: by the first suite taken that all of them can open, else some of them.

    None where nobody of them can open any suite that is taken: what is for them waits.
    """
    able: list[Answering] = []
    for suite in suites_taken(connection):
        signer = reply_signer(receiver, suite)
        keys = keys_of_suite(connection, station, suite)
        found = {seat.seat: keys[seat.seat] for seat in seats if seat.seat in keys}
        if signer and found:
            able.append(Answering(suite=suite, signer=signer, receiving=found))
    return next((each for each in able if len(each.receiving) == len(seats)), able[0] if able else None)


def reply_signer(receiver: Receiver, suite: str) -> Signer | None:
    """Who signs what is sealed by a suite; None where the body has no keys of it."""
    identity = receiver.identity()
    if suite == STD_1.suite:
        return identity.reply
    return signing_key_of(identity.sm2.reply) if identity.sm2 and suite == GM_1.suite else None


def receipt_suite(receiver: Receiver, connection: Connection, station: Id) -> tuple[str, Signer]:
    """The suite of a station's receipts, and who signs them: gm-1 where it is rather taken and each computer has keys of it.

    Who has such keys has the root document that names the body's; any other computer could not tell whose signature it is.
    """
    identity = receiver.identity()
    everybody, able = (keys_of_suite(connection, station, each.suite) for each in (STD_1, GM_1))
    if identity.sm2 and suites_taken(connection)[0] == GM_1.suite and everybody and everybody.keys() == able.keys():
        return GM_1.suite, signing_key_of(identity.sm2.receipt)
    return STD_1.suite, identity.receipt


def reader_of(receiver: Receiver) -> Reader:
    """What the body can open and read."""
    identity = receiver.identity()
    return Reader(
        identities=[each.secret for each in identity.receiving],
        schema_set=SCHEMA_SET,
        schema_version=SCHEMA_VERSION,
        unwrappers=[receiving_key_of(each.receiving) for each in identity.sm2_keys],
    )
