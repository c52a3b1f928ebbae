from pathlib import Path

import pytest

from app.errors import Refused
from app.province.store import SCHEMA, count, create_store, find, open_store
from tests.app.province.seats import OTHER_CODE, Seat, new_seat

KEY = bytes(range(32))


def test_records_are_counted_over_all_stations_but_for_those_given_back(seat: Seat) -> None:
    other = new_seat(seat.held, seat.folder / "other", code=OTHER_CODE)
    returned = seat.suggestion(lead_deputy=None)
    seat.send(returned, seat.suggestion())
    other.send(other.revision(subject="甲"), other.revision("deputy", name="代表乙"))
    assert count(seat.held.store) == {"deputy": 1, "issue": 1, "suggestion": 1}
    seat.send(seat.suggestion(before=returned, lead_deputy=seat.station))
    assert count(seat.held.store) == {"deputy": 1, "issue": 1, "suggestion": 2}


def test_a_record_is_shown_with_its_station(seat: Seat) -> None:
    made = seat.revision(subject="甲")
    seat.send(made)
    held = find(seat.held.store, made.id)
    assert (held.station, held.revision, held.deleted, held.disputed) == (seat.station, made, False, ())


def test_a_record_that_is_not_there_is_said_to_be_missing(seat: Seat) -> None:
    with pytest.raises(Refused, match="record_missing"):
        find(seat.held.store, seat.station)


def test_the_store_is_encrypted(seat: Seat) -> None:
    seat.send(seat.revision(subject="东街自来水时断时续"))
    for path in seat.held.folder.glob("store.db*"):
        data = path.read_bytes()
        assert "东街".encode() not in data
        assert not data.startswith(b"SQLite format 3")


def test_a_missing_store_is_not_made_on_the_way(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="file_missing"):
        open_store(tmp_path / "store.db", KEY)
    assert list(tmp_path.iterdir()) == []


def test_a_newer_store_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    create_store(path, KEY)
    open_store(path, KEY).close()
    database = open_store(path, KEY).database
    with database.writing() as connection:
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA + 1}")
    database.close()
    with pytest.raises(Refused, match="database_newer") as refused:
        open_store(path, KEY)
    assert (refused.value.facts["found"], refused.value.facts["known"]) == (SCHEMA + 1, SCHEMA)


@pytest.mark.parametrize("content", [b"", b"no database" * 500], ids=["an empty file", "some other file"])
def test_a_file_that_is_no_store(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(content)
    with pytest.raises(Refused, match="not_a_database"):
        open_store(path, KEY)
    assert path.read_bytes() == content


def test_another_key_opens_nothing(tmp_path: Path) -> None:
    create_store(tmp_path / "store.db", KEY)
    with pytest.raises(Refused, match="not_a_database"):
        open_store(tmp_path / "store.db", bytes(32))
