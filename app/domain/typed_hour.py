"""Hours of the day as people type them."""

import re
from collections.abc import Iterator
from datetime import time
from typing import Final

from app.domain.problems import Problem

_HOUR: Final = re.compile(r"(\d{1,2})(?:[:：.点时]?(\d{2})?)?(?:分)?")


def hour_typed(text: str) -> time | None:
    """The hour that a text means: 9, 930, 9:30, 9点30分; None where it means none."""
    digits = text.strip()
    if len(digits) == 3 and digits.isdecimal():
        digits = f"0{digits}"
    found = _HOUR.fullmatch(digits)
    if not found:
        return None
    hours, minutes = int(found[1]), int(found[2] or 0)
    return time(hours, minutes) if hours < 24 and minutes < 60 else None


def hour_problems(field: str, text: str) -> Iterator[Problem]:
    """What is wrong with the text of an hour; nothing with no text, since hours may stay empty (decision 11)."""
    if text.strip() and hour_typed(text) is None:
        yield Problem(code="hour_malformed", field=field, facts={"text": text.strip()})
