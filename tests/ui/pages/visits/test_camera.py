"""The camera before which deputies hold their cards; skipped where this machine lacks what Qt's cameras stand on."""

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.domain.people import Deputy
from app.domain.values import Id
from app.workspace import Workspace
from tests.app.pictures.coded import coded
from tests.builders import a_deputy, save
from tests.ui.keyboard import focused, press
from tests.ui.visits_written import begin
from ui.page import Workbench
from ui.pages.visits.page import VisitsPage as Page
from ui.widgets import scan_field
from ui.widgets.scan_field import ScanField

if TYPE_CHECKING:
    from ui.dialogs.camera_dialog import CameraDialog


@pytest.fixture
def cameras() -> Any:
    """What knows cameras."""
    return pytest.importorskip("ui.dialogs.camera_dialog", reason="Qt's cameras cannot be loaded here", exc_type=ImportError)


@pytest.fixture
def second(workspace: Workspace) -> Deputy:
    made = a_deputy(workspace, "李代表", deputy_card_no="HN0002")
    save(workspace, made)
    return made


def scan(page: Page) -> ScanField:
    return page.desk.sign_in.scan


@pytest.mark.parametrize("loaded", [None, "without a camera"])
def test_a_camera_is_offered_only_where_there_is_one(page: Page, loaded: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    class Without:
        @staticmethod
        def camera_here() -> bool:
            return False

    monkeypatch.setattr(scan_field, "_load_cameras", lambda: Without if loaded else None)
    begin(page)
    press(Qt.Key.Key_F4)
    assert not scan(page).camera.isVisible()


def frame_of(content: bytes) -> Any:
    from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat

    picture = QImage.fromData(content).convertToFormat(QImage.Format.Format_RGBA8888)
    frame = QVideoFrame(QVideoFrameFormat(QSize(picture.size()), QVideoFrameFormat.PixelFormat.Format_RGBA8888))
    assert frame.map(QVideoFrame.MapMode.WriteOnly)
    seen, line = memoryview(frame.bits(0)).cast("B"), frame.bytesPerLine(0)
    rows = bytes(picture.constBits())
    for row in range(picture.height()):
        start = row * picture.bytesPerLine()
        seen[row * line : row * line + picture.width() * 4] = rows[start : start + picture.width() * 4]
    frame.unmap()
    return frame


def test_the_camera_tells_each_code_once(bench: Workbench, cameras: Any, qtbot: QtBot) -> None:
    dialog: CameraDialog = cameras.CameraDialog(bench)
    qtbot.addWidget(dialog)
    found: list[Id] = []
    dialog.found.connect(found.append)
    dialog.show()
    for _turn in range(7):
        dialog.sink.setVideoFrame(frame_of(coded("HN0002", scale=6)))
    assert found == ["HN0002"]
    assert not dialog.picture.pixmap().isNull()


def test_what_the_camera_sees_is_checked_in_and_said(
    page: Page, second: Deputy, cameras: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cameras, "camera_here", lambda: True)
    monkeypatch.setattr(cameras, "camera_dialog", lambda bench, parent: cameras.CameraDialog(bench, parent))
    begin(page)
    press(Qt.Key.Key_F4)
    assert scan(page).camera.isVisible()
    scan(page).camera.click()
    (dialog,) = scan(page).findChildren(cameras.CameraDialog)
    dialog.found.emit("HN0002")
    dialog.found.emit("X9")
    assert [each.deputy for each in page.desk.read().attendance] == [second.id]
    assert "X9" in dialog.words.text()
    dialog.accept()
    assert focused() is scan(page).field
