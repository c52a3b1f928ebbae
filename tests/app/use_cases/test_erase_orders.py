"""What a station erases is erased at its body and its other computers too, in whatever order and how often packages come."""

import shutil
from dataclasses import dataclass, replace
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import select

from app.domain.encounter import Encounter
from app.domain.erase_order import EraseOrder
from app.domain.revisions import is_erased
from app.errors import AppError
from app.packages.faults import PackageFault
from app.province import erasing as body_erasing
from app.province.intake import Intake
from app.province.receiver import BLOBS, Receiver
from app.province.store import SCHEMA, find
from app.province.tables import BlobRow, ChunkRow, ErasedRow, RevisionRow
from app.queries.reconciliation import numbers
from app.queries.search import search
from app.storage.tables import JournalRow
from app.use_cases import peers
from app.use_cases.arrivals import look, receive
from app.use_cases.attachment_desk import Offered, attach
from app.use_cases.drafts import drafts, keep_draft
from app.use_cases.handing_in import export
from app.use_cases.person_data import erase_person
from app.use_cases.upkeep import check
from app.workspace import ATTACHMENTS, OUTBOX, Workspace
from tests.app.province.seats import OTHER_CODE, new_seat
from tests.app.use_cases.test_given_back import given_back, replacement
from tests.app.use_cases.test_peers import Two, current, two
from tests.app.use_cases.test_person_data import NAME, PHONE, Met, bytes_of, free, sound
from tests.builders import BodyHome, Pair, enrol, new_body, new_station, save

__all__ = ["two"]

LONG_AGO: Final = date(2010, 3, 1)
PHOTO: Final = "签名的照片".encode()


def photographed(workspace: Workspace, met: Met, folder: Path) -> None:
    """A file of the person's own, which goes with them."""
    photo = folder / "签名.txt"
    photo.write_bytes(PHOTO)
    attach(workspace, met.person.id, [Offered.at(photo)])


def moved(workspace: Workspace, met: Met, village: str) -> None:
    """Another state of the person."""
    with workspace.writing() as books:
        stored = books.records.get(Encounter, met.person.id)
        told = Encounter(id=met.person.id, visit=met.visit.id, name=NAME, village=village)
        books.records.save(told, seen=stored.heads)


def held_by(body: Receiver) -> bytes:
    """Every line and the plain content of every file that the body holds."""
    with body.store.reading() as connection:
        lines = b"".join(connection.scalars(select(RevisionRow.line)))
        files = {*connection.scalars(select(BlobRow.file)), *connection.scalars(select(ChunkRow.file))} - {None}
    assert {each.name for each in (body.folder / BLOBS).iterdir()} == files
    return lines + b"".join(PHOTO for _each in files)


def holds_nothing(held: bytes, met: Met) -> None:
    assert [word for word in (NAME, PHONE, "南一社区") if word.encode() in held] == []
    assert PHOTO not in held
    assert met.person.id.encode() in held, "that there was somebody stays"


# --- at the body -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class HandedIn:
    """A body that a station is enrolled with, closed and empty yet; what it handed in: a person, their file, the order."""

    body: BodyHome
    packages: tuple[Path, ...]
    met: Met

    def copied(self, home: Path) -> BodyHome:
        """The same body once more, as empty."""
        shutil.copytree(self.body.home, home)
        return replace(self.body, home=home)


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> HandedIn:
    top = tmp_path_factory.mktemp("handed in")
    body = new_body(top / "body")
    with new_station(top / "station").opened() as workspace:
        with body.opened() as held:
            enrol(workspace, held)
        free(workspace)
        met = Met(workspace, LONG_AGO)
        packages = [*export(workspace, top / "stick").paths]
        moved(workspace, met, "北二社区")
        photographed(workspace, met, top)
        packages += export(workspace, top / "stick").paths
        erase_person(workspace, [met.person.id])
        packages += export(workspace, top / "stick").paths
        assert sound(workspace)
    return HandedIn(body, tuple(packages), met)


ORDERS = list(permutations(range(3)))


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: "".join(str(each + 1) for each in order))
def test_in_whatever_order_they_come_the_body_keeps_nothing_of_what_was_erased(
    handed_in: HandedIn, tmp_path: Path, order: tuple[int, ...]
) -> None:
    shutil.copytree(handed_in.body.home, tmp_path / "body")
    with BodyHome(
        home=tmp_path / "body", way=handed_in.body.way, wall=handed_in.body.wall, made=handed_in.body.made
    ).opened() as body:
        for at in order:
            assert Intake(body).take(handed_in.packages[at]).verdict == "accepted"
        holds_nothing(held_by(body), handed_in.met)
        assert find(body.store, handed_in.met.person.id).deleted
        assert {Intake(body).take(each).verdict for each in handed_in.packages} == {"duplicate"}
        holds_nothing(held_by(body), handed_in.met)


