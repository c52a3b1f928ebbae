"""A process of its own in which somebody types a reception into the real window; told by its arguments what to do.

`python -m tests.journeys.reception_typist type|restore HOME PASSPHRASE` says what has come to pass, a line each.
"""

import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtWidgets import QApplication, QPushButton

from app.use_cases.opening import open_station
from tests.ui.keyboard import bring_up, enter, press, write
from ui.application import Window, make_application
from ui.pages.visits import VisitsPage
from ui.places import Place
from ui.theme import Theme

FIRST: Final = ("Zhang", "the lamps in our lane are out")
NAME, WORDS, SECOND = "欧阳某", "三栋到五栋的路灯坏了快三个月", "停车太难"
CTRL: Final = Qt.KeyboardModifier.ControlModifier


def main(deed: str, home: Path, passphrase: str) -> None:
    """Open the station in its window and do the deed."""
    application = make_application()
    window = Window(home, ThreadPoolExecutor(1, "writer"), Theme(application))
    window.show_station(open_station(home, passphrase=passphrase))
    bring_up(window)
    _until(lambda: window.shell is not None)
    assert window.shell
    window.shell.go(Place.VISITS)
    page = window.shell.page(Place.VISITS)
    assert isinstance(page, VisitsPage)
    {"type": _type, "restore": _restore}[deed](application, page)
    window.close()


def _type(application: QApplication, page: VisitsPage) -> None:
    """One visitor saved, another half-way with two matters; then wait to be killed."""
    _until(lambda: page.list.count.text() != "")
    press(Qt.Key.Key_N, CTRL)
    _until(lambda: page.stack.currentWidget() is page.desk)
    enter()
    write(FIRST[0])
    enter()
    write(FIRST[1])
    page.desk.keeper.saved.connect(lambda _saved: _say("saved"))
    press(Qt.Key.Key_F2)
    page.desk.keeper.kept.connect(lambda: _say("kept"))
    write(NAME)
    enter()
    write(WORDS)
    press(Qt.Key.Key_F3)
    write(SECOND)
    _say("typed")
    application.exec()


def _restore(_application: QApplication, page: VisitsPage) -> None:
    """Take up what is offered, tell it, save it, end the reception."""
    _until(lambda: bool(page.offers.notices))
    (notice,) = page.offers.notices
    _say(notice.words)
    notice.findChildren(QPushButton)[0].click()
    _until(lambda: page.stack.currentWidget() is page.desk)
    lines = page.desk.read().lines
    _say(json.dumps([[each.encounter.name, *(issue.words for issue in each.issues)] for each in lines]))
    press(Qt.Key.Key_Return, CTRL | Qt.KeyboardModifier.ShiftModifier)
    press(Qt.Key.Key_Return, CTRL)
    _until(lambda: page.stack.currentWidget() not in {page.desk, page.review})
    _say("ended")


def _say(words: str) -> None:
    print(words, flush=True)


def _until(true: Callable[[], bool]) -> None:
    """Let the window live until something is so."""
    loop = QEventLoop()
    while not true():
        loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
