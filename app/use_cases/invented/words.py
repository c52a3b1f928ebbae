"""The stock of words that invented records are told from, and a speaker who never says quite the same twice."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

from app.domain.visit import VisitKind
from app.errors import Unavailable
from app.reference import FOLDER

FILE: Final = "invented.json"
_BLANK: Final = re.compile(r"\{(?:(\d+)-(\d+)|(\w+))\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A matter that residents raise: what they say of it, who handles it, what a deputy might propose."""

    name: str
    category: str
    category_name: str
    suggestion: str  # category of a suggestion
    unit: str  # key of the unit that handles it
    at: str  # how its places are named
    matters: tuple[Mapping[str, str], ...]  # each a subject, a fact, its effect, what is asked for, what was done in the end
    title: tuple[str, ...]
    cause: tuple[str, ...]
    demand: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """What visits of one kind are like: how often, how many deputies at most, where, under which title, in which words."""

    kind: VisitKind
    weight: int
    most: int
    at: tuple[str, ...]
    theme: tuple[str, ...]
    course: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitWords:
    """A handling unit: its names, its type, and the route by which an issue comes to it."""

    key: str
    name: str
    short: str
    type: str
    route: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """All of the stock; `words` and `documents` are choices by name, in which `{name}` and `{2-9}` stand for more."""

    words: Mapping[str, tuple[str, ...]]
    documents: Mapping[str, tuple[str, ...]]
    activities: tuple[Activity, ...]
    units: tuple[UnitWords, ...]
    topics: tuple[Topic, ...]


@cache
def vocabulary(folder: Path = FOLDER) -> Vocabulary:
    """The stock that comes with the program; raises `Unavailable("reference_damaged", file, why)`."""
    try:
        return _understood(json.loads((folder / FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise Unavailable("reference_damaged", file=FILE, why=type(error).__name__) from error


def _understood(told: Mapping[str, Any]) -> Vocabulary:
    return Vocabulary(
        words={name: tuple(value.split() if isinstance(value, str) else value) for name, value in told["words"].items()},
        documents=_tuples(told["documents"]),
        activities=tuple(Activity(kind=VisitKind(kind), **_tuples(each)) for kind, each in told["activities"].items()),
        units=tuple(UnitWords(**each) for each in told["units"]),
        topics=tuple(Topic(**_tuples(each)) for each in told["topics"]),
    )


def _tuples(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}


# --- speaking ------------------------------------------------------------------------------------------------------

Scene = Mapping[str, str]
"""What is settled already: the place, the topic, the unit that is spoken of."""


@dataclass(frozen=True, slots=True)
class _Blank:
    name: str


@cache
def _pieces(template: str) -> tuple[str | range | _Blank, ...]:
    pieces: list[str | range | _Blank] = []
    end = 0
    for found in _BLANK.finditer(template):
        pieces.append(template[end : found.start()])
        low, high, name = found.groups()
        pieces.append(_Blank(name) if name else range(int(low), int(high) + 1))
        end = found.end()
    return tuple(piece for piece in (*pieces, template[end:]) if piece)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says things by chance out of the vocabulary; the same chance says the same."""

    chance: Random
    vocabulary: Vocabulary

    def one(self, choices: tuple[str, ...], scene: Scene) -> str:
        """One of the choices, its blanks filled."""
        return self.say(choices[int(self.chance.random() * len(choices))], scene)

    def word(self, name: str, scene: Scene) -> str:
        """One of the words of a name, its blanks filled."""
        return self.one(self.vocabulary.words[name], scene)

    def say(self, template: str, scene: Scene) -> str:
        """The template, its blanks filled from the scene, from ranges of numbers, or from the words of their names."""
        told: list[str] = []
        for piece in _pieces(template):
            if isinstance(piece, str):
                told.append(piece)
            elif isinstance(piece, range):
                told.append(str(piece[int(self.chance.random() * len(piece))]))
            else:
                settled = scene.get(piece.name)
                told.append(self.word(piece.name, scene) if settled is None else settled)
        return "".join(told)

    def person(self) -> str:
        """A surname and 某: nobody's name."""
        surnames = self.vocabulary.words["surname"]
        return surnames[int(self.chance.random() * len(surnames))] + ("某" if self.chance.random() < 0.5 else "某某")

    def phone(self) -> str:
        """A number that is given to nobody."""
        return f"1380000{self.chance.randrange(10_000):04d}"
