"""Packages that must not be taken, before `liaison verify` and `liaison-province intake`, by the command line."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from app.keys.passphrase import read_passphrase_file
from app.keys.ways import PassphraseWay
from app.packages.manifest import Schema
from app.province.receiver import opened
from tests.app.province.seats import OTHER_CODE, Seat, new_seat
from tests.builders import messages_csv
from tests.journeys.programs import STATION_CODE, Line, enrolled_line, is_a_sentence, nothing_changes

Spoil = Callable[[bytes], bytes]


def middle(data: bytes) -> bytes:
    return data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 1]) + data[len(data) // 2 + 1 :]


def swapped(data: bytes, words: bytes) -> bytes:
    return data.replace(words, words[:-1] + b"z", 1)


SPOILED: Final[Mapping[str, tuple[str, str, Spoil]]] = {
    "empty": ("refused", "E_CONTAINER", lambda data: b""),
    "a letter": ("refused", "E_CONTAINER", lambda data: "敬启者".encode()),
    "a byte altered in its content": ("refused", "E_CONTAINER", middle),
    "a byte altered in its statement": (
        "refused",
        "E_CONTAINER",
        lambda data: data.replace(b'"payload":"ey', b'"payload":"ez', 1),
    ),
    "cut in the middle": ("refused", "E_CONTAINER", lambda data: data[: len(data) // 2]),
    "its last byte missing": ("refused", "E_CONTAINER", lambda data: data[:-1]),
    "something before it": ("refused", "E_CONTAINER", lambda data: b"\n" + data),
    "something after it": ("refused", "E_CONTAINER", lambda data: data + b"\0"),
    "of a newer format": ("parked", "E_FORMAT_NEW", lambda data: data.replace(b"llz-package/1\n", b"llz-package/2\n", 1)),
}


def verdicts(line: Line, path: Path, *options: str | Path) -> list[tuple[str, str | None]]:
    """What `verify` and a rehearsed intake say of a file, each with a sentence where it is not good."""
    said = line.station.say("verify", path, *options)
    taken = line.body.say("intake", "--dry-run", path)
    told: list[tuple[str, str | None]] = []
    for answer, document in ((said, said.document), (taken, taken.document["files"][0])):
        assert answer.code == (0 if document["verdict"] == "accepted" else 1)
        assert document["verdict"] == "accepted" or is_a_sentence(document["message"])
        told.append((document["verdict"], document["code"]))
    return told


def test_spoiled_packages(line: Line, tmp_path: Path) -> None:
    data = line.export().read_bytes()
    path = tmp_path / "包.llz"
    for name, (verdict, code, spoil) in SPOILED.items():
        path.write_bytes(spoil(data))
        assert path.read_bytes() != data, name
        assert verdicts(line, path) == [(verdict, code), (verdict, code)], name
        assert taken(line, path) == (verdict, code), name
        assert path.read_bytes() == spoil(data), "the file a person holds is not touched"
    assert line.body("count") == {}
    path.write_bytes(data)
    assert verdicts(line, path) == [("accepted", None), ("accepted", None)]
    (taken_at_last,) = line.body("intake", path)["files"]
    assert (taken_at_last["verdict"], taken_at_last["new"]) == ("accepted", 13)


@pytest.fixture
def hand(line: Line) -> Seat:
    """A seat of another station in the test's hands, enrolled with the body; its receiver is closed again."""
    assert line.body.passphrase
    with opened(line.body.home, PassphraseWay(passphrase=read_passphrase_file(line.body.passphrase)), write=True) as held:
        seat = new_seat(held, line.stick, code=OTHER_CODE)
        held_identity = held.identity()
    seat.held = _Closed(seat, held_identity, held.body, held.clock)  # type: ignore[assignment]  # opened anew when asked
    return seat


class _Closed:
    """What sealing asks of a receiver, after it was closed."""

    def __init__(self, seat: Seat, identity: Any, body: Any, clock: Any) -> None:
        self.identity = lambda: identity
        self.body, self.clock = body, clock


def taken(line: Line, path: Path) -> tuple[str, str | None]:
    *_parked_before, told = line.body.say("intake", path).document["files"]
    assert told["verdict"] in {"accepted", "duplicate"} or is_a_sentence(told["message"])
    return told["verdict"], told["code"]


def trust_of(line: Line) -> Path:
    path = line.stick / "whole.json"
    line.body("trust", "--output", path)
    return path


def test_packages_that_are_whole_and_yet_not_good(line: Line, hand: Seat) -> None:
    """Correctly signed every one; `verify` sees what can be seen without opening them."""
    bad_row = hand.package(b'{"a row": "that is none"}\n')
    assert verdicts(line, bad_row, "--trust", trust_of(line)) == [("accepted", None), ("refused", "E_LAYOUT")]
    with nothing_changes(line.station):
        assert taken(line, bad_row) == ("refused", "E_LAYOUT")
        assert line.body("count") == {}
        hand.sealed.clear()
        assert taken(line, hand.package(to=("999999",))) == ("refused", "E_RECIPIENT")
        hand.sealed.clear()
        one, two, three = (hand.package(hand.revision(subject=f"第{each}件")) for each in range(3))
        assert taken(line, three) == ("accepted", "W_GAP")
        assert taken(line, three) == ("duplicate", None)
        assert [taken(line, path) for path in (one, two)] == [("accepted", None), ("accepted", None)]
        assert line.body("count") == {"issue": 3}
        fork = hand.package(seq=3, prev=hand.sealed[1].digest)
        assert taken(line, fork) == ("parked", "E_FORK")
        newer = hand.package(seq=4, prev=hand.sealed[2].digest, schema=Schema(set="llz-core", version="9.9", min_reader="9.9"))
        assert taken(line, newer) == ("parked", "E_SCHEMA_NEW")
        foreign = hand.package(replace(hand.revision(), owner=hand.held.body.id), seq=4, prev=hand.sealed[2].digest)
        assert taken(line, foreign) == ("refused", "E_SCOPE")
        assert line.body("count") == {"issue": 3}
        line.body("revoke", hand.by)
        assert taken(line, hand.package(seq=5)) == ("refused", "E_REVOKED")
        assert taken(line, two) == ("duplicate", None)


