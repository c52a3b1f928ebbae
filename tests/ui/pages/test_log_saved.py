"""The log saved as a table: what the filters leave, whole, and noted."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QFileDialog

from app.errors import Refused
from app.messages import column_told, kind_told
from app.messages.logged import event_told
from app.queries.log import Sought, log
from app.use_cases.log_export import save_log
from app.use_cases.search_export import ListWords
from app.workspace import Workspace
from tests.builders import an_issue, save
from tests.ui.pages.test_settings import page, press
from ui.pages.settings import SettingsPage

__all__ = ["page"]

WORDS = ListWords(column_told, kind_told, event_told)


def rows_of(path: Path) -> list[tuple[object, ...]]:
    sheet = load_workbook(path).active
    assert sheet is not None
    return list(sheet.iter_rows(values_only=True))


def test_all_that_is_left_is_saved_as_a_table_and_noted(
    page: SettingsPage, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue = an_issue(workspace, "路灯坏了")
    save(workspace, issue)
    with workspace.writing() as books:
        books.note("contact_shown", {}, issue.id)
    page.begin("log")
    press(page.log, "对外提供")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "日志"), ""))
    page.log.save_it.trigger()
    heading, *rows = rows_of(tmp_path / "日志.xlsx")
    assert heading[1:6] == ("时间", "操作人", "事项", "记录类型", "名称、标题")
    assert [row[3:6] for row in rows] == [("显示完整联系方式", "群众意见", "路灯坏了")]
    (noted, *_rest) = log(workspace, Sought(only="exports")).rows
    assert (noted.event, noted.facts["kind"], noted.facts["records"]) == ("list_export", "log", 1)


def test_a_log_of_many_pages_is_saved_whole(workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(7):
        save(workspace, an_issue(workspace, f"意见{number}"))
    monkeypatch.setattr("app.use_cases.log_export._AT_ONCE", 3)
    saved = save_log(workspace, Sought(kind="issue"), tmp_path / "日志.xlsx", WORDS)
    assert (saved.records, [row[5] for row in rows_of(saved.path)[1:]]) == (7, [f"意见{number}" for number in reversed(range(7))])


def test_it_is_no_file_of_another_kind(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="table_format"):
        save_log(workspace, Sought(), tmp_path / "日志.txt", WORDS)
