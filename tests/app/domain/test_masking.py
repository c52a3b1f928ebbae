"""What lists and prints show of a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.masking import masked_address, masked_name, masked_phone
from tests.app.domain.invented import TEXT


@pytest.mark.parametrize(
    ("name", "shown"), [("张三", "张*"), ("张小三", "张*"), (" 欧阳某某 ", "欧*"), ("𬭎某", "𬭎*"), ("", ""), ("  ", "")]
)
def test_of_a_name_the_first_character_stays(name: str, shown: str) -> None:
    assert masked_name(name) == shown


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13800005678", "138****5678"),
        ("138 0000 5678", "138****5678"),
        ("0731-80005678", "073****5678"),
        ("80005678", "******78"),
        ("12345", "***45"),
        ("110", "***"),
        ("手机13800005678，家80005678", "手机138****5678，家******78"),
        ("１３８００００５６７８", "１３８****５６７８"),
        ("", ""),
        ("无", "无"),
    ],
)
def test_of_a_number_the_middle_is_hidden(phone: str, shown: str) -> None:
    assert masked_phone(phone) == shown


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("青石镇河湾村三组12号", "青石镇河湾村"),
        ("青石街道河湾社区5栋201", "青石街道河湾社区"),
        ("青石镇居委会5号", "青石镇居委会"),
        ("新村镇河湾村3组", "新村镇河湾村"),
        ("新村街道3号", "新村街道"),
        ("中村瑶族乡河湾村3组", "中村瑶族乡河湾村"),
        ("河湾村新村路3号", "河湾村"),
        ("青石路12号", ""),
        ("", ""),
    ],
)
def test_an_address_ends_at_the_village(address: str, shown: str) -> None:
    assert masked_address(address) == shown


@given(st.text("0123456789 -", min_size=7, max_size=20).filter(lambda text: sum(map(str.isdigit, text)) >= 7))
def test_never_more_than_seven_digits_of_a_number_stay(phone: str) -> None:
    runs = masked_phone(phone)
    assert sum(map(str.isdigit, runs)) <= 7
    assert "*" in runs


@given(TEXT)
def test_a_masked_address_is_where_the_address_begins(address: str) -> None:
    assert address.strip().startswith(masked_address(address))
