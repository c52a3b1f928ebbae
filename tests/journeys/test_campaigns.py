"""Activities and campaigns by the command line: recorded with minutes, gathered, counted, saved as a table, closed."""

from pathlib import Path

from openpyxl import load_workbook

from tests.journeys.programs import Line, Program, written_json


def test_an_activity_with_its_minutes_is_recorded_and_shown(line: Line, tmp_path: Path) -> None:
    station: Program = line.station
    entry = written_json(
        tmp_path / "activity.json",
        visit_kind="group_activity",
        group_mode="linked",
        theme="第一小组季度活动",
        on="2026-11-12",
        attendance=[{"name": "某干部", "part": "街道", "presence": "present"}],
        minutes=[{"name": "甲", "words": "先修路"}, {"name": "乙", "words": "再修灯"}],
        issues=[{"words": "东街没有路灯"}],
    )
    made = station("record", "visit", entry)
    parts = station("show", made["id"])["parts"]
    assert [each["kind"] for each in parts] == ["attendance", "speech", "speech", "issue"]
    assert [each["fields"]["order"] for each in parts[1:3]] == [1, 2]
    assert parts[3]["fields"]["source"] == "activity"
    station("record", "deputy", written_json(tmp_path / "deputy.json", name="代表戊"))
    drafted = station("draft", "--title", "关于路灯的建议", "--lead", "代表戊", "--visits", made["id"])
    assert station("show", drafted["id"])["fields"]["visits"] == [made["id"]]
    assert [each["kind"] for each in station("show", made["id"])["parts"]][-1] == "suggestion"


def test_a_campaign_counts_what_was_gathered(line: Line, tmp_path: Path) -> None:
    station: Program = line.station
    campaign = written_json(
        tmp_path / "campaign.json", name="岁末走访", campaign_type="outreach_month", starts_on="2031-11-01", ends_on="2031-11-30"
    )
    made = station("record", "campaign", campaign)
    round_of = written_json(
        tmp_path / "round.json",
        visit_kind="outreach",
        on="2031-11-09",
        encounters=[{"party": "people", "people": 6, "village": "东村"}],
    )
    station("record", "visit", round_of)
    named = written_json(
        tmp_path / "named.json",
        visit_kind="outreach",
        on="2031-12-09",
        campaign="岁末走访",
        encounters=[{"name": "群众甲", "raised": "停水"}],
    )
    station("record", "visit", named)
    assert station("campaign", made["id"], "--gather")["gathered"] == 1
    table = station("campaign", "岁末走访")
    assert (table["whole"]["visits"], table["whole"]["people"]) == (2, 7)
    assert {"village": "东村", "people": 6}.items() <= table["villages"][0].items()
    path = tmp_path / "表格.xlsx"
    assert station("campaign", made["id"], "--output", path)["noted"]
    assert load_workbook(path).sheetnames[0] == "总表"
    station("campaign", made["id"], "--close")
    (shown,) = [each for each in station("campaign")["campaigns"] if each["id"] == made["id"]]
    assert shown["state"] == "closed"
    station("campaign", made["id"], "--reopen")
    station.refused("campaign_unknown", "campaign", "没有这个")
    station.refused("table_format", "campaign", made["id"], "--output", tmp_path / "table.docx")
    station.refused("incomplete", "record", "campaign", written_json(tmp_path / "nameless.json", issuer="街道"))
