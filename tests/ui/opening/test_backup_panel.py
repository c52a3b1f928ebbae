"""A clean machine brought back through the window: folder, backup, sheet; what is wrong is said where it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QLabel

from app.queries.counts import count
from app.settings import Settings
from app.use_cases.backups import back_up
from app.use_cases.opening import OpenStation
from tests.builders import StationHome, an_issue, new_station, save
from tests.ui.keyboard import bring_up
from ui.background import Background, InlineExecutor
from ui.opening.backup_panel import BackupPanel, RestorePanel
from ui.opening.entrance_page import EntrancePage
from ui.opening.welcome_panel import WelcomePanel
from ui.theme import Theme


@pytest.fixture
def lost(tmp_path: Path) -> StationHome:
    """A station of which nothing is left but its sheet and a stick with a backup."""
    home = new_station(tmp_path / "lost")
    (tmp_path / "stick").mkdir()
    with home.opened() as workspace:
        save(workspace, an_issue(workspace))
        back_up(workspace, tmp_path / "stick")
    return home


@pytest.fixture
def let_in() -> Iterator[list[OpenStation]]:
    stations: list[OpenStation] = []
    yield stations
    for each in stations:
        each.close()


@pytest.fixture
def page(qapp: QApplication, tmp_path: Path, let_in: list[OpenStation]) -> EntrancePage:
    background = Background(InlineExecutor(), InlineExecutor(), parent=qapp)
    made = EntrancePage(tmp_path / "new", background, Theme(qapp), Settings())
    made.opened.connect(let_in.append)
    bring_up(made)
    return made


def words(page: EntrancePage) -> str:
    QCoreApplication.processEvents()
    return "\n".join(each.text() for each in page.findChildren(QLabel) if each.isVisibleTo(page))


def typed(panel: RestorePanel, code: str) -> None:
    panel._groups[0].editor.setText(code.replace("-", ""))
    panel._groups[0].editor.textEdited.emit(code)
    panel.fields.choose_passphrase()
    for field in (panel.fields._first, panel.fields._second):
        field.editor.setText("四个 不相干 的 词")


def restored_panel(page: EntrancePage, stick: Path) -> RestorePanel:
    welcome = page.findChild(WelcomePanel)
    assert welcome
    welcome.restore.emit()
    choosing = page._panel
    assert isinstance(choosing, BackupPanel)
    choosing.folder_chosen.emit(stick)
    assert choosing.list.count() == 1
    choosing._next.click()
    assert isinstance(page._panel, RestorePanel)
    return page._panel


def test_a_clean_machine_comes_back(page: EntrancePage, lost: StationHome, tmp_path: Path, let_in: list[OpenStation]) -> None:
    panel = restored_panel(page, tmp_path / "stick")
    typed(panel, lost.made.recovery_code)
    panel.deeds[1].click()
    (station,) = let_in
    assert count(station.workspace)["issue"] == 1
    assert station.workspace.author.owner == lost.made.station


def test_the_sheet_of_another_station_is_refused_and_can_be_typed_again(
    page: EntrancePage, lost: StationHome, tmp_path: Path, let_in: list[OpenStation]
) -> None:
    other = new_station(tmp_path / "other")
    panel = restored_panel(page, tmp_path / "stick")
    typed(panel, other.made.recovery_code)
    panel.deeds[1].click()
    assert not let_in
    assert panel.problem.text()
    assert panel.deeds[1].isEnabled()
    assert not (tmp_path / "new" / "station").exists()
    typed(panel, lost.made.recovery_code)
    panel.deeds[1].click()
    assert len(let_in) == 1


def test_an_empty_stick_and_a_damaged_backup_are_told(page: EntrancePage, lost: StationHome, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    welcome = page.findChild(WelcomePanel)
    assert welcome
    welcome.restore.emit()
    choosing = page._panel
    assert isinstance(choosing, BackupPanel)
    choosing.folder_chosen.emit(tmp_path / "empty")
    assert str(tmp_path / "empty") in words(page)
    assert not choosing._next.isEnabled()
    (manifest,) = (tmp_path / "stick").rglob("backup.json")
    manifest.write_bytes(b"{")
    choosing.folder_chosen.emit(tmp_path / "stick")
    assert choosing.list.count() == 1
    assert not choosing._next.isEnabled()
    assert manifest.parent.name in choosing.list.item(0).text()
