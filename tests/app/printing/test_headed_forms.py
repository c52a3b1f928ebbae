"""A form that goes on over pages: its headings on each of them, its rows once, in their order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.printing.grid import Cell, FormGrid, Row, named
from app.printing.page import FORM
from app.printing.paper import paged, typeset
from tests.app.printing.conftest import ReadBack
from tests.app.printing.papers import heights, paper
from tests.pdf_text import bare


def form(heights_of_rows: list[float], heads: int = 1, *, splits: bool = False) -> FormGrid:
    head = Row(cells=[named("表头甲"), named("表头乙")], height=20)
    rows = [
        Row(cells=[Cell(text=f"行{number}。"), Cell(text="灯")], height=height, splits=splits)
        for number, height in enumerate(heights_of_rows)
    ]
    return FormGrid(columns=(1, 1), rows=[head, *rows], heads=heads)


@given(st.lists(st.floats(20, 600), min_size=1, max_size=30), st.booleans())
def test_no_row_is_lost_and_no_page_is_overfull(rows: list[float], splits: bool) -> None:
    pages = list(paged([form(rows, splits=splits)], FORM))
    shown = [cell.text.lines for page in pages for placed in page for cell in placed.piece.cells]  # type: ignore[attr-defined]  # a grid's
    words = ["".join(str(line.text) for line in lines) for lines in shown if lines]
    assert [each for each in words if each.startswith("行")] == [f"行{number}。" for number in range(len(rows))]
    assert all(height <= FORM.text_height + 0.01 for height in heights([form(rows, splits=splits)], FORM))


def test_headings_stand_on_every_page_and_never_alone(read_back: ReadBack) -> None:
    pages = read_back(typeset(paper(form([30.0] * 100), frame=FORM))).split("\f")[:-1]
    assert len(pages) > 3
    assert all("表头甲" in bare(page) and "行" in bare(page) for page in pages)


@pytest.mark.parametrize("heads", [0, 1])
def test_a_row_no_page_holds_is_broken_between_its_lines(read_back: ReadBack, heads: int) -> None:
    words = "\n".join(f"第{number}句。" for number in range(150))
    tall = Row(cells=[Cell(text=words), Cell(text="灯")])
    head = Row(cells=[named("表头甲"), named("表头乙")], height=20)
    pages = read_back(typeset(paper(FormGrid(columns=(1, 1), rows=[head, tall, tall], heads=heads), frame=FORM))).split("\f")[:-1]
    said = bare("".join(pages))
    assert all(said.count(f"第{number}句。") == 2 for number in range(150))
    assert said.count("表头甲") == (len(pages) if heads else 1)
