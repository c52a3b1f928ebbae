"""A paragraph on pages: its text whole, its lines legal, never one line alone, no Latin word pulled apart."""

import csv
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import Refused
from app.printing.fonts import Face, widths_of
from app.printing.lines import NOT_FIRST, NOT_LAST, TIGHT
from app.printing.page import OFFICIAL, OFFICIAL_LEADING, OFFICIAL_SIZE, OFFICIAL_TEXT
from app.printing.paper import paged, typeset
from app.printing.paragraph import Align, Paragraph, SetText, TextStyle, set_lines
from app.printing.proof import MARK, Proof, normalised
from tests.app.printing.conftest import ReadBack
from tests.app.printing.papers import paper
from tests.app.printing.test_lines import texts
from tests.pdf_text import bare

PRIVATE = re.compile("[\ue000-\uf8ff]")
WIDTH = OFFICIAL.text_width


def set_text(text: str, style: TextStyle = OFFICIAL_TEXT, width: float = WIDTH) -> SetText:
    return Paragraph(text, style).at(width)


def lines_of(text: str, width: float, style: TextStyle) -> list[str]:
    return [line.text for line in set_lines(normalised(text), width, style)]


def joined(piece: SetText) -> str:
    return "".join(line.text + "\n" * line.last for line in piece.lines).removesuffix("\n")


@given(text=texts, face=st.sampled_from(Face))
def test_lines_are_measured_by_the_fonts_that_draw_them(text: str, face: Face) -> None:
    style = TextStyle(face=face, size=12, leading=18)
    widths = widths_of(face)
    lines = lines_of(text, 200, style)
    assert "".join(lines) == text
    for line in lines:
        shown = line.rstrip(" \u3000")
        hanging = shown[-1:] in "，。、；：）》〉」』】〕〗”’"  # whose blank half may lie in the margin
        assert (sum(widths[each] for each in shown) - (len(TIGHT.findall(shown)) + hanging) / 2) * 12 <= 200.01


@given(text=texts, height=st.integers(min_value=0, max_value=900))
def test_a_split_keeps_the_text_and_at_least_two_lines_on_either_side(text: str, height: int) -> None:
    whole = set_text(text)
    upper, lower = whole.split(float(height))
    assert upper is not None or lower is not None
    assert "".join(joined(part) for part in (upper, lower) if part) == text
    if upper and lower:
        assert upper.height <= height
        assert min(len(upper.lines), len(lower.lines)) >= 2
    if upper is None:
        assert whole.least > height or len(whole.lines) < 4


@given(text=texts, height=st.integers(min_value=30, max_value=300))
@settings(max_examples=30)
def test_a_paragraph_flows_over_pages_of_any_height_without_loss(text: str, height: int) -> None:
    frame = replace(OFFICIAL, top=100.0, bottom=OFFICIAL.height - 100 - height)
    pages = list(paged([Paragraph(text, OFFICIAL_TEXT)], frame))
    pieces = [placed.piece for page in pages for placed in page]
    assert "".join(joined(piece) for piece in pieces if isinstance(piece, SetText)) == text
    assert all(placed.top + placed.piece.height <= height + 0.01 for page in pages for placed in page)


def test_a_page_of_official_text_holds_22_lines_of_28_characters() -> None:
    lines = set_text("人" * (28 * 22 - 2)).lines
    assert [len(line.text) for line in lines] == [26, *[28] * 21]
    assert pytest.approx(OFFICIAL_SIZE * 28) == WIDTH
    pages = list(paged([Paragraph("人" * (28 * 22 - 2), OFFICIAL_TEXT)], OFFICIAL))
    assert len(pages) == 1
    assert pages[0][0].piece.height == pytest.approx(OFFICIAL_LEADING * 22)
    assert len(list(paged([Paragraph("人" * (28 * 22 - 1), OFFICIAL_TEXT)], OFFICIAL))) == 2


