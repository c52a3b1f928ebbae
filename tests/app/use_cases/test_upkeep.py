"""Checking: a workspace that was left alone is sound, and whatever was altered behind the program's back is found and named."""

import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import pytest

from app.domain.encounter import Encounter
from app.domain.issue import Issue
from app.domain.revisions import Revision, read_line
from app.errors import Refused
from app.keys.slot_file import read_slots
from app.keys.slots import open_with
from app.progress import Progress
from app.queries.counts import count
from app.storage.database import connector
from app.use_cases.imports import import_ledger, undo_import
from app.use_cases.recording import record
from app.use_cases.upkeep import Checked, check
from app.workspace import ATTACHMENTS, DATABASE_FILE, FOLDER, OUTBOX, Workspace
from tests.builders import Pair, StationHome, an_issue, messages_csv, pair, remove, save

PAGE: Final = 4096


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> StationHome:
    """A station in which much has happened, closed again."""
    folder = tmp_path_factory.mktemp("original")
    (folder / "a.txt").write_bytes(b"attached" * 1000)
    with pair(folder / "line") as line:
        _fill(line, folder)
        return line.homes[0]


@pytest.fixture
def used(original: StationHome, tmp_path: Path) -> StationHome:
    """The same for one test alone."""
    shutil.copytree(original.home, tmp_path / "home")
    return replace(original, home=tmp_path / "home")


def _fill(line: Pair, folder: Path) -> None:
    record(line.station, "deputy", {"name": "代表甲", "attachments": ["a.txt"]}, folder)
    import_ledger(line.station, messages_csv(folder / "a.csv", 20))
    line.round_trip()
    told = import_ledger(line.station, messages_csv(folder / "b.csv", 5, first=21))
    assert told.import_id
    undo_import(line.station, told.import_id)
    issue = an_issue(line.station, "后来的")
    save(line.station, issue, Encounter(id=line.station.clock.new_id(), party="people", people=3))
    save(line.station, replace(issue, place="东街"))
    remove(line.station, issue.id)
    line.export()


def looked(home: StationHome, *, read_data: bool) -> Checked:
    with home.opened(write=False) as workspace:
        return check(workspace, read_data=read_data)


def found(home: StationHome, *, read_data: bool = True) -> set[str]:
    """The codes of what a check finds."""
    return {each.code for each in looked(home, read_data=read_data).findings}


def told(home: StationHome, *statements: str, given: tuple[Any, ...] = ()) -> None:
    """Alter the database behind the program's back, with its own key."""
    key = open_with(read_slots(home.home / FOLDER / "keyslots.json"), home.way)
    with closing(connector(home.home / FOLDER / DATABASE_FILE, key)()) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        for statement in statements:
            assert connection.execute(statement, given).rowcount, statement


def asked(home: StationHome, question: str) -> Any:
    key = open_with(read_slots(home.home / FOLDER / "keyslots.json"), home.way)
    with closing(connector(home.home / FOLDER / DATABASE_FILE, key)()) as connection:
        return connection.execute(question).fetchone()[0]


# --- sound -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("read_data", [False, True])
def test_a_workspace_that_was_left_alone_is_sound(used: StationHome, read_data: bool) -> None:
    checked = looked(used, read_data=read_data)
    assert checked.findings == ()
    assert checked.lines == asked(used, "SELECT count(*) FROM journal")
    with used.opened(write=False) as workspace:
        assert checked.records == sum(count(workspace).values())


def test_a_record_with_branches_is_sound_too(used: StationHome) -> None:
    with used.opened() as workspace:
        issue = an_issue(workspace, "两处都改")
        save(workspace, issue)
        save(workspace, replace(issue, place="东街"))
        _branch(workspace, issue)
    assert found(used) == set()


def _branch(workspace: Workspace, issue: Issue) -> None:
    with workspace.reading() as connection:
        question = "SELECT line FROM journal WHERE record = ? ORDER BY seq LIMIT 1"
        first: Revision = read_line(connection.exec_driver_sql(question, (issue.id,)).scalar_one())
    other = replace(first, rev=workspace.clock.new_id(), parents=(first.rev,), gen=2, body={**first.body, "place": "西街"})
    with workspace.writing() as books:
        assert books.records.take_in([other]) == 1
        assert books.records.get(Issue, issue.id).disputed == ("place",)


