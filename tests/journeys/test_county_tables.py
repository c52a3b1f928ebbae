"""Tables of the office on the command line: added, marked by their words and by hand, filled, changed by the office, dropped."""

from pathlib import Path

import openpyxl

from tests.county_files import listing, statistics
from tests.journeys.programs import Line


def test_a_table_is_added_marked_and_filled_every_month(line: Line, tmp_path: Path) -> None:
    figures = line.station("tables", "--figures")
    assert figures["figures"]["receptions"] == "接待场次"
    assert figures["lists"]["reception-ledger"]["fields"]["no"] == "序号"
    assert line.station("table-add", statistics(tmp_path / "统计.xlsx"), "--name", "月报")["table"]["cells"] == []
    proposed = line.station("table-mark", "月报", "--proposed")["table"]["cells"]
    assert {name: proposed[2][name] for name in ("sheet", "cell")} == {"sheet": "统计表", "cell": "D5"}
    line.station("table-mark", "月报", "--cell", "F5", "--tells", "截至{填报日期}")
    line.station("table-mark", "月报", "--clear", "E2")
    done = line.station("table-fill", "月报", "--month", "2026-11", "--output", tmp_path / "十一月.xlsx")
    assert (done["cells"], done["noted"]) == (len(proposed), True)
    sheet = openpyxl.load_workbook(tmp_path / "十一月.xlsx")["统计表"]
    assert str(sheet["F5"].value).startswith("截至20")
    assert isinstance(sheet["E5"].value, int)
    assert [each["name"] for each in line.station("tables")["tables"]] == ["月报"]


def test_rows_take_a_list_and_a_changed_file_is_told(line: Line, tmp_path: Path) -> None:
    line.station("table-add", listing(tmp_path / "登记.xlsx"))
    columns = "A=序号,C=来访人，D=subject"
    marked = line.station("table-mark", "登记", "--rows", "3-5", "--list", "接待台账", "--columns", columns)
    assert marked["table"]["lists"][0]["columns"] == {"A": "no", "C": "person", "D": "subject"}
    book = openpyxl.load_workbook(tmp_path / "登记.xlsx")
    book["接待登记"]["C2"] = "联系电话"
    book.save(tmp_path / "登记.xlsx")
    assert [each["cell"] for each in line.station("table-add", tmp_path / "登记.xlsx")["moved"]] == ["A3"]
    refused = line.station.refused(
        "county_table_changed", "table-fill", "登记", "--month", "2026-11", "--output", tmp_path / "出.xlsx"
    )
    assert "接待登记!A3" in refused["message"]
    assert line.station("table-drop", "登记")["table"]["name"] == "登记"


def test_what_is_wrong_is_said(line: Line, tmp_path: Path) -> None:
    line.station("table-add", statistics(tmp_path / "统计.xlsx"))
    for code, *told in (
        ("county_mark_unclear", "--cell", "D5"),
        ("county_mark_unclear", "--proposed", "--follow"),
        ("county_cell_malformed", "--clear", "5D"),
        ("county_rows_unreadable", "--rows", "三到五", "--list", "接待台账"),
        ("county_figure_unknown", "--cell", "D5", "--tells", "{接待几次}"),
    ):
        line.station.refused(code, "table-mark", "统计", *told)
    line.station.refused("month_malformed", "table-fill", "统计", "--month", "十一月", "--output", tmp_path / "出.xlsx")
