"""What each event of a suggestion after its submission asks a person (domain brief 1.12), and what may be noted beside them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final, Union

from app.domain.award import Award
from app.domain.deadlines import RuleProfile
from app.domain.drafted import refused_as
from app.domain.handling import Assignment, Commitment, HandlingRole, Outcome, Supervision
from app.domain.life import SUGGESTION_LIFE, SuggestionEvent, SuggestionState
from app.domain.records import FieldTraits, Record
from app.domain.reply import Evaluation, Reply
from app.domain.review import Consultation, Review
from app.domain.suggestion import Suggestion
from app.domain.suggestion_course import Course
from app.domain.values import CodeSet, Id, Json

STEP_DRAFT: Final = "suggestion_step"
"""The kind of a draft kept on the form of a step."""

_E: Final = SuggestionEvent
_S: Final = SuggestionState


class Note(CodeSet):
    """What is written down of a suggestion on its way without taking it further."""

    EXTEND = "extend", "延期"
    FIX = "three_fixings", "三定"
    CONTACT = "contact", "沟通联系"
    CO_OPINION = "co_handler_opinion", "会办意见"
    SUPPLEMENT = "supplementary_reply", "再次答复"
    FOLLOW = "follow_up", "跟踪进展"
    DISCLOSE = "disclose", "公开"
    PRIORITISE = "prioritise", "列为重点"
    SUPERVISE = "supervision", "督办"
    OUTCOME = "outcome", "成果"
    RATE = "star_rating", "星级评定"
    AWARD = "award", "表彰"


Deed = Union[SuggestionEvent, Note]
"""What may be done: an event of the life, or a note beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One unit's part of an assignment."""

    unit: Id
    role: HandlingRole = HandlingRole.SOLE
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a person gives; `fields` holds what the deed asks for besides, by the names of `FIELDS`."""

    on: date
    by: str = ""
    words: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict, hash=False)
    shares: tuple[Share, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What a deed asks for besides its day, its words and who did it; `needs` names what must be given."""

    also: tuple[str, ...] = ()
    needs: frozenset[str] = frozenset()
    shares: bool = False


_OF: Final[tuple[tuple[type[Record], Mapping[str, str]], ...]] = (
    (
        Suggestion,
        {
            "case_number": "",
            "merged_into": "",
            "archive_number": "",
            "disclosed_at": "",
            "priority": "",
            "supervising_leader": "",
            "official_in_charge": "",
            "supervising_committee": "",
        },
    ),
    (Review, {"review_body": "body", "help_given": "", "remarks": "", "refusal_code": "", "deputy_told_on": ""}),
    (
        Assignment,
        {
            "assigned_by_body": "",
            "due_on": "",
            "person_in_charge": "",
            "plan": "",
            "planned_reply_on": "",
            "extended_to": "",
            "extension_agreed_by": "",
        },
    ),
    (Consultation, {"phase": "", "talk_way": "way", "unit_people": "", "led_by_leader": "", "conclusion": ""}),
    (
        Reply,
        {
            "slip": "assignment",
            "reply_number": "number",
            "reply_way": "way",
            "scheme": "",
            "reply_class": "",
            "class_change": "",
            "evidence": "",
            "signed_by": "",
            "sealed": "",
            "contact_person": "",
            "office_phone": "",
        },
    ),
    (Commitment, {"promise": "", "promised_by": "", "watch_on": ""}),
    (
        Supervision,
        {
            "supervision_way": "way",
            "supervision_body": "body",
            "leader": "",
            "deputies": "",
            "place": "",
            "present": "",
            "attended": "",
            "demand": "",
        },
    ),
    (Outcome, {"outcome_type": "", "name": "", "document_no": "", "amount": "", "quantity": "", "quantity_unit": ""}),
    (
        Award,
        {"stars": "", "duties": "", "award_name": "name", "award_year": "year", "issuer": "", "award_number": "document_no"},
    ),
)
FIELDS: Final[Mapping[str, tuple[type[Record], str]]] = {
    name: (kind, told or name) for kind, names in _OF for name, told in names.items()
} | {"commitment": (Reply, "commitment"), "reply": (Evaluation, "reply")}
"""What an entry may hold: the kind and the field each name stands for. `commitment` and `reply` are the identifiers of one."""


def trait_of(name: str) -> tuple[str, FieldTraits]:
    """The kind a field of an entry belongs to, and how that kind declares it."""
    kind, told = FIELDS[name]
    return kind.traits.name, kind.traits.fields[told]


# --- what each asks ---------------------------------------------------------------------------------------------------

