"""A reply for an unknown suggestion waits in a place of its own, and stands with its suggestion once that comes."""

from datetime import date

from app.domain.reply import Reply
from app.domain.suggestion import Suggestion
from app.domain.unit import Unit
from app.queries.suggestion_handling import handling_card
from app.queries.waiting_replies import waiting_replies
from app.workspace import Workspace
from tests.builders import save


def test_a_reply_waits_until_its_suggestion_comes(workspace: Workspace) -> None:
    new_id = workspace.clock.new_id
    unit, known, unknown = Unit(id=new_id(), name="某某水利局"), Suggestion(id=new_id(), subject="在这里"), new_id()
    replies = [
        Reply(id=new_id(), suggestion=of, unit=unit.id, number=f"{number}号", replied_on=date(2026, 6, 1), text="列入计划")
        for number, of in enumerate((known.id, unknown), start=1)
    ]
    save(workspace, unit, known, *replies)
    (waits,) = waiting_replies(workspace)
    assert (waits.id, waits.unit, waits.number, waits.text) == (replies[1].id, "某某水利局", "2号", "列入计划")

    save(workspace, Suggestion(id=unknown, subject="后到的建议"))
    assert waiting_replies(workspace) == ()
    assert [each.reply.number for each in handling_card(workspace, unknown).replies] == ["2号"]


def test_a_suggestion_that_was_removed_leaves_its_reply_in_sight(workspace: Workspace) -> None:
    suggestion = Suggestion(id=workspace.clock.new_id(), subject="要删去的建议")
    reply = Reply(id=workspace.clock.new_id(), suggestion=suggestion.id, text="已修好")
    save(workspace, suggestion, reply)
    with workspace.writing() as books:
        books.records.remove([suggestion.id])
    assert [each.id for each in waiting_replies(workspace)] == [reply.id]
