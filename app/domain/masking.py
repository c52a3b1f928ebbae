"""Masking (脱敏): what lists and prints show of a person's name, phone and address (PIPL art. 51, domain brief 5.3)."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from app.domain.values import Json

_NUMBER: Final = re.compile(r"\d(?:[\d\s-]*\d)?")
_VILLAGE: Final = re.compile(r".*?(?:村(?!.{0,4}(?:镇|乡|街道))|社区|居委会)")
_TOWNSHIP: Final = re.compile(r".*?(?:镇|乡|街道)")
_FULL: Final = 10  # digits from which a number is long enough to show both ends


def masked_name(name: str) -> str:
    """The first character and one star, so that the length is hidden too."""
    name = name.strip()
    return f"{name[0]}*" if name else ""


def masked_phone(text: str) -> str:
    """Every number in `text` with its middle hidden: 138****5678; of a short one only the last two digits stay."""
    return _NUMBER.sub(lambda found: _masked_digits("".join(filter(str.isdigit, found[0]))), text)


def masked_address(address: str) -> str:
    """The address down to the village or community, else the township; nothing where neither is named."""
    address = address.strip()
    found = _VILLAGE.match(address) or _TOWNSHIP.match(address)
    return found[0] if found else ""


def _masked_digits(digits: str) -> str:
    if len(digits) >= _FULL:
        return f"{digits[:3]}****{digits[-4:]}"
    return "*" * max(0, len(digits) - 2) + digits[-2:] if len(digits) > 4 else "*" * len(digits)


def masked_texts(body: Mapping[str, Json], mask: Callable[[str], str]) -> dict[str, Json]:
    """A record's members with every text in them, and in their lists, as `mask` leaves it."""
    return {name: _masked_in(value, mask) for name, value in body.items()}


def _masked_in(value: Json, mask: Callable[[str], str]) -> Json:
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, Mapping):
        return masked_texts(value, mask)
    return [_masked_in(each, mask) for each in value] if isinstance(value, (list, tuple)) else value