_SAID: Final = frozenset({"words"})
_REVIEWED: Final = ("review_body",)
_TOLD: Final = (*_REVIEWED, "deputy_told_on")
_FIXINGS: Final = ("person_in_charge", "plan", "planned_reply_on")
_REPLY: Final = ("reply_number", "reply_way", "scheme", "reply_class")
_CHANGED: Final = ("class_change", "evidence")
_SIGNED: Final = ("signed_by", "sealed", "contact_person", "office_phone")
_PROMISED: Final = ("promise", "promised_by", "watch_on")

ASKS: Final[Mapping[Deed, Ask]] = {
    _E.FIRST_REVIEW: Ask(also=_REVIEWED),
    _E.SECOND_REVIEW: Ask(also=_REVIEWED),
    _E.ACCEPT: Ask(also=("case_number",), needs=frozenset({"case_number"})),
    _E.RETURN: Ask(also=(*_REVIEWED, "help_given", "remarks"), needs=_SAID),
    _E.REFUSE: Ask(also=("refusal_code", *_TOLD), needs=_SAID | {"refusal_code", "deputy_told_on"}),
    _E.TO_REFERENCE: Ask(also=_TOLD, needs=_SAID),
    _E.TO_LETTER: Ask(also=_TOLD, needs=_SAID),
    _E.MERGE: Ask(also=("merged_into", *_TOLD), needs=frozenset({"merged_into"})),
    _E.ASSIGN: Ask(also=("slip", "assigned_by_body", "due_on"), shares=True, needs=frozenset({"shares"})),
    _E.SIGN_FOR: Ask(also=("slip",), needs=frozenset({"slip"})),
    _E.OBJECT: Ask(also=("slip",), needs=_SAID | {"slip"}),
    _E.KEEP: Ask(also=("slip",), needs=_SAID | {"slip"}),
    _E.HANDLE: Ask(also=("slip", *_FIXINGS)),
    _E.REPLY: Ask(also=("slip", *_REPLY, *_CHANGED, *_SIGNED), needs=_SAID | {"reply_class"}),
    _E.REHANDLE: Ask(also=("due_on",), shares=True, needs=_SAID),
    _E.TRACK: Ask(also=("reply", *_PROMISED), needs=frozenset({"promise", "watch_on"})),
    _E.CLEAR: Ask(also=("commitment", *_CHANGED), needs=_SAID | {"class_change", "evidence"}),
    _E.CLOSE: Ask(),
    _E.CHECK_AGAIN: Ask(also=("reply", *_PROMISED), needs=_SAID | {"promise", "watch_on"}),
    _E.ARCHIVE: Ask(also=("archive_number",)),
    Note.EXTEND: Ask(also=("slip", "extended_to", "extension_agreed_by"), needs=_SAID | {"slip"}),
    Note.FIX: Ask(also=("slip", *_FIXINGS), needs=frozenset({"slip"})),
    Note.CONTACT: Ask(
        also=("slip", "phase", "talk_way", "place", "deputies", "unit_people", "led_by_leader", "conclusion"),
        needs=_SAID | {"phase"},
    ),
    Note.CO_OPINION: Ask(also=("slip",), needs=_SAID | {"slip"}),
    Note.SUPPLEMENT: Ask(also=("slip", *_REPLY, *_CHANGED, *_SIGNED), needs=_SAID),
    Note.FOLLOW: Ask(also=("commitment", "watch_on"), needs=_SAID),
    Note.DISCLOSE: Ask(also=("reply", "disclosed_at")),
    Note.PRIORITISE: Ask(
        also=("priority", "supervising_leader", "official_in_charge", "supervising_committee"), needs=frozenset({"priority"})
    ),
    Note.SUPERVISE: Ask(
        also=(
            *("supervision_way", "slip", "supervision_body", "leader", "place", "deputies"),
            *("present", "attended", "demand"),
        ),
        needs=frozenset({"supervision_way"}),
    ),
    Note.OUTCOME: Ask(
        also=("outcome_type", "name", "document_no", "amount", "quantity", "quantity_unit"),
        needs=frozenset({"outcome_type", "name"}),
    ),
    Note.RATE: Ask(also=("stars", "issuer", "duties"), needs=_SAID | {"stars"}),
    Note.AWARD: Ask(also=("award_year", "issuer", "award_name", "award_number"), needs=frozenset({"award_year", "issuer"})),
}
"""Every event after submission and every note, with what it asks. Withdrawal and the deputy's evaluation, which is sealed before
it is a record (`app/use_cases/evaluations.py`), are deeds of their own."""

FILED: Final[Mapping[Deed, type[Record]]] = {
    _E.REPLY: Reply,
    Note.SUPPLEMENT: Reply,
    _E.CLEAR: Reply,
    Note.SUPERVISE: Supervision,
    Note.OUTCOME: Outcome,
}
"""The deeds that files may come with, and the record they leave to which the files belong: the letter, pictures, evidence."""

