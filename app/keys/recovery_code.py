"""The recovery code: 128 bits as 48 digits, eight checked groups of six (package format 7.2, decision 22).

A slip is found in its group before any key is tried.
"""

import secrets
from typing import Final

from app.domain import checked_groups
from app.domain.checked_groups import GROUP_BYTES, GROUP_DIGITS, Misread, group_holds, typed_parts
from app.errors import Refused

__all__ = ["DIGITS", "GROUPS", "GROUP_DIGITS", "SECRET_BYTES", "group_holds", "group_matches", "make_secret", "read", "spell"]

GROUPS: Final = 8
DIGITS: Final = GROUPS * GROUP_DIGITS
SECRET_BYTES: Final = GROUPS * GROUP_BYTES


def make_secret() -> bytes:
    """Sixteen random bytes, to be spelled out once and kept on paper."""
    return secrets.token_bytes(SECRET_BYTES)


def spell(secret: bytes) -> str:
    """The 48 digits of a 16-byte secret, groups joined by hyphens; raises `ValueError` for another length."""
    if len(secret) != SECRET_BYTES:
        raise ValueError("sixteen bytes")
    return checked_groups.spell(secret)


def read(text: str) -> bytes:
    """The 16 bytes that a typed code means; spaces, hyphens, line breaks and full-width digits are forgiven.

    Raises `Refused` with `recovery_character(character)`, `recovery_length(digits, expected)` or
    `recovery_group_wrong(groups)`, the groups counted from one.
    """
    try:
        return checked_groups.read(text, GROUPS)
    except Misread as slip:
        raise _refused(slip) from None


def group_matches(secret: bytes, number: int, typed: str) -> bool:
    """Whether `typed` is group `number` (from one) of the code, as asked after printing (decision 22)."""
    wanted = spell(secret).split("-")[number - 1]
    try:
        return secrets.compare_digest(wanted, "".join(typed_parts(typed)))
    except Misread as slip:
        raise _refused(slip) from None


def _refused(slip: Misread) -> Refused:
    if slip.character:
        return Refused("recovery_character", character=slip.character)
    if slip.groups:
        return Refused("recovery_group_wrong", groups=slip.groups)
    return Refused("recovery_length", digits=slip.digits, expected=DIGITS)
