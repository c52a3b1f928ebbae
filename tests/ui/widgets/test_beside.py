"""A list and its detail: beside each other where there is room, below each other where there is none."""

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.beside import Beside


def test_the_second_part_stands_below_where_it_is_narrow_and_beside_again(qapp: QApplication, qtbot: QtBot) -> None:
    theme = Theme(qapp)
    both = Beside(theme, QWidget(), QWidget(), narrow=700, beside=(3, 1), below=(1, 1))
    qtbot.addWidget(both)
    both.resize(1000, 600)
    both.show()
    turns: list[bool] = []
    both.turned.connect(lambda: turns.append(both.stands_below))
    for width in (theme.px(700) - 1, theme.px(700), 1200):
        both.resize(width, 600)
    assert turns == [True, False]
    first, second = both.sizes()
    assert 2.8 < first / second < 3.2


def test_where_no_width_is_named_it_never_turns(qapp: QApplication, qtbot: QtBot) -> None:
    both = Beside(Theme(qapp), QWidget(), QWidget())
    qtbot.addWidget(both)
    both.show()
    both.resize(50, 600)
    assert not both.stands_below


def test_the_first_part_makes_room_only_where_the_second_stands_below_it(qapp: QApplication, qtbot: QtBot) -> None:
    first, second = QWidget(), QWidget()
    both = Beside(Theme(qapp), first, second, narrow=500)
    qtbot.addWidget(both)
    both.resize(400, 300)
    both.show()
    both.give_room(wanted=True)
    assert first.isHidden()
    both.resize(800, 300)
    assert not first.isHidden()
    both.resize(400, 300)
    assert first.isHidden()
    both.give_room(wanted=False)
    assert not first.isHidden()
