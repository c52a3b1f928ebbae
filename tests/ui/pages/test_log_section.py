"""The log in the settings: narrowed, opened at a record, saved as a table, and told to nobody whom it does not concern."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.domain.people import Operator, Role
from app.queries.log import Sought, log
from app.use_cases.log_export import save_log
from app.workspace import Workspace
from tests.builders import an_issue, remove, save
from tests.ui.workbenches import Went
from ui.page import Workbench
from ui.pages.settings import SettingsPage
from ui.pages.settings.log_section import LogSection
from ui.places import Place


@pytest.fixture
def section(bench: Workbench, qtbot: QtBot) -> LogSection:
    page = SettingsPage(bench)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    page.begin("log")
    return page.log


def told(section: LogSection) -> list[tuple[str, str]]:
    """What was done, and to which record, line by line."""
    columns = section.table.columns
    return [(columns[2].text(each), columns[3].text(each)) for each in section.table.rows]


def rows_of(path: Path) -> list[tuple[object, ...]]:
    sheet = load_workbook(path).active
    assert sheet is not None
    return list(sheet.iter_rows(values_only=True))


def test_it_tells_who_did_what_the_newest_first_and_opens_the_record(
    section: LogSection, workspace: Workspace, went: Went
) -> None:
    issue = an_issue(workspace, "路灯坏了")
    save(workspace, issue)
    remove(workspace, issue.id)
    section.refresh()
    assert told(section)[:2] == [("已移除", "群众意见 · 路灯坏了"), ("保存", "群众意见 · 路灯坏了")]
    section.view.opened.emit(section.table.row(0))
    assert went == [(Place.ISSUES, issue.id, "")]


def test_it_is_narrowed_by_what_by_whom_and_by_day(section: LogSection, workspace: Workspace) -> None:
    save(workspace, an_issue(workspace, "路灯坏了"))
    section.only.show_code("changes")
    section.kind.show_code("issue")
    assert told(section) == [("保存", "群众意见 · 路灯坏了")]
    names = [section.who.itemText(number) for number in range(1, section.who.count())]
    section.who.show_code(names[0])
    assert len(told(section)) == 1
    section.last.setText("2001-01-01")
    section.pause.timeout.emit()
    assert (told(section), section.told.isVisible(), section.view.isVisible()) == ([], True, False)
    assert section.told.text() == "日志中没有符合条件的记录。"
    assert not section.save_it.isEnabled()


def test_all_that_is_left_is_saved_as_a_table_and_noted(
    section: LogSection, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(workspace, an_issue(workspace, "路灯坏了"))
    section.kind.show_code("issue")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "日志"), ""))
    section.save_it.trigger()
    rows = rows_of(tmp_path / "日志.xlsx")
    assert rows[0][1:6] == ("时间", "操作人", "事项", "记录类型", "名称、标题")
    assert [row[3:6] for row in rows[1:]] == [("保存", "群众意见", "路灯坏了")]
    (noted, *_rest) = log(workspace, Sought(only="exports")).rows
    assert (noted.event, noted.facts["kind"], noted.facts["records"]) == ("list_export", "log", 1)


def test_a_log_of_many_pages_is_saved_whole(workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ui.pages.settings.log_section import _WORDS

    for number in range(7):
        save(workspace, an_issue(workspace, f"意见{number}"))
    monkeypatch.setattr("app.use_cases.log_export._AT_ONCE", 3)
    saved = save_log(workspace, Sought(kind="issue"), tmp_path / "日志.xlsx", _WORDS)
    rows = rows_of(saved.path)[1:]
    assert (saved.records, [row[5] for row in rows]) == (7, [f"意见{number}" for number in reversed(range(7))])


def test_who_is_not_in_charge_reads_so_instead_of_the_lines(section: LogSection, workspace: Workspace, bench: Workbench) -> None:
    head = Operator(id=workspace.clock.new_id(), name="站长甲", roles=(Role.STATION_HEAD,))
    officer = Operator(id=workspace.clock.new_id(), name="联络员乙", roles=(Role.LIAISON_OFFICER,))
    save(workspace, head, officer)
    bench.act_as(officer.id)
    section.refresh()
    assert (section.table.total, section.view.isVisible()) == (0, False)
    assert "站长" in section.told.text()
