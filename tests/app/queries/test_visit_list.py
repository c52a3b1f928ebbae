"""The list of visits: newest first, page by page, narrowed by kind and by words."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.values import Id
from app.domain.visit import Speech, Visit, VisitKind
from app.queries.visit_list import VisitGroup, visit_list
from app.workspace import Workspace
from tests.builders import a_deputy, an_encounter, an_issue, remove, save

FIRST = date(2026, 11, 1)


def a_visit(workspace: Workspace, day: int, kind: str = VisitKind.RECEPTION, **told: Any) -> Visit:
    return Visit(id=workspace.clock.new_id(), visit_kind=kind, on=FIRST + timedelta(days=day), **told)


def days(workspace: Workspace, group: VisitGroup = VisitGroup.ALL, typed: str = "", **told: Any) -> list[int]:
    return [(row.on - FIRST).days for row in visit_list(workspace, group, typed, **told).rows if row.on]


def test_the_newest_day_comes_first_and_of_one_day_the_last_entered(workspace: Workspace) -> None:
    visits = [a_visit(workspace, day) for day in (3, 1, 2, 3)]
    save(workspace, *visits, Visit(id=workspace.clock.new_id(), visit_kind=VisitKind.OTHER))
    rows = visit_list(workspace).rows
    assert [row.id for row in rows[:4]] == [visits[index].id for index in (3, 0, 2, 1)]
    assert rows[4].on is None


def test_a_row_tells_who_was_met_and_how_much_was_raised(workspace: Workspace) -> None:
    deputy = a_deputy(workspace, "代表甲")
    visit = a_visit(workspace, 1, place="联络站", theme="接待日", deputies=(deputy.id, workspace.clock.new_id()), late_entry=True)
    other = a_visit(workspace, 2)
    met = [an_encounter(workspace, visit=visit.id), an_encounter(workspace, visit=visit.id, people=7)]
    gone = an_encounter(workspace, visit=visit.id)
    issues = [an_issue(workspace, visit=visit.id), an_issue(workspace, visit=visit.id), an_issue(workspace)]
    save(workspace, deputy, visit, other, *met, gone, *issues)
    remove(workspace, gone.id)
    empty, row = visit_list(workspace).rows
    assert (row.place, row.theme, row.deputies, row.unnamed) == ("联络站", "接待日", ("代表甲",), 1)
    assert (row.people, row.issues, row.late_entry, row.visit_kind) == (8, 2, True, VisitKind.RECEPTION)
    assert (empty.people, empty.issues) == (0, 0)


def test_a_removed_visit_is_not_listed(workspace: Workspace) -> None:
    visit = a_visit(workspace, 1)
    save(workspace, visit)
    remove(workspace, visit.id)
    assert (visit_list(workspace).total, visit_list(workspace).rows) == (0, ())


def test_a_group_narrows_the_list_and_other_is_everything_else(workspace: Workspace) -> None:
    kinds = (VisitKind.RECEPTION, VisitKind.OUTREACH, VisitKind.SYMPOSIUM, "coined_later", "")
    save(workspace, *(a_visit(workspace, day, kind) for day, kind in enumerate(kinds)))
    assert days(workspace) == [4, 3, 2, 1, 0]
    assert days(workspace, VisitGroup.RECEPTION) == [0]
    assert days(workspace, VisitGroup.OUTREACH) == [1]
    assert days(workspace, VisitGroup.OTHER) == [4, 3, 2]


def test_words_find_a_visit_by_itself_by_its_people_and_by_what_was_raised(workspace: Workspace) -> None:
    by_place, by_person, by_issue = (a_visit(workspace, day, place=place) for day, place in enumerate(("东街社区", "站", "站")))
    person = an_encounter(workspace, "东街来的人", visit=by_person.id)
    issue = an_issue(workspace, "东街路灯不亮", visit=by_issue.id)
    save(workspace, by_place, by_person, by_issue, person, issue, an_issue(workspace, "东街停水"), a_visit(workspace, 9))
    assert days(workspace, typed="东街") == [2, 1, 0]
    assert days(workspace, typed="东街 路灯") == [2]
    assert days(workspace, VisitGroup.OUTREACH, "东街") == []
    assert days(workspace, typed="没有") == []


@pytest.mark.parametrize("typed", ["", "站"])
def test_pages_follow_each_other_without_gap_or_repeat(workspace: Workspace, typed: str) -> None:
    save(workspace, *(a_visit(workspace, day, place="站") for day in range(7)))
    pages = [visit_list(workspace, typed=typed, offset=offset, limit=3) for offset in (0, 3, 6)]
    seen: list[Id] = [row.id for page in pages for row in page.rows]
    assert len(seen) == len(set(seen)) == 7
    assert [page.total for page in pages] == ([7, 7, 7] if not typed else [4, 7, 7])


def test_one_kind_of_the_other_activities_can_be_asked_for(workspace: Workspace) -> None:
    kinds = VisitKind.TRAINING, VisitKind.MEDIATION, VisitKind.TRAINING
    save(workspace, *(a_visit(workspace, day, kind) for day, kind in enumerate(kinds)))
    assert days(workspace, VisitGroup.OTHER, kind=VisitKind.TRAINING) == [2, 0]
    assert days(workspace, VisitGroup.OTHER) == [2, 1, 0]


def test_what_somebody_said_at_a_visit_is_found(workspace: Workspace) -> None:
    visit, other = a_visit(workspace, 1, VisitKind.SYMPOSIUM), a_visit(workspace, 2)
    save(workspace, visit, other, Speech(id=workspace.clock.new_id(), visit=visit.id, order=1, name="代表甲", words="先修水渠"))
    assert days(workspace, typed="水渠") == [1]
