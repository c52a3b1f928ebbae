"""Encryption of content in suite gm-1: SM4 in counter mode, then HMAC-SM3 over IV and ciphertext, as streams.

The two keys of a package, 16 and 32 bytes, are one content key of 48, wrapped for each reader with SM2. What opens the payload
stands in the signed statement. Nothing is decrypted before the MAC was found right: a payload is read once for it and once more.
"""

import base64
import binascii
import hmac
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import BinaryIO, Final, Protocol

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hmac import HMAC

from app.errors import AppError, Unavailable
from app.packages import sm2
from app.packages.digests import Algorithm, Digest
from app.packages.envelope import keyid_of
from app.packages.faults import PackageFault
from app.packages.statement import Locks, WrappedKey

PIECE: Final = 1 << 18
CONTENT_KEY_BYTES: Final = 48

_CIPHER_KEY_BYTES: Final = 16
_IV_BYTES: Final = 16


class Unwrapper(Protocol):
    """Somebody who opens content keys with one SM2 key; where it lies is his affair (`docs/hardware-keys.md`)."""

    @property
    def kid(self) -> str:
        """`keyid_of` his public key."""

    def unwrap(self, wrapped: bytes) -> bytes:
        """The content key; `ValueError`, always the same, for what was not wrapped for him; an `AppError` where he cannot try."""


def encrypt(pieces: Iterable[bytes], write: Callable[[bytes], int], recipients: Sequence[str]) -> Locks:
    """Encrypt `pieces` for `recipients` (public keys in base64), handing the ciphertext to `write` as it comes.

    Whatever `pieces` or `write` raises comes out as it is. Raises `PackageFault("E_NO_KEY", recipient)` for what is no recipient.
    """
    publics = {keyid_of(each): each for each in map(public_of, recipients)}
    if not publics:
        raise PackageFault("E_NO_KEY", recipient="")
    key, iv = secrets.token_bytes(CONTENT_KEY_BYTES), secrets.token_bytes(_IV_BYTES)
    cipher, mac = _cipher(key, iv).encryptor(), _mac(key, iv)
    for piece in pieces:
        ciphertext = cipher.update(piece)
        mac.update(ciphertext)
        write(ciphertext)
    return Locks(iv=iv.hex(), mac=mac.finalize().hex(), keys=tuple(_wrapped(key, kid, publics[kid]) for kid in sorted(publics)))


@contextmanager
def decrypting(file: BinaryIO, size: int, locks: Locks, unwrappers: Sequence[Unwrapper]) -> Iterator["Plaintext"]:
    """The plaintext of the next `size` bytes of `file`, which can seek, once their MAC is known to be right.

    Raises `PackageFault` with E_NO_KEY where the content key is wrapped for none of the readers, E_DECRYPT where it cannot be
    unwrapped or the MAC is another; an `OSError` of the disk and an `AppError` of a device come out as they are.
    """
    key, iv = _content_key(locks, {each.kid: each for each in unwrappers}), bytes.fromhex(locks.iv)
    start, mac = file.tell(), _mac(key, iv)
    for piece in _pieces(file, size):
        mac.update(piece)
    if not hmac.compare_digest(mac.finalize(), bytes.fromhex(locks.mac)):
        raise PackageFault("E_DECRYPT", reason="mac")
    file.seek(start)
    yield Plaintext(_pieces(file, size), _cipher(key, iv))


class Plaintext:
    """Plaintext as it comes, and the digest of the ciphertext it came from."""

    def __init__(self, pieces: Iterator[bytes], cipher: Cipher[modes.CTR]) -> None:
        self._pieces = pieces
        self._cipher = cipher.decryptor()
        self._digest = Digest(Algorithm.SM3)

    def read(self) -> bytes:
        """The next piece, of 256 KiB; empty at the end."""
        piece = next(self._pieces, b"")
        self._digest.update(piece)
        return self._cipher.update(piece)

    def digest(self) -> str:
        """The digest of the ciphertext; complete once `read` has come to the end."""
        return self._digest.named()


def public_of(recipient: str) -> bytes:
    """The public key that a recipient is; raises `PackageFault("E_NO_KEY", recipient)`."""
    try:
        public = base64.b64decode(recipient, validate=True)
    except (binascii.Error, ValueError):
        public = b""
    if not sm2.is_public(public) or base64.b64encode(public).decode() != recipient:
        raise PackageFault("E_NO_KEY", recipient=recipient[:80])
    return public


def is_recipient(text: str) -> bool:
    """Whether a text is a recipient."""
    try:
        public_of(text)
    except PackageFault:
        return False
    return True


def _wrapped(key: bytes, kid: str, public: bytes) -> WrappedKey:
    return WrappedKey(kid=kid, key=base64.b64encode(sm2.wrap(public, key)).decode())


def _content_key(locks: Locks, unwrappers: Mapping[str, Unwrapper]) -> bytes:
    ours = next((each for each in locks.keys if each.kid in unwrappers), None)
    if ours is None:
        raise PackageFault("E_NO_KEY", recipient="")
    try:
        key = unwrappers[ours.kid].unwrap(base64.b64decode(ours.key, validate=True))
    except AppError:
        raise
    except ValueError:
        raise PackageFault("E_DECRYPT", reason="key") from None
    except Exception as error:  # drivers bring errors of their own, with no common class
        raise Unavailable("signer_failed", keyid=ours.kid, reason=type(error).__name__) from error
    if len(key) != CONTENT_KEY_BYTES:
        raise PackageFault("E_DECRYPT", reason="key")
    return key


def _pieces(file: BinaryIO, size: int) -> Iterator[bytes]:
    left = size
    while left and (piece := file.read(min(PIECE, left))):
        left -= len(piece)
        yield piece


def _cipher(key: bytes, iv: bytes) -> Cipher[modes.CTR]:
    return Cipher(algorithms.SM4(key[:_CIPHER_KEY_BYTES]), modes.CTR(iv))


def _mac(key: bytes, iv: bytes) -> HMAC:
    mac = HMAC(key[_CIPHER_KEY_BYTES:], hashes.SM3())
    mac.update(iv)
    return mac
