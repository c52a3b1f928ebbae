"""A window without a screen, whose work is done at once: no test of a page waits."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication

from app.settings import Settings
from app.use_cases import demo
from app.workspace import Workspace
from tests.builders import StationHome, new_station
from ui.application import make_application
from ui.background import Background, InlineExecutor
from ui.feedback import Feedback
from ui.page import Workbench
from ui.shell.shell import Shell
from ui.theme import Theme


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The program's own application, in place of the plug-in's."""
    application = make_application()
    gc.collect()
    gc.freeze()  # what is loaded stays
    Theme(application).apply(size=100, dark=False)
    return application


@pytest.fixture(autouse=True)
def nothing_left(qapp: QApplication) -> Iterator[None]:
    """No window outlives its test, and nothing of Qt is let go by another thread.

    Every change of the style sheet would dress what is left anew, and the run grow slower and slower; and what a test left would
    be found as garbage by any thread (`ui.memory`), also one of another test.
    """
    gc.disable()
    yield
    for widget in qapp.topLevelWidgets():
        # What pops up belongs to another, which lets it go itself: Qt crashes where somebody else has.
        if widget.parent() is None and widget.windowType() not in {Qt.WindowType.Popup, Qt.WindowType.ToolTip}:
            widget.hide()  # the focus leaves while everything it tells is still there
            widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    gc.enable()


@pytest.fixture
def home(tmp_path: Path) -> StationHome:
    """A station that was set up and is closed."""
    return new_station(tmp_path / "家 目录")


@pytest.fixture
def workspace(home: StationHome) -> Iterator[Workspace]:
    """The station, open."""
    with home.opened() as opened:
        yield opened


class Went(list[tuple[object, str, str]]):
    """Where a page sent the person: place, record, deed."""

    def __call__(self, place: object, id: str = "", deed: str = "") -> None:
        self.append((place, id, deed))


@pytest.fixture
def went() -> Went:
    """Where the page under test sent the person."""
    return Went()


def workbench(qapp: QApplication, workspace: Workspace, went: Went) -> Workbench:
    """What a page works with, everything done at once."""
    background = Background(InlineExecutor(), InlineExecutor(), parent=qapp)
    return Workbench(workspace, background, Theme(qapp), Feedback(), Settings(), went)


@pytest.fixture
def bench(qapp: QApplication, workspace: Workspace, went: Went) -> Workbench:
    """A workbench on an empty station."""
    return workbench(qapp, workspace, went)


@pytest.fixture
def demo_bench(qapp: QApplication, workspace: Workspace, went: Went) -> Workbench:
    """A workbench on a station with invented records."""
    demo.fill(workspace, demo.Amounts(visits=12, issues=20, suggestions=3), seed=1)
    return workbench(qapp, workspace, went)


@pytest.fixture
def shell(qapp: QApplication, workspace: Workspace) -> Iterator[Shell]:
    """Everything around the pages, on an empty station."""
    background = Background(InlineExecutor(), InlineExecutor(), parent=qapp)
    whole = Shell(workspace, background, Theme(qapp), Settings())
    yield whole
    whole.deleteLater()
