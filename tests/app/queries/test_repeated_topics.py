"""The same topic over years and deputies: found by what tells about a title, with what was answered then."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.life import SuggestionState
from app.domain.reply import Evaluation, Reply
from app.domain.satisfaction import Satisfaction
from app.domain.suggestion import Suggestion
from app.domain.unit import Unit
from app.errors import Refused
from app.queries.repeated_topics import repeated_topic, topic_of_draft
from app.workspace import Workspace
from tests.builders import a_deputy, remove, save


def a_suggestion(workspace: Workspace, title: str, year: int, lead: str = "") -> Suggestion:
    new_id = workspace.clock.new_id
    return Suggestion(id=new_id(), subject=title, text="请办", year=year, lead_deputy=lead, state=SuggestionState.CLOSED)


def test_the_same_topic_of_other_years_and_deputies_is_found_with_its_answers(workspace: Workspace) -> None:
    first, second = a_deputy(workspace, "代表甲"), a_deputy(workspace, "代表乙")
    titles = [
        ("关于整治浏水示例段河道污染的建议", 2024, first.id),
        ("关于加快整治浏水示例段河道污染的建议", 2025, second.id),
        ("关于继续整治浏水示例段河道污染问题的建议", 2026, first.id),
        ("关于增设小学门口人行天桥的建议", 2025, first.id),
        ("关于完善社区养老服务的建议", 2024, second.id),
    ]
    made = [a_suggestion(workspace, *each) for each in titles]
    new_id = workspace.clock.new_id
    reply = Reply(id=new_id(), suggestion=made[0].id, reply_class="B", replied_on=date(2024, 6, 1), text="列入计划")
    save(workspace, first, second, *made, reply)
    topic = repeated_topic(workspace, made[2].id)
    assert {each.id for each in topic.others} == {made[0].id, made[1].id}
    assert (topic.years, topic.deputies) == (3, 2)
    (answered,) = [each for each in topic.others if each.answers]
    assert (answered.year, answered.lead, answered.answers[0].reply.reply_class) == (2024, "代表甲", "B")
    assert repeated_topic(workspace, made[3].id).others == ()


def test_one_deputys_two_drafts_of_a_year_are_no_repetition_and_what_is_gone_is_none(workspace: Workspace) -> None:
    lead = a_deputy(workspace)
    titles = ("关于修建示例桥的建议", "关于修建示例桥的建议（修改）")
    made = [a_suggestion(workspace, title, 2026, lead.id) for title in titles]
    gone = a_suggestion(workspace, "关于修建示例桥的建议", 2025, lead.id)
    save(workspace, lead, *made, gone)
    remove(workspace, gone.id)
    assert repeated_topic(workspace, made[0].id).others == ()
    with pytest.raises(Refused):
        repeated_topic(workspace, lead.id)


def test_a_suggestion_without_a_title_repeats_nothing(workspace: Workspace) -> None:
    untitled = a_suggestion(workspace, "", 2026)
    save(workspace, untitled)
    assert repeated_topic(workspace, untitled.id).others == ()


def test_a_draft_that_is_nowhere_saved_is_compared_by_what_is_typed(workspace: Workspace) -> None:
    new_id = workspace.clock.new_id
    unit = Unit(id=new_id(), name="示例市水利局")
    earlier = a_suggestion(workspace, "关于整治浏水示例段河道污染的建议", 2024)
    fillers = [a_suggestion(workspace, f"关于{matter}的建议", 2024) for matter in ("修建公园步道", "增加夜间公交")]
    reply = Reply(id=new_id(), suggestion=earlier.id, unit=unit.id, round=1, reply_class="B", replied_on=date(2024, 6, 1))
    said = Evaluation(id=new_id(), of=earlier.id, round=1, result=Satisfaction.DISSATISFIED)
    save(workspace, unit, earlier, *fillers, reply, said)
    titled = Suggestion(id=new_id(), subject="关于加快整治浏水示例段河道污染的建议", text="", year=2026)
    (other,) = topic_of_draft(workspace, titled).earlier
    assert (other.id, other.held, other.words[0]) == (earlier.id, False, "整治浏水示例段河道污染")
    (answer,) = other.answers
    assert (answer.unit, answer.reply.reply_class, answer.satisfied) == ("示例市水利局", "B", Satisfaction.DISSATISFIED)
    told = "群众多次反映，整治浏水示例段的工程停了，河道污染没有好转。"
    (by_text,) = topic_of_draft(workspace, Suggestion(id=new_id(), subject="关于河流的建议", text=told, year=2026)).others
    assert (by_text.id, by_text.held, "河道污染" in by_text.words) == (earlier.id, True, True)
    assert by_text.share < other.share
    assert (
        topic_of_draft(workspace, Suggestion(id=new_id(), subject="关于河流的建议", text="河道要管好。", year=2026)).others == ()
    )


def test_what_is_asked_unseen_and_who_is_to_stay_unnamed_is_not_told(workspace: Workspace) -> None:
    new_id, lead = workspace.clock.new_id, a_deputy(workspace, "代表甲")
    hidden = replace(a_suggestion(workspace, "关于修建示例桥的建议", 2024, lead.id), confidential_identity=True)
    reply = Reply(id=new_id(), suggestion=hidden.id, reply_class="A", replied_on=date(2024, 6, 1))
    said = Evaluation(id=new_id(), of=hidden.id, reply=reply.id, blind_survey=True, result=Satisfaction.DISSATISFIED)
    save(workspace, lead, hidden, reply, said)
    (other,) = topic_of_draft(workspace, Suggestion(id=new_id(), subject="关于尽快修建示例桥的建议", year=2026)).others
    assert "代表甲" not in other.lead
    assert [each.satisfied for each in other.answers] == [""]


def test_those_without_a_lead_are_compared_even_within_a_year(workspace: Workspace) -> None:
    imported = a_suggestion(workspace, "关于修建示例桥的建议", 2026)
    save(workspace, imported)
    topic = topic_of_draft(workspace, Suggestion(id=workspace.clock.new_id(), subject="关于尽快修建示例桥的建议", year=2026))
    assert [each.id for each in topic.others] == [imported.id]
    assert topic.earlier == ()
