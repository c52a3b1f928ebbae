"""Ledgers of every kind by the command line: rehearsed, taken in, known again, undone, taken in again."""

from pathlib import Path
from typing import Any, Final

import pytest

from tests.app.ledgers.sheets import written_book
from tests.builders import written_csv
from tests.journeys.programs import Line, is_a_sentence

OLD_WORKBOOK: Final = Path(__file__).parents[1] / "app" / "ledgers" / "files" / "outreach.xls"
LEDGERS: Final[dict[str, tuple[tuple[str, ...], list[tuple[str, ...]], dict[str, int], tuple[str, str]]]] = {
    "visits": (
        ("走访日期", "走访代表", "走访对象", "联系电话", "反映问题"),
        [
            ("2026.3.5", "台账代表甲", "台账群众一", "13800000001", "台账里的路灯不亮"),
            ("2026.3.5", "台账代表甲", "台账群众二", "1.39E+10", "台账里的停水"),
            ("20260306", "台账代表乙", "台账某组 6 人", "", "无意见"),
        ],
        {"visit": 2, "encounter": 2, "issue": 1, "contact": 1},
        ("encounter", "台账群众一"),
    ),
    "people": (
        ("代表姓名", "代表层级", "代表证号", "联系电话"),
        [
            ("台账代表甲", "省", "TZ0001", "13800000001"),
            ("台账代表乙", "县级", "430121199001010000", ""),
            ("台账代表丙", "乡镇", "", ""),
        ],
        {"deputy": 2, "contact": 1},
        ("deputy", "台账代表丙"),
    ),
    "units": (
        ("承办单位", "单位类型", "上级单位", "办公电话"),
        [("台账住建局", "政府", "", "0731-88880001"), ("", "社区", "", ""), ("台账管理处", "事业单位", "台账住建局", "")],
        {"unit": 2},
        ("unit", "台账管理处"),
    ),
}
"""By kind: columns, rows of which one cannot be taken, what becomes of the others, and one record to be found."""


def three(told: Any) -> list[int]:
    """Rows read, and the three counts they are told in."""
    assert told["read"] == told["imported"] + told["repeated"] + told["refused"]
    return [told[each] for each in ("read", "imported", "repeated", "refused")]


def more(line: Line, before: dict[str, int]) -> dict[str, int]:
    """How many records of which kinds there are more than before."""
    now: dict[str, int] = line.station("count")
    return {kind: number - before.get(kind, 0) for kind, number in now.items() if number != before.get(kind, 0)}


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
@pytest.mark.parametrize("kind", LEDGERS)
def test_a_ledger_is_rehearsed_taken_in_undone_and_taken_in_again(line: Line, tmp_path: Path, kind: str, ending: str) -> None:
    header, rows, makes, (found, name) = LEDGERS[kind]
    path = tmp_path / f"台账{ending}"
    if ending == ".csv":
        written_csv(path, header, rows)
    else:
        written_book(path, {"台账": [header, *rows]})
    refused = 1 if ending == ".csv" or kind != "people" else 0  # as text in a workbook the number is whole
    makes = makes if refused else {"deputy": 3, "contact": 1}
    before = line.station("count")

    rehearsed = line.station("import", path, "--as", kind, "--dry-run")
    assert (three(rehearsed), rehearsed["import_id"], line.station("count")) == ([3, 3 - refused, 0, refused], None, before)
    told = line.station("import", path, "--as", kind)
    assert (three(told), told["kind"], told["problems"]) == (three(rehearsed), kind, rehearsed["problems"])
    assert all(each["row"] > 1 and is_a_sentence(each["message"]) for each in told["problems"])
    assert more(line, before) == makes
    assert found in {each["kind"] for each in line.station("search", name)["hits"]}
    assert three(line.station("import", path, "--as", kind)) == [3, 0, 3 - refused, refused]

    assert line.station("undo", told["import_id"])["removed"] == sum(makes.values())
    assert line.station("count") == before
    again = line.station("import", path, "--as", kind)
    assert (three(again), more(line, before)) == (three(told), makes)
    line.station("undo", again["import_id"])
    assert line.station("count") == before
    assert line.station("check", "--read-data")["sound"]


@pytest.mark.parametrize("kind", LEDGERS)
def test_the_counts_and_the_way_back_are_printed_in_words(line: Line, tmp_path: Path, kind: str) -> None:
    header, rows, _makes, _found = LEDGERS[kind]
    path = written_csv(tmp_path / "台账.csv", header, rows)
    rehearsed = line.station.say("import", path, "--as", kind, "--dry-run", as_json=False)
    assert (rehearsed.code, "liaison undo" in rehearsed.out) == (0, False)
    said = line.station.say("import", path, "--as", kind, as_json=False)
    counts, way_back, *odd = said.out.splitlines()
    assert counts == "共读取 3 行：导入 2 行，重复 0 行，未导入 1 行。"
    assert way_back.startswith("如需撤回：liaison undo ")
    assert len([each for each in odd if "未导入" in each or "没有写" in each]) == 1
    line.station("undo", way_back.rpartition(" ")[2])


def test_an_old_workbook_is_taken_in_and_undone(line: Line) -> None:
    before = line.station("count")
    told = line.station("import", OLD_WORKBOOK, "--as", "visits")
    assert (three(told), told["sheet"]) == ([5, 4, 0, 1], "走访台账")
    assert [(each["row"], each["column"]) for each in told["problems"] if each["code"] == "number_rounded"] == [(6, "E 证件")]
    assert three(line.station("import", OLD_WORKBOOK, "--as", "visits")) == [5, 0, 4, 1]
    assert three(line.station("import", OLD_WORKBOOK, "--as", "visits", "--sheet", "旧表", "--dry-run")) == [1, 1, 0, 0]
    line.station("undo", told["import_id"])
    assert line.station("count") == before
