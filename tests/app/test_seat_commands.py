"""Two computers of one station by the command line: cards, digits, packages, and what is to be decided."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.cli import main


def test_a_second_computer_joins_exchanges_decides_and_leaves(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    secret = tmp_path / "passphrase.txt"
    secret.write_text("a passphrase for a test", encoding="utf-8")

    def run(home: str, *arguments: str | Path, exit: int = 0) -> dict[str, Any]:
        options = ["--home", str(tmp_path / home), "--passphrase-file", str(secret), "--json"]
        assert main([*options, *map(str, arguments)]) == exit
        said = capsys.readouterr()
        document: dict[str, Any] = json.loads(said.out or said.err.splitlines()[-1])
        return document

    run("first", "setup", "--station", "430181001-001", "--name", "某某街道人大代表联络站")
    entry = tmp_path / "deputy.json"
    entry.write_text('{"name": "代表甲"}', encoding="utf-8")
    deputy = run("first", "record", "deputy", entry)["id"]
    card = run("first", "seat-card", "--output", tmp_path / "first.json")
    assert run("second", "seat-join", card["file"], "--digits", "000000000000", exit=1)["code"] == "digits_differ"
    second = run("second", "seat-join", card["file"], "--digits", card["digits"], "--operator", "联络员乙")["seat"]
    card = run("second", "seat-card", "--output", tmp_path / "second.json")
    assert run("first", "seat-admit", card["file"], "--digits", card["digits"]) == {"seat": second}
    (sealed,) = run("first", "peer", "--output", tmp_path / "stick")["seats"]
    assert sealed["seat"] == second
    (taken,) = run("second", "receive", *sealed["packages"])["files"]
    assert (taken["what"], taken["verdict"], taken["conflicts"]) == ("peer", "accepted", 0)
    assert run("second", "show", deputy)["fields"]["name"] == "代表甲"
    assert next(each["seat"] for each in run("second", "seats")["seats"]) == second
    assert run("second", "seat-name", "接待室") == {"name": "接待室"}
    own, sister = run("second", "seats")["seats"]
    assert (own["name"], own["own"], own["heard"], sister["writes"]) == ("接待室", True, None, True)
    assert sister["heard"] is not None
    assert sister["lacks"] > 0
    assert run("second", "conflicts") == {"total": 0, "records": []}
    assert run("second", "conflicts", deputy, exit=1)["code"] == "no_conflict"
    run("first", "seat-retire", second, "--as", "stolen")
    assert {each["seat"]: each["status"] for each in run("first", "seats")["seats"]}[second] == "stolen"
    assert run("first", "peer", "--output", tmp_path / "stick", exit=1)["code"] == "no_sister"
