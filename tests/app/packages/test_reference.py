"""The reference document: what docs/package-format.md shows of it is what the programs write and read."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.reference_data import (
    MOST_UNITS,
    NOTHING,
    ReferenceCategory,
    ReferenceData,
    ReferenceUnit,
    ReferenceYear,
    content_of,
    data_from,
)
from app.errors import Refused
from app.packages import closed, envelope, reference
from app.packages.faults import PackageFault
from app.packages.receipt import TYPE as RECEIPT_TYPE
from app.packages.reference import ReferenceDocument, peek_reference, read_reference, sign_reference
from app.packages.trust import Body
from tests.app.packages.golden import DOCUMENT
from tests.app.packages.trust_samples import OTHER_STATION, RECEIPT, REPLY, SEAT, root_document

BODY = Body(code="43", id="019b76da-a800-7000-8000-0000000000b0", name="示例省")
SHOWN = ReferenceDocument(
    format=reference.FORMAT,
    province="43",
    body=BODY,
    version=3,
    issued=datetime(2026, 11, 20, 1, 30, tzinfo=UTC),
    years=(ReferenceYear(year=2027, rest=("2027-01-01",), worked=("2027-01-10",), source="国办发明电〔2026〕7号"),),
    units=(
        ReferenceUnit(
            name="示例交通运输局", short_name="交通局", former_names=("示例交通局",), unit_type="government", level="county"
        ),
        ReferenceUnit(name="示例公路事务中心", parent="示例交通运输局"),
    ),
    categories=(ReferenceCategory(scheme="issue", code="X01", name="路灯照明"),),
)

(YEAR,), UNIT, (LAMPS,) = SHOWN.years, SHOWN.units[0], SHOWN.categories
ROOTS = root_document()


def raw(told: ReferenceDocument, signer: Any = REPLY, payload_type: str = reference.TYPE) -> bytes:
    """A document signed without any check."""
    return envelope.sign(payload_type, closed.write(told), [signer])


def test_the_page_shows_what_is_written() -> None:
    found = re.search(r"<!-- reference -->\n```json\n(.+?)\n```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    assert found, "docs/package-format.md shows no reference document"
    assert found[1] == closed.write(SHOWN).decode()


def test_what_was_signed_is_read_again() -> None:
    signed = sign_reference(SHOWN, REPLY)
    assert read_reference(signed, ROOTS, body=BODY) == SHOWN
    assert peek_reference(signed) == SHOWN


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (raw(SHOWN, SEAT), "E_UNKNOWN_KEY"),
        (raw(SHOWN, RECEIPT), "E_UNKNOWN_KEY"),
        (raw(SHOWN, REPLY, RECEIPT_TYPE), "E_TYPE"),
        (raw(replace(SHOWN, body=replace(BODY, code="4301"))), "E_BODY"),
        (raw(replace(SHOWN, body=replace(BODY, id=OTHER_STATION))), "E_BODY"),
        (raw(replace(SHOWN, province="44")), "E_BODY"),
        (raw(replace(SHOWN, format="llz-reference/2")), "E_FORMAT_NEW"),
        (raw(SHOWN).replace(b'"sig":"', b'"sig":"A', 1), "E_ENVELOPE"),
        (envelope.sign(reference.TYPE, closed.write(SHOWN)[:-1] + b',"zone":"A"}', [REPLY]), "E_ENVELOPE"),
        (b"no JSON", "E_JSON"),
        (b"[" * (reference.LARGEST_FILE + 1), "E_JSON"),
        (envelope.sign(reference.TYPE, b"[" * (reference.LARGEST + 1), [REPLY]), "E_JSON"),
    ],
)
def test_what_is_not_the_body_s_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(PackageFault) as refused:
        read_reference(data, ROOTS, body=BODY)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "spoiled",
    [
        replace(SHOWN, version=0),
        replace(SHOWN, years=(YEAR, YEAR)),
        replace(SHOWN, years=(replace(YEAR, year=1999),)),
        replace(SHOWN, years=(replace(YEAR, rest=("2027-02-30",)),)),
        replace(SHOWN, years=(replace(YEAR, rest=("2026-12-31",)),)),
        replace(SHOWN, years=(replace(YEAR, rest=()),)),
        replace(SHOWN, years=(replace(YEAR, source=""),)),
        replace(SHOWN, years=(replace(YEAR, worked=("2027-01-04",)),)),
        replace(SHOWN, units=(UNIT, UNIT)),
        replace(SHOWN, units=(replace(UNIT, name=" "),)),
        replace(SHOWN, units=(replace(UNIT, name="长" * 201),)),
        replace(SHOWN, categories=(replace(LAMPS, scheme="hotline"),)),
        replace(SHOWN, categories=(replace(LAMPS, code="路灯"),)),
        replace(SHOWN, categories=(replace(LAMPS, parent="X01"),)),
        replace(SHOWN, categories=(LAMPS, LAMPS)),
    ],
)
def test_what_no_station_could_go_by_is_refused_by_both_sides(spoiled: ReferenceDocument) -> None:
    with pytest.raises(PackageFault, match="E_ENVELOPE"):
        sign_reference(spoiled, REPLY)
    with pytest.raises(PackageFault, match="E_ENVELOPE"):
        read_reference(raw(spoiled), ROOTS, body=BODY)


@given(st.binary(max_size=400))
def test_any_signed_bytes_are_refused_in_words(payload: bytes) -> None:
    with pytest.raises(PackageFault):
        read_reference(envelope.sign(reference.TYPE, payload, [REPLY]), ROOTS, body=BODY)


def test_no_byte_of_it_can_change() -> None:
    signed = sign_reference(SHOWN, REPLY)
    for place in range(len(signed)):
        with pytest.raises(PackageFault):
            read_reference(signed[:place] + bytes([signed[place] ^ 1]) + signed[place + 1 :], ROOTS, body=BODY)


def test_more_than_is_allowed_is_not_signed() -> None:
    names = [f"示例单位{'甲' * 150}{number}" for number in range(MOST_UNITS)]
    large = ReferenceData(units=tuple(ReferenceUnit(name=name) for name in names))
    with pytest.raises(Refused, match="reference_large"):
        sign_reference(_with(large), REPLY)
    with pytest.raises(PackageFault, match="units"):
        sign_reference(_with(ReferenceData(units=(*large.units, ReferenceUnit(name="多的一个")))), REPLY)


def test_what_a_newer_program_kept_is_read_without_it_and_damage_stands_for_nothing() -> None:
    content = content_of(SHOWN.data())
    assert data_from(content) == SHOWN.data()
    assert data_from(content.replace('"source":', '"zeal":1,"source":')) == SHOWN.data()
    for damaged in ("", "[]", "{}", content[:-3], content.replace("2027-01-01", "2027-02-30")):
        assert data_from(damaged) == NOTHING


def _with(data: ReferenceData) -> ReferenceDocument:
    return ReferenceDocument(
        format=reference.FORMAT,
        province="43",
        body=BODY,
        version=1,
        issued=SHOWN.issued,
        years=data.years,
        units=data.units,
        categories=data.categories,
    )
