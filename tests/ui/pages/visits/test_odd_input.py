"""What people paste and type by accident, in the grid and at the desk: it works or gets a sentence, and nothing is lost."""

from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication

from app.domain.outreach_line import Column
from app.domain.people import Deputy
from app.queries.search import search
from app.workspace import Workspace
from tests.ui.keyboard import enter, focused, press, write
from tests.ui.visits_written import CTRL, SHIFT, begin, only_sheet, sheets
from ui.pages.visits.page import VisitsPage as Page

LONG = "三栋到五栋的路灯坏了快三个月。" * 467
ODD = {
    "7,000 characters": (LONG, LONG),
    "an emoji": ("👨‍👩‍👧 孩子没处玩", "👨‍👩‍👧 孩子没处玩"),
    "right to left": ("مرحبا، الماء مقطوع", "مرحبا، الماء مقطوع"),
    "rare characters": ("𠮷家塘的𬭚厂 㙍头", "𠮷家塘的𬭚厂 㙍头"),
    "what nobody sees": ("停\u200b水\x07了\u202e三天", "停水了三天"),
}
NAMES = ("买买提·艾力", "欧阳·𬭚", "𠮷田", "O'Brien", "张\u200b三")


def paste(text: str) -> None:
    QApplication.clipboard().setText(text)
    press(Qt.Key.Key_V, CTRL)


def at_first_name(page: Page) -> None:
    press(Qt.Key.Key_N, CTRL | SHIFT)
    page.outreach.grid.reach(0, Column.NAME)


@pytest.mark.parametrize("what", ODD)
def test_odd_words_are_raised_in_the_grid(page: Page, workspace: Workspace, what: str) -> None:
    pasted, kept = ODD[what]
    at_first_name(page)
    write("甲")
    enter()
    enter()
    paste(pasted)
    press(Qt.Key.Key_Return, CTRL)
    (issue,) = only_sheet(workspace).issues()
    assert issue.words == kept
    assert search(workspace, kept[:6]).total


@pytest.mark.parametrize("what", ODD)
def test_odd_words_are_raised_at_the_desk(page: Page, workspace: Workspace, what: str) -> None:
    pasted, kept = ODD[what]
    begin(page)
    enter()
    write("甲")
    enter()
    paste(pasted)
    press(Qt.Key.Key_Return, CTRL)
    (issue,) = only_sheet(workspace).issues()
    assert issue.words == kept


@pytest.mark.parametrize("name", NAMES)
def test_names_are_free_text(page: Page, workspace: Workspace, name: str) -> None:
    plain = name.replace("\u200b", "")
    at_first_name(page)
    paste(name)
    press(Qt.Key.Key_Return, CTRL)
    assert only_sheet(workspace).lines[0].encounter.name == plain


@pytest.mark.parametrize("name", NAMES)
def test_names_at_the_desk_are_free_text(page: Page, workspace: Workspace, name: str) -> None:
    begin(page)
    enter()
    paste(name)
    enter()
    write("停水")
    press(Qt.Key.Key_Return, CTRL)
    assert only_sheet(workspace).lines[0].encounter.name == name.replace("\u200b", "")


@pytest.mark.parametrize("day", ["1900-01-01", "2100-01-01"])
def test_a_day_of_another_century_is_told_at_its_cell(page: Page, workspace: Workspace, deputy: Deputy, day: str) -> None:
    at_first_name(page)
    write("甲")
    for _ in range(4):
        press(Qt.Key.Key_Backtab, SHIFT)
    write(day)
    press(Qt.Key.Key_Return, CTRL)
    assert page.stack.currentWidget() is page.outreach
    assert (page.outreach.grid.currentIndex().row(), page.outreach.grid.currentIndex().column()) == (0, Column.DAY)
    assert "年份" in page.outreach.problem.text()
    assert page.outreach.table.text(0, Column.DAY) == day
    assert not sheets(workspace)
    write("21")
    press(Qt.Key.Key_Return, CTRL)
    assert only_sheet(workspace).visit.on == date(2026, 11, 21)


@pytest.mark.parametrize("day", [QDate(1900, 1, 1), QDate(2100, 1, 1)])
def test_a_day_of_another_century_is_told_at_the_desk(page: Page, workspace: Workspace, day: QDate) -> None:
    begin(page)
    enter()
    write("甲")
    enter()
    write("停水")
    page.desk.visit.on.editor.setDate(day)
    press(Qt.Key.Key_Return, CTRL)
    assert "年份" in page.desk.visit.on.problem.text()
    assert not sheets(workspace)
    page.desk.visit.on.editor.setDate(QDate(2026, 11, 20))
    page.desk.visitor.begin()
    press(Qt.Key.Key_Return, CTRL)
    assert only_sheet(workspace).visit.on == date(2026, 11, 20)
    assert not page.desk.visit.on.problem.text()


def test_a_word_that_is_no_number_stays_and_is_told(page: Page, workspace: Workspace) -> None:
    at_first_name(page)
    write("甲")
    enter()
    write("很多")
    press(Qt.Key.Key_Return, CTRL)
    assert "很多" in page.outreach.problem.text()
    assert focused() is page.outreach.grid.editor
    assert page.outreach.table.text(0, Column.MANY) == "很多"
    write("12")
    press(Qt.Key.Key_Return, CTRL)
    assert only_sheet(workspace).people() == 12
