"""Which backups stay: the newest, one a day, a week, a month; nothing else, and the same whatever the clock says today."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.backup_thinning import DAYS, MONTHS, NEWEST, WEEKS, kept

BEGIN = datetime(2026, 1, 1, 9, tzinfo=UTC)
MOMENTS = st.sets(st.integers(0, 60 * 365 * 24 * 60).map(lambda minutes: BEGIN + timedelta(minutes=minutes)), max_size=80)


@given(MOMENTS)
def test_what_stays_was_there_and_is_not_too_much(made: set[datetime]) -> None:
    stays = kept(made)
    assert stays <= made
    assert len(stays) <= NEWEST + DAYS + WEEKS + MONTHS
    assert set(sorted(made)[-NEWEST:]) <= stays


@given(MOMENTS)
def test_what_stays_once_stays(made: set[datetime]) -> None:
    assert kept(kept(made)) == kept(made)


@given(MOMENTS)
def test_the_last_backup_of_each_of_the_newest_days_and_months_stays(made: set[datetime]) -> None:
    stays = kept(made)
    for day in sorted({each.date() for each in made})[-DAYS:]:
        assert max(each for each in made if each.date() == day) in stays
    for month in sorted({(each.year, each.month) for each in made})[-MONTHS:]:
        assert max(each for each in made if (each.year, each.month) == month) in stays


@given(MOMENTS, st.timedeltas(timedelta(weeks=-500), timedelta(weeks=500)))
def test_what_is_let_go_never_comes_back(made: set[datetime], later: timedelta) -> None:
    gone = made - kept(made)
    if made:
        newest = max(made) + abs(later)
        assert not kept(made | {newest}) & (gone - {newest})


def test_two_years_of_a_backup_a_day_are_a_handful() -> None:
    made = {BEGIN + timedelta(days=day) for day in range(730)}
    stays: set[datetime] = set()
    for moment in sorted(made):
        stays = set(kept(stays | {moment}))
    newest = max(made)
    assert {newest - timedelta(days=day) for day in range(DAYS)} <= stays
    assert len({(each.year, each.month) for each in stays}) >= MONTHS
    assert len(stays) <= NEWEST + DAYS + WEEKS + MONTHS


def test_a_clock_that_jumps_fifty_years_throws_nothing_away() -> None:
    month = {BEGIN + timedelta(days=day) for day in range(5)}
    assert kept(month | {BEGIN + timedelta(days=50 * 365)}) >= month
