"""Two versions of a text as what stayed, what went and what came, for a person to read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

_PIECE: Final = re.compile(r"[^。；！？，、,.;!?\n]*[。；！？，、,.;!?\n]?")
_AROUND: Final = 12  # characters of what stayed that are shown beside a change
_MOST: Final = 4000  # pieces beyond which the middle of a text is told as one change: comparing grows with their square


class Fate(StrEnum):
    """What became of a piece."""

    STAYED = "stayed"
    WENT = "went"
    CAME = "came"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a text, in one version or in both."""

    fate: Fate
    text: str


def text_changes(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces in their order; those that came or went with those that stayed are both texts, whole."""
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    middle = _middle(before[start : len(before) - end], after[start : len(after) - end])
    whole = (Piece(Fate.STAYED, before[:start]), *middle, Piece(Fate.STAYED, before[len(before) - end :]))
    return tuple(each for each in whole if each.text)


def shortened(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The same with long stretches that stayed told by their ends."""
    last = len(pieces) - 1
    return tuple(
        Piece(each.fate, _ends(each.text, left=number > 0, right=number < last)) if each.fate is Fate.STAYED else each
        for number, each in enumerate(pieces)
    )


def _middle(before: str, after: str) -> Iterator[Piece]:
    old, new = _pieces(before), _pieces(after)
    if len(old) * len(new) > _MOST * _MOST // 4:
        old, new = [before], [after]
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece(Fate.STAYED, "".join(old[i:j]))
        else:
            yield Piece(Fate.WENT, "".join(old[i:j]))
            yield Piece(Fate.CAME, "".join(new[k:m]))


def _pieces(text: str) -> list[str]:
    return [each for each in _PIECE.findall(text) if each]


def _shared(one: str, other: str) -> int:
    """How many characters both begin with."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _ends(text: str, *, left: bool, right: bool) -> str:
    """What is left of a stretch beside the changes at its left and right."""
    if len(text) <= 3 * _AROUND:
        return text
    return (text[:_AROUND] if left else "") + "…" + (text[-_AROUND:] if right else "")
