"""What a computer believes about its receiver: pinned once, led forward by signatures, never back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.packages import closed, roots, trust
from app.packages.bundle import Trusted, Warned, read_bundle, write_bundle
from app.packages.faults import PackageFault
from app.packages.fingerprint import spoken
from app.packages.roots import Role, online_key, sign_roots
from tests.app.packages.trust_samples import (
    BODY,
    EXPIRES,
    OTHER_STATION,
    POLICY,
    RECEIPT,
    ROOTS,
    SEAT,
    STATION,
    TRUST,
    bundle,
    key,
    root_document,
    trust_list,
)

FIRST = root_document()
NEW_TRUST = key(41)
NEW_ROOTS = (ROOTS[0], key(4), key(5))
SECOND = replace(FIRST, version=2, online_keys=(online_key(NEW_TRUST.public, Role.TRUST), *FIRST.online_keys[1:]))
THIRD = replace(root_document(NEW_ROOTS), version=3, online_keys=SECOND.online_keys)
CHAIN = (
    sign_roots(FIRST, ROOTS[:2]),
    sign_roots(SECOND, ROOTS[1:], FIRST),
    sign_roots(THIRD, (*ROOTS[:2], key(4)), SECOND),
)
FORGED = sign_roots(replace(root_document((key(6), key(7))), version=9), (key(6), key(7)))


def test_the_first_bundle_is_believed_and_kept() -> None:
    trusted = Trusted.pin(bundle())
    assert (trusted.roots, trusted.trust_list, trusted.policy) == (FIRST, trust_list(), POLICY)
    assert trusted.seat_key(SEAT.keyid) == trust_list().seats[0]
    assert Trusted.from_bytes(trusted.to_bytes()) == trusted


@pytest.mark.parametrize("damaged", [b"", b"x" * 100, b"0" * 64 + b"\n{}"])
def test_what_was_stored_is_verified_again(damaged: bytes) -> None:
    with pytest.raises(PackageFault):
        Trusted.from_bytes(damaged)
    stored = Trusted.pin(bundle()).to_bytes()
    other = Trusted.pin(bundle([FORGED], signer=TRUST)).to_bytes()
    _assert_code("E_FINGERPRINT", lambda: Trusted.from_bytes(stored[:65] + other[65:]))


def test_a_fingerprint_that_came_another_way_is_compared() -> None:
    first = Trusted.pin(bundle())
    for given_fingerprint in (first.fingerprint, spoken(first.fingerprint), first.fingerprint.upper()):
        assert Trusted.pin(bundle(), given_fingerprint) == first
    for wrong in (roots.fingerprint(THIRD), "1234 5678 9012", "", "no fingerprint"):
        _assert_code("E_FINGERPRINT", partial(Trusted.pin, bundle(), wrong))


def test_the_newest_roots_are_pinned_and_an_older_fingerprint_leads_there() -> None:
    newest = bundle(CHAIN, signer=NEW_TRUST)
    assert Trusted.pin(newest).roots == THIRD
    assert Trusted.pin(newest, roots.fingerprint(FIRST)).roots == THIRD
    assert Trusted.pin(newest, roots.fingerprint(THIRD)).fingerprint == roots.fingerprint(THIRD)
    _assert_code("E_UNKNOWN_KEY", lambda: Trusted.pin(bundle(CHAIN[2:], signer=NEW_TRUST)))  # who signed it besides is not told


def test_an_older_fingerprint_does_not_lead_to_forged_roots() -> None:
    forged = bundle([CHAIN[0], FORGED])
    _assert_code("E_SIGNATURE", lambda: Trusted.pin(forged, roots.fingerprint(FIRST)))


def test_a_slice_is_pinned_by_its_own_station_only() -> None:
    assert Trusted.pin(bundle(), station=STATION).trust_list.station is not None
    _assert_code("E_RECIPIENT", lambda: Trusted.pin(bundle(), station=OTHER_STATION))
    whole = bundle(station=None)
    assert Trusted.pin(whole, station=OTHER_STATION).trust_list.station is None


# --- forward --------------------------------------------------------------------------------------------------------


def test_a_newer_list_is_taken_and_the_same_again_changes_nothing() -> None:
    trusted = Trusted.pin(bundle())
    later = trusted.update(bundle(version=7))
    assert later.trust_list.version == 7
    assert later.update(bundle(version=7)) == later
    assert Trusted.from_bytes(later.to_bytes()) == later


def test_an_older_list_is_a_rollback() -> None:
    trusted = Trusted.pin(bundle(version=7))
    _assert_code("E_ROLLBACK", lambda: trusted.update(bundle(version=6)))


def test_another_list_of_the_same_version_is_a_rollback() -> None:
    trusted = Trusted.pin(bundle())
    _assert_code("E_ROLLBACK", lambda: trusted.update(bundle(seats=())))


def test_the_whole_list_and_the_slice_of_one_version_may_follow_each_other() -> None:
    sliced, whole = bundle(), bundle(station=None)
    assert Trusted.pin(sliced).update(whole).update(sliced).trust_list == trust_list()


def test_another_station_and_another_body_are_refused() -> None:
    trusted = Trusted.pin(bundle())
    station = trust_list().station
    assert station is not None
    other = replace(station, id=OTHER_STATION)
    _assert_code("E_RECIPIENT", lambda: trusted.update(bundle(version=6, station=other, seats=())))
    before_enrolment = Trusted.pin(bundle(station=None, seats=()))
    _assert_code("E_RECIPIENT", lambda: before_enrolment.update(bundle(version=6), OTHER_STATION))
    body = replace(trust_list().body, id=BODY[:-1] + "9")
    _assert_code("E_BODY", lambda: trusted.update(bundle(version=6, body=body)))


def test_new_roots_are_followed_one_after_the_other() -> None:
    trusted = Trusted.pin(bundle())
    later = trusted.update(bundle(CHAIN, signer=NEW_TRUST, version=6))
    assert later.roots == THIRD
    assert Trusted.from_bytes(later.to_bytes()) == later
    assert (
        trusted.update(bundle(CHAIN[:2], signer=NEW_TRUST, version=6)).update(bundle(CHAIN, signer=NEW_TRUST, version=7)).roots
        == THIRD
    )


def test_a_step_left_out_is_followed_only_where_signatures_suffice() -> None:
    trusted = Trusted.pin(bundle())
    assert trusted.update(bundle([CHAIN[0], CHAIN[2]], signer=NEW_TRUST, version=6)).roots == THIRD  # two of the first signed it
    fourth = replace(THIRD, version=4)
    lone = sign_roots(fourth, NEW_ROOTS[1:], THIRD)
    _assert_code("E_SIGNATURE", lambda: trusted.update(bundle([CHAIN[0], lone], signer=NEW_TRUST, version=6)))


def test_older_roots_and_their_replaced_keys_are_a_rollback() -> None:
    trusted = Trusted.pin(bundle(CHAIN, signer=NEW_TRUST))
    _assert_code("E_ROLLBACK", lambda: trusted.update(bundle(CHAIN[:2], signer=NEW_TRUST, version=6)))
    _assert_code("E_UNKNOWN_KEY", lambda: trusted.update(bundle(CHAIN, signer=TRUST, version=6)))


def test_what_could_not_be_read_again_is_not_taken() -> None:
    trusted = Trusted.pin(bundle())
    alone = bundle(CHAIN[2:], signer=NEW_TRUST, version=6)  # good for us, but signed by a root that only we remember
    _assert_code("E_UNKNOWN_KEY", lambda: trusted.update(alone))


def test_other_roots_of_the_same_version_are_a_rollback() -> None:
    trusted = Trusted.pin(bundle())
    other = sign_roots(replace(FIRST, expires=EXPIRES + timedelta(days=1)), ROOTS[:2])
    _assert_code("E_ROLLBACK", lambda: trusted.update(bundle([other], version=6)))


def test_strangers_roots_are_refused() -> None:
    trusted = Trusted.pin(bundle())
    for documents in ([CHAIN[0], FORGED], [FORGED]):
        _assert_code("E_SIGNATURE", partial(trusted.update, bundle(documents, version=6)))
    _assert_code("E_UNKNOWN_KEY", lambda: trusted.update(bundle(signer=RECEIPT, version=6)))


def test_what_has_expired_is_said_and_still_used() -> None:
    trusted = Trusted.pin(bundle(expires=EXPIRES - timedelta(days=30)))
    assert trusted.warnings(EXPIRES - timedelta(days=30)) == ()
    soon = EXPIRES - timedelta(days=29)
    assert trusted.warnings(soon) == (Warned(code="W_TRUST_EXPIRED", expired=EXPIRES - timedelta(days=30)),)
    assert [each.code for each in trusted.warnings(EXPIRES + timedelta(1))] == ["W_TRUST_EXPIRED", "W_ROOTS_EXPIRED"]


# --- the file -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"format": "llz-trust-bundle/2"}, "E_FORMAT_NEW"),
        ({"format": "zip"}, "E_ENVELOPE"),
        ({"more": 1}, "E_ENVELOPE"),
        ({"roots": []}, "E_ENVELOPE"),
        ({"roots": {}}, "E_ENVELOPE"),
        ({"roots": [1]}, "E_ENVELOPE"),
        ({"trust": None}, "E_ENVELOPE"),
        ({"roots": [closed.parse(CHAIN[0], limit=99_999)] * 65}, "E_ENVELOPE"),
    ],
    ids=lambda change: str(change)[:30],
)
def test_another_form_is_refused(change: dict[str, object], code: str) -> None:
    plain = closed.parse(bundle().data, limit=99_999) | change
    _assert_code(code, lambda: read_bundle(closed.compact(plain)))


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"null", b'{"format":1}', b'{"a":1,"a":1}', b"\xff", b'{"format":"llz-trust-bundle/1"}']
)
def test_what_is_no_bundle_is_refused(data: bytes) -> None:
    with pytest.raises(PackageFault):
        read_bundle(data)


def test_half_a_surrogate_is_refused_not_a_crash() -> None:
    _assert_code("E_JSON", lambda: read_bundle(b'{"format":"llz-trust-bundle/1","roots":["\\ud800"],"trust":{}}'))


def test_the_form_is_the_only_one() -> None:
    _assert_code("E_ENVELOPE", lambda: read_bundle(bundle().data + b"\n"))
    with pytest.raises(PackageFault):
        write_bundle([b"{}"], trust.sign_trust(trust_list(), TRUST))


PINNED = Trusted.pin(bundle(CHAIN, signer=NEW_TRUST))


@given(st.data())
def test_no_altered_byte_is_accepted(data: st.DataObject) -> None:
    whole = PINNED.bundle
    place = data.draw(st.integers(0, len(whole) - 1))
    mask = data.draw(st.integers(1, 255))
    altered = whole[:place] + bytes([whole[place] ^ mask]) + whole[place + 1 :]
    with pytest.raises(PackageFault):
        PINNED.update(read_bundle(altered))


@given(st.data())
def test_no_cut_is_accepted(data: st.DataObject) -> None:
    whole = PINNED.bundle
    with pytest.raises(PackageFault):
        read_bundle(whole[: data.draw(st.integers(0, len(whole) - 1))])


def _assert_code(code: str, attempt: Callable[[], object]) -> None:
    with pytest.raises(PackageFault) as caught:
        attempt()
    assert caught.value.code == code
