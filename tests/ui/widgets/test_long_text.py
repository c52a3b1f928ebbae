"""A long text: it looks like a page, and holds nothing but what was typed."""

from PySide6.QtGui import QFont
from pytestqt.qtbot import QtBot

from app.domain.sections import is_heading
from ui.page import Workbench
from ui.widgets.long_text import LongText


def a_text(qtbot: QtBot, bench: Workbench) -> LongText:
    text = LongText(bench.theme, is_heading=is_heading, marks=lambda line: [(0, 1)] if line.startswith("甲") else [])
    qtbot.addWidget(text)
    return text


def test_lines_are_twice_as_high_as_letters_and_paragraphs_are_indented(qtbot: QtBot, bench: Workbench) -> None:
    text = a_text(qtbot, bench)
    for size in (100, 150):
        bench.theme.apply(size=size, dark=False)
        text.show_text("第一段\n第二段")
        block = text.document().lastBlock().blockFormat()
        letters = bench.theme.px(16)
        assert (block.lineHeight(), block.textIndent()) == (2 * letters, 2 * letters)
    bench.theme.apply(size=100, dark=False)
    assert text.document().lastBlock().blockFormat().lineHeight() == 32


def test_headings_stand_out_and_marks_do_not_touch_the_text(qtbot: QtBot, bench: Workbench) -> None:
    text = a_text(qtbot, bench)
    text.show_text("一、情况\n甲说\n乙说")
    formats = [text.document().findBlockByNumber(number).layout().formats() for number in range(3)]
    assert [len(each) for each in formats] == [1, 1, 0]
    heading = formats[0][0].format  # type: ignore[attr-defined]  # the stubs leave its fields out
    assert heading.fontWeight() == QFont.Weight.DemiBold
    assert text.text() == "一、情况\n甲说\n乙说"


def test_showing_another_text_tells_nobody_and_cannot_be_undone(qtbot: QtBot, bench: Workbench) -> None:
    text = a_text(qtbot, bench)
    told: list[None] = []
    text.textChanged.connect(lambda: told.append(None))
    text.show_text("甲说")
    text.mark_anew()
    text.undo()
    assert (told, text.text()) == ([], "甲说")
    text.put(0, "乙和")
    assert (len(told), text.text()) == (1, "乙和甲说")
    text.undo()
    assert text.text() == "甲说"
