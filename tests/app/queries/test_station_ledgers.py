"""The ledgers of a station: each record of the period on its line, nobody named who must not be."""

from dataclasses import replace
from datetime import date, time

import pytest

from app.domain.encounter import Party
from app.domain.handling import Assignment
from app.domain.issue import IssueResult, Route, Source
from app.domain.life import IssueState
from app.domain.papers import ALWAYS, Span
from app.domain.satisfaction import Satisfaction
from app.domain.unit import Unit
from app.domain.values import Id
from app.domain.visit import Attendance, Presence, Visit, VisitKind
from app.queries.handling_ledger import handling_ledger
from app.queries.station_ledgers import activity_ledger, attendance_ledger, outreach_ledger, reception_ledger
from app.workspace import Workspace
from tests.builders import a_deputy, an_encounter, an_issue, remove, save

MARCH = Span(first=date(2026, 3, 1), last=date(2026, 3, 31))


def a_visit(workspace: Workspace, kind: VisitKind, on: date = date(2026, 3, 5), *deputies: Id, theme: str = "") -> Visit:
    visit = Visit(id=workspace.clock.new_id(), visit_kind=kind, on=on, deputies=deputies, theme=theme)
    save(workspace, visit)
    return visit


def test_every_matter_of_a_reception_has_a_line_and_who_raised_none_too(workspace: Workspace) -> None:
    deputy = a_deputy(workspace)
    save(workspace, deputy)
    visit = a_visit(workspace, VisitKind.RECEPTION, date(2026, 3, 5), deputy.id)
    first, second = (
        an_encounter(workspace, "张三", visit=visit.id),
        an_encounter(workspace, "李四", visit=visit.id, raised="问路"),
    )
    lamps = an_issue(workspace, "路灯不亮", visit=visit.id, encounter=first.id, route=Route.VILLAGE)
    wells = an_issue(workspace, "井盖缺失", visit=visit.id, encounter=first.id, feedback_on=date(2026, 3, 9))
    save(workspace, first, second, lamps, replace(wells, satisfaction=Satisfaction.SATISFIED))

    ledger = reception_ledger(workspace, MARCH)

    assert [(each.person, each.subject, each.told_on) for each in ledger.lines] == [
        ("张*", "路灯不亮", ""),
        ("张*", "井盖缺失", "2026-03-09"),
        ("李*", "问路", ""),
    ]
    assert {each.deputies for each in ledger.lines} == {("代表甲",)}
    assert (ledger.lines[0].route, ledger.lines[1].satisfaction) == ("村（社区）办理", "满意")
    assert ledger.head.summary == "合计3件，已反馈1件。"


def test_outreach_counts_people_and_receptions_are_not_of_it(workspace: Workspace) -> None:
    outreach, reception = a_visit(workspace, VisitKind.OUTREACH), a_visit(workspace, VisitKind.RECEPTION)
    household = replace(an_encounter(workspace, "张三", visit=outreach.id, village="东村", people=4), party=Party.HOUSEHOLD)
    hidden = an_encounter(workspace, "李四", visit=outreach.id, confidential=True, village="西村", raised="欠薪")
    issue = an_issue(workspace, "欠薪", visit=outreach.id, encounter=hidden.id, number="意2026-00001")
    save(workspace, household, hidden, issue, an_encounter(workspace, "王五", visit=reception.id))

    ledger = outreach_ledger(workspace, MARCH)

    assert [(each.person, each.people, each.village) for each in ledger.lines] == [
        ("张*（户）", "4", "东村"),
        ("要求保密", "1", ""),
    ]
    assert (ledger.lines[1].raised, ledger.lines[1].issues) == ("欠薪", ("意2026-00001",))
    assert ledger.head.summary == "合计走访5人，反映问题和建议1件。"
    assert [row[3] for row in ledger.rows()] == [4, 1]


