"""A table on pages: every cell printed once, no row cut, the heading on each page, widths that add up."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.printing.followed import Followed, FollowedPiece
from app.printing.ledger import SUM
from app.printing.page import LEDGER, Furniture
from app.printing.paper import paged, typeset
from app.printing.paragraph import Align, Paragraph
from app.printing.table import Column, Table, TablePiece, TableStyle
from tests.app.printing.conftest import ReadBack
from tests.app.printing.papers import heights, paper
from tests.app.printing.test_lines import texts
from tests.pdf_text import bare

COLUMNS = (
    Column(title="序号", wraps=False, align=Align.CENTRE),
    Column(title="日期", wraps=False),
    Column(title="事项", width=5),
    Column(title="去向", width=1),
)
ROOM = LEDGER.text_height
FOUR = (
    Column(title="来源"),
    Column(title="反映事项", width=3),
    Column(title="承办单位"),
    Column(title="办理结果和反馈", width=5),
)
LONG = "路灯不亮" * 50


def row(number: int, text: str) -> list[str]:
    return [f"#{number}", "2026-11-22", text, "已交办"]


def table(*contents: str) -> Table:
    return Table(columns=COLUMNS, rows=[row(number, text) for number, text in enumerate(contents)])


def cells(made: Table, column: int = 2) -> str:
    """What the pages hold of a column, drawn or not."""
    pieces = [placed.piece for page in paged([made], LEDGER) for placed in page]
    return "".join(
        line.text
        for piece in pieces
        if isinstance(piece, TablePiece)
        for shown, _whole in piece.measured.between(piece.start, piece.end)
        for line in shown[column]
    )


@given(contents=st.lists(st.one_of(texts, texts.map(lambda text: text * 40)), min_size=1, max_size=30))
@settings(max_examples=30)
def test_every_row_is_on_a_page_once_and_no_page_is_overfull(contents: list[str]) -> None:
    made = table(*contents)
    assert cells(made) == "".join(contents)
    assert max(heights([made], LEDGER)) <= ROOM + 0.01


def test_the_heading_is_repeated_on_every_page(read_back: ReadBack) -> None:
    told = read_back(typeset(paper(table(*["示例事项"] * 100), frame=LEDGER)))
    pages = told.split("\f")[:-1]
    assert len(pages) > 2
    assert all(bare(page).startswith("序号日期事项去向") for page in pages)
    assert re.findall(r"#\d+", told) == [f"#{number}" for number in range(100)]


def test_a_row_longer_than_a_page_goes_on_over_pages_and_nothing_is_cut(read_back: ReadBack) -> None:
    text = "".join(f"第{number}句说的是示例。" for number in range(900))
    made = table("短", text, "短")
    assert cells(made) == f"短{text}短"
    told = read_back(typeset(paper(made, frame=LEDGER)))
    assert told.count("\f") >= 3
    assert told.count("句") == 900


def test_a_row_of_some_lines_stays_whole() -> None:
    made = table(*["人" * 200] * 40)
    for page in paged([made], LEDGER):
        for placed in page:
            assert isinstance(placed.piece, TablePiece)
            assert placed.piece.start.line == placed.piece.end.line == 0


@pytest.mark.parametrize("many", range(2, 90))
def test_the_last_row_never_stands_alone_below_a_heading_said_before(many: int) -> None:
    shown = [
        placed.piece.end.row - placed.piece.start.row
        for page in paged([table(*["示例"] * many)], LEDGER)
        for placed in page
        if isinstance(placed.piece, TablePiece)
    ]
    assert sum(shown) == many
    assert len(shown) == 1 or shown[-1] > 1


@pytest.mark.parametrize("many", [0, 1, 2, 3, *range(18, 27), 60])
def test_what_a_ledger_comes_to_never_stands_on_a_page_without_a_row(many: int) -> None:
    followed = Followed(block=table(*["示例"] * many), by=Paragraph("合计", SUM))
    pages = [*paged([followed], LEDGER)]
    assert max(heights([followed], LEDGER)) <= ROOM + 0.01
    rows = [placed.piece.piece for placed in pages[-1] if isinstance(placed.piece, FollowedPiece)]
    assert len(rows) == 1
    assert isinstance(rows[0], TablePiece)
    assert rows[0].end.row == many
    assert rows[0].end.row - rows[0].start.row >= min(many, 2)


def test_a_page_that_holds_one_row_and_nothing_more_leaves_the_sentence_to_the_next() -> None:
    followed = Followed(block=table("示例"), by=Paragraph("合计", SUM)).at(LEDGER.text_width)
    assert isinstance(followed, FollowedPiece)
    assert followed.split(followed.piece.height) == (None, followed)
    assert followed.split(followed.piece.height, anyhow=True) == (followed.piece, followed.by)


def test_a_table_begins_below_what_stands_above_it_only_with_its_first_row() -> None:
    made = table("示例")
    head = made.at(LEDGER.text_width).height
    assert made.at(LEDGER.text_width).split(head - 1) == (None, made.at(LEDGER.text_width))


def test_columns_that_do_not_wrap_are_as_wide_as_their_text_and_the_others_share_what_is_left() -> None:
    made = Table(columns=COLUMNS, rows=[row(1, "人" * 300), row(1000, "人")])
    piece = made.at(600.0)
    assert isinstance(piece, TablePiece)
    number, day, matter, route = piece.measured.widths
    assert sum(piece.measured.widths) == pytest.approx(600)
    assert matter == pytest.approx(5 * route)
    for width, text in ((number, "#1000"), (day, "2026-11-22")):
        assert width < 80
        assert [[line.text for line in shown[place]] for shown in piece.measured.rows[-1:] for place in (0, 1)][
            text != "#1000"
        ] == [text]


def four(*rows: str) -> list[float]:
    """How wide four columns are, by shares 60, 180, 60 and 300 points; a row's cells are parted by blanks, - is an empty one."""
    piece = Table(columns=FOUR, rows=[each.replace("-", "").split(" ") for each in rows]).at(600.0)
    assert isinstance(piece, TablePiece)
    return piece.measured.widths


