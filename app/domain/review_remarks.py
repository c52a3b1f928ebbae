"""Remarks of a review on single paragraphs, kept as lines that a person reads: 第2段「路灯…」：请写明数量."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

QUOTED: Final = 12
"""Characters of a paragraph's beginning that a remark quotes, so that it is found again after the text has moved."""

BESIDE: Final = "｜"
"""Between the words of the text and the remark on them, in a review after submission."""

_LINE: Final = re.compile(r"第([1-9][0-9]{0,4})段(?:「([^」\n]{0,40})」)?：(.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One remark: the paragraph it belongs to, counted from 1 without empty lines, how that begins, what is said of it."""

    paragraph: int
    words: str
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarks:
    """The help in wording of one review: what is said of paragraphs, and of the whole."""

    single: tuple[Remark, ...] = ()
    whole: str = ""


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text, without empty lines and outer blanks."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def remark_on(text: str, paragraph: int, words: str) -> Remark:
    """A remark on a paragraph of this text, with its beginning; one that is not there is only counted."""
    lines = paragraphs(text)
    quote = lines[paragraph - 1][:QUOTED].replace("」", "") if 0 < paragraph <= len(lines) else ""
    return Remark(paragraph=paragraph, words=_one_line(words), quote=quote)


def written(remarks: Remarks) -> str:
    """The remarks as the record keeps them: one line each, then what is said of the whole."""
    lines = [f"第{each.paragraph}段" + (f"「{each.quote}」" if each.quote else "") + f"：{each.words}" for each in remarks.single]
    return "\n".join([*lines, *([remarks.whole] if remarks.whole else [])])


def read(text: str) -> Remarks:
    """The remarks that `written` wrote; every line that is none belongs to what is said of the whole."""
    single: list[Remark] = []
    whole: list[str] = []
    for line in text.split("\n"):
        found = _LINE.fullmatch(line)
        if found and not whole:
            single.append(Remark(paragraph=int(found[1]), words=found[3], quote=found[2] or ""))
        else:
            whole.append(line)
    return Remarks(single=tuple(single), whole="\n".join(whole))


def place_of(remark: Remark, text: str) -> int | None:
    """Which paragraph it belongs to now, counted from 0: the one that begins so nearest to its old place, else the old place."""
    lines = paragraphs(text)
    alike = [at for at, line in enumerate(lines) if remark.quote and line.startswith(remark.quote)]
    if alike:
        return min(alike, key=lambda at: abs(at - remark.paragraph + 1))
    return remark.paragraph - 1 if remark.paragraph <= len(lines) and not remark.quote else None


def merged(earlier: Sequence[Remark], new: Remark) -> tuple[Remark, ...]:
    """The remarks in the order of the text with one more; a second one on the same paragraph follows the first."""
    return tuple(sorted((*earlier, new), key=lambda each: each.paragraph))


def _one_line(words: str) -> str:
    return " ".join(words.split())


def beside_words(line: str) -> Remark:
    """A remark of a review that names words of the text, 「words｜remark」; without such words it is on the whole."""
    quote, apart, words = line.partition(BESIDE)
    return (
        Remark(paragraph=0, words=_one_line(words), quote=quote.strip()) if apart else Remark(paragraph=0, words=_one_line(line))
    )


def span_of(remark: Remark, text: str) -> tuple[int, int] | None:
    """The characters a remark belongs to now: its paragraph, or its words; None where they are not there any more."""
    if not remark.paragraph:
        at = text.find(remark.quote) if remark.quote else -1
        return (at, at + len(remark.quote)) if at >= 0 else None
    place = place_of(remark, text)
    if place is None:
        return None
    start = end = 0
    for line in paragraphs(text)[: place + 1]:
        start = text.index(line, end)
        end = start + len(line)
    return start, end
