"""Every standard character is in every face, is printed, and is read back as itself."""

import csv
from collections.abc import Iterable
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # it comes without types

from app.errors import Refused, Unavailable
from app.paths import RESOURCES
from app.printing import fonts
from app.printing.fonts import (
    CHAINS,
    FOLDER,
    HALVES,
    Face,
    font_named,
    font_of,
    glyph,
    half_font,
    missing_characters,
    unicode_map,
    widths_of,
)
from app.printing.lines import TIGHT
from app.printing.paper import typeset
from app.printing.paragraph import Align, Paragraph, TextStyle
from tests.app.printing.conftest import ReadBack
from tests.app.printing.papers import RARE, paper
from tests.pdf_text import bare

STANDARD = 8105
SIGNS = "□☐☑☒√○●◎■◆▲★※→①⑩⑳㈠⑴⒈Ⅳ℃℉㎡㎏№°′″±×÷≤≥≠‰％—…·、。，；：？！“”‘’（）《》〈〉「」『』【】〔〕〖〗〓〇￥$€āáǎàüÀ"
WINDOW = ("LiaisonHei-Regular", "LiaisonHei-SemiBold")
SUBSETS = (*WINDOW, "LiaisonKai-Regular", "LiaisonSong-SemiBold")


def characters(name: str) -> frozenset[int]:
    with TTFont(FOLDER / f"{name}.ttf", lazy=True) as font:
        return frozenset(font.getBestCmap())


def is_han(code: int) -> bool:
    return code == 0x3007 or 0x3400 <= code <= 0x9FFF or 0x20000 <= code <= 0x323AF


def gb2312() -> set[int]:
    cells = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return {ord(each) for cell in cells for each in cell.decode("gb2312", "ignore")}


def in_rows(codes: Iterable[int], length: int = 40) -> list[str]:
    text = "".join(map(chr, codes))
    return [text[start : start + length] for start in range(0, len(text), length)]


@pytest.fixture(scope="module")
def standard() -> list[int]:
    """The Han characters of a subset: the standard ones, GB 2312, and hardly another."""
    return sorted(filter(is_han, characters(SUBSETS[0])))


def test_a_subset_holds_the_standard_characters_and_gb2312(standard: list[int]) -> None:
    assert len(gb2312()) == 6763
    assert STANDARD <= len(standard) < STANDARD + 200
    assert len([code for code in standard if code > 0xFFFF]) == 196  # of the standard's, as Unihan counts them
    assert gb2312() <= set(standard)
    for name in SUBSETS:
        assert set(standard) <= characters(name), name


@pytest.mark.parametrize("face", Face)
def test_every_face_has_every_standard_character_and_every_sign_of_a_form(face: Face, standard: list[int]) -> None:
    assert missing_characters("".join(map(chr, standard)) + SIGNS + RARE, face) == ()


@pytest.mark.parametrize("name", WINDOW)
def test_figures_of_the_window_are_of_one_width(name: str) -> None:
    with TTFont(FOLDER / f"{name}.ttf", lazy=True) as font:
        cmap, widths = font.getBestCmap(), font["hmtx"]
        assert len({widths[cmap[ord(figure)]][0] for figure in "0123456789"}) == 1


def test_the_names_that_come_with_the_program_can_be_set() -> None:
    told = "".join(file.read_text(encoding="utf-8") for file in sorted((RESOURCES / "reference").glob("*.json")))
    for face in Face:
        assert missing_characters(told.replace("\n", ""), face) == ()


def test_no_font_bears_a_reserved_name() -> None:
    for file in sorted(FOLDER.glob("*.ttf")):
        with TTFont(file, lazy=True) as font:
            records = [(record.nameID, record.toUnicode()) for record in font["name"].names]
        presented = [text for number, text in records if number in {1, 3, 4, 6, 16, 18, 21, 25}]
        assert all(text.startswith(("Liaison", file.stem)) for text in presented), file.name
        assert not any(word in text for word in ("LXGW", "霞鹜") for _number, text in records), file.name


def test_every_font_is_told_of_in_the_readme_with_a_licence_that_is_there() -> None:
    told = (FOLDER / "README.md").read_text(encoding="utf-8")
    for file in sorted(FOLDER.iterdir()):
        assert f"`{file.name}`" in told or file.name == "README.md"
    assert {name for chains in (CHAINS, HALVES) for chain in chains.values() for name in chain} <= {
        file.stem for file in FOLDER.glob("*.ttf")
    }


