import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import AppError
from app.packages import closed, container, envelope, statement
from app.packages.faults import FATES, Fate, PackageFault, fate_of
from app.packages.statement import Kind, Sender, Stream
from tests.app.packages.parcels import (
    BODY,
    NOW,
    POLICY,
    SEAT,
    STATION,
    THIEF,
    Forgery,
    SigningKey,
    believing,
    boxed,
    heading,
    issue_entry,
    line,
    seat_of,
    verified,
)

GOOD = Forgery(entries=[issue_entry(line(1), line(2))]).sealed()
PREV = "sha256:" + "ab" * 32
NEXT = Forgery(entries=[issue_entry(line(3))], head=heading(stream=Stream(epoch=1, seq=2, prev=PREV, fills=()))).sealed()


def fault_of(package: bytes | Path, *args: Any, **options: Any) -> PackageFault:
    with pytest.raises(PackageFault) as caught:
        verified(package, *args, **options)
    return caught.value


def parts(package: bytes) -> tuple[bytes, dict[str, Any]]:
    """The payload of a package, and its envelope as plain JSON."""
    read = container.read(io.BytesIO(package))
    return package[read.payload_start :][: read.payload_bytes], json.loads(read.statement)


def member(**changes: Any) -> Callable[[dict[str, Any]], None]:
    return lambda members: members.update(changes)


def test_an_honest_package_is_verified_and_named() -> None:
    read = verified(GOOD)
    assert read.statement.sender == Sender(province="43", station=STATION, seat=SEAT.seat)
    assert read.statement.to == (BODY,)
    assert read.statement_digest == statement.digest_of(statement.write(read.statement))


def test_a_path_serves_as_well_as_a_file(tmp_path: Path) -> None:
    (tmp_path / "数据 包.llz").write_bytes(GOOD)
    assert verified(tmp_path / "数据 包.llz").statement == verified(GOOD).statement
    with pytest.raises(AppError, match="file_missing"):
        verified(tmp_path / "none.llz")
    with pytest.raises(AppError):
        verified(tmp_path)


# --- every byte ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mask", [0x01, 0x80, 0xFF])
def test_no_byte_of_a_package_can_change(mask: int) -> None:
    changed = bytearray(GOOD)
    for place in range(len(GOOD)):
        changed[place] ^= mask
        assert fault_of(bytes(changed)).code in FATES, place
        changed[place] ^= mask


def test_no_part_of_a_package_is_taken_for_the_whole() -> None:
    assert {fault_of(GOOD[:length]).code for length in range(len(GOOD))} == {"E_CONTAINER"}


@pytest.mark.parametrize("mask", [0x01, 0x80, 0xFF])
def test_no_byte_of_the_envelope_can_change_though_the_container_is_mended(mask: int) -> None:
    payload, plain = parts(GOOD)
    signed = bytearray(closed.compact(plain))
    codes = set()
    for place in range(len(signed)):
        signed[place] ^= mask
        codes.add(fault_of(boxed(payload, bytes(signed))).code)
        signed[place] ^= mask
    assert codes <= {"E_JSON", "E_ENVELOPE", "E_TYPE", "E_UNKNOWN_KEY", "E_SIGNATURE"}
    assert mask != 0x01 or codes >= {"E_ENVELOPE", "E_TYPE", "E_UNKNOWN_KEY", "E_SIGNATURE"}


def test_no_piece_of_the_payload_can_change_though_the_container_is_mended() -> None:
    payload, plain = parts(GOOD)
    signed, changed = closed.compact(plain), bytearray(payload)
    for place in range(0, len(payload), 5):
        changed[place] ^= 0x10
        assert fault_of(boxed(bytes(changed), signed)).code == "E_DIGEST"
        changed[place] ^= 0x10


@given(st.data())
def test_no_splice_of_two_packages_is_taken(data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, 1000)) * len(GOOD) // 1000
    resume = data.draw(st.integers(0, 1000)) * len(NEXT) // 1000
    spliced = GOOD[:cut] + NEXT[resume:]
    if spliced not in (GOOD, NEXT):
        assert fault_of(spliced).code in FATES


def test_the_statement_of_one_package_does_not_cover_the_payload_of_another() -> None:
    other = Forgery(entries=[issue_entry(line(9))]).sealed()
    payload, _ = parts(other)
    _, plain = parts(GOOD)
    assert fault_of(boxed(payload, closed.compact(plain))).code == "E_DIGEST"