def test_columns_empty_in_every_row_are_as_wide_as_their_headings_and_long_texts_get_the_room() -> None:
    size, beside = TableStyle().head.size, TableStyle().beside
    source, matter, unit, result = four(f"扫码 {LONG} - -", "扫码 路灯 - -")
    assert source == pytest.approx(60)
    assert unit == pytest.approx(2 * size + 2 * beside, abs=0.1)
    assert result == pytest.approx(4 * size + 2 * beside, abs=0.1)
    assert source + matter + unit + result == pytest.approx(600)


@pytest.mark.parametrize("rows", [["扫码 路灯 城管 -", f"- {LONG} - 修好"], [], ["- - - -"], ["扫码 路灯 - -", "- 路灯 - -"]])
def test_columns_keep_their_shares_where_each_has_content_or_no_text_needs_more_room(rows: list[str]) -> None:
    assert four(*rows) == pytest.approx([60, 180, 60, 300])


def test_texts_that_need_little_more_room_take_no_more_and_the_longest_takes_the_rest() -> None:
    little = "一二三四五六七"  # 63 points, with its paddings 70
    source, matter, unit, result = four(f"{little} {LONG} 城管 -")
    assert (source, unit) == pytest.approx((70, 60), abs=0.1)
    assert matter == pytest.approx(600 - source - unit - result)
    several = four(f"- {LONG} - {LONG}字")
    assert several[3] - 300 == pytest.approx((several[1] - 180) * 5 / 3)


