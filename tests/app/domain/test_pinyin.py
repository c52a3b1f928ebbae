"""Letters as pinyin: what may be typed for a name and for a title, compared with what the library says."""

import os
import re
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")

from pypinyin import Style, pinyin
from pypinyin.pinyin_dict import pinyin_dict

from app.domain.pinyin import GAP, SYLLABLES, cuts, heard, sound_words, sounds
from app.storage.readings import readings

CHARACTERS = "张三曾单吕李王安行长重路灯县区欧阳仇解翟示例甲乙"
NAME = st.text(st.sampled_from(CHARACTERS), min_size=1, max_size=4)
TITLE = st.text(st.sampled_from(CHARACTERS + "，·3a"), min_size=5, max_size=14)


def told(character: str) -> list[str]:
    """Every reading the library knows of a character, unmarked."""
    return list(dict.fromkeys(pinyin(character, style=Style.NORMAL, heteronym=True)[0]))


def answers(texts: Sequence[str], typed: str) -> bool:
    """Whether the index, given these texts, would answer: its phrases looked up by hand."""
    written = f" {sounds(texts, readings)} "
    return any(all(_stands(words, begun, written) for words, begun in terms) for terms in _terms(sound_words(typed)))


def _terms(asked: str) -> Iterator[list[tuple[str, bool]]]:
    for alternative in asked.split(" OR ") if asked else []:
        yield [(words, bool(star)) for words, star in re.findall(r'"([^"]*)"( \*)?', alternative)]


def _stands(words: str, begun: bool, written: str) -> bool:
    return f" {words}" in written if begun else f" {words} " in written


def test_the_syllables_are_those_the_library_writes() -> None:
    written = {each for code in pinyin_dict for each in told(chr(code))}
    assert {each for each in written if re.fullmatch("[a-z]*[aeiouv][a-z]*", each)} == SYLLABLES


@pytest.mark.parametrize(
    ("typed", "cut"),
    [
        ("zhangsan", ("zhang", "san")),
        ("zhangs", ("zhang", "s")),
        ("zs", ("z", "s")),
        ("zsan", ("z", "san")),
        ("zhsan", ("zh", "san")),
        ("xi'an", ("xi", "an")),
        ("zhang san", ("zhang", "san")),
        ("lüfang", ("lv", "fang")),
        ("3haolou", ("3", "hao", "lou")),
        ("zha", ("zha",)),
    ],
)
def test_letters_are_cut_where_a_syllable_may_end(typed: str, cut: tuple[str, ...]) -> None:
    assert cut in cuts(typed)


@pytest.mark.parametrize("typed", ["", "z", "138", "路灯", "a", "a1", "uv", "zhang,san", "z" * 41, '"'])
def test_what_is_no_pinyin_is_looked_for_as_it_stands_alone(typed: str) -> None:
    assert cuts(typed) == ()
    assert sound_words(typed) == ""


def test_two_syllables_are_two_where_an_apostrophe_says_so() -> None:
    assert ("xian",) in cuts("xian")
    assert ("xian",) not in cuts("xi'an")


@pytest.mark.parametrize("typed", ["zhangsan", "zsan", "zs", "zhangs", "zhsan", "zhs", "zhang san", "san", "zhan", "zsa"])
def test_a_name_is_found_by_syllables_initials_and_beginnings_in_any_mixture(typed: str) -> None:
    assert answers(["张三"], typed)
    assert list(heard("张三", typed, readings))


@pytest.mark.parametrize("typed", ["hangsan", "zhangsi", "angsan", "zhangsanf", "sz", "zhangan"])
def test_a_name_is_not_found_by_other_letters(typed: str) -> None:
    assert not answers(["张三"], typed)
    assert not list(heard("张三", typed, readings))


