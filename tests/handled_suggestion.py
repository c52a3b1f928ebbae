"""An invented suggestion that went all the way: signed, reviewed, handed to three units, answered in two rounds, evaluated."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.domain.congress import Congress, Level, Term
from app.domain.cosignature import Cosignature, CosignatureState, SigningWay
from app.domain.handling import Assignment, Commitment, CommitmentState, HandlingRole
from app.domain.life import SuggestionEvent, SuggestionState
from app.domain.papers import PaperName
from app.domain.people import Deputy
from app.domain.reply import ClassChange, Evaluation, Evaluator, Reply, ReplyScheme, ReplyWay
from app.domain.review import Review, ReviewOutcome, ReviewStage
from app.domain.satisfaction import Satisfaction
from app.domain.step import Step
from app.domain.suggestion import Suggestion, SuggestionType, digest_of_text
from app.domain.unit import Unit
from app.domain.values import Id
from app.queries.suggestion_papers import OF_A_SUGGESTION
from app.workspace import Workspace
from tests.builders import a_contact, a_deputy, save

SHEETS = tuple(each for each in OF_A_SUGGESTION if each != PaperName.SUGGESTION)
"""The papers of a suggestion beside the official form."""

TEXT = "一、情况\n东街路灯不亮。\n\n二、分析\n移交之前无人管。\n\n三、建议\n（一）城管局修好路灯。\n（二）交通局补画标线。"
ASSIGNED = date(2025, 1, 20)
"""Three months later is a Sunday: the limit is told with both of its days (domain brief 1.13)."""


@dataclass(frozen=True, slots=True)
class Handled:
    """The suggestion and what belongs to it, all saved."""

    suggestion: Suggestion
    lead: Deputy
    signers: tuple[Deputy, ...]
    units: tuple[Unit, ...]
    slips: tuple[Assignment, ...]
    replies: tuple[Reply, ...]
    review: Review
    evaluation: Evaluation
    commitment: Commitment


def handled(workspace: Workspace, *, signers: int = 2, **told: Any) -> Handled:
    """Such a suggestion; `told` are fields of it that are others than usual."""
    new_id = workspace.clock.new_id
    congress = _congress(new_id())
    term = Term(id=new_id(), congress=congress.id, term_no=16)
    lead = a_deputy(workspace, "代表甲", deputy_card_no="0118", delegation="某某团", congress=congress.id, term=term.id)
    usual: dict[str, Any] = {
        "suggestion_type": SuggestionType.SUGGESTION,
        "subject": "关于补齐背街小巷照明设施的建议",
        "text": TEXT,
        "lead_deputy": lead.id,
        "receiving_body": congress.id,
        "term": term.id,
        "year": 2025,
        "case_number": "2025年第018号",
        "state": SuggestionState.REPLIED,
        "submitted_on": date(2025, 1, 6),
        "assigned_on": ASSIGNED,
    }
    suggestion = Suggestion(id=new_id(), **usual | told)
    people = tuple(
        a_deputy(workspace, f"联名{number}", deputy_card_no=f"证{number:04d}", delegation="某某团")
        for number in range(1, signers + 1)
    )
    units = tuple(Unit(id=new_id(), name=name) for name in ("某某区城管局", "某某区供电公司", "某某区交通局"))
    slips = _slips(new_id, suggestion, units)
    replies = _replies(new_id, suggestion, slips)
    review = _review(new_id(), suggestion)
    evaluation = Evaluation(
        id=new_id(),
        of=suggestion.id,
        reply=replies[0].id,
        round=1,
        evaluator=Evaluator.DEPUTY,
        deputy=lead.id,
        returned_on=date(2025, 4, 1),
        reply_received_on=date(2025, 3, 20),
        attitude=Satisfaction.SATISFIED,
        result=Satisfaction.DISSATISFIED,
        opinion="路灯只修了一半。",
    )
    commitment = _commitment(new_id(), replies[0])
    signed = [_signature(new_id(), suggestion, each, order) for order, each in enumerate(people, start=1)]
    save(workspace, congress, term, lead, a_contact(workspace, lead.id), *people, *units, suggestion, *signed)
    save(workspace, *slips, *replies, review, evaluation, commitment)
    return Handled(suggestion, lead, people, units, slips, replies, review, evaluation, commitment)


def _congress(id: Id) -> Congress:
    return Congress(
        id=id,
        name="某某区人民代表大会",
        level=Level.COUNTY,
        deputy_affairs_committee="某某区人大常委会代表工委",
        address="某某路9号",
        office_phone="0731-80000000",
    )


def _review(id: Id, suggestion: Suggestion) -> Review:
    return Review(
        id=id,
        suggestion=suggestion.id,
        stage=ReviewStage.SECOND_REVIEW,
        round=1,
        body="某某区人大常委会代表工委",
        reviewer="审查员丁",
        outcome=ReviewOutcome.PASSED,
        reason="一事一议，具体可行。",
        decided_on=date(2025, 1, 13),
    )


def _commitment(id: Id, reply: Reply) -> Commitment:
    return Commitment(
        id=id,
        suggestion=reply.suggestion,
        reply=reply.id,
        unit=reply.unit,
        promise="年底前修好全部路灯",
        promised_by=date(2025, 12, 31),
        state=CommitmentState.OPEN,
        progress="已修四十盏",
    )


def _signature(id: Id, suggestion: Suggestion, deputy: Deputy, order: int) -> Cosignature:
    return Cosignature(
        id=id,
        suggestion=suggestion.id,
        deputy=deputy.id,
        order=order,
        state=CosignatureState.SIGNED,
        way=SigningWay.PAPER,
        signed_on=date(2025, 1, 5),
        text_digest=digest_of_text(suggestion),
    )


def _slips(new_id: Any, suggestion: Suggestion, units: tuple[Unit, ...]) -> tuple[Assignment, ...]:
    roles = (HandlingRole.LEAD, HandlingRole.CO, HandlingRole.SEPARATE)
    slips = [
        Assignment(
            id=new_id(),
            of=suggestion.id,
            number=f"建交2025-{number:05d}",
            round=1,
            unit=unit.id,
            role=role,
            assigned_by_body="某某区人大常委会代表工委",
            assigned_by="交办员戊",
            instruction="请认真办理",
            feedback_required="书面答复代表",
            assigned_on=ASSIGNED,
            due_on=date(2025, 4, 21),
        )
        for number, (unit, role) in enumerate(zip(units, roles, strict=True), start=1)
    ]
    co = replace(slips[1], due_on=date(2025, 2, 20), co_handler_opinion="电源可以接入", co_handler_opinion_on=date(2025, 2, 10))
    return slips[0], co, replace(slips[2], part="补画标线")


def _replies(new_id: Any, suggestion: Suggestion, slips: tuple[Assignment, ...]) -> tuple[Reply, ...]:
    first = Reply(
        id=new_id(),
        suggestion=suggestion.id,
        assignment=slips[0].id,
        unit=slips[0].unit,
        round=1,
        number="某城函〔2025〕7号",
        replied_on=date(2025, 3, 18),
        way=ReplyWay.FACE_TO_FACE,
        scheme=ReplyScheme.HUNAN_3,
        reply_class="B",
        text="代表甲代表：\n您提出的建议收悉。路灯将在年底前修好。",
        signed_by="局长己",
        sealed=True,
        contact_person="科员庚",
        office_phone="0731-80000001",
        copied_to=("某某区人大常委会代表工委", "某某区政府办公室"),
        disclosed=True,
    )
    second = replace(
        first,
        id=new_id(),
        assignment=slips[2].id,
        unit=slips[2].unit,
        number="某交函〔2025〕3号",
        reply_class="B",
        text="标线将在秋季补画。",
        replied_on=date(2025, 3, 25),
    )
    turned = replace(
        second,
        id=new_id(),
        round=2,
        number="某交函〔2025〕30号",
        reply_class="A",
        text="标线已经补画。",
        replied_on=date(2025, 10, 8),
    )
    return first, second, replace(turned, class_change=ClassChange.RESOLVED, evidence="竣工验收单")


def withdrawn(workspace: Workspace, of: Id, reason: str) -> Step:
    """The step by which a suggestion was taken back, not saved yet."""
    return Step(id=workspace.clock.new_id(), of=of, event=SuggestionEvent.WITHDRAW, reason=reason)
