"""Invented records for tests: any value that a kind allows, and a few with a story."""

import string
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from hypothesis import strategies as st

from app.domain.kinds import ALL_KINDS
from app.domain.people import Deputy
from app.domain.records import AnyRecord, FieldTraits, Record
from app.domain.shapes import WHOLE_NUMBER_LIMIT

TEXT: Final = st.text(st.characters(codec="utf-8"))
ID: Final = st.uuids().map(str)
JSON: Final = st.recursive(
    st.none() | st.booleans() | st.integers(-WHOLE_NUMBER_LIMIT, WHOLE_NUMBER_LIMIT) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)
_SCALARS: Final[Mapping[str, st.SearchStrategy[Any]]] = {
    "text": TEXT,
    "whole number": st.integers(-WHOLE_NUMBER_LIMIT, WHOLE_NUMBER_LIMIT),
    "yes or no": st.booleans(),
    "date": st.none() | st.dates(),
    "time": st.none() | st.times(),
    "moment": st.none() | st.datetimes(timezones=st.timezones()),
}


def numbered(number: int) -> str:
    """An identifier that is easy to tell from others."""
    return str(UUID(int=number))


def deputy(number: int = 1, **told: Any) -> Deputy:
    """An invented deputy."""
    return Deputy(id=numbered(number), **{"name": f"代表{number}", **told})


def records(*kinds: type[AnyRecord]) -> st.SearchStrategy[AnyRecord]:
    """Any record of the given kinds."""
    return st.one_of([_records(each) for each in kinds])


def any_record() -> st.SearchStrategy[Record]:
    """Any record of any kind."""
    return records(*ALL_KINDS)


def _records(cls: type[AnyRecord]) -> st.SearchStrategy[AnyRecord]:
    fields = cls.traits.fields
    given = st.fixed_dictionaries({}, optional={name: _values(declared) for name, declared in fields.items()})
    names = st.text(string.ascii_lowercase, min_size=1, max_size=12).filter(lambda name: name not in fields)
    extra = st.dictionaries(names, JSON, max_size=2)
    return st.builds(lambda key, unknown, told: cls(id=key, extra=unknown, **told), ID, extra, given)


def _values(declared: FieldTraits) -> st.SearchStrategy[Any]:
    one = _one(declared)
    several = declared.shape.name.startswith("list of ")
    one = one.filter(lambda each: each is not None) if several else one
    return st.lists(one, max_size=3).map(tuple) if several else one


def _one(declared: FieldTraits) -> st.SearchStrategy[Any]:
    if declared.to:
        return st.just("") | ID
    if declared.shape.codes:
        return st.sampled_from(list(declared.shape.codes)) | TEXT.map("later_{}".format)  # a word only a newer program knows
    return _SCALARS[declared.shape.name.removeprefix("list of ")]
