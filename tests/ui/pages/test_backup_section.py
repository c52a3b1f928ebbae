"""The part of the settings about backups: their age and places, what its buttons do, what is told of a stick that is away."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from app.use_cases.backups import backup_state
from ui.page import Workbench
from ui.pages.settings.backup_section import BackupSection
from ui.pages.settings.page import SettingsPage


@pytest.fixture
def section(bench: Workbench, qapp: object) -> BackupSection:
    page = SettingsPage(bench)
    page.begin("backups")
    section = page.backups
    section.refresh()
    bench.background.setProperty("page", page)  # it lives as long as the bench
    return section


def _words(section: BackupSection) -> str:
    return " ".join(each.text() for each in section.notice.findChildren(QLabel))


def test_a_backup_made_by_hand_is_seen_and_proves_good(section: BackupSection) -> None:
    assert section.state
    assert not section.state.here
    assert not section.prove.isEnabled()
    section.now.click()
    assert section.state
    assert len(section.state.here) == 1
    assert section.prove.isEnabled()
    assert section.notice.isVisibleTo(section)
    section.prove.click()
    (found,) = section.state.here
    assert found.backup
    assert str(found.backup.contents.records) in _words(section)


def test_a_second_place_is_filled_at_once_and_told_when_it_is_away(section: BackupSection, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    section.use(stick)
    assert section.state
    assert len(section.state.there) == 1
    assert section.place.text() == str(stick)
    assert not section.trouble.text()
    stick.rename(tmp_path / "pulled")
    section.back_up()
    assert section.state
    assert not section.state.there_is
    assert str(stick) in section.trouble.text()
    section.none_button.click()
    assert backup_state(section.bench.workspace).notes.folder == ""
    section.refresh()
    assert not section.trouble.text()


def test_a_damaged_backup_is_told_when_it_is_tried(section: BackupSection, monkeypatch: pytest.MonkeyPatch) -> None:
    section.now.click()
    assert section.state
    (folder,) = [each.folder for each in section.state.here]
    (folder / "station.db").write_bytes(b"nothing")
    told: list[str] = []
    monkeypatch.setattr(section.notice, "say", lambda words, *_rest: told.append(words))
    section.prove.click()
    assert any("station.db" in words for words in told)
