"""Receptions that were written down before a test begins, and what the store holds after it."""

from datetime import date

from PySide6.QtCore import Qt

from app.domain.issue import Issue
from app.domain.values import Id
from app.domain.visit import Visit, VisitKind
from app.domain.visit_sheet import Line, VisitSheet
from app.queries.visit_card import visit_card
from app.queries.visit_list import visit_list
from app.use_cases.receptions import SavedVisit, save_visit
from app.workspace import Workspace
from tests.builders import an_encounter
from tests.ui.keyboard import bring_up, press
from ui.pages.visits import VisitsPage
from ui.pages.visits.page import VisitsPage as Page
from ui.places import Place
from ui.shell.shell import Shell

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
WORDS = "三栋到五栋的路灯坏了快三个月"


def another_window(window: Shell, workspace: Workspace) -> Page:
    """The window is gone; the station is opened in another one."""
    window.hide()
    again = Shell(workspace, window.bench.background, window.bench.theme, window.bench.settings)
    bring_up(again)
    again.go(Place.VISITS)
    page = again.page(Place.VISITS)
    assert isinstance(page, VisitsPage)
    page.setProperty("held by", again)
    return page


def sheets(workspace: Workspace) -> list[VisitSheet]:
    return [visit_card(workspace, row.id).sheet for row in visit_list(workspace).rows]


def only_sheet(workspace: Workspace) -> VisitSheet:
    (sheet,) = sheets(workspace)
    return sheet


def begin(page: Page) -> None:
    press(Qt.Key.Key_N, CTRL)
    assert page.stack.currentWidget() is page.desk


def a_saved_reception(workspace: Workspace, deputies: tuple[Id, ...] = ()) -> SavedVisit:
    visit = Visit(
        id=workspace.clock.new_id(), visit_kind=VisitKind.RECEPTION, on=date(2026, 11, 20), place="联络站", deputies=deputies
    )
    first = an_encounter(workspace, "张三")
    second = an_encounter(workspace, "李四")
    lines = [(first, "停水"), (second, "停电")]
    made = tuple(Line(encounter=met, issues=(Issue(id=workspace.clock.new_id(), words=words),)) for met, words in lines)
    return save_visit(workspace, VisitSheet(visit=visit, lines=made))
