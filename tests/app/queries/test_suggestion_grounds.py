"""The issues a suggestion stands on: who raised them, where; and which ones may be added."""

from app.queries.suggestion_grounds import OFFERED, Grounds, grounds_of, issues_to_add
from app.workspace import Workspace
from tests.builders import a_deputy, an_encounter, an_issue, remove, save


def test_residents_count_once_and_places_too(workspace: Workspace) -> None:
    one = an_encounter(workspace, "群众甲", village="幸福社区")
    many = an_encounter(workspace, "", people=4, village="东街社区")
    issues = [
        an_issue(workspace, "一", encounter=one.id),
        an_issue(workspace, "二", encounter=one.id),
        an_issue(workspace, "三", encounter=many.id),
        an_issue(workspace, "四", place="西街"),
    ]
    save(workspace, one, many, *issues)
    found = grounds_of(workspace, [issues[3].id, issues[0].id, issues[1].id, issues[2].id, workspace.clock.new_id()])
    assert [each.title for each in found.issues] == ["四", "一", "二", "三"]
    assert [each.place for each in found.issues] == ["西街", "幸福社区", "幸福社区", "东街社区"]
    assert (found.people, found.places, found.residents) == (1 + 4 + 1, 3, frozenset({"群众甲"}))


def test_on_nothing_stands_nobody(workspace: Workspace) -> None:
    assert grounds_of(workspace, []) == Grounds()


def test_the_newest_issues_are_offered_and_those_that_hold_what_is_typed(workspace: Workspace) -> None:
    issues = [an_issue(workspace, f"路灯{number}", words="东街不亮" if number % 2 else "西街") for number in range(OFFERED + 4)]
    save(workspace, *issues, a_deputy(workspace, "东街代表"))
    assert [each.id for each in issues_to_add(workspace, " ")] == [each.id for each in issues[:3:-1]]
    east = issues_to_add(workspace, "东街", but=[issues[1].id])
    assert [each.title for each in east] == [f"路灯{number}" for number in range(OFFERED + 3, 1, -2)]
    remove(workspace, issues[-1].id)
    assert issues[-1].id not in {each.id for each in issues_to_add(workspace, "东街")}
    assert issues_to_add(workspace, "没有的字") == ()
