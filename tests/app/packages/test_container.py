import io
import os
import struct
import subprocess
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.packages import container
from app.packages.container import ContainerFile
from app.packages.faults import PackageFault
from app.packages.readme import README
from tests.app.packages.parcels import boxed

PAYLOAD, SIGNED = b"age-encryption.org/v1\n" + bytes(range(256)), b'{"signed":true}'
NAMES = ["README.txt", "payload.age", "statement.dsse.json"]
EVERY_CODE = {"E_CONTAINER", "E_FORMAT_NEW", "E_JSON"}


def fault_of(data: bytes, limit: int = container.LARGEST) -> str:
    with pytest.raises(PackageFault) as caught:
        container.read(io.BytesIO(data), limit=limit)
    return caught.value.code


def zipped(members: list[tuple[str, bytes]], compression: int = zipfile.ZIP_STORED) -> bytes:
    """The same members by another program, as like as that program can."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, data in members:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.external_attr = 0o100644 << 16
            info.create_system, info.create_version, info.extract_version = 3, 30, 10
            info.compress_type = compression
            made.writestr(info, data)
    return file.getvalue()


MEMBERS = [("README.txt", README), ("payload.age", PAYLOAD), ("statement.dsse.json", SIGNED)]
GOOD = boxed(PAYLOAD, SIGNED)


def test_what_was_written_is_what_is_read() -> None:
    read = container.read(io.BytesIO(GOOD))
    assert GOOD[read.payload_start :][: read.payload_bytes] == PAYLOAD
    assert read.statement == SIGNED
    assert read.payload_digest.startswith("sha256:")


@given(st.lists(st.binary(max_size=300), max_size=5), st.binary(max_size=300))
def test_any_payload_and_any_envelope_are_carried(pieces: list[bytes], signed: bytes) -> None:
    file = io.BytesIO()
    made = ContainerFile(file)
    for piece in pieces:
        made.write(piece)
    digest, size = made.payload_digest, made.finish(signed)
    read = container.read(file)
    assert (read.payload_digest, read.payload_bytes, read.statement) == (digest, len(b"".join(pieces)), signed)
    assert size == len(file.getvalue())


def test_other_programs_open_it() -> None:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as opened:
        assert opened.testzip() is None
        assert opened.namelist() == NAMES
        assert opened.read("README.txt") == README
        assert opened.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)


def test_it_is_what_the_zip_program_writes_byte_for_byte(tmp_path: Path, program: Callable[[str], str]) -> None:
    for name, data in MEMBERS:
        (tmp_path / name).write_bytes(data)
        (tmp_path / name).chmod(0o644)
        os.utime(tmp_path / name, (315532800, 315532800))
    command = [program("zip"), "-0", "-X", "-q", "p.llz", *NAMES]
    subprocess.run(command, cwd=tmp_path, env=os.environ | {"TZ": "UTC"}, check=True)
    assert (tmp_path / "p.llz").read_bytes() == GOOD


def test_the_unzip_program_finds_no_fault(tmp_path: Path, program: Callable[[str], str]) -> None:
    (tmp_path / "p.llz").write_bytes(GOOD)
    subprocess.run([program("unzip"), "-tq", "p.llz"], cwd=tmp_path, check=True)


def test_a_library_that_writes_the_same_headers_writes_the_same_file() -> None:
    assert zipped(MEMBERS) == GOOD


@pytest.mark.parametrize("mask", [0x01, 0x80, 0xFF])
def test_no_byte_can_change(mask: int) -> None:
    changed = bytearray(GOOD)
    for place in range(len(GOOD)):
        changed[place] ^= mask
        assert fault_of(bytes(changed)) in EVERY_CODE, place
        changed[place] ^= mask


def test_no_length_but_the_whole_is_taken() -> None:
    assert {fault_of(GOOD[:length]) for length in range(len(GOOD))} == {"E_CONTAINER"}


@given(st.binary(min_size=1, max_size=40))
def test_nothing_stands_before_or_after(junk: bytes) -> None:
    assert fault_of(GOOD + junk) == "E_CONTAINER"
    assert fault_of(junk + GOOD) in EVERY_CODE


@given(st.data())
def test_no_splice_is_taken(data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(GOOD)))
    end = data.draw(st.integers(begin, len(GOOD)))
    into = data.draw(st.integers(0, len(GOOD)))
    piece = data.draw(st.sampled_from([GOOD[begin:end], b"", bytes(end - begin), b"\xff" * 7]))
    made = data.draw(st.sampled_from([GOOD[:begin] + piece + GOOD[end:], GOOD[:into] + piece + GOOD[into:]]))
    if made != GOOD:
        assert fault_of(made) in EVERY_CODE


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    "members",
    [
        MEMBERS[:2],
        MEMBERS[::-1],
        [*MEMBERS, ("extra.txt", b"x")],
        [*MEMBERS, MEMBERS[2]],
        [MEMBERS[0], MEMBERS[1], MEMBERS[1], MEMBERS[2]],
        [MEMBERS[0], ("../../evil", PAYLOAD), MEMBERS[2]],
        [MEMBERS[0], ("/payload.age", PAYLOAD), MEMBERS[2]],
        [MEMBERS[0], ("Payload.age", PAYLOAD), MEMBERS[2]],
        [("README.txt", README + b"\n"), *MEMBERS[1:]],
        [("README.txt", README.replace(b"unzip", b"rm -r")), *MEMBERS[1:]],
    ],
)
def test_other_members_are_refused(members: list[tuple[str, bytes]]) -> None:
    assert fault_of(zipped(members)) == "E_CONTAINER"


def test_packed_members_comments_and_large_headers_are_refused() -> None:
    assert fault_of(zipped(MEMBERS, compression=zipfile.ZIP_DEFLATED)) == "E_CONTAINER"
    commented = io.BytesIO(GOOD)
    with zipfile.ZipFile(commented, "a") as opened:
        opened.comment = b"hello"
    assert fault_of(commented.getvalue()) == "E_CONTAINER"
    large = io.BytesIO()
    with zipfile.ZipFile(large, "w") as made, made.open(zipfile.ZipInfo("README.txt"), "w", force_zip64=True) as member:
        member.write(README)
    assert fault_of(large.getvalue()) == "E_CONTAINER"


def test_two_directory_entries_for_one_member_are_refused() -> None:
    """The bomb of overlapping members: the directory is long, the file short."""
    begin = GOOD.index(b"PK\1\2")
    entry = GOOD[begin : GOOD.index(b"PK\1\2", begin + 4)]
    end = bytearray(GOOD[GOOD.index(b"PK\5\6") :])
    struct.pack_into("<HHI", end, 8, 4, 4, len(GOOD) - len(end) - begin + len(entry))
    assert fault_of(GOOD[: -len(end)] + entry + bytes(end)) == "E_CONTAINER"


def test_a_checksum_that_lies_is_refused() -> None:
    """Every copy of the checksum changed alike: only the content contradicts."""
    true, false = (struct.pack("<I", zlib.crc32(PAYLOAD) ^ flip) for flip in (0, 1))
    assert fault_of(GOOD.replace(true, false)) == "E_CONTAINER"


def test_a_size_beyond_the_file_is_refused_before_it_is_read() -> None:
    start = len(README) + 30 + len("README.txt")
    lying = GOOD[: start + 18] + struct.pack("<II", 0xFFFFFFF0, 0xFFFFFFF0) + GOOD[start + 26 :]
    assert fault_of(lying) == "E_CONTAINER"


def test_the_readme_of_a_later_format_is_told_from_damage() -> None:
    later = README.replace(b"llz-package/1\n", b"llz-package/12\n") + b"more"
    assert fault_of(zipped([("README.txt", later), *MEMBERS[1:]])) == "E_FORMAT_NEW"
    earlier = README.replace(b"llz-package/1\n", b"llz-package/0\n")
    assert fault_of(zipped([("README.txt", earlier), *MEMBERS[1:]])) == "E_CONTAINER"


def test_caps_hold_before_anything_is_read() -> None:
    assert fault_of(GOOD, limit=len(GOOD) - 1) == "E_LIMIT"
    assert fault_of(boxed(PAYLOAD, bytes((256 << 10) + 1))) == "E_JSON"


def test_a_payload_beyond_the_limit_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "LARGEST_PAYLOAD", 10)
    made = ContainerFile(io.BytesIO())
    made.write(bytes(10))
    with pytest.raises(PackageFault, match="E_LIMIT"):
        made.write(b"x")


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_in_words(data: bytes) -> None:
    assert fault_of(data) == "E_CONTAINER"
