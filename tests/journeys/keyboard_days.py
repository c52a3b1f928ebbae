"""Run as a process of its own under a display: whole days at the desk, typed by the keyboard alone.

Arguments as of `tests.journeys.window_driver`. Every key goes to whatever has the keyboard then; nothing is clicked.
"""

import json
import sys
import time
from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.i18n import _
from tests.journeys.window_driver import CTRL, Person, main, reads_the_day
from tests.ui.keyboard import enter, focused, press, write
from ui.places import Place

SHIFT = Qt.KeyboardModifier.ShiftModifier
DEPUTY: Final = "王代表"
FIRST: Final = ("欧阳·某", "三栋到五栋的路灯坏了快三个月")
SECOND: Final = ("群众乙", "东街停水三天", "停车太难")
THIRD: Final = ("群众丙", "菜市场早上太吵，孩子没法写作业")
LOST: Final = "，还有"
REST: Final = "，请管一管"
_TABS: Final = 120


def receive_until_killed(person: Person) -> dict[str, Any]:
    """Three visitors at the desk, the third half-way; then typing on until somebody ends the process."""
    reads_the_day(person)
    person.step("reception")
    press(Qt.Key.Key_N, CTRL)
    page = person.page(Place.VISITS)
    person.until(lambda: page.stack.currentWidget() is page.desk, "the desk")
    person.until(lambda: QApplication.focusWidget() is page.desk.sign_in.picker.field, "the cursor at the deputies")
    write(DEPUTY)
    enter()
    person.until(lambda: "新代表" in getattr(focused(), "text", str)(), "the offer to enter a deputy")
    press(Qt.Key.Key_Space)
    person.until(lambda: DEPUTY in person.words() and focused() is page.desk.sign_in.picker.field, "the deputy")
    enter()
    _visitor(person, page, FIRST)
    _visitor(person, page, SECOND)
    kept: list[bool] = []
    page.desk.keeper.kept.connect(lambda: kept.append(True))
    write(THIRD[0])
    enter()
    write(THIRD[1])
    person.until(lambda: kept, "the draft")
    write(LOST)
    print("typed", flush=True)
    QTest.qWait(60_000)
    return {}


def _visitor(person: Person, page: Any, told: tuple[str, ...]) -> None:
    """One visitor with each matter, saved; the cursor is where the next one's name goes."""
    person.until(lambda: focused() is page.desk.visitor.name.editor, "the cursor at the name")
    saved: list[bool] = []
    page.desk.keeper.saved.connect(lambda _saved: saved.append(True))
    write(told[0])
    enter()
    write(told[1])
    for words in told[2:]:
        press(Qt.Key.Key_F3)
        write(words)
    press(Qt.Key.Key_F2)
    person.until(lambda: saved, "the visitor saved")


def go_on_and_end(person: Person) -> dict[str, Any]:
    """The page of unfinished work is found by Tab, the reception taken up from it and ended."""
    reads_the_day(person)
    person.step("unfinished")
    today = person.page(Place.TODAY)
    tab_to(person, _("All, with what they hold"))
    press(Qt.Key.Key_Space)
    person.until(lambda: today.unfinished.chosen, "the draft in the list")
    person.until(lambda: QApplication.focusWidget() is today.unfinished.view, "the cursor in the list")
    preview = today.unfinished.preview.text()
    enter()
    page = person.page(Place.VISITS)
    person.until(lambda: page.isVisible() and page.stack.currentWidget() is page.desk, "the desk")
    there = [[each.encounter.name, *(issue.words for issue in each.issues)] for each in page.desk.read().lines]
    person.until(lambda: focused() is page.desk.visitor.name.editor, "the cursor at the third visitor")
    person.step("end")
    enter()
    press(Qt.Key.Key_End, CTRL)
    write(REST)
    press(Qt.Key.Key_Return, CTRL | SHIFT)
    person.until(lambda: page.stack.currentWidget() is page.review, "the look over")
    press(Qt.Key.Key_Return, CTRL)
    person.until(lambda: page.stack.currentWidget() not in {page.desk, page.review}, "the end of the reception")
    return {"preview": preview, "there": there}


def visit_thirty(person: Person) -> dict[str, Any]:
    """A month of outreach, thirty lines of two days; how long it took, and how many keys."""
    reads_the_day(person)
    person.step("outreach")
    press(Qt.Key.Key_O, CTRL | SHIFT)
    page = person.page(Place.VISITS)
    person.until(lambda: page.stack.currentWidget() is page.outreach, "the grid")
    person.until(lambda: QApplication.focusWidget() is page.outreach.grid.editor, "the cursor in the grid")
    keys, begun = _Keys(), time.perf_counter()
    keys.write(DEPUTY)
    keys.press(Qt.Key.Key_F6)
    person.until(lambda: not page.outreach.table.problem(0, 1), "the deputy")
    keys.press(Qt.Key.Key_Return)
    keys.write("甲村")
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_Return)
    for number in range(1, 31):
        _line(keys, number)
    took = time.perf_counter() - begun
    people = page.outreach.count.text()
    press(Qt.Key.Key_Return, CTRL)
    person.until(lambda: page.stack.currentWidget() is not page.outreach, "the list")
    return {"keys": keys.pressed, "seconds": took, "told": people}


def _line(keys: "_Keys", number: int) -> None:
    """Every tenth line a group, every fifth one raises something; the twentieth is of the day before."""
    if number == 20:
        for _back in range(4):
            keys.press(Qt.Key.Key_Left)
        keys.write("昨天")
        for _on in range(4):
            keys.press(Qt.Key.Key_Return)
    if number % 10 == 0:
        keys.write(f"{number}组6人，无意见")
        keys.press(Qt.Key.Key_Down)
    elif number % 5 == 0:
        keys.write(f"户主{number}")
        keys.press(Qt.Key.Key_Return)
        keys.press(Qt.Key.Key_Return)
        keys.write("水渠堵了")
        keys.press(Qt.Key.Key_Return)
    else:
        keys.write(f"户主{number}")
        keys.press(Qt.Key.Key_Down)


class _Keys:
    """Counts what is pressed; a character of an input method is one."""

    def __init__(self) -> None:
        self.pressed = 0

    def write(self, text: str) -> None:
        self.pressed += len(text)
        write(text)

    def press(self, key: Qt.Key) -> None:
        self.pressed += 1
        press(key)


def tab_to(person: Person, words: str) -> QWidget:
    """Press Tab until the keyboard is at the button of these words."""
    person.until(lambda: QApplication.focusWidget() is not None, "a cursor anywhere")
    for _pressed in range(_TABS):
        if getattr(focused(), "text", str)() == words and focused().isVisible():
            return focused()
        press(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never came to {words}: {json.dumps(person.words(), ensure_ascii=False)}")


_ALL: Final = (receive_until_killed, go_on_and_end, visit_thirty)
PARTS: Final[dict[str, Callable[..., dict[str, Any]]]] = {each.__name__: each for each in _ALL}


if __name__ == "__main__":
    at = sys.argv.index("--")
    sys.exit(main(sys.argv[1], sys.argv[2:at], sys.argv[at + 1 :], PARTS))
