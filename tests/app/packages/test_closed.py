import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.packages import closed
from app.packages.closed import LARGEST_INT
from app.packages.faults import PackageFault


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inner:
    colour: Colour
    flag: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    sender: str = closed.member("from")
    count: int
    moment: datetime
    inner: Inner
    maybe: Inner | None
    either: tuple[Inner | Other, ...]
    numbers: tuple[int, ...]
    by_name: Mapping[str, Inner]
    kind: Colour | None
    note: str = ""
    extra: Mapping[str, int] = field(default_factory=dict)


texts = st.text(max_size=12)
numbers = st.integers(-LARGEST_INT, LARGEST_INT)
inners = st.builds(Inner, colour=st.sampled_from(Colour), flag=st.booleans())
moments = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC)).map(lambda m: m.replace(microsecond=0))  # noqa: DTZ001  # the zone is drawn apart
documents = st.builds(
    Document,
    sender=texts,
    count=numbers,
    moment=moments,
    inner=inners,
    maybe=st.none() | inners,
    either=st.lists(inners | st.builds(Other, weight=numbers), max_size=3).map(tuple),
    numbers=st.lists(numbers, max_size=3).map(tuple),
    by_name=st.dictionaries(texts, inners, max_size=3),
    kind=st.none() | st.sampled_from(Colour),
    note=texts,
    extra=st.dictionaries(texts, numbers, max_size=2),
)

PLAIN: dict[str, Any] = {
    "from": "a",
    "count": 1,
    "moment": "2026-11-21T01:23:45Z",
    "inner": {"colour": "red", "flag": True},
    "maybe": None,
    "either": [{"weight": 3}, {"colour": "blue", "flag": False}],
    "numbers": [1, 2],
    "by_name": {"x": {"colour": "blue", "flag": False}},
    "kind": "red",
}


def read(plain: object) -> Document:
    return closed.read(Document, json.dumps(plain).encode(), limit=10_000, fault="E_TEST")


def refused(data: bytes, limit: int = 10_000, depth: int = 16) -> tuple[str, dict[str, object]]:
    with pytest.raises(PackageFault) as caught:
        closed.read(Document, data, limit=limit, depth=depth, fault="E_TEST")
    return caught.value.code, caught.value.facts


@given(documents)
def test_reading_is_the_reverse_of_writing(document: Document) -> None:
    data = closed.write(document)
    assert closed.read(Document, data, limit=len(data)) == document


@given(documents)
def test_there_is_one_way_to_write_a_value(document: Document) -> None:
    data = closed.write(document)
    assert data == closed.compact(json.loads(data))


def test_members_have_the_names_and_types_declared() -> None:
    document = read(PLAIN)
    assert document.sender == "a"
    assert document.moment == datetime(2026, 11, 21, 1, 23, 45, tzinfo=UTC)
    assert document.either == (Other(weight=3), Inner(colour=Colour.BLUE, flag=False))
    assert document.note == ""


def test_a_default_is_left_out_and_anything_else_is_written() -> None:
    document = read(PLAIN)
    assert b"note" not in closed.write(document)
    assert b'"note":"x"' in closed.write(replace(document, note="x"))


@pytest.mark.parametrize(
    ("change", "member"),
    [
        ({"unknown": 1}, ""),
        ({"count": "1"}, "count"),
        ({"count": True}, "count"),
        ({"count": LARGEST_INT + 1}, "count"),
        ({"from": None}, "from"),
        ({"inner": {"colour": "green", "flag": True}}, "inner.colour"),
        ({"inner": {"colour": "red", "flag": 1}}, "inner.flag"),
        ({"inner": {"colour": "red"}}, "inner"),
        ({"inner": []}, "inner"),
        ({"maybe": {"flag": True}}, "maybe"),
        ({"either": [{"weight": 1}, {}]}, "either.1"),
        ({"numbers": {"0": 1}}, "numbers"),
        ({"numbers": [1, [2]]}, "numbers.1"),
        ({"by_name": {"x": 1}}, "by_name.x"),
        ({"moment": "2026-11-21T01:23:45+00:00"}, "moment"),
        ({"moment": "2026-11-21T01:23:45.5Z"}, "moment"),
        ({"moment": "2026-02-30T01:23:45Z"}, "moment"),
        ({"moment": "２026-11-21T01:23:45Z"}, "moment"),
        ({"from": "\ud800"}, "from"),
        ({"by_name": {"\ud800": {"colour": "red", "flag": True}}}, "by_name"),
    ],
)
def test_a_member_that_is_not_as_declared_is_named(change: dict[str, Any], member: str) -> None:
    code, facts = refused(json.dumps(PLAIN | change).encode())
    assert (code, facts["member"]) == ("E_TEST", member)


