"""The reference document: signed by the body, closed, of its own type; every spoiled one ends in a code."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.calendar_year import EnteredYear
from app.domain.reference_data import ReferenceData
from app.domain.unit import Unit, UnitType
from app.packages import closed, envelope
from app.packages.faults import PackageFault
from app.packages.receipt import TYPE as RECEIPT_TYPE
from app.packages.reference import LARGEST, TYPE, Reference, UnitEntry, of_data, peek_reference, read_reference, sign_reference
from tests.app.packages.trust_samples import ISSUED, RECEIPT, REPLY, SEAT, root_document

ROOTS = root_document()
YEAR = EnteredYear(id="", year=2027, rest=(date(2027, 1, 1),), worked=(date(2027, 1, 3),), source="国办发明电〔2026〕7号")
DATA = ReferenceData(
    body="某某市人大常委会", version=3, years=(YEAR,), units=(Unit(id="", name="住建局", unit_type=UnitType.GOVERNMENT),)
)
DOCUMENT = of_data(DATA, province="43", body="43", issued=ISSUED)
(ENTRY,) = DOCUMENT.years
UNIT = UnitEntry(name="住建局", short_name="", former_names=(), unit_type="", level="", supervising_committee="")


def read(data: bytes) -> Reference:
    return read_reference(data, ROOTS, body="43")


def raw(told: Reference, signer: Any = REPLY, payload_type: str = TYPE) -> bytes:
    """A document signed without any check."""
    return envelope.sign(payload_type, closed.write(told), [signer])


def test_what_is_signed_is_read_as_it_was() -> None:
    signed = sign_reference(DOCUMENT, REPLY)
    assert read(signed) == peek_reference(signed) == DOCUMENT
    assert read(signed).data("某某市人大常委会") == DATA


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (raw(DOCUMENT, SEAT), "E_UNKNOWN_KEY"),
        (raw(DOCUMENT, RECEIPT), "E_UNKNOWN_KEY"),
        (raw(DOCUMENT, REPLY, RECEIPT_TYPE), "E_TYPE"),
        (raw(replace(DOCUMENT, body="4301")), "E_BODY"),
        (raw(replace(DOCUMENT, province="44")), "E_BODY"),
        (raw(replace(DOCUMENT, format="llz-reference/2")), "E_FORMAT_NEW"),
        (raw(DOCUMENT).replace(b'"sig":"', b'"sig":"A', 1), "E_ENVELOPE"),
        (b"no JSON", "E_JSON"),
        (b"[" * (2 * LARGEST + 1), "E_JSON"),
    ],
)
def test_what_is_not_the_body_s_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(PackageFault) as refused:
        read(data)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "spoiled",
    [
        replace(DOCUMENT, version=0),
        replace(DOCUMENT, years=(ENTRY, ENTRY)),
        replace(DOCUMENT, years=(replace(ENTRY, year=1999),)),
        replace(DOCUMENT, years=(replace(ENTRY, rest=("2027-02-30",)),)),
        replace(DOCUMENT, years=(replace(ENTRY, rest=("2026-12-31",)),)),
        replace(DOCUMENT, years=(replace(ENTRY, rest=()),)),
        replace(DOCUMENT, years=(replace(ENTRY, source=""),)),
        replace(DOCUMENT, years=(replace(ENTRY, worked=("2027-01-04",)),)),
        replace(DOCUMENT, units=(UNIT, UNIT)),
        replace(DOCUMENT, units=(replace(UNIT, name=" "),)),
        replace(DOCUMENT, units=(replace(UNIT, name="长" * 201),)),
        replace(DOCUMENT, units=(replace(UNIT, level="省级"),)),
        replace(DOCUMENT, units=tuple(replace(UNIT, name=f"第{number}局") for number in range(5_001))),
    ],
)
def test_what_no_station_could_count_by_is_refused_by_both_sides(spoiled: Reference) -> None:
    with pytest.raises(PackageFault, match="E_ENVELOPE"):
        sign_reference(spoiled, REPLY)
    with pytest.raises(PackageFault, match="E_ENVELOPE"):
        read(raw(spoiled))


def test_a_member_that_nobody_knows_is_refused() -> None:
    payload = closed.write(DOCUMENT)[:-1] + b',"zone":"A"}'
    with pytest.raises(PackageFault, match="E_ENVELOPE"):
        read(envelope.sign(TYPE, payload, [REPLY]))


@given(st.binary(max_size=400))
def test_any_signed_bytes_are_refused_in_words(payload: bytes) -> None:
    with pytest.raises(PackageFault):
        read(envelope.sign(TYPE, payload, [REPLY]))


def test_no_byte_of_it_can_change() -> None:
    signed = sign_reference(DOCUMENT, REPLY)
    for place in range(len(signed)):
        with pytest.raises(PackageFault):
            read(signed[:place] + bytes([signed[place] ^ 1]) + signed[place + 1 :])
