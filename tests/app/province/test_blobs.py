import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import Unavailable
from app.packages import age, manifest
from app.packages.receipt import MissingBlob
from app.packages.statement import digest_of
from app.province import blobs
from app.province.blobs import sweep_blobs
from app.province.receiver import BLOBS
from tests.app.province.seats import OTHER_CODE, Seat, chunks, enrolled_seat, everything, new_seat

PIECE = 1024
PHOTO = hashlib.shake_256(b"an invented photograph").digest(PIECE * 2 + 500)


@pytest.fixture
def seat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Seat]:
    """Pieces of 1 KiB instead of 64 MiB."""
    monkeypatch.setattr(manifest, "LARGEST_CHUNK", PIECE)
    with enrolled_seat(tmp_path) as made:
        yield made


def kept(seat: Seat) -> dict[str, bytes]:
    """The attachments that are whole, by their digest, read back from their encrypted files."""
    secrets = [each.secret for each in seat.held.identity().receiving]
    found = {}
    for _station, sha256, _size, name in everything(seat.held)[1]["blob"]:
        if name is not None:
            path = seat.held.folder / BLOBS / name
            with path.open("rb") as file, age.decrypting(file, path.stat().st_size, secrets) as plain:
                found[sha256] = b"".join(iter(plain.read, b""))
    return found


def files(seat: Seat) -> list[Path]:
    return list((seat.held.folder / BLOBS).iterdir())


def missing(seat: Seat) -> tuple[MissingBlob, ...]:
    return seat.receipt().blobs_missing


def test_an_attachment_of_one_piece_is_kept_encrypted(seat: Seat) -> None:
    small = PHOTO[:300]
    assert seat.send(attachments=chunks(small)).verdict == "accepted"
    assert kept(seat) == {digest_of(small): small}
    (file,) = files(seat)
    assert small not in file.read_bytes()
    assert missing(seat) == ()


def test_an_empty_attachment_is_one_too(seat: Seat) -> None:
    seat.send(attachments=chunks(b""))
    assert kept(seat) == {digest_of(b""): b""}


def test_an_attachment_in_several_pieces_in_one_package(seat: Seat) -> None:
    pieces = chunks(PHOTO)
    assert [each.bytes for each in pieces] == [PIECE, PIECE, 500]
    seat.send(seat.revision(subject="甲"), attachments=pieces)
    assert kept(seat) == {digest_of(PHOTO): PHOTO}
    assert len(files(seat)) == 1
    assert everything(seat.held)[1]["blob_chunk"] == []


def test_pieces_may_come_in_any_order_and_the_receipt_asks_for_the_rest(seat: Seat) -> None:
    first, second, third = chunks(PHOTO)
    seat.send(attachments=[third])
    assert missing(seat) == (MissingBlob(id=digest_of(PHOTO), ranges=((0, 2 * PIECE),)),)
    seat.send(attachments=[first])
    assert missing(seat) == (MissingBlob(id=digest_of(PHOTO), ranges=((PIECE, 2 * PIECE),)),)
    assert kept(seat) == {}
    seat.send(attachments=[second])
    assert missing(seat) == ()
    assert kept(seat) == {digest_of(PHOTO): PHOTO}
    assert len(files(seat)) == 1


def test_a_piece_that_is_there_already_changes_nothing(seat: Seat) -> None:
    first, *others = chunks(PHOTO)
    seat.send(attachments=[first])
    before = files(seat)
    seat.send(attachments=[first])
    assert files(seat) == before
    seat.send(attachments=others)
    whole = files(seat)
    seat.send(attachments=chunks(PHOTO))
    assert files(seat) == whole


def test_pieces_that_do_not_make_the_announced_whole_are_wanted_again(seat: Seat) -> None:
    right = digest_of(PHOTO)
    seat.send(attachments=chunks(PHOTO[:-1] + b"?", id=right))
    assert kept(seat) == {}
    assert files(seat) == []
    assert missing(seat) == (MissingBlob(id=right, ranges=((0, len(PHOTO)),)),)
    assert seat.send(attachments=chunks(PHOTO)).verdict == "accepted"
    assert kept(seat) == {right: PHOTO}
    assert missing(seat) == ()


def test_a_size_that_is_a_lie_is_wanted_again(seat: Seat) -> None:
    short = [replace(each, place=replace(each.place, size=2 * PIECE)) for each in chunks(PHOTO)[:2]]
    seat.send(attachments=short)
    assert kept(seat) == {}
    assert [each.id for each in missing(seat)] == [digest_of(PHOTO)]


def test_the_pieces_of_two_stations_are_not_put_together(seat: Seat) -> None:
    other = new_seat(seat.held, seat.folder / "other", code=OTHER_CODE)
    first, *others = chunks(PHOTO)
    seat.send(attachments=[first])
    other.send(attachments=others)
    assert kept(seat) == {}
    assert missing(seat) == (MissingBlob(id=digest_of(PHOTO), ranges=((PIECE, len(PHOTO)),)),)
    assert missing(other) == (MissingBlob(id=digest_of(PHOTO), ranges=((0, PIECE),)),)


def test_a_refused_package_leaves_no_piece(seat: Seat) -> None:
    seat.send(attachments=[chunks(PHOTO)[0]])
    before = everything(seat.held)[0]
    taken = seat.send(b"no row\n", attachments=chunks(PHOTO)[1:])
    assert taken.code == "E_JSON"
    after = everything(seat.held)
    assert {name for name in after[0] if name.startswith(BLOBS)} == {name for name in before if name.startswith(BLOBS)}
    assert len(after[1]["blob_chunk"]) == 1


def test_a_package_that_is_refused_after_its_pieces_leaves_none(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = seat.package(attachments=chunks(PHOTO)), seat.package(attachments=chunks(PHOTO[:9]))
    taken: list[str] = []

    def full(connection: object, sha256: str, size: int) -> None:
        taken.append(sha256)
        raise Unavailable("disk_full", path="")

    monkeypatch.setattr(blobs.BlobIntake, "_join", lambda self, *told: full(*told))
    with pytest.raises(Unavailable, match="disk_full"):
        seat.take(paths[0])
    assert taken
    assert files(seat) == []
    monkeypatch.undo()
    monkeypatch.setattr(manifest, "LARGEST_CHUNK", PIECE)
    assert [each.verdict for each in seat.take(*paths)] == ["accepted", "accepted"]
    assert len(kept(seat)) == 2


def test_a_dry_run_writes_no_piece(seat: Seat) -> None:
    before = everything(seat.held)
    assert seat.take(seat.package(attachments=chunks(PHOTO)), dry_run=True)[0].verdict == "accepted"
    assert everything(seat.held) == before


def test_files_that_nothing_names_are_swept(seat: Seat) -> None:
    seat.send(attachments=chunks(PHOTO))
    seat.send(attachments=[chunks(PHOTO + b"!")[0]])
    named = set(files(seat))
    assert len(named) == 2
    (seat.held.folder / BLOBS / "of a killed intake").write_bytes(b"")
    sweep_blobs(seat.held)
    assert set(files(seat)) == named
