"""Handing in to a stick that is one: a file system on a loop device, pulled out, filled up, altered and locked for real."""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from app.domain.life import PackageState
from app.errors import AppError
from app.files import sha256_of
from app.progress import Progress
from app.use_cases.attachment_desk import Offered, attach
from app.use_cases.backups import put_beside
from app.use_cases.handing_in import LEAST_CAP, Sizes, copy_again, export
from app.use_cases.restoring import prove_backup
from tests.app.use_cases.unsealing import numbers
from tests.builders import Pair, an_issue, save
from tests.real_stick import SYSTEMS, Stick, stick


@pytest.fixture(params=sorted(SYSTEMS))
def plugged(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stick]:
    with stick(tmp_path, request.param) as mounted:
        yield mounted


class At(Progress):
    """Does something once, when a stage has begun and a byte of it was handled."""

    def __init__(self, stage: str, deed: Callable[[], object]) -> None:
        super().__init__()
        self._at, self._deed = stage, deed

    def advance(self, steps: int = 1) -> None:
        super().advance(steps)
        if self.stage == self._at and steps:
            self._at = ""
            self._deed()


class AtBegin(Progress):
    """Does something once, when a stage begins."""

    def __init__(self, stage: str, deed: Callable[[], object]) -> None:
        super().__init__()
        self._at, self._deed = stage, deed

    def begin(self, stage: str, total: int = 0) -> None:
        if stage == self._at:
            self._deed()
        super().begin(stage, total)


def code_of(deed: Callable[[], object]) -> str:
    with pytest.raises(AppError) as raised:
        deed()
    return raised.value.code


def hand_in(line: Pair, plugged: Stick, **told: Any) -> tuple[Path, ...]:
    """What waits, on the stick; a folder is never made where a stick was."""
    return export(line.station, plugged.folder, make_folder=False, **told).paths


def goes_to_another(line: Pair) -> None:
    """What failed on one stick lies sealed, and goes on the next as it is."""
    assert [each.state for each in numbers(line.station)] == [PackageState.SEALED]
    assert [each.seq for each in line.export().numbers] == [1]
    assert [each.verdict for each in line.intake()] == ["accepted"]


def test_what_was_handed_in_lies_there_after_the_stick_was_out(line: Pair, plugged: Stick) -> None:
    save(line.station, an_issue(line.station))
    [path] = hand_in(line, plugged)
    plugged.again("ro")
    assert [each.name for each in plugged.folder.glob("*.llz")] == [path.name]
    assert sha256_of(path, from_disk=True) == numbers(line.station)[0].sha256
    assert [each.verdict for each in line.intake([path])] == ["accepted"]


def test_the_encrypted_backup_lies_beside_it(line: Pair, plugged: Stick) -> None:
    save(line.station, an_issue(line.station))
    assert export(line.station, plugged.folder, make_folder=False, beside=(put_beside(line.station),)).not_beside == ()
    plugged.again("ro")
    assert prove_backup(line.station, plugged.folder).folder.is_relative_to(plugged.folder)
    assert not list(plugged.folder.rglob("*.part"))


def test_a_stick_without_room_says_how_much_is_missing_and_takes_it_when_there_is(line: Pair, plugged: Stick) -> None:
    save(line.station, an_issue(line.station))
    photographs = plugged.fill(leave=4096)
    with pytest.raises(AppError) as raised:
        hand_in(line, plugged)
    assert raised.value.code == "disk_full"
    assert 0 < int(str(raised.value.facts["missing"])) <= numbers(line.station)[0].size
    assert not list(plugged.folder.glob("llz-*"))
    photographs.unlink()
    assert [each.verdict for each in line.intake(hand_in(line, plugged))] == ["accepted"]


def test_a_stick_with_room_for_the_packages_and_not_for_the_backup_keeps_the_packages(line: Pair, plugged: Stick) -> None:
    save(line.station, an_issue(line.station))
    plugged.fill(leave=64 << 10)
    done = export(line.station, plugged.folder, make_folder=False, beside=(put_beside(line.station),))
    assert [each.code for each in done.not_beside] == ["disk_full"]
    assert [each.state for each in numbers(line.station)] == [PackageState.COPIED]
    assert [each.verdict for each in line.intake(done.paths)] == ["accepted"]
    assert not list(plugged.folder.rglob("*.part"))


def test_pulled_out_while_it_was_written(line: Pair, plugged: Stick) -> None:
    save(line.station, an_issue(line.station))
    assert code_of(lambda: hand_in(line, plugged, progress=At("copying", plugged.pull))) in {"disk_failed", "folder_gone"}
    goes_to_another(line)


def test_pulled_out_before_it_was_read_back(line: Pair, plugged: Stick) -> None:
    """Reading back asks the device and not the memory: what the system still knew by heart would have looked whole."""
    save(line.station, an_issue(line.station))
    failed = code_of(lambda: hand_in(line, plugged, progress=AtBegin("reading_back", plugged.pull)))
    assert failed in {"disk_failed", "folder_gone", "copy_differs"}
    goes_to_another(line)


def test_a_stick_that_keeps_other_bytes_than_it_was_given(line: Pair, plugged: Stick) -> None:
    save(line.station, an_issue(line.station))

    def spoil() -> None:
        [path] = plugged.folder.glob("*.llz")
        plugged.spoil(path.read_bytes())

    assert code_of(lambda: hand_in(line, plugged, progress=AtBegin("reading_back", spoil))) == "copy_differs"
    assert not list(plugged.folder.glob("*.llz"))
    goes_to_another(line)


def test_let_go_of_while_it_was_written(line: Pair, plugged: Stick) -> None:
    """The folder is there and is no stick any more: nothing of the package is left in the station's own disk."""
    save(line.station, an_issue(line.station))
    assert code_of(lambda: hand_in(line, plugged, progress=At("copying", plugged.let_go))) == "folder_gone"
    assert list(plugged.folder.iterdir()) == []
    goes_to_another(line)


def test_a_locked_stick_is_told(line: Pair, plugged: Stick) -> None:
    save(line.station, an_issue(line.station))
    plugged.again("ro")
    assert code_of(lambda: hand_in(line, plugged)) == "folder_unusable"
    goes_to_another(line)


def test_packages_below_a_size_with_large_files_arrive_whole(line: Pair, plugged: Stick, tmp_path: Path) -> None:
    issue = an_issue(line.station)
    save(line.station, issue)
    files = [tmp_path / f"录像 {number}.mp4" for number in range(3)]
    for seed, path in enumerate(files):
        path.write_bytes(Random(seed).randbytes(3 << 20))
    attach(line.station, issue.id, list(map(Offered.at, files)))
    paths = hand_in(line, plugged, sizes=Sizes(most=LEAST_CAP))
    plugged.again("ro")
    assert len(paths) > 1
    assert all(path.stat().st_size <= LEAST_CAP for path in paths)
    assert {each.verdict for each in line.intake(paths)} == {"accepted"}


def test_two_sticks_get_the_same_bytes(line: Pair, plugged: Stick, tmp_path: Path) -> None:
    save(line.station, an_issue(line.station))
    [first] = hand_in(line, plugged)
    (tmp_path / "other").mkdir()
    with stick(tmp_path / "other", plugged.system) as other:
        second = copy_again(line.station, 1, other.folder).path
        plugged.again("ro")
        other.again("ro")
        assert first.read_bytes() == second.read_bytes()
