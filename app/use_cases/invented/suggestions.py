"""Invented suggestions: written in three parts, signed, submitted by the same rule as a person's, and followed as planned."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from app.domain.award import Stars
from app.domain.cosignature import Cosignature, CosignatureState, SigningWay
from app.domain.deadlines import month_later
from app.domain.handling import (
    Assignment,
    Commitment,
    CommitmentState,
    HandlingRole,
)
from app.domain.life import SuggestionEvent, SuggestionState
from app.domain.people import holds_mandate
from app.domain.problems import stop_at
from app.domain.records import Record
from app.domain.reply import Evaluation, Evaluator, Reply, ReplyScheme, ReplyWay
from app.domain.review import Consultation, Phase, Review, ReviewOutcome, ReviewStage, TalkWay
from app.domain.review_remarks import QUOTED, Remarks, paragraphs, remark_on, written
from app.domain.satisfaction import Satisfaction
from app.domain.step import Step
from app.domain.suggestion import (
    Classification,
    FormedThrough,
    PublicityWish,
    Suggestion,
    SuggestionType,
    digest_of_text,
    submission_problems,
)
from app.use_cases.invented.awards import awarded, rating
from app.use_cases.invented.followed import outcomes, struck_off, supervisions
from app.use_cases.invented.plans import SuggestionPlan, suggestion_states
from app.use_cases.invented.world import World

_FORMED: Final = (FormedThrough.OUTREACH, FormedThrough.OUTREACH, FormedThrough.RESEARCH, FormedThrough.SYMPOSIUM)
_PLACES: Final = ("one", "two", "three")
_CLASSES: Final = ("A", "A", "B", "C")
_DRAWS_HINTS: Final = (
    "居民张某某（电话13800000001）多次反映。",
    "长期以来有关部门重视不够。",
    "建议由国务院出台办法，由某某建设有限公司承建。",
)
"""What a draft says that a hint is about: personal data, the wrong level, a tender."""
_ANSWERS: Final = (CosignatureState.SIGNED, CosignatureState.ASKED, CosignatureState.DECLINED)


def suggestion_records(world: World, number: int, plan: SuggestionPlan) -> Iterator[Record]:
    """The suggestion as it stands, its steps, and what signing, review and handling left behind."""
    course = _Course(world, number, plan)
    for event, state, place in zip(plan.events, suggestion_states(plan.events), plan.days, strict=True):
        course.happen(event, state, world.day(place))
    course.go_beside()
    yield course.suggestion
    yield from course.steps
    yield from course.signed
    yield from course.others


class _Course:
    """One suggestion while its life is told."""

    def __init__(self, world: World, number: int, plan: SuggestionPlan) -> None:
        self.world = world
        self.plan = plan
        self.number = number
        self.scene = world.scene(plan.topic, plan.at)
        self.steps: list[Step] = []
        self.signed: list[Cosignature] = []
        self.others: list[Record] = []
        self.slip: Assignment | None = None
        self.reply: Reply | None = None
        self.suggestion = self._beginning()

    def happen(self, event: SuggestionEvent, state: SuggestionState, day: date) -> None:
        """Let one event of the table happen, which leads to `state`."""
        before = self.suggestion.state
        if effect := _EFFECTS.get(event):
            effect(self, day)
        self._amend(state=state)
        step = Step(
            id=self.world.new_id(),
            of=self.plan.id,
            event=event,
            from_state=before,
            to_state=state,
            on=day,
            by_name=self._by(event),
        )
        self.steps.append(step)

    def _beginning(self) -> Suggestion:
        world, plan, lead = self.world, self.plan, self.plan.lead
        unit = world.unit_of(plan.topic)
        return Suggestion(
            id=plan.id,
            number=f"建{world.day(plan.began).year}-{self.number:03d}",
            suggestion_type=SuggestionType.SUGGESTION,
            subject=plan.subject,
            text=self._text(),
            issues=tuple(plan.issues),
            lead_deputy=lead.id,
            delegation=lead.delegation,
            receiving_body=lead.congress,
            term=lead.term,
            year=world.day(plan.began).year,
            category=plan.topic.suggestion,
            classification=Classification.PUBLIC,
            not_secret=True,
            publicity_wish=world.pick((PublicityWish.FULL_TEXT, PublicityWish.FULL_TEXT, PublicityWish.TITLE_ONLY)),
            formed_through=(world.pick(_FORMED),),
            wishes_contact=world.happens(0.7),
            proposed_lead=(world.units[unit.key],),
            state=SuggestionState.DRAFT,
            **self._delegation(),
        )

    def _delegation(self) -> dict[str, Any]:
        """A draft sent to pre-review is its delegation's own, as far as its head has approved it."""
        if SuggestionEvent.PRE_REVIEW not in self.plan.events:
            return {}
        return {
            "delegation_suggestion": True,
            "delegation_head": self.world.speaker.person(),
            "delegation_leads": f"{self.plan.at}群众反映集中，几个选区的代表都提到。",
            "head_approved_on": self.world.day(self.plan.began),
            "delegation_members": 18,
        }

    def _text(self) -> str:
        """Situation, analysis, requests: what a suggestion must have (domain brief 1.6)."""
        world, plan, speaker = self.world, self.plan, self.world.speaker
        documents = speaker.vocabulary.documents
        scene = self.scene | {"period": speaker.one(documents["period"], {})}
        for name, choices in (("cause", plan.topic.cause), ("demand", plan.topic.demand), ("how", documents["how"])):
            chosen = world.chance.sample(choices, 3)
            scene |= {f"{name}_{place}": speaker.say(text, scene) for place, text in zip(_PLACES, chosen, strict=True)}
        parts = [speaker.one(documents[name], scene) for name in ("situation", "analysis", "requests")]
        if plan.submitted() is None and SuggestionEvent.COSIGN in plan.events:
            parts = [f"{part}{more}" for part, more in zip(parts, _DRAWS_HINTS, strict=True)]
        return "\n\n".join(f"{name}\n{part}" for name, part in zip(("一、情况", "二、分析", "三、建议"), parts, strict=True))

    def _by(self, event: SuggestionEvent) -> str:
        own = {SuggestionEvent.CONSULT, SuggestionEvent.COSIGN, SuggestionEvent.SUBMIT, SuggestionEvent.EVALUATE}
        return self.plan.lead.name if event in own else ""

    def _amend(self, **fields: Any) -> None:
        self.suggestion = replace(self.suggestion, **fields)

    def go_beside(self) -> None:
        """What is written down beside the steps of a suggestion that is with units, tracked or closed."""
        state, on = self.suggestion.state, self.steps[-1].on if self.steps else None
        if on is None or self.slip is None:
            return
        if state == SuggestionState.HANDLING:
            self._handled_together(self.slip, on)
            self.others.append(rating(self.world, self.plan.id, Stars.FOUR, on))
        elif state == SuggestionState.TRACKING and self.reply:
            self._promised(self.reply, on)
        elif state == SuggestionState.CLOSED:
            name = f"{self.plan.at}整治项目"
            self.others += outcomes(self.world, self.plan.id, name, on)
            self.others += [
                rating(self.world, self.plan.id, Stars.THREE, self.slip.assigned_on or on),
                awarded(self.world, self.plan.id, on),
            ]

    def _handled_together(self, slip: Assignment, on: date) -> None:
        """A key suggestion: a lead that has fixed person and plan, a co-handler, a visit, a look at the place."""
        world = self.world
        self.others.remove(slip)
        person = world.speaker.person()
        fixed = replace(slip, role=HandlingRole.LEAD, person_in_charge=person, plan="先勘查，再分两期实施", fixed_on=on)
        others = [each for each in world.units.values() if each != slip.unit]
        co = Assignment(
            id=world.new_id(),
            of=self.plan.id,
            number=f"{slip.number}-2",
            round=1,
            unit=world.pick(others),
            role=HandlingRole.CO,
            summary=self.plan.subject,
            assigned_on=slip.assigned_on,
            due_on=world.due(slip.assigned_on or on, world.profile.co_handler_opinion),
        )
        talk = Consultation(
            id=world.new_id(),
            suggestion=self.plan.id,
            assignment=slip.id,
            unit=slip.unit,
            deputies=(self.plan.lead.id,),
            phase=Phase.BEFORE_HANDLING,
            way=TalkWay.ON_SITE,
            on=on,
            account=world.say("consulted", self.scene),
        )
        self.others += [fixed, co, talk, *supervisions(world, slip, self.plan.lead.id, self.plan.at, on)]
        self._amend(priority="民生实事", priority_on=on, supervising_leader=world.speaker.person(), official_in_charge=person)

    def _promised(self, reply: Reply, on: date) -> Commitment:
        made = Commitment(
            id=self.world.new_id(),
            suggestion=self.plan.id,
            reply=reply.id,
            unit=reply.unit,
            promise=f"{self.plan.at}的整治列入明年计划",
            promised_by=month_later(on, 12),
            begun_on=on,
            watch_on=month_later(on, 1),
            state=CommitmentState.OPEN,
        )
        self.others.append(made)
        return made

    # --- what an event leaves behind

    def consult(self, day: date) -> None:
        unit = self.world.unit_of(self.plan.topic)
        self.others.append(
            Consultation(
                id=self.world.new_id(),
                suggestion=self.plan.id,
                unit=self.world.units[unit.key],
                deputies=(self.plan.lead.id,),
                phase=Phase.BEFORE_SUBMISSION,
                way=self.world.pick((TalkWay.FACE_TO_FACE, TalkWay.PHONE, TalkWay.ON_SITE)),
                on=day,
                account=self.world.say("consulted", self.scene),
            )
        )

    def cosign(self, day: date) -> None:
        """Deputies of the same congress sign the text as it stands; of a draft some have only been asked."""
        peers = [
            each
            for each in self.world.deputies
            if each.congress == self.plan.lead.congress and each.id != self.plan.lead.id and holds_mandate(each, day)
        ]
        asked = self.world.chance.sample(
            peers, self.world.chance.randint(min(1 if self.plan.submitted() else len(_ANSWERS), len(peers)), len(peers))
        )
        digest = digest_of_text(self.suggestion)
        for order, deputy in enumerate(asked, start=1):
            state = CosignatureState.SIGNED if self.plan.submitted() is not None else _ANSWERS[(order - 1) % len(_ANSWERS)]
            signs = state is CosignatureState.SIGNED
            signature = Cosignature(
                id=self.world.new_id(),
                suggestion=self.plan.id,
                deputy=deputy.id,
                order=order,
                asked_on=day,
                state=state,
                way=SigningWay.PAPER if signs else "",
                signed_on=day if signs else None,
                text_digest=digest if signs else "",
            )
            self.signed.append(signature)

    def submit(self, day: date) -> None:
        stop_at(submission_problems(self.suggestion, lead=self.plan.lead, on=day))
        self._amend(submitted_on=day, text_digest=digest_of_text(self.suggestion))

    def first_review(self, day: date) -> None:
        self._reviewed(ReviewStage.FIRST_REVIEW, ReviewOutcome.PASSED, day)

    def second_review(self, day: date) -> None:
        self._reviewed(ReviewStage.SECOND_REVIEW, ReviewOutcome.PASSED, day)

    def pre_review(self, day: date) -> None:
        """A draft comes back with help in wording; it is being mended."""
        told = Remarks(single=(remark_on(self.suggestion.text, 2, "请写明数量和地点"),), whole="内容好，再写短些。")
        self._reviewed(ReviewStage.PRE_REVIEW, ReviewOutcome.RETURNED, day, help_given=written(told))

    def sent_back(self, day: date) -> None:
        """The first review sends it back, with remarks in the text."""
        self.others.pop()  # its review had another end
        remarks = (f"{paragraphs(self.suggestion.text)[1][:QUOTED]}｜请写明数量和地点", "三、建议｜一事一议，请只留最要紧的")
        self._reviewed(
            ReviewStage.FIRST_REVIEW, ReviewOutcome.RETURNED, day, reason="请写明数量和地点", remarks=remarks, deputy_told_on=day
        )

    def to_reference(self, day: date) -> None:
        self._reviewed(ReviewStage.SECOND_REVIEW, ReviewOutcome.REFERENCE_MATERIAL, day)

    def _reviewed(self, stage: ReviewStage, outcome: ReviewOutcome, day: date, **told: Any) -> None:
        id, body = self.world.new_id(), "示例区人大代表工作机构"
        round = 1 + sum(isinstance(each, Review) and each.stage == stage for each in self.others)
        self.others.append(
            Review(id=id, suggestion=self.plan.id, stage=stage, round=round, body=body, outcome=outcome, decided_on=day, **told)
        )

    def accept(self, day: date) -> None:
        self._amend(accepted_on=day, case_number=f"{day.year}年第{self.number:03d}号")

    def assign(self, day: date) -> None:
        world, unit = self.world, self.world.unit_of(self.plan.topic)
        due = world.due(day, world.profile.reply)
        self.slip = Assignment(
            id=world.new_id(),
            of=self.plan.id,
            number=f"{self.suggestion.case_number}交办",
            round=1,
            unit=world.units[unit.key],
            role=HandlingRole.SOLE,
            summary=self.plan.subject,
            assigned_on=day,
            due_on=due,
        )
        self.others.append(self.slip)
        self._amend(assigned_on=day, due_on=due)

    def rehandle(self, day: date) -> None:
        """The unit has the matter once more, with a slip and a day of its own."""
        if self.slip is None:
            return
        none: date | None = None
        self.slip = replace(
            self.slip,
            id=self.world.new_id(),
            number=f"{self.suggestion.case_number}重新办理",
            round=self.slip.round + 1,
            assigned_on=day,
            due_on=self.world.due(day, self.world.profile.rehandling),
            signed_for_by="",
            signed_for_on=none,
        )
        self.others.append(self.slip)
        self._amend(due_on=self.slip.due_on)

    def sign_for(self, day: date) -> None:
        slip = self.slip
        if slip is not None:
            self.others.remove(slip)
            self.slip = replace(slip, signed_for_by=self.world.speaker.person(), signed_for_on=day)
            self.others.append(self.slip)

    def object(self, day: date) -> None:
        slip = self.slip
        if slip is not None:
            self.others.remove(slip)
            self.slip = replace(slip, objected_on=day, objection="所提事项不属我单位职责")
            self.others.append(self.slip)

    def answer(self, day: date) -> None:
        again = sum(isinstance(each, Reply) for each in self.others)
        demand = self.world.pick(self.plan.topic.demand)
        scene = self.scene | {"subject": self.plan.subject, "demand_one": demand}
        self.reply = Reply(
            id=self.world.new_id(),
            suggestion=self.plan.id,
            assignment=self.slip.id if self.slip else "",
            unit=self.slip.unit if self.slip else "",
            round=again + 1,
            number=f"示例函〔{day.year}〕{self.number + again}号",
            replied_on=day,
            way=self.world.pick((ReplyWay.FACE_TO_FACE, ReplyWay.WRITTEN)),
            scheme=ReplyScheme.HUNAN_3,
            reply_class=self._class(again),
            text=self.world.say("reply_line", scene),
            sealed=True,
        )
        self.others.append(self.reply)

    def _class(self, again: int) -> str:
        """What is handled again was only planned first, and is solved then."""
        if SuggestionEvent.REHANDLE in self.plan.events:
            return "A" if again else "B"
        return "B" if SuggestionEvent.TRACK in self.plan.events else self.world.pick(_CLASSES)

    def clear(self, day: date) -> None:
        """What was planned is done and struck off, with what shows it."""
        self.close(day)
        if self.reply:
            promised = self._promised(self.reply, self.reply.replied_on or day)
            self.others.remove(promised)
            self.others += struck_off(self.world, promised, self.reply, day)

    def evaluate(self, day: date) -> None:
        repeated = SuggestionEvent.REHANDLE in self.plan.events and self.reply is not None and self.reply.round == 1
        result = (
            Satisfaction.DISSATISFIED if repeated else self.world.pick((Satisfaction.SATISFIED, Satisfaction.BASICALLY_SATISFIED))
        )
        self.others.append(
            Evaluation(
                id=self.world.new_id(),
                of=self.plan.id,
                reply=self.reply.id if self.reply else "",
                round=self.reply.round if self.reply else 1,
                evaluator=Evaluator.DEPUTY,
                deputy=self.plan.lead.id,
                sent_on=self.reply.replied_on if self.reply else None,
                returned_on=day,
                attitude=Satisfaction.SATISFIED,
                result=result,
                opinion="承诺事项没有落实，请重新办理。" if repeated else self.world.say("opinion", {}),
            )
        )

    def close(self, day: date) -> None:
        self._amend(closed_on=day)

    def archive(self, day: date) -> None:
        self._amend(archive_number=f"建档{day.year}-{self.number:03d}")


