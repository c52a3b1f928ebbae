"""One suggestion on its way, as the desk and the detail beside the list show it: what happened, who has it, what is owed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Final

from app.domain.award import Award, AwardType
from app.domain.congress import Congress
from app.domain.deadlines import Due, Period, RuleProfile
from app.domain.handling import Assignment, Commitment, Outcome, Supervision
from app.domain.life import SuggestionEvent
from app.domain.records import Record
from app.domain.reply import ClassChange, Evaluation, Reply, reply_class_word
from app.domain.returned_course import OpenReturn
from app.domain.review import Consultation, Phase, Review, ReviewOutcome, ReviewStage
from app.domain.step import Step
from app.domain.suggestion import Suggestion
from app.domain.suggestion_course import Course
from app.domain.suggestion_limits import Limit, LimitKind, Rules, limits
from app.domain.suggestion_steps import Deed, Note, next_events, notes
from app.domain.values import Id, known
from app.errors import Refused
from app.queries.attachments import count_files
from app.queries.operators import operators
from app.queries.relations import found, of_id, one_with_heads, titles
from app.queries.returned import body_records, open_return, packages_of
from app.queries.rules import rules_of
from app.queries.suggestion_course import course_of_records
from app.queries.units import UnitRow, units
from app.workspace import Workspace

_E: Final = SuggestionEvent
_REVIEWED: Final[Mapping[str, SuggestionEvent]] = {
    ReviewOutcome.RETURNED: _E.RETURN,
    ReviewOutcome.NOT_PROCESSED: _E.REFUSE,
    ReviewOutcome.REFERENCE_MATERIAL: _E.TO_REFERENCE,
    ReviewOutcome.DEPUTY_LETTER: _E.TO_LETTER,
    ReviewOutcome.MERGED: _E.MERGE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A value that is told: a text, a code, a day; `of` names its kind and field where that must be said."""

    value: object
    of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineLine:
    """One thing that happened: when, what (a code, shown by its word), who, row by row what is told of it, and whence."""

    on: date | None
    code: str
    who: str = ""
    told: tuple[tuple[Part, ...], ...] = ()
    round: int = 0
    of: Id = ""  # the record that tells it
    records: tuple[Id, ...] = ()  # all that it tells of: what an event left, then its step
    package: int | None = None  # the body's reply it came by, 0 by way of another computer; None where the station entered it


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLine:
    """One unit's part: the slip, its name, the deadlines that belong to it, and its reply."""

    slip: Assignment
    unit: str
    limits: tuple[Limit, ...]
    reply: Reply | None
    held: bool  # whether it lies with the unit in this round


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyLine:
    """One reply with its class in words, and what the deputy said of it."""

    reply: Reply
    unit: str
    word: str
    evaluation: Evaluation | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlingCard:
    """A suggestion after its submission, with what can be done now."""

    suggestion: Suggestion
    heads: tuple[Id, ...]
    course: Course
    timeline: tuple[TimelineLine, ...]
    units: tuple[UnitLine, ...]
    replies: tuple[ReplyLine, ...]
    limits: tuple[Limit, ...]
    events: tuple[SuggestionEvent, ...]
    notes: tuple[Note, ...]
    rules: Rules
    body: str
    operator: str
    unit_names: Mapping[Id, str]
    offered_units: tuple[UnitRow, ...]
    open_return: OpenReturn
    files: Mapping[Id, int]  # how many there are with each record that has any

    @property
    def profile(self) -> RuleProfile:
        """The rules of the congress that receives it."""
        return self.rules.profile

    @property
    def deeds(self) -> tuple[Deed, ...]:
        """All that can be done now."""
        return (*self.events, *self.notes)


