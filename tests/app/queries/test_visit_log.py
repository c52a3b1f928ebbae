"""The log of a period: every visit between two days, and what each of its lines says."""

from datetime import date, time
from typing import Any

import pytest

from app.domain.papers import Span, VisitLog
from app.domain.visit import Attendance, Presence, Visit, VisitKind
from app.errors import Refused
from app.queries.visit_log import visit_log
from app.workspace import Workspace
from tests.builders import STATION_CODE, STATION_NAME, a_deputy, an_encounter, an_issue, remove, save


def a_visit(workspace: Workspace, on: date | None, **told: Any) -> Visit:
    usual: dict[str, Any] = {"visit_kind": VisitKind.RECEPTION, "on": on, "place": "某某街道联络站"}
    return Visit(id=workspace.clock.new_id(), **usual | told)


def days(log: VisitLog) -> list[str]:
    return [each.day for each in log.lines]


def test_both_ends_of_a_period_belong_to_it_and_removed_visits_do_not(workspace: Workspace) -> None:
    visits = [a_visit(workspace, date(2026, 3, day)) for day in (5, 1, 31, 6)]
    outside = [a_visit(workspace, day) for day in (date(2026, 2, 28), date(2026, 4, 1), None)]
    save(workspace, *visits, *outside)
    remove(workspace, visits[3].id)

    assert days(visit_log(workspace, Span(first=date(2026, 3, 1), last=date(2026, 3, 31)))) == [
        "2026-03-01",
        "2026-03-05",
        "2026-03-31",
    ]
    assert days(visit_log(workspace, Span(last=date(2026, 3, 1)))) == ["2026-02-28", "2026-03-01"]
    assert days(visit_log(workspace, Span(first=date(2026, 4, 1)))) == ["2026-04-01"]
    assert len(visit_log(workspace, Span()).lines) == 6


def test_a_day_s_visits_stand_in_the_order_they_began(workspace: Workspace) -> None:
    on = date(2026, 3, 1)
    save(workspace, *(a_visit(workspace, on, place=place, starts=at) for place, at in (("丙", time(14)), ("甲", time(9)))))

    assert [each.place for each in visit_log(workspace, Span()).lines] == ["甲", "丙"]


def test_a_line_tells_who_was_there_how_many_were_met_and_what_they_raised(workspace: Workspace) -> None:
    here, away = a_deputy(workspace, "代表甲"), a_deputy(workspace, "代表乙")
    visit = a_visit(workspace, date(2026, 3, 1), starts=time(9), deputies=(here.id, away.id), theme="固定接待日")
    one = an_encounter(workspace, "群众甲", visit=visit.id, raised="积水", handled_on_spot="已说明")
    household = an_encounter(workspace, "群众乙", visit=visit.id, people=3)
    quiet = an_encounter(workspace, "群众丙", visit=visit.id, raised="菜市场的秤不准")
    issues = [an_issue(workspace, subject, visit=visit.id, encounter=household.id) for subject in ("路灯不亮", "停水")]
    issues.append(an_issue(workspace, "积水", visit=visit.id, encounter=one.id))
    leave = Attendance(id=workspace.clock.new_id(), visit=visit.id, deputy=away.id, name="代表乙", presence=Presence.ON_LEAVE)
    save(workspace, here, away, visit, one, household, quiet, *issues, leave)

    log = visit_log(workspace, Span())
    (line,) = log.lines

    assert (line.kind, line.hours, line.place, line.deputies) == ("接待", "09:00", "某某街道联络站", ("代表甲",))
    assert (line.people, line.account) == ("5", "固定接待日")
    assert line.matters == ("路灯不亮", "停水", "积水", "菜市场的秤不准")
    assert log.head.summary == "合计1次：接待1次，走访0次，其他活动0次；接待走访群众5人，反映事项4件。"
    assert "群众" not in repr(log.lines)


def test_an_activity_without_residents_counts_none(workspace: Workspace) -> None:
    save(
        workspace,
        a_visit(workspace, date(2026, 3, 1), visit_kind=VisitKind.TRAINING, theme="学习", course="集中学习半天。"),
        a_visit(workspace, date(2026, 3, 2), visit_kind=VisitKind.OUTREACH),
        a_visit(workspace, date(2026, 3, 3), visit_kind="lantern_walk"),
    )

    lines = visit_log(workspace, Span()).lines

    assert [(each.kind, each.people, each.account) for each in lines] == [
        ("学习培训", "", "学习\n集中学习半天。"),
        ("走访", "0", ""),
        ("lantern_walk", "", ""),
    ]


def test_the_head_names_station_and_period(workspace: Workspace) -> None:
    head = visit_log(workspace, Span(first=date(2026, 1, 1), last=date(2026, 6, 30))).head

    assert (head.station, head.period) == (STATION_NAME, "2026年1月1日至2026年6月30日")
    assert head.number == f"{STATION_CODE}/20260101-20260630"
    assert visit_log(workspace, Span()).head.number == STATION_CODE


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(Refused, match="period_reversed"):
        Span(first=date(2026, 2, 1), last=date(2026, 1, 31))


def test_a_household_without_a_number_counts_one(workspace: Workspace) -> None:
    visit = a_visit(workspace, date(2026, 3, 1), visit_kind=VisitKind.OUTREACH)
    save(workspace, visit, an_encounter(workspace, visit=visit.id), an_encounter(workspace, visit=visit.id, people=0))

    assert visit_log(workspace, Span()).lines[0].people == "2"
