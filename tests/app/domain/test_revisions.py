"""A revision's line is read exactly as it was written, or not at all."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ids import Stamp
from app.domain.revisions import (
    HEADER_TYPES,
    LINE_LIMIT,
    Revision,
    canonical,
    chained,
    digest_of,
    erased_line,
    read_line,
    written_as,
)
from app.domain.shapes import WHOLE_NUMBER_LIMIT
from app.errors import Refused
from tests.app.domain.invented import ID, JSON, TEXT, numbered
from tests.app.domain.lines import line_of, members, revision, with_body

DIGITS: Final = "0123456789abcdef"
BODIES: Final = st.dictionaries(TEXT.filter(lambda name: not name.startswith("_")), JSON, max_size=5)
STAMPS: Final = st.builds(Stamp, st.integers(0, (1 << 48) - 1), st.integers(0, 0xFFFF)).map(str)
PARENTS: Final = st.lists(ID, max_size=3).map(tuple)
FULL: Final = 0xFFFF_FFFF_FFFF_FFFF
NESTED_FAR: Final = 5000


@st.composite
def revisions(draw: st.DrawFn) -> Revision:
    """Any revision that a program could write."""
    parents = draw(PARENTS)
    return Revision(
        id=draw(ID),
        rev=draw(ID),
        kind=draw(st.from_regex(r"[a-z][a-z_]{0,39}", fullmatch=True)),
        parents=parents,
        gen=draw(st.integers(2, 999_999_999)) if parents else 1,
        hlc=draw(STAMPS),
        owner=draw(ID),
        by=draw(st.text(DIGITS, min_size=16, max_size=16)),
        op=draw(ID),
        deleted=draw(st.booleans()),
        salt=draw(st.text(DIGITS, min_size=32, max_size=32)),
        body=draw(BODIES),
        schema=draw(st.sampled_from(["1.0", "1.12", "27.4"])),
    )


def refused(line: bytes) -> tuple[str, str]:
    """With which code a line is refused, and what it names."""
    with pytest.raises(Refused) as caught:
        read_line(line)
    return caught.value.code, str(caught.value.facts["why"])


# --- one line ------------------------------------------------------------------------------------------------------


@given(revisions())
def test_a_line_is_read_exactly_as_it_was_written(written: Revision) -> None:
    line = written.line()
    read = read_line(line)
    assert read == written
    assert read.line() == line
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1


@given(revisions())
def test_a_line_is_one_json_object_header_first_in_order(written: Revision) -> None:
    read = json.loads(written.line())
    assert list(read)[: len(HEADER_TYPES)] == list(HEADER_TYPES)
    assert list(read)[len(HEADER_TYPES) :] == sorted(written.body)
    assert {name: read[name] for name in written.body} == dict(written.body)
    assert written.line().endswith(canonical(written.body)[1:] + b"\n")


@given(revisions())
def test_a_line_is_its_header_written_whole_and_then_its_body(one: Revision) -> None:
    written = one.written()
    header = canonical(json.loads(written.covered) | {"_salt": one.salt})
    assert written.line == header[:-1] + (b"," if one.body else b"") + written.body[1:] + b"\n"


@given(revisions())
def test_the_bytes_of_a_line_are_found_in_it(one: Revision) -> None:
    assert written_as(one.line()) == one.written()


def test_a_line_that_spells_its_body_in_another_way_keeps_its_bytes() -> None:
    line = with_body(b'"subject":"\\u8def\\u706f"')
    read, written = read_line(line), written_as(line)
    assert (read.body, written.line, written.body) == ({"subject": "路灯"}, line, b'{"subject":"\\u8def\\u706f"}')
    assert (
        json.loads(written.covered)["_digest"] == digest_of(read.salt, written.body) != digest_of(read.salt, canonical(read.body))
    )
    assert erased_line(line) == written.covered + b"\n"


@given(revisions(), revisions())
def test_what_the_chain_covers_says_nothing_of_the_body_but_its_salted_digest(one: Revision, other: Revision) -> None:
    covered = json.loads(one.written().covered)
    assert set(covered) == set(HEADER_TYPES) - {"_salt"}
    assert covered["_digest"] == digest_of(one.salt, canonical(one.body))
    resalted = replace(one, salt=other.salt)
    assert (resalted.written().covered == one.written().covered) == (one.salt == other.salt)
    assert chained(bytes(32), one.written().covered) != chained(bytes([1]) * 32, one.written().covered)


def test_the_digest_can_be_recomputed_with_standard_tools() -> None:
    line = json.loads(revision().line())
    body = '{"subject":"东街路灯不亮"}'.encode()
    assert line["_digest"] == "sha256:" + sha256(bytes.fromhex(line["_salt"]) + body).hexdigest()


def test_unknown_fields_of_a_newer_program_are_kept() -> None:
    body = {"subject": "路灯", "later": {"a": [1, None, True]}, "Zeit": "", "空": []}
    assert read_line(revision(body=body, schema="1.7").line()).body == body


def test_a_body_may_be_empty() -> None:
    assert read_line(revision(body={}).line()).body == {}


WRONG: Final[Mapping[str, Sequence[Any]]] = {
    "_by": [None, 7, "", "0123456789ABCDEF", "0123456789abcde", "0123456789abcdef0", "０123456789abcdef"],
    "_del": [None, 0, "false", []],
    "_digest": [None, "", "sha256:" + "g" * 64, "md5:" + "0" * 64, 0],
    "_gen": [None, 0, -1, "1", True, 1_000_000_000, [1]],
    "_hlc": [None, "", "019b76daa800", "019B76DAA800-0002", "019b76daa800-000g", 1],
    "_id": [None, "", "1", numbered(1)[:-1], numbered(1) + "0", numbered(10).upper(), 5, "\ud800" * 36],
    "_kind": [None, "", "Issue", "issue-1", "a" * 41, 1, {}],
    "_op": [None, "", numbered(10).upper()],
    "_owner": [None, "", "430181001-001"],
    "_parents": [None, "", numbered(1), ["1"], [None], [numbered(1)] * 65, {}, [[numbered(1)]]],
    "_rev": [None, "", 1, numbered(1) + "\n"],
    "_salt": [None, "", "00", "00112233445566778899AABBCCDDEEFF"],
    "_sv": [None, "", "1", "1.0.0", 1, "v1.0"],
}


@pytest.mark.parametrize("name", HEADER_TYPES)
def test_a_missing_header_member_is_named(name: str) -> None:
    told = members()
    del told[name]
    assert refused(line_of(told)) == ("line_malformed", name)


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_a_wrong_header_member_is_named(name: str, value: Any) -> None:
    code, why = refused(line_of(members() | {name: value}))
    assert (code, why) == ("line_malformed", name) or code == "line_not_json"


def test_every_header_member_is_tried() -> None:
    assert list(WRONG) == list(HEADER_TYPES)


@pytest.mark.parametrize("number", ["1.0", "1e3", "0.1", "-0.0", "NaN", "Infinity", "-Infinity"])
def test_fractions_are_refused_in_header_and_body(number: str) -> None:
    header = revision().line().replace(b'"_gen":1', b'"_gen":' + number.encode())
    assert refused(header)[0] == "line_not_json"
    assert refused(with_body(b'"people":' + number.encode()))[0] == "line_not_json"


@pytest.mark.parametrize("number", [WHOLE_NUMBER_LIMIT + 1, -WHOLE_NUMBER_LIMIT - 1, 10**400])
def test_numbers_that_others_would_round_are_refused(number: int) -> None:
    assert refused(with_body(b'"people":%d' % number)) == ("line_not_json", "number too large")


TWICE = [
    b'"a":1,"a":1',
    b'"a":{"b":1,"b":2}',
    b'"\\u0061":1,"a":2',
    b'"a" :1,"a":1',
    b'"a"\t:1,"a":1',
    b'"a"\r:1,"a":1',
    b'"a":":","a":1',
    b'"a":[{"b":1}],"a":1',
]


@pytest.mark.parametrize("text", TWICE)
def test_a_name_twice_is_refused(text: bytes) -> None:
    assert refused(with_body(text)) == ("line_not_json", "a name stands twice")


@pytest.mark.parametrize("text", [b'"a" : ":" , "b":1', b'"a":{"b":1},"b":[{"b":2},{"b":3}]', b'"a":"\\":1,\\"a"'])
def test_names_that_only_look_as_if_they_stood_twice_are_taken(text: bytes) -> None:
    assert read_line(with_body(text)).body == json.loads(b"{" + text + b"}")


@pytest.mark.parametrize("name", ["_id", "_rev", "_new", "_"])
def test_a_header_name_among_the_body_is_refused(name: str) -> None:
    assert refused(with_body(f'"a":1,"{name}":1'.encode())) == ("line_malformed", name)
    assert refused(with_body(f'"a":1,"\\u005f{name[1:]}":1'.encode())) == ("line_malformed", name)


@pytest.mark.parametrize("text", [b'"a":"\\ud800"', b'"a":["\\udfff"]', b'"\\ud800":1', b'"a":"\\ude00\\ud83d"'])
def test_half_characters_are_refused_in_the_body(text: bytes) -> None:
    assert refused(with_body(text))[0] == "line_not_json"


@pytest.mark.parametrize("name", HEADER_TYPES)
def test_half_characters_are_refused_in_the_header(name: str) -> None:
    escaped = json.dumps(members() | {name: "\ud800"}, separators=(",", ":")).encode() + b"\n"
    assert refused(escaped) == ("line_malformed", name)
    assert refused(line_of(members() | {name: "\ud800"}))[0] == "line_not_json"


def test_whole_characters_may_be_spelt_as_escapes() -> None:
    assert read_line(with_body(b'"a":"\\ud842\\udfb7\\u8def"')).body == {"a": "𠮷路"}


def test_text_that_no_file_holds_is_not_written() -> None:
    with pytest.raises(Refused) as caught:
        revision(body={"subject": "路灯坏了\ud800"}).line()
    assert caught.value.code == "text_malformed"
    assert str(caught.value.facts["text"]).endswith("路灯坏了")


@pytest.mark.parametrize("depth", [65, 66, 400, 900, 940, 960, 980, 990, 1000, NESTED_FAR, 200_000])
@pytest.mark.parametrize(("opening", "closing"), [(b"[", b"]"), (b'{"a":', b"}")])
def test_deep_nesting_is_refused_without_a_crash(depth: int, opening: bytes, closing: bytes) -> None:
    deep = opening * depth + b"1" + closing * depth
    assert refused(with_body(b'"a":' + deep))[0] in {"line_not_json", "line_malformed"}
    header = revision().line().replace(b'"_sv":"1.0"', b'"_sv":' + deep)
    code, why = refused(header)
    assert code == "line_not_json" or (code, why) in {("line_malformed", "_sv"), ("line_malformed", "too long")}
    assert refused(deep + b"\n")[0] in {"line_not_json", "line_malformed"}


def test_what_was_read_can_be_written_again_up_to_the_last_depth() -> None:
    deep = b"[" * 63 + b"1" + b"]" * 63
    line = with_body(b'"a":' + deep)
    assert read_line(line).line() == line


def test_a_line_may_be_a_mebibyte_long_and_no_longer() -> None:
    room = LINE_LIMIT - len(revision(body={"a": ""}).line())
    longest = revision(body={"a": "x" * room}).line()
    assert len(longest) == LINE_LIMIT
    assert read_line(longest).body == {"a": "x" * room}
    assert refused(revision(body={"a": "x" * (room + 1)}).line()) == ("line_malformed", "too long")


@pytest.mark.parametrize(
    "line", [b"", b"\n", b"{", b"null\n", b"[]\n", b'"a"\n', b"7\n", b"\xff\n", b"{}{}\n", b"\x00", b"\xef\xbb\xbf{}\n"]
)
def test_what_is_no_object_is_no_line(line: bytes) -> None:
    assert refused(line)[0] == "line_not_json"


def test_an_empty_object_misses_the_first_member() -> None:
    assert refused(b"{}\n") == ("line_malformed", "_by")


@given(st.permutations(list(HEADER_TYPES)), st.integers(0, 13))
def test_another_order_of_the_header_is_refused(names: list[str], place: int) -> None:
    told = members()
    ordered = {name: told[name] for name in names}
    ordered = dict([*list(ordered.items())[:place], ("subject", told["subject"]), *list(ordered.items())[place:]])
    if list(ordered) != list(told):
        assert refused(line_of(ordered)) == ("line_malformed", "order")


@pytest.mark.parametrize("change", [lambda line: line.replace(b'":', b'": '), lambda line: b" " + line, lambda line: line[:-1]])
def test_another_way_to_write_the_header_is_refused(change: Any) -> None:
    assert refused(change(revision().line())) == ("line_malformed", "order")


@given(revisions(), st.data())
def test_an_altered_body_or_salt_does_not_fit_the_digest(written: Revision, data: st.DataObject) -> None:
    line = written.line()
    salt, body = line.index(b'"_salt":"') + 9, line.index(b'"_sv":"') + 9 + len(written.schema)
    place = data.draw(st.integers(salt, salt + 31) | st.integers(min(body, len(line) - 2), len(line) - 1))
    flipped = bytearray(line)
    flipped[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Refused):
        read_line(bytes(flipped))


@pytest.mark.parametrize(("gen", "parents"), [(2, ()), (1, (numbered(9),))])
def test_only_a_first_revision_has_no_parents(gen: int, parents: tuple[str, ...]) -> None:
    assert refused(revision(gen=gen, parents=parents).line()) == ("line_malformed", "_gen")
