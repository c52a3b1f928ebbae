"""Words above a list are told once for each text: after a pause, or at Enter."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.widgets.narrowing_field import NarrowingField


@pytest.fixture
def field(qtbot: QtBot) -> NarrowingField:
    made = NarrowingField("字词")
    qtbot.addWidget(made)
    return made


def test_a_pause_and_enter_tell_the_words_once(field: NarrowingField) -> None:
    told: list[str] = []
    field.narrowed.connect(told.append)
    field.entered.connect(lambda: told.append("Enter"))
    field.setText("路灯")
    assert told == []
    assert field.pause.isActive()
    field.pause.timeout.emit()
    QTest.keyClick(field, Qt.Key.Key_Return)
    field.setText("水")
    QTest.keyClick(field, Qt.Key.Key_Return)
    field.pause.timeout.emit()
    assert told == ["路灯", "Enter", "水", "Enter"]


def test_words_that_are_shown_are_not_told(field: NarrowingField) -> None:
    told: list[str] = []
    field.narrowed.connect(told.append)
    field.show_words("东街")
    assert not field.pause.isActive()
    field.pause.timeout.emit()
    assert (field.text(), told) == ("东街", [])