def handling_card(workspace: Workspace, id: Id) -> HandlingCard:
    """The suggestion on its way; raises `Refused("record_missing")`."""
    with workspace.reading() as connection:
        stored = one_with_heads(connection, Suggestion, id)
        if stored is None:
            raise Refused("record_missing", kind=Suggestion.traits.name, id=id)
        course = course_of_records(connection, stored.record)
        rules = rules_of(connection, stored.record)
        names = titles(connection, "unit")
        guests = titles(connection, "deputy") if any(each.deputies for each in course.supervisions) else {}
        body = of_id(connection, Congress, stored.record.receiving_body)
        theirs = body_records(connection, id, workspace.author.owner)
        packages = packages_of(connection, list(theirs))
        open_now = open_return(connection, stored.record, workspace.author.owner)
        lines = timeline(course, {**names, **guests}, packages)
        files = count_files(connection, [id for line in lines for id in line.records])
    every = tuple(limits(course, rules))
    return HandlingCard(
        suggestion=stored.record,
        heads=stored.heads,
        course=course,
        timeline=lines,
        units=tuple(_units(course, every, names)),
        replies=tuple(_replies(course, names)),
        limits=every,
        events=next_events(course, rules.profile),
        notes=notes(course),
        rules=rules,
        body=body.name if body else "",
        operator=next((each.name for each in operators(workspace) if each.here), ""),
        unit_names=names,
        offered_units=units(workspace),
        open_return=open_now,
        files=files,
    )


def deadlines_told(card: HandlingCard, deed: Deed, on: date, slip: Id = "") -> tuple[tuple[LimitKind, Due], ...]:
    """The deadlines that begin with a deed on a day, for whoever fills in its form."""
    rules, profile = card.rules, card.profile
    told = card.course.slip(slip)
    begun: Mapping[Deed, tuple[tuple[LimitKind, Period], ...]] = {
        _E.ASSIGN: ((LimitKind.REPLY, profile.reply), (LimitKind.CO_OPINION, profile.co_handler_opinion)),
        _E.REHANDLE: ((LimitKind.REHANDLING, profile.rehandling),),
        _E.REPLY: ((LimitKind.FEEDBACK, profile.deputy_feedback),),
        Note.EXTEND: ((LimitKind.REPLY, profile.extended_reply),),
    }
    start = told.assigned_on if deed is Note.EXTEND and told and told.assigned_on else on
    return tuple((kind, rules.due(start, period)) for kind, period in begun.get(deed, ()))


def suggestions_to_merge(workspace: Workspace, without: Id) -> dict[Id, str]:
    """The suggestions another one may be merged with, by their titles."""
    with workspace.reading() as connection:
        others = [each for each in found(connection, Suggestion) if each.id != without and each.submitted_on]
    return {each.id: "　".join(part for part in (each.case_number or each.number, each.subject) if part) for each in others}


# --- units and replies ------------------------------------------------------------------------------------------------


def _units(course: Course, every: Iterable[Limit], names: Mapping[Id, str]) -> Iterator[UnitLine]:
    """The newest round first; in it those who answer first."""
    told = list(every)
    held = course.slips()
    for slip in sorted(course.assignments, key=lambda each: -(each.round or 1)):
        reply = next((each for each in course.replies if each.assignment == slip.id and not each.supplementary), None)
        own = tuple(each for each in told if each.of == slip.id)
        yield UnitLine(slip=slip, unit=names.get(slip.unit, ""), limits=own, reply=reply, held=slip in held)


def _replies(course: Course, names: Mapping[Id, str]) -> Iterator[ReplyLine]:
    for each in course.replies:
        said = next((one for one in course.evaluations if one.reply == each.id), None)
        yield ReplyLine(reply=each, unit=names.get(each.unit, ""), word=class_told(each), evaluation=said)


def class_told(reply: Reply) -> str:
    """The letter of a class with its words: A 采纳解决."""
    word = reply_class_word(reply)
    return " ".join(dict.fromkeys(part for part in (reply.reply_class, word) if part))


# --- what happened ----------------------------------------------------------------------------------------------------


def timeline(
    course: Course, names: Mapping[Id, str], packages: Mapping[Id, int] = MappingProxyType({})
) -> tuple[TimelineLine, ...]:
    """Everything that happened in the order of its days; what an event left stands in the line of the event.

    `packages` tells of the body's records the reply they came by.
    """
    beside = list(_records(course, names))
    lines: list[TimelineLine] = []
    for step in course.steps:
        own = [each for each in beside if each.code == step.event and each.on == step.on]
        for each in own:
            beside.remove(each)
        lines.append(_line(step, own))
    ordered = sorted(enumerate([*lines, *beside]), key=lambda each: (each[1].on or date.min, each[0]))
    return tuple(replace(line, package=packages.get(line.of), records=line.records or _named(line)) for _place, line in ordered)


