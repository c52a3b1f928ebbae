import gzip
import io
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyrage  # type: ignore[import-untyped]  # it comes without types
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.packages import archive, content, manifest, seal
from app.packages.content import Content, Rows, open_content
from app.packages.faults import FATES, Fate, PackageFault, fate_of
from app.packages.manifest import LARGEST_LINE
from app.packages.opening import Verified
from app.packages.seal import Attachment
from app.packages.statement import Sender, digest_of
from tests.app.packages.parcels import (
    OTHERS,
    READER,
    RECIPIENT,
    SEAT,
    STATION,
    THIEF,
    Forgery,
    believing,
    contents,
    encrypted,
    heading,
    issue_entry,
    line,
    manifest_of,
    seat_of,
    tarred,
    unpacked,
    verified,
)

ROOT = Path(__file__).parents[3]
LINES = [line(1), line(2)]
ISSUES = issue_entry(*LINES)
BLOB_ID = "9f" * 32
BLOB = (f"blobs/{BLOB_ID}.00000", b"a photograph")


def fault_of(forged: Forgery | bytes, **options: Any) -> str:
    package = forged if isinstance(forged, bytes) else forged.sealed()
    with pytest.raises(PackageFault) as caught:
        unpacked(package, **options)
    return caught.value.code


def head(*entries: tuple[str, bytes], **options: Any) -> tuple[str, bytes]:
    return manifest.NAME, manifest_of(entries, **options)


def read_all(read: Verified) -> None:
    with open_content(read, READER) as opened:
        for part in opened:
            list(part)


def read_first_pieces(package: bytes, then: Callable[[], object] = lambda: None) -> None:
    with open_content(verified(package), READER) as opened:
        for part in opened:
            next(iter(part))
            then()


def test_an_honest_package_is_read_whole() -> None:
    assert unpacked(Forgery(entries=[ISSUES, BLOB]).sealed()) == {"issue": LINES, BLOB[0]: BLOB[1]}


def test_leaving_early_without_an_error_still_reads_and_checks_the_rest() -> None:
    bad = Forgery(plain=tarred([head(ISSUES, BLOB), ISSUES, (BLOB[0], b"A photograph")])).sealed()
    with pytest.raises(PackageFault, match="E_RESOURCE_HASH"), open_content(verified(bad), READER) as opened:
        assert isinstance(next(iter(opened)), Rows)
    with pytest.raises(PackageFault, match="E_RESOURCE_HASH"):
        read_first_pieces(bad)


