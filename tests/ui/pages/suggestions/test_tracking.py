"""What is tracked, in the window: the list, one item, what becomes of it, the units; and the deputy's sealed evaluation."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.life import SuggestionEvent, SuggestionState
from app.domain.people import Deputy
from app.domain.reply import ClassChange, Reply, ReplyScheme
from app.domain.satisfaction import Satisfaction
from app.domain.suggestion import Suggestion
from app.domain.tracking import WatchEntry
from app.domain.unit import Unit
from app.domain.values import Id
from app.keys import deputy_key
from app.queries.record import record_of
from app.queries.tracking import TrackedGroup, tracked, tracked_card
from app.use_cases.drafts import drafts
from app.use_cases.evaluations import evaluation_stand, open_evaluation
from app.use_cases.tracking import unsaved_turn, unsaved_watch, watch
from app.workspace import Workspace
from tests.builders import save
from tests.ui.pages.suggestions.hands import a_draft
from ui.dialogs.evaluation_dialog import EvaluationDialog, SealedDialog
from ui.page import Workbench
from ui.pages.suggestions import SuggestionsPage
from ui.pages.suggestions.tracked_card import WatchDialog
from ui.undoing import undo_change

PIN = "135790"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deputy_key, "_KIB", 64)


@pytest.fixture
def reply(workspace: Workspace, lead: Deputy) -> Reply:
    """A planned answer to a suggestion of an earlier year."""
    id = a_draft(workspace, lead, subject="关于河堤的建议", year=2024)
    unit = Unit(id=workspace.clock.new_id(), name="示例水利局")
    made = Reply(
        id=workspace.clock.new_id(),
        suggestion=id,
        unit=unit.id,
        round=1,
        scheme=ReplyScheme.HUNAN_3,
        reply_class="B",
        replied_on=date(2024, 6, 1),
        text="列入明年计划",
    )
    save(workspace, unit, made, replace(record_of(workspace, Suggestion, id), state=SuggestionState.REPLIED))
    return made


@pytest.fixture
def item(workspace: Workspace, reply: Reply) -> Id:
    return watch(workspace, WatchEntry(reply=reply.id, promise="明年修好河堤", watch_on=date(2026, 6, 1))).id


def shown(page: SuggestionsPage) -> SuggestionsPage:
    page.overview.tracking.click()
    return page


def test_a_planned_answer_is_put_under_watch_from_the_notice(page: SuggestionsPage, workspace: Workspace, reply: Reply) -> None:
    assert shown(page).heading() == "计划与承诺跟踪"
    assert page.tracking.notice.words == "有1件计划解决的答复尚未列入跟踪。"
    page.tracking.notice.findChildren(type(page.tracking.by_unit))[0].click()
    page.refresh()
    assert (page.tracking.table.total, page.tracking.notice.words) == (1, "")
    assert tracked(workspace).total == 1
    assert page.go_back()
    assert not page.at_tracking()


def test_an_item_is_struck_off_and_taken_back(page: SuggestionsPage, workspace: Workspace, item: Id, bench: Workbench) -> None:
    view = shown(page).tracking
    assert view.item.promise.text() == "明年修好河堤"
    assert list(view.item.deeds) == [ClassChange.RESOLVED, ClassChange.TRACKING, ClassChange.POLICY_CHANGED]
    view.item.deeds[ClassChange.RESOLVED].click()
    view.item.form.save.click()
    assert view.item.form.reason.problem.text()
    view.item.form.reason.editor.setPlainText("已完工")
    view.item.form.evidence.editor.setPlainText("验收单")
    QTest.keyClick(view.item.form.reason.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    page.refresh()
    assert tracked_card(workspace, item).row.now_class == "A"
    assert (view.table.total, view.filters[TrackedGroup.STRUCK_OFF].text()) == (0, "已销号 1")
    view.filters[TrackedGroup.STRUCK_OFF].click()
    assert list(view.item.deeds) == [ClassChange.RETROSPECTIVE_CHECK]
    undo_change(bench, page, page.undoable(), then=page.undone)
    assert tracked_card(workspace, item).row.now_class == "B"


def test_what_is_typed_for_an_item_is_kept_and_offered_again(page: SuggestionsPage, workspace: Workspace, item: Id) -> None:
    view = shown(page).tracking
    view.item.begin(ClassChange.POLICY_CHANGED)
    view.item.form.reason.editor.setPlainText("规划调整")
    assert page.undoable() == "", "while something is typed, nothing is taken back"
    page.keep()
    kept = unsaved_turn(workspace, item)
    assert kept is not None
    assert kept.reason == "规划调整"
    assert page.go_back()
    assert not view.item.form_open()
    page.begin(f"restore:commitment:{item}")
    assert view.item.form_open()
    assert view.item.form.reason.editor.toPlainText() == "规划调整"


def test_the_units_tell_who_has_cleared_theirs_and_lead_to_what_is_open(page: SuggestionsPage, item: Id) -> None:
    view = shown(page).tracking
    view.by_unit.click()
    (unit,) = view.units.rows
    assert (unit.open, unit.cleared, unit.overdue) == (1, False, 1)
    assert "继续跟踪1件" in view.sum.text()
    view.units_view.opened.emit(unit)
    assert [row.id for row in view.table.rows] == [item]


def test_a_search_or_todays_list_opens_the_item_in_its_place(page: SuggestionsPage, item: Id) -> None:
    page.open_record(item)
    assert page.at_tracking()
    assert page.tracking.item.id == item


def test_a_promise_is_typed_kept_and_tracked(page: SuggestionsPage, workspace: Workspace, reply: Reply, qtbot: QtBot) -> None:
    page.refresh()
    page.overview.detail.tracked.watch_reply(reply)
    (dialog,) = page.findChildren(WatchDialog)
    dialog.promise.editor.setPlainText("三年修完")
    dialog.reject()
    kept = unsaved_watch(workspace, reply.id)
    assert kept is not None
    assert kept.promise == "三年修完"
    page.begin(f"restore:commitment:watch:{reply.id}")
    again = page.findChildren(WatchDialog)[-1]
    assert again.promise.editor.toPlainText() == "三年修完"
    again.save()
    assert [row.promise for row in tracked(workspace).rows] == ["三年修完"]
    assert drafts(workspace) == []


def test_the_deputy_seals_and_reads_and_the_card_tells_nothing(page: SuggestionsPage, workspace: Workspace, reply: Reply) -> None:
    page.refresh()
    page.overview.point_at(reply.suggestion)
    page.overview.refresh()
    card = page.overview.detail.evaluation
    assert card.isVisible()
    card.ask_deputy()
    (dialog,) = page.findChildren(EvaluationDialog)
    dialog.seal()
    assert dialog.attitude.problem.text()
    dialog.attitude.editor.buttons[Satisfaction.SATISFIED].click()
    dialog.outcome.editor.buttons[Satisfaction.DISSATISFIED].click()
    dialog.opinion.editor.setPlainText("没有办成")
    for field in (dialog.pin, dialog.again):
        field.editor.setText(PIN)
    assert drafts(workspace) == [], "nothing is kept before it is sealed"
    dialog.seal()
    stand = evaluation_stand(workspace, reply.suggestion)
    assert open_evaluation(workspace, stand.evaluation, PIN).verdict.opinion == "没有办成"
    page.refresh()
    assert "不满意" not in card.words.text()
    card.open_button.click()
    (read,) = page.findChildren(SealedDialog)
    read.pin.editor.setText("246802")
    read.unseal()
    assert read.pin.problem.text()
    read.pin.editor.setText(PIN)
    read.unseal()
    assert read.title.text() == "关于河堤的建议"


def test_who_is_dissatisfied_may_let_this_alone_be_known(page: SuggestionsPage, workspace: Workspace, reply: Reply) -> None:
    page.refresh()
    card = page.overview.detail.evaluation
    assert not card.again.isVisible()
    card.ask_deputy()
    (dialog,) = page.findChildren(EvaluationDialog)
    dialog.attitude.editor.buttons[Satisfaction.SATISFIED].click()
    dialog.outcome.editor.buttons[Satisfaction.SATISFIED].click()
    assert not dialog.again_asked.isVisible(), "who is content is not asked"
    dialog.outcome.editor.buttons[Satisfaction.DISSATISFIED].click()
    assert dialog.again_asked.isVisible()
    assert not dialog.again_asked.editor.isChecked(), "nothing is ticked for the deputy"
    dialog.again_asked.editor.setChecked(True)
    dialog.opinion.editor.setPlainText("没有办成")
    for field in (dialog.pin, dialog.again):
        field.editor.setText(PIN)
    dialog.seal()
    page.refresh()
    assert card.again.isVisible()
    assert next(iter(page.overview.detail.handling.steps.deeds)) is SuggestionEvent.REHANDLE


def test_an_envelope_is_entered_by_its_day(page: SuggestionsPage, workspace: Workspace, reply: Reply) -> None:
    page.refresh()
    card = page.overview.detail.evaluation
    card.envelope.click()
    card.day.show_day(date(2026, 11, 19))
    card.note.click()
    assert evaluation_stand(workspace, reply.suggestion).returned_on == date(2026, 11, 19)


def test_a_topic_raised_before_is_told_beside_the_list(page: SuggestionsPage, workspace: Workspace, reply: Reply) -> None:
    later = a_draft(workspace, subject="关于河堤的建议", year=2026)
    a_draft(workspace, subject="关于小学门口人行天桥的建议", year=2025)
    page.refresh()
    page.overview.point_at(later)
    page.overview.refresh()
    card = page.overview.detail.repeated
    assert card.isVisible()
    assert "2个年度" in card.words.text()
