"""Who a seat is and who a receiver is: single-purpose keys, kept as a few texts inside the encrypted database.

Signing keys are Ed25519, receiving keys are age X25519; where packages are sealed by suite gm-1, keys of SM2 stand beside them.
No key signs and opens, and no online key does two things.
"""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Final, TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.errors import Unavailable

SEED_BYTES: Final = 32

_SECRET_MARK: Final = "AGE-SECRET-KEY-1"
_RECIPIENT_MARK: Final = "age1"
_ID_DIGITS: Final = 16
_SM2: Final = "sm2"


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
    """A pair of keys of a computer: one signs its packages, one opens what is sealed to it."""

    signing: SigningKey
    receiving: ReceivingKey

    @classmethod
    def make(cls, receiving: ReceivingKey) -> "SeatPair":
        """A pair with a new signing key."""
        return cls(signing=SigningKey.make(), receiving=receiving)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatIdentity:
    """One computer of a station: it signs packages and opens replies. Made at set-up, before any enrolment (decision 13).

    `first` is the signing key that it is called by, where another one signs now; `coming` the pair that the body was asked to
    enrol, used from the trust list on that names it; `former` still opens what is on its way, the newest first.
    """

    signing: SigningKey
    receiving: ReceivingKey
    sm2: SeatSm2 | None = None
    first: SigningKey | None = None
    coming: SeatPair | None = None
    former: tuple[ReceivingKey, ...] = ()

    @classmethod
    def make(cls, receiving: ReceivingKey) -> "SeatIdentity":
        """A new seat with a new signing key."""
        return cls(signing=SigningKey.make(), receiving=receiving)

    @property
    def seat_id(self) -> str:
        """What revisions call the seat in `_by`: 16 hexadecimal digits, derived from its first signing key for ever."""
        return self.called_by.short

    @property
    def called_by(self) -> SigningKey:
        """The signing key that it was enrolled with first, which its cards for other computers are signed with."""
        return self.first or self.signing

    @property
    def opening(self) -> tuple[ReceivingKey, ...]:
        """Every key that something may be sealed to which has not been opened yet."""
        return (self.receiving, *([self.coming.receiving] if self.coming else []), *self.former)

    def renewed(self) -> "SeatIdentity":
        """The same computer with the pair that was coming in use, and the receiving key before it kept."""
        if self.coming is None:
            return self
        former = (self.receiving, *self.former)
        signing, receiving = self.coming.signing, self.coming.receiving
        return replace(self, signing=signing, receiving=receiving, first=self.called_by, coming=None, former=former)

    def to_texts(self) -> dict[str, str]:
        """The identity as texts to be stored encrypted; `from_texts` gives it back."""
        texts = {"signing": _seed_text(self.signing), **_receiving_texts("receiving", self.receiving)}
        if self.first:
            texts["first"] = _seed_text(self.first)
        if self.coming:
            texts |= {"coming": _seed_text(self.coming.signing), **_receiving_texts("coming", self.coming.receiving)}
        for place, key in enumerate(self.former):
            texts |= _receiving_texts(f"former-{place}", key)
        return texts | _sm2_texts(self.sm2)

    @classmethod
    def from_texts(cls, texts: Mapping[str, str]) -> "SeatIdentity":
        """Raises `Unavailable("identity_damaged", part)`."""
        former = sum(name.startswith("former-") and name.endswith(".recipient") for name in texts)
        coming = any(name.partition(".")[0] == "coming" for name in texts)
        return cls(
            signing=_signing(texts, "signing"),
            receiving=_receiving(texts, "receiving"),
            sm2=_sm2(SeatSm2, texts),
            first=_signing(texts, "first") if "first" in texts else None,
            coming=SeatPair(signing=_signing(texts, "coming"), receiving=_receiving(texts, "coming")) if coming else None,
            former=tuple(_receiving(texts, f"former-{place}") for place in range(former)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiverIdentity:
    """The online keys of a receiving body: one signs trust lists, one receipts, one replies; the newest receiving key first."""

    trust: SigningKey
    receipt: SigningKey
    reply: SigningKey
    receiving: tuple[ReceivingKey, ...]
    sm2: BodySm2 | None = None

    @classmethod
    def make(cls, receiving: ReceivingKey) -> "ReceiverIdentity":
        """A new receiver with three new signing keys."""
        return cls(trust=SigningKey.make(), receipt=SigningKey.make(), reply=SigningKey.make(), receiving=(receiving,))

    def with_signing(self, purpose: str, newest: SigningKey) -> "ReceiverIdentity":
        """The receiver with another key that signs "trust", "receipt" or "reply"."""
        kept = {"trust": self.trust, "receipt": self.receipt, "reply": self.reply}
        if purpose not in kept:
            raise ValueError(purpose)
        signing = kept | {purpose: newest}
        return replace(self, trust=signing["trust"], receipt=signing["receipt"], reply=signing["reply"])

    def with_receiving(self, newest: ReceivingKey) -> "ReceiverIdentity":
        """The receiver with a further receiving key; the older ones still open what is on its way."""
        return replace(self, receiving=(newest, *self.receiving))

    def to_texts(self) -> dict[str, str]:
        """The identity as texts to be stored encrypted; `from_texts` gives it back."""
        texts = {name: _seed_text(key) for name, key in (("trust", self.trust), ("receipt", self.receipt), ("reply", self.reply))}
        for place, key in enumerate(self.receiving):
            texts |= _receiving_texts(f"receiving-{place}", key)
        return texts | _sm2_texts(self.sm2)

    @classmethod
    def from_texts(cls, texts: Mapping[str, str]) -> "ReceiverIdentity":
        """Raises `Unavailable("identity_damaged", part)`."""
        held = sum(name.endswith(".recipient") for name in texts)
        return cls(
            trust=_signing(texts, "trust"),
            receipt=_signing(texts, "receipt"),
            reply=_signing(texts, "reply"),
            receiving=tuple(_receiving(texts, f"receiving-{place}") for place in range(max(held, 1))),
            sm2=_sm2(BodySm2, texts),
        )


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


def _sm2_texts(keys: SeatSm2 | BodySm2 | None) -> dict[str, str]:
    if keys is None:
        return {}
    pairs: dict[str, Sm2Pair] = {each.name: getattr(keys, each.name) for each in fields(keys)}
    secrets = {f"{_SM2}-{name}.secret": base64.b64encode(pair.secret).decode() for name, pair in pairs.items()}
    return secrets | {f"{_SM2}-{name}.public": base64.b64encode(pair.public).decode() for name, pair in pairs.items()}


def _sm2(cls: type[_Sm2], texts: Mapping[str, str]) -> _Sm2 | None:
    """The SM2 keys among the texts, all of them or none."""
    names = [each.name for each in fields(cls)]
    if not any(f"{_SM2}-{name}.secret" in texts for name in names):
        return None
    return cls(**{name: _sm2_pair(texts, f"{_SM2}-{name}") for name in names})


def _sm2_pair(texts: Mapping[str, str], name: str) -> Sm2Pair:
    try:
        secret, public = (base64.b64decode(texts[f"{name}.{part}"], validate=True) for part in ("secret", "public"))
        return Sm2Pair(secret=secret, public=public)
    except (KeyError, binascii.Error, ValueError):
        raise Unavailable("identity_damaged", part=name) from None
