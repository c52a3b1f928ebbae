"""How a suggestion follows what the body that received it says: each of its steps once, in its order, and its case file.

Nothing of the body's is refused and nothing of the station's is overwritten. What was entered from paper before is recognised;
a step that does not fit waits; two accounts of one thing stand side by side until somebody has looked. The body follows its own
steps by the same rules, so both sides stand where the other does.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from app.domain.award import Award
from app.domain.case_file import CARRIED, CaseFile
from app.domain.handling import Assignment, Commitment, Outcome, Supervision
from app.domain.life import SUGGESTION_LIFE, SuggestionEvent, SuggestionState
from app.domain.records import Record
from app.domain.reply import Reply
from app.domain.review import Consultation, Review
from app.domain.step import Step
from app.domain.suggestion import Suggestion
from app.domain.values import Code, Id

# --- where it stands --------------------------------------------------------------------------------------------------


def followed(suggestion: Suggestion, own: Sequence[Step], returned: Sequence[Step]) -> Suggestion:
    """The suggestion after every step of the body that fits; `own` are the station's steps of it, `returned` the body's.

    A step fits where the life offers its event and where it begins has been reached: so packages may come in any order. One
    that the station entered before, by event and day, moves nothing, and the body's steps before it are past as well.
    """
    waiting = waiting_steps(suggestion, returned)
    known = _recognised(own, returned)
    last = max((each.id for each in waiting if each.id in known), default="")
    taken = [each for each in waiting if each.id <= last]
    left = [each for each in waiting if each.id > last]
    state = suggestion.state or SUGGESTION_LIFE.start
    reached = {state, *(each.to_state for each in (*own, *returned) if each not in left)}
    while step := next((each for each in left if _fits(each, state, reached)), None):
        state = SUGGESTION_LIFE.after(state, SuggestionEvent(step.event))
        reached.add(state)
        left.remove(step)
        taken.append(step)
    if not taken:
        return suggestion
    return replace(suggestion, state=state, taken_up=(*suggestion.taken_up, *(each.id for each in taken)))


def _fits(step: Step, state: Code[SuggestionState], reached: Collection[str]) -> bool:
    return step.from_state in reached and step.event in SUGGESTION_LIFE.allowed(state)


def waiting_steps(suggestion: Suggestion, returned: Iterable[Step]) -> list[Step]:
    """The body's steps that the suggestion has not taken up, in the body's order."""
    return sorted((each for each in returned if each.id not in suggestion.taken_up), key=lambda each: each.id)


def _recognised(own: Sequence[Step], returned: Sequence[Step]) -> set[Id]:
    """The body's steps that the station entered from paper before, each of its own for one of them."""
    free = [(each.event, each.on) for each in own]
    known: set[Id] = set()
    for each in sorted(returned, key=lambda each: each.id):
        if (each.event, each.on) in free:
            free.remove((each.event, each.on))
            known.add(each.id)
    return known


# --- what the case file says ------------------------------------------------------------------------------------------


def with_file(suggestion: Suggestion, said: Sequence[CaseFile]) -> Suggestion:
    """The suggestion with what the case file says; `said` are its states, the newest last.

    A field that the station filled with something else than the body ever said stays as it is.
    """
    if not said:
        return suggestion
    newest = said[-1]
    following = {name: getattr(newest, name) for name in CARRIED if _follows(name, suggestion, said)}
    return replace(suggestion, **following)


def differing_fields(suggestion: Suggestion, file: CaseFile) -> tuple[str, ...]:
    """The fields of which body and station say different things."""
    return tuple(
        name
        for name in CARRIED
        if getattr(file, name) and getattr(suggestion, name) not in (getattr(file, name), None, "", False)
    )


def _follows(name: str, suggestion: Suggestion, said: Sequence[CaseFile]) -> bool:
    here = getattr(suggestion, name)
    return not here or here in [getattr(each, name) for each in said]


