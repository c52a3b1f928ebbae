"""The trust list: signed by the key that may, closed, consistent in itself."""

from dataclasses import replace
from typing import Any

import pytest

from app.packages import closed, envelope, roots, trust
from app.packages.faults import PackageFault
from app.packages.trust import Cut, Recipient, SeatStatus, StationEntry, TrustList, read_trust, sign_trust, sliced
from tests.app.packages.trust_samples import (
    AGE,
    ISSUED,
    OTHER_STATION,
    POLICY,
    RECEIPT,
    REPLY,
    ROOTS,
    SEAT,
    STATION,
    TRUST,
    key,
    root_document,
    seat_entry,
    text,
    trust_list,
)

OWN = StationEntry(id=STATION, code="430181001-001", name="某某联络站")
OTHER_SEAT = seat_entry(
    keyid=key(22).keyid, key=text(key(22)), seat=key(22).short, station=OTHER_STATION, station_code="430181001-002"
)


def signed(listed: TrustList, signer: Any = TRUST, payload_type: str = trust.TYPE) -> envelope.Envelope:
    """An envelope around a list, made without any check."""
    return envelope.read(envelope.sign(payload_type, closed.write(listed), [signer]))


def test_a_list_comes_back_as_it_was() -> None:
    listed = trust_list()
    assert read_trust(envelope.read(sign_trust(listed, TRUST)), root_document()) == listed


@pytest.mark.parametrize(
    "signer", [RECEIPT, REPLY, ROOTS[0], SEAT, key(99)], ids=["receipt", "reply", "root", "seat", "stranger"]
)
def test_only_the_key_for_trust_lists_signs_them(signer: Any) -> None:
    _assert_refused(signed(trust_list(), signer), "E_UNKNOWN_KEY")


def test_a_forged_list_is_refused() -> None:
    forged = replace(signed(trust_list()), payload=closed.write(trust_list(version=6)))
    _assert_refused(forged, "E_SIGNATURE")


def test_another_kind_of_document_is_no_trust_list() -> None:
    _assert_refused(signed(trust_list(), payload_type=roots.TYPE), "E_TYPE")
    _assert_refused(signed(trust_list(format="llz-roots/1")), "E_ENVELOPE")


def test_a_newer_format_is_parked() -> None:
    _assert_refused(signed(trust_list(format="llz-trust/2")), "E_FORMAT_NEW")


def test_a_list_of_another_province_is_refused() -> None:
    _assert_refused(signed(trust_list(province="44")), "E_BODY")


@pytest.mark.parametrize(
    ("member", "changed"),
    [
        ("version", {"version": 0}),
        ("expires", {"expires": ISSUED}),
        ("province", {"province": "430"}),
        ("body", {"body": replace(trust_list().body, id="43")}),
        ("body", {"body": replace(trust_list().body, code="43/1")}),
        ("station", {"station": replace(OWN, code="4301")}),
        ("recipients", {"recipients": ()}),
        ("recipients", {"recipients": trust_list().recipients * 2}),
        ("recipients", {"recipients": (Recipient(kid="a", suite="std-1", key="age1short", not_after=None),)}),
        ("recipients", {"recipients": (Recipient(kid="a", suite="gm-1", key=AGE, not_after=None),)}),
        ("recipients", {"recipients": (Recipient(kid="a b", suite="std-1", key=AGE, not_after=None),)}),
        ("seats", {"seats": (seat_entry(), seat_entry())}),
        ("seats", {"seats": (OTHER_SEAT,)}),
        ("seats.seat", {"seats": (seat_entry(seat="0" * 16),)}),
        ("seats.receiving", {"seats": (seat_entry(receiving="AGE-SECRET-KEY-1"),)}),
        ("seats.station", {"seats": (seat_entry(station="x"),)}),
        ("seats.revoked_after", {"seats": (seat_entry(revoked_after=Cut(epoch=1, seq=3)),)}),
        ("seats.revoked_after", {"seats": (seat_entry(status=SeatStatus.REVOKED, revoked_after=Cut(epoch=0, seq=3)),)}),
        ("key", {"seats": (seat_entry(key=text(key(22))),)}),
        ("policy.suites", {"policy": replace(POLICY, suites=())}),
        ("policy.min_format", {"policy": replace(POLICY, min_format=0)}),
        ("policy.max_package_bytes", {"policy": replace(POLICY, max_package_bytes=0)}),
        ("policy.clock_tolerance_h", {"policy": replace(POLICY, clock_tolerance_h=-1)}),
        ("policy.escrow_recipient", {"policy": replace(POLICY, escrow_recipient="age1")}),
    ],
)
def test_a_list_that_breaks_a_rule_is_neither_signed_nor_read(member: str, changed: dict[str, Any]) -> None:
    listed = trust_list(**changed)
    with pytest.raises(PackageFault) as caught:
        sign_trust(listed, TRUST)
    assert (caught.value.code, caught.value.facts["member"]) == ("E_ENVELOPE", member)
    _assert_refused(signed(listed), "E_ENVELOPE")


def test_an_unknown_member_is_refused() -> None:
    plain = closed.parse(closed.write(trust_list()), limit=99_999)
    told = envelope.read(envelope.sign(trust.TYPE, closed.compact(plain | {"more": 1}), [TRUST]))
    _assert_refused(told, "E_ENVELOPE")


def test_a_seat_is_found_by_the_name_of_its_key() -> None:
    revoked = seat_entry(status=SeatStatus.REVOKED, revoked_after=Cut(epoch=1, seq=0))
    listed = trust_list(seats=(revoked,))
    assert listed.seat_key(SEAT.keyid) == revoked
    assert listed.seat_key(TRUST.keyid) is None
    assert revoked.public_key().key == SEAT.public


def test_a_slice_has_only_the_seats_of_its_station() -> None:
    whole = trust_list(station=None, seats=(seat_entry(), OTHER_SEAT))
    assert sliced(whole, OWN) == trust_list()
    assert read_trust(signed(whole), root_document()) == whole


def _assert_refused(told: envelope.Envelope, code: str) -> None:
    with pytest.raises(PackageFault) as caught:
        read_trust(told, root_document())
    assert caught.value.code == code
