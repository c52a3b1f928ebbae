"""The report of a station: its figures agree with one another and with the ledgers, an empty month is told, nobody is named."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.domain.figures import UNSAID
from app.domain.issue import Issue, Route
from app.domain.life import IssueState, SuggestionState
from app.domain.papers import ALWAYS, PaperName, Span, month_named, year_span
from app.domain.reply import Evaluation, Evaluator, Reply, ReplyScheme
from app.domain.satisfaction import Satisfaction
from app.domain.station import Station
from app.domain.visit import Visit, VisitKind
from app.queries.issue_ledger import issue_ledger
from app.queries.record import record
from app.queries.station_figures import station_figures
from app.queries.station_report import station_report
from app.queries.visit_log import visit_log
from app.use_cases import demo
from app.use_cases.papers import Asked, print_paper
from app.workspace import Workspace
from tests.builders import a_deputy, an_encounter, an_issue, an_unbound_suggestion, save
from tests.pdf_text import bare, text_of

MARCH = month_named("2026-03")


def a_visit(
    workspace: Workspace, kind: VisitKind = VisitKind.RECEPTION, *, day: date = date(2026, 3, 5), people: int = 1
) -> Visit:
    visit = Visit(id=workspace.clock.new_id(), visit_kind=kind, on=day)
    save(workspace, visit, an_encounter(workspace, visit=visit.id, people=people))
    return visit


def told(workspace: Workspace, span: Span, program: Callable[[str], str]) -> str:
    paper = print_paper(workspace, Asked(name=PaperName.STATION_REPORT, span=span))
    return bare(text_of(program("pdftotext"), paper.content))


def test_a_month_without_anything_says_so(workspace: Workspace, program: Callable[[str], str]) -> None:
    printed = told(workspace, MARCH, program)
    assert "2026年3月工作月报" in printed
    assert printed.count("本时段没有记录。") == 3
    assert "共开展接待0次、走访0次、其他活动0次" in printed
    assert "%" not in printed  # a share of nothing is none


def test_the_same_days_of_the_year_before_stand_beside(workspace: Workspace, program: Callable[[str], str]) -> None:
    a_visit(workspace)
    a_visit(workspace)
    a_visit(workspace, day=date(2025, 3, 31), people=5)
    a_visit(workspace, day=date(2025, 4, 1))
    report = station_report(workspace, MARCH)
    assert report.before
    assert (report.now.visits.kinds.whole, report.before.visits.kinds.whole) == (2, 1)
    printed = told(workspace, MARCH, program)
    assert "活动（次）21+1（+100.0%）" in printed
    assert "接待走访群众（人）25-3（-60.0%）" in printed
    assert station_report(workspace, ALWAYS).before is None


@pytest.mark.parametrize(
    ("span", "title"),
    [
        (MARCH, "2026年3月工作月报"),
        (year_span(2026), "2026年度工作报告"),
        (Span(first=date(2026, 1, 1), last=date(2026, 6, 30)), "工作报告"),
        (ALWAYS, "工作报告"),
    ],
)
def test_a_report_is_called_by_its_days(workspace: Workspace, span: Span, title: str) -> None:
    assert station_report(workspace, span).title == title


def test_leap_days_have_a_year_before(workspace: Workspace) -> None:
    assert station_report(workspace, month_named("2024-02")).compared_with == "2023年2月1日至2023年2月28日"


def an_answered(workspace: Workspace, subject: str, **fields: Any) -> Issue:
    met = an_encounter(workspace, name="欧阳某某")
    issue = an_issue(workspace, subject, encounter=met.id, received_on=date(2026, 3, 2), **fields)
    save(workspace, met, issue)
    return issue


def test_time_is_counted_over_what_was_closed_and_had_a_deadline(workspace: Workspace) -> None:
    closed = {"state": IssueState.CLOSED, "due_on": date(2026, 3, 20)}
    an_answered(workspace, "按期", closed_on=date(2026, 3, 20), **closed)
    an_answered(workspace, "超期", closed_on=date(2026, 3, 21), **closed)
    an_answered(workspace, "无期限", state=IssueState.CLOSED, closed_on=date(2026, 3, 21))
    an_answered(workspace, "在办", due_on=date(2026, 3, 20))
    issues = station_figures(workspace, MARCH).issues
    assert (issues.received, issues.closed, issues.timed, issues.in_time) == (4, 3, 2, 1)


def test_what_has_no_category_or_way_is_counted_by_name(workspace: Workspace) -> None:
    an_answered(workspace, "甲", route=Route.ON_THE_SPOT)
    an_answered(workspace, "乙")
    issues = station_figures(workspace, MARCH).issues
    assert issues.routes.rows() == (("当场答复", "1", "50.0%"), (UNSAID, "1", "50.0%"))
    assert (issues.states.names, issues.categories.names) == (("已登记",), (UNSAID,))


def test_classes_are_shares_of_what_was_replied(workspace: Workspace) -> None:
    new_id = workspace.clock.new_id
    deputy = a_deputy(workspace)
    save(workspace, deputy)
    bodies = [an_unbound_suggestion(workspace, subject=f"建议{each}", lead_deputy=deputy.id) for each in "甲乙丙"]
    put = [replace(each, submitted_on=date(2026, 3, 9), state=SuggestionState.REPLIED) for each in bodies]
    save(workspace, *put)
    for each, letters in zip(put, ("BA", "C", ""), strict=True):
        for round_, letter in enumerate(letters, start=1):
            reply = Reply(id=new_id(), suggestion=each.id, round=round_)
            save(workspace, replace(reply, scheme=ReplyScheme.HUNAN_3, reply_class=letter))
    answer = Evaluation(id=new_id(), of=put[0].id, evaluator=Evaluator.DEPUTY)
    save(workspace, replace(answer, attitude=Satisfaction.SATISFIED, result=Satisfaction.DISSATISFIED))
    figures = station_figures(workspace, MARCH).suggestions
    assert figures.submitted == 3
    assert (figures.classes.whole, len(figures.classes.names)) == (2, 2)  # the newest reply of each counts
    assert (figures.attitudes.names, figures.results.names) == (("满意",), ("不满意",))


def test_a_case_names_nobody_and_tells_no_secret(workspace: Workspace, program: Callable[[str], str]) -> None:
    answered = {"satisfaction": Satisfaction.SATISFIED, "state": IssueState.CLOSED}
    an_answered(workspace, "欧阳某某门口路灯", result_text="已告知欧阳某某（13812345678），换灯12盏。", **answered)
    an_answered(workspace, "保密的事", result_text="已办结。", confidential=True, **answered)
    printed = told(workspace, MARCH, program)
    assert "换灯12盏" in printed
    assert [each for each in ("欧阳某某", "13812345678", "保密的事") if each in printed] == []


def test_the_norm_of_a_month_is_told_with_who_has_not_met_it(workspace: Workspace) -> None:
    station = record(workspace, workspace.author.owner).record
    assert isinstance(station, Station)
    save(workspace, replace(station, people_a_deputy=30), a_deputy(workspace, "代表甲"), a_deputy(workspace, "代表乙"))
    norm = station_report(workspace, MARCH).norm
    assert norm
    assert (norm.deputies, norm.met, sorted(norm.missing)) == (2, 0, ["代表乙", "代表甲"])
    assert "30人" in norm.asked
    assert station_report(workspace, year_span(2026)).norm is None


def test_its_figures_are_those_of_the_ledgers(workspace: Workspace) -> None:
    demo.fill(workspace, demo.Amounts(visits=40, issues=30, suggestions=4), 3)
    for span in (ALWAYS, year_span(2026), MARCH):
        figures = station_figures(workspace, span)
        log, ledger = visit_log(workspace, span), issue_ledger(workspace, span)
        assert figures.visits.kinds.whole == log.records == sum(many for _month, many, _people in figures.visits.months)
        assert figures.visits.people.whole == sum(int(line.people or 0) for line in log.lines)
        issues = figures.issues
        assert issues.received == ledger.records == issues.categories.whole == issues.routes.whole == issues.sources.whole
        assert issues.units.whole == sum(bool(line.unit) for line in ledger.lines)


def test_the_end_of_february_is_compared_with_the_end_of_february(workspace: Workspace) -> None:
    for day in (date(2024, 2, 29), date(2024, 2, 1), date(2025, 2, 28)):
        a_visit(workspace, day=day)
    before = station_report(workspace, month_named("2025-02")).before
    assert before
    assert before.visits.kinds.whole == 2


def test_a_period_that_runs_is_compared_as_far_as_it_has_come(workspace: Workspace) -> None:
    today = workspace.clock.today().date()
    a_visit(workspace, day=today)
    for day in (today.replace(year=today.year - 1), date(today.year - 1, 12, 31)):
        a_visit(workspace, day=day)
    report = station_report(workspace, year_span(today.year))
    assert report.before
    assert (report.now.visits.kinds.whole, report.before.visits.kinds.whole) == (1, 1)
    assert report.compared_with.endswith(f"{today.year - 1}年{today.month}月{today.day}日")
    assert station_report(workspace, year_span(today.year + 1)).before is None


def test_what_has_no_day_is_told_beside_a_period(workspace: Workspace, program: Callable[[str], str]) -> None:
    save(workspace, Visit(id=workspace.clock.new_id(), visit_kind=VisitKind.OTHER))
    assert "另有1条没有日期的活动、意见记录，未计入本报告。" in told(workspace, MARCH, program)
    assert station_report(workspace, ALWAYS).undated == 0


def test_a_month_without_visits_is_none_in_the_chart(workspace: Workspace) -> None:
    for month in (1, 4):
        a_visit(workspace, day=date(2026, month, 3))
    months = station_figures(workspace, year_span(2026)).visits.months
    assert months == (("2026-01", 1, 1), ("2026-02", 0, 0), ("2026-03", 0, 0), ("2026-04", 1, 1))


def test_the_newest_cases_are_told(workspace: Workspace) -> None:
    for number in range(80):
        content = {"satisfaction": Satisfaction.SATISFIED, "state": IssueState.CLOSED, "result_text": "同样长的结果。"}
        save(workspace, an_issue(workspace, f"事{number}", received_on=date(2026, 1 + number // 8, 2), **content))
    cases = station_report(workspace, year_span(2026)).cases
    assert len(cases) == 3
    assert all(int(each.subject.removeprefix("事")) >= 20 for each in cases)
