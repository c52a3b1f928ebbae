"""The recovery code: 128 bits as 48 digits, eight groups of six, each group 16 bits times eleven.

The shape is the one people know from BitLocker. A multiple of eleven stays none when one digit is misread or two
neighbours are swapped, so a slip is found in its group before any key is tried (package format 7.2, decision 22).
"""

import re
import secrets
import unicodedata
from typing import Final

from app.errors import Refused

GROUPS: Final = 8
GROUP_DIGITS: Final = 6
DIGITS: Final = GROUPS * GROUP_DIGITS
SECRET_BYTES: Final = 16

_FACTOR: Final = 11
_LONGEST_INPUT: Final = 1_000
_SEPARATORS: Final = re.compile(r"[\s\-\u2010-\u2015\u2212_.,;:/|\u00b7\u3001\u3002\uff0c]+")
_STRANGE: Final = re.compile(r"[^0-9]")


def make_secret() -> bytes:
    """Sixteen random bytes, to be spelled out once and kept on paper."""
    return secrets.token_bytes(SECRET_BYTES)


def spell(secret: bytes) -> str:
    """The 48 digits of a 16-byte secret, groups joined by hyphens; raises `ValueError` for another length."""
    if len(secret) != SECRET_BYTES:
        raise ValueError("sixteen bytes")
    words = (int.from_bytes(secret[place : place + 2], "big") for place in range(0, SECRET_BYTES, 2))
    return "-".join(f"{word * _FACTOR:0{GROUP_DIGITS}d}" for word in words)


def read(text: str) -> bytes:
    """The 16 bytes that a typed code means; spaces, hyphens, line breaks and full-width digits are forgiven.

    Raises `Refused` with `recovery_character(character)`, `recovery_length(digits, expected)` or
    `recovery_group_wrong(groups)`, the groups counted from one.
    """
    groups = _groups(text)
    wrong = tuple(number for number, group in enumerate(groups, 1) if not group_holds(group))
    if wrong:
        raise Refused("recovery_group_wrong", groups=wrong)
    return b"".join((int(group) // _FACTOR).to_bytes(2, "big") for group in groups)


def group_holds(group: str) -> bool:
    """Whether six digits can be a group of any code; for the window to check while a person types."""
    if len(group) != GROUP_DIGITS or _STRANGE.search(group):
        return False
    word, rest = divmod(int(group), _FACTOR)
    return rest == 0 and word < 1 << 16


def group_matches(secret: bytes, number: int, typed: str) -> bool:
    """Whether `typed` is group `number` (from one) of the code, as asked after printing (decision 22)."""
    wanted = spell(secret).split("-")[number - 1]
    return secrets.compare_digest(wanted, "".join(_parts(typed[:_LONGEST_INPUT])))


def _groups(text: str) -> list[str]:
    parts = _parts(text[:_LONGEST_INPUT])
    if len(parts) == GROUPS:
        return parts  # a digit too few or too many is then named with its group
    digits = "".join(parts)
    if len(digits) != DIGITS or len(text) > _LONGEST_INPUT:
        raise Refused("recovery_length", digits=len(digits), expected=DIGITS)
    return [digits[place : place + GROUP_DIGITS] for place in range(0, DIGITS, GROUP_DIGITS)]


def _parts(text: str) -> list[str]:
    parts = [part for part in _SEPARATORS.split(unicodedata.normalize("NFKC", text)) if part]
    for part in parts:
        strange = _STRANGE.search(part)
        if strange:
            raise Refused("recovery_character", character=strange.group())
    return parts
