"""Run as a process of its own under a display: the real program with somebody at its keyboard and mouse.

Arguments: the part of the story (a function below), then what that part needs. The program is started as `liaison-window` is;
only its event loop is entered by the person instead of the program. Prints one JSON document: for each step the longest time,
in milliseconds, for which the window did not answer, and what the part saw.
"""

import json
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog, QLabel, QLineEdit, QPushButton, QWidget

from app.i18n import _
from tests.ui.keyboard import enter, focused, press, write
from ui.__main__ import main as start
from ui.application import Window
from ui.opening.recovery_panel import RecoveryPanel
from ui.places import Place

PATIENCE = 60.0
BEAT = 0.01
CTRL = Qt.KeyboardModifier.ControlModifier


class Pulse(QObject):
    """Asks the window every hundredth of a second whether it is there, and notes how long the answer took."""

    beaten = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.longest: dict[str, float] = {}
        self.step = "start"
        self._ended = threading.Event()
        self.beaten.connect(self._answer, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._beat, daemon=True)
        self._thread.start()

    def end(self) -> None:
        self._ended.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._ended.wait(BEAT):
            self.beaten.emit(time.perf_counter())

    def _answer(self, asked: float) -> None:
        took = (time.perf_counter() - asked) * 1000
        self.longest[self.step] = max(took, self.longest.get(self.step, 0.0))


class Person:
    """Somebody in front of the window: sees words, presses keys and buttons, and waits until something is there."""

    def __init__(self, window: Window, pulse: Pulse) -> None:
        self.window = window
        self.pulse = pulse

    def step(self, name: str) -> None:
        """What is done from now on."""
        self.pulse.step = name

    def until(self, condition: Callable[[], Any], what: str) -> Any:
        """Wait for something, as a person does, and not for ever."""
        begun = time.perf_counter()
        while not (found := condition()):
            if time.perf_counter() - begun > PATIENCE:
                raise AssertionError(f"{self.pulse.step}: {what} never came; in sight: {self.words()}")
            QTest.qWait(5)
        return found

    def words(self) -> list[str]:
        """All labels in sight."""
        return [each.text() for each in self.window.findChildren(QLabel) if each.isVisibleTo(self.window) and each.text()]

    def sees(self, words: str) -> None:
        """Wait until these words are in sight."""
        self.until(lambda: any(words in each for each in self.words()), words)

    def click(self, words: str) -> None:
        """Press the button of these words, once it is in sight and can be pressed."""

        def found() -> QPushButton | None:
            every = self.window.findChildren(QPushButton)
            buttons = (each for each in every if words in {each.text(), each.accessibleName().partition(" ")[0]})
            return next((each for each in buttons if each.isVisible() and each.isEnabled()), None)

        QTest.mouseClick(self.until(found, f"button {words}"), Qt.MouseButton.LeftButton)
        QTest.qWait(1)

    def tick(self, words: str) -> None:
        """Tick the box of these words."""

        def found() -> QCheckBox | None:
            return next((each for each in self.window.findChildren(QCheckBox) if each.text() == words and each.isVisible()), None)

        box = self.until(found, f"box {words}")
        box.setFocus()
        press(Qt.Key.Key_Space)
        self.until(box.isChecked, f"tick {words}")

    def field(self, name: str) -> None:
        """Click into the field of this name."""

        def found() -> QLineEdit | None:
            fields = (each for each in self.window.findChildren(QLineEdit) if each.accessibleName() == name)
            return next((each for each in fields if each.isVisible()), None)

        self.click_into(self.until(found, f"field {name}"))

    def click_into(self, widget: QWidget) -> None:
        """Click somewhere in a widget, and have the cursor there."""
        QTest.mouseClick(getattr(widget, "viewport", lambda: widget)(), Qt.MouseButton.LeftButton)
        self.until(lambda: QApplication.focusWidget() is widget, f"the cursor in {widget.accessibleName()}")

    def page(self, place: Place) -> Any:
        """The page of a place."""
        assert self.window.shell
        return self.window.shell.page(place)

    def go(self, place: Place) -> None:
        """Choose a place in the rail."""
        self.click(_(place.words))
        self.until(lambda: self.page(place).isVisible(), place.name)


# --- the parts -----------------------------------------------------------------------------------------------------