def _line(step: Step, own: list[TimelineLine]) -> TimelineLine:
    """A step with the records it left; what they tell already is not told twice."""
    told = [said for each in own for said in each.told]
    reason = step.reason.strip()
    known_already = any(part.value == reason for said in told for part in said)
    return TimelineLine(
        on=step.on,
        code=known(SuggestionEvent, step.event),
        who=step.by_name or next((each.who for each in own if each.who), ""),
        told=(*(() if known_already else _row(reason)), *told),
        round=max((each.round for each in own), default=0),
        of=step.id,
        records=(*(each.of for each in own), step.id),
    )


def _named(line: TimelineLine) -> tuple[Id, ...]:
    return (line.of,) if line.of else ()


def _records(course: Course, names: Mapping[Id, str]) -> Iterator[TimelineLine]:
    suggestion = course.suggestion
    yield from map(_review, course.reviews)
    for slip in course.assignments:
        yield from _slip(slip, names.get(slip.unit, ""))
    yield from (_talk(each, names.get(each.unit, "")) for each in course.consultations)
    yield from (_reply(each, names.get(each.unit, "")) for each in course.replies)
    yield from map(_evaluation, course.evaluations)
    yield from (_commitment(course, each, names.get(each.unit, "")) for each in course.commitments)
    yield from (_supervision(each, names) for each in course.supervisions)
    yield from map(_outcome, course.outcomes)
    yield from map(_award, course.awards)
    if suggestion.priority_on:
        leaders = _row(*_of(suggestion, "supervising_leader", "official_in_charge", "supervising_committee"))
        yield TimelineLine(on=suggestion.priority_on, code=Note.PRIORITISE, told=(*_row(suggestion.priority), *leaders))
    if suggestion.disclosed_on:
        yield TimelineLine(on=suggestion.disclosed_on, code=Note.DISCLOSE, told=_row(suggestion.disclosed_at))


def _review(review: Review) -> TimelineLine:
    stage = _E.FIRST_REVIEW if review.stage == ReviewStage.FIRST_REVIEW else _E.SECOND_REVIEW
    code = _REVIEWED.get(review.outcome, _E.PRE_REVIEW if review.stage == ReviewStage.PRE_REVIEW else stage)
    at = review.stage if code in _REVIEWED.values() else ""
    told = (
        *_row(at, review.refusal_code, review.reason),
        *_row(*_of(review, "deputy_told_on", "help_given")),
        *(said for each in review.remarks for said in _row(each)),
    )
    who = "　".join(part for part in (review.body, review.reviewer) if part)
    return TimelineLine(on=review.decided_on, code=code, who=who, told=told, round=review.round, of=review.id)


def _slip(slip: Assignment, unit: str) -> Iterator[TimelineLine]:
    """What is written in one slip, each on its own day."""
    code = _E.REHANDLE if slip.round > 1 else _E.ASSIGN
    who = "　".join(part for part in (slip.assigned_by_body, slip.assigned_by) if part)
    told = (*_row(slip.role, unit, slip.part, *_of(slip, "due_on")), *_row(slip.instruction))
    yield TimelineLine(on=slip.assigned_on, code=code, who=who, told=told, round=slip.round, of=slip.id)
    kept = slip.objection_settled_on if not slip.objection_upheld else None
    fixed = _of(slip, "person_in_charge", "plan", "planned_reply_on")
    beside: tuple[tuple[Deed, date | None, str, tuple[tuple[Part, ...], ...]], ...] = (
        (_E.SIGN_FOR, slip.signed_for_on, slip.signed_for_by, _row(unit)),
        (_E.OBJECT, slip.objected_on, "", _row(unit, slip.objection)),
        (_E.KEEP, kept, "", _row(unit)),
        (Note.FIX, slip.fixed_on, "", _row(unit, *fixed) if fixed else ()),
        (Note.EXTEND, slip.extended_on, slip.extension_agreed_by, _row(unit, *_of(slip, "extended_to"), slip.extension_reason)),
        (Note.CO_OPINION, slip.co_handler_opinion_on, "", _row(unit, slip.co_handler_opinion)),
    )
    for noted, day, who, row in beside:
        if day and row:
            yield TimelineLine(on=day, code=noted, who=who, told=row, round=slip.round, of=slip.id)


