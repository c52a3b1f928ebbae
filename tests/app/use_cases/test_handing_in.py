"""Handing in: every line once, in sealed numbers without a gap, and the same bytes as often as they are wanted."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from app.domain.attachment import Attachment
from app.domain.people import Operator
from app.domain.revisions import SCHEMA_VERSION
from app.errors import AppError, Refused, Unavailable
from app.packages import senders
from app.packages.content import Reader, Rows, open_content
from app.packages.lines import SCHEMA_SET
from app.packages.opening import verify_package
from app.packages.statement import Kind
from app.progress import Progress
from app.province import enrolment
from app.use_cases import outgoing_attachments
from app.use_cases.handing_in import LEAST_CAP, Sizes, export
from app.use_cases.recording import record
from app.use_cases.trust import request_enrolment, take_trust, trusted_by
from tests.app.use_cases.unsealing import journal_lines, numbers, outbox, sent_now
from tests.builders import (
    Pair,
    a_contact,
    a_deputy,
    an_encounter,
    an_issue,
    ask_for_contact,
    enrol,
    new_body,
    new_station,
    remove,
    save,
)

TINY: Final = 600_000  # bytes of packed rows: two kinds fit, a third waits for the next number


# --- before anything can be handed in ---------------------------------------------------------------------------------


def test_a_station_that_trusts_nobody_hands_nothing_in(tmp_path: Path) -> None:
    with new_station(tmp_path / "a").opened() as workspace, pytest.raises(Refused, match="no_trust"):
        export(workspace, tmp_path / "stick")
    assert not (tmp_path / "stick").exists()


def test_a_station_that_is_not_enrolled_hands_nothing_in(tmp_path: Path) -> None:
    home = new_body(tmp_path / "body")
    with new_station(tmp_path / "a").opened() as workspace, home.opened() as body:
        take_trust(workspace, enrolment.trust_bundle(body))
        with pytest.raises(Refused, match="not_enrolled"):
            export(workspace, tmp_path / "stick")
    assert not (tmp_path / "stick").exists()


def test_a_revoked_seat_hands_nothing_in(line: Pair) -> None:
    enrolment.revoke(line.body, line.station.author.by)
    assert not take_trust(line.station, enrolment.trust_bundle(line.body)).enrolled
    with pytest.raises(Refused, match="seat_revoked"):
        line.export()
    assert numbers(line.station) == []


# --- what goes --------------------------------------------------------------------------------------------------------


def test_the_first_number_is_a_snapshot_and_later_ones_are_changes(line: Pair) -> None:
    issue = an_issue(line.station)
    save(line.station, issue)
    (first,) = sent_now(line)
    assert (first.statement.kind, first.statement.stream.seq, first.statement.stream.prev) == (Kind.SNAPSHOT, 1, None)
    assert first.ids("issue") == [issue.id]
    save(line.station, replace(issue, place="东街"))
    (second,) = sent_now(line)
    assert (second.statement.kind, second.statement.stream.seq) == (Kind.CHANGES, 2)
    assert second.statement.stream.prev == numbers(line.station)[0].digest
    assert set(second.lines) == {"issue"}
    assert [each.verdict for each in line.intake()] == ["accepted"] * 2


def test_the_statement_says_whose_it_is_and_for_whom(line: Pair) -> None:
    (told,) = sent_now(line)
    sender = told.statement.sender
    assert (sender.province, sender.station, sender.seat) == ("43", line.station.author.owner, line.station.author.by)
    assert told.statement.to == ("43",)
    assert told.statement.acks.receipt_seq == 0
    line.intake()
    line.bring_back()
    save(line.station, an_issue(line.station))
    (told,) = sent_now(line)
    assert told.statement.acks.receipt_seq == 1


def test_packages_carry_the_very_bytes_of_the_journal(line: Pair) -> None:
    issue = an_issue(line.station, "原样")
    save(line.station, issue, an_encounter(line.station), a_deputy(line.station))
    save(line.station, replace(issue, place="东街"))
    remove(line.station, issue.id)
    save(line.station, issue)
    (told,) = sent_now(line)
    for kind in ("issue", "encounter", "deputy", "station", "seat"):
        assert told.lines[kind] == journal_lines(line.station, kind)


def test_nothing_to_hand_in_takes_no_number(line: Pair) -> None:
    line.export()
    before = outbox(line.station)
    assert line.export().numbers == ()
    assert line.export().paths == ()
    assert outbox(line.station) == before


def test_records_are_counted_once_though_they_have_many_lines(line: Pair) -> None:
    issue = an_issue(line.station)
    save(line.station, issue)
    for place in "甲乙丙":
        save(line.station, replace(issue, place=place))
    (sent,) = line.export().numbers
    assert sent.records == {"issue": 1, "seat": 1, "station": 1}


def test_what_is_local_never_travels(line: Pair) -> None:
    save(line.station, Operator(id=line.station.clock.new_id(), name="志愿者丙"), an_issue(line.station))
    for told in sent_now(line):
        assert "operator" not in told.lines
        assert "志愿者丙".encode() not in told.plain


def test_more_than_fits_goes_in_the_next_numbers_without_a_line_twice_or_missing(line: Pair) -> None:
    kinds = {"issue": an_issue, "encounter": an_encounter, "deputy": a_deputy}
    for _ in range(4):
        save(line.station, *(make(line.station) for make in kinds.values()))
    parts = sent_now(line, sizes=Sizes(rows=TINY))
    assert len(parts) > 3
    assert [each.statement.stream.seq for each in parts] == list(range(1, len(parts) + 1))
    assert {each.statement.kind for each in parts} == {Kind.SNAPSHOT}
    for kind in (*kinds, "station", "seat"):
        assert [row for part in parts for row in part.lines.get(kind, [])] == journal_lines(line.station, kind)
    taken = numbers(line.station)
    assert [each.first for each in taken] == [1, *(each.last + 1 for each in taken[:-1])]
    assert [each.verdict for each in line.intake()] == ["accepted"] * len(parts)
    assert line.export().numbers == ()


def test_a_number_that_is_full_leaves_attachments_to_the_last(line: Pair, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"a")
    for number in range(3):
        record(line.station, "deputy", {"name": f"代表{number}", "contact": {}, "attachments": ["a.txt"]}, tmp_path)
        save(line.station, an_issue(line.station), an_encounter(line.station))
    parts = sent_now(line, sizes=Sizes(rows=TINY))
    assert [len(each.blobs) for each in parts] == [0] * (len(parts) - 1) + [1]


def test_an_export_can_be_called_off_and_takes_no_number(line: Pair) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Refused, match="cancelled"):
        line.export(progress=progress)
    assert numbers(line.station) == []
    assert len(sent_now(line)) == 1


# --- withheld (decisions 4 and 5) ---------------------------------------------------------------------------------------


def test_a_record_undone_before_it_was_sent_goes_only_when_it_comes_back_and_then_whole(line: Pair) -> None:
    issue = an_issue(line.station, "撤回的")
    save(line.station, issue)
    remove(line.station, issue.id)
    (first,) = sent_now(line)
    assert "issue" not in first.lines
    save(line.station, an_encounter(line.station))
    (second,) = sent_now(line)
    assert "issue" not in second.lines
    save(line.station, issue)
    (third,) = sent_now(line)
    assert third.lines["issue"] == journal_lines(line.station, "issue")
    assert [json.loads(each)["_del"] for each in third.lines["issue"]] == [False, True, False]
    assert line.export().numbers == ()
    assert [(each.verdict, each.conflict) for each in line.intake()] == [("accepted", 0)] * 3


def test_a_record_undone_twice_before_it_was_sent_never_goes(line: Pair) -> None:
    line.export()
    issue = an_issue(line.station)
    for _ in range(2):
        save(line.station, issue)
        remove(line.station, issue.id)
        assert line.export().numbers == ()
    save(line.station, an_encounter(line.station))
    (told,) = sent_now(line)
    assert set(told.lines) == {"encounter"}


def test_contact_data_stays_at_the_station_by_default(line: Pair) -> None:
    person = an_encounter(line.station)
    save(line.station, person, a_contact(line.station, person.id, "13900001111"))
    (told,) = sent_now(line)
    assert set(told.lines) == {"encounter", "seat", "station"}
    assert b"13900001111" not in told.plain
    assert line.export().numbers == ()


def test_contact_data_goes_where_the_policy_asks_for_it_also_what_was_written_before(
    line: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = an_encounter(line.station)
    old, gone = a_contact(line.station, person.id, "13900001111"), a_contact(line.station, person.id, "13900002222")
    save(line.station, person, old, gone)
    remove(line.station, gone.id)
    line.export()
    ask_for_contact(line, monkeypatch)
    save(line.station, replace(old, phone="13900003333"))
    (told,) = sent_now(line)
    assert told.ids("contact") == [old.id, old.id]
    assert line.export().numbers == ()
    assert [(each.verdict, each.new) for each in line.intake()] == [("accepted", 3), ("accepted", 2)]


def test_a_contact_removed_while_it_did_not_travel_is_removed_at_the_body_when_it_does_again(
    line: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact = a_contact(line.station, line.station.author.owner)
    ask_for_contact(line, monkeypatch)
    save(line.station, contact)
    assert [each.ids("contact") for each in sent_now(line)] == [[contact.id]]
    ask_for_contact(line, monkeypatch, wanted=False)
    remove(line.station, contact.id)
    save(line.station, an_issue(line.station))
    assert [set(each.lines) for each in sent_now(line)] == [{"issue"}]
    ask_for_contact(line, monkeypatch)
    (told,) = sent_now(line)
    assert [json.loads(each)["_del"] for each in told.lines["contact"]] == [True]


# --- attachments ----------------------------------------------------------------------------------------------------------


def test_attachments_travel_once_under_the_digest_of_their_content(line: Pair, tmp_path: Path) -> None:
    contents = {name: name.encode() * 5000 for name in ("甲.jpg", "乙.txt")} | {"空.txt": b""}
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    record(line.station, "deputy", {"name": "甲", "attachments": list(contents)}, tmp_path)
    (told,) = sent_now(line)
    assert {name: hashlib.sha256(each).hexdigest() for name, each in told.blobs.items()} == {
        name: name.removeprefix("sha256:") for name in told.blobs
    }
    assert sorted(told.blobs.values()) == sorted(contents.values())
    digests = {json.loads(each)["sha256"] for each in told.lines["attachment"]}
    assert {name.removeprefix("sha256:") for name in told.blobs} == digests
    record(line.station, "deputy", {"name": "乙", "attachments": ["甲.jpg"]}, tmp_path)
    (again,) = sent_now(line)
    assert (set(again.lines), dict(again.blobs)) == ({"attachment", "deputy"}, {})
    assert [each.verdict for each in line.intake()] == ["accepted"] * 2


def test_large_attachments_go_in_chunks(line: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = bytes(range(256)) * 1000
    (tmp_path / "a.bin").write_bytes(content)
    for module in ("app.packages.manifest", "app.use_cases.outgoing_attachments"):
        monkeypatch.setattr(f"{module}.LARGEST_CHUNK", 100_000)
    record(line.station, "deputy", {"name": "甲", "attachments": ["a.bin"]}, tmp_path)
    chunks: list[bytes] = []
    for path in line.export().paths:
        chunks += _chunks(line, path)
    assert [len(each) for each in chunks] == [100_000, 100_000, 56_000]
    assert b"".join(chunks) == content


def _chunks(line: Pair, path: Path) -> list[bytes]:
    trusted = trusted_by(line.station)
    verified = verify_package(path, senders.seats(trusted.trust_list), now=line.body.clock.now(), us=None)
    keys = [each.secret for each in line.body.identity().receiving]
    with open_content(verified, Reader(identities=keys, schema_set=SCHEMA_SET, schema_version=SCHEMA_VERSION)) as content:
        return [b"".join(part) for part in content if not isinstance(part, Rows)]


def test_attachments_that_do_not_fit_go_in_the_next_number(line: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing_attachments, "_ROOM", 2500)
    for name in "abcde":
        (tmp_path / name).write_bytes(name.encode() * 1000)
    record(line.station, "deputy", {"name": "甲", "attachments": list("abcde")}, tmp_path)
    parts = sent_now(line)
    assert [len(each.blobs) for each in parts] == [2, 2, 1]
    assert [bool(each.lines) for each in parts] == [True, False, False]
    assert [each.verdict for each in line.intake()] == ["accepted"] * 3


def test_the_content_of_an_attachment_that_was_taken_out_before_it_was_sent_stays_here(line: Pair, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(name.encode())
    record(line.station, "deputy", {"name": "甲", "attachments": ["a", "b"]}, tmp_path)
    with line.station.writing() as books:
        taken_out = next(each.record.id for each in books.records.all_of(Attachment) if each.record.name == "a")
        books.records.remove([taken_out])
    (told,) = sent_now(line)
    assert (len(told.lines["attachment"]), list(told.blobs.values())) == (1, [b"b"])


def test_an_attachment_that_is_gone_stops_the_export_and_takes_no_number(line: Pair, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a")
    record(line.station, "deputy", {"name": "甲", "attachments": ["a"]}, tmp_path)
    (kept,) = (line.station.folder / "attachments").iterdir()
    kept.unlink()
    with pytest.raises(AppError):
        line.export()
    assert (numbers(line.station), outbox(line.station)) == ([], [])


def test_a_second_station_of_the_body_has_a_stream_of_its_own(line: Pair, tmp_path: Path) -> None:
    save(line.station, an_issue(line.station))
    line.round_trip()
    with new_station(tmp_path / "b", code="430181001-002", wall=line.wall).opened() as other:
        assert request_enrolment(other).digits != request_enrolment(line.station).digits
        enrol(other, line.body)
        (path,) = export(other, tmp_path / "stick2").paths
        assert [(each.verdict, each.code) for each in line.intake([path])] == [("accepted", None)]


# --- how an export is cut -----------------------------------------------------------------------------------------------


def test_records_go_now_and_the_files_another_time(line: Pair, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a")
    record(line.station, "deputy", {"name": "甲", "attachments": ["a"]}, tmp_path)
    (records,) = sent_now(line, sizes=Sizes(records_only=True))
    assert (len(records.lines["attachment"]), records.blobs) == (1, {})
    assert line.export(sizes=Sizes(records_only=True)).numbers == ()
    (files,) = sent_now(line)
    assert (files.lines, list(files.blobs.values())) == ({}, [b"a"])
    assert [each.verdict for each in line.intake()] == ["accepted"] * 2


def test_packages_are_kept_below_the_size_that_was_wished_for(line: Pair, tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / name).write_bytes(name.encode() * (3 << 20))
    record(line.station, "deputy", {"name": "甲", "attachments": list("abc")}, tmp_path)
    parts = line.export(sizes=Sizes(most=LEAST_CAP))
    assert len(parts.numbers) > 1
    assert all(each.size <= LEAST_CAP for each in parts.numbers)
    assert [each.verdict for each in line.intake()] == ["accepted"] * len(parts.numbers)


def test_a_size_that_nothing_would_fit_into_is_refused() -> None:
    with pytest.raises(Refused, match="package_cap_small"):
        Sizes(most=LEAST_CAP - 1)


def test_a_package_larger_than_the_body_takes_is_not_sealed(line: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limit = replace(enrolment._DEFAULT_POLICY, max_package_bytes=1 << 20)
    monkeypatch.setattr(enrolment, "_DEFAULT_POLICY", limit)
    enrol(line.station, line.body)
    (tmp_path / "a").write_bytes(b"a" * (2 << 20))
    record(line.station, "deputy", {"name": "甲", "attachments": ["a"]}, tmp_path)
    with pytest.raises(Refused, match="package_too_large"):
        line.export()
    lying = {path.name for path in (line.station.folder / "outbox").iterdir()}
    assert lying == {each.file for each in numbers(line.station)}


def test_what_belongs_beside_the_packages_is_put_there_last(line: Pair) -> None:
    seen: list[tuple[Path, list[str]]] = []

    def put(folder: Path, _progress: Progress) -> None:
        seen.append((folder, sorted(path.name for path in folder.iterdir())))

    line.export(beside=[put])
    line.export(beside=[put])
    assert seen == [(line.stick, [numbers(line.station)[0].file])] * 2


def test_packages_are_there_though_what_belongs_beside_them_cannot_be(line: Pair) -> None:
    save(line.station, an_issue(line.station))

    def no_room(folder: Path, progress: Progress) -> None:
        raise Unavailable("disk_full", path=str(folder))

    done = line.export(beside=(no_room,))
    assert [each.code for each in done.not_beside] == ["disk_full"]
    assert [each.verdict for each in line.intake()] == ["accepted"]
    assert line.export().not_beside == ()


def test_packages_are_there_though_what_sisters_lack_cannot_be(line: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    save(line.station, an_issue(line.station))

    def no_room(*_told: object, **_more: object) -> None:
        raise Unavailable("disk_full", path=str(line.stick))

    with monkeypatch.context() as patch:
        patch.setattr("app.use_cases.handing_in.seal_for_sisters", no_room)
        beside: list[Path] = []
        done = line.export(beside=(lambda folder, _progress: beside.append(folder),))
    assert done.not_for_sisters is not None
    assert done.not_for_sisters.code == "disk_full"
    assert beside == [line.stick], "what follows is put there all the same"
    assert [each.verdict for each in line.intake()] == ["accepted"]
    assert line.export().not_for_sisters is None
