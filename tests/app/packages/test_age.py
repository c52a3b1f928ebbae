import io
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ParamSpec

import pyrage  # type: ignore[import-untyped]  # it comes without types
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.packages import age
from app.packages.faults import PackageFault
from app.packages.statement import digest_of
from tests.app.packages.parcels import OTHERS, OURS, RECIPIENT, encrypted

Given = ParamSpec("Given")


class Broken(io.BytesIO):
    """A file on a disk that fails after its first bytes."""

    def __init__(self, data: bytes, good: int) -> None:
        super().__init__(data)
        self._good = good

    def read(self, size: int | None = -1) -> bytes:
        if self.tell() >= self._good:
            raise OSError(5, "Input/output error")
        return super().read(min(size or 0, self._good - self.tell()))


def decrypted(data: bytes, identities: list[str] | None = None, file: io.BytesIO | None = None) -> bytes:
    pieces = []
    with age.decrypting(file or io.BytesIO(data), len(data), [OURS] if identities is None else identities) as plaintext:
        while piece := plaintext.read():
            pieces.append(piece)
    return b"".join(pieces)


def fault_of(act: Callable[Given, object], *args: Given.args, **options: Given.kwargs) -> str:
    with pytest.raises(PackageFault) as caught:
        act(*args, **options)
    return caught.value.code


@given(st.lists(st.binary(max_size=2000), max_size=5))
def test_what_was_encrypted_is_decrypted(pieces: list[bytes]) -> None:
    out = io.BytesIO()
    age.encrypt(pieces, out.write, [RECIPIENT])
    assert decrypted(out.getvalue()) == b"".join(pieces)


def test_much_is_streamed() -> None:
    out, size = io.BytesIO(), 9_000_001
    age.encrypt((bytes(1000) for _ in range(9000)), out.write, [RECIPIENT])
    assert decrypted(out.getvalue()) == bytes(size - 1)


def test_the_age_program_reads_ours_and_we_read_its(tmp_path: Path, program: Callable[[str], str]) -> None:
    plain = bytes(range(256)) * 1000
    (tmp_path / "key").write_text(OURS + "\n")
    (tmp_path / "ours").write_bytes(encrypted(plain))
    opened = subprocess.run([program("age"), "-d", "-i", "key", "ours"], cwd=tmp_path, capture_output=True, check=True)
    assert opened.stdout == plain
    closed = subprocess.run([program("age"), "-r", RECIPIENT], input=plain, capture_output=True, check=True)
    assert decrypted(closed.stdout) == plain


def test_any_of_several_recipients_opens() -> None:
    other = pyrage.x25519.Identity.from_str(OTHERS)
    out = io.BytesIO()
    age.encrypt([b"x"], out.write, [RECIPIENT, str(other.to_public())])
    assert decrypted(out.getvalue(), [OTHERS]) == b"x"
    assert decrypted(out.getvalue(), [OTHERS, OURS]) == b"x"


def test_another_key_opens_nothing() -> None:
    assert fault_of(decrypted, encrypted(b"x"), [OTHERS]) == "E_NO_KEY"
    assert fault_of(decrypted, encrypted(b"x"), []) == "E_NO_KEY"
    assert fault_of(decrypted, encrypted(b"x"), ["no key"]) == "E_NO_KEY"


def test_only_a_recipient_is_encrypted_to() -> None:
    for recipients in ([], ["age1nobody"], [OURS], ["ssh-ed25519 AAAA"]):
        assert fault_of(age.encrypt, [b"x"], io.BytesIO().write, recipients) == "E_NO_KEY"


SMALL = encrypted(b"a" * 100)


def test_no_byte_of_a_ciphertext_can_change_and_none_be_missing() -> None:
    changed = bytearray(SMALL)
    for place in range(len(SMALL)):
        changed[place] ^= 0x01
        assert fault_of(decrypted, bytes(changed)) in {"E_DECRYPT", "E_NO_KEY"}, place
        changed[place] ^= 0x01
        assert fault_of(decrypted, SMALL[:place]) == "E_DECRYPT", place
    assert fault_of(decrypted, SMALL + b"x") == "E_DECRYPT"


