"""A submitted suggestion in the window: its next step, what is kept, units, replies, deadlines, a meeting's decision."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.domain.handling import HandlingRole
from app.domain.life import SuggestionEvent, SuggestionState
from app.domain.people import Deputy
from app.domain.suggestion import Suggestion
from app.domain.suggestion_steps import Note, Share
from app.domain.values import Id
from app.queries.record import record_of
from app.queries.suggestion_handling import handling_card
from app.queries.today import today
from app.use_cases.drafts import drafts
from app.use_cases.issues import name_unit
from app.use_cases.suggestion_steps import unsaved_steps
from app.use_cases.suggestions import submit_suggestion
from app.use_cases.undo import undo_last
from app.workspace import Workspace
from tests.ui.pages.suggestions.hands import a_draft
from ui.page import Workbench
from ui.pages.suggestions import SuggestionsPage
from ui.pages.suggestions.handling import HandlingPanel
from ui.pages.today_cards import place_of_draft
from ui.places import Place

E, S = SuggestionEvent, SuggestionState


def submitted(workspace: Workspace, lead: Deputy, subject: str = "关于路灯的建议") -> Id:
    id = a_draft(workspace, lead, subject=subject)
    submit_suggestion(workspace, id)
    return id


def panel(page: SuggestionsPage) -> HandlingPanel:
    page.refresh()
    return page.overview.detail.handling


def state(workspace: Workspace, id: Id) -> str:
    return record_of(workspace, Suggestion, id).state


def words(widget: HandlingPanel) -> str:
    QApplication.processEvents()  # what was laid out just now is shown with the next events
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


def to_unit(page: SuggestionsPage, workspace: Workspace) -> HandlingPanel:
    """Through the reviews, accepted, and to two units by the form."""
    unit, other = (name_unit(workspace, name).id for name in ("交通局", "财政局"))
    shown = panel(page)
    for deed in (E.FIRST_REVIEW, E.SECOND_REVIEW, E.ACCEPT):
        shown.steps.begin(deed)
        if deed is E.ACCEPT:
            shown.steps.form.editors["case_number"].show("第7号")
        shown.steps.save()
        page.refresh()
    shown.steps.begin(E.ASSIGN)
    field = shown.steps.form.shares
    assert field
    field.editor.show_shares([Share(unit=unit, role=HandlingRole.LEAD), Share(unit=other, role=HandlingRole.CO)])
    shown.steps.save()
    page.refresh()
    return shown


def test_while_it_is_written_nothing_of_handling_is_shown(page: SuggestionsPage, workspace: Workspace, lead: Deputy) -> None:
    a_draft(workspace, lead)
    assert panel(page).isHidden()
    assert page.overview.detail.course.isVisible()


def test_steps_are_taken_one_after_the_other_by_their_forms(page: SuggestionsPage, workspace: Workspace, lead: Deputy) -> None:
    id = submitted(workspace, lead)
    shown = panel(page)
    assert shown.isVisible()
    assert next(iter(shown.steps.deeds)) is E.FIRST_REVIEW
    shown = to_unit(page, workspace)
    assert state(workspace, id) == S.ASSIGNED
    assert "主办　交通局" in words(shown)
    assert "会办　财政局" in words(shown)
    assert "未签收" in words(shown)
    assert shown.deadlines.isVisible()
    shown.steps.begin(E.REPLY)
    form = shown.steps.form
    shown.steps.save()  # neither words nor class
    assert state(workspace, id) == S.ASSIGNED
    assert not form.fields["reply_class"].problem.isHidden()
    form.words.editor.show_text("已列入计划")
    form.editors["reply_class"].show("B")
    shown.steps.save()
    page.refresh()
    assert state(workspace, id) == S.REPLIED
    assert "B 计划解决" in words(shown)
    assert "湖南三类" in words(shown)
    assert E.EVALUATE not in shown.steps.deeds  # the deputy alone evaluates, sealed
    assert page.overview.detail.evaluation.evaluate.isVisible()


def test_the_form_says_both_days_of_the_deadline_that_begins(page: SuggestionsPage, workspace: Workspace, lead: Deputy) -> None:
    submitted(workspace, lead)
    shown = panel(page)
    shown.steps.begin(E.ACCEPT)
    shown.steps.form.editors["case_number"].show("第7号")
    shown.steps.save()
    page.refresh()
    shown.steps.begin(E.ASSIGN)
    rule = shown.steps.form.rule.text()  # three months after 21 November 2026 is a Sunday, of a year not announced yet
    assert "2027年2月21日" in rule
    assert "顺延至 2027年2月22日" in rule
    assert "2027" in rule.rpartition("顺延")[2]


def test_what_is_typed_waits_as_a_draft_and_is_there_again(page: SuggestionsPage, workspace: Workspace, lead: Deputy) -> None:
    id = submitted(workspace, lead)
    steps = panel(page).steps
    steps.begin(E.RETURN)
    steps.form.words.editor.setPlainText("写明路段")
    assert steps.close_form()
    assert [each.key for each in drafts(workspace)] == [f"suggestion_step:{id}:return"]
    page.begin(f"restore:suggestion_step:{id}:return")
    desk = page.desk
    assert page.at_desk()
    assert desk.handling.steps.form_open()
    assert desk.handling.steps.form.words.editor.text() == "写明路段"
    desk.handling.steps.save()
    assert state(workspace, id) == S.RETURNED
    assert not drafts(workspace)


def test_at_the_desk_the_course_stands_where_the_paper_was(page: SuggestionsPage, workspace: Workspace, lead: Deputy) -> None:
    id = submitted(workspace, lead)
    page.refresh()
    page.open_record(id)
    assert page.desk.handling.isVisible()
    assert page.desk.preview.isHidden()
    page.desk.handling.steps.begin(E.FIRST_REVIEW)
    assert page.go_back()  # closes the form first
    page.open_record(a_draft(workspace, lead, subject="关于另一件的建议"))
    assert page.desk.handling.isHidden()
    assert not page.desk.preview.isHidden()


def test_a_saved_step_can_be_undone_where_it_is_told(page: SuggestionsPage, workspace: Workspace, lead: Deputy) -> None:
    id = submitted(workspace, lead)
    steps = panel(page).steps
    steps.begin(E.FIRST_REVIEW)
    steps.save()
    assert state(workspace, id) == S.FIRST_REVIEW
    undo_last(workspace, id)
    assert state(workspace, id) == S.SUBMITTED


def test_supervision_asks_for_the_five_present(page: SuggestionsPage, workspace: Workspace, lead: Deputy) -> None:
    id = submitted(workspace, lead)
    shown = to_unit(page, workspace)
    shown.steps.begin(Note.SUPERVISE)
    form = shown.steps.form
    form.editors["supervision_way"].show("special_inquiry")
    form.editors["present"].show(("handling_unit", "news_media"))
    form.editors["place"].show("区人大")
    shown.steps.save()
    page.refresh()
    (event,) = handling_card(workspace, id).course.supervisions
    assert (event.way, event.present, event.place) == ("special_inquiry", ("handling_unit", "news_media"), "区人大")
    assert "专题询问　区人大" in words(shown)


def test_several_chosen_suggestions_are_decided_together(page: SuggestionsPage, workspace: Workspace, lead: Deputy) -> None:
    ids = [submitted(workspace, lead, f"关于第{number}条路的建议") for number in range(3)]
    page.refresh()
    together = page.overview.together
    assert together.isHidden()
    page.overview.view.selectAll()
    assert together.isVisible()
    assert together.about.text() == "已选 3 件建议"
    together.begin(E.FIRST_REVIEW)
    together.form.words.editor.show_text("代工委会议研究")
    together.save()
    assert {state(workspace, id) for id in ids} == {S.FIRST_REVIEW}
    assert {review.reason for id in ids for review in handling_card(workspace, id).course.reviews} == {"代工委会议研究"}


def test_several_are_accepted_with_numbers_counted_up_and_one_changed(
    page: SuggestionsPage, workspace: Workspace, lead: Deputy
) -> None:
    for number in range(3):
        submitted(workspace, lead, f"关于第{number}条路的建议")
    page.refresh()
    together = page.overview.together
    page.overview.view.selectAll()
    shown = [row.id for row in page.overview.table.rows]
    together.begin(E.FIRST_REVIEW)
    assert together.numbers.isHidden()
    together.begin(E.ACCEPT)
    assert list(together.numbers.boxes) == shown
    first, second, third = together.numbers.boxes.values()
    third.setFocus()
    third.clear()
    QTest.keyClicks(third, "30")
    box = together.form.fields["case_number"].editor
    box.setFocus()
    QTest.keyClicks(box, "2026-9")
    assert [each.text() for each in (first, second, third)] == ["2026-9", "2026-10", "30"]
    together.save()
    assert [record_of(workspace, Suggestion, id).case_number for id in shown] == ["2026-9", "2026-10", "30"]


def test_a_decision_over_several_is_there_again_after_a_crash(
    page: SuggestionsPage, bench: Workbench, workspace: Workspace, lead: Deputy, qtbot: QtBot
) -> None:
    for number in range(4):
        submitted(workspace, lead, f"关于第{number}条路的建议")
    page.refresh()
    together = page.overview.together
    page.overview.view.select(0)
    page.overview.view.select_several([1, 3])
    chosen = [page.overview.table.rows[place].id for place in (0, 1, 3)]
    together.begin(E.ACCEPT)
    QTest.keyClicks(together.form.fields["case_number"].editor, "2026-9")
    second = list(together.numbers.boxes.values())[1]
    second.clear()
    QTest.keyClicks(second, "30")
    together.form.words.editor.show_text("会议通过")
    together.close_form()
    (draft,) = today(workspace).unfinished
    assert place_of_draft(draft) is Place.SUGGESTIONS
    assert unsaved_steps(workspace, chosen[0]) == {}  # what several are decided by is not one's own
    again = SuggestionsPage(bench)
    qtbot.addWidget(again)
    again.show()
    again.begin(f"restore:{draft.key}")
    shown = again.overview.together
    assert [each.text() for each in shown.numbers.boxes.values()] == ["2026-9", "30", "2026-11"]
    assert shown.form.words.editor.text() == "会议通过"
    assert [index.row() for index in again.overview.view.selectionModel().selectedRows()] == [0, 1, 3]
    shown.save()
    assert [record_of(workspace, Suggestion, id).case_number for id in chosen] == ["2026-9", "30", "2026-11"]
    assert today(workspace).unfinished == ()


def test_the_list_is_narrowed_in_the_window(page: SuggestionsPage, workspace: Workspace, lead: Deputy) -> None:
    submitted(workspace, lead)
    a_draft(workspace, lead, subject="关于另一件的建议")
    page.refresh()
    bar = page.overview.narrowing
    assert bar.isHidden()
    bar.opener.click()
    bar.state.editor.show_code(S.SUBMITTED)
    assert [row.title for row in page.overview.table.rows] == ["关于路灯的建议"]
    bar.key.editor.setChecked(True)
    assert page.overview.table.rows == []
    bar.opener.click()
    assert len(page.overview.table.rows) == 2
