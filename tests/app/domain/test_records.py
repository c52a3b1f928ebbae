"""Every value of every kind comes back from its line as it went in; what does not fit is refused by name."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.issue import Issue, Route
from app.domain.kinds import ALL_KINDS, kind_of
from app.domain.records import Record, body_of, check_id, described, record_from, searched_texts
from app.domain.values import Json
from app.domain.visit import Visit
from app.errors import Refused
from tests.app.domain.invented import any_record, numbered, records


@pytest.mark.parametrize("cls", ALL_KINDS, ids=lambda cls: cls.traits.name)
@settings(max_examples=25)  # of each kind
@given(data=st.data())
def test_a_record_comes_back_from_its_line(cls: type[Record], data: st.DataObject) -> None:
    record = data.draw(records(cls))
    body = json.loads(json.dumps(body_of(record)))
    again = record_from(cls, record.id, body)
    assert again == record
    assert body_of(again) == body


@given(any_record())
def test_what_was_not_said_is_not_written(record: Record) -> None:
    body = body_of(record)
    silent = type(record)(id=record.id)
    written = {name for name in record.traits.fields if getattr(record, name) != getattr(silent, name)}
    assert set(body) == written | set(record.extra)


@given(any_record())
def test_title_day_and_search_words_exist_for_every_record(record: Record) -> None:
    assert isinstance(record.title(), str)
    assert record.day() is None or record.day() in {getattr(record, name) for name in record.traits.fields}
    assert all(isinstance(text, str) and text for text in searched_texts(record))


@given(any_record())
def test_a_record_can_stand_in_a_set(record: Record) -> None:
    assert replace(record) in {record}
    assert replace(record, id=numbered(0)) not in {record}


def test_records_are_equal_where_kind_identifier_and_every_field_are() -> None:
    issue = Issue(id=numbered(1), subject="路灯")
    assert issue == Issue(id=numbered(1), subject="路灯")
    assert issue != Issue(id=numbered(2), subject="路灯")
    assert issue != Issue(id=numbered(1), subject="路灯", urgency="urgent")
    assert issue != Issue(id=numbered(1), subject="路灯", extra={"weather": "阴"})
    assert Issue(id=numbered(1)) != Visit(id=numbered(1))


def test_a_record_shows_a_programmer_what_was_said() -> None:
    assert repr(Issue(id="1", subject="路灯")) == "Issue(1, subject='路灯')"
    assert repr(Issue(id="1")) == "Issue(1)"


def test_a_newer_program_s_fields_and_codes_survive() -> None:
    body: dict[str, Json] = {"subject": "路灯不亮", "route": "by_drone", "weather": {"sky": ["阴", 3, None]}}
    issue = record_from(Issue, numbered(1), body)
    assert issue.route == "by_drone"
    assert not isinstance(issue.route, Route)
    assert issue.extra == {"weather": {"sky": ["阴", 3, None]}}
    assert body_of(replace(issue, words="晚上看不见路")) == body | {"words": "晚上看不见路"}


def test_a_known_code_is_its_member() -> None:
    issue = record_from(Issue, numbered(1), {"route": "village"})
    assert issue.route is Route.VILLAGE


def _wrong_values(shape: str) -> list[Any]:
    """One value of each JSON type that does not fit, and the near misses of the shape."""
    near: dict[str, list[Any]] = {
        "text": ["\ud800"],
        "code": ["\udfff"],
        "whole number": [True, 2**53, -(2**53), "7"],
        "yes or no": [0, 1, "true"],
        "date": ["", "20260131", "2026-02-30", "2026-1-31", "2026-W05-6", "2026-01-31T00:00:00"],
        "time": ["", "9", "09", "09:30+08:00", "24:00", "T09:30", "0930"],
    }
    fits = {"text": str, "code": str, "date": str, "time": str, "whole number": int, "yes or no": bool}
    plain: list[Any] = [None, 1, True, "字", [], {}]
    if shape.startswith("list of "):
        inner = shape.removeprefix("list of ")
        return [None, 1, "字", {}, *([wrong] for wrong in _wrong_values(inner))]
    return near[shape] + [each for each in plain if type(each) is not fits[shape]]


@pytest.mark.parametrize("cls", ALL_KINDS, ids=lambda cls: cls.traits.name)
def test_a_value_of_another_shape_is_refused_by_its_field(cls: type[Record]) -> None:
    for declared, shape in described(cls):
        for wrong in _wrong_values(shape):
            with pytest.raises(Refused) as refused:
                record_from(cls, numbered(1), {declared.name: wrong})
            assert refused.value.code == "field_malformed"
            assert (refused.value.facts["kind"], refused.value.facts["field"]) == (cls.traits.name, declared.name)
            str(refused.value.facts["value"]).encode()  # whatever came in can be shown


@pytest.mark.parametrize("cls", ALL_KINDS, ids=lambda cls: cls.traits.name)
def test_a_reference_holds_an_identifier(cls: type[Record]) -> None:
    for declared, shape in described(cls):
        if not declared.to:
            continue
        many = shape.startswith("list")
        assert getattr(record_from(cls, numbered(1), {declared.name: [numbered(2)] if many else numbered(2)}), declared.name)
        for wrong in ("张三", numbered(2).upper() + "a", numbered(2)[:-1], numbered(2) + "\n"):
            with pytest.raises(Refused, match="field_malformed"):
                record_from(cls, numbered(1), {declared.name: [wrong] if many else wrong})


def test_search_sees_the_words_of_a_record_field_by_field() -> None:
    visit = Visit(id=numbered(1), place="文化广场", companions=("甲某", "乙某"), report_form="meeting")
    assert searched_texts(visit) == ("文化广场", "甲某\n乙某")


def test_an_unknown_kind_is_refused() -> None:
    assert kind_of("issue").record is Issue
    with pytest.raises(Refused) as refused:
        kind_of("weather")
    assert (refused.value.code, refused.value.facts) == ("kind_unknown", {"kind": "weather"})


def test_an_identifier_is_checked() -> None:
    assert check_id(numbered(7), "_id") == numbered(7)
    for wrong in (None, 7, "", "\ud800", numbered(7)[1:]):
        with pytest.raises(Refused, match="field_malformed"):
            check_id(wrong, "_id")
