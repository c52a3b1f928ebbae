"""Numbers longer than a spreadsheet can hold: it keeps 15 digits and writes zeros for the rest, without a word."""

import re
from typing import Final

from app.ledgers.cells import Value
from app.ledgers.text import clean_line

LOST: Final = 10**15
"""From here on a whole number is longer than a spreadsheet keeps."""

_POWER: Final = re.compile(r"\d(?:\.\d+)?[Ee]\+(\d{2})")
_IDENTITY_ROUNDED: Final = re.compile(r"[1-9]\d{14}000")


def is_rounded(value: Value, *, saved_as_text: bool = False) -> bool:
    """Whether the cell held a number of more digits than Excel keeps, so that its last ones are lost.

    `saved_as_text` says that the sheet is a text table that a spreadsheet program may have written: there a lost number
    looks like 4.30181E+17, or like a citizen's number that ends in three zeros.
    """
    if isinstance(value, bool):
        return False
    if isinstance(value, int | float):
        return abs(value) >= LOST
    if not saved_as_text or not isinstance(value, str):
        return False
    text = clean_line(value)
    power = _POWER.fullmatch(text)
    return bool(power and int(power[1]) >= 10) or _IDENTITY_ROUNDED.fullmatch(text) is not None
