"""Dialogs keep what is typed: shown again when they are opened anew, offered on the page of drafts, forgotten once saved."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from app.domain.papers import Span
from app.domain.people import Deputy
from app.domain.review import TalkWay
from app.domain.rota import RotaPlan
from app.domain.suggestion import Suggestion
from app.queries.rota import rota
from app.queries.unfinished import draft_previews
from app.use_cases.drafts import drafts, keep_draft
from app.use_cases.invitation_drafts import invitation_key
from app.use_cases.mandate_drafts import deputy_of, mandate_key, unsaved_end
from app.use_cases.rota import plan_receptions
from app.use_cases.rota_drafts import PLAN_KEY, day_key, day_of, unsaved_day, unsaved_plan
from app.workspace import Workspace
from tests.builders import a_deputy, save
from ui.dialogs.end_mandate_dialog import EndMandateDialog
from ui.dialogs.invite_dialog import InviteDialog
from ui.dialogs.rota_day_dialog import RotaDayDialog
from ui.dialogs.rota_plan_dialog import RotaPlanDialog
from ui.page import Workbench

PLAN = RotaPlan(first=date(2026, 12, 1), last=date(2026, 12, 31), place="接待室")


@pytest.fixture
def deputy(bench: Workbench) -> Deputy:
    made = a_deputy(bench.workspace, "代表甲")
    save(bench.workspace, made)
    return made


def keys(workspace: Workspace) -> list[str]:
    return [each.key for each in drafts(workspace)]


def test_a_plan_is_kept_shown_again_and_forgotten_once_saved(bench: Workbench, qtbot: QtBot, deputy: Deputy) -> None:
    first = RotaPlanDialog(bench)
    qtbot.addWidget(first)
    assert not first.keeper.pending()
    typed = replace(first.form.read(), first=PLAN.first, last=PLAN.last, theme="听取意见", deputies=(deputy.id,))
    first.form.show_plan(typed)
    assert first.keeper.pending()
    first.keeper.timer.timeout.emit()
    assert unsaved_plan(bench.workspace) == typed
    [preview] = draft_previews(bench.workspace)
    told = {each.field: each.value for piece in preview.pieces for each in piece.fields}
    assert (told["theme"], told["deputies"]) == ("听取意见", ("代表甲",))

    second = RotaPlanDialog(bench)
    qtbot.addWidget(second)
    assert second.form.read() == typed
    assert second.feedback.words
    second.save_button.click()
    assert len(rota(bench.workspace, Span(first=PLAN.first))) == 1
    assert keys(bench.workspace) == []


def test_a_plan_begun_before_is_begun_anew(bench: Workbench, qtbot: QtBot) -> None:
    first = RotaPlanDialog(bench)
    qtbot.addWidget(first)
    usual = first.form.read()
    first.form.theme.editor.setText("听取意见")
    first.reject()
    assert keys(bench.workspace) == [PLAN_KEY]
    second = RotaPlanDialog(bench)
    qtbot.addWidget(second)
    second.feedback.deed.click()
    assert second.form.read() == usual
    second.reject()
    assert keys(bench.workspace) == []


def test_the_change_of_a_day_is_kept_under_that_day(bench: Workbench, qtbot: QtBot) -> None:
    workspace = bench.workspace
    plan_receptions(workspace, replace(PLAN, last=date(2027, 1, 31)))
    one, other = rota(workspace, Span(first=PLAN.first))
    first = RotaDayDialog(bench, one)
    qtbot.addWidget(first)
    first.place.editor.setText("社区礼堂")
    first.reject()
    assert keys(workspace) == [day_key(one.id)]
    kept = unsaved_day(workspace, one.id)
    assert kept == first.read()
    beside = RotaDayDialog(bench, other)
    qtbot.addWidget(beside)
    assert beside.place.editor.text() == "接待室"
    second = RotaDayDialog(bench, one)
    qtbot.addWidget(second)
    assert second.place.editor.text() == "社区礼堂"
    second.save_button.click()
    assert rota(workspace, Span(first=PLAN.first))[0].place == "社区礼堂"
    assert keys(workspace) == []


def test_the_end_of_a_mandate_is_kept_under_that_deputy(bench: Workbench, qtbot: QtBot, deputy: Deputy) -> None:
    first = EndMandateDialog(bench, deputy)
    qtbot.addWidget(first)
    first.on.editor.show_day(date(2026, 10, 1))
    first.reason.editor.setCurrentText("工作调动")
    first.reject()
    assert unsaved_end(bench.workspace, deputy.id) == first.read()
    [preview] = draft_previews(bench.workspace)
    told = {each.field: each.value for piece in preview.pieces for each in piece.fields}
    assert (told["name"], told["ended_reason"]) == ("代表甲", "工作调动")
    second = EndMandateDialog(bench, deputy)
    qtbot.addWidget(second)
    assert second.read() == first.read()
    second.save_button.click()
    assert keys(bench.workspace) == []


def test_an_invitation_is_kept_and_forgotten_once_sent(bench: Workbench, qtbot: QtBot, deputy: Deputy) -> None:
    suggestion = Suggestion(id=bench.workspace.clock.new_id(), subject="关于路灯的建议")
    save(bench.workspace, suggestion)
    first = InviteDialog(bench, suggestion.id)
    qtbot.addWidget(first)
    first.all.click()
    first.told.editor.show_text("请看附件中的文本。")
    first.way.editor.show_code(TalkWay.PHONE)
    typed = first.read(), first.ticked()
    first.reject()
    assert keys(bench.workspace) == [invitation_key(suggestion.id)]
    [preview] = draft_previews(bench.workspace)
    assert "请看附件中的文本。" in [each.value for piece in preview.pieces for each in piece.fields]
    second = InviteDialog(bench, suggestion.id)
    qtbot.addWidget(second)
    assert (second.read(), second.ticked()) == typed
    assert second.ticked() == (deputy.id,)
    second.feedback.deed.click()
    assert (second.ticked(), second.read().told, keys(bench.workspace)) == ((), "", [])
    second.all.click()
    second.ask.click()
    assert keys(bench.workspace) == []


def test_keys_tell_whose_they_are() -> None:
    assert [day_of(each) for each in (day_key("1"), PLAN_KEY, "x")] == ["1", "", ""]
    assert [deputy_of(each) for each in (mandate_key("1"), "mandat", "")] == ["1", "", ""]


@pytest.mark.parametrize("body", [{"first": "2026"}, {"on": "heute"}, {"ended_on": "?"}, {"newer": 1}])
def test_what_a_newer_program_kept_is_left_alone(bench: Workbench, body: dict[str, str]) -> None:
    workspace = bench.workspace
    unread: dict[str, Callable[[], object]] = {
        PLAN_KEY: lambda: unsaved_plan(workspace),
        day_key("1"): lambda: unsaved_day(workspace, "1"),
        mandate_key("1"): lambda: unsaved_end(workspace, "1"),
    }
    for key, read in unread.items():
        keep_draft(workspace, key, "visit", body)
        assert read() is None
    assert set(keys(workspace)) == set(unread)