_EFFECTS: Final[Mapping[SuggestionEvent, Callable[[_Course, date], None]]] = {
    SuggestionEvent.CONSULT: _Course.consult,
    SuggestionEvent.COSIGN: _Course.cosign,
    SuggestionEvent.SUBMIT: _Course.submit,
    SuggestionEvent.FIRST_REVIEW: _Course.first_review,
    SuggestionEvent.SECOND_REVIEW: _Course.second_review,
    SuggestionEvent.TO_REFERENCE: _Course.to_reference,
    SuggestionEvent.ACCEPT: _Course.accept,
    SuggestionEvent.ASSIGN: _Course.assign,
    SuggestionEvent.SIGN_FOR: _Course.sign_for,
    SuggestionEvent.OBJECT: _Course.object,
    SuggestionEvent.REHANDLE: _Course.rehandle,
    SuggestionEvent.REPLY: _Course.answer,
    SuggestionEvent.EVALUATE: _Course.evaluate,
    SuggestionEvent.CLOSE: _Course.close,
    SuggestionEvent.CLEAR: _Course.clear,
    SuggestionEvent.PRE_REVIEW: _Course.pre_review,
    SuggestionEvent.RETURN: _Course.sent_back,
    SuggestionEvent.ARCHIVE: _Course.archive,
}