OF_THE_UNIT: Final = frozenset({_E.SIGN_FOR, _E.OBJECT, _E.HANDLE, _E.REPLY, Note.CO_OPINION, Note.FIX, Note.SUPPLEMENT})
"""What somebody of the unit does, not whoever writes it down."""

REVIEWS: Final = frozenset({_E.FIRST_REVIEW, _E.SECOND_REVIEW, _E.RETURN, _E.REFUSE, _E.TO_REFERENCE, _E.TO_LETTER, _E.MERGE})
"""Events that are the outcome of a review."""

TOGETHER: Final[frozenset[Deed]] = frozenset({*REVIEWS - {_E.MERGE}, _E.ACCEPT, _E.CLOSE, _E.ARCHIVE, Note.RATE, Note.AWARD})
"""What one meeting may decide of many suggestions at once."""


# --- what may be done now ---------------------------------------------------------------------------------------------

_WITH_UNITS: Final = (_S.ASSIGNED, _S.OBJECTED, _S.SIGNED_FOR, _S.HANDLING, _S.REHANDLING)
_ANSWERED: Final = (_S.REPLIED, _S.EVALUATED, _S.TRACKING, _S.CLOSED)
_NOTED_IN: Final[Mapping[Note, frozenset[str]]] = {
    Note.EXTEND: frozenset(_WITH_UNITS),
    Note.FIX: frozenset(_WITH_UNITS),
    Note.CONTACT: frozenset((*_WITH_UNITS, *_ANSWERED)),
    Note.CO_OPINION: frozenset(_WITH_UNITS),
    Note.SUPPLEMENT: frozenset(_ANSWERED),
    Note.FOLLOW: frozenset({_S.TRACKING}),
    Note.DISCLOSE: frozenset((_S.ACCEPTED, *_WITH_UNITS, *_ANSWERED, _S.ARCHIVED)),
    Note.PRIORITISE: frozenset((_S.ACCEPTED, _S.MERGED, *_WITH_UNITS, _S.REPLIED, _S.EVALUATED, _S.TRACKING)),
    Note.SUPERVISE: frozenset((_S.ACCEPTED, _S.MERGED, *_WITH_UNITS, *_ANSWERED)),
    Note.OUTCOME: frozenset((*_WITH_UNITS, *_ANSWERED, _S.ARCHIVED)),
    Note.RATE: frozenset((_S.ACCEPTED, _S.MERGED, *_WITH_UNITS, *_ANSWERED, _S.ARCHIVED)),
    Note.AWARD: frozenset((_S.ACCEPTED, _S.MERGED, *_WITH_UNITS, *_ANSWERED, _S.ARCHIVED)),
}
_ALSO: Final[Mapping[SuggestionEvent, tuple[frozenset[str], Callable[[Course], object]]]] = {
    _E.SIGN_FOR: (frozenset((_S.SIGNED_FOR, _S.OBJECTED, _S.HANDLING, _S.REHANDLING)), Course.unsigned),
    _E.OBJECT: (frozenset({_S.OBJECTED}), lambda course: set(course.unsigned()) - set(course.objecting())),
}
"""What one more unit may do where another one has taken the suggestion further already."""


def _may_be_looked_back_at(course: Course) -> bool:
    """A unit said that it was solved, or would be; or it was closed before this station knew its replies."""
    return bool(course.to_look_back_at()) or (not course.replies and course.suggestion.closed_on is not None)


_NEEDED: Final[Mapping[Deed, Callable[[Course], object]]] = {
    _E.CHECK_AGAIN: _may_be_looked_back_at,
    Note.EXTEND: Course.owing,
    Note.FIX: Course.slips,
    Note.CO_OPINION: Course.co_handling,
    Note.FOLLOW: Course.open_commitments,
}
"""Without any of these there is nothing that could be done, or written down."""

USUAL: Final[tuple[Deed, ...]] = (
    *(_E.FIRST_REVIEW, _E.SECOND_REVIEW, _E.ACCEPT, _E.ASSIGN, _E.SIGN_FOR, _E.HANDLE, _E.REPLY),
    *(_E.TRACK, _E.CLEAR, _E.CLOSE, _E.REHANDLE, _E.RETURN, _E.REFUSE, _E.TO_REFERENCE, _E.TO_LETTER, _E.MERGE),
    *(_E.KEEP, _E.OBJECT, _E.ARCHIVE, _E.CHECK_AGAIN),
)
"""The usual way first, then the ways that leave it."""


