"""What will become of invented issues and suggestions, decided before any is told: which events, on which days, at which visit.

Events are those of the tables of `app.domain.life`; days are places among the working days of the world.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from app.domain.life import ISSUE_LIFE, SUGGESTION_LIFE, IssueEvent, IssueState, SuggestionEvent, SuggestionState
from app.domain.people import Deputy, holds_mandate
from app.domain.values import Id
from app.use_cases.invented.words import Topic
from app.use_cases.invented.world import World

_I, _S = IssueEvent, SuggestionEvent
_TO_UNIT: Final = (_I.PROPOSE, _I.APPROVE, _I.ASSIGN, _I.SIGN_FOR)
_TO_FILE: Final = (_I.FEED_BACK, _I.CALL_BACK, _I.CLOSE, _I.ARCHIVE)

ISSUE_STORIES: Final[tuple[tuple[int, tuple[IssueEvent, ...]], ...]] = (
    (40, (_I.ACCEPT, *_TO_UNIT, _I.HANDLE, *_TO_FILE)),
    (12, (_I.REPLY_ON_SPOT, _I.ARCHIVE)),
    (8, (_I.REFER, _I.ARCHIVE)),
    (4, (_I.REFER, _I.HANDLE, *_TO_FILE)),
    (6, (_I.ACCEPT, _I.DECLINE, _I.ARCHIVE)),
    (6, (_I.ACCEPT, _I.MERGE, _I.ARCHIVE)),
    (4, (_I.ACCEPT, _I.PROPOSE, _I.SEND_BACK, *_TO_UNIT, _I.HANDLE, *_TO_FILE)),
    (4, (_I.ACCEPT, *_TO_UNIT, _I.OBJECT, *_TO_UNIT, _I.HANDLE, *_TO_FILE)),
    (4, (_I.ACCEPT, *_TO_UNIT, _I.HANDLE, _I.FEED_BACK, _I.CALL_BACK, _I.REHANDLE, _I.APPROVE, _I.ASSIGN, _I.HANDLE, *_TO_FILE)),
    (3, (_I.REPLY_ON_SPOT, _I.REOPEN, *_TO_UNIT, _I.HANDLE, *_TO_FILE)),
    (3, (_I.ACCEPT, *_TO_UNIT, _I.HANDLE, _I.CLOSE, _I.ARCHIVE)),
)
"""The ways an issue goes, each as often as its number says; one still under way has gone only a part of it."""

_RAISING: Final = (_I.ACCEPT, _I.RAISE, *_TO_FILE)
_REVIEW: Final = (_S.FIRST_REVIEW, _S.SECOND_REVIEW)
_HANDLING: Final = (_S.ACCEPT, _S.ASSIGN, _S.SIGN_FOR, _S.HANDLE, _S.REPLY)
_BEFORE: Final = ((_S.SUBMIT,), (_S.COSIGN, _S.SUBMIT), (_S.CONSULT, _S.SUBMIT), (_S.CONSULT, _S.COSIGN, _S.SUBMIT))
_AFTER: Final = (
    (*_REVIEW, *_HANDLING, _S.EVALUATE, _S.CLOSE, _S.ARCHIVE),
    (*_REVIEW, *_HANDLING, _S.EVALUATE, _S.CLOSE),
    (*_REVIEW, *_HANDLING, _S.TRACK, _S.CLEAR, _S.ARCHIVE),
    (*_REVIEW, *_HANDLING, _S.EVALUATE, _S.REHANDLE, _S.REPLY, _S.EVALUATE, _S.CLOSE),
    (_S.FIRST_REVIEW, _S.TO_REFERENCE, _S.ARCHIVE),
    (_S.FIRST_REVIEW, _S.RETURN, _S.REVISE, _S.SUBMIT, *_REVIEW, *_HANDLING, _S.EVALUATE, _S.CLOSE),
)
_FIRST_AFTER: Final = (3, 2)
"""The ways among them that the first suggestions have gone, so that a small station has them too."""
_UNDER_WAY: Final = (
    (*_REVIEW, _S.ACCEPT, _S.ASSIGN, _S.SIGN_FOR, _S.HANDLE),
    (*_REVIEW, *_HANDLING, _S.TRACK),
    (_S.FIRST_REVIEW, _S.RETURN),
    (*_REVIEW, *_HANDLING),
    (_S.FIRST_REVIEW,),
    (*_REVIEW, _S.ACCEPT, _S.ASSIGN, _S.OBJECT),
)
"""Ways of which every second suggestion has gone one so far, each in its turn."""
_DRAFTING: Final = ((_S.COSIGN,), (_S.CONSULT, _S.PRE_REVIEW), ())
"""Ways of which every draft has gone one so far, each in its turn: co-signing under way, a delegation's own, only begun."""

