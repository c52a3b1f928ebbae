"""The list of a week: who waits at its end, who was called back in it, what earlier weeks left undone."""

from datetime import date, timedelta

import pytest

from app.domain.issue import FeedbackWay, Issue
from app.domain.life import IssueState
from app.domain.papers import Span, week_named, week_span
from app.domain.satisfaction import Satisfaction
from app.errors import Refused
from app.queries.call_backs import call_back_list
from app.workspace import Workspace
from tests.builders import an_issue, save

MONDAY = date(2026, 11, 16)
SUNDAY = date(2026, 11, 22)
DAY = timedelta(days=1)


def answered(workspace: Workspace, subject: str, told: date | None, called: date | None = None) -> Issue:
    state = IssueState.CALLED_BACK if called else IssueState.FED_BACK
    way, opinion = (FeedbackWay.PHONE, Satisfaction.SATISFIED) if called else ("", "")
    issue = an_issue(
        workspace, subject, state=state, feedback_on=told, call_back_on=called, call_back_way=way, satisfaction=opinion
    )
    save(workspace, issue)
    return issue


def listed(workspace: Workspace, day: date) -> dict[str, str]:
    """What stands on the list of the week of a day, each with the day it was called back."""
    groups = call_back_list(workspace, week_span(day)).groups
    return {line.subject: line.called_on for group in groups for line in group.lines}


def test_a_week_holds_what_is_due_at_its_end_and_what_was_called_back_in_it(workspace: Workspace) -> None:
    answered(workspace, "上周答复", MONDAY - DAY)
    answered(workspace, "周日答复", SUNDAY)
    answered(workspace, "下周答复", SUNDAY + DAY)
    answered(workspace, "不知哪天", None)
    answered(workspace, "周一回访", MONDAY - DAY, MONDAY)
    answered(workspace, "周日回访", MONDAY, SUNDAY)
    answered(workspace, "上周回访", MONDAY - 9 * DAY, MONDAY - DAY)
    answered(workspace, "下周回访", MONDAY, SUNDAY + DAY)
    assert listed(workspace, MONDAY) == {
        "上周答复": "",
        "周日答复": "",
        "不知哪天": "",
        "周一回访": "2026-11-16",
        "周日回访": "2026-11-22",
        "下周回访": "",
    }
    assert listed(workspace, MONDAY) == listed(workspace, SUNDAY)
    assert listed(workspace, SUNDAY + DAY) == {
        "上周答复": "",
        "周日答复": "",
        "下周答复": "",
        "不知哪天": "",
        "下周回访": "2026-11-23",
    }
    before = listed(workspace, MONDAY - DAY)
    assert before == {"上周答复": "", "不知哪天": "", "周一回访": "", "上周回访": "2026-11-15"}


def test_what_came_of_a_call_stands_in_its_line(workspace: Workspace) -> None:
    answered(workspace, "路灯", MONDAY, MONDAY + DAY)
    answered(workspace, "停水", MONDAY)
    shown = call_back_list(workspace, week_span(MONDAY))
    done, due = sorted((line for group in shown.groups for line in group.lines), key=lambda line: line.subject, reverse=True)
    assert (done.called_on, done.called_way, done.satisfaction) == ("2026-11-17", "电话", "满意")
    assert (due.called_on, due.called_way, due.satisfaction) == ("", "", "")
    assert shown.head.summary == "待回访1件，其中0件尚未告知结果，回访时一并告知；期内已回访1件。"
    assert shown.head.period == "2026年第47周　2026年11月16日至2026年11月22日"


def test_other_days_than_a_week_are_named_by_their_days_alone(workspace: Workspace) -> None:
    shown = call_back_list(workspace, Span(first=MONDAY, last=SUNDAY + DAY))
    assert shown.head.period == "2026年11月16日至2026年11月23日"


@pytest.mark.parametrize(
    ("told", "first"),
    [
        ("2026-W47", date(2026, 11, 16)),
        ("2026-w47", date(2026, 11, 16)),
        ("2026-11-22", date(2026, 11, 16)),
        ("2026-11-23", date(2026, 11, 23)),
        ("2026-W53", date(2026, 12, 28)),
        ("2027-01-01", date(2026, 12, 28)),
        ("2025-W01", date(2024, 12, 30)),
    ],
)
def test_a_week_is_named_by_its_number_or_by_one_of_its_days(told: str, first: date) -> None:
    assert week_named(told) == Span(first=first, last=first + 6 * DAY)


@pytest.mark.parametrize("told", ["", "47", "2026-W00", "2027-W53", "2026-13-01", "第47周", "9999-12-31"])
def test_another_word_is_no_week(told: str) -> None:
    with pytest.raises(Refused) as refused:
        week_named(told)
    assert refused.value.code == "week_malformed"
