"""The papers of an activity and of a campaign, read back by another program: all that was written, nobody told too much."""

from collections.abc import Callable
from datetime import date, time

import pytest

from app.domain.congress import Level
from app.domain.papers import AskedBy, PaperName
from app.domain.suggestion import Suggestion
from app.domain.visit import Attendance, Campaign, Presence, Speech, Visit, VisitKind
from app.domain.visit_sheet import VisitSheet
from app.errors import Refused
from app.use_cases.papers import Asked, Paper, print_paper
from app.use_cases.receptions import save_visit
from app.workspace import Workspace
from tests.builders import a_deputy, an_encounter, an_issue, save
from tests.pdf_text import bare, text_of


@pytest.fixture
def printed(program: Callable[[str], str], workspace: Workspace) -> Callable[..., tuple[Paper, str]]:
    reader = program("pdftotext")

    def prints(name: PaperName, **told: object) -> tuple[Paper, str]:
        paper = print_paper(workspace, Asked(name=name, **told))  # type: ignore[arg-type]  # a test's own words
        return paper, bare(text_of(reader, paper.content))

    return prints


Prints = Callable[..., tuple[Paper, str]]


@pytest.fixture
def activity(workspace: Workspace) -> Visit:
    deputy = a_deputy(workspace, "代表甲", level=Level.CITY, deputy_group="第一小组")
    new_id = workspace.clock.new_id
    visit = Visit(
        id=new_id(),
        visit_kind=VisitKind.RESEARCH_ACTIVITY,
        theme="养老服务调研",
        on=date(2026, 11, 12),
        starts=time(9),
        ends=time(11, 30),
        place="示例镇东村",
        organiser="示例镇人大主席团",
        units_attending=("区民政局", "镇民政办"),
        course="察看互助养老点。",
        conclusions="按在用床位补助。",
        expected=3,
        deputies=(deputy.id,),
    )
    away = Attendance(id=new_id(), name="某代表", presence=Presence.ON_LEAVE, leave_reason="外出学习")
    first = Speech(id=new_id(), deputy=deputy.id, name="代表甲", words="关键在日常运转")
    second = Speech(id=new_id(), name="村民乙", part="老人家属", words="送餐成本高")
    open_matter = an_issue(workspace, "缺少扶手")
    hidden = an_issue(workspace, "不能说的事", confidential=True)
    save(workspace, deputy)
    sheet = VisitSheet(visit=visit, attendance=(away,), speeches=(first, second), loose=(open_matter, hidden))
    saved = save_visit(workspace, sheet).sheet
    save(workspace, Suggestion(id=new_id(), subject="关于养老的建议", visits=(visit.id,)))
    return saved.visit


def test_the_record_tells_of_the_activity_what_was_written(activity: Visit, printed: Prints) -> None:
    _paper, text = printed(PaperName.ACTIVITY_RECORD, id=activity.id)
    for said in (
        *(
            "专题调研",
            "养老服务调研",
            "2026年11月12日（星期四）",
            "09:00—11:30",
            "示例镇东村",
            "示例镇人大主席团",
            activity.number,
        ),
        *("区民政局、镇民政办", "察看互助养老点", "按在用床位补助", "应到3人，实到1人，请假1人", "代表甲"),
        *("市级代表", "关键在日常运转", "老人家属", "送餐成本高", "缺少扶手", "关于养老的建议"),
    ):
        assert bare(said) in text, said
    assert text.index("关键在日常运转") < text.index("送餐成本高")


def test_a_matter_in_confidence_is_named_on_no_record(activity: Visit, printed: Prints) -> None:
    _paper, text = printed(PaperName.ACTIVITY_RECORD, id=activity.id)
    assert "不能说的事" not in text
    assert "要求保密" in text


def test_the_sheet_has_a_line_for_everybody_and_room_for_more(activity: Visit, printed: Prints) -> None:
    _paper, text = printed(PaperName.ATTENDANCE_SHEET, id=activity.id)
    for said in ("养老服务调研", "代表甲", "市级", "第一小组", "某代表", "请假：外出学习", "签名"):
        assert bare(said) in text, said


def test_a_blank_record_comes_with_a_sheet_of_the_same_number(workspace: Workspace, printed: Prints) -> None:
    paper, text = printed(PaperName.BLANK_ACTIVITY_RECORD, copies=2)
    assert paper.pages == 4
    assert [text.count(f"活2026-0000{number}") for number in (1, 2)] == [2, 2]
    taken = save_visit(workspace, VisitSheet(visit=Visit(id=workspace.clock.new_id(), visit_kind=VisitKind.TRAINING)))
    assert taken.sheet.visit.number == "活2026-00003"


def test_a_reception_has_a_form_of_its_own(workspace: Workspace) -> None:
    reception = Visit(id=workspace.clock.new_id(), visit_kind=VisitKind.RECEPTION, on=date(2026, 11, 9))
    save(workspace, reception)
    with pytest.raises(Refused, match="not_an_activity"):
        print_paper(workspace, Asked(name=PaperName.ACTIVITY_RECORD, id=reception.id))
    assert print_paper(workspace, Asked(name=PaperName.ATTENDANCE_SHEET, id=reception.id)).pages == 1


def test_other_records_have_no_such_papers(workspace: Workspace) -> None:
    deputy = a_deputy(workspace)
    save(workspace, deputy)
    for name in (PaperName.ACTIVITY_RECORD, PaperName.ATTENDANCE_SHEET):
        with pytest.raises(Refused, match="paper_other_kind"):
            print_paper(workspace, Asked(name=name, id=deputy.id))


def test_the_table_of_a_campaign_tells_numbers_and_no_resident(workspace: Workspace, printed: Prints) -> None:
    deputy = a_deputy(workspace, "代表甲", level=Level.COUNTY)
    campaign = Campaign(
        id=workspace.clock.new_id(),
        name="2026年代表走访月",
        issuer="示例区人大常委会",
        document_number="示人〔2026〕3号",
        starts_on=date(2026, 11, 1),
        people_a_deputy=30,
    )
    visit = Visit(id=workspace.clock.new_id(), campaign=campaign.id, deputies=(deputy.id,), on=date(2026, 11, 9))
    met = an_encounter(workspace, "群众甲", visit=visit.id, people=4, village="东村")
    save(workspace, deputy, campaign, visit, met)
    _paper, text = printed(PaperName.CAMPAIGN_TABLE, id=campaign.id)
    for said in (
        "2026年代表走访月统计表",
        "示例区人大常委会",
        "示人〔2026〕3号",
        "2026年11月1日起",
        "代表甲",
        "还差26人",
        "东村",
    ):
        assert bare(said) in text, said
    assert "接待走访群众4人" in text
    assert "群众甲" not in text


def test_the_new_blank_form_is_one_of_the_blank_ones() -> None:
    assert PaperName.BLANK_ACTIVITY_RECORD.asked_by is AskedBy.NUMBERS
