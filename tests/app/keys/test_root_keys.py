"""The offline root keys: made once, used again, opened by standard tools, refused where fewer than two open."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import Refused, Unavailable
from app.keys.identities import SigningKey
from app.keys.passphrase import Passphrase
from app.keys.root_keys import from_pem, open_or_make_roots, to_pem

WORDS = Passphrase("根 key 口令")
NAMES = ["root-1.key.pem", "root-2.key.pem", "root-3.key.pem"]


@pytest.mark.parametrize("passphrase", [None, WORDS], ids=["plain", "encrypted"])
def test_three_are_made_and_used_again(tmp_path: Path, passphrase: Passphrase | None) -> None:
    folder = tmp_path / "根 keys"
    made = open_or_make_roots(folder, passphrase)
    assert sorted(path.name for path in folder.iterdir()) == NAMES
    assert len({key.public for key in made.keys}) == 3
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert open_or_make_roots(folder, passphrase) == made
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == files


def test_two_of_three_are_enough_and_the_third_is_named(tmp_path: Path) -> None:
    made = open_or_make_roots(tmp_path, None)
    (tmp_path / NAMES[1]).write_bytes(b"damaged")
    opened = open_or_make_roots(tmp_path, None)
    assert opened.keys == (made.keys[0], made.keys[2])
    assert opened.closed == (NAMES[1],)


def test_two_files_of_which_one_is_kept_elsewhere(tmp_path: Path) -> None:
    made = open_or_make_roots(tmp_path, None)
    (tmp_path / NAMES[2]).unlink()
    assert open_or_make_roots(tmp_path, None).keys == made.keys[:2]
    assert not (tmp_path / NAMES[2]).exists()


@pytest.mark.parametrize("given", [None, Passphrase("another")], ids=["none", "another"])
def test_a_wrong_or_missing_passphrase_opens_none(tmp_path: Path, given: Passphrase | None) -> None:
    open_or_make_roots(tmp_path, WORDS)
    with pytest.raises(Refused) as caught:
        open_or_make_roots(tmp_path, given)
    assert caught.value.code == "roots_too_few"
    assert caught.value.facts == {"opened": 0, "found": 3, "needed": 2, "folder": str(tmp_path)}


def test_the_same_key_in_two_files_is_one_key(tmp_path: Path) -> None:
    key = to_pem(SigningKey.make(), None)
    for name in NAMES:
        (tmp_path / name).write_bytes(key)
    with pytest.raises(Refused) as caught:
        open_or_make_roots(tmp_path, None)
    assert caught.value.facts["opened"] == 1


def test_a_folder_that_is_a_file_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Unavailable, match="folder_unusable"):
        open_or_make_roots(tmp_path / "file", None)


def test_a_passphrase_does_not_hinder_an_open_key() -> None:
    key = SigningKey.make()
    assert from_pem(to_pem(key, None), WORDS) == key


def test_a_key_of_another_kind_is_no_root_key(program: Callable[[str], str]) -> None:
    other = _run([program("openssl"), "genpkey", "-algorithm", "x25519"], b"")
    with pytest.raises(Refused, match="root_key_closed"):
        from_pem(other, None)


def test_openssl_opens_the_encrypted_file(tmp_path: Path, program: Callable[[str], str]) -> None:
    key = SigningKey.make()
    path = tmp_path / "root.pem"
    path.write_bytes(to_pem(key, WORDS))
    command = [program("openssl"), "pkey", "-in", str(path), "-passin", "stdin", "-pubout", "-outform", "DER"]
    assert _run(command, WORDS.secret + b"\n")[-32:] == key.public


def test_a_key_made_by_openssl_is_taken(program: Callable[[str], str]) -> None:
    plain = _run([program("openssl"), "genpkey", "-algorithm", "ed25519"], b"")
    key = from_pem(plain, None)
    assert from_pem(to_pem(key, WORDS), WORDS) == key


def test_the_encrypted_file_holds_no_secret_in_the_open() -> None:
    key = SigningKey.make()
    first, second = to_pem(key, WORDS), to_pem(key, WORDS)
    assert first != second
    assert first.startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----\n")
    assert max(len(line) for line in first.splitlines()) <= 64


def _run(command: list[str], given: bytes) -> bytes:
    return subprocess.run(command, input=given, capture_output=True, check=True).stdout
