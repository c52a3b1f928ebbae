"""A round of outreach: lines typed, pasted, found lacking, restored."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QPushButton

from app.domain.issue import Source
from app.domain.people import Deputy
from app.domain.visit import VisitKind
from app.queries.visit_drafts import unsaved_visits
from app.workspace import Workspace
from tests.ui.keyboard import enter, focused, press, write
from tests.ui.visits_written import CTRL, SHIFT, another_window, only_sheet, sheets
from ui.pages.visits.page import VisitsPage as Page
from ui.shell.shell import Shell

# --- outreach ---------------------------------------------------------------------------------------------------------------


def test_a_round_of_outreach_is_written_down_by_keyboard(page: Page, workspace: Workspace, deputy: Deputy) -> None:
    press(Qt.Key.Key_N, CTRL | SHIFT)
    assert page.stack.currentWidget() is page.outreach
    write("王代表")
    enter()
    enter()
    rows = page.outreach.form.rows
    assert focused() is rows[0].name
    for text in ("张三", None, "4", "甲村三组", "水渠堵了"):
        if text:
            write(text)
        enter()
    assert focused() is page.outreach.form.rows[1].name
    assert page.outreach.form.rows[1].village.text() == "甲村三组"
    write("匿名")
    for _ in range(4):
        enter()
    write("路灯不亮")
    enter()
    press(Qt.Key.Key_Return, CTRL)
    sheet = only_sheet(workspace)
    assert (sheet.visit.visit_kind, sheet.visit.deputies, sheet.attendance) == (VisitKind.OUTREACH, (deputy.id,), ())
    first, second = sheet.lines
    assert (first.encounter.name, first.encounter.people, first.encounter.village) == ("张三", 4, "甲村三组")
    assert (second.encounter.anonymous, second.encounter.name, second.encounter.village) == (True, "", "甲村三组")
    assert [(each.words, each.source) for each in sheet.issues()] == [
        ("水渠堵了", Source.OUTREACH),
        ("路灯不亮", Source.OUTREACH),
    ]
    assert not unsaved_visits(workspace)


def test_a_line_that_lacks_its_name_is_pointed_out(page: Page, workspace: Workspace) -> None:
    page.begin("outreach")
    form = page.outreach.form
    form.rows[0].raised.setText("停水")
    form.rows[1].people.setValue(12)
    page.outreach.end()
    assert page.stack.currentWidget() is page.outreach
    assert form.rows[0].problem.text()
    assert focused() is form.rows[0].name
    assert form.rows[1].problem.isHidden()
    assert sheets(workspace) == []
    write("张三")
    page.outreach.end()
    assert only_sheet(workspace).people() == 13


def test_lines_of_a_spreadsheet_are_pasted(page: Page, workspace: Workspace) -> None:
    page.begin("outreach")
    QApplication.clipboard().setText("张三\t4\t甲村\t水渠堵了\r\n李四\t乙村\r\n\r\n王五\t\t丙村\t停电\r\n")
    page.outreach.form.begin()
    press(Qt.Key.Key_V, CTRL)
    page.outreach.end()
    told = [(each.encounter.name, each.encounter.people, each.encounter.village) for each in only_sheet(workspace).lines]
    assert told == [("张三", 4, "甲村"), ("李四", 0, "乙村"), ("王五", 0, "丙村")]
    assert [each.words for each in only_sheet(workspace).issues()] == ["水渠堵了", "停电"]


def test_a_round_is_restored(page: Page, window: Shell, workspace: Workspace) -> None:
    page.begin("outreach")
    page.outreach.form.begin()
    write("张三")
    page.outreach.visit.place.editor.setText("甲村")
    before = page.outreach.read()
    assert page.outreach.keeper.draft
    page.outreach.keeper.draft.timer.timeout.emit()
    again = another_window(window, workspace)
    again.offers.notices[0].findChildren(QPushButton)[0].click()
    assert again.stack.currentWidget() is again.outreach
    assert again.outreach.read() == before


def test_where_it_is_narrow_a_line_stands_in_two_and_nothing_is_hidden(page: Page) -> None:
    page.begin("outreach")
    form = page.outreach.form
    form.rows[0].name.setText("示例户一")
    for folded in (True, False):
        form.fold(folded=folded)
        QCoreApplication.processEvents()
        for row in form.rows:
            assert (row.raised.y() > row.name.y()) == folded
            assert (row.raised.placeholderText() == "") != folded
            assert all(cell.isVisible() for cell in row.cells())
    assert form.read()[0].encounter.name == "示例户一"
