"""Numbers and names of residents are found in a text; years, sums and document numbers are not taken for them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.personal_data import PersonalData, blotted, identity_numbers, personal_data, without_identity_numbers


@pytest.mark.parametrize(
    ("text", "what", "found"),
    [
        ("电话13800000000。", PersonalData.PHONE, "13800000000"),
        ("电话138 0000-0000。", PersonalData.PHONE, "138 0000-0000"),
        ("座机0731-84400000", PersonalData.PHONE, "0731-84400000"),
        ("身份证43010119900101001X号", PersonalData.IDENTITY, "43010119900101001X"),
    ],
)
def test_a_number_that_names_a_person_is_found(text: str, what: PersonalData, found: str) -> None:
    (place,) = personal_data(text)
    assert (place.what, text[place.start : place.end]) == (what, found)


@pytest.mark.parametrize(
    "text", ["2024年1月1日", "投资138000000000元", "湘政办发〔2017〕41号", "430181001-001", "43010120260101", ""]
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert personal_data(text) == ()


def test_names_of_residents_are_found_each_time() -> None:
    text = "群众甲说，群众甲和乙都来过。"
    places = personal_data(text, ["群众甲", "乙", " "])
    assert [(text[each.start : each.end], each.what) for each in places] == [("群众甲", PersonalData.NAME)] * 2


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014", "34052419800101001x"])
def test_an_identity_number_with_its_check_digit_is_taken_out(number: str) -> None:
    assert without_identity_numbers(f"身份证{number}，谢谢") == "身份证，谢谢"


@pytest.mark.parametrize("number", ["110105194912310021", "123456789012345678", "2026112300000123"])
def test_a_number_that_only_looks_like_one_stays(number: str) -> None:
    assert (identity_numbers(number), without_identity_numbers(number)) == ((), number)


@pytest.mark.parametrize("text", ["王小明说", "王小明王小明说", "小明说", "李王小明明说"])
def test_of_a_name_that_holds_or_meets_another_nothing_stays(text: str) -> None:
    told = blotted(text, ("王小明", "小明", "李王小", "明说"))
    assert set(told) <= set("某说")


@given(st.lists(st.text("甲乙丙", min_size=2, max_size=4), max_size=4), st.text("甲乙丙丁", max_size=12))
def test_every_character_of_a_name_is_gone_and_every_other_stays(names: list[str], text: str) -> None:
    covered = {place for found in personal_data(text, names) for place in range(found.start, found.end)}
    kept = "".join(each for place, each in enumerate(text) if place not in covered)
    assert blotted(text, names).replace("某某", "") == kept
