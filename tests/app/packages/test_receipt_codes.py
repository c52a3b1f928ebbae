"""A receipt on paper: its codes give the very file back; a short code names a package and nothing else."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.packages.faults import PackageFault
from app.packages.receipt import sign_receipt
from app.packages.receipt_codes import MOST, PIECE, codes_of, gathered, is_code, plain_code, typed_code
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


def test_a_short_code_is_one_packages_and_forgives_what_is_commonly_mistaken() -> None:
    code = typed_code(DIGEST, INSIDE)
    assert len(code) == 14
    assert not set(code) & set("ILOU")
    assert typed_code(DIGEST[:-1] + "c", INSIDE) != code
    assert typed_code(DIGEST, INSIDE[:-1] + "c") != code
    assert plain_code(code.lower().replace("-", " ").replace("1", "l").replace("0", "o")) == code.replace("-", "")
