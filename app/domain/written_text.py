"""Long Chinese text as a person brings it here: copied from a PDF, a web page or Word, with what those leave in it."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

_LINE_ENDS: Final = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_BLANKS: Final = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f]")
_UNSEEN: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
    # joiners hold composed pictures (emoji) together; anywhere else they only break a search
    "|\u200d(?![\u2600-\u27bf\U0001f000-\U0001faff])|(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d"
)
_NEW_LINES: Final = dict.fromkeys(map(ord, "\n\r\t\v\f\x85\u2028\u2029"), " ")
_SPACE: Final = re.compile(r"\s+")
_MANY_EMPTY: Final = re.compile("\n{3,}")

_NARROWEST_PAGE: Final = 40  # half-width columns: shorter lines are a list or a poem, not a page that broke them
_SLACK: Final = 6  # columns: a first line's indent, and a character moved on so that no line begins with a full stop
_SENTENCE_ENDS: Final = frozenset("。！？!?…；;：:")
_CLOSING: Final = "”’」』）)】》〉\"'"
_NEW_ITEM: Final = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,3}[、.．)）](?!\d)|第[一二三四五六七八九十]{1,3}[章节条，、]|[①-⑳●•▪·—-]"
)
_FIRST_WORD: Final = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """A text that was cleaned, and of what: line ends of a page joined, blanks of other programs, characters nobody sees."""

    text: str
    joined: int = 0
    blanks: int = 0
    unseen: int = 0


def pasted_text(text: str) -> str:
    """The text alone of what `cleaned` makes."""
    return cleaned(text).text


def cleaned(text: str) -> Pasted:
    """The text without what nobody sees, and with the lines of a page joined into the paragraphs they were.

    A line end is taken for the page's where the next line's first word would not have fitted behind it; the end of a
    sentence, a numbered item and an empty line always begin anew. Nothing that can be seen is lost.
    """
    spaced, blanks = _BLANKS.subn(" ", _LINE_ENDS.sub("\n", text))
    plain, unseen = _UNSEEN.subn("", spaced)
    if "\n" not in plain:
        return Pasted(text=plain, blanks=blanks, unseen=unseen)  # into the middle of a line: its blanks belong there
    lines = [line.strip(" \u3000") for line in plain.split("\n")]
    joined = "".join(_joined(lines))
    many = len(lines) - 1 - joined.count("\n")
    return Pasted(text=_MANY_EMPTY.sub("\n\n", joined), joined=many, blanks=blanks, unseen=unseen)


def plain_line(text: str) -> str:
    """A paragraph without what nobody sees and without blanks around it; those within stay, as plain ones."""
    return _UNSEEN.sub("", _BLANKS.sub(" ", text)).strip(" \u3000")


def one_line(text: str) -> str:
    """A name or another short text in one line, without what nobody sees."""
    return " ".join(_UNSEEN.sub("", text.translate(_NEW_LINES)).split())


def counted(text: str) -> int:
    """How long a text is as offices count it: every character but white space."""
    return len(_SPACE.sub("", text))


def _joined(lines: list[str]) -> Iterator[str]:
    page = max(map(_width, lines))
    yield lines[0]
    for line, following in pairwise(lines):
        if page < _NARROWEST_PAGE or not _broken(line, following, page):
            yield "\n"
        elif _is_narrow(line[-1]) and _is_narrow(following[0]):
            yield " "
        yield following


def _broken(line: str, following: str, page: int) -> bool:
    """Whether the page, and not a person, ended the line."""
    if not line or not following or _NEW_ITEM.match(following):
        return False
    if line.rstrip(_CLOSING)[-1:] in _SENTENCE_ENDS:
        return False
    word = _FIRST_WORD.match(following)
    return _width(line) + (len(word[0]) if word else 2) + _SLACK > page


def _width(line: str) -> int:
    """Half-width columns."""
    return sum(1 if _is_narrow(character) else 2 for character in line)


def _is_narrow(character: str) -> bool:
    return unicodedata.east_asian_width(character) not in "FWA"
