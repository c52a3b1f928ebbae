"""The whole line by the two command lines: from a resident's words to a receipt (the commands are kept stable)."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from app.errors import Unavailable
from app.use_cases import handing_in, outgoing_attachments
from app.workspace import Workspace
from tests.builders import messages_csv
from tests.journeys.programs import (
    BODY_CODE,
    STATION_CODE,
    Line,
    Program,
    body_at,
    enrolled_line,
    passphrase_file,
    station_at,
    written_json,
)

STANDING = {"never_sent", "sent", "received", "returned", "elsewhere"}
FILE = {"file", "verdict", "code", "new", "duplicate", "conflict", "returned"}


def has(document: Mapping[str, Any], *members: str) -> bool:
    """Whether a document holds the members that are promised."""
    return set(members) <= document.keys()


def standing(line: Line) -> dict[str, int]:
    told: dict[str, int] = line.station("packages")["records"]
    assert told.keys() == STANDING
    return told


def test_keys_and_trust_are_set_up_by_commands(tmp_path: Path) -> None:
    words = passphrase_file(tmp_path)
    station, body = station_at(tmp_path / "station", words), body_at(tmp_path / "body", words)

    made = body("setup", "--body", BODY_CODE, "--roots", tmp_path / "roots")
    assert has(made, "body", "code", "roots_fingerprint", "recovery_code")
    assert len(made["roots_fingerprint"]) == 64
    body("trust", "--output", tmp_path / "whole.json")

    told = station("setup", "--station", STATION_CODE, "--name", "某某街道人大代表联络站", "--trust", tmp_path / "whole.json")
    assert has(told, "station", "seat", "recovery_code", "roots_fingerprint")
    assert told["roots_fingerprint"] == made["roots_fingerprint"]
    station.refused("not_enrolled", "export", "--output", tmp_path / "stick")

    asked = station("enrol-request", "--output", tmp_path / "request.json")
    enrolled = body("enrol", tmp_path / "request.json", "--output", tmp_path / "trust.json")
    assert enrolled["digits"] == asked["digits"]
    assert (enrolled["station"], enrolled["seat"]) == (STATION_CODE, told["seat"])

    believed = station("trust", tmp_path / "trust.json", "--roots-fingerprint", made["roots_fingerprint"])
    assert believed["enrolled"]
    assert station("packages")["records"]["never_sent"] == 2, "the station and this computer"


def test_the_whole_line(tmp_path: Path) -> None:
    line = enrolled_line(tmp_path)
    deputy = recorded(line.station, tmp_path)
    imported(line.station, tmp_path)
    suggestion = submitted(line.station, deputy)
    told = line.station("show", suggestion)["fields"]

    before = standing(line)
    assert before["never_sent"] == sum(before.values())
    records = handed_over(line, tmp_path, before["never_sent"])
    assert line.body("show", suggestion)["fields"] == told

    back = line.bring_back()
    assert sorted(each["what"] for each in back["files"]) == ["receipt", "trust"]
    assert standing(line) == dict.fromkeys(STANDING, 0) | {"received": before["never_sent"]}
    (number,) = line.station("packages")["packages"]
    assert (number["seq"], number["state"], number["receipt"]) == (1, "received", 1)
    assert line.station("check", "--read-data")["sound"]
    assert line.body("count") == records
    assert set(line.station("count")) - set(records) == {"operator", "contact"}, "these stay at the station"


def recorded(station: Program, folder: Path) -> str:
    """A deputy, a morning's reception and a lone issue; returns the deputy's identifier."""
    deputy = station("record", "deputy", written_json(folder / "deputy.json", name="代表甲", deputy_card_no="0001"))
    visit = station("record", "visit", reception(folder))
    entry = written_json(folder / "issue.json", words="河边的护栏断了", encounter={"name": "群众乙"})
    issue = station("record", "issue", entry)
    assert all(each.keys() == {"id"} for each in (deputy, visit, issue))
    return str(deputy["id"])


def imported(station: Program, folder: Path) -> None:
    """Twenty messages rehearsed, imported, imported again; three more imported and taken back."""
    rehearsed = station("import", messages_csv(folder / "留言.csv", 20), "--as", "issues", "--dry-run")
    assert (rehearsed["imported"], rehearsed["import_id"]) == (20, None)
    told = station("import", folder / "留言.csv")
    assert has(told, "read", "imported", "repeated", "refused", "import_id", "problems")
    assert [told[each] for each in ("read", "imported", "repeated", "refused")] == [20, 20, 0, 0]
    assert station("import", folder / "留言.csv")["repeated"] == 20
    before = station("count")
    more = station("import", messages_csv(folder / "more.csv", 3, first=100))
    assert station("undo", more["import_id"])["removed"] == 7, "three issues, three people, one of them with a telephone"
    assert station("count") == before
    assert before["issue"] == 22


def submitted(station: Program, deputy: str) -> str:
    """A suggestion on three of the issues that a search finds."""
    found = station("search", "路灯", "--limit", "5")
    assert has(found, "total", "hits")
    assert (found["total"], len(found["hits"])) == (20, 5)
    assert all(each.keys() == {"kind", "id", "title", "date"} for each in found["hits"])
    grounds = [each["id"] for each in found["hits"][:3]]
    drafted = station("draft", "--title", "关于整修路灯的建议", "--lead", "代表甲", "--issues", *grounds)
    assert station("submit", drafted["id"])["id"] == drafted["id"]
    told = station("show", drafted["id"])["fields"]
    assert (told["issues"], told["lead_deputy"], told["state"]) == (grounds, deputy, "submitted")
    assert [each["event"] for each in station("history", drafted["id"])["changes"]] == ["saved", "saved"]
    return str(drafted["id"])


def handed_over(line: Line, folder: Path, never_sent: int) -> dict[str, int]:
    """Exported, copied, verified, taken in twice; returns the records by kind."""
    exported = line.station("export", "--output", line.stick)
    assert has(exported, "package", "seq", "records", "bytes")
    package = Path(exported["package"])
    assert (exported["seq"], exported["bytes"], exported["records"]["issue"]) == (1, package.stat().st_size, 22)
    assert standing(line) == dict.fromkeys(STANDING, 0) | {"sent": never_sent}
    nothing = line.station("export", "--output", line.stick)
    assert (nothing["package"], nothing["seq"]) == (None, None)

    copied = line.station("copy", "1", "--output", folder / "another stick")
    assert Path(copied["package"]).read_bytes() == package.read_bytes()
    trust = folder / "trust.json"
    for verified in (line.station("verify", package), line.station("verify", package, "--trust", trust)):
        assert has(verified, "verdict", "code", "statement")
        assert (verified["verdict"], verified["code"]) == ("accepted", None)
        assert verified["statement"]["to"] == [BODY_CODE]

    (taken,) = line.body("intake", line.stick)["files"]
    assert has(taken, *FILE)
    assert (taken["verdict"], taken["new"]) == ("accepted", sum(exported["records"].values()) + 4), "four were saved twice"
    (again,) = line.body("intake", copied["package"])["files"]
    assert (again["verdict"], again["new"]) == ("duplicate", 0)
    records: dict[str, int] = exported["records"]
    return records


def reception(folder: Path) -> Path:
    """A morning's reception with its people, what they raised, and a photograph."""
    (folder / "照片.jpg").write_bytes(b"an invented photograph")
    return written_json(
        folder / "visit.json",
        visit_kind="reception",
        on="2026-11-20",
        deputies=["代表甲"],
        encounters=[{"name": "群众甲", "contact": {"phone": "13800000000"}, "issues": [{"words": "楼道堆满杂物"}]}],
        attachments=["照片.jpg"],
    )


