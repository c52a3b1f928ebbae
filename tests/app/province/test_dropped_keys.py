"""A body gives an older receiving key up: files are kept under the new one, evaluations are not lost unasked."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import AppError, Refused
from app.keys import deputy_key
from app.keys.root_keys import open_roots
from app.packages import manifest
from app.packages.statement import digest_of
from app.province.blobs import chunks_of, sweep_blobs
from app.province.evaluations import opened_evaluations
from app.province.own_keys import drop_receiving, renew_receiving, renew_signing
from app.use_cases.evaluations import seal_evaluation
from tests.app.province.seats import Seat, chunks, enrolled_seat, everything
from tests.app.province.test_blobs import PHOTO, PIECE, files, kept
from tests.app.province.test_own_keys import exported, told
from tests.app.use_cases.test_evaluations import DISSATISFIED, PIN, replied
from tests.builders import Pair
from tests.faults import Disk, Killed


def kids(line: Pair) -> list[str]:
    return [each.kid for each in line.body.identity().receiving]


def test_after_the_old_key_is_dropped_a_package_for_it_is_told_so(line: Pair) -> None:
    (before,) = line.body.identity().receiving
    late = exported(line, "甲")
    renew_receiving(line.body)
    told(line)
    drop_receiving(line.body, before.kid)
    (taken,) = line.intake([late])
    assert (taken.verdict, taken.code) == ("refused", "E_NO_KEY")
    assert [each.verdict for each in line.intake([exported(line, "乙")])] == ["accepted"]


def test_the_key_in_use_and_an_unknown_one_are_not_dropped(line: Pair) -> None:
    with pytest.raises(Refused, match="key_used"):
        drop_receiving(line.body, kids(line)[0])
    with pytest.raises(Refused, match="key_not_known"):
        drop_receiving(line.body, "age:0000000000000000")


def test_sealed_evaluations_are_not_lost_unasked(line: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deputy_key, "_KIB", 64)
    (before,) = kids(line)
    seal_evaluation(line.station, replied(line.station), DISSATISFIED, PIN, again=PIN)
    line.export()
    line.intake()
    renew_receiving(line.body)
    with pytest.raises(Refused, match="key_opens_evaluations") as caught:
        drop_receiving(line.body, before)
    assert caught.value.facts["count"] == 1
    assert opened_evaluations(line.body)[0].verdict == DISSATISFIED
    drop_receiving(line.body, before, lose_evaluations=True)
    assert opened_evaluations(line.body)[0].verdict is None


@pytest.fixture
def pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Seat]:
    """A seat whose files come in pieces of 1 KiB; a piece of one and another file as a whole have come."""
    monkeypatch.setattr(manifest, "LARGEST_CHUNK", PIECE)
    with enrolled_seat(tmp_path) as made:
        first, _second, _third = chunks(PHOTO)
        made.send(attachments=[first])
        made.send(attachments=chunks(b"small"))
        yield made


def test_files_that_lie_under_the_old_key_are_joined_and_encrypted_anew(pieces: Seat) -> None:
    before = pieces.held.identity().receiving[0]
    renew_receiving(pieces.held)
    _first, *others = chunks(PHOTO)
    drop_receiving(pieces.held, before.kid)
    assert before not in pieces.held.identity().receiving
    pieces.send(attachments=others)
    assert kept(pieces) == {digest_of(PHOTO): PHOTO, digest_of(b"small"): b"small"}
    assert len(files(pieces)) == 2


def test_pieces_under_two_keys_are_joined(pieces: Seat) -> None:
    renew_receiving(pieces.held)
    _first, *others = chunks(PHOTO)
    pieces.send(attachments=others)
    assert kept(pieces)[digest_of(PHOTO)] == PHOTO


@pytest.mark.parametrize("kills", [False, True])
def test_dropping_cut_short_anywhere_loses_no_file(pieces: Seat, kills: bool) -> None:
    before = pieces.held.identity().receiving[0]
    renew_receiving(pieces.held)
    place = 0
    while True:
        place += 1
        disk = Disk(place, kills=kills)
        try:
            with disk.in_use():
                drop_receiving(pieces.held, before.kid)
        except (AppError, OSError, Killed):
            sweep_blobs(pieces.held)
            assert before in pieces.held.identity().receiving
            assert hashlib.sha256(read_small(pieces)).digest() == hashlib.sha256(b"small").digest()
            continue
        break
    assert place > 3
    assert before not in pieces.held.identity().receiving
    assert read_small(pieces) == b"small"
    assert len(files(pieces)) == 2


def read_small(seat: Seat) -> bytes:
    """The whole file, by any key that the body has."""
    (name,) = [row[3] for row in everything(seat.held)[1]["blob"] if row[1] == digest_of(b"small")]
    (made,) = chunks_of(seat.held, digest_of(b"small"), 5, name)
    with made.read() as opened:
        return opened.read()


def test_a_trust_file_that_is_full_is_told_before_anything_changes(line: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    before = line.body.identity()
    monkeypatch.setattr("app.province.own_keys.MOST_ROOT_DOCUMENTS", 1)
    with pytest.raises(Refused, match="roots_full"):
        renew_signing(line.body, open_roots(line.homes[1].home / "roots", None))
    assert line.body.identity() == before
