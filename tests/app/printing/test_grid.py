"""A form on pages: cells where they belong, rows that grow, a long text over pages, nothing lost."""

from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.printing.grid import Cell, FormGrid, GridPiece, Row, named
from app.printing.page import FORM
from app.printing.paper import paged, typeset
from app.printing.paragraph import TextStyle
from tests.app.printing.conftest import ReadBack
from tests.app.printing.papers import heights, paper
from tests.app.printing.test_lines import texts
from tests.pdf_text import bare

WIDTH, ROOM = FORM.text_width, FORM.text_height


def form(text: str, *, splits: bool = True, height: float = 0.0, opinion: str = "同意。") -> FormGrid:
    """A small form: two rows that belong together, one that grows and splits, one with a foot."""
    return FormGrid(
        columns=(1, 3, 1, 3),
        height=height,
        rows=[
            Row(cells=[named("来访人", rows=2), Cell(text="示例姓名", rows=2), named("日期"), Cell(text="2026年11月22日")]),
            Row(cells=[named("电话"), Cell(text="139****0000")]),
            Row(cells=[named("事项"), Cell(text=text, columns=3)], height=100, grows=True, splits=splits),
            Row(cells=[named("意见"), Cell(text=opinion, columns=3, foot="签名：　　　年　月　日")], height=60),
        ],
    )


def pieces(grid: FormGrid) -> list[GridPiece]:
    return [placed.piece for page in paged([grid], FORM) for placed in page if isinstance(placed.piece, GridPiece)]


def text_of(parts: list[GridPiece], left: float) -> str:
    return "".join(
        line.text for part in parts for cell in part.cells if not cell.cell.name and cell.left == left for line in cell.text.lines
    )


@given(text=st.one_of(texts, texts.map(lambda text: text * 60)), splits=st.booleans())
@settings(max_examples=40)
def test_a_form_of_any_length_loses_nothing_and_overfills_no_page(text: str, splits: bool) -> None:
    grid = form(text, splits=splits)
    parts = pieces(grid)
    assert text_of(parts, WIDTH / 8) == f"示例姓名{text}同意。"
    assert max(heights([grid], FORM)) <= ROOM + 0.01


@given(text=texts.map(lambda text: text * 60), opinion=texts.map(lambda text: text * 40))
@settings(max_examples=20)
def test_two_long_texts_in_one_form_lose_nothing(text: str, opinion: str) -> None:
    assert text_of(pieces(form(text, opinion=opinion)), WIDTH / 8) == f"示例姓名{text}{opinion}"


@pytest.mark.parametrize("lines", range(38, 50))
def test_a_foot_that_no_longer_fits_takes_the_last_lines_along(lines: int) -> None:
    """Whatever of a page the text fills: once its foot alone was left over, and pages were begun without an end."""
    opinion = "\n".join(f"第{number}行" for number in range(lines))
    grid = FormGrid(
        columns=(1, 3), rows=[Row(cells=[named("意见"), Cell(text=opinion, foot="签名：　　　年　月　日")], height=60)]
    )
    pages = list(islice(paged([grid], FORM), 4))
    assert len(pages) < 4
    told = [placed.piece for page in pages for placed in page if isinstance(placed.piece, GridPiece)]
    assert text_of(told, WIDTH / 4) == opinion.replace("\n", "")
    last = [cell for cell in told[-1].cells if cell.foot]
    assert [len(cell.text.lines) >= 2 for cell in last] == [True]


def test_a_short_cell_with_a_foot_beside_a_long_one_ends() -> None:
    long = "示例" * 3000
    row = Row(cells=[named("意见"), Cell(text=long), Cell(text="短", foot="签名")], height=60)
    pages = list(islice(paged([FormGrid(columns=(1, 3, 2), rows=[row])], FORM), 20))
    assert 1 < len(pages) < 20


def test_rows_that_grow_fill_the_form_and_no_more() -> None:
    assert form("短", height=ROOM).at(WIDTH).height == pytest.approx(ROOM)
    assert len(pieces(form("短", height=ROOM))) == 1
    assert form("短").at(WIDTH).height < ROOM / 2


def test_a_cell_that_needs_more_makes_its_row_higher() -> None:
    low, high = form("短").at(WIDTH).height, form("长" * 400).at(WIDTH).height
    assert high > low + 50


def test_a_name_is_repeated_where_its_row_goes_on(read_back: ReadBack) -> None:
    told = read_back(typeset(paper(form("第一件事。" * 700), frame=FORM))).split("\f")[:-1]
    assert len(told) > 1
    assert all("事项" in bare(page) for page in told)
    assert "签名" not in told[0]
    assert "签名" in told[-1]
    assert "".join(told).count("件") == 700


def test_rows_bound_by_a_cell_go_to_the_next_page_together() -> None:
    grid = form("短")
    first = grid.at(WIDTH)
    assert isinstance(first, GridPiece)
    height = first.rows[0].height + first.rows[1].height
    upper, lower = first.split(height + 1)
    assert isinstance(upper, GridPiece)
    assert isinstance(lower, GridPiece)
    assert (len(upper.rows), len(lower.rows)) == (2, 2)
    assert first.split(first.rows[0].height + 1) == (None, first)


def test_a_band_no_page_holds_is_cut_between_its_rows_and_its_cell_goes_on() -> None:
    rows = [
        Row(cells=[Cell(text="长" * 2000, rows=3), Cell(text="甲" * 300)]),
        *(Row(cells=[Cell(text="乙" * 300)]) for _ in "12"),
    ]
    grid = FormGrid(columns=(1, 1), rows=rows)
    parts = pieces(grid)
    assert text_of(parts, 0.0) == "长" * 2000
    assert text_of(parts, WIDTH / 2) == "甲" * 300 + "乙" * 600
    assert max(heights([grid], FORM)) <= ROOM + 0.01


def test_cells_that_do_not_fill_their_row_are_a_mistake_of_the_program() -> None:
    for cells in ([Cell()], [Cell(), Cell(), Cell()]):
        with pytest.raises(ValueError, match="fill"):
            FormGrid(columns=(1, 1), rows=[Row(cells=cells)]).at(WIDTH)


def test_a_cell_keeps_its_own_style() -> None:
    style = TextStyle(size=20, leading=40)
    grid = FormGrid(columns=(1,), rows=[Row(cells=[Cell(text="甲", style=style)])])
    assert grid.at(WIDTH).height == pytest.approx(40 + 2 * grid.style.above)
