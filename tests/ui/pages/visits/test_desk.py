"""Receptions by keyboard alone: typed, found lacking, ended; entered later; helped and printed."""

from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from app.domain.encounter import group_hints
from app.domain.issue import Source
from app.domain.papers import PaperName
from app.domain.people import Deputy
from app.domain.values import Id
from app.domain.visit import MeetingWay, VisitKind
from app.queries.counts import count
from app.queries.visit_drafts import unsaved_visits
from app.use_cases.papers import Asked
from app.workspace import Workspace
from tests.builders import an_issue, save
from tests.ui.keyboard import enter, focused, press, write
from tests.ui.visits_written import CTRL, SHIFT, WORDS, begin, only_sheet
from ui.pages.visits.page import VisitsPage as Page
from ui.widgets.elided_link import ElidedLink

# --- by keyboard alone ----------------------------------------------------------------------------------------------------


def test_a_reception_is_written_down_by_keyboard_alone(page: Page, workspace: Workspace, deputy: Deputy) -> None:
    begin(page)
    write("王代表")
    enter()
    enter()
    assert focused() is page.desk.visitor.name.editor
    write("欧阳某")
    enter()
    assert focused() is page.desk.visitor.matter.words.editor
    write(WORDS)
    press(Qt.Key.Key_F3)
    write("停车太难")
    press(Qt.Key.Key_Return, CTRL)
    assert {kind: count(workspace)[kind] for kind in ("visit", "attendance", "encounter", "issue")} == {
        "visit": 1,
        "attendance": 1,
        "encounter": 1,
        "issue": 2,
    }
    press(Qt.Key.Key_F2)
    assert focused() is page.desk.visitor.name.editor
    write("Zhang San")
    press(Qt.Key.Key_Tab)
    write("13800000001")
    enter()
    write("东街社区")
    enter()
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Up)
    enter()
    assert focused() is page.desk.visitor.anonymous
    enter()
    press(Qt.Key.Key_Space)
    assert page.desk.visitor.confidential.isChecked()
    while focused() is not page.desk.visitor.matter.words.editor:
        press(Qt.Key.Key_Tab)
    write("停水三天")
    press(Qt.Key.Key_Return, CTRL | SHIFT)
    assert page.stack.currentWidget() is page.review
    press(Qt.Key.Key_Return, CTRL)
    assert page.stack.currentWidget() is not page.desk

    sheet = only_sheet(workspace)
    assert (sheet.visit.visit_kind, sheet.visit.way, sheet.visit.deputies) == (
        VisitKind.RECEPTION,
        MeetingWay.RECEPTION_DAY,
        (deputy.id,),
    )
    assert (sheet.visit.on, sheet.visit.starts, sheet.visit.ends) == (date(2026, 11, 21), time(9, 0), time(9, 0))
    assert [each.arrived for each in sheet.attendance] == [time(9, 0)]
    first, second = sheet.lines
    assert (first.encounter.name, [each.words for each in first.issues]) == ("欧阳某", [WORDS, "停车太难"])
    assert (second.encounter.name, second.encounter.people, second.encounter.village) == ("Zhang San", 3, "东街社区")
    assert second.encounter.confidential
    assert second.contact
    assert second.contact.phone == "13800000001"
    assert all(each.source == Source.RECEPTION and each.deputies == (deputy.id,) for each in sheet.issues())
    assert not unsaved_visits(workspace)


def test_a_shortcut_of_every_deed_does_it(page: Page, workspace: Workspace) -> None:
    begin(page)
    page.desk.visitor.begin()
    write("A")
    enter()
    write("one")
    press(Qt.Key.Key_3, CTRL)
    write("two")
    press(Qt.Key.Key_F3, SHIFT)
    assert page.desk.visitor.matter.words.editor.text() == "one"
    press(Qt.Key.Key_2, CTRL)
    assert [each.words for each in only_sheet(workspace).issues()] == ["one", "two"]
    assert page.desk.visitors.count() == 2
    press(Qt.Key.Key_Escape)
    assert page.stack.currentWidget() not in {page.desk, page.review}


# --- what is missing --------------------------------------------------------------------------------------------------------


def test_what_is_missing_is_said_beside_the_field_and_what_was_typed_stays(page: Page, workspace: Workspace) -> None:
    begin(page)
    page.desk.visitor.matter.words.setFocus()
    write(WORDS)
    press(Qt.Key.Key_F2)
    visitor = page.desk.visitor
    assert "匿名" in visitor.name.problem.text()
    assert focused() is visitor.name.editor
    assert visitor.matter.words.editor.text() == WORDS
    assert "visit" not in count(workspace)
    write("张三")
    assert visitor.name.problem.isHidden()
    visitor.matter.words.editor.show_text("")
    press(Qt.Key.Key_Return, CTRL)
    assert visitor.matter.words.problem.text()
    assert focused() is visitor.matter.words.editor
    assert visitor.name.editor.text() == "张三"


