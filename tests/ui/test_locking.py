"""The lock: nothing of the station is in the window while nobody is at the keyboard, and what was typed is there again after."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from PySide6.QtCore import Qt

from app.domain.visit import Visit, VisitKind
from app.queries.today import Today
from app.storage.journal import Journal
from app.use_cases.drafts import drafts, keep_draft
from app.use_cases.opening import OpenStation
from app.use_cases.signing_in import set_pin
from app.use_cases.station import add_operator
from app.workspace import Workspace
from tests.builders import StationHome, an_issue, save
from ui.application import Window
from ui.background import InlineExecutor
from ui.places import Place
from ui.theme import Theme

PIN = "2580"


@pytest.fixture
def other(workspace: Workspace) -> str:
    """Somebody else, with a PIN."""
    id = add_operator(workspace, "志愿者乙").id
    set_pin(workspace, id, PIN)
    return id


@pytest.fixture
def window(qapp: QApplication, home: StationHome, workspace: Workspace, other: str) -> Iterator[Window]:
    """The window of the station, as somebody without a PIN finds it."""
    made = Window(home.home, InlineExecutor(), Theme(qapp), readers=InlineExecutor())
    made.show_station(OpenStation(workspace, _open()))
    made.show()
    yield made
    made.deleteLater()


def _open():  # type: ignore[no-untyped-def]
    from contextlib import ExitStack

    return ExitStack()
