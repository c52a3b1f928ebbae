"""Restored, copied, set back: the numbers begin anew with the full state, and whatever was lost goes again."""

import shutil
from pathlib import Path
from random import Random

import pytest

from app.domain.epoch import EpochReason
from app.domain.life import PackageState
from app.packages.statement import Kind
from app.province import store
from app.queries.epochs import epoch_due, witness_file, witnesses
from app.queries.outgoing import outgoing
from app.queries.reconciliation import standing
from app.storage.epochs import INCARNATION, RESTORED, Witness
from app.storage.named_values import put_value
from app.storage.outbox import Outbox
from app.storage.tables import SettingRow
from app.use_cases.epochs import remember
from app.use_cases.handing_in import Sizes, export
from app.use_cases.recording import record
from app.workspace import DATABASE_FILE, FOLDER, Workspace
from tests.app.use_cases.unsealing import numbers, outbox, sent_now
from tests.builders import Pair, a_deputy, an_issue, pair, remove, save


def restored(workspace: Workspace) -> None:
    """What a restore leaves: the moment is told, and the database bears no mark."""
    with workspace.writing() as books:
        put_value(books.connection, RESTORED, b"2026-11-21T09:00:00+08:00")
        books.connection.execute(SettingRow.__table__.delete().where(SettingRow.name == INCARNATION))


def stands(line: Pair) -> dict[str, int]:
    return {name: count for name, count in standing(line.station, contact=False).records.items() if count}


def places(workspace: Workspace) -> list[tuple[int, int, str, str]]:
    return [(each.epoch, each.seq, each.kind, each.state) for each in numbers(workspace)]


# --- witnesses --------------------------------------------------------------------------------------------------------


def test_a_number_is_known_outside_the_database_before_its_copy_leaves(line: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(*given: object, **told: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("app.use_cases.handing_in._copy_and_compare", die)
    with pytest.raises(KeyboardInterrupt):
        line.export()
    file, keyring = witnesses(line.station)
    (sent,) = numbers(line.station)
    assert file == keyring
    assert (file.epoch, file.seq, file.digest) == (1, 1, sent.digest)
    assert witness_file(line.station).parent == line.homes[0].home


def test_without_witnesses_the_numbers_go_on(line: Pair) -> None:
    line.round_trip()
    witness_file(line.station).unlink()
    line.homes[0].way.keyring.forget("llz", f"{line.station.author.owner}/{line.station.author.by}/seen")
    assert witnesses(line.station) == ()
    save(line.station, an_issue(line.station))
    line.round_trip()
    assert places(line.station) == [(1, 1, "snapshot", "received"), (1, 2, "changes", "received")]


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b'{"incarnation": 1}', "半".encode()[:2]])
def test_a_damaged_witness_is_like_a_missing_one(line: Pair, text: bytes) -> None:
    assert Witness.from_text(text) is None
    line.export()
    witness_file(line.station).write_bytes(text)
    assert epoch_due(line.station) is None


# --- a new epoch ------------------------------------------------------------------------------------------------------


def test_a_database_that_was_set_back_by_hand_begins_a_new_epoch(tmp_path: Path) -> None:
    with pair(tmp_path / "line") as line:
        save(line.station, an_issue(line.station, "甲"))
        line.round_trip()
        old = tmp_path / "old"
        line.station.database.settle()
        shutil.copytree(line.homes[0].home / FOLDER, old)
        save(line.station, an_issue(line.station, "乙"))
        line.round_trip()
        line.station.database.close()
        for each in (line.homes[0].home / FOLDER).glob(f"{DATABASE_FILE}*"):
            each.unlink()
        shutil.copy(old / DATABASE_FILE, line.homes[0].home / FOLDER / DATABASE_FILE)
    with line.homes[0].opened() as station, line.homes[1].opened() as body:
        again = Pair(station=station, body=body, wall=line.wall, stick=line.stick, homes=line.homes)
        due = epoch_due(station)
        assert due
        assert (due.epoch, due.reason) == (2, EpochReason.SET_BACK)
        save(station, an_issue(station, "丙"))
        assert outgoing(station, contact=False).records["issue"] == 2
        (told,) = sent_now(again)
        assert (told.statement.kind, told.statement.stream.epoch, told.statement.stream.seq) == (Kind.SNAPSHOT, 2, 1)
        assert told.statement.stream.prev is None
        assert len(told.lines["issue"]) == 2
        assert [each.verdict for each in again.intake()] == ["accepted"]
        assert store.count(body.store)["issue"] == 3
        again.bring_back()
        assert epoch_due(station) is None
        assert places(station)[-1] == (2, 1, "snapshot", "received")
        save(station, an_issue(station, "丁"))
        again.round_trip()
        assert places(station)[-1] == (2, 2, "changes", "received")
        assert stands(again).keys() == {"received"}


