"""The open workspace: one writer, readers beside it, nothing in plain text, every trouble at the door told by its code."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from app.domain.people import Operator
from app.domain.values import Json
from app.errors import AppError, Refused
from app.keys.slot_file import read_slots
from app.keys.slots import open_with
from app.queries.counts import count
from app.queries.search import search
from app.storage import drafts, schema
from app.storage.database import connector
from app.storage.drafts import Draft
from app.storage.migrations import STEPS, Step
from app.use_cases.imports import import_ledger
from app.use_cases.recording import record
from app.workspace import DATABASE_FILE, FOLDER
from app.workspace import opened as opened_workspace
from tests.builders import MORNING, StationHome, an_issue, memory_way, messages_csv, new_station, save

HOLDER: Final = """
import sys
from pathlib import Path
from app.keys.ways import RecoveryWay
from app.workspace import opened
from tests.builders import an_issue
with opened(Path(sys.argv[1]), RecoveryWay(code=sys.argv[2]), write=True) as workspace:
    with workspace.writing() as books:
        books.records.save(an_issue(workspace, "已经保存"))
    with workspace.writing() as books:
        books.records.save(an_issue(workspace, "还没保存"))
        print("held", flush=True)
        sys.stdin.read()
"""
SECRETS: Final = (
    "路灯坏了三天",
    "来访者甲乙",
    "13912345678",
    "草稿里的话",
    "附件里的话",
    "某某街道人大代表联络站",
    "M00007",
    "AGE-SECRET-KEY",
    "联络员甲",
)


def trouble(home: StationHome, *, write: bool) -> AppError:
    with pytest.raises(AppError) as caught, home.opened(write=write):
        pass
    return caught.value


# --- one writer ------------------------------------------------------------------------------------------------------


@pytest.fixture
def other_process(home: StationHome) -> Iterator["subprocess.Popen[str]"]:
    """Another process that has saved one issue, and is in the middle of saving another."""
    arguments = [sys.executable, "-c", HOLDER, str(home.home), home.made.recovery_code]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_writer_is_refused_while_readers_see_the_last_commit(
    home: StationHome, other_process: "subprocess.Popen[str]"
) -> None:
    error = trouble(home, write=True)
    assert (error.code, error.facts) == ("second_writer", {"home": str(home.home)})
    with home.opened(write=False) as workspace:
        assert (search(workspace, "已经保存").total, search(workspace, "还没保存").total) == (1, 0)
    other_process.kill()
    other_process.wait()
    with home.opened() as workspace:
        assert (search(workspace, "已经保存").total, search(workspace, "还没保存").total) == (1, 0)
        save(workspace, an_issue(workspace))


def test_a_workspace_opened_for_reading_writes_nothing(home: StationHome) -> None:
    with home.opened(write=False, operator="新人") as workspace:
        with pytest.raises(Refused, match="read_only"), workspace.writing():
            pass
        assert count(workspace)["operator"] == 1


def test_a_second_opening_in_the_same_program_is_refused_too(home: StationHome) -> None:
    with home.opened(), home.opened(write=False):
        assert trouble(home, write=True).code == "second_writer"


# --- operators -------------------------------------------------------------------------------------------------------


def test_an_operator_is_entered_at_the_first_writing_and_known_again(home: StationHome) -> None:
    with home.opened(operator="志愿者乙") as workspace:
        first = workspace.author.op
    with home.opened(operator="志愿者乙") as workspace, workspace.writing() as books:
        assert workspace.author.op == first
        names = {each.record.name: each.record.id for each in books.records.all_of(Operator)}
    assert set(names) == {"联络员甲", "志愿者乙"}
    with home.opened() as workspace:
        assert workspace.author.op == names["联络员甲"]
        assert workspace.acting_as(first).author.op == first


# --- nothing in plain text -------------------------------------------------------------------------------------------


def test_nothing_that_was_typed_lies_in_plain_text_in_any_file(home: StationHome, tmp_path: Path) -> None:
    (tmp_path / "附件.txt").write_text("附件里的话" * 50, encoding="utf-8")
    entry: dict[str, Json] = {
        "visit_kind": "reception",
        "encounters": [
            {
                "name": "来访者甲乙",
                "contact": {"phone": "13912345678"},
                "issues": [{"words": "路灯坏了三天", "attachments": ["附件.txt"]}],
            }
        ],
    }
    with home.opened() as workspace:
        record(workspace, "visit", entry, tmp_path)
        import_ledger(workspace, messages_csv(tmp_path / "m.csv", 50))
        with workspace.writing() as books:
            drafts.keep(books.connection, Draft("issue/new", "issue", {"words": "草稿里的话"}, MORNING), workspace.author.op)
        beside = {path.name for path in (home.home / FOLDER).iterdir()}
        assert {"station.db-wal", "station.db-shm"} <= beside
        _assert_silent(home.home)
    _assert_silent(home.home)
    with home.opened(write=False) as workspace:
        assert search(workspace, "路灯坏了三天").total == 1
        assert search(workspace, "13912345678").total == 1


def _assert_silent(folder: Path) -> None:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) >= 4
    for path in files:
        content = path.read_bytes()
        for secret in SECRETS:
            for spelt in (secret.encode(), secret.encode("utf-16-le"), secret.encode("gb18030")):
                assert spelt not in content, f"{secret} in {path.name}"


def test_names_of_files_tell_nothing_of_what_they_hold(home: StationHome, tmp_path: Path) -> None:
    (tmp_path / "张某的病历.txt").write_text("病历", encoding="utf-8")
    with home.opened() as workspace:
        record(workspace, "deputy", {"name": "代表甲", "attachments": ["张某的病历.txt"]}, tmp_path)
    (kept,) = (home.home / FOLDER / "attachments").iterdir()
    assert len(kept.name) == 32
    assert set(kept.name) <= set("0123456789abcdef")


# --- at the door -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("write", [True, False])
def test_a_folder_without_a_station_is_told(tmp_path: Path, write: bool) -> None:
    with pytest.raises(Refused) as caught, opened_workspace(tmp_path, memory_way(), write=write):
        pass
    assert (caught.value.code, caught.value.facts) == ("no_workspace", {"home": str(tmp_path)})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("write", [True, False])
def test_a_lost_slot_file_is_told_from_a_station_that_never_was(home: StationHome, write: bool) -> None:
    (home.home / FOLDER / "keyslots.json").unlink()
    assert trouble(home, write=write).code == "keyslots_missing"


@pytest.mark.parametrize("write", [True, False])
def test_a_lost_database_is_told_and_none_is_made_in_its_place(home: StationHome, write: bool) -> None:
    path = home.home / FOLDER / DATABASE_FILE
    path.unlink()
    assert trouble(home, write=write).code == "database_missing"
    assert not path.exists()
    path.touch()
    assert trouble(home, write=write).code == "not_a_database"
    assert path.read_bytes() == b""


@pytest.mark.parametrize("write", [True, False])
@pytest.mark.parametrize("content", [b"SQLite format 3\0" + bytes(8192), b"\0" * 8192, b"PK\x03\x04"])
def test_another_file_in_its_place_is_told(home: StationHome, write: bool, content: bytes) -> None:
    path = home.home / FOLDER / DATABASE_FILE
    path.write_bytes(content)
    assert trouble(home, write=write).code == "not_a_database"
    assert path.read_bytes() == content


@pytest.mark.parametrize("write", [True, False])
def test_a_newer_database_is_refused(home: StationHome, write: bool) -> None:
    path, key = home.home / FOLDER / DATABASE_FILE, open_with(read_slots(home.home / FOLDER / "keyslots.json"), home.way)
    schema.lift(path, key, (*STEPS, Step(STEPS[-1].number + 1, ("ALTER TABLE draft ADD COLUMN place VARCHAR",))))
    assert trouble(home, write=write).code == "database_newer"


@pytest.mark.parametrize("write", [True, False])
def test_an_older_database_is_lifted_at_the_door(home: StationHome, monkeypatch: pytest.MonkeyPatch, write: bool) -> None:
    with home.opened() as workspace:
        save(workspace, an_issue(workspace))
    newer = (*STEPS, Step(STEPS[-1].number + 1, ("CREATE TABLE later (a INTEGER)",)))
    for function in (schema.lift, schema.is_older):
        monkeypatch.setattr(function, "__defaults__", (newer,))
    with home.opened(write=write) as workspace:
        assert count(workspace)["issue"] == 1
        with workspace.reading() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM later").scalar_one() == 0
    assert (home.home / FOLDER / f"station.schema-{STEPS[-1].number}.db").exists()


@pytest.mark.parametrize("write", [True, False])
def test_another_station_s_keyring_does_not_open_it(home: StationHome, tmp_path: Path, write: bool) -> None:
    other = new_station(tmp_path / "other")
    with pytest.raises(Refused) as caught, opened_workspace(home.home, other.way, write=write):
        pass
    assert caught.value.code == "keyring_entry_missing"


def test_what_a_killed_program_left_half_written_is_swept(home: StationHome) -> None:
    left = [home.home / FOLDER / name for name in ("keyslots.json.part", "outbox/llz-1.llz.part", "attachments/ab.part")]
    for path in left:
        path.write_bytes(b"half")
    with home.opened(write=False):
        assert all(path.exists() for path in left)
    with home.opened():
        assert not any(path.exists() for path in left)


def test_the_database_is_closed_with_the_block(home: StationHome) -> None:
    with home.opened() as workspace:
        save(workspace, an_issue(workspace))
    assert not list((home.home / FOLDER).glob("*-wal"))
    key = open_with(read_slots(home.home / FOLDER / "keyslots.json"), home.way)
    with closing(connector(home.home / FOLDER / DATABASE_FILE, key)()) as connection:
        assert connection.execute("SELECT count(*) FROM current WHERE kind = 'issue'").fetchone() == (1,)
