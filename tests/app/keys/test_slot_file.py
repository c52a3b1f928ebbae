"""The slot file: read strictly, a newer one told from a damaged one."""

import base64
import hashlib
import hmac
import json
import os
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.errors import AppError, Refused, Unavailable
from app.keys import slots
from app.keys.passphrase import Passphrase
from app.keys.slot_file import digest_of, parse_slots, read_slots
from app.keys.ways import PassphraseWay, RecoveryWay, Way

CODE = RecoveryWay.make("2026-11-21")

# A file of the first day: what it says must open with these words for ever.
GOLDEN = """{
 "format": "llz-keyslots/1",
 "db": "019b76da-a800-7c3e-82dd-21250b729601",
 "cipher": "sqlcipher-4",
 "kcv": "hmac-sha256:48c9bd338bf9d7d2a59d109f5a3525d099208a7c98a5f0b7bba04e6df5776623",
 "slots": [
  {
   "type": "recovery",
   "id": "2026-11-21",
   "nonce": "QxCX8X+jwHHs2cs9",
   "wrapped": "qDWPBVRpsNL3uVula3Q3PK6PV0LaWkukrVN3uiv/zatQ32MRSAkLQyjKBEAd3pkg",
   "check": "SDzt4Cd2slI0SDZ4czoAqw=="
  },
  {
   "type": "passphrase",
   "kdf": "argon2id",
   "t": 3,
   "m_kib": 65536,
   "p": 4,
   "salt": "hGWY+io2myPJM9ceCBMpTA==",
   "nonce": "+LloiOc4qH+T8BKV",
   "wrapped": "8kL2UDbUkO4+OB9m6/XFC6IxtwczmIXy/PTBi0O+YuNyOeMDreYM3El1cvPhdJpz",
   "check": "/kclChUAPx5zXX8RpcJJlA=="
  }
 ],
 "digest": "sha256:96e7182bd5d3038f428d61c2505b122b35abb41c626f8a09bfcc67358f64a11c"
}
"""
GOLDEN_KEY = bytes(range(32))
GOLDEN_CODE = "000011-005665-011319-016973-022627-028281-033935-039589"
GOLDEN_WORDS = "口令 word"


@pytest.fixture
def data(tmp_path: Path) -> bytes:
    """The bytes of a slot file."""
    slots.create(tmp_path / "keyslots.json", "db", bytes(32), [CODE])
    return (tmp_path / "keyslots.json").read_bytes()


def test_its_members_are_those_described(data: bytes) -> None:
    document = json.loads(data)
    assert list(document) == ["format", "db", "cipher", "kcv", "slots", "digest"]
    assert (document["format"], document["cipher"]) == ("llz-keyslots/1", "sqlcipher-4")
    assert set(document["slots"][0]) == {"type", "id", "nonce", "wrapped", "check"}


@pytest.mark.parametrize(
    "way", [RecoveryWay(code=GOLDEN_CODE), PassphraseWay(passphrase=Passphrase(GOLDEN_WORDS))], ids=["code", "passphrase"]
)
def test_a_file_of_the_first_day_opens(way: Way) -> None:
    assert slots.open_with(parse_slots(GOLDEN.encode()), way) == GOLDEN_KEY


def test_the_steps_of_the_handbook_open_a_slot() -> None:
    # docs/keys.md, "The slot file", followed by hand with no code of ours
    document = json.loads(GOLDEN)
    slot = document["slots"][0]
    words = b"".join((int(group) // 11).to_bytes(2, "big") for group in GOLDEN_CODE.split("-"))
    secret = _expanded(hmac.digest(bytes(32), words, "sha256"), b"llz recovery code")
    assert base64.b64decode(slot["check"]) == _expanded(secret, b"llz slot check")[:16]
    bound = f"llz-keyslots/1\n{document['db']}\nrecovery".encode()
    nonce, wrapped = base64.b64decode(slot["nonce"]), base64.b64decode(slot["wrapped"])
    data_key = AESGCM(_expanded(secret, b"llz slot wrap")).decrypt(nonce, wrapped, bound)
    checked = hmac.digest(data_key, f"llz-keyslots/1\nkcv\n{document['db']}".encode(), "sha256")
    assert (data_key, document["kcv"]) == (GOLDEN_KEY, f"hmac-sha256:{checked.hex()}")
    rest = json.dumps({name: document[name] for name in document if name != "digest"}, sort_keys=True, separators=(",", ":"))
    assert document["digest"] == "sha256:" + hashlib.sha256(rest.encode()).hexdigest()


def _expanded(key: bytes, info: bytes) -> bytes:
    return hmac.digest(key, info + b"\1", "sha256")  # the first block of HKDF's second half, RFC 5869


@pytest.mark.parametrize("newer", [{"format": "llz-keyslots/2"}, {"cipher": "sqlcipher-5"}], ids=str)
def test_a_newer_file_is_not_called_damaged(data: bytes, newer: dict[str, str]) -> None:
    with pytest.raises(Refused) as caught:
        parse_slots(json.dumps(json.loads(data) | newer | {"future": True}).encode())
    assert (caught.value.code, caught.value.facts["found"]) == ("keyslots_newer", next(iter(newer.values())))


@pytest.mark.parametrize(
    "change",
    [
        {"format": "zip"},
        {"format": None},
        {"cipher": 4},
        {"extra": 1},
        {"slots": {}},
        {"slots": [1]},
        {"slots": [{}]},
        {"db": 1},
        {"kcv": []},
    ],
    ids=str,
)
def test_another_form_is_damage(data: bytes, change: dict[str, object]) -> None:
    document = json.loads(data) | change
    _assert_damaged(json.dumps(document | {"digest": digest_of(document)}).encode())


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"null", b"\xff", b"[" * 100_000, b" " * 2_000_000], ids=lambda data: repr(data[:4])
)
def test_what_is_no_slot_file_is_damage(data: bytes) -> None:
    _assert_damaged(data)


def test_every_cut_is_damage(data: bytes) -> None:
    for length in range(len(data) - 1):
        _assert_damaged(data[:length])


def test_a_missing_file_is_told_from_one_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="keyslots_missing"):
        read_slots(tmp_path / "missing")
    with pytest.raises(Unavailable, match="folder_unusable"):
        read_slots(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="Windows knows owners by access lists, not by mode bits")
def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    slots.create(tmp_path / "keyslots.json", "db", bytes(32), [CODE])
    assert stat.S_IMODE((tmp_path / "keyslots.json").stat().st_mode) == 0o600


def _assert_damaged(data: bytes) -> None:
    with pytest.raises(AppError) as caught:
        parse_slots(data)
    assert caught.value.code == "keyslots_damaged"
