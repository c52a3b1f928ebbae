"""The papers of a reception day, read back by another program: what was chosen is printed, and nobody is told too much."""

import re
from collections.abc import Callable
from datetime import date, time

import pytest

from app.domain.encounter import Encounter
from app.domain.issue import IssueResult
from app.domain.life import IssueState
from app.domain.papers import PaperName, Span
from app.domain.privacy import Privacy
from app.domain.rota import RestDay, RotaPlan
from app.domain.station import Station
from app.domain.values import Id
from app.domain.visit import Visit, VisitKind
from app.domain.visit_sheet import Line, VisitSheet
from app.errors import Refused
from app.queries.record import record
from app.storage.journal import Journal
from app.use_cases.papers import Asked, Paper, print_paper
from app.use_cases.receptions import save_visit
from app.use_cases.rota import plan_receptions
from app.workspace import Workspace
from tests.builders import a_contact, a_deputy, an_encounter, an_issue, save
from tests.pdf_text import bare, text_of

PHONE = "0731-00000000"
_INTERNAL = ("打印时间",)


@pytest.fixture
def printed(program: Callable[[str], str], workspace: Workspace) -> Callable[..., tuple[Paper, str]]:
    reader = program("pdftotext")

    def prints(name: PaperName, **told: object) -> tuple[Paper, str]:
        paper = print_paper(workspace, Asked(name=name, **told))  # type: ignore[arg-type]  # a test's own words
        return paper, bare(text_of(reader, paper.content))

    return prints


Prints = Callable[..., tuple[Paper, str]]


def with_phone(workspace: Workspace) -> None:
    station = record(workspace, workspace.author.owner).record
    assert isinstance(station, Station)
    with workspace.writing() as books:
        books.records.save(Station(id=station.id, code=station.code, name=station.name, office_phone=PHONE, place="示例路1号"))


def days(workspace: Workspace) -> tuple[Id, ...]:
    deputies = [a_deputy(workspace, f"代表{each}", level="county") for each in "甲乙"]
    save(workspace, *deputies)
    plan = RotaPlan(
        first=date(2026, 12, 1),
        last=date(2027, 2, 28),
        rest_day=RestDay.KEEP,
        starts=time(9),
        ends=time(11, 30),
        place="接待室",
        deputies=tuple(each.id for each in deputies),
    )
    return plan_receptions(workspace, plan).ids


def a_reception(workspace: Workspace, *people: Encounter) -> VisitSheet:
    visit = Visit(id=workspace.clock.new_id(), visit_kind=VisitKind.RECEPTION, on=date(2026, 11, 20))
    matters = [an_issue(workspace, f"事项{place}", encounter=each.id) for place, each in enumerate(people)]
    contacts = [a_contact(workspace, each.id, "13812345678") for each in people]
    lines = tuple(
        Line(encounter=one, contact=reach, issues=(issue,)) for one, reach, issue in zip(people, contacts, matters, strict=True)
    )
    return save_visit(workspace, VisitSheet(visit=visit, lines=lines)).sheet


# --- notice and rota -----------------------------------------------------------------------------------------------------


def test_the_notice_of_a_day_tells_when_where_who_and_how_to_ask(workspace: Workspace, printed: Prints) -> None:
    with_phone(workspace)
    paper, told = printed(PaperName.RECEPTION_NOTICE, id=days(workspace)[1])

    assert (paper.records, paper.pages, paper.file_name) == (1, 1, "接待日公告-接2027-00001.pdf")
    for words in ("2027年1月4日（星期一）09:00—11:30", "接待室", "代表乙（县级）", PHONE, "10个工作日", "2026年11月21日"):
        assert words in told
    assert "代表甲" not in told
    assert not any(each in told for each in _INTERNAL)


def test_the_notice_of_a_period_lists_its_planned_days_and_no_other(workspace: Workspace, printed: Prints) -> None:
    days(workspace)
    save(workspace, Visit(id=workspace.clock.new_id(), visit_kind=VisitKind.RECEPTION, on=date(2026, 11, 2)))
    span = Span(first=date(2026, 11, 1), last=date(2027, 1, 31))

    paper, told = printed(PaperName.RECEPTION_NOTICE, span=span)

    assert paper.records == 2
    assert re.findall(r"(\d{4}年\d+月\d+日)（星期", told) == ["2026年12月7日", "2027年1月4日"]
    with pytest.raises(Refused, match="nothing_planned"):
        printed(PaperName.RECEPTION_NOTICE, span=Span(first=date(2027, 6, 1)))
    with pytest.raises(Refused, match="paper_needs_id_or_period"):
        printed(PaperName.RECEPTION_NOTICE)


def test_the_rota_lists_every_reception_day_of_the_period(workspace: Workspace, printed: Prints) -> None:
    days(workspace)
    a_reception(workspace, an_encounter(workspace, "群众甲"))
    paper, told = printed(PaperName.DUTY_ROTA, span=Span(first=date(2026, 11, 1), last=date(2027, 1, 31)))
    assert paper.records == 3
    assert re.findall(r"\d{4}-\d\d-\d\d(?=星期)", told) == ["2026-11-20", "2026-12-07", "2027-01-04"]
    assert "接待1人" in told
    assert "打印时间" in told
    assert "群众甲" not in told


# --- slips ---------------------------------------------------------------------------------------------------------------


