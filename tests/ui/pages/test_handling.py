"""Handling at the window: the unit's slip, what the hotline says, two matters side by side, results out of a spreadsheet."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from app.domain.issue import Issue, IssueResult, Route
from app.domain.life import IssueEvent, IssueState
from app.domain.matters import Likeness
from app.domain.papers import PaperName
from app.domain.values import Id
from app.queries.issue_card import issue_card
from app.queries.issue_list import issue_list
from app.queries.today import today
from app.use_cases.drafts import drafts
from app.use_cases.issues import name_unit
from app.use_cases.papers import Asked
from app.workspace import Workspace
from tests.builders import an_issue, save, written_csv
from tests.ui.pages.test_issues import issue_of, page, saved, shown
from ui.dialogs.compare_dialog import CompareDialog
from ui.dialogs.paper_dialog import PaperDialog
from ui.page import Workbench
from ui.pages.issues import IssuesPage
from ui.pages.issues.detail import Detail

__all__ = ["page"]  # the fixture

E, S, L = IssueEvent, IssueState, Likeness
REAL = os.environ.get("LIAISON_REAL_DATA", "")
WORDS = "东街菜场到示例小学这一段的路灯三个月不亮，老人不敢出门"
DAY = date(2026, 11, 20)


def detail(page: IssuesPage) -> Detail:
    return shown(page).overview.detail


def links(widget: Any) -> dict[str, QPushButton]:
    return {each.text(): each for each in widget.findChildren(QPushButton) if not each.isHidden()}


# --- slips --------------------------------------------------------------------------------------------------------------


def test_the_answer_on_the_unit_s_slip_is_entered_kept_and_shown(
    page: IssuesPage, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    (id,) = saved(workspace, S.APPROVED)
    name_unit(workspace, "示例市政站")
    steps, slips = detail(page).steps, page.overview.detail.slips
    assert slips.isHidden()
    steps.begin(E.ASSIGN)
    steps.form.unit.editor.field.setText("示例市政站")
    steps.form.slip.texts["feedback_required"].editor.setText("书面答复")
    assert steps.form.slip.sealed.isHidden()
    steps.save()
    assert not slips.isHidden()
    assert list(links(slips)) == ["打印交办单", "打印空白反馈单"]

    steps.begin(E.HANDLE)
    steps.form.slip.texts["basis"].editor.setText("示例规定")
    steps.form.slip.sealed.setChecked(True)
    steps.keep()
    assert [each.key for each in drafts(workspace)] == [f"step:{id}:handle"]
    steps.form.result.editor.show_code(IssueResult.SOLVED)
    steps.form.words.editor.show_text("已修好")
    steps.save()
    (line,) = issue_card(workspace, id).slips
    told = (line.slip.feedback_required, line.slip.basis, line.slip.sealed, line.slip.account)
    assert told == ("书面答复", "示例规定", True, "已修好")
    asked: list[Asked] = []
    monkeypatch.setattr(PaperDialog, "__init__", lambda _self, _bench, what, _parent: asked.append(what))
    monkeypatch.setattr(PaperDialog, "open", lambda _self: None)
    links(slips)["打印反馈单"].click()
    assert asked == [Asked(name=PaperName.FEEDBACK_SLIP, id=line.slip.id)]


def test_units_that_handle_it_too_are_chosen_and_their_opinion_is_asked(page: IssuesPage, workspace: Workspace) -> None:
    (id,) = saved(workspace, S.APPROVED)
    for name in ("示例市政站", "示例水务站"):
        name_unit(workspace, name)
    steps = detail(page).steps
    steps.begin(E.ASSIGN)
    steps.form.unit.editor.field.setText("示例市政站")
    others = steps.form.slip.co_units.editor
    others.field.setText("水务")
    others.field.editingFinished.emit()
    steps.keep()
    assert [each.key for each in drafts(workspace)] == [f"step:{id}:assign"]
    steps.save()
    assert "示例水务站" in [each.text() for each in page.overview.detail.slips.findChildren(QLabel)]
    steps.begin(E.HANDLE)
    opinion = steps.form.slip.texts["co_handler_opinion"]
    assert (opinion.isHidden(), steps.form.slip.co_units.isHidden()) == (False, True)
    opinion.editor.setText("水务站已关阀")
    steps.form.result.editor.show_code(IssueResult.SOLVED)
    steps.form.words.editor.show_text("已修好")
    steps.save()
    (line,) = issue_card(workspace, id).slips
    assert (line.co_units, line.slip.co_handler_opinion) == ("示例水务站", "水务站已关阀")


# --- the hotline --------------------------------------------------------------------------------------------------------


def handed(workspace: Workspace, number: str = "") -> Id:
    (id,) = saved(workspace, S.REFERRED, route=Route.HOTLINE_12345, work_order=number)
    return id


def test_what_the_hotline_says_is_entered_beside_the_issue(page: IssuesPage, workspace: Workspace) -> None:
    id = handed(workspace)
    card = detail(page).hotline
    assert not card.isHidden()
    card.enter.click()
    card.form.accepted.editor.setText("不是日子")
    card.save_entry()
    assert card.form.accepted.problem.text()
    card.form.accepted.editor.setText("11-21")
    card.save_entry()
    assert card.form.number.problem.text() == "请填写工单编号。"
    card.form.number.editor.setText("12345-9")
    card.form.account.editor.show_text("已修好")
    card.form.told.editor.setText("2026-11-21")
    card.save_entry()
    stands = issue_of(workspace, id)
    assert (stands.work_order, stands.work_order_on, stands.state) == ("12345-9", date(2026, 11, 21), S.FED_BACK)
    assert (card.form_open(), stands.feedback) == (False, "已修好")
    page.bench.feedback.deed.click()
    assert issue_of(workspace, id).work_order == ""


def test_what_was_typed_of_the_hotline_is_there_after_a_crash_and_where_it_was_given_up_is_not(
    page: IssuesPage, bench: Workbench, workspace: Workspace
) -> None:
    id = handed(workspace)
    card = detail(page).hotline
    card.enter.click()
    QTest.keyClicks(card.form.number.editor, "77")
    page.keep()
    (draft,) = today(workspace).unfinished
    again = IssuesPage(bench)
    again.show()
    again.begin(f"restore:{draft.key}")
    restored = again.overview.detail.hotline
    assert (restored.form_open(), restored.form.read().number) == (True, "77")
    restored.close_button.click()
    assert (drafts(workspace), restored.form_open(), issue_of(workspace, id).work_order) == ([], False, "")
    again.close()


def test_the_list_is_narrowed_to_what_is_with_the_hotline(page: IssuesPage, workspace: Workspace) -> None:
    id = handed(workspace)
    saved(workspace, S.REGISTERED)
    overview = shown(page).overview
    assert overview.hotline.text() == "热线 1"
    overview.hotline.click()
    assert [each.id for each in overview.table.rows] == [id]
    overview.hotline.click()
    assert len(overview.table.rows) == 2


# --- two matters --------------------------------------------------------------------------------------------------------


def alike(workspace: Workspace) -> tuple[Id, Id]:
    issues = [an_issue(workspace, name, words=WORDS, state=S.REGISTERED, received_on=DAY) for name in ("甲事", "乙事")]
    save(workspace, *issues)
    return issues[0].id, issues[1].id


def compared(page: IssuesPage) -> CompareDialog:
    similar = page.overview.detail.similar
    similar.timer.timeout.emit()
    links(similar)["对照"].click()
    return similar.findChildren(CompareDialog)[-1]


def test_two_matters_side_by_side_are_said_to_be_related_different_or_the_same(page: IssuesPage, workspace: Workspace) -> None:
    first, second = alike(workspace)
    page.refresh()
    page.open_record(first)
    shown_here = page.overview.detail
    dialog = compared(page)
    assert (dialog.ours.title.text(), dialog.theirs.title.text()) == ("甲事", "乙事")
    assert "<u>" in dialog.theirs.words.text()
    dialog.related.click()
    assert [each.id for each in issue_card(workspace, second).related] == [first]
    links(shown_here.related)["取消关联"].click()
    assert issue_card(workspace, second).related == ()

    compared(page).different.click()
    assert issue_of(workspace, first).different == (second,)
    shown_here.similar.timer.timeout.emit()
    links(shown_here.similar)["取消"].click()
    assert issue_of(workspace, first).different == ()

    compared(page).same.click()
    assert (issue_of(workspace, first).state, issue_of(workspace, first).merged_into) == (S.MERGED, second)
    page.open_record(second)
    assert [each.title for each in page.overview.detail.card.joined] == ["甲事"] if page.overview.detail.card else False
    page.open_record(first)
    shown_here.steps.begin(E.UNMERGE)
    shown_here.steps.form.words.editor.show_text("不是同一处")
    shown_here.steps.save()
    assert (issue_of(workspace, first).state, issue_of(workspace, first).merged_into) == (S.REGISTERED, "")


def test_a_word_about_a_matter_being_noted_waits_with_its_draft(page: IssuesPage, workspace: Workspace) -> None:
    first, _second = alike(workspace)
    page.begin("note")
    desk = page.desk
    desk.form.anonymous.setChecked(True)
    desk.form.matter.words.editor.show_text(WORDS)
    desk.similar.timer.timeout.emit()
    desk.similar.judged.emit(first, L.SAME)
    desk.similar.ask()
    assert "保存时并入：甲事" in links(desk.similar)
    assert issue_list(workspace).total == 2
    desk.keep()
    (draft,) = today(workspace).unfinished
    desk.leave()
    page.begin(f"restore:{draft.key}")
    assert desk.form.read().issue.merged_into == first
    desk.save()
    assert [each.title for each in issue_card(workspace, first).joined] == [replace(Issue(id=""), words=WORDS).title()]


# --- results ------------------------------------------------------------------------------------------------------------


def figures(page: IssuesPage) -> list[str]:
    return [page.imports.outcome.figures[name].text() for name in ("read", "imported", "repeated", "refused")]


def test_results_are_taken_in_and_back(page: IssuesPage, workspace: Workspace, tmp_path: Path) -> None:
    id = handed(workspace, "A1")
    rows = [("A1", "已办结", "已修好"), ("X1", "已办结", "已修好")]
    path = written_csv(tmp_path / "结果.csv", ("工单编号", "办理结果", "办理情况"), rows)
    page.begin("import")
    kind = page.imports.source.kind
    kind.setCurrentIndex(kind.findData("results"))
    page.imports.look(path)
    assert figures(page) == ["2", "1", "0", "1"]
    assert [each.row for each in page.imports.outcome.table.rows if each.refused] == [3]
    page.imports.take_in()
    assert page.imports.notice.words == "已导入 1 条办理结果。"
    assert (issue_of(workspace, id).result, issue_of(workspace, id).state) == (IssueResult.SOLVED, S.HANDLED)
    (undo,) = page.imports.past.undo.values()
    undo.click()
    assert (issue_of(workspace, id).result, issue_of(workspace, id).state) == ("", S.REFERRED)
    assert not page.imports.past.undo


@pytest.mark.skipif(not REAL, reason="needs the folder of real tables: set LIAISON_REAL_DATA")
@pytest.mark.parametrize(
    ("file", "rows"), [("messages.xlsx", 2152), ("messages-with-replies.xlsx", 1460), ("hotline-appeals.csv", 732)]
)
def test_every_real_table_goes_in_comes_back_and_goes_in_again(
    page: IssuesPage, workspace: Workspace, file: str, rows: int
) -> None:
    page.begin("import")
    for _time in range(2):
        page.imports.look(Path(REAL) / file)
        read, imported, repeated, refused = (int(each.replace(",", "")) for each in figures(page))
        assert read == imported + repeated + refused
        assert (read, repeated) == (rows, 0)
        page.imports.take_in()
        assert issue_list(workspace).total == imported
        page.imports.look(Path(REAL) / file)
        assert figures(page)[1] == "0"
        page.imports.begin()
        (undo,) = page.imports.past.undo.values()
        undo.click()
        assert issue_list(workspace).total == 0
