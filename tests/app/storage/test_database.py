"""An encrypted database: opened by its key alone, read beside a writer, and every trouble told by its code."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import pytest
import sqlcipher3
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from app.errors import AppError, Refused, Unavailable
from app.storage import schema
from app.storage.database import Connection, Database, connector, open_database, told
from app.storage.named_values import put_value, value_of
from app.storage.tables import SettingRow

KEY: Final = bytes(range(32))
PAGE: Final = 4096
THREADS: Final = 12


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A new database."""
    path = tmp_path / "station.db"
    schema.create(path, KEY)
    return path


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    opened = open_database(path, KEY)
    yield opened
    opened.close()


def trouble(path: Path, key: bytes = KEY) -> AppError:
    """The error with which a file does not open as a database."""
    with pytest.raises(AppError) as caught:
        open_database(path, key)
    return caught.value


def put(database: Database, name: str, value: bytes) -> None:
    with database.writing() as connection:
        put_value(connection, name, value)


def held(database: Database, name: str) -> bytes | None:
    with database.reading() as connection:
        return value_of(connection, name)


# --- opening ------------------------------------------------------------------------------------------------------


def test_what_was_written_is_there_after_a_restart(path: Path, database: Database) -> None:
    put(database, "a", b"1")
    put(database, "a", b"2")
    database.close()
    again = open_database(path, KEY)
    assert (held(again, "a"), held(again, "b")) == (b"2", None)
    again.close()


def test_another_key_opens_nothing(path: Path) -> None:
    error = trouble(path, bytes(32))
    assert isinstance(error, Refused)
    assert (error.code, error.facts) == ("not_a_database", {"path": str(path)})


