"""Planned matters over years on a real workspace: watched, converted, struck off, taken back, counted like the bulletin."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.handling import Commitment, CommitmentState
from app.domain.life import SuggestionState
from app.domain.reply import ClassChange, Reply, ReplyScheme
from app.domain.suggestion import Suggestion
from app.domain.tracking import Standing, TurnEntry, WatchEntry
from app.domain.unit import Unit
from app.domain.values import Id
from app.errors import Refused
from app.queries.record import record_of
from app.queries.today import today
from app.queries.tracking import TrackedGroup, Wanted, clearance, tracked, tracked_card, tracked_counts, unwatched
from app.use_cases.tracking import look_back, turn_item, turn_key, unsaved_turn, watch, watch_planned
from app.use_cases.undo import undo_last
from app.workspace import Workspace
from tests.app.use_cases.problems import problems_of
from tests.builders import save

TODAY = date(2026, 11, 21)


def a_unit(workspace: Workspace, name: str = "示例水利局") -> Unit:
    made = Unit(id=workspace.clock.new_id(), name=name)
    save(workspace, made)
    return made


def answered(workspace: Workspace, unit: Unit, letter: str = "B", **told: Any) -> Reply:
    """A suggestion that was answered in this class, saved."""
    new_id = workspace.clock.new_id
    usual = {"subject": "关于河堤的建议", "text": "请修", "year": 2024, "state": SuggestionState.TRACKING}
    suggestion = Suggestion(id=new_id(), **{**usual, **told})
    reply = Reply(
        id=new_id(),
        suggestion=suggestion.id,
        unit=unit.id,
        round=1,
        scheme=ReplyScheme.HUNAN_3,
        reply_class=letter,
        replied_on=date(2024, 6, 1),
        text="列入明年计划",
    )
    save(workspace, suggestion, reply)
    return reply


def under_watch(workspace: Workspace, reply: Reply, watch_on: date = date(2026, 6, 1)) -> Id:
    return watch(workspace, WatchEntry(reply=reply.id, promise="明年修好河堤", watch_on=watch_on)).id


def entry(change: ClassChange, **told: Any) -> TurnEntry:
    usual = {"on": TODAY, "reason": "已完工", "evidence": "验收单", "watch_on": TODAY + timedelta(days=90)}
    return TurnEntry(change=change, **{**usual, **told})


def test_an_item_is_watched_overdue_tracked_on_and_struck_off(workspace: Workspace) -> None:
    reply = answered(workspace, a_unit(workspace))
    id = under_watch(workspace, reply)
    (row,) = tracked(workspace).rows
    assert (row.overdue, row.year, row.unit_name, row.now_class) == (True, 2024, "示例水利局", "B")
    (due,) = [each for each in today(workspace).due if each.kind == "commitment"]
    assert (due.id, due.left) == (id, (date(2026, 6, 1) - TODAY).days)
    turn_item(workspace, id, entry(ClassChange.TRACKING, reason="资金未到位"))
    assert tracked_counts(workspace) == {
        TrackedGroup.OPEN: 1,
        TrackedGroup.DUE: 0,
        TrackedGroup.OVERDUE: 0,
        TrackedGroup.STRUCK_OFF: 0,
        TrackedGroup.ALL: 1,
    }
    turn_item(workspace, id, entry(ClassChange.RESOLVED))
    card = tracked_card(workspace, id)
    assert [each.reply_class for each in card.item.changes] == ["B", "A"]
    assert (card.item.first_class, card.row.standing, card.turns) == ("B", Standing.SOLVED, (ClassChange.RETROSPECTIVE_CHECK,))
    closed = record_of(workspace, Suggestion, reply.suggestion)
    assert (closed.state, closed.closed_on) == (SuggestionState.CLOSED, TODAY)
    assert record_of(workspace, Reply, reply.id) == reply, "the first answer stands as it was given"


def test_a_turn_is_taken_back_with_the_closing_of_the_suggestion(workspace: Workspace) -> None:
    reply = answered(workspace, a_unit(workspace))
    id = under_watch(workspace, reply)
    turn_item(workspace, id, entry(ClassChange.POLICY_CHANGED, reason="规划调整", evidence="示例文件"))
    assert tracked_card(workspace, id).row.standing is Standing.ASIDE
    undo_last(workspace, reply.suggestion)
    card = tracked_card(workspace, id)
    assert (card.row.standing, card.item.changes) == (Standing.TRACKED, ())
    assert record_of(workspace, Suggestion, reply.suggestion).state == SuggestionState.TRACKING


def test_submission_itself_is_still_not_taken_back(workspace: Workspace) -> None:
    reply = answered(workspace, a_unit(workspace))
    with pytest.raises(Refused) as caught:
        undo_last(workspace, reply.suggestion)
    assert caught.value.code == "undo_frozen"


def test_looking_back_takes_up_a_solved_matter_of_a_closed_suggestion(workspace: Workspace) -> None:
    reply = answered(workspace, a_unit(workspace), "A", state=SuggestionState.CLOSED)
    assert unwatched(workspace) == ()
    done = look_back(workspace, reply.id, entry(ClassChange.RETROSPECTIVE_CHECK, reason="承诺未落实"))
    card = tracked_card(workspace, done.id)
    assert (card.item.first_class, card.item.now_class, card.row.open) == ("A", "B", True)
    assert record_of(workspace, Suggestion, reply.suggestion).state == SuggestionState.TRACKING
    with pytest.raises(Refused):
        turn_item(workspace, done.id, entry(ClassChange.RETROSPECTIVE_CHECK))


def test_planned_answers_that_nobody_watches_are_found_and_put_under_watch(workspace: Workspace) -> None:
    unit = a_unit(workspace)
    watched_already = answered(workspace, unit)
    under_watch(workspace, watched_already)
    forgotten, _solved = answered(workspace, unit), answered(workspace, unit, "A")
    assert [each.id for each in unwatched(workspace)] == [forgotten.id]
    watch_planned(workspace)
    assert unwatched(workspace) == ()
    (row,) = [each for each in tracked(workspace).rows if each.suggestion == forgotten.suggestion]
    assert (row.promise, row.watch_on) == ("列入明年计划", date(2025, 6, 1))


def test_what_is_missing_is_refused_and_nothing_is_written(workspace: Workspace) -> None:
    id = under_watch(workspace, answered(workspace, a_unit(workspace)))
    with pytest.raises(Refused) as caught:
        turn_item(workspace, id, entry(ClassChange.POLICY_CHANGED, reason="", evidence=""))
    assert [code for code, _field in problems_of(caught.value)] == ["turn_reason_missing", "turn_evidence_missing"]
    assert tracked_card(workspace, id).item.changes == ()
    stale = tracked_card(workspace, id).heads
    turn_item(workspace, id, entry(ClassChange.TRACKING))
    with pytest.raises(Refused) as caught:
        turn_item(workspace, id, entry(ClassChange.RESOLVED), seen=stale)
    assert caught.value.code == "stale"
    assert unsaved_turn(workspace, id) is None
    assert turn_key(id) == f"commitment:{id}"


def test_the_ledger_counts_as_the_bulletin_does(workspace: Workspace) -> None:
    """1,263 items: 1,049 solved, 115 laid aside since the policy changed, 99 still tracked; 55 of 104 units have nothing open."""
    new_id = workspace.clock.new_id
    units = [Unit(id=new_id(), name=f"示例单位{number:03d}") for number in range(104)]
    suggestion = Suggestion(id=new_id(), subject="关于示例的建议", text="请办", year=2023, state=SuggestionState.TRACKING)
    save(workspace, *units, suggestion)
    letters = ["B"] * 99 + ["C"] * 115 + ["A"] * 1049
    save(
        workspace,
        *(each for place, letter in enumerate(letters) for each in converted(workspace, units, suggestion, place, letter)),
    )
    sum_ = clearance(workspace)
    assert (sum_.total, sum_.solved, sum_.aside, sum_.open) == (1263, 1049, 115, 99)
    assert (len(sum_.units), sum_.cleared_units) == (104, 55)
    assert tracked(workspace).total == 99
    assert tracked(workspace, Wanted(group=TrackedGroup.ALL, year=2023)).total == 1263
    assert tracked(workspace, Wanted(group=TrackedGroup.STRUCK_OFF, letter="C")).total == 115
    assert clearance(workspace, 2022).total == 0
    first = clearance(workspace).units[0]
    assert tracked(workspace, Wanted(unit=first.unit)).total == first.open > 0


def converted(workspace: Workspace, units: list[Unit], suggestion: Suggestion, place: int, letter: str) -> list[Any]:
    """A planned answer and what became of it; 49 of the units keep something open."""
    new_id = workspace.clock.new_id
    told: dict[str, Any] = {"suggestion": suggestion.id, "scheme": ReplyScheme.HUNAN_3, "replied_on": TODAY}
    unit = units[place % 49] if letter == "B" else units[place % 104]
    first = Reply(id=new_id(), unit=unit.id, reply_class="B", **told)
    states = {"A": CommitmentState.CLEARED, "B": CommitmentState.OPEN, "C": CommitmentState.DROPPED}
    item = Commitment(id=new_id(), suggestion=suggestion.id, reply=first.id, unit=unit.id, promise="示例", state=states[letter])
    later = Reply(id=new_id(), unit=unit.id, reply_class=letter, commitment=item.id, supplementary=True, **told)
    return [first, item] if letter == "B" else [first, item, later]
