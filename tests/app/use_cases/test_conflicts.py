"""What two computers changed differently is shown beside what both began with, and decided by one save."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.domain.station import StationStatus
from app.domain.values import Id
from app.errors import Refused
from app.queries.conflicts import conflict, conflicts, count_conflicts
from app.queries.record import history
from app.use_cases.conflicts import decide
from app.use_cases.seats import name_this
from app.use_cases.trust import station_of
from app.use_cases.undo import undo_last
from app.workspace import Workspace
from tests.app.use_cases.test_peers import Two, assert_alike, issue_of, issues, two
from tests.builders import an_encounter, remove, save

__all__ = ["two"]


@pytest.fixture
def disputed(two: Two) -> tuple[Two, Id]:
    two.exchange()
    two.exchange()
    (issue,) = issues(two.first)
    save(two.first, replace(issue, subject="路灯一号", place="东街"))
    save(two.second, replace(issue, subject="路灯二号", remarks="备注"))
    two.exchange()
    return two, issue.id


def agreed(both: Two) -> None:
    both.exchange()
    assert_alike(both.first, both.second)
    assert count_conflicts(both.first) == count_conflicts(both.second) == 0


def test_both_versions_stand_beside_the_ancestor_at_either_computer(disputed: tuple[Two, Id]) -> None:
    both, id = disputed
    here, there = conflict(both.first, id), conflict(both.second, id)
    assert here.heads == there.heads
    (field,) = here.fields
    assert (field.field, field.before, set(field.values)) == ("subject", "甲", {"路灯一号", "路灯二号"})
    assert [each.elsewhere for each in here.versions] == [not each.elsewhere for each in there.versions]
    assert here.ancestor
    assert {each.operator for each in here.versions} == {"联络员甲", "联络员乙"}
    for workspace in (both.first, both.second):
        listing = conflicts(workspace)
        assert (listing.total, [each.id for each in listing.rows], count_conflicts(workspace)) == (1, [id], 1)


def test_one_save_decides_and_both_computers_agree(disputed: tuple[Two, Id]) -> None:
    both, id = disputed
    found = conflict(both.second, id)
    loser = found.versions[1].rev
    made = decide(both.second, id, {"subject": loser}, seen=found.heads)
    assert (made.kind, made.removed) == ("issue", False)
    agreed(both)
    said = issue_of(both.first, id)
    assert (said.subject, said.place, said.remarks) == (found.fields[0].values[1], "东街", "备注")
    with pytest.raises(Refused, match="no_conflict"):
        decide(both.first, id, {"subject": loser})


def test_nothing_is_chosen_by_itself(disputed: tuple[Two, Id]) -> None:
    both, id = disputed
    found = conflict(both.first, id)
    with pytest.raises(Refused) as caught:
        decide(both.first, id, {})
    assert (caught.value.code, caught.value.facts["fields"]) == ("conflict_undecided", ("subject",))
    with pytest.raises(Refused, match="version_unknown"):
        decide(both.first, id, {"subject": found.ancestor.rev if found.ancestor else ""})
    with pytest.raises(Refused, match="stale"):
        decide(both.first, id, {"subject": found.heads[0]}, seen=found.heads[::-1])
    assert count_conflicts(both.first) == 1


def test_one_version_may_stand_altogether(disputed: tuple[Two, Id]) -> None:
    both, id = disputed
    found = conflict(both.first, id)
    decide(both.first, id, {}, whole=found.heads[0])
    agreed(both)
    said = issue_of(both.second, id)
    assert said.subject == found.fields[0].values[0]
    assert bool(said.place) != bool(said.remarks)


@pytest.mark.parametrize("keep", [True, False])
def test_removed_here_and_changed_there_is_decided_as_a_whole(two: Two, keep: bool) -> None:
    two.exchange()
    two.exchange()
    (issue,) = issues(two.first)
    remove(two.first, issue.id)
    save(two.second, replace(issue, subject="改过"))
    two.exchange()
    found = conflict(two.first, issue.id)
    assert found.whole
    with pytest.raises(Refused, match="conflict_undecided"):
        decide(two.first, issue.id, {each.field: found.heads[0] for each in found.fields})
    (chosen,) = [each.rev for each in found.versions if each.removed is not keep]
    assert decide(two.first, issue.id, {}, whole=chosen).removed is not keep
    agreed(two)
    assert [each.subject for each in issues(two.second)] == (["改过"] if keep else [])


def test_what_both_have_removed_is_decided_by_one_removal(two: Two) -> None:
    two.exchange()
    two.exchange()
    (issue,) = issues(two.first)
    remove(two.first, issue.id)
    remove(two.second, issue.id)
    two.exchange()
    found = conflict(two.first, issue.id)
    assert [each.removed for each in found.versions] == [True, True]
    assert decide(two.first, issue.id, {}, whole=found.heads[1]).removed
    agreed(two)
    assert issues(two.second) == []
    with two.first.writing() as books:
        assert books.records.remove([issue.id]) == 0, "removed once more it is as it was"


def test_fields_of_a_group_are_decided_together(two: Two) -> None:
    two.exchange()
    two.exchange()
    station = station_of(two.first)
    save(two.first, replace(station, status=StationStatus.CLOSED, closed_on=date(2026, 12, 1), remarks="关"))
    save(two.second, replace(station, status=StationStatus.MERGED, closed_on=date(2026, 12, 2), remarks="并"))
    two.exchange()
    found = conflict(two.first, station.id)
    units = {each.field: each.unit for each in found.fields}
    assert units["status"] == units["closed_on"] != units["remarks"]
    one, other = found.heads
    with pytest.raises(Refused) as caught:
        decide(two.first, station.id, {"status": one, "closed_on": other, "remarks": one})
    assert (caught.value.code, caught.value.facts["fields"]) == ("conflict_apart", ("closed_on", "status"))
    decide(two.first, station.id, {"status": one, "closed_on": one, "remarks": other})
    agreed(two)
    said = station_of(two.second)
    assert (said.status, said.remarks) in {(StationStatus.CLOSED, "并"), (StationStatus.MERGED, "关")}


def test_residents_stay_masked_and_a_dispute_is_not_put_back(two: Two) -> None:
    person = an_encounter(two.first, "张三丰")
    save(two.first, person)
    two.exchange()
    two.exchange()
    save(two.first, replace(person, name="张四海"))
    save(two.second, replace(person, name="张五湖"))
    two.exchange()
    found = conflict(two.first, person.id)
    assert "张三丰" not in repr(found)
    assert "张四海" not in repr(found)
    decide(two.first, person.id, {"name": found.heads[0]})
    assert count_conflicts(two.first) == 0
    with pytest.raises(Refused, match="undo_disputed"):
        undo_last(two.first, person.id)
    agreed(two)


def subjects(workspace: Workspace) -> list[str]:
    return [each.subject for each in issues(workspace)]


def test_many_conflicts_come_page_by_page(two: Two, tmp_path: Path) -> None:
    several = [replace(issues(two.first)[0], id=two.first.clock.new_id(), subject=f"第{number}件") for number in range(5)]
    save(two.first, *several)
    two.exchange()
    two.exchange()
    save(two.first, *(replace(each, subject=each.subject + "一") for each in several))
    save(two.second, *(replace(each, subject=each.subject + "二") for each in several))
    two.exchange()
    listing = conflicts(two.first, offset=2, limit=2)
    assert (listing.total, len(listing.rows)) == (5, 2)
    assert len(subjects(two.first)) == 6


def test_a_version_tells_its_computer_by_the_name_people_gave_it(disputed: tuple[Two, Id]) -> None:
    two, id = disputed
    assert {each.computer for each in conflict(two.first, id).versions} == {""}
    name_this(two.second.acting_as(two.first.author.op), "二楼办公室")
    two.send(two.second, two.first)
    assert {(each.elsewhere, each.computer) for each in conflict(two.first, id).versions} == {(False, ""), (True, "二楼办公室")}


@pytest.mark.parametrize("stands", [0, 1])
def test_the_history_tells_each_computers_own_change_and_what_gave_way(disputed: tuple[Two, Id], stands: int) -> None:
    both, id = disputed
    found = conflict(both.first, id)
    (words,) = (each.values for each in found.fields)
    decide(both.first, id, {"subject": found.versions[stands].rev})
    *_before, first, second, decision = (each.fields for each in history(both.first, id))
    assert first == {"subject": ("甲", "路灯一号"), "place": (None, "东街")}
    assert second == {"subject": ("甲", "路灯二号"), "remarks": (None, "备注")}
    assert decision == {"subject": (words[1 - stands], words[stands])}


def test_the_history_tells_what_gave_way_of_a_record_that_one_removed(two: Two) -> None:
    two.exchange()
    (issue,) = issues(two.first)
    save(two.first, replace(issue, place="东街"))
    remove(two.second, issue.id)
    two.exchange()
    found = conflict(two.first, issue.id)
    decide(two.first, issue.id, {}, whole=next(each.rev for each in found.versions if not each.removed))
    decision = history(two.first, issue.id)[-1]
    assert decision.fields == {"place": (None, "东街")}
