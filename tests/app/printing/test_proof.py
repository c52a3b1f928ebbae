"""What can be printed is, what cannot is refused by name and place, and nothing is dropped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Refused
from app.messages import explain
from app.printing.fonts import Face, missing_characters
from app.printing.page import Furniture
from app.printing.paper import typeset
from app.printing.paragraph import Paragraph, TextStyle
from app.printing.proof import MARK, Proof, normalised
from app.printing.table import Column, Table
from tests.app.printing.conftest import ReadBack
from tests.app.printing.papers import paper
from tests.pdf_text import bare

NOBODY_HAS = "\U0002fffe"
PRIVATE = "\ue825"


@pytest.mark.parametrize(
    ("typed", "set_as"),
    [
        ("人民\u00a0代表", "人民 代表"),
        ("代表\u200b姓\ufeff名", "代表姓名"),
        ("喆\ufe00堃\U000e0100", "喆堃"),
        ("一\r\n二\r三\u2028四\x0b五", "一\n二\n三\n四\n五"),
        ("甲\t乙", "甲 乙"),
        ("甲\x00\x07乙", "甲乙"),
        ("cafe\u0301", "café"),
        ("全角\u3000空格", "全角\u3000空格"),
        (f"自造字{PRIVATE}", f"自造字{PRIVATE}"),
    ],
)
def test_what_has_no_form_of_its_own_is_taken_out_and_blanks_become_blanks(typed: str, set_as: str) -> None:
    assert normalised(typed) == set_as


@given(text=st.text(max_size=50))
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)


@given(text=st.text(max_size=30), face=st.sampled_from(Face))
def test_every_character_is_set_or_reported(text: str, face: Face) -> None:
    proof = Proof()
    set_as = proof.read(text, face, "正文")
    assert not missing_characters(set_as.replace("\n", ""), face)
    assert set_as.count(MARK) >= len(set(proof.missing))
    if not proof.missing:
        proof.settle()
        assert len(set_as) <= len(text)


def test_a_missing_character_is_refused_with_its_name_and_its_place() -> None:
    with pytest.raises(Refused) as refused:
        typeset(paper(Paragraph("可以", TextStyle()), Paragraph(f"陈{NOBODY_HAS}", TextStyle(), "第 3 条意见·事项")))
    assert refused.value.code == "characters_missing"
    assert refused.value.facts == {"characters": ("U+2FFFE",), "places": ("第 3 条意见·事项",)}
    assert "U+2FFFE" in explain(refused.value)
    assert "第 3 条意见·事项" in explain(refused.value)


def test_a_private_character_is_missing_and_never_dropped() -> None:
    with pytest.raises(Refused) as refused:
        typeset(paper(Paragraph(f"自造字{PRIVATE}", TextStyle(), "姓名")))
    assert refused.value.facts["characters"] == ("U+E825",)


def test_all_that_is_missing_is_told_at_once_and_what_lacks_where() -> None:
    table = Table(columns=[Column(title="编号"), Column(title="事项")], rows=[["1", "可以"], ["2", f"🏮{NOBODY_HAS}"]])
    with pytest.raises(Refused) as refused:
        typeset(paper(Paragraph("灯🏮", TextStyle(), "标题"), table, furniture=Furniture(head="🏮")))
    assert refused.value.facts["characters"] == ("🏮（U+1F3EE）", "U+2FFFE")
    assert refused.value.facts["places"] == ("标题（🏮）", f"第 2 行·事项（🏮{NOBODY_HAS}）", "页眉（🏮）")


def test_a_mark_stands_in_place_where_a_person_decided(read_back: ReadBack) -> None:
    printed = typeset(paper(Paragraph(f"陈{NOBODY_HAS}示{PRIVATE}", TextStyle())), substitute=True)
    assert bare(read_back(printed)) == f"陈{MARK}示{MARK}"


def test_the_plain_twin_of_a_character_stands_for_what_no_font_has() -> None:
    proof = Proof()
    assert proof.read("第𝟙条", Face.SONG, "") == "第1条"
    assert not proof.missing


def test_what_is_known_of_one_face_is_not_taken_for_another() -> None:
    proof = Proof()
    proof.read("示例", Face.SONG, "")
    assert proof.knows("例示", Face.SONG)
    assert not proof.knows("示例", Face.KAI)
