"""Old states are let go once the body and every computer have them, and nothing that anybody still needs goes with them."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app.domain.compaction import CompactionPlan
from app.domain.issue import Issue
from app.domain.life import SuggestionState
from app.domain.people import Operator, Role
from app.domain.revisions import is_erased
from app.domain.values import Id
from app.errors import Refused, Unavailable
from app.province.tables import RevisionRow
from app.queries.record import history
from app.queries.trash import trash
from app.storage import backup_file, soundness
from app.storage.journal import Journal
from app.storage.soundness import Finding
from app.use_cases.arrivals import receive
from app.use_cases.attachment_desk import Offered, attach
from app.use_cases.compacting import compact, compaction_plan
from app.use_cases.peers import export_for_sisters
from app.use_cases.person_data import erase_person
from app.use_cases.undo import undo_last
from app.use_cases.upkeep import check
from app.workspace import ATTACHMENTS, Workspace
from tests.app.use_cases.test_peers import Two, current, joined
from tests.app.use_cases.test_person_data import NAME, Met, bytes_of, free
from tests.builders import Pair, an_issue, an_unbound_suggestion, enrol, remove, save

YEAR = timedelta(days=365)


def changed(workspace: Workspace, id: Id, **told: str) -> None:
    with workspace.writing() as books:
        books.records.save(replace(books.records.get(Issue, id).record, **told))  # type: ignore[arg-type]  # each is a text


def emptied(workspace: Workspace, id: Id) -> list[bool]:
    """Of each line of a record, whether its content was let go."""
    with workspace.reading() as connection:
        return [is_erased(each.line) for each in Journal(connection).revisions_of([id])[id]]


def sound(workspace: Workspace) -> bool:
    return not check(workspace, read_data=True).findings


def a_year_on(line: Pair) -> None:
    """A year later the body has everything, and has said so then."""
    line.round_trip()
    line.wall.moment += YEAR
    save(line.station, an_issue(line.station, "一年以后"))
    line.round_trip()


def test_what_was_replaced_half_a_year_ago_goes_and_what_stands_stays(line: Pair) -> None:
    issue = an_issue(line.station, "旧标题")
    save(line.station, issue)
    changed(line.station, issue.id, subject="新标题")
    a_year_on(line)
    changed(line.station, issue.id, subject="今天的标题")
    line.round_trip()
    plan = compaction_plan(line.station)
    assert (plan.states, plan.removed, plan.waiting) == (1, 0, ())
    before = current(line.station)
    done = compact(line.station)
    assert done.plan == plan
    assert done.lines > 0
    assert plan.size > 0
    assert emptied(line.station, issue.id) == [True, False, False], "what the newest change replaced is shown for half a year"
    assert current(line.station) == before
    assert "旧标题".encode() not in bytes_of(line.station)
    assert [each.event for each in history(line.station, issue.id)] == ["saved", "let_go", "saved"]
    assert sound(line.station)
    assert compaction_plan(line.station).states == 0
    assert [each.state for each in line.export().numbers] == [], "nothing of it is to be handed in"


def test_a_removed_part_goes_with_its_file_and_what_has_years_of_its_own_stays(line: Pair, tmp_path: Path) -> None:
    whole, other = an_issue(line.station, "留下的"), an_issue(line.station, "删去的")
    save(line.station, whole, other)
    for name, of in (("甲.txt", whole.id), ("乙.txt", other.id)):
        (tmp_path / name).write_text(name)
        attach(line.station, of, [Offered.at(tmp_path / name)])
    files = {each[7]: id for id, each in current(line.station).items() if each[0] == "attachment"}
    first = next(id for body, id in files.items() if "甲.txt" in body)
    second = next(id for body, id in files.items() if "乙.txt" in body)
    line.round_trip()
    remove(line.station, first)
    remove(line.station, other.id, second)
    a_year_on(line)
    done = compact(line.station).plan
    assert (done.removed, len(list((line.station.folder / ATTACHMENTS).iterdir()))) == (1, 1)
    assert [current(line.station)[each][7] == "{}" for each in (first, second, other.id)] == [True, False, False]
    assert {each.id for each in trash(line.station).rows} == {other.id}
    assert sound(line.station)


def test_a_backup_of_all_of_it_is_made_first(line: Pair) -> None:
    issue = an_issue(line.station, "旧标题")
    save(line.station, issue)
    changed(line.station, issue.id, subject="新标题")
    a_year_on(line)
    compact(line.station)
    here = line.station.folder.parent
    reasons = [each.read_text() for each in here.glob("**/*.json") if "compaction" in each.read_text()]
    assert reasons, "the newest backup says what for"
    assert backup_file.BackupReason.COMPACTION in "".join(reasons)


def test_what_was_let_go_is_not_undone_but_refused_in_words(line: Pair) -> None:
    issue = an_issue(line.station, "旧标题")
    save(line.station, issue)
    changed(line.station, issue.id, subject="新标题")
    a_year_on(line)
    compact(line.station)
    with pytest.raises(Refused) as refused:
        undo_last(line.station, issue.id)
    assert refused.value.code == "undo_erased"


def test_nothing_goes_before_the_body_has_it(workspace: Workspace, line: Pair) -> None:
    issue = an_issue(workspace, "旧标题")
    save(workspace, issue)
    changed(workspace, issue.id, subject="新标题")
    for way in (compact, compaction_plan):
        with pytest.raises(Refused) as refused:
            way(workspace)
        assert refused.value.code == "no_trust"
    issue = an_issue(line.station, "旧标题")
    save(line.station, issue)
    changed(line.station, issue.id, subject="新标题")
    line.export()
    (name,) = compaction_plan(line.station).waiting
    assert name
    with pytest.raises(Refused) as refused:
        compact(line.station)
    assert (refused.value.code, refused.value.facts["who"]) == ("compact_waits", [name])
    line.intake()
    line.bring_back()
    line.wall.moment += YEAR
    assert compaction_plan(line.station).states == 0, "the newest receipt is a year old: this clock alone says that time went by"
    save(line.station, an_issue(line.station, "一年以后"))
    line.round_trip()
    changed(line.station, issue.id, subject="还没有报送")
    assert compaction_plan(line.station).states == 0
    assert emptied(line.station, issue.id) == [False] * 3


def test_only_who_may_set_up_the_station_lets_go(line: Pair) -> None:
    head = Operator(id=line.station.clock.new_id(), name="站长甲", roles=(Role.STATION_HEAD,))
    helper = Operator(id=line.station.clock.new_id(), name="志愿者乙", roles=(Role.VOLUNTEER,))
    save(line.station, head, helper)
    for way in (compact, compaction_plan):
        with pytest.raises(Refused) as refused:
            way(line.station.acting_as(helper.id))
        assert refused.value.code == "not_allowed"


def test_where_the_journal_would_not_hold_nothing_goes(line: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    issue = an_issue(line.station, "旧标题")
    save(line.station, issue)
    changed(line.station, issue.id, subject="新标题")
    a_year_on(line)
    monkeypatch.setattr(soundness, "walked_chain", lambda _connection: iter([Finding(code="chain_broken", where="7")]))
    with pytest.raises(Unavailable) as refused:
        compact(line.station)
    assert refused.value.code == "compact_unsound"
    assert emptied(line.station, issue.id) == [False, False]
    monkeypatch.undo()
    assert compact(line.station).plan.states == 1


def test_a_backup_that_cannot_be_made_keeps_everything(line: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    issue = an_issue(line.station, "旧标题")
    save(line.station, issue)
    changed(line.station, issue.id, subject="新标题")
    a_year_on(line)

    def full(*_given: object, **_told: object) -> None:
        raise Unavailable("disk_full", path="x", missing=1)

    monkeypatch.setattr("app.use_cases.backups.back_up", full)
    with pytest.raises(Unavailable) as refused:
        compact(line.station)
    assert refused.value.code == "disk_full"
    assert emptied(line.station, issue.id) == [False, False]


def test_what_was_let_go_here_is_erased_everywhere_all_the_same(line: Pair) -> None:
    free(line.station)
    met = Met(line.station, date(2010, 3, 1))
    changed(line.station, met.issue.id, subject="欧阳某某的路灯")
    changed(line.station, met.issue.id, subject="路灯")
    a_year_on(line)
    assert compact(line.station).plan.states == 2
    assert "erase_order" not in {each[0] for each in current(line.station).values()}, "letting go orders nobody anything"
    with line.station.reading() as connection:
        revs = {each.rev for each in Journal(connection).revisions_of([met.issue.id])[met.issue.id]}
    erase_person(line.station, [met.person.id])
    orders = [json.loads(each[7]) for each in current(line.station).values() if each[0] == "erase_order"]
    assert revs <= set(orders[0]["revisions"]), "the body has of it what was only let go here"
    line.round_trip()
    with line.body.store.reading() as connection:
        assert NAME.encode() not in b"".join(connection.scalars(select(RevisionRow.line)))


def test_what_is_kept_for_ever_keeps_its_history_too(line: Pair) -> None:
    suggestion = an_unbound_suggestion(line.station, subject="旧标题", state=SuggestionState.DRAFT)
    save(line.station, suggestion)
    with line.station.writing() as books:
        books.records.save(replace(suggestion, subject="新标题"))
    a_year_on(line)
    assert compaction_plan(line.station).states == 0
    free(line.station)
    assert compaction_plan(line.station).states == 1


# --- several computers -----------------------------------------------------------------------------------------------


@pytest.fixture
def station(tmp_path: Path, line: Pair) -> Iterator[Two]:
    with ExitStack() as stack:
        second = joined(line.station, tmp_path / "second", tmp_path, line.wall, stack)
        enrol(second, line.body)
        yield Two(line.station, second, tmp_path / "exchange", line.wall)


def test_a_computer_nobody_has_heard_of_is_waited_for_by_name(station: Two, line: Pair) -> None:
    issue = an_issue(line.station, "旧标题")
    save(line.station, issue)
    changed(line.station, issue.id, subject="新标题")
    a_year_on(line)
    assert compaction_plan(line.station) == CompactionPlan(waiting=(station.second.author.by,))
    station.exchange()
    assert (compaction_plan(line.station).states, compaction_plan(line.station).waiting) == (1, ())


def test_one_that_has_it_but_of_whom_not_everything_is_here_is_waited_for(station: Two, line: Pair) -> None:
    issue = an_issue(line.station, "旧标题")
    save(line.station, issue)
    station.exchange()
    changed(station.second, issue.id, place="东街")
    late = station.sealed(station.second)
    changed(line.station, issue.id, subject="新标题")
    a_year_on(line)
    station.send(line.station, station.second)
    save(station.second, *(an_issue(station.second, f"{number}" * 400) for number in range(9)))
    parts = station.sealed(station.second, cap=2_000).paths
    assert len(parts) > 1
    receive(line.station, parts[-1])
    assert compaction_plan(line.station).waiting, "the last part says what she has; what she wrote before is not here"
    for path in (*parts, *late.paths):
        receive(line.station, path)
    save(station.second, an_issue(station.second, "还有"))
    station.send(station.second, line.station)
    assert compaction_plan(line.station).states == 0, "there are two states of it, and what they have in common is needed"
    assert sound(line.station)


def test_a_computer_that_comes_later_shows_the_same(station: Two, line: Pair, tmp_path: Path) -> None:
    issue = an_issue(line.station, "旧标题")
    save(line.station, issue)
    changed(line.station, issue.id, subject="新标题")
    a_year_on(line)
    station.exchange()
    save(station.second, an_issue(station.second, "她的"))
    station.exchange()
    assert compact(line.station).plan.states == 1
    with ExitStack() as stack:
        third = joined(line.station, tmp_path / "third", tmp_path, line.wall, stack)
        for made in _for(line.station, third, tmp_path):
            receive(third, made)
        assert current(third)[issue.id] == current(line.station)[issue.id] == current(station.second)[issue.id]
        assert sound(third)


def _for(here: Workspace, there: Workspace, folder: Path) -> tuple[Path, ...]:
    made = export_for_sisters(here, folder / "third packages").sisters
    return next(each.paths for each in made if each.seat == there.author.by)
