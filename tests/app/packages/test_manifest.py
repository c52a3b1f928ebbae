import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.packages import closed, manifest
from app.packages.faults import PackageFault
from app.packages.manifest import LARGEST_CHUNK, BlobPlace, Chunk, Manifest, Resource, Schema, Table
from app.packages.statement import Kind, Sender, Stream
from tests.app.packages.parcels import BODY, COLUMNS, PACKAGE, SCHEMA, SEAT, STATION, heading

DIGEST = "sha256:" + "9f" * 32
TABLE = manifest.table("issue", COLUMNS, size=300, digest=DIGEST, rows=2, raw_bytes=900)
BLOB = BlobPlace(id=DIGEST, size=2 * LARGEST_CHUNK + 5, offset=LARGEST_CHUNK)
CHUNK = manifest.chunk(BLOB, size=LARGEST_CHUNK, digest=DIGEST)


def made(*resources: Resource, schema: Schema = SCHEMA) -> Manifest:
    return manifest.announced(heading(), resources or (TABLE, CHUNK), schema=schema, change_range=(1, 2), have={"a/b/e1": 3})


def read(data: bytes, reads: str = "1.0", **changes: Any) -> Manifest:
    return manifest.read(data, heading(**changes), schema_set="llz-core", reads=reads)


def fault_of(data: bytes, reads: str = "1.0", **changes: Any) -> tuple[str, dict[str, object]]:
    with pytest.raises(PackageFault) as caught:
        read(data, reads, **changes)
    return caught.value.code, caught.value.facts


def with_member(path: str, value: object) -> bytes:
    members = json.loads(manifest.write(made()))
    *way, last = path.split("/")
    place: Any = members
    for step in way:
        place = place[int(step)] if isinstance(place, list) else place[step]
    place[int(last) if isinstance(place, list) else last] = value
    return closed.compact(members)


def test_a_manifest_reads_as_the_format_says() -> None:
    plain = json.loads(manifest.write(made()))
    table, chunk = plain.pop("resources")
    assert plain == {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": f"llz-{PACKAGE}",
        "created": "2026-11-21T01:23:45Z",
        "llz": {
            "format": "llz-content/1",
            "kind": "snapshot",
            "package_id": PACKAGE,
            "from": {"province": "43", "station": STATION, "seat": SEAT.seat},
            "to": [BODY],
            "stream": {"epoch": 1, "seq": 1, "prev": None, "fills": []},
            "change_range": [1, 2],
            "schema": {"set": "llz-core", "version": "1.0", "min_reader": "1.0"},
            "have": {"a/b/e1": 3},
        },
    }
    assert table["schema"]["fields"][:2] == [{"name": "_by", "type": "string"}, {"name": "_del", "type": "boolean"}]
    assert {name: table[name] for name in ("path", "bytes", "hash", "llz:rows", "llz:raw_bytes")} == {
        "path": "data/issue.jsonl.gz",
        "bytes": 300,
        "hash": DIGEST,
        "llz:rows": 2,
        "llz:raw_bytes": 900,
    }
    assert chunk == {
        "name": "blob-" + "9f" * 8 + "-00001",
        "path": "blobs/" + "9f" * 32 + ".00001",
        "bytes": LARGEST_CHUNK,
        "hash": DIGEST,
        "llz:blob": {"id": DIGEST, "size": 2 * LARGEST_CHUNK + 5, "offset": LARGEST_CHUNK},
    }


def test_reading_is_the_reverse_of_writing() -> None:
    assert read(manifest.write(made())) == made()
    assert made().resources == (TABLE, CHUNK)


def test_columns_stand_in_the_order_of_the_line() -> None:
    shuffled = dict(sorted(COLUMNS.items(), reverse=True))
    assert manifest.table("issue", shuffled, size=300, digest=DIGEST, rows=2, raw_bytes=900) == TABLE


@pytest.mark.parametrize(
    ("member", "changes"),
    [
        ("kind", {"kind": Kind.CHANGES}),
        ("package_id", {"package_id": PACKAGE[:-1] + "b"}),
        ("from", {"sender": Sender(province="43", station=STATION, seat="0" * 16)}),
        ("to", {"to": ("44",)}),
        ("stream", {"stream": Stream(epoch=2, seq=1, prev=None, fills=())}),
        ("created", {"created": heading().created.replace(second=1)}),
    ],
)
def test_what_stands_inside_is_what_was_signed(member: str, changes: dict[str, Any]) -> None:
    assert fault_of(manifest.write(made()), **changes) == ("E_BINDING", {"member": member})


def test_a_schema_that_asks_for_a_newer_reader_waits() -> None:
    asking = manifest.write(made(schema=Schema(set="llz-core", version="1.12", min_reader="1.10")))
    assert fault_of(asking, reads="1.9") == ("E_SCHEMA_NEW", {"needed": "llz-core 1.10", "known": "llz-core 1.9"})
    assert read(asking, reads="1.10").identity.schema.version == "1.12"
    other = manifest.write(made(schema=Schema(set="llz-other", version="1.0", min_reader="1.0")))
    assert fault_of(other)[0] == "E_SCHEMA_NEW"


