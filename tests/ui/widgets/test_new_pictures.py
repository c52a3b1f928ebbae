"""New pictures of the watched folder beside the open record: offered when they are whole, attached by one click or by Enter."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.issue import Issue
from app.queries.attachments import attachments_of
from app.use_cases.watched_folder import look, watch
from app.workspace import Workspace
from tests.app.pictures.drawn import photograph
from tests.builders import an_issue, save
from tests.ui.keyboard import bring_up, enter, press
from ui.page import Workbench
from ui.watched_pictures import WatchedPictures
from ui.widgets.attachments_card import AttachmentsCard


@pytest.fixture
def folder(tmp_path: Path, workspace: Workspace) -> Path:
    made = tmp_path / "高拍仪"
    made.mkdir()
    watch(workspace, made)
    return made


@pytest.fixture
def watched(bench: Workbench, folder: Path) -> WatchedPictures:
    bench.pictures = WatchedPictures(lambda: bench.workspace, bench.background, bench.feedback)
    return bench.pictures


@pytest.fixture
def issue(workspace: Workspace) -> Issue:
    made = an_issue(workspace)
    save(workspace, made)
    return made


@pytest.fixture
def card(bench: Workbench, issue: Issue, watched: WatchedPictures, qtbot: QtBot) -> AttachmentsCard:
    shown = AttachmentsCard(bench)
    qtbot.addWidget(shown)
    shown.show_record(issue.id, ())
    bring_up(shown)
    return shown


def put(folder: Path, name: str, content: bytes | None = None) -> Path:
    (folder / name).write_bytes(photograph(300 + len(name), 200) if content is None else content)
    return folder / name


def offered(watched: WatchedPictures) -> list[str]:
    return [each.path.name for each in watched.now.pictures]


def come(watched: WatchedPictures) -> None:
    """What is whole has been looked at twice."""
    watched.look()
    watched.again.timeout.emit()


def test_a_picture_is_offered_when_it_grows_no_more(watched: WatchedPictures, folder: Path) -> None:
    watched.begin()
    assert watched.watcher.directories() == [str(folder)]
    content = photograph()
    put(folder, "a.jpg", content[: len(content) // 2])
    watched.watcher.directoryChanged.emit(str(folder))
    assert watched.pause.isActive()
    watched.pause.timeout.emit()
    assert offered(watched) == []
    assert watched.again.isActive()
    os.utime(put(folder, "a.jpg", content), (2_000, 2_000))
    watched.again.timeout.emit()
    assert offered(watched) == []
    watched.again.timeout.emit()
    assert offered(watched) == ["a.jpg"]


def test_one_click_attaches_and_the_file_stays(
    card: AttachmentsCard, watched: WatchedPictures, folder: Path, workspace: Workspace, issue: Issue
) -> None:
    assert not card.new.isVisible()
    first, second = put(folder, "one.jpg"), put(folder, "second.jpg")
    come(watched)
    assert card.new.isVisible()
    assert card.new.strip.count() == 2
    card.new.strip.setCurrentRow(0)
    name = card.new.strip.current.name if card.new.strip.current else ""
    card.new.strip.itemClicked.emit(card.new.strip.item(0))
    assert [each.name for each in attachments_of(workspace, issue.id)] == [name]
    assert card.new.strip.count() == 1
    card.new.strip.setFocus()
    enter()
    assert {each.name for each in attachments_of(workspace, issue.id)} == {first.name, second.name}
    assert not card.new.isVisible()
    assert first.exists()
    assert second.exists()


def test_what_nobody_wants_here_is_offered_no_more(
    card: AttachmentsCard, watched: WatchedPictures, folder: Path, workspace: Workspace, issue: Issue
) -> None:
    for name in ("one.jpg", "two.jpg", "three.jpg"):
        put(folder, name)
    come(watched)
    card.new.strip.setCurrentRow(0)
    card.new.strip.setFocus()
    press(Qt.Key.Key_Delete)
    assert card.new.strip.count() == 2
    card.new.none_wanted.click()
    assert not card.new.isVisible()
    assert not look(workspace).pictures
    assert not attachments_of(workspace, issue.id)
    assert len(list(folder.iterdir())) == 3


def test_what_cannot_be_taken_stays_offered_and_is_said(
    card: AttachmentsCard, watched: WatchedPictures, folder: Path, bench: Workbench
) -> None:
    gone = put(folder, "gone.jpg")
    come(watched)
    gone.unlink()
    card.new.strip.setCurrentRow(0)
    card.new.strip.itemClicked.emit(card.new.strip.item(0))
    assert "gone.jpg" in bench.feedback.words
    watched.look()
    assert not card.new.isVisible()


def test_a_folder_that_went_away_is_said_calmly_and_comes_back(
    card: AttachmentsCard, watched: WatchedPictures, folder: Path, bench: Workbench, tmp_path: Path
) -> None:
    folder.rename(tmp_path / "away")
    watched.look()
    assert "高拍仪" in card.new.told.text()
    assert card.new.isVisible()
    assert not bench.feedback.words
    assert watched.watcher.directories() == []
    (tmp_path / "away").rename(folder)
    watched.again.timeout.emit()
    assert not card.new.isVisible()
    assert watched.watcher.directories() == [str(folder)]


def test_a_picture_goes_to_the_record_that_is_open(
    bench: Workbench, watched: WatchedPictures, folder: Path, qtbot: QtBot
) -> None:
    unseen = AttachmentsCard(bench)
    qtbot.addWidget(unseen)
    put(folder, "one.jpg")
    come(watched)
    assert unseen.new.isHidden()  # nothing is read for a card nobody sees
