"""Two hands at one suggestion: both versions stand side by side, and a person decides."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.domain.people import Deputy
from app.domain.values import Id
from app.queries.suggestion_card import suggestion_sheet
from app.use_cases.drafts import drafts
from app.use_cases.suggestions import amend_suggestion, submit_sheet
from app.workspace import Workspace
from tests.ui.pages.suggestions.hands import a_draft, at_desk
from ui.pages.suggestions import SuggestionsPage

LONG = "东街的路灯坏了三个月。" * 20


@pytest.fixture
def id(workspace: Workspace, lead: Deputy) -> Id:
    return a_draft(workspace, lead, text=LONG)


@pytest.fixture
def desk(page: SuggestionsPage, id: Id, workspace: Workspace) -> SuggestionsPage:
    """Our words at the end of the text, theirs saved meanwhile."""
    at_desk(page, id)
    page.desk.form.text.show_text(f"{LONG}我方。")
    theirs = suggestion_sheet(workspace, id)
    amend_suggestion(workspace, replace(theirs, suggestion=replace(theirs.suggestion, text=f"{LONG}他方。")))
    return page


def cells(page: SuggestionsPage) -> list[str]:
    return [each.text() for each in page.desk.stale.findChildren(QLabel) if each.isVisible()]


def test_what_differs_is_seen_though_the_texts_are_long(desk: SuggestionsPage) -> None:
    desk.desk.save()
    shown = cells(desk)
    assert [each[-3:] for each in shown if each.startswith("…")] == ["我方。", "他方。"]
    assert all(len(each) < 40 for each in shown if each.startswith("…"))
    assert desk.desk.form.text.text().endswith("我方。")


def test_ours_is_saved_on_top_of_theirs(desk: SuggestionsPage, id: Id, workspace: Workspace) -> None:
    desk.desk.save()
    desk.desk.stale.ours.click()
    assert suggestion_sheet(workspace, id).suggestion.text.endswith("我方。")
    assert (desk.desk.stale.isHidden(), desk.desk.dirty()) == (True, False)


def test_theirs_is_taken_and_no_draft_is_left(desk: SuggestionsPage, workspace: Workspace) -> None:
    desk.desk.keep()
    assert drafts(workspace)
    desk.desk.save()
    desk.desk.stale.theirs.click()
    assert desk.desk.form.text.text().endswith("他方。")
    assert (desk.desk.dirty(), drafts(workspace)) == (False, [])


def test_what_was_submitted_meanwhile_can_only_be_taken(
    page: SuggestionsPage, id: Id, workspace: Workspace, qtbot: QtBot
) -> None:
    at_desk(page, id)
    page.desk.form.text.show_text(f"{LONG}我方。")
    submit_sheet(workspace, suggestion_sheet(workspace, id))
    page.desk.save()
    assert (page.desk.stale.ours.isHidden(), page.desk.stale.theirs.isHidden()) == (True, False)
    page.desk.stale.theirs.click()
    assert page.desk.frozen()
