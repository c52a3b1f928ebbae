"""Open codes and their words."""

import pytest

from app.domain.issue import Route
from app.domain.values import is_id, known, wording
from tests.app.domain.invented import numbered


def test_a_code_is_stored_by_its_code_and_shown_by_its_word() -> None:
    assert f"{Route.VILLAGE}" == "village"
    assert wording(Route.VILLAGE) == "村（社区）办理"


def test_a_code_of_a_newer_program_is_shown_as_it_is() -> None:
    assert known(Route, "by_drone") == wording("by_drone") == "by_drone"


def test_no_route_is_shown_by_a_number() -> None:
    assert [str(each) for each in Route] == [
        *("on_the_spot", "village", "township_office", "county_department", "hotline_12345"),
        *("petition", "suggestion_this_level", "suggestion_higher", "not_accepted"),
    ]
    assert not any(each.label.startswith("R") for each in Route)


@pytest.mark.parametrize("text", ["", numbered(1)[:-1], numbered(1).replace("-", ""), numbered(0xAB).upper(), None, 3])
def test_an_identifier_has_one_form(text: object) -> None:
    assert is_id(numbered(1))
    assert not is_id(text)