def test_a_second_round_carries_only_what_is_new(tmp_path: Path) -> None:
    line = enrolled_line(tmp_path)
    line.station("import", messages_csv(tmp_path / "first.csv", 5))
    line.export()
    line.station("import", messages_csv(tmp_path / "second.csv", 3, first=6))
    exported = line.station("export", "--output", line.stick)
    assert (exported["seq"], exported["records"]) == (2, {"encounter": 3, "issue": 3})
    assert [each["verdict"] for each in line.body("intake", line.stick)["files"]] == ["accepted", "accepted"]
    line.bring_back()
    line.station("import", messages_csv(tmp_path / "third.csv", 1, first=9))
    assert standing(line) == {"never_sent": 2, "sent": 0, "received": 18, "returned": 0, "elsewhere": 0}
    assert line.body("count")["issue"] == 8


def test_a_package_whose_copy_failed_goes_with_the_next_export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line = enrolled_line(tmp_path)
    line.station("import", messages_csv(tmp_path / "first.csv", 2))
    (tmp_path / "a file").write_bytes(b"")
    line.station.refused("folder_unusable", "export", "--output", tmp_path / "a file" / "stick", exit=3)
    assert line.station("packages")["packages"] == [], "nothing is sealed for a folder that cannot be"

    def pulled_out(workspace: Workspace, seq: int, folder: Path, **told: object) -> Path:
        raise Unavailable("disk_failed", path=str(folder), why="")

    with monkeypatch.context() as stick:
        stick.setattr(handing_in, "copy_number", pulled_out)
        line.station.refused("disk_failed", "export", "--output", line.stick, exit=3)
    line.station("import", messages_csv(tmp_path / "second.csv", 1, first=3))
    exported = line.station("export", "--output", line.stick)
    assert [(each["seq"], each["records"]["issue"]) for each in exported["parts"]] == [(1, 2), (2, 1)]
    assert [each["verdict"] for each in line.body("intake", line.stick)["files"]] == ["accepted", "accepted"]
    assert line.station("export", "--output", line.stick)["package"] is None


