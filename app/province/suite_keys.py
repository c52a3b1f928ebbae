"""A body begins to take packages of suite gm-1: its SM2 keys, the root document that names them, the trust list that says so."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from app.errors import Refused
from app.keys.identities import BodySm2
from app.keys.root_keys import RootKeys
from app.packages.forms import GM_1, STD_1
from app.packages.sm2_keys import receiving_key_of
from app.province.enrolment import next_list
from app.province.own_keys import add_roots, keep_identity, name_further, new_pair, online_of_sm2
from app.province.receiver import Receiver
from app.province.store import setting_of
from app.province.suites import keys_of_suite, suites_taken, take_suites
from app.province.tables import SeatRow, StationRow


@dataclass(frozen=True, slots=True, kw_only=True)
class SuiteState:
    """Which suites a body takes, at which version of its trust list, and the computers in use that have no key of gm-1."""

    suites: tuple[str, ...]
    version: int
    without: tuple[tuple[str, str], ...]
    """Code of the station, and the computer."""


def suite_state(receiver: Receiver) -> SuiteState:
    """What a body takes now."""
    with receiver.store.reading() as connection:
        return _state(receiver, connection)


def add_gm(receiver: Receiver, held: RootKeys | None) -> SuiteState:
    """Take packages of gm-1 beside those of std-1 and rather than them; makes the keys for it where there are none.

    `held` are the root keys, which sign the root document that names the new keys. Raises `Refused("roots_wanted")` where they
    are needed and missing, and `PackageFault` as `sign_roots` does for those of another body.
    """
    if receiver.identity().sm2 is None:
        if held is None:
            raise Refused("roots_wanted")
        _make_keys(receiver, held)
    return _take(receiver, (GM_1.suite, STD_1.suite))


def require_gm(receiver: Receiver) -> SuiteState:
    """Take packages of gm-1 alone; raises `Refused("suite_not_taken", suite)` where the body has no keys for it."""
    if receiver.identity().sm2 is None:
        raise Refused("suite_not_taken", suite=GM_1.suite)
    return _take(receiver, (GM_1.suite,))


def exported_key(receiver: Receiver, suite: str) -> bytes:
    """The keys that open packages of a suite, as common tools take them: lines of age, or PEM of SM2.

    Raises `Refused("suite_not_taken", suite)` where the body has none.
    """
    identity = receiver.identity()
    if suite == STD_1.suite:
        return "".join(f"{each.secret}\n" for each in identity.receiving).encode()
    if identity.sm2 is None:
        raise Refused("suite_not_taken", suite=suite)
    return receiving_key_of(identity.sm2.receiving).to_pem()


def _take(receiver: Receiver, suites: Sequence[str]) -> SuiteState:
    with receiver.store.writing() as connection:
        if suites_taken(connection) != tuple(suites):
            take_suites(connection, suites)
            next_list(receiver, connection)
        return _state(receiver, connection)


def _state(receiver: Receiver, connection: Connection) -> SuiteState:
    question = select(SeatRow.station, SeatRow.seat, StationRow.code).join(StationRow, StationRow.id == SeatRow.station)
    used = connection.execute(question.where(SeatRow.revoked_epoch.is_(None)).order_by(StationRow.code, SeatRow.seat)).all()
    able = {station: keys_of_suite(connection, station, GM_1.suite) for station in {row.station for row in used}}
    version = int(setting_of(connection, "trust_version"))
    without = tuple((row.code, row.seat) for row in used if row.seat not in able[row.station])
    return SuiteState(suites=suites_taken(connection), version=version, without=without)


def _make_keys(receiver: Receiver, held: RootKeys) -> None:
    keys = BodySm2(receipt=new_pair(), reply=new_pair(), receiving=new_pair())
    signed = name_further(receiver, online_of_sm2(keys), held)
    with receiver.store.writing() as connection:
        keep_identity(connection, receiver.identity().with_sm2(keys))
        add_roots(receiver, connection, signed)
