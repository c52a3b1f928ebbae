"""Signing by the command line: a talk, a pre-review, signatures on paper and at another station, a change, a withdrawal."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.app.use_cases.cosigners import a_scan
from tests.journeys.programs import Line, Program, written_json

TEXT = "一、情况\n东街的路灯三天不亮。\n三、建议\n请修路灯。\n"


def a_text(folder: Path, name: str, text: str = TEXT) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def deputies(station: Program, folder: Path) -> None:
    for name in ("代表庚", "代表辛", "代表壬"):
        entry = written_json(folder / f"{name}.json", name=name, deputy_card_no=f"C-{name}", delegation="特别团")
        station("record", "deputy", entry)


def stands(document: Mapping[str, Any]) -> dict[str, str]:
    return {each["name"]: each["stand"] for each in document["signers"]}


def test_a_suggestion_is_talked_over_signed_changed_signed_again_and_withdrawn(line: Line, tmp_path: Path) -> None:
    station = line.station
    deputies(station, tmp_path)
    id = station("draft", "--title", "关于修路灯的建议", "--lead", "代表庚", "--text", a_text(tmp_path, "a.txt"))["id"]
    talked = station("consult", id, "--unit", "城管局", "--account", "经费已列入", "--way", "phone", "--people", "张科长")
    assert (talked["state"], len(talked["talks"])) == ("consultation", 1)
    returned = station(
        "pre-review", id, "--to", "特别团", "--outcome", "returned", "--words", "写短些", "--remark", "2", "写明盏数"
    )
    assert (returned["state"], returned["pre_reviews"]) == ("draft", [{"round": 1, "outcome": "returned"}])
    asked = station("cosign", id, "--delegation", "特别团", "--told", "请看正文", "--way", "phone")
    assert (asked["state"], stands(asked)) == ("cosigning", {"代表辛": "asked", "代表壬": "asked"})
    scan = str(a_scan(tmp_path))
    signed = station("cosign", id, "--answer", "代表辛", "--by", "paper", "--file", scan)
    assert stands(signed) == {"代表辛": "signed", "代表壬": "asked"}
    other = "0" * 64
    station.refused("incomplete", "cosign", id, "--answer", "代表壬", "--by", "paper", "--read", other)
    station.refused("signer_not_asked", "cosign", id, "--answer", "代表庚")

    file, answer = str(tmp_path / "请.llzsign"), str(tmp_path / "答.llzsign")
    made = station("cosign-file", "write", id, "--for", "代表壬", "--output", file)
    shown = station("cosign-file", "show", file)
    assert (shown["deputy"], shown["text"], shown["digits"]) == ("代表壬", TEXT.strip(), made["digits"])
    station("cosign-file", "answer", file, "--as", "signed", "--by", "paper", "--output", answer)
    assert stands(station("cosign-file", "take", answer))["代表壬"] == "signed"
    assert station("cosign-file", "take", answer)["verdict"] == "duplicate"
    station.refused("cosign_no_answer", "cosign-file", "take", file)

    station("submit", id)
    station.refused("incomplete", "withdraw", id, "--words", "已解决", "--file", scan)
    station("withdraw", id, "--agreed", "代表辛", "--by", "phone")
    gone = station("withdraw", id, "--words", "已解决", "--agreed", "代表壬", "--file", scan)
    assert gone["state"] == "withdrawn"
    assert station("check", "--read-data")["sound"]


def test_who_is_struck_is_told_with_the_day_and_that_the_lead_knows(line: Line, tmp_path: Path) -> None:
    station = line.station
    deputies(station, tmp_path)
    id = station("draft", "--title", "关于修路灯的建议", "--lead", "代表庚", "--text", a_text(tmp_path, "a.txt"))["id"]
    station("cosign", id, "--invite", "代表辛", "代表壬")
    station("cosign", id, "--answer", "代表壬", "--by", "phone")
    station("end-mandate", "代表壬", "--on", "2026-01-05", "--reason", "辞职")
    assert stands(station("cosign", id)) == {"代表辛": "asked", "代表壬": "struck"}
    before, after = (station.say("cosign", id, *told, as_json=False).out for told in ((), ("--lead-told", "代表壬")))
    assert "2026-01-05" in before
    assert ("已告知领衔代表" in before, "已告知领衔代表" in after) == (False, True)
