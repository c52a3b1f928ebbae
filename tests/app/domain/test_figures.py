"""Figures: every grouping of one set has the same sum, shares are rounded half up and never of nothing."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.figures import UNSAID, counted, percent
from app.domain.station_report import shortened

CODES = st.lists(st.tuples(st.text("abcé甲", max_size=2), st.integers(1, 50)), max_size=30)


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [
        (1292, 1482, "87.2%"),
        (99, 1482, "6.7%"),
        (91, 1482, "6.1%"),
        (1, 8, "12.5%"),
        (1, 2000, "0.1%"),
        (0, 3, "0.0%"),
        (1, 0, ""),
    ],
)
def test_shares_are_rounded_half_up(part: int, whole: int, told: str) -> None:
    """The first three are the bulletin's own classes, which come out over what was replied (domain brief 0.1)."""
    assert percent(part, whole) == told


@given(CODES, st.dictionaries(st.text("abc", max_size=1), st.text("xy", max_size=1)))
def test_every_grouping_of_a_set_has_its_sum(pairs: Sequence[tuple[str, int]], words: dict[str, str]) -> None:
    whole = sum(many for _code, many in pairs)
    grouped, plain = counted(pairs, words), counted(pairs)
    assert grouped.whole == plain.whole == whole
    assert shortened(grouped, 3).whole == shortened(plain, 1).whole == whole
    assert sum(int(count) for _name, count, _share in plain.rows()) == whole


@given(CODES)
def test_the_most_come_first_and_what_has_no_name_last(pairs: Sequence[tuple[str, int]]) -> None:
    told = counted(pairs)
    assert len(set(told.names)) == len(told.names)
    named = [count for name, count in zip(told.names, told.counts, strict=True) if name != UNSAID]
    assert named == sorted(named, reverse=True)
    assert UNSAID not in told.names[:-1]
    assert told.of(UNSAID) == sum(many for code, many in pairs if not code)


def test_no_single_name_is_hidden_among_others() -> None:
    told = counted([(f"类{number}", 1) for number in range(11)])
    assert shortened(told, 10) is told
    assert shortened(counted([(f"类{number}", 1) for number in range(12)]), 10).names[-1] == "其他2项"
