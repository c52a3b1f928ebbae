"""Choosing deputies by keyboard, and entering one who is not in the register yet."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.queries.deputies import register
from tests.builders import a_deputy, save
from ui.background import Background, InlineExecutor
from ui.page import Workbench
from ui.widgets.deputy_picker import DeputyPicker


@pytest.fixture
def picker(qtbot: QtBot, bench: Workbench) -> DeputyPicker:
    for name, card in (("代表甲", "0101"), ("代表乙", "0202")):
        save(bench.workspace, a_deputy(bench.workspace, name, deputy_card_no=card))
    made = DeputyPicker(bench)
    qtbot.addWidget(made)
    made.show()
    return made


class Held(InlineExecutor):
    """Does nothing until it is told to."""

    def __init__(self, waiting: list[Callable[[], None]]) -> None:
        self._waiting = waiting

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        self._waiting.append(lambda: future.set_result(fn(*args, **kwargs)))
        return future


def type_in(picker: DeputyPicker, text: str) -> None:
    picker.field.setText(text)
    QTest.keyClick(picker.field, Qt.Key.Key_Return)


def shown(picker: DeputyPicker) -> list[str]:
    return [label.text() for label in picker.findChildren(QLabel) if label.text()]


@pytest.mark.parametrize("typed", ["代表乙", "0202", "乙"])
def test_a_name_a_card_number_or_a_part_of_them_is_enough(picker: DeputyPicker, bench: Workbench, typed: str) -> None:
    told: list[bool] = []
    picker.changed.connect(lambda: told.append(True))
    type_in(picker, typed)
    assert [row.name for row in register(bench.workspace) if row.id in picker.ids()] == ["代表乙"]
    assert told == [True]


def test_whoever_is_quicker_than_the_register_is_answered_when_it_has_come(picker: DeputyPicker, bench: Workbench) -> None:
    asked: list[Callable[[], None]] = []
    slow = Background(Held(asked), Held(asked))
    late = DeputyPicker(replace(bench, background=slow))
    type_in(late, "代表甲")
    assert late.ids() == ()
    for question in asked:
        question()
    assert len(late.ids()) == 1


def test_the_offer_to_enter_one_is_taken_by_enter(picker: DeputyPicker, bench: Workbench) -> None:
    type_in(picker, "代表丙")
    [offer] = [each for each in picker.findChildren(QPushButton) if "代表丙" in each.text()]
    QTest.keyClick(offer, Qt.Key.Key_Return)
    assert len(picker.ids()) == 1


def test_what_fits_several_chooses_none(picker: DeputyPicker) -> None:
    type_in(picker, "代表")
    assert picker.ids() == ()


def test_the_same_one_is_chosen_once(picker: DeputyPicker) -> None:
    type_in(picker, "代表甲")
    type_in(picker, "代表甲")
    assert len(picker.ids()) == 1


def test_whoever_is_not_in_the_register_is_entered_by_enter(picker: DeputyPicker, bench: Workbench, qtbot: QtBot) -> None:
    type_in(picker, "代表丙")
    assert picker.ids() == ()
    [offer] = [each for each in picker.findChildren(QPushButton) if "代表丙" in each.text()]
    offer.click()
    assert [row.name for row in register(bench.workspace)] == ["代表甲", "代表乙", "代表丙"]
    assert "代表丙" in shown(picker)


def test_a_chosen_one_can_be_removed(picker: DeputyPicker) -> None:
    type_in(picker, "代表甲")
    [remove] = [each for each in picker.findChildren(QPushButton) if each.accessibleName().endswith("代表甲")]
    remove.click()
    assert picker.ids() == ()


def test_whoever_is_entered_somewhere_else_is_known_here_too(picker: DeputyPicker, qtbot: QtBot, bench: Workbench) -> None:
    elsewhere = DeputyPicker(bench)
    qtbot.addWidget(elsewhere)
    elsewhere.show()
    type_in(elsewhere, "代表丙")
    QTest.keyClick(next(each for each in elsewhere.findChildren(QPushButton) if "代表丙" in each.text()), Qt.Key.Key_Space)
    type_in(picker, "代表丙")
    assert picker.ids() == elsewhere.ids()
