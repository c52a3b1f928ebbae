"""Invented issues: told as planned, event by event, each with its step and what it leaves in the issue and its slips."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any, Final

from app.domain.handling import Assignment, HandlingRole
from app.domain.issue import FeedbackWay, Issue, IssueResult, Purpose, Route, Source, Urgency
from app.domain.life import ISSUE_LIFE, IssueEvent, IssueState
from app.domain.records import Record
from app.domain.satisfaction import Satisfaction
from app.domain.step import Step
from app.domain.values import known
from app.domain.visit import Visit, VisitKind
from app.use_cases.invented.plans import IssuePlan
from app.use_cases.invented.visits import resident
from app.use_cases.invented.world import World

_AWAY: Final = (Source.HOTLINE_12345, Source.HOTLINE_12345, Source.ONLINE, Source.QR, Source.LETTER)
_PURPOSES: Final = (Purpose.SUGGESTION, Purpose.HELP, Purpose.HELP, Purpose.CLAIM, Purpose.ENQUIRY)
_URGENCIES: Final = (Urgency.ORDINARY,) * 8 + (Urgency.URGENT, Urgency.EMERGENCY)
_RESULTS: Final = (IssueResult.SOLVED,) * 4 + (IssueResult.BEING_SOLVED,)
_WAYS: Final = (FeedbackWay.PHONE, FeedbackWay.PHONE, FeedbackWay.IN_PERSON, FeedbackWay.MESSAGE)
_CONTENT: Final = (Satisfaction.SATISFIED,) * 5 + (Satisfaction.BASICALLY_SATISFIED,) * 2 + (Satisfaction.DISSATISFIED,)
_ANSWERED: Final = frozenset({IssueEvent.FEED_BACK, IssueEvent.REPLY_ON_SPOT, IssueEvent.CALL_BACK})


def issue_records(world: World, number: int, plan: IssuePlan, visit: Visit | None) -> Iterator[Record]:
    """Who raised the issue, the issue as it stands, its steps and slips."""
    case = _Case(world, number, plan, visit)
    for event, place in zip(plan.events, plan.days, strict=True):
        case.happen(event, max(world.day(place), case.received))
    yield from case.people
    yield Issue(id=plan.id, **case.told)
    yield from case.steps
    yield from case.slips


class _Case:
    """One issue while its life is told."""

    def __init__(self, world: World, number: int, plan: IssuePlan, visit: Visit | None) -> None:
        self.world = world
        self.plan = plan
        self.scene = world.scene(plan.topic, plan.at)
        self.received = (visit.on if visit else None) or world.day(plan.received)
        self.steps: list[Step] = []
        self.slips: list[Assignment] = []
        words = world.say("words", self.scene)
        nameless = not _ANSWERED.intersection(plan.events)
        self.people = list(resident(world, visit, self.scene, nameless=nameless))
        self.told = self._beginning(number, visit, words)

    def happen(self, event: IssueEvent, day: date) -> None:
        """Let one event of the table happen."""
        before = self.told["state"]
        after = ISSUE_LIFE.after(before, event)
        effect = _EFFECTS.get(event)
        reason, by = effect(self, day) if effect else ("", self.world.staff.officer)
        step = Step(
            id=self.world.new_id(),
            of=self.plan.id,
            event=event,
            from_state=before,
            to_state=after,
            on=day,
            reason=reason,
            by_name=by,
        )
        self.steps.append(step)
        self.told["state"] = after

    def _beginning(self, number: int, visit: Visit | None, words: str) -> dict[str, Any]:
        world, topic = self.world, self.plan.topic
        came = Source.RECEPTION if visit and visit.visit_kind == VisitKind.RECEPTION else Source.OUTREACH
        return {
            "number": f"意{self.received.year}-{number:05d}",
            "subject": self.scene["subject"],
            "words": words,
            "visit": visit.id if visit else "",
            "encounter": self.people[0].id,
            "deputies": visit.deputies if visit else (),
            "campaign": visit.campaign if visit else "",
            "station": world.station,
            "source": came if visit else world.pick(_AWAY),
            "received_on": self.received,
            "received_at": (visit.starts if visit else None) or time(world.chance.randint(8, 17), world.chance.randrange(60)),
            "late_entry": bool(visit and visit.late_entry),
            "purpose": world.pick(_PURPOSES),
            "category": topic.category,
            "place": self.scene["at"],
            "units_concerned": (self.scene["unit"],),
            "urgency": world.pick(_URGENCIES),
            "state": IssueState.REGISTERED,
        }

    # --- what an event leaves behind; each answers with the reason and the name its step carries

    def say(self, name: str) -> str:
        """Words about this matter."""
        return self.world.say(name, self.scene)

    def propose(self, day: date) -> tuple[str, str]:
        opinion, by = self.say("proposal"), self.world.staff.officer
        self.told |= {"proposed_handling": opinion, "proposed_by": by, "proposed_on": day}
        return opinion, by

    def approve(self, day: date) -> tuple[str, str]:
        approval, by = self.say("approval"), self.world.staff.head
        self.told |= {"approved_by": by, "approved_on": day, "approval": approval}
        return approval, by

    def assign(self, day: date) -> tuple[str, str]:
        world, unit = self.world, self.world.unit_of(self.plan.topic)
        due = world.due(day, world.profile.issue)
        # One in five goes to two units; by its number, so that what chance tells of the others stays as it was.
        near = [id for key, id in world.units.items() if key != unit.key] if int(self.told["number"][-1:]) % 5 == 0 else []
        others = tuple(near[:1])
        slip = Assignment(
            id=world.new_id(),
            of=self.plan.id,
            number=f"交{self.told['number'][1:]}-{len(self.slips) + 1}",
            source_number=self.told["number"],
            round=len(self.slips) + 1,
            assigned_by_body="示例街道人大工委",
            assigned_by=world.staff.chair,
            unit=world.units[unit.key],
            role=HandlingRole.LEAD if others else HandlingRole.SOLE,
            co_units=others,
            summary=self.told["subject"],
            instruction=self.say("instruction"),
            assigned_on=day,
            due_on=due,
        )
        self.slips.append(slip)
        self.told |= {"route": known(Route, unit.route), "assigned_on": day, "unit": slip.unit, "due_on": due}
        return slip.instruction, world.staff.chair

    def sign_for(self, day: date) -> tuple[str, str]:
        by = self.world.speaker.person()
        self._amend_slip(signed_for_by=by, signed_for_on=day)
        return "", by

    def object(self, day: date) -> tuple[str, str]:
        reason = self.say("objection")
        self._amend_slip(objected_on=day, objection=reason, objection_upheld=True)
        return reason, self.slips[-1].signed_for_by

    def handle(self, day: date) -> tuple[str, str]:
        world = self.world
        result = IssueResult.PLANNED if "列入" in self.scene["done"] else world.pick(_RESULTS)
        account, by = f"{self.scene['done']}。", self._answering() or world.speaker.person()
        opinion = self.say("deputy_opinion")
        self._amend_slip(result=result, account=account, handler=by, feedback_on=day, sealed=True, deputy_opinion=opinion)
        self.told |= {"result": result, "result_text": account}
        return account, by

    def feed_back(self, day: date) -> tuple[str, str]:
        told = f"已告知反映人：已作为代表建议《{self.plan.reason}》提出。" if self.plan.reason else self.say("feedback")
        self.told |= {"feedback_on": day, "feedback_way": self.world.pick(_WAYS), "feedback": told}
        return told, self.world.staff.officer

    def call_back(self, day: date) -> tuple[str, str]:
        by, again = self.world.staff.officer, IssueEvent.REHANDLE in self.plan.events and "call_back_on" not in self.told
        content = Satisfaction.DISSATISFIED if again else self.world.pick(_CONTENT)
        self.told |= {"call_back_on": day, "call_back_way": self.world.pick(_WAYS), "call_back_by": by, "satisfaction": content}
        return f"反映人{content.label}", by

    def rehandle(self, day: date) -> tuple[str, str]:
        self.told |= {"result": "", "result_text": "", "proposed_on": day}
        return self.say("rehandle_reason"), self.world.staff.officer

    def reply_on_spot(self, day: date) -> tuple[str, str]:
        reply = self.say("spot_reply")
        self.told |= {"route": Route.ON_THE_SPOT, "on_spot_reply": reply, "result": IssueResult.EXPLAINED, "closed_on": day}
        return reply, self.world.staff.officer

    def decline(self, day: date) -> tuple[str, str]:
        self.told["route"] = Route.NOT_ACCEPTED
        return self.say("decline_reason"), self.world.staff.head

    def refer(self, day: date) -> tuple[str, str]:
        from_hotline = self.told["source"] is Source.HOTLINE_12345
        self.told["route"] = Route.PETITION if from_hotline else self.world.pick((Route.HOTLINE_12345, Route.PETITION))
        if self.told["route"] is Route.HOTLINE_12345:
            self.told |= {"work_order": f"{day:%Y%m%d}{self.told['number'][-5:]}", "work_order_on": day}
        return self.say("refer_reason"), self.world.staff.officer

    def merge(self, day: date) -> tuple[str, str]:
        self.told["merged_into"] = self.plan.into
        return self.say("merge_reason"), self.world.staff.officer

    def become_suggestion(self, day: date) -> tuple[str, str]:
        self.told["route"] = Route.SUGGESTION_THIS_LEVEL
        return self.plan.reason, ""

    def close(self, day: date) -> tuple[str, str]:
        self.told["closed_on"] = day
        return "", self.world.staff.head

    def archive(self, day: date) -> tuple[str, str]:
        self.told |= {"archived_on": day, "archive_number": f"档{day.year}-{self.told['number'][-5:]}"}
        return "", self.world.staff.officer

    def reopen(self, day: date) -> tuple[str, str]:
        self.told |= {"closed_on": None, "archived_on": None, "archive_number": "", "result": ""}
        return self.say("reopen_reason"), self.world.staff.officer

    def send_back(self, day: date) -> tuple[str, str]:
        return self.say("sent_back"), self.world.staff.head

    def _answering(self) -> str:
        """Who signed for the matter at the unit, where it went to one: the hotline has no slip."""
        return self.slips[-1].signed_for_by if self.slips else ""

    def _amend_slip(self, **fields: Any) -> None:
        if self.slips:
            self.slips[-1] = replace(self.slips[-1], **fields)


_EFFECTS: Final[Mapping[IssueEvent, Callable[[_Case, date], tuple[str, str]]]] = {
    IssueEvent.PROPOSE: _Case.propose,
    IssueEvent.APPROVE: _Case.approve,
    IssueEvent.ASSIGN: _Case.assign,
    IssueEvent.SIGN_FOR: _Case.sign_for,
    IssueEvent.OBJECT: _Case.object,
    IssueEvent.HANDLE: _Case.handle,
    IssueEvent.FEED_BACK: _Case.feed_back,
    IssueEvent.CALL_BACK: _Case.call_back,
    IssueEvent.REHANDLE: _Case.rehandle,
    IssueEvent.REPLY_ON_SPOT: _Case.reply_on_spot,
    IssueEvent.DECLINE: _Case.decline,
    IssueEvent.REFER: _Case.refer,
    IssueEvent.MERGE: _Case.merge,
    IssueEvent.RAISE: _Case.become_suggestion,
    IssueEvent.CLOSE: _Case.close,
    IssueEvent.ARCHIVE: _Case.archive,
    IssueEvent.REOPEN: _Case.reopen,
    IssueEvent.SEND_BACK: _Case.send_back,
}
