"""Retention: whole calendar years after the day, for ever where nothing says otherwise."""

from datetime import date

import pytest

from app.domain.kinds import KINDS
from app.domain.pin import wait_after
from app.domain.retention import DEFAULTS, FOR_EVER, OF_KIND, RetentionClass, Rule, is_over, kept_until


@pytest.mark.parametrize(
    ("day", "years", "until"),
    [
        (date(2010, 3, 1), 10, date(2020, 12, 31)),
        (date(2010, 12, 31), 1, date(2011, 12, 31)),
        (date(9999, 1, 1), 10, date(9999, 12, 31)),
        (date(2010, 3, 1), FOR_EVER, None),
        (None, 10, None),
    ],
)
def test_years_are_whole_ones_after_the_day(day: date | None, years: int, until: date | None) -> None:
    assert kept_until(day, Rule(years)) == until


def test_over_is_the_day_after_the_last() -> None:
    rule = Rule(10)
    assert not is_over(date(2010, 3, 1), rule, date(2020, 12, 31))
    assert is_over(date(2010, 3, 1), rule, date(2021, 1, 1))
    assert not is_over(None, rule, date(2999, 1, 1))


def test_every_class_has_a_rule_and_every_kind_of_a_class_is_one() -> None:
    assert DEFAULTS.keys() == set(RetentionClass)
    assert OF_KIND.keys() <= KINDS.keys()
    assert DEFAULTS[RetentionClass.SUGGESTIONS].years == FOR_EVER


def test_wrong_pins_wait_longer_and_longer_up_to_five_minutes() -> None:
    assert [wait_after(times) for times in range(8)] == [0, 0, 0, 5, 10, 20, 40, 80]
    assert wait_after(1000) == 300