def test_an_error_of_the_caller_comes_out_as_it_is_and_leaves_no_thread() -> None:
    before = threading.active_count()
    good = Forgery(entries=[issue_entry(*[line(n) for n in range(3000)])]).sealed()
    with pytest.raises(ZeroDivisionError):
        read_first_pieces(good, then=lambda: 1 // 0)
    assert threading.active_count() == before


def test_the_manifest_is_there_before_the_rows() -> None:
    with open_content(verified(Forgery(entries=[ISSUES]).sealed()), READER) as opened:
        assert [each.name for each in opened.manifest.resources] == ["issue"]
        assert isinstance(opened, Content)


# --- keys and ciphertext ------------------------------------------------------------------------------------------


def test_the_wrong_key_opens_nothing() -> None:
    good = Forgery(entries=[ISSUES])
    assert fault_of(good, reader=replace(READER, identities=[OTHERS])) == "E_NO_KEY"
    assert fault_of(good, reader=replace(READER, identities=[])) == "E_NO_KEY"
    assert unpacked(good.sealed(), reader=replace(READER, identities=[OTHERS, *READER.identities]))


def test_no_signed_byte_of_ciphertext_can_be_wrong() -> None:
    """The signer is known, his ciphertext damaged: everything before decryption agrees."""
    good = Forgery(entries=[ISSUES]).encrypted()
    changed = bytearray(good)
    for place in range(0, len(good), 13):
        changed[place] ^= 0x40
        assert fault_of(Forgery(ciphertext=bytes(changed))) in {"E_DECRYPT", "E_NO_KEY"}, place
        changed[place] ^= 0x40
    for length in (*range(0, 400, 7), len(good) - 1):
        assert fault_of(Forgery(ciphertext=good[:length])) == "E_DECRYPT"


def test_fifty_thousand_stanzas_are_refused_at_once() -> None:
    stanza = b"-> X25519 " + b"A" * 43 + b"\n" + b"A" * 43 + b"\n"
    many = b"age-encryption.org/v1\n" + stanza * 50_000 + b"--- " + b"A" * 43 + b"\n"
    assert fault_of(Forgery(ciphertext=many)) == "E_DECRYPT"


def test_a_file_that_changed_since_it_was_verified_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "p.llz"
    path.write_bytes(Forgery(entries=[ISSUES]).sealed())
    read = verified(path)
    again = Forgery(entries=[ISSUES])
    while len(other := again.sealed()) != path.stat().st_size:
        pass  # the library adds a decoy of a length of its own choice
    path.write_bytes(other)
    with pytest.raises(PackageFault, match="E_DIGEST"):
        read_all(read)


# --- identity -----------------------------------------------------------------------------------------------------


def test_a_stolen_ciphertext_under_another_name_is_noticed() -> None:
    stolen = Forgery(entries=[ISSUES]).encrypted()
    thief = seat_of(THIEF, sender=Sender(province="43", station=STATION[:-1] + "9", seat=THIEF.seat))
    posing = heading(sender=thief.sender)
    package = Forgery(ciphertext=stolen, signer=THIEF, head=posing).sealed()
    assert fault_of(package, who=believing(seat_of(SEAT), thief)) == "E_BINDING"


def test_an_own_ciphertext_under_another_number_is_noticed() -> None:
    other = heading(package_id="019b76da-a800-7000-8000-0000000000ff")
    assert fault_of(Forgery(ciphertext=Forgery(entries=[ISSUES]).encrypted(), head=other)) == "E_BINDING"


def test_a_newer_schema_waits() -> None:
    def newer(members: dict[str, Any]) -> None:
        members["llz"]["schema"] = {"set": "llz-core", "version": "2.0", "min_reader": "1.1"}

    assert fault_of(Forgery(entries=[ISSUES], change_manifest=newer)) == "E_SCHEMA_NEW"
    assert fate_of("E_SCHEMA_NEW") is Fate.PARKED


# --- layout -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "entries",
    [
        [],
        [ISSUES],
        [ISSUES, head(ISSUES)],
        [head(ISSUES)],
        [head(ISSUES), BLOB],
        [head(ISSUES), ISSUES, BLOB],
        [head(ISSUES), ISSUES, ISSUES],
        [head(), ISSUES],
        [head(ISSUES, BLOB), BLOB, ISSUES],
        [head(ISSUES), ("data/../issue.jsonl.gz", ISSUES[1])],
        [head(ISSUES), ("/data/issue.jsonl.gz", ISSUES[1])],
        [("datapackage.json/", head(ISSUES)[1]), ISSUES],
        [head(ISSUES), (ISSUES[0], ISSUES[1] + b"\0")],
        [head(ISSUES), (ISSUES[0], ISSUES[1][:-1])],
    ],
)
def test_an_extra_missing_misnamed_or_misplaced_entry_is_refused(entries: list[tuple[str, bytes]]) -> None:
    assert fault_of(Forgery(plain=tarred(entries))) == "E_LAYOUT"


def test_a_large_manifest_is_refused_before_it_is_read() -> None:
    block = archive.header(manifest.NAME, manifest.LARGEST + 1)
    assert fault_of(Forgery(plain=block + bytes(1 << 20))) == "E_LAYOUT"


@pytest.mark.parametrize("data", [b"[" * 100_000, b'{"a":' * 100_000, b"null", b"{}", b"\xff\xfe", b'{"llz":1,"llz":2}'])
def test_a_manifest_of_any_shape_is_refused_in_words(data: bytes) -> None:
    assert fault_of(Forgery(plain=tarred([(manifest.NAME, data)]))) in {"E_JSON", "E_LAYOUT"}


def test_other_bytes_than_announced_are_noticed() -> None:
    other = issue_entry(line(1), line(3))[1]
    assert len(other) == len(ISSUES[1]), "or the sizes would tell"
    assert fault_of(Forgery(plain=tarred([head(ISSUES), (ISSUES[0], other)]))) == "E_RESOURCE_HASH"
    assert fault_of(Forgery(plain=tarred([head(BLOB), (BLOB[0], b"A photograph")]))) == "E_RESOURCE_HASH"