def test_a_package_of_a_station_that_nobody_enrolled(line: Line, tmp_path: Path) -> None:
    stranger = enrolled_line(tmp_path / "elsewhere")
    path = stranger.export()
    assert verdicts(line, path) == [("refused", "E_UNKNOWN_KEY"), ("refused", "E_UNKNOWN_KEY")]
    assert verdicts(line, path, "--trust", tmp_path / "elsewhere" / "trust.json")[0] == ("accepted", None)
    assert taken(line, path) == ("refused", "E_UNKNOWN_KEY")
    line.station.refused("E_JSON", "verify", path, "--trust", path)


def test_sticks_in_any_order_and_twice(line: Line, tmp_path: Path) -> None:
    paths = [line.export()]
    for each in range(2):
        line.station("import", messages_csv(tmp_path / f"{each}.csv", 2, first=100 + 10 * each))
        paths.append(line.export())
    assert [taken(line, paths[each]) for each in (2, 0, 2, 1, 0)] == [
        ("accepted", "W_GAP"),
        ("accepted", None),
        ("duplicate", None),
        ("accepted", None),
        ("duplicate", None),
    ]
    assert line.body("count")["issue"] == 9
    line.bring_back()
    told = line.station("packages")
    assert [(each["seq"], each["state"]) for each in told["packages"]] == [(3, "received"), (2, "received"), (1, "received")]
    assert told["records"]["sent"] == told["records"]["never_sent"] == 0


def test_a_gap_is_shown_to_the_station(line: Line, tmp_path: Path) -> None:
    line.export()
    line.station("import", messages_csv(tmp_path / "more.csv", 2, first=100))
    assert taken(line, line.export()) == ("accepted", "W_GAP")
    line.bring_back()
    told = {each["seq"]: (each["state"], each["code"]) for each in line.station("packages")["packages"]}
    assert told == {1: ("copied", None), 2: ("received", "W_GAP")}
    again = line.station("copy", "1", "--output", tmp_path / "another stick")["package"]
    assert taken(line, Path(again)) == ("accepted", None)
    line.bring_back()
    assert line.station("packages")["records"]["sent"] == 0


def test_files_that_are_no_answer(line: Line, tmp_path: Path) -> None:
    package = line.export()
    line.body("intake", package)
    receipt = Path(line.body("receipts", "--station", STATION_CODE, "--output", line.stick / "back")["files"][0])
    altered, cut, letter = tmp_path / "altered.json", tmp_path / "cut.json", tmp_path / "letter.txt"
    altered.write_bytes(receipt.read_bytes().replace(b'"payload":"ey', b'"payload":"ez', 1))
    cut.write_bytes(receipt.read_bytes()[:-40])
    letter.write_text("敬启者", "utf-8")
    with nothing_changes(line.station):
        said = line.station.say("receive", altered, cut, letter, tmp_path / "gone.json")
        assert said.code == 1
        assert [(each["verdict"], each["code"]) for each in said.document["files"]] == [
            ("refused", "E_SIGNATURE"),
            ("refused", "E_JSON"),
            ("refused", "file_missing"),
            ("refused", "file_strange"),
        ]
        assert all(is_a_sentence(each["message"]) for each in said.document["files"])
        assert line.station("receive", package)["files"][0]["verdict"] == "duplicate"
    assert line.station("receive", receipt)["files"][0]["verdict"] == "accepted"


def test_trust_that_must_not_be_believed(line: Line, tmp_path: Path) -> None:
    trust = tmp_path / "trust.json"
    line.body("enrol", request_of(line, tmp_path), "--output", trust)
    older = tmp_path / "older.json"
    older.write_bytes(trust.read_bytes())
    line.body("enrol", request_of(line, tmp_path), "--output", trust)
    line.station("trust", trust)
    other = enrolled_line(tmp_path / "elsewhere")
    letter = tmp_path / "letter.txt"
    letter.write_text("敬启者", "utf-8")
    with nothing_changes(line.station):
        line.station.refused("E_ROLLBACK", "trust", older)
        line.station.refused("E_JSON", "trust", letter)
        said = line.station.say("trust", tmp_path / "elsewhere" / "trust.json")
        assert (said.code, said.out) == (1, "")
        assert said.error["code"].startswith("E_")
    fresh = replace(other.station, home=tmp_path / "fresh")
    fresh("setup", "--station", STATION_CODE, "--name", "某某街道人大代表联络站")
    whole = trust_of(line)
    fresh.refused("E_FINGERPRINT", "trust", whole, "--roots-fingerprint", "0" * 64)
    assert fresh("trust", whole)["version"] >= 1


def request_of(line: Line, folder: Path) -> Path:
    path = folder / "request.json"
    line.station("enrol-request", "--output", path)
    return path
