"""All that belongs to one suggestion, read once for its papers."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Final, TypeVar

from sqlalchemy import Connection

from app.domain.chinese import long_day
from app.domain.congress import Congress
from app.domain.cosignature import Cosignature, CosignatureState, stands
from app.domain.deadlines import Due, Period, RuleProfile
from app.domain.handling import Assignment
from app.domain.papers import PaperName
from app.domain.people import Deputy
from app.domain.records import AnyRecord
from app.domain.reply import Evaluation, Evaluator, Reply
from app.domain.review import Review
from app.domain.suggestion import Suggestion, led_by, text_is_open
from app.domain.suggestion_limits import Rules
from app.domain.suggestion_papers import SuggestionHead
from app.domain.told import texts_changed
from app.domain.values import Id, wording
from app.errors import Refused
from app.queries.record import record
from app.queries.relations import by_ids, found, member, of_id, titles
from app.queries.rules import rule_book
from app.queries.suggestion_paper import congress_told, session_told
from app.workspace import Workspace

CONFIDENTIAL: Final = "代表身份保密"
_HIDDEN: Final = "〔保密〕"
A_NAME: Final = 2
"""From how many characters on a name is taken out of texts: a single one stands in other words."""
Told = TypeVar("Told")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A suggestion with what belongs to it, each kind in the order of entry; `asked` is what was named."""

    asked: Id
    suggestion: Suggestion
    head: SuggestionHead
    rules: Rules
    lead: Deputy
    deputies: Mapping[Id, Deputy]
    signatures: tuple[Cosignature, ...]
    reviews: tuple[Review, ...]
    slips: tuple[Assignment, ...]
    replies: tuple[Reply, ...]
    evaluations: tuple[Evaluation, ...]
    units: Mapping[Id, str]

    @property
    def profile(self) -> RuleProfile:
        """The periods, steps and words of the congress that receives it."""
        return self.rules.profile

    @property
    def hidden(self) -> bool:
        """Whether no deputy may be named."""
        return self.suggestion.confidential_identity

    @property
    def secret(self) -> tuple[str, ...]:
        """The names that nothing may tell; none where anybody may be named."""
        people = (self.lead, *self.deputies.values()) if self.hidden else ()
        return tuple(each.name for each in people if len(each.name) >= A_NAME)

    def named(self, records: Sequence[AnyRecord]) -> list[AnyRecord]:
        """The one of these that was asked for by its own identifier; all of them where another thing was."""
        return [each for each in records if each.id == self.asked] or list(records)

    def round(self) -> list[Assignment]:
        """The slips of the newest round."""
        newest = max((each.round for each in self.slips), default=0)
        return [each for each in self.slips if each.round == newest]


def dossier(workspace: Workspace, id: Id, paper: PaperName) -> Dossier:
    """What belongs to a suggestion, asked for by its identifier or by that of a review, slip, reply or evaluation of it.

    Raises `Refused("record_missing")`, `Refused("paper_other_kind", paper, kind)`.
    """
    asked = record(workspace, id).record
    with workspace.reading() as connection:
        suggestion = of_id(connection, Suggestion, _suggestion_of(asked))
        if suggestion is None:
            raise Refused("paper_other_kind", paper=paper, kind=asked.traits.name)
        lead = of_id(connection, Deputy, suggestion.lead_deputy) or Deputy(id="")
        suggestion = led_by(suggestion, lead) if lead.id else suggestion
        signatures = found(connection, Cosignature, member("suggestion") == suggestion.id)
        evaluations = found(connection, Evaluation, member("of") == suggestion.id)
        congress = of_id(connection, Congress, suggestion.receiving_body) or Congress(id="")
        signing = sorted((each for each in signatures if each.deputy != lead.id), key=lambda each: each.order)
        return Dossier(
            asked=id,
            suggestion=suggestion,
            head=_head(connection, suggestion, lead, signing, congress),
            rules=rule_book(connection).of(congress),
            lead=lead,
            deputies={each.id: each for each in by_ids(connection, Deputy, [each.deputy for each in signing])},
            signatures=tuple(signing),
            reviews=tuple(found(connection, Review, member("suggestion") == suggestion.id)),
            slips=tuple(found(connection, Assignment, member("of") == suggestion.id)),
            replies=tuple(found(connection, Reply, member("suggestion") == suggestion.id)),
            evaluations=tuple(each for each in evaluations if each.evaluator != Evaluator.RESIDENT),
            units=titles(connection, "unit"),
        )


def _suggestion_of(asked: object) -> Id:
    match asked:
        case Suggestion():
            return asked.id
        case Review() | Reply() | Cosignature():
            return asked.suggestion
        case Assignment() | Evaluation():
            return asked.of
        case _:
            return ""


def _head(
    connection: Connection, suggestion: Suggestion, lead: Deputy, signatures: Iterable[Cosignature], congress: Congress
) -> SuggestionHead:
    hidden = suggestion.confidential_identity
    standing = sum(stands(each, suggestion) for each in signatures)
    return SuggestionHead(
        record=suggestion.id,
        number=suggestion.case_number or suggestion.number,
        subject=suggestion.subject,
        kind=wording(suggestion.suggestion_type),
        session=f"{congress_told(connection, suggestion)}{session_told(suggestion)}",
        lead=CONFIDENTIAL if hidden else lead.name,
        delegation="" if hidden else suggestion.delegation or lead.delegation,
        cosigners=f"{standing}名" if standing else "",
        confidential=hidden,
        body=congress.deputy_affairs_committee or congress.standing_organ or congress.name,
        address=congress.address,
        phone=congress.office_phone,
    )


def listed_signatures(dossier: Dossier) -> list[Cosignature]:
    """Who signs: while the words are open all who were asked, then those who signed these words; and who was struck."""
    open_words = text_is_open(dossier.suggestion)
    asked = {CosignatureState.ASKED, CosignatureState.SIGNED}
    return [
        each
        for each in dossier.signatures
        if each.state == CosignatureState.STRUCK or (each.state in asked if open_words else stands(each, dossier.suggestion))
    ]


def unnamed(told: Told, names: Collection[str]) -> Told:
    """A value of a paper in which no text calls anybody by one of these names (domain brief 1.11)."""
    return texts_changed(told, lambda text: reduce(lambda told, name: told.replace(name, _HIDDEN), names, text))


# --- limits with both of their days ------------------------------------------------------------------------------------


def limit_told(start: date | None, period: Period, rules: Rules) -> str:
    """The end of a period as counted and as moved to a working day (domain brief 1.13); nothing without a day to begin with."""
    if start is None:
        return ""
    return due_told(rules.due(start, period), rules.profile)


def due_told(last: Due, profile: RuleProfile) -> str:
    """A deadline in words: both days where they differ, and which years' calendars are missing."""
    plain, rolled = long_day(last.plain), long_day(last.rolled)
    if last.plain == last.rolled:
        told = plain
    elif profile.roll_to_workday:
        told = f"{rolled}（期满{plain}为休息日，顺延）"
    else:
        told = f"{plain}（为休息日，不顺延；下一个工作日{rolled}）"
    years = "、".join(map(str, last.unknown_years))
    return f"{told}（{years}年工作日历未录入）" if years else told
