"""The papers of a suggestion from the window: which are offered, what stands on them, a ledger of a year and as a table."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.papers import ALWAYS, AskedBy, PaperName, Span, month_named, year_span
from app.queries.suggestion_papers import OF_A_SUGGESTION
from app.use_cases.papers import Asked
from app.workspace import Workspace
from tests.handled_suggestion import handled
from tests.ui.pages.suggestions.hands import a_draft
from ui.dialogs.paper_dialog import PaperDialog
from ui.dialogs.suggestion_papers_dialog import SuggestionPapersDialog
from ui.page import Workbench

LEDGERS = (PaperName.SUGGESTION_LEDGER, PaperName.COMMITMENT_LEDGER, PaperName.AWARD_LEDGER)
EMPTY = {each for each in PaperName if each.asked_by is AskedBy.RECORD_OR_NOTHING}
BETWEEN_UNITS = {
    PaperName.SUGGESTION_SLIP,
    PaperName.REPLY_SHEET,
    PaperName.RETURN_APPLICATION,
    PaperName.EXTENSION_APPLICATION,
}


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """What the dialog stands over; it goes by itself where it closes."""
    made = QWidget()
    qtbot.addWidget(made)
    return made


def opened(window: QWidget, bench: Workbench, id: str) -> SuggestionPapersDialog:
    dialog = SuggestionPapersDialog(bench, id, "关于路灯的建议", window)
    dialog.show()
    return dialog


def test_a_draft_offers_what_needs_no_unit_and_says_why_the_rest_waits(window: QWidget, bench: Workbench) -> None:
    dialog = opened(window, bench, a_draft(bench.workspace))
    assert {name for name, each in dialog.papers.items() if not each.isEnabled()} == BETWEEN_UNITS
    assert dialog.told.isVisible()


def test_every_paper_of_an_assigned_suggestion_can_be_looked_at(
    qtbot: QtBot, window: QWidget, bench: Workbench, workspace: Workspace
) -> None:
    known = handled(workspace)
    dialog = opened(window, bench, known.suggestion.id)
    assert set(dialog.papers) == set(OF_A_SUGGESTION)
    assert all(each.isEnabled() for each in dialog.papers.values())
    assert not dialog.told.isVisible()
    for name in dialog.papers:
        paper = PaperDialog(bench, Asked(name=name, id=known.suggestion.id))
        qtbot.addWidget(paper)
        assert paper.view.pages() >= 1, name


def test_ledgers_and_empty_forms_are_there_without_a_suggestion(window: QWidget, bench: Workbench) -> None:
    dialog = opened(window, bench, "")
    chosen: list[Asked] = []
    dialog.chosen.connect(chosen.append)
    assert (set(dialog.ledgers), set(dialog.empty)) == (set(LEDGERS), EMPTY)
    assert not any(each.isVisible() for each in dialog.papers.values())
    dialog.empty[PaperName.EVALUATION_FORM].click()
    assert chosen == [Asked(name=PaperName.EVALUATION_FORM)]


def test_enter_takes_the_official_form(window: QWidget, bench: Workbench) -> None:
    id = a_draft(bench.workspace)
    dialog = opened(window, bench, id)
    chosen: list[Asked] = []
    dialog.chosen.connect(chosen.append)
    assert dialog.papers[PaperName.SUGGESTION].isDefault()
    dialog.papers[PaperName.SUGGESTION].click()
    assert chosen == [Asked(name=PaperName.SUGGESTION, id=id)]


@pytest.mark.parametrize("name", LEDGERS)
def test_a_ledger_is_of_the_year_chosen_and_saved_as_a_table(
    qtbot: QtBot, bench: Workbench, workspace: Workspace, tmp_path: Path, name: PaperName
) -> None:
    handled(workspace)
    dialog = PaperDialog(bench, Asked(name=PaperName(name)))
    qtbot.addWidget(dialog)
    tools = dialog.ledger
    assert tools
    listed = {PaperName.SUGGESTION_LEDGER: 1, PaperName.COMMITMENT_LEDGER: 2, PaperName.AWARD_LEDGER: 0}
    assert (tools.span(), dialog._paper and dialog._paper.records) == (ALWAYS, listed[name])
    tools.days.setCurrentIndex(tools.days.findText("2023"))
    assert tools.span() == year_span(2023)
    assert dialog._paper
    assert dialog._paper.records == 0
    tools.days.setCurrentIndex(0)
    tools.save_to(tmp_path / "台账.xlsx")
    assert (tmp_path / "台账.xlsx").read_bytes().startswith(b"PK")
    assert "台账.xlsx" in dialog.feedback.words
    (tmp_path / "a file").write_text("")
    tools.save_to(tmp_path / "a file" / "台账.xlsx")
    assert "台账.xlsx" not in dialog.feedback.words or "a file" in dialog.feedback.words
    assert tools.save_button.isEnabled()


def test_a_ledger_begins_with_the_days_of_its_list_and_offers_months(qtbot: QtBot, bench: Workbench) -> None:
    span = Span(first=date(2025, 3, 4), last=date(2025, 6, 7))
    dialog = PaperDialog(bench, Asked(name=PaperName.VISIT_LOG, span=span))
    qtbot.addWidget(dialog)
    tools = dialog.ledger
    assert tools
    assert tools.span() == span
    assert tools.days.currentText() == "2025-03-04 – 2025-06-07"
    months = [
        tools.days.itemText(place) for place in range(tools.days.count()) if len(tools.days.itemText(place)) == len("2026-11")
    ]
    today = bench.workspace.clock.today().date()
    assert months[0] == f"{today:%Y-%m}"
    assert len(months) == 12
    tools.days.setCurrentIndex(tools.days.findText(months[0]))
    assert tools.span() == month_named(months[0])


def test_other_papers_have_no_year(qtbot: QtBot, bench: Workbench) -> None:
    dialog = PaperDialog(bench, Asked(name=PaperName.EVALUATION_FORM))
    qtbot.addWidget(dialog)
    assert dialog.ledger is None
