"""What is owed of suggestions by a day: in Today's list, for other calendars; how reviews ended; the list narrowed."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.congress import Congress
from app.domain.handling import Assignment, Commitment, CommitmentState, HandlingRole
from app.domain.life import SuggestionState
from app.domain.reply import Reply
from app.domain.review import RefusalCode, Review, ReviewOutcome, ReviewStage
from app.domain.suggestion import Suggestion
from app.domain.suggestion_limits import LimitKind
from app.domain.unit import Unit
from app.errors import Refused
from app.queries.suggestion_limits import suggestion_limits
from app.queries.suggestion_list import DueWithin, Narrowing, SuggestionGroup, suggestion_list
from app.queries.suggestion_outcomes import suggestion_outcomes
from app.queries.today import today
from app.use_cases.suggestion_calendar import suggestion_calendar
from app.workspace import Workspace
from tests.builders import save

TODAY = date(2026, 11, 21)
S = SuggestionState


def a_suggestion(workspace: Workspace, subject: str, **told: Any) -> Suggestion:
    return Suggestion(id=workspace.clock.new_id(), subject=subject, in_session=True, **told)


def a_slip(workspace: Workspace, of: Suggestion, due: int, **told: Any) -> Assignment:
    usual: dict[str, Any] = {"role": HandlingRole.SOLE, "round": 1, "assigned_on": TODAY - timedelta(days=60)}
    return Assignment(id=workspace.clock.new_id(), of=of.id, due_on=TODAY + timedelta(days=due), **{**usual, **told})


@pytest.mark.parametrize(("left", "reminder"), [(31, None), (30, 30), (15, 15), (7, 7), (3, 3), (0, 3), (-1, 0)])
def test_reminders_come_on_the_days_of_the_profile_and_when_it_is_over(
    workspace: Workspace, left: int, reminder: int | None
) -> None:
    one = a_suggestion(workspace, "关于修路的建议", state=S.HANDLING)
    unit = Unit(id=workspace.clock.new_id(), name="交通局")
    save(workspace, one, unit, a_slip(workspace, one, left, unit=unit.id, signed_for_on=TODAY))
    (row,) = suggestion_limits(workspace)
    assert (row.left, row.reminder, row.unit, row.alarms) == (left, reminder, "交通局", (30, 15, 7, 3))
    assert [(due.id, due.what, due.left) for due in today(workspace).due] == (
        [] if reminder is None else [(one.id, LimitKind.REPLY, left)]
    )


def test_co_handlers_deputies_and_promises_are_reminded_of_too(workspace: Workspace) -> None:
    handled = a_suggestion(workspace, "甲", state=S.HANDLING)
    replied = a_suggestion(workspace, "乙", state=S.REPLIED)
    tracked = a_suggestion(workspace, "丙", state=S.TRACKING)
    opinion = a_slip(workspace, handled, 2, role=HandlingRole.CO, signed_for_on=TODAY)
    reply = Reply(id=workspace.clock.new_id(), suggestion=replied.id, round=1, replied_on=TODAY - timedelta(days=8))
    promise = Commitment(
        id=workspace.clock.new_id(),
        suggestion=tracked.id,
        promise="丁年修通",
        watch_on=TODAY - timedelta(days=2),
        state=CommitmentState.OPEN,
    )
    save(workspace, handled, replied, tracked, opinion, reply, promise)
    told = {(due.title, due.what, due.left) for due in today(workspace).due}
    assert told == {("丁年修通", LimitKind.COMMITMENT, -2), ("甲", LimitKind.CO_OPINION, 2), ("乙", LimitKind.FEEDBACK, 2)}


def test_a_promise_of_a_closed_suggestion_is_reminded_of_until_it_is_struck_off(workspace: Workspace) -> None:
    closed = a_suggestion(workspace, "甲", state=S.CLOSED)
    promise = Commitment(id=workspace.clock.new_id(), suggestion=closed.id, promise="明年修通", watch_on=TODAY)
    save(workspace, closed, promise)
    assert [(each.limit.of, each.left) for each in suggestion_limits(workspace)] == [(promise.id, 0)]
    save(workspace, replace(promise, state=CommitmentState.CLEARED, cleared_on=TODAY))
    assert suggestion_limits(workspace) == ()


def test_deadlines_go_into_other_calendars_without_a_deputy_s_name(workspace: Workspace) -> None:
    with pytest.raises(Refused, match="no_deadlines"):
        suggestion_calendar(workspace)
    one = a_suggestion(workspace, "关于修路的建议", state=S.HANDLING, case_number="第7号")
    slip = a_slip(workspace, one, 10, signed_for_on=TODAY)
    save(workspace, one, slip)
    made = suggestion_calendar(workspace)
    text = made.content.decode().replace("\r\n ", "")
    assert (made.days, text.count("BEGIN:VEVENT"), text.count("BEGIN:VALARM")) == (1, 1, 4)
    assert f"UID:{slip.id}-reply@liaison" in text
    assert "DTSTART;VALUE=DATE:20261201" in text
    assert "SUMMARY:答复到期：关于修路的建议" in text
    assert "TRIGGER:-P30D" in text


def test_a_calendar_says_of_which_year_the_holidays_are_not_known(workspace: Workspace) -> None:
    one = a_suggestion(workspace, "关于修路的建议", state=S.HANDLING)
    save(workspace, one, a_slip(workspace, one, 10, assigned_on=date(2031, 12, 1), signed_for_on=TODAY))
    text = suggestion_calendar(workspace).content.decode().replace("\r\n ", "")
    assert "2032年放假安排尚未录入" in text


def test_the_deadlines_of_one_suggestion_make_a_calendar_of_their_own(workspace: Workspace) -> None:
    one, other = (a_suggestion(workspace, title, state=S.HANDLING) for title in ("关于修路的建议", "关于路灯的建议"))
    settled = a_suggestion(workspace, "已办结", state=S.CLOSED)
    save(workspace, one, other, settled, a_slip(workspace, one, 10), a_slip(workspace, other, 20))
    made = suggestion_calendar(workspace, one.id)
    text = made.content.decode().replace("\r\n ", "")
    assert made.days == text.count("BEGIN:VEVENT") < suggestion_calendar(workspace).days
    assert "关于修路" in text
    assert "关于路灯" not in text
    with pytest.raises(Refused) as caught:
        suggestion_calendar(workspace, settled.id)
    assert caught.value.code == "no_deadlines"


def test_the_list_tells_by_when_a_reply_is_owed(workspace: Workspace) -> None:
    owed = a_suggestion(workspace, "甲", state=S.HANDLING, due_on=TODAY, extended_due_on=TODAY + timedelta(days=9))
    save(workspace, owed, a_suggestion(workspace, "乙", state=S.CLOSED, due_on=TODAY))
    assert {row.title: row.due for row in suggestion_list(workspace).rows} == {"甲": TODAY + timedelta(days=9), "乙": None}


def test_outcomes_of_reviews_are_counted_by_step_year_and_reason(workspace: Workspace) -> None:
    new_id = workspace.clock.new_id
    body = Congress(id=new_id(), name="示例区人民代表大会")
    one, other = (
        a_suggestion(workspace, title, year=year, receiving_body=body.id, submitted_on=TODAY)
        for title, year in (("甲", 2026), ("乙", 2025))
    )
    first, second = ReviewStage.FIRST_REVIEW, ReviewStage.SECOND_REVIEW
    reviews = [
        Review(id=new_id(), suggestion=one.id, stage=first, round=1, outcome=ReviewOutcome.RETURNED),
        Review(id=new_id(), suggestion=one.id, stage=first, round=2, outcome=ReviewOutcome.PASSED),
        Review(
            id=new_id(),
            suggestion=other.id,
            stage=second,
            round=1,
            outcome=ReviewOutcome.NOT_PROCESSED,
            refusal_code=RefusalCode.WRONG_LEVEL,
        ),
    ]
    save(workspace, body, one, other, *reviews)
    found = suggestion_outcomes(workspace, body=body.id)
    assert (found.submitted.many, found.accepted.many, found.again.many, found.refusal_word) == (2, 0, 1, "不予接收")
    assert {pair: (share.many, share.whole) for pair, share in found.ended.items()} == {
        (first, ReviewOutcome.PASSED): (1, 1),
        (first, ReviewOutcome.RETURNED): (1, 1),
        (second, ReviewOutcome.NOT_PROCESSED): (1, 1),
    }
    assert {code: share.many for code, share in found.refused.items()} == {RefusalCode.WRONG_LEVEL: 1}
    assert suggestion_outcomes(workspace, year=2026).refused == {}
    assert suggestion_outcomes(workspace, body=new_id()).submitted.many == 0


def test_the_list_is_narrowed_by_unit_class_deadline_state_and_priority(workspace: Workspace) -> None:
    new_id = workspace.clock.new_id
    unit = Unit(id=new_id(), name="交通局")
    over = a_suggestion(workspace, "超期", state=S.HANDLING, due_on=TODAY - timedelta(days=1))
    soon = a_suggestion(workspace, "将到期", state=S.ASSIGNED, due_on=TODAY + timedelta(days=30), priority="交通")
    planned = a_suggestion(workspace, "计划", state=S.REPLIED, due_on=TODAY)
    reply = Reply(id=new_id(), suggestion=planned.id, reply_class="B")
    save(workspace, unit, over, soon, planned, reply, a_slip(workspace, over, 1, unit=unit.id))

    def titles(**by: Any) -> list[str]:
        return [row.title for row in suggestion_list(workspace, SuggestionGroup.ALL, Narrowing(**by)).rows]

    assert titles(unit=unit.id) == ["超期"]
    assert titles(reply_class="B") == ["计划"]
    assert titles(due=DueWithin.OVER) == ["超期"]
    assert titles(due=DueWithin.MONTH) == ["将到期"]
    assert titles(key_only=True) == ["将到期"]
    assert titles(state=S.REPLIED) == ["计划"]
    assert len(titles()) == 3