@pytest.mark.parametrize(("name", "typed"), [("曾单", "zengshan"), ("曾单", "cengdan"), ("曾单", "zs"), ("吕重", "lvchong")])
def test_a_name_is_found_by_every_reading(name: str, typed: str) -> None:
    assert answers([name], typed)


def test_a_title_is_found_from_any_of_its_characters() -> None:
    title = "长沙路3号楼路灯不亮"
    for typed in "ludeng lude lud ld changshalu zhangshalu csl 3haolou hll haolouludengb dengbuliang".split():
        assert answers([title], typed), typed
    assert not answers([title], "dengd")
    assert not answers(["路灯", "不亮"], "dengbu")


@given(NAME, st.data())
def test_the_index_answers_for_a_name_as_the_library_reads_it(name: str, data: st.DataObject) -> None:
    spoken = [told(character)[0] for character in name]
    unusual = data.draw(st.integers(0, len(name) - 1))  # one character at a time is read as seldom as the library knows
    spoken[unusual] = data.draw(st.sampled_from(told(name[unusual])[:3]))
    first = data.draw(st.integers(0, len(name) - 1))
    typed = "".join(spoken[first:])
    if len(typed) > 1:
        assert answers([name], typed), (name, typed)
        assert any(place == first for place, _ in heard(name, typed, readings))
    initials = "".join(each[0] for each in spoken[first:])
    assert len(initials) < 2 or answers([name], initials)


@given(TITLE, st.integers(0, 13), st.integers(1, 6))
def test_the_index_answers_for_a_title_as_it_is_mostly_read(title: str, first: int, many: int) -> None:
    plain = [each for each in title if each not in "，·"]
    spoken = [told(each)[0] if each not in "3a" else each for each in plain][first : first + many]
    typed = "".join(spoken)
    if sum(map(str.isalpha, typed)) > 1 and "a" not in spoken:
        assert answers([title], typed), typed


@given(NAME, st.text("zhangsilued", min_size=2, max_size=8))
def test_the_index_answers_only_for_what_a_name_sounds_like(name: str, typed: str) -> None:
    if answers([name], typed):
        assert any(_begun(name[first:], typed) for first in range(len(name))), (name, typed)


def _begun(name: str, typed: str) -> bool:
    """Whether the letters are some syllables of the name, whole or initials, the last one begun."""
    if not name:
        return False
    for full in told(name[0])[:3]:
        if full.startswith(typed) or any(
            typed.startswith(form) and _begun(name[1:], typed[len(form) :]) for form in (full, full[0], full[:2])
        ):
            return True
    return False


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("吕四", "lv si|lv s0|l0 si|l0 s0"),
        (
            "重建乐昌2路",
            (
                "zhong jian le chang 20 lu|zhong j0|zhong jian l0|jian le c0|jian le ch0|chang 20 l0|chong jian le chang 20 lu"
                "|chong j0|chong jian l0|tong jian le chang 20 lu|tong j0|tong jian l0|zhong jian yue chang 20 lu|zhong jian y0"
                "|jian yue c0|jian yue ch0|zhong jian le chang 20 luo|z0 j0 l0 c0 20 l0|c0 j0 l0 c0 20 l0|t0 j0 l0 c0 20 l0"
                "|z0 j0 y0 c0 20 l0"
            ),
        ),
    ],
)
def test_what_the_index_is_given_stays_what_stations_have_stored(text: str, ways: str) -> None:
    assert sounds([text], readings) == ways.replace("|", f" {GAP} ")


@given(st.text(max_size=30))
def test_any_text_can_be_read_and_asked_for(text: str) -> None:
    assert '"' not in sounds([text], readings)
    assert list(heard(text, text.casefold(), readings)) == list(heard(text, text.casefold(), readings))
    assert all(set(cut) for cut in cuts(text))


def test_ways_to_read_are_kept_apart() -> None:
    assert sounds(["张三", "李四"], readings).split(f" {GAP} ")[-1] == "l0 s0"
    assert not answers(["张三", "李四"], "sanl")
