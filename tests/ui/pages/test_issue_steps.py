"""What is typed for a step and not saved: kept, offered again after a crash, forgotten where nothing would be missed."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.life import IssueEvent, IssueState
from app.queries.today import today
from app.use_cases.drafts import drafts
from app.workspace import Workspace
from tests.builders import save
from tests.ui.pages.test_issues import issue_of, page, saved, shown
from ui.page import Workbench
from ui.pages.issues import IssuesPage
from ui.pages.today_cards import draft_told, place_of_draft
from ui.places import Place

__all__ = ["page"]  # the fixture

E, S = IssueEvent, IssueState


def test_what_was_typed_for_a_step_is_there_after_a_crash(
    page: IssuesPage, bench: Workbench, workspace: Workspace, qtbot: QtBot
) -> None:
    (id,) = saved(workspace, S.ACCEPTED)
    steps = shown(page).overview.detail.steps
    steps.begin(E.PROPOSE)
    QTest.keyClicks(steps.form.words.editor, "abc")
    assert steps._draft.pending
    steps._draft.keep_now()
    (draft,) = today(workspace).unfinished
    assert (place_of_draft(draft), draft_told(draft)) == (Place.ISSUES, f"办理过程 · {issue_of(workspace, id).subject}")
    again = IssuesPage(bench)
    qtbot.addWidget(again)
    again.show()
    again.begin(f"restore:{draft.key}")
    form = again.overview.detail.steps.form
    assert (form.step, form.words.editor.text()) == (E.PROPOSE, "abc")
    again.overview.detail.steps.save()
    assert (drafts(workspace), issue_of(workspace, id).proposed_handling) == ([], "abc")


def test_a_step_that_was_only_looked_at_leaves_no_draft(page: IssuesPage, workspace: Workspace) -> None:
    saved(workspace, S.ACCEPTED)
    steps = shown(page).overview.detail.steps
    steps.begin(E.PROPOSE)
    QTest.keyClicks(steps.form.words.editor, "a")
    steps.keep()
    QTest.keyClick(steps.form.words.editor, Qt.Key.Key_Backspace)
    assert steps.close_form()
    assert drafts(workspace) == []


def test_a_step_that_cannot_be_taken_any_more_is_forgotten(page: IssuesPage, workspace: Workspace) -> None:
    (id,) = saved(workspace, S.ACCEPTED)
    steps = shown(page).overview.detail.steps
    steps.begin(E.PROPOSE)
    QTest.keyClicks(steps.form.words.editor, "abc")
    steps.keep()
    save(workspace, replace(issue_of(workspace, id), state=S.CLOSED))
    steps.close_form()
    page.refresh()
    assert (steps.form_open(), drafts(workspace)) == (False, [])
