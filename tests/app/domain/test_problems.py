"""Problems stop, hints do not."""

import pytest

from app.domain.problems import Problem, stop_at
from app.errors import Refused

MISSING = Problem(code="title_missing", field="subject")
HINT = Problem(code="group_large", field="people", hint=True, facts={"people": 6})


def test_a_hint_stops_nobody() -> None:
    stop_at([])
    stop_at([HINT])


def test_the_problems_that_stop_are_told_together() -> None:
    with pytest.raises(Refused) as refused:
        stop_at(iter([HINT, MISSING, MISSING]))
    assert refused.value.code == "incomplete"
    assert refused.value.facts == {"problems": (MISSING, MISSING)}


def test_equal_problems_are_one_in_a_set() -> None:
    assert len({HINT, Problem(code="group_large", field="people", hint=True, facts={"people": 6}), MISSING}) == 2
