"""What the desk and a line of outreach demand, and that they demand no more (decision 11)."""

from typing import Any

import pytest

from app.domain.encounter import Encounter, Party, group_hints, outreach_problems, people_met, reception_problems
from app.domain.issue import Issue
from tests.app.domain.invented import numbered


def met(**told: Any) -> Encounter:
    return Encounter(id=numbered(1), **told)


def raised(**told: Any) -> Issue:
    return Issue(id=numbered(2), **told)


@pytest.mark.parametrize(
    ("encounter", "issue"),
    [
        (met(name="张某"), raised(words="路灯坏了")),
        (met(anonymous=True), raised(subject="路灯")),
        (met(name="张某", raised="路灯坏了"), None),
    ],
)
def test_a_reception_needs_who_and_what(encounter: Encounter, issue: Issue | None) -> None:
    assert list(reception_problems(encounter, issue)) == []


@pytest.mark.parametrize(
    ("encounter", "issue", "missing"),
    [
        (met(), raised(words="路灯坏了"), [("visitor_missing", "name")]),
        (met(name=" "), raised(words="路灯坏了"), [("visitor_missing", "name")]),
        (met(name="张某"), None, [("matter_missing", "raised")]),
        (met(name="张某"), raised(words="\n"), [("matter_missing", "words")]),
        (met(), None, [("visitor_missing", "name"), ("matter_missing", "raised")]),
    ],
)
def test_a_reception_says_what_is_missing(encounter: Encounter, issue: Issue | None, missing: list[tuple[str, str]]) -> None:
    assert [(each.code, each.field) for each in reception_problems(encounter, issue)] == missing


@pytest.mark.parametrize(
    "encounter",
    [met(name="张某"), met(party=Party.HOUSEHOLD), met(people=12), met(anonymous=True), met(party=Party.UNIT, name="某合作社")],
)
def test_a_line_of_outreach_is_a_person_a_household_or_a_number(encounter: Encounter) -> None:
    assert list(outreach_problems(encounter)) == []


def test_a_line_of_outreach_without_anybody_is_none() -> None:
    assert [each.code for each in outreach_problems(met())] == ["nobody_met"]


@pytest.mark.parametrize("encounter", [met(people=12), met(party=Party.HOUSEHOLD)])
def test_where_something_was_raised_somebody_raised_it(encounter: Encounter) -> None:
    assert [each.code for each in outreach_problems(encounter, raised(words="路灯坏了"))] == ["visitor_missing"]


@pytest.mark.parametrize(("people", "hinted"), [(0, False), (5, False), (6, True), (40, True)])
def test_more_than_five_are_told_to_send_five(people: int, hinted: bool) -> None:
    hints = list(group_hints(met(name="张某", people=people)))
    assert [each.code for each in hints] == ["group_large"] * hinted
    assert all(each.hint for each in hints)


@pytest.mark.parametrize(("encounter", "count"), [(met(name="张某"), 1), (met(party=Party.HOUSEHOLD), 1), (met(people=12), 12)])
def test_the_norm_counts_people(encounter: Encounter, count: int) -> None:
    assert people_met(encounter) == count


def test_an_anonymous_visitor_s_name_is_in_no_list() -> None:
    assert met(name="张某", anonymous=True).title() == "匿名"
    assert met(name="张某").title() == "张某"
