"""A round of outreach: lines typed by keyboard, pasted, completed, undone, found lacking, restored, saved as visits."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from app.domain.encounter import Party
from app.domain.issue import Source
from app.domain.outreach_line import Column
from app.domain.people import Deputy
from app.domain.visit import VisitKind
from app.queries.visit_drafts import unsaved_visits
from app.queries.visit_list import visit_list
from app.workspace import Workspace
from tests.builders import a_deputy, save
from tests.ui.keyboard import enter, focused, press, write
from tests.ui.visits_written import CTRL, SHIFT, another_window, only_sheet, sheets
from ui.pages.visits.page import VisitsPage as Page
from ui.shell.shell import Shell

TODAY = "2026-11-21"


def begin(page: Page) -> None:
    press(Qt.Key.Key_N, CTRL | SHIFT)
    assert page.stack.currentWidget() is page.outreach


def at_first_name(page: Page) -> None:
    """A round of the deputy is begun, the cursor where the first name is typed."""
    begin(page)
    write("王代表")
    for _ in range(3):
        enter()
    assert here(page) == (0, Column.NAME)


def here(page: Page) -> tuple[int, int]:
    index = page.outreach.grid.currentIndex()
    assert focused() is page.outreach.grid.editor
    return index.row(), index.column()


def cells(page: Page, column: Column) -> list[str]:
    table = page.outreach.table
    return [table.text(at, column) for at in range(table.rowCount() - 1)]


def test_a_round_is_written_down_by_keyboard(page: Page, workspace: Workspace, deputy: Deputy) -> None:
    begin(page)
    for text in ("王代表", "甲村三组", "", "张三", "4", "水渠堵了"):
        write(text)
        enter()
    assert here(page) == (1, Column.NAME)
    assert page.outreach.table.text(1, Column.VILLAGE) == "甲村三组"
    for text in ("匿名", "", "路灯不亮"):
        write(text)
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
    assert sheet.visit.number == "走2026-00001"
    assert not unsaved_visits(workspace)


def test_words_of_a_line_fall_into_its_cells(page: Page, workspace: Workspace) -> None:
    at_first_name(page)
    for text in ("某组 6 人，无意见", "欧阳·某", "张三一家四口，路灯不亮", "12人"):
        write(text)
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return, CTRL)
    told = [(each.encounter.name, each.encounter.party, each.encounter.people) for each in only_sheet(workspace).lines]
    assert told == [
        ("某组", Party.PEOPLE, 6),
        ("欧阳·某", Party.PERSON, 0),
        ("张三", Party.HOUSEHOLD, 4),
        ("", Party.PEOPLE, 12),
    ]
    assert [each.words for each in only_sheet(workspace).issues()] == ["路灯不亮"]
    assert only_sheet(workspace).people() == 23


def test_a_line_that_lacks_its_name_is_pointed_out(page: Page, workspace: Workspace) -> None:
    at_first_name(page)
    enter()
    enter()
    write("停水")
    enter()
    write("12人")
    press(Qt.Key.Key_Return, CTRL)
    assert page.stack.currentWidget() is page.outreach
    assert here(page) == (0, Column.NAME)
    assert "姓名" in page.outreach.problem.text()
    assert sheets(workspace) == []
    write("张三")
    press(Qt.Key.Key_Return, CTRL)
    assert only_sheet(workspace).people() == 13


def test_several_days_and_deputies_are_several_visits_and_one_deed(
    page: Page, window: Shell, workspace: Workspace, deputy: Deputy
) -> None:
    save(workspace, a_deputy(workspace, "李代表"))
    at_first_name(page)
    write("张三")
    enter()
    for _ in range(2):
        enter()
    press(Qt.Key.Key_Home, CTRL)
    press(Qt.Key.Key_End, CTRL)
    for _ in range(4):
        press(Qt.Key.Key_Backtab, SHIFT)
    assert here(page) == (1, Column.DAY)
    write("11.20")
    enter()
    write("李代表、王代表")
    for _ in range(3):
        enter()
    write("李四")
    press(Qt.Key.Key_Down)
    assert cells(page, Column.DAY) == [TODAY, "2026-11-20"]
    press(Qt.Key.Key_Return, CTRL)
    second, first = sheets(workspace) if sheets(workspace)[0].visit.on == date(2026, 11, 21) else sheets(workspace)[::-1]
    assert [each.visit.on for each in (second, first)] == [date(2026, 11, 21), date(2026, 11, 20)]
    assert (second.visit.deputies, len(first.visit.deputies), first.visit.late_entry) == ((deputy.id,), 2, True)
    assert [each.lines[0].encounter.name for each in (second, first)] == ["张三", "李四"]
    press(Qt.Key.Key_Z, CTRL)
    assert not visit_list(workspace).rows
    assert window.feedback.isVisible()


def test_a_block_of_a_spreadsheet_is_pasted_and_taken_back(page: Page, workspace: Workspace) -> None:
    at_first_name(page)
    QApplication.clipboard().setText('张三\t4\t水渠堵了\r\n李四\t\t\r\n\r\n王五\t一户\t"停电\n""三天""了"\r\n')
    press(Qt.Key.Key_V, CTRL)
    assert cells(page, Column.NAME) == ["张三", "李四", "王五"]
    press(Qt.Key.Key_Z, CTRL)
    assert cells(page, Column.NAME) == []
    press(Qt.Key.Key_Y, CTRL)
    press(Qt.Key.Key_Return, CTRL)
    told = [(each.encounter.name, each.encounter.people) for each in only_sheet(workspace).lines]
    assert told == [("张三", 4), ("李四", 0), ("王五", 0)]
    assert [each.words for each in only_sheet(workspace).issues()] == ["水渠堵了", '停电\n"三天"了']


def test_a_block_with_headings_goes_where_they_say(page: Page, workspace: Workspace) -> None:
    begin(page)
    rows = "姓名\t走访日期\t走访代表\t联系电话\t反映问题\n张三\t2026/11/3\t王代表\t13800000000\t停水\n李四\t11月x日\t赵代表\t\t\n"
    QApplication.clipboard().setText(rows)
    press(Qt.Key.Key_V, CTRL)
    assert cells(page, Column.DAY) == ["2026-11-03", "11月x日"]
    table = page.outreach.table
    assert table.problem(1, Column.DAY)
    assert "赵代表" in table.problem(1, Column.DEPUTIES)
    press(Qt.Key.Key_Return, CTRL)
    assert here(page) == (1, Column.DAY)
    write("4")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_F6)
    assert not table.problem(1, Column.DEPUTIES)
    press(Qt.Key.Key_Return, CTRL)
    found = {each.lines[0].encounter.name: each for each in sheets(workspace)}
    assert found["李四"].visit.on == date(2026, 11, 4)
    assert found["张三"].lines[0].contact
    assert found["张三"].lines[0].contact.phone == "13800000000"


def test_lines_are_copied_inserted_and_taken_out_by_keys(page: Page) -> None:
    at_first_name(page)
    for name in ("张三", "李四"):
        write(name)
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_D, CTRL)
    assert cells(page, Column.NAME) == ["张三", "李四", "李四"]
    press(Qt.Key.Key_Delete, CTRL)
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Insert)
    write("王五")
    assert cells(page, Column.NAME) == ["张三", "王五", "李四"]
    for _ in range(4):
        press(Qt.Key.Key_Z, CTRL)
    assert cells(page, Column.NAME) == ["张三", "李四", "李四"]


def test_names_are_completed_from_people_met_before(page: Page, workspace: Workspace) -> None:
    at_first_name(page)
    page.outreach.table.type(0, Column.VILLAGE, "甲村")
    write("张三")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return, CTRL)
    at_first_name(page)
    write("zs")
    offers = page.outreach.grid.offers
    assert [offers.item(at).text() for at in range(offers.count())] == ["张三　甲村"]
    enter()
    assert here(page) == (0, Column.MANY)
    assert (cells(page, Column.NAME), cells(page, Column.VILLAGE)) == (["张三"], ["甲村"])


def test_a_round_is_restored(page: Page, window: Shell, workspace: Workspace) -> None:
    at_first_name(page)
    write("张三")
    press(Qt.Key.Key_Down)
    write("李四")
    before = page.outreach.read(), page.outreach.table.there
    assert page.outreach.keeper.draft
    page.outreach.keeper.draft.timer.timeout.emit()
    again = another_window(window, workspace)
    again.offers.notices[0].findChildren(QPushButton)[0].click()
    assert again.stack.currentWidget() is again.outreach
    assert (again.outreach.read(), again.outreach.table.there) == before


def test_a_saved_round_is_gone_on_with(page: Page, workspace: Workspace) -> None:
    at_first_name(page)
    write("张三")
    press(Qt.Key.Key_S, CTRL)
    press(Qt.Key.Key_Down)
    write("李四")
    press(Qt.Key.Key_Return, CTRL)
    assert len(only_sheet(workspace).lines) == 2
    page.begin(f"desk:{only_sheet(workspace).visit.id}")
    assert here(page) == (2, Column.NAME)
    write("王五")
    press(Qt.Key.Key_Home, CTRL)
    press(Qt.Key.Key_Delete, CTRL)
    press(Qt.Key.Key_Return, CTRL)
    assert [each.encounter.name for each in only_sheet(workspace).lines] == ["李四", "王五"]


def test_the_month_of_the_deputy_is_told_with_what_is_typed(page: Page, deputy: Deputy) -> None:
    at_first_name(page)
    write("某组 6 人，无意见")
    press(Qt.Key.Key_Down)
    assert page.outreach.meters.meters[deputy.id].words == "0 → 6 / 30 人，还差 24 人"
    press(Qt.Key.Key_Return, CTRL)
    at_first_name(page)
    write("张三")
    press(Qt.Key.Key_Down)
    assert page.outreach.meters.meters[deputy.id].words == "6 → 7 / 30 人，还差 23 人"


def test_what_stands_beside_the_grid_is_of_the_visit_under_the_cursor(page: Page, workspace: Workspace) -> None:
    at_first_name(page)
    write("张三")
    page.outreach.visit.starts.editor.setText("9:30")
    page.outreach.visit.number.editor.setText("走2026-00033")
    press(Qt.Key.Key_Return, CTRL)
    visit = only_sheet(workspace).visit
    assert (visit.starts and visit.starts.hour, visit.number) == (9, "走2026-00033")
