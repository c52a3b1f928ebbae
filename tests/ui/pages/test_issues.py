"""The place of issues: the list narrowed and looked through by keys, each step of the life, noting, correcting, undoing."""

from concurrent.futures import Executor, Future
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.domain.issue import Issue, IssueResult
from app.domain.issue_steps import ASKS, StepEntry
from app.domain.life import ISSUE_LIFE, IssueEvent, IssueState
from app.domain.papers import PaperName
from app.domain.unit import Unit
from app.domain.values import Id
from app.queries.issue_card import issue_sheet
from app.queries.issue_list import IssueGroup, issue_list
from app.queries.record import record_of
from app.use_cases.drafts import drafts
from app.use_cases.issues import save_issue, step_issue
from app.use_cases.papers import Asked
from app.workspace import Workspace
from tests.builders import a_contact, an_encounter, an_issue, remove, save
from tests.ui.rows_in_sight import bring_into_sight
from tests.ui.workbenches import Went
from ui.background import Background, InlineExecutor
from ui.dialogs.batch_dialog import BatchDialog
from ui.dialogs.history_dialog import HistoryDialog
from ui.page import Workbench
from ui.pages.issues import IssuesPage
from ui.places import Place
from ui.wording import word_of

TODAY = date(2026, 11, 21)
E, S = IssueEvent, IssueState


@pytest.fixture
def page(bench: Workbench, qtbot: QtBot) -> IssuesPage:
    made = IssuesPage(bench)
    qtbot.addWidget(made)
    qtbot.addWidget(bench.feedback)
    bench.background.changed.connect(lambda changes: made.refresh() if made.concerns & changes else None)
    made.resize(1150, 660)
    made.show()
    made.activateWindow()
    return made


def saved(workspace: Workspace, *states: IssueState, **told: Any) -> list[Id]:
    """Issues of these states, the first of them the newest."""
    days = range(20, 0, -1)
    issues = [
        an_issue(workspace, f"第{number}件", state=state, **{"received_on": date(2026, 11, day), **told})
        for number, (state, day) in enumerate(zip(states, days, strict=False), start=1)
    ]
    save(workspace, *issues)
    return [each.id for each in issues]


def shown(page: IssuesPage, *, group: IssueGroup | None = None) -> IssuesPage:
    page.refresh()
    if group:
        page.overview.groups[group].click()
    return page


def subjects(page: IssuesPage) -> list[str]:
    return [row.subject for row in page.overview.table.rows]


def issue_of(workspace: Workspace, id: Id) -> Issue:
    return record_of(workspace, Issue, id)


def in_sight(widget: QWidget) -> list[str]:
    """The words of every label that is shown."""
    QApplication.processEvents()  # what was put into a layout is shown then
    return [each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget)]


def said(page: IssuesPage) -> str:
    return page.bench.feedback.words


# --- the list ---------------------------------------------------------------------------------------------------------


def test_an_empty_list_begins_the_first_issue(page: IssuesPage) -> None:
    shown(page)
    page.overview._empty.deed.click()
    assert (page.heading(), page.desk.new) == ("记一条意见", True)
    assert page.desk.form.name.editor.hasFocus()
    assert page.go_back()
    assert page.heading() == "群众意见"


def test_groups_say_how_many_and_show_them(page: IssuesPage, workspace: Workspace) -> None:
    saved(workspace, S.REGISTERED, S.APPROVED, S.ASSIGNED, S.FED_BACK, S.ARCHIVED)
    shown(page)
    assert [page.overview.groups[each].text() for each in IssueGroup] == ["待办 2", "办理中 1", "待反馈 1", "已办结 1", "全部 5"]
    page.overview.groups[IssueGroup.TO_DO].click()
    assert subjects(page) == ["第1件", "第2件"]
    page.overview.groups[IssueGroup.ALL].click()
    assert len(subjects(page)) == 5


def test_words_category_and_deadline_narrow_the_list(page: IssuesPage, workspace: Workspace) -> None:
    saved(workspace, S.ASSIGNED, due_on=date(2026, 11, 25), category="03")
    saved(workspace, S.REGISTERED, S.REGISTERED, category="10", words="停水三天")
    overview = shown(page).overview
    assert overview.due.text() == "14 天内到期 1"
    overview.due.click()
    assert [row.due_on for row in overview.table.rows] == [date(2026, 11, 25)]
    overview.due.click()
    overview.category.setCurrentIndex(overview.category.findData("10"))
    assert len(overview.table.rows) == 2
    overview.category.setCurrentIndex(0)
    overview.typed.insert("停")
    assert len(overview.table.rows) == 3  # a person types on
    QTest.keyClick(overview.typed, Qt.Key.Key_Return)
    assert (len(overview.table.rows), overview.count.text(), overview.view.hasFocus()) == (2, "2 条", True)
    overview.typed.setText("没有这样的")
    overview.typed.pause.timeout.emit()
    assert overview._empty.words.text() == "没有符合的记录。"