def test_a_check_can_be_called_off_and_tells_how_far_it_is(used: StationHome) -> None:
    progress, stopped = Watched(), Progress()
    stopped.cancel()
    with used.opened(write=False) as workspace:
        lines = check(workspace, read_data=True, progress=progress).lines
        assert list(progress.stages) == ["pages", "journal", "records", "files"]
        assert progress.stages["journal"] == [lines, lines]
        with pytest.raises(Refused, match="cancelled"):
            check(workspace, progress=stopped)


@dataclass(slots=True)
class Watched(Progress):
    """A progress that remembers for each stage its total and how far it went."""

    stages: dict[str, list[int]] = field(default_factory=dict)

    def advance(self, steps: int = 1) -> None:
        Progress.advance(self, steps)
        self.stages[self.stage] = [self.total, self.step]


# --- altered ---------------------------------------------------------------------------------------------------------

AS_TEXT: Final = "CAST(line AS TEXT)"
ISSUE: Final = "(SELECT id FROM current WHERE kind = 'issue' AND NOT deleted LIMIT 1)"
LINE: Final = f"record = {ISSUE}"
ROW: Final = f"id = {ISSUE}"


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        (f"UPDATE journal SET line = CAST(replace({AS_TEXT}, '路灯', '水管') AS BLOB) WHERE {LINE}", "line_damaged"),
        (f"UPDATE journal SET line = CAST('{{}}' AS BLOB) WHERE {LINE}", "line_damaged"),
        (
            f"UPDATE journal SET line = CAST(replace({AS_TEXT}, '_del\":false', '_del\":true') AS BLOB) WHERE {LINE}",
            "chain_broken",
        ),
        (f"UPDATE journal SET chain = zeroblob(32) WHERE {LINE}", "chain_broken"),
        (f"UPDATE journal SET kind = 'visit' WHERE {LINE}", "chain_broken"),
        (f"UPDATE journal SET record = '{'0' * 36}' WHERE {LINE}", "chain_broken"),
        (f"UPDATE journal SET rev = '{'0' * 36}' WHERE {LINE}", "chain_broken"),
        (f"UPDATE journal SET by = 'f' WHERE {LINE}", "chain_broken"),
        (
            "UPDATE journal SET line = CAST(replace(CAST(line AS TEXT), '20', '21') AS BLOB) WHERE kind = 'imported'",
            "chain_broken",
        ),
        (f"UPDATE journal SET line = {AS_TEXT} WHERE {LINE}", "line_damaged"),
        ("UPDATE journal SET kind = 'printed' WHERE kind = 'imported'", "chain_broken"),
        ("UPDATE journal SET line = x'ff' WHERE kind = 'imported'", "line_damaged"),
        ("UPDATE journal SET line = CAST('[]' AS BLOB) WHERE kind = 'imported'", "line_damaged"),
        ("DELETE FROM journal WHERE kind = 'imported'", "chain_broken"),
        ("DELETE FROM journal WHERE seq = 1", "chain_broken"),
        (f"DELETE FROM journal WHERE {LINE}", "record_behind"),
        ("UPDATE current SET seq = seq - 1 WHERE no = 5", "record_behind"),
        (f"DELETE FROM current WHERE {ROW}", "record_behind"),
    ],
)
def test_an_altered_journal_or_a_view_behind_it_is_found_at_either_depth(used: StationHome, statement: str, code: str) -> None:
    told(used, statement)
    assert code in found(used, read_data=False)
    assert code in found(used)


