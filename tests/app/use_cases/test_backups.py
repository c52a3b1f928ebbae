"""Backups are whole or none; what they share lies once; a damaged one is told and never laid out; a clean machine comes back."""

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from errno import EROFS
from pathlib import Path
from typing import Any

import pytest

from app.clock import Clock
from app.errors import AppError, Refused, Unavailable
from app.files import sha256_of
from app.keys.passphrase import Passphrase
from app.keys.ways import PassphraseWay, SlotType
from app.progress import Progress
from app.queries.counts import count
from app.queries.standing import standing
from app.storage.backup_file import backups_in
from app.storage.named_values import put_value, value_of
from app.use_cases import restoring
from app.use_cases.attachments import stored_attachments
from app.use_cases.backups import BackedUp, BackupReason, back_up, back_up_all, backup_state, choose_place
from app.use_cases.upkeep import check
from app.workspace import Workspace, opened
from tests.builders import StationHome, an_issue, memory_way, save
from tests.faults import Disk, Killed


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    place = tmp_path / "U 盘"
    place.mkdir()
    return place


@pytest.fixture
def full(workspace: Workspace, tmp_path: Path) -> Workspace:
    """A station with an issue and two files."""
    issue = an_issue(workspace)
    save(workspace, issue)
    for name in "ab":
        path = tmp_path / f"{name}.txt"
        path.write_text(name * 5000)
        with stored_attachments(workspace, [(issue.id, path)]) as (records, keep), workspace.writing() as books:
            books.records.save_all(records)
            keep(books)
    return workspace


def add(workspace: Workspace, subject: str = "东街路灯不亮") -> None:
    save(workspace, an_issue(workspace, subject))


def refused(act: Callable[..., object], *given: Any, **told: Any) -> AppError:
    with pytest.raises(AppError) as caught:
        act(*given, **told)
    return caught.value


def clean_machine(home: StationHome, stick: Path, place: Path) -> dict[str, int]:
    """What stands on a machine that has nothing but the sheet and the backup; it passes the deepest check there."""
    way = memory_way()
    restoring.restore(stick, place, home.recovery, way, clock=Clock(now=home.wall))
    with opened(place, way, write=True, clock=Clock(now=home.wall)) as restored:
        assert check(restored, read_data=True).findings == ()
        add(restored, "恢复之后")
        found = count(restored)
    return found | {"issue": found["issue"] - 1}


def everything(folder: Path) -> Iterator[Path]:
    return (each for each in sorted(folder.rglob("*")) if each.is_file())


# --- making --------------------------------------------------------------------------------------------------------


def test_a_clean_machine_comes_back_from_sheet_and_backup_alone(
    full: Workspace, home: StationHome, stick: Path, tmp_path: Path
) -> None:
    back_up(full, stick)
    assert clean_machine(home, stick, tmp_path / "new") == count(full)


def test_nothing_in_a_backup_can_be_read(full: Workspace, stick: Path) -> None:
    back_up(full, stick)
    for path in everything(stick):
        content = path.read_bytes()
        assert "路灯".encode() not in content
        assert b"aaaaaaaa" not in content
        assert b"SQLite format" not in content


def test_what_is_the_same_lies_once(full: Workspace, stick: Path, home: StationHome, tmp_path: Path) -> None:
    first = back_up(full, stick)
    before = {path.name: path.stat().st_mtime_ns for path in (first.folder.parent / "contents").iterdir()}
    add(full, "再来一件")
    second = back_up(full, stick)
    assert len(before) == 2
    assert second.files == first.files
    assert {path.name: path.stat().st_mtime_ns for path in (first.folder.parent / "contents").iterdir()} == before
    shutil.rmtree(first.folder)
    assert clean_machine(home, stick, tmp_path / "new") == count(full)


def test_a_content_that_was_cut_off_is_written_again(full: Workspace, stick: Path) -> None:
    first = back_up(full, stick)
    victim = next((first.folder.parent / "contents").iterdir())
    victim.write_bytes(victim.read_bytes()[:-1])
    back_up(full, stick)
    restoring.prove_backup(full, stick)


