"""An issue from beginning to end, its call-back, and the sheet for the wall, which names nobody."""

from datetime import date

from app.domain.issue import FeedbackWay, Issue, IssueResult
from app.domain.life import IssueEvent, IssueState
from app.domain.papers import ALWAYS, Span
from app.domain.privacy import Privacy
from app.domain.satisfaction import Satisfaction
from app.domain.step import Step
from app.queries.issue_papers import call_back_record, issue_record, public_sheet
from app.workspace import Workspace
from tests.builders import a_contact, an_encounter, an_issue, save

DONE = {
    "state": IssueState.CLOSED,
    "result": IssueResult.SOLVED,
    "closed_on": date(2026, 3, 9),
    "received_on": date(2026, 3, 2),
}


def raised(workspace: Workspace, subject: str, **told: object) -> Issue:
    """An issue of a resident who left a telephone number."""
    person = an_encounter(workspace, "张小明", village="某某社区")
    issue = an_issue(workspace, subject, encounter=person.id, **{**DONE, **told})
    save(workspace, person, issue, a_contact(workspace, person.id))
    return issue


def test_an_issue_is_told_with_its_steps_and_its_resident_masked(workspace: Workspace) -> None:
    issue = raised(workspace, "路灯不亮", result_text="灯已修好", number="意2026-00007")
    new_id = workspace.clock.new_id
    save(workspace, Step(id=new_id(), of=issue.id, event=IssueEvent.ACCEPT, on=date(2026, 3, 3), by_name="联络员", reason="受理"))
    paper = issue_record(workspace, issue.id)
    assert (paper.number, paper.person, paper.village, paper.told) == ("意2026-00007", "张*", "某某社区", "意2026-00007")
    assert [(each.day, each.event, each.by, each.told) for each in paper.course] == [("2026-03-03", "受理", "联络员", "受理")]
    assert paper.result == "已解决　2026-03-09\n灯已修好"


def test_a_call_back_shows_the_number_only_when_it_is_asked_for_and_never_of_whoever_is_confidential(
    workspace: Workspace,
) -> None:
    issue = raised(workspace, "路灯不亮", call_back_way=FeedbackWay.PHONE, satisfaction=Satisfaction.SATISFIED)
    assert (call_back_record(workspace, issue.id).person, call_back_record(workspace, issue.id).phone) == ("张*", "138****0000")
    full = call_back_record(workspace, issue.id, privacy=Privacy.FULL)
    assert (full.person, full.phone) == ("张小明", "13800000000")
    assert [answer for answer, given in (*full.ways, *full.satisfactions) if given] == ["电话", "满意"]
    secret = call_back_record(workspace, raised(workspace, "积水", confidential=True).id, privacy=Privacy.FULL)
    assert (secret.person, secret.phone) == ("要求保密", "")


def test_the_sheet_for_the_wall_names_nobody_and_counts_who_asked_for_confidence(workspace: Workspace) -> None:
    raised(workspace, "张小明家门口路灯不亮，电话13812345678", result_text="已告知张小明，灯已修好")
    raised(workspace, "要求保密的事", confidential=True)
    raised(workspace, "办着的事", state=IssueState.ASSIGNED, result="", closed_on=None)
    raised(workspace, "不受理的事", state=IssueState.DECLINED)
    sheet = public_sheet(workspace, Span(first=date(2026, 3, 1), last=date(2026, 3, 31)))
    done, open_one = sheet.lines
    assert (done.subject, done.result, done.closed) == (
        "某某家门口路灯不亮，电话＊＊＊",
        "已解决\n已告知某某，灯已修好",
        "2026-03-09",
    )
    assert (open_one.subject, open_one.result, open_one.closed) == ("办着的事", "正在办理", "")
    assert sheet.head.summary == "合计2件：已办结1件，正在办理1件。"
    assert sheet.note == "另有1件按反映人要求不公开。"
    assert "张" not in repr(sheet.lines)


def test_a_resident_has_the_same_number_on_every_sheet(workspace: Workspace) -> None:
    raised(workspace, "路灯不亮")
    once, again = (public_sheet(workspace, ALWAYS).lines[0].person for _ in range(2))
    assert once == again
    person = an_encounter(workspace, "李四", number="来2026-00012")
    save(workspace, person, an_issue(workspace, "积水", encounter=person.id, **DONE))
    assert public_sheet(workspace, ALWAYS).lines[-1].person == "来2026-00012"