def test_a_copy_under_another_mark_begins_a_new_epoch(line: Pair) -> None:
    line.round_trip()
    with line.station.writing() as books:
        put_value(books.connection, INCARNATION, b"0" * 32)
    due = epoch_due(line.station)
    assert due
    assert (due.epoch, due.reason) == (2, EpochReason.COPIED)


def test_after_a_restore_everything_goes_again_attachments_too(line: Pair, tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(b"content")
    record(line.station, "deputy", {"name": "代表甲", "attachments": ["a.bin"]}, tmp_path)
    gone, undone = an_issue(line.station, "删除前已交"), an_issue(line.station, "未交即删")
    save(line.station, gone)
    line.round_trip()
    save(line.station, undone)
    remove(line.station, gone.id, undone.id)
    restored(line.station)
    due = epoch_due(line.station)
    assert due
    assert (due.epoch, due.reason) == (2, EpochReason.RESTORED)
    first, *following = sent_now(line)
    assert set(first.ids("issue")) == {gone.id}, "what was never handed in and is removed does not go"
    assert len(first.lines["issue"]) == 2
    assert [content for each in following for content in each.blobs.values()] == [b"content"]
    assert {each.verdict for each in line.intake()} == {"accepted"}
    line.bring_back()
    assert stands(line).keys() == {"received"}
    assert store.count(line.body.store).get("issue", 0) == 0
    assert sent_now(line) == []


def test_a_new_epoch_spans_parts_and_counts_every_record_once(line: Pair) -> None:
    chance = Random(7)
    save(line.station, *(an_issue(line.station, f"第{number}件{chance.randbytes(1000).hex()}") for number in range(300)))
    line.round_trip()
    before = stands(line)
    restored(line.station)
    parts = sent_now(line, sizes=Sizes(rows=900_000))
    assert len(parts) > 1
    assert {each.statement.kind for each in parts} == {Kind.SNAPSHOT}
    assert [each.statement.stream.seq for each in parts] == list(range(1, len(parts) + 1))
    assert stands(line) == {"sent": sum(before.values())}
    assert {each.code for each in line.intake()} == {None}
    line.bring_back()
    assert stands(line) == before


def test_a_receipt_that_knows_more_begins_a_new_epoch(line: Pair) -> None:
    line.round_trip()
    with line.station.writing() as books:  # as if the number had been taken by a copy of this database
        books.connection.exec_driver_sql("DELETE FROM package")
        books.connection.exec_driver_sql("DELETE FROM receipt")
    witness_file(line.station).unlink()
    line.homes[0].way.keyring.forget("llz", f"{line.station.author.owner}/{line.station.author.by}/seen")
    assert epoch_due(line.station) is None
    line.bring_back()
    due = epoch_due(line.station)
    assert due
    assert (due.epoch, due.reason) == (2, EpochReason.RECEIPT_AHEAD)
    (told,) = sent_now(line)
    assert (told.statement.stream.epoch, told.statement.stream.seq) == (2, 1)
    assert [each.verdict for each in line.intake()] == ["accepted"]


def test_a_fork_that_the_body_saw_begins_a_new_epoch_and_its_numbers_are_taken(tmp_path: Path) -> None:
    with pair(tmp_path / "line") as line:
        line.round_trip()
        line.station.database.settle()
        shutil.copytree(line.homes[0].home / FOLDER, tmp_path / "clone" / FOLDER)
        save(line.station, an_issue(line.station, "甲"))
        line.round_trip()
    clone = type(line.homes[0])(home=tmp_path / "clone", way=line.homes[0].way, wall=line.wall, made=line.homes[0].made)
    line.homes[0].way.keyring.forget("llz", f"{line.station.author.owner}/{line.station.author.by}/seen")
    with clone.opened() as station, line.homes[1].opened() as body:
        second = Pair(station=station, body=body, wall=line.wall, stick=tmp_path / "stick2", homes=(clone, line.homes[1]))
        save(station, an_issue(station, "乙"))
        export(station, second.stick)
        (path,) = second.stick.glob("*.llz")
        assert [(each.verdict, each.code) for each in second.intake([path])] == [("parked", "E_FORK")]
        second.bring_back()
        due = epoch_due(station)
        assert due
        assert (due.epoch, due.reason) == (2, EpochReason.FORK)
        second.round_trip()
        assert places(station)[-1] == (2, 1, "snapshot", "received")
        assert store.count(body.store)["issue"] == 2


# --- lost numbers -----------------------------------------------------------------------------------------------------


def test_a_lost_number_is_carried_again_and_the_gap_closes(line: Pair) -> None:
    line.round_trip()
    save(line.station, an_issue(line.station, "甲"))
    line.export()
    line.carried.clear()  # the stick was lost
    save(line.station, an_issue(line.station, "乙"))
    line.export()
    assert [each.code for each in line.intake()] == ["W_GAP"]
    line.bring_back()
    outbox(line.station)[1].unlink()
    assert stands(line).keys() == {"received", "sent"}
    (told,) = sent_now(line)
    assert (told.statement.kind, told.statement.stream.seq, told.statement.stream.fills) == (Kind.CHANGES, 4, (2,))
    assert len(told.lines["issue"]) == 1
    assert stands(line).keys() == {"received", "sent"}
    assert [each.code for each in line.intake()] == [None]
    line.bring_back()
    assert stands(line).keys() == {"received"}
    assert {each.state for each in numbers(line.station)} == {PackageState.RECEIVED}
    assert store.count(line.body.store)["issue"] == 2
    assert sent_now(line) == []


def test_a_number_that_a_receipt_misses_is_copied_again_while_its_file_is_there(line: Pair) -> None:
    for name in ("甲", "乙"):
        save(line.station, an_issue(line.station, name))
        line.export()
    line.intake(line.carried[1:])
    line.bring_back()
    again = line.export()
    assert [each.seq for each in again.numbers] == [1]
    assert [each.verdict for each in line.intake()] == ["accepted"]
    line.bring_back()
    assert line.export().numbers == ()


def test_a_lost_number_of_attachments_alone_is_declared_lost_and_they_go_again(line: Pair, tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(b"content")
    record(line.station, "deputy", {"name": "代表甲", "attachments": ["a.bin"]}, tmp_path)
    line.round_trip()
    with line.station.writing() as books:
        Outbox(books.connection).free_attachments(1)
    line.export()
    line.carried.clear()
    outbox(line.station)[1].unlink()
    void, blobs = sent_now(line)
    assert (void.statement.kind, void.statement.stream.fills, void.lines, void.blobs) == (Kind.VOID, (2,), {}, {})
    assert list(blobs.blobs.values()) == [b"content"]
    assert [(each.verdict, each.code) for each in line.intake()] == [("accepted", None), ("accepted", None)]
    line.bring_back()
    assert stands(line).keys() == {"received"}


def test_what_filled_a_lost_number_and_is_lost_too_is_filled_with_it(line: Pair) -> None:
    line.round_trip()
    save(line.station, a_deputy(line.station))
    for _time in range(2):
        line.export()
        line.carried.clear()
        outbox(line.station)[-1].unlink()
    (told,) = sent_now(line)
    assert told.statement.stream.fills == (2, 3)
    assert [each.code for each in line.intake()] == [None]
    line.bring_back()
    assert stands(line).keys() == {"received"}


def test_a_stick_that_was_thought_lost_is_taken_all_the_same(line: Pair, tmp_path: Path) -> None:
    line.round_trip()
    save(line.station, an_issue(line.station))
    (path,) = line.export().paths
    line.carried.clear()
    kept = shutil.copy(path, tmp_path / "found.llz")
    outbox(line.station)[1].unlink()
    line.round_trip()
    (taken,) = line.intake([Path(kept)])
    assert (taken.verdict, taken.new, taken.duplicate) == ("accepted", 0, 1)
    line.bring_back()
    assert stands(line).keys() == {"received"}


def test_erased_content_of_a_lost_number_does_not_go_again(line: Pair) -> None:
    line.round_trip()
    issue = an_issue(line.station, "要删除的内容")
    save(line.station, issue)
    line.export()
    line.carried.clear()
    outbox(line.station)[1].unlink()
    with line.station.writing() as books:
        books.journal.erase(books.journal.revisions_of([issue.id])[issue.id])
    (void, *_rest) = sent_now(line)
    assert (void.statement.kind, void.statement.stream.fills) == (Kind.VOID, (2,))


def test_remembering_twice_writes_once(line: Pair) -> None:
    line.export()
    before = witness_file(line.station).stat().st_mtime_ns
    remember(line.station)
    assert witness_file(line.station).stat().st_mtime_ns == before
