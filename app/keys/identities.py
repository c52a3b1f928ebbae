"""Who a seat is and who a receiver is: single-purpose keys, kept as a few texts inside the encrypted database.

Signing keys are Ed25519, receiving keys are age X25519; where packages are sealed by suite gm-1, keys of SM2 stand beside them.
No key signs and opens, and no online key does two things.
"""

import base64
import binascii
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from itertools import count, takewhile
from typing import Final, TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.errors import Unavailable

SEED_BYTES: Final = 32

_SECRET_MARK: Final = "AGE-SECRET-KEY-1"
_RECIPIENT_MARK: Final = "age1"
_ID_DIGITS: Final = 16
_SM2: Final = "sm2"
_RENEWED: Final = "renewed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """An Ed25519 key pair; a signer of envelopes. Its secret is in no representation and no error."""

    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.seed) != SEED_BYTES:
            raise ValueError("32 bytes")

    @classmethod
    def make(cls) -> "SigningKey":
        """A new random key."""
        return cls(seed=Ed25519PrivateKey.generate().private_bytes_raw())

    @property
    def public(self) -> bytes:
        """The raw public key, 32 bytes."""
        return self._key().public_key().public_bytes_raw()

    @property
    def short(self) -> str:
        """The first 16 hexadecimal digits of the SHA-256 of the public key."""
        return hashlib.sha256(self.public).hexdigest()[:_ID_DIGITS]

    @property
    def keyid(self) -> str:
        """The name an envelope looks the key up by."""
        return "ed25519:" + self.short

    def sign(self, pae: bytes) -> bytes:
        """The raw signature over `pae`, 64 bytes."""
        return self._key().sign(pae)

    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivingKey:
    """An age X25519 identity: `secret` opens what was encrypted to `recipient`."""

    secret: str = field(repr=False)
    recipient: str

    def __post_init__(self) -> None:
        if not self.secret.startswith(_SECRET_MARK) or not self.recipient.startswith(_RECIPIENT_MARK):
            raise ValueError("an age X25519 identity and its recipient")

    @property
    def kid(self) -> str:
        """The name a trust list calls the recipient by."""
        return "age:" + hashlib.sha256(self.recipient.encode()).hexdigest()[:_ID_DIGITS]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sm2Pair:
    """An SM2 key pair as it is kept: 32 secret bytes, and the uncompressed point. What it does `app.packages.sm2_keys` knows."""

    secret: bytes = field(repr=False)
    public: bytes

    def __post_init__(self) -> None:
        if (len(self.secret), len(self.public)) != (32, 65):
            raise ValueError("32 and 65 bytes")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatSm2:
    """The SM2 keys of a computer of a station."""

    signing: Sm2Pair
    receiving: Sm2Pair


@dataclass(frozen=True, slots=True, kw_only=True)
class BodySm2:
    """The SM2 keys of a receiving body: one signs receipts, one replies, one opens packages."""

    receipt: Sm2Pair
    reply: Sm2Pair
    receiving: Sm2Pair


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatPair:
    """The keys of a computer that were made together: one signs its packages, one opens what is sealed to it."""

    signing: SigningKey
    receiving: ReceivingKey


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatIdentity:
    """One computer of a station: it signs packages and opens replies. Made at set-up, before any enrolment (decision 13).

    The first pair is what it is called by, for ever; `renewed` are those made since, the newest last. Keys that were replaced
    stay: what was sealed to them may still come. So do those of SM2, of which the newest stand first in `sm2_keys`.
    """

    signing: SigningKey
    receiving: ReceivingKey
    renewed: tuple[SeatPair, ...] = ()
    sm2_keys: tuple[SeatSm2, ...] = ()

    @classmethod
    def make(cls, receiving: ReceivingKey) -> "SeatIdentity":
        """A new seat with a new signing key."""
        return cls(signing=SigningKey.make(), receiving=receiving)

    @property
    def seat_id(self) -> str:
        """What revisions call the seat in `_by`: 16 hexadecimal digits, derived from its first signing key."""
        return self.signing.short

    @property
    def pairs(self) -> tuple[SeatPair, ...]:
        """Its pairs of Ed25519 and age, the newest first."""
        return (*reversed(self.renewed), SeatPair(signing=self.signing, receiving=self.receiving))

    @property
    def sm2(self) -> SeatSm2 | None:
        """Its newest keys of SM2; None where it has none."""
        return next(iter(self.sm2_keys), None)

    def with_pair(self, newest: SeatPair) -> "SeatIdentity":
        """The seat with a further pair."""
        return replace(self, renewed=(*self.renewed, newest))

    def with_sm2(self, newest: SeatSm2) -> "SeatIdentity":
        """The seat with a further pair of SM2."""
        return replace(self, sm2_keys=(newest, *self.sm2_keys))

    def to_texts(self) -> dict[str, str]:
        """The identity as texts to be stored encrypted; `from_texts` gives it back."""
        texts = {"signing": _seed_text(self.signing), **_receiving_texts("receiving", self.receiving)}
        for place, pair in enumerate(self.renewed):
            name = f"{_RENEWED}-{place}"
            texts |= {f"{name}.signing": _seed_text(pair.signing), **_receiving_texts(name, pair.receiving)}
        return texts | _sm2_texts(self.sm2_keys)

    @classmethod
    def from_texts(cls, texts: Mapping[str, str]) -> "SeatIdentity":
        """Raises `Unavailable("identity_damaged", part)`."""
        many = sum(name.startswith(f"{_RENEWED}-") and name.endswith(".signing") for name in texts)
        names = [f"{_RENEWED}-{place}" for place in range(many)]
        return cls(
            signing=_signing(texts, "signing"),
            receiving=_receiving(texts, "receiving"),
            renewed=tuple(_pair(texts, name) for name in names),
            sm2_keys=_sm2(SeatSm2, texts),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiverIdentity:
    """The online keys of a receiving body: one signs trust lists, one receipts, one replies; the newest receiving key first."""

    trust: SigningKey
    receipt: SigningKey
    reply: SigningKey
    receiving: tuple[ReceivingKey, ...]
    sm2_keys: tuple[BodySm2, ...] = ()
    """The newest first; the receiving keys of the older ones still open what is on its way."""

    @classmethod
    def make(cls, receiving: ReceivingKey) -> "ReceiverIdentity":
        """A new receiver with three new signing keys."""
        return cls(trust=SigningKey.make(), receipt=SigningKey.make(), reply=SigningKey.make(), receiving=(receiving,))

    def with_receiving(self, newest: ReceivingKey) -> "ReceiverIdentity":
        """The receiver with a further receiving key; the older ones still open what is on its way."""
        return replace(self, receiving=(newest, *self.receiving))

    def with_sm2(self, newest: BodySm2) -> "ReceiverIdentity":
        """The receiver with further keys of SM2."""
        return replace(self, sm2_keys=(newest, *self.sm2_keys))

    @property
    def sm2(self) -> BodySm2 | None:
        """The newest keys of SM2; None where there are none."""
        return next(iter(self.sm2_keys), None)

    def to_texts(self) -> dict[str, str]:
        """The identity as texts to be stored encrypted; `from_texts` gives it back."""
        texts = {name: _seed_text(key) for name, key in (("trust", self.trust), ("receipt", self.receipt), ("reply", self.reply))}
        for place, key in enumerate(self.receiving):
            texts |= _receiving_texts(f"receiving-{place}", key)
        return texts | _sm2_texts(self.sm2_keys)

    @classmethod
    def from_texts(cls, texts: Mapping[str, str]) -> "ReceiverIdentity":
        """Raises `Unavailable("identity_damaged", part)`."""
        held = sum(name.endswith(".recipient") for name in texts)
        return cls(
            trust=_signing(texts, "trust"),
            receipt=_signing(texts, "receipt"),
            reply=_signing(texts, "reply"),
            receiving=tuple(_receiving(texts, f"receiving-{place}") for place in range(max(held, 1))),
            sm2_keys=_sm2(BodySm2, texts),
        )


def _pair(texts: Mapping[str, str], name: str) -> SeatPair:
    return SeatPair(signing=_signing(texts, f"{name}.signing"), receiving=_receiving(texts, name))


def _seed_text(key: SigningKey) -> str:
    return base64.b64encode(key.seed).decode()


def _receiving_texts(name: str, key: ReceivingKey) -> dict[str, str]:
    return {f"{name}.secret": key.secret, f"{name}.recipient": key.recipient}


def _signing(texts: Mapping[str, str], name: str) -> SigningKey:
    try:
        return SigningKey(seed=base64.b64decode(texts[name], validate=True))
    except (KeyError, binascii.Error, ValueError):
        raise Unavailable("identity_damaged", part=name) from None


def _receiving(texts: Mapping[str, str], name: str) -> ReceivingKey:
    try:
        return ReceivingKey(secret=texts[f"{name}.secret"], recipient=texts[f"{name}.recipient"])
    except (KeyError, ValueError):
        raise Unavailable("identity_damaged", part=name) from None


_Sm2 = TypeVar("_Sm2", SeatSm2, BodySm2)


def _sm2_texts(held: Sequence[SeatSm2 | BodySm2]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for mark, keys in zip(_marks(), held, strict=False):
        pairs: dict[str, Sm2Pair] = {each.name: getattr(keys, each.name) for each in fields(keys)}
        texts |= {f"{mark}-{name}.secret": base64.b64encode(pair.secret).decode() for name, pair in pairs.items()}
        texts |= {f"{mark}-{name}.public": base64.b64encode(pair.public).decode() for name, pair in pairs.items()}
    return texts


def _sm2(cls: type[_Sm2], texts: Mapping[str, str]) -> tuple[_Sm2, ...]:
    """The SM2 keys among the texts, the newest first; each of them all or none."""
    names = [each.name for each in fields(cls)]
    held = takewhile(lambda mark: any(f"{mark}-{name}.secret" in texts for name in names), _marks())
    return tuple(cls(**{name: _sm2_pair(texts, f"{mark}-{name}") for name in names}) for mark in held)


def _marks() -> Iterator[str]:
    """What the names of the newest keys of SM2 begin with, then those of the older ones."""
    yield _SM2
    yield from (f"{_SM2}.{place}" for place in count(1))


def _sm2_pair(texts: Mapping[str, str], name: str) -> Sm2Pair:
    try:
        secret, public = (base64.b64decode(texts[f"{name}.{part}"], validate=True) for part in ("secret", "public"))
        return Sm2Pair(secret=secret, public=public)
    except (KeyError, binascii.Error, ValueError):
        raise Unavailable("identity_damaged", part=name) from None