def test_who_leaves_no_name_is_anonymous(page: Page, workspace: Workspace) -> None:
    begin(page)
    page.desk.visitor.begin()
    write("A")
    page.desk.visitor.anonymous.setFocus()
    press(Qt.Key.Key_Space)
    assert not page.desk.visitor.name.editor.isEnabled()
    page.desk.visitor.matter.words.setFocus()
    write("夜里施工")
    press(Qt.Key.Key_Return, CTRL)
    (line,) = only_sheet(workspace).lines
    assert (line.encounter.anonymous, line.encounter.name) == (True, "")
    assert "匿名" in page.desk.visitors.item(0).text()


def test_a_large_group_is_hinted_at(page: Page, workspace: Workspace) -> None:
    begin(page)
    page.desk.visitor.begin()
    write("甲等")
    enter()
    write("停水")
    page.desk.visitor.people.editor.setValue(9)
    press(Qt.Key.Key_Return, CTRL)
    assert "9" in page.desk.visitor.hint.text()
    assert not page.desk.visitor.hint.isHidden()
    assert only_sheet(workspace).people() == 9


def test_the_review_names_what_is_missing_and_leads_there(page: Page, workspace: Workspace) -> None:
    begin(page)
    page.desk.visitor.begin()
    write("A")
    enter()
    write("one")
    press(Qt.Key.Key_F2)
    write("B")
    press(Qt.Key.Key_Return, CTRL | SHIFT)
    assert page.stack.currentWidget() is page.review
    assert "1" in page.review.notice.words
    (add,) = [each for each in page.review.view.findChildren(QPushButton) if each.text() == "去补上" and each.isVisible()]
    add.click()
    assert page.stack.currentWidget() is page.desk
    page.desk.review()
    press(Qt.Key.Key_Return, CTRL)
    assert page.stack.currentWidget() is page.desk
    assert page.desk.visitor.matter.words.problem.text()
    assert [each.encounter.name for each in only_sheet(workspace).lines] == ["A"]
    write("two")
    page.desk.review()
    assert page.review.notice.words
    press(Qt.Key.Key_Return, CTRL)
    assert [each.encounter.name for each in only_sheet(workspace).lines] == ["A", "B"]


# --- entered later ----------------------------------------------------------------------------------------------------------


def test_a_day_before_today_makes_a_late_entry(page: Page, workspace: Workspace) -> None:
    begin(page)
    page.desk.side.open_details()
    form = page.desk.visit
    form.on.editor.show_day(date(2026, 11, 3))
    assert form.late.isChecked()
    form.starts.editor.setFocus()
    form.starts.editor.selectAll()
    write("930")
    enter()
    assert form.starts.editor.text() == "09:30"
    write("half")
    press(Qt.Key.Key_Return, CTRL)
    assert "half" in form.ends.problem.text()
    assert form.ends.editor.text() == "half"
    form.ends.editor.setText("")
    page.desk.visitor.begin()
    write("A")
    enter()
    write("one")
    page.desk.review()
    page.desk.end()
    visit = only_sheet(workspace).visit
    assert (visit.on, visit.starts, visit.ends, visit.late_entry) == (date(2026, 11, 3), time(9, 30), None, True)
    assert only_sheet(workspace).issues()[0].late_entry


def test_a_group_of_more_than_five_is_told_beside_its_visitor(page: Page) -> None:
    begin(page)
    visitor = page.desk.visitor
    for people, told in ((5, False), (6, True), (5, False)):
        visitor.people.editor.setValue(people)
        visitor.complain(list(group_hints(visitor.read().encounter)))
        assert visitor.hint.isVisibleTo(page) is told
        assert ("5" in visitor.hint.text()) is told


# --- what helps beside it, and what is printed ---------------------------------------------------------------------------------


def test_similar_matters_appear_when_one_pauses(page: Page, workspace: Workspace) -> None:
    save(workspace, an_issue(workspace, "三栋路灯坏了", words="三栋到五栋的路灯坏了，晚上看不见", place="东街"))
    begin(page)
    page.desk.visitor.matter.words.setFocus()
    write(WORDS)
    assert page.desk.similar.timer.isActive()
    page.desk.similar.timer.timeout.emit()
    (link,) = page.desk.similar.findChildren(ElidedLink)
    assert link.toolTip() == "三栋路灯坏了"
    assert page.desk.similar.nothing.isHidden()
    said = [each.text() for each in page.desk.similar.findChildren(QLabel)]
    assert any(each.startswith("很相似：东街、") and each.endswith(" 天前") for each in said), said


def test_the_form_is_printed_of_what_is_saved(page: Page, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Id] = []

    class Dialog:
        def __init__(self, _bench: object, asked: Asked, _page: object) -> None:
            assert asked.name is PaperName.RECEPTION_FORM
            self.asked = asked

        def open(self) -> None:
            shown.append(self.asked.id)

    monkeypatch.setattr("ui.pages.visits.page.PaperDialog", Dialog)
    begin(page)
    page.desk.visitor.begin()
    write("A")
    press(Qt.Key.Key_P, CTRL)
    assert shown == []
    enter()
    write("one")
    press(Qt.Key.Key_P, CTRL)
    assert shown == [only_sheet(workspace).visit.id]


def test_the_desk_is_made_in_two_turns_and_is_one_desk(page: Page) -> None:
    making = page.prepare()
    cards = next(making)
    assert page.stack.indexOf(cards) < 0
    assert next(making) is cards is page.desk
    assert page.stack.indexOf(page.desk) > 0
