"""Tables written for a spreadsheet program: texts stay what they are, and what no cell holds says that it ends."""

from collections.abc import Sequence
from io import BytesIO

import openpyxl
import pytest

from app.ledgers.written import LONGEST, Table, workbook_of


def read(*rows: Sequence[str | int]) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(BytesIO(workbook_of(Table("表", ("一", "二"), rows))))
    return [tuple(cell.value for cell in row) for row in book.active.iter_rows(min_row=2)]  # type: ignore[union-attr]  # there is one


def test_long_numbers_and_what_looks_like_a_formula_stay_texts() -> None:
    assert read(("430102199001011234", 7), ("=1+1", 0)) == [("430102199001011234", 7), ("=1+1", 0)]


@pytest.mark.parametrize("length", [LONGEST, LONGEST + 1, 2 * LONGEST])
def test_a_text_that_no_cell_holds_says_that_it_ends(length: int) -> None:
    ((told, _),) = read(("长" * length, 1))
    assert isinstance(told, str)
    assert (len(told), told == "长" * length) == (LONGEST, length == LONGEST)
    assert told.endswith("全文见打印件）") is (length > LONGEST)
