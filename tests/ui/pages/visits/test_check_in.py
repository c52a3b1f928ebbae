"""Deputies check in at the reception desk: by a scanner that types, by pictures of their codes."""

from collections.abc import Iterator
from datetime import time
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from app.domain.people import Deputy
from app.domain.scanned import card_code
from app.domain.visit import Attendance, CheckIn, Presence
from app.workspace import Workspace
from tests.app.pictures.coded import coded
from tests.app.pictures.drawn import photograph
from tests.builders import a_deputy, save
from tests.ui.keyboard import enter, focused, press, write
from tests.ui.visits_written import CTRL, a_saved_reception, begin, only_sheet
from ui.pages.visits.page import VisitsPage as Page
from ui.widgets.scan_field import ScanField


@pytest.fixture
def second(workspace: Workspace) -> Deputy:
    made = a_deputy(workspace, "李代表", deputy_card_no="HN0002")
    save(workspace, made)
    return made


@pytest.fixture
def clipboard(qapp: QApplication) -> Iterator[None]:
    yield
    QGuiApplication.clipboard().clear()


def scan(page: Page) -> ScanField:
    return page.desk.sign_in.scan


def there(page: Page) -> list[Attendance]:
    return list(page.desk.read().attendance)


def test_a_scanner_types_the_card_and_the_next_one(page: Page, workspace: Workspace, deputy: Deputy, second: Deputy) -> None:
    begin(page)
    press(Qt.Key.Key_F4)
    assert focused() is scan(page).field
    write("https://dbxx.example/card?no=hn0002")
    enter()
    assert (scan(page).field.text(), scan(page).told.text()) == ("", "李代表已签到。")
    write(card_code(deputy.id))
    enter()
    assert focused() is scan(page).field
    assert [(each.deputy, each.check_in, each.arrived) for each in there(page)] == [
        (second.id, CheckIn.QR_CHECK_IN, time(9)),
        (deputy.id, CheckIn.QR_CHECK_IN, time(9)),
    ]
    write("HN0002")
    enter()
    assert len(there(page)) == 2
    assert scan(page).told.text() == "李代表之前已经签到。"
    press(Qt.Key.Key_Return, CTRL)
    assert len(only_sheet(workspace).attendance) == 2


def test_no_input_method_comes_between_a_scanner_and_its_field(page: Page) -> None:
    begin(page)
    field = scan(page).field
    assert not field.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    assert field.inputMethodHints() & Qt.InputMethodHint.ImhLatinOnly


def test_what_nobody_knows_stays_in_sight_until_the_next_scan(page: Page, second: Deputy) -> None:
    begin(page)
    press(Qt.Key.Key_F4)
    write("X99")
    enter()
    assert scan(page).field.text() == "X99"
    assert "X99" in scan(page).problem.text()
    write("HN0002")  # what was scanned is selected: the scanner writes over it
    enter()
    assert [each.deputy for each in there(page)] == [second.id]
    assert not scan(page).problem.isVisible()
    enter()
    assert focused() is scan(page).field


def test_who_was_expected_comes_in_by_card_and_who_was_excused_comes_after_all(
    page: Page, workspace: Workspace, deputy: Deputy, second: Deputy
) -> None:
    saved = a_saved_reception(workspace, (deputy.id, second.id))
    excused = Attendance(
        id=workspace.clock.new_id(), visit=saved.sheet.visit.id, deputy=second.id, presence=Presence.ON_LEAVE, leave_reason="会议"
    )
    save(workspace, excused)
    page.begin(f"desk:{saved.sheet.visit.id}")
    for code in (card_code(deputy.id), "HN0002"):
        scan(page).scanned.emit(code)
    visit, lines = page.desk.read().visit, {each.deputy: each for each in there(page)}
    assert visit.deputies == (deputy.id, second.id)
    assert {each.presence for each in lines.values()} == {Presence.PRESENT}
    assert (lines[second.id].id, lines[second.id].leave_reason) == (excused.id, "")


def test_several_codes_on_pictures_are_all_checked_in(
    page: Page, deputy: Deputy, second: Deputy, tmp_path: Path, clipboard: None
) -> None:
    begin(page)
    (tmp_path / "两张卡.png").write_bytes(coded(card_code(deputy.id), "HN0002"))
    (tmp_path / "风景.jpg").write_bytes(photograph())
    given = QMimeData()
    given.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("两张卡.png", "风景.jpg")])
    how = given, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    scan(page).field.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, *how))
    assert [each.deputy for each in there(page)] == [deputy.id, second.id]
    assert "风景.jpg" in scan(page).problem.text()


def test_a_picture_is_pasted_and_words_are_pasted_as_words(page: Page, second: Deputy, clipboard: None) -> None:
    begin(page)
    press(Qt.Key.Key_F4)
    QGuiApplication.clipboard().setImage(QImage.fromData(coded("HN0002")))
    press(Qt.Key.Key_V, CTRL)
    assert [each.deputy for each in there(page)] == [second.id]
    QGuiApplication.clipboard().setText("HN 0002")
    press(Qt.Key.Key_V, CTRL)
    assert scan(page).field.text() == "HN 0002"


def test_nobody_scans_outside(page: Page) -> None:
    page.begin("outreach")
    assert not any(each.isVisible() for each in page.findChildren(type(scan(page))))
