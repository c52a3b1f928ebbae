"""The papers of a suggestion beside its official form, filled from the records; without a record they are empty."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from app.domain.category import CategoryScheme
from app.domain.chinese import long_day, numeral
from app.domain.deadlines import Period, RuleProfile
from app.domain.handling import Assignment, HandlingRole
from app.domain.papers import Answers, PaperName, answers
from app.domain.reply import REPLY_CLASSES, Evaluation, Reply, ReplyScheme, reply_class_word
from app.domain.review import Review, ReviewOutcome
from app.domain.satisfaction import Satisfaction
from app.domain.suggestion_papers import (
    EvaluationForm,
    ExtensionApplication,
    Handler,
    ReplySheet,
    ReturnApplication,
    ReviewNotice,
    SuggestionHead,
    SuggestionSheet,
    SuggestionSheets,
    SuggestionSlip,
    WithdrawalApplication,
)
from app.domain.values import Id, wording
from app.errors import Refused
from app.queries.cosigning_sheets import cosignature_page, cosigning_calls, withdrawal_applications
from app.queries.issue_words import joined
from app.queries.relations import category_names, title_of
from app.queries.rights import rights
from app.queries.rules import station_rules
from app.queries.suggestion_dossier import CONFIDENTIAL, Dossier, dossier, limit_told, unnamed
from app.workspace import Workspace

_EMPTY: Final = SuggestionHead()


def suggestion_sheets(workspace: Workspace, name: PaperName, id: Id) -> SuggestionSheets:
    """The sheets of one kind about the suggestion that the identifier leads to; without one the empty sheet.

    An identifier of a review, slip, reply or evaluation asks for the sheet of that one; that of the suggestion for the newest
    review, for every unit of the newest round, for every reply.

    Raises `Refused("record_missing")`, `Refused("paper_other_kind", paper, kind)`, `Refused("not_assigned", title)`.
    """
    if not id:
        with workspace.reading() as connection:
            return SuggestionSheets(name=name, sheets=(_EMPTIES[name](station_rules(workspace, connection).profile),))
    told = dossier(workspace, id, name)
    return SuggestionSheets(name=name, sheets=tuple(unnamed(each, told.secret) for each in _SHEETS[name](workspace, told)))


# --- review ------------------------------------------------------------------------------------------------------------


def _notices(workspace: Workspace, told: Dossier) -> Iterator[SuggestionSheet]:
    review = told.named(told.reviews)[-1] if told.reviews else Review(id="")
    title, refusal = PaperName.REVIEW_NOTICE.label, told.profile.refusal_word
    if review.outcome == ReviewOutcome.NOT_PROCESSED:
        title = f"代表建议{refusal or ReviewOutcome.NOT_PROCESSED.label}告知单"
    with workspace.reading() as connection:
        other = title_of(connection, review.merged_into)
    yield ReviewNotice(
        head=told.head,
        record=review.id or told.suggestion.id,
        title=title,
        stage=_round_of(wording(review.stage), review.round),
        body=review.body,
        reviewer="" if told.hidden else review.reviewer,
        outcomes=_outcomes(review.outcome, refusal),
        reason=review.reason,
        help=review.help_given,
        merged_into=other,
        decided_on=long_day(review.decided_on),
        told_on=long_day(review.deputy_told_on),
    )


def _outcomes(given: str, refusal: str) -> Answers:
    """What a review may decide, a refusal by the profile's own word (decision 26)."""
    words = {ReviewOutcome.NOT_PROCESSED: refusal}
    return tuple((words.get(each) or each.label, each == given) for each in ReviewOutcome)


# --- handing to units ----------------------------------------------------------------------------------------------------


