"""A receiving key in two shares, so that nobody opens with it alone: each is worth nothing without the other.

The secret text is combined with as many random bytes (XOR): those bytes are one share, the outcome the other. Either of them
alone could belong to every secret there is, whatever anybody can reckon. Each share lies in a file under its keeper's own
passphrase (Argon2id, AES-256-GCM), so a keeper changes or guards theirs without the other one.
"""

import base64
import binascii
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.errors import AppError, Refused
from app.keys.identities import ReceivingKey
from app.keys.passphrase import Passphrase
from app.keys.slot_file import digest_of, packed
from app.keys.ways import PassphraseWay

FORMAT: Final = "llz-escrow-share/1"
LARGEST: Final = 16 * 1024
"""Bytes of a share's file."""

_NONCE_BYTES: Final = 12
_MEMBERS: Final = frozenset({"format", "recipient", "number", "kdf", "t", "m_kib", "p", "salt", "nonce", "share", "digest"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeper:
    """What one of the two brings: the file of a share, and the passphrase it lies under."""

    file: bytes = field(repr=False)
    passphrase: Passphrase = field(repr=False)


def split(key: ReceivingKey, first: Passphrase, second: Passphrase) -> tuple[bytes, bytes]:
    """The files of the two shares; raises `Refused("shares_one_passphrase")` where both keepers would have the same."""
    if first.secret == second.secret:
        raise Refused("shares_one_passphrase")
    secret = key.secret.encode()
    mask = secrets.token_bytes(len(secret))
    return _file(key.recipient, 1, mask, first), _file(key.recipient, 2, _combined(mask, secret), second)


def joined(one: Keeper, other: Keeper) -> ReceivingKey:
    """The key again; in whatever order the two come.

    Raises `Refused` with `share_malformed(number)`, `share_damaged(number)`, `shares_same`, `shares_foreign` or
    `share_passphrase_wrong(number)`; a number is that of the file given, 1 or 2.
    """
    documents = [_document(keeper.file, number) for number, keeper in enumerate((one, other), start=1)]
    if documents[0]["recipient"] != documents[1]["recipient"]:
        raise Refused("shares_foreign")
    if documents[0]["number"] == documents[1]["number"]:
        raise Refused("shares_same")
    parts = [_opened(document, keeper.passphrase, number) for number, (document, keeper) in _numbered(documents, one, other)]
    try:
        return ReceivingKey(secret=_combined(*parts).decode(), recipient=documents[0]["recipient"])
    except ValueError:  # of two divisions of one key, which this program never makes
        raise Refused("shares_foreign") from None


def _numbered(documents: list[dict[str, Any]], *keepers: Keeper) -> enumerate[tuple[dict[str, Any], Keeper]]:
    return enumerate(zip(documents, keepers, strict=True), start=1)


def _file(recipient: str, number: int, share: bytes, passphrase: Passphrase) -> bytes:
    facts, secret = PassphraseWay(passphrase=passphrase).found()
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = AESGCM(secret).encrypt(nonce, share, _bound_to(recipient, number))
    document: dict[str, Any] = {"format": FORMAT, "recipient": recipient, "number": number, **facts}
    document |= {"nonce": packed(nonce), "share": packed(sealed)}
    return (json.dumps(document | {"digest": digest_of(document)}, indent=1) + "\n").encode()


def _document(data: bytes, number: int) -> dict[str, Any]:
    try:
        document = json.loads(data.decode()) if len(data) <= LARGEST else None
    except (ValueError, RecursionError):
        document = None
    if type(document) is not dict or document.keys() != _MEMBERS or document["format"] != FORMAT:
        raise Refused("share_malformed", number=number)
    sound = document["digest"] == digest_of(document)
    if not sound or type(document["recipient"]) is not str or type(document["number"]) is not int:
        raise Refused("share_damaged", number=number)
    return document


def _opened(document: Mapping[str, Any], passphrase: Passphrase, number: int) -> bytes:
    try:
        nonce, sealed = (base64.b64decode(document[name], validate=True) for name in ("nonce", "share"))
        secret = PassphraseWay(passphrase=passphrase).secret(document)
        return AESGCM(secret).decrypt(nonce, sealed, _bound_to(document["recipient"], document["number"]))
    except InvalidTag:
        raise Refused("share_passphrase_wrong", number=number) from None
    except (AppError, TypeError, ValueError, binascii.Error):
        raise Refused("share_damaged", number=number) from None


def _combined(one: bytes, other: bytes) -> bytes:
    return bytes(left ^ right for left, right in zip(one, other, strict=True))


def _bound_to(recipient: str, number: int) -> bytes:
    return f"{FORMAT}\n{recipient}\n{number}".encode()
