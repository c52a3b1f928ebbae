"""Numbers that a spreadsheet program has not kept whole: it holds 15 digits, and shows long ones short, without a word."""

import re
from typing import Final

from app.ledgers.cells import Value
from app.ledgers.text import clean_line

LOST: Final = 10**15
"""From here on a whole number is longer than a spreadsheet keeps."""
_KEPT: Final = 15  # digits

_POWER: Final = re.compile(r"\d(?:\.\d+)?[Ee]\+(\d{2,3})")
_IDENTITY_ROUNDED: Final = re.compile(r"[1-9]\d{14}000")


def lost_digits(value: Value, *, saved_as_text: bool = False) -> str:
    """The code of how a cell has lost digits; empty where it has not.

    `number_rounded`: the number has more digits than Excel keeps, and its last ones are zeros now. `number_shortened`: a
    shorter one, such as a telephone, was written as it was shown, 1.39E+10; the workbook it came from still holds it whole.
    `saved_as_text` says that the sheet is a text table that a spreadsheet program may have written: only there is a text of
    18 digits that ends in three zeros a lost one.
    """
    if isinstance(value, str):
        text = clean_line(value)
        power = _POWER.fullmatch(text)
        if power and int(power[1]) < _KEPT:
            problem = "number_shortened"
            return problem
        lost = power is not None or (saved_as_text and _IDENTITY_ROUNDED.fullmatch(text) is not None)
    else:
        lost = isinstance(value, int | float) and abs(value) >= LOST
    problem = "number_rounded" if lost else ""
    return problem
