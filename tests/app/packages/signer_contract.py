"""The contract of a signing key, wherever it lies (`docs/hardware-keys.md`), as clauses that a provider keeps or breaks."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Final, Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from app.errors import AppError
from app.packages import sm2
from app.packages.envelope import Signer, keyid_of
from tests.app.packages.pluggable import Removable, all_at_once, away, words_of

MESSAGES: Final = (b"", b"x", "DSSEv1 4 类型 2 ok".encode(), bytes(300_000))


class Device(Removable, Protocol):
    """A provider under test: its signer, and what can be done to the thing that holds the key."""

    signer: Signer
    secrets: tuple[bytes, ...]
    """What must stand in no representation, as far as the test knows it."""


def signs(device: Device) -> bool:
    """Over exactly the bytes given, of any length: no digest first, no wrapping, no other key; SM2 as DER, under the one ID."""
    return all(_good(device.signer, message) for message in MESSAGES)


def is_named_by_its_key(device: Device) -> bool:
    """`keyid` is `keyid_of` the public key, at every asking."""
    signer = device.signer
    return all((signer.keyid, signer.public) == (keyid_of(signer.public), device.signer.public) for _ in range(3))


def keeps_its_secret(device: Device) -> bool:
    """No secret in what the signer or its errors say of themselves."""
    said = [repr(device.signer), str(device.signer)]
    with away(device):
        try:
            device.signer.sign(b"x")
        except Exception as error:
            said += words_of(error)
    spelt = [form for secret in device.secrets for form in (repr(secret)[2:-1], secret.hex())]
    return not any(form in each for form in spelt for each in said)


def tells_its_absence(device: Device) -> bool:
    """A device that is away is an `AppError` with a code, never an error of its driver, never a signature."""
    with away(device):
        try:
            device.signer.sign(b"x")
        except AppError as error:
            return bool(error.code)
        except Exception:
            return False
        return False


def comes_back(device: Device) -> bool:
    """Once it is there again it signs, without a restart of the program."""
    with away(device), suppress(Exception):
        device.signer.sign(b"x")
    return _good(device.signer, b"again")


def serves_two_at_once(device: Device) -> bool:
    """Two threads that sign at the same time each get the signature of their own bytes."""

    def some_of(message: bytes) -> Callable[[], bool]:
        return lambda: all(_good(device.signer, message + bytes([turn])) for turn in range(50))

    return all_at_once(some_of(b"one"), some_of(b"other"))


CLAUSES: Final[Mapping[str, Callable[[Device], bool]]] = {
    clause.__name__: clause
    for clause in (signs, is_named_by_its_key, keeps_its_secret, tells_its_absence, comes_back, serves_two_at_once)
}
"""Every clause by its name, as the docs list them."""


def broken(device: Device) -> set[str]:
    """The clauses that a provider does not keep."""
    return {name for name, holds in CLAUSES.items() if not holds(device)}


def _good(signer: Signer, message: bytes) -> bool:
    try:
        signature = signer.sign(message)
        if signer.keyid.startswith("sm2:"):
            return sm2.verifies(signer.public, signature, message)
        Ed25519PublicKey.from_public_bytes(signer.public).verify(signature, message)
    except Exception:  # whatever a double answers with is no signature
        return False
    return len(signature) == 64
