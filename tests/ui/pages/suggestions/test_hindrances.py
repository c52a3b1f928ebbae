"""What once stood in somebody's way from the first issue to the last reply, and must not again."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.domain.handling import Outcome
from app.domain.life import SuggestionState
from app.domain.people import Deputy
from app.domain.reply import Reply
from app.domain.review import TalkWay
from app.domain.suggestion import Suggestion
from app.domain.values import Id
from app.queries.record import record_of
from app.queries.suggestion_signing import preparation
from app.use_cases.issues import name_unit
from app.workspace import Workspace
from tests.builders import a_body_revision, a_deputy, save
from tests.ui.keyboard import bring_up
from tests.ui.pages.suggestions.hands import a_draft, at_desk
from ui.dialogs.invite_dialog import InviteDialog
from ui.dialogs.signed_forms_dialog import SignedFormsDialog
from ui.pages.suggestions import SuggestionsPage
from ui.widgets.elided_link import ElidedLink

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def id(workspace: Workspace, lead: Deputy) -> Id:
    return a_draft(workspace, lead)


def test_ctrl_enter_saves_a_talk_while_it_is_written_and_the_suggestion_otherwise(
    page: SuggestionsPage, id: Id, workspace: Workspace
) -> None:
    at_desk(page, id)
    bring_up(page)
    signing = page.desk.signing
    signing.before.talk.click()
    form = signing.panel.talk
    form.unit.editor.show_ids((name_unit(workspace, "某某城管局").id,))
    form.way.editor.show_code(TalkWay.PHONE)
    form.account.editor.setFocus()
    QTest.keyClicks(form.account.editor, "ok")
    QTest.keyClick(form.account.editor, Qt.Key.Key_Return, CTRL)
    assert not signing.panel.is_open()
    assert [each.consultation.account for each in preparation(workspace, id).talks] == ["ok"]

    page.desk.form.text.setFocus()
    QTest.keyClicks(page.desk.form.text, "abc")
    QTest.keyClick(page.desk.form.text, Qt.Key.Key_Return, CTRL)
    assert "abc" in record_of(workspace, Suggestion, id).text


def test_ctrl_enter_asks_those_who_were_ticked(page: SuggestionsPage, id: Id, workspace: Workspace) -> None:
    save(workspace, a_deputy(workspace, "代表丙"))
    at_desk(page, id)
    page.desk.signers.several.click()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, InviteDialog)
    dialog.list.item(0).setCheckState(Qt.CheckState.Checked)
    bring_up(dialog)
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Return, CTRL)
    assert len(preparation(workspace, id).signers) == 1


def test_signed_forms_are_filed_from_here_too(page: SuggestionsPage) -> None:
    page.overview.forms.click()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SignedFormsDialog)
    dialog.reject()


def test_what_came_back_says_where_it_goes_on(page: SuggestionsPage, id: Id, workspace: Workspace) -> None:
    save(workspace, replace(record_of(workspace, Suggestion, id), state=SuggestionState.RETURNED))
    at_desk(page, id)
    steps = page.desk.handling.steps
    assert steps.nothing.isVisible()
    assert "修改" in steps.nothing.text()
    assert page.actions_offered()[-1].text() == "修改"


def links_in(waiting: QWidget) -> list[ElidedLink]:
    QApplication.processEvents()  # a new line is shown, an old one gone, with the next events
    return [each for each in waiting.findChildren(ElidedLink) if each.isVisible()]


def test_a_reply_for_an_unknown_suggestion_is_seen_until_its_suggestion_comes(
    page: SuggestionsPage, id: Id, workspace: Workspace, qtbot: QtBot
) -> None:
    page.refresh()
    assert page.overview.waiting.isHidden()
    unknown = workspace.clock.new_id()
    save(workspace, Reply(id=workspace.clock.new_id(), suggestion=unknown, number="某函7号", text="列入计划"))
    page.refresh()
    waiting = page.overview.waiting
    assert waiting.isVisible()
    assert "等待建议到达的事项" in [each.text() for each in waiting.findChildren(QLabel)]
    (link,) = links_in(waiting)
    assert "某函7号" in link.words
    body = workspace.clock.new_id()
    days = [date(2026, 6, day) for day in (1, 2, 3)]
    more = [Outcome(id=workspace.clock.new_id(), of=unknown, name=f"成果{on.day}", on=on) for on in days]
    with workspace.writing() as books:
        books.records.take_in([a_body_revision(workspace, body, each) for each in more])
    page.refresh()
    assert (len(links_in(waiting)), waiting.more.isVisible()) == (3, True)
    waiting.more.click()
    assert (len(links_in(waiting)), waiting.more.isVisible()) == (4, False)
    save(workspace, Suggestion(id=unknown, subject="后到的建议"))
    page.refresh()
    assert waiting.isHidden()
