"""Printing at the place of suggestions: what is typed is saved before it is printed, ledgers need no suggestion."""

import pytest

from app.domain.papers import PaperName
from app.domain.people import Deputy
from app.queries.suggestion_card import suggestion_sheet
from app.use_cases.papers import Asked
from app.workspace import Workspace
from tests.ui.pages.suggestions.hands import a_draft, at_desk
from ui.dialogs.paper_dialog import PaperDialog
from ui.dialogs.suggestion_papers_dialog import SuggestionPapersDialog
from ui.pages.suggestions import SuggestionsPage


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Asked]:
    """The papers that were opened."""
    found: list[Asked] = []
    monkeypatch.setattr(PaperDialog, "__init__", lambda _self, _bench, what, _parent: found.append(what))
    monkeypatch.setattr(PaperDialog, "open", lambda _self: None)
    return found


def chooser(page: SuggestionsPage) -> SuggestionPapersDialog:
    next(action for action in page.actions_offered() if action.text() == "打印").trigger()
    return page.findChildren(SuggestionPapersDialog)[-1]


def test_the_list_prints_the_suggestion_under_the_cursor(
    page: SuggestionsPage, workspace: Workspace, lead: Deputy, asked: list[Asked]
) -> None:
    id = a_draft(workspace, lead)
    page.refresh()
    chooser(page).papers[PaperName.COSIGNATURE_PAGE].click()
    assert asked == [Asked(name=PaperName.COSIGNATURE_PAGE, id=id)]


def test_an_empty_list_prints_ledgers_and_empty_forms(page: SuggestionsPage, asked: list[Asked]) -> None:
    chooser(page).ledgers[PaperName.SUGGESTION_LEDGER].click()
    assert asked == [Asked(name=PaperName.SUGGESTION_LEDGER)]


def test_the_desk_saves_before_it_prints(page: SuggestionsPage, workspace: Workspace, lead: Deputy, asked: list[Asked]) -> None:
    id = a_draft(workspace, lead)
    at_desk(page, id).desk.form.title.setText("关于校门口照明的建议")
    chooser(page).papers[PaperName.SUGGESTION].click()
    assert suggestion_sheet(workspace, id).suggestion.subject == "关于校门口照明的建议"
    assert asked == [Asked(name=PaperName.SUGGESTION, id=id)]
