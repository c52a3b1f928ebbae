"""The slip of an issue: made and numbered when it is assigned, answered from the paper, told on both papers."""

from datetime import date
from typing import Any

import pytest

from app.domain.handling import Assignment, HandlingRole
from app.domain.issue import Issue, IssueResult, Route
from app.domain.issue_steps import StepEntry, entry_from, entry_told
from app.domain.life import IssueEvent, IssueState
from app.domain.papers import PaperName
from app.domain.privacy import Privacy
from app.domain.satisfaction import Satisfaction
from app.domain.values import Id
from app.errors import Refused
from app.queries.issue_card import issue_card
from app.queries.record_history import record_history
from app.queries.slips import assignment_slip, feedback_slip
from app.use_cases.issues import name_unit, step_issue
from app.use_cases.papers import Asked, Paper, print_paper
from app.use_cases.undo import undo_last
from app.workspace import Workspace
from tests.builders import a_contact, an_encounter, an_issue, save

DAY = date(2026, 11, 21)
E = IssueEvent
UNIT = "01a1fb9e-0680-7735-b319-e0171833330f"
ANSWER = {"basis": "示例规定", "office_phone": "0731-00000000", "issued_by": "负责人乙", "sealed": True}


def assigned(workspace: Workspace, **told: Any) -> Id:
    """An issue that was just handed to a unit."""
    met = an_encounter(workspace, "张三")
    told = {"state": IssueState.APPROVED, "encounter": met.id, "words": "东街的路灯三个月不亮", "number": "意1"} | told
    issue = an_issue(workspace, **told)
    save(workspace, met, a_contact(workspace, met.id), issue)
    assign(workspace, issue.id)
    return issue.id


def assign(workspace: Workspace, id: Id) -> None:
    unit = name_unit(workspace, "示例市政站").id
    fields = {"unit": unit, "route": Route.VILLAGE}
    slip = {"feedback_required": "十日内书面答复"}
    step_issue(workspace, id, E.ASSIGN, StepEntry(on=DAY, by="站长甲", words="请查看", fields=fields, slip=slip))


def answer(workspace: Workspace, id: Id) -> None:
    fields = {"result": IssueResult.SOLVED}
    step_issue(workspace, id, E.HANDLE, StepEntry(on=DAY, by="承办人丙", words="已换电缆接头", fields=fields, slip=ANSWER))


def slips(workspace: Workspace, id: Id) -> list[Assignment]:
    return [each.slip for each in issue_card(workspace, id).slips]


def test_each_assignment_makes_a_slip_with_the_next_number(workspace: Workspace) -> None:
    first, second = assigned(workspace), assigned(workspace)
    assert [each.number for id in (first, second) for each in slips(workspace, id)] == ["交2026-00001", "交2026-00002"]
    (slip,) = slips(workspace, first)
    assert (slip.source_number, slip.assigned_by_body, slip.assigned_by) == ("意1", "某某街道人大代表联络站", "站长甲")
    assert (slip.feedback_required, slip.due_on) == ("十日内书面答复", issue_card(workspace, first).issue.due_on)
    step_issue(workspace, first, E.OBJECT, StepEntry(on=DAY, by="丙", words="不属我单位"))
    assign(workspace, first)
    assert [(each.round, each.number) for each in slips(workspace, first)] == [(1, "交2026-00001"), (2, "交2026-00003")]


def test_a_slip_may_name_units_that_handle_it_too(workspace: Workspace) -> None:
    lead, water, roads = (name_unit(workspace, name).id for name in ("示例市政站", "示例水务站", "示例公路站"))
    issue = an_issue(workspace, state=IssueState.APPROVED)
    save(workspace, issue)
    given = {"co_units": (water, lead, roads)}
    step_issue(workspace, issue.id, E.ASSIGN, StepEntry(on=DAY, by="站长甲", fields={"unit": lead}, slip=given))
    (slip,) = slips(workspace, issue.id)
    assert (slip.role, slip.unit, slip.co_units) == (HandlingRole.LEAD, lead, (water, roads))
    told = assignment_slip(workspace, slip.id)
    assert (told.unit, told.co_units) == ("示例市政站", "示例水务站、示例公路站")
    said = {**ANSWER, "co_handler_opinion": "水务站已关阀"}
    fields = {"result": IssueResult.SOLVED}
    step_issue(workspace, issue.id, E.HANDLE, StepEntry(on=DAY, by="丙", words="已换", fields=fields, slip=said))
    (slip,) = slips(workspace, issue.id)
    assert (slip.co_handler_opinion, slip.co_handler_opinion_on) == ("水务站已关阀", DAY)
    assert feedback_slip(workspace, slip.id).co_opinion == "水务站已关阀"
    (line,) = issue_card(workspace, issue.id).slips
    assert line.co_units == "示例水务站、示例公路站"


def test_a_unit_alone_handles_by_itself(workspace: Workspace) -> None:
    (slip,) = slips(workspace, assigned(workspace))
    assert (slip.role, slip.co_units) == (HandlingRole.SOLE, ())


