"""What comes after the reply, by the command line: tracked, sealed, drawn, rated."""

from datetime import date
from pathlib import Path
from typing import Any

from app.domain.life import SuggestionState
from app.domain.reply import Reply, ReplyScheme
from app.domain.suggestion import Suggestion
from app.domain.unit import Unit
from app.keys.passphrase import read_passphrase_file
from app.keys.ways import PassphraseWay
from app.workspace import opened
from tests.builders import a_deputy, save
from tests.journeys.programs import Line, Program, written_json


def answered(station: Program, letter: str = "B", subject: str = "关于河堤的建议", year: int = 2024) -> tuple[str, str]:
    """A suggestion and the reply to it, which only a step by hand or a package could have brought."""
    assert station.passphrase
    with opened(station.home, PassphraseWay(passphrase=read_passphrase_file(station.passphrase)), write=True) as workspace:
        new_id, lead = workspace.clock.new_id, a_deputy(workspace)
        unit = Unit(id=new_id(), name="示例水利局")
        told: dict[str, Any] = {"subject": subject, "text": "请修", "year": year, "state": SuggestionState.REPLIED}
        suggestion = Suggestion(id=new_id(), lead_deputy=lead.id, **told)
        reply = Reply(
            id=new_id(),
            suggestion=suggestion.id,
            unit=unit.id,
            round=1,
            scheme=ReplyScheme.HUNAN_3,
            reply_class=letter,
            replied_on=date(year, 6, 1),
            text="列入计划",
        )
        save(workspace, lead, unit, suggestion, reply)
        return suggestion.id, reply.id


def test_a_planned_matter_is_tracked_over_years(line: Line) -> None:
    station = line.station
    _suggestion, reply = answered(station)
    station.refused("incomplete", "track", reply, "--watch-on", "2025-06-01")
    begun = station("track", reply, "--promise", "明年修好", "--watch-on", "2025-06-01")
    assert (begun["class"], begun["standing"], begun["left"] < 0) == ("B", "tracked", True)
    id = begun["id"]
    assert station("tracking", "--unit", "示例水利局", "--year", "2024")["total"] == 1
    assert station("tracking", "--group", "overdue")["total"] == 1
    station.refused("incomplete", "track", id, "--as", "policy_changed", "--reason", "规划调整")
    station("track", id, "--as", "tracking", "--reason", "资金未到", "--watch-on", "2027-06-01")
    done = station("track", id, "--as", "resolved", "--reason", "完工", "--evidence", "验收单")
    assert (done["class"], [each["class"] for each in done["course"]]) == ("A", ["B", "B", "A"])
    cleared = station("tracking", "--units")
    assert (cleared["units"], cleared["units_cleared"], cleared["open"]) == (1, 1, 0)
    again = station("track", id, "--as", "retrospective_check", "--reason", "又漏水", "--watch-on", "2027-06-01")
    assert (again["first_class"], again["class"], again["standing"]) == ("B", "B", "tracked")
    station("undo", id)
    assert station("tracking")["total"] == 0
    answered(station, subject="关于公交的建议")
    assert station("track", "--planned")["made"] == 1
    assert "列入计划" in station.say("tracking", "--group", "all", as_json=False).out


def test_an_answer_is_sealed_read_by_its_pin_and_by_the_body(line: Line, tmp_path: Path) -> None:
    station, body = line.both
    suggestion, _reply = answered(station, "A")
    pin = tmp_path / "pin.txt"
    pin.write_text("135790\n")
    said = written_json(tmp_path / "a.json", attitude="satisfied", result="dissatisfied", opinion="没有办成")
    sealed = station("evaluate", suggestion, "--answer", said, "--seal-pin-file", pin)
    assert sealed["for_receiver"]
    assert "没有办成" not in str(station("show", sealed["id"]))
    assert station("evaluate", suggestion, "--read", "--seal-pin-file", pin)["opinion"] == "没有办成"
    pin.write_text("246802\n")
    station.refused("seal_pin_wrong", "evaluate", suggestion, "--read", "--seal-pin-file", pin)
    station.refused("undo_sealed", "undo", suggestion)
    (year,) = station("evaluations")["years"]
    assert (year["sealed"], year["not_counted_yet"], year["result"]["dissatisfied"]) == (1, 1, 0)
    line.export()
    body("intake", line.stick)
    (opened_,) = body("evaluations")["evaluations"]
    assert (opened_["result"], opened_["opinion"], opened_["deputy"]) == ("dissatisfied", "没有办成", "代表甲")
    enveloped, _reply = answered(station, "A")
    station("evaluate", enveloped, "--returned-on", "2026-11-20")
    station.refused("already_returned", "evaluate", enveloped, "--returned-on", "2026-11-20")


def test_a_random_review_is_drawn_rehearsed_and_filled_in(line: Line) -> None:
    station = line.station
    ids = {answered(station, subject=f"建议{number}")[0] for number in range(3)}
    told = ("--draw", "2", "--seed", "zy", "--year", "2024")
    rehearsed = station("random-review", *told, "--dry-run")
    assert station("random-review")["sheets"] == []
    done = station("random-review", *told)
    assert (done["suggestions"], done["pool"], set(done["suggestions"]) <= ids) == (rehearsed["suggestions"], 3, True)
    sheet = station("random-review", "--sheet", done["sheets"][0], "--report", "已完工", "--comment", "好", "--test", "satisfied")
    assert sheet["done"] == ["draw", "report", "comment", "test"]
    station.refused("incomplete", "random-review", "--draw", "4")
    assert "建议" in station.say("random-review", *told, "--dry-run", as_json=False).out  # titles, not numbers alone


def test_a_topic_raised_before_is_found_with_its_answer(line: Line) -> None:
    station = line.station
    answered(station, subject="关于整治示例河道污染的建议", year=2024)
    later, _reply = answered(station, "A", subject="关于继续整治示例河道污染的建议", year=2026)
    told = station("repeated", later)
    assert (told["years"], [each["classes"] for each in told["others"]]) == (2, [["B"]])
    station.refused("record_missing", "repeated", "00000000-0000-7000-8000-000000000000")
