import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.kinds import KINDS
from app.errors import Unavailable
from app.packages import manifest, statement
from app.packages.manifest import Schema
from app.province import intake, suites
from app.province.intake import Intake, Taken
from app.province.receiver import INCOMING, PACKAGES, PARKED, QUARANTINE
from app.province.store import count, find
from tests.app.province.seats import OTHER_CODE, Seat, everything, new_seat
from tests.builders import body


def told(taken: Taken) -> tuple[str, str | None]:
    return taken.verdict, taken.code


def put_aside(seat: Seat, folder: str) -> dict[str, object]:
    """The report of the only file put aside in a folder; the file is there under its digest."""
    place = seat.held.folder / folder
    reports = list(place.glob("*.json"))
    assert len(reports) == 1
    (file,) = place.glob("*.llz")
    assert file.stem == reports[0].stem == hashlib.sha256(file.read_bytes()).hexdigest()
    report: dict[str, object] = json.loads(reports[0].read_text("utf-8"))
    return report


def empty(seat: Seat, *folders: str) -> bool:
    return not any(list((seat.held.folder / folder).iterdir()) for folder in folders)


# --- taken --------------------------------------------------------------------------------------------------------


def test_a_good_package_is_taken_and_kept(seat: Seat) -> None:
    file = seat.package(seat.revision(subject="甲"), seat.revision(subject="乙"), seat.revision("deputy", name="代表甲"))
    before = file.read_bytes()
    (taken,) = seat.take(file)
    assert taken == Taken(file=file.name, verdict="accepted", new=3)
    assert count(seat.held.store) == {"deputy": 1, "issue": 2}
    digest = seat.sealed[0].digest.removeprefix("sha256:")
    assert [each.name for each in (seat.held.folder / PACKAGES).iterdir()] == [f"{digest}.llz"]
    assert empty(seat, INCOMING, QUARANTINE, PARKED)
    assert file.read_bytes() == before


def test_the_same_package_again_changes_nothing(seat: Seat) -> None:
    file = seat.package()
    seat.take(file)
    before = everything(seat.held)
    (again,) = seat.take(file)
    assert again == Taken(file=file.name, verdict="duplicate")
    assert everything(seat.held) == before


def test_rows_known_already_are_counted_as_such(seat: Seat) -> None:
    first, second = seat.revision(subject="甲"), seat.revision(subject="乙")
    seat.send(first)
    taken = seat.send(first, second)
    assert (taken.verdict, taken.new, taken.duplicate) == ("accepted", 1, 1)


def test_a_further_state_replaces_the_one_before(seat: Seat) -> None:
    first = seat.revision(subject="甲")
    seat.send(first)
    later = seat.revision(before=first, subject="甲（已核实）")
    taken = seat.send(later)
    assert (taken.new, taken.conflict) == (1, 0)
    assert find(seat.held.store, first.id).revision == later
    assert count(seat.held.store) == {"issue": 1}


def test_an_unknown_kind_and_unknown_fields_are_kept_and_shown(seat: Seat) -> None:
    strange = seat.revision("weather_report", sky="晴", wind=[3, 4])
    later = seat.revision(subject="甲", mood={"of": "a newer program"})
    assert "weather_report" not in KINDS
    assert seat.send(strange, later).new == 2
    assert find(seat.held.store, strange.id).revision.body == {"sky": "晴", "wind": [3, 4]}
    assert find(seat.held.store, later.id).revision.body["mood"] == {"of": "a newer program"}
    assert count(seat.held.store) == {"issue": 1, "weather_report": 1}


def test_a_tombstone_takes_a_record_out_of_the_count(seat: Seat) -> None:
    first = seat.revision(subject="甲")
    seat.send(first)
    seat.send(replace(seat.revision(before=first, subject="甲"), deleted=True))
    assert count(seat.held.store) == {}
    assert find(seat.held.store, first.id).deleted


# --- refused ------------------------------------------------------------------------------------------------------


