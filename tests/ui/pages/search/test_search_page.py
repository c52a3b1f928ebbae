"""All that a search found: reached from the one field, narrowed, kept, saved, opened and come back to."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.domain.life import IssueState
from app.domain.visit import Visit, VisitKind
from app.queries.search import SearchFilter
from app.use_cases.saved_searches import saved_searches
from tests.builders import a_contact, a_deputy, an_encounter, an_issue, save
from tests.ui.keyboard import bring_up, focused, press, write
from tests.ui.rows_in_sight import bring_into_sight
from tests.ui.workbenches import Went
from ui.models.page_table import MARKS_ROLE
from ui.page import Workbench
from ui.pages.search import SearchPage
from ui.places import Place
from ui.shell.search_field import SearchField
from ui.shell.shell import Shell

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(bench: Workbench, qtbot: QtBot) -> SearchPage:
    """The page on a station with issues, a visit, somebody met."""
    workspace = bench.workspace
    deputy = a_deputy(workspace, "曾某某")
    visit = Visit(id=workspace.clock.new_id(), visit_kind=VisitKind.OUTREACH, theme="走访", on=date(2026, 11, 20), place="东街")
    met = an_encounter(workspace, "张三", visit=visit.id)
    issues = [an_issue(workspace, f"路灯{number}", deputies=(deputy.id,)) for number in range(150)]
    assigned = an_issue(workspace, "东街路灯", state=IssueState.ASSIGNED, place="东街", received_on=date(2026, 1, 2))
    save(workspace, deputy, visit, met, *issues, assigned, a_contact(workspace, met.id))
    made = SearchPage(bench)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.refresh()
    return made


def titles(page: SearchPage) -> list[str]:
    return [row.title.text for row in page.table.rows]


def typed(page: SearchPage, text: str) -> None:
    page.filters.typed.setText(text)
    page.filters.pause.timeout.emit()


def test_words_are_looked_for_and_counted_and_the_next_page_comes_when_it_is_needed(page: SearchPage) -> None:
    typed(page, "路灯")
    assert (len(page.table.rows), page.count.text()) == (100, "共 151 条")
    bring_into_sight(page.table, 100)
    assert (len(page.table.rows), page.table.total) == (151, 151)
    typed(page, "没有这个")
    assert (titles(page), page.count.text()) == ([], "共 0 条")
    typed(page, "")
    assert page.count.text() == ""


def test_each_field_narrows_and_what_does_not_belong_to_a_kind_is_not_offered(page: SearchPage, bench: Workbench) -> None:
    filters = page.filters
    typed(page, "路灯")
    assert filters.state.isHidden()
    filters.kind.show_code("issue")
    assert not filters.state.isHidden()
    assert not filters.category.isHidden()
    filters.state.show_code("assigned")
    assert titles(page) == ["东街路灯"]
    filters.kind.show_code("encounter")
    assert page.asked.state == ""
    filters.kind.show_code("")
    filters.place.setText("东街")
    filters.pause.timeout.emit()
    assert titles(page) == ["东街路灯"]
    filters.place.clear()
    filters.first.setText("2026.1.1")
    filters.last.setText("20260131")
    filters.pause.timeout.emit()
    assert (titles(page), page.asked.first) == (["东街路灯"], date(2026, 1, 1))
    filters.first.clear()
    filters.last.clear()
    (name,) = [filters.deputy.itemData(at) for at in range(filters.deputy.count()) if filters.deputy.itemText(at) == "曾某某"]
    filters.deputy.show_code(name)
    filters.pause.timeout.emit()
    assert page.count.text() == "共 150 条"


def test_a_day_that_is_none_is_marked_and_left_out(page: SearchPage) -> None:
    page.filters.first.setText("昨天")
    typed(page, "东街")
    assert (page.filters.first.property("wrong"), page.asked.first) == ("true", None)
    assert "昨天" in page.filters.first.toolTip()
    page.filters.first.setText("1-1")
    page.filters.pause.timeout.emit()
    assert page.filters.first.property("wrong") == "false"


def test_the_words_are_marked_in_the_drawn_cell(page: SearchPage, bench: Workbench) -> None:
    bench.theme.apply(size=100, dark=False)
    typed(page, "dongjie")
    model = page.view.model()
    cell = next(model.index(row, 1) for row in range(model.rowCount()) if page.table.rows[row].title.text == "东街路灯")
    assert list(cell.data(MARKS_ROLE)) == [(0, 2)]
    assert _tinted(page, cell.row(), bench)
    typed(page, "1380")
    assert not _tinted(page, 0, bench)


def _tinted(page: SearchPage, row: int, bench: Workbench) -> bool:
    """Whether any dot of the title is in the colour of a mark."""
    page.show()
    page.view.setCurrentIndex(page.table.index(-1, -1))
    QCoreApplication.processEvents()
    picture: QImage = page.view.viewport().grab(page.view.visualRect(page.table.index(row, 1))).toImage()
    accent = bench.theme.colours.accent.lower()
    return any(picture.pixelColor(x, y).name() == accent for x in range(picture.width()) for y in range(picture.height()))


def test_a_row_opens_its_record_or_what_it_belongs_to(page: SearchPage, bench: Workbench, went: Went) -> None:
    typed(page, "东街路灯")
    page.view.opened.emit(page.table.rows[0])
    typed(page, "1380")
    page.view.opened.emit(page.table.rows[0])
    assert [place for place, _id, _deed in went] == [Place.ISSUES, Place.VISITS]
    typed(page, "曾某某")
    page.view.opened.emit(next(row for row in page.table.rows if row.kind == "deputy"))
    assert len(went) == 2
    assert "人大代表" in bench.feedback.words


def test_a_search_is_kept_chosen_again_and_forgotten(page: SearchPage, bench: Workbench) -> None:
    page.look_for(SearchFilter(typed="路灯", kind="issue", state="assigned", first=date(2026, 1, 1)))
    page.saved.save_as("东街的")
    typed(page, "走访")
    page.saved.buttons["东街的"].click()
    assert titles(page) == ["东街路灯"]
    assert (page.filters.kind.code(), page.filters.state.code(), page.filters.first.text()) == ("issue", "assigned", "2026-01-01")
    assert page.saved.buttons["东街的"].isChecked()
    page.saved.save_as("  ")
    assert "名称" in bench.feedback.words
    page.saved.remove("东街的")
    assert (page.saved.buttons, saved_searches(bench.workspace)) == ({}, ())


def test_the_list_is_saved_as_it_is_filtered(page: SearchPage, bench: Workbench, tmp_path: Path) -> None:
    page.look_for(SearchFilter(typed="路灯", kind="issue"))
    page.save_to(tmp_path / "清单.csv")
    lines = (tmp_path / "清单.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 152
    assert lines[0].startswith("记录类型,编号,")
    assert "151" in bench.feedback.words
    page.save_to(tmp_path / "清单.pdf")
    assert ".xlsx" in bench.feedback.words


# --- from the field, and back --------------------------------------------------------------------------------------------


def test_the_field_leads_to_all_results_and_esc_leads_back(shell: Shell, qtbot: QtBot) -> None:
    workspace = shell.bench.workspace
    issue = an_issue(workspace, "东街路灯不亮")
    save(workspace, issue)
    bring_up(shell)
    shell.go(Place.VISITS)
    press(Qt.Key.Key_K, CONTROL)
    write("路灯")
    press(Qt.Key.Key_Return, CONTROL)
    page = shell.page(Place.SEARCH)
    assert isinstance(page, SearchPage)
    assert page.isVisible()
    assert titles(page) == ["东街路灯不亮"]
    assert focused() is page.view
    press(Qt.Key.Key_Return)
    assert shell.page(Place.ISSUES).isVisible()
    press(Qt.Key.Key_Escape)
    assert (page.isVisible(), page.filters.typed.text(), titles(page)) == (True, "路灯", ["东街路灯不亮"])
    press(Qt.Key.Key_Escape)
    assert shell.page(Place.VISITS).isVisible()
    shell.hide()


def test_the_last_line_below_the_field_leads_there_too(shell: Shell) -> None:
    save(shell.bench.workspace, an_issue(shell.bench.workspace, "东街路灯不亮"))
    bring_up(shell)
    shell.go(Place.TODAY)
    field = shell.findChild(SearchField)
    assert field is not None
    field.setFocus()
    field.setText("ldbl")
    field._pause.timeout.emit()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    page = shell.page(Place.SEARCH)
    assert isinstance(page, SearchPage)
    assert (page.isVisible(), titles(page), field.text()) == (True, ["东街路灯不亮"], "")
    shell.hide()
