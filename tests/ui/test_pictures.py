"""Each page and dialog that `docs/` has a picture of can be reached as the picture says."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from app.clock import Clock
from app.queries.counts import count
from ui import pictures
from ui.application import Window
from ui.pages.settings import SettingsPage
from ui.places import Place
from ui.restore_scenes import RESTORED, lose_station, restoring
from ui.scene import settle
from ui.seat_scenes import TWO_COMPUTERS, TwoComputers, joined, joining, listed
from ui.shell.shell import Shell
from ui.theme import Theme


def has_cameras() -> bool:
    """Whether this machine has what Qt's cameras stand on."""
    try:
        importlib.import_module("PySide6.QtMultimedia")
    except ImportError:
        return False
    return True


@pytest.fixture
def shell(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Shell]:
    """The window on the invented station of the pictures."""
    home = tmp_path / "home"
    station = pictures._invented(home)
    window: Window = pictures._window(home, Theme(qapp))
    qtbot.addWidget(window)
    window.show_station(station)
    assert window.shell
    yield window.shell
    window.press.close()
    station.close()


UI = Path(pictures.__file__).parent


def dialogs_of_the_window() -> set[str]:
    """Every dialog of the window by its name."""
    trees = (ast.parse(each.read_text(encoding="utf-8")) for each in UI.rglob("*.py"))
    classes = (each for tree in trees for each in ast.walk(tree) if isinstance(each, ast.ClassDef))
    return {each.name for each in classes if any(isinstance(base, ast.Name) and base.id == "QDialog" for base in each.bases)}


def test_every_scene_can_be_reached_and_every_dialog_has_one(shell: Shell) -> None:
    shown = set() if has_cameras() else {"CameraDialog"}
    for name, scene in pictures.SCENES.items():
        if name == "dialog-camera" and not has_cameras():
            continue

        pictures._go(shell, scene)
        settle()
        dialog = QApplication.activeModalWidget()
        assert (dialog is not None) == name.startswith("dialog-"), name
        if isinstance(dialog, QDialog):
            shown.add(type(dialog).__name__)
            dialog.reject()
        while shell.page(scene.place).go_back():
            settle()
    assert shown == dialogs_of_the_window()


def test_every_scene_has_its_picture_and_every_picture_its_scene() -> None:
    endings = {size: "" if size == pictures.SIZES[0] else f"-{size}" for size in pictures.SIZES}
    drawn = {f"{name}{endings[size]}" for name, scene in pictures.SCENES.items() for size in scene.sizes}
    apart = ("paper-", "window-entrance", "window-lock", *RESTORED, *TWO_COMPUTERS)  # drawn by other ways
    kept = {each.stem for each in pictures.DOCS.glob("*.png") if not each.stem.startswith(apart)}
    assert drawn == kept


def test_a_clean_computer_is_brought_back_picture_by_picture(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    code = lose_station(tmp_path, "a passphrase", Clock())
    (tmp_path / "clean").mkdir()
    window = pictures._window(tmp_path / "clean", Theme(qapp))
    qtbot.addWidget(window)
    assert tuple(restoring(window, tmp_path / "stick", code, "a passphrase")) == RESTORED
    assert window.shell
    assert count(window.shell.bench.workspace)["issue"] > 0
    assert [name for name in RESTORED if not (pictures.DOCS / f"{name}.png").exists()] == []
    window.close()


def test_a_second_computer_joins_picture_by_picture(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    two = TwoComputers(tmp_path, "a passphrase", Clock())
    try:
        (tmp_path / "third").mkdir()
        windows = [pictures._window(tmp_path / home, Theme(qapp)) for home in ("third", "second", "first")]
        empty, second, first = windows
        seen = [*joining(empty), *joined(second, two.second)]
        two.admit()
        seen += listed(first, two.first)
        assert sorted(seen) == sorted(TWO_COMPUTERS)
        assert first.shell
        settings = first.shell.page(Place.SETTINGS)
        assert isinstance(settings, SettingsPage)
        assert [each.name for each in settings.computers.computers] == ["接待室", "二楼办公室"]
        endings = ("", f"-{pictures.SIZES[1]}")
        wanted = [pictures.DOCS / f"{name}{ending}.png" for name in TWO_COMPUTERS for ending in endings]
        assert [each.name for each in wanted if not each.exists()] == []
        for each in windows:
            qtbot.addWidget(each)
            each.close()
    finally:
        two.close()


def test_every_place_has_a_scene() -> None:
    assert {scene.place for scene in pictures.SCENES.values()} == set(Place)


def test_the_lock_has_its_picture(shell: Shell) -> None:
    window = shell.window()
    assert isinstance(window, Window)
    pictures.lock(window)
    assert window.locking
    assert window.locking.screen
    assert not window.locking.screen.pin.isHidden()
