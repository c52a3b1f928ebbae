"""An issue from the desk to the file by the command line, and the tables of real places taken in, back, and in again."""

from pathlib import Path
from typing import Any

import pytest

from tests.builders import written_csv
from tests.journeys.programs import Line, Program, enrolled_line, written_json

COLUMNS = ("工单编号", "受理时间", "办理结果", "办理情况", "办结时间", "告知日期")


def recorded(station: Program, folder: Path, words: str) -> str:
    entry = written_json(folder / "issue.json", words=words, received_on="2026-11-20", encounter={"name": "群众乙"})
    return str(station("record", "issue", entry)["id"])


def test_an_issue_goes_all_its_way_with_the_unit_s_slip(line: Line, tmp_path: Path) -> None:
    station, id = line.station, recorded(line.station, tmp_path, "河边的护栏断了")
    day = ("--on", "2026-11-20", "--by", "站长甲")
    assert station("step", id, "accept", *day)["state"] == "accepted"
    station("step", id, "propose", "--words", "请水利站修复", "--route", "township_office", *day)
    station("step", id, "approve", *day)
    assigned = station("step", id, "assign", "--unit", "示例水利站", "--required", "书面答复", "--co-unit", "示例公路站", *day)
    (slip,) = assigned["slips"]
    assert (assigned["state"], assigned["due_on"], slip["number"]) == ("assigned", "2026-12-04", "交2026-00001")
    for name in ("assignment-slip", "feedback-slip"):
        assert station("print", name, slip["id"], "--output", tmp_path / f"{name}.pdf")["pages"] == 1
    station("print", "assignment-slip", id, "--without-words", "--output", tmp_path / "wordless.pdf")
    station("step", id, "sign_for", "--by", "承办人丙")
    answer = (
        "--words",
        "已换新护栏",
        "--result",
        "solved",
        "--basis",
        "示例规定",
        "--phone",
        "0731",
        "--sealed",
        "--co-opinion",
        "护坡由我站修",
        "--by",
        "丙",
    )
    station("step", id, "handle", *answer)
    told = station("show", slip["id"])["fields"]
    assert (told["basis"], told["role"], told["co_handler_opinion"]) == ("示例规定", "lead_handler", "护坡由我站修")
    station("step", id, "feed_back", "--words", "已电话告知", "--way", "phone")
    station("step", id, "call_back", "--satisfaction", "satisfied")
    station("step", id, "close")
    assert station("step", id, "archive", "--archive-number", "档1")["state"] == "archived"
    taken = station("search", "联络员", "--kind", "step")
    assert taken["total"] >= 3, "who did it is the operator where nobody else was named"
    station.refused("life_forbids", "step", id, "merge", "--into", id)
    assert station("step", id, "reopen", "--words", "又断了")["state"] == "accepted"
    station("step", id, "decline", "--words", "不属受理范围")
    station.refused("incomplete", "step", id, "reopen")
    assert station("undo", id)["event"] == "saved"


def test_two_issues_are_merged_taken_apart_and_related(line: Line, tmp_path: Path) -> None:
    station = line.station
    first, second = (recorded(station, tmp_path, f"井盖松动，{place}") for place in ("东街", "西街"))
    before = station("show", second)["fields"]
    merged = station("relate", second, first, "--as", "same")
    assert (merged["state"], merged["merged_into"]) == ("merged", first)
    station("step", second, "unmerge", "--words", "不是同一处")
    assert station("show", second)["fields"] == before
    assert station("relate", second, first, "--as", "related")["related"] == [first]
    assert station("relate", first, second, "--as", "undecided")["related"] == []
    station("relate", first, second, "--as", "different")
    station.refused("incomplete", "relate", first, first, "--as", "related")


def test_earlier_matters_are_told_with_the_reason(line: Line, tmp_path: Path) -> None:
    station = line.station
    first, second = (recorded(station, tmp_path, f"样本小区{place}门前的路灯坏了三个月") for place in ("东边", "西边"))
    (found,) = station("similar", "--of", second, "--limit", "1")["found"]
    assert (found["id"], found["person"], found["received_on"]) == (first, "群*", "2026-11-20")
    assert found["reason"].startswith("很相似")
    told = station("similar", "样本小区东边门前的路灯坏了三个月", "--limit", "2")["found"]
    assert [each["id"] for each in told] == [first, second]
    assert station("similar", "路灯")["found"] == []


def test_the_hotline_answers_one_by_one_and_by_a_table(line: Line, tmp_path: Path) -> None:
    station = line.station
    first, second = (recorded(station, tmp_path, f"噪声扰民，{place}") for place in ("东街", "西街"))
    for id, number in ((first, "H-1"), (second, "H-2")):
        station("step", id, "refer", "--route", "hotline_12345", "--words", "转热线")
        station("hotline", id, "--number", number, "--accepted", "2026-11-20")
    told = station("hotline", first, "--words", "已劝停", "--result", "solved", "--told", "2026-11-21", "--way", "phone")
    assert told["state"] == "fed_back"
    rows = [
        ("H-1", "2026-11-20", "已解决", "已劝停", "", "2026-11-21"),
        ("H-2", "2026-11-20", "列入计划", "明年治理", "2026-11-21", ""),
        ("H-9", "", "已解决", "好", "", ""),
    ]
    table = written_csv(tmp_path / "结果.csv", COLUMNS, rows)
    rehearsed = station("import", table, "--as", "results", "--dry-run")
    assert counted(rehearsed) == (3, 1, 1, 1)
    assert [(each["row"], each["code"]) for each in rehearsed["problems"]] == [(4, "work_order_unknown")]
    taken = station("import", table, "--as", "results")
    assert station("show", second)["fields"]["result"] == "planned"
    other = written_csv(tmp_path / "另.csv", COLUMNS, [("H-2", "", "已解决", "已治理", "", "")])
    assert [each["code"] for each in station("import", other, "--as", "results")["problems"]] == ["result_differs"]
    station("undo", taken["import_id"])
    assert "result" not in station("show", second)["fields"]
    assert counted(station("import", table, "--as", "results")) == (3, 1, 1, 1)
    assert station("check", "--read-data")["sound"]


def counted(told: dict[str, Any]) -> tuple[int, int, int, int]:
    read, imported, repeated, refused = (int(told[each]) for each in ("read", "imported", "repeated", "refused"))
    assert read == imported + repeated + refused
    return read, imported, repeated, refused


@pytest.mark.parametrize(
    ("file", "rows"), [("messages.xlsx", 2152), ("messages-with-replies.xlsx", 1460), ("hotline-appeals.csv", 732)]
)
def test_every_real_table_goes_in_comes_back_and_goes_in_again(tmp_path: Path, real_data: Path, file: str, rows: int) -> None:
    station = enrolled_line(tmp_path).station
    rehearsed = counted(station("import", real_data / file, "--dry-run"))
    assert rehearsed[0] == rows
    first = station("import", real_data / file)
    assert counted(first) == rehearsed
    assert station("count")["issue"] == first["imported"] > 0
    assert counted(station("import", real_data / file))[1] == 0
    undone = station("undo", first["import_id"])
    assert (undone["kept"], station("count").get("issue", 0)) == ([], 0)
    assert counted(station("import", real_data / file)) == rehearsed
