from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Refused
from app.ledgers import outline
from app.ledgers.grid import Merge
from app.ledgers.outline import Outline, outline_of

PHANTOM = '<row r="{0}" ht="15" customHeight="1"><c r="A{0}" s="1"/></row>'
FULL = '<row r="{0}"><c r="A{0}"><v>1</v></c></row>'


def outlined(xml: str | bytes) -> Outline:
    return outline_of(BytesIO(xml.encode() if isinstance(xml, str) else xml), "a.xlsx")


def test_the_last_row_with_a_value_is_found_before_thousands_of_empty_ones() -> None:
    xml = FULL.format(1) + PHANTOM.format(2) + FULL.format(3) + "".join(map(PHANTOM.format, range(4, 5000)))
    assert outlined(xml) == Outline(holds_values=True, last_row=3)


def test_a_sheet_of_formats_alone_holds_nothing() -> None:
    assert outlined("".join(map(PHANTOM.format, range(1, 100)))) == Outline(holds_values=False)


def test_texts_within_the_row_and_names_with_a_prefix_are_values_too() -> None:
    assert outlined("<x:row r='2'><x:c><x:is><x:t>甲</x:t></x:is></x:c></x:row>").last_row == 2


def test_only_downward_merges_are_kept() -> None:
    xml = FULL.format(1) + '<mergeCells><mergeCell ref="A1:H1"/><mergeCell ref="B2:C4"/><mergeCell ref="AA10:AA12"/></mergeCells>'
    assert outlined(xml).merges == (Merge(column=1, first=2, last=4), Merge(column=26, first=10, last=12))


def test_rows_without_numbers_leave_the_last_row_open() -> None:
    assert outlined("<row><c><v>1</v></c></row><row/>") == Outline(holds_values=True, last_row=None)


def test_rows_out_of_order_are_damage() -> None:
    with pytest.raises(Refused, match="sheet_damaged"):
        outlined(FULL.format(3) + FULL.format(2))


def test_an_encoding_whose_bytes_cannot_be_searched_is_left_to_the_parser() -> None:
    assert outlined(FULL.format(1).encode("utf-16")) == Outline(holds_values=True, last_row=None)


@given(st.lists(st.booleans(), min_size=1, max_size=30), st.integers(min_value=70, max_value=400))
def test_where_the_bytes_are_cut_does_not_matter(full: list[bool], size: int) -> None:
    xml = "".join((FULL if holds else PHANTOM).format(number) for number, holds in enumerate(full, start=1))
    wanted = max((number for number, holds in enumerate(full, start=1) if holds), default=None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outline, "_CHUNK", size)
        assert outlined(xml).last_row == wanted
