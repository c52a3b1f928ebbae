"""SM2 keys that lie in the program's own database, as signer and as unwrapper; a device takes their place by the same members."""

import base64
from dataclasses import dataclass, field
from typing import Protocol

from app.packages import sm2
from app.packages.envelope import keyid_of
from app.packages.sm4 import CONTENT_KEY_BYTES


class Pair(Protocol):
    """An SM2 key pair as it is kept."""

    @property
    def secret(self) -> bytes: ...

    @property
    def public(self) -> bytes: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Sm2SigningKey:
    """An SM2 key pair that signs envelopes. Its secret is in no representation and no error."""

    secret: bytes = field(repr=False)
    public: bytes

    @property
    def keyid(self) -> str:
        """The name an envelope looks the key up by."""
        return keyid_of(self.public)

    def sign(self, pae: bytes) -> bytes:
        """The signature over `pae`, as DER."""
        return sm2.sign(self.secret, self.public, pae)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sm2ReceivingKey:
    """An SM2 key pair that opens what was sealed to `recipient`."""

    secret: bytes = field(repr=False)
    public: bytes

    @property
    def kid(self) -> str:
        """The name a statement calls the recipient by."""
        return keyid_of(self.public)

    def to_pem(self) -> bytes:
        """The key pair for common tools, not encrypted."""
        return sm2.to_pem(self.secret, self.public)

    @property
    def recipient(self) -> str:
        """The public key as trust lists write it."""
        return base64.b64encode(self.public).decode()

    def unwrap(self, wrapped: bytes) -> bytes:
        """The content key of a package; raises `ValueError` for what was not wrapped for this key."""
        return sm2.unwrap(self.secret, wrapped, CONTENT_KEY_BYTES)


def signing_key_of(pair: Pair) -> Sm2SigningKey:
    """A kept pair as a signer."""
    return Sm2SigningKey(secret=pair.secret, public=pair.public)


def receiving_key_of(pair: Pair) -> Sm2ReceivingKey:
    """A kept pair as an unwrapper."""
    return Sm2ReceivingKey(secret=pair.secret, public=pair.public)
