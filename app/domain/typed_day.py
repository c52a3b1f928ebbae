"""Days as people type them where a day may also be left out."""

import re
from datetime import date
from typing import Final

_FULL: Final = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?|(\d{4})(\d{2})(\d{2})")
_SHORT: Final = re.compile(r"(\d{1,2})[-./月](\d{1,2})日?")


def day_typed(text: str, today: date) -> date | None:
    """The day that a text means: 2026-1-31, 2026.1.31, 20260131, 1月31日 of this year; None where it means none."""
    plain = "".join(text.split())
    if found := _FULL.fullmatch(plain):
        numbers = [int(each) for each in found.groups() if each]
    elif found := _SHORT.fullmatch(plain):
        numbers = [today.year, int(found[1]), int(found[2])]
    else:
        return None
    try:
        return date(*numbers)
    except ValueError:
        return None