def next_events(course: Course, profile: RuleProfile) -> tuple[SuggestionEvent, ...]:
    """The events that may follow, the most likely first; reviews a congress does not hold are passed over."""
    state = course.suggestion.state
    passed_over = {_E.FIRST_REVIEW} if not profile.first_review else set()
    passed_over |= {_E.SECOND_REVIEW} if not profile.second_review else set()
    offered = [each for each in SUGGESTION_LIFE.allowed(state) if each in ASKS and each not in passed_over]
    going_on = [each for each in offered if each not in _NEEDED or _NEEDED[each](course)]
    found = going_on + [
        each for each, (states, some) in _ALSO.items() if state in states and some(course) and each not in going_on
    ]
    first = (_E.REHANDLE,) if course.dissatisfied() else ()
    return tuple(sorted(found, key=lambda each: (each not in first, each not in going_on, USUAL.index(each))))


def notes(course: Course) -> tuple[Note, ...]:
    """What may be noted in this state."""
    state = course.suggestion.state
    fitting = (each for each in Note if state in _NOTED_IN[each])
    return tuple(each for each in fitting if each not in _NEEDED or _NEEDED[each](course))


def allowed(course: Course, deed: Deed, profile: RuleProfile) -> bool:
    """Whether it may be done now."""
    return deed in notes(course) if isinstance(deed, Note) else deed in next_events(course, profile)


def slips_for(course: Course, deed: Deed) -> tuple[Assignment, ...]:
    """The slips that a deed may be about."""
    table: Mapping[Deed, tuple[Assignment, ...]] = {
        _E.ASSIGN: course.objecting(),
        _E.KEEP: course.objecting(),
        _E.SIGN_FOR: course.unsigned(),
        _E.REPLY: course.owing(),
        Note.EXTEND: course.owing(),
        Note.CO_OPINION: course.co_handling(),
    }
    return table.get(deed, course.slips())


def of_only_one(course: Course, deed: Deed, entry: Entry) -> Entry:
    """The entry with what follows where there is only one slip, reply or promise it can be about."""
    ask, fields = ASKS[deed], dict(entry.fields)
    choices: Mapping[str, tuple[Record, ...]] = {
        "slip": slips_for(course, deed),
        "reply": (course.to_look_back_at() if deed is _E.CHECK_AGAIN else course.answers())[-1:],
        "commitment": course.open_commitments(),
    }
    for name, choice in choices.items():
        optional = deed in {Note.SUPERVISE, Note.DISCLOSE, Note.CONTACT}
        if name in ask.also and not fields.get(name) and len(choice) == 1 and not optional:
            fields[name] = choice[0].id
    return Entry(on=entry.on, by=entry.by, words=entry.words, fields=fields, shares=entry.shares)


_BODY_SAID: Final[Mapping[Deed, str]] = {
    **dict.fromkeys(REVIEWS, "review_body"),
    _E.ASSIGN: "assigned_by_body",
    Note.RATE: "issuer",
}


def of_body(deed: Deed, entry: Entry, body: str) -> Entry:
    """The entry with the name of the body that reviews, hands over or rates, where none was given."""
    name = _BODY_SAID.get(deed, "")
    if not name or not body or entry.fields.get(name):
        return entry
    return replace(entry, fields={**entry.fields, name: body})


# --- as a draft -------------------------------------------------------------------------------------------------------


def entry_told(suggestion: Suggestion, deed: Deed, entry: Entry) -> dict[str, Json]:
    """What was given so far as plain JSON, with the suggestion it belongs to."""
    fields = {name: trait_of(name)[1].shape.write(value) for name, value in entry.fields.items()}
    shares: list[Json] = [{"unit": each.unit, "role": str(each.role), "part": each.part} for each in entry.shares]
    said: dict[str, Json] = {"on": entry.on.isoformat(), "by": entry.by, "words": entry.words, "fields": fields, "shares": shares}
    return {"of": suggestion.id, "event": str(deed), "subject": suggestion.title(), **said}


def entry_from(told: Mapping[str, Any]) -> tuple[Deed, Entry]:
    """The deed and what `entry_told` told of it; raises `Refused("field_malformed")` for anything else."""
    with refused_as("step"):
        fields = {name: trait_of(name)[1].shape.read(value) for name, value in told["fields"].items()}
        shares = [
            Share(unit=str(each["unit"]), role=HandlingRole(each["role"]), part=str(each["part"])) for each in told["shares"]
        ]
        on, by, words = date.fromisoformat(told["on"]), str(told["by"]), str(told["words"])
        return deed_named(told["event"]), Entry(on=on, by=by, words=words, fields=fields, shares=tuple(shares))


def deed_named(name: str) -> Deed:
    """The deed of this code; raises ValueError for another word, and for an event that is no step of its own."""
    deed = next((each for each in ASKS if each == name), None)
    if deed is None:
        raise ValueError(name)
    return deed


def fields_left(entry: Entry, deed: Deed) -> Iterator[str]:
    """The fields a deed asks for that were given."""
    return (name for name in ASKS[deed].also if entry.fields.get(name))
