"""Forms of other systems in the settings: written in, taken in, their columns changed, what is wrong said."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QFileDialog

from app.queries.counts import count
from app.reference import platform_forms as shipped_forms
from app.use_cases.platform_forms import own_forms, platform_form
from app.workspace import Workspace
from tests.builders import an_issue, save
from tests.ui.pages.test_settings import page, press
from ui.pages.settings import SettingsPage
from ui.pages.settings.platform_section import PlatformSection

__all__ = ["page"]
NAME = "网上联络站群众意见"


@pytest.fixture
def section(page: SettingsPage) -> PlatformSection:
    """The part, with the form of issues chosen."""
    page.begin("platforms")
    page.platforms.choice.setCurrentText(NAME)
    return page.platforms


def test_records_are_written_and_the_other_system_s_table_taken_in(
    section: PlatformSection, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(workspace, an_issue(workspace, words="路灯不亮"))
    path = tmp_path / "意见.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_told: (str(path.with_suffix("")), ""))
    press(section, "写出记录…")
    assert path.name in section.notice.words
    assert "没有加密" in section.notice.words
    assert openpyxl.load_workbook(path).worksheets[0].max_row == 2
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_told: (str(path), ""))
    press(section, "导入平台导出的表…")
    assert "1" in section.notice.words
    assert count(workspace)["issue"] == 2


def test_days_that_are_none_are_told_beside_them(section: PlatformSection) -> None:
    section.first.editor.setText("哪天")
    section.write_records()
    assert section.first.problem.text()
    section.first.editor.setText("2026-03-01")
    section.last.editor.setText("2026-02-01")
    section.write_records()
    assert section.first.problem.isHidden()
    assert section.last.problem.text()


def test_columns_are_renamed_added_removed_and_put_back(section: PlatformSection, workspace: Workspace) -> None:
    columns = section.columns
    assert not section.keep_it.isEnabled()
    columns.headings[0].setText("信件编号")
    columns.headings[0].textEdited.emit("信件编号")
    columns.remove(1)
    press(section, "加一栏")
    press(section, "保存栏目")
    assert f"{len(columns.headings)}" in section.notice.words  # the new column has no name yet
    assert own_forms(workspace) == frozenset()
    columns.headings[-1].setText("经办人")
    columns.fields[-1].show_code("encounter.village")
    press(section, "保存栏目")
    kept = platform_form(workspace, NAME)
    assert [each.heading for each in kept.columns[:2]] == ["信件编号", shipped_forms()[NAME].columns[2].heading]
    assert kept.columns[0].takes == shipped_forms()[NAME].columns[0].takes
    assert (kept.columns[-1].heading, kept.columns[-1].field) == ("经办人", "encounter.village")
    press(section, "恢复原样")
    assert platform_form(workspace, NAME) == shipped_forms()[NAME]
    assert section.columns.headings[0].text() == shipped_forms()[NAME].columns[0].heading


def test_what_another_field_becomes_when_it_comes_back_is_known(section: PlatformSection) -> None:
    columns = section.columns
    at = next(at for at, each in enumerate(shipped_forms()[NAME].columns) if each.field == "place")
    columns.fields[at].show_code("words")
    form = columns.form()
    assert form is not None
    assert (form.columns[at].field, form.columns[at].takes) == ("words", "content")
    columns.fields[at].show_code("")
    columns.texts[at].setText("联络站")
    form = columns.form()
    assert form is not None
    assert (form.columns[at].field, form.columns[at].text, form.columns[at].takes) == ("", "联络站", "")
