"""What a scanner, a camera or a photograph read off a card or a form, and what in it may name somebody or something."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

from app.domain.paper_code import read_code
from app.domain.values import Id

LONGEST: Final = 2000
"""Characters of a code that are looked at: a QR code holds some three thousand at most, and no number is so long."""
_UNSEEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
_PARTS: Final = re.compile(r"[^\s,;，；|:：\"'{}\[\]()（）<>《》=&?#/\\]+")


def plain(scanned: str) -> str:
    """What was scanned on one line, full-width characters made narrow, nothing unseen in it."""
    return " ".join(_UNSEEN.sub(" ", unicodedata.normalize("NFKC", scanned[:LONGEST])).split())


def names_within(scanned: str) -> tuple[str, ...]:
    """What may be a number or an identifier in it, the likeliest first: the whole, the values a link carries, then every word."""
    return tuple(dict.fromkeys(each for each in _names(plain(scanned)) if each))


def same(one: str, other: str) -> bool:
    """Whether two numbers are the same but for width, capital letters, blanks and hyphens."""
    return bool(one) and _squeezed(one) == _squeezed(other)


def card_code(deputy: Id) -> str:
    """What the code on a card that this program prints holds: the identifier, for a card must name nobody.

    Plain ASCII and in capitals, so that a scanner that types like a keyboard gets it through whatever layout is set.
    """
    return deputy.upper()


def _names(text: str) -> Iterator[str]:
    if paper := read_code(text):
        yield paper.record
    yield text
    if "://" in text or text.lower().startswith("www."):
        link = _split(text)
        if link is not None:
            query, fragment, path = link
            yield from (value for _name, value in parse_qsl(query))
            yield from (value for _name, value in parse_qsl(fragment.partition("?")[2] or fragment))
            yield from reversed([unquote(each) for each in path.split("/")])
    yield from _PARTS.findall(text)


def _split(text: str) -> tuple[str, str, str] | None:
    try:
        parts = urlsplit(text)
    except ValueError:  # such as a bracket that is not closed
        return None
    return parts.query, parts.fragment, parts.path


def _squeezed(text: str) -> str:
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).casefold()