def _talk(talk: Consultation, unit: str) -> TimelineLine:
    before = talk.phase == Phase.BEFORE_SUBMISSION
    who = "　".join(part for part in (unit, talk.unit_people) if part)
    leader = Part(value=True, of="consultation.led_by_leader") if talk.led_by_leader else ""
    told = (*_row(talk.phase, talk.way, talk.place, leader), *_row(talk.account), *_row(talk.conclusion))
    return TimelineLine(on=talk.on, code=_E.CONSULT if before else Note.CONTACT, who=who, told=told, of=talk.id)


_CHANGED: Final[Mapping[str, SuggestionEvent]] = {
    ClassChange.RESOLVED: _E.CLEAR,
    ClassChange.POLICY_CHANGED: _E.CLEAR,
    ClassChange.RETROSPECTIVE_CHECK: _E.CHECK_AGAIN,
}


def _reply(reply: Reply, unit: str) -> TimelineLine:
    code: str = _CHANGED.get(reply.class_change, Note.SUPPLEMENT) if reply.supplementary else _E.REPLY
    told = (
        *_row(unit, class_told(reply), reply.class_change, reply.way, reply.number),
        *_row(reply.text),
        *_row(*_of(reply, "evidence")),
    )
    return TimelineLine(on=reply.replied_on, code=code, who=reply.signed_by, told=told, round=reply.round, of=reply.id)


def _evaluation(said: Evaluation) -> TimelineLine:
    told = (*_row(*_of(said, "attitude", "result")), *_row(said.opinion), *_row(*_of(said, "asks_again")))
    return TimelineLine(on=said.day(), code=_E.EVALUATE, told=told, round=said.round, of=said.id)


def _commitment(course: Course, promise: Commitment, unit: str) -> TimelineLine:
    """A promise stands where it was made; what came of it is told beside it."""
    reply = course.reply(promise.reply)
    again = reply is not None and reply.class_change == ClassChange.RETROSPECTIVE_CHECK
    told = (
        *_row(*_of(promise, "promise")),
        *_row(*_of(promise, "promised_by", "watch_on")),
        *_row(promise.progress),
        *_row(promise.state if promise.cleared_on else "", *_of(promise, "cleared_on")),
    )
    on = promise.begun_on or (reply.replied_on if reply else promise.day())
    return TimelineLine(on=on, code=_E.CHECK_AGAIN if again else _E.TRACK, who=unit, told=told, of=promise.id)


def _supervision(event: Supervision, names: Mapping[Id, str]) -> TimelineLine:
    deputies = "、".join(name for each in event.deputies if (name := names.get(each)))
    told = (
        *_row(event.way, event.place, names.get(event.unit, "")),
        *_row(*_of(event, "present", "attended")),
        *_row(Part(value=deputies, of="supervision.deputies") if deputies else ""),
        *_row(event.account),
        *_row(*_of(event, "demand")),
    )
    who = "　".join(part for part in (event.body, event.leader) if part)
    return TimelineLine(on=event.on, code=Note.SUPERVISE, who=who, told=told, of=event.id)


def _outcome(outcome: Outcome) -> TimelineLine:
    many = f"{outcome.quantity}{outcome.quantity_unit}" if outcome.quantity else ""
    told = (
        *_row(outcome.outcome_type, outcome.name, outcome.document_no, *_of(outcome, "amount"), many),
        *_row(outcome.remarks),
    )
    return TimelineLine(on=outcome.on, code=Note.OUTCOME, told=told, of=outcome.id)


def _award(award: Award) -> TimelineLine:
    """A rating tells its stars and what they oblige to, an award its name, year and paper."""
    rating = award.award_type == AwardType.STARS
    about = (award.stars,) if rating else (award.title(), *_of(award, "year", "document_no"))
    told = (*_row(*about), *_row(award.reason), *_row(*_of(award, "duties")))
    who = "　".join(part for part in (award.issuer, award.by_name) if part)
    return TimelineLine(on=award.on, code=Note.RATE if rating else Note.AWARD, who=who, told=told, of=award.id)


def _of(record: Record, *names: str) -> tuple["Part", ...]:
    """These fields of a record, where they say anything, each with its name."""
    values = ((name, getattr(record, name)) for name in names)
    return tuple(Part(value=value, of=f"{record.traits.name}.{name}") for name, value in values if value)


def _row(*values: object) -> tuple[tuple["Part", ...], ...]:
    """A row of what is told, or none where nothing is."""
    parts = tuple(each if isinstance(each, Part) else Part(value=each) for each in values if each)
    return (parts,) if parts else ()
