"""Two versions of a long text side by side: paragraph beside paragraph, and in a changed one what came and went by character.

Comparing grows with the square of what is compared, so paragraphs are paired first, in a changed pair its clauses, and
characters only within a changed clause.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Final

from app.domain.likeness import pieces
from app.domain.text_changes import Fate, Piece, text_changes

_MOST_PAIRS: Final = 400  # pairs of paragraphs that are looked at to find which belong together
_MOST_WORK: Final = 40_000  # comparisons of characters within one change
_LIKE: Final = 0.3  # pieces two paragraphs share to be one that was changed
_SAME: Final = 0.2  # below it a paragraph was not changed but replaced: what it has in common with the other is chance
_ISLAND: Final = 1  # characters between two changes that are no island of their own


@dataclass(frozen=True, slots=True)
class ComparedParagraph:
    """One paragraph in both versions; None on the side that lacks it."""

    before: tuple[Piece, ...] | None
    after: tuple[Piece, ...] | None

    @property
    def changed(self) -> bool:
        """Whether the versions differ here."""
        if self.before is None or self.after is None:
            return True
        return any(each.fate is not Fate.STAYED for each in (*self.before, *self.after))


def compared(before: str, after: str) -> tuple[ComparedParagraph, ...]:
    """Both texts whole, a paragraph a row, in their order."""
    old, new = before.split("\n"), after.split("\n")
    return tuple(_rows(old, new))


def _rows(old: Sequence[str], new: Sequence[str]) -> Iterator[ComparedParagraph]:
    for tag, i, j, k, m in _opcodes(old, new):
        if tag == "equal":
            for text in old[i:j]:
                stayed = (Piece(Fate.STAYED, text),)
                yield ComparedParagraph(stayed, stayed)
        else:
            yield from (_pair(one, other) for one, other in _paired(old[i:j], new[k:m]))


def _opcodes(old: Sequence[str], new: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    """As of difflib; where the same is said again and again, what both begin and end with, and the middle as one change."""
    if _work(old, new) <= _MOST_WORK:
        return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    start = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    rest = list(zip(reversed(old[start:]), reversed(new[start:]), strict=False))
    end = next((at for at, (a, b) in enumerate(rest) if a != b), len(rest))
    last, newest = len(old) - end, len(new) - end
    return [
        ("equal", 0, start, 0, start),
        ("replace", start, last, start, newest),
        ("equal", last, len(old), newest, len(new)),
    ]


def _work(old: Sequence[str], new: Sequence[str]) -> int:
    """How many pairs are the same: what difflib looks at, once at least."""
    times = Counter(new)
    return sum(times[each] for each in old)


def _paired(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str | None, str | None]]:
    """Paragraphs that belong together beside each other, the order kept; what is only in one version alone."""
    if not old or not new or len(old) * len(new) > _MOST_PAIRS:
        yield from zip_longest(old, new)
        return
    ours, theirs = [set(pieces(each)) for each in old], [set(pieces(each)) for each in new]
    at = 0
    for number, one in enumerate(old):
        like = [(_share(ours[number], theirs[place]), -place) for place in range(at, len(new))]
        best, place = max(like, default=(0.0, 0))
        if best < _LIKE:
            yield one, None
            continue
        yield from ((None, each) for each in new[at:-place])
        yield one, new[-place]
        at = -place + 1
    yield from ((None, each) for each in new[at:])


def _share(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0


def _pair(one: str | None, other: str | None) -> ComparedParagraph:
    if one is None or other is None:
        went = None if one is None else (Piece(Fate.WENT, one),)
        return ComparedParagraph(went, None if other is None else (Piece(Fate.CAME, other),))
    if _share(set(pieces(one)), set(pieces(other))) < _SAME:
        return ComparedParagraph((Piece(Fate.WENT, one),), (Piece(Fate.CAME, other),))
    whole = tuple(_by_character(text_changes(one, other)))
    return ComparedParagraph(_side(whole, Fate.WENT), _side(whole, Fate.CAME))


def _by_character(changes: Sequence[Piece]) -> Iterator[Piece]:
    """The same pieces, those that went and came in the same place told by their characters."""
    went = ""
    for each in changes:
        if each.fate is Fate.WENT:
            went += each.text
        elif each.fate is Fate.CAME and went and _work(went, each.text) <= _MOST_WORK:
            yield from _characters(went, each.text)
            went = ""
        else:
            yield from [Piece(Fate.WENT, went)] if went else []
            went = ""
            yield each
    if went:
        yield Piece(Fate.WENT, went)


def _characters(one: str, other: str) -> Iterator[Piece]:
    codes = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    for number, (tag, i, j, k, m) in enumerate(codes):
        island = tag == "equal" and j - i <= _ISLAND and 0 < number < len(codes) - 1
        if tag == "equal" and not island:
            yield Piece(Fate.STAYED, one[i:j])
            continue
        yield from [Piece(Fate.WENT, one[i:j])] if j > i else []
        yield from [Piece(Fate.CAME, other[k:m])] if m > k else []


def _side(pieces_: Sequence[Piece], fate: Fate) -> tuple[Piece, ...]:
    """What one version holds of them, neighbours of one fate joined."""
    joined: list[Piece] = []
    for each in pieces_:
        if each.fate not in {Fate.STAYED, fate}:
            continue
        if joined and joined[-1].fate is each.fate:
            joined[-1] = Piece(each.fate, joined[-1].text + each.text)
        else:
            joined.append(each)
    return tuple(joined)
