"""Many rows at once are the same rows, however many statements it takes."""

import gc
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import select

from app.storage import bulk
from app.storage.bulk import insert_rows, nothing_collected
from app.storage.database import Connection, open_database
from app.storage.tables import SettingRow

COLUMNS = ("name", "value")


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    database = open_database(tmp_path / "a.db", bytes(32))
    with database.writing() as opened:
        SettingRow.metadata.create_all(opened)
        yield opened
    database.close()


def held(connection: Connection) -> list[tuple[str, bytes]]:
    rows = connection.execute(select(SettingRow.name, SettingRow.value).order_by(SettingRow.name))
    return [(row.name, row.value) for row in rows]


def invented(several: range) -> list[tuple[str, bytes]]:
    return [(f"{number:04}", str(number).encode()) for number in several]


@pytest.mark.parametrize("several", [0, 1, bulk.TOGETHER - 1, bulk.TOGETHER, bulk.TOGETHER + 1, 3 * bulk.TOGETHER + 7])
def test_all_rows_are_there_and_counted(connection: Connection, several: int) -> None:
    rows = invented(range(several))
    assert insert_rows(connection, SettingRow, COLUMNS, rows) == several
    assert held(connection) == rows


def test_a_row_whose_key_is_taken_stays_as_it_is(connection: Connection) -> None:
    before = [("0003", b"a"), (f"{bulk.TOGETHER + 2:04}", b"b")]
    insert_rows(connection, SettingRow, COLUMNS, before)
    rows = invented(range(bulk.TOGETHER + 5))
    assert insert_rows(connection, SettingRow, COLUMNS, rows, new_only=True) == len(rows) - 2
    assert held(connection) == sorted((dict(rows) | dict(before)).items())


def test_what_was_not_looked_for_is_looked_for_again_after_the_block() -> None:
    assert gc.isenabled()
    with nothing_collected():
        with nothing_collected():
            assert not gc.isenabled()
        assert not gc.isenabled(), "the outer block still wants it so"
    assert gc.isenabled()
    with suppress(ZeroDivisionError), nothing_collected():
        raise ZeroDivisionError
    assert gc.isenabled(), "after a failure too"
