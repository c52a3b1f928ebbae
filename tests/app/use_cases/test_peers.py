"""Several computers of one station: they vouch for each other by file and digits, exchange what the other lacks, and agree."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from app.clock import Clock
from app.domain.arrival import Incoming, Verdict
from app.domain.issue import Issue
from app.domain.revisions import read_line
from app.domain.station import SeatStatus, Station
from app.domain.values import Id
from app.errors import AppError, Refused
from app.packages.enrolment import read_request
from app.province import enrolment
from app.queries.attachments import attachments_of
from app.storage import epochs
from app.storage.tables import CurrentRow, JournalRow
from app.use_cases import seats
from app.use_cases.arrival import TakenIn
from app.use_cases.arrivals import look, receive, take_all
from app.use_cases.attachments import write_attachment
from app.use_cases.peers import ForSister, export_for_sisters, take_peer
from app.use_cases.recording import record
from app.use_cases.seats import seats as all_seats
from app.workspace import Workspace, opened
from tests.builders import Wall, an_issue, body, enrol, memory_way, new_station, remove, save


@dataclass
class Two:
    """Two computers of one station, open, that believe each other; the folder they exchange by."""

    first: Workspace
    second: Workspace
    folder: Path
    wall: Wall
    round: int = 0

    def send(self, here: Workspace, there: Workspace, **told: Any) -> list[TakenIn]:
        """What `there` lacks goes from `here`."""
        return [receive(there, path) for path in self.sealed(here, **told).paths]

    def sealed(self, here: Workspace, **told: Any) -> ForSister:
        self.round += 1
        (made,) = export_for_sisters(here, self.folder / str(self.round), **told).sisters
        return made

    def exchange(self) -> None:
        for here, there in ((self.first, self.second), (self.second, self.first)):
            self.send(here, there)


def carried(here: Workspace, folder: Path) -> tuple[Path, str]:
    """A computer's card as a file, and its digits."""
    made = seats.card(here)
    path = folder / f"{here.author.by}.json"
    path.write_bytes(made.content)
    return path, made.digits


def joined(first: Workspace, home: Path, folder: Path, wall: Wall, stack: ExitStack) -> Workspace:
    """Another computer, set up as one of the first one's station and believed by it."""
    card, digits = carried(first, folder)
    way = memory_way()
    home.mkdir()
    seats.join(home, way, card, digits, operator="联络员乙", clock=Clock(now=wall))
    second = stack.enter_context(opened(home, way, write=True, clock=Clock(now=wall)))
    card, digits = carried(second, folder)
    assert seats.admit(first, card, digits).seat == second.author.by
    return second


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    wall = Wall()
    with ExitStack() as stack:
        first = stack.enter_context(new_station(tmp_path / "first", wall=wall).opened())
        save(first, an_issue(first, "甲"))
        second = joined(first, tmp_path / "second", tmp_path, wall, stack)
        yield Two(first, second, tmp_path / "exchange", wall)


def revisions(workspace: Workspace) -> set[bytes]:
    with workspace.reading() as connection:
        return set(connection.scalars(select(JournalRow.line).where(JournalRow.rev.is_not(None))))


def current(workspace: Workspace) -> dict[Id, tuple[Any, ...]]:
    row = CurrentRow
    question = select(row.id, row.kind, row.owner, row.rev, row.heads, row.gen, row.deleted, row.disputed, row.body)
    with workspace.reading() as connection:
        return {each.id: tuple(each[1:]) for each in connection.execute(question)}


def assert_alike(one: Workspace, other: Workspace) -> None:
    assert revisions(one) == revisions(other)
    assert current(one) == current(other)


# --- joining -----------------------------------------------------------------------------------------------------------