@pytest.mark.parametrize("content", [b"SQLite format 3\0" + bytes(5000), "不是数据库".encode() * 400])
def test_another_file_is_no_database(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.db").write_bytes(content)
    assert trouble(tmp_path / "a.db").code == "not_a_database"


def test_an_empty_file_is_no_database_and_stays_empty(path: Path) -> None:
    path.write_bytes(b"")
    with pytest.raises(Refused) as refused:
        open_database(path, KEY)
    assert refused.value.code == "not_a_database"
    assert path.read_bytes() == b""


def test_a_plain_sqlite_file_is_no_database_of_ours(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "plain.db") as connection:
        connection.execute("CREATE TABLE setting (name TEXT, value BLOB)")
    connection.close()
    assert trouble(tmp_path / "plain.db").code == "not_a_database"


def test_a_plain_sqlite_reads_nothing_of_ours(path: Path) -> None:
    with pytest.raises(sqlite3.DatabaseError, match="not a database"), sqlite3.connect(path) as connection:
        connection.execute("SELECT * FROM sqlite_master")


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert trouble(tmp_path / "nowhere" / "a.db").code == "folder_unusable"


def test_a_damaged_first_page_is_no_database(path: Path) -> None:
    flip(path, 0)
    assert trouble(path).code == "not_a_database"


def test_a_damaged_page_is_told_when_it_is_read_and_hides_nothing_else(path: Path, database: Database) -> None:
    put(database, "a", b"whole")
    put(database, "b", bytes(PAGE * 20))
    database.close()
    flip(path, path.stat().st_size // PAGE - 3)
    opened = open_database(path, KEY)
    for _ in range(4):
        with pytest.raises(Unavailable) as caught:
            held(opened, "b")
        assert (caught.value.code, caught.value.facts) == ("database_damaged", {"path": str(path)})
        assert held(opened, "a") == b"whole"
    put(opened, "c", b"written")
    assert held(opened, "c") == b"written"
    opened.close()


def flip(path: Path, page: int) -> None:
    """Alter one bit in the middle of a page."""
    content = bytearray(path.read_bytes())
    content[page * PAGE + PAGE // 2] ^= 1
    path.write_bytes(content)


def test_a_key_has_32_bytes(path: Path) -> None:
    with pytest.raises(ValueError, match="32"):
        connector(path, b"short")


# --- transactions --------------------------------------------------------------------------------------------------


def test_a_transaction_is_kept_whole_or_not_at_all(database: Database) -> None:
    def write_and_fail() -> None:
        with database.writing() as connection:
            put_value(connection, "a", b"1")
            connection.execute(text("CREATE TABLE half (a)"))
            raise Refused("cancelled")

    with pytest.raises(Refused, match="cancelled"):
        write_and_fail()
    assert held(database, "a") is None
    with database.reading() as connection:
        assert connection.execute(text("SELECT name FROM sqlite_master WHERE name = 'half'")).first() is None
    put(database, "a", b"2")


def test_a_reader_sees_the_old_state_beside_an_open_write_and_until_its_own_end(database: Database) -> None:
    put(database, "a", b"old")
    with database.reading() as reader:
        assert value_of(reader, "a") == b"old"
        with database.writing() as writer:
            put_value(writer, "a", b"new")
            assert value_of(writer, "a") == b"new"
            assert held(database, "a") == b"old"
        assert value_of(reader, "a") == b"old"
    assert held(database, "a") == b"new"


def test_a_reader_writes_nothing_that_lasts(database: Database) -> None:
    with database.reading() as connection:
        put_value(connection, "a", b"1")
    assert held(database, "a") is None


def test_many_threads_read_beside_a_writer(database: Database) -> None:
    names = [f"n{number}" for number in range(50)]
    with database.writing() as connection:
        for name in names:
            put_value(connection, name, name.encode() * 100)

    def read(turn: int) -> int:
        with database.reading() as connection:
            return sum(value_of(connection, name) == name.encode() * 100 for name in names[turn % 7 :])

    def write(turn: int) -> int:
        put(database, "turn", str(turn).encode())
        return turn

    with ThreadPoolExecutor(THREADS) as threads:
        writing = threads.submit(lambda: [write(turn) for turn in range(20)])
        read_rows = list(threads.map(read, range(THREADS * 10)))
    assert read_rows == [len(names) - turn % 7 for turn in range(THREADS * 10)]
    assert writing.result()[-1] == 19
    assert held(database, "turn") == b"19"


def test_rows_come_from_the_newest_commit_though_connections_are_kept(database: Database) -> None:
    for turn in range(10):
        put(database, "a", str(turn).encode())
        with database.reading() as connection:
            assert connection.scalars(select(SettingRow.value)).one() == str(turn).encode()


def test_a_disk_that_is_full_is_told_and_nothing_half_written(database: Database) -> None:
    put(database, "a", b"before")

    def fill(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count = 50")
        for number in range(100):
            put_value(connection, f"n{number}", bytes(PAGE))

    with pytest.raises(Unavailable) as caught, database.writing() as connection:
        fill(connection)
    assert (caught.value.code, caught.value.facts) == ("disk_full", {"path": str(database.path)})
    assert (held(database, "a"), held(database, "n0")) == (b"before", None)


# --- the driver's words ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "cls", "code"),
    [
        ("file is not a database", Refused, "not_a_database"),
        ("database disk image is malformed", Unavailable, "database_damaged"),
        ("database or disk is full", Unavailable, "disk_full"),
        ("disk I/O error", Unavailable, "disk_failed"),
        ("unable to open database file", Unavailable, "folder_unusable"),
        ("attempt to write a readonly database", Unavailable, "folder_unusable"),
        ("database is locked", Refused, "busy"),
        ("no such table: nowhere", Unavailable, "database_failed"),
    ],
)
def test_every_trouble_of_the_driver_has_its_code(tmp_path: Path, words: str, cls: type[AppError], code: str) -> None:
    raw = sqlcipher3.dbapi2.OperationalError(words)
    for error in (raw, OperationalError("SELECT secret", {"name": "张某"}, raw)):
        with pytest.raises(cls) as caught, told(tmp_path):
            raise error
        assert caught.value.code == code
        assert "secret" not in str(caught.value)
        assert "张某" not in str(caught.value)
