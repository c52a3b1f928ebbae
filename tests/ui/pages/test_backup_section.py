"""The part of the settings about backups: what it says of their age and places, what its buttons do, what is told of a stick away."""

from pathlib import Path

import pytest

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


def test_a_backup_made_by_hand_is_seen_and_proves_good(section: BackupSection) -> None:
    assert section.state and not section.state.here and not section.prove.isEnabled()
    section.now.click()
    assert section.state and len(section.state.here) == 1 and section.prove.isEnabled()
    assert section.notice.isVisibleTo(section)
    section.prove.click()
    assert "完好" in section.notice.text() if hasattr(section.notice, "text") else True


def test_a_second_place_is_filled_at_once_and_told_when_it_is_away(section: BackupSection, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    section.use(stick)
    assert section.state and len(section.state.there) == 1 and section.place.text() == str(stick)
    assert not section.trouble.text()
    stick.rename(tmp_path / "pulled")
    section.back_up()
    assert section.state and not section.state.there_is and str(stick) in section.trouble.text()
    section.none_button.click()
    assert backup_state(section.bench.workspace).notes.folder == ""
    section.refresh()
    assert not section.trouble.text()


def test_a_damaged_backup_is_told_when_it_is_tried(section: BackupSection) -> None:
    section.now.click()
    assert section.state
    (folder,) = [each.folder for each in section.state.here]
    (folder / "station.db").write_bytes(b"nothing")
    told: list[str] = []
    section.notice.say = lambda words, *rest: told.append(words)  # type: ignore[method-assign]
    section.prove.click()
    assert any("station.db" in words for words in told)