def test_attachments_that_one_number_has_no_room_for_go_in_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line = enrolled_line(tmp_path)
    for number in range(3):
        (tmp_path / f"照片{number}.jpg").write_bytes(bytes([number]) * 300)
    names = [f"照片{number}.jpg" for number in range(3)]
    entry = written_json(tmp_path / "visit.json", visit_kind="research", on="2026-11-20", attachments=names)
    line.station("record", "visit", entry)
    monkeypatch.setattr(outgoing_attachments, "_ROOM", 700)
    exported = line.station("export", "--output", line.stick)
    assert [each["seq"] for each in exported["parts"]] == [1, 2]
    assert [each["records"].get("attachment", 0) for each in exported["parts"]] == [3, 0]
    assert [each["verdict"] for each in line.body("intake", line.stick)["files"]] == ["accepted", "accepted"]
    line.bring_back()
    assert standing(line)["sent"] == 0
    assert len(list((line.body.home / "receiver" / "blobs").iterdir())) == 3


def test_the_messages_of_a_real_city(tmp_path: Path, real_data: Path) -> None:
    line = enrolled_line(tmp_path)
    station, body = line.station, line.body
    station("record", "deputy", written_json(tmp_path / "deputy.json", name="代表甲"))
    imported = station("import", real_data / "messages.xlsx")
    assert [imported[each] for each in ("read", "imported", "repeated", "refused")] == [2152, 2152, 0, 0]
    assert station("import", real_data / "messages.xlsx")["repeated"] == 2152

    found = station("search", "路灯", "--limit", "3")
    assert found["total"] >= len(found["hits"]) == 3
    assert station("search", "水")["total"] > 100
    ids = [each["id"] for each in found["hits"]]
    drafted = station("draft", "--title", "关于完善路灯的建议", "--lead", "代表甲", "--issues", *ids)
    station("submit", drafted["id"])

    exported = station("export", "--output", line.stick)
    assert (exported["records"]["issue"], exported["records"]["suggestion"]) == (2152, 1)
    (taken,) = body("intake", exported["package"])["files"]
    assert (taken["verdict"], taken["conflict"], taken["returned"]) == ("accepted", 0, 0)
    assert body("count") == exported["records"]
    line.bring_back()
    told = standing(line)
    assert (told["never_sent"], told["sent"], told["returned"]) == (0, 0, 0)
    assert told["received"] == sum(exported["records"].values())

    (again,) = body("intake", exported["package"])["files"]
    assert (again["verdict"], again["new"]) == ("duplicate", 0)
    assert body("count") == exported["records"]
    assert {each["verdict"] for each in line.bring_back()["files"]} == {"duplicate"}
    assert station("check")["sound"]


