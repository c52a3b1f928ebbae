"""What stands beside an invented suggestion that is followed: who supervised it, what came of it, what was struck off."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from app.domain.handling import (
    Assignment,
    Commitment,
    CommitmentState,
    FivePresent,
    Outcome,
    OutcomeType,
    Supervision,
    SupervisionWay,
)
from app.domain.records import Record
from app.domain.reply import ClassChange, Reply
from app.domain.values import Id
from app.use_cases.invented.world import World

_BODY = "示例区人大代表工作机构"


def supervisions(world: World, slip: Assignment, lead: Id, place: str, on: date) -> Iterator[Supervision]:
    """A look at the place with those who must be there, and the unit called in beside it."""
    seen = (FivePresent.LEADER, FivePresent.DEPUTY, FivePresent.UNIT, FivePresent.SUPERVISOR)
    for way, present, demand in (
        (SupervisionWay.ON_SITE, seen, "按期答复，把时间表告诉代表"),
        (SupervisionWay.SUMMON_TALK, seen[2:], "说明进度慢在哪里，定下责任人"),
    ):
        yield Supervision(
            id=world.new_id(),
            of=slip.of,
            way=way,
            body=_BODY,
            leader=world.speaker.person(),
            unit=slip.unit,
            deputies=(lead,),
            on=on,
            place=place,
            present=present,
            demand=demand,
        )


def outcomes(world: World, suggestion: Id, name: str, on: date) -> Iterator[Outcome]:
    """A project with its money, and a document that keeps it so."""
    yield Outcome(
        id=world.new_id(),
        of=suggestion,
        outcome_type=OutcomeType.PROJECT,
        name=name,
        on=on,
        amount=860_000_00,
        quantity=40,
        quantity_unit="处",
    )
    yield Outcome(
        id=world.new_id(),
        of=suggestion,
        outcome_type=OutcomeType.POLICY_DOCUMENT,
        name="关于建立日常巡查制度的通知",
        document_no=f"示例发〔{on.year}〕8号",
        on=on,
    )


def struck_off(world: World, promised: Commitment, first: Reply, on: date) -> Iterator[Record]:
    """The promise as kept, and the later answer that says so and turns B into A (B→A)."""
    yield replace(promised, state=CommitmentState.CLEARED, cleared_on=on, progress="已完工")
    yield Reply(
        id=world.new_id(),
        suggestion=promised.suggestion,
        assignment=first.assignment,
        unit=first.unit,
        round=first.round,
        supplementary=True,
        replied_on=on,
        scheme=first.scheme,
        reply_class="A",
        class_change=ClassChange.RESOLVED,
        commitment=promised.id,
        evidence="竣工验收单",
        text="已完工，经现场查看符合要求。",
        signed_by=world.speaker.person(),
    )
