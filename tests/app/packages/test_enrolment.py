"""The enrolment request: made with the key it asks for, and with no other."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.packages import closed, enrolment, envelope
from app.packages.enrolment import EnrolmentRequest, fingerprint, read_request, sign_request, spoken_fingerprint
from app.packages.faults import PackageFault
from app.packages.receiving_key import make_receiving_key
from tests.app.packages.trust_samples import SEAT, TRUST, key, request, text

SIGNED = sign_request(request(), SEAT)


def raw(asked: EnrolmentRequest, *signers: envelope.Signer, payload_type: str = enrolment.TYPE) -> bytes:
    """A request signed without any check."""
    return envelope.sign(payload_type, closed.write(asked), signers)


def test_a_request_comes_back_as_it_was() -> None:
    assert read_request(SIGNED) == request()
    assert request().public_key().key == SEAT.public


def test_both_ends_read_the_same_digits() -> None:
    assert spoken_fingerprint(read_request(SIGNED)) == spoken_fingerprint(request())
    for other in (
        request(key(22)),
        replace(request(), seat=replace(request().seat, receiving=make_receiving_key()[1])),
        replace(request(), station=replace(request().station, code="430181001-002")),
    ):
        assert fingerprint(other) != fingerprint(request())
        assert spoken_fingerprint(other) != spoken_fingerprint(request())


def test_a_request_in_the_name_of_another_seat_is_refused() -> None:
    _assert_refused(raw(request(), key(22)), "E_UNKNOWN_KEY")
    _assert_refused(raw(request(), SEAT, key(22)), "E_UNKNOWN_KEY")
    with pytest.raises(PackageFault, match="E_UNKNOWN_KEY"):
        sign_request(request(), TRUST)


def test_an_altered_request_is_refused() -> None:
    altered = replace(request(), station=replace(request().station, name="别的联络站"))
    plain = closed.parse(SIGNED, limit=99_999) | {"payload": closed.parse(raw(altered, SEAT), limit=99_999)["payload"]}
    _assert_refused(closed.compact(plain), "E_SIGNATURE")


def test_another_kind_of_document_is_no_request() -> None:
    _assert_refused(raw(request(), SEAT, payload_type="application/vnd.llz.receipt+json"), "E_TYPE")
    _assert_refused(raw(replace(request(), format="llz-enrolment/2"), SEAT), "E_FORMAT_NEW")


@pytest.mark.parametrize(
    ("member", "asked"),
    [
        ("station.id", replace(request(), station=replace(request().station, id="1"))),
        ("station.code", replace(request(), station=replace(request().station, code="430181001-01"))),
        ("station.name", replace(request(), station=replace(request().station, name=""))),
        ("seat.id", replace(request(), seat=replace(request().seat, id="0" * 16))),
        ("seat.label", replace(request(), seat=replace(request().seat, label="长" * 201))),
        ("seat.receiving", replace(request(), seat=replace(request().seat, receiving="age1"))),
        ("key", replace(request(), seat=replace(request().seat, key=text(key(22))))),
    ],
)
def test_a_request_that_breaks_a_rule_is_neither_signed_nor_read(member: str, asked: EnrolmentRequest) -> None:
    for attempt in (lambda: sign_request(asked, SEAT), lambda: read_request(raw(asked, SEAT))):
        with pytest.raises(PackageFault) as caught:
            attempt()
        assert (caught.value.code, caught.value.facts["member"]) == ("E_ENVELOPE", member)


@given(st.integers(0, len(SIGNED) - 1), st.integers(1, 255))
def test_no_altered_byte_is_accepted(place: int, mask: int) -> None:
    with pytest.raises(PackageFault):
        read_request(SIGNED[:place] + bytes([SIGNED[place] ^ mask]) + SIGNED[place + 1 :])


def _assert_refused(data: bytes, code: str) -> None:
    with pytest.raises(PackageFault) as caught:
        read_request(data)
    assert caught.value.code == code
