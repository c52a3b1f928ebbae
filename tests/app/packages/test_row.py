"""Rows that are recognised at one look are the rows that reading takes: never more, and hardly fewer."""

import json
import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.kinds import ALL_KINDS, KINDS
from app.domain.records import FieldTraits, Record, body_of
from app.domain.revisions import Header, form_of, header_of, recognised, written_as
from app.domain.shapes import shape_of
from app.packages.faults import PackageFault
from app.packages.row import check_row, read_row, read_rows_exactly
from tests.app.domain.invented import records
from tests.app.domain.lines import members, revision, with_body

FIELDS: Final = [each for cls in ALL_KINDS for each in cls.traits.fields.values()]
SHAPES: Final = [shape_of(each) for each in (str, int, bool, date | None, time | None, datetime | None, tuple[str, ...])]


def at_one_look(line: bytes, kind: str) -> Header | None:
    """What is seen of a row without reading it."""
    found = recognised(line, form_of({name: each.shape.pattern for name, each in KINDS[kind].fields.items()}))
    return found[0] if found else None


def written(record: Record, **told: Any) -> bytes:
    """The line of a record, without what a newer program wrote of it."""
    body = {name: value for name, value in body_of(record).items() if name in record.traits.fields}
    return revision(kind=record.traits.name, id=record.id, body=body, **told).line()


@pytest.mark.parametrize("cls", ALL_KINDS, ids=lambda cls: cls.traits.name)
@settings(max_examples=25)  # of each kind
@given(data=st.data())
def test_a_record_s_line_is_checked_as_it_is_read(cls: type[Record], data: st.DataObject) -> None:
    line = written(data.draw(records(cls)))
    kind = cls.traits.name
    header = check_row(line, kind)
    assert header == header_of(line)
    assert header.revision(read_row(line, kind).body) == read_row(line, kind)


def test_rows_of_both_sorts_are_read_together_each_as_it_came() -> None:
    plain = [revision(body={"subject": f"第{number}盏路灯"}).line() for number in range(3)]
    newer = with_body('"b":"1","subject": "字"'.encode())
    lines = [plain[0], newer, *plain[1:], revision(body={}).line()]
    assert read_rows_exactly(iter(lines), "issue") == [(read_row(each, "issue"), written_as(each)) for each in lines]
    assert read_rows_exactly([], "issue") == []
    with pytest.raises(PackageFault, match="E_LAYOUT"):
        read_rows_exactly([*lines, b"{}\n"], "issue")


@settings(max_examples=500)
@given(records(*ALL_KINDS), st.data())
def test_an_altered_line_is_recognised_only_where_reading_takes_it(record: Record, data: st.DataObject) -> None:
    line = bytearray(written(record))
    place = data.draw(st.integers(0, len(line) - 1))
    if data.draw(st.booleans()):
        line[place] = data.draw(st.integers(0, 255))
    else:
        line[place:place] = data.draw(st.binary(min_size=1, max_size=3))
    kind = record.traits.name
    if (header := at_one_look(bytes(line), kind)) is not None and header.kind == kind:
        assert header == header_of(bytes(line))
        assert read_row(bytes(line), kind).rev == header.rev


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
@given(data=st.data())
def test_whatever_a_pattern_matches_can_be_read(shape: Any, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(re.compile(shape.pattern, re.ASCII), fullmatch=True).filter(_is_whole))
    shape.read(json.loads(text))


@pytest.mark.parametrize("declared", FIELDS, ids=lambda each: each.name)
@given(data=st.data())
@settings(max_examples=10)  # of each field
def test_every_field_s_pattern_matches_only_what_the_field_can_hold(declared: FieldTraits, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(re.compile(declared.shape.pattern, re.ASCII), fullmatch=True).filter(_is_whole))
    declared.shape.read(json.loads(text))


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"subject": "东街路灯不亮"},
        {"subject": "第一行\n第二行", "raised_on": "2026-01-31"},
        {"subject": '引号"与反斜杠\\', "starts": "09:30"},
    ],
    ids=lambda body: ",".join(body),
)
def test_what_stations_write_is_recognised(body: Mapping[str, Any]) -> None:
    line = revision(body=body).line()
    form = form_of({"subject": SHAPES[0].pattern, "raised_on": SHAPES[3].pattern, "starts": SHAPES[4].pattern})
    found = recognised(line, form)
    assert found
    assert (found[0], written_as(line, found[1])) == (header_of(line), written_as(line))


@pytest.mark.parametrize(
    "text",
    [
        '"b":"1","subject":"字"',  # a field of a newer program
        '"subject":"字","subject":"字"',
        '"subject": "字"',
        '"subject":"\\u5b57"',
        '"subject":"\t"',
        '"subject":1',
        '"subject":"字","raised_on":"2026-02-30"',
        '"subject":"字","raised_on":"2026-01-31"',  # after what sorts behind it
    ],
)
def test_what_is_written_in_another_way_is_left_to_reading(text: str) -> None:
    form = form_of({"subject": SHAPES[0].pattern, "raised_on": SHAPES[3].pattern})
    assert recognised(with_body(text.encode()), form) is None
    assert recognised(with_body('"raised_on":"2026-01-31","subject":"字"'.encode()), form) is not None


@pytest.mark.parametrize("name", ["_digest", "_salt"])
def test_a_digest_that_does_not_fit_is_not_recognised(name: str) -> None:
    line = revision().line()
    told = str(members()[name])
    other = line.replace(told.encode(), (told[:-1] + ("0" if told[-1] != "0" else "1")).encode())
    assert at_one_look(line, "issue") is not None
    assert at_one_look(other, "issue") is None


@pytest.mark.parametrize("told", [{"gen": 2}, {"parents": (revision().rev,)}])
def test_only_a_first_revision_is_recognised_without_parents(told: Mapping[str, Any]) -> None:
    assert at_one_look(revision(**told).line(), "issue") is None


def test_a_row_of_another_kind_is_refused() -> None:
    with pytest.raises(PackageFault, match="E_LAYOUT"):
        check_row(revision(body={}).line(), "visit")


def test_a_kind_of_a_newer_program_is_read() -> None:
    line = revision(kind="hearing", body={"held": [1, {"a": None}]}).line()
    assert check_row(line, "hearing") == header_of(line)


def _is_whole(text: str) -> bool:
    """Without halves of characters: no file holds one, but the maker of examples does."""
    return not any("\ud800" <= each <= "\udfff" for each in text)