def test_before_the_order_comes_it_is_there_and_a_rehearsal_of_it_erases_nothing(handed_in: HandedIn, tmp_path: Path) -> None:
    home = handed_in.copied(tmp_path / "body")
    with home.opened() as body:
        for package in handed_in.packages[:2]:
            Intake(body).take(package)
        before = held_by(body)
        assert all(each in before for each in (NAME.encode(), "北二社区".encode(), PHOTO))
        assert Intake(body, dry_run=True).take(handed_in.packages[2]).verdict == "accepted"
        assert held_by(body) == before


def test_an_order_that_an_older_receiver_kept_unread_is_carried_out_when_it_is_lifted(
    handed_in: HandedIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = handed_in.copied(tmp_path / "body")
    with monkeypatch.context() as older:
        older.setattr(body_erasing.Erasing, "obey", lambda _self, _orders: ([], []))
        with home.opened() as body:
            for package in handed_in.packages:
                Intake(body).take(package)
            assert NAME.encode() in held_by(body)
            with body.store.writing() as connection:
                connection.exec_driver_sql(f"DROP TABLE {ErasedRow.__tablename__}")
                connection.exec_driver_sql("PRAGMA user_version = 4")
    with home.opened() as body, body.store.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA user_version").scalar_one() == SCHEMA
        assert NAME.encode() not in b"".join(connection.scalars(select(RevisionRow.line)))
        assert connection.execute(select(BlobRow.file)).all() == []


def test_the_body_says_that_it_has_the_order_and_gives_nothing_back_of_what_went(line: Pair, tmp_path: Path) -> None:
    free(line.station)
    met = Met(line.station, LONG_AGO)
    photographed(line.station, met, tmp_path)
    line.round_trip()
    erase_person(line.station, [met.person.id])
    line.round_trip()
    assert {each.state for each in numbers(line.station)} == {"received"}
    with replacement(line, tmp_path / "new") as made:
        for path in given_back(line, made.author.by, tmp_path / "stick").paths:
            receive(made, path)
        held = bytes_of(made)
        assert [word for word in (NAME, "南一社区") if word.encode() in held] == []
        assert list((made.folder / ATTACHMENTS).iterdir()) == []
        assert sound(made)
        assert EraseOrder.traits.name in {each[0] for each in current(made).values()}, "what comes later is known to be erased"


def test_what_lies_sealed_and_was_never_copied_is_sealed_anew_without_it(line: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    free(line.station)
    line.round_trip()
    met = Met(line.station, LONG_AGO)

    def no_stick(*_given: object, **_told: object) -> Path:
        raise AppError("folder_unusable")

    with monkeypatch.context() as gone:
        gone.setattr("app.use_cases.handing_in.copy_number", no_stick)
        with pytest.raises(AppError):
            line.export()
    before = set((line.station.folder / OUTBOX).iterdir())
    assert [each.state for each in numbers(line.station)].count("sealed") == 1
    erase_person(line.station, [met.person.id])
    assert len(before - set((line.station.folder / OUTBOX).iterdir())) == 1
    line.round_trip()
    assert {each.state for each in numbers(line.station)} == {"received"}, "the lost number was made good"
    assert NAME.encode() not in held_by(line.body)
    assert find(line.body.store, met.issue.id).revision.body["subject"] == "路灯不亮"
    assert check(line.station, read_data=True).findings == ()


# --- whose it is -------------------------------------------------------------------------------------------------------


def test_an_order_reaches_no_other_station_and_no_order(line: Pair, tmp_path: Path) -> None:
    save(line.station, met := Encounter(id=line.station.clock.new_id(), name=NAME))
    line.round_trip()
    with line.body.store.reading() as connection:
        (rev,) = connection.scalars(select(RevisionRow.rev).where(RevisionRow.record == met.id))
    stranger = new_seat(line.body, tmp_path / "other", code=OTHER_CODE)
    order = stranger.revision(EraseOrder.traits.name, revisions=[rev])
    again = stranger.revision(EraseOrder.traits.name, revisions=[order.rev])
    assert stranger.send(order, again).verdict == "accepted"
    with line.body.store.reading() as connection:
        kept = {row.rev: row.line for row in connection.execute(select(RevisionRow.rev, RevisionRow.line))}
    assert [is_erased(kept[each]) for each in (rev, order.rev, again.rev)] == [False] * 3
    theirs = stranger.revision(EraseOrder.traits.name, revisions=[rev])
    forged = stranger.send(replace(theirs, owner=line.station.author.owner))
    assert (forged.verdict, forged.code) == ("refused", "E_SCOPE")
    assert find(line.body.store, met.id).revision.body["name"] == NAME


def test_nobody_but_the_station_orders_a_computer_to_erase(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    met = Met(two.first, LONG_AGO)
    two.exchange()
    body = two.first.clock.new_id()
    monkeypatch.setattr(peers, "owners_of", lambda workspace: frozenset({workspace.author.owner, body}))
    with two.first.reading() as connection:
        revs = connection.scalars(select(JournalRow.rev).where(JournalRow.record == met.person.id)).all()
    with two.first.writing() as books:
        order = EraseOrder(id=two.first.clock.new_id(), revisions=tuple(str(each) for each in revs))
        books.records.save(order)
        (line,) = books.journal.revisions_of([order.id])[order.id]
        of_body = line.line.replace(two.first.author.owner.encode(), body.encode())
        books.connection.exec_driver_sql("UPDATE journal SET line = ? WHERE seq = ?", (of_body, line.seq))
    (path,) = two.sealed(two.first).paths
    with pytest.raises(PackageFault) as refused:
        receive(two.second, path)
    assert refused.value.code == "E_SCOPE"
    assert current(two.second)[met.person.id][7] != "{}"


# --- at the other computers ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: "".join(str(each + 1) for each in order))
def test_in_whatever_order_they_come_another_computer_keeps_nothing(two: Two, tmp_path: Path, order: tuple[int, ...]) -> None:
    two.exchange()
    free(two.first)
    met = Met(two.first, LONG_AGO)
    sealed = [two.sealed(two.first).paths]
    moved(two.first, met, "北二社区")
    photographed(two.first, met, tmp_path)
    sealed.append(two.sealed(two.first).paths)
    erase_person(two.first, [met.person.id])
    sealed.append(two.sealed(two.first).paths)
    for at in order:
        for path in sealed[at]:
            receive(two.second, path)
    for _again in range(2):
        held = bytes_of(two.second)
        assert [word for word in (NAME, PHONE, "社区") if word.encode() in held] == []
        assert list((two.second.folder / ATTACHMENTS).iterdir()) == []
        assert search(two.second, NAME).total == search(two.second, "社区").total == 0
        assert sound(two.second)
        for paths in sealed:
            for path in paths:
                receive(two.second, path)
    two.send(two.second, two.first)
    assert current(two.first) == current(two.second)


def test_what_is_typed_elsewhere_about_them_goes_and_a_late_package_promises_nothing_new(two: Two) -> None:
    two.exchange()
    free(two.first)
    met = Met(two.first, LONG_AGO)
    (late,) = two.sealed(two.first).paths
    two.send(two.first, two.second)
    keep_draft(two.second, f"encounter:{met.person.id}", "encounter", {"id": met.person.id, "name": NAME})
    keep_draft(two.second, "issue:1", "issue", {"words": "别的"})
    erase_person(two.first, [met.person.id])
    two.send(two.first, two.second)
    assert [each.body for each in drafts(two.second)] == [{"words": "别的"}]
    (arrival,) = look(two.second, [late])
    assert arrival.incoming is not None
    assert (arrival.incoming.new, arrival.incoming.changed, arrival.incoming.conflicts) == (0, 0, 0)


def test_what_somebody_saved_elsewhere_meanwhile_is_not_lost_but_asked_about(two: Two) -> None:
    two.exchange()
    free(two.first)
    met = Met(two.first, LONG_AGO)
    two.exchange()
    moved(two.second, met, "西三社区")
    erase_person(two.first, [met.person.id])
    for _round in range(2):
        two.exchange()
    for workspace in (two.first, two.second):
        told = current(workspace)[met.person.id]
        assert ("西三社区" in told[7], told[5], told[6]) == (True, False, "*")
        assert "南一社区".encode() not in bytes_of(workspace)
    assert current(two.first) == current(two.second)
    erase_person(two.second, [met.person.id])
    two.exchange()
    two.exchange()
    assert all(NAME.encode() not in bytes_of(each) for each in (two.first, two.second))
    assert current(two.first) == current(two.second)
