"""Other keys on both sides by the two command lines, while work goes on."""

from pathlib import Path

import pytest

from tests.journeys.programs import STATION_CODE, Line, quick_slots, station_at, written_json


def exchanged(line: Line) -> list[str]:
    """One round of packages and answers: what the station took in."""
    entry = written_json(line.stick.parent / "issue.json", words="路灯不亮", encounter={"anonymous": True})
    line.station("record", "issue", entry)
    (outcome,) = line.body("intake", line.export())["files"]
    assert outcome["verdict"] == "accepted"
    laid_out = line.body("receipts", "--station", STATION_CODE, "--output", line.stick / "back")
    return [each["what"] for each in line.station("receive", *laid_out["files"])["files"]]


def test_a_computer_changes_its_keys(line: Line, tmp_path: Path) -> None:
    asked = line.station("keys", "new-pair", "--output", tmp_path / "further.json")
    enrolled = line.body("enrol", tmp_path / "further.json", "--output", tmp_path / "slice.json")
    assert enrolled["digits"] == asked["digits"]
    line.station("trust", tmp_path / "slice.json")
    assert "receipt" in exchanged(line)


def test_what_is_missing_at_the_station_is_told(line: Line, tmp_path: Path) -> None:
    line.station.refused("option_missing", "keys", "new-pair")
    alone = station_at(tmp_path / "alone", line.station.passphrase)
    with quick_slots():
        alone("setup", "--station", "430181001-002", "--name", "另一个联络站")
    alone.refused("no_trust", "keys", "new-pair", "--output", tmp_path / "further.json")


def test_a_body_changes_its_keys(line: Line, tmp_path: Path) -> None:
    roots = tmp_path / "keys" / "roots"
    before = line.body("keys")["keys"]
    assert [(each["purpose"], each["used"]) for each in before] == [
        ("trust", True),
        ("receipt", True),
        ("reply", True),
        ("receiving", True),
    ]
    sealed = line.export()
    line.body("keys", "new-receiving")
    for role in ("trust", "receipt", "reply"):
        line.body("keys", "new-online", "--role", role, "--roots", roots)
    assert [each["verdict"] for each in line.body("intake", sealed)["files"]] == ["accepted"]
    assert {"receipt", "trust"} <= set(exchanged(line))
    assert {"receipt", "trust"} <= set(exchanged(line))
    for each in before:
        if each["purpose"] == "receiving":
            line.body("keys", "drop-receiving", "--key", each["key"])
        else:
            line.body("keys", "end-online", "--key", each["key"], "--roots", roots)
    assert {each["used"] for each in line.body("keys")["keys"]} == {True}
    assert "receipt" in exchanged(line)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("option_missing", ("drop-receiving",)),
        ("option_missing", ("new-online",)),
        ("roots_wanted", ("new-online", "--role", "reply")),
        ("key_not_known", ("drop-receiving", "--key", "age:0")),
    ],
)
def test_what_is_missing_is_told(line: Line, code: str, told: tuple[str, ...]) -> None:
    line.body.refused(code, "keys", *told)


def test_in_words(line: Line) -> None:
    said = line.body.say("keys", "new-receiving", as_json=False)
    assert said.code == 0
    assert said.out.count("age:") == 2
    assert "receipts" in said.out or "回执" in said.out