# --- who ----------------------------------------------------------------------------------------------------------


def test_a_stranger_is_not_believed() -> None:
    assert fault_of(Forgery(signer=THIEF).sealed()).code == "E_UNKNOWN_KEY"


def test_a_name_without_its_key_is_not_believed() -> None:
    payload, plain = parts(Forgery(signer=THIEF).sealed())
    plain["signatures"][0]["keyid"] = SEAT.keyid
    assert fault_of(boxed(payload, closed.compact(plain))).code == "E_SIGNATURE"


def test_another_stations_good_key_does_not_speak_for_this_station() -> None:
    elsewhere = Sender(province="43", station="019b76da-a800-7000-8000-000000000002", seat=THIEF.seat)
    both = believing(seat_of(SEAT), seat_of(THIEF, sender=elsewhere))
    assert fault_of(Forgery(signer=THIEF).sealed(), both).code == "E_ORIGIN"
    claiming = heading(sender=replace(elsewhere, station=STATION))
    assert fault_of(Forgery(signer=THIEF, head=claiming).sealed(), both).code == "E_ORIGIN"
    assert verified(Forgery(signer=THIEF, head=heading(sender=elsewhere)).sealed(), both)


def test_two_seats_do_not_sign_one_package() -> None:
    payload, plain = parts(GOOD)
    signed = envelope.read(closed.compact(plain))
    together = envelope.sign(statement.TYPE, signed.payload, [SEAT, THIEF])
    assert fault_of(boxed(payload, together)).code == "E_UNKNOWN_KEY"
    sister = seat_of(THIEF, sender=Sender(province="43", station=STATION, seat=THIEF.seat))
    assert fault_of(boxed(payload, together), believing(seat_of(SEAT), sister)).code == "E_ORIGIN"


@pytest.mark.parametrize("kind", [Kind.REPLY, Kind.RESTORE])
def test_a_seat_does_not_send_what_the_body_sends(kind: Kind) -> None:
    assert fault_of(Forgery(head=heading(kind=kind)).sealed()).code == "E_ORIGIN"


def test_a_package_for_somebody_else_is_refused() -> None:
    assert fault_of(GOOD, us="44").code == "E_RECIPIENT"
    several = Forgery(head=heading(to=("44", STATION))).sealed()
    assert verified(several, us="44")
    assert verified(several, us=STATION)
    assert fault_of(several).facts == {"to": f"44, {STATION}"}


def test_the_recipient_may_be_left_to_the_caller() -> None:
    assert verified(Forgery(head=heading(to=("99",))).sealed(), us=None).statement.to == ("99",)


# --- types, suites, formats ---------------------------------------------------------------------------------------


def test_a_receipt_in_the_place_of_a_statement_is_refused() -> None:
    assert fault_of(Forgery(payload_type="application/vnd.llz.receipt+json").sealed()).code == "E_TYPE"


def test_a_suite_is_neither_chosen_by_the_package_nor_lowered() -> None:
    assert fault_of(Forgery(change_statement=member(suite="gm-1")).sealed()).code == "E_SUITE"
    assert fault_of(Forgery(change_statement=member(suite="std-0")).sealed()).code == "E_SUITE"
    only = replace(POLICY, suites=("gm-1",))
    assert fault_of(GOOD, believing(policy=only)).code == "E_SUITE"


def test_a_suite_we_do_not_have_is_refused_though_the_policy_allows_it() -> None:
    both = replace(POLICY, suites=("std-1", "gm-1"))
    assert fault_of(Forgery(change_statement=member(suite="gm-1")).sealed(), believing(policy=both)).code == "E_SUITE"


def test_an_older_format_is_refused_and_a_newer_one_waits() -> None:
    assert fault_of(Forgery(change_statement=member(format="llz-package/0")).sealed()).code == "E_FORMAT_OLD"
    newer = fault_of(Forgery(change_statement=member(format="llz-package/2", unheard_of=True)).sealed())
    assert (newer.code, fate_of(newer.code)) == ("E_FORMAT_NEW", Fate.PARKED)


def test_a_later_container_waits_too() -> None:
    later = GOOD.replace(b"llz-package/1\n", b"llz-package/2\n", 1)
    assert fault_of(later).code == "E_FORMAT_NEW"