@pytest.mark.parametrize(
    ("due", "closed", "state", "told"),
    [
        (date(2026, 3, 20), date(2026, 3, 19), IssueState.CLOSED, "未超期"),
        (date(2026, 3, 20), date(2026, 3, 21), IssueState.CLOSED, "超期"),
        (date(2026, 3, 20), None, IssueState.ASSIGNED, "超期"),
        (date(2099, 3, 20), None, IssueState.ASSIGNED, "未超期"),
        (date(2026, 3, 20), None, IssueState.HANDLED, ""),
        (None, date(2026, 3, 21), IssueState.CLOSED, ""),
    ],
)
def test_whether_it_took_too_long(workspace: Workspace, due: date | None, closed: date | None, state: str, told: str) -> None:
    save(workspace, an_issue(workspace, received_on=date(2026, 3, 2), due_on=due, closed_on=closed, state=state))
    assert [each.overdue for each in handling_ledger(workspace, MARCH).lines] == [told]


def test_an_issue_is_told_with_who_handles_it_and_who_helps_in_the_newest_round(workspace: Workspace) -> None:
    new_id = workspace.clock.new_id
    lead, helping = Unit(id=new_id(), name="住建局"), Unit(id=new_id(), name="交警队")
    issue = an_issue(
        workspace,
        received_on=date(2026, 3, 2),
        source=Source.QR,
        unit=lead.id,
        result=IssueResult.SOLVED,
        closed_on=date(2026, 3, 8),
    )
    older = Assignment(id=new_id(), of=issue.id, round=1, signed_for_on=date(2026, 3, 3))
    newer = Assignment(id=new_id(), of=issue.id, round=2, co_units=(helping.id,), signed_for_on=date(2026, 3, 5))
    save(workspace, lead, helping, issue, newer, older)

    (line,) = handling_ledger(workspace, MARCH).lines

    assert (line.units, line.signed_on) == (("住建局", "会办：交警队"), "2026-03-05")
    assert (line.source, line.day, line.closed_on, line.result) == ("扫码", "2026-03-02", "2026-03-08", "已解决")


def test_an_activity_tells_who_was_expected_and_what_came_of_it(workspace: Workspace) -> None:
    deputies = [a_deputy(workspace, f"代表{each}") for each in "甲乙丙"]
    save(workspace, *deputies)
    visit = a_visit(workspace, VisitKind.INSPECTION, date(2026, 3, 5), *(each.id for each in deputies), theme="视察")
    away = Attendance(
        id=workspace.clock.new_id(), visit=visit.id, deputy=deputies[1].id, presence=Presence.ON_LEAVE, leave_reason="出差"
    )
    guest = Attendance(id=workspace.clock.new_id(), visit=visit.id, name="来宾甲", part="村干部", arrived=time(9))
    save(workspace, away, guest, an_issue(workspace, visit=visit.id))
    a_visit(workspace, VisitKind.RECEPTION)

    (line,) = activity_ledger(workspace, MARCH).lines
    assert (line.kind, line.theme, line.expected, line.present, line.on_leave, line.led_to) == (
        "视察",
        "视察",
        "4",
        "3",
        "1",
        "1",
    )

    there = attendance_ledger(workspace, MARCH)
    assert [(each.name, each.presence, each.reason) for each in there.lines] == [
        ("代表甲", "实到", ""),
        ("代表乙", "请假", "出差"),
        ("代表丙", "实到", ""),
        ("来宾甲", "实到", ""),
    ]
    assert (there.lines[3].level, there.lines[3].arrived) == ("村干部", "09:00")
    assert there.head.summary == "合计4人次：实到3人次，请假、缺席1人次。"


def test_plans_removed_records_and_other_months_are_not_in_a_ledger(workspace: Workspace) -> None:
    deputy = a_deputy(workspace)
    save(workspace, deputy)
    ahead = date(2099, 1, 5)
    a_visit(workspace, VisitKind.TRAINING, ahead, deputy.id)
    gone = a_visit(workspace, VisitKind.TRAINING, date(2026, 3, 5), deputy.id)
    remove(workspace, gone.id)
    a_visit(workspace, VisitKind.TRAINING, date(2026, 2, 28), deputy.id)
    for span, many in ((MARCH, 0), (ALWAYS, 1)):
        assert (activity_ledger(workspace, span).records, attendance_ledger(workspace, span).records) == (many, many)