def test_arrow_keys_lead_and_the_detail_follows(page: IssuesPage, workspace: Workspace) -> None:
    first, second = saved(workspace, S.REGISTERED, S.APPROVED, words="东街路灯不亮，晚上看不见。")
    overview = shown(page).overview
    assert (overview.detail.id, overview.detail.words.shown) == (first, "东街路灯不亮，晚上看不见。")
    QTest.keyClick(overview.view, Qt.Key.Key_Down)
    assert overview.detail.id == second
    QTest.keyClick(overview.view, Qt.Key.Key_Return)
    button = page.focusWidget()
    assert button is not None
    assert overview.detail.steps.isAncestorOf(button)
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert overview.detail.steps.form.step is E.ASSIGN
    assert page.go_back()
    assert not overview.detail.steps.form_open()
    assert overview.view.hasFocus()
    assert not page.go_back()


def test_the_cursor_stays_where_it_was_after_a_change(page: IssuesPage, workspace: Workspace) -> None:
    ids = saved(workspace, *[S.REGISTERED] * 6)
    overview = shown(page).overview
    overview.view.select(3)
    save(workspace, an_issue(workspace, "新来的", received_on=TODAY))
    page.refresh()
    assert (overview.detail.id, overview.view.currentIndex().row()) == (ids[3], 4)


def test_what_leaves_its_group_stays_in_sight_and_what_is_gone_does_not(page: IssuesPage, workspace: Workspace) -> None:
    first, second = saved(workspace, S.REGISTERED, S.REGISTERED)
    overview = shown(page, group=IssueGroup.TO_DO).overview
    step_issue(workspace, first, E.DECLINE, StepEntry(on=TODAY, words="不属本站受理范围"))
    page.refresh()
    assert (subjects(page), overview.detail.id) == (["第2件"], first)
    remove(workspace, first)
    page.refresh()
    assert (overview.detail.id, said(page)) == (second, "")


def test_a_long_list_comes_page_by_page(page: IssuesPage, workspace: Workspace) -> None:
    save(workspace, *[an_issue(workspace, f"第{number}件") for number in range(230)])
    table = shown(page).overview.table
    assert (len(table.rows), table.total) == (100, 230)
    bring_into_sight(table, 150, 229)
    assert len({row.id for row in table.rows}) == 230
    page.refresh()
    assert (len(table.rows), table.total) == (100, 230), "the others are asked for when they are in sight again"
    page.overview.groups[IssueGroup.TO_DO].click()
    assert len(table.rows) == 100


