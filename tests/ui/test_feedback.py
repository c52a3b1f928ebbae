"""Sentences stand in one place, in the words of the command line, with at most one thing to do."""

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.errors import Refused
from app.messages import explain
from ui.feedback import Feedback, Tone


@pytest.fixture
def feedback(qtbot: QtBot) -> Feedback:
    made = Feedback()
    qtbot.addWidget(made)
    return made


def test_an_error_is_told_in_the_words_of_the_command_line_and_stays(feedback: Feedback) -> None:
    error = Refused("no_trust")
    feedback.fail(error)
    assert feedback.words == explain(error)
    assert not feedback.goes.isActive()


def test_a_good_word_goes_by_itself(feedback: Feedback) -> None:
    feedback.say("已保存")
    assert feedback.goes.isActive()
    feedback.goes.timeout.emit()
    assert feedback.words == ""


def test_what_can_be_done_about_it_is_one_button(feedback: Feedback) -> None:
    done: list[str] = []
    feedback.say("已删除", deed="撤销", act=lambda: done.append("undone"))
    [deed] = [each for each in feedback.findChildren(QPushButton) if each.text() == "撤销"]
    deed.click()
    assert (done, feedback.words) == (["undone"], "")
    feedback.say("已保存", Tone.OK)
    assert not deed.isVisibleTo(feedback)
