"""A store that an older program filled is lifted at its first opening: nothing is lost, and the station notices nothing."""

from pathlib import Path

import pytest

from app.domain.life import PackageState
from app.province.intake import Intake
from app.province.receipts import write_receipts
from app.province.store import SCHEMA
from app.queries.counts import count
from app.queries.reconciliation import numbers
from app.use_cases.arrivals import receive
from app.use_cases.handing_in import export
from tests.builders import STATION_CODE, BodyHome, an_issue, enrol, new_body, new_station, save

SEVEN = ("erased",)
SIX = ("taken_secret", "key_end", *SEVEN)
LATER: dict[int, tuple[str, ...]] = {
    2: ("held_reply", "issued_file", "peer", "sealed_for", "seat_key", *SIX),
    3: ("peer", "seat_key", *SIX),
    4: ("seat_key", *SIX),
    5: SIX,
    6: SEVEN,
}
"""The tables that came after each schema; none that was there has changed."""


def made_older(home: BodyHome, schema: int) -> None:
    """The store as the program of that schema left it."""
    with home.opened() as held, held.store.writing() as connection:
        for table in LATER[schema]:
            connection.exec_driver_sql(f"DROP TABLE {table}")
        connection.exec_driver_sql(f"PRAGMA user_version = {schema}")


def brought(home: BodyHome, packages: tuple[Path, ...], back: Path) -> list[Path]:
    """The packages taken in, and what the body lays out then."""
    with home.opened() as held:
        assert {Intake(held).take(each).verdict for each in packages} <= {"accepted", "duplicate"}
        return list(write_receipts(held, STATION_CODE, back).files)


@pytest.mark.parametrize("schema", LATER)
def test_packages_taken_in_before_and_after_are_counted_and_answered_alike(tmp_path: Path, schema: int) -> None:
    home = new_body(tmp_path / "body")
    with new_station(tmp_path / "station").opened() as workspace:
        with home.opened() as held:
            enrol(workspace, held)
        save(workspace, *(an_issue(workspace, f"第{number}件") for number in range(5)))
        first = export(workspace, tmp_path / "one").paths
        brought(home, first, tmp_path / "back one")
        made_older(home, schema)
        save(workspace, an_issue(workspace, "升级以后的"))
        second = export(workspace, tmp_path / "two").paths
        for file in brought(home, (*first, *second), tmp_path / "back two"):
            receive(workspace, file)
        told = numbers(workspace)
        assert len(told) == len(first) + len(second)
        assert {each.state for each in told} == {PackageState.RECEIVED}
        with home.opened() as held, held.store.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA user_version").scalar_one() == SCHEMA
            there = connection.exec_driver_sql("SELECT count(*) FROM head WHERE kind = 'issue'").scalar_one()
        assert there == count(workspace)["issue"] == 6
