"""Tables of the office in the window: added, marked by their words, by hand and by rows, undone, filled, forgotten."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.county_sheet import place_of
from app.use_cases.county_tables import county_table, county_tables
from app.workspace import Workspace
from tests.builders import STATION_NAME
from tests.county_files import listing, statistics, text
from tests.ui.keyboard import bring_up, enter, press, write
from ui.dialogs.county_tables_dialog import CountyTablesDialog
from ui.dialogs.station_papers_dialog import StationPapersDialog
from ui.page import Workbench


@pytest.fixture
def dialog(bench: Workbench, qtbot: QtBot) -> CountyTablesDialog:
    shown = CountyTablesDialog(bench)
    shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(shown)
    bring_up(shown)
    return shown


def add(dialog: CountyTablesDialog, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_told: (str(path), ""))
    dialog.add_button.click()


def fill(dialog: CountyTablesDialog, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_told: (str(path), ""))
    dialog.fill_button.click()


def go(dialog: CountyTablesDialog, cell: str) -> None:
    row, column = place_of(cell)
    dialog.grid.setCurrentCell(row - 1, column - 1)


def words_in(dialog: CountyTablesDialog, cell: str) -> str:
    row, column = place_of(cell)
    item = dialog.grid.item(row - 1, column - 1)
    return item.text() if item else ""


def deed(dialog: CountyTablesDialog, words: str) -> None:
    next(each for each in dialog.notice.findChildren(QPushButton) if each.text() == words).click()


def test_without_a_table_the_first_step_is_said(dialog: CountyTablesDialog) -> None:
    assert dialog.empty.isVisible()
    assert dialog.empty.deed.text() == "加入套表…"
    assert not dialog.grid.isVisible()
    assert not dialog.fill_button.isVisible()


def test_a_table_is_added_marked_by_its_words_and_filled(
    dialog: CountyTablesDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(dialog, statistics(tmp_path / "月报.xlsx"), monkeypatch)
    assert "按旁边的字标记" in dialog.notice.words
    dialog.propose_button.click()
    assert dialog.notice.words == "新标记了 14 格，请逐格核对。"
    dialog.propose_button.click()
    assert "没有更多" in dialog.notice.words
    assert words_in(dialog, "D5") == "{接待场次}"
    assert words_in(dialog, "E5") == "{接待场次@本年}"
    assert words_in(dialog, "A2").startswith("填报单位：{联络站名称}")
    assert dialog.month.currentText() == "2026-11"
    fill(dialog, tmp_path / "十一月", monkeypatch)
    assert "十一月.xlsx" in dialog.notice.words
    assert STATION_NAME in str(openpyxl.load_workbook(tmp_path / "十一月.xlsx")["统计表"]["A2"].value)


def test_a_cell_is_marked_by_choosing_and_by_typing_and_undone(
    dialog: CountyTablesDialog, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(dialog, statistics(tmp_path / "月报.xlsx"), monkeypatch)
    go(dialog, "D7")
    mark = dialog.mark
    assert mark.cell.heading.text() == "D7"
    assert "走访人次" in mark.beside.text()
    figure = mark.figure.editor
    figure.setCurrentIndex(figure.findData("visited"))
    figure.activated.emit(figure.currentIndex())
    mark.reach.editor.setCurrentIndex(2)
    mark.reach.editor.activated.emit(2)
    assert mark.tells.editor.text() == "{走访群众人次@本年}"
    mark.mark_button.click()
    [kept] = county_table(workspace, "月报").table.cells
    assert (kept.tells, kept.beside) == ("{visited@year}", "走访选民 走访人次 人次 | 数量 本月")
    go(dialog, "B2")  # within a merged cell that has words of its own
    assert mark.tells.editor.text().startswith("填报单位：")
    mark.tells.editor.setText("填报人：{填报人}")
    mark.tells.editor.returnPressed.emit()
    assert words_in(dialog, "A2") == "填报人：{填报人}"
    go(dialog, "D7")
    assert (figure.code(), mark.reach.editor.currentData()) == ("visited", "year")
    mark.clear_button.click()
    assert words_in(dialog, "D7") == ""
    dialog.grid.setFocus()
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert words_in(dialog, "D7") == "{走访群众人次@本年}"
    dialog.undo_button.click()
    dialog.undo_button.click()
    assert county_table(workspace, "月报").table.cells == ()
    assert not dialog.undo_button.isEnabled()


def test_a_cell_is_marked_by_keys_alone(
    dialog: CountyTablesDialog, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(dialog, statistics(tmp_path / "月报.xlsx"), monkeypatch)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_told: pytest.fail("Enter filled the table in"))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_told: pytest.fail("Enter added a table"))
    go(dialog, "D7")
    dialog.grid.setFocus()
    enter()
    assert dialog.focusWidget() is dialog.mark.figure.editor
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.mark.tells.editor
    write("{走访户数}")
    enter()
    assert county_table(workspace, "月报").table.cells[0].tells == "{households}"


def test_a_formula_is_overwritten_once_a_person_says_so(
    dialog: CountyTablesDialog, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(dialog, statistics(tmp_path / "月报.xlsx"), monkeypatch)
    go(dialog, "D11")
    dialog.mark.tells.editor.setText("{收到意见件数}")
    dialog.mark.mark_button.click()
    assert "=SUM(D8:D10)" in dialog.notice.words
    assert county_table(workspace, "月报").table.cells == ()
    deed(dialog, "仍要覆盖公式")
    assert county_table(workspace, "月报").table.cells[0].formula
    assert dialog.notice.words == ""


def test_rows_take_a_list_and_a_column_another_field(
    dialog: CountyTablesDialog, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(dialog, listing(tmp_path / "登记.xlsx"), monkeypatch)
    dialog.grid.setRangeSelected(dialog.grid.selectedRanges()[0], False)
    go(dialog, "A3")
    dialog.grid.clearSelection()
    for row in (2, 3, 4):
        item = dialog.grid.item(row, 0)
        assert item
        item.setSelected(True)
    assert dialog.mark.list_button.text() == "第 3 至 5 行填这本台账"
    ledger = dialog.mark.ledger.editor
    ledger.setCurrentIndex(ledger.findData("reception-ledger"))
    dialog.mark.list_button.click()
    assert (words_in(dialog, "C3"), words_in(dialog, "C4")) == ("{来访人}", "〃")
    go(dialog, "F4")
    assert dialog.mark.list_button.text() == "第 3 至 5 行填这本台账"
    assert dialog.mark.column.isVisible()
    assert not dialog.mark.tells.isVisible()
    column = dialog.mark.column.editor
    column.setCurrentIndex(column.findData("satisfaction"))
    column.activated.emit(column.currentIndex())
    assert county_table(workspace, "登记").table.lists[0].columns[6] == "satisfaction"
    column.setCurrentIndex(0)
    column.activated.emit(0)
    assert 6 not in county_table(workspace, "登记").table.lists[0].columns
    go(dialog, "A3")
    dialog.mark.clear_button.click()
    assert county_table(workspace, "登记").table.lists == ()


def test_a_changed_file_is_told_and_marks_follow_their_words(
    dialog: CountyTablesDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "月报.xlsx"
    add(dialog, statistics(path), monkeypatch)
    dialog.propose_button.click()
    add(dialog, statistics(path, row_put_in=True), monkeypatch)
    assert "统计表!D5" in dialog.notice.words
    assert "另有 9 格" in dialog.notice.words
    deed(dialog, "按原来的字重新对位")
    assert dialog.notice.words == ""
    assert words_in(dialog, "D8") == "{走访群众人次}"


def test_a_bad_file_and_an_unmarked_table_are_told_and_a_table_is_forgotten(
    dialog: CountyTablesDialog, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tmp_path / "旧表.xlsx"
    bad.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    add(dialog, bad, monkeypatch)
    assert "旧格式" in dialog.notice.words
    add(dialog, text(tmp_path / "月报.docx"), monkeypatch)
    assert [dialog.sheet.itemText(at) for at in range(3)] == ["表1", "表2", "正文"]
    fill(dialog, tmp_path / "出.docx", monkeypatch)
    assert "还没有标记" in dialog.notice.words
    assert dialog.fill_button.isEnabled()
    dialog.drop_button.click()
    deed(dialog, "删除")
    assert county_tables(workspace) == {}
    assert dialog.empty.isVisible()


def test_the_papers_of_the_station_lead_there(bench: Workbench, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    papers = StationPapersDialog(bench, window)
    papers.show()
    papers.tables_button.click()
    [shown] = window.findChildren(CountyTablesDialog)
    assert shown.isVisible()
    shown.reject()
