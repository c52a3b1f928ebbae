"""A spreadsheet in the page: looked at, rehearsed, stopped, taken in, taken back; what cannot be read says so in place."""

import os
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from app.queries.issue_list import issue_list
from app.queries.search import search
from app.use_cases.imports import LEFT_OUT, REMARK
from app.workspace import Workspace
from tests.app.ledgers.sheets import table
from tests.builders import MESSAGE_COLUMNS, an_issue, message_row, messages_csv, save, written_csv
from ui.background import Background, InlineExecutor
from ui.page import Workbench
from ui.pages.issues import IssuesPage

REAL = os.environ.get("LIAISON_REAL_DATA", "")


@pytest.fixture
def page(bench: Workbench, qtbot: QtBot) -> IssuesPage:
    return opened(bench, qtbot)


def opened(bench: Workbench, qtbot: QtBot) -> IssuesPage:
    made = IssuesPage(bench)
    qtbot.addWidget(made)
    bench.background.changed.connect(lambda changes: made.refresh() if made.concerns & changes else None)
    made.resize(1150, 660)
    made.show()
    made.refresh()
    made.begin("import")
    return made


def figures(page: IssuesPage) -> list[str]:
    return [page.imports.outcome.figures[name].text() for name in ("read", "imported", "repeated", "refused")]


def told(page: IssuesPage) -> list[tuple[int, str, str]]:
    return [(each.row, each.column, each.words) for each in page.imports.outcome.table.rows]


def filled_action(page: IssuesPage) -> tuple[str, bool]:
    action = page.actions_offered()[-1]
    return action.text(), action.isEnabled()


def becomes(page: IssuesPage, column: int, field: str) -> None:
    box = page.imports.columns.boxes[column]
    box.setCurrentIndex(box.findData(field))


def test_a_file_is_shown_rehearsed_and_taken_in(page: IssuesPage, workspace: Workspace, tmp_path: Path) -> None:
    assert (page.heading(), filled_action(page)) == ("导入表格", ("导入", False))
    page.imports.look(messages_csv(tmp_path / "留言.csv", 12))
    assert page.imports.file.text() == "留言.csv"
    assert figures(page) == ["12", "12", "0", "0"]
    assert page.imports.columns.chosen()[2] == "title"
    assert (filled_action(page), issue_list(workspace).total) == (("导入 12 条", True), 0)
    page.actions_offered()[-1].trigger()
    assert page.imports.notice.words == "已导入 12 条意见。"
    assert (issue_list(workspace).total, filled_action(page)) == (12, ("导入", False))
    assert not page.imports.columns.isVisible()


def test_another_column_is_chosen_and_rehearsed_at_once(page: IssuesPage, workspace: Workspace, tmp_path: Path) -> None:
    page.imports.look(messages_csv(tmp_path / "m.csv", 4))
    becomes(page, 1, "place")
    becomes(page, 0, REMARK)
    becomes(page, 5, LEFT_OUT)
    assert figures(page) == ["4", "4", "0", "0"]
    page.actions_offered()[-1].trigger()
    assert {row.person for row in issue_list(workspace).rows} == {""}
    assert (search(workspace, "群众3").total, search(workspace, "13800000001").total) == (1, 0)


def test_without_a_column_that_tells_the_matter_nothing_can_be_taken_in(page: IssuesPage, tmp_path: Path) -> None:
    page.imports.look(messages_csv(tmp_path / "m.csv", 4))
    becomes(page, 2, REMARK)
    becomes(page, 4, LEFT_OUT)
    assert page.imports.columns.problem.text() == "请指明哪一列是反映事项或内容。"
    assert (filled_action(page), page.imports.outcome.isVisible()) == (("导入", False), False)
    becomes(page, 4, "content")
    assert (filled_action(page), page.imports.columns.problem.isVisible()) == (("导入 4 条", True), False)


def test_each_odd_row_is_told_with_its_place(page: IssuesPage, tmp_path: Path) -> None:
    good, empty, odd = message_row(1), ("M2", "群众2", "", "2026-01-02", "", ""), list(message_row(3))
    odd[3] = "去年冬天"
    page.imports.look(written_csv(tmp_path / "m.csv", MESSAGE_COLUMNS, [good, empty, odd]))
    assert figures(page) == ["3", "2", "0", "1"]
    (first, second) = told(page)
    assert first[:2] == (3, "")
    assert second[:2] == (4, "D 留言时间")
    assert ("去年冬天" in second[2], "没有写" in first[2]) == (True, True)


