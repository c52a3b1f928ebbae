"""Pictures at the reception desk while a visit is typed."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.queries.attachments import attachments_of
from app.queries.visit_drafts import unsaved_visits
from app.use_cases.attachment_desk import Offered
from app.workspace import Workspace
from tests.app.pictures.drawn import photograph
from tests.ui.keyboard import enter, press, write
from tests.ui.visits_written import CTRL, WORDS, another_window, begin, only_sheet, sheets
from ui.pages.visits.desk_files import DeskFiles
from ui.pages.visits.page import VisitsPage as Page
from ui.shell.shell import Shell


@pytest.fixture
def pictures(tmp_path: Path) -> list[Offered]:
    for number in range(3):
        (tmp_path / f"照片{number}.jpg").write_bytes(photograph(300 + number, 200))
    return [Offered.at(tmp_path / f"照片{number}.jpg") for number in range(3)]


def files(page: Page) -> DeskFiles:
    return page.desk.files


def shown(page: Page) -> list[str]:
    return [each.name for each in files(page).files]


def a_visitor(page: Page) -> None:
    page.desk.visitor.begin()
    write("A")
    enter()
    write(WORDS)


def test_pictures_wait_with_the_draft_and_are_attached_when_the_visit_is_saved(
    page: Page, workspace: Workspace, pictures: list[Offered]
) -> None:
    begin(page)
    files(page).add_offered(pictures[:2])
    assert shown(page) == ["照片0.jpg", "照片1.jpg"]
    assert not sheets(workspace)  # only an explicit save makes a record
    a_visitor(page)
    press(Qt.Key.Key_Return, CTRL)
    visit = only_sheet(workspace).visit
    assert [each.name for each in attachments_of(workspace, visit.id)] == shown(page)
    assert not files(page).held
    files(page).add_offered(pictures[2:])
    assert len(attachments_of(workspace, visit.id)) == 3
    assert shown(page) == ["照片0.jpg", "照片1.jpg", "照片2.jpg"]


def test_a_picture_is_safe_before_anything_was_typed(
    page: Page, window: Shell, workspace: Workspace, pictures: list[Offered]
) -> None:
    begin(page)
    files(page).add_offered(pictures[:1])
    (kept,) = unsaved_visits(workspace)
    again = another_window(window, workspace)
    again.begin(f"restore:{kept.key}")
    assert [each.name for each in again.desk.files.files] == ["照片0.jpg"]
    a_visitor(again)
    press(Qt.Key.Key_Return, CTRL)
    assert len(attachments_of(workspace, only_sheet(workspace).visit.id)) == 1
    assert not unsaved_visits(workspace)


def test_a_waiting_picture_is_taken_off_and_put_back(page: Page, pictures: list[Offered]) -> None:
    begin(page)
    files(page).add_offered(pictures[:2])
    files(page).strip.setCurrentRow(0)
    files(page).remove_current()
    assert shown(page) == ["照片1.jpg"]
    page.bench.feedback.deed.click()
    assert sorted(shown(page)) == ["照片0.jpg", "照片1.jpg"]


def test_a_desk_with_a_picture_alone_stays_open(page: Page, workspace: Workspace, pictures: list[Offered]) -> None:
    begin(page)
    files(page).add_offered(pictures[:1])
    press(Qt.Key.Key_Escape)
    assert len(unsaved_visits(workspace)) == 1


def test_another_visit_has_other_files(page: Page, workspace: Workspace, pictures: list[Offered]) -> None:
    begin(page)
    files(page).add_offered(pictures[:1])
    a_visitor(page)
    press(Qt.Key.Key_Return, CTRL)
    first = only_sheet(workspace).visit.id
    page.desk.end()
    page.begin("reception")
    assert shown(page) == []
    press(Qt.Key.Key_Escape)
    page.begin(f"desk:{first}")
    assert shown(page) == ["照片0.jpg"]
    files(page).strip.setCurrentRow(0)
    files(page).remove_current()
    assert not attachments_of(workspace, first)