def test_a_newer_content_waits_whatever_it_holds() -> None:
    assert fault_of(b'{"llz":{"format":"llz-content/2"},"new":1}')[0] == "E_FORMAT_NEW"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("$schema", "https://example.org/other.json"),
        ("name", "llz-other"),
        ("unknown", 1),
        ("llz/format", "other/1"),
        ("llz/change_range", [2, 1]),
        ("llz/change_range", [1]),
        ("llz/have", {"a": -1}),
        ("llz/schema/min_reader", "1"),
        ("llz/schema/version", "new"),
        ("resources/0/name", "../issue"),
        ("resources/0/path", "data/../issue.jsonl.gz"),
        ("resources/0/path", "data/visit.jsonl.gz"),
        ("resources/0/path", "/etc/passwd"),
        ("resources/0/format", "csv"),
        ("resources/0/compression", "zip"),
        ("resources/0/encoding", "gbk"),
        ("resources/0/bytes", -1),
        ("resources/0/hash", "9f" * 16),
        ("resources/0/llz:rows", -1),
        ("resources/0/schema/primaryKey", ["_id"]),
        ("resources/0/schema/fieldsMatch", "exact"),
        ("resources/0/schema/fields", [{"name": "b", "type": "string"}, {"name": "a", "type": "string"}]),
        ("resources/0/schema/fields", [{"name": "a", "type": "string"}, {"name": "a", "type": "string"}]),
        ("resources/1/path", "blobs/x"),
        ("resources/1/path", "blobs/" + "9f" * 32 + ".00002"),
        ("resources/1/bytes", LARGEST_CHUNK - 1),
        ("resources/1/bytes", LARGEST_CHUNK + 1),
        ("resources/1/llz:blob/offset", 1),
        ("resources/1/llz:blob/offset", -LARGEST_CHUNK),
        ("resources/1/llz:blob/offset", 3 * LARGEST_CHUNK),
        ("resources/1/llz:blob/size", -1),
        ("resources/1/llz:blob/id", "sha256:../../x"),
        ("resources/1", {}),
        ("resources", None),
    ],
)
def test_an_announcement_is_exactly_the_one_we_would_have_made(path: str, value: object) -> None:
    assert fault_of(with_member(path, value))[0] == "E_LAYOUT"


def test_tables_come_first_and_nothing_comes_twice() -> None:
    other = manifest.table("visit", COLUMNS, size=1, digest=DIGEST, rows=0, raw_bytes=0)
    assert read(manifest.write(made(other, TABLE, CHUNK))).resources == (other, TABLE, CHUNK)
    for resources in ((CHUNK, TABLE), (TABLE, TABLE), (CHUNK, CHUNK), (TABLE, CHUNK, other)):
        with pytest.raises(PackageFault, match="E_LAYOUT"):
            manifest.write(made(*resources))


def test_a_table_that_would_swell_is_refused_unopened() -> None:
    limit = manifest.RATIO * TABLE.bytes + manifest.SLACK
    assert read(manifest.write(made(replace(TABLE, raw_bytes=limit)))).resources
    assert fault_of(with_member("resources/0/llz:raw_bytes", limit + 1))[0] == "E_BOMB"
    with pytest.raises(PackageFault, match="E_BOMB"):
        manifest.write(made(replace(TABLE, raw_bytes=limit + 1)))


def test_a_manifest_has_a_size_too() -> None:
    chunks = [manifest.chunk(BlobPlace(id=f"sha256:{n:064x}", size=1, offset=0), size=1, digest=DIGEST) for n in range(14_000)]
    with pytest.raises(PackageFault, match="E_LIMIT"):
        manifest.write(made(*chunks))


@given(st.integers(0, 5 * LARGEST_CHUNK), st.integers(0, 6))
def test_the_chunks_of_an_attachment_are_those_its_size_says(size: int, number: int) -> None:
    offset = number * LARGEST_CHUNK
    place = BlobPlace(id=DIGEST, size=size, offset=offset)
    chunk = manifest.chunk(place, size=max(0, min(LARGEST_CHUNK, size - offset)), digest=DIGEST)
    if number == 0 or offset < size:
        assert isinstance(read(manifest.write(made(chunk))).resources[0], Chunk)
    else:
        with pytest.raises(PackageFault, match="E_LAYOUT"):
            manifest.write(made(chunk))


def test_a_package_may_hold_nothing() -> None:
    empty = manifest.announced(heading(kind=Kind.VOID), (), schema=SCHEMA, change_range=None, have={})
    assert read(manifest.write(empty), kind=Kind.VOID).resources == ()
    assert isinstance(TABLE, Table)


@given(st.binary(max_size=60))
def test_any_bytes_are_refused_in_words(data: bytes) -> None:
    assert fault_of(data)[0] in {"E_JSON", "E_LAYOUT"}