def test_what_was_taken_in_before_is_known_and_can_be_taken_back(page: IssuesPage, workspace: Workspace, tmp_path: Path) -> None:
    save(workspace, an_issue(workspace))
    page.imports.look(messages_csv(tmp_path / "m.csv", 5))
    page.actions_offered()[-1].trigger()
    page.imports.look(messages_csv(tmp_path / "m.csv", 7))
    assert (figures(page), filled_action(page)) == (["7", "2", "5", "0"], ("导入 2 条", True))
    assert page.go_back()
    assert (page.heading(), page.imports.columns.isVisible()) == ("导入表格", False)
    (undo,) = page.imports.past.undo.values()
    undo.click()
    assert (page.imports.notice.words, issue_list(workspace).total) == ("已撤回 13 条记录。", 1)
    assert page.imports.past.undo == {}
    assert page.go_back()
    assert page.heading() == "群众意见"


def test_an_import_is_undone_where_its_result_stands(page: IssuesPage, workspace: Workspace, tmp_path: Path) -> None:
    page.imports.look(messages_csv(tmp_path / "m.csv", 3))
    page.actions_offered()[-1].trigger()
    look, undo = page.imports.notice.findChildren(type(page.imports.choose))
    assert (look.text(), undo.text()) == ("查看意见", "撤销本次导入")
    undo.click()
    assert issue_list(workspace).total == 0
    assert page.overview.table.rows == []


def test_a_file_is_dropped_on_the_page(page: IssuesPage, tmp_path: Path) -> None:
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(messages_csv(tmp_path / "m.csv", 2)))])
    nothing = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    page.imports.dropEvent(QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, carried, *nothing))
    assert figures(page) == ["2", "2", "0", "0"]


def _encrypted(path: Path) -> Path:
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600)
    return path


def _damaged(path: Path) -> Path:
    whole = table(path, message_row(1), header=MESSAGE_COLUMNS).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    return path


def _empty(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def _untitled(path: Path) -> Path:
    return written_csv(path.with_suffix(".csv"), ("甲", "乙"), [("1", "2")])


@pytest.mark.parametrize(
    ("make", "words"),
    [(_encrypted, "密码"), (_damaged, "损坏"), (_empty, "没有内容"), (_untitled, "没有"), (lambda path: path, "找不到")],
)
def test_what_cannot_be_read_says_so_in_place(
    page: IssuesPage, workspace: Workspace, tmp_path: Path, make: Callable[[Path], Path], words: str
) -> None:
    page.imports.look(make(tmp_path / "表 格.xlsx"))
    assert words in page.imports.notice.words
    assert (page.imports.columns.isVisible(), filled_action(page)) == (False, ("导入", False))
    page.imports.look(messages_csv(tmp_path / "m.csv", 2))
    assert (page.imports.notice.words, filled_action(page)) == ("", ("导入 2 条", True))


class Held(Executor):
    """Keeps a write until a test lets it be done."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Future[Any], Callable[[], Any]]] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.waiting.append((future, lambda: fn(*args, **kwargs)))
        return future

    def work(self) -> None:
        """Do what waits."""
        for future, work in self.waiting:
            future.set_result(work())
        self.waiting.clear()


def test_stopped_on_the_way_nothing_is_left_and_it_can_be_tried_again(
    bench: Workbench, workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    held = Held()
    page = opened(replace(bench, background=Background(held, InlineExecutor())), qtbot)
    page.imports.look(messages_csv(tmp_path / "m.csv", 8))
    page.actions_offered()[-1].trigger()
    assert (page.imports.line.isVisible(), page.imports.running, page.imports.columns.isEnabled()) == (True, True, False)
    page.imports.line.cancel()
    held.work()
    assert page.imports.notice.words == "已按您的要求停下，没有改动任何内容。"
    assert (issue_list(workspace).total, filled_action(page)) == (0, ("导入 8 条", True))
    page.actions_offered()[-1].trigger()
    held.work()
    assert issue_list(workspace).total == 8


def test_a_rehearsal_that_was_overtaken_is_given_up(bench: Workbench, qtbot: QtBot, tmp_path: Path) -> None:
    held = Held()
    page = opened(replace(bench, background=Background(InlineExecutor(), held)), qtbot)
    held.work()
    page.imports.look(messages_csv(tmp_path / "m.csv", 8))
    held.work()  # the columns are there, the rehearsal waits
    becomes(page, 1, LEFT_OUT)
    assert filled_action(page) == ("导入", False)
    held.work()
    assert (filled_action(page), page.imports.notice.words) == (("导入 8 条", True), "")


@pytest.mark.skipif(not REAL, reason="needs the folder of real tables: set LIAISON_REAL_DATA")
def test_a_real_table_goes_through(page: IssuesPage, workspace: Workspace) -> None:
    page.imports.look(Path(REAL) / "messages.xlsx")
    assert figures(page)[0] == "2,152"
    assert page.imports.columns.chosen()[5] == REMARK
    page.actions_offered()[-1].trigger()
    assert issue_list(workspace).total == 2152
    page.imports.look(Path(REAL) / "messages.xlsx")
    assert figures(page) == ["2,152", "0", "2,152", "0"]
    (undo,) = page.imports.past.undo.values()
    undo.click()
    assert issue_list(workspace).total == 0
