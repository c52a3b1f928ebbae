"""Calendar years and rule profiles on the command line: entered, shown, gone by, removed, refused in sentences."""

import json
from pathlib import Path

from tests.journeys.programs import STATION_CODE, Line


def test_a_year_is_entered_from_a_table_shown_and_removed(line: Line, tmp_path: Path) -> None:
    table = tmp_path / "2028.csv"
    table.write_text("日期,安排\n1月1日至3日,休\n1月8日,班\n", encoding="utf-8")
    refused = line.station.refused("incomplete", "work-calendar", "2028", "--add", table)
    assert "通知文号" in refused["message"]
    line.station("work-calendar", "2028", "--add", table, "--source", "国办发明电〔2027〕1号")
    (shown,) = line.station("work-calendar", "2028")["years"]
    assert (shown["rest"], shown["worked"]) == (["2028-01-01", "2028-01-02", "2028-01-03"], ["2028-01-08"])
    assert (shown["own"], shown["source"]) == (True, "国办发明电〔2027〕1号")
    line.station("work-calendar", "2028", "--rest", "1月3日", "--source", "更正通知")
    assert line.station("work-calendar", "2028")["years"][0]["rest"] == ["2028-01-03"]
    line.station("work-calendar", "2028", "--remove")
    line.station.refused("calendar_missing", "work-calendar", "2028")
    line.station.refused("calendar_days_malformed", "work-calendar", "2028", "--rest", "元旦")
    assert 2026 in {each["year"] for each in line.station("work-calendar")["years"]}


def test_a_profile_is_made_followed_and_kept_while_it_is(line: Line, tmp_path: Path) -> None:
    congress = "示例区人民代表大会"
    file = tmp_path / "人大.json"
    file.write_text(json.dumps({"name": congress, "level": "county"}), encoding="utf-8")
    line.station("record", "congress", file)
    told = (
        "rule-profile",
        "示例区",
        "--base",
        "hunan-county",
        "--set",
        "objection=5 working_day",
        "--source",
        "示例区办法第三条",
    )
    line.station(*told, "--for", congress)
    shown = line.station("rule-profile", "示例区")
    assert shown["values"]["objection"] == {"text": "5 working_day", "usual": "10 day", "source": "示例区办法第三条"}
    assert (shown["own"], shown["base"], shown["followers"]) == (True, "hunan-county", [congress])
    line.station.refused("profile_followed", "rule-profile", "示例区", "--remove")
    line.station("rule-profile", "示例区", "--reset", "objection")
    assert line.station("rule-profile", "示例区")["values"]["objection"]["text"] == "10 day"
    line.station("rule-profile", "hunan-county", "--for", congress)
    line.station("rule-profile", "示例区", "--remove")
    assert "示例区" not in {each["label"] for each in line.station("rule-profile")["profiles"]}


def test_what_is_wrong_is_said(line: Line) -> None:
    line.station.refused("profile_of_program", "rule-profile", "hunan", "--set", "objection=5 day", "--source", "某")
    line.station.refused("profile_missing", "rule-profile", "没有的")
    line.station.refused("rule_value_missing", "rule-profile", "示例区", "--base", "hunan", "--set", "speed=5 day")
    refused = line.station.refused("incomplete", "rule-profile", "示例区", "--base", "hunan", "--set", "reply=5 month")
    assert "法律" in refused["message"]


def test_the_body_counts_what_is_not_its_own(line: Line) -> None:
    assert line.body("suggestions") == {"purposes": {"handle": 0, "summary": 0}, "suggestions": []}


def test_what_the_body_keeps_current_comes_home_with_a_receipt(line: Line, tmp_path: Path) -> None:
    table, units = tmp_path / "放假.csv", tmp_path / "单位.csv"
    table.write_text("日期,安排\n2027-03-08,休\n", encoding="utf-8")
    units.write_text("单位名称,单位类型\n示例区住建局,政府\n", encoding="utf-8")
    assert line.body("reference")["version"] == 0
    refused = line.body.refused("incomplete", "reference", "--year", "2027", "--add", table)
    assert "通知文号" in refused["message"]
    assert refused["message"].count("·") == 1
    line.body("reference", "--year", "2027", "--add", table, "--source", "示例通知〔2026〕1号", "--units", units)
    line.body("intake", line.export())
    files = line.body("receipts", "--station", STATION_CODE, "--output", tmp_path / "back")["files"]
    (document,) = [each for each in files if each.endswith(".reference.dsse.json")]
    told = line.station.say("receive", "--preview", document, as_json=False).out
    assert "日历：2027。" in told
    assert "新的单位：示例区住建局。" in told
    line.station("receive", *files)
    (shown,) = line.station("work-calendar", "2027")["years"]
    assert (shown["rest"], shown["own"], shown["source"]) == (["2027-03-08"], False, "示例通知〔2026〕1号")
    assert "示例区住建局" in line.station.say("units", as_json=False).out
    line.station("reference", "--set-back")
    line.station.refused("reference_missing", "reference", "--set-back")
    line.station.refused("calendar_missing", "work-calendar", "2027")
