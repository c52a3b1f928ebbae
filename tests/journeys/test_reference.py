"""Reference data by the command line: made from plain files, carried with the receipts, looked at, in force, set back."""

from pathlib import Path

from tests.journeys.programs import STATION_CODE, Line, is_a_sentence, nothing_changes


def plain_files(folder: Path) -> tuple[Path, Path, Path]:
    """A calendar, a list of units with people in it, and a further category, as an office keeps them."""
    files = folder / "2028.csv", folder / "承办单位.csv", folder / "类别.csv"
    files[0].write_text("日期,安排\n1月3日至5日,休\n1月8日,班\n", encoding="utf-8")
    files[1].write_text(
        "单位名称,简称,单位类型,联系人,办公电话\n示例交通局,交通局,政府部门,联系人甲,0731-00000000\n", encoding="utf-8"
    )
    files[2].write_text("方案,代码,名称\n群众意见,X01,路灯照明\n", encoding="utf-8")
    return files


def test_from_plain_files_to_the_stations_calendar_and_back(line: Line, tmp_path: Path) -> None:
    calendar, units, categories = plain_files(tmp_path)
    assert line.body("reference")["version"] == 0
    told = ("reference", "--add", calendar, "--year", "2028", "--source", "国办发明电〔2027〕1号", "--units", units)
    made = line.body(*told, "--categories", categories, "--output", tmp_path / "参考数据.json")
    assert (made["version"], made["years"], made["units"], made["categories"], made["fresh"]) == (1, [2028], 1, 1, True)
    assert "联系人甲" not in (tmp_path / "参考数据.json").read_text("utf-8")
    assert not line.body(*told)["fresh"]
    line.body("intake", line.export())
    laid_out = line.body("receipts", "--station", STATION_CODE, "--output", line.stick / "back")["files"]
    assert any(each.endswith(".reference.dsse.json") for each in laid_out)
    with nothing_changes(line.station):
        seen = line.station("receive", "--preview", line.stick / "back")["files"]
        (brought,) = (each for each in seen if each["what"] == "reference")
        assert brought["verdict"] == "new"
        assert "日历：2028。\n新的单位：示例交通局。\n类别：路灯照明。" in brought["message"]
    assert {each["what"]: each["verdict"] for each in line.station("receive", *laid_out)["files"]}["reference"] == "accepted"
    (year,) = line.station("work-calendar", "2028")["years"]
    assert (year["rest"], year["own"]) == (["2028-01-03", "2028-01-04", "2028-01-05"], False)
    now = line.station("reference")
    assert (now["version"], now["units"], now["before"]) == (1, 1, 0)
    assert line.station("reference", "--set-back") == {"version": 1, "now": 0, "moved": 0}
    line.station.refused("calendar_missing", "work-calendar", "2028")
    line.station.refused("reference_missing", "reference", "--set-back")


def test_tables_that_cannot_be_are_refused_in_sentences(line: Line, tmp_path: Path) -> None:
    calendar, _units, categories = plain_files(tmp_path)
    line.body.refused("reference_year_missing", "reference", "--add", calendar)
    refused = line.body.refused("incomplete", "reference", "--add", calendar, "--year", "2028")
    assert "文号" in refused["message"]
    categories.write_text("方案,代码,名称\n热线,X01,路灯照明\n", encoding="utf-8")
    line.body.refused("category_row_malformed", "reference", "--categories", categories)
    categories.write_text("方案,名称\n群众意见,路灯照明\n", encoding="utf-8")
    line.body.refused("columns_missing", "reference", "--categories", categories)
    letter = tmp_path / "信.csv"
    letter.write_text("单位名称,简称\n合计,3\n", encoding="utf-8")
    line.body.refused("units_none", "reference", "--units", letter)
    line.body.refused("calendar_year_missing", "reference", "--year", "2028")
    assert line.body("reference")["version"] == 0


def test_a_year_is_left_out_again_and_rows_of_sums_are_told(line: Line, tmp_path: Path) -> None:
    calendar, units, _categories = plain_files(tmp_path)
    line.body("reference", "--add", calendar, "--year", "2028", "--source", "通知")
    assert line.body("reference", "--year", "2028")["years"] == []
    units.write_text(units.read_text("utf-8") + "合计,1\n", encoding="utf-8")
    said = line.body.say("reference", "--units", units, as_json=False)
    assert "承办单位 1 个" in said.out
    assert "第 3 行" in said.out or "3" in said.out.splitlines()[-1]


def test_an_older_version_and_a_letter_are_not_taken(line: Line, tmp_path: Path) -> None:
    calendar, units, _categories = plain_files(tmp_path)
    older, newer = tmp_path / "older.json", tmp_path / "newer.json"
    line.body("reference", "--units", units, "--output", older)
    line.body("reference", "--add", calendar, "--year", "2028", "--source", "通知", "--output", newer)
    line.station("receive", newer)
    with nothing_changes(line.station):
        said = line.station.say("receive", older)
        (told,) = said.document["files"]
        assert (said.code, told["code"]) == (1, "E_ROLLBACK")
        assert is_a_sentence(told["message"])
