"""Things that go on in the next line where the width ends; texts to be read; rooms that fit what they hold."""

from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.fitting_scroll import FittingScroll
from ui.widgets.flow import Flow
from ui.widgets.read_text import ReadText


def buttons(box: QWidget, many: int) -> tuple[Flow, list[QPushButton]]:
    flow = Flow(box)
    made = [QPushButton(f"第{number}个") for number in range(many)]
    for each in made:
        flow.addWidget(each)
    return flow, made


def test_a_line_ends_where_the_next_would_not_fit(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    flow, made = buttons(box, 5)
    wide = made[0].sizeHint().width()
    box.resize(3 * wide + 40, 300)
    box.show()
    assert len({each.y() for each in made[:3]}) == 1
    assert made[3].y() > made[0].y()
    assert made[3].x() == made[0].x()
    assert all(each.geometry().right() <= box.width() for each in made)
    one_line, two_lines = (flow.heightForWidth(width) for width in (6 * wide, 3 * wide + 40))
    assert two_lines > one_line


def test_what_is_hidden_takes_no_room_and_what_is_taken_out_is_gone(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    flow, made = buttons(box, 3)
    box.resize(900, 100)
    box.show()
    before = made[2].x()
    made[1].hide()
    flow.activate()
    assert made[2].x() < before
    taken = flow.takeAt(0)
    assert taken is not None
    assert (taken.widget(), flow.count(), flow.takeAt(9)) == (made[0], 2, None)


def test_a_text_is_shown_as_it_was_written(qtbot: QtBot, qapp: QApplication) -> None:
    read = ReadText(Theme(qapp))
    qtbot.addWidget(read)
    read.show_text("路灯<b>不亮</b> & 看不见\n第二段")
    read.resize(300, 10)
    assert (read.shown, "&lt;b&gt;" in read.text()) == ("路灯<b>不亮</b> & 看不见\n第二段", True)
    read.setSelection(0, 5)
    one = read.heightForWidth(300)
    read.show_text("很长的话" * 60)
    assert read.heightForWidth(300) > 3 * one


def test_a_room_asks_for_what_it_holds_and_takes_less(qtbot: QtBot) -> None:
    inside, held = QWidget(), QWidget()
    QVBoxLayout(inside).addWidget(held)
    held.setMinimumHeight(400)
    room = FittingScroll(inside, 150)
    qtbot.addWidget(room)
    assert (room.sizeHint().height() >= 400, room.minimumSizeHint().height()) == (True, 150)
    held.setMinimumHeight(40)
    inside.updateGeometry()
    assert room.minimumSizeHint().height() == room.sizeHint().height() < 150