def test_every_resident_gets_a_slip_by_which_to_ask_again(workspace: Workspace, printed: Prints) -> None:
    with_phone(workspace)
    days(workspace)
    people = [an_encounter(workspace, name) for name in ("张三丰", "李四光", "王五一", "赵六顺")]
    sheet = a_reception(workspace, *people)

    paper, told = printed(PaperName.VISITOR_SLIP, id=sheet.visit.id)

    assert (paper.records, paper.pages) == (4, 2)
    assert re.findall(r"来2026-\d{5}", told) == [each.encounter.number for each in sheet.lines]
    assert told.count(PHONE) == 4
    assert told.count("下一个接待日：2026年12月7日（星期一）09:00") == 4
    assert all(f"事项{place}" in told for place in range(4))
    assert "张*" in told
    assert not any(each.name in told for each in people)
    assert "138" not in told
    assert not any(each in told for each in _INTERNAL)


def test_who_stays_anonymous_can_ask_and_who_asked_for_confidence_is_told_of_by_number_alone(
    workspace: Workspace, printed: Prints
) -> None:
    anonymous = an_encounter(workspace, "", anonymous=True)
    secret = an_encounter(workspace, "钱七星", confidential=True)
    sheet = a_reception(workspace, anonymous, secret)

    _paper, first = printed(PaperName.VISITOR_SLIP, id=anonymous.id)
    _paper, second = printed(PaperName.VISITOR_SLIP, id=sheet.lines[1].issues[0].id)

    assert "来访人匿名" in first
    assert "请保管好编号" in first
    assert "事项0" in first
    assert "来2026-00002" in second
    assert "事项1" not in second
    assert "钱" not in second


def test_a_reception_without_residents_has_no_slips(workspace: Workspace, printed: Prints) -> None:
    with pytest.raises(Refused, match="nobody_received"):
        printed(PaperName.VISITOR_SLIP, id=days(workspace)[0])
    deputy = a_deputy(workspace)
    save(workspace, deputy)
    with pytest.raises(Refused, match="paper_other_kind"):
        printed(PaperName.VISITOR_SLIP, id=deputy.id)


# --- whom to call back ---------------------------------------------------------------------------------------------------


def test_the_list_holds_what_was_answered_and_not_called_back_by_deputy(workspace: Workspace, printed: Prints) -> None:
    one, two = a_deputy(workspace, "代表甲"), a_deputy(workspace, "代表乙")
    person, secret = an_encounter(workspace, "张三丰"), an_encounter(workspace, "李四光", confidential=True)
    told_on = date(2026, 11, 18)
    answered = {"state": IssueState.FED_BACK, "feedback_on": told_on, "result": IssueResult.SOLVED, "result_text": "已修好"}
    save(
        workspace,
        *(
            one,
            two,
            person,
            secret,
            a_contact(workspace, person.id, "13812345678"),
            a_contact(workspace, secret.id, "13987654321"),
        ),
        an_issue(workspace, "路灯不亮", deputies=(two.id,), encounter=person.id, **answered),
        an_issue(workspace, "渠道淤塞", deputies=(one.id,), encounter=secret.id, state=IssueState.HANDLED, closed_on=told_on),
        an_issue(workspace, "早已回访", deputies=(one.id,), call_back_on=told_on, **answered),
        an_issue(workspace, "还在办理", deputies=(one.id,), state=IssueState.ASSIGNED),
        an_issue(workspace, "上月告知", **answered | {"feedback_on": date(2026, 10, 1)}),
    )
    week = Span(first=date(2026, 11, 16), last=date(2026, 11, 22))

    paper, told = printed(PaperName.CALL_BACK_LIST, span=week)

    assert paper.records == 4
    assert told.index("代表乙（1件）") < told.index("路灯不亮") < told.index("代表甲（2件）") < told.index("上月告知")
    assert "2026年第47周" in told
    assert "2026年11月16日至2026年11月22日" in told
    assert "138****5678" in told
    assert "待回访3件" in told
    assert "期内已回访1件" in told
    assert not any(each in told for each in ("还在办理", "张三丰", "李四光", "139", "13812345678"))

    _paper, whole = printed(PaperName.CALL_BACK_LIST, span=week, privacy=Privacy.FULL)
    assert "13812345678" in whole
    assert "13987654321" not in whole
    with workspace.reading() as connection:
        shown = [line.record for line in Journal(connection).lines() if line.kind == "contact_shown"]
    assert shown == [person.id]


def test_nobody_to_call_back_is_said(workspace: Workspace, printed: Prints) -> None:
    paper, told = printed(PaperName.CALL_BACK_LIST)
    assert (paper.records, paper.pages) == (0, 1)
    assert "没有待回访的事项" in told
    assert "2026年第47周" in told
    assert paper.file_name.endswith("20261116-20261122.pdf")


# --- blank forms ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "series"), [(PaperName.BLANK_RECEPTION_FORM, "来"), (PaperName.BLANK_OUTREACH_FORM, "走")])
def test_every_blank_form_is_one_sheet_with_a_number_of_its_own(
    workspace: Workspace, printed: Prints, name: PaperName, series: str
) -> None:
    first, told = printed(name, copies=3)
    _second, again = printed(name)
    assert (first.records, first.pages) == (3, 3)
    assert re.findall(rf"{series}2026-\d{{5}}", told) == [f"{series}2026-0000{each}" for each in (1, 2, 3)]
    assert f"{series}2026-00004" in again
    assert "打印时间" in told
