"""A body changes its keys: stations follow with the next trust file, and what is under way is still opened and believed."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import AppError, Refused
from app.keys import deputy_key
from app.keys.identities import SigningKey
from app.keys.root_keys import RootKeys, open_roots
from app.packages import bundle, manifest
from app.packages.bundle import Trusted, read_bundle
from app.packages.faults import PackageFault
from app.packages.roots import Role
from app.packages.statement import digest_of
from app.packages.trust import sign_trust
from app.province import enrolment
from app.province.blobs import chunks_of, sweep_blobs
from app.province.evaluations import opened_evaluations
from app.province.intake import Intake
from app.province.key_renewal import body_keys, drop_receiving, end_online, renew_online, renew_receiving
from app.province.receipts import write_receipts
from app.province.receiver import Receiver
from app.province.store import put_setting
from app.use_cases.arrivals import in_order, receive
from app.use_cases.evaluations import seal_evaluation
from app.use_cases.trust import take_trust, trusted_by
from tests.app.province.seats import Seat, chunks, enrolled_seat, everything
from tests.app.province.test_blobs import PHOTO, PIECE, files, kept
from tests.app.use_cases.test_evaluations import DISSATISFIED, PIN, replied
from tests.app.use_cases.test_seat_keys import answered, sealed, told
from tests.builders import STATION_CODE, Pair, new_body
from tests.faults import Disk, Killed


def roots_of(line: Pair) -> RootKeys:
    return open_roots(line.homes[1].home / "roots", None)


def kids(line: Pair) -> list[str]:
    return [each.kid for each in line.body.identity().receiving]


def brought_home(line: Pair) -> dict[str, str]:
    """What the body lays out taken in, in the order in which a station takes files in."""
    written = write_receipts(line.body, STATION_CODE, line.stick / "home").files
    taken = [receive(line.station, path) for path in in_order(written)]
    return {each.what: each.verdict for each in taken}


# --- receiving ----------------------------------------------------------------------------------------------------


def test_stations_seal_to_the_new_key_once_they_know_it_and_the_old_one_still_opens(line: Pair) -> None:
    (before,) = line.body.identity().receiving
    early = sealed(line, "甲")
    state = renew_receiving(line.body)
    between = sealed(line, "乙")
    assert trusted_by(line.station).trust_list.recipients_of("std-1") == (before.recipient,)
    assert [each.verdict for each in line.intake([early, between])] == ["accepted"] * 2
    assert brought_home(line) == {"trust": "accepted", "receipt": "accepted"}
    newest = line.body.identity().receiving[0]
    assert trusted_by(line.station).trust_list.recipients_of("std-1") == (newest.recipient,)
    assert trusted_by(line.station).trust_list.version == state.version
    assert [each.verdict for each in line.intake([sealed(line, "丙")])] == ["accepted"]
    assert kids(line) == [newest.kid, before.kid]


def test_after_the_old_key_is_dropped_a_package_for_it_is_told_so(line: Pair) -> None:
    (before,) = line.body.identity().receiving
    late = sealed(line, "甲")
    renew_receiving(line.body)
    told(line)
    drop_receiving(line.body, before.kid)
    (taken,) = line.intake([late])
    assert (taken.verdict, taken.code) == ("refused", "E_NO_KEY")
    assert [each.verdict for each in line.intake([sealed(line, "乙")])] == ["accepted"]


def test_the_key_in_use_and_an_unknown_one_are_not_dropped(line: Pair) -> None:
    with pytest.raises(Refused, match="key_used"):
        drop_receiving(line.body, kids(line)[0])
    with pytest.raises(Refused, match="key_not_known"):
        drop_receiving(line.body, "age:0000000000000000")


def test_sealed_evaluations_are_not_lost_unasked(line: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deputy_key, "_KIB", 64)
    (before,) = kids(line)
    seal_evaluation(line.station, replied(line.station), DISSATISFIED, PIN, again=PIN)
    line.export()
    line.intake()
    renew_receiving(line.body)
    with pytest.raises(Refused, match="key_opens_evaluations") as caught:
        drop_receiving(line.body, before)
    assert caught.value.facts["count"] == 1
    assert opened_evaluations(line.body)[0].verdict == DISSATISFIED
    drop_receiving(line.body, before, lose_evaluations=True)
    assert opened_evaluations(line.body)[0].verdict is None


@pytest.fixture
def pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Seat]:
    """A seat whose files come in pieces of 1 KiB; a piece of one and another file as a whole have come."""
    monkeypatch.setattr(manifest, "LARGEST_CHUNK", PIECE)
    with enrolled_seat(tmp_path) as made:
        first, _second, _third = chunks(PHOTO)
        made.send(attachments=[first])
        made.send(attachments=chunks(b"small"))
        yield made


def test_files_that_lie_under_the_old_key_are_joined_and_encrypted_anew(pieces: Seat) -> None:
    before = pieces.held.identity().receiving[0]
    renew_receiving(pieces.held)
    _first, *others = chunks(PHOTO)
    assert drop_receiving(pieces.held, before.kid).files == 2
    pieces.send(attachments=others)
    assert kept(pieces) == {digest_of(PHOTO): PHOTO, digest_of(b"small"): b"small"}
    assert len(files(pieces)) == 2


def test_pieces_under_two_keys_are_joined(pieces: Seat) -> None:
    renew_receiving(pieces.held)
    _first, *others = chunks(PHOTO)
    pieces.send(attachments=others)
    assert kept(pieces)[digest_of(PHOTO)] == PHOTO


@pytest.mark.parametrize("kills", [False, True])
def test_dropping_cut_short_anywhere_loses_no_file(pieces: Seat, kills: bool) -> None:
    before = pieces.held.identity().receiving[0]
    renew_receiving(pieces.held)
    place = 0
    while True:
        place += 1
        disk = Disk(place, kills=kills)
        try:
            with disk.in_use():
                drop_receiving(pieces.held, before.kid)
        except (AppError, OSError, Killed):
            sweep_blobs(pieces.held)
            assert before in pieces.held.identity().receiving
            assert hashlib.sha256(read_small(pieces)).digest() == hashlib.sha256(b"small").digest()
            continue
        break
    assert place > 3
    assert before not in pieces.held.identity().receiving
    assert read_small(pieces) == b"small"
    assert len(files(pieces)) == 2


def read_small(seat: Seat) -> bytes:
    """The whole file, by any key that the body has."""
    (name,) = [row[3] for row in everything(seat.held)[1]["blob"] if row[1] == digest_of(b"small")]
    (made,) = chunks_of(seat.held, digest_of(b"small"), 5, name)
    with made.read() as opened:
        return opened.read()


# --- online keys --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", list(Role))
def test_an_online_key_gives_way_to_another_and_the_station_follows(line: Pair, role: Role) -> None:
    early = answered(line)
    before = {each.name for each in body_keys(line.body).keys if each.used}
    state = renew_online(line.body, role, roots_of(line))
    after = {each.name for each in state.keys if each.used}
    assert len(before - after) == len(after - before) == 1
    assert [each.name for each in state.keys if not each.used] == [*(before - after)]
    assert {receive(line.station, path).verdict for path in in_order(early)} <= {"accepted", "duplicate"}
    assert [each.verdict for each in line.intake([sealed(line, "乙")])] == ["accepted"]
    assert brought_home(line)["receipt"] == "accepted"
    assert len(line.body.root_documents()) == 2
    assert trusted_by(line.station).roots.version == 2


def test_replies_by_the_new_key_are_read(line: Pair) -> None:
    renew_online(line.body, Role.REPLY, roots_of(line))
    written = answered(line)
    assert {receive(line.station, path).what for path in in_order(written)} == {"trust", "receipt", "reply"}


def test_a_receipt_of_the_new_key_waits_for_the_trust_file_beside_it(line: Pair) -> None:
    line.intake([sealed(line, "甲")])
    renew_online(line.body, Role.RECEIPT, roots_of(line))
    written = write_receipts(line.body, STATION_CODE, line.stick / "home").files
    receipt, trust = written
    with pytest.raises(PackageFault, match="E_UNKNOWN_KEY"):
        receive(line.station, receipt)
    assert receive(line.station, trust).verdict == "accepted"
    assert receive(line.station, receipt).verdict == "accepted"


def test_what_an_ended_key_signs_is_believed_no_more(line: Pair) -> None:
    old = line.body.identity().receipt
    line.intake([sealed(line, "甲")])
    written = write_receipts(line.body, STATION_CODE, line.stick / "old").files
    renew_online(line.body, Role.RECEIPT, roots_of(line))
    end_online(line.body, old.keyid, roots_of(line))
    told(line)
    with pytest.raises(PackageFault, match="E_UNKNOWN_KEY"):
        receive(line.station, written[0])
    line.intake([sealed(line, "乙")])
    assert brought_home(line)["receipt"] == "accepted"


def test_a_list_by_a_stolen_key_that_was_ended_is_refused(line: Pair) -> None:
    stolen = line.body.identity()
    renew_online(line.body, Role.TRUST, roots_of(line))
    end_online(line.body, stolen.trust.keyid, roots_of(line))
    told(line)
    forged = bundle.write_bundle(line.body.root_documents(), _forged(line, stolen.trust))
    with pytest.raises(PackageFault, match="E_UNKNOWN_KEY"):
        take_trust(line.station, forged)


def _forged(line: Pair, signer: SigningKey) -> bytes:
    listed = trusted_by(line.station).trust_list
    return sign_trust(replace(listed, version=listed.version + 5), signer)


def test_a_key_in_use_and_an_unknown_one_are_not_ended(line: Pair) -> None:
    with pytest.raises(Refused, match="key_used"):
        end_online(line.body, line.body.identity().reply.keyid, roots_of(line))
    with pytest.raises(Refused, match="key_not_known"):
        end_online(line.body, "ed25519:0000000000000000", roots_of(line))


def test_a_trust_file_that_is_full_is_told_before_anything_changes(line: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    before = line.body.identity()
    monkeypatch.setattr("app.province.online_keys.MOST_ROOT_DOCUMENTS", 1)
    with pytest.raises(Refused, match="roots_full"):
        renew_online(line.body, Role.TRUST, roots_of(line))
    assert line.body.identity() == before


def test_root_keys_of_another_body_sign_nothing(line: Pair, tmp_path: Path) -> None:
    other = new_body(tmp_path / "other")
    before = (line.body.identity(), line.body.root_documents())
    with pytest.raises(PackageFault):
        renew_online(line.body, Role.TRUST, open_roots(other.home / "roots", None))
    assert (line.body.identity(), line.body.root_documents()) == before


# --- cut short ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("nth", [1, 2, 3, 4])
@pytest.mark.parametrize(
    "deed", [renew_receiving, lambda held: renew_online(held, Role.TRUST, open_roots(held.folder.parent / "roots", None))]
)
def test_a_body_has_its_old_keys_or_its_new_ones(
    line: Pair, nth: int, deed: Callable[[Receiver], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sealed(line, "甲")
    before = (line.body.identity(), line.body.root_documents(), enrolment.slice_for(line.body, STATION_CODE))
    steps = []

    def failing(real: Callable[..., object]) -> Callable[..., object]:
        def step(*given: object) -> object:
            steps.append(1)
            if len(steps) == nth:
                raise Killed
            return real(*given)

        return step

    with monkeypatch.context() as patch:
        for place in ("online_keys", "enrolment"):
            patch.setattr(f"app.province.{place}.put_setting", failing(put_setting))
        try:
            deed(line.body)
        except Killed:
            after = (line.body.identity(), line.body.root_documents(), enrolment.slice_for(line.body, STATION_CODE))
            assert after == before
        else:
            assert nth > len(steps)
    Trusted.pin(read_bundle(enrolment.slice_for(line.body, STATION_CODE)))
    assert Intake(line.body).take(path).verdict == "accepted"
    assert brought_home(line)["receipt"] == "accepted"
