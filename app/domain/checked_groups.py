"""Digits that people copy and read out: groups of six, each group 16 bits times eleven.

The shape is the one people know from BitLocker. A multiple of eleven stays none when one digit is misread or two
neighbours are swapped, so a slip is found in its group (package format 7.2).
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

GROUP_DIGITS: Final = 6
GROUP_BYTES: Final = 2

_FACTOR: Final = 11
_LONGEST_INPUT: Final = 1_000
_SEPARATORS: Final = re.compile(r"[\s\-\u2010-\u2015\u2212_.,;:/|\u00b7\u3001\u3002\uff0c]+")
_STRANGE: Final = re.compile(r"[^0-9]")


class Misread(ValueError):
    """What was typed is no such code: a `character` that is no digit, else the wrong `groups` (from 1), else `digits` in all."""

    def __init__(self, *, character: str = "", groups: tuple[int, ...] = (), digits: int = 0) -> None:
        super().__init__(character, groups, digits)
        self.character: Final = character
        self.groups: Final = groups
        self.digits: Final = digits


def spell(data: bytes) -> str:
    """The digits of an even number of bytes, groups joined by hyphens; raises `ValueError` for an odd one."""
    if len(data) % GROUP_BYTES:
        raise ValueError("an even number of bytes")
    words = (int.from_bytes(data[place : place + GROUP_BYTES], "big") for place in range(0, len(data), GROUP_BYTES))
    return "-".join(f"{word * _FACTOR:0{GROUP_DIGITS}d}" for word in words)


def read(text: str, count: int) -> bytes:
    """The bytes that `count` typed groups mean; spaces, hyphens, line breaks and full-width digits are forgiven.

    Raises `Misread`.
    """
    groups = _groups(text, count)
    wrong = tuple(number for number, group in enumerate(groups, 1) if not group_holds(group))
    if wrong:
        raise Misread(groups=wrong)
    return b"".join((int(group) // _FACTOR).to_bytes(GROUP_BYTES, "big") for group in groups)


def group_holds(group: str) -> bool:
    """Whether six digits can be a group of any code; for the window to check while a person types."""
    if len(group) != GROUP_DIGITS or _STRANGE.search(group):
        return False
    word, rest = divmod(int(group), _FACTOR)
    return rest == 0 and word < 1 << 8 * GROUP_BYTES


def typed_parts(text: str) -> Sequence[str]:
    """The groups as they were typed, whatever their length; raises `Misread(character)`."""
    parts = [part for part in _SEPARATORS.split(unicodedata.normalize("NFKC", text[:_LONGEST_INPUT])) if part]
    for part in parts:
        if strange := _STRANGE.search(part):
            raise Misread(character=strange.group())
    return parts


def _groups(text: str, count: int) -> Sequence[str]:
    parts = typed_parts(text)
    if len(parts) == count:
        return parts  # a digit too few or too many is then named with its group
    digits = "".join(parts)
    if len(digits) != count * GROUP_DIGITS or len(text) > _LONGEST_INPUT:
        raise Misread(digits=len(digits))
    return [digits[place : place + GROUP_DIGITS] for place in range(0, len(digits), GROUP_DIGITS)]
