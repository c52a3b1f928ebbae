"""What the body sends back: each file known by its content, taken in once, whole or not at all."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from app.domain.ids import Stamp
from app.domain.life import PackageState
from app.domain.review import Review
from app.errors import AppError
from app.messages.arrivals import brings_told
from app.packages.faults import PackageFault
from app.province import enrolment, receipts
from app.province.tables import BlobRow
from app.queries.outgoing import outgoing
from app.queries.reconciliation import standing
from app.storage.tables import JournalRow
from app.use_cases.arrival import TakenIn
from app.use_cases.arrivals import look_at_all, receive
from app.use_cases.recording import record
from app.use_cases.trust import take_trust
from app.workspace import Workspace
from tests.app.use_cases.unsealing import received
from tests.builders import STATION_CODE, Pair, a_deputy, an_issue, an_unbound_suggestion, new_station, pair, save


def brought(line: Pair) -> dict[str, TakenIn]:
    """What a return brings, by what it turned out to be."""
    return {each.what: each for each in line.bring_back()}


def refused(workspace: Workspace, path: Path) -> AppError:
    """The error a file is refused with, after which nothing has changed."""
    before = received(workspace)
    with pytest.raises(AppError) as caught:
        receive(workspace, path)
    assert received(workspace) == before
    return caught.value


def back(line: Pair, ending: str) -> Path:
    """The newest file of a kind that the body has laid out."""
    return sorted(path for path in (line.stick / "back").iterdir() if path.name.endswith(ending))[-1]


# --- receipts ---------------------------------------------------------------------------------------------------------


def test_a_receipt_settles_its_numbers_once(line: Pair) -> None:
    taken = {each.what: each for each in line.round_trip()}
    assert (taken["receipt"].verdict, taken["receipt"].number, taken["receipt"].returned) == ("accepted", 1, 0)
    before = received(line.station)
    again = receive(line.station, back(line, ".receipt.dsse.json"))
    assert (again.verdict, again.number) == ("duplicate", 1)
    assert received(line.station) == before


def test_a_receipt_is_known_by_its_content_and_not_by_its_name(line: Pair, tmp_path: Path) -> None:
    line.export()
    line.intake()
    line.bring_back()
    renamed = tmp_path / "照片.jpg"
    renamed.write_bytes(back(line, ".receipt.dsse.json").read_bytes())
    assert (receive(line.station, renamed).what, receive(line.station, renamed).verdict) == ("receipt", "duplicate")


def test_an_altered_receipt_is_refused(line: Pair) -> None:
    line.export()
    line.intake()
    line.bring_back()
    path = back(line, ".receipt.dsse.json")
    whole = path.read_bytes()
    for place in range(0, len(whole), 97):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        assert refused(line.station, path).code.startswith(("E_", "file_strange"))  # strange where its very head was altered
    path.write_bytes(whole[: len(whole) // 2])
    assert refused(line.station, path).code == "E_JSON"


def test_a_receipt_for_another_station_is_refused(line: Pair, tmp_path: Path) -> None:
    line.round_trip()
    with new_station(tmp_path / "b", code="430181001-002", wall=line.wall).opened() as other:
        assert refused(other, back(line, ".receipt.dsse.json")).code == "no_trust"
        receive(other, back_trust(line, tmp_path))
        assert refused(other, back(line, ".receipt.dsse.json")).code == "E_RECIPIENT"


def back_trust(line: Pair, folder: Path) -> Path:
    """The whole trust list of the body as a file."""
    path = folder / "all.trust.json"
    path.write_bytes(enrolment.trust_bundle(line.body))
    return path


def test_an_older_receipt_does_not_set_anything_back(line: Pair) -> None:
    line.round_trip()
    first = back(line, "000001.receipt.dsse.json").read_bytes()
    save(line.station, an_issue(line.station))
    line.round_trip()
    older = back(line, "000001.receipt.dsse.json")
    assert older.read_bytes() == first
    assert receive(line.station, older).verdict == "duplicate"
    assert [each.state for each in standing(line.station, contact=False).numbers] == [PackageState.RECEIVED] * 2


def test_a_lost_receipt_is_made_good_by_the_next(line: Pair) -> None:
    line.export()
    line.intake()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.use_cases.arrivals.receive", lambda *given: None)
        line.bring_back()
    save(line.station, an_issue(line.station))
    line.export()
    line.intake()
    taken = brought(line)
    assert (taken["receipt"].verdict, taken["receipt"].number) == ("accepted", 2)
    assert [each.state for each in standing(line.station, contact=False).numbers] == [PackageState.RECEIVED] * 2


# --- replies ----------------------------------------------------------------------------------------------------------


def test_the_words_of_a_returned_record_come_in_the_reply_once(line: Pair) -> None:
    suggestion = an_unbound_suggestion(line.station)
    save(line.station, suggestion)
    taken = {each.what: each for each in line.round_trip()}
    assert (taken["receipt"].returned, taken["reply"].verdict, taken["reply"].records) == (1, "accepted", 1)
    with line.station.writing() as books:
        (review,) = [each.record for each in books.records.all_of(Review)]
    assert (review.suggestion, bool(review.reason)) == (suggestion.id, True)
    before = received(line.station)
    assert receive(line.station, back(line, ".llz")).verdict == "duplicate"
    assert received(line.station) == before


def test_what_the_station_saves_next_comes_after_what_it_was_told(line: Pair) -> None:
    save(line.station, an_unbound_suggestion(line.station))
    line.export()
    line.wall.pass_by(timedelta(hours=2))  # the body's clock is ahead
    line.intake()
    written = receipts.write_receipts(line.body, STATION_CODE, line.stick / "back")
    line.wall.pass_by(timedelta(hours=-2))
    for path in written.files:
        receive(line.station, path)
    with line.station.reading() as connection:
        told = connection.scalars(select(JournalRow.line).where(JournalRow.kind == "review")).one()
    said = Stamp.parse(told.partition(b'"_hlc":"')[2][:17].decode())
    with line.station.writing() as books:
        assert books.next_stamp() > said


def test_the_bodys_records_are_not_handed_in_again(line: Pair) -> None:
    save(line.station, an_unbound_suggestion(line.station))
    line.round_trip()
    assert line.export().numbers == ()
    save(line.station, an_issue(line.station))
    assert [each.records for each in line.export().numbers] == [{"issue": 1}]


def test_an_altered_reply_is_refused(line: Pair) -> None:
    save(line.station, an_unbound_suggestion(line.station))
    line.export()
    line.intake()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.use_cases.arrivals.receive", lambda *given: None)
        line.bring_back()
    path = back(line, ".llz")
    whole = path.read_bytes()
    for place in range(0, len(whole), len(whole) // 40):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert refused(line.station, path).code.startswith(("E_", "file_strange"))  # strange where its very head was altered
    path.write_bytes(whole)
    assert receive(line.station, path).verdict == "accepted"


def test_the_stations_own_package_on_the_stick_is_known_and_passed_over(line: Pair) -> None:
    (path,) = line.export().paths
    before = received(line.station)
    taken = receive(line.station, path)
    assert (taken.what, taken.verdict, taken.number) == ("own", "duplicate", 1)
    assert received(line.station) == before


def test_another_stations_package_is_no_reply(line: Pair, tmp_path: Path) -> None:
    with pair(tmp_path / "elsewhere") as other:
        (path,) = other.export().paths
        assert refused(line.station, path).code == "E_UNKNOWN_KEY"


def test_a_fingerprint_given_later_is_compared_as_well(line: Pair) -> None:
    bundle = enrolment.trust_bundle(line.body)
    with pytest.raises(PackageFault) as caught:
        take_trust(line.station, bundle, "00ff")
    assert caught.value.code == "E_FINGERPRINT"
    assert not take_trust(line.station, bundle, take_trust(line.station, bundle).fingerprint).first


# --- trust and strangers ------------------------------------------------------------------------------------------------


def test_a_newer_trust_list_is_taken_in_and_an_older_one_refused(line: Pair, tmp_path: Path) -> None:
    old = back_trust(line, tmp_path)
    older = tmp_path / "older.json"
    older.write_bytes(old.read_bytes())
    save(line.station, a_deputy(line.station))
    enrolment.revoke(line.body, line.station.author.by)
    newer = back_trust(line, tmp_path)
    taken = receive(line.station, newer)
    assert (taken.what, taken.verdict, taken.number) == ("trust", "accepted", 2)
    assert refused(line.station, older).code == "E_ROLLBACK"


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"not json", b"PK\x03\x04", b"PK\x03\x04" + bytes(100), b"\xff" * 50, b"[" * 5000]
)
def test_a_strange_file_is_refused_without_a_crash(line: Pair, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "strange").write_bytes(content)
    error = refused(line.station, tmp_path / "strange")
    assert isinstance(error, PackageFault) or error.code == "file_strange"


def test_a_missing_file_is_told(line: Pair, tmp_path: Path) -> None:
    assert refused(line.station, tmp_path / "nowhere").code == "file_missing"
    (tmp_path / "folder").mkdir()
    assert refused(line.station, tmp_path / "folder").code == "folder_unusable"


def test_a_returned_record_that_is_mended_meanwhile_stays_mended(line: Pair) -> None:
    suggestion = an_unbound_suggestion(line.station)
    save(line.station, suggestion)
    line.export()
    line.intake()
    save(line.station, replace(suggestion, remarks="已经补正"))
    line.bring_back()
    assert standing(line.station, contact=False).returned == ()


def test_a_file_that_the_body_has_not_whole_goes_again(line: Pair, tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text("甲", encoding="utf-8")
    record(line.station, "deputy", {"name": "代表甲", "attachments": ["甲.txt"]}, tmp_path)
    line.export()
    line.intake()
    with line.body.store.writing() as connection:
        connection.execute(update(BlobRow).values(file=None))
    (first, *_others) = receipts.write_receipts(line.body, STATION_CODE, tmp_path / "home").files
    (seen,) = look_at_all(line.station, [first]).arrivals
    assert (seen.settles, seen.files_again) == ((1,), 1)
    assert "再送" in brings_told(seen, str)
    assert receive(line.station, first).files_again == 1
    told = standing(line.station, contact=False)
    assert (told.files, told.numbers[0].state) == ({"never_sent": 1, "sent": 0, "received": 0}, PackageState.RECEIVED)
    assert (outgoing(line.station, contact=False).files, look_at_all(line.station, [first]).arrivals[0].files_again) == (1, 0)
    line.export()
    save(line.station, an_issue(line.station))
    line.intake(line.export().paths)  # the number with the file is still on its way: the body asks for it once more
    line.bring_back()
    assert standing(line.station, contact=False).files == {"never_sent": 0, "sent": 1, "received": 0}
    line.intake(path for path in line.stick.iterdir() if path.suffix == ".llz")
    line.bring_back()
    assert standing(line.station, contact=False).files == {"never_sent": 0, "sent": 0, "received": 1}
