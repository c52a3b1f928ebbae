"""The deadlines of a suggestion on its way, by the rules of its own congress (domain brief 1.4, 1.13)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.deadlines import Due, Period, RuleProfile, due
from app.domain.handling import Assignment, CommitmentState
from app.domain.life import SuggestionState
from app.domain.reply import Reply
from app.domain.suggestion_course import ANSWERING, Course
from app.domain.values import CodeSet, Id
from app.domain.work_calendar import WorkCalendar

_S: Final = SuggestionState
OWED_IN: Final = frozenset({_S.ASSIGNED, _S.OBJECTED, _S.SIGNED_FOR, _S.HANDLING, _S.REHANDLING})
"""States in which a unit still has a day to keep."""


class LimitKind(CodeSet):
    """What must be done by a day."""

    ASSIGNMENT = "assignment", "交办"
    OBJECTION = "objection", "申请调整"
    CO_OPINION = "co_handler_opinion", "会办意见"
    REPLY = "reply", "答复"
    REHANDLING = "rehandling", "重新办理答复"
    FEEDBACK = "deputy_feedback", "代表反馈"
    COMMITMENT = "commitment", "承诺事项"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The profile of one congress and the calendar it counts working days by."""

    profile: RuleProfile
    calendar: WorkCalendar

    def due(self, start: date, period: Period) -> Due:
        """The end of a period from a day."""
        return due(start, period, self.profile, self.calendar)

    def issue_due(self, assigned_on: date) -> Due:
        """Until when a unit has time for an issue that was assigned on a day (decision 10)."""
        return self.due(assigned_on, self.profile.issue)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One deadline: `plain` as counted, `rolled` to the next working day, `day` the one that holds; `of` is where it is written.

    `by_hand` says that somebody set another day than the rules give; `met_on` when it was met. One that is `open` is still owed.
    """

    kind: LimitKind
    of: Id
    unit: Id = ""
    round: int = 1
    start: date | None = None
    plain: date
    rolled: date
    day: date
    by_hand: bool = False
    unknown_years: tuple[int, ...] = ()
    met_on: date | None = None
    open: bool = False


def limits(course: Course, rules: Rules) -> Iterator[Limit]:
    """Every deadline of a suggestion, met or not, in the order of its way."""
    yield from _assignment(course, rules)
    for slip in course.assignments:
        yield from _slip(course, slip, rules)
    if not any(each.assigned_on for each in course.assignments):
        yield from _told(course)
    for reply in course.replies:
        if not reply.supplementary:
            yield from _feedback(course, reply, rules)
    for each in course.commitments:
        if last := each.watch_on or each.promised_by:
            closed = each.state in {CommitmentState.CLEARED, CommitmentState.DROPPED}
            yield Limit(
                kind=LimitKind.COMMITMENT,
                of=each.id,
                unit=each.unit,
                plain=last,
                rolled=last,
                day=last,
                met_on=each.cleared_on,
                open=not closed,
            )


def _assignment(course: Course, rules: Rules) -> Iterator[Limit]:
    """What comes between sessions is handed over within days; what comes in session at its own meeting."""
    suggestion = course.suggestion
    if suggestion.accepted_on is None or suggestion.in_session:
        return
    told = rules.due(suggestion.accepted_on, rules.profile.assignment)
    met = min((each.assigned_on for each in course.assignments if each.assigned_on), default=suggestion.assigned_on)
    waits = suggestion.state in {_S.ACCEPTED, _S.MERGED}
    yield _limit(LimitKind.ASSIGNMENT, suggestion.id, told, start=suggestion.accepted_on, met_on=met, open=waits and not met)


def _slip(course: Course, slip: Assignment, rules: Rules) -> Iterator[Limit]:
    start = slip.assigned_on
    if start is None:
        return
    profile, state = rules.profile, course.suggestion.state
    held = state in OWED_IN and slip in course.slips()
    met = next((each.replied_on for each in course.replies if each.assignment == slip.id and not each.supplementary), None)
    said = slip.objected_on or slip.signed_for_on
    if slip.round <= 1:
        # Whoever says nothing keeps the matter: this one passes, it is never overdue.
        waits = held and not said and state == _S.ASSIGNED
        told = rules.due(start, profile.objection)
        yield _limit(LimitKind.OBJECTION, slip.id, told, slip=slip, start=start, met_on=slip.objected_on, open=waits)
    if slip.role not in ANSWERING:
        told, met = rules.due(start, profile.co_handler_opinion), slip.co_handler_opinion_on
        kind = LimitKind.CO_OPINION
    else:
        again = slip.round > 1
        told = rules.due(start, profile.rehandling if again else profile.reply)
        kind = LimitKind.REHANDLING if again else LimitKind.REPLY
    set_on = slip.extended_to or slip.due_on
    yield _limit(kind, slip.id, told, slip=slip, start=start, met_on=met, open=held and not met, set_on=set_on)


def _told(course: Course) -> Iterator[Limit]:
    """What only the suggestion itself tells, where no slip tells its day."""
    suggestion = course.suggestion
    if last := suggestion.extended_due_on or suggestion.due_on:
        answers = [each.replied_on for each in course.replies if each.replied_on]
        yield Limit(
            kind=LimitKind.REPLY,
            of=suggestion.id,
            start=suggestion.assigned_on,
            plain=last,
            rolled=last,
            day=last,
            met_on=min(answers, default=None),
            open=suggestion.state in OWED_IN,
        )


def _feedback(course: Course, reply: Reply, rules: Rules) -> Iterator[Limit]:
    if reply.replied_on is None:
        return
    told = rules.due(reply.replied_on, rules.profile.deputy_feedback)
    met = next((each.returned_on for each in course.evaluations if each.reply == reply.id), None)
    # Of several units' replies one may be evaluated while the next still waits.
    waits = course.suggestion.state in {_S.REPLIED, _S.EVALUATED} and reply in course.unevaluated()
    yield _limit(LimitKind.FEEDBACK, reply.id, told, start=reply.replied_on, met_on=met, open=waits, round=reply.round)


def _limit(
    kind: LimitKind,
    of: Id,
    told: Due,
    *,
    start: date,
    met_on: date | None,
    open: bool,
    slip: Assignment | None = None,
    set_on: date | None = None,
    round: int = 1,
) -> Limit:
    by_hand = set_on is not None and set_on not in {told.plain, told.rolled}
    return Limit(
        kind=kind,
        of=of,
        unit=slip.unit if slip else "",
        round=slip.round if slip else round,
        start=start,
        plain=told.plain,
        rolled=told.rolled,
        day=set_on or told.day,
        by_hand=by_hand,
        unknown_years=told.unknown_years,
        met_on=met_on,
        open=open,
    )
