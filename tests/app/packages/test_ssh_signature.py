"""What `ssh-keygen` checks: it takes our signatures by our list, and nothing that was altered, moved or is past its day."""

import io
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.keys.identities import SigningKey
from app.packages.ssh_signature import BODY, STATION, AllowedSigner, allowed_signers, sign_file

KEY = SigningKey(seed=bytes(range(32)))
NAME = "0123456789abcdef@430181001-001"
CONTENT = "交接单 · 第一页\n".encode()
NOW = datetime.now(UTC)
SIGNER = AllowedSigner(
    principals=(NAME, "430181001-001"),
    namespace=STATION,
    key=KEY.public,
    valid_after=NOW - timedelta(days=1),
    valid_before=NOW + timedelta(days=30),
)
Verify = Callable[..., bool]


@pytest.fixture
def verify(tmp_path: Path, program: Callable[[str], str]) -> Verify:
    """Whether `ssh-keygen` believes a signature over `content`, said to be by `name` in `namespace`."""
    keygen = program("ssh-keygen")

    def believed(
        signature: bytes, *, content: bytes = CONTENT, signer: AllowedSigner = SIGNER, name: str = NAME, namespace: str = STATION
    ) -> bool:
        (tmp_path / "signers").write_bytes(allowed_signers([signer]))
        (tmp_path / "file.sig").write_bytes(signature)
        arguments: list[str | Path] = [
            "-Y",
            "verify",
            "-f",
            tmp_path / "signers",
            "-I",
            name,
            "-n",
            namespace,
            "-s",
            tmp_path / "file.sig",
        ]
        return subprocess.run([keygen, *arguments], input=content, capture_output=True, check=False).returncode == 0

    return believed


def signed(content: bytes = CONTENT, namespace: str = STATION) -> bytes:
    return sign_file(io.BytesIO(content), namespace, KEY)


def test_ssh_keygen_takes_it_for_the_computer_and_for_its_station(verify: Verify) -> None:
    assert verify(signed())
    assert verify(signed(), name="430181001-001")
    assert verify(signed(b""), content=b"")
    assert verify(signed(bytes(3_000_000)), content=bytes(3_000_000))


def test_nothing_altered_is_taken(verify: Verify) -> None:
    assert not verify(signed(), content=CONTENT + b" ")
    lines = signed().splitlines()
    for row in range(1, len(lines) - 1):
        changed = bytearray(lines[row])
        changed[5] = ord("A") if changed[5] != ord("A") else ord("B")
        assert not verify(b"\n".join([*lines[:row], bytes(changed), *lines[row + 1 :]]) + b"\n"), row


def test_another_namespace_another_name_another_key_is_not_taken(verify: Verify) -> None:
    assert not verify(signed(namespace=BODY))
    assert not verify(signed(namespace=BODY), namespace=BODY), "the list names the namespace of a station alone"
    assert not verify(signed(), name="430181001-002")
    assert not verify(signed(), signer=replace(SIGNER, key=SigningKey.make().public))


def test_before_and_after_its_days_a_key_counts_for_nothing(verify: Verify) -> None:
    assert not verify(signed(), signer=replace(SIGNER, valid_before=NOW - timedelta(days=3)))
    assert not verify(signed(), signer=replace(SIGNER, valid_after=NOW + timedelta(days=3)))


def test_it_is_the_very_signature_that_ssh_keygen_makes(tmp_path: Path, program: Callable[[str], str]) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    own = tmp_path / "key"
    key = Ed25519PrivateKey.from_private_bytes(KEY.seed)
    own.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()))
    own.chmod(0o600)
    (tmp_path / "file").write_bytes(CONTENT)
    subprocess.run(
        [program("ssh-keygen"), "-Y", "sign", "-f", own, "-n", STATION, tmp_path / "file"], capture_output=True, check=True
    )
    assert (tmp_path / "file.sig").read_bytes() == signed()


@pytest.mark.parametrize("name", ["", "*", "a b", "a,b", 'a"', "someone\nelse"])
def test_a_name_that_would_be_read_as_something_else_is_not_written(name: str) -> None:
    with pytest.raises(ValueError, match="plain names"):
        allowed_signers([replace(SIGNER, principals=(name,))])
