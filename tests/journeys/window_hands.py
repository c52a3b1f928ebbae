"""Hands of somebody at the window: dialogs found by their titles, buttons and fields in a part of it, boxes by the keyboard."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QFileDialog, QPushButton, QWidget

from tests.journeys.window_driver import CTRL, Person, reads_the_day
from tests.ui.keyboard import enter, press, write
from ui.places import Place


def dialog(person: Person, heading: str) -> QDialog:
    """The dialog that is open, once its title says this."""

    def found() -> QDialog | None:
        shown = QApplication.activeModalWidget()
        return shown if isinstance(shown, QDialog) and heading in shown.windowTitle() else None

    made = person.until(found, f"dialog {heading}")
    assert isinstance(made, QDialog)
    return made


def gone(person: Person) -> None:
    """Wait until no dialog is open; the window has the keyboard again, which nothing else on this display would give it."""
    person.until(lambda: QApplication.activeModalWidget() is None, "the end of the dialog")
    person.window.activateWindow()
    person.until(person.window.isActiveWindow, "the window")


def press_in(person: Person, within: QWidget, words: str) -> None:
    """Press the button of these words in a part of the window, once it can be pressed."""

    def found() -> QPushButton | None:
        every = (each for each in within.findChildren(QPushButton) if words in {each.text(), each.accessibleName()})
        return next((each for each in every if each.isVisible() and each.isEnabled()), None)

    QTest.mouseClick(person.until(found, f"button {words}"), Qt.MouseButton.LeftButton)
    QTest.qWait(1)


def type_into(person: Person, widget: QWidget, words: str) -> None:
    """Click into a field and type."""
    person.click_into(widget)
    write(words)


def write_lines(text: str) -> None:
    """Type a text of several lines where the cursor is."""
    for number, line in enumerate(text.split("\n")):
        if number:
            enter()
        write(line)


def choose(person: Person, box: QComboBox, words: str) -> None:
    """Take the line of these words from a box, by the keyboard."""
    box.setFocus()
    person.until(lambda: QApplication.focusWidget() is box, "the box")
    press(Qt.Key.Key_Home)
    for _line in range(box.count()):
        if words in box.currentText():
            return
        press(Qt.Key.Key_Down)
    raise AssertionError(f"{words} is not offered: {[box.itemText(each) for each in range(box.count())]}")


def answer_files(*paths: str) -> None:
    """Whatever the system asks for a file to open or to write, it is this one."""
    QFileDialog.getOpenFileNames = staticmethod(lambda *_asked, **_told: (list(paths), ""))  # type: ignore[method-assign]  # no system dialog
    QFileDialog.getSaveFileName = staticmethod(lambda *_asked, **_told: (paths[0], ""))  # type: ignore[method-assign]  # as above


def said(person: Person, words: str) -> None:
    """Wait until the window says this."""
    person.sees(words)


def opened(person: Person, title: str, *, at_desk: bool = False) -> Any:
    """Find the suggestion in its list, where its units and steps stand beside it; or open it on the desk."""
    reads_the_day(person)
    person.step("the list of suggestions")
    person.go(Place.SUGGESTIONS)
    page = person.page(Place.SUGGESTIONS)
    table, view = page.overview.table, page.overview.view
    person.until(lambda: any(row.title == title for row in table.rows), title)
    person.click_into(view)
    press(Qt.Key.Key_Home, CTRL)
    for _row in table.rows:
        if view.current().title == title:
            break
        press(Qt.Key.Key_Down)
    person.until(lambda: page.overview.detail.title.text() == title, "what it is about")
    if at_desk:
        enter()
        person.until(page.at_desk, "the desk")
        person.until(lambda: page.desk.heading() == title, "the suggestion on the desk")
    return page
