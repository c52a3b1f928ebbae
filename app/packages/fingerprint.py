"""A fingerprint: a digest in a form that two people compare, on paper or by telephone."""

import hashlib
import hmac
import re
from functools import lru_cache
from typing import Final

SPOKEN_DIGITS: Final = 12

_HEX: Final = re.compile(r"[0-9a-f]{64}")
_SPOKEN: Final = re.compile(r"[0-9]{12}")
_BETWEEN: Final = re.compile(r"[\s:\-]+")


@lru_cache(maxsize=8)  # a page that shows it asks for the same few again and again
def spoken(digest: str) -> str:
    """Twelve digits for a SHA-256 digest in hexadecimal, in three groups of four.

    Twelve digits are only 40 bits. The digest is stretched by scrypt first, so that somebody who searches for another key
    with the same digits pays a twentieth of a second and 16 MiB for each try, not a hundred nanoseconds.
    """
    stretched = hashlib.scrypt(bytes.fromhex(digest), salt=b"llz fingerprint 1", n=1 << 14, r=8, p=1, dklen=16)
    digits = f"{int.from_bytes(stretched, 'big') % 10**SPOKEN_DIGITS:0{SPOKEN_DIGITS}d}"
    return " ".join(digits[place : place + 4] for place in range(0, SPOKEN_DIGITS, 4))


def is_fingerprint(given: str) -> bool:
    """Whether a person's text can be a fingerprint, whole or spoken."""
    bare = _bare(given)
    return bool(_HEX.fullmatch(bare) or _SPOKEN.fullmatch(bare))


def agrees(given: str, digest: str) -> bool:
    """Whether `given`, 64 hexadecimal digits or the twelve spoken ones, is the fingerprint `digest`; blanks do not count."""
    bare = _bare(given)
    wanted = _bare(spoken(digest)) if _SPOKEN.fullmatch(bare) else digest
    return hmac.compare_digest(bare.encode(), wanted.encode())


def _bare(given: str) -> str:
    return _BETWEEN.sub("", given).lower()
