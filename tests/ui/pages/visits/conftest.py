"""A window on an empty station with one deputy, at the place of receptions and outreach."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.domain.people import Deputy
from app.workspace import Workspace
from tests.builders import a_deputy, save
from tests.ui.keyboard import bring_up
from ui.pages.visits import VisitsPage
from ui.pages.visits.page import VisitsPage as Page
from ui.places import Place
from ui.shell.shell import Shell


@pytest.fixture
def deputy(workspace: Workspace) -> Deputy:
    deputy = a_deputy(workspace, "王代表", level="city")
    save(workspace, deputy)
    return deputy


@pytest.fixture
def window(shell: Shell, deputy: Deputy, qtbot: QtBot) -> Iterator[Shell]:
    bring_up(shell)
    shell.go(Place.VISITS)
    yield shell
    shell.hide()


@pytest.fixture
def page(window: Shell) -> Page:
    page = window.page(Place.VISITS)
    assert isinstance(page, VisitsPage)
    return page
