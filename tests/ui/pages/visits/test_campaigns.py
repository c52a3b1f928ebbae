"""The campaigns on screen: made, changed, closed, taken back; every number opens its list."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from app.domain.congress import Level
from app.domain.papers import PaperName
from app.domain.visit import Campaign, Visit, VisitKind
from app.queries.campaign_table import Counted
from app.queries.campaigns import campaign_list
from app.queries.record import record_of
from app.use_cases.campaigns import unsaved_campaign
from app.use_cases.papers import Asked
from app.workspace import Workspace
from tests.builders import a_deputy, an_encounter, an_issue, save
from tests.ui.keyboard import press, write
from tests.ui.visits_written import CTRL
from ui.pages.visits.page import VisitsPage as Page


@pytest.fixture
def campaign(workspace: Workspace) -> Campaign:
    deputy = a_deputy(workspace, "代表甲", level=Level.COUNTY)
    made = Campaign(
        id=workspace.clock.new_id(), name="走访月", starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 30), people_a_deputy=3
    )
    visit = Visit(
        id=workspace.clock.new_id(), visit_kind=VisitKind.OUTREACH, on=date(2026, 11, 9), campaign=made.id, deputies=(deputy.id,)
    )
    met = an_encounter(workspace, "张三", visit=visit.id, people=2, village="东村")
    save(workspace, deputy, made, visit, met, an_issue(workspace, "修路", visit=visit.id, encounter=met.id))
    return made


def shown(page: Page) -> None:
    page.begin("campaigns")
    assert page.stack.currentWidget() is page.campaigns


def doors(page: Page) -> dict[str, QPushButton]:
    return {each.accessibleName(): each for each in page.campaigns.numbers.findChildren(QPushButton) if each.accessibleName()}


def test_a_campaign_is_made_by_keyboard(page: Page, workspace: Workspace) -> None:
    shown(page)
    press(Qt.Key.Key_N, CTRL)
    write("2026年代表走访月")
    press(Qt.Key.Key_Return, CTRL)
    (row,) = campaign_list(workspace)
    assert (row.campaign.name, row.campaign.starts_on, row.campaign.ends_on) == ("2026年代表走访月", date(2026, 11, 1), None)
    assert page.campaigns.stack.currentIndex() == 0


def test_what_is_missing_is_said_beside_the_field_and_the_draft_stays(page: Page, workspace: Workspace) -> None:
    shown(page)
    page.campaigns.new()
    form = page.campaigns.desk.form
    form.issuer.editor.setText("街道人大工委")
    press(Qt.Key.Key_Return, CTRL)
    assert form.name.problem.text()
    key = f"campaign:{form.read().id}"
    page.keep()
    kept = unsaved_campaign(workspace, key)
    assert kept is not None
    assert kept.campaign.issuer == "街道人大工委"
    page.go_back()
    page.begin(f"restore:{key}")
    assert page.campaigns.desk.form.issuer.editor.text() == "街道人大工委"


def test_every_number_opens_the_list_behind_it(page: Page, campaign: Campaign) -> None:
    shown(page)
    names = {name.rpartition(" ")[2] for name in doors(page)}
    assert names <= {"1", "2", "0"}
    view = page.campaigns
    for door in [each for each in doors(page).values() if each.isEnabled()]:
        door.click()
        assert view.stack.currentWidget() is view.behind
        assert view.behind.table.rows
        page.go_back()
    assert view._shown is not None
    view._look_behind(view._shown.whole, Counted.PEOPLE)
    assert [row.title for row in view.behind.table.rows] == ["张*等2人"]
    assert "走访月" in page.heading()


def test_a_deputy_leads_to_the_visits_and_a_visit_to_the_list(page: Page, campaign: Campaign) -> None:
    shown(page)
    view = page.campaigns
    assert view._shown is not None
    view._look_behind(view._shown.whole, Counted.DEPUTIES)
    view.behind._open(view.behind.table.rows[0])
    (row,) = view.behind.table.rows
    assert row.kind == "visit"


def test_it_is_changed_closed_opened_and_taken_back(page: Page, workspace: Workspace, campaign: Campaign) -> None:
    shown(page)
    view = page.campaigns
    view._change.click()
    view.desk.form.issuer.editor.setText("街道人大工委")
    press(Qt.Key.Key_Return, CTRL)
    assert record_of(workspace, Campaign, campaign.id).issuer == "街道人大工委"
    view._close.click()
    assert record_of(workspace, Campaign, campaign.id).closed_on == date(2026, 11, 21)
    assert view._reopen.isVisible()
    view._back_one.click()
    assert record_of(workspace, Campaign, campaign.id).closed_on is None
    assert not view._reopen.isVisible()


def test_visits_of_its_days_are_taken_in(page: Page, workspace: Workspace, campaign: Campaign) -> None:
    other = Visit(id=workspace.clock.new_id(), visit_kind=VisitKind.RECEPTION, on=date(2026, 11, 10))
    save(workspace, other)
    shown(page)
    page.campaigns._gather.click()
    assert record_of(workspace, Visit, other.id).campaign == campaign.id
    assert page.campaigns._shown is not None
    assert page.campaigns._shown.whole.visits == 2


def test_the_table_is_saved_with_numbers_and_printed(page: Page, campaign: Campaign, tmp_path: Path) -> None:
    shown(page)
    path = tmp_path / "表 格.xlsx"
    page.campaigns.export_to(path)
    book = load_workbook(path)
    assert book.sheetnames == ["总表", "五级代表", "代表", "村（社区）"]
    assert [each.value for each in list(book["村（社区）"].rows)[1]] == ["东村", 1, 2, 1, 0, 0]
    assert [each.value for each in list(book["代表"].rows)[1]] == ["代表甲", "县级", 1, 2, 1, 0, 0, "还差1人"]
    asked: list[Asked] = []
    page.campaigns.printed.disconnect()  # a dialog would stand before the page
    page.campaigns.printed.connect(asked.append)
    page.campaigns._print.click()
    assert [(each.name, each.id) for each in asked] == [(PaperName.CAMPAIGN_TABLE, campaign.id)]


def test_one_in_use_stays_and_an_empty_one_goes_and_comes_back(page: Page, workspace: Workspace, campaign: Campaign) -> None:
    shown(page)
    page.campaigns._take_off.click()
    assert len(campaign_list(workspace)) == 1
    empty = Campaign(id=workspace.clock.new_id(), name="空的", starts_on=date(2026, 12, 1))
    save(workspace, empty)
    page.campaigns.show_campaign(empty.id)
    page.campaigns._take_off.click()
    assert len(campaign_list(workspace)) == 1
    page.campaigns._undo(empty.id)
    assert len(campaign_list(workspace)) == 2


def test_a_campaign_found_by_search_is_shown_here(page: Page, campaign: Campaign) -> None:
    page.open_record(campaign.id)
    assert page.stack.currentWidget() is page.campaigns
    assert page.undoable() == campaign.id
