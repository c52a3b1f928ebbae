"""Cells of a ledger mended in the window: typed, taken in, kept while they are typed, there again after a crash."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.domain.people import Contact
from app.queries.issue_list import issue_list
from app.queries.ledger_matches import all_of
from app.queries.today import today
from app.use_cases.drafts import drafts
from app.use_cases.imports import REMARK
from app.use_cases.unsaved_imports import import_key
from app.workspace import Workspace
from tests.builders import MESSAGE_COLUMNS, message_row, written_csv
from ui.ledgers.repair_table import CELL
from ui.page import Workbench
from ui.pages.issues import IssuesPage
from ui.pages.today_cards import draft_told, place_of_draft
from ui.pages.unfinished import UnfinishedPanel
from ui.places import Place

PHONE = 5
"""The column of telephones, counted from 0."""


def opened(bench: Workbench, qtbot: QtBot) -> IssuesPage:
    page = IssuesPage(bench)
    qtbot.addWidget(page)
    page.resize(1150, 900)
    page.show()
    page.begin("import")
    return page


@pytest.fixture
def page(bench: Workbench, qtbot: QtBot) -> IssuesPage:
    return opened(bench, qtbot)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """Three messages; Excel has written the telephone of the second short."""
    return rewritten(tmp_path / "留言.csv", 3)


def rewritten(path: Path, rows: int) -> Path:
    second = (*message_row(2)[:PHONE], "1.39E+10")
    return written_csv(path, MESSAGE_COLUMNS, [message_row(1), second, *map(message_row, range(3, rows + 1))])


def figures(page: IssuesPage) -> list[str]:
    return [page.imports.outcome.figures[name].text() for name in ("read", "imported", "repeated", "refused")]


def mend(page: IssuesPage, text: str) -> bool:
    table = page.imports.outcome.table
    return table.setData(table.index(0, CELL), text)


def kept(workspace: Workspace) -> list[Any]:
    return [each.body["repairs"] for each in drafts(workspace)]


def pause(page: IssuesPage) -> None:
    """What the keeper does two seconds after the last key."""
    assert page.imports.keeper is not None
    assert page.imports.keeper.pending()
    page.imports.keeper.timer.timeout.emit()


def test_a_bad_cell_is_typed_anew_and_its_row_goes_in(page: IssuesPage, workspace: Workspace, ledger: Path) -> None:
    page.imports.look(ledger)
    assert figures(page) == ["3", "2", "0", "1"]
    (told,) = page.imports.outcome.table.rows
    assert (told.row, told.column, told.cell, "设为文本格式" in told.words) == (3, "F 联系电话", "1.39E+10", True)
    assert not mend(page, "1.39E+10")
    assert mend(page, "13900000002")
    assert figures(page) == ["3", "3", "0", "0"]
    assert page.imports.outcome.repairs.text() == "已改正 1 个单元格"
    page.imports.take_in()
    assert issue_list(workspace).total == 3
    assert "13900000002" in {each.phone for each in all_of(workspace, Contact)}
    assert "1.39E+10" in ledger.read_text("utf-8-sig")


def test_what_is_mended_is_kept_when_the_person_pauses_and_forgotten_when_it_is_in(
    page: IssuesPage, workspace: Workspace, ledger: Path
) -> None:
    page.imports.look(ledger)
    assert page.imports.keeper is not None
    assert not page.imports.keeper.pending()
    mend(page, "13900000002")
    assert kept(workspace) == []
    pause(page)
    assert kept(workspace) == [[[3, PHONE, "13900000002"]]]
    page.imports.take_in()
    assert drafts(workspace) == []


def test_a_cell_is_kept_while_it_is_typed_and_let_go_of_with_escape(page: IssuesPage, workspace: Workspace, ledger: Path) -> None:
    page.imports.look(ledger)
    view = page.imports.outcome.view
    view.edit(page.imports.outcome.table.index(0, CELL))
    (editor,) = view.findChildren(QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, "1390")
    pause(page)
    assert kept(workspace) == [[[3, PHONE, "1390"]]]
    assert figures(page) == ["3", "2", "0", "1"]
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    pause(page)
    assert kept(workspace) == [[]]


def test_after_a_crash_the_import_stands_as_it_was_left(
    bench: Workbench, workspace: Workspace, qtbot: QtBot, ledger: Path
) -> None:
    before = opened(bench, qtbot)
    before.imports.look(ledger)
    box = before.imports.columns.boxes[1]
    box.setCurrentIndex(box.findData(REMARK))
    mend(before, "13900000002")
    pause(before)
    (draft,) = today(workspace).unfinished
    assert (draft.key, place_of_draft(draft)) == (import_key(ledger), Place.ISSUES)
    assert draft_told(draft) == "未完成的导入 · 留言.csv"

    after = opened(bench, qtbot)
    assert figures(after)[0] == ""
    after.begin(f"restore:{draft.key}")
    assert (after.imports.file.text(), figures(after)) == ("留言.csv", ["3", "3", "0", "0"])
    assert after.imports.columns.chosen()[1] == REMARK
    assert after.imports.notice.words == "上次导入尚未完成，已恢复上次的选择和修改。"
    after.imports.take_in()
    assert (issue_list(workspace).total, drafts(workspace)) == (3, [])
    assert {row.person for row in issue_list(workspace).rows} == {"匿名"}  # the names went to the remarks


def test_the_same_file_chosen_again_stands_as_it_was_left_or_begins_anew(
    page: IssuesPage, workspace: Workspace, ledger: Path
) -> None:
    page.imports.look(ledger)
    mend(page, "13900000002")
    assert page.go_back()
    assert kept(workspace) == [[[3, PHONE, "13900000002"]]]
    page.imports.look(ledger)
    assert figures(page) == ["3", "3", "0", "0"]
    (anew,) = page.imports.notice.findChildren(type(page.imports.choose))
    assert anew.text() == "重新开始"
    anew.click()
    assert (figures(page), drafts(workspace)) == (["3", "2", "0", "1"], [])


def test_cells_typed_for_a_file_that_changed_since_are_not_used(page: IssuesPage, workspace: Workspace, ledger: Path) -> None:
    page.imports.look(ledger)
    mend(page, "13900000002")
    page.keep()
    page.go_back()
    rewritten(ledger, 4)
    page.imports.look(ledger)
    assert figures(page) == ["4", "3", "0", "1"]
    assert page.imports.notice.words == "文件在上次修改之后有变动，上次填写的单元格未使用。"
    assert kept(workspace) == [[[3, PHONE, "13900000002"]]]


def test_a_file_that_is_gone_says_so(page: IssuesPage, workspace: Workspace, ledger: Path) -> None:
    page.imports.look(ledger)
    mend(page, "13900000002")
    page.go_back()
    ledger.unlink()
    page.begin(f"restore:{import_key(ledger)}")
    assert "找不到" in page.imports.notice.words
    assert len(drafts(workspace)) == 1


def test_the_page_of_drafts_shows_what_was_mended(
    bench: Workbench, page: IssuesPage, qtbot: QtBot, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.imports.look(ledger)
    mend(page, "13900000002")
    page.keep()
    panel = UnfinishedPanel(bench)
    qtbot.addWidget(panel)
    panel.refresh()
    lines = panel.preview.text().split("<br>")
    assert lines == [str(ledger), "群众意见", "已改正 1 个单元格", "第 3 行 F 列：13900000002"]
