"""A key in two shares: both open it, one alone nothing; what is damaged, foreign or mistyped is told by its number."""

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest

from app.errors import Refused
from app.keys import shares
from app.keys.identities import ReceivingKey
from app.keys.passphrase import Passphrase
from app.keys.shares import Keeper
from app.keys.slot_file import digest_of
from app.keys.ways import PassphraseWay
from app.packages.receiving_key import make_receiving_key

FIRST, SECOND = Passphrase("第一位保管人"), Passphrase("第二位保管人")


def new_key() -> ReceivingKey:
    secret, recipient = make_receiving_key()
    return ReceivingKey(secret=secret, recipient=recipient)


@pytest.fixture(scope="module")
def key() -> ReceivingKey:
    return new_key()


@pytest.fixture(scope="module")
def files(key: ReceivingKey) -> tuple[bytes, bytes]:
    return shares.split(key, FIRST, SECOND)


def refused(one: Keeper, other: Keeper) -> tuple[str, dict[str, object]]:
    with pytest.raises(Refused) as caught:
        shares.joined(one, other)
    return caught.value.code, caught.value.facts


def test_two_keepers_together_have_the_key_in_either_order(key: ReceivingKey, files: tuple[bytes, bytes]) -> None:
    one, other = Keeper(file=files[0], passphrase=FIRST), Keeper(file=files[1], passphrase=SECOND)
    assert shares.joined(one, other) == shares.joined(other, one) == key


def test_one_share_opened_tells_nothing_of_the_key(key: ReceivingKey, files: tuple[bytes, bytes]) -> None:
    opened = []
    for file, words in zip(files, (FIRST, SECOND), strict=True):
        document = json.loads(file)
        opened.append(shares._opened(document, words, 1))
        assert key.secret not in file.decode()
    assert all(key.secret.encode() != each and b"AGE-SECRET" not in each for each in opened)
    again = [
        shares._opened(json.loads(file), words, 1)
        for file, words in zip(shares.split(key, FIRST, SECOND), (FIRST, SECOND), strict=True)
    ]
    assert not set(opened) & set(again), "the same key is divided differently every time"


def test_one_person_alone_opens_nothing(files: tuple[bytes, bytes]) -> None:
    alone = Keeper(file=files[0], passphrase=FIRST)
    assert refused(alone, alone) == ("shares_same", {})
    assert refused(alone, Keeper(file=files[1], passphrase=FIRST)) == ("share_passphrase_wrong", {"number": 2})
    assert refused(Keeper(file=files[0], passphrase=SECOND), alone)[0] == "shares_same"


def test_nobody_keeps_both_under_one_passphrase(key: ReceivingKey) -> None:
    with pytest.raises(Refused, match="shares_one_passphrase"):
        shares.split(key, FIRST, FIRST)


def test_shares_of_two_keys_do_not_go_together(files: tuple[bytes, bytes]) -> None:
    others = shares.split(new_key(), FIRST, SECOND)
    assert refused(Keeper(file=files[0], passphrase=FIRST), Keeper(file=others[1], passphrase=SECOND)) == ("shares_foreign", {})


def test_no_byte_of_a_share_can_change_unnoticed(files: tuple[bytes, bytes]) -> None:
    other = Keeper(file=files[1], passphrase=SECOND)
    for place in range(0, len(files[0]), 7):
        changed = bytearray(files[0])
        changed[place] ^= 1
        code, facts = refused(Keeper(file=bytes(changed), passphrase=FIRST), other)
        assert (code in {"share_damaged", "share_malformed"}, facts) == (True, {"number": 1}), place


def mended(file: bytes, **changed: Any) -> bytes:
    document = json.loads(file) | changed
    return json.dumps(document | {"digest": digest_of(document)}).encode()


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda file: b"", "share_malformed"),
        (lambda file: b"[" * 20_000, "share_malformed"),
        (lambda file: b"{}", "share_malformed"),
        (lambda file: file[:-20], "share_malformed"),
        (lambda file: mended(file, format="llz-escrow-share/2"), "share_malformed"),
        (lambda file: mended(file, number="1"), "share_damaged"),
        (lambda file: mended(file, share="%"), "share_damaged"),
        (lambda file: mended(file, share=7), "share_damaged"),
        (lambda file: mended(file, nonce=base64.b64encode(b"short").decode()), "share_damaged"),
        (lambda file: mended(file, m_kib=1 << 40), "share_damaged"),
        (lambda file: mended(file, number=3), "share_passphrase_wrong"),
    ],
)
def test_what_is_no_sound_share_is_told(files: tuple[bytes, bytes], spoil: Callable[[bytes], bytes], code: str) -> None:
    spoiled = Keeper(file=spoil(files[0]), passphrase=FIRST)
    assert refused(spoiled, Keeper(file=files[1], passphrase=SECOND)) == (code, {"number": 1})


def test_a_share_costs_as_much_to_guess_as_a_passphrase_slot(files: tuple[bytes, bytes]) -> None:
    facts = PassphraseWay(passphrase=FIRST).found()[0]
    document = json.loads(files[0])
    assert {name: document[name] for name in ("kdf", "t", "m_kib", "p")} == {
        name: facts[name] for name in ("kdf", "t", "m_kib", "p")
    }