def _slips(workspace: Workspace, told: Dossier) -> Iterator[SuggestionSheet]:
    with workspace.reading() as connection:
        names = category_names(connection, CategoryScheme.SUGGESTION)
    for slip in _asked_slips(told):
        sharing = [each for each in told.slips if each.round == slip.round]
        yield SuggestionSlip(
            head=told.head,
            record=slip.id,
            number=slip.number,
            classification=wording(slip.classification or told.suggestion.classification),
            category=names.get(told.suggestion.category, told.suggestion.category),
            body=slip.assigned_by_body or told.head.body,
            unit=told.units.get(slip.unit, ""),
            role=wording(slip.role),
            part=slip.part,
            assigned_on=long_day(slip.assigned_on),
            due=_due(slip, told),
            extended=long_day(slip.extended_to),
            co_due=limit_told(slip.assigned_on, told.profile.co_handler_opinion, told.rules),
            objection_due=_limit(slip, told.profile.objection, told),
            handlers=tuple(_handler(each, slip, told) for each in sharing),
            instruction=slip.instruction,
            feedback_required=slip.feedback_required,
            assigned_by=slip.assigned_by,
            signed_for=joined(slip.signed_for_by, long_day(slip.signed_for_on)),
        )


def _asked_slips(told: Dossier) -> list[Assignment]:
    """The slip that was asked for, else those of the newest round; raises `Refused("not_assigned")` where there is none."""
    slips = [each for each in told.slips if each.id == told.asked] or told.round()
    if not slips:
        raise Refused("not_assigned", title=told.suggestion.title())
    return slips


def _due(slip: Assignment, told: Dossier) -> str:
    """The day by which the unit answers: as the slip has it, and as three months from its day end, counted and moved."""
    rule = told.profile.co_handler_opinion if slip.role == HandlingRole.CO else told.profile.reply
    reckoned = limit_told(slip.assigned_on, rule, told.rules)
    own = long_day(slip.due_on)
    if not own or reckoned.startswith(own):
        return reckoned
    return f"{own}（自交办起{rule}为{reckoned}）" if reckoned else own


def _limit(slip: Assignment, period: Period, told: Dossier) -> str:
    reckoned = limit_told(slip.assigned_on, period, told.rules)
    return f"自交办之日起{period}内，即{reckoned}前" if reckoned else f"自交办之日起{period}内"


def _handler(slip: Assignment, asked: Assignment, told: Dossier) -> Handler:
    unit, due = told.units.get(slip.unit, ""), long_day(slip.extended_to or slip.due_on)
    return Handler(role=wording(slip.role), unit=unit, part=slip.part, due=due, this=slip.id == asked.id)


# --- replies -----------------------------------------------------------------------------------------------------------


def _replies(workspace: Workspace, told: Dossier) -> Iterator[SuggestionSheet]:
    """Every reply, and an empty sheet for each unit that owes one: co-handlers answer the lead handler, not the deputy."""
    slips = {each.id: each for each in told.slips}
    if told.asked in slips:
        replies = [each for each in told.replies if each.assignment == told.asked]
        owing = [] if replies else [slips[told.asked]]
    else:
        replies = told.named(told.replies)
        whole = told.asked == told.suggestion.id
        answered = {each.assignment for each in told.replies}
        owing = [each for each in told.round() if each.role != HandlingRole.CO and each.id not in answered] if whole else []
    for reply in replies:
        yield _reply(reply, slips.get(reply.assignment) or Assignment(id=""), told)
    for slip in owing:
        yield _reply(Reply(id="", unit=slip.unit, round=slip.round), slip, told)
    if not (replies or owing):
        raise Refused("not_assigned", title=told.suggestion.title())


