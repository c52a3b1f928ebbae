import pytest

from app.errors import Refused
from app.ledgers.cells import Value
from app.ledgers.grid import Limits, Merge, Row, filled_down, row_of


def rows(*lines: tuple[int, tuple[Value, ...]]) -> list[Row]:
    return [Row(number=number, values=values) for number, values in lines]


def test_a_row_that_shows_nothing_is_none() -> None:
    assert row_of(3, (None, " ", "\u200b"), "a.csv", Limits()) is None
    assert row_of(3, (None, 0), "a.csv", Limits()) == Row(number=3, values=(None, 0))


def test_only_cells_that_show_something_count_for_the_width() -> None:
    narrow = Limits(columns=2)
    assert row_of(1, ("甲", "乙", None, ""), "a.csv", narrow) == Row(number=1, values=("甲", "乙"))
    with pytest.raises(Refused) as refused:
        row_of(7, ("甲", None, "丙"), "a.csv", narrow)
    assert (refused.value.code, refused.value.facts) == ("sheet_too_wide", {"file": "a.csv", "row": 7, "columns": 3, "limit": 2})


def test_more_rows_than_allowed_are_refused() -> None:
    with pytest.raises(Refused, match="sheet_too_large"):
        row_of(11, ("甲",), "a.csv", Limits(rows=10))


def test_a_merged_cell_is_seen_beside_every_row_it_covers() -> None:
    given = rows((2, ("5月1日", "甲")), (3, (None, "乙")), (5, (None, "丙")), (6, (None, "丁")))
    merged = filled_down(iter(given), (Merge(column=0, first=2, last=5),))
    assert list(merged) == rows((2, ("5月1日", "甲")), (3, ("5月1日", "乙")), (5, ("5月1日", "丙")), (6, (None, "丁")))


def test_a_merged_cell_right_of_all_others_is_filled_too() -> None:
    merged = filled_down(iter(rows((2, ("甲", None, "代表")), (3, ("乙",)))), (Merge(column=2, first=2, last=3),))
    assert list(merged) == rows((2, ("甲", None, "代表")), (3, ("乙", None, "代表")))


def test_what_stands_below_the_top_of_a_merged_cell_is_not_overwritten() -> None:
    merged = filled_down(iter(rows((2, ("甲",)), (3, ("乙",)))), (Merge(column=0, first=2, last=3),))
    assert list(merged) == rows((2, ("甲",)), (3, ("乙",)))


def test_a_merged_cell_whose_top_is_no_row_of_the_table_is_left_alone() -> None:
    assert list(filled_down(iter(rows((4, ("甲",)))), (Merge(column=1, first=1, last=9),))) == rows((4, ("甲",)))
