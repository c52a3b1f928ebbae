"""The ledger of suggestions (建议台账, domain brief 2.6): what was handed in, where it went, what came of it."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from app.domain.chinese import short_day
from app.domain.cosignature import stands
from app.domain.deadlines import Period, PeriodUnit, RuleProfile
from app.domain.handling import Assignment, HandlingRole
from app.domain.papers import Span
from app.domain.reply import Evaluation, Reply
from app.domain.review import Review, ReviewOutcome
from app.domain.suggestion import Suggestion, text_is_open
from app.domain.suggestion_limits import Rules
from app.domain.suggestion_papers import SuggestionLedger, SuggestionLine
from app.domain.values import Id, wording
from app.queries.ledger_head import ledger_head
from app.queries.relations import own_station
from app.queries.suggestion_books import Books, books_of, class_told, counted_by_unit, in_order, items_of, suggestions_here
from app.queries.suggestion_dossier import CONFIDENTIAL, unnamed
from app.queries.suggestion_paper import session_told
from app.workspace import Workspace

SEALED: Final = "密封"
"""What a ledger says of an answer given behind the unit's back: it is for the deputy and the congress (domain brief 1.10)."""


def suggestion_ledger(workspace: Workspace, span: Span) -> SuggestionLedger:
    """Every suggestion handed in between two days, oldest first; without days every one whose words are frozen."""
    with workspace.reading() as connection:
        suggestions = [each for each in suggestions_here(workspace, connection) if _handed_in(each, span)]
        books, station = books_of(connection), own_station(workspace, connection)
    lines = tuple(unnamed(_line(each, books), books.secret(each)) for each in suggestions)
    handled = [each for suggestion in suggestions for each in _handled(suggestion, books)]
    assigned, replied = (sum(bool(kept.get(each.id)) for each in suggestions) for kept in (books.slips, books.replies))
    summary = f"合计{len(lines)}件，其中已交办{assigned}件，已答复{replied}件。"
    return SuggestionLedger(head=ledger_head(station, span, summary), lines=lines, units=counted_by_unit(handled, books.units))


def _handed_in(suggestion: Suggestion, span: Span) -> bool:
    if suggestion.submitted_on is None:
        return not text_is_open(suggestion) and not (span.first or span.last)
    return (not span.first or suggestion.submitted_on >= span.first) and (not span.last or suggestion.submitted_on <= span.last)


def _line(suggestion: Suggestion, books: Books) -> SuggestionLine:
    slips, replies = _newest(books.slips.get(suggestion.id, ())), _last_words(books.replies.get(suggestion.id, ()))
    rules = books.rules_of(suggestion)
    signed = sum(
        stands(each, suggestion) for each in books.signatures.get(suggestion.id, ()) if each.deputy != suggestion.lead_deputy
    )
    assigned = suggestion.assigned_on or min((each.assigned_on for each in slips if each.assigned_on), default=None)
    said = [each for each in books.evaluations.get(suggestion.id, ()) if each.returned_on]
    spoken = said[-1] if said else Evaluation(id="")
    return SuggestionLine(
        number=suggestion.case_number or suggestion.number,
        session="\n".join(part for part in (f"{suggestion.year}年" if suggestion.year else "", session_told(suggestion)) if part),
        subject=suggestion.subject,
        lead=CONFIDENTIAL if suggestion.confidential_identity else books.names.get(suggestion.lead_deputy, ""),
        cosigners=str(signed or ""),
        category=books.categories.get(suggestion.category, suggestion.category),
        submitted_on=short_day(suggestion.submitted_on),
        review=_reviewed(books.reviews.get(suggestion.id, ()), rules.profile),
        units="\n".join(_unit(each, books) for each in slips),
        assigned_on=short_day(assigned),
        due="\n".join(_limit(assigned, each, rules) for each in _answering(rules.profile)) if assigned else "",
        replied_on="\n".join(short_day(each.replied_on) for each in replies if each.replied_on),
        reply_class="\n".join(class_told(each) for each in replies if each.reply_class),
        attitude=_level(spoken, spoken.attitude),
        result=_level(spoken, spoken.result),
        disclosed="已公开" if suggestion.disclosed else "未公开",
        tracked=_tracked(suggestion, books),
        round=str(max(0, *(each.round - 1 for each in slips), *(each.round - 1 for each in replies), 0) or ""),
    )


def _newest(slips: Sequence[Assignment]) -> list[Assignment]:
    newest = max((each.round for each in slips), default=0)
    return [each for each in slips if each.round == newest]


def _last_words(replies: Sequence[Reply]) -> list[Reply]:
    """The newest reply of each unit."""
    return list({each.unit: each for each in in_order(replies)}.values())


def _reviewed(reviews: Sequence[Review], profile: RuleProfile) -> str:
    outcome = reviews[-1].outcome if reviews else ""
    return profile.refusal_word if outcome == ReviewOutcome.NOT_PROCESSED and profile.refusal_word else wording(outcome)


def _unit(slip: Assignment, books: Books) -> str:
    part = f"（{slip.part}）" if slip.part else ""
    return f"{wording(slip.role) or '承办'}：{books.units.get(slip.unit, '')}{part}"


def _answering(profile: RuleProfile) -> tuple[Period, Period]:
    """How long a unit has, and how long at most."""
    return profile.reply, profile.extended_reply


def _limit(start: date, period: Period, rules: Rules) -> str:
    """The last day of a period as counted, and beside it the day it is moved to where that is another."""
    last = rules.due(start, period)
    word = f"{period.amount}月" if period.unit is PeriodUnit.MONTH else str(period)
    moved = f"\n顺延{short_day(last.rolled)}" if last.rolled != last.plain else ""
    return f"{word}：{short_day(last.plain)}{moved}"


def _level(evaluation: Evaluation, given: str) -> str:
    """A deputy's answer; of a survey behind the unit's back a ledger tells none."""
    return SEALED if evaluation.blind_survey and given else wording(given)


def _handled(suggestion: Suggestion, books: Books) -> Iterator[tuple[Id, Sequence[bool]]]:
    """Each unit that owes an answer, by the headings of the counts: handled, answered, not answered, still only planning."""
    replies = books.replies.get(suggestion.id, ())
    following = {each.unit for each in items_of(suggestion, books) if each.open}
    for slip in _newest(books.slips.get(suggestion.id, ())):
        if slip.role != HandlingRole.CO:
            answered = any(each.unit == slip.unit and each.round >= slip.round for each in replies)
            yield slip.unit, (True, answered, not answered, slip.unit in following)


def _tracked(suggestion: Suggestion, books: Books) -> str:
    items = list(items_of(suggestion, books))
    left = sum(each.open for each in items)
    return "" if not items else f"跟踪中{left}项" if left else "已销号"
