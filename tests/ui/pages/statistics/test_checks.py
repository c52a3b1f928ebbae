"""Checks in the window: a round written, kept and saved; what lacks mended; the stars told."""

import pytest
from pytestqt.qtbot import QtBot

from app.domain.station_check import CheckFinding
from app.queries.station_checks import check_board
from app.use_cases.drafts import drafts
from app.workspace import Workspace
from ui.page import Workbench
from ui.pages.statistics import StatisticsPage


@pytest.fixture
def page(bench: Workbench, qtbot: QtBot) -> StatisticsPage:
    made = StatisticsPage(bench)
    qtbot.addWidget(made)
    qtbot.addWidget(bench.feedback)
    bench.background.changed.connect(lambda changes: made.refresh() if made.concerns & changes else None)
    made.resize(1150, 660)
    made.show()
    made.begin("checks")
    return made


def a_round(page: StatisticsPage) -> None:
    """A round in which the first item lacks something, all others are in order."""
    form = page.checks.round
    page.checks.check_now.click()
    form.findings[0].show_code(CheckFinding.NOT_MET)
    form.accounts[0].setText("打印机卡纸")
    form.rest.click()


def test_a_round_is_written_and_saved(page: StatisticsPage, workspace: Workspace) -> None:
    assert "还没有检查过" in page.checks.words.text()
    a_round(page)
    page.checks.round.by.editor.setText("联络员")
    page.checks.round.save()
    assert page.checks.view.isVisible()
    assert "★★★★★" in page.checks.words.text()
    assert "待整改 1 项" in page.checks.words.text()
    assert page.undoable() == check_board(workspace).rows[0].check.id  # type: ignore[union-attr]  # it was just checked


def test_a_round_that_lacks_something_stays_with_its_sentence(page: StatisticsPage) -> None:
    page.checks.check_now.click()
    form = page.checks.round
    form.save()
    assert form.problem.isVisible()
    form.by.editor.clear()
    form.findings[0].show_code(CheckFinding.NOT_MET)
    form.save()
    assert "电脑、打印机能正常使用" in form.problem.text()
    assert form.is_open()


def test_a_round_is_left_and_gone_on_with(page: StatisticsPage, workspace: Workspace) -> None:
    a_round(page)
    page.checks.round.by.editor.setText("联络员乙")
    assert page.go_back()
    (kept,) = drafts(workspace)
    page.begin(f"restore:{kept.key}")
    assert page.checks.round.by.editor.text() == "联络员乙"
    assert page.checks.round.accounts[0].text() == "打印机卡纸"


def test_what_lacks_is_mended_with_a_draft_on_the_way(page: StatisticsPage, workspace: Workspace) -> None:
    a_round(page)
    page.checks.round.by.editor.setText("联络员")
    page.checks.round.save()
    page.checks.correct.click()
    form = page.checks.form
    form.fields.editors["measure"].show("已维修")
    form.fields.changed.emit()
    assert page.go_back()
    (kept,) = drafts(workspace)
    page.begin(f"restore:{kept.key}")
    assert form.fields.read().measure == "已维修"
    form.fields.editors["account"].show("")
    form.save()
    assert form.is_open(), "what is missing must be said"
    form.fields.editors["account"].show("打印机卡纸")
    form.fields.editors["mended_on"].show(workspace.clock.today().date())
    form.save()
    assert not form.is_open()
    assert check_board(workspace).open == 0
    assert drafts(workspace) == []


def test_a_check_is_shown_from_elsewhere(page: StatisticsPage, workspace: Workspace) -> None:
    a_round(page)
    page.checks.round.by.editor.setText("联络员")
    page.checks.round.save()
    check = check_board(workspace).rows[4].check
    assert check is not None
    page.open_record(check.id)
    assert page.undoable() == check.id
