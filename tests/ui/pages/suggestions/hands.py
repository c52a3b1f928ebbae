"""What a person does at the place of suggestions, and the records that are there for it."""

from concurrent.futures import Executor, Future
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.issue import Issue
from app.domain.people import Deputy
from app.domain.suggestion import PublicityWish
from app.domain.values import Id
from app.use_cases.suggestions import amend_suggestion, new_sheet
from app.workspace import Workspace
from tests.builders import a_deputy, an_encounter, an_issue, save
from ui.page import Workbench
from ui.pages.suggestions import SuggestionsPage


class Held(Executor):
    """Keeps what is asked until a test lets it be answered."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Future[Any], Any]] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.waiting.append((future, lambda: fn(*args, **kwargs)))
        return future

    def answer(self, number: int) -> None:
        """Answer one of those that wait."""
        future, work = self.waiting[number]
        future.set_result(work())


@pytest.fixture
def lead(workspace: Workspace) -> Deputy:
    deputies = [a_deputy(workspace, "代表甲", deputy_card_no="HN-1"), a_deputy(workspace, "代表乙", deputy_card_no="HN-2")]
    save(workspace, *deputies)
    return deputies[0]


@pytest.fixture
def issues(workspace: Workspace) -> list[Issue]:
    resident = an_encounter(workspace, "群众甲", village="幸福社区")
    made = [an_issue(workspace, "路灯不亮", words="东街路灯不亮", encounter=resident.id), an_issue(workspace, "停水")]
    save(workspace, resident, *made)
    return made


@pytest.fixture
def page(bench: Workbench, qtbot: QtBot, lead: Deputy, issues: list[Issue]) -> SuggestionsPage:
    made = SuggestionsPage(bench)
    qtbot.addWidget(made)
    qtbot.addWidget(bench.feedback)
    made.resize(1150, 660)
    made.show()
    made.activateWindow()
    made.refresh()
    return made


def a_draft(workspace: Workspace, lead: Deputy | None = None, text: str = "一、情况\n路灯不亮", **told: Any) -> Id:
    begun = new_sheet(workspace)
    told = {"subject": "关于路灯的建议", "publicity_wish": PublicityWish.FULL_TEXT, **told}
    whole = replace(begun.suggestion, text=text, lead_deputy=lead.id if lead else "", **told)
    return amend_suggestion(workspace, replace(begun, suggestion=whole)).sheet.id


def at_desk(page: SuggestionsPage, id: Id) -> SuggestionsPage:
    page.refresh()
    page.open_record(id)
    return page


def paste(page: SuggestionsPage, text: str) -> None:
    source = QMimeData()
    source.setText(text)
    page.desk.form.text.insertFromMimeData(source)


def commit(widget: QWidget, text: str, composing: str = "") -> None:
    """What an input method does: it shows what is being composed, and hands over what is ready."""
    event = QInputMethodEvent(composing, [])
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def buttons(rows: QLayout) -> list[QPushButton]:
    """The buttons of the first row."""
    item = rows.itemAt(0)
    row = item.widget() if item else None
    assert row
    return row.findChildren(QPushButton)


def offered(page: SuggestionsPage) -> list[str]:
    return [action.text() for action in page.actions_offered()]
