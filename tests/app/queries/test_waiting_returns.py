"""What is said of an unknown suggestion waits in a place of its own, and stands with it once that comes."""

from datetime import date

from app.domain.attachment import Attachment
from app.domain.award import Award
from app.domain.case_file import CaseFile
from app.domain.handling import Assignment, Commitment, Outcome, Supervision
from app.domain.reply import Reply
from app.domain.review import Consultation, Phase
from app.domain.step import Step
from app.domain.suggestion import Suggestion
from app.domain.unit import Unit
from app.queries.suggestion_handling import handling_card
from app.queries.waiting_returns import waiting_returns
from app.workspace import Workspace
from tests.builders import a_body_revision, save

DAY = date(2026, 11, 21)


def test_a_reply_waits_until_its_suggestion_comes(workspace: Workspace) -> None:
    new_id = workspace.clock.new_id
    unit, known, unknown = Unit(id=new_id(), name="某某水利局"), Suggestion(id=new_id(), subject="在这里"), new_id()
    replies = [
        Reply(id=new_id(), suggestion=of, unit=unit.id, number=f"{number}号", replied_on=date(2026, 6, 1), text="列入计划")
        for number, of in enumerate((known.id, unknown), start=1)
    ]
    save(workspace, unit, known, *replies)
    (waits,) = waiting_returns(workspace)
    (line,) = waits.lines
    assert (waits.suggestion, line.code, line.records) == (unknown, "reply", (replies[1].id,))
    assert [part.value for row in line.told for part in row] == ["某某水利局", "2号", "列入计划"]

    save(workspace, Suggestion(id=unknown, subject="后到的建议"))
    assert waiting_returns(workspace) == ()
    assert [each.reply.number for each in handling_card(workspace, unknown).replies] == ["2号"]


def test_a_suggestion_that_was_removed_leaves_its_reply_in_sight(workspace: Workspace) -> None:
    suggestion = Suggestion(id=workspace.clock.new_id(), subject="要删去的建议")
    reply = Reply(id=workspace.clock.new_id(), suggestion=suggestion.id, text="已修好")
    save(workspace, suggestion, reply)
    with workspace.writing() as books:
        books.records.remove([suggestion.id])
    assert [line.records for each in waiting_returns(workspace) for line in each.lines] == [(reply.id,)]


def test_everything_a_body_says_waits_whatever_its_kind(workspace: Workspace) -> None:
    new_id = workspace.clock.new_id
    body, unknown, later = new_id(), new_id(), new_id()
    unit = Unit(id=new_id(), name="某某水利局")
    reply = Reply(id=new_id(), suggestion=later, unit=unit.id, number="3号", replied_on=DAY)
    records = (
        unit,
        CaseFile(id=new_id(), suggestion=unknown, case_number="第7号"),
        Step(id=new_id(), of=unknown, event="accept", from_state="second_review", to_state="accepted", on=DAY),
        Assignment(id=new_id(), of=unknown, unit=unit.id, round=1, assigned_on=DAY),
        Consultation(id=new_id(), suggestion=unknown, phase=Phase.DURING_HANDLING, on=DAY),
        Commitment(id=new_id(), suggestion=unknown, unit=unit.id, promise="年底前修好", begun_on=DAY),
        Supervision(id=new_id(), of=unknown, way="on_site", on=DAY),
        Outcome(id=new_id(), of=unknown, outcome_type="funds", name="专项资金", on=DAY),
        Award(id=new_id(), of=unknown, award_type="suggestion", name="优秀建议", on=DAY),
        reply,
        Attachment(id=new_id(), of=reply.id, name="答复.pdf", size=1, sha256="a" * 64),
    )
    with workspace.writing() as books:
        books.records.take_in([a_body_revision(workspace, body, each) for each in records])
    first, second = waiting_returns(workspace)
    assert (first.suggestion, first.case_number, second.suggestion, second.case_number) == (unknown, "第7号", later, "")
    codes = ["accept", "assign", "contact", "track", "supervision", "outcome", "award"]
    assert [each.code for each in first.lines] == codes
    assert {id for each in first.lines for id in each.records} == {each.id for each in records[2:9]}
    assert [line.code for line in second.lines] == ["reply"]
