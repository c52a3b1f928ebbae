"""The part of the settings about backups: their age and places, what its buttons do, what is told of a stick that is away."""

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from app.clock import CHINA
from app.domain.compaction import CompactionPlan
from app.progress import Progress
from app.use_cases.backups import backup_state
from app.use_cases.compacting import Compacted
from app.workspace import Workspace
from tests.ui.pages.test_settings import press
from ui.page import Workbench
from ui.pages.settings import compaction_card
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


def test_what_is_old_is_let_go_after_it_was_asked(section: BackupSection, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = CompactionPlan(states=12, removed=1, size=4096, before=datetime(2026, 5, 22, tzinfo=CHINA))
    done: list[Workspace] = []

    def let_go(workspace: Workspace, _progress: Progress) -> Compacted:
        done.append(workspace)
        return Compacted(plan=plan, lines=40)

    card = section.compaction
    monkeypatch.setattr(compaction_card, "compaction_plan", lambda _workspace: plan)
    monkeypatch.setattr(compaction_card, "compact", let_go)
    card.look.click()
    told = " ".join(each.text() for each in card.notice.findChildren(QLabel))
    assert all(each in told for each in ("12", "4 KB", "2026-05-22"))
    assert not done, "nothing happens before it is asked"
    press(card.notice, "不修改")
    assert not card.notice.isVisibleTo(section)
    card.look.click()
    press(card.notice, "清理")
    assert len(done) == 1
    assert card.notice.isVisibleTo(section)


def test_whom_one_waits_for_is_told_by_name_and_nothing_is_offered(
    section: BackupSection, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = section.compaction
    monkeypatch.setattr(compaction_card, "compaction_plan", lambda _workspace: CompactionPlan(waiting=("二楼电脑",)))
    card.look.click()
    assert "二楼电脑" in " ".join(each.text() for each in card.notice.findChildren(QLabel))
    assert [each.text() for each in card.notice.findChildren(QPushButton) if each.isVisibleTo(card)] == []


def test_a_station_that_knows_no_body_is_told_so(section: BackupSection) -> None:
    section.compaction.look.click()
    assert not section.compaction.notice.isVisibleTo(section)
    assert section.bench.feedback.words
