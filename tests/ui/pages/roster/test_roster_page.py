"""The place of the register: its lists, its forms with their drafts, figures that lead on, a mandate that ends."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.domain.congress import Congress, Level, Term
from app.domain.life import ProjectEvent, ProjectState
from app.domain.people import Contact, Deputy, DeputyStatus
from app.domain.project import Project
from app.domain.step import Step
from app.domain.unit import Unit
from app.domain.visit import Visit, VisitKind
from app.queries.record import history, record_of
from app.queries.relations import found
from app.queries.roster_list import RosterSection, Standing
from app.use_cases.drafts import drafts
from app.use_cases.mandate_drafts import mandate_key
from app.workspace import Workspace
from tests.builders import a_contact, a_deputy, an_issue, save
from tests.ui.workbenches import Went
from ui.dialogs.end_mandate_dialog import EndMandateDialog
from ui.page import Workbench
from ui.pages.roster import RosterPage
from ui.places import Place

S = RosterSection


@pytest.fixture
def page(bench: Workbench, qtbot: QtBot) -> RosterPage:
    made = RosterPage(bench)
    qtbot.addWidget(made)
    qtbot.addWidget(bench.feedback)
    bench.background.changed.connect(lambda changes: made.refresh() if made.concerns & changes else None)
    made.resize(1150, 660)
    made.show()
    made.activateWindow()
    return made


def names(page: RosterPage) -> list[str]:
    return [row.name for row in page.list_of(page.section).table.rows]


def write(page: RosterPage, name: str, text: str) -> None:
    editor = page.desk.form.editors[name].widget
    assert isinstance(editor, QLineEdit)
    editor.setText(text)


def stored(workspace: Workspace, cls: type[Deputy]) -> list[Deputy]:
    with workspace.reading() as connection:
        return found(connection, cls)


# --- lists ------------------------------------------------------------------------------------------------------------


def test_an_empty_register_says_what_belongs_here_and_offers_the_first_step(page: RosterPage) -> None:
    page.refresh()
    listed = page.list_of(S.DEPUTIES)
    assert listed._stack.currentIndex() == 1
    QTest.mouseClick(listed._empty.deed, Qt.MouseButton.LeftButton)
    assert page.stack.currentWidget() is page.desk


def test_the_list_is_narrowed_by_standing_level_group_congress_and_pinyin(page: RosterPage, bench: Workbench) -> None:
    congress = Congress(id=bench.workspace.clock.new_id(), name="某镇人民代表大会", level=Level.TOWNSHIP)
    here = a_deputy(bench.workspace, "李明", level=Level.TOWNSHIP, deputy_group="第一小组", congress=congress.id)
    other = a_deputy(bench.workspace, "王芳", level=Level.COUNTY, deputy_group="第二小组")
    gone = a_deputy(bench.workspace, "张三", status=DeputyStatus.ENDED)
    save(bench.workspace, congress, here, other, gone)
    page.refresh()
    listed = page.list_of(S.DEPUTIES)
    assert names(page) == ["王芳", "李明"]  # by level
    listed.typed.setText("liming")
    listed.typed.pause.timeout.emit()
    assert names(page) == ["李明"]
    listed.typed.setText("")
    listed.typed.pause.timeout.emit()
    for box, code, expected in (("level", "county", "王芳"), ("group", "第一小组", "李明"), ("congress", congress.id, "李明")):
        listed.boxes[box].show_code(code)
        assert names(page) == [expected]
        listed.boxes[box].setCurrentIndex(0)
    QTest.mouseClick(listed.standing[Standing.GONE], Qt.MouseButton.LeftButton)
    assert names(page) == ["张三"]


def test_a_record_that_a_search_found_opens_in_its_section(page: RosterPage, bench: Workbench) -> None:
    unit = Unit(id=bench.workspace.clock.new_id(), name="某县水利局", policy_contact="周某", policy_phone="0731-1")
    save(bench.workspace, unit)
    page.refresh()
    page.open_record(unit.id)
    assert page.section is S.UNITS
    assert page.list_of(S.UNITS).detail.title.text() == "某县水利局"
    assert [row.contact for row in page.list_of(S.UNITS).table.rows] == ["周某 0731-1"]


def test_the_term_of_a_deputy_is_told_with_its_days(page: RosterPage, bench: Workbench) -> None:
    congress = Congress(id=bench.workspace.clock.new_id(), name="某镇人民代表大会")
    term = Term(id=bench.workspace.clock.new_id(), congress=congress.id, term_no=18, began_on=date(2022, 1, 12))
    deputy = a_deputy(bench.workspace, congress=congress.id, term=term.id)
    save(bench.workspace, congress, term, deputy)
    page.open_record(deputy.id)
    card = page.list_of(S.DEPUTIES).detail.card
    assert card
    assert {each.field: each.value for each in card.fields}["term"] == "第18届（2022年1月12日起）"


def test_figures_lead_to_what_they_count(page: RosterPage, bench: Workbench, went: Went) -> None:
    deputy = a_deputy(bench.workspace)
    visit = Visit(id=bench.workspace.clock.new_id(), visit_kind=VisitKind.RECEPTION, on=date(2026, 11, 1), deputies=(deputy.id,))
    save(bench.workspace, deputy, visit, an_issue(bench.workspace, deputies=(deputy.id,)))
    page.open_record(deputy.id)
    detail = page.list_of(S.DEPUTIES).detail
    assert {kind: door.number for kind, door in detail.doors.items()} == {
        "visit": "1",
        "encounter": "0",
        "issue": "1",
        "suggestion": "0",
    }
    detail.doors["issue"].click()
    assert went[-1] == (Place.SEARCH, "", f"of:issue:{deputy.id}")


def test_a_telephone_is_masked_until_it_is_asked_for_and_that_is_noted(page: RosterPage, bench: Workbench) -> None:
    deputy = a_deputy(bench.workspace)
    save(bench.workspace, deputy, a_contact(bench.workspace, deputy.id, "13800001234"))
    page.open_record(deputy.id)
    detail = page.list_of(S.DEPUTIES).detail
    assert detail.card
    assert detail.card.phone == "138****1234"
    detail.contact.click()
    assert not detail.contact.isVisible()
    assert "contact_shown" in [each.event for each in history(bench.workspace, deputy.id)]


# --- forms ------------------------------------------------------------------------------------------------------------


def test_a_deputy_is_entered_with_a_telephone_and_that_can_be_taken_back(page: RosterPage, bench: Workbench) -> None:
    page.refresh()
    page.desk.enter("deputy")
    write(page, "name", "代表甲")
    write(page, "elected_on", "2022.1.5")
    contact = page.desk.contact.editors["phone"].widget
    assert isinstance(contact, QLineEdit)
    contact.setText("13800001234")
    page.desk.save()
    (deputy,) = stored(bench.workspace, Deputy)
    assert (deputy.name, deputy.elected_on, deputy.station) == ("代表甲", date(2022, 1, 5), bench.workspace.author.owner)
    with bench.workspace.reading() as connection:
        assert [(each.of, each.phone) for each in found(connection, Contact)] == [(deputy.id, "13800001234")]
    assert names(page) == ["代表甲"]
    bench.feedback.deed.click()
    assert not stored(bench.workspace, Deputy)


def test_what_cannot_be_read_is_said_beside_its_field_and_stays(page: RosterPage, bench: Workbench) -> None:
    page.desk.enter("deputy")
    write(page, "name", "代表甲")
    write(page, "elected_on", "前年")
    page.desk.save()
    assert "前年" in page.desk.form.fields["elected_on"].problem.text()
    assert not stored(bench.workspace, Deputy)
    write(page, "elected_on", "")
    write(page, "name", "")
    page.desk.save()
    assert page.desk.form.fields["name"].problem.isVisible()


def test_what_is_typed_is_kept_and_gone_on_with(page: RosterPage, bench: Workbench) -> None:
    page.desk.enter("unit")
    write(page, "name", "某县水利局")
    page.go_back()
    (draft,) = drafts(bench.workspace)
    assert draft.kind == "unit"
    page.begin(f"restore:{draft.key}")
    assert page.section is S.UNITS
    assert page.desk.form.read().name == "某县水利局"
    page.desk.save()
    assert not drafts(bench.workspace)
    assert names(page) == ["某县水利局"]


def test_a_form_looked_at_and_left_leaves_no_draft(page: RosterPage, bench: Workbench) -> None:
    deputy = a_deputy(bench.workspace)
    save(bench.workspace, deputy)
    page.desk.change(deputy.id)
    page.go_back()
    assert not drafts(bench.workspace)


def test_of_two_who_change_a_record_the_second_is_asked_which_version_stands(page: RosterPage, bench: Workbench) -> None:
    deputy = a_deputy(bench.workspace, workplace="某厂")
    save(bench.workspace, deputy)
    page.desk.change(deputy.id)
    write(page, "workplace", "某公司")
    save(bench.workspace, replace(deputy, workplace="某商店"))
    page.desk.save()
    assert page.desk.stale.isVisible()
    page.desk.stale.ours.click()
    assert record_of(bench.workspace, Deputy, deputy.id).workplace == "某公司"


def test_what_another_record_names_is_not_removed(page: RosterPage, bench: Workbench) -> None:
    alone, named = a_deputy(bench.workspace, "代表甲"), a_deputy(bench.workspace, "代表乙")
    save(bench.workspace, alone, named, an_issue(bench.workspace, deputies=(named.id,)))
    page.refresh()
    page.list_of(S.DEPUTIES).detail.remove_wanted.emit(named.id)
    assert "路灯" in bench.feedback.words
    page.list_of(S.DEPUTIES).detail.remove_wanted.emit(alone.id)
    assert names(page) == ["代表乙"]
    bench.feedback.deed.click()
    assert names(page) == ["代表甲", "代表乙"]


def test_a_mandate_ends_with_a_reason_and_is_taken_back(page: RosterPage, bench: Workbench, qtbot: QtBot) -> None:
    deputy = a_deputy(bench.workspace)
    save(bench.workspace, deputy)
    page.open_record(deputy.id)
    page.list_of(S.DEPUTIES).detail.end.click()
    dialog = page.findChild(EndMandateDialog)
    assert dialog
    dialog.save_button.click()
    assert dialog.reason.problem.text()
    dialog.reason.editor.setCurrentText("工作调动")
    dialog.save_button.click()
    ended = record_of(bench.workspace, Deputy, deputy.id)
    assert (ended.status, ended.ended_on, ended.ended_reason) == (DeputyStatus.ENDED, date(2026, 11, 21), "工作调动")
    bench.feedback.deed.click()
    assert record_of(bench.workspace, Deputy, deputy.id) == deputy


def test_the_end_of_a_mandate_that_was_begun_is_taken_up(page: RosterPage, bench: Workbench) -> None:
    deputy = a_deputy(bench.workspace, "代表甲")
    save(bench.workspace, deputy)
    page.begin(f"restore:{mandate_key(deputy.id)}")
    dialog = page.findChild(EndMandateDialog)
    assert dialog
    assert "代表甲" in dialog.windowTitle()


# --- livelihood projects ----------------------------------------------------------------------------------------------


def test_a_project_stands_on_issues_and_goes_its_way(page: RosterPage, bench: Workbench, went: Went) -> None:
    issues = [an_issue(bench.workspace, subject, place="东街") for subject in ("路灯不亮", "路面坑洼")]
    save(bench.workspace, *issues)
    page.refresh()
    page.begin(f"project:{issues[0].id},{issues[1].id}")
    assert page.desk.form.read().content == "路灯不亮\n路面坑洼"
    write(page, "name", "东街改造")
    write(page, "budget", "12.5")
    page.desk.save()
    with bench.workspace.reading() as connection:
        (project,) = found(connection, Project)
    assert (project.issues, project.budget, project.state) == (
        tuple(each.id for each in issues),
        12_500_000,
        ProjectState.COLLECTED,
    )
    assert page.section is S.PROJECTS

    page.steps.begin(project.id, ProjectEvent.PUT_UP)
    page._save_shown()
    page.steps.begin(project.id, ProjectEvent.CHOOSE)
    form = page.steps.form
    assert form
    for name, text in (("votes_for", "52"), ("votes_against", "三票")):
        editor = form.editors[name].widget
        assert isinstance(editor, QLineEdit)
        editor.setText(text)
    page._save_shown()
    assert "三票" in form.fields["votes_against"].problem.text()
    wrong = form.editors["votes_against"].widget
    assert isinstance(wrong, QLineEdit)
    wrong.setText("3")
    page._save_shown()
    chosen = record_of(bench.workspace, Project, project.id)
    assert (chosen.state, chosen.votes_for, chosen.votes_against, chosen.voted_on) == (
        ProjectState.CHOSEN,
        52,
        3,
        date(2026, 11, 21),
    )
    with bench.workspace.reading() as connection:
        assert [each.event for each in found(connection, Step)] == [ProjectEvent.PUT_UP, ProjectEvent.CHOOSE]
    bench.feedback.deed.click()
    assert record_of(bench.workspace, Project, project.id).state == ProjectState.CANDIDATE


def test_a_step_that_was_begun_is_kept_and_gone_on_with(page: RosterPage, bench: Workbench) -> None:
    project = Project(id=bench.workspace.clock.new_id(), name="东街改造", state=ProjectState.UNDER_WAY)
    save(bench.workspace, project)
    page.refresh()
    page.begin("project")
    page.steps.begin(project.id, ProjectEvent.REPORT)
    page.steps.words.editor.setPlainText("路基已完成")
    page.go_back()
    (draft,) = drafts(bench.workspace)
    page.begin(f"restore:{draft.key}")
    assert page.steps.read().words == "路基已完成"
    page._save_shown()
    assert record_of(bench.workspace, Project, project.id).progress == "路基已完成"
    assert not drafts(bench.workspace)
