"""A package made by common programs alone, by the commands of docs/package-format.md, before the real receiver.

Both ends of this program could share one mistake; a package that neither of them made shows it.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.province.store import count, find
from app.province.tables import RevisionRow
from tests.app.packages import golden
from tests.app.province.seats import Seat, chunks, enrolled_seat, everything
from tests.builders import Wall


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[Seat]:
    """By the clock on the wall, which common programs ask as well."""
    with enrolled_seat(tmp_path, wall=Wall(datetime.now(UTC))) as made:
        yield made


def by_hand(seat: Seat, folder: Path, lines: dict[str, bytes] | None = None, **facts: str) -> Path:
    """The next package of the seat, made without a line of this program."""
    known = {
        "PROVINCE": "43",
        "STATION": seat.station,
        "TO": seat.held.body.code,
        "RECIPIENT": seat.held.identity().receiving[0].recipient,
    }
    secret = Ed25519PrivateKey.from_private_bytes(seat.signing.seed)
    return golden.make_package(folder, secret, known | facts, lines)


def statement_digest(folder: Path) -> str:
    return golden.run(folder, "sha256sum < statement.json | cut -d' ' -f1", golden.MAKES).strip()


def test_the_receiver_takes_what_common_programs_made(seat: Seat, tmp_path: Path) -> None:
    (taken,) = seat.take(by_hand(seat, tmp_path / "by hand"))
    assert (taken.verdict, taken.code, taken.new) == ("accepted", None, 1)
    assert count(seat.held.store) == {"issue": 1}
    (row,) = everything(seat.held)[1][RevisionRow.__tablename__]
    *_keys, record, line = row
    assert line == (tmp_path / "by hand" / "issue.jsonl").read_bytes()
    assert find(seat.held.store, record).revision.body["subject"] == "东街自来水时断时续"
    (item,) = seat.receipt().items
    assert item.package == "sha256:" + statement_digest(tmp_path / "by hand")


def test_both_makers_take_turns_in_one_stream(seat: Seat, tmp_path: Path) -> None:
    seat.send(seat.revision(subject="甲"))
    second = tmp_path / "second"
    lines = {"deputy": seat.revision("deputy", name="代表乙").line(), "visit": seat.revision("visit").line()}
    path = by_hand(seat, second, lines, SEQ="2", PREV=f'"{seat.sealed[0].digest}"', KIND="changes")
    third = seat.package(seq=3, prev="sha256:" + statement_digest(second), attachments=chunks(b"a photograph"))
    assert [(each.verdict, each.code) for each in seat.take(path, third)] == [("accepted", None), ("accepted", None)]
    assert count(seat.held.store) == {"deputy": 1, "issue": 1, "visit": 1}
    assert seat.receipt().cursor(seat.by, 1).through == 3


def test_by_hand_or_not_a_stranger_is_a_stranger(seat: Seat, tmp_path: Path) -> None:
    stranger = Ed25519PrivateKey.generate()
    facts = {"PROVINCE": "43", "STATION": seat.station, "TO": "43", "RECIPIENT": seat.held.identity().receiving[0].recipient}
    (taken,) = seat.take(golden.make_package(tmp_path / "by hand", stranger, facts))
    assert (taken.verdict, taken.code) == ("refused", "E_UNKNOWN_KEY")
