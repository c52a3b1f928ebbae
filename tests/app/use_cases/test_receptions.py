"""Receptions saved line by line: whole or not at all, amended without overwriting anybody, removed and brought back."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from app.changes import Changes
from app.domain.encounter import Encounter, Party
from app.domain.issue import Issue, Source
from app.domain.life import IssueState
from app.domain.people import Contact
from app.domain.suggestion import Suggestion
from app.domain.visit import Attendance, Presence, Visit, VisitKind
from app.domain.visit_sheet import Line, Seen, VisitSheet
from app.errors import AppError, Refused
from app.queries.counts import count
from app.queries.record import history
from app.queries.visit_card import visit_card
from app.use_cases.receptions import SavedVisit, draft_body, drafted_sheet, remove_visit, restore_visit, save_visit
from app.workspace import Workspace
from tests.app.use_cases.problems import problems_of
from tests.builders import a_deputy, save


def a_visit(workspace: Workspace, kind: VisitKind = VisitKind.RECEPTION, **told: Any) -> Visit:
    usual = {"station": workspace.author.owner, "on": date(2026, 11, 21), "starts": time(9, 0)}
    return Visit(id=workspace.clock.new_id(), visit_kind=kind, **{**usual, **told})


def a_line(workspace: Workspace, name: str = "来访者甲", *words: str, **told: Any) -> Line:
    issues = tuple(Issue(id=workspace.clock.new_id(), words=each) for each in words or ("路灯不亮",))
    return Line(encounter=Encounter(id=workspace.clock.new_id(), name=name, **told), issues=issues)


def a_reception(workspace: Workspace, *lines: Line, **told: Any) -> VisitSheet:
    return VisitSheet(visit=a_visit(workspace, **told), lines=lines or (a_line(workspace),))


def refused(workspace: Workspace, sheet: VisitSheet, seen: Seen | None = None) -> AppError:
    before = count(workspace)
    with pytest.raises(AppError) as caught:
        save_visit(workspace, sheet, seen)
    assert count(workspace) == before
    return caught.value


def stored(workspace: Workspace, saved: SavedVisit) -> VisitSheet:
    return visit_card(workspace, saved.sheet.visit.id).sheet


# --- saving ---------------------------------------------------------------------------------------------------------------


def test_all_that_belongs_to_a_reception_is_saved_at_once(workspace: Workspace) -> None:
    deputy = a_deputy(workspace)
    save(workspace, deputy)
    line = a_line(workspace, "来访者甲", "路灯不亮", "停车太难", confidential=True)
    line = replace(line, contact=Contact(id=workspace.clock.new_id(), phone="13800000001"))
    signed = Attendance(id=workspace.clock.new_id(), deputy=deputy.id, presence=Presence.PRESENT, arrived=time(9, 1))
    sheet = replace(a_reception(workspace, line, deputies=(deputy.id,)), attendance=(signed,))
    saved = save_visit(workspace, sheet)
    assert saved.changes == Changes.VISITS | Changes.ISSUES
    assert stored(workspace, saved) == saved.sheet
    expected = {"visit": 1, "attendance": 1, "encounter": 1, "contact": 1, "issue": 2}
    assert {kind: many for kind, many in count(workspace).items() if kind in expected} == expected


def test_an_issue_takes_over_what_its_visit_and_its_person_say(workspace: Workspace) -> None:
    deputy = a_deputy(workspace)
    save(workspace, deputy)
    line = a_line(workspace, "来访者甲", "路灯不亮", confidential=True)
    saved = save_visit(workspace, a_reception(workspace, line, deputies=(deputy.id,), late_entry=True))
    (issue,) = saved.sheet.issues()
    assert (issue.visit, issue.encounter) == (saved.sheet.visit.id, line.encounter.id)
    assert (issue.source, issue.state, issue.received_on) == (Source.RECEPTION, IssueState.REGISTERED, date(2026, 11, 21))
    assert (issue.deputies, issue.confidential, issue.late_entry) == ((deputy.id,), True, True)
    assert saved.sheet.lines[0].encounter.party == Party.PERSON


def test_an_issue_follows_its_visit_until_it_says_something_of_its_own(workspace: Workspace) -> None:
    first, second = a_deputy(workspace, "代表甲"), a_deputy(workspace, "代表乙")
    save(workspace, first, second)
    saved = save_visit(workspace, a_reception(workspace, a_line(workspace, "甲", "路灯不亮", "停水"), deputies=(first.id,)))
    one, other = saved.sheet.issues()
    own = replace(saved.sheet.lines[0], issues=(one, replace(other, deputies=(second.id,), source=Source.LETTER)))
    saved = save_visit(workspace, replace(saved.sheet, lines=(own,)), saved.seen)
    moved = replace(saved.sheet, visit=replace(saved.sheet.visit, deputies=(first.id, second.id), on=date(2026, 11, 20)))
    saved = save_visit(workspace, moved, saved.seen)
    one, other = saved.sheet.issues()
    assert (one.deputies, one.received_on) == ((first.id, second.id), date(2026, 11, 20))
    assert (other.deputies, other.source, other.received_on) == ((second.id,), Source.LETTER, date(2026, 11, 20))


def test_a_reception_needs_who_and_what(workspace: Workspace) -> None:
    nameless = Line(encounter=Encounter(id=workspace.clock.new_id()), issues=a_line(workspace).issues)
    assert problems_of(refused(workspace, a_reception(workspace, nameless))) == [("visitor_missing", "name")]
    silent = Line(encounter=Encounter(id=workspace.clock.new_id(), name="甲"))
    assert problems_of(refused(workspace, a_reception(workspace, silent))) == [("matter_missing", "raised")]
    save_visit(workspace, a_reception(workspace, a_line(workspace, "", anonymous=True)))


def test_nobody_need_have_come(workspace: Workspace) -> None:
    saved = save_visit(workspace, replace(a_reception(workspace), lines=()))
    assert stored(workspace, saved).lines == ()


def test_a_visit_says_of_what_kind_it_is(workspace: Workspace) -> None:
    sheet = VisitSheet(visit=Visit(id=workspace.clock.new_id()))
    assert problems_of(refused(workspace, sheet)) == [("visit_kind_missing", "visit_kind")]


def test_a_large_group_is_a_hint_that_stops_nobody(workspace: Workspace) -> None:
    saved = save_visit(workspace, a_reception(workspace, a_line(workspace, "甲等", people=9)))
    assert [(each.code, each.hint) for each in saved.hints] == [("group_large", True)]


def test_a_line_of_outreach_needs_no_name_where_nothing_was_raised(workspace: Workspace) -> None:
    lines = (
        Line(encounter=Encounter(id=workspace.clock.new_id(), party=Party.PEOPLE, people=12)),
        Line(encounter=Encounter(id=workspace.clock.new_id(), party=Party.HOUSEHOLD)),
    )
    saved = save_visit(workspace, VisitSheet(visit=a_visit(workspace, VisitKind.OUTREACH), lines=lines))
    assert stored(workspace, saved).people() == 13
    nameless = a_line(workspace, "", "停水")
    error = refused(workspace, VisitSheet(visit=a_visit(workspace, VisitKind.OUTREACH), lines=(nameless,)))
    assert problems_of(error) == [("visitor_missing", "name")]


# --- amending -------------------------------------------------------------------------------------------------------------


def test_only_what_is_different_is_saved_again(workspace: Workspace) -> None:
    saved = save_visit(workspace, a_reception(workspace, a_line(workspace, "甲"), a_line(workspace, "乙")))
    first, second = saved.sheet.lines
    amended = replace(second, encounter=replace(second.encounter, village="东街社区"))
    again = save_visit(workspace, replace(saved.sheet, lines=(first, amended)), saved.seen)
    assert again.changes == Changes.VISITS
    assert [len(history(workspace, each.encounter.id)) for each in again.sheet.lines] == [1, 2]
    assert save_visit(workspace, again.sheet, again.seen).changes == Changes.NOTHING


def test_what_others_changed_and_the_desk_did_not_stays_theirs(workspace: Workspace) -> None:
    saved = save_visit(workspace, a_reception(workspace))
    (issue,) = saved.sheet.issues()
    save(workspace, replace(issue, state=IssueState.ACCEPTED))
    (line,) = saved.sheet.lines
    named = replace(line, encounter=replace(line.encounter, village="东街社区"))
    again = save_visit(workspace, replace(saved.sheet, lines=(named,)), saved.seen)
    assert stored(workspace, again).issues()[0].state == IssueState.ACCEPTED


def test_nobody_overwrites_what_they_have_not_seen(workspace: Workspace) -> None:
    saved = save_visit(workspace, a_reception(workspace))
    (line,) = saved.sheet.lines
    save(workspace, replace(line.encounter, name="来访者乙"))
    ours = replace(line, encounter=replace(line.encounter, name="来访者丙"))
    error = refused(workspace, replace(saved.sheet, lines=(ours,)), saved.seen)
    assert (error.code, error.facts["id"]) == ("stale", line.encounter.id)
    assert stored(workspace, saved).lines[0].encounter.name == "来访者乙"


def test_what_a_sheet_holds_no_more_is_removed(workspace: Workspace) -> None:
    saved = save_visit(workspace, a_reception(workspace, a_line(workspace, "甲"), a_line(workspace, "乙", "停水", "停电")))
    first, second = saved.sheet.lines
    fewer = replace(second, issues=second.issues[1:])
    again = save_visit(workspace, replace(saved.sheet, lines=(fewer,)), saved.seen)
    assert stored(workspace, again).lines == again.sheet.lines
    assert [count(workspace)[kind] for kind in ("encounter", "issue")] == [1, 1]
    back = save_visit(workspace, replace(again.sheet, lines=(first, fewer)), again.seen)
    assert {each.encounter.name for each in stored(workspace, back).lines} == {"甲", "乙"}


def test_nobody_removes_what_somebody_else_changed(workspace: Workspace) -> None:
    saved = save_visit(workspace, a_reception(workspace, a_line(workspace, "甲"), a_line(workspace, "乙")))
    save(workspace, replace(saved.sheet.lines[0].encounter, village="东街社区"))
    assert refused(workspace, replace(saved.sheet, lines=saved.sheet.lines[1:]), saved.seen).code == "stale"


def test_an_issue_that_is_being_handled_is_not_taken_off(workspace: Workspace) -> None:
    saved = save_visit(workspace, a_reception(workspace, a_line(workspace, "甲", "停水", "停电")))
    (line,) = saved.sheet.lines
    suggestion = Suggestion(id=workspace.clock.new_id(), subject="关于供水的建议", issues=(line.issues[0].id,))
    save(workspace, suggestion)
    fewer = replace(saved.sheet, lines=(replace(line, issues=line.issues[1:]),))
    error = refused(workspace, fewer, saved.seen)
    assert (error.code, error.facts["issue"]) == ("visit_at_work", "停水")


# --- removing, and bringing back --------------------------------------------------------------------------------------------


def test_a_visit_is_removed_with_all_of_it_and_comes_back_as_it_was(workspace: Workspace) -> None:
    saved = save_visit(workspace, a_reception(workspace, a_line(workspace, "甲"), a_line(workspace, "乙")))
    removed = remove_visit(workspace, saved.sheet.visit.id)
    assert removed.changes == Changes.VISITS | Changes.ISSUES
    assert not {"visit", "encounter", "issue"} & count(workspace).keys()
    with pytest.raises(Refused, match="record_missing"):
        visit_card(workspace, saved.sheet.visit.id)
    assert restore_visit(workspace, removed).visit == saved.sheet.visit.id
    assert stored(workspace, saved) == saved.sheet
    restore_visit(workspace, removed)
    assert len(history(workspace, saved.sheet.visit.id)) == 3


def test_a_visit_whose_issue_is_being_handled_stays(workspace: Workspace) -> None:
    saved = save_visit(workspace, a_reception(workspace))
    (issue,) = saved.sheet.issues()
    save(workspace, replace(issue, state=IssueState.ASSIGNED))
    with pytest.raises(Refused, match="visit_at_work"):
        remove_visit(workspace, saved.sheet.visit.id)
    assert count(workspace)["visit"] == 1


# --- drafts ---------------------------------------------------------------------------------------------------------------


def test_a_draft_gives_back_the_sheet_and_notices_later_who_was_faster(workspace: Workspace) -> None:
    saved = save_visit(workspace, a_reception(workspace))
    (line,) = saved.sheet.lines
    typed = replace(saved.sheet, lines=(replace(line, encounter=replace(line.encounter, name="来访者丙")), a_line(workspace)))
    body = draft_body(typed, saved.seen)
    taken_up = drafted_sheet(workspace, body)
    assert taken_up.sheet == typed
    assert taken_up.seen == saved.seen
    save(workspace, replace(line.encounter, name="来访者乙"))
    late = drafted_sheet(workspace, body)
    assert refused(workspace, late.sheet, late.seen).code == "stale"


def test_a_draft_of_something_never_saved_is_taken_up_as_new(workspace: Workspace) -> None:
    sheet = a_reception(workspace)
    taken_up = drafted_sheet(workspace, draft_body(sheet, Seen()))
    saved = save_visit(workspace, taken_up.sheet, taken_up.seen).sheet.visit
    assert replace(saved, number="") == sheet.visit


@pytest.mark.parametrize(
    "body", [{}, {"sheet": 1, "heads": {}}, {"sheet": {}, "heads": {}}, {"sheet": {"visit": {}}, "heads": []}]
)
def test_a_draft_nobody_can_read_is_refused(workspace: Workspace, body: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="field_malformed"):
        drafted_sheet(workspace, body)
