"""Keys that are renewed while something fails: the old state or the new one, whatever is under way stays readable."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import Refused
from app.keys.identities import ReceivingKey, SeatPair
from app.keys.root_keys import open_roots
from app.packages.bundle import Trusted, read_bundle
from app.packages.receiving_key import make_receiving_key
from app.province import enrolment
from app.province.intake import Intake
from app.province.own_keys import renew_receiving, renew_signing
from app.province.receiver import Receiver
from app.province.store import put_setting
from app.storage.named_values import put_value
from app.storage.transaction import Transaction
from app.use_cases.trust import request_due
from app.workspace import IDENTITY
from tests.app.use_cases.test_own_keys import asked, entries, renewed, told
from tests.builders import STATION_CODE, Pair, an_issue, save
from tests.faults import Killed


def fails_at(nth: int, real: Callable[..., object], steps: list[int]) -> Callable[..., object]:
    """The program is gone at the n-th of these steps."""

    def step(*given: object, **told: object) -> object:
        steps.append(1)
        if len(steps) == nth:
            raise Killed
        return real(*given, **told)

    return step


@pytest.mark.parametrize("nth", [1, 2])
def test_a_pair_is_made_or_not(line: Pair, nth: int, monkeypatch: pytest.MonkeyPatch) -> None:
    before, steps = line.station.identity(), list[int]()
    with monkeypatch.context() as patch:
        patch.setattr("app.use_cases.trust.put_value", fails_at(nth, put_value, steps))
        patch.setattr(Transaction, "note", fails_at(nth, Transaction.note, steps))
        with pytest.raises(Killed):
            asked(line)
    assert line.station.identity() == before
    renewed(line)
    assert line.station.identity().pairs[-1] == before.pairs[-1]


@pytest.mark.parametrize("nth", [1, 2])
def test_a_request_is_taken_in_or_not(line: Pair, nth: int, monkeypatch: pytest.MonkeyPatch) -> None:
    request = asked(line).path.read_bytes()
    before = enrolment.slice_for(line.body, STATION_CODE)
    with monkeypatch.context() as patch:
        patch.setattr("app.province.enrolment.put_setting", fails_at(nth, put_setting, []))
        with pytest.raises(Killed):
            enrolment.enrol(line.body, request)
    assert enrolment.slice_for(line.body, STATION_CODE) == before
    enrolment.enrol(line.body, request)
    told(line)
    assert len(entries(line)) == 2


def test_a_package_that_is_not_taken_ends_no_key(line: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    renewed(line)
    save(line.station, an_issue(line.station, "甲"))
    (path,) = line.export().paths
    with monkeypatch.context() as patch:
        patch.setattr("app.province.intake.note_held", fails_at(1, print, []))
        with pytest.raises(Killed):
            Intake(line.body).take(path)
    assert {cut for _status, cut in entries(line).values()} == {None}
    assert Intake(line.body, dry_run=True).take(path).verdict == "accepted"
    assert {cut for _status, cut in entries(line).values()} == {None}
    assert Intake(line.body).take(path).verdict == "accepted"
    assert {cut for _status, cut in entries(line).values()} == {None, (1, 0)}


@pytest.mark.parametrize("nth", range(1, 6))
@pytest.mark.parametrize(
    "deed", [renew_receiving, lambda held: renew_signing(held, open_roots(held.folder.parent / "roots", None))]
)
def test_a_body_has_its_old_keys_or_its_new_ones(
    line: Pair, nth: int, deed: Callable[[Receiver], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    def state() -> tuple[object, ...]:
        return line.body.identity(), line.body.root_documents(), enrolment.slice_for(line.body, STATION_CODE)

    save(line.station, an_issue(line.station, "甲"))
    (path,) = line.export().paths
    before, steps = state(), list[int]()
    with monkeypatch.context() as patch:
        for place in ("own_keys", "enrolment"):
            patch.setattr(f"app.province.{place}.put_setting", fails_at(nth, put_setting, steps))
        try:
            deed(line.body)
        except Killed:
            assert state() == before
        else:
            assert nth > len(steps)
    Trusted.pin(read_bundle(enrolment.slice_for(line.body, STATION_CODE)))
    assert Intake(line.body).take(path).verdict == "accepted"


# --- order, and keys twice --------------------------------------------------------------------------------------------


def test_the_end_moves_back_when_an_earlier_number_of_the_new_key_comes_late(line: Pair) -> None:
    renewed(line)
    paths = list[Path]()
    for words in ("甲", "乙"):
        save(line.station, an_issue(line.station, words))
        paths += line.export().paths
    cuts = []
    for path in reversed(paths):
        assert Intake(line.body).take(path).verdict == "accepted"
        cuts += [cut for _status, cut in entries(line).values() if cut]
    assert cuts == [(1, 1), (1, 0)]


def test_a_key_is_enrolled_once_beside_one_receiving_key_and_for_one_computer(line: Pair) -> None:
    enrolment.enrol(line.body, asked(line).path.read_bytes())
    identity = line.station.identity()
    secret, recipient = make_receiving_key()
    other = SeatPair(signing=identity.pairs[0].signing, receiving=ReceivingKey(secret=secret, recipient=recipient))
    with line.station.writing() as books:
        put_value(books.connection, IDENTITY, json.dumps(replace(identity, renewed=(other,)).to_texts()).encode())
    with pytest.raises(Refused, match="key_enrolled"):
        enrolment.enrol(line.body, request_due(line.station).content)
