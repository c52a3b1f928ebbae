"""Erasing and letting go on a disk that fails at any step: all of it was done or nothing, the chain holds, and again does it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from app.errors import AppError, Unavailable
from app.province.intake import Intake
from app.storage.database import Database
from app.use_cases.arrivals import receive
from app.use_cases.backups import BackupsMade
from app.use_cases.compacting import compact, compaction_plan
from app.use_cases.handing_in import export
from app.use_cases.person_data import erase_person
from app.use_cases.upkeep import check
from app.workspace import Workspace
from tests.app.use_cases.test_compacting import a_year_on, changed, emptied
from tests.app.use_cases.test_erase_orders import held_by, photographed
from tests.app.use_cases.test_peers import Two, two
from tests.app.use_cases.test_person_data import NAME, Met, bytes_of, free
from tests.builders import Pair, an_issue, save

__all__ = ["two"]

LONG_AGO = date(2010, 3, 1)
Deed = Callable[[], object]


@contextmanager
def failing_at(database: Database, step: int) -> Iterator[list[int]]:
    """The statement of this number fails, counted from one; the list holds how many there were."""
    met = [0]

    def count(*_told: Any) -> None:
        met[0] += 1
        if met[0] == step:
            raise Unavailable("disk_failed", path=str(database.path))

    event.listen(database.engine, "before_cursor_execute", count)
    try:
        yield met
    finally:
        event.remove(database.engine, "before_cursor_execute", count)


def at_every_step(database: Database, deed: Deed, whole: Callable[[], None]) -> int:
    """Do it with the first statement failing, then the second, until none fails; each time all was done or nothing."""
    step, failed = 0, 0
    while True:
        step += 1
        with failing_at(database, step) as met:
            try:
                deed()
            except AppError:
                failed += 1
            # What only looks, or tidies up, may go without.
        whole()
        if met[0] < step:
            return failed


def is_sound(workspace: Workspace) -> bool:
    assert check(workspace, read_data=True).findings == ()
    return True


def test_a_station_erases_all_or_nothing(line: Pair, tmp_path: Path) -> None:
    free(line.station)
    met = Met(line.station, LONG_AGO)
    photographed(line.station, met, tmp_path)
    line.round_trip()

    def whole() -> None:
        assert (NAME.encode() in bytes_of(line.station)) == (b"erase_order" not in bytes_of(line.station))
        assert is_sound(line.station)

    assert at_every_step(line.station.database, lambda: erase_person(line.station, [met.person.id]), whole) > 10
    assert NAME.encode() not in bytes_of(line.station)


def test_a_sister_takes_an_order_in_whole_or_not(two: Two, tmp_path: Path) -> None:
    free(two.first)
    met = Met(two.first, LONG_AGO)
    photographed(two.first, met, tmp_path)
    two.exchange()
    erase_person(two.first, [met.person.id])
    (path,) = two.sealed(two.first).paths

    def whole() -> None:
        assert (NAME.encode() in bytes_of(two.second)) == (b"erase_order" not in bytes_of(two.second))
        assert is_sound(two.second)

    assert at_every_step(two.second.database, lambda: receive(two.second, path), whole) > 10
    assert NAME.encode() not in bytes_of(two.second)


def test_a_body_takes_an_order_in_whole_or_not(line: Pair, tmp_path: Path) -> None:
    free(line.station)
    met = Met(line.station, LONG_AGO)
    photographed(line.station, met, tmp_path)
    line.round_trip()
    erase_person(line.station, [met.person.id])
    (path,) = export(line.station, tmp_path / "stick").paths

    def whole() -> None:
        held = held_by(line.body)
        assert (NAME.encode() in held) == (b"erase_order" not in held)

    assert at_every_step(line.body.store.database, lambda: Intake(line.body).take(path), whole) > 10
    assert NAME.encode() not in held_by(line.body)
    line.bring_back()


def test_old_states_are_let_go_all_or_none(line: Pair) -> None:
    issues = [an_issue(line.station, f"第{number}件") for number in range(3)]
    save(line.station, *issues)
    for each in issues:
        changed(line.station, each.id, subject="新标题")
    a_year_on(line)

    def whole() -> None:
        gone = [emptied(line.station, each.id) for each in issues]
        assert gone in ([[True, False]] * 3, [[False, False]] * 3)
        assert is_sound(line.station)

    assert at_every_step(line.station.database, lambda: compact(line.station), whole) > 10
    assert compaction_plan(line.station).states == 0


@pytest.fixture(autouse=True)
def _no_backup(monkeypatch: pytest.MonkeyPatch) -> None:
    """Backups have tests of their own; here one for each step would take minutes."""
    monkeypatch.setattr("app.use_cases.compacting.back_up_all", lambda *_given, **_told: BackupsMade(made=(), problems=()))
