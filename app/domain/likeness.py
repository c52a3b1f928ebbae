"""What two texts on one matter have in common: pieces that few other texts have, such as the name of an estate or a road."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain, islice
from math import log
from operator import add
from typing import Final

from app.domain.search import fold

PIECE: Final = 2  # characters: the shortest thing that means something in Chinese
FEWEST: Final = 4  # pieces of a text of which something can be said
_CHANCE: Final = 2  # pieces in common below which a likeness is chance
_TELLING: Final = 112  # pieces of a text that are looked for; found good for 96 to 128 on real messages
_AGREE: Final = 2  # texts of those nearest that must have a piece before it is looked for as well
_BESIDE: Final = 4  # one such piece to so many of the text's own; on real messages a fifth to three quarters found as much
_COMMON: Final = 0.05  # the share of all texts above which a piece tells nothing
_SPARED: Final = 50  # texts; where there are few, nothing is common
_LONGEST: Final = 12  # characters of what is named as shared
_RUNS: Final = re.compile(r"[a-z0-9]{2,}|[^\W_a-z0-9]+")


def pieces(text: str) -> Iterator[str]:
    """Every run of two characters in order, words of letters and digits whole; punctuation and blanks apart."""
    return chain.from_iterable((run,) if run.isascii() else map(add, run, run[1:]) for run in _RUNS.findall(fold(text)))


def weighed(texts: Iterable[tuple[str, int]]) -> str:
    """What the index is given: the pieces of each text as words, repeated as often as the text weighs."""
    words = ((" ".join(pieces(text)), weight) for text, weight in texts)
    return " ".join(" ".join([said] * weight) for said, weight in words if said)


def told_by(counts: Mapping[str, int], spread: Mapping[str, int], total: int) -> dict[str, float]:
    """How much each piece of a text tells about it: often in it, in few of `total` texts, counted by `spread`; what all say, not.

    The pieces that tell most come first.
    """
    most = _most(total)
    weights = {
        each: (1 + log(times)) * log(1 + total / max(1, spread.get(each, 0)))
        for each, times in counts.items()
        if spread.get(each, 0) <= most
    }
    return dict(sorted(weights.items(), key=lambda pair: -pair[1]))


def telling(weights: Mapping[str, float], spread: Mapping[str, int]) -> list[str]:
    """The pieces worth looking for: those that tell most among what somebody has said before."""
    return list(islice((each for each in weights if spread.get(each, 0)), _TELLING))


def agreed_on(texts: Collection[Collection[str]], besides: Collection[str]) -> dict[str, int]:
    """The pieces that at least two of some texts have and nobody looked for, with how many have each."""
    counts = Counter(chain.from_iterable(set(each) for each in texts))
    return {piece: many for piece, many in counts.items() if many >= _AGREE and piece not in besides}


def telling_beside(agreed: Mapping[str, int], spread: Mapping[str, int], total: int, sought: int) -> list[str]:
    """Of what the nearest texts agree on, the pieces that tell most: other names under which people speak of the same matter.

    Beside `sought` pieces of the text itself a quarter as many, so that a short text is not talked over by its neighbours.
    """
    weights = {
        each: many * log(1 + total / spread[each]) for each, many in agreed.items() if 0 < spread.get(each, 0) <= _most(total)
    }
    return sorted(weights, key=lambda each: (-weights[each], each))[: sought // _BESIDE]


def _most(total: int) -> float:
    """The number of texts above which a piece tells nothing."""
    return max(total * _COMMON, _SPARED)


def share_of(weights: Mapping[str, float], theirs: Collection[str]) -> float:
    """How much of what tells about a text another has, between 0 and 1; nothing where too few pieces agree."""
    common = [weight for piece, weight in weights.items() if piece in theirs]
    return sum(common) / sum(weights.values()) if len(common) >= _CHANCE else 0.0


def shared_words(text: str, theirs: Collection[str], weights: Mapping[str, float], most: int = 2) -> tuple[str, ...]:
    """The runs of `text` whose pieces are all among `theirs`, those first that tell most; at most so many."""
    found = {run: sum(weights.get(each, 0.0) for each in pieces(run)) for run in _runs_in(fold(text), theirs)}
    return tuple(sorted((run for run, weight in found.items() if weight), key=lambda run: -found[run])[:most])


def _runs_in(text: str, theirs: Collection[str]) -> Iterator[str]:
    for run in _RUNS.findall(text):
        if run.isascii():
            if run in theirs:
                yield run
            continue
        begun = 0
        for at in range(len(run)):
            if run[at : at + PIECE] not in theirs:  # at the last character too: it has no piece of its own
                if at > begun:
                    yield run[begun : at + 1][:_LONGEST]
                begun = at + 1
