"""The recovery code: every slip of the pen is found in its group."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Refused
from app.keys.recovery_code import DIGITS, GROUP_DIGITS, GROUPS, group_holds, group_matches, make_secret, read, spell

SECRETS = st.binary(min_size=16, max_size=16)
EDGES = (bytes(16), b"\xff" * 16, bytes(range(16)), b"\x00\x01" * 8, b"\xff\xfe" * 8)


@given(SECRETS)
def test_a_code_says_its_secret(secret: bytes) -> None:
    code = spell(secret)
    assert read(code) == secret
    assert [len(group) for group in code.split("-")] == [GROUP_DIGITS] * GROUPS


def test_codes_are_random() -> None:
    assert len({make_secret() for _ in range(50)}) == 50


def test_a_known_code() -> None:
    assert spell(bytes(range(16))) == "000011-005665-011319-016973-022627-028281-033935-039589"
    with pytest.raises(ValueError, match="sixteen"):
        spell(b"short")


@pytest.mark.parametrize("secret", EDGES)
def test_every_single_wrong_digit_is_found_in_its_group(secret: bytes) -> None:
    digits = spell(secret).replace("-", "")
    for place, right in enumerate(digits):
        for wrong in set("0123456789") - {right}:
            assert _wrong_groups(digits[:place] + wrong + digits[place + 1 :]) == {place // GROUP_DIGITS + 1}


@pytest.mark.parametrize("secret", EDGES)
def test_every_swap_of_neighbours_is_found_in_its_group(secret: bytes) -> None:
    digits = spell(secret).replace("-", "")
    for place in range(DIGITS - 1):
        _assert_swap_is_found(digits, place)


@given(SECRETS, st.integers(0, DIGITS - 1), st.integers(1, 9))
def test_a_wrong_digit_in_any_code(secret: bytes, place: int, by: int) -> None:
    digits = spell(secret).replace("-", "")
    wrong = str((int(digits[place]) + by) % 10)
    assert _wrong_groups(digits[:place] + wrong + digits[place + 1 :]) == {place // GROUP_DIGITS + 1}


@given(SECRETS, st.integers(0, DIGITS - 2))
def test_a_swap_in_any_code(secret: bytes, place: int) -> None:
    _assert_swap_is_found(spell(secret).replace("-", ""), place)


@given(SECRETS, st.sampled_from([" ", "\n", "-", " - ", "－", "—", "\u3000", "\r\n", "\t", "、", ""]), st.booleans())
def test_blanks_hyphens_breaks_and_full_width_digits_are_forgiven(secret: bytes, between: str, full_width: bool) -> None:
    typed = between.join(spell(secret).split("-"))
    if full_width:
        typed = typed.translate({ord("0") + digit: chr(ord("０") + digit) for digit in range(10)})
    assert read(f"\ufeff {typed}\n".replace("\ufeff", "")) == secret


def test_a_group_with_a_digit_too_few_is_named() -> None:
    groups = spell(bytes(range(16))).split("-")
    groups[2] = groups[2][:-1]
    assert _wrong_groups("-".join(groups)) == {3}


def test_two_wrong_groups_are_both_named() -> None:
    groups = spell(bytes(range(16))).split("-")
    groups[0], groups[7] = "000012", "999999"
    assert _wrong_groups(" ".join(groups)) == {1, 8}


@pytest.mark.parametrize(
    ("text", "digits"),
    [("", 0), ("123456", 6), ("1" * 47, 47), ("1" * 49, 49), ("0" * 5_000, 1_000)],
    ids=["none", "6", "47", "49", "5000"],
)
def test_another_number_of_digits_is_counted(text: str, digits: int) -> None:
    with pytest.raises(Refused) as caught:
        read(text)
    assert (caught.value.code, caught.value.facts) == ("recovery_length", {"digits": digits, "expected": 48})


@pytest.mark.parametrize("strange", ["O", "l", "٣", "é", "零"])
def test_what_is_no_digit_is_named(strange: str) -> None:
    with pytest.raises(Refused) as caught:
        read(spell(bytes(16))[:-1] + strange)
    assert caught.value.code == "recovery_character"
    assert caught.value.facts["character"] in (strange, "é"[0])


def test_a_group_can_be_checked_while_it_is_typed() -> None:
    assert group_holds("000011")
    assert group_holds("720885")
    for wrong in ("", "11", "000012", "720896", "00001١", "0000011", "-00011"):
        assert not group_holds(wrong)


def test_one_group_is_asked_for_after_printing() -> None:
    secret = bytes(range(16))
    assert group_matches(secret, 2, " ００５６６５ ")
    assert not group_matches(secret, 3, "005665")
    assert not group_matches(secret, 2, "")


@given(st.text(max_size=200))
def test_any_other_text_is_refused_in_words(text: str) -> None:
    assert _told(text) in {"recovery_character", "recovery_length", "recovery_group_wrong", "16 bytes"}


def _told(text: str) -> str:
    try:
        return f"{len(read(text))} bytes"
    except Refused as fault:
        return fault.code


def _assert_swap_is_found(digits: str, place: int) -> None:
    swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
    if swapped != digits:
        assert _wrong_groups(swapped) == {place // GROUP_DIGITS + 1, (place + 1) // GROUP_DIGITS + 1}


def _wrong_groups(text: str) -> set[int]:
    with pytest.raises(Refused) as caught:
        read(text)
    assert caught.value.code == "recovery_group_wrong"
    groups = caught.value.facts["groups"]
    assert isinstance(groups, tuple)
    return set(groups)
