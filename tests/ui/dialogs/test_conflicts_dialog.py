"""Deciding between two computers' versions in the window: nothing chosen first, one save, the next one after it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.domain.issue import Issue
from app.domain.values import Id
from app.queries.conflicts import conflict, count_conflicts
from app.queries.record import record_of
from app.queries.today import today
from app.use_cases.invented.disagreement import disagree
from app.workspace import Workspace
from tests.builders import an_issue, save
from tests.ui.workbenches import Went, workbench
from ui.dialogs.conflicts_dialog import ConflictsDialog, ValueCell
from ui.dialogs.history_dialog import HistoryDialog
from ui.pages.exchange import ExchangePage


@pytest.fixture
def disputed(workspace: Workspace) -> tuple[Id, Id]:
    """Two issues that were changed here and elsewhere."""
    first, second = an_issue(workspace, "甲"), an_issue(workspace, "乙")
    save(workspace, first, second)
    for each in (first, second):
        disagree(workspace, each.id, {"subject": f"{each.subject}一"}, {"subject": f"{each.subject}二", "place": "东街"})
    return first.id, second.id


@pytest.fixture
def dialog(disputed: tuple[Id, Id], workspace: Workspace, qapp: QApplication, qtbot: QtBot, went: Went) -> ConflictsDialog:
    made = ConflictsDialog(workbench(qapp, workspace, went))
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # the test looks at it afterwards
    qtbot.addWidget(made)
    made.show()
    return made


def press(dialog: ConflictsDialog, unit: int, version: int) -> None:
    dialog._takes[unit][version].click()


def test_one_after_the_other_is_decided(dialog: ConflictsDialog, workspace: Workspace, disputed: tuple[Id, Id]) -> None:
    said: list[bool] = []
    dialog.decided.connect(lambda: said.append(True))
    for left in (2, 1):
        assert f"{left} 条" in dialog.left.text()
        assert not dialog.save_button.isEnabled()
        asked = dialog._conflict
        assert asked
        (unit,) = dialog._takes
        assert not any(each.isChecked() for each in dialog._takes[unit])
        press(dialog, unit, 1)
        assert [each.isChecked() for each in dialog._takes[unit]] == [False, True]
        dialog.save_button.click()
        assert record_of(workspace, Issue, asked.id).subject == asked.fields[0].values[1]
        assert record_of(workspace, Issue, asked.id).place == "东街"
    assert count_conflicts(workspace) == 0
    assert not dialog.isVisible()
    assert len(said) == 2


def test_what_is_put_off_waits(dialog: ConflictsDialog, workspace: Workspace) -> None:
    first = dialog._conflict
    dialog.later.click()
    assert first
    assert dialog._conflict
    assert dialog._conflict.id != first.id
    assert dialog.later.isHidden()
    press(dialog, next(iter(dialog._takes)), 0)
    dialog.save_button.click()
    assert not dialog.isVisible()
    assert count_conflicts(workspace) == 1


def test_somebody_else_decided_meanwhile(dialog: ConflictsDialog, workspace: Workspace) -> None:
    asked = dialog._conflict
    assert asked
    with workspace.writing() as books:
        books.records.save(record_of(workspace, Issue, asked.id))
    press(dialog, next(iter(dialog._takes)), 0)
    dialog.save_button.click()
    assert dialog._conflict
    assert dialog._conflict.id != asked.id


def test_the_rest_of_a_long_text_is_one_click_away(qtbot: QtBot, qapp: QApplication) -> None:
    cell = ValueCell("长" * 400)
    qtbot.addWidget(cell)
    assert len(cell.words.text()) < 200
    more = cell.column.itemAt(1).widget()
    assert more
    more.click()  # type: ignore[attr-defined]  # a button
    assert cell.words.text() == "长" * 400


def test_the_exchange_and_the_first_page_count_them(
    disputed: tuple[Id, Id], workspace: Workspace, qapp: QApplication, qtbot: QtBot, went: Went
) -> None:
    page = ExchangePage(workbench(qapp, workspace, went))
    qtbot.addWidget(page)
    page.refresh()
    card = page.overview.conflicts
    assert not card.isHidden()
    assert "2 条" in card.words.text()
    assert today(workspace).outgoing.conflicts == 2
    dialog = card.open()
    assert dialog.save_button.text()
    assert conflict(workspace, disputed[0]).fields
    dialog.close()


def test_what_gave_way_is_one_click_away(dialog: ConflictsDialog, disputed: tuple[Id, Id]) -> None:
    asked = dialog._conflict
    assert asked
    press(dialog, next(iter(dialog._takes)), 0)
    dialog.save_button.click()
    assert not dialog.feedback.isHidden()
    dialog.feedback.deed.click()
    (shown,) = dialog.findChildren(HistoryDialog)
    texts = " ".join(each.text() for each in shown.findChildren(QLabel))
    assert all(str(each) in texts for each in asked.fields[0].values)
