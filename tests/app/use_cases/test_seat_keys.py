"""A computer changes its keys: asked for here, listed by the body, used from that list on; what the old ones did stays good."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.suggestion import Suggestion, digest_of_text
from app.errors import AppError, Refused
from app.keys.identities import SeatIdentity, SeatPair, SigningKey
from app.packages import envelope
from app.packages.container import LARGEST
from app.packages.container import read as read_container
from app.packages.enrolment import read_request
from app.packages.faults import PackageFault
from app.packages.receiving_key import make_receiving_key
from app.packages.trust import Cut, SeatStatus
from app.province import enrolment
from app.province.intake import Intake
from app.province.receipts import write_receipts
from app.province.suite_keys import require_gm
from app.province.suites import keys_of_suite
from app.queries.counts import count
from app.queries.log import Sought, log
from app.storage.named_values import put_value
from app.storage.transaction import Transaction
from app.use_cases import seats
from app.use_cases.arrivals import receive
from app.use_cases.peers import export_for_sisters
from app.use_cases.seat_keys import make_pair
from app.use_cases.trust import request_due, request_enrolment, take_trust, trust_state, trusted_by, write_request
from app.workspace import IDENTITY, Workspace
from tests.app.use_cases.test_gm_1 import ready
from tests.app.use_cases.test_peers import joined
from tests.builders import STATION_CODE, Pair, an_issue, save
from tests.faults import Disk, Killed


def told(line: Pair, workspace: Workspace | None = None) -> None:
    """The station takes the newest trust file in."""
    take_trust(workspace or line.station, enrolment.slice_for(line.body, STATION_CODE))


def enrolled(line: Pair) -> None:
    """The request is made, and taken in by the body."""
    make_pair(line.station)
    enrolment.enrol(line.body, request_due(line.station).content)


def changed(line: Pair) -> None:
    """The whole way: the station uses its new keys."""
    enrolled(line)
    told(line)


def signed_by(path: Path) -> str:
    """The name of the key that signed a package."""
    with path.open("rb") as file:
        return envelope.read(read_container(file, limit=LARGEST).statement).signatures[0].keyid


def sealed(line: Pair, words: str) -> Path:
    """A package with one more record."""
    save(line.station, an_issue(line.station, words))
    (path,) = line.export().paths
    return path


def verdict(line: Pair, path: Path) -> tuple[str, str | None]:
    taken = Intake(line.body).take(path)
    return taken.verdict, taken.code


def put_back(workspace: Workspace, identity: SeatIdentity) -> None:
    """The keys as they were, as a thief has them."""
    with workspace.writing() as books:
        put_value(books.connection, IDENTITY, json.dumps(identity.to_texts()).encode())


# --- the way ------------------------------------------------------------------------------------------------------


def test_new_keys_are_used_once_the_list_names_them(line: Pair) -> None:
    before, by = line.station.identity(), line.station.author.by
    make_pair(line.station)
    coming = line.station.identity().coming
    assert coming is not None
    assert signed_by(sealed(line, "甲")) == before.signing.keyid
    enrolment.enrol(line.body, request_due(line.station).content)
    assert signed_by(sealed(line, "乙")) == before.signing.keyid
    told(line)
    after = line.station.identity()
    assert (after.signing, after.receiving, after.coming) == (coming.signing, coming.receiving, None)
    assert after.former == (before.receiving,)
    assert (after.seat_id, line.station.author.by) == (by, by)
    assert signed_by(sealed(line, "丙")) == after.signing.keyid
    assert [each.verdict for each in line.intake()] == ["accepted"] * 3
    assert {each.verdict for each in line.bring_back()} == {"accepted"}


def test_the_old_key_ends_where_the_new_one_was_used_first(line: Pair) -> None:
    old = line.station.identity()
    early = sealed(line, "甲")
    changed(line)
    late = sealed(line, "乙")
    assert trusted_by(line.station).trust_list.seats[0].status is SeatStatus.ACTIVE
    assert verdict(line, late) == ("accepted", "W_GAP")
    told(line)
    entry = trusted_by(line.station).seat_key(old.signing.keyid)
    assert entry is not None
    assert (entry.status, entry.revoked_after) == (SeatStatus.REVOKED, Cut(epoch=1, seq=1))
    assert verdict(line, early) == ("accepted", None)
    state = trust_state(line.station)
    assert state is not None
    assert state.enrolment.name == "ENROLLED"


def test_a_stolen_old_key_is_worth_nothing_for_later_numbers(line: Pair) -> None:
    stolen = line.station.identity()
    changed(line)
    line.intake([sealed(line, "甲")])
    honest = line.station.identity()
    put_back(line.station, stolen)
    forged = sealed(line, "乙")
    put_back(line.station, honest)
    assert verdict(line, forged) == ("refused", "E_REVOKED")


def test_the_end_moves_back_when_an_earlier_number_of_the_new_key_comes_late(line: Pair) -> None:
    changed(line)
    first, second = sealed(line, "甲"), sealed(line, "乙")
    assert verdict(line, second) == ("accepted", "W_GAP")
    assert cuts(line) == [Cut(epoch=1, seq=1)]
    assert verdict(line, first) == ("accepted", None)
    assert cuts(line) == [Cut(epoch=1, seq=0)]


def cuts(line: Pair) -> list[Cut]:
    with line.body.store.reading() as connection:
        listed = enrolment.trust_list(line.body, connection).seats
    return [each.revoked_after for each in listed if each.revoked_after]


def answered(line: Pair) -> tuple[Path, ...]:
    """What the body lays out for the station: a reply among it, for a suggestion that it gives back."""
    made = Suggestion(id=line.station.clock.new_id(), subject="关于整修东街路灯的建议", text="请整修。", state="submitted")
    save(line.station, replace(made, text_digest=digest_of_text(made)))
    line.export()
    line.intake()
    return write_receipts(line.body, STATION_CODE, line.stick / "answered").files


def test_what_was_sealed_to_the_old_receiving_key_is_still_opened(line: Pair) -> None:
    before = line.station.identity().receiving
    replies = answered(line)
    changed(line)
    line.intake([sealed(line, "甲")])
    changed(line)
    assert before in line.station.identity().former
    (answer,) = (each for each in replies if each.suffix == ".llz")
    assert receive(line.station, answer).verdict == "accepted"


def test_the_body_answers_to_every_key_in_use(line: Pair) -> None:
    first = line.station.identity().receiving
    enrolled(line)
    coming = line.station.identity().coming
    assert coming is not None
    assert sealed_for(line) == {first.recipient, coming.receiving.recipient}
    told(line)
    line.intake([sealed(line, "甲")])
    assert sealed_for(line) == {coming.receiving.recipient}


def sealed_for(line: Pair) -> set[str]:
    with line.body.store.reading() as connection:
        return set(keys_of_suite(connection, line.station.author.owner, "std-1")[line.station.author.by])


def test_asked_twice_the_same_pair_is_asked_for(line: Pair) -> None:
    make_pair(line.station)
    coming = line.station.identity().coming
    make_pair(line.station)
    assert line.station.identity().coming == coming
    version = enrolment.enrol(line.body, request_due(line.station).content).version
    assert enrolment.enrol(line.body, request_due(line.station).content).version > version
    told(line)
    assert len(trusted_by(line.station).trust_list.seats) == 2


def test_keys_are_changed_as_often_as_wanted(line: Pair) -> None:
    for words in ("甲", "乙", "丙"):
        changed(line)
        assert verdict(line, sealed(line, words)) == ("accepted", None)
    assert len(cuts(line)) == 3
    assert len(line.station.identity().former) == 3


def test_the_log_tells_of_it(line: Pair) -> None:
    changed(line)
    noted = {each.event for each in log(line.station, Sought()).rows}
    assert {"seat_keys_made", "seat_keys_renewed"} <= noted


# --- refusals -----------------------------------------------------------------------------------------------------


def test_before_it_is_enrolled_a_computer_has_nothing_to_change(line: Pair, tmp_path: Path) -> None:
    with ExitStack() as stack:
        second = joined(line.station, tmp_path / "second", tmp_path, line.wall, stack)
        with pytest.raises(Refused, match="no_trust"):
            make_pair(second)
        told(line, second)
        with pytest.raises(Refused, match="not_enrolled"):
            make_pair(second)


def test_a_revoked_computer_gets_no_new_keys(line: Pair) -> None:
    make_pair(line.station)
    request = request_due(line.station).content
    enrolment.revoke(line.body, line.station.author.by)
    with pytest.raises(Refused, match="seat_is_revoked"):
        enrolment.enrol(line.body, request)
    told(line)
    with pytest.raises(Refused, match="seat_revoked"):
        make_pair(line.station)


def test_a_revoked_computer_stays_revoked_with_all_its_keys(line: Pair) -> None:
    changed(line)
    line.intake([sealed(line, "甲")])
    enrolment.revoke(line.body, line.station.author.by)
    assert cuts(line) == [Cut(epoch=1, seq=0), Cut(epoch=1, seq=1)]
    assert verdict(line, sealed(line, "乙")) == ("refused", "E_REVOKED")


def test_an_ended_key_vouches_for_nothing_and_does_not_come_back(line: Pair) -> None:
    stolen = line.station.identity()
    changed(line)
    line.intake([sealed(line, "甲")])
    honest = line.station.identity()
    secret, recipient = make_receiving_key()
    thief = SeatPair.make(replace(honest.receiving, secret=secret, recipient=recipient))
    put_back(line.station, replace(stolen, coming=thief))
    with pytest.raises(Refused, match="key_ended"):
        enrolment.enrol(line.body, request_due(line.station).content)
    put_back(line.station, replace(honest, coming=SeatPair(signing=stolen.signing, receiving=stolen.receiving)))
    with pytest.raises(AppError):
        enrolment.enrol(line.body, request_due(line.station).content)


def test_a_key_is_enrolled_once_beside_one_receiving_key(line: Pair) -> None:
    enrolled(line)
    identity = line.station.identity()
    assert identity.coming is not None
    secret, recipient = make_receiving_key()
    other = replace(identity.coming, receiving=replace(identity.receiving, secret=secret, recipient=recipient))
    put_back(line.station, replace(identity, coming=other))
    with pytest.raises(Refused, match="key_enrolled"):
        enrolment.enrol(line.body, request_due(line.station).content)


def test_a_key_of_another_computer_is_refused(line: Pair, tmp_path: Path) -> None:
    with ExitStack() as stack:
        second = joined(line.station, tmp_path / "second", tmp_path, line.wall, stack)
        take_trust(second, enrolment.enrol(line.body, request_enrolment(second).content).bundle)
        theirs = second.identity()
        own = line.station.identity()
        put_back(line.station, replace(own, coming=SeatPair(signing=theirs.signing, receiving=theirs.receiving)))
        with pytest.raises(Refused, match="key_enrolled"):
            enrolment.enrol(line.body, request_due(line.station).content)


def test_a_key_that_no_known_one_vouches_for_is_refused(line: Pair) -> None:
    own = line.station.identity()
    make_pair(line.station)
    with_coming = line.station.identity()
    put_back(line.station, replace(with_coming, signing=SigningKey(seed=bytes(32)), first=own.signing))
    with pytest.raises(PackageFault, match="E_ORIGIN"):
        enrolment.enrol(line.body, request_due(line.station).content)


def test_where_std_1_is_not_taken_its_keys_are_not_changed(line: Pair) -> None:
    ready(line)
    require_gm(line.body)
    told(line)
    with pytest.raises(Refused, match="suite_not_taken"):
        make_pair(line.station)


# --- beside other computers -----------------------------------------------------------------------------------------


@pytest.fixture
def second(line: Pair, tmp_path: Path) -> Iterator[Workspace]:
    """Another computer of the station, enrolled."""
    with ExitStack() as stack:
        made = joined(line.station, tmp_path / "second", tmp_path, line.wall, stack)
        take_trust(made, enrolment.enrol(line.body, request_enrolment(made).content).bundle)
        told(line)
        yield made


def test_sisters_go_on_with_the_new_keys(line: Pair, second: Workspace, tmp_path: Path) -> None:
    changed(line)
    line.intake([sealed(line, "甲")])
    told(line)
    told(line, second)
    save(second, an_issue(second, "二号机"))
    (made,) = export_for_sisters(second, tmp_path / "to first").sisters
    for path in made.paths:
        receive(line.station, path)
    save(line.station, an_issue(line.station, "一号机"))
    (made,) = export_for_sisters(line.station, tmp_path / "to second").sisters
    for path in made.paths:
        receive(second, path)
    assert count(second)["issue"] == count(line.station)["issue"] == 3


def test_what_a_sister_did_not_take_under_the_old_key_is_sent_again_under_the_new(
    line: Pair, second: Workspace, tmp_path: Path
) -> None:
    save(line.station, an_issue(line.station, "在途"))
    (under_way,) = export_for_sisters(line.station, tmp_path / "old").sisters
    changed(line)
    line.intake([sealed(line, "甲")])
    told(line)
    told(line, second)
    for path in under_way.paths:
        with pytest.raises(PackageFault, match="E_UNKNOWN_KEY"):
            receive(second, path)
    (again,) = export_for_sisters(line.station, tmp_path / "new").sisters
    for path in again.paths:
        receive(second, path)
    assert count(second)["issue"] == count(line.station)["issue"] == 2


def test_a_stolen_old_key_speaks_to_no_sister(line: Pair, second: Workspace, tmp_path: Path) -> None:
    stolen = line.station.identity()
    changed(line)
    line.intake([sealed(line, "甲")])
    told(line, second)
    put_back(line.station, stolen)
    (made,) = export_for_sisters(line.station, tmp_path / "forged").sisters
    (path,) = made.paths
    with pytest.raises(PackageFault, match="E_UNKNOWN_KEY"):
        receive(second, path)


def test_its_card_is_still_that_of_the_same_computer(line: Pair) -> None:
    changed(line)
    card = read_request(seats.card(line.station).content)
    assert card.seat.id == line.station.author.by
    assert card.seat.receiving == line.station.identity().receiving.recipient
    assert enrolment.enrol(line.body, request_enrolment(line.station).content).seat == line.station.author.by


# --- cut short anywhere ---------------------------------------------------------------------------------------------


def test_the_request_is_written_whole_or_not_and_the_same_pair_asked_for_again(line: Pair, tmp_path: Path) -> None:
    make_pair(line.station)
    with Disk().in_use() as disk:
        write_request(line.station, tmp_path)
    (written,) = tmp_path.glob("enrol-*.json")
    coming = line.station.identity().coming
    for kills in (False, True):
        for place in range(1, disk.asked + 1):
            written.unlink(missing_ok=True)
            with pytest.raises((AppError, Killed)), Disk(place, kills=kills).in_use():
                write_request(line.station, tmp_path)
            assert line.station.identity().coming == coming
            assert not written.exists() or read_request(written.read_bytes()).seat.keyid
    write_request(line.station, tmp_path)
    assert coming is not None
    assert read_request(written.read_bytes()).seat.keyid == coming.signing.keyid


@pytest.mark.parametrize("fails", ["app.use_cases.seat_keys.put_value", "app.storage.transaction.Transaction.note"])
def test_a_pair_is_made_or_not(line: Pair, fails: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = line.station.identity()

    def gone(*_given: object, **_told: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(fails, gone)
        with pytest.raises(Killed):
            make_pair(line.station)
    assert line.station.identity() == before
    changed(line)
    assert line.station.identity().former == (before.receiving,)


@pytest.mark.parametrize("nth", range(1, 5))
def test_the_list_and_the_keys_change_together_or_not_at_all(line: Pair, nth: int, monkeypatch: pytest.MonkeyPatch) -> None:
    enrolled(line)
    before, believed = line.station.identity(), trusted_by(line.station)
    steps: list[str] = []

    def failing(name: str, real: object) -> object:
        def step(*given: object, **told: object) -> object:
            steps.append(name)
            if len(steps) == nth:
                raise Killed
            assert callable(real)
            return real(*given, **told)

        return step

    with monkeypatch.context() as patch:
        patch.setattr("app.use_cases.trust.put_value", failing("put", put_value))
        patch.setattr(Transaction, "note", failing("note", Transaction.note))
        with pytest.raises(Killed):
            told(line)
    assert line.station.identity() == before
    assert trusted_by(line.station) == believed
    told(line)
    assert line.station.identity() == before.renewed()


@pytest.mark.parametrize("fails", ["app.province.enrolment.let_succeed", "app.province.enrolment.put_setting"])
def test_the_body_takes_a_request_in_wholly_or_not(line: Pair, fails: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make_pair(line.station)
    request = request_due(line.station).content
    before = enrolment.slice_for(line.body, STATION_CODE)

    def gone(*_given: object, **_told: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(fails, gone)
        with pytest.raises(Killed):
            enrolment.enrol(line.body, request)
    assert enrolment.slice_for(line.body, STATION_CODE) == before
    take_trust(line.station, enrolment.enrol(line.body, request).bundle)
    assert verdict(line, sealed(line, "甲")) == ("accepted", None)


def test_a_package_that_is_not_taken_ends_no_key(line: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    changed(line)
    path = sealed(line, "甲")

    def gone(*_given: object, **_told: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("app.province.intake.note_held", gone)
        with pytest.raises(Killed):
            Intake(line.body).take(path)
    assert cuts(line) == []
    assert Intake(line.body, dry_run=True).take(path).verdict == "accepted"
    assert cuts(line) == []
    assert verdict(line, path) == ("accepted", None)
    assert cuts(line) == [Cut(epoch=1, seq=0)]
