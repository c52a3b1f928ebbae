"""The arithmetic of the rota: which days, put off where, by whom; and when a notice must be out."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.rota import MOST_DAYS, Announcement, RestDay, Rhythm, RotaPlan, announcement, last_day_to_announce, rota_days
from app.domain.work_calendar import CalendarYear, WorkCalendar
from app.errors import Refused
from app.reference import work_calendar

PLAIN = WorkCalendar()
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@st.composite
def plans(draw: st.DrawFn) -> RotaPlan:
    first = draw(DAYS)
    return RotaPlan(
        first=first,
        last=first + timedelta(days=draw(st.integers(0, 700))),
        rhythm=draw(st.sampled_from(Rhythm)),
        weekday=draw(st.integers(0, 6)),
        which=draw(st.integers(1, 5)),
        month_day=draw(st.integers(1, 31)),
        rest_day=draw(st.sampled_from(RestDay)),
        deputies=tuple("abcdefg"[: draw(st.integers(0, 7))]),
        together=draw(st.integers(1, 8)),
    )


def test_the_first_monday_of_every_month_and_turns_that_go_on() -> None:
    plan = RotaPlan(first=date(2026, 12, 1), last=date(2027, 4, 30), rest_day=RestDay.KEEP, deputies=("a", "b", "c"), together=2)
    days = rota_days(plan, PLAIN)
    assert [each.on for each in days] == [
        *(date(2026, 12, 7), date(2027, 1, 4), date(2027, 2, 1), date(2027, 3, 1), date(2027, 4, 5)),
    ]
    assert [each.deputies for each in days] == [("a", "b"), ("c", "a"), ("b", "c"), ("a", "b"), ("c", "a")]


def test_the_fifteenth_is_put_off_as_the_calendar_of_2026_says() -> None:
    plan = RotaPlan(first=date(2026, 1, 1), last=date(2026, 12, 31), rhythm=Rhythm.MONTHLY_DAY, month_day=15)
    moved = {each.moved_from: each.on for each in rota_days(plan, work_calendar()) if each.moved_from}
    assert moved == {
        date(2026, 2, 15): date(2026, 2, 24),
        date(2026, 3, 15): date(2026, 3, 16),
        date(2026, 8, 15): date(2026, 8, 17),
        date(2026, 11, 15): date(2026, 11, 16),
    }


def test_a_month_without_the_day_takes_its_last_one_and_the_last_friday_is_the_last() -> None:
    short = RotaPlan(
        first=date(2027, 2, 1), last=date(2027, 2, 28), rhythm=Rhythm.MONTHLY_DAY, month_day=31, rest_day=RestDay.KEEP
    )
    assert [each.on for each in rota_days(short, PLAIN)] == [date(2027, 2, 28)]
    fridays = RotaPlan(first=date(2026, 10, 1), last=date(2026, 12, 31), weekday=4, which=5, rest_day=RestDay.KEEP)
    assert [each.on for each in rota_days(fridays, PLAIN)] == [date(2026, 10, 30), date(2026, 11, 27), date(2026, 12, 25)]


@given(plans())
def test_every_day_comes_once_on_a_day_of_work_and_turns_are_fair(plan: RotaPlan) -> None:
    year = CalendarYear(rest=frozenset({date(plan.first.year, 10, each) for each in (1, 2, 5, 6, 7)}))
    calendar = WorkCalendar(years={plan.first.year: year})
    days = rota_days(plan, calendar)

    assert len({each.on for each in days}) == len(days)
    regular = [each.moved_from or each.on for each in days]
    assert all(plan.first <= each <= plan.last for each in regular)
    assert regular == sorted(regular)
    if plan.rhythm is not Rhythm.MONTHLY_DAY:
        assert {each.weekday() for each in regular} <= {plan.weekday}
    if plan.rest_day is not RestDay.KEEP:
        assert all(calendar.expects_work(each.on) for each in days)
    for each in days:
        assert len(each.deputies) == len(set(each.deputies)) == min(plan.together, len(plan.deputies))
    turns = Counter(deputy for each in days for deputy in each.deputies)
    if plan.deputies:
        counts = [turns[each] for each in plan.deputies]
        assert max(counts) - min(counts) <= 1


@given(plans())
def test_no_regular_day_is_missed(plan: RotaPlan) -> None:
    kept = RotaPlan(first=plan.first, last=plan.last, weekday=plan.weekday, rhythm=Rhythm.WEEKLY, rest_day=RestDay.KEEP)
    every = [plan.first + timedelta(days=each) for each in range((plan.last - plan.first).days + 1)]
    assert [each.on for each in rota_days(kept, PLAIN)] == [each for each in every if each.weekday() == plan.weekday]


def test_a_plan_that_goes_on_for_ever_or_backwards_is_refused() -> None:
    with pytest.raises(Refused, match="period_reversed"):
        rota_days(RotaPlan(first=date(2026, 2, 1), last=date(2026, 1, 1)), PLAIN)
    last = date(2026, 1, 1) + timedelta(days=7 * (MOST_DAYS + 2))
    endless = RotaPlan(first=date(2026, 1, 1), last=last, rhythm=Rhythm.WEEKLY, rest_day=RestDay.KEEP)
    with pytest.raises(Refused, match="rota_long"):
        rota_days(endless, PLAIN)


@given(DAYS, st.integers(-10, 10))
def test_a_notice_is_due_three_days_ahead(on: date, days: int) -> None:
    today = on - timedelta(days=days)
    told = announcement(on, None, today)
    expected = {3: Announcement.DUE, 2: Announcement.LATE, 1: Announcement.LATE, 0: Announcement.LATE}
    assert told is expected.get(days, Announcement.AHEAD if days > 3 else Announcement.OVER)
    assert announcement(on, today, today) is Announcement.ANNOUNCED
    assert (on - last_day_to_announce(on)).days == 3