# --- what was entered twice -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Sameness:
    """When two records of a kind tell of one thing, and what they must then agree on where both say it.

    Any one of the ways in `by` tells it, the surest first; the last field of a way must say something.
    """

    by: tuple[tuple[str, ...], ...]
    agree: tuple[str, ...]


_SAME: Final[Mapping[type[Record], _Sameness]] = {
    Review: _Sameness((("stage", "decided_on"),), ("outcome", "refusal_code")),
    Consultation: _Sameness((("unit", "phase", "on"),), ("way", "place")),
    Assignment: _Sameness((("unit", "round", "assigned_on"),), ("role",)),
    Reply: _Sameness((("number",), ("unit", "round", "supplementary", "replied_on")), ("number", "scheme", "reply_class")),
    Commitment: _Sameness((("unit", "promise"), ("unit", "begun_on")), ("promise", "promised_by", "state")),
    Supervision: _Sameness((("way", "on"),), ("leader", "place")),
    Outcome: _Sameness((("outcome_type", "name"),), ("document_no", "amount")),
    Award: _Sameness(
        (("award_type", "document_no"), ("award_type", "year", "name"), ("award_type", "name", "on")),
        ("stars", "year", "issuer", "document_no"),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Twice:
    """One thing told by a record of the station and by one of the body; `differing` are the fields they disagree in."""

    own: Record
    returned: Record
    differing: tuple[str, ...]


def told_twice(own: Iterable[Record], returned: Iterable[Record], units: Mapping[Id, str]) -> Iterator[Twice]:
    """What both tell, each record of the station's once; `units` are names, for one unit may have been entered twice."""
    free = list(own)
    for theirs in returned:
        same = _SAME.get(type(theirs))
        ours = next((each for by in (same.by if same else ()) for each in free if _is_same(each, theirs, by, units)), None)
        if ours is not None:
            free.remove(ours)
            agree = _SAME[type(theirs)].agree
            yield Twice(own=ours, returned=theirs, differing=tuple(name for name in agree if _differs(ours, theirs, name)))


def _is_same(ours: Record, theirs: Record, by: Sequence[str], units: Mapping[Id, str]) -> bool:
    if type(ours) is not type(theirs) or not getattr(theirs, by[-1]):
        return False
    return all(_said(ours, name, units) == _said(theirs, name, units) for name in by)


def _said(record: Record, name: str, units: Mapping[Id, str]) -> Any:
    value = getattr(record, name)
    if name == "unit":
        return units.get(value, value)
    return _squeezed(value) or (1 if name == "round" else value)


def _differs(ours: Record, theirs: Record, name: str) -> bool:
    here, there = _squeezed(getattr(ours, name)), _squeezed(getattr(theirs, name))
    return bool(here) and bool(there) and here != there


def _squeezed(value: Any) -> Any:
    """A text without its blanks: what is copied from paper has them elsewhere."""
    return "".join(value.split()) if isinstance(value, str) else value


def with_account(theirs: Record, ours: Record) -> Record:
    """The body's record saying what the station's says, where it says anything; what either names stays the body's."""
    named = ours.traits.fields.items()
    told: dict[str, Any] = {name: value for name, each in named if not each.to and (value := getattr(ours, name))}
    return replace(theirs, **told)


def moved_to(record: Record, before: Id, after: Id) -> Record:
    """The record naming `after` where it named `before`."""
    names = [name for name, each in record.traits.fields.items() if each.to and getattr(record, name) == before]
    changed: dict[str, Any] = dict.fromkeys(names, after)
    return replace(record, **changed) if names else record


# --- what is open ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Differing:
    """A field of the case file in which body and station say different things."""

    field: str
    here: object
    said: object


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenReturn:
    """What is open about one suggestion: steps that do not fit, things told twice in different words, fields that differ."""

    suggestion: Id
    title: str
    state: str
    steps: tuple[Step, ...] = ()
    twice: tuple[Twice, ...] = ()
    fields: tuple[Differing, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.steps or self.twice or self.fields)