def set_up(person: Person, words: str) -> dict[str, Any]:
    """A station is set up where no keyring answers, and shows an empty day."""
    person.step("set-up")
    person.click("115%")
    person.click("100%")
    person.click("设立联络站")
    person.field("站编码（如 430181001-001）")
    write("430181001-001")
    enter()
    write("某某街道人大代表联络站")
    enter()
    write("联络员甲")
    enter()
    person.click("设立")
    person.sees("请改用口令打开")
    person.field("口令")
    write(words)
    enter()
    write(words)
    enter()
    person.sees("48 位数字")
    panel = person.window.findChildren(RecoveryPanel)[-1]
    group = f"核对一下：请照纸上输入第 {panel._asked} 组"
    person.field(group)
    write(panel._code.split("-")[panel._asked - 1])
    enter()
    person.step("an empty day")
    person.sees("从这里开始")
    return {"code": panel._code, "screen": [person.window.width(), person.window.height()]}


MANY: Final = 5
"""Words that a place says at least, once it has asked what it shows."""


def look(person: Person) -> dict[str, Any]:
    """Only look at the day, and at every place that is there."""
    reads_the_day(person)
    seen = {}
    for place in (each for each in Place if each.on_rail):
        person.step(place.name.lower())
        person.go(place)
        person.until(lambda: len(person.words()) > MANY, f"what {place.name} says")
        seen[place.name] = len(person.words())
    return {"seen": seen}


def record(person: Person) -> dict[str, Any]:
    """A reception with a new deputy and two visitors, then a suggestion on what they raised, submitted."""
    reads_the_day(person)
    _receive(person)
    _choose_issues(person)
    _draft(person)
    person.step("today again")
    person.go(Place.TODAY)
    person.sees("今天的接待")
    return {"words": person.words()}


def _receive(person: Person) -> None:
    person.step("reception")
    press(Qt.Key.Key_N, CTRL)
    page = person.page(Place.VISITS)
    person.until(lambda: page.stack.currentWidget() is page.desk, "the desk")
    person.until(lambda: QApplication.focusWidget() is page.desk.sign_in.picker.field, "the cursor at the deputies")
    write("王代表")
    enter()
    person.until(lambda: "新代表" in getattr(focused(), "text", str)(), "the offer to enter a deputy")
    press(Qt.Key.Key_Space)
    person.until(lambda: "王代表" in person.words(), "the deputy")
    person.click_into(page.desk.visitor.name.editor)
    write("群众甲")
    enter()
    write("三栋到五栋的路灯坏了快三个月")
    press(Qt.Key.Key_Return, CTRL)
    person.until(lambda: page.desk.visitors.count() >= 1, "the first visitor")
    press(Qt.Key.Key_F2)
    person.until(lambda: focused() is page.desk.visitor.name.editor, "the next visitor")
    write("群众乙")
    enter()
    write("东街停水三天")
    press(Qt.Key.Key_Return, CTRL)
    person.until(lambda: page.desk.visitors.count() >= 2, "the second visitor")


def _choose_issues(person: Person) -> None:
    person.step("issues")
    person.go(Place.ISSUES)
    issues = person.page(Place.ISSUES).overview
    person.until(lambda: len(issues.table.rows) == 2, "both issues")
    person.click_into(issues.view)
    press(Qt.Key.Key_Home, CTRL)
    for _row in issues.table.rows:
        press(Qt.Key.Key_Space)
        press(Qt.Key.Key_Down)
    person.until(lambda: len(issues.table.ticked) == 2, "both ticks")


def _draft(person: Person) -> None:
    person.step("suggestion")
    person.click("据此起草建议")
    suggestions = person.page(Place.SUGGESTIONS)
    person.until(suggestions.at_desk, "the desk of suggestions")
    person.sees("依据 2 条意见")
    form = suggestions.desk.form
    person.click_into(form.title)
    write("关于修复东街路灯的建议")
    person.click_into(form.lead.field)
    person.until(lambda: form.lead._register, "the register")
    write("王代表")
    enter()
    person.until(lambda: form.lead.ids(), "the lead deputy")
    person.click_into(form.text)
    press(Qt.Key.Key_A, CTRL)
    write("东街路灯损坏三个月，请于年内修复。")
    person.step("submission")
    person.click("提交")
    person.until(suggestions.desk.panel.isVisible, "the question")
    person.click("提交建议")
    person.until(suggestions.desk.frozen, "the frozen text")


