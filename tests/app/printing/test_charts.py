"""Charts: every bar says its number and share, whatever the names; a character that no font has is refused with its place."""

from collections.abc import Callable

import pytest

from app.errors import Refused
from app.printing.charts import BarChart, ColumnChart
from app.printing.paper import typeset
from tests.app.printing.papers import RARE, paper
from tests.pdf_text import bare, text_of

ReadBack = Callable[[bytes], str]


@pytest.fixture
def read(program: Callable[[str], str]) -> ReadBack:
    reader = program("pdftotext")
    return lambda content: bare(text_of(reader, content))


def test_every_bar_says_its_number_and_its_share(read: ReadBack) -> None:
    told = read(typeset(paper(BarChart.of(("接待", "走访", "其他"), (6, 2, 0)))))
    assert [each for each in ("接待", "走访", "其他", "6（75.0%）", "2（25.0%）", "0（0.0%）") if each not in told] == []


def test_nothing_at_all_is_drawn_without_a_share(read: ReadBack) -> None:
    assert "0" in read(typeset(paper(BarChart.of(("接待",), (0,)))))
    assert typeset(paper(BarChart.of((), ())))
    assert typeset(paper(ColumnChart(months=(), series=())))


def test_a_long_name_is_shortened_and_keeps_to_its_room(read: ReadBack) -> None:
    told = read(typeset(paper(BarChart.of(("很长的名称" * 10, "短"), (1, 2)))))
    assert "很长的名称" in told
    assert "…" in told
    assert "很长的名称" * 10 not in told


def test_rare_characters_are_drawn_by_the_font_that_has_them(read: ReadBack) -> None:
    assert RARE in read(typeset(paper(BarChart.of((RARE,), (3,)))))


def test_columns_tell_months_and_the_key(read: ReadBack) -> None:
    chart = ColumnChart(months=("2026-01", "2026-02"), series=(("活动（次）", (12, 0)), ("群众（人）", (345, 7))))
    told = read(typeset(paper(chart)))
    assert [each for each in ("2026-01", "2026-02", "活动（次）", "群众（人）", "12", "345", "7") if each not in told] == []


def test_a_character_of_no_font_is_refused_with_its_place() -> None:
    with pytest.raises(Refused) as refused:
        typeset(paper(BarChart.of(("\ue000",), (1,))))
    assert refused.value.code == "characters_missing"
    assert refused.value.facts["places"] == ("图",)
