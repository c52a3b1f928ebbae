"""The rota in the window: planned with a preview, changed, announced, begun at the desk; blank forms and slips on paper."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from app.domain.papers import PaperName, Span
from app.domain.people import Deputy
from app.domain.rota import Announcement, RestDay, RotaPlan
from app.domain.visit import Visit, VisitKind
from app.queries.rota import RotaEntry, rota
from app.use_cases.numbering import next_numbers
from app.use_cases.rota import plan_receptions
from app.use_cases.rota_drafts import PLAN_KEY, day_key
from app.workspace import Workspace
from tests.builders import save
from tests.ui.visits_written import a_saved_reception
from ui.dialogs.paper_dialog import PaperDialog
from ui.dialogs.rota_day_dialog import RotaDayDialog
from ui.dialogs.rota_plan_dialog import RotaPlanDialog
from ui.pages.visits.page import VisitsPage as Page
from ui.places import Place
from ui.shell.shell import Shell

AHEAD = Span(first=date(2026, 11, 21))
PLAN = RotaPlan(first=date(2026, 12, 1), last=date(2027, 2, 28), rest_day=RestDay.KEEP, place="接待室")


def days(workspace: Workspace) -> list[RotaEntry]:
    return list(rota(workspace, AHEAD))


def paper(page: Page) -> PaperDialog:
    """The paper that was asked for last."""
    return page.findChildren(PaperDialog)[-1]


def test_several_days_are_planned_as_the_preview_showed_them(
    page: Page, window: Shell, deputy: Deputy, workspace: Workspace
) -> None:
    window.go(Place.VISITS, deed="rota")
    assert page.stack.currentWidget() is page.rota
    page.rota.plan()
    dialog = page.rota.findChild(RotaPlanDialog)
    assert dialog is not None
    form = dialog.form
    form.show_plan(replace(form.read(), first=PLAN.first, last=PLAN.last, rest_day=RestDay.KEEP, deputies=(deputy.id,)))
    dialog.pause.timeout.emit()
    shown = [each.day.on for each in dialog.table.rows]
    dialog.save_button.click()

    assert [each.on for each in days(workspace)] == shown == [date(2026, 12, 7), date(2027, 1, 4), date(2027, 2, 1)]
    assert [each.id for each in page.rota.table.rows] == [each.id for each in days(workspace)]
    assert {each.names for each in page.rota.table.rows} == {("王代表",)}


def test_an_hour_that_is_none_is_told_and_nothing_is_offered(page: Page, window: Shell) -> None:
    window.go(Place.VISITS, deed="rota")
    page.rota.plan()
    dialog = page.rota.findChild(RotaPlanDialog)
    assert dialog is not None
    dialog.form.starts.editor.setText("二十五点")
    dialog.pause.timeout.emit()
    assert dialog.form.starts.problem.text()
    assert not dialog.save_button.isEnabled()


def test_a_day_is_changed_and_taken_off_and_comes_back(page: Page, window: Shell, workspace: Workspace) -> None:
    first, *_others = plan_receptions(workspace, PLAN).ids
    window.go(Place.VISITS, deed=f"rota:{first}")
    page.rota.day.change.click()
    dialog = page.rota.findChild(RotaDayDialog)
    assert dialog is not None
    dialog.place.editor.setText("村部")
    dialog.save_button.click()
    assert days(workspace)[0].place == "村部"

    page.rota.day.cancel.click()
    assert first not in {each.id for each in days(workspace)}
    page.bench.feedback.deed.click()
    assert days(workspace)[0].id == first
    assert page.stack.currentWidget() is page.rota


def test_the_deputies_of_two_days_change_places(page: Page, window: Shell, deputy: Deputy, workspace: Workspace) -> None:
    first, second, _third = plan_receptions(workspace, PLAN).ids
    with workspace.writing() as books:
        books.records.save(replace(books.records.get(Visit, first).record, deputies=(deputy.id,)))
    window.go(Place.VISITS, deed=f"rota:{first}")
    page.rota.day.menu.aboutToShow.emit()
    assert len(page.rota.day.menu.actions()) == 2
    page.rota.day.menu.actions()[0].trigger()
    told = {each.id: each.deputies for each in days(workspace)}
    assert (told[first], told[second]) == ((), (deputy.id,))


def test_a_notice_that_was_saved_is_out_and_the_list_says_so(
    page: Page, window: Shell, workspace: Workspace, tmp_path: Path
) -> None:
    first, *_others = plan_receptions(workspace, PLAN).ids
    window.go(Place.VISITS, deed=f"notice:{first}")
    paper(page).save_to(tmp_path / "公告.pdf")
    assert (tmp_path / "公告.pdf").read_bytes().startswith(b"%PDF-")
    page.refresh()
    assert page.rota.table.rows[0].notice is Announcement.ANNOUNCED


def test_a_reception_begins_at_the_desk_with_what_the_rota_says(
    page: Page, window: Shell, deputy: Deputy, workspace: Workspace
) -> None:
    planned = Visit(
        id=workspace.clock.new_id(),
        visit_kind=VisitKind.RECEPTION,
        on=workspace.clock.today().date(),
        place="接待室",
        deputies=(deputy.id,),
    )
    save(workspace, planned)
    window.go(Place.VISITS, deed="reception")
    assert page.desk.visit_id() == planned.id
    assert page.desk.read().visit.deputies == (deputy.id,)


def test_the_calendar_file_is_written(page: Page, window: Shell, workspace: Workspace, tmp_path: Path) -> None:
    plan_receptions(workspace, PLAN)
    window.go(Place.VISITS, deed="rota")
    page.rota.export_to(tmp_path / "接待日.ics")
    assert (tmp_path / "接待日.ics").read_bytes().count(b"BEGIN:VEVENT") == 3


def test_blank_forms_are_counted_and_their_numbers_used_up(
    page: Page, window: Shell, workspace: Workspace, tmp_path: Path
) -> None:
    window.go(Place.VISITS, deed="rota")
    page.rota.papers.buttons[PaperName.BLANK_RECEPTION_FORM].click()
    dialog = paper(page)
    dialog.copies.setValue(3)
    assert dialog.view.pages() == 3
    dialog.save_to(tmp_path / "空白表.pdf")
    assert "来2026-00003" in dialog.feedback.words
    assert next_numbers(workspace, "来", 1) == ("来2026-00004",)


def test_the_slip_of_a_visit_is_shown_from_the_list_and_from_the_desk(page: Page, workspace: Workspace) -> None:
    saved = a_saved_reception(workspace)
    page.refresh()
    page.list.show_visit(saved.sheet.visit.id)
    page.list.detail.slip.click()
    assert paper(page).view.pages() == 1

    page.list.opened.emit(saved.sheet.visit.id)
    page.desk.visitor.village.editor.setText("东街社区")
    before = len(page.findChildren(PaperDialog))
    page.desk.print_slip()
    assert len(page.findChildren(PaperDialog)) == before + 1


def test_late_entry_asks_for_the_number_on_the_paper(page: Page, workspace: Workspace) -> None:
    page.begin("reception")
    assert page.desk.visitor.number.isHidden()
    page.desk.visit.late.setChecked(True)
    assert not page.desk.visitor.number.isHidden()
    page.desk.visitor.name.editor.setText("张三")
    page.desk.visitor.matter.words.editor.setPlainText("路灯不亮")
    page.desk.visitor.number.editor.setText("来2026-00031")
    assert page.desk.save_visitor()
    (stands,) = page.desk.keeper.stands
    assert [each.encounter.number for each in stands.lines] == ["来2026-00031"]


def test_drafts_of_the_rota_are_taken_up_where_they_were_left(page: Page, window: Shell, workspace: Workspace) -> None:
    plan_receptions(workspace, PLAN)
    entry = days(workspace)[1]
    window.go(Place.VISITS, deed=f"restore:{day_key(entry.id)}")
    assert page.stack.currentWidget() is page.rota
    changing = page.rota.findChild(RotaDayDialog)
    assert changing
    assert changing.on.editor.day() == entry.on
    changing.reject()
    window.go(Place.VISITS, deed=f"restore:{PLAN_KEY}")
    assert page.rota.findChild(RotaPlanDialog)
