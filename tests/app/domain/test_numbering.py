"""Numbers of forms: spelled, each in its own series."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.encounter import Encounter
from app.domain.issue import Issue
from app.domain.numbering import OUTREACH, VISITOR, Series, counted_up, seat_mark, series_of
from app.domain.visit import Visit, VisitKind

DAY = date(2026, 11, 21)


def test_a_number_names_its_form_and_year() -> None:
    assert Series(VISITOR, 2026).spelled(12) == "来2026-00012"
    assert Series(OUTREACH, 2027).spelled(123456) == "走2027-123456"


def test_residents_received_have_a_number_of_their_own_and_rounds_have_one() -> None:
    assert series_of(Encounter(id="1"), DAY, received=True) == Series("来", 2026)
    assert series_of(Encounter(id="1"), DAY, received=False) is None
    assert series_of(Visit(id="1", visit_kind=VisitKind.OUTREACH, on=date(2025, 1, 2)), DAY, received=False) == Series("走", 2025)
    assert series_of(Visit(id="1", visit_kind=VisitKind.TRAINING), DAY, received=False) == Series("活", 2026)
    assert series_of(Issue(id="1"), DAY, received=True) is None


def test_a_computer_that_is_alone_has_no_mark() -> None:
    assert seat_mark("0123456789abcdef", ()) == ""


@given(st.sets(st.integers(0, 24**8 - 1), min_size=2, max_size=6))
def test_no_two_computers_that_know_each_other_have_the_same_mark(seats: set[int]) -> None:
    names = [f"{each:016x}" for each in seats]
    marks = [seat_mark(each, {*names} - {each}) for each in names]
    assert all(re.fullmatch("[A-HJ-NP-Z]{2,8}", each) for each in marks)
    assert len({*marks}) == len(marks)


def test_marks_that_begin_alike_grow_until_they_differ() -> None:
    one, two = f"{5:016x}", f"{5 + 24**2:016x}"
    assert (seat_mark(one, {two}), seat_mark(two, {one}), seat_mark(one, {f"{6:016x}"})) == ("FAA", "FAB", "FA")


@pytest.mark.parametrize(
    ("first", "counted"),
    [
        ("第12号", ("第12号", "第13号", "第14号")),
        ("2026-098", ("2026-098", "2026-099", "2026-100")),
        ("第009号（区）", ("第009号（区）", "第010号（区）", "第011号（区）")),
        ("99", ("99", "100", "101")),
        ("甲", ("甲", "", "")),
        ("", ("", "", "")),
    ],
)
def test_case_numbers_are_counted_up_by_their_last_figures(first: str, counted: tuple[str, ...]) -> None:
    assert counted_up(first, 3) == counted
    assert counted_up(first, 0) == ()
