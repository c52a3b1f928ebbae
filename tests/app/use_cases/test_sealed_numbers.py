"""Sealed numbers: the same bytes wherever they are wanted, and none half taken when the program is killed."""

import hashlib
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from app.domain.life import PackageState
from app.errors import AppError, Refused, Unavailable
from app.files import sha256_of
from app.progress import Progress
from app.use_cases.handing_in import copy_again, copy_number, export
from app.use_cases.recording import record
from app.workspace import OUTBOX
from tests.app.use_cases.unsealing import numbers, outbox, sent_now
from tests.builders import Pair, an_issue, remove, save

# --- copies ----------------------------------------------------------------------------------------------------------------


def test_a_copy_is_the_same_bytes_wherever_it_goes(line: Pair, tmp_path: Path) -> None:
    (path,) = line.export().paths
    copied = copy_number(line.station, 1, tmp_path / "new folder" / "U 盘")
    (kept,) = outbox(line.station)
    assert copied.read_bytes() == path.read_bytes() == kept.read_bytes()
    assert copied.name == path.name
    (sent,) = numbers(line.station)
    assert (sent.sha256, sent.size) == (hashlib.sha256(kept.read_bytes()).hexdigest(), kept.stat().st_size)
    assert sent.state == PackageState.COPIED
    assert [each.verdict for each in line.intake([path, copied])] == ["accepted", "duplicate"]


def test_the_name_of_a_package_is_safe_on_every_stick(line: Pair) -> None:
    (path,) = line.export().paths
    assert path.name.isascii()
    assert len(path.name) <= 64
    assert path.name == path.name.lower()
    assert not set(path.name) & set('<>:"/\\|?* ')


def test_a_copy_of_a_received_number_leaves_it_received(line: Pair, tmp_path: Path) -> None:
    line.round_trip()
    copy_number(line.station, 1, tmp_path / "again")
    assert [each.state for each in numbers(line.station)] == [PackageState.RECEIVED]


def test_a_number_that_was_never_taken_is_not_copied(line: Pair, tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        copy_number(line.station, 7, tmp_path / "b")
    assert (caught.value.code, caught.value.facts) == ("package_missing", {"seq": 7})


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: data + b"\0", lambda data: b"\0" + data[1:], None])
def test_a_damaged_file_in_the_outbox_is_said_and_not_copied(line: Pair, tmp_path: Path, damage: Any) -> None:
    line.export()
    (kept,) = outbox(line.station)
    if damage:
        kept.write_bytes(damage(kept.read_bytes()))
    else:
        kept.unlink()
    with pytest.raises(Unavailable) as caught:
        copy_number(line.station, 1, tmp_path / "b")
    assert (caught.value.code, caught.value.facts) == ("outbox_damaged", {"seq": 1})
    assert list((tmp_path / "b").iterdir()) == []