def test_the_answer_on_paper_is_entered_and_stands_on_the_slip(workspace: Workspace) -> None:
    id = assigned(workspace)
    answer(workspace, id)
    (slip,) = slips(workspace, id)
    told = (slip.result, slip.account, slip.handler, slip.feedback_on, slip.basis, slip.office_phone, slip.issued_by, slip.sealed)
    assert told == (IssueResult.SOLVED, "已换电缆接头", "承办人丙", DAY, "示例规定", "0731-00000000", "负责人乙", True)
    undo_last(workspace, id)
    (slip,) = slips(workspace, id)
    assert (slip.result, slip.basis, slip.sealed) == ("", "", False)


def test_what_stands_on_the_slip_is_kept_in_the_draft_of_its_step() -> None:
    entry = StepEntry(on=DAY, words="已换", slip={**ANSWER, "co_units": (UNIT,)})
    assert entry_from(entry_told(Issue(id="1"), E.HANDLE, entry)) == (E.HANDLE, entry)
    older = {**entry_told(Issue(id="1"), E.HANDLE, StepEntry(on=DAY))}
    del older["slip"]
    assert entry_from(older) == (E.HANDLE, StepEntry(on=DAY))


def test_a_slip_tells_the_unit_no_more_of_the_resident_than_it_may(workspace: Workspace) -> None:
    open_, secret = assigned(workspace), assigned(workspace, confidential=True)
    shown = assignment_slip(workspace, open_)
    assert (shown.raised_by, shown.phone, shown.words) == ("张*", "138****0000", "东街的路灯三个月不亮")
    full = assignment_slip(workspace, open_, privacy=Privacy.FULL)
    assert (full.raised_by, full.phone) == ("张三", "13800000000")
    wordless = assignment_slip(workspace, open_, wordless=True)
    assert (wordless.raised_by, wordless.phone, wordless.words, wordless.summary) == ("", "", "", "东街路灯不亮")
    withheld = assignment_slip(workspace, secret, privacy=Privacy.FULL)
    assert (withheld.raised_by, withheld.phone) == ("要求保密", "")


def test_the_feedback_slip_is_free_to_be_written_on_until_it_is_answered(workspace: Workspace) -> None:
    id = assigned(workspace)
    blank = feedback_slip(workspace, id)
    assert (blank.number, blank.unit, blank.summary) == ("交2026-00001", "示例市政站", "东街路灯不亮")
    assert (blank.account, blank.day, any(given for _word, given in blank.results)) == ("", "", False)
    answer(workspace, id)
    step_issue(workspace, id, E.FEED_BACK, StepEntry(on=DAY, words="已告知"))
    step_issue(workspace, id, E.CALL_BACK, StepEntry(on=DAY, by="甲", fields={"satisfaction": Satisfaction.SATISFIED}))
    told = feedback_slip(workspace, id)
    assert [word for word, given in (*told.results, *told.satisfactions) if given] == ["已解决", "满意"]
    assert (told.account, told.day, told.call_back) == ("已换电缆接头", "2026年11月21日", "甲　2026年11月21日")


@pytest.mark.parametrize("name", [PaperName.ASSIGNMENT_SLIP, PaperName.FEEDBACK_SLIP])
def test_both_papers_are_printed_of_the_issue_or_of_one_slip_of_it(workspace: Workspace, name: PaperName) -> None:
    id, papers = assigned(workspace), list[Paper]()
    (slip,) = slips(workspace, id)
    for asked in (id, slip.id):
        print_paper(workspace, Asked(name=name, id=asked), papers.append)
    assert {(each.pages, each.records, each.file_name) for each in papers} == {(1, 1, f"{name.label}-交2026-00001.pdf")}
    assert all(each.content.startswith(b"%PDF") for each in papers)
    assert [each.event for each in record_history(workspace, slip.id).changes].count("print") == 1


def test_who_is_shown_in_full_to_a_unit_is_noted(workspace: Workspace) -> None:
    open_, secret = assigned(workspace), assigned(workspace, confidential=True)
    for id, times in ((open_, 1), (secret, 0)):
        print_paper(workspace, Asked(name=PaperName.ASSIGNMENT_SLIP, id=id, privacy=Privacy.FULL))
        (slip,) = slips(workspace, id)
        assert [each.event for each in record_history(workspace, slip.id).changes].count("contact_shown") == times


@pytest.mark.parametrize("name", [PaperName.ASSIGNMENT_SLIP, PaperName.FEEDBACK_SLIP])
def test_what_no_unit_has_has_no_slip(workspace: Workspace, name: PaperName) -> None:
    issue, met = an_issue(workspace), an_encounter(workspace)
    save(workspace, issue, met)
    for id, code in ((issue.id, "not_assigned"), (met.id, "paper_other_kind")):
        with pytest.raises(Refused) as told:
            print_paper(workspace, Asked(name=name, id=id))
        assert told.value.code == code
