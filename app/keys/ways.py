"""The ways to a data key: the desktop's keyring, the recovery code on paper, a passphrase, a code deposited with the congress.

Each way gives a 32-byte secret. What it must know to give the same secret again (an account, a salt) stands in its slot in
the open; the secret never does.
"""

import base64
import binascii
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import ClassVar, Final, Protocol

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.errors import AppError, Refused, Unavailable
from app.keys import recovery_code
from app.keys.desktop_keyring import DesktopKeyring
from app.keys.passphrase import Passphrase, read_text_file

SECRET_BYTES: Final = 32
SERVICE: Final = "llz"

Facts = Mapping[str, object]
"""What a slot says in the open about its way."""


class SlotType(StrEnum):
    """The ways this program knows; a slot of another type is kept as it is."""

    KEYRING = "keyring"
    RECOVERY = "recovery"
    PASSPHRASE = "passphrase"
    ESCROW = "escrow"


class Way(Protocol):
    """One way to a data key."""

    type: ClassVar[SlotType]
    wrong: ClassVar[str]
    """The code of the error where the secret is not the slot's."""

    def found(self) -> tuple[Facts, bytes]:
        """The facts and the secret of a new slot."""

    def secret(self, facts: Facts) -> bytes:
        """The secret for a slot with these facts; raises an `AppError` where there is none."""

    def give_up(self, facts: Facts) -> None:
        """What lies outside the slot for it is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyringWay:
    """A random secret kept by the desktop; every new slot has an entry of its own, so that no old one is overwritten."""

    type: ClassVar[SlotType] = SlotType.KEYRING
    wrong: ClassVar[str] = "keyring_wrong"

    account: str
    service: str = SERVICE
    keyring: DesktopKeyring = field(default_factory=DesktopKeyring)

    def found(self) -> tuple[Facts, bytes]:
        """Raises what `DesktopKeyring.keep` raises."""
        secret = secrets.token_bytes(SECRET_BYTES)
        facts = {"service": self.service, "account": f"{self.account}/{secrets.token_hex(4)}"}
        self.keyring.keep(facts["service"], facts["account"], _short(secret))
        return facts, secret

    def secret(self, facts: Facts) -> bytes:
        """Raises `Refused("keyring_entry_missing")`, `Refused("keyring_wrong")`, or what `DesktopKeyring.recall` raises."""
        kept = self.keyring.recall(_text(facts, "service"), _text(facts, "account"))
        if kept is None:
            raise Refused("keyring_entry_missing")
        return _long(kept)

    def give_up(self, facts: Facts) -> None:
        """The entry is deleted where the keyring can be asked."""
        self.keyring.forget(_text(facts, "service"), _text(facts, "account"))


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryWay:
    """The 48 digits on paper; `label` is printed beside them, so that a person knows which sheet is the valid one."""

    type: ClassVar[SlotType] = SlotType.RECOVERY
    wrong: ClassVar[str] = "recovery_wrong"

    code: str = field(repr=False)
    label: str = ""

    @classmethod
    def make(cls, label: str) -> "RecoveryWay":
        """A new code, to be printed with `label` (the day it was made)."""
        return cls(code=recovery_code.spell(recovery_code.make_secret()), label=label)

    @classmethod
    def from_file(cls, path: Path) -> "RecoveryWay":
        """The code that `path` holds and nothing else; raises as `read_text_file` does."""
        return cls(code=read_text_file(path))

    def found(self) -> tuple[Facts, bytes]:
        """Raises what `recovery_code.read` raises."""
        return {"id": self.label}, self.secret({})

    def secret(self, facts: Facts) -> bytes:
        """Raises what `recovery_code.read` raises; 128 random bits need no slow derivation."""
        return _of_code(self.code, b"llz recovery code")

    def give_up(self, facts: Facts) -> None:
        """Nothing to do: the paper is worth nothing once its slot is gone from every copy of the slot file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EscrowWay:
    """48 digits that nobody has seen: encrypted to the congress they stand in the slot, which `deposited` tells.

    Whoever opens by digits that two people there read out knows nothing of `deposited` and needs nothing of it.
    """

    type: ClassVar[SlotType] = SlotType.ESCROW
    wrong: ClassVar[str] = "escrow_wrong"

    code: str = field(repr=False)
    deposited: Facts = field(default_factory=dict)

    def found(self) -> tuple[Facts, bytes]:
        """Raises what `recovery_code.read` raises."""
        return self.deposited, self.secret({})

    def secret(self, facts: Facts) -> bytes:
        """Raises what `recovery_code.read` raises."""
        return _of_code(self.code, b"llz escrow code")

    def give_up(self, facts: Facts) -> None:
        """Nothing to do: what lies in older copies of the slot file cannot be taken back from here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassphraseWay:
    """A passphrase asked at every start, stretched by Argon2id (RFC 9106): three passes over 64 MiB in four lanes."""

    type: ClassVar[SlotType] = SlotType.PASSPHRASE
    wrong: ClassVar[str] = "passphrase_wrong"

    passphrase: Passphrase

    def found(self) -> tuple[Facts, bytes]:
        """Takes a tenth of a second and 64 MiB."""
        salt = base64.b64encode(secrets.token_bytes(16)).decode()
        facts = {"kdf": "argon2id", "t": 3, "m_kib": 64 * 1024, "p": 4, "salt": salt}
        return facts, self.secret(facts)

    def secret(self, facts: Facts) -> bytes:
        """Raises `Unavailable("keyslots_damaged")` for costs that no slot of ours has and no computer should pay."""
        derivation = Argon2id(
            salt=_salt(facts),
            length=SECRET_BYTES,
            iterations=_cost(facts, "t", 1, 16),
            memory_cost=_cost(facts, "m_kib", 8 * 1024, 1024 * 1024),
            lanes=_cost(facts, "p", 1, 16),
        )
        return derivation.derive(self.passphrase.secret)

    def give_up(self, facts: Facts) -> None:
        """Nothing to do: nothing lies outside the slot."""


def _of_code(code: str, purpose: bytes) -> bytes:
    derivation = HKDF(algorithm=hashes.SHA256(), length=SECRET_BYTES, salt=None, info=purpose)
    return derivation.derive(recovery_code.read(code))


def _short(secret: bytes) -> str:
    return base64.urlsafe_b64encode(secret).decode().rstrip("=")


def _long(kept: str) -> bytes:
    try:
        secret = base64.b64decode(kept + "=" * (-len(kept) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    if len(secret) != SECRET_BYTES:
        raise Refused("keyring_wrong")
    return secret


def _text(facts: Facts, name: str) -> str:
    value = facts.get(name)
    if type(value) is not str:
        raise _damaged(name)
    return value


def _cost(facts: Facts, name: str, least: int, most: int) -> int:
    value = facts.get(name)
    if type(value) is not int or not least <= value <= most or facts.get("kdf") != "argon2id":
        raise _damaged(name)
    return value


def _salt(facts: Facts) -> bytes:
    try:
        salt = base64.b64decode(_text(facts, "salt"), validate=True)
    except (binascii.Error, ValueError):
        raise _damaged("salt") from None
    if not 8 <= len(salt) <= 64:
        raise _damaged("salt")
    return salt


def _damaged(name: str) -> AppError:
    return Unavailable("keyslots_damaged", reason=name)