def test_a_stick_that_gives_other_bytes_back_is_told(line: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line.export()
    there = tmp_path / "stick2"

    def misread(path: Path, *, from_disk: bool = False, **told: Any) -> str:
        return "0" * 64 if path.parent == there else sha256_of(path, from_disk=from_disk, **told)

    monkeypatch.setattr("app.use_cases.handing_in.sha256_of", misread)
    with pytest.raises(Unavailable, match="copy_differs"):
        copy_number(line.station, 1, there)
    assert list(there.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told_and_the_number_goes_with_the_next_export(line: Pair, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(AppError, match="folder_unusable"):
        export(line.station, tmp_path / "file")
    assert numbers(line.station) == []
    assert [each.seq for each in line.export().numbers] == [1]


def test_a_full_disk_says_how_much_is_missing(line: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage
    monkeypatch.setattr("app.use_cases.handing_in.shutil.disk_usage", lambda folder: usage(folder)._replace(free=100))
    with pytest.raises(Unavailable) as caught:
        line.export()
    (sent,) = numbers(line.station)
    assert (caught.value.code, caught.value.facts) == ("disk_full", {"path": str(line.stick), "missing": sent.size - 100})
    assert (sent.state, list(line.stick.iterdir())) == (PackageState.SEALED, [])
    monkeypatch.undo()
    assert [each.seq for each in line.export().numbers] == [1]


def test_a_disk_that_does_not_say_how_large_it_is_is_tried(line: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage
    monkeypatch.setattr("app.use_cases.handing_in.shutil.disk_usage", lambda folder: usage(folder)._replace(total=0, free=0))
    assert [each.seq for each in line.export().numbers] == [1]


def test_no_folder_is_made_where_a_stick_was(line: Pair, tmp_path: Path) -> None:
    gone = tmp_path / "pulled out"
    for deed in (lambda: export(line.station, gone, make_folder=False), lambda: copy_again(line.station, 1, gone)):
        with pytest.raises(Refused) as caught:
            deed()
        assert (caught.value.code, caught.value.facts) == ("folder_gone", {"path": str(gone)})
        assert not gone.exists()
        line.export()


def test_it_tells_how_far_it_is(line: Pair, tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(bytes(3 << 20))
    record(line.station, "deputy", {"name": "代表甲", "attachments": ["a.bin"]}, tmp_path)
    progress = Watched()
    (sent,) = line.export(progress=progress).numbers
    assert list(progress.stages) == ["packing", "sealing", "copying", "reading_back"]
    assert progress.stages["packing"] == [sent.last, sent.last]
    assert progress.stages["sealing"] == [3 << 20, 3 << 20]
    assert progress.stages["copying"] == progress.stages["reading_back"] == [sent.size, sent.size]


@dataclass(slots=True)
class Watched(Progress):
    """Remembers of each stage its total and how far it went; stops in the stage named."""

    stages: dict[str, list[int]] = field(default_factory=dict)
    stop: str = ""

    def advance(self, steps: int = 1) -> None:
        if steps and self.stage == self.stop:
            self.cancel()
        Progress.advance(self, steps)
        if steps:
            self.stages[self.stage] = [self.total, self.step]


@pytest.mark.parametrize(("stop", "sealed"), [("packing", 0), ("sealing", 0), ("copying", 1), ("reading_back", 1)])
def test_it_can_be_stopped_at_every_stage_and_goes_with_the_next_export(
    line: Pair, tmp_path: Path, stop: str, sealed: int
) -> None:
    (tmp_path / "a.bin").write_bytes(bytes(1 << 20))
    record(line.station, "deputy", {"name": "代表甲", "attachments": ["a.bin"]}, tmp_path)
    with pytest.raises(Refused, match="cancelled"):
        line.export(progress=Watched(stop=stop))
    assert len(numbers(line.station)) == sealed
    assert not line.stick.exists() or list(line.stick.iterdir()) == []
    assert [each.seq for each in line.export().numbers] == [1]
    assert [each.verdict for each in line.intake()] == ["accepted"]


# --- killed in between -------------------------------------------------------------------------------------------------------


def kill(monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    """The program ends at this place as if it were killed."""

    def die(*given: object, **told: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(place, die)


def test_killed_between_seal_and_commit_no_number_is_taken_and_the_next_export_works(
    line: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue = an_issue(line.station)
    save(line.station, issue)
    kill(monkeypatch, "app.storage.outbox.Outbox.add")
    with pytest.raises(KeyboardInterrupt):
        line.export()
    monkeypatch.undo()
    (left,) = outbox(line.station)
    assert numbers(line.station) == []
    assert not line.stick.exists() or list(line.stick.iterdir()) == []
    sealed_then = left.read_bytes()
    remove(line.station, issue.id)
    (told,) = sent_now(line)
    assert (told.statement.stream.seq, "issue" in told.lines) == (1, False)
    (kept,) = outbox(line.station)
    assert kept.read_bytes() != sealed_then
    assert [each.verdict for each in line.intake()] == ["accepted"]


def test_a_number_of_an_earlier_seal_does_not_outlive_it_under_another_name(line: Pair) -> None:
    stray = line.station.folder / OUTBOX / "llz-stray.llz"
    stray.write_bytes(b"sealed, never taken")
    line.export()
    assert not stray.exists()


def test_killed_between_commit_and_copy_the_number_goes_with_the_next_export(line: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    kill(monkeypatch, "app.use_cases.handing_in.copy_number")
    with pytest.raises(KeyboardInterrupt):
        line.export()
    monkeypatch.undo()
    assert [each.state for each in numbers(line.station)] == [PackageState.SEALED]
    sealed = outbox(line.station)[0].read_bytes()
    (path,) = line.export().paths
    assert path.read_bytes() == sealed
    assert [each.state for each in numbers(line.station)] == [PackageState.COPIED]
    assert line.export().numbers == ()


def test_killed_within_the_seal_nothing_is_left_in_the_outbox(line: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    kill(monkeypatch, "app.packages.envelope.sign")
    with pytest.raises(KeyboardInterrupt):
        line.export()
    monkeypatch.undo()
    assert outbox(line.station) == []
    assert [each.seq for each in line.export().numbers] == [1]