@given(title=st.text("人大（代表）：、意见", min_size=1, max_size=12))
def test_the_heading_of_an_empty_column_stands_whole_on_two_lines_and_a_short_one_on_one(title: str) -> None:
    columns = (Column(title="反映事项"), Column(title=title, width=4))
    piece = Table(columns=columns, rows=[[LONG, ""]]).at(600.0)
    assert isinstance(piece, TablePiece)
    lines = piece.measured.head[1]
    assert "".join(line.text for line in lines) == title
    assert len(lines) <= (1 if len(title) <= 3 else 2)
    assert max(line.width for line in lines) <= piece.measured.widths[1] - 2 * TableStyle().beside


def test_columns_that_want_more_than_there_is_are_narrowed_alike() -> None:
    columns = [Column(title="甲", wraps=False), Column(title="乙", wraps=False)]
    made = Table(columns=columns, rows=[["人" * 100, "人" * 100]])
    piece = made.at(300.0)
    assert isinstance(piece, TablePiece)
    assert piece.measured.widths == pytest.approx([150.0, 150.0])
    wide = Table(columns=[columns[0], Column(title="乙")], rows=[["人" * 100, "人"]]).at(300.0)
    assert isinstance(wide, TablePiece)
    assert wide.measured.widths == pytest.approx([225.0, 75.0])


def test_a_table_without_rows_is_its_heading(read_back: ReadBack) -> None:
    empty = Table(columns=COLUMNS, rows=[])
    assert bare(read_back(typeset(paper(empty, frame=LEDGER)))) == "序号日期事项去向"


def test_every_page_of_an_internal_ledger_tells_its_number_and_when_it_was_printed(read_back: ReadBack) -> None:
    furniture = Furniture(head="示例联络站", printed="打印时间：2026-11-22 09:30", record="01JD0000000000000000000000")
    told = read_back(typeset(paper(table(*["示例"] * 60), frame=LEDGER, furniture=furniture))).split("\f")[:-1]
    for number, page in enumerate(told, start=1):
        assert bare(f"第 {number} 页 共 {len(told)} 页") in bare(page)
        assert "09:30" in page
        assert "示例联络站" in page


def test_a_style_of_its_own_is_kept_to() -> None:
    style = TableStyle()
    larger = replace(style, body=replace(style.body, leading=26))
    low, high = (Table(columns=COLUMNS, rows=[row(1, "甲")], style=each).at(500).height for each in (style, larger))
    assert high - low == pytest.approx(13)


SUMMED = (
    Column(title="序号", wraps=False),
    Column(title="事项", width=5),
    Column(title="人数", wraps=False, summed=True),
)


def test_each_page_carries_its_sums_over_and_the_last_says_the_whole(read_back: ReadBack) -> None:
    made = Table(columns=SUMMED, rows=[[f"#{number}", "示例事项", str(number)] for number in range(100)])
    pages = read_back(typeset(paper(made, frame=LEDGER))).split("\f")[:-1]
    assert len(pages) > 2
    so_far = 0
    for place, page in enumerate(pages):
        assert re.findall(r"承前页\s*(\d+)", page) == ([str(so_far)] if place else [])
        so_far += sum(int(number) for number in re.findall(r"#(\d+)", page))
        last = page is pages[-1]
        assert re.findall(r"(过次页|合计)\s*(\d+)", page) == [("合计" if last else "过次页", str(so_far))]
    assert so_far == sum(range(100))
    assert max(heights([made], LEDGER)) <= ROOM + 0.01


@given(contents=st.lists(texts.map(lambda text: text * 60), min_size=1, max_size=20))
@settings(max_examples=20)
def test_sums_are_carried_over_rows_of_any_length_and_no_page_is_overfull(contents: list[str]) -> None:
    made = Table(columns=SUMMED, rows=[["#", text, "2" if text else ""] for text in contents])
    assert cells(made, 1) == "".join(contents)
    assert max(heights([made], LEDGER)) <= ROOM + 0.01


def test_an_empty_table_has_no_sums(read_back: ReadBack) -> None:
    assert "合计" not in read_back(typeset(paper(Table(columns=SUMMED, rows=[]), frame=LEDGER)))
