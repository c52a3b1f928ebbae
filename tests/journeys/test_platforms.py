"""The forms of other systems on the command line: listed, written in, changed, kept, taken in."""

import json
from pathlib import Path

import openpyxl

from tests.journeys.programs import STATION_CODE, Line

NAME = "网上联络站群众意见"


def test_records_go_out_in_a_form_that_the_station_changed(line: Line, tmp_path: Path) -> None:
    forms = {each["name"]: each for each in line.station("platform")["forms"]}
    assert (forms[NAME]["kind"], forms[NAME]["own"]) == ("issue", False)
    form = line.station("platform", NAME, "--save", tmp_path / "表样.json")
    assert json.loads((tmp_path / "表样.json").read_text(encoding="utf-8")) == form
    form["columns"] = [{"heading": "事由", "field": "subject", "takes": "title"}, {"heading": "来源", "text": "联络站"}]
    (tmp_path / "表样.json").write_text(json.dumps(form), encoding="utf-8")
    assert line.station("platform", "--keep", tmp_path / "表样.json") == {"kept": NAME}

    done = line.station("platform", NAME, "--output", tmp_path / "意见.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "意见.xlsx").worksheets[0].iter_rows(values_only=True))
    assert rows[0] == ("事由", "来源")
    assert (len(rows) - 1, done["noted"]) == (done["records"], True)
    assert done["records"] == line.station("count")["issue"]
    rehearsed = line.station("platform", NAME, "--import", tmp_path / "意见.xlsx", "--dry-run")
    assert rehearsed["read"] == rehearsed["imported"] + rehearsed["repeated"] + rehearsed["refused"] == done["records"]
    assert line.station("platform", NAME, "--drop") == {"dropped": NAME}


def test_what_is_wrong_is_said(line: Line, tmp_path: Path) -> None:
    (tmp_path / "表样.json").write_text('{"name": "某", "kind": "issue", "columns": [{"heading": "地点", "field": "plase"}]}')
    refused = line.station.refused("platform_field_unknown", "platform", "--keep", tmp_path / "表样.json")
    assert "plase" in refused["message"]
    line.station.refused("platform_form_missing", "platform", "没有的")


def test_the_body_writes_and_takes_in_by_the_same_forms(line: Line, tmp_path: Path) -> None:
    line.body("intake", line.export())
    form = line.station("platform", NAME, "--save", tmp_path / "表样.json")
    form["columns"] = form["columns"][:3]
    (tmp_path / "表样.json").write_text(json.dumps(form), encoding="utf-8")
    assert line.body("platform", "--keep", tmp_path / "表样.json") == {"kept": NAME}
    assert [each["own"] for each in line.body("platform")["forms"] if each["name"] == NAME] == [True]
    done = line.body("platform", NAME, "--output", tmp_path / "意见.xlsx", "--station", STATION_CODE)
    rows = list(openpyxl.load_workbook(tmp_path / "意见.xlsx").worksheets[0].iter_rows(values_only=True))
    assert (len(rows[0]), len(rows) - 1) == (3, done["records"])
    assert done["records"] == line.body("count")["issue"]
    assert len(line.body("platform", NAME)["columns"]) == 3
    assert line.body("platform", NAME, "--drop") == {"dropped": NAME}
    assert len(line.body("platform", NAME)["columns"]) > 3

    handling = "建议办理情况"
    assert line.body("platform", handling, "--output", tmp_path / "办理.xlsx")["records"] == 0
    book = openpyxl.load_workbook(tmp_path / "办理.xlsx")
    book.worksheets[0].cell(2, 1, "没有的")
    book.save(tmp_path / "办理.xlsx")
    said = line.body.say("platform", handling, "--import", tmp_path / "办理.xlsx", "--dry-run")
    assert (said.code, said.document["refused"]) == (1, [{"row": 2, "codes": ["suggestion_unknown"]}])
    line.body.refused("platform_not_read", "platform", NAME, "--import", tmp_path / "意见.xlsx")
