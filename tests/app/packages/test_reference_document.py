"""The reference document: what docs/package-format.md shows of it is what the programs write and read."""

import re
from datetime import UTC, datetime

import pytest

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
from app.packages import closed, reference
from app.packages.faults import PackageFault
from app.packages.reference import ReferenceDocument, read_reference, sign_reference
from app.packages.trust import Body
from tests.app.packages.golden import DOCUMENT
from tests.app.packages.trust_samples import RECEIPT, REPLY, root_document

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


def test_the_page_shows_what_is_written() -> None:
    found = re.search(r"<!-- reference -->\n```json\n(.+?)\n```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    assert found, "docs/package-format.md shows no reference document"
    assert found[1] == closed.write(SHOWN).decode()


def test_what_was_signed_is_read_again() -> None:
    signed = sign_reference(SHOWN, REPLY)
    assert read_reference(signed, root_document(), body=BODY) == SHOWN
    with pytest.raises(PackageFault, match="E_UNKNOWN_KEY"):
        read_reference(sign_reference(SHOWN, RECEIPT), root_document(), body=BODY)
    with pytest.raises(PackageFault, match="E_BODY"):
        read_reference(signed, root_document(), body=Body(code="430181", id=BODY.id, name=""))


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
