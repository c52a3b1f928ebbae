"""A receipt on paper: its codes give the very file back; a short code proves that one package was opened."""

import hmac
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.checked_groups import Misread
from app.packages.faults import PackageFault
from app.packages.receipt import sign_receipt
from app.packages.receipt_codes import MOST, MOST_NUMBER, PIECE, codes_of, gathered, is_code, read_typed, typed_code
from tests.app.packages.trust_samples import RECEIPT, item, receipt

DIGEST = "sha256:" + "ab" * 32
INSIDE = "sha256:" + "d" * 64


def signed(items: int = 1) -> bytes:
    """A receipt that tells of so many packages, whose digests no packing makes shorter."""
    chance = Random(2)
    told = tuple(item(seq=each + 1, package="sha256:" + chance.randbytes(32).hex()) for each in range(items))
    return sign_receipt(receipt(items=told), RECEIPT)


@pytest.mark.parametrize("items", [0, 1, 60])
def test_the_codes_in_any_order_give_the_file_back_byte_for_byte(items: int) -> None:
    document = signed(items)
    codes = list(codes_of(document))
    assert all(is_code(each) for each in codes)
    Random(1).shuffle(codes)
    assert gathered(codes).document == document
    assert gathered([*codes, codes[0], "something else"]).document == document


def test_some_of_the_codes_are_no_receipt_yet() -> None:
    codes = codes_of(signed(60))
    assert len(codes) > 1
    told = gathered(codes[:1])
    assert (told.read, told.of, told.document) == (1, len(codes), b"")
    assert gathered([]).of == 0


def test_codes_of_two_receipts_are_not_mixed() -> None:
    first, second = codes_of(signed(60)), codes_of(signed(61))
    assert gathered([*first[:1], *second]).document == signed(61)


def test_an_altered_code_is_noticed() -> None:
    (code,) = codes_of(signed(0))
    altered = code[:-1] + ("A" if code[-1] != "A" else "B")
    with pytest.raises(PackageFault, match="E_ENVELOPE"):
        gathered([altered])


def test_a_receipt_too_long_for_paper_says_so() -> None:
    with pytest.raises(PackageFault, match="E_LIMIT"):
        codes_of(signed(600))
    assert MOST * PIECE < 600 * 32


@given(st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", min_size=1, max_size=90))
def test_any_text_behind_the_mark_is_refused_in_words(text: str) -> None:
    with pytest.raises(PackageFault):
        gathered([f"LLZR1/00000000/1/1/{text}"])


# --- the short code ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 12, MOST_NUMBER])
def test_a_short_code_says_its_number_and_proves_its_package_alone(number: int) -> None:
    code = typed_code(number, DIGEST, INSIDE)
    assert [len(each) for each in code.split("-")] == [6, 6, 6, 6]
    said = read_typed(code)
    assert (said.number, len(said.proof)) == (number, 6)
    assert said.proves(DIGEST, INSIDE)
    assert not said.proves(DIGEST[:-1] + "c", INSIDE)
    assert not said.proves(DIGEST, INSIDE[:-1] + "c")
    assert read_typed(code.replace("-", " ")) == read_typed(code.replace("-", "")) == said


def test_every_wrong_digit_of_a_short_code_is_found_in_its_group() -> None:
    digits = typed_code(42, DIGEST, INSIDE).replace("-", "")
    for place, right in enumerate(digits):
        for wrong in set("0123456789") - {right}:
            with pytest.raises(Misread) as found:
                read_typed(digits[:place] + wrong + digits[place + 1 :])
            assert found.value.groups == (place // 6 + 1,)


def test_a_short_code_is_reckoned_as_the_format_says() -> None:
    """By hand: HMAC-SHA-256, 48 bits, times eleven."""
    told = hmac.new(INSIDE.encode(), b"llz taken in 1 " + DIGEST.encode(), "sha256").digest()
    words = [7, *(int.from_bytes(told[place : place + 2], "big") for place in (0, 2, 4))]
    assert typed_code(7, DIGEST, INSIDE) == "-".join(f"{11 * word:06}" for word in words)
