import gzip
import hashlib
import os
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.packages import manifest, spool
from app.packages.faults import PackageFault
from app.packages.spool import Packed, Spool
from tests.app.packages.parcels import line

lines = st.binary(max_size=40).map(lambda raw: raw.replace(b"\n", b"") + b"\n")


def content(packed: Packed) -> bytes:
    return b"".join(packed.pieces)


@given(st.lists(st.tuples(st.sampled_from(["issue", "visit", "station"]), lines)))
def test_each_kind_keeps_its_lines_in_order(rows: list[tuple[str, bytes]]) -> None:
    spooled = Spool()
    assert all(spooled.add(kind, each) for kind, each in rows)
    assert spooled.rows == len(rows)
    packed = spooled.finish()
    assert [each.kind for each in packed] == sorted({kind for kind, _ in rows})
    for each in packed:
        mine = b"".join(row for kind, row in rows if kind == each.kind)
        assert gzip.decompress(content(each)) == mine
        assert (each.raw_bytes, each.rows) == (len(mine), mine.count(b"\n"))
        assert (each.bytes, each.digest) == (len(content(each)), "sha256:" + hashlib.sha256(content(each)).hexdigest())


def test_the_same_lines_give_the_same_bytes() -> None:
    made = []
    for _ in range(2):
        spooled = Spool()
        for number in range(500):
            spooled.add("issue", line(number))
        made.append(content(spooled.finish()[0]))
    assert made[0] == made[1]
    assert made[0][4:8] == bytes(4), "no time in the header"
    assert zlib.decompress(made[0], 31)


@pytest.mark.parametrize("kinds", [1, 3])
def test_a_full_spool_says_so_and_stays_under_its_cap(kinds: int) -> None:
    cap = 3 << 20
    spooled, rows = Spool(cap), 0
    while spooled.add(f"kind{rows % kinds}", os.urandom(4000).hex().encode() + b"\n"):
        rows += 1
    assert not spooled.add("kind0", os.urandom(4000).hex().encode() + b"\n")
    packed = spooled.finish()
    assert sum(each.bytes for each in packed) <= cap
    assert sum(each.bytes for each in packed) > cap * 0.6
    assert sum(each.rows for each in packed) == rows


def test_an_empty_spool_takes_any_line_and_then_no_other() -> None:
    spooled = Spool(cap=1)
    assert spooled.add("issue", line(1))
    assert not spooled.add("issue", line(2))
    assert not spooled.add("visit", line(3))
    assert gzip.decompress(content(spooled.finish()[0])) == line(1)


def test_rows_that_pack_too_well_go_on_in_the_next_number() -> None:
    """Otherwise a reader would take an honest package for a bomb."""
    spooled = Spool()
    row = b"0" * (manifest.LARGEST_LINE - 1) + b"\n"
    taken = 0
    while spooled.add("issue", row):
        taken += 1
    (packed,) = spooled.finish()
    assert packed.rows == taken >= 2
    assert packed.raw_bytes <= manifest.RATIO * packed.bytes + manifest.SLACK


def test_a_package_has_a_limited_number_of_kinds() -> None:
    spooled = Spool()
    taken = [spooled.add(f"kind{number}", line(number)) for number in range(manifest.MOST_TABLES + 1)]
    assert taken == [True] * manifest.MOST_TABLES + [False]
    assert spooled.add("kind0", line(99))


def test_a_line_no_reader_takes_is_refused() -> None:
    spooled = Spool()
    assert spooled.add("issue", b"x" * (manifest.LARGEST_LINE - 1) + b"\n")
    with pytest.raises(PackageFault, match="E_LIMIT"):
        spooled.add("issue", b"x" * manifest.LARGEST_LINE + b"\n")


@pytest.mark.parametrize("data", [b"", b"x", b"a\nb\n", b"\n\n", b"a\nb"])
def test_only_one_whole_line_is_a_line(data: bytes) -> None:
    with pytest.raises(ValueError, match="one line"):
        Spool().add("issue", data)


def test_deflate_never_holds_back_more_than_is_reserved() -> None:
    """The reserve is what keeps a package under its cap; it is a property of the library, so it is measured."""
    for feed in (os.urandom, bytes, lambda size: (b"%032x" % 7) * (size // 32)):
        packer = zlib.compressobj(6, zlib.DEFLATED, 31)
        for _ in range(40):
            packer.compress(feed(1 << 16))
        assert len(packer.flush()) < spool.RESERVE
