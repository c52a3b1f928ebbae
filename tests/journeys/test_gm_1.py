"""A province begins with gm-1, by both command lines: from the root keys to a receipt, and what spoiled packages of it meet."""

import base64
import json
from pathlib import Path

import pytest

from tests.app.packages import golden
from tests.app.packages.golden import OPENS_GM
from tests.journeys.programs import BODY_CODE, STATION_CODE, Line, body_at, passphrase_file, quick_slots
from tests.journeys.test_bad_packages import SPOILED, taken, verdicts


@pytest.fixture
def begun(line: Line, tmp_path: Path) -> Line:
    """The line after its body has begun with gm-1 and the station's key was enrolled."""
    state = line.body("suite", "add", "--roots", tmp_path / "keys" / "roots")
    assert (state["suites"], len(state["without"])) == (["gm-1", "std-1"], 1)
    exchange(line, tmp_path)
    assert line.body("suite")["without"] == []
    return line


def exchange(line: Line, folder: Path) -> None:
    """The newest trust file to the station, its request back, the answer home."""
    line.body("trust", "--output", folder / "whole.json")
    line.station("trust", folder / "whole.json")
    asked = line.station("enrol-request", "--output", folder / "further.json")
    enrolled = line.body("enrol", folder / "further.json", "--output", folder / "slice.json")
    assert enrolled["digits"] == asked["digits"]
    line.station("trust", folder / "slice.json")


def statement_of(path: Path, folder: Path) -> dict[str, object]:
    folder.mkdir(exist_ok=True)
    said = golden.run(folder, f"unzip -qo '{path}' && jq -r .payload statement.dsse.json | base64 -d", OPENS_GM)
    return dict(json.loads(said))


def test_from_the_root_keys_to_a_receipt(begun: Line, tmp_path: Path) -> None:
    path = begun.export()
    assert statement_of(path, tmp_path / "seen")["suite"] == "gm-1"
    assert begun.station("verify", path)["verdict"] == "accepted"
    (outcome,) = begun.body("intake", path)["files"]
    assert (outcome["verdict"], outcome["new"]) == ("accepted", 13)
    laid_out = begun.body("receipts", "--station", STATION_CODE, "--output", begun.stick / "back")
    receipt = json.loads(Path(laid_out["files"][0]).read_bytes())
    assert receipt["signatures"][0]["keyid"].startswith("sm2:")
    assert {each["what"] for each in begun.station("receive", *laid_out["files"])["files"]} == {"receipt", "trust"}


def test_the_warning_says_what_to_do(line: Line, tmp_path: Path) -> None:
    line.body("suite", "add", "--roots", tmp_path / "keys" / "roots")
    line.body("trust", "--output", tmp_path / "whole.json")
    said = line.station.say("trust", tmp_path / "whole.json", as_json=False)
    assert "gm-1" in said.err


def test_where_gm_1_alone_is_taken(line: Line, tmp_path: Path) -> None:
    before = line.export()
    line.body("suite", "add", "--roots", tmp_path / "keys" / "roots")
    line.body("suite", "require")
    assert taken(line, before) == ("refused", "E_SUITE")
    line.body("trust", "--output", tmp_path / "whole.json")
    line.station("trust", tmp_path / "whole.json")
    line.station.refused("suite_not_enrolled", "export", "--output", line.stick)
    exchange(line, tmp_path)
    said = line.station.say("export", "--output", line.stick)
    assert said.code == 0


def test_the_exported_key_opens_a_package_by_openssl_alone(begun: Line, tmp_path: Path) -> None:
    folder = tmp_path / "opened"
    folder.mkdir()
    begun.export().rename(folder / "p.llz")
    begun.body("export-key", "--suite", "gm-1", "--output", folder / "key.pem")
    trusted = json.loads((tmp_path / "slice.json").read_bytes())
    listed = json.loads(base64.b64decode(trusted["trust"]["payload"]))
    (key,) = [each["key"] for each in listed["seats"] if each["keyid"].startswith("sm2:")]
    (folder / "seat.key").write_text(key, "ascii")
    told = golden.run(folder, golden.block("open-gm"), OPENS_GM)
    assert "Verified OK" in told
    assert told.count('"_kind"') == 13


def test_spoiled_packages(begun: Line, tmp_path: Path) -> None:
    data = begun.export().read_bytes()
    path = tmp_path / "包.llz"
    for name, (verdict, code, spoil) in SPOILED.items():
        path.write_bytes(spoil(data))
        assert verdicts(begun, path) == [(verdict, code), (verdict, code)], name
        assert taken(begun, path) == (verdict, code), name
    path.write_bytes(data)
    assert verdicts(begun, path) == [("accepted", None), ("accepted", None)]


def test_the_root_keys_are_needed(line: Line, tmp_path: Path) -> None:
    line.body.refused("roots_wanted", "suite", "add")
    line.body.refused("suite_not_taken", "suite", "require")
    line.body.refused("suite_not_taken", "export-key", "--suite", "gm-1", "--output", tmp_path / "key.pem")
    assert line.body("suite")["suites"] == ["std-1"]


def test_a_body_may_be_set_up_with_it(tmp_path: Path) -> None:
    body = body_at(tmp_path / "body", passphrase_file(tmp_path / "keys"))
    with quick_slots():
        body("setup", "--body", BODY_CODE, "--roots", tmp_path / "keys" / "roots", "--suite", "gm-1")
    assert body("suite")["suites"] == ["gm-1", "std-1"]
