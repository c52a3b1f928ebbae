"""The shapes a field can have, those included that no kind uses yet."""

from datetime import UTC, datetime, time, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.shapes import shape_of


@given(st.datetimes(timezones=st.just(UTC) | st.just(timezone(timedelta(hours=8)))))
def test_a_moment_keeps_its_offset(moment: datetime) -> None:
    shape = shape_of(datetime | None)
    again = shape.read(shape.write(moment))
    assert (again, again.utcoffset()) == (moment, moment.utcoffset())


@pytest.mark.parametrize("wrong", ["2026-01-31T09:30:00", "2026-01-31 25:00+08:00", "", None, 1])
def test_a_moment_without_offset_or_sense_is_refused(wrong: Any) -> None:
    with pytest.raises((ValueError, TypeError)):
        shape_of(datetime | None).read(wrong)


def test_a_time_is_written_to_the_minute_where_it_has_no_seconds() -> None:
    shape = shape_of(time | None)
    assert shape.write(time(9, 5)) == "09:05"
    assert shape.write(time(9, 5, 7)) == "09:05:07"
    assert shape.read("09:05") == shape.read("09:05:00") == time(9, 5)


def test_an_optional_number_tells_nothing_from_zero() -> None:
    assert shape_of(int).empty == 0
    assert shape_of(int | None).empty is None


@pytest.mark.parametrize("hint", [float, bytes, dict, int | str, tuple[float, ...]])
def test_what_no_line_can_hold_is_no_shape(hint: Any) -> None:
    with pytest.raises(TypeError):
        shape_of(hint)