def test_an_altered_byte_is_refused_and_the_file_kept_with_a_report(seat: Seat, tmp_path: Path) -> None:
    data = bytearray(seat.package().read_bytes())
    data[len(data) // 2] ^= 1
    altered = tmp_path / "altered.llz"
    altered.write_bytes(data)
    before = everything(seat.held)[1]
    (taken,) = seat.take(altered)
    assert told(taken) == ("refused", "E_CONTAINER")
    report = put_aside(seat, QUARANTINE)
    assert (report["file"], report["code"]) == ("altered.llz", "E_CONTAINER")
    assert altered.read_bytes() == bytes(data)
    assert everything(seat.held)[1] == before
    assert empty(seat, INCOMING, PARKED, PACKAGES)


@pytest.mark.parametrize("left", [0, 3, 900, -1])
def test_a_cut_package_is_refused(seat: Seat, tmp_path: Path, left: int) -> None:
    cut = tmp_path / "cut.llz"
    cut.write_bytes(seat.package().read_bytes()[:left])
    assert told(seat.take(cut)[0]) == ("refused", "E_CONTAINER")


def test_a_package_for_another_body_is_refused(seat: Seat, tmp_path: Path) -> None:
    assert told(seat.send(to=("430181",))) == ("refused", "E_RECIPIENT")
    assert told(seat.send(seq=1, prev=None, to=("430181", seat.held.body.id))) == ("accepted", None)
    with body(tmp_path / "other", code="430181") as other:
        assert told(Intake(other).take(seat.package())) == ("refused", "E_UNKNOWN_KEY")


def test_an_unknown_seat_is_refused(seat: Seat, tmp_path: Path) -> None:
    with body(tmp_path / "elsewhere") as other:
        stranger = new_seat(other, tmp_path / "elsewhere", code=OTHER_CODE)
        file = stranger.package()
    assert told(seat.take(file)[0]) == ("refused", "E_UNKNOWN_KEY")
    assert put_aside(seat, QUARANTINE)["code"] == "E_UNKNOWN_KEY"


def test_a_seat_signing_for_another_station_is_refused(seat: Seat) -> None:
    other = new_seat(seat.held, seat.folder, code=OTHER_CODE)
    forged = replace(seat.heading().sender, station=other.station)
    assert told(seat.send(sender=forged)) == ("refused", "E_ORIGIN")


def test_before_anybody_is_enrolled_nobody_is_known(seat: Seat, tmp_path: Path) -> None:
    with body(tmp_path / "new") as fresh:
        assert told(Intake(fresh).take(seat.package())) == ("refused", "E_UNKNOWN_KEY")


def test_a_file_that_cannot_be_read_does_not_stop_the_others(seat: Seat, tmp_path: Path) -> None:
    folder = tmp_path / "a folder.llz"
    folder.mkdir()
    taken = seat.take(tmp_path / "gone.llz", folder, seat.package())
    assert [told(each) for each in taken] == [
        ("refused", "file_missing"),
        ("refused", "folder_unusable"),
        ("accepted", None),
    ]


def test_a_file_larger_than_any_package_is_not_even_copied(seat: Seat, tmp_path: Path) -> None:
    huge = tmp_path / "huge.llz"
    with huge.open("wb") as file:
        file.truncate((1 << 30) + (1 << 20) + 1)
    assert told(seat.take(huge)[0]) == ("refused", "E_LIMIT")
    assert empty(seat, INCOMING, QUARANTINE, PARKED)


def test_a_body_that_lost_its_receiving_key_says_so(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    file = seat.package()
    identity = seat.held.identity()
    other = new_seat(seat.held, seat.folder, code=OTHER_CODE)
    lost = replace(identity, receiving=(replace(identity.receiving[0], secret=other.secret),))
    monkeypatch.setattr(type(seat.held), "identity", lambda self: lost)
    assert told(seat.take(file)[0]) == ("refused", "E_NO_KEY")


# --- parked, and taken later --------------------------------------------------------------------------------------


def test_a_newer_schema_waits_for_the_upgrade(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    file = seat.package(schema=Schema(set="llz-core", version="1.2", min_reader="1.1"))
    assert told(seat.take(file)[0]) == ("parked", "E_SCHEMA_NEW")
    assert put_aside(seat, PARKED)["file"] == file.name
    (item,) = seat.receipt().items
    assert (item.status, item.code, item.seq) == ("parked", "E_SCHEMA_NEW", 1)
    assert Intake(seat.held).retry_parked() == []
    assert len(seat.receipt().items) == 1

    monkeypatch.setattr(suites, "SCHEMA_VERSION", "1.1")
    assert Intake(seat.held).retry_parked() == [Taken(file=file.name, verdict="accepted", new=1)]
    assert empty(seat, PARKED, INCOMING)
    assert [(each.status, each.code) for each in seat.receipt().items] == [("accepted", None)]


def test_a_newer_format_waits_for_the_upgrade(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as newer:
        newer.setattr(statement, "FORMAT", "llz-package/2")
        newer.setattr(manifest, "FORMAT", "llz-content/2")
        file = seat.package()
    assert told(seat.take(file)[0]) == ("parked", "E_FORMAT_NEW")
    assert put_aside(seat, PARKED)["code"] == "E_FORMAT_NEW"
    monkeypatch.setattr(statement, "FORMAT_NUMBER", 2)
    assert [told(each) for each in Intake(seat.held).retry_parked()] == [("accepted", None)]
    assert empty(seat, PARKED)


def test_the_mark_of_a_newer_format_is_enough_to_wait(seat: Seat, tmp_path: Path) -> None:
    data = seat.package().read_bytes()
    assert data[40:54] == b"llz-package/1\n"
    later = tmp_path / "later.llz"
    later.write_bytes(data[:40] + b"llz-package/7\n" + data[54:] + b"whatever it may hold")
    assert told(seat.take(later)[0]) == ("parked", "E_FORMAT_NEW")


def test_parked_packages_are_taken_in_the_order_they_came(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    newer = Schema(set="llz-core", version="1.1", min_reader="1.1")
    files = [seat.package(schema=newer) for _ in range(4)]
    assert {told(each) for each in seat.take(*files)} == {("parked", "E_SCHEMA_NEW")}
    monkeypatch.setattr(suites, "SCHEMA_VERSION", "1.1")
    assert [each.file for each in Intake(seat.held).retry_parked()] == [each.name for each in files]
    assert seat.receipt().cursor(seat.by, 1).through == 4


def test_a_look_at_what_is_parked_makes_no_new_receipt(seat: Seat) -> None:
    seat.send(schema=Schema(set="llz-core", version="1.1", min_reader="1.1"))
    first = seat.written()
    told_first = first.files[0].read_bytes()
    Intake(seat.held).retry_parked()
    again = seat.written()
    assert (again.receipt_seq, again.files[0].read_bytes()) == (first.receipt_seq, told_first)


def test_parked_and_then_revoked_is_refused_and_told(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    seat.send(schema=Schema(set="llz-core", version="1.1", min_reader="1.1"))
    monkeypatch.setattr(suites, "SCHEMA_VERSION", "1.1")
    bad = seat.package(seat.revision(received_on="21st"), schema=Schema(set="llz-core", version="1.1", min_reader="1.1"))
    monkeypatch.undo()
    assert told(seat.take(bad)[0]) == ("parked", "E_SCHEMA_NEW")
    monkeypatch.setattr(suites, "SCHEMA_VERSION", "1.1")
    assert [told(each) for each in Intake(seat.held).retry_parked()] == [("accepted", None), ("refused", "E_LAYOUT")]
    assert [(each.status, each.code) for each in seat.receipt().items] == [("accepted", None), ("refused", "E_LAYOUT")]


# --- rehearsals and failures --------------------------------------------------------------------------------------


def test_a_dry_run_tells_and_changes_nothing(seat: Seat, tmp_path: Path) -> None:
    seat.send()
    parked = seat.package(schema=Schema(set="llz-core", version="1.1", min_reader="1.1"))
    seat.take(parked)
    good = seat.package(seat.revision(subject="甲"))
    bad = tmp_path / "bad.llz"
    bad.write_bytes(b"PK\3\4")
    before = everything(seat.held)
    taken = seat.take(good, bad, parked, dry_run=True)
    assert [told(each) for each in taken] == [("accepted", "W_GAP"), ("refused", "E_CONTAINER"), ("parked", "E_SCHEMA_NEW")]
    assert taken[0].new == 1
    assert Intake(seat.held, dry_run=True).retry_parked() == []
    assert everything(seat.held) == before
    assert told(seat.take(good)[0]) == ("accepted", "W_GAP")


def test_a_package_whose_intake_was_killed_after_its_commit_is_kept_when_it_comes_again(seat: Seat) -> None:
    file = seat.package()
    seat.take(file)
    (kept,) = (seat.held.folder / PACKAGES).iterdir()
    kept.unlink()
    assert told(seat.take(file)[0]) == ("duplicate", None)
    assert kept.read_bytes() == file.read_bytes()


def test_a_disk_that_fails_under_the_receiver_is_no_fault_of_the_package(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    file = seat.package()
    before = everything(seat.held)

    def full(source: Path, final: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(intake, "rename", full)
    with pytest.raises(Unavailable, match="disk_full"):
        seat.take(file)
    monkeypatch.undo()
    assert everything(seat.held) != before, "the rows were kept before the file was moved"
    assert told(seat.take(file)[0]) == ("duplicate", None)
    assert not empty(seat, PACKAGES)
