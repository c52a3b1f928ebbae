"""A suggestion handled at the body by the command line: home in replies, evaluated there, and handled in a second round."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from app.domain.rule_book import RuleBook
from app.reference import DEFAULT_PROFILE, rule_profiles, work_calendar
from tests.journeys.programs import Line, written_json

TEXT = "一、情况\n东街路灯不亮。\n二、分析\n线路老化。\n三、建议\n请整修。\n"


def handle(line: Line, *deeds: dict[str, Any]) -> list[str]:
    """The deeds in a file, done at the body; the states they lead to."""
    return [each["state"] for each in line.body("handle", written_deeds(line, *deeds))["handled"]]


def written_deeds(line: Line, *deeds: dict[str, Any]) -> Path:
    """The deeds in a file on the stick."""
    line.stick.mkdir(exist_ok=True)
    path = line.stick / "deeds.json"
    path.write_text(json.dumps(deeds, ensure_ascii=False), encoding="utf-8")
    return path


def reply(of: str, reply_class: str, number: str, words: str) -> dict[str, Any]:
    fields = {"reply_class": reply_class, "reply_number": number, "signed_by": "局长甲", "slip": "示例交通局"}
    return {"of": of, "event": "reply", "words": words, "fields": fields}


def round_trip(line: Line) -> None:
    line.body("intake", line.export())
    line.bring_back()


def test_reviewed_assigned_and_answered_twice_at_the_body(line: Line, tmp_path: Path) -> None:
    station, text = line.station, tmp_path / "text.txt"
    text.write_text(TEXT, encoding="utf-8")
    id = station("draft", "--title", "关于整修东街路灯的建议", "--lead", "代表甲", "--text", text)["id"]
    station("submit", id)
    round_trip(line)
    (listed,) = line.body("suggestions")["suggestions"]
    assert (listed["id"], listed["state"], "first_review" in listed["events"]) == (id, "submitted", True)

    share = {"unit": "示例交通局", "role": "sole_handler", "part": ""}
    states = handle(
        line,
        {"of": id, "event": "first_review"},
        {"of": id, "event": "second_review"},
        {"of": id, "event": "accept", "fields": {"case_number": "第0007号"}},
        {"of": id, "event": "assign", "words": "请按时答复", "shares": [share]},
    )
    assert states == ["first_review", "second_review", "accepted", "assigned"]
    line.body.refused("deed_refused", "handle", line.stick / "deeds.json")
    line.bring_back()
    fields = station("show", id)["fields"]
    rules = RuleBook(rule_profiles(), work_calendar(), DEFAULT_PROFILE).of(None)
    due = rules.due(date.fromisoformat(fields["assigned_on"]), rules.profile.reply).day
    assert (fields["state"], fields["case_number"], fields["due_on"]) == ("assigned", "第0007号", due.isoformat())
    calendar = tmp_path / "days.ics"
    station("suggestion-calendar", id, "--output", calendar)
    assert f"{due:%Y%m%d}" in calendar.read_text(encoding="utf-8")

    assert handle(line, reply(id, "B", "交函1号", "列入明年计划。")) == ["replied"]
    line.bring_back()
    pin = tmp_path / "seal.txt"
    pin.write_text("135790", encoding="utf-8")
    answer = written_json(tmp_path / "answer.json", attitude="satisfied", result="dissatisfied", opinion="还是不亮")
    assert station("evaluate", id, "--answer", answer, "--seal-pin-file", pin, "--ask-again")["for_receiver"]
    assert station("show", id)["fields"]["state"] == "evaluated"

    round_trip(line)
    again = {"of": "第0007号", "event": "rehandle", "words": "请重新办理"}
    assert handle(line, again, reply(id, "A", "交函2号", "已全部换新。")) == ["rehandling", "replied"]
    line.bring_back()
    fields = station("show", id)["fields"]
    assert (fields["state"], len(fields["taken_up"])) == ("replied", 7)
    numbers = [station("show", hit["id"])["fields"]["number"] for hit in station("search", "交函", "--kind", "reply")["hits"]]
    assert sorted(numbers) == ["交函1号", "交函2号"], "the second round overwrites nothing"
    told = station("reconcile", "replied")
    assert (told["replied"], [each["id"] for each in told["listed"]]) == (1, [id])
    assert station("returned")["open"] == []
    station.refused("nothing_open", "returned", id, "--take")
    assert station("check", "--read-data")["sound"]


def test_files_of_a_reply_and_an_outcome_come_home(line: Line, tmp_path: Path) -> None:
    station = line.station
    text = tmp_path / "text.txt"
    text.write_text(TEXT, encoding="utf-8")
    id = station("draft", "--title", "关于整修东街路灯的建议", "--lead", "代表甲", "--text", text)["id"]
    station("submit", id)
    round_trip(line)
    (line.stick / "答复.pdf").write_bytes(b"%PDF-1.4 an invented letter")
    (line.stick / "完工.txt").write_text("竣工验收", encoding="utf-8")
    came = {"of": id, "event": "outcome", "fields": {"outcome_type": "project", "name": "路灯整修"}, "files": ["完工.txt"]}
    share = {"unit": "示例交通局", "role": "sole_handler", "part": ""}
    handle(
        line,
        {"of": id, "event": "first_review"},
        {"of": id, "event": "second_review"},
        {"of": id, "event": "accept", "fields": {"case_number": "第0007号"}},
        {"of": id, "event": "assign", "shares": [share]},
        reply(id, "A", "交函1号", "已全部换新。") | {"files": ["答复.pdf"]},
        came,
    )
    line.body.refused("deed_refused", "handle", written_deeds(line, came | {"files": ["没有.txt"]}))
    laid_out = line.body("receipts", "--station", "430181001-001", "--output", line.stick / "back")["files"]
    seen = station("receive", "--preview", *laid_out)["files"]
    assert [each["records"]["files"] for each in seen if each["what"] == "reply"] == [2]
    station("receive", *laid_out)
    for kind, words, name in (("reply", "交函1号", "答复.pdf"), ("outcome", "路灯整修", "完工.txt")):
        (whole,) = station("search", words, "--kind", kind)["hits"]
        (file,) = station("search", name, "--kind", "attachment")["hits"]
        assert station("show", file["id"])["fields"]["of"] == whole["id"]
    assert station("check", "--read-data")["sound"]
    station("export", "--output", line.stick)
    assert station("returned") == {"open": [], "waiting": []}


def test_an_open_question_is_decided_for_either_side(line: Line, tmp_path: Path) -> None:
    station = line.station
    text = tmp_path / "text.txt"
    text.write_text(TEXT, encoding="utf-8")
    id = station("draft", "--title", "关于整修东街路灯的建议", "--lead", "代表甲", "--text", text)["id"]
    station("submit", id)
    round_trip(line)
    for step in (("first_review",), ("second_review",), ("accept", "--case-number", "第9号")):
        station("suggestion-step", id, *step)
    reviewed = ({"of": id, "event": event} for event in ("first_review", "second_review"))
    handle(line, *reviewed, {"of": id, "event": "accept", "fields": {"case_number": "第7号"}})
    line.bring_back()
    (open_now,) = station("returned")["open"]
    assert (open_now["id"], open_now["fields"]) == (id, ["case_number"])
    for side, number in (("--keep", "第9号"), ("--take", "第7号")):
        assert station("returned", id, side)["open"] == []
        assert station("show", id)["fields"]["case_number"] == number
        station.refused("nothing_open", "returned", id, side)
        station("undo", id)
        assert station("returned")["open"] == [open_now]


def test_a_file_of_deeds_that_is_none_is_refused_in_words(line: Line, tmp_path: Path) -> None:
    for content in (b"not json", b"{}", b"[1]", b"\xff\xfe"):
        path = tmp_path / "deeds.json"
        path.write_bytes(content)
        line.body.refused("deeds_malformed", "handle", path)
    assert line.body("suggestions") == {"purposes": {"handle": 0, "summary": 0}, "suggestions": []}