def test_no_byte_of_a_signed_tar_makes_a_crash() -> None:
    """Some changes say nothing (the owner of an entry, say); none may end in anything but a fault or the same rows."""
    plain = tarred([head(ISSUES), ISSUES])
    outcomes = set()
    for place in range(0, len(plain), 11):
        changed = plain[:place] + bytes([plain[place] ^ 0x02]) + plain[place + 1 :]
        try:
            assert unpacked(Forgery(plain=changed).sealed()) == {"issue": LINES}
        except PackageFault as fault:
            outcomes.add(fault.code)
    assert outcomes <= FATES.keys()
    assert outcomes >= {"E_LAYOUT", "E_RESOURCE_HASH", "E_BINDING", "E_JSON"}


@given(st.binary(max_size=3000))
def test_any_signed_tar_is_refused_in_words(plain: bytes) -> None:
    assert fault_of(Forgery(plain=plain)) in {"E_LAYOUT", "E_JSON"}


# --- rows ---------------------------------------------------------------------------------------------------------


def announced(raw: bytes, data: bytes | None = None, changes: Mapping[str, object] | None = None) -> Forgery:
    """A package whose table unpacks to `raw`, or is `data`, announced rightly but for `changes`."""
    entry = ("data/issue.jsonl.gz", gzip.compress(raw, mtime=0))
    real = entry if data is None else (entry[0], data)

    def change(members: dict[str, Any]) -> None:
        members["resources"][0].update({"bytes": len(real[1]), "hash": digest_of(real[1])} | dict(changes or {}))

    return Forgery(plain=tarred([head(entry, change=change), real]))


def test_lines_are_handed_out_exactly() -> None:
    longest = b"x" * (LARGEST_LINE - 1) + b"\n"
    odd = [b"\r\n", b"\x85\n", b"\xe2\x80\xa8\n", b"not json at all\n", b"\n", longest, b"end\n"]
    assert unpacked(announced(b"".join(odd)).sealed())["issue"] == odd


@given(st.lists(st.integers(0, 700_000), max_size=6))
def test_lines_of_any_length_are_put_together(lengths: list[int]) -> None:
    rows = [b"%d" % number + b"x" * length + b"\n" for number, length in enumerate(lengths)]
    raw = b"".join(rows) + os.urandom(20_000).hex().encode() + b"\n"
    assert unpacked(announced(raw).sealed())["issue"][:-1] == rows


@given(st.lists(st.integers(0, 3000), max_size=4), st.integers(1, 40))
def test_a_gzip_is_unpacked_whole_in_steps_of_any_size(lengths: list[int], step: int) -> None:
    raw = b"".join(b"x" * length + b"\n" for length in lengths)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(content, "_STEP", step)
        assert b"".join(unpacked(announced(raw).sealed())["issue"]) == raw


@pytest.mark.parametrize("length", [LARGEST_LINE, LARGEST_LINE + 1, 3 * LARGEST_LINE])
def test_a_line_over_a_mebibyte_is_refused(length: int) -> None:
    noise = os.urandom(200_000).hex().encode()
    assert fault_of(announced(noise + b"\n" + b"x" * length + b"\n" + noise + b"\n")) == "E_JSON"


def test_the_last_line_has_its_end_and_all_are_counted() -> None:
    assert fault_of(announced(line(1) + line(2)[:-1])) == "E_LAYOUT"
    assert fault_of(announced(line(1), changes={"llz:rows": 2})) == "E_LAYOUT"
    assert fault_of(announced(line(1) + line(2), changes={"llz:rows": 1})) == "E_LAYOUT"
    assert unpacked(announced(b"").sealed()) == {"issue": []}


def test_a_gzip_that_is_none_or_not_whole_or_more_than_one_is_refused() -> None:
    good = gzip.compress(line(1), mtime=0)
    for data in (b"", b"\0" * 40, good[:-1], good[:-9], good[:20], good + b"\0", good + good, good[:-8] + bytes(8), line(1)):
        assert fault_of(announced(line(1), data)) == "E_LAYOUT", data