def _reply(reply: Reply, slip: Assignment, told: Dossier) -> ReplySheet:
    helping = [each for each in told.slips if each.role == HandlingRole.CO and each.round == (slip.round or reply.round)]
    opinions = ((each, told.units.get(each.unit, "")) for each in helping if each.co_handler_opinion)
    return ReplySheet(
        head=told.head,
        record=reply.id or slip.id or told.suggestion.id,
        unit=told.units.get(reply.unit or slip.unit, ""),
        role=wording(slip.role),
        part=slip.part,
        due=long_day(slip.extended_to or slip.due_on),
        round=_round_of("再次答复" if reply.supplementary else "答复", reply.round),
        number=reply.number,
        replied_on=long_day(reply.replied_on),
        way=wording(reply.way),
        mark=reply.reply_class,
        classes=_classes(reply.scheme or told.profile.reply_scheme, reply.reply_class),
        change=joined(wording(reply.class_change), reply.evidence),
        text=reply.text,
        opinions=tuple((joined(unit, long_day(each.co_handler_opinion_on)), each.co_handler_opinion) for each, unit in opinions),
        signed_by=reply.signed_by,
        sealed=reply.sealed,
        contact=reply.contact_person,
        phone=reply.office_phone,
        copied_to="、".join(reply.copied_to),
        disclosed="是" if reply.disclosed else "",
    )


def _classes(scheme: str, given: str) -> Answers:
    """The classes of a scheme, letter and words: a letter means nothing without them. One of a newer program stands alone."""
    classes = REPLY_CLASSES[ReplyScheme(scheme)] if scheme in set(ReplyScheme) else {}
    told = tuple((f"{letter}　{word}" if letter not in word else word, letter == given) for letter, word in classes.items())
    return told if not given or given in classes else (*told, (given, True))


def _round_of(word: str, number: int) -> str:
    """第二轮答复; the first round is told too, nothing where no round is."""
    return f"第{numeral(number)}轮{word}" if number else word


# --- evaluation --------------------------------------------------------------------------------------------------------


def _evaluations(workspace: Workspace, told: Dossier) -> Iterator[SuggestionSheet]:
    """One form for the evaluation or reply that was asked for, else for each reply of the newest round."""
    own = rights(workspace).deputy
    asked = next((each for each in told.evaluations if each.id == told.asked), None)
    if asked:
        reply = next((each for each in told.replies if each.id == asked.reply), None)
        yield _evaluation(reply or Reply(id="", round=asked.round), asked, told, own)
        return
    newest = max((each.round for each in told.replies), default=0)
    replies = [each for each in told.replies if each.id == told.asked or each.assignment == told.asked]
    for reply in replies or [each for each in told.replies if each.round == newest] or [Reply(id="")]:
        yield _evaluation(reply, _of_reply(reply, told), told, own)


def _of_reply(reply: Reply, told: Dossier) -> Evaluation:
    """What the deputy said of a reply, the last word of it; nothing yet where nobody said anything."""
    named = [each for each in told.evaluations if each.reply == reply.id and reply.id]
    unnamed = [each for each in told.evaluations if not each.reply and each.round == reply.round]
    return next(iter((named or unnamed)[::-1]), Evaluation(id=""))


def _evaluation(reply: Reply, evaluation: Evaluation, told: Dossier, own: Id) -> EvaluationForm:
    """The form; of a survey behind the unit's back only the deputy sees what was answered (domain brief 1.10)."""
    sealed = evaluation.blind_survey and evaluation.returned_on is not None and own != (evaluation.deputy or told.lead.id)
    said = Evaluation(id="") if sealed else evaluation
    return EvaluationForm(
        head=told.head,
        record=evaluation.id or reply.id or told.suggestion.id,
        unit=told.units.get(reply.unit, "") or _leading(told),
        reply_number=reply.number,
        round=_round_of("答复", reply.round),
        replied_on=long_day(reply.replied_on),
        reply_class=f"{reply.reply_class}　{reply_class_word(reply)}".strip() if reply.reply_class else "",
        received=_received(came=evaluation.reply_received_on is not None),
        received_on=long_day(evaluation.reply_received_on),
        attitudes=_levels(said.attitude),
        results=_levels(said.result),
        opinion=said.opinion,
        deputy=CONFIDENTIAL if told.hidden else told.lead.name,
        day=long_day(evaluation.returned_on),
        sealed=sealed,
    )