def test_somebody_writes_meanwhile_and_the_backup_is_of_one_moment(full: Workspace, stick: Path) -> None:
    class Writing(Progress):
        def begin(self, stage: str, total: int = 0) -> None:
            Progress.begin(self, stage, total)
            add(full, f"备份时 {stage}")

    made = back_up(full, stick, progress=Writing())
    proven = restoring.prove_backup(full, stick)
    assert (proven.lines, proven.records) == (made.contents.lines, made.contents.records)
    assert sum(count(full).values()) == made.contents.records + 3


def test_a_file_that_is_gone_is_told_and_keeps_nothing_back(full: Workspace, stick: Path) -> None:
    lost = next((full.folder / "attachments").iterdir())
    lost.unlink()
    assert back_up(full, stick).missing == (f"attachments/{lost.name}",)


def test_old_backups_are_thinned_and_their_contents_go_with_them(full: Workspace, home: StationHome, stick: Path) -> None:
    made = [_a_day_later(full, home, stick) for _day in range(12)]
    held = [each.folder for each in backups_in(stick)]
    assert [each.folder for each in made][-7:] == sorted(held)[-7:]
    assert len(held) < 12
    assert any(each.removed for each in made)
    named = {file.sha256 for each in backups_in(stick) if each.backup for file in each.backup.files}
    assert {path.name for path in (made[0].folder.parent / "contents").iterdir()} <= named


def _a_day_later(workspace: Workspace, home: StationHome, stick: Path) -> BackedUp:
    home.wall.moment += timedelta(days=1)
    add(workspace)
    return back_up(workspace, stick)


def test_beside_a_backup_that_cannot_be_read_nothing_is_removed(full: Workspace, home: StationHome, stick: Path) -> None:
    first = back_up(full, stick)
    (first.folder / "backup.json").write_bytes(b"{")
    for _day in range(12):
        assert _a_day_later(full, home, stick).removed == ()


# --- where it cannot be made ----------------------------------------------------------------------------------------


def test_a_place_that_is_not_there_or_within_is_refused(full: Workspace, tmp_path: Path) -> None:
    assert refused(back_up, full, tmp_path / "away").code == "folder_gone"
    assert refused(back_up, full, full.folder / "attachments").code == "backup_inside"


def test_a_full_disk_is_told_with_what_is_missing(full: Workspace, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage
    monkeypatch.setattr("app.use_cases.backups.shutil.disk_usage", lambda folder: usage(folder)._replace(free=1000))
    error = refused(back_up, full, stick)
    assert (error.code, error.facts["path"]) == ("disk_full", str(stick))
    assert int(str(error.facts["missing"])) > 0
    assert backups_in(stick) == []


def test_a_read_only_stick_is_told(full: Workspace, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.mkdir

    def mkdir(path: Path, *given: Any, **told: Any) -> None:
        if path.is_relative_to(stick):
            raise OSError(EROFS, "Read-only file system")
        real(path, *given, **told)

    monkeypatch.setattr(Path, "mkdir", mkdir)
    assert refused(back_up, full, stick).code == "folder_unusable"


def test_a_stick_pulled_in_between_is_told_as_that(full: Workspace, stick: Path) -> None:
    class Pulled(Progress):
        def begin(self, stage: str, total: int = 0) -> None:
            if stage == "reading":
                shutil.rmtree(stick)
            Progress.begin(self, stage, total)

    assert refused(back_up, full, stick, progress=Pulled()).code == "folder_gone"
    assert check(full, read_data=True).findings == ()


def test_a_stick_that_does_not_give_back_what_was_written(full: Workspace, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "app.use_cases.backups.sha256_of", lambda path, **told: "0" * 64 if told.get("from_disk") else sha256_of(path, **told)
    )
    assert refused(back_up, full, stick).code == "backup_unproven"
    assert backups_in(stick) == []


@pytest.mark.parametrize("stage", ["snapshot", "proof", "files", "reading"])
def test_who_stops_it_leaves_nothing_half(full: Workspace, stick: Path, stage: str) -> None:
    class Stopped(Progress):
        def begin(self, name: str, total: int = 0) -> None:
            if name == stage:
                self.cancel()
            Progress.begin(self, name, total)

    assert refused(back_up, full, stick, progress=Stopped()).code == "cancelled"
    assert backups_in(stick) == []
    assert not list(full.folder.glob("backup-copy*"))


@pytest.mark.parametrize("kills", [False, True])
def test_whatever_fails_there_is_a_whole_backup_or_none(full: Workspace, tmp_path: Path, kills: bool) -> None:
    whole = tmp_path / "whole"
    whole.mkdir()
    with Disk().in_use() as disk:
        back_up(full, whole)
    for number in range(1, disk.asked + 1):
        stick = tmp_path / f"stick-{number}"
        stick.mkdir()
        try:
            with Disk(number, kills=kills).in_use():
                back_up(full, stick)
        except (AppError, OSError, Killed):
            pass
        for found in backups_in(stick):
            restoring.prove_backup(full, found.folder)
        back_up(full, stick)  # what was left of the attempt is in nobody's way
        assert restoring.prove_backup(full, stick).files == 4
    assert disk.asked > 10


# --- damage --------------------------------------------------------------------------------------------------------


def _flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-2])