def test_a_declared_bomb_is_refused_unopened() -> None:
    size = 30 << 20
    bomb = gzip.compress(bytes(size), 9)
    assert len(bomb) < 40_000
    assert fault_of(announced(b"\n", bomb, changes={"llz:raw_bytes": size})) == "E_BOMB"


def test_a_bomb_that_lies_about_its_size_is_stopped_there() -> None:
    bomb = gzip.compress(b"\n" * (20 << 20))
    assert fault_of(announced(b"\n", bomb)) == "E_BOMB"
    assert fault_of(announced(b"\n", bomb, changes={"llz:raw_bytes": 1_000_000})) == "E_BOMB"


def test_a_table_that_unpacks_to_less_than_announced_is_refused() -> None:
    assert fault_of(announced(line(1), changes={"llz:raw_bytes": len(line(1)) + 1})) == "E_LAYOUT"


def test_all_plaintext_is_counted_together() -> None:
    good = Forgery(entries=[issue_entry(*[line(n) for n in range(400)])]).sealed()
    assert unpacked(good, reader=replace(READER, max_plain_bytes=1 << 20))
    assert fault_of(good, reader=replace(READER, max_plain_bytes=100_000)) == "E_BOMB"
    assert fault_of(good, reader=replace(READER, max_plain_bytes=5_000)) == "E_BOMB"


# --- the disk, and memory -----------------------------------------------------------------------------------------


def test_an_error_of_the_disk_is_not_taken_for_a_bad_package() -> None:
    class Failing(io.BytesIO):
        good = 1 << 40

        def read(self, size: int | None = -1) -> bytes:
            if self.tell() >= self.good:
                raise OSError(5, "Input/output error")
            return super().read(size)

    entry = (BLOB[0], os.urandom(3_000_000))
    file = Failing(Forgery(entries=[entry]).sealed())
    read = replace(verified(file.getvalue()), source=file)
    file.good = 1_000_000
    with pytest.raises(OSError, match="Input/output") as caught:
        read_all(read)
    assert caught.value.errno == 5


MEASURED = """
import sys
from dataclasses import replace
from pathlib import Path
from tests.app.packages import parcels
def largest():  # not ru_maxrss, which counts the process that started this one
    told = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in told if line.startswith("VmHWM")).split()[1]) // 1024
before = largest()
with parcels.open_content(parcels.verified(Path(sys.argv[1])), replace(parcels.READER, identities=sys.argv[2:])) as content:
    total = sum(len(piece) for part in content for piece in part)
print(total, largest(), largest() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for the largest size a process had")
def test_memory_stays_flat_however_large_the_package(tmp_path: Path) -> None:
    class Noise(io.RawIOBase):
        """As many bytes as asked for, cheap and not to be packed."""

        def readinto(self, buffer: Any) -> int:
            buffer[:] = bytes(len(buffer))
            return len(buffer)

        def readable(self) -> bool:
            return True

    size = 2 * manifest.LARGEST_CHUNK
    places = [manifest.BlobPlace(id="sha256:" + "0" * 64, size=size, offset=n * manifest.LARGEST_CHUNK) for n in range(2)]
    chunks = [Attachment(place=place, read=lambda: io.BufferedReader(Noise())) for place in places]
    rows = {"issue": [line(number) for number in range(20_000)]}
    seal.seal(tmp_path / "p.llz", heading(), contents(rows, chunks), recipients=[RECIPIENT], signer=SEAT)
    run = [sys.executable, "-c", MEASURED, str(tmp_path / "p.llz"), READER.identities[0]]
    told = subprocess.run(run, capture_output=True, text=True, check=True, cwd=ROOT).stdout.split()
    assert int(told[0]) == size + sum(map(len, rows["issue"]))
    assert int(told[1]) < 200, "MiB of the whole process"
    assert int(told[2]) < 40, "MiB that reading added"


def test_encrypted_again_for_nobody_is_unread() -> None:
    stranger = str(pyrage.x25519.Identity.generate().to_public())
    sealed = Forgery(ciphertext=encrypted(tarred([head(ISSUES), ISSUES]), stranger)).sealed()
    assert fault_of(sealed) == "E_NO_KEY"