@pytest.mark.parametrize(
    ("statement", "codes"),
    [
        (f"UPDATE current SET body = replace(body, '\"registered\"', '\"closed\"') WHERE {ROW}", {"record_differs"}),
        (f"UPDATE current SET body = replace(body, '路灯', '水管') WHERE {ROW}", {"record_differs", "index_behind"}),
        (f"UPDATE current SET body = '[]' WHERE {ROW}", {"record_differs", "record_damaged"}),
        (f"UPDATE current SET body = '{{\"subject\":1}}' WHERE {ROW}", {"record_differs", "record_damaged"}),
        (f"UPDATE current SET title = '别的' WHERE {ROW}", {"record_differs"}),
        (f"UPDATE current SET day = '2026-01-01' WHERE {ROW}", {"record_differs"}),
        (f"UPDATE current SET owner = 'x' WHERE {ROW}", {"record_differs", "count_behind"}),
        (f"UPDATE current SET rev = 'x' WHERE {ROW}", {"record_differs"}),
        (f"UPDATE current SET heads = 'x y' WHERE {ROW}", {"record_differs"}),
        (f"UPDATE current SET gen = 7 WHERE {ROW}", {"record_differs"}),
        (f"UPDATE current SET disputed = 'subject' WHERE {ROW}", {"record_differs"}),
        (f"UPDATE current SET deleted = 1 WHERE {ROW}", {"record_differs", "index_behind"}),
        (f"UPDATE current SET kind = 'nowhere' WHERE {ROW}", {"record_differs", "record_damaged", "count_behind"}),
        (f"DELETE FROM search_index WHERE rowid = (SELECT no FROM current WHERE {ROW})", {"index_behind"}),
        ("UPDATE tally SET many = many + 1 WHERE kind = 'issue'", {"count_behind"}),
        ("DELETE FROM search_index", {"index_behind"}),
        ("INSERT INTO search_index (rowid, text) VALUES (99999, '水')", {"index_behind"}),
        ("INSERT INTO search_index (rowid, text) SELECT no, '水' FROM current WHERE deleted LIMIT 1", {"index_behind"}),
        ("UPDATE search_index_docsize SET id = 99998 WHERE id = 5", {"index_behind"}),
    ],
)
def test_an_altered_view_or_index_is_found_where_everything_is_read(used: StationHome, statement: str, codes: set[str]) -> None:
    told(used, statement)
    assert found(used) == codes
    told_of = {each.code: each.where for each in looked(used, read_data=True).findings}
    if "record_differs" in codes:
        assert told_of["record_differs"] in {asked(used, f"SELECT id FROM current WHERE id = '{told_of['record_differs']}'")}


def test_another_text_in_the_index_is_found(used: StationHome) -> None:
    no = asked(used, f"SELECT no FROM current WHERE {ROW}")
    told(used, f"DELETE FROM search_index WHERE rowid = {no}", f"INSERT INTO search_index (rowid, text) VALUES ({no}, '水 管')")
    assert found(used) == {"index_behind"}


def files(home: StationHome, folder: str) -> list[Path]:
    return sorted((home.home / FOLDER / folder).iterdir())


ALTERATIONS: Final[dict[str, Callable[[Path], object]]] = {
    "flipped": lambda path: path.write_bytes(path.read_bytes()[:-1] + bytes([path.read_bytes()[-1] ^ 1])),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-20]),
    "lengthened": lambda path: path.write_bytes(path.read_bytes() + b"\0"),
    "emptied": lambda path: path.write_bytes(b""),
}


@pytest.mark.parametrize("alter", [*ALTERATIONS.values(), Path.unlink], ids=[*ALTERATIONS, "gone"])
def test_an_altered_package_in_the_outbox_is_found_at_either_depth(used: StationHome, alter: Callable[[Path], object]) -> None:
    path = files(used, OUTBOX)[1]
    alter(path)
    for read_data in (False, True):
        assert [(each.code, each.where) for each in looked(used, read_data=read_data).findings] == [("outbox_damaged", path.name)]


@pytest.mark.parametrize("alter", ALTERATIONS.values(), ids=ALTERATIONS)
def test_an_altered_attachment_is_found_where_everything_is_read(used: StationHome, alter: Callable[[Path], object]) -> None:
    (path,) = files(used, ATTACHMENTS)
    alter(path)
    assert found(used, read_data=False) == set()
    (finding,) = looked(used, read_data=True).findings
    assert finding.code == "attachment_damaged"
    assert finding.where.startswith(path.name)


def test_a_missing_attachment_is_found_at_either_depth(used: StationHome) -> None:
    (path,) = files(used, ATTACHMENTS)
    path.unlink()
    assert found(used, read_data=False) == found(used) == {"attachment_missing"}


# --- damaged pages ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["journal", "current", "search_index_data", "package"])
def test_a_damaged_page_is_found_and_named_and_the_check_goes_on(used: StationHome, table: str) -> None:
    path, page = used.home / FOLDER / DATABASE_FILE, asked(used, f"SELECT rootpage FROM sqlite_master WHERE name = '{table}'")
    content = bytearray(path.read_bytes())
    content[(page - 1) * PAGE + 100] ^= 1
    path.write_bytes(content)
    files(used, ATTACHMENTS)[0].unlink()
    for read_data in (False, True):
        checked = looked(used, read_data=read_data)
        where = {each.code: each.where for each in checked.findings}
        assert f"page {page}" in where["database_page_damaged"]
        assert "attachment_missing" in where
        assert len(checked.findings) == len(set(checked.findings))
    assert where["database_damaged"] == DATABASE_FILE
