"""Hours as people type them."""

from datetime import date, time

from pytestqt.qtbot import QtBot

from tests.ui.keyboard import bring_up, enter, write
from ui.forms.day_box import DayBox, HourBox


def test_an_hour_is_written_out_and_what_is_none_stays_as_typed(qtbot: QtBot) -> None:
    box = HourBox()
    qtbot.addWidget(box)
    bring_up(box)
    box.setFocus()
    write("930")
    enter()
    assert (box.text(), box.hour(), box.malformed()) == ("09:30", time(9, 30), False)
    box.clear()
    write("soon")
    enter()
    assert (box.text(), box.hour(), box.malformed()) == ("soon", None, True)
    box.show_hour(None)
    assert (box.text(), box.malformed()) == ("", False)


def test_a_day_comes_back(qtbot: QtBot) -> None:
    box = DayBox()
    qtbot.addWidget(box)
    box.show_day(date(2026, 2, 28))
    assert box.day() == date(2026, 2, 28)