@pytest.mark.parametrize("missing", sorted(PLAIN))
def test_every_member_without_a_default_must_be_there(missing: str) -> None:
    code, facts = refused(json.dumps({name: value for name, value in PLAIN.items() if name != missing}).encode())
    assert code == "E_TEST"
    assert missing in str(facts["reason"])


@pytest.mark.parametrize("data", [b"[]", b"null", b'"text"', b"7"])
def test_a_document_is_an_object(data: bytes) -> None:
    assert refused(data)[0] == "E_TEST"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"{} {}",
        b'{"count":1,"count":1}',
        b'{"inner":{"flag":true,"flag":true}}',
        b'{"count":1.0}',
        b'{"count":1e3}',
        b'{"count":NaN}',
        b'{"count":-Infinity}',
        b'{"count":' + b"9" * 5000 + b"}",
        b'\xef\xbb\xbf{"count":1}',
        b'{"from":"\xff"}',
        '{"from":"a"}'.encode("utf-16"),
        b"{'from':1}",
        b'{"from":"line\nend"}',
    ],
)
def test_only_strict_json_is_parsed(data: bytes) -> None:
    assert refused(data) == ("E_JSON", {"reason": "syntax"})


def test_limits_hold_before_anything_is_parsed() -> None:
    data = json.dumps(PLAIN).encode()
    assert closed.read(Document, data, limit=len(data)).count == 1
    assert refused(data, limit=len(data) - 1) == ("E_JSON", {"reason": "size"})
    assert refused(data, depth=2) == ("E_JSON", {"reason": "depth"})
    assert closed.read(Document, data, limit=len(data), depth=3).count == 1


@pytest.mark.parametrize("bracket", [b"[", b'{"a":'])
def test_a_hundred_thousand_brackets_are_refused_without_a_stack(bracket: bytes) -> None:
    assert refused(bracket * 100_000, limit=1 << 20) == ("E_JSON", {"reason": "depth"})


def test_a_text_that_never_ends_is_looked_at_once() -> None:
    assert refused(b'{"from":"' + b'\\"' * 500_000, limit=1 << 20) == ("E_JSON", {"reason": "syntax"})


def test_brackets_in_text_are_no_depth() -> None:
    assert read(PLAIN | {"from": '[[[[[[[[[[[[[[[[[[[[\\"{{{{{{'}).sender.startswith("[[[[")


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert refused(data)[0] in {"E_JSON", "E_TEST"}


@pytest.mark.parametrize(
    "change",
    [
        {"moment": datetime(2026, 1, 1)},  # noqa: DTZ001  # without a zone it is refused
        {"moment": datetime(2026, 1, 1, microsecond=1, tzinfo=UTC)},
        {"count": LARGEST_INT + 1},
        {"count": True},
        {"sender": "\ud800"},
        {"maybe": "text"},
    ],
)
def test_nothing_is_written_that_would_not_be_read(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(change)).replace("sender", "from")):
        closed.write(replace(read(PLAIN), **change))


def test_a_moment_is_written_in_universal_time() -> None:
    elsewhere = datetime(2026, 11, 21, 9, 23, 45, tzinfo=timezone(timedelta(hours=8)))
    assert b'"2026-11-21T01:23:45Z"' in closed.write(replace(read(PLAIN), moment=elsewhere))
