"""Hours as people type them."""

from datetime import time

import pytest

from app.domain.typed_hour import hour_problems, hour_typed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9", time(9)),
        ("09", time(9)),
        ("930", time(9, 30)),
        ("1530", time(15, 30)),
        ("9:30", time(9, 30)),
        ("9：05", time(9, 5)),
        ("9点30分", time(9, 30)),
        ("9时", time(9)),
        (" 14.15 ", time(14, 15)),
    ],
)
def test_an_hour_is_understood(typed: str, meant: time) -> None:
    assert hour_typed(typed) == meant
    assert not list(hour_problems("starts", typed))


@pytest.mark.parametrize("typed", ["25", "9:60", "9:3", "noon", "12345", "-1", "٩:٣"])
def test_what_is_no_hour_is_none_and_said_to_be(typed: str) -> None:
    assert hour_typed(typed) is None
    (problem,) = hour_problems("ends", typed)
    assert (problem.field, problem.facts) == ("ends", {"text": typed})


def test_an_hour_may_stay_empty() -> None:
    assert hour_typed(" ") is None
    assert not list(hour_problems("ends", " "))