def test_a_file_cut_between_two_chunks_is_refused() -> None:
    data = encrypted(bytes(200_000))
    header = data.index(b"\n--- ") + 49 + 16
    assert fault_of(decrypted, data[: header + 2 * (65536 + 16)]) == "E_DECRYPT"


@given(st.binary(max_size=100))
def test_any_bytes_are_refused_in_words(data: bytes) -> None:
    assert fault_of(decrypted, data) == "E_DECRYPT"


def stanza(name: str = "X25519") -> bytes:
    return f"-> {name} {'A' * 43}\n{'A' * 43}\n".encode()


MAC = b"--- " + b"A" * 43 + b"\n"


@pytest.mark.parametrize(
    "start",
    [
        b"age-encryption.org/v1\n" + stanza() * 65 + MAC,
        b"age-encryption.org/v1\n" + stanza() * 50_000 + MAC,
        b"age-encryption.org/v1\n" + MAC,
        b"age-encryption.org/v1\n" + stanza("a-grease") + MAC,
        b"age-encryption.org/v1\n" + stanza() + stanza("scrypt") + MAC,
        b"age-encryption.org/v1\n" + stanza() + stanza("ssh-rsa") + MAC,
        b"age-encryption.org/v1\n" + stanza() + stanza("x-grease") * 64 + MAC,
        b"age-encryption.org/v2\n" + stanza() + MAC,
        b"age-encryption.org/v1\r\n" + stanza() + MAC,
        b"age-encryption.org/v1\n-> X25519 " + b"A" * (age.LARGEST_HEADER * 2),
        b"-----BEGIN AGE ENCRYPTED FILE-----\n",
    ],
)
def test_a_header_is_cheap_to_try_or_refused_before_the_library_sees_it(start: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("pyrage.decrypt_io")
    assert fault_of(decrypted, start + bytes(100)) == "E_DECRYPT"


def test_the_allowed_headers_are_allowed() -> None:
    age.check_header(b"age-encryption.org/v1\n" + stanza() * 64 + MAC)
    age.check_header(b"age-encryption.org/v1\n" + stanza() + stanza("x-grease") + MAC + b"whatever")


def test_an_error_of_the_disk_stays_one() -> None:
    data = encrypted(bytes(1_000_000))
    for good in (0, 20_000, 500_000, len(data) - 1):
        with pytest.raises(OSError, match="Input/output") as caught:
            decrypted(data, file=Broken(data, good))
        assert caught.value.errno == 5


def test_errors_of_either_side_of_encryption_come_out_as_they_are() -> None:
    def failing() -> Iterator[bytes]:
        yield b"x"
        raise KeyError("source")

    with pytest.raises(KeyError, match="source"):
        age.encrypt(failing(), io.BytesIO().write, [RECIPIENT])


@pytest.mark.parametrize("size", [0, 1, 65536, 200_000])
def test_a_disk_that_is_full_at_any_write_is_told(size: int) -> None:
    """The library says nothing of a failure at its last write."""

    class Disk:
        def __init__(self, good: int) -> None:
            self.good, self.writes = good, 0

        def write(self, piece: bytes) -> int:
            self.writes += 1
            if self.writes > self.good:
                raise OSError(28, "No space left on device")
            return len(piece)

    roomy = Disk(1000)
    age.encrypt([bytes(size)], roomy.write, [RECIPIENT])
    assert roomy.writes >= 1
    for good in range(roomy.writes):
        with pytest.raises(OSError, match="No space") as caught:
            age.encrypt([bytes(size)], Disk(good).write, [RECIPIENT])
        assert caught.value.errno == 28


def test_who_stops_reading_leaves_no_thread_behind() -> None:
    before = threading.active_count()
    data = encrypted(bytes(20_000_000))
    with age.decrypting(io.BytesIO(data), len(data), [OURS]) as plaintext:
        assert plaintext.read()
    assert threading.active_count() == before


def test_the_digest_is_that_of_the_ciphertext() -> None:
    data = encrypted(bytes(700_000))
    with age.decrypting(io.BytesIO(data + b"after"), len(data), [OURS]) as plaintext:
        while plaintext.read():
            pass
        assert plaintext.digest() == digest_of(data)
