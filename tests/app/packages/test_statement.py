import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.packages import closed, statement
from app.packages.faults import PackageFault
from app.packages.statement import Kind, Payload, Statement, Stream
from tests.app.packages.parcels import PACKAGE, SEAT, STATION, heading

DIGEST = "sha256:" + "ab" * 32
PAYLOAD = Payload(name="payload.age", encoding="age+tar", bytes=59307, digest=DIGEST)
LATER = Stream(epoch=2, seq=42, prev=DIGEST, fills=(40, 41))


def made(**changes: Any) -> Statement:
    return statement.stated(heading(**changes), PAYLOAD)


def fault_of(data: bytes, **options: Any) -> tuple[str, object]:
    with pytest.raises(PackageFault) as caught:
        statement.read(data, **options)
    return caught.value.code, caught.value.facts.get("member")


def with_member(path: str, value: object) -> bytes:
    members = json.loads(statement.write(made(stream=LATER)))
    *way, last = path.split(".")
    place = members
    for step in way:
        place = place[step]
    place[last] = value
    return closed.compact(members)


def test_a_statement_reads_as_the_format_says() -> None:
    assert json.loads(statement.write(made(stream=LATER, kind=Kind.CHANGES))) == {
        "format": "llz-package/1",
        "suite": "std-1",
        "kind": "changes",
        "package_id": PACKAGE,
        "from": {"province": "43", "station": STATION, "seat": SEAT.seat},
        "to": ["43"],
        "stream": {"epoch": 2, "seq": 42, "prev": DIGEST, "fills": [40, 41]},
        "created": "2026-11-21T01:23:45Z",
        "payload": {"name": "payload.age", "encoding": "age+tar", "bytes": 59307, "digest": DIGEST},
        "acks": {"receipt_seq": 0, "trust_version": 1},
        "producer": {"app": "liaison", "version": "0.1.0"},
    }


@given(st.sampled_from(Kind), st.integers(1, 9), st.integers(2, 1000), st.lists(st.sampled_from(["43", STATION]), min_size=1))
def test_reading_is_the_reverse_of_writing(kind: Kind, epoch: int, seq: int, to: list[str]) -> None:
    stated = made(kind=kind, to=tuple(to), stream=Stream(epoch=epoch, seq=seq, prev=DIGEST, fills=(1,)))
    assert statement.read(statement.write(stated)) == stated


def test_any_spelling_of_a_statement_is_read_since_its_bytes_are_signed() -> None:
    spelled = json.dumps(json.loads(statement.write(made())), indent=2).encode()
    assert statement.read(spelled) == made()


@pytest.mark.parametrize("member", ["record_count", "name"])
def test_a_statement_is_closed(member: str) -> None:
    assert fault_of(with_member(member, 1)) == ("E_ENVELOPE", "")


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("package_id", "019B76DA-A800-7C3E-82DD-21250B729601"),
        ("package_id", "../../evil"),
        ("from.province", "4３"),
        ("from.province", "430"),
        ("from.station", "a/b"),
        ("from.station", ""),
        ("from.seat", "ABCDEF0123456789"),
        ("to", []),
        ("to", ["43"] * 65),
        ("to", ["43 "]),
        ("stream.epoch", 0),
        ("stream.seq", 0),
        ("stream.prev", None),
        ("stream.prev", "sha256:AB"),
        ("stream.fills", [2, 1]),
        ("stream.fills", [1, 1]),
        ("stream.fills", [42]),
        ("stream.fills", [0]),
        ("payload.bytes", -1),
        ("payload.digest", "md5:" + "ab" * 16),
        ("kind", "invented"),
        ("created", "2026-11-21"),
        ("format", 1),
        ("format", "llz-package"),
        ("format", "llz-package/１"),
        ("format", "llz-package/1\n"),
        ("format", "llz-receipt/1"),
    ],
)
def test_a_value_of_the_wrong_shape_is_named(member: str, value: object) -> None:
    assert fault_of(with_member(member, value)) == ("E_ENVELOPE", member)


def test_acks_are_never_negative() -> None:
    assert fault_of(with_member("acks.receipt_seq", -1)) == ("E_ENVELOPE", "acks")


def test_the_first_number_has_nothing_before_it() -> None:
    first = made(stream=Stream(epoch=1, seq=1, prev=DIGEST, fills=()))
    with pytest.raises(PackageFault, match=r"stream\.prev"):
        statement.write(first)


def test_a_newer_format_is_known_by_its_name_whatever_else_it_holds() -> None:
    assert fault_of(b'{"format":"llz-package/2","shape":["unheard","of"]}') == ("E_FORMAT_NEW", None)


def test_an_older_format_is_refused_as_such() -> None:
    assert fault_of(with_member("format", "llz-package/0"))[0] == "E_FORMAT_OLD"
    assert fault_of(statement.write(made()), oldest=2)[0] == "E_FORMAT_OLD"


@pytest.mark.parametrize("data", [b"", b"[1]", b"null", b'{"format":"llz-package/1"}', b"\x00"])
def test_what_is_no_statement_is_refused(data: bytes) -> None:
    assert fault_of(data)[0] in {"E_JSON", "E_ENVELOPE"}


def test_a_digest_names_bytes() -> None:
    assert statement.digest_of(b"") == "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert statement.is_digest(statement.digest_of(b"x"))
    assert not statement.is_digest("sha256:" + "g" * 64)


def test_a_heading_becomes_a_statement_unchanged() -> None:
    head = heading(to=("43", STATION))
    stated = statement.stated(head, PAYLOAD)
    assert (stated.to, stated.payload, stated.format) == (head.to, PAYLOAD, "llz-package/1")
    assert replace(stated, to=("43",)) == made()
