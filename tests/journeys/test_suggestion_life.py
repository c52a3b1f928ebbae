"""The whole life of a suggestion by the command line: from five issues to a second reply, and an old promise kept."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.app.use_cases.cosigners import a_scan
from tests.journeys.programs import Line, Program, written_json
from tests.journeys.test_tracking import answered

LAMPS = "关于建立路灯巡查报修机制的建议"


def recorded_deputies(station: Program, folder: Path) -> None:
    for name in ("代表庚", "代表辛", "代表壬"):
        told = {"name": name, "deputy_card_no": f"C-{name}"}
        station("record", "deputy", written_json(folder / f"{name}.json", **told))


def taken(station: Program, id: str, step: str, *told: str) -> Mapping[str, Any]:
    document: Mapping[str, Any] = station("suggestion-step", id, step, *told)
    return document


def drafted_and_signed(station: Program, folder: Path) -> tuple[str, list[str]]:
    """A draft on five issues, talked over with the unit, signed by two: on paper, and by telephone after reading."""
    recorded_deputies(station, folder)
    issues = [hit["id"] for hit in station("search", "路灯", "--kind", "issue")["hits"]][:5]
    assert len(issues) == 5
    id = station("draft", "--title", LAMPS, "--lead", "代表庚", "--issues", *issues)["id"]
    text = station("show", id)["fields"]["text"]
    assert all(word in text for word in ("一、情况", "二、分析", "三、建议"))
    talked = station("consult", id, "--unit", "城管局", "--account", "经费已列入计划", "--way", "face_to_face")
    assert talked["state"] == "consultation"
    station("cosign", id, "--invite", "代表辛", "代表壬", "--told", "请看正文")
    station("cosign", id, "--answer", "代表辛", "--by", "paper", "--file", str(a_scan(folder)))
    signed = station("cosign", id, "--answer", "代表壬", "--by", "phone")
    assert {each["stand"] for each in signed["signers"]} == {"signed"}
    return id, issues


def returned_and_handed_in_again(station: Program, id: str, folder: Path) -> None:
    """Its words are opened once more, signed anew and submitted."""
    assert taken(station, id, "return", "--words", "请写明盏数", "--review-body", "某某街道人大工委")["state"] == "returned"
    again = folder / "again.txt"
    again.write_text(
        "一、情况\n全街道路灯三百盏，坏了四十盏。\n二、分析\n无人巡查。\n三、建议\n按月巡查报修。\n", encoding="utf-8"
    )
    assert station("rewrite", id, "--text", again)["state"] == "draft"
    asked = station("cosign", id)
    assert {each["stand"] for each in asked["signers"]} == {"other_words"}
    station("cosign", id, "--again")
    station("cosign", id, "--answer", "代表辛", "--by", "paper", "--file", str(a_scan(folder)))
    station("cosign", id, "--answer", "代表壬", "--by", "phone")
    station("submit", id)


def sealing(id: str, folder: Path, **told: Any) -> tuple[str, ...]:
    """The command by which the deputy seals this answer under their own PIN."""
    pin = folder / "pin.txt"
    pin.write_text("135790\n")
    return ("evaluate", id, "--answer", str(written_json(folder / "answer.json", **told)), "--seal-pin-file", str(pin))


def answered_twice(station: Program, id: str, folder: Path) -> None:
    """Reviewed twice, assigned, answered B, not good enough; answered A in a round of its own that overwrites nothing."""
    taken(station, id, "first_review", "--review-body", "某某街道人大工委")
    taken(station, id, "second_review", "--review-body", "某某区人大代工委")
    taken(station, id, "accept", "--case-number", "第12号")
    assigned = taken(station, id, "assign", "--lead", "城管局", "--co", "财政局")
    assert {each["what"] for each in assigned["limits"]} >= {"reply"}
    taken(station, id, "sign_for", "--unit", "城管局", "--by", "某科长")
    taken(station, id, "co_handler_opinion", "--words", "经费可以安排")
    assert taken(station, id, "reply", "--reply-class", "B", "--words", "列入明年计划")["state"] == "replied"
    poor = {"attitude": "satisfied", "result": "dissatisfied"}
    for missing in ({"cosigners_heard": True}, {"opinion": "今年就该修"}):  # words are needed, and what the co-signers think
        station.refused("incomplete", *sealing(id, folder, **poor, **missing))
    sealed = station(*sealing(id, folder, **poor, opinion="今年就该修", cosigners_heard=True), "--ask-again")
    assert sealed["for_receiver"]
    assert station("show", id)["fields"]["state"] == "evaluated"
    assert "dissatisfied" not in str(station("show", sealed["id"]))

    assert taken(station, id, "rehandle", "--words", "重新办理")["state"] == "rehandling"
    assert taken(station, id, "reply", "--reply-class", "A", "--words", "四十盏全部修好")["state"] == "replied"
    station(*sealing(id, folder, attitude="satisfied", result="satisfied", cosigners_heard=True))
    assert taken(station, id, "close")["state"] == "closed"
    replies = [hit["id"] for hit in station("search", "列入明年计划", "--kind", "reply")["hits"]]
    assert [station("show", each)["fields"]["reply_class"] for each in replies] == ["B"]


def test_from_five_issues_to_the_second_reply(line: Line, tmp_path: Path) -> None:
    station = line.station
    id, issues = drafted_and_signed(station, tmp_path)

    form = tmp_path / "专用纸.pdf"
    assert station("print", "suggestion", id, "--output", form)["pages"] >= 1
    assert station("print", "cosignature-page", id, "--output", tmp_path / "联名页.pdf")["pages"] == 1
    station("attach", id, str(a_scan(tmp_path)))
    station("submit", id)
    assert {station("show", each)["fields"]["state"] for each in issues} == {"raised"}

    package = line.export()
    (received,) = line.body("intake", line.stick)["files"]
    assert (received["verdict"], package.exists()) == ("accepted", True)
    line.bring_back()

    returned_and_handed_in_again(station, id, tmp_path)
    answered_twice(station, id, tmp_path)

    # what was promised in an earlier year is kept, and everything goes up
    _old, reply = answered(station)
    promised = station("track", reply, "--promise", "两年内修好", "--watch-on", "2025-06-01")
    kept = station("track", promised["id"], "--as", "resolved", "--reason", "完工", "--evidence", "验收单")
    assert (kept["first_class"], kept["class"]) == ("B", "A")
    line.export()
    verdicts = [each["verdict"] for each in line.body("intake", line.stick)["files"]]
    assert verdicts == ["duplicate", "accepted"]
    assert {(each["result"], each["opinion"]) for each in line.body("evaluations")["evaluations"]} == {
        ("dissatisfied", "今年就该修"),
        ("satisfied", ""),
    }
    line.bring_back()
    assert station("check", "--read-data")["sound"]
    for ledger in ("suggestion-ledger", "commitment-ledger"):
        assert station("print", ledger, "--from", "2020-01-01", "--to", "2030-12-31", "--output", tmp_path / f"{ledger}.pdf")[
            "pages"
        ]
