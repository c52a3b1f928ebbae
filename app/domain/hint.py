"""A hint: what a writer is told beside the work, where it applies, the rule behind it, and what was answered to it."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final

from app.domain.problems import Problem
from app.domain.values import CodeSet, Id

ANSWERED: Final = "answer_hint"
"""The event of the step that keeps an answer; it is none of the suggestion's life."""


class HintGroup(CodeSet):
    """What a hint is about, in the order in which hints are shown."""

    PERSONAL = "personal", "个人信息"
    OUTSIDE = "outside", "不宜提出"
    CONTENT = "content", "内容"
    FORM = "form", "格式"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Some characters of the title (`subject`) or the text; paragraphs are counted from 1, empty lines left out."""

    field: str
    start: int
    end: int
    paragraph: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HintAnswer:
    """Why a hint was not followed, who said so, and when."""

    reason: str
    by: str
    on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint(Problem):
    """One hint; `rule` names a row of the table of rules, `words` are those it was about, so that an answer holds for them."""

    hint: bool = True
    group: HintGroup
    rule: str
    places: tuple[Place, ...] = ()
    words: str = ""
    answer: HintAnswer | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of the words the hint is about, 64 hexadecimal digits."""
        return sha256(self.words.encode(errors="surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposed:
    """A suggestion or article whose text tells residents' data, with the hints that nobody has answered: one a paragraph."""

    id: Id
    title: str
    hints: tuple[Hint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule that suggestions are measured by: what it asks in our own words, and where it is written."""

    code: str
    group: HintGroup
    title: str
    source: str
    article: str
    words: str
