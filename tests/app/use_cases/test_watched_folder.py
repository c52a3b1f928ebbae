"""The folder of new pictures: what lay in it before is not offered, what was decided on never again, and no file is touched."""

import os
from pathlib import Path

import pytest

from app.errors import Refused, Unavailable
from app.use_cases.watched_folder import MOST_OFFERED, Watched, decide, look, watch
from app.workspace import Workspace


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "高拍仪"
    made.mkdir()
    (made / "旧.jpg").write_bytes(b"before")
    return made


def put(folder: Path, name: str, content: bytes = b"x", moment: int = 1_000) -> Path:
    (folder / name).write_bytes(content)
    os.utime(folder / name, (moment, moment))
    return folder / name


def names(watched: Watched) -> list[str]:
    return [each.path.name for each in watched.pictures]


def test_nothing_is_watched_until_somebody_wants_it(workspace: Workspace) -> None:
    assert look(workspace) == Watched()


def test_only_what_comes_later_is_offered_the_newest_first(workspace: Workspace, folder: Path) -> None:
    watch(workspace, folder)
    assert names(look(workspace)) == []
    put(folder, "甲.JPG", moment=2_000)
    put(folder, "乙.png", moment=3_000)
    for other in ("读我.txt", ".隐藏.jpg", "~临时.png"):
        put(folder, other)
    (folder / "文件夹.jpg").mkdir()
    assert names(look(workspace)) == ["乙.png", "甲.JPG"]


def test_what_was_decided_is_not_offered_again_but_another_of_its_name_is(workspace: Workspace, folder: Path) -> None:
    watch(workspace, folder)
    picture = put(folder, "scan.jpg", b"one")
    decide(workspace, look(workspace).pictures)
    assert names(look(workspace)) == []
    assert picture.read_bytes() == b"one"
    put(folder, "scan.jpg", b"another")
    assert names(look(workspace)) == ["scan.jpg"]
    decide(workspace, look(workspace).pictures)
    picture.unlink()
    decide(workspace, ())
    assert names(look(workspace)) == []
    assert (folder / "旧.jpg").exists()


def test_a_folder_that_went_away_is_said_so_and_comes_back_as_it_was(workspace: Workspace, folder: Path, tmp_path: Path) -> None:
    watch(workspace, folder)
    put(folder, "a.jpg")
    pictures = look(workspace).pictures
    folder.rename(tmp_path / "拔掉")
    assert look(workspace) == Watched(folder=folder, gone=True)
    decide(workspace, pictures)
    (tmp_path / "拔掉").rename(folder)
    assert names(look(workspace)) == []
    assert not look(workspace).gone


def test_a_folder_that_cannot_be_looked_into_is_not_watched(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for wrong in (tmp_path / "nowhere", tmp_path / "file"):
        with pytest.raises((Refused, Unavailable)):
            watch(workspace, wrong)
    assert look(workspace) == Watched()


def test_somebody_may_stop_watching(workspace: Workspace, folder: Path) -> None:
    watch(workspace, folder)
    put(folder, "a.jpg")
    watch(workspace, None)
    assert look(workspace) == Watched()


def test_of_very_many_the_newest_are_offered(workspace: Workspace, folder: Path) -> None:
    watch(workspace, folder)
    for number in range(MOST_OFFERED + 5):
        put(folder, f"{number}.jpg", moment=1_000 + number)
    assert len(look(workspace).pictures) == MOST_OFFERED
    assert names(look(workspace))[0] == f"{MOST_OFFERED + 4}.jpg"
