"""The list of visits and the card beside it."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QLabel

from app.domain.visit import Visit, VisitKind
from app.domain.visit_sheet import Line, VisitSheet
from app.queries.visit_card import visit_card
from app.use_cases.attachment_desk import Offered, attach, detach
from app.use_cases.receptions import save_visit
from app.workspace import Workspace
from tests.builders import a_contact, an_encounter, save
from tests.ui.keyboard import press
from tests.ui.visits_written import CTRL, a_saved_reception, only_sheet
from ui.pages.visits.page import VisitsPage as Page
from ui.places import Place
from ui.shell.shell import Shell

# --- the list ---------------------------------------------------------------------------------------------------------------


def test_the_list_is_narrowed_by_kind_and_by_words(page: Page, workspace: Workspace) -> None:
    assert page.list.table.rows == []
    a_saved_reception(workspace)
    met = an_encounter(workspace, "赵六")
    outreach = VisitSheet(
        visit=Visit(id=workspace.clock.new_id(), visit_kind=VisitKind.OUTREACH, on=date(2026, 11, 9)),
        lines=(Line(encounter=met),),
    )
    save_visit(workspace, outreach)
    page.refresh()
    assert len(page.list.table.rows) == 2
    page.list.filters.buttons()[2].click()
    assert [row.id for row in page.list.table.rows] == [outreach.visit.id]
    page.list.filters.buttons()[0].click()
    page.list.typed.setText("停水")
    page.list.typed.pause.timeout.emit()
    assert [row.visit_kind for row in page.list.table.rows] == [VisitKind.RECEPTION]
    page.list.typed.setText("没有")
    page.list.typed.pause.timeout.emit()
    assert page.list.table.rows == []


def test_any_part_of_a_visit_opens_it(page: Page, window: Shell, workspace: Workspace) -> None:
    saved = a_saved_reception(workspace)
    for part in (saved.sheet.visit.id, saved.sheet.lines[1].encounter.id, saved.sheet.issues()[0].id):
        window.go(Place.VISITS, part)
        texts = [each.text() for each in page.list.detail.findChildren(QLabel)]
        assert any("李*" in text for text in texts)


def test_an_earlier_record_keeps_what_the_desk_does_not_show(page: Page, workspace: Workspace) -> None:
    met = an_encounter(workspace, "张三", raised="表格里带来的一句话", remarks="原备注")
    visit = Visit(id=workspace.clock.new_id(), visit_kind=VisitKind.RECEPTION, theme="圩日接待")
    save(workspace, visit, replace(met, visit=visit.id))
    page.list.opened.emit(visit.id)
    assert page.desk.visitor.matter.words.editor.text() == "表格里带来的一句话"
    page.desk.visitor.village.editor.setText("东街社区")
    press(Qt.Key.Key_Return, CTRL)
    (line,) = only_sheet(workspace).lines
    assert line.encounter == replace(met, visit=visit.id, village="东街社区", number="来2026-00001")
    assert line.issues == ()
    assert only_sheet(workspace).visit == visit
    page.desk.visitor.matter.category.editor.show_code("03")
    press(Qt.Key.Key_Return, CTRL)
    (issue,) = only_sheet(workspace).issues()
    assert (issue.words, issue.category) == ("表格里带来的一句话", "03")
    assert only_sheet(workspace).lines[0].encounter.raised == ""


def test_the_history_of_a_visit_is_told(page: Page, workspace: Workspace) -> None:
    saved = a_saved_reception(workspace)
    save(workspace, replace(saved.sheet.lines[0].encounter, village="东街社区"))
    page.refresh()
    page.list.detail.past.click()
    told = [each.text() for each in page.list.detail.lines.findChildren(QLabel)]
    assert "联络员甲" in told[0]
    assert told[1:3] == ["接待走访对象　张*　修改", "村（社区）：（空） → 东街社区"]
    undo = page.list.detail.lines.undo
    assert undo is not None
    undo.click()
    assert page.bench.feedback.words == "已撤销：接待走访对象「张*」（村（社区））。"
    assert visit_card(workspace, saved.sheet.visit.id).sheet == saved.sheet
    page.list.detail.past.click()
    page.list.detail.past.click()
    assert page.list.detail.room.currentIndex() == 0


def test_files_stand_below_the_visit_and_in_its_history(page: Page, workspace: Workspace) -> None:
    saved = a_saved_reception(workspace)
    page.refresh()
    page.list.detail.files.add_offered([Offered("签到表.txt", lambda: b"a"), Offered("现场.txt", lambda: b"b")])
    assert [each.name for each in page.list.detail.files.files] == ["签到表.txt", "现场.txt"]
    (issue, *_others) = saved.sheet.issues()
    (photo,) = attach(workspace, issue.id, [Offered("照片.txt", lambda: b"c")]).added
    detach(workspace, photo.id)
    page.list.detail.past.click()
    told = [each.text() for each in page.list.detail.lines.findChildren(QLabel)]
    assert [each for each in told if each.startswith("附件")] == [
        "附件　照片.txt　已移除",
        "附件　照片.txt　登记",
        "附件　现场.txt　登记",
        "附件　签到表.txt　登记",
    ]


def test_files_of_one_visit_do_not_stand_below_another(page: Page, workspace: Workspace) -> None:
    a_saved_reception(workspace)
    page.refresh()
    page.list.detail.files.add_offered([Offered("签到表.txt", lambda: b"a")])
    second = a_saved_reception(workspace)
    page.refresh()
    page.list.show_visit(second.sheet.visit.id)
    assert page.list.detail.files.files == ()


def test_who_was_met_is_shown_in_full_on_demand(page: Page, workspace: Workspace) -> None:
    saved = a_saved_reception(workspace)
    met = saved.sheet.lines[0].encounter
    save(workspace, a_contact(workspace, met.id))
    page.refresh()
    detail = page.list.detail

    def told() -> str:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        return "\n".join(each.text() for each in detail.view.findChildren(QLabel))

    detail.ask(saved.sheet.visit.id)
    assert ("张*" in told(), "138****0000" in told(), "张三" in told()) == (True, True, False)
    detail.people.click()
    assert ("张三" in told(), "13800000000" in told(), "李四" in told()) == (True, True, True)
    assert detail.people.isHidden()
    detail.ask(saved.sheet.visit.id)
    assert ("张三" in told(), detail.people.isHidden()) == (False, False)
    detail.past.click()
    assert "显示完整联系方式" in "\n".join(each.text() for each in detail.lines.findChildren(QLabel))