def _received(*, came: bool) -> Answers:
    return ("是", came), ("否", False)


def _leading(told: Dossier) -> str:
    return "、".join(told.units.get(each.unit, "") for each in told.round() if each.role != HandlingRole.CO)


def _levels(given: str) -> Answers:
    return answers(Satisfaction, given)


# --- applications ------------------------------------------------------------------------------------------------------


def _returns(workspace: Workspace, told: Dossier) -> Iterator[SuggestionSheet]:
    for slip in _asking(told, lambda slip: slip.objected_on or slip.objection):
        yield ReturnApplication(
            **_applying(slip, told),
            until=_limit(slip, told.profile.objection, told),
            reason=slip.objection,
            day=long_day(slip.objected_on),
            upheld=slip.objection_upheld,
        )


def _extensions(workspace: Workspace, told: Dossier) -> Iterator[SuggestionSheet]:
    for slip in _asking(told, lambda slip: slip.extended_to or slip.extension_reason):
        yield ExtensionApplication(
            **_applying(slip, told),
            due=_due(slip, told),
            extended_to=long_day(slip.extended_to),
            latest=limit_told(slip.assigned_on, told.profile.extended_reply, told.rules),
            reason=slip.extension_reason,
            agreed_by=slip.extension_agreed_by,
        )


def _asking(told: Dossier, asks: Callable[[Assignment], object]) -> list[Assignment]:
    """The slips whose unit has applied; where none has, all, for whoever will write on the paper."""
    slips = _asked_slips(told)
    return [each for each in slips if asks(each)] or slips


def _applying(slip: Assignment, told: Dossier) -> dict[str, Any]:
    """What stands at the head of every application: which matter, which slip, whose."""
    return {
        "head": told.head,
        "record": slip.id,
        "slip_number": slip.number,
        "unit": told.units.get(slip.unit, ""),
        "role": wording(slip.role),
        "assigned_on": long_day(slip.assigned_on),
    }


_SHEETS: Final[Mapping[PaperName, Callable[[Workspace, Dossier], Iterator[SuggestionSheet]]]] = {
    PaperName.COSIGNATURE_PAGE: cosignature_page,
    PaperName.COSIGNING_CALL: cosigning_calls,
    PaperName.REVIEW_NOTICE: _notices,
    PaperName.SUGGESTION_SLIP: _slips,
    PaperName.REPLY_SHEET: _replies,
    PaperName.EVALUATION_FORM: _evaluations,
    PaperName.RETURN_APPLICATION: _returns,
    PaperName.EXTENSION_APPLICATION: _extensions,
    PaperName.WITHDRAWAL_APPLICATION: withdrawal_applications,
}


# --- empty ones --------------------------------------------------------------------------------------------------------


def _empty_notice(profile: RuleProfile) -> SuggestionSheet:
    return ReviewNotice(head=_EMPTY, title=PaperName.REVIEW_NOTICE.label, outcomes=_outcomes("", profile.refusal_word))


def _empty_evaluation(profile: RuleProfile) -> SuggestionSheet:
    return EvaluationForm(head=_EMPTY, received=_received(came=False), attitudes=_levels(""), results=_levels(""))


_EMPTIES: Final[Mapping[PaperName, Callable[[RuleProfile], SuggestionSheet]]] = {
    PaperName.REVIEW_NOTICE: _empty_notice,
    PaperName.REPLY_SHEET: lambda profile: ReplySheet(head=_EMPTY, classes=_classes(profile.reply_scheme, "")),
    PaperName.EVALUATION_FORM: _empty_evaluation,
    PaperName.RETURN_APPLICATION: lambda profile: ReturnApplication(head=_EMPTY, until=f"自交办之日起{profile.objection}内"),
    PaperName.EXTENSION_APPLICATION: lambda profile: ExtensionApplication(head=_EMPTY),
    PaperName.WITHDRAWAL_APPLICATION: lambda profile: WithdrawalApplication(head=_EMPTY),
}