def request(person: Person, folder: str) -> dict[str, Any]:
    """This computer asks to be enrolled; somebody reads the digits out."""
    page = _exchange(person, folder)
    person.step("enrolment")
    person.click("登记本机…")
    person.click("生成登记申请文件…")
    person.sees("请把这些数字念给接收机关")
    (file,) = Path(folder).iterdir()
    return {"file": file.name, "digits": page.enrolment.digits}


def trust(person: Person, folder: str) -> dict[str, Any]:
    """The body's trust file is looked at, compared by its digits, and taken in."""
    page = _exchange(person, folder)
    person.step("trust")
    person.click("导入回执")
    person.click("查看 U 盘或文件夹…")
    person.sees("请先核对指纹")
    person.tick("我已打电话或对照书面核对，每一组都相同")
    _take_in(person, page)
    return {"digits": page.take_in.compare.digits}


def hand_in(person: Person, folder: str) -> dict[str, Any]:
    """Everything goes to a folder, as to a stick."""
    page = _exchange(person, folder)
    person.step("handing in")
    person.until(lambda: page.actions_offered()[-1].isEnabled(), "something to hand in")
    person.click(page.actions_offered()[-1].text())
    person.click("选择文件夹…")
    person.click("写到文件夹")
    person.sees("已写入并读回核对")
    return {"files": sorted(each.name for each in Path(folder).iterdir())}


def take_in(person: Person, folder: str) -> dict[str, Any]:
    """What the body laid out is looked through, taken in, and everything is reconciled."""
    page = _exchange(person, folder)
    person.step("taking in")
    person.click("导入回执")
    person.click("查看 U 盘或文件夹…")
    _take_in(person, page)
    person.step("reconciled")
    person.until(lambda: [door.number for door in page.overview.doors.values()][:2] == ["0", "0"], "nothing left to send")
    return {"figures": [door.number for door in page.overview.doors.values()]}


def reads_the_day(person: Person) -> None:
    """Nobody is at work before having seen the day; by then the other places are there."""
    person.step("today")
    person.sees("条记录")
    person.until(lambda: person.window.shell and person.window.shell.is_prepared(), "the other places")


def _take_in(person: Person, page: Any) -> None:
    """What was brought has been looked at, and is taken in."""
    person.until(lambda: page.take_in.ready, "something to take in")
    person.click(page.actions_offered()[-1].text())
    person.until(lambda: not page.take_in.running and not page.take_in.new, "everything taken in")


def _exchange(person: Person, folder: str) -> Any:
    """Go there; whenever the program asks for a folder, it is this one: the system's own dialog is nobody's to press."""
    QFileDialog.getExistingDirectory = staticmethod(lambda *_asked, **_told: folder)  # type: ignore[method-assign]  # for good
    reads_the_day(person)
    person.step("exchange")
    person.go(Place.EXCHANGE)
    page = person.page(Place.EXCHANGE)
    return page


_ALL = (set_up, look, record, request, trust, hand_in, take_in)
PARTS: dict[str, Callable[..., dict[str, Any]]] = {each.__name__: each for each in _ALL}


def main(part: str, told: list[str], options: list[str], parts: Mapping[str, Callable[..., dict[str, Any]]] = PARTS) -> int:
    """Start the program, live through one part of the story, close the window."""
    outcome: dict[str, Any] = {}

    def instead_of_exec() -> int:
        window = next(each for each in QApplication.topLevelWidgets() if isinstance(each, Window))
        window.activateWindow()
        pulse = Pulse()
        person = Person(window, pulse)
        try:
            outcome["saw"] = parts[part](person, *told)
        finally:
            pulse.step = "end"
            window.close()
            pulse.end()
            outcome["longest"] = pulse.longest
        return 0

    QApplication.exec = staticmethod(instead_of_exec)  # type: ignore[method-assign]  # a person takes its place
    code = start(options)
    print(json.dumps(outcome, ensure_ascii=False))
    return code


if __name__ == "__main__":
    at = sys.argv.index("--")
    sys.exit(main(sys.argv[1], sys.argv[2:at], sys.argv[at + 1 :]))