_WAITS: Final[Mapping[str, tuple[int, int]]] = {
    _I.REFER: (0, 1),
    _I.REPLY_ON_SPOT: (0, 0),
    _I.APPROVE: (0, 1),
    _I.SIGN_FOR: (0, 1),
    _I.HANDLE: (2, 9),
    _I.CALL_BACK: (3, 10),
    _I.ARCHIVE: (3, 15),
    _I.REOPEN: (5, 25),
    _S.SUBMIT: (1, 8),
    _S.SECOND_REVIEW: (1, 4),
    _S.REPLY: (20, 62),
    _S.EVALUATE: (2, 9),
    _S.TRACK: (5, 30),
    _S.CLEAR: (30, 90),
}
"""Working days that pass before an event, the fewest and the most; for others 0 to 3."""

_DONE_WITH: Final = frozenset(
    {IssueState.DECLINED, IssueState.REFERRED, IssueState.MERGED, IssueState.CLOSED, IssueState.ARCHIVED}
)
_SIGNING: Final = 3  # deputies of a congress among whom a draft finds its signers
_AT_A_VISIT: Final = 0.65
_NEAR: Final = 5  # working days that an issue under way may be older than meant


@dataclass(slots=True, kw_only=True)
class IssuePlan:
    """One issue to come."""

    id: Id
    topic: Topic
    at: str
    received: int
    events: tuple[IssueEvent, ...] = ()
    days: tuple[int, ...] = ()
    visit: int | None = None  # its number
    into: Id = ""  # the issue it is merged into
    reason: str = ""  # the title of the suggestion it became


@dataclass(slots=True, kw_only=True)
class SuggestionPlan:
    """One suggestion to come, with the issues it stands on."""

    id: Id
    topic: Topic
    at: str
    subject: str
    lead: Deputy
    began: int
    events: tuple[SuggestionEvent, ...]
    days: tuple[int, ...]
    issues: list[Id] = field(default_factory=list)

    def submitted(self) -> int | None:
        """The place of the day it was submitted, or None for one that is not."""
        return next((day for event, day in zip(self.events, self.days, strict=True) if event is _S.SUBMIT), None)


def state_after(events: Sequence[IssueEvent]) -> IssueState:
    """The state that a row of events leads to."""
    state = ISSUE_LIFE.start
    for event in events:
        state = ISSUE_LIFE.after(state, event)
    return state


def _endings() -> dict[IssueState, list[tuple[IssueEvent, ...]]]:
    endings: dict[IssueState, list[tuple[IssueEvent, ...]]] = {}
    for _, story in ISSUE_STORIES:
        for count in range(len(story) + 1):
            endings.setdefault(state_after(story[:count]), []).append(story[:count])
    return endings


# --- suggestions ---------------------------------------------------------------------------------------------------


def plan_suggestions(world: World, number: int) -> list[SuggestionPlan]:
    """Suggestions, a quarter of them still drafts, the oldest first."""
    drafts = (number + 2) // 4
    plans = [
        _suggestion(world, draft=place < drafts, place=place if place < drafts else place - drafts) for place in range(number)
    ]
    return sorted(plans, key=lambda plan: plan.began)


def _suggestion(world: World, *, draft: bool, place: int) -> SuggestionPlan:
    topic, last = world.topic(), len(world.days) - 1
    scene = world.scene(topic)
    events = _DRAFTING[place % len(_DRAFTING)] if draft else (*world.pick(_BEFORE), *_after(world, place))
    began = last - world.chance.randint(3, 25) if draft else world.chance.randint(*_when(last, events, under_way=place % 2 == 0))
    days = tuple(day for day in _days(world, began, events) if day <= last)
    lead = world.pick(_leads(world, world.day(began), together=draft and _S.COSIGN in events))
    return SuggestionPlan(
        id=world.new_id(),
        topic=topic,
        at=scene["at"],
        subject=world.speaker.one(topic.title, scene),
        lead=lead,
        began=began,
        events=events[: len(days)],
        days=days,
    )


def _after(world: World, place: int) -> tuple[SuggestionEvent, ...]:
    """What comes after submission: of every second one something that is still under way."""
    number, finished = divmod(place, 2)
    if not finished:
        return _UNDER_WAY[number % len(_UNDER_WAY)]
    return _AFTER[_FIRST_AFTER[number]] if number < len(_FIRST_AFTER) else world.pick(_AFTER)


def _leads(world: World, on: date, *, together: bool) -> list[Deputy]:
    """Who may lead a suggestion; where others are to sign it, somebody whose congress has others."""
    there = [each for each in world.deputies if holds_mandate(each, on)]
    alone = {each.congress for each in there if sum(other.congress == each.congress for other in there) < _SIGNING}
    return [each for each in there if not (together and each.congress in alone)] or there