@pytest.mark.parametrize("harm", [_flipped, _truncated, Path.unlink])
def test_every_damaged_file_is_told_and_nothing_is_laid_out(
    full: Workspace, home: StationHome, stick: Path, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    made = back_up(full, stick)
    files = list(everything(stick))
    assert len(files) == 5
    for path in files:
        content = path.read_bytes()
        harm(path)
        error = refused(restoring.restore, made.folder, tmp_path / "new", home.recovery, memory_way(), clock=Clock())
        assert error.code in {"backup_damaged", "backup_missing"}, path
        assert refused(restoring.prove_backup, full, made.folder).code in {"backup_damaged", "backup_missing"}
        assert not list((tmp_path / "new").glob("*"))
        path.write_bytes(content)
    assert clean_machine(home, stick, tmp_path / "new") == count(full)


def test_a_manifest_that_somebody_wrote_anew_is_not_believed(
    full: Workspace, home: StationHome, stick: Path, tmp_path: Path
) -> None:
    from app.storage.backup_file import read_backup, write_backup

    made = back_up(full, stick)
    write_backup(made.folder, read_backup(made.folder), bytes(32))
    error = refused(restoring.restore, made.folder, tmp_path / "new", home.recovery, memory_way(), clock=Clock())
    assert error.code == "backup_damaged"


@pytest.mark.parametrize("path", ["../evil", "/etc/evil", "attachments/../../evil", "a/b/c", "c:evil", "..", "a\\b"])
def test_no_file_of_a_backup_lies_outside_of_the_workspace(full: Workspace, stick: Path, path: str) -> None:
    from dataclasses import replace

    from app.storage.backup_file import BackedFile, read_backup, write_backup

    made = back_up(full, stick)
    backup = read_backup(made.folder)
    evil = BackedFile(path=path, sha256="0" * 64, size=1)
    write_backup(made.folder, replace(backup, files=(*backup.files, evil)), full.database.key)
    assert refused(restoring.prove_backup, full, made.folder).code == "backup_damaged"


# --- restoring -----------------------------------------------------------------------------------------------------


def test_a_workspace_is_never_overwritten(full: Workspace, home: StationHome, stick: Path) -> None:
    back_up(full, stick)
    before = {path: path.read_bytes() for path in everything(full.folder)}
    assert refused(restoring.restore, stick, home.home, home.recovery, memory_way(), clock=Clock()).code == "workspace_exists"
    assert {path: path.read_bytes() for path in everything(full.folder)} == before


def test_the_wrong_sheet_opens_no_backup(full: Workspace, stick: Path, tmp_path: Path) -> None:
    from tests.builders import new_station

    other = new_station(tmp_path / "other")
    back_up(full, stick)
    assert (
        refused(restoring.restore, stick, tmp_path / "new", other.recovery, memory_way(), clock=Clock()).code == "recovery_wrong"
    )
    assert not (tmp_path / "new" / "station").exists()


def test_a_restored_copy_is_marked_and_its_computer_has_a_way_of_its_own(
    full: Workspace, home: StationHome, stick: Path, tmp_path: Path
) -> None:
    with full.writing() as books:
        put_value(books.connection, restoring.INCARNATION, b"of this very database")
    choose_place(full, stick)
    back_up(full, stick)
    way = PassphraseWay(passphrase=Passphrase("四个 不相干 的 词"))
    restored = restoring.restore(stick, tmp_path / "new", home.recovery, way, clock=Clock(now=home.wall))
    assert restored.slots == (SlotType.RECOVERY, SlotType.PASSPHRASE)
    with opened(tmp_path / "new", way, write=False) as workspace, workspace.reading() as connection:
        assert value_of(connection, restoring.INCARNATION) is None
        assert value_of(connection, restoring.RESTORED_AT) == home.wall().isoformat().encode()
        assert backup_state(workspace).notes.folder == ""
    with home.opened(write=False):
        pass  # the computer it was copied from opens as before


def test_restoring_fails_whole_wherever_it_fails(full: Workspace, home: StationHome, stick: Path, tmp_path: Path) -> None:
    back_up(full, stick)
    with Disk().in_use() as disk:
        restoring.restore(stick, tmp_path / "whole", home.recovery, memory_way(), clock=Clock(now=home.wall))
    for number in range(1, disk.asked + 1):
        place, way = tmp_path / f"new-{number}", memory_way()
        try:
            with Disk(number).in_use():
                restoring.restore(stick, place, home.recovery, way, clock=Clock(now=home.wall))
        except (AppError, OSError):
            if not (place / "station").exists():
                continue  # else only its name may not last through a power cut
        with opened(place, way, write=True) as workspace:
            assert check(workspace, read_data=True).findings == ()
    assert disk.asked > 10


# --- by itself -----------------------------------------------------------------------------------------------------


def test_the_places_are_filled_once_for_what_stands(full: Workspace, stick: Path) -> None:
    choose_place(full, stick)
    assert len(back_up_all(full, reason=BackupReason.SESSION).made) == 2
    assert back_up_all(full, reason=BackupReason.SESSION).made == ()
    add(full)
    assert len(back_up_all(full, reason=BackupReason.IMPORT).made) == 2
    state = backup_state(full)
    assert (len(state.here), len(state.there), state.there_is) == (2, 2, True)
    assert standing(full).backup_at == state.notes.there.at
    assert not standing(full).backup_failed


def test_a_stick_that_is_away_stops_nobody_and_is_told_until_it_is_back(full: Workspace, stick: Path) -> None:
    choose_place(full, stick)
    stick.rename(stick.with_name("pulled"))
    turn = back_up_all(full, reason=BackupReason.SESSION)
    assert [each.code for each in turn.problems] == ["folder_gone"]
    assert len(turn.made) == 1
    assert standing(full).backup_failed
    assert standing(full).backup_at is None
    stick.with_name("pulled").rename(stick)
    assert len(back_up_all(full, reason=BackupReason.SESSION).made) == 1
    assert not standing(full).backup_failed


def test_a_damaged_database_is_never_backed_up_over_a_good_one(full: Workspace, stick: Path) -> None:
    made = back_up(full, stick)
    full.database.settle()
    full.database.engine.dispose()
    path = full.folder / "station.db"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 255
    path.write_bytes(content)
    assert isinstance(error := refused(back_up, full, stick), Unavailable)
    assert error.code == "database_damaged"
    assert [each.folder for each in backups_in(stick)] == [made.folder]


def test_the_one_who_only_reads_can_back_up_too(home: StationHome, stick: Path) -> None:
    with home.opened(write=False) as workspace:
        back_up(workspace, stick)
        assert len(backups_in(stick)) == 1
        with pytest.raises(Refused):
            choose_place(workspace, stick)
