"""A choice among codes keeps what a newer program wrote."""

from pytestqt.qtbot import QtBot

from app.domain.visit import MeetingWay
from ui.widgets.code_box import CodeBox


def test_it_shows_words_and_gives_codes(qtbot: QtBot) -> None:
    box = CodeBox(MeetingWay, "未填")
    qtbot.addWidget(box)
    assert (box.code(), box.currentText()) == ("", "未填")
    box.show_code(MeetingWay.PHONE)
    assert (box.code(), box.currentText()) == (MeetingWay.PHONE, "电话")
    assert isinstance(box.code(), MeetingWay)


def test_a_code_of_a_newer_program_survives(qtbot: QtBot) -> None:
    box = CodeBox(MeetingWay)
    qtbot.addWidget(box)
    box.show_code("by_dream")
    assert (box.code(), box.currentText()) == ("by_dream", "by_dream")