def test_a_second_computer_takes_over_the_stations_identity_and_all_its_records(two: Two) -> None:
    assert two.second.author.owner == two.first.author.owner
    assert two.second.author.by != two.first.author.by
    assert {each["kind"] for each in kinds_of(two.second)} == {"operator", "seat"}
    (taken,) = two.send(two.first, two.second)
    assert (taken.what, taken.verdict, taken.conflicts) == ("peer", "accepted", 0)
    assert taken.records == len(revisions(two.first))
    two.send(two.second, two.first)
    assert_alike(two.first, two.second)
    told = [(each.seat, each.own, each.status, each.keys) for each in all_seats(two.first)]
    assert told[0] == (two.first.author.by, True, "active", True)
    assert told[1] == (two.second.author.by, False, "active", True)


def kinds_of(workspace: Workspace) -> list[dict[str, str]]:
    return [{"kind": read_line(line).kind} for line in revisions(workspace)]


def test_a_station_keeps_its_code_and_name_before_its_record_has_come(two: Two, tmp_path: Path) -> None:
    with two.first.reading() as connection:
        station = connection.execute(select(CurrentRow.title).where(CurrentRow.kind == Station.traits.name)).scalar_one()
    told = read_request(seats.card(two.second).content).station
    assert (told.id, told.name) == (two.first.author.owner, station)
    two.exchange()
    assert read_request(seats.card(two.second).content).station == told


def test_digits_that_differ_admit_nobody(two: Two, tmp_path: Path) -> None:
    card, digits = carried(two.second, tmp_path)
    wrong = digits[:-1] + str((int(digits[-1]) + 1) % 10)
    with pytest.raises(Refused, match="digits_differ"):
        seats.admit(two.first, card, wrong)
    with pytest.raises(Refused, match="digits_differ"):
        seats.join(tmp_path / "third", memory_way(), card, wrong, operator="甲", clock=Clock(now=two.wall))
    assert not (tmp_path / "third").exists()


def test_a_computer_of_another_station_and_the_own_one_are_not_admitted(two: Two, tmp_path: Path) -> None:
    with new_station(tmp_path / "other", code="430181001-002").opened() as other, pytest.raises(Refused, match="seat_of_another"):
        seats.admit(two.first, *carried(other, tmp_path))
    with pytest.raises(Refused, match="seat_own"):
        seats.admit(two.first, *carried(two.first, tmp_path))


def test_alone_there_is_nobody_to_seal_for(tmp_path: Path) -> None:
    with new_station(tmp_path / "alone").opened() as alone, pytest.raises(Refused, match="no_sister"):
        export_for_sisters(alone, tmp_path)


# --- exchanging -----------------------------------------------------------------------------------------------------------


def test_only_what_the_sister_lacks_travels(two: Two) -> None:
    two.exchange()
    two.send(two.first, two.second)
    two.send(two.second, two.first)
    assert two.sealed(two.first).paths == ()
    save(two.first, an_issue(two.first, "新的"))
    sealed = two.sealed(two.first)
    assert sealed.records == 1
    assert [receive(two.second, path).records for path in sealed.paths] == [1]


def test_a_list_of_the_computers_says_what_each_has(two: Two) -> None:
    own, sister = all_seats(two.first)
    assert (own.own, own.lacks, own.heard, sister.heard, sister.writes) == (True, 0, None, None, True)
    assert sister.lacks == len(revisions(two.first))
    two.exchange()
    told = next(each for each in all_seats(two.first) if not each.own)
    assert (told.lacks, told.heard) == (len(revisions(two.second) - revisions(two.first)), two.wall())
    assert told.line > 0
    save(two.first, an_issue(two.first, "新的"))
    assert next(each for each in all_seats(two.first) if not each.own).lacks == told.lacks + 1


def test_a_computer_is_named_for_all_to_see(two: Two) -> None:
    assert seats.name_this(two.second, " 接待室 ").name == "接待室"
    two.exchange()
    two.exchange()
    assert {each.name for each in all_seats(two.first)} == {"", "接待室"}


