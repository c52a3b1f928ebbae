"""A suggestion after its submission by the command line: steps, a refusal in words, a meeting's decision, deadlines, counts."""

from pathlib import Path

import pytest

from tests.journeys.programs import Line, is_a_sentence


@pytest.fixture
def submitted(line: Line) -> list[str]:
    ids = [line.station("draft", "--title", f"关于修路的建议{number}", "--lead", "代表甲")["id"] for number in range(2)]
    for id in ids:
        line.station("submit", id)
    return ids


def test_a_suggestion_is_taken_to_its_reply_and_struck_off(line: Line, submitted: list[str], tmp_path: Path) -> None:
    id, other = submitted
    decided = line.station("suggestion-decide", "first_review", id, other, "--words", "代工委会议研究")
    assert decided["ids"] == [id, other]
    line.station("suggestion-step", id, "second_review", "--review-body", "某某街道人大工委")
    line.station("suggestion-step", id, "accept", "--case-number", "第7号")
    told = line.station("suggestion-step", id, "assign", "--lead", "交通局", "--co", "财政局")
    assert (told["state"], [each["unit"] for each in told["units"]]) == ("assigned", ["交通局", "财政局"])
    reply = next(each for each in told["limits"] if each["what"] == "reply")
    assert set(reply) == {"what", "plain", "rolled", "day", "calendar_missing"}
    line.station("suggestion-step", id, "sign_for", "--unit", "交通局", "--by", "某科长")
    line.station("suggestion-step", id, "co_handler_opinion", "--words", "可安排资金")
    refused = line.station.say("suggestion-step", id, "sign_for", "--unit", "教育局", as_json=False)
    assert refused.code == 1
    assert "交通局" in refused.err
    assert is_a_sentence(refused.err)

    deadlines = tmp_path / "期限.ics"
    assert line.station("suggestion-calendar", "--output", deadlines)["days"] == 1
    assert deadlines.read_bytes().startswith(b"BEGIN:VCALENDAR")
    (owed,) = line.station("suggestion-calendar")["limits"]
    assert (owed["what"], owed["unit"], owed["day"]) == ("reply", "交通局", reply["day"])
    said = line.station.say("suggestion-calendar", id, as_json=False).out
    assert all(each in said for each in ("答复", reply["day"], "交通局", owed["suggestion"]))

    replied = line.station("suggestion-step", id, "reply", "--words", "列入计划", "--reply-class", "B")
    assert replied["state"] == "replied"
    line.station("suggestion-step", id, "track", "--promise", "明年修通", "--watch-on", "2030-06-01")
    done = line.station(
        *("suggestion-step", id, "clear_item", "--words", "修通了"),
        *("--class-change", "resolved", "--evidence", "现场查看"),
    )
    assert done["state"] == "closed"
    line.station("undo", id)
    assert line.station("show", id)["fields"]["state"] == "tracking"
    counts = line.station("suggestion-outcomes")
    assert (counts["submitted"], counts["accepted"]) == (2, 1)
    assert {"stage": "first_review", "outcome": "passed", "count": 2, "of": 2} in counts["reviews"]
    table = tmp_path / "统计.xlsx"
    line.station("suggestion-outcomes", "--output", table)
    assert table.read_bytes().startswith(b"PK")


def test_a_meeting_accepts_several_with_numbers_from_the_first_on(line: Line, submitted: list[str]) -> None:
    line.station.refused("case_numbers_uneven", "suggestion-decide", "accept", *submitted, "--case-number", "1", "2", "3")
    line.station.refused("case_number_twice", "suggestion-decide", "accept", *submitted, "--case-number", "1", "1")
    line.station.refused("decision_refused", "suggestion-decide", "accept", *submitted)
    line.station("suggestion-decide", "accept", *submitted, "--case-number", "第09号")
    assert [line.station("show", id)["fields"]["case_number"] for id in submitted] == ["第09号", "第10号"]
    line.station("undo", submitted[0])
    line.station("suggestion-decide", "accept", *submitted, "--case-number", "第21号", "第30号")
    assert [line.station("show", id)["fields"]["case_number"] for id in submitted] == ["第21号", "第30号"]


def test_a_suggestion_is_rated_and_its_unit_awarded(line: Line, submitted: list[str], tmp_path: Path) -> None:
    id = submitted[0]
    for step in ("first_review", "second_review"):
        line.station("suggestion-step", id, step)
    line.station("suggestion-step", id, "accept", "--case-number", "第7号")
    line.station("suggestion-step", id, "assign", "--sole", "交通局")
    refused = line.station.say("suggestion-step", id, "star_rating", "--stars", "4", as_json=False)
    assert refused.code == 1
    assert is_a_sentence(refused.err)
    for stars in ("2", "4"):
        line.station("suggestion-step", id, "star_rating", "--stars", stars, "--words", "群众关切", "--duties", "每月通报")
    line.station("suggestion-step", id, "award", "--award-year", "2026", "--issuer", "区人大常委会")
    given = line.station("award", "advanced_unit", "--unit", "交通局", "--issuer", "区人民政府", "--year", "2026")
    assert len(given["made"]) == 1
    told = line.station("awards")
    assert told["total"] == 4
    assert [(each["stars"], each["holds"]) for each in told["awards"] if each["type"] == "star_rating"] == [
        ("4", True),
        ("2", False),
    ]
    assert line.station("awards", "--holding")["total"] == 3
    listed = tmp_path / "名单.pdf"
    assert line.station("print", "award-ledger", "--output", listed)["records"] == 4
    assert listed.read_bytes().startswith(b"%PDF")
    line.station("print", "award-ledger", "--output", tmp_path / "名单.xlsx")
    deadlines = tmp_path / "期限.ics"
    assert line.station("suggestion-calendar", id, "--output", deadlines)["days"] >= 1


def test_a_sum_is_given_as_people_write_it(line: Line, submitted: list[str]) -> None:
    id = submitted[0]
    for step in ("first_review", "second_review"):
        line.station("suggestion-step", id, step)
    line.station("suggestion-step", id, "accept", "--case-number", "第7号")
    line.station("suggestion-step", id, "assign", "--sole", "交通局")
    came = ("suggestion-step", id, "outcome", "--outcome-type", "funds", "--name", "路灯改造", "--amount")
    refused = line.station.say(*came, "许多", as_json=False)
    assert refused.code == 1
    assert "万元" in refused.err
    made = line.station(*came, "12.5万元")["made"]
    assert [line.station("show", each)["fields"].get("amount") for each in made] == [12_500_000]
