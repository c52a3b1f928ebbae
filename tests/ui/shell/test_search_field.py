"""The one search field: what was found first is there at once, how much there is in all is counted behind it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QListWidget
from pytestqt.qtbot import QtBot

from app.domain.paper_code import PrintMark, code_of
from tests.builders import an_issue, save
from ui.background import Background
from ui.page import Workbench
from ui.places import Place
from ui.shell.search_field import SearchField
from ui.shell.shell import Shell

Answer = Callable[[], None]


@pytest.fixture
def waiting(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> dict[str, Answer]:
    """Answers that are there and not told yet, by topic."""
    held: dict[str, Answer] = {}

    def ask(_asks: object, question: Callable[[], Any], told: Callable[[Any], None], *_failed: object, topic: str) -> None:
        held[topic] = lambda: told(question())

    monkeypatch.setattr(Background, "ask", lambda _self, *asked, **named: ask(*asked, **named))
    return held


@pytest.fixture
def field(bench: Workbench, waiting: dict[str, Answer], qtbot: QtBot) -> SearchField:
    save(bench.workspace, *(an_issue(bench.workspace, f"路灯{number}") for number in range(31)))
    made = SearchField(lambda: bench.workspace, bench.background)
    qtbot.addWidget(made)
    made.show()
    return made


def typed(field: SearchField, text: str) -> None:
    field.setText(text)
    field._pause.timeout.emit()


def sentence(field: SearchField) -> str:
    below = field.findChildren(QListWidget)[0].parentWidget()
    assert below
    return next(each.text() for each in below.findChildren(QLabel) if each.text())


def shown(field: SearchField) -> int:
    return field.findChildren(QListWidget)[0].count()


def test_the_first_are_shown_before_all_are_counted(field: SearchField, waiting: dict[str, Answer]) -> None:
    typed(field, "路灯")
    waiting["search"]()
    assert (shown(field), sentence(field)) == (31, "正在计数……")  # thirty, and the way to all of them
    waiting["search: total"]()
    assert sentence(field) == "找到 31 条记录。"


def test_few_are_counted_as_they_stand(field: SearchField, waiting: dict[str, Answer]) -> None:
    typed(field, "路灯30")
    waiting["search"]()
    assert (shown(field), sentence(field), "search: total" in waiting) == (2, "找到 1 条记录。", False)


def test_a_count_that_comes_too_late_is_not_told(field: SearchField, waiting: dict[str, Answer]) -> None:
    typed(field, "路灯")
    waiting["search"]()
    late = waiting["search: total"]
    typed(field, "路灯30")
    waiting["search"]()
    late()
    assert sentence(field) == "找到 1 条记录。"


def test_a_scanned_paper_opens_its_record_and_says_whether_it_still_holds(shell: Shell, qtbot: QtBot) -> None:
    workspace = shell.bench.workspace
    issue = an_issue(workspace, "路灯不亮")
    save(workspace, issue)
    mark = PrintMark(seat=workspace.author.by, line=1)
    typed(shell._search, code_of(issue.id, mark).lower())
    assert shell._search.text() == ""
    assert shell._place is Place.ISSUES
    assert "重新打印" in shell.feedback.words
    typed(shell._search, code_of(issue.id, replace(mark, line=10_000)))
    assert "没有改动" in shell.feedback.words