def _when(last: int, events: Sequence[SuggestionEvent], *, under_way: bool) -> tuple[int, int]:
    """The first and last place a suggestion may begin at: what is still under way began some weeks ago, or is tracked since."""
    if under_way and _S.TRACK in events:
        return max(0, last - 180), max(0, last - 150)
    return (max(0, last - 74), max(0, last - 58)) if under_way else (last // 8, last - 15)


def suggestion_states(events: Sequence[SuggestionEvent]) -> Iterator[SuggestionState]:
    """The state after each event."""
    state = SUGGESTION_LIFE.start
    for event in events:
        state = SUGGESTION_LIFE.after(state, event)
        yield state


# --- issues --------------------------------------------------------------------------------------------------------


def plan_issues(world: World, number: int, visits: int, suggestions: Sequence[SuggestionPlan]) -> list[IssuePlan]:
    """Issues in the order they came: one for each state, those that suggestions stand on, and as many others as are missing."""
    plans = list(_raised(world, suggestions, number // 3))
    endings = _endings()
    for state in list(endings)[: number - len(plans)]:
        plans.append(_issue(world, world.pick(endings[state])))
    weights = [weight for weight, _ in ISSUE_STORIES]
    for _, story in world.chance.choices(ISSUE_STORIES, weights, k=number - len(plans)):
        plans.append(_issue(world, story if world.happens(0.7) else story[: world.chance.randrange(len(story))]))
    for plan in plans:
        _take_to_visit(world, plan, visits)
    plans.sort(key=lambda plan: plan.received)
    _merge(world, plans)
    _ground_drafts(world, plans, suggestions)
    return plans


def _issue(world: World, events: tuple[IssueEvent, ...]) -> IssuePlan:
    days = _days(world, 0, events)
    spare = len(world.days) - 1 - (days[-1] if days else 0)
    finished = state_after(events) in _DONE_WITH
    received = world.chance.randint(0, spare) if finished else spare - world.chance.randint(0, 6)
    topic = world.topic()
    at = world.speaker.say(topic.at, {})
    return IssuePlan(
        id=world.new_id(), topic=topic, at=at, received=received, events=events, days=tuple(day + received for day in days)
    )


def _raised(world: World, suggestions: Sequence[SuggestionPlan], most: int) -> Iterator[IssuePlan]:
    """The issues that submitted suggestions stand on, raised on the day of submission; the first of them goes no further."""
    left = most
    for suggestion in suggestions:
        on = suggestion.submitted()
        if on is None:
            continue
        for _ in range(min(left, world.chance.randint(1, 2))):
            followed = _RAISING[2 : 2 if left == most else world.chance.randint(2, len(_RAISING))]
            left -= 1
            received = max(0, suggestion.began - world.chance.randint(1, 40))
            later = (day for day in _days(world, on, followed) if day < len(world.days))
            days = (min(received + world.chance.randint(0, 2), on), on, *later)
            plan = IssuePlan(id=world.new_id(), topic=suggestion.topic, at=suggestion.at, received=received)
            plan.events, plan.days, plan.reason = _RAISING[: len(days)], days, suggestion.subject
            suggestion.issues.append(plan.id)
            yield plan


def _take_to_visit(world: World, plan: IssuePlan, visits: int) -> None:
    """Let an issue come from the visit of its day or the last before it, where that is near enough."""
    number = (plan.received + 1) * visits // len(world.days) - 1
    if number < 0 or not world.happens(_AT_A_VISIT):
        return
    day = visit_day(world, number, visits)
    earlier = plan.received - day
    if earlier > _NEAR and state_after(plan.events) not in _DONE_WITH:
        return
    if not plan.reason:
        plan.days = tuple(each - earlier for each in plan.days)
    plan.received, plan.visit = day, number - world.chance.randrange(max(1, visits // len(world.days)))


def _merge(world: World, plans: Sequence[IssuePlan]) -> None:
    """Let each merged issue be about the same as an earlier one; the first of all cannot be merged and is only accepted."""
    kept: list[IssuePlan] = []
    for plan in plans:
        if _I.MERGE not in plan.events:
            kept.append(plan)
        elif kept:
            other = world.pick(kept[-20:])
            plan.into, plan.topic, plan.at = other.id, other.topic, other.at
        else:
            count = plan.events.index(_I.MERGE)
            plan.events, plan.days = plan.events[:count], plan.days[:count]


def _ground_drafts(world: World, plans: Sequence[IssuePlan], suggestions: Sequence[SuggestionPlan]) -> None:
    """Let drafts stand on issues that are still open."""
    waiting = {IssueState.REGISTERED, IssueState.ACCEPTED, IssueState.PROPOSED, IssueState.APPROVED}
    still_open = [plan for plan in plans if state_after(plan.events) in waiting]
    for suggestion in suggestions:
        if suggestion.submitted() is None and still_open:
            issue = still_open.pop(world.chance.randrange(len(still_open)))
            suggestion.topic, suggestion.at = issue.topic, issue.at
            suggestion.subject = world.speaker.one(issue.topic.title, {"at": issue.at})
            suggestion.issues.append(issue.id)
            suggestion.began = max(suggestion.began, issue.received)
            suggestion.days = tuple(max(day, issue.received) for day in suggestion.days)


def visit_day(world: World, number: int, visits: int) -> int:
    """The place of the day of a visit, when so many are spread evenly over the days."""
    return (number + 1) * len(world.days) // visits - 1


def _days(world: World, start: int, events: Sequence[str]) -> tuple[int, ...]:
    days: list[int] = []
    for event in events:
        start += world.chance.randint(*_WAITS.get(event, (0, 3)))
        days.append(start)
    return tuple(days)
