"""The month of every deputy as a list: who misses most first, another month by the keys, and on from there into a round."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from app.domain.encounter import Encounter, Party
from app.domain.outreach_line import Column
from app.domain.people import Deputy
from app.domain.visit import Visit, VisitKind
from app.workspace import Workspace
from tests.builders import a_deputy, save
from tests.ui.keyboard import enter, press
from tests.ui.visits_written import CTRL, SHIFT
from ui.pages.visits.page import VisitsPage as Page
from ui.widgets.meter import people_told

ALT = Qt.KeyboardModifier.AltModifier


def told(page: Page) -> list[list[str]]:
    return [[column.text(row) for column in page.norm.table.columns] for row in page.norm.table.rows]


def test_who_misses_most_comes_first_and_a_round_is_begun_from_there(page: Page, workspace: Workspace, deputy: Deputy) -> None:
    other = a_deputy(workspace, "李代表")
    visit = Visit(id=workspace.clock.new_id(), visit_kind=VisitKind.OUTREACH, on=date(2026, 11, 3), deputies=(deputy.id,))
    save(workspace, other, visit, Encounter(id=workspace.clock.new_id(), visit=visit.id, party=Party.PEOPLE, people=32))
    page.list.norm.click()
    assert page.stack.currentWidget() is page.norm
    assert told(page) == [
        ["李代表", "", "0 / 1 天", "0 / 30 人", "1 天、30 人"],
        ["王代表", "市级", "0 / 1 天", "32 / 30 人", "1 天"],
    ]
    assert page.norm.asked.text() == "每人接待 1 天、走访 30 人"
    page.norm.view.setFocus()
    press(Qt.Key.Key_Left, ALT)
    assert page.norm.title.text() == "2026年10月"
    assert told(page)[1][3] == "0 / 30 人"
    press(Qt.Key.Key_Right, ALT)
    enter()
    assert page.stack.currentWidget() is page.outreach
    assert page.outreach.table.text(0, Column.DEPUTIES) == "李代表"
    assert page.outreach.grid.currentIndex().column() == Column.NAME


def test_esc_leads_back_to_where_the_list_was_asked_for(page: Page) -> None:
    press(Qt.Key.Key_N, CTRL | SHIFT)
    links = page.outreach.meters.findChildren(QPushButton)
    next(each for each in links if each.isVisible()).click()
    assert page.stack.currentWidget() is page.norm
    page.go_back()
    assert page.stack.currentWidget() is page.outreach
    page.begin("norm")
    page.go_back()
    assert page.stack.currentWidget() is not page.norm


def test_a_meter_says_all_that_its_bar_shows() -> None:
    assert people_told(3, 3, 30) == "3 / 30 人，还差 27 人"
    assert people_told(3, 31, 30) == "3 → 31 / 30 人，已完成"
