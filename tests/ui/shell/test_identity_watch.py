"""A citizen's identity number in any field: pointed out with a way to take it out, and never in the way."""

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from tests.ui.keyboard import bring_up
from ui.shell.identity_watch import IdentityWatch
from ui.shell.shell import Shell

NUMBER = "11010519491231002X"  # the standard's own sample


@pytest.fixture
def watch(shell: Shell) -> IdentityWatch:
    """The watch of a shown shell."""
    bring_up(shell)
    return next(iter(shell.findChildren(IdentityWatch)))


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
def test_it_is_pointed_out_and_taken_out(
    watch: IdentityWatch, shell: Shell, qtbot: QtBot, kind: type[QLineEdit] | type[QPlainTextEdit]
) -> None:
    field = kind(shell)
    field.show()
    field.setFocus()
    QApplication.processEvents()
    (field.setText if isinstance(field, QLineEdit) else field.setPlainText)(f"身份证{NUMBER}，说路灯")
    assert watch.pause.isActive()
    watch.look()
    assert "身份证号码" in shell.feedback.words
    shell.feedback.deed.click()
    told = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
    assert told == "身份证，说路灯"


def test_another_long_number_is_nobody_s_business(watch: IdentityWatch, shell: Shell) -> None:
    field = QLineEdit(shell)
    field.show()
    field.setFocus()
    QApplication.processEvents()
    field.setText("工单 110105194912310021")
    watch.look()
    assert shell.feedback.words == ""
