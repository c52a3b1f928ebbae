"""What was typed, as phrases; what stands in a record, as single characters."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.search import BLANK, fold, indexed, phrase_words, understood

TEXT = st.text(st.characters(codec="utf-8"), max_size=30)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("自来水", "自来水"),
        ("ＡＢＣ１２３", "abc123"),
        ("Straße", "strasse"),
        (" 东街\t\n 西街　", "东街 西街"),
        ("ﾗｼﾞｵ", "ラシ\u3099オ"),
        ("（一）", "(一)"),
        ("é", "é"),
        ("e\u0301", "e\u0301"),
        ("a\0b", "a b"),
        ("\ud800", ""),
        ("￣", "\u0304"),
        ("a\u2420b\u2421c\u180ed", "a b c d"),
        ("\ufffe\uffff", "\ufffd\ufffd"),
        ("𠮷", "𠮷"),
        ("①②", "①②"),
    ],
)
def test_case_width_and_white_space_do_not_count(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(TEXT)
def test_folded_text_is_folded_already(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXT)
def test_folded_text_has_single_blanks_and_none_at_its_ends(text: str) -> None:
    folded = fold(text)
    assert folded == " ".join(folded.split(" "))
    assert folded == folded.strip(" ")
    assert all(unicodedata.category(each) not in {"Cc", "Cs", "Zl", "Zp"} for each in folded)
    assert all(each == " " or unicodedata.category(each) != "Zs" for each in folded)


@pytest.mark.parametrize(
    ("typed", "phrases"),
    [
        ("", ()),
        ("  　", ()),
        ("水", ("水",)),
        ("东街 停水", ("东街", "停水")),
        ("东街　停水", ("东街", "停水")),
        ('"东街 停水"', ("东街 停水",)),
        ("“东街 停水” 夜", ("东街 停水", "夜")),
        ('""', ()),
        ('"', ('"',)),
        ('a"b', ('a"b',)),
        ('"东街', ('"东街',)),
        ("水 水 Ｗ w", ("水", "w")),
        ("AND OR NOT NEAR(a*)", ("and", "or", "not", "near(a*)")),
    ],
)
def test_words_between_blanks_are_phrases_and_quotation_marks_join_them(typed: str, phrases: tuple[str, ...]) -> None:
    assert understood(typed).phrases == phrases


def test_a_record_is_indexed_character_by_character() -> None:
    assert indexed(["东街 Ａ"]) == f"东 街 {BLANK} a"
    assert indexed([]) == ""
    assert indexed(["", " "]) == "\u2421"


@given(st.lists(TEXT, min_size=2, max_size=3))
def test_no_phrase_reaches_from_one_field_into_the_next(texts: list[str]) -> None:
    characters = indexed(texts).split(" ")
    assert characters.count("\u2421") == len(texts) - 1
    parts = "".join(characters).split("\u2421")
    assert [part.replace(BLANK, " ") for part in parts] == [fold(text) for text in texts]


@given(TEXT)
def test_a_phrase_asks_for_the_same_characters(text: str) -> None:
    asked = phrase_words(fold(text))
    assert asked.startswith('"')
    assert asked.endswith('"')
    assert asked[1:-1].replace('""', '"') == indexed([text])
