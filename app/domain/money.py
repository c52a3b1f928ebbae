"""Sums of money: kept in 分, written in 万元."""

import re
from decimal import Decimal
from typing import Final

MONEY: Final = frozenset({"budget", "amount"})
"""The fields that hold sums: typed and shown in 万元."""

_A_TEN_THOUSAND: Final = 1_000_000  # 分 of a 万元
_SUM: Final = re.compile(r"(\d{1,9}(?:\.\d{1,6})?)(万元|万|亿元|亿|元)?")
_TIMES: Final = {"元": Decimal(100), "亿": Decimal(_A_TEN_THOUSAND * 10_000), "亿元": Decimal(_A_TEN_THOUSAND * 10_000)}


def money_typed(text: str) -> int | None:
    """The 分 that a text means: 12.5, 12.5万元, 800元, 1.2亿; a number alone is of 万元. None where it means none."""
    plain = "".join(text.split()).replace(",", "").replace("，", "")
    found = _SUM.fullmatch(plain)
    if not found:
        return None
    return int(Decimal(found[1]) * _TIMES.get(found[2] or "", Decimal(_A_TEN_THOUSAND)))


def money_told(cents: int) -> str:
    """The number of 万元, without zeros at its end; empty for nothing."""
    if not cents:
        return ""
    told = f"{Decimal(cents) / _A_TEN_THOUSAND:f}"
    return told.rstrip("0").rstrip(".") if "." in told else told
