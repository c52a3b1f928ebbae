"""Reading a paper's text before it is set: what can be printed, what stands in for what, and what no font has."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Final

from app.errors import Refused
from app.printing.fonts import Face, missing_characters, named

MARK: Final = "〓"
"""What stands for a missing character where the person decided to print all the same (the printers' 空铅)."""

_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0001-\U000e007f\U000e0100-\U000e01ef]"
)
_BREAKS: Final = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BLANKS: Final = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f]")
_MARKED: Final = re.compile(r"[^\W_][\u0300-\u036f]+")  # a letter and its accents, which are not put above it here
_SEVERAL: Final = 20


def normalised(text: str) -> str:
    """The text as it can be set: every line break `\\n`, every narrow blank a space, nothing that has no form of its own.

    Taken out are controls, marks of direction and of variants; what a private code stands for is not known, so it stays.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _BLANKS.sub(" ", _INVISIBLE.sub("", _BREAKS.sub("\n", text)))
    return _MARKED.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)


@dataclass(slots=True)
class Proof:
    """What was read of a paper; `settle` refuses it where a character is missing, unless `substitute` was decided by a person."""

    substitute: bool = False
    missing: dict[str, list[str]] = field(default_factory=dict)
    _known: dict[Face, set[str]] = field(default_factory=lambda: {face: {"\n"} for face in Face})

    def knows(self, text: str, face: Face) -> bool:
        """Whether every character of a text was read before in this face, and can be set as it is."""
        return self._known[face].issuperset(text)

    def read(self, text: str, face: Face, place: str) -> str:
        """The text as it is set, with `MARK` for what is missing; `place` says where it stands, as a person would find it."""
        known = self._known[face]
        if self.knows(text, face):
            return text
        text = _with_twins(normalised(text), face)
        missing = missing_characters(text.replace("\n", ""), face)
        for each in missing:
            places = self.missing.setdefault(each, [])
            if place not in places and len(places) < _SEVERAL:
                places.append(place)
        known.update(set(text).difference(missing))
        return text.translate({ord(each): MARK for each in missing})

    def settle(self) -> None:
        """Raises `Refused("characters_missing")` with each character and its places, where one is missing and nobody decided."""
        if self.missing and not self.substitute:
            raise Refused("characters_missing", characters=tuple(map(named, self.missing)), places=self._places())

    def _places(self) -> tuple[str, ...]:
        """Where something is missing; and what, unless it is the same everywhere."""
        found: dict[str, list[str]] = {}
        for character, places in self.missing.items():
            for place in filter(None, places):
                found.setdefault(place, []).append(character)
        told = [place if len(self.missing) == 1 else f"{place}（{''.join(them)}）" for place, them in found.items()]
        return tuple(told[:_SEVERAL])


def _with_twins(text: str, face: Face) -> str:
    """The text with a character's plain twin (𝟙 as 1) where only that one is in a font."""
    twins = {each: unicodedata.normalize("NFKC", each) for each in missing_characters(text.replace("\n", ""), face)}
    return text.translate({ord(each): twin for each, twin in twins.items() if not missing_characters(twin, face)})