def test_a_heading_goes_with_the_text_it_heads() -> None:
    heading = TextStyle(face=Face.HEI, size=16, leading=OFFICIAL_LEADING, keep_with_next=True)
    blocks = [Paragraph("人" * 28 * 19, replace(OFFICIAL_TEXT, indent=0)), Paragraph("一、情况", heading)]
    assert len(list(paged([*blocks, Paragraph("人" * 50, OFFICIAL_TEXT)], OFFICIAL))) == 1
    pages = list(paged([blocks[0], blocks[1], Paragraph("二、分析", heading), Paragraph("人" * 60, OFFICIAL_TEXT)], OFFICIAL))
    assert [len(page) for page in pages] == [1, 3]


def test_space_above_falls_away_at_the_top_of_a_page_and_of_two_spaces_the_larger_holds() -> None:
    style = TextStyle(size=10, leading=20, before=30, after=10)
    tops = [[placed.top for placed in page] for page in paged([Paragraph("甲", style), Paragraph("乙", style)], OFFICIAL)]
    assert tops == [[0.0, 50.0]]


def test_centred_lines_are_about_equally_long() -> None:
    style = TextStyle(face=Face.TITLE, size=22, leading=34, align=Align.CENTRE)
    lines = lines_of("关于进一步加强全省老旧小区光纤化改造和通信基础设施建设的建议", WIDTH, style)
    assert len(lines) == 2
    assert abs(len(lines[0]) - len(lines[1])) <= 2


def test_a_justified_line_leaves_words_and_numbers_as_they_are(read_back: ReadBack) -> None:
    text = "示例站2026年收到signature意见，其中someone.long@mail.example转来一件，另有GB/T9704等标准，已于11月22日答复。" * 3
    told = read_back(typeset(paper(Paragraph(text, OFFICIAL_TEXT))))
    assert bare(told) == text
    assert "signature" in told
    assert "someone.long@mail.example" in told


def test_the_same_paper_is_the_same_bytes_and_tells_nothing_of_who_printed_it() -> None:
    made = typeset(paper(Paragraph("示例", OFFICIAL_TEXT), title="关于示例的建议"))
    assert made == typeset(paper(Paragraph("示例", OFFICIAL_TEXT), title="关于示例的建议"))
    assert b"D:20261122013000" in made
    for member in (b"Author", b"Creator", b"Keywords", b"Producer", b"Subject"):
        assert b"/" + member + b" ()" in made
    assert made.count(b"ReportLab") == 2  # the library's own comments at either end
    assert str(Path.home()).encode() not in made


@pytest.fixture(scope="module")
def proposals(real_data: Path) -> list[str]:
    """The texts of real proposals, blanks and line breaks as they are set."""
    csv.field_size_limit(sys.maxsize)
    with (real_data / "proposals.csv").open(encoding="utf-8-sig", newline="") as file:
        contents = [normalised(row["content"]) for row in csv.DictReader(file)]
    assert len(contents) == 210
    return contents


def test_real_proposals_have_legal_lines_and_lose_nothing(proposals: list[str]) -> None:
    proof = Proof(substitute=True)
    for content in proposals:
        lines = set_text(proof.read(content, Face.FANGSONG, "正文")).lines
        text = "".join(line.text + "\n" * line.last for line in lines).removesuffix("\n")
        assert text == PRIVATE.sub(MARK, content)
        opens = True
        for line in lines:
            seen = line.text.rstrip(" \u3000")
            assert opens or seen[:1] not in NOT_FIRST
            assert line.last or seen[-1:] not in NOT_LAST
            assert line.width <= WIDTH + 0.01
            opens = line.last
    assert all(PRIVATE.match(character) for character in proof.missing)


def test_real_proposals_are_printed_and_read_back_equal(proposals: list[str], read_back: ReadBack) -> None:
    pieces = [Paragraph(content, OFFICIAL_TEXT, f"第 {place} 件") for place, content in enumerate(proposals, start=1)]
    with pytest.raises(Refused) as refused:
        typeset(paper(*pieces))
    places = refused.value.facts["places"]
    assert isinstance(places, tuple)
    assert places
    assert all(place.startswith("第 ") for place in places)
    told = read_back(typeset(paper(*pieces), substitute=True))
    assert bare(told) == bare(PRIVATE.sub(MARK, "".join(proposals)))
