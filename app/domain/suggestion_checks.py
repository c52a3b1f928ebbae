"""What is missing in, or odd about, what was given for a deed of a suggestion."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from app.domain.handling import HandlingRole
from app.domain.life import SUGGESTION_LIFE, SuggestionEvent, SuggestionState
from app.domain.problems import Problem
from app.domain.reply import ClassChange, reply_problems
from app.domain.review import ReviewOutcome, ReviewStage
from app.domain.suggestion import PublicityWish
from app.domain.suggestion_course import ANSWERING, Course
from app.domain.suggestion_deeds import reply_given
from app.domain.suggestion_limits import Rules
from app.domain.suggestion_steps import ASKS, Deed, Entry, Note, Share, allowed, slips_for
from app.domain.tracking import TURNS, Standing, change_problems, plans_something
from app.domain.values import Id
from app.errors import Refused

_E: Final = SuggestionEvent

_MISSING: Final = (
    Problem(code="step_words_missing", field="words"),
    Problem(code="case_number_missing", field="case_number"),
    Problem(code="refusal_code_missing", field="refusal_code"),
    Problem(code="deputy_not_told", field="deputy_told_on"),
    Problem(code="merge_target_missing", field="merged_into"),
    Problem(code="shares_missing", field="shares"),
    Problem(code="slip_missing", field="slip"),
    Problem(code="reply_class_missing", field="reply_class"),
    Problem(code="promise_missing", field="promise"),
    Problem(code="watch_missing", field="watch_on"),
    Problem(code="class_change_missing", field="class_change"),
    Problem(code="evidence_missing", field="evidence"),
    Problem(code="phase_missing", field="phase"),
    Problem(code="priority_missing", field="priority"),
    Problem(code="supervision_way_missing", field="supervision_way"),
    Problem(code="outcome_type_missing", field="outcome_type"),
    Problem(code="outcome_name_missing", field="name"),
    Problem(code="stars_missing", field="stars"),
    Problem(code="award_year_missing", field="award_year"),
    Problem(code="issuer_missing", field="issuer"),
)
_UNKNOWN: Final = (
    Problem(code="slip_unknown", field="slip"),
    Problem(code="reply_unknown", field="reply"),
    Problem(code="commitment_unknown", field="commitment"),
)


def check_allowed(course: Course, deed: Deed, rules: Rules) -> None:
    """Raise `Refused("life_forbids")` for an event, `Refused("note_unfit")` for a note that does not fit where it stands."""
    if allowed(course, deed, rules.profile):
        return
    state = course.suggestion.state or SuggestionState.DRAFT
    if isinstance(deed, Note):
        raise Refused("note_unfit", note=deed, state=state)
    raise Refused("life_forbids", life=SUGGESTION_LIFE.name, state=state, event=deed, allowed=SUGGESTION_LIFE.allowed(state))


def deed_problems(course: Course, deed: Deed, entry: Entry, rules: Rules) -> Iterator[Problem]:
    """What must be mended before the deed can be done, and hints that stop nobody."""
    yield from (each for each in _MISSING if each.field in ASKS[deed].needs and not _given(entry, each.field))
    submitted = course.suggestion.submitted_on
    if submitted and entry.on < submitted:
        yield Problem(code="step_before_submission", field="on", facts={"day": submitted})
    for each in _UNKNOWN:
        if (id := entry.fields.get(each.field)) and id not in _known(course, deed, each.field):
            yield each
    if check := _CHECKS.get(deed):
        yield from check(course, entry, rules)


def _given(entry: Entry, name: str) -> bool:
    if name == "words":
        return bool(entry.words.strip())
    return bool(entry.shares if name == "shares" else entry.fields.get(name))


def _known(course: Course, deed: Deed, name: str) -> set[Id]:
    if name == "slip":
        later = deed is _E.REPLY and course.suggestion.state == SuggestionState.TRACKING
        return {each.id for each in (course.slips() if later else slips_for(course, deed))}
    return {each.id for each in (course.replies if name == "reply" else course.open_commitments())}


def _accepting(course: Course, entry: Entry, rules: Rules) -> Iterator[Problem]:
    reviewed = {each.stage for each in course.reviews if each.outcome == ReviewOutcome.PASSED}
    expected = rules.profile.second_review and course.suggestion.state != SuggestionState.SECOND_REVIEW
    if expected and ReviewStage.SECOND_REVIEW not in reviewed:
        yield Problem(code="second_review_missing", field="case_number", hint=True)


def _assigning(course: Course, entry: Entry, rules: Rules) -> Iterator[Problem]:
    yield from _share_problems(entry.shares)
    if course.objecting() and not entry.fields.get("slip"):
        yield Problem(code="slip_missing", field="slip")


def _share_problems(shares: tuple[Share, ...]) -> Iterator[Problem]:
    """One lead or one alone, or several each with its part (domain brief 1.8)."""
    roles = [each.role for each in shares]
    units = [each.unit for each in shares]
    if not all(units):
        yield Problem(code="unit_missing", field="shares")
    if len(set(units)) < len(units):
        yield Problem(code="unit_twice", field="shares")
    if any(each.role == HandlingRole.SEPARATE and not each.part.strip() for each in shares):
        yield Problem(code="part_missing", field="shares")
    answering = [each for each in roles if each in ANSWERING]
    if roles and not answering:
        yield Problem(code="nobody_answers", field="shares")
    elif HandlingRole.SEPARATE in roles:
        if HandlingRole.LEAD in roles or HandlingRole.SOLE in roles:
            yield Problem(code="roles_mixed", field="shares")
    elif len(answering) > 1 or (HandlingRole.SOLE in roles and HandlingRole.CO in roles):
        yield Problem(code="roles_mixed", field="shares")


def _merging(course: Course, entry: Entry, rules: Rules) -> Iterator[Problem]:
    if entry.fields.get("merged_into") == course.suggestion.id:
        yield Problem(code="merge_circle", field="merged_into")


def _handling(course: Course, entry: Entry, rules: Rules) -> Iterator[Problem]:
    """The three fixings (三定) should stand before handling begins; without them it begins all the same."""
    slip = course.slip(entry.fields.get("slip", "")) or next(iter(course.slips()), None)
    for name in ("person_in_charge", "plan", "planned_reply_on"):
        if not entry.fields.get(name) and not (slip and getattr(slip, name)):
            yield Problem(code="fixing_missing", field=name, hint=True, facts={"kind": "assignment"})


def _replying(course: Course, entry: Entry, rules: Rules) -> Iterator[Problem]:
    if course.owing() and not entry.fields.get("slip"):
        yield Problem(code="slip_missing", field="slip")
    if course.owing():
        yield from reply_problems(reply_given(course, entry, rules, "", supplementary=False))
    else:
        yield from _said_later(course, entry, rules)
    # The lead says in its reply what each co-handler thinks; without the opinion it cannot.
    for slip in course.co_handling() if course.owing() else ():
        if not slip.co_handler_opinion.strip():
            yield Problem(code="co_opinion_missing", field="slip", hint=True)


def _said_later(course: Course, entry: Entry, rules: Rules) -> Iterator[Problem]:
    """A later word to the same round keeps the class of before, or says why it is another."""
    told = reply_given(course, entry, rules, "", supplementary=True)
    yield from reply_problems(told)
    before = course.last_class(told.unit)
    if before and before.unit == told.unit:
        yield from change_problems(before, told)


def _tracking(course: Course, entry: Entry, rules: Rules) -> Iterator[Problem]:
    if (watch := entry.fields.get("watch_on")) and watch <= entry.on:
        yield Problem(code="watch_in_the_past", field="watch_on", hint=True)


def _clearing(course: Course, entry: Entry, rules: Rules) -> Iterator[Problem]:
    if course.open_commitments() and not entry.fields.get("commitment"):
        yield Problem(code="commitment_missing", field="commitment")
    change = entry.fields.get("class_change")
    promise = next((each for each in course.open_commitments() if each.id == entry.fields.get("commitment")), None)
    if change not in {ClassChange.RESOLVED, ClassChange.POLICY_CHANGED, None, ""}:
        yield Problem(code="class_change_unfit", field="class_change")
    elif change and promise and change not in TURNS[standing := course.item(promise).standing]:
        yield Problem(code="turn_not_offered", field="class_change", facts={"standing": standing})


def _looking_back(course: Course, entry: Entry, rules: Rules) -> Iterator[Problem]:
    yield from _tracking(course, entry, rules)
    reply, units = course.reply(entry.fields.get("reply", "")), {each.unit for each in course.to_look_back_at()}
    if reply and reply.unit not in units:
        yield Problem(code="turn_not_offered", field="reply", facts={"standing": Standing.ASIDE})


def _closing(course: Course, entry: Entry, rules: Rules) -> Iterator[Problem]:
    if course.dissatisfied():
        yield Problem(code="closed_dissatisfied", hint=True)
    if any(plans_something(each) for each in course.answers()) and not course.commitments:
        yield Problem(code="closed_untracked", hint=True)


def _extending(course: Course, entry: Entry, rules: Rules) -> Iterator[Problem]:
    """Six months from the hand-over at most (代表法 art. 51)."""
    slip, to = course.slip(entry.fields.get("slip", "")), entry.fields.get("extended_to")
    if slip and to and slip.assigned_on:
        longest = rules.due(slip.assigned_on, rules.profile.extended_reply)
        if to > max(longest.plain, longest.rolled):
            yield Problem(code="extended_too_far", field="extended_to", hint=True, facts={"day": longest.day})
        if slip.due_on and to <= slip.due_on:
            yield Problem(code="extended_not_longer", field="extended_to", facts={"day": slip.due_on})


def _disclosing(course: Course, entry: Entry, rules: Rules) -> Iterator[Problem]:
    if course.suggestion.publicity_wish == PublicityWish.NONE:
        yield Problem(code="disclosure_unwished", hint=True)


_Check = Callable[[Course, Entry, Rules], Iterator[Problem]]
_CHECKS: Final[Mapping[Deed, _Check]] = {
    _E.ACCEPT: _accepting,
    _E.ASSIGN: _assigning,
    _E.MERGE: _merging,
    _E.HANDLE: _handling,
    _E.REPLY: _replying,
    _E.TRACK: _tracking,
    _E.CHECK_AGAIN: _looking_back,
    _E.CLEAR: _clearing,
    _E.CLOSE: _closing,
    Note.EXTEND: _extending,
    Note.SUPPLEMENT: _said_later,
    Note.DISCLOSE: _disclosing,
}
