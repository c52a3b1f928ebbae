"""Residents' data in a suggestion is told before it is printed or handed in, and no more once it was kept with a reason."""

from app.domain.hint import Exposed
from app.domain.suggestion import Suggestion
from app.domain.values import Id
from app.messages.exposed import exposed_lines, exposed_told
from app.queries.exposed import exposed_going, exposed_in
from app.use_cases.hint_answers import answer_hint
from app.workspace import Workspace
from tests.builders import Pair, a_deputy, an_encounter, an_issue, save

TEXT = "一、情况\n群众甲（13800000000）反映路灯不亮。\n三、建议\n请修。"


def a_suggestion(workspace: Workspace, text: str = TEXT, issues: tuple[Id, ...] = ()) -> Suggestion:
    made = Suggestion(id=workspace.clock.new_id(), subject="关于路灯的建议", text=text, issues=issues)
    save(workspace, made)
    return made


def test_names_and_numbers_are_told_paragraph_by_paragraph(workspace: Workspace) -> None:
    resident = an_encounter(workspace, "群众甲")
    issue = an_issue(workspace, "路灯不亮", encounter=resident.id)
    save(workspace, resident, issue)
    (told,) = exposed_in(workspace, a_suggestion(workspace, issues=(issue.id,)).id)
    (line,) = exposed_lines([told])
    assert told.title in line
    assert (told.hints[0].facts["paragraph"], told.hints[0].words) == (2, "群众甲\n13800000000")
    deputy = a_deputy(workspace)
    save(workspace, deputy)
    assert exposed_in(workspace, a_suggestion(workspace, "一、情况\n路灯不亮。").id) == ()
    assert (exposed_in(workspace, deputy.id), exposed_in(workspace, "")) == ((), ())


def test_what_was_kept_with_a_reason_is_not_told_again(workspace: Workspace) -> None:
    id = a_suggestion(workspace).id
    answer_hint(workspace, id, "personal_data", "本人同意")
    assert exposed_in(workspace, id) == ()
    assert exposed_going(workspace) == ()


def test_only_what_goes_next_is_told_before_a_hand_in(line: Pair) -> None:
    first = a_suggestion(line.station)
    assert [each.id for each in exposed_going(line.station)] == [first.id]
    line.export()
    assert exposed_going(line.station) == ()
    second = a_suggestion(line.station)
    assert [each.id for each in exposed_going(line.station)] == [second.id]


def test_of_many_the_first_are_named_and_the_others_counted(workspace: Workspace) -> None:
    (told,) = exposed_in(workspace, a_suggestion(workspace).id)
    many: list[Exposed] = [told] * 5
    assert len(exposed_lines(many)) == 5
    assert len(exposed_told(many).splitlines()) == 4
    assert "2" in exposed_told(many).splitlines()[-1]
    assert exposed_told([]) == ""
