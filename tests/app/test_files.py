"""Files and folders appear whole or not at all, and what the system says of a disk is told by its code."""

import errno
import os
import stat
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Final

import pytest

from app import files
from app.errors import AppError, Refused, Unavailable
from app.files import PART, disk_told, folder_whole, plain_name, replace, sha256_of, sweep_parts, write_whole, written_whole

KILLED: Final = """
import os, signal, sys
from pathlib import Path
from app.files import written_whole
with written_whole(Path(sys.argv[1])) as file:
    file.write(b"half")
    file.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""
on_posix = pytest.mark.skipif(os.name == "nt", reason="a way of POSIX")


class InUse(PermissionError):
    """What Windows says of a file that another program holds: access denied (5), in use (32), locked (33)."""

    winerror = 32


# --- files --------------------------------------------------------------------------------------------------------


def test_a_file_appears_whole(tmp_path: Path) -> None:
    final = tmp_path / "回执 一.json"
    with written_whole(final) as file:
        file.write(b"one")
        assert not final.exists()
        file.write(b"two")
    assert final.read_bytes() == b"onetwo"
    assert list(tmp_path.iterdir()) == [final]


def test_a_file_takes_the_place_of_the_one_before_at_once(tmp_path: Path) -> None:
    final = tmp_path / "a"
    write_whole(final, b"old")
    with written_whole(final) as file:
        file.write(b"new")
        assert final.read_bytes() == b"old"
    assert final.read_bytes() == b"new"


@pytest.mark.parametrize("error", [ZeroDivisionError(), KeyboardInterrupt(), OSError(errno.ENOSPC, "full"), Refused("cancelled")])
def test_after_any_failure_the_old_file_stands_and_nothing_is_left(tmp_path: Path, error: BaseException) -> None:
    final = tmp_path / "a"
    write_whole(final, b"old")

    def write_and_fail() -> None:
        with written_whole(final) as file:
            file.write(b"half")
            raise error

    with pytest.raises((ZeroDivisionError, KeyboardInterrupt, AppError)):
        write_and_fail()
    assert final.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [final]


@on_posix
def test_a_killed_program_leaves_a_part_that_is_swept(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path / "a")], check=False)
    assert done.returncode == -9
    assert [path.name for path in tmp_path.iterdir()] == ["a" + PART]
    (tmp_path / "b").touch()
    sweep_parts(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["b"]
    sweep_parts(tmp_path / "nowhere")


@on_posix
@pytest.mark.parametrize(("private", "mode"), [(True, 0o600), (False, 0o644)])
def test_a_private_file_is_its_owners_alone(tmp_path: Path, private: bool, mode: int) -> None:
    before = os.umask(0o022)
    try:
        write_whole(tmp_path / "a", b"", private=private)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == mode


@on_posix
def test_the_bytes_are_on_the_disk_before_the_name_and_the_name_before_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    sync, rename = os.fsync, Path.replace

    def synced(handle: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        sync(handle)

    def renamed(path: Path, target: Path) -> Path:
        done.append("name")
        return rename(path, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", renamed)
    write_whole(tmp_path / "a", b"x")
    assert done == ["file", "name", "folder"]


def test_the_digest_of_a_file_is_that_of_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 3_000_000)
    for from_disk in (False, True):
        assert sha256_of(tmp_path / "a", from_disk=from_disk) == sha256(b"x" * 3_000_000).hexdigest()
    with pytest.raises(Refused, match="file_missing"):
        sha256_of(tmp_path / "b")


# --- folders -------------------------------------------------------------------------------------------------------


def test_a_folder_appears_whole(tmp_path: Path) -> None:
    final = tmp_path / "new" / "站"
    with folder_whole(final) as part:
        (part / "a").write_bytes(b"1")
        assert not final.exists()
    assert (final / "a").read_bytes() == b"1"
    assert [path.name for path in final.parent.iterdir()] == ["站"]


def test_a_folder_that_fails_leaves_nothing_and_what_was_left_before_is_cleared(tmp_path: Path) -> None:
    final = tmp_path / "站"
    (tmp_path / ("站" + PART)).mkdir()
    (tmp_path / ("站" + PART) / "old").touch()

    def fill_and_fail() -> None:
        with folder_whole(final) as part:
            assert list(part.iterdir()) == []
            (part / "a").touch()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fill_and_fail()
    assert list(tmp_path.iterdir()) == []


# --- renaming while others look ------------------------------------------------------------------------------------


@pytest.mark.parametrize("winerror", [5, 32, 33])
def test_a_file_that_another_program_holds_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, winerror: int) -> None:
    monkeypatch.setattr(InUse, "winerror", winerror)
    rename, tries, waits = Path.replace, iter([True, True, True, False]), list[float]()

    def held(path: Path, target: Path) -> Path:
        if next(tries):
            raise InUse(errno.EACCES, "in use")
        return rename(path, target)

    monkeypatch.setattr(Path, "replace", held)
    (tmp_path / "a.part").write_bytes(b"1")
    replace(tmp_path / "a.part", tmp_path / "a", waits.append)
    assert (tmp_path / "a").read_bytes() == b"1"
    assert waits == [0.05, 0.1, 0.2]


def test_a_file_that_stays_held_is_told_after_some_seconds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []

    def held(path: Path, target: Path) -> Path:
        raise InUse(errno.EACCES, "in use")

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(InUse):
        replace(tmp_path / "a.part", tmp_path / "a", waits.append)
    assert 2 < sum(waits) < 5


def test_another_trouble_is_not_waited_for(tmp_path: Path) -> None:
    waits: list[float] = []
    with pytest.raises(FileNotFoundError):
        replace(tmp_path / "nowhere", tmp_path / "a", waits.append)
    assert waits == []


@on_posix
@pytest.mark.parametrize(("number", "told"), [(errno.EINVAL, False), (errno.ENOTSUP, False), (errno.EIO, True)])
def test_a_folder_that_cannot_be_synced_is_no_failure_but_a_disk_that_fails_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, told: bool
) -> None:
    def fail(handle: int) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(os, "fsync", fail)
    if told:
        with pytest.raises(OSError, match="no"):
            files.sync_folder(tmp_path)
    else:
        files.sync_folder(tmp_path)


# --- what the system says ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "cls", "code"),
    [
        (FileNotFoundError(errno.ENOENT, "no such file", "a/b"), Refused, "file_missing"),
        (PermissionError(errno.EACCES, "denied"), Unavailable, "folder_unusable"),
        (NotADirectoryError(errno.ENOTDIR, "no folder"), Unavailable, "folder_unusable"),
        (IsADirectoryError(errno.EISDIR, "a folder"), Unavailable, "folder_unusable"),
        (FileExistsError(errno.EEXIST, "exists"), Unavailable, "folder_unusable"),
        (OSError(errno.EROFS, "read-only"), Unavailable, "folder_unusable"),
        (OSError(errno.ENOSPC, "full"), Unavailable, "disk_full"),
        (OSError(errno.EDQUOT, "quota"), Unavailable, "disk_full"),
        (OSError(errno.EFBIG, "too big for FAT"), Unavailable, "disk_full"),
        (OSError(errno.EIO, "broken"), Unavailable, "disk_failed"),
    ],
)
def test_every_trouble_of_a_disk_has_its_code_and_names_the_path(
    tmp_path: Path, error: OSError, cls: type[AppError], code: str
) -> None:
    with pytest.raises(cls) as caught, disk_told(tmp_path / "here"):
        raise error
    assert caught.value.code == code
    assert caught.value.facts["path"] == (error.filename or str(tmp_path / "here"))


def test_what_is_no_trouble_of_a_disk_goes_on_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cancelled"), disk_told(tmp_path):
        raise Refused("cancelled")


def test_a_folder_where_a_file_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Unavailable, match="folder_unusable"):
        write_whole(tmp_path / "file" / "a", b"")
    with pytest.raises(Refused, match="file_missing"):
        write_whole(tmp_path / "nowhere" / "a", b"")


@pytest.mark.parametrize(
    ("told", "plain"),
    [
        ("东街:路灯?.jpg", "东街_路灯_.jpg"),
        ("a/b\\c.txt", "a_b_c.txt"),
        ("evil.exe. .", "evil.exe"),
        ("表.tar.gz", "表.tar.gz"),
        ("没有后缀", "没有后缀"),
        (".profile", ".profile"),
    ],
)
def test_a_name_that_every_file_system_takes(told: str, plain: str) -> None:
    assert plain_name(told) == plain


@pytest.mark.parametrize("told", ["照" * 200 + ".jpeg", "𠀀" * 255, "a" * 300 + "." + "尾" * 100, "长" * 77 + ".docx"])
def test_a_long_name_is_shortened_to_what_a_file_system_has_room_for(told: str, tmp_path: Path) -> None:
    plain = plain_name(told)
    assert len(f"00001-{plain}{PART}".encode()) <= 255
    assert told.startswith(plain.removesuffix(".jpeg").removesuffix(".docx"))
    assert plain.endswith(".jpeg") == told.endswith(".jpeg")
    write_whole(tmp_path / f"00001-{plain}", b"whole")
    assert (tmp_path / f"00001-{plain}").read_bytes() == b"whole"