@pytest.mark.parametrize("change", [{"name": "payload.sm4"}, {"encoding": "zip"}])
def test_a_payload_of_another_kind_is_refused(change: dict[str, str]) -> None:
    forged = Forgery(change_statement=lambda members: members["payload"].update(change)).sealed()
    assert fault_of(forged).code == "E_ENVELOPE"


@pytest.mark.parametrize("change", [{"bytes": 1}, {"digest": PREV}])
def test_what_the_statement_says_of_its_payload_is_checked(change: dict[str, object]) -> None:
    forged = Forgery(change_statement=lambda members: members["payload"].update(change)).sealed()
    assert fault_of(forged).code == "E_DIGEST"


@pytest.mark.parametrize("payload", [b"", b"[" * 100_000, b"null", b'{"a":1,"a":2}', b"\xff", b'{"format":"llz-package/1"}'])
def test_a_signed_payload_of_any_shape_is_refused_in_words(payload: bytes) -> None:
    assert fault_of(Forgery(payload=payload).sealed()).code in {"E_JSON", "E_ENVELOPE"}


@given(st.binary(max_size=100))
def test_any_signed_bytes_are_refused_in_words(payload: bytes) -> None:
    assert fault_of(Forgery(payload=payload, ciphertext=b"x").sealed()).code in {"E_JSON", "E_ENVELOPE"}


# --- revoked, expired, too large ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "until", "code"),
    [
        ((1, 1), None, ""),
        ((1, 1), (1, 1), ""),
        ((1, 1), (2, 5), ""),
        ((2, 5), (2, 5), ""),
        ((2, 6), (2, 5), "E_REVOKED"),
        ((3, 1), (2, 5), "E_REVOKED"),
        ((1, 1), (0, 0), "E_REVOKED"),
    ],
)
def test_a_revoked_seat_counts_up_to_its_last_number(place: tuple[int, int], until: tuple[int, int] | None, code: str) -> None:
    epoch, seq = place
    stream = Stream(epoch=epoch, seq=seq, prev=None if seq == 1 else PREV, fills=())
    sent, who = Forgery(head=heading(stream=stream)).sealed(), believing(seat_of(SEAT, until=until))
    if code:
        assert fault_of(sent, who).code == code
    else:
        assert verified(sent, who).statement.stream == stream


def test_the_package_of_an_ended_key_waits_for_an_operator() -> None:
    who = believing(seat_of(SEAT, not_after=NOW))
    assert verified(GOOD, who, NOW)
    ended = fault_of(GOOD, who, NOW + timedelta(seconds=1))
    assert (ended.code, fate_of(ended.code)) == ("E_KEY_EXPIRED", Fate.PARKED)


def test_a_file_larger_than_the_policy_allows_is_not_read() -> None:
    small = believing(policy=replace(POLICY, max_package_bytes=len(GOOD) - 1))
    assert fault_of(GOOD, small).code == "E_LIMIT"
    assert verified(GOOD, believing(policy=replace(POLICY, max_package_bytes=len(GOOD))))


def test_the_first_reason_told_is_the_first_in_the_order_of_steps() -> None:
    """Everything is wrong at once; each step takes its turn as the ones before are put right."""
    wrong = {"format": "llz-package/0", "suite": "x-1", "to": ["99"], "kind": "reply"}
    told = []
    for right in ((), ("format",), ("format", "suite"), ("format", "suite", "to"), tuple(wrong)):
        change = member(**{name: value for name, value in wrong.items() if name not in right})
        sent = Forgery(head=heading(stream=Stream(epoch=9, seq=1, prev=None, fills=())), change_statement=change).sealed()
        told.append(fault_of(sent, believing(seat_of(SEAT, until=(1, 1), not_after=NOW - timedelta(days=1)))).code)
    assert told == ["E_FORMAT_OLD", "E_SUITE", "E_RECIPIENT", "E_ORIGIN", "E_REVOKED"]


def test_a_key_of_another_seat_verifies_nothing() -> None:
    third = SigningKey(b"\7" * 32)
    swapped = replace(seat_of(SEAT), key=replace(third.named, keyid=SEAT.keyid))
    assert fault_of(GOOD, believing(swapped)).code == "E_UNKNOWN_KEY"
