from datetime import date, datetime, time, timedelta

import pytest

from app.ledgers.cells import Value, is_empty, trimmed, written


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("原样 ", "原样 "),
        (188006, "188006"),
        (13800138000.0, "13800138000"),
        (430181199001010000.0, "430181199001010000"),
        (0.1 + 0.2, "0.3"),
        (True, "TRUE"),
        (datetime(2019, 2, 28), "2019-02-28"),
        (datetime(2019, 2, 28, 11, 25, 5), "2019-02-28 11:25:05"),
        (date(2019, 2, 28), "2019-02-28"),
        (time(9, 30), "09:30:00"),
        (timedelta(hours=26), "26:00:00"),
    ],
)
def test_written_as_a_person_would(value: Value, text: str) -> None:
    assert written(value) == text


@pytest.mark.parametrize("value", [None, "", " \t", "\u200b", "\u3000", "_x000D_\n"])
def test_a_cell_that_shows_nothing_is_empty(value: Value) -> None:
    assert is_empty(value)


@pytest.mark.parametrize("value", [0, False, "0", "。", "_"])
def test_a_cell_that_shows_something_is_not(value: Value) -> None:
    assert not is_empty(value)


def test_a_row_ends_with_the_last_cell_that_shows_something() -> None:
    assert trimmed((None, "甲", None, " ", "\u200b")) == (None, "甲")
    assert trimmed((None, "")) == ()
