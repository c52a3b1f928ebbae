"""Files side by side: as high as they need, never wider than the card, the keyboard where it was."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.attachment import Attachment
from ui.theme import Theme
from ui.widgets.file_strip import FileStrip


@pytest.fixture
def strip(qapp: QApplication, qtbot: QtBot) -> FileStrip:
    made = FileStrip(Theme(qapp))
    qtbot.addWidget(made)
    made.resize(400, 100)
    return made


def files(many: int) -> list[Attachment]:
    return [
        Attachment(id=str(number), name=f"第{number}张现场照片，名字很长很长很长很长很长.jpg", size=1 << 20)
        for number in range(many)
    ]


def test_it_is_as_high_as_its_files_need_up_to_two_rows(strip: FileStrip) -> None:
    heights = []
    for many in (1, 3, 4, 50):
        strip.show_files(files(many), {})
        strip.show()
        heights.append(strip.height())
    one, row, two, many = heights
    assert one == row < two == many
    assert two > 2 * strip.gridSize().height()


@pytest.mark.parametrize("size", [100, 150])
def test_a_long_name_is_cut_in_its_middle_and_told_whole(strip: FileStrip, size: int) -> None:
    theme = strip._theme
    theme.apply(size=size, dark=False)
    strip.show_files(files(1), {})
    item = strip.item(0)
    name, told = item.text().splitlines()
    assert name.startswith("第0")
    assert name.endswith(".jpg")
    assert strip.fontMetrics().horizontalAdvance(name) < strip.gridSize().width()
    assert told == "1.0 MB"
    assert item.toolTip() == files(1)[0].name
    theme.apply(size=100, dark=False)


def test_arrow_keys_go_through_and_the_keyboard_stays_where_it_was(strip: FileStrip) -> None:
    three = files(3)
    strip.show_files(three, {})
    strip.show()
    assert strip.current is None
    strip.setCurrentRow(0)
    QTest.keyClick(strip, Qt.Key.Key_Right)
    assert strip.current == three[1]
    strip.show_files([three[1], three[2]], {})
    assert strip.current == three[1]
    strip.show_files([three[2]], {})
    assert strip.current == three[2]
    strip.show_files([], {})
    assert strip.current is None
    assert strip.isHidden()
