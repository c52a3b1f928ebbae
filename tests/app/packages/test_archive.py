import io
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Literal, ParamSpec

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.packages import archive
from app.packages.archive import Archive
from app.packages.faults import PackageFault
from tests.app.packages.parcels import tarred

Given = ParamSpec("Given")


def reading(data: bytes, limit: int = 1 << 20, piece: int = 700) -> Archive:
    file = io.BytesIO(data)
    return Archive(lambda: file.read(piece), limit)


def fault_of(act: Callable[Given, object], *args: Given.args, **options: Given.kwargs) -> str:
    with pytest.raises(PackageFault) as caught:
        act(*args, **options)
    return caught.value.code


def read_one(data: bytes, name: str = "a") -> bytes:
    opened = reading(data)
    content = b"".join(opened.content(name, opened.begin(name)))
    opened.end()
    return content


def with_entry(change: Callable[[tarfile.TarInfo], object], form: Literal[0, 1, 2] = tarfile.USTAR_FORMAT) -> bytes:
    """A tar of one entry named `a` that holds `xyz`, but for what `change` does to it."""
    entry = tarfile.TarInfo("a")
    entry.size = 3
    change(entry)
    return entry.tobuf(form, "utf-8") + b"xyz" + bytes(509) + archive.END


@given(st.lists(st.binary(max_size=1500), max_size=4), st.integers(1, 3000))
def test_what_was_written_is_read_in_any_pieces(contents: list[bytes], piece: int) -> None:
    entries = [(f"data/{number}.jsonl.gz", content) for number, content in enumerate(contents)]
    opened = reading(tarred(entries), piece=piece)
    for name, content in entries:
        size = opened.begin(name)
        assert b"".join(opened.content(name, size)) == content
    opened.end()


def test_other_programs_read_it(tmp_path: Path) -> None:
    (tmp_path / "t.tar").write_bytes(tarred([("data/a.gz", b"x" * 600), ("b", b"")]))
    with tarfile.open(tmp_path / "t.tar") as opened:
        assert [(each.name, each.size, each.mode, each.isreg()) for each in opened] == [
            ("data/a.gz", 600, 0o644, True),
            ("b", 0, 0o644, True),
        ]


@pytest.mark.parametrize("form", ["ustar", "gnu"])
def test_what_the_tar_program_writes_is_read(form: str, tmp_path: Path, program: Callable[[str], str]) -> None:
    (tmp_path / "a").write_bytes(b"xyz")
    made = subprocess.run([program("tar"), f"--format={form}", "-cf", "-", "a"], cwd=tmp_path, capture_output=True, check=True)
    assert read_one(made.stdout) == b"xyz"


def test_an_honest_entry_is_read() -> None:
    assert read_one(with_entry(lambda entry: None)) == b"xyz"


@pytest.mark.parametrize("name", ["b", "./a", "/a", "../a", "a/", "A", "a\x01", "data/../a", "安"])
def test_another_name_is_refused(name: str) -> None:
    assert fault_of(read_one, with_entry(lambda entry: setattr(entry, "name", name))) == "E_LAYOUT"


@pytest.mark.parametrize(
    "kind",
    [
        tarfile.AREGTYPE,
        tarfile.LNKTYPE,
        tarfile.SYMTYPE,
        tarfile.CHRTYPE,
        tarfile.BLKTYPE,
        tarfile.DIRTYPE,
        tarfile.FIFOTYPE,
        tarfile.CONTTYPE,
        tarfile.GNUTYPE_LONGNAME,
        tarfile.GNUTYPE_SPARSE,
        tarfile.XHDTYPE,
        tarfile.XGLTYPE,
    ],
)
def test_only_a_regular_file_is_an_entry(kind: bytes) -> None:
    assert fault_of(read_one, with_entry(lambda entry: setattr(entry, "type", kind))) == "E_LAYOUT"


def test_a_link_is_refused_also_where_it_pretends_to_be_a_file() -> None:
    assert fault_of(read_one, with_entry(lambda entry: setattr(entry, "linkname", "/etc/passwd"))) == "E_LAYOUT"


def test_extended_headers_are_refused() -> None:
    data = with_entry(lambda entry: setattr(entry, "name", "a" * 300), tarfile.PAX_FORMAT)
    assert fault_of(read_one, data) == "E_LAYOUT"


def test_no_byte_of_a_header_changes_unnoticed() -> None:
    """But for the two bytes that end the checksum itself, which say nothing."""
    good = with_entry(lambda entry: None)
    for place in (*range(154), *range(156, archive.BLOCK)):
        changed = good[:place] + bytes([good[place] ^ 0x01]) + good[place + 1 :]
        assert fault_of(read_one, changed) == "E_LAYOUT", place


@given(st.binary(min_size=512, max_size=512))
def test_any_block_is_refused_in_words(block: bytes) -> None:
    assert fault_of(read_one, block + bytes(2048)) == "E_LAYOUT"


@given(st.binary(min_size=1, max_size=12))
def test_any_size_is_read_or_refused(size: bytes) -> None:
    block = bytearray(archive.header("a", 3))
    block[124:136] = size.ljust(12, b"\0")
    block[148:156] = b"%06o\0 " % (sum(block[:148]) + 256 + sum(block[156:]))
    opened = reading(bytes(block) + bytes(1024), limit=1 << 62)
    try:
        found = opened.begin("a")
    except PackageFault as fault:
        told = fault.code
    else:
        told = "read"
        assert found >= 0
    assert told in {"read", "E_LAYOUT"}


def test_nothing_may_be_missing_at_the_end() -> None:
    good = tarred([("a", b"xyz")])
    for length in range(len(good)):
        assert fault_of(read_one, good[:length]) == "E_LAYOUT"


def test_nothing_may_follow() -> None:
    good = tarred([("a", b"xyz")])
    assert fault_of(read_one, tarred([("a", b"xyz"), ("b", b"")])) == "E_LAYOUT"
    assert fault_of(read_one, good + b"x") == "E_LAYOUT"
    assert read_one(good + bytes(9000)) == b"xyz"
    assert fault_of(read_one, good + bytes(2 << 20)) in {"E_LAYOUT", "E_BOMB"}


def test_the_filling_is_empty() -> None:
    good = tarred([("a", b"xyz")])
    assert fault_of(read_one, good[:1000] + b"!" + good[1001:]) == "E_LAYOUT"


def test_plaintext_is_counted() -> None:
    good = tarred([("a", bytes(5000))])
    opened = reading(good, limit=3000)
    size = opened.begin("a")
    assert fault_of(list, opened.content("a", size)) == "E_BOMB"
    counted = reading(good, limit=len(good) + 10)
    counted.count(10)
    assert b"".join(counted.content("a", counted.begin("a"))) == bytes(5000)
    counted.end()
    assert fault_of(counted.count, 1) == "E_BOMB"