def test_a_lost_package_is_made_good_by_the_next(two: Two) -> None:
    two.exchange()
    save(two.first, an_issue(two.first, "丢了的"))
    two.sealed(two.first)
    save(two.first, an_issue(two.first, "后来的"))
    two.send(two.first, two.second)
    two.send(two.second, two.first)
    assert_alike(two.first, two.second)


def test_packages_in_any_order_and_twice_come_to_the_same(two: Two) -> None:
    two.exchange()
    paths: list[Path] = []
    for name in ("一", "二", "三"):
        save(two.first, an_issue(two.first, name))
        paths += two.sealed(two.first).paths
    for path in [*reversed(paths), *paths]:
        receive(two.second, path)
    assert receive(two.second, paths[0]).verdict == "duplicate"
    two.send(two.second, two.first)
    assert_alike(two.first, two.second)


def test_what_is_too_much_for_one_package_goes_in_several(two: Two) -> None:
    chance = Random(3)
    save(two.first, *(an_issue(two.first, chance.randbytes(1000).hex()) for _each in range(300)))
    taken = two.send(two.first, two.second, cap=1_400_000)
    assert len(taken) > 1
    two.send(two.second, two.first)
    assert_alike(two.first, two.second)


def test_files_travel_along_in_pieces_too(two: Two, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.packages.manifest.LARGEST_CHUNK", 1000)
    monkeypatch.setattr("app.use_cases.outgoing_attachments.LARGEST_CHUNK", 1000)
    (tmp_path / "a.bin").write_bytes(bytes(range(250)) * 11)
    (tmp_path / "b.bin").write_bytes(b"")
    id = record(two.first, "deputy", {"name": "代表甲", "attachments": ["a.bin", "b.bin"]}, tmp_path).id
    two.send(two.first, two.second)
    found = {}
    for each in attachments_of(two.second, id):
        pieces: list[bytes] = []
        write_attachment(two.second, each.sha256, pieces.append)
        found[each.name] = b"".join(pieces)
    assert found == {"a.bin": bytes(range(250)) * 11, "b.bin": b""}


def test_both_change_one_record_and_one_save_decides(two: Two) -> None:
    two.exchange()
    two.exchange()
    (issue,) = [each for each in issues(two.first) if each.subject == "甲"]
    save(two.first, replace(issue, subject="甲一", place="东街"))
    two.wall.pass_by(timedelta(days=-365 * 50))
    save(two.second, replace(issue, subject="甲二", remarks="备注"))
    (seen,) = look(two.second, two.sealed(two.first).paths)
    assert (seen.incoming.changed, seen.incoming.conflicts) == (1, 1), "told before anything is written"
    two.send(two.first, two.second)
    (taken,) = two.send(two.second, two.first)
    assert taken.conflicts == 1
    assert_alike(two.first, two.second)
    shown = issue_of(two.first, issue.id)
    assert (shown.place, shown.remarks) == ("东街", "备注")
    assert shown.subject in {"甲一", "甲二"}
    save(two.second, replace(shown, subject="甲三"))
    two.send(two.second, two.first)
    assert current(two.first)[issue.id] == current(two.second)[issue.id]
    assert current(two.first)[issue.id][6] == ""


def issues(workspace: Workspace) -> list[Issue]:
    with workspace.writing() as books:
        return [each.record for each in books.records.all_of(Issue)]


def issue_of(workspace: Workspace, id: Id) -> Issue:
    with workspace.writing() as books:
        return books.records.get(Issue, id).record


def test_a_removal_here_and_an_edit_there_stay_both_to_be_seen(two: Two) -> None:
    two.exchange()
    two.exchange()
    (issue,) = issues(two.first)
    remove(two.first, issue.id)
    save(two.second, replace(issue, subject="改过"))
    two.send(two.first, two.second)
    two.send(two.second, two.first)
    assert_alike(two.first, two.second)
    assert issue_of(two.first, issue.id).subject == "改过"
    assert current(two.first)[issue.id][6] == "*"


def test_after_a_restore_a_sister_is_sent_everything_once_more(two: Two) -> None:
    two.exchange()
    two.exchange()
    with two.first.writing() as books:
        epochs.mark(books.connection)
    assert two.sealed(two.first).records >= 3


# --- who is believed ---------------------------------------------------------------------------------------------------


def test_a_stolen_computer_is_neither_believed_nor_sealed_for(two: Two) -> None:
    two.exchange()
    save(two.second, an_issue(two.second, "偷来的"))
    (path,) = two.sealed(two.second).paths
    seats.retire(two.first, two.second.author.by, SeatStatus.STOLEN)
    with pytest.raises(AppError) as caught:
        receive(two.first, path)
    assert caught.value.code == "E_REVOKED"
    with pytest.raises(Refused, match="no_sister"):
        two.sealed(two.first)
    with pytest.raises(Refused, match="seat_own"):
        seats.retire(two.first, two.first.author.by, SeatStatus.LOST)
    with pytest.raises(Refused, match="seat_unknown"):
        seats.retire(two.first, "0" * 16, SeatStatus.LOST)


def test_what_a_retired_computer_sealed_before_its_end_counts_and_nothing_after(two: Two) -> None:
    two.exchange()
    save(two.second, an_issue(two.second, "停用前的"))
    (before,) = two.sealed(two.second).paths
    seats.retire(two.first, two.second.author.by, SeatStatus.RETIRED)
    two.wall.pass_by(timedelta(days=1))
    assert receive(two.first, before).verdict == "accepted"
    save(two.second, an_issue(two.second, "停用后的"))
    (after,) = two.sealed(two.second).paths
    with pytest.raises(AppError) as caught:
        receive(two.first, after)
    assert caught.value.code == "E_REVOKED"
    assert {each.subject for each in issues(two.first)} >= {"停用前的"}


def test_what_a_retired_one_sealed_before_counts_although_the_body_has_revoked_it_since(two: Two, tmp_path: Path) -> None:
    two.exchange()
    save(two.second, an_issue(two.second, "停用前的"))
    (before,) = two.sealed(two.second).paths
    with body(tmp_path / "body") as held:
        enrol(two.first, held)
        enrol(two.second, held)
        seats.retire(two.first, two.second.author.by, SeatStatus.RETIRED)
        enrolment.revoke(held, two.second.author.by)
        (tmp_path / "trust.json").write_bytes(enrolment.slice_for(held, "430181001-001"))
        receive(two.first, tmp_path / "trust.json")
    assert receive(two.first, before).verdict == "accepted"


def test_a_computer_that_the_body_revoked_is_not_believed_by_its_sisters(two: Two, tmp_path: Path) -> None:
    two.exchange()
    with body(tmp_path / "body") as held:
        enrol(two.first, held)
        enrol(two.second, held)
        enrolment.revoke(held, two.second.author.by)
        (tmp_path / "trust.json").write_bytes(enrolment.slice_for(held, "430181001-001"))
        receive(two.first, tmp_path / "trust.json")
    (path,) = two.sealed(two.second).paths
    with pytest.raises(AppError) as caught:
        receive(two.first, path)
    assert caught.value.code == "E_REVOKED"


def test_a_computer_that_the_body_enrolled_needs_no_card(tmp_path: Path) -> None:
    wall = Wall()
    with ExitStack() as stack:
        first = stack.enter_context(new_station(tmp_path / "first", wall=wall).opened())
        held = stack.enter_context(body(tmp_path / "body"))
        enrol(first, held)
        (tmp_path / "second").mkdir()
        way = memory_way()
        card, digits = carried(first, tmp_path)
        seats.join(tmp_path / "second", way, card, digits, operator="联络员乙", clock=Clock(now=wall))
        second = stack.enter_context(opened(tmp_path / "second", way, write=True, clock=Clock(now=wall)))
        with pytest.raises(Refused, match="no_sister"):
            export_for_sisters(first, tmp_path / "stick")
        enrol(second, held)
        (tmp_path / "trust.json").write_bytes(enrolment.slice_for(held, "430181001-001"))
        receive(first, tmp_path / "trust.json")
        (sealed,) = export_for_sisters(first, tmp_path / "stick").sisters
        assert sealed.seat == second.author.by
        assert [receive(second, path).verdict for path in sealed.paths] == ["accepted"]
        seats.retire(first, second.author.by, SeatStatus.LOST)
        with pytest.raises(Refused, match="no_sister"):
            export_for_sisters(first, tmp_path / "stick")
        with pytest.raises(Refused, match="seat_gone"):
            seats.admit(first, *carried(second, tmp_path))


def test_a_stranger_and_a_third_computer_cannot_speak_or_listen(two: Two, tmp_path: Path) -> None:
    (path,) = two.sealed(two.first).paths
    with new_station(tmp_path / "other", code="430181001-002").opened() as other:
        with pytest.raises(AppError) as caught:
            receive(other, path)
        assert caught.value.code in {"E_UNKNOWN_KEY", "E_RECIPIENT"}
    with ExitStack() as stack:
        third = joined(two.first, tmp_path / "third", tmp_path, two.wall, stack)
        assert receive(third, path).what == "others", "it says for whom it is"
        with pytest.raises(AppError) as caught:
            take_peer(third, path)
        assert caught.value.code == "E_NO_KEY"


def test_three_computers_that_never_met_all_agree(two: Two, tmp_path: Path) -> None:
    two.exchange()
    with ExitStack() as stack:
        third = joined(two.first, tmp_path / "third", tmp_path, two.wall, stack)
        save(third, an_issue(third, "第三台"))
        for number, (here, others) in enumerate(
            [(two.first, (two.second, third)), (third, (two.first,)), (two.first, (two.second,))]
        ):
            folder = tmp_path / f"round {number}"
            export_for_sisters(here, folder)
            for there in others:
                for path in sorted(folder.glob(f"*-{there.author.by[:4]}-p-*")):
                    receive(there, path)
        folder = tmp_path / "last"
        export_for_sisters(two.second, folder)
        for path in sorted(folder.glob(f"*-{two.first.author.by[:4]}-p-*")):
            receive(two.first, path)
        assert revisions(two.second) <= revisions(two.first)
        assert {each.subject for each in issues(two.second)} == {"甲", "第三台"}


def test_a_tampered_package_changes_nothing(two: Two, tmp_path: Path) -> None:
    (path,) = two.sealed(two.first).paths
    whole, before = path.read_bytes(), revisions(two.second)
    copy = tmp_path / "tampered.llz"
    for place in range(100, len(whole), len(whole) // 40):
        copy.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(AppError):
            receive(two.second, copy)
    assert revisions(two.second) == before


# --- looked at first ---------------------------------------------------------------------------------------------------


def test_a_package_of_a_sister_is_looked_at_before_it_is_taken_and_the_own_one_is_passed_over(two: Two) -> None:
    (path,) = two.sealed(two.first).paths
    before = revisions(two.second)
    (seen,) = look(two.second, [path])
    assert (seen.what, seen.verdict, seen.number) == ("peer", Verdict.NEW, 1)
    assert seen.incoming.new > 0
    assert revisions(two.second) == before
    (own,) = look(two.first, [path])
    assert (own.what, own.verdict) == ("own_peer", Verdict.KNOWN)
    assert (receive(two.first, path).what, receive(two.first, path).verdict) == ("own_peer", "duplicate")
    (outcome,) = take_all(two.second, [seen]).outcomes
    assert outcome.taken
    assert outcome.taken.records == len(revisions(two.first))
    (again,) = look(two.second, [path])
    assert again.incoming == Incoming(known=len(revisions(two.first)))
