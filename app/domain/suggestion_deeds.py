"""The records that a deed of a suggestion leaves; nothing that was said before is overwritten."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from app.domain.award import Award, AwardType
from app.domain.handling import Assignment, Commitment, CommitmentState, HandlingRole, Outcome, Supervision
from app.domain.life import SUGGESTION_LIFE, SuggestionEvent, SuggestionState
from app.domain.records import Record
from app.domain.reply import (
    REPLY_CLASSES,
    ClassChange,
    Reply,
    ReplyScheme,
)
from app.domain.review import Consultation, Review, ReviewOutcome
from app.domain.step import Step
from app.domain.suggestion import Suggestion
from app.domain.suggestion_course import ANSWERING, Course, earliest_due
from app.domain.suggestion_limits import Rules
from app.domain.suggestion_steps import FIELDS, REVIEWS, Deed, Entry, Note, Share, slips_for
from app.domain.values import Id

_E: Final = SuggestionEvent
_OUTCOMES: Final[Mapping[Deed, ReviewOutcome]] = {
    _E.FIRST_REVIEW: ReviewOutcome.PASSED,
    _E.SECOND_REVIEW: ReviewOutcome.PASSED,
    _E.RETURN: ReviewOutcome.RETURNED,
    _E.REFUSE: ReviewOutcome.NOT_PROCESSED,
    _E.TO_REFERENCE: ReviewOutcome.REFERENCE_MATERIAL,
    _E.TO_LETTER: ReviewOutcome.DEPUTY_LETTER,
    _E.MERGE: ReviewOutcome.MERGED,
}


# --- what a deed leaves -----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Left:
    """The suggestion as the deed leaves it, and the records beside it."""

    course: Course
    entry: Entry
    rules: Rules
    new_id: Callable[[], Id]
    suggestion: Suggestion
    records: list[Record]

    def given(self, kind: type[Record]) -> dict[str, Any]:
        """What was given for a record of this kind, by its own names."""
        named = {name: told for name, (of, told) in FIELDS.items() if of is kind and name != "commitment"}
        return {told: self.entry.fields[name] for name, told in named.items() if self.entry.fields.get(name)}

    def amend(self, **fields: Any) -> None:
        self.suggestion = replace(self.suggestion, **fields)

    def slip(self) -> Assignment | None:
        return self.course.slip(self.entry.fields.get("slip", ""))


def left_by(
    course: Course, deed: Deed, entry: Entry, rules: Rules, new_id: Callable[[], Id]
) -> tuple[Suggestion, tuple[Record, ...]]:
    """The suggestion as a deed leaves it, and the other records it leaves, its step first where the life goes on.

    Raises `Refused("life_forbids")`.
    """
    left = _Left(course=course, entry=entry, rules=rules, new_id=new_id, suggestion=course.suggestion, records=[])
    going_on = moves(course, deed, entry)
    if isinstance(deed, SuggestionEvent) and going_on:
        left.amend(state=SUGGESTION_LIFE.after(course.suggestion.state, deed))
    if deed in REVIEWS:
        left.records.append(_review(left, deed))
    if effect := _EFFECTS.get(deed):
        effect(left)
    step = [_step(left, deed)] if going_on else []
    return left.suggestion, (*step, *left.records)


def moves(course: Course, deed: Deed, entry: Entry) -> bool:
    """Whether the deed takes the suggestion further: the last of several units does, or the first, as the event asks."""
    if isinstance(deed, Note) or deed not in SUGGESTION_LIFE.allowed(course.suggestion.state):
        return False
    if deed is _E.REPLY:
        return not {each.id for each in course.owing()} - {entry.fields.get("slip", "")}
    if deed in {_E.KEEP, _E.ASSIGN} and course.objecting():
        return not {each.id for each in course.objecting()} - {entry.fields.get("slip", "")}
    if deed is _E.CLEAR:
        return not {each.id for each in course.open_commitments()} - {entry.fields.get("commitment", "")}
    return True


def _step(left: _Left, deed: Deed) -> Step:
    entry = left.entry
    return Step(
        id=left.new_id(),
        of=left.suggestion.id,
        event=deed,
        from_state=left.course.suggestion.state,
        to_state=left.suggestion.state,
        on=entry.on,
        reason=entry.words.strip(),
        by_name=entry.by.strip(),
    )


def _review(left: _Left, deed: Deed) -> Review:
    entry, course = left.entry, left.course
    return Review(
        id=left.new_id(),
        suggestion=course.suggestion.id,
        stage=course.stage(),
        round=course.submission,
        reviewer=entry.by.strip(),
        outcome=_OUTCOMES[deed],
        reason=entry.words.strip(),
        decided_on=entry.on,
        merged_into=entry.fields.get("merged_into", ""),
        **left.given(Review),
    )


def _accept(left: _Left) -> None:
    left.amend(accepted_on=left.entry.on, **left.given(Suggestion))


def _merge(left: _Left) -> None:
    left.amend(merged_into=left.entry.fields["merged_into"])


# --- assignment, objection, rounds


def _assign(left: _Left) -> None:
    if slip := left.slip():  # what is assigned anew was given back
        left.records.append(replace(slip, objection_upheld=True, objection_settled_on=left.entry.on))
    staying = [each for each in left.course.slips() if each != left.slip()]
    made = [_new_slip(left, share, left.course.round) for share in left.entry.shares]
    left.records.extend(made)
    left.amend(assigned_on=left.entry.on, due_on=earliest_due([*staying, *made]), extended_due_on=None)


def _rehandle(left: _Left) -> None:
    bad = {each.reply for each in left.course.dissatisfied()}
    again = {each.assignment for each in left.course.answers() if each.id in bad}
    slips = [each for each in left.course.answered_last() if not each.objection_upheld and (each.id in again or not again)]
    known = [Share(unit=each.unit, role=HandlingRole(each.role or HandlingRole.SOLE), part=each.part) for each in slips]
    made = [_new_slip(left, share, left.course.round + 1) for share in left.entry.shares or known]
    left.records.extend(made)
    left.amend(due_on=earliest_due(made), extended_due_on=None)


def _new_slip(left: _Left, share: Share, round: int) -> Assignment:
    entry, suggestion, profile = left.entry, left.suggestion, left.rules.profile
    period = profile.rehandling if round > 1 else profile.reply
    period = period if share.role in ANSWERING else profile.co_handler_opinion
    given = left.given(Assignment)
    if share.role not in ANSWERING:
        given.pop("due_on", None)
    before = len(left.course.assignments) + sum(isinstance(each, Assignment) for each in left.records)
    told: dict[str, Any] = {
        "due_on": left.rules.due(entry.on, period).day,
        "number": f"{suggestion.case_number}-{before + 1}" if suggestion.case_number else "",
        **given,
    }
    return Assignment(
        id=left.new_id(),
        of=suggestion.id,
        source_number=suggestion.case_number or suggestion.number,
        round=round,
        classification=suggestion.classification,
        assigned_by=entry.by.strip(),
        unit=share.unit,
        role=share.role,
        part=share.part.strip(),
        summary=suggestion.title(),
        instruction=entry.words.strip(),
        assigned_on=entry.on,
        **told,
    )


def _on_slip(**told: Callable[[Entry], Any]) -> Callable[[_Left], None]:
    """An effect that writes into the slip the deed is about; nothing where no slip is known."""

    def effect(left: _Left) -> None:
        slip = left.slip() or next(iter(slips_for(left.course, _E.HANDLE)), None)
        if slip is not None:
            said = {name: value(left.entry) for name, value in told.items()}
            left.records.append(replace(slip, **said, **left.given(Assignment)))

    return effect


def _extend(left: _Left) -> None:
    slip = left.slip()
    if slip is None:
        return
    period = left.rules.profile.extended_reply
    to = left.entry.fields.get("extended_to") or left.rules.due(slip.assigned_on or left.entry.on, period).day
    told = left.given(Assignment) | {"extended_to": to, "extended_on": left.entry.on}
    after = replace(slip, extension_reason=left.entry.words.strip(), **told)
    left.records.append(after)
    others = [each for each in left.course.owing() if each.id != slip.id]
    first = earliest_due([*others, after])
    left.amend(extended_due_on=first if first != left.suggestion.due_on else None)


# --- replies, evaluation, tracking


def reply_given(course: Course, entry: Entry, rules: Rules, id: Id, *, supplementary: bool) -> Reply:
    """The reply as it was given, in the scheme of the one before or of the congress."""
    slip = course.slip(entry.fields.get("slip", ""))
    before = course.last_class(slip.unit if slip else "")
    told = {told: entry.fields[name] for name, (of, told) in FIELDS.items() if of is Reply and entry.fields.get(name)}
    told.pop("commitment", None)
    told["assignment"] = slip.id if slip else ""
    told.setdefault("scheme", before.scheme if before else _scheme(rules))
    return Reply(
        id=id,
        suggestion=course.suggestion.id,
        unit=slip.unit if slip else before.unit if before else "",
        round=(slip.round if slip else course.round) or 1,
        supplementary=supplementary,
        replied_on=entry.on,
        text=entry.words.strip(),
        **told,
    )


def _scheme(rules: Rules) -> str:
    named = rules.profile.reply_scheme
    return ReplyScheme(named) if named in set(ReplyScheme) else named


def _answer(left: _Left) -> None:
    later = not left.course.owing() and bool(left.course.answers())
    left.records.append(reply_given(left.course, left.entry, left.rules, left.new_id(), supplementary=later))
    others = [each for each in left.course.owing() if each.id != left.entry.fields.get("slip")]
    if others:
        left.amend(due_on=earliest_due(others))


def _supplement(left: _Left) -> None:
    left.records.append(reply_given(left.course, left.entry, left.rules, left.new_id(), supplementary=True))


def _track(left: _Left) -> None:
    made = [each for each in left.records if isinstance(each, Reply)]
    reply = made[-1] if made else left.course.reply(left.entry.fields.get("reply", "")) or left.course.last_class("")
    left.records.append(
        Commitment(
            id=left.new_id(),
            suggestion=left.suggestion.id,
            reply=reply.id if reply else "",
            unit=reply.unit if reply else "",
            state=CommitmentState.OPEN,
            begun_on=left.entry.on,
            progress=left.entry.words.strip(),
            **left.given(Commitment),
        )
    )


def _follow(left: _Left) -> None:
    for each in left.course.open_commitments():
        if each.id == left.entry.fields.get("commitment"):
            said = f"{left.entry.on.isoformat()}　{left.entry.words.strip()}"
            progress = "\n".join(part for part in (each.progress, said) if part)
            left.records.append(replace(each, progress=progress, **left.given(Commitment)))


def _clear(left: _Left) -> None:
    """B becomes A, or C: a later reply tells it, with its reason and evidence; the first class stays where it was told."""
    entry, course = left.entry, left.course
    change = entry.fields["class_change"]
    kept = change == ClassChange.RESOLVED
    promise = next((each for each in course.open_commitments() if each.id == entry.fields.get("commitment")), None)
    if promise:
        state = CommitmentState.CLEARED if kept else CommitmentState.DROPPED
        progress = "\n".join(part for part in (promise.progress, f"{entry.on.isoformat()}　{entry.words.strip()}") if part)
        left.records.append(replace(promise, state=state, cleared_on=entry.on, progress=progress))
    later = _changed(left, change, 0 if kept else -1, promise.unit if promise else "")
    left.records.append(replace(later, commitment=promise.id if promise else ""))
    if left.suggestion.state == SuggestionState.CLOSED:
        left.amend(closed_on=entry.on)


def _check_again(left: _Left) -> None:
    looked_at = left.course.reply(left.entry.fields.get("reply", ""))
    left.records.append(_changed(left, ClassChange.RETROSPECTIVE_CHECK, 1, looked_at.unit if looked_at else ""))
    left.amend(closed_on=None, archive_number="")
    _track(left)


def _changed(left: _Left, change: ClassChange, place: int, unit: Id) -> Reply:
    """The later reply that stands in another class of the same scheme, counted from its first."""
    before = left.course.last_class(unit)
    scheme = before.scheme if before else _scheme(left.rules)
    classes = list(REPLY_CLASSES[scheme]) if isinstance(scheme, ReplyScheme) else []
    return Reply(
        id=left.new_id(),
        suggestion=left.suggestion.id,
        assignment=before.assignment if before else "",
        unit=unit or (before.unit if before else ""),
        round=before.round if before else left.course.round,
        supplementary=True,
        replied_on=left.entry.on,
        scheme=scheme,
        reply_class=classes[place] if classes else "",
        class_change=change,
        evidence=left.entry.fields.get("evidence", ""),
        text=left.entry.words.strip(),
    )


def _close(left: _Left) -> None:
    left.amend(closed_on=left.entry.on)


def _archive(left: _Left) -> None:
    left.amend(**left.given(Suggestion))


# --- notes


def _contact(left: _Left) -> None:
    slip, fields = left.slip(), left.entry.fields
    left.records.append(
        Consultation(
            id=left.new_id(),
            suggestion=left.suggestion.id,
            assignment=slip.id if slip else "",
            unit=slip.unit if slip else "",
            on=left.entry.on,
            place=fields.get("place", ""),
            deputies=tuple(fields.get("deputies", ())),
            account=left.entry.words.strip(),
            **left.given(Consultation),
        )
    )


def _disclose(left: _Left) -> None:
    left.amend(disclosed=True, disclosed_on=left.entry.on, disclosed_at=left.entry.fields.get("disclosed_at", ""))
    if reply := left.course.reply(left.entry.fields.get("reply", "")):
        left.records.append(replace(reply, disclosed=True))


def _prioritise(left: _Left) -> None:
    left.amend(priority_on=left.entry.on, **left.given(Suggestion))


def _supervise(left: _Left) -> None:
    slip = left.slip()
    left.records.append(
        Supervision(
            id=left.new_id(),
            of=left.suggestion.id,
            unit=slip.unit if slip else "",
            on=left.entry.on,
            account=left.entry.words.strip(),
            **left.given(Supervision),
        )
    )


def _came_of(left: _Left) -> None:
    remarks = left.entry.words.strip()
    left.records.append(
        Outcome(id=left.new_id(), of=left.suggestion.id, on=left.entry.on, remarks=remarks, **left.given(Outcome))
    )


def _awarded(award_type: AwardType) -> Callable[[_Left], None]:
    """An effect that writes down one rating or award; those before it stay."""

    def effect(left: _Left) -> None:
        entry = left.entry
        told = {"year": entry.on.year, **left.given(Award)}
        left.records.append(
            Award(
                id=left.new_id(),
                of=left.suggestion.id,
                award_type=award_type,
                on=entry.on,
                by_name=entry.by.strip(),
                reason=entry.words.strip(),
                **told,
            )
        )

    return effect


def _said(entry: Entry) -> str:
    return entry.words.strip()


_EFFECTS: Final[Mapping[Deed, Callable[[_Left], None]]] = {
    _E.ACCEPT: _accept,
    _E.MERGE: _merge,
    _E.ASSIGN: _assign,
    _E.SIGN_FOR: _on_slip(signed_for_by=lambda entry: entry.by.strip(), signed_for_on=lambda entry: entry.on),
    # Who asks once more after a no is heard once more.
    _E.OBJECT: _on_slip(objected_on=lambda entry: entry.on, objection=_said, objection_settled_on=lambda _entry: None),
    _E.KEEP: _on_slip(objection_upheld=lambda _entry: False, objection_settled_on=lambda entry: entry.on),
    _E.HANDLE: _on_slip(fixed_on=lambda entry: entry.on),
    _E.REPLY: _answer,
    _E.REHANDLE: _rehandle,
    _E.TRACK: _track,
    _E.CLEAR: _clear,
    _E.CLOSE: _close,
    _E.CHECK_AGAIN: _check_again,
    _E.ARCHIVE: _archive,
    Note.EXTEND: _extend,
    Note.FIX: _on_slip(fixed_on=lambda entry: entry.on),
    Note.CONTACT: _contact,
    Note.CO_OPINION: _on_slip(co_handler_opinion=_said, co_handler_opinion_on=lambda entry: entry.on),
    Note.SUPPLEMENT: _supplement,
    Note.FOLLOW: _follow,
    Note.DISCLOSE: _disclose,
    Note.PRIORITISE: _prioritise,
    Note.SUPERVISE: _supervise,
    Note.OUTCOME: _came_of,
    Note.RATE: _awarded(AwardType.STARS),
    Note.AWARD: _awarded(AwardType.SUGGESTION),
}
