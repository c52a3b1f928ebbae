"""What a deputy says of a reply unseen by the unit and the station (背靠背): as sealed, and as it is counted without a name.

Every sealed answer has the same size, since "dissatisfied" needs words and the length would tell. Totals are shown five answers
at a time, so that nobody who looks before and after learns what one deputy said.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from app.domain.drafted import refused_as
from app.domain.problems import Problem
from app.domain.satisfaction import Satisfaction
from app.domain.values import Code, Id, known
from app.errors import Refused

SHORTEST_PIN: Final = 6
"""Characters: whoever holds the station's files could try all PINs, and each character makes that longer."""

SIZE: Final = 16 * 1024
"""Bytes of every answer before it is encrypted."""

LONGEST: Final = 2000
"""Characters of each text."""

BATCH: Final = 5
"""Answers that must have come together before they are counted in sight."""

FORMAT: Final = "llz-evaluation/1"

_Answer = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the deputy answers: attitude and result apart, words, whether the co-signers were heard and what they think."""

    attitude: Code[Satisfaction] = ""
    result: Code[Satisfaction] = ""
    opinion: str = ""
    cosigners_heard: bool = False
    views: str = ""

    @property
    def dissatisfied(self) -> bool:
        """Whether either answer is that."""
        return Satisfaction.DISSATISFIED in {self.attitude, self.result}


def verdict_problems(verdict: Verdict, *, cosigners: int) -> Iterator[Problem]:
    """What is missing in an answer (domain brief 1.10); the lead of a joint suggestion has asked those who signed with them."""
    if verdict.attitude not in set(Satisfaction):
        yield Problem(code="attitude_not_said", field="attitude")
    if verdict.result not in set(Satisfaction):
        yield Problem(code="result_not_said", field="result")
    if verdict.dissatisfied and not verdict.opinion.strip():
        yield Problem(code="opinion_missing", field="opinion")
    if cosigners and not verdict.cosigners_heard:
        yield Problem(code="cosigners_unheard", field="cosigners_heard", facts={"count": cosigners})
    for name in ("opinion", "views"):
        if len(getattr(verdict, name)) > LONGEST:
            yield Problem(code="sealed_words_long", field=name, facts={"most": LONGEST})


def again_problems(verdict: Verdict, *, ask_again: bool) -> Iterator[Problem]:
    """Only who is dissatisfied asks that a matter be handled again; what the station then knows is their own choice."""
    if ask_again and not verdict.dissatisfied:
        yield Problem(code="again_though_content", field="ask_again")


def seal_pin_problem(pin: str) -> Problem | None:
    """What keeps these characters from sealing anything."""
    if len(pin) < SHORTEST_PIN:
        return Problem(code="pin_short", field="pin", facts={"least": SHORTEST_PIN})
    return Problem(code="pin_simple", field="pin") if len(set(pin)) == 1 else None


def packed(verdict: Verdict, *, evaluation: Id, suggestion: Id, deputy: Id) -> bytes:
    """The answer as it is encrypted: JSON that names what it belongs to, blanks up to `SIZE`."""
    told = {
        "format": FORMAT,
        "evaluation": evaluation,
        "suggestion": suggestion,
        "deputy": deputy,
        "attitude": str(verdict.attitude),
        "result": str(verdict.result),
        "opinion": verdict.opinion.strip(),
        "cosigners_heard": verdict.cosigners_heard,
        "views": verdict.views.strip(),
    }
    data = json.dumps(told, ensure_ascii=False, sort_keys=True).encode()
    if len(data) > SIZE:
        raise Refused("incomplete", problems=(Problem(code="sealed_words_long", field="opinion", facts={"most": LONGEST}),))
    return data.ljust(SIZE)


def unpacked(data: bytes, *, evaluation: Id) -> Verdict:
    """The answer that was packed for this evaluation.

    Raises `Refused("field_malformed")` for what is none, `Refused("sealed_elsewhere")` for one that was packed for another.
    """
    with refused_as("evaluation"):
        told: dict[str, Any] = json.loads(data)
        if told["format"] != FORMAT:
            raise ValueError(told["format"])
        verdict = Verdict(
            attitude=known(Satisfaction, str(told["attitude"])),
            result=known(Satisfaction, str(told["result"])),
            opinion=str(told["opinion"]),
            cosigners_heard=bool(told["cosigners_heard"]),
            views=str(told["views"]),
        )
        belongs = str(told["evaluation"])
    if belongs != evaluation:
        raise Refused("sealed_elsewhere")
    return verdict


# --- totals -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Sealed answers counted without a name: those in sight by attitude and result, and `waits` others until more have come."""

    shown: Mapping[_Answer, int] = field(default_factory=dict, hash=False)
    waiting: Mapping[_Answer, int] = field(default_factory=dict, hash=False)
    waits: int = 0

    def attitude(self, level: Satisfaction) -> int:
        """Answers in sight of this attitude."""
        return sum(many for (attitude, _result), many in self.shown.items() if attitude == level)

    def result(self, level: Satisfaction) -> int:
        """Answers in sight of this result."""
        return sum(many for (_attitude, result), many in self.shown.items() if result == level)


def counted(tally: Tally, verdict: Verdict, before: Verdict | None = None) -> Tally:
    """The tally with one more answer, or with one in the place of `before`; it comes into sight with the others of its batch."""
    waiting = Counter(tally.waiting)
    waiting[_answer(verdict)] += 1
    if before:
        waiting[_answer(before)] -= 1
    waits = tally.waits + 1
    if waits < BATCH:
        return Tally(shown=tally.shown, waiting=_told(waiting), waits=waits)
    shown = Counter(tally.shown)
    for answer, many in waiting.items():
        shown[answer] += many
    return Tally(shown=_told(shown))


def _answer(verdict: Verdict) -> _Answer:
    return str(verdict.attitude), str(verdict.result)


def _told(counter: Counter[_Answer]) -> dict[_Answer, int]:
    return {answer: many for answer, many in sorted(counter.items()) if many}