def test_by_processes_with_chinese_paths_in_the_c_locale_from_elsewhere(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "我的 文档" / "联络站 数据", tmp_path / "elsewhere"
    elsewhere.mkdir()
    words = passphrase_file(folder)
    station, body = station_at(folder / "站点", words), body_at(folder / "机关", words)
    surroundings: dict[str, Any] = {"cwd": elsewhere, "LC_ALL": "C"}

    def run(program: Any, *told: str | Path) -> Any:
        said = program.process(*told, **surroundings)
        assert said.code == 0, said
        return json.loads(said.out)

    run(body, "setup", "--body", BODY_CODE, "--roots", folder / "根 密钥")
    run(station, "setup", "--station", STATION_CODE, "--name", "某某街道人大代表联络站")
    run(station, "enrol-request", "--output", folder / "请求.json")
    run(body, "enrol", folder / "请求.json", "--output", folder / "信任.json")
    run(station, "trust", folder / "信任.json")
    assert run(station, "import", messages_csv(folder / "留言 表.csv", 4))["imported"] == 4
    assert run(station, "search", "路灯")["total"] == 4
    package = run(station, "export", "--output", folder / "优 盘")["package"]
    assert run(body, "intake", folder / "优 盘")["files"][0]["verdict"] == "accepted"
    back = run(body, "receipts", "--station", STATION_CODE, "--output", folder / "回执")
    taken = run(station, "receive", *back["files"])["files"]
    assert [(each["what"], each["verdict"]) for each in taken] == [("trust", "duplicate"), ("receipt", "accepted")]
    told = station.process("packages", as_json=False, **surroundings)
    assert (told.code, told.err) == (0, "")
    assert "已收到" in told.out
    assert Path(package).parent == folder / "优 盘"
    assert list(elsewhere.iterdir()) == []


def test_options_stand_before_or_after_the_command(tmp_path: Path) -> None:
    words = passphrase_file(tmp_path)
    station = station_at(tmp_path / "station", words)
    station("setup", "--station", STATION_CODE, "--name", "某某街道人大代表联络站")
    after: Sequence[str] = ["count", "--home", str(tmp_path / "station"), "--passphrase-file", str(words), "--json"]
    assert station.main(after) == 0
    assert station("count") == {"operator": 1, "seat": 1, "station": 1}


def test_who_is_at_the_keyboard_stands_in_the_history(tmp_path: Path) -> None:
    words = passphrase_file(tmp_path)
    station = station_at(tmp_path / "station", words)
    station("setup", "--station", STATION_CODE, "--name", "某某街道人大代表联络站")
    entry = written_json(tmp_path / "issue.json", words="河边的护栏断了", encounter={"anonymous": True})
    made = station("--operator", "志愿者丙", "record", "issue", entry)
    assert [each["operator"] for each in station("history", made["id"])["changes"]] == ["志愿者丙"]
    assert station("count")["operator"] == 2


def test_a_search_is_narrowed_and_saved_as_a_list_by_commands(line: Line, tmp_path: Path) -> None:
    station = line.station
    station("import", messages_csv(tmp_path / "messages.csv", 4), "--as", "issues")
    (hit, *_rest) = station("search", "路灯", "--kind", "issue")["hits"]
    assert has(hit, "kind", "id", "title", "date")
    found = station("search", "路灯", "--kind", "issue", "--state", "registered", "--from", "2000-01-01", "--to", "2100-01-01")
    assert found["total"] == len(found["hits"]) == station("count")["issue"]
    assert station("search", "路灯", "--kind", "visit")["total"] == 0
    saved = station("search", "路灯", "--kind", "issue", "--output", tmp_path / "list.xlsx")
    assert (saved["records"], saved["noted"]) == (found["total"], True)
    assert (tmp_path / "list.xlsx").stat().st_size > 1000
    station.refused("export_format", "search", "路灯", "--output", tmp_path / "list.txt")
    station.refused("day_malformed", "search", "路灯", "--from", "soon")