def test_ticked_issues_become_a_suggestion(page: IssuesPage, workspace: Workspace, went: Went) -> None:
    ids = saved(workspace, S.REGISTERED, S.ACCEPTED, S.REGISTERED)
    overview = shown(page).overview
    QTest.keyClick(overview.view, Qt.Key.Key_Space)
    overview.view.select(2)
    QTest.keyClick(overview.view, Qt.Key.Key_Space)
    page.refresh()
    overview.groups[IssueGroup.DONE].click()
    overview.groups[IssueGroup.ALL].click()
    assert (overview.table.ticked, overview.ticked.text()) == ((ids[0], ids[2]), "已勾选 2 条")
    index = overview.table.index(0, 0)
    assert overview.table.data(index, Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    overview.draft.click()
    assert went == [(Place.SUGGESTIONS, "", f"draft:{ids[0]},{ids[2]}")]
    assert overview.table.ticked == ()


def test_an_answer_that_was_overtaken_is_not_shown(bench: Workbench, workspace: Workspace, qtbot: QtBot) -> None:
    class Held(Executor):
        def __init__(self) -> None:
            self.waiting: list[Any] = []

        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
            future: Future[Any] = Future()
            self.waiting.append((future, lambda: fn(*args, **kwargs)))
            return future

    saved(workspace, S.REGISTERED, S.ARCHIVED)
    held = Held()
    page = IssuesPage(replace(bench, background=Background(InlineExecutor(), held)))
    qtbot.addWidget(page)
    page.overview.groups[IssueGroup.TO_DO].click()
    page.overview.groups[IssueGroup.DONE].click()
    for future, work in reversed(held.waiting):
        future.set_result(work())
    assert subjects(page) == ["第2件"]


# --- the detail -------------------------------------------------------------------------------------------------------


def test_the_person_is_masked_until_somebody_asks(page: IssuesPage, workspace: Workspace) -> None:
    person = an_encounter(workspace, "张三丰", village="幸福社区")
    save(workspace, person, a_contact(workspace, person.id))
    saved(workspace, S.REGISTERED, encounter=person.id)
    detail = shown(page).overview.detail
    assert "张* · 138****0000 · 幸福社区" in in_sight(detail.facts)
    detail.person.click()
    assert "张三丰 · 13800000000 · 幸福社区" in in_sight(detail.facts)


def test_what_happened_is_told_without_codes(page: IssuesPage, workspace: Workspace) -> None:
    unit = Unit(id=workspace.clock.new_id(), name="示例区住建局")
    save(workspace, unit)
    (id,) = saved(workspace, S.APPROVED)
    step_issue(workspace, id, E.ASSIGN, StepEntry(on=TODAY, by="站长甲", fields={"unit": unit.id}))
    course = shown(page).overview.detail.course
    course.past.click()
    dialog = page.findChild(HistoryDialog)
    assert dialog is not None
    told = "\n".join(each.text() for part in (course, dialog) for each in part.findChildren(type(course.heading)))
    for words in (
        "登记",
        "交办",
        "11月21日　站长甲",
        "承办单位：（空） → 示例区住建局",
        "状态：已批准 → 已交办",
        "办理期限：（空） → 2026-12-04",
    ):
        assert words in told
    assert not [code for code in (unit.id, id, "assigned", "due_on") if code in told]


# --- steps ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", list(IssueState))
def test_exactly_the_allowed_steps_are_offered(page: IssuesPage, workspace: Workspace, state: IssueState) -> None:
    saved(workspace, state)
    steps = shown(page).overview.detail.steps
    assert list(steps.deeds) == list(steps.offered())
    assert {event: deed.text() for event, deed in steps.deeds.items()} == {
        each: word_of(each) for each in ISSUE_LIFE.allowed(state)
    }


@pytest.mark.parametrize("event", list(IssueEvent))
def test_the_form_of_a_step_asks_no_more_than_it_needs(page: IssuesPage, workspace: Workspace, event: IssueEvent) -> None:
    state = next(state for state, each, _after in ISSUE_LIFE.rows() if each is event)
    saved(workspace, state)
    form = shown(page).overview.detail.steps.form
    page.overview.detail.steps.begin(event)
    fields: dict[str, QWidget] = {
        "unit": form.unit,
        "merged_into": form.into,
        "route": form.route,
        "result": form.result,
        "due_on": form.due,
    }
    fields |= {"satisfaction": form.satisfaction, "archive_number": form.number}
    for name, field in fields.items():
        assert field.isVisibleTo(form) == (name in ASKS[event].also), name
    assert form.way.isVisibleTo(form) == bool({"feedback_way", "call_back_way"} & set(ASKS[event].also))


def test_an_assignment_by_keys_shows_its_deadline_first(page: IssuesPage, workspace: Workspace) -> None:
    unit = Unit(id=workspace.clock.new_id(), name="示例区住建局")
    save(workspace, unit)
    (id,) = saved(workspace, S.APPROVED)
    steps = shown(page).overview.detail.steps
    steps.begin(E.ASSIGN)
    form = steps.form
    assert form.unit.editor.field.hasFocus()
    assert (form.due.editor.day(), form.rule.text()) == (date(2026, 12, 4), "交办后 10 个工作日")
    form.on.editor.show_day(date(2026, 11, 23))
    assert form.due.editor.day() == date(2026, 12, 7)
    QTest.keyClick(form.words.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert form.unit.problem.text() == "请填写承办单位。"
    form.unit.editor.field.insert("示例区住建局")
    QTest.keyClick(form.words.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    issue = issue_of(workspace, id)
    assert (issue.state, issue.unit, issue.due_on) == (S.ASSIGNED, unit.id, date(2026, 12, 7))
    assert said(page) == "交办：已保存。"
    assert page.overview.table.rows[0].state == S.ASSIGNED
    page.bench.feedback.deed.click()
    assert (issue_of(workspace, id).state, said(page)) == (S.APPROVED, "已撤销。")
    assert steps.offered()[0] is E.ASSIGN


def test_a_unit_nobody_entered_is_entered_on_the_way(page: IssuesPage, workspace: Workspace) -> None:
    (id,) = saved(workspace, S.APPROVED)
    steps = shown(page).overview.detail.steps
    steps.begin(E.ASSIGN)
    field = steps.form.unit.editor
    field.field.insert("示例街道办")
    QTest.keyClick(field.field, Qt.Key.Key_Return)
    assert field.new.hasFocus()
    QTest.keyClick(field.new, Qt.Key.Key_Space)
    steps.form.save.click()
    assert record_of(workspace, Unit, issue_of(workspace, id).unit).name == "示例街道办"


def test_what_was_typed_for_a_step_waits_for_its_issue(page: IssuesPage, workspace: Workspace) -> None:
    saved(workspace, S.ACCEPTED, S.ASSIGNED)
    overview = shown(page).overview
    overview.detail.steps.begin(E.PROPOSE)
    QTest.keyClicks(overview.detail.steps.form.words.editor, "abc")
    page.refresh()
    assert overview.detail.steps.form.words.editor.text() == "abc"
    overview.view.select(1)
    assert not overview.detail.steps.form_open()
    overview.view.select(0)
    assert overview.detail.steps.form.words.editor.text() == "abc"
    assert page.go_back()
    overview.detail.steps.begin(E.PROPOSE)
    assert overview.detail.steps.form.words.editor.text() == "abc"


def test_a_result_is_chosen_and_told(page: IssuesPage, workspace: Workspace) -> None:
    (id,) = saved(workspace, S.SIGNED_FOR)
    steps = shown(page).overview.detail.steps
    steps.begin(E.HANDLE)
    steps.form.save.click()
    assert steps.form.words.problem.text() == "请简要说明。"
    assert steps.form.result.problem.text() == "请选择办理结果。"
    steps.form.result.editor.show_code(IssueResult.SOLVED)
    steps.form.words.editor.show_text("路灯已修好")
    steps.form.save.click()
    assert (issue_of(workspace, id).result, issue_of(workspace, id).result_text) == ("solved", "路灯已修好")


def test_a_matter_is_merged_into_another(page: IssuesPage, workspace: Workspace) -> None:
    first, second = saved(workspace, S.REGISTERED, S.ACCEPTED)
    steps = shown(page).overview.detail.steps
    steps.begin(E.MERGE)
    picker = steps.form.into.editor
    assert picker.field.hasFocus()
    assert picker.found.count() == 1
    picker.found.setCurrentRow(0)
    steps.form.save.click()
    assert (issue_of(workspace, first).state, issue_of(workspace, first).merged_into) == (S.MERGED, second)


# --- the form ---------------------------------------------------------------------------------------------------------


def test_an_issue_is_noted_by_keys_and_taken_back(page: IssuesPage, workspace: Workspace) -> None:
    shown(page)
    page.begin("note")
    form = page.desk.form
    QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert (form.name.problem.text(), form.matter.words.problem.text()) == (
        "请填写是谁反映的，不愿留名的注明“匿名”。",
        "请填写反映了什么。",
    )
    form.name.editor.setText("群众甲")
    form.matter.words.editor.setPlainText("西街积水")
    form.source.editor.show_code("online")
    page._save.trigger()
    assert (page.heading(), subjects(page), said(page)) == ("群众意见", ["西街积水"], "已保存。")
    assert issue_list(workspace).rows[0].person == "群*"
    assert drafts(workspace) == []
    page.bench.feedback.deed.click()
    assert (subjects(page), issue_list(workspace).total) == ([], 0)


def test_a_correction_keeps_what_it_does_not_show(page: IssuesPage, workspace: Workspace) -> None:
    (id,) = saved(workspace, S.ACCEPTED, remarks="勿动", number="意1", received_on=None, words="东街路灯不亮")
    shown(page).overview.detail.correct.click()
    assert (page.heading(), page.desk.form.received.editor.text()) == ("更正意见", "未填")
    page.desk.form.place.editor.setText("东街口")
    page.desk.form.confidential.setChecked(True)
    page._save.trigger()
    issue = issue_of(workspace, id)
    assert (issue.place, issue.confidential) == ("东街口", True)
    assert (issue.remarks, issue.number, issue.received_on) == ("勿动", "意1", None)
    assert issue.state == S.ACCEPTED
    page.bench.feedback.deed.click()
    assert issue_of(workspace, id).place == ""


def test_what_is_typed_is_kept_and_offered_again(page: IssuesPage, workspace: Workspace) -> None:
    shown(page)
    page.begin("note")
    page.desk.form.matter.words.editor.setPlainText("写了一半")
    page.keep()
    (kept,) = drafts(workspace)
    page.go_back()
    assert [each.words for each in page.offers.notices] == ["尚未保存：写了一半（11月21日 09:00 已保留）"]
    page.begin(f"restore:{kept.key}")
    assert (page.desk.form.matter.words.editor.text(), page.desk.new) == ("写了一半", True)


def test_going_to_another_issue_keeps_what_was_typed_for_the_first(page: IssuesPage, workspace: Workspace) -> None:
    first, second = saved(workspace, S.REGISTERED, S.REGISTERED, words="路灯不亮")
    shown(page)
    page.desk.correct(first)
    page.desk.form.place.editor.setText("东街")
    page.desk.correct(second)
    page.desk.form.place.editor.setText("西街")
    page.desk.form.place.editor.setText("")
    page.go_back()
    assert [each.key for each in drafts(workspace)] == [f"issue:{first}"]
    page.desk.correct(first)
    assert page.desk.form.place.editor.text() == "东街"


def test_who_saved_meanwhile_is_asked_about(page: IssuesPage, workspace: Workspace) -> None:
    (id,) = saved(workspace, S.REGISTERED, words="路灯不亮")
    shown(page)
    page.overview.detail.correct.click()
    page.desk.form.place.editor.setText("东街")
    sheet = issue_sheet(workspace, id)
    save_issue(workspace, replace(sheet, issue=replace(sheet.issue, place="西街")))
    step_issue(workspace, id, E.ACCEPT, StepEntry(on=TODAY))
    page._save.trigger()
    seen = [each.text() for each in page.desk.stale.findChildren(QLabel)]
    assert {"事发地点", "东街", "西街", "状态"} <= set(seen)
    page.desk.stale.ours.click()
    assert (issue_of(workspace, id).place, issue_of(workspace, id).state) == ("东街", S.ACCEPTED)


def test_what_somebody_saved_meanwhile_can_be_taken(page: IssuesPage, workspace: Workspace) -> None:
    (id,) = saved(workspace, S.REGISTERED, words="路灯不亮")
    shown(page)
    page.overview.detail.correct.click()
    page.desk.form.place.editor.setText("东街")
    sheet = issue_sheet(workspace, id)
    save_issue(workspace, replace(sheet, issue=replace(sheet.issue, place="西街")))
    page._save.trigger()
    page.desk.stale.theirs.click()
    assert (page.desk.form.place.editor.text(), page.desk.stale.isHidden()) == ("西街", True)
    page._save.trigger()
    assert issue_of(workspace, id).place == "西街"


def test_printing_asks_for_the_days_shown(page: IssuesPage, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Asked] = []

    class Opened:
        def __init__(self, _bench: Workbench, wanted: Asked, _parent: QWidget) -> None:
            asked.append(wanted)

        def open(self) -> None:
            """Nothing is to be seen."""

    monkeypatch.setattr("ui.dialogs.paper_dialog.PaperDialog", Opened)
    saved(workspace, S.REGISTERED, S.ASSIGNED, S.ASSIGNED, S.REGISTERED)
    for group in (IssueGroup.ALL, IssueGroup.IN_HANDLING):
        page.overview.groups[group].click()
        shown(page)._print.trigger()
        page.findChildren(BatchDialog)[-1].ledgers[PaperName.ISSUE_LEDGER].click()
    assert [(each.span.first, each.span.last) for each in asked] == [(None, None), (date(2026, 11, 18), date(2026, 11, 19))]


def test_where_it_is_narrow_the_list_stands_above_and_keeps_most_of_the_room(page: IssuesPage, workspace: Workspace) -> None:
    saved(workspace, S.REGISTERED, S.REGISTERED)
    overview = shown(page).overview
    assert not overview.detail.steps.heading.isHidden()
    page.resize(700, 660)
    assert overview.detail.steps.heading.isHidden(), "its buttons say as much"
    assert overview.view.height() > overview.detail.room.height()
    page.resize(1150, 660)
    assert not overview.detail.steps.heading.isHidden()