@pytest.mark.parametrize("face", Face)
def test_rare_names_are_printed_and_read_back_in_every_face(face: Face, read_back: ReadBack) -> None:
    printed = typeset(paper(Paragraph(RARE, TextStyle(face=face, size=16, leading=30))))
    assert bare(read_back(printed)) == RARE


@pytest.mark.parametrize("face", [Face.FANGSONG, Face.SONG, Face.TITLE])
def test_every_han_character_of_a_subset_is_printed_and_read_back(face: Face, standard: list[int], read_back: ReadBack) -> None:
    style = TextStyle(face=face, size=11, leading=16, align=Align.LEFT)
    printed = typeset(paper(*(Paragraph(row, style) for row in in_rows(standard))))
    assert bare(read_back(printed)) == "".join(map(chr, standard))


@pytest.mark.parametrize("face", Face)
def test_the_standard_s_own_table_is_printed_and_read_back(face: Face, real_data: Path, read_back: ReadBack) -> None:
    with (real_data / "standard-characters-8105.csv").open(encoding="utf-8-sig", newline="") as file:
        codes = [ord(row["char"]) for row in csv.DictReader(file)]
    assert len(codes) == STANDARD
    printed = typeset(paper(*(Paragraph(row, TextStyle(face=face, size=11, leading=16)) for row in in_rows(codes))))
    assert bare(read_back(printed)) == "".join(map(chr, codes))


def test_signs_are_printed_and_read_back(read_back: ReadBack) -> None:
    for face in Face:
        assert bare(read_back(typeset(paper(Paragraph(SIGNS, TextStyle(face=face)))))) == SIGNS


def test_boxes_are_of_one_size_in_every_face() -> None:
    for sign in "□☐☑☒✓":
        assert len({glyph(sign, face) for face in Face}) == 1
    assert len({widths_of(Face.FANGSONG)[sign] for sign in "□☐☑☒"}) == 1


def test_a_character_is_drawn_by_the_first_font_that_has_it() -> None:
    assert font_of("陈", Face.FANGSONG) == CHAINS[Face.FANGSONG][0]
    assert font_of("喆", Face.FANGSONG) == CHAINS[Face.FANGSONG][1]
    assert font_of("“", Face.KAI) == font_of("“", Face.SONG)  # the 楷 has narrow ones
    assert all(widths_of(face)[quote] == 1 for face in Face for quote in "“”‘’")


@pytest.mark.parametrize("face", Face)
def test_marks_that_may_meet_have_a_half_of_their_own_in_every_face(face: Face, read_back: ReadBack) -> None:
    marks = "，。、；：）》〉」』】〕〗”’（《〈「『【〔〖“‘"
    for mark in marks:
        assert TIGHT.match(f"{mark}（") or TIGHT.search(f"（{mark}")
        assert widths_of(face)[mark] == 1
        drawn = font_named(half_font(mark, face)).face
        assert drawn.charWidths[ord(mark)] == 500
    text = "".join(f"示）{mark}例（{mark}" for mark in marks)
    assert bare(read_back(typeset(paper(Paragraph(text, TextStyle(face=face)))))) == text


def test_a_character_of_no_font_is_refused_even_where_nobody_proofed() -> None:
    with pytest.raises(Refused) as refused:
        font_of("\U0002fffe", Face.SONG)
    assert refused.value.code == "characters_missing"
    with pytest.raises(Refused):
        widths_of(Face.KAI)["\ue000"]


def test_a_font_that_is_not_there_is_said_to_be_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fonts, "FOLDER", tmp_path)
    (tmp_path / "Broken.ttf").write_bytes(b"no font")
    for name in ("Absent", "Broken"):
        with pytest.raises(Unavailable) as failed:
            fonts.font_named.__wrapped__(name)
        assert failed.value.facts["file"] == f"{name}.ttf"


def test_a_unicode_map_tells_surrogate_pairs_and_at_most_a_hundred_at_once() -> None:
    told = unicode_map("ABCDEF+Font", [0, 0x4E00, ord("𬱖"), *range(0x5000, 0x50FD)])
    assert "<01> <4E00>\n<02> <D873DC56>" in told
    assert "<00> <0000>" not in told
    assert [line for line in told.split("\n") if line.endswith("beginbfchar")] == [
        "100 beginbfchar",
        "100 beginbfchar",
        "55 beginbfchar",
    ]


def test_what_was_read_ahead_is_there_when_a_paper_needs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    fonts.read_fonts()
    monkeypatch.setattr(fonts, "_read", lambda name: pytest.fail(f"{name} was read again"))
    assert all(fonts.widths_of(face)["国"] == 1 for face in fonts.Face)
