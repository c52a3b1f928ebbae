"""Ctrl+Z: the text's own undo first, then the record in sight; what was done is said, with the way back."""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLabel

from app.domain.issue import Issue
from app.domain.issue_steps import StepEntry
from app.domain.life import IssueEvent, IssueState
from app.domain.people import Operator
from app.domain.suggestion import Suggestion
from app.queries.record import record_of
from app.use_cases.issues import step_issue
from app.use_cases.suggestions import draft_suggestion
from app.workspace import Workspace
from tests.builders import a_deputy, an_issue, save
from tests.ui.keyboard import bring_up, press, write
from tests.ui.visits_written import a_saved_reception
from ui.dialogs.history_dialog import HistoryDialog
from ui.places import Place
from ui.shell.shell import Shell

CTRL_Z = (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def issue_in_sight(shell: Shell, workspace: Workspace) -> Issue:
    """An issue that was accepted, shown with the keyboard in the list."""
    issue = an_issue(workspace, state=IssueState.REGISTERED)
    save(workspace, issue)
    step_issue(workspace, issue.id, IssueEvent.ACCEPT, StepEntry(on=workspace.clock.today().date()))
    bring_up(shell)
    shell.go(Place.ISSUES, issue.id)
    QCoreApplication.processEvents()
    return issue


def state_of(workspace: Workspace, issue: Issue) -> str:
    return record_of(workspace, Issue, issue.id).state


def test_the_key_takes_the_last_change_back_and_the_notice_makes_it_again(shell: Shell, workspace: Workspace) -> None:
    issue = issue_in_sight(shell, workspace)
    press(*CTRL_Z)
    assert state_of(workspace, issue) == IssueState.REGISTERED
    assert shell.feedback.words == "已撤销：群众意见「东街路灯不亮」（状态）。"
    assert shell.feedback.deed.text() == "恢复"
    shell.feedback.deed.click()
    assert state_of(workspace, issue) == IssueState.ACCEPTED
    assert shell.feedback.words == "已恢复修改：群众意见「东街路灯不亮」（状态）。"


def test_a_text_is_undone_first(shell: Shell, workspace: Workspace) -> None:
    issue = issue_in_sight(shell, workspace)
    typed = shell.page(Place.ISSUES).overview.typed  # type: ignore[attr-defined]  # the page of this place
    typed.setFocus()
    write("ab")
    press(*CTRL_Z)
    assert (typed.text(), state_of(workspace, issue)) == ("", IssueState.ACCEPTED)
    press(*CTRL_Z)
    assert state_of(workspace, issue) == IssueState.REGISTERED, "the text has nothing of its own to undo"


def test_what_goes_into_the_trash_is_said(shell: Shell, workspace: Workspace) -> None:
    saved = a_saved_reception(workspace)
    bring_up(shell)
    shell.go(Place.VISITS, saved.sheet.visit.id)
    QCoreApplication.processEvents()
    press(*CTRL_Z)
    assert "已放入回收站" in shell.feedback.words
    assert shell.page(Place.VISITS).undoable() == ""
    shell.feedback.deed.click()
    QCoreApplication.processEvents()
    assert shell.page(Place.VISITS).undoable() == saved.sheet.visit.id


def test_a_suggestion_goes_and_comes_back(shell: Shell, workspace: Workspace) -> None:
    lead = a_deputy(workspace)
    save(workspace, lead)
    drafted = draft_suggestion(workspace, title="关于路灯的建议", lead=lead.id, issues=(), text="请修路灯")
    save(workspace, replace(record_of(workspace, Suggestion, drafted.id), subject="关于路灯的建议（二）"))
    bring_up(shell)
    shell.go(Place.SUGGESTIONS)
    QCoreApplication.processEvents()
    press(*CTRL_Z)
    assert record_of(workspace, Suggestion, drafted.id).subject == "关于路灯的建议"


def test_on_the_first_page_there_is_nothing_to_undo(shell: Shell, workspace: Workspace) -> None:
    issue = issue_in_sight(shell, workspace)
    shell.go(Place.TODAY)
    press(*CTRL_Z)
    assert (state_of(workspace, issue), shell.feedback.words) == (IssueState.ACCEPTED, "")


def test_what_somebody_else_changed_is_undone_from_its_history_only(shell: Shell, workspace: Workspace) -> None:
    issue = issue_in_sight(shell, workspace)
    other = Operator(id=workspace.clock.new_id(), name="志愿者乙")
    save(workspace, other)
    save(workspace.acting_as(other.id), replace(record_of(workspace, Issue, issue.id), place="西街"))
    press(*CTRL_Z)
    assert "志愿者乙" in shell.feedback.words
    page = shell.page(Place.ISSUES)
    page.overview.detail.course.past.click()  # type: ignore[attr-defined]  # the page of this place
    dialog = page.findChild(HistoryDialog)
    assert dialog is not None
    assert "事发地点：（空） → 西街" in [each.text() for each in dialog.findChildren(QLabel)]
    assert dialog.lines.undo is not None
    dialog.lines.undo.click()
    assert record_of(workspace, Issue, issue.id).place == ""
    assert dialog.feedback.words == "已撤销：群众意见「东街路灯不亮」（事发地点）。"
    assert "群众意见　修改（撤销所致）" in [each.text() for each in dialog.findChildren(QLabel)]
