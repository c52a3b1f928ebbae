"""The contract of a receiving key of gm-1, wherever it lies (`docs/hardware-keys.md`), as clauses that are kept or broken."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Final, Protocol

from app.errors import AppError
from app.packages import sm2
from app.packages.envelope import keyid_of
from app.packages.sm4 import CONTENT_KEY_BYTES, Unwrapper
from tests.app.packages.pluggable import Removable, all_at_once, away, words_of

KEYS: Final = tuple(bytes([number]) * CONTENT_KEY_BYTES for number in (0, 1, 255))


class OpeningDevice(Removable, Protocol):
    """A provider under test: its unwrapper, its public key, and what can be done to the thing that holds the key."""

    unwrapper: Unwrapper
    secrets: tuple[bytes, ...]
    """What must stand in no representation, as far as the test knows it; the content keys beside them."""

    @property
    def public(self) -> bytes:
        """The public key to which a trust list has packages sealed."""


def opens(device: OpeningDevice) -> bool:
    """Exactly the 48 bytes that were wrapped, each time they are asked for, whatever was opened before."""
    return all(_good(device, key) for key in (*KEYS, KEYS[0]))


def is_named_by_its_key(device: OpeningDevice) -> bool:
    """`kid` is `keyid_of` the public key, at every asking, also while the device is away."""
    names = [device.unwrapper.kid for _ in range(2)]
    with away(device):
        names.append(device.unwrapper.kid)
    return set(names) == {keyid_of(device.public)}


def refuses_alike(device: OpeningDevice) -> bool:
    """Whatever is wrong with what was wrapped, it is one `ValueError` with the same words."""
    said = set()
    for each in spoiled(device.public):
        try:
            device.unwrapper.unwrap(each)
        except ValueError as error:
            said.add(str(error))
        except Exception:
            return False
        else:
            return False
    return len(said) == 1


def keeps_its_secret(device: OpeningDevice) -> bool:
    """No secret and no content key in what the unwrapper or its errors say of themselves."""
    key = bytes(range(CONTENT_KEY_BYTES))
    said = [repr(device.unwrapper), str(device.unwrapper)]
    whole = sm2.wrap(device.public, key)
    with suppress(Exception):
        device.unwrapper.unwrap(whole)
    said += [repr(device.unwrapper)]
    for each in spoiled(device.public, key):
        said += _words_of(device, each)
    with away(device):
        said += _words_of(device, whole)
    spelt = [form for secret in (*device.secrets, key) for form in (repr(secret)[2:-1], secret.hex())]
    return not any(form in each for form in spelt for each in said)


def tells_its_absence(device: OpeningDevice) -> bool:
    """A device that is away is an `AppError` with a code: never its driver's error, a `ValueError`, or a key."""
    with away(device):
        try:
            device.unwrapper.unwrap(sm2.wrap(device.public, KEYS[1]))
        except AppError as error:
            return bool(error.code)
        except Exception:
            return False
        return False


def comes_back(device: OpeningDevice) -> bool:
    """Once it is there again it opens, without a restart of the program."""
    with away(device), suppress(Exception):
        device.unwrapper.unwrap(sm2.wrap(device.public, KEYS[1]))
    return _good(device, KEYS[2])


def serves_two_at_once(device: OpeningDevice) -> bool:
    """Two threads that open at the same time each get the key of their own package."""

    def some_from(number: int) -> Callable[[], bool]:
        return lambda: all(_good(device, bytes([number + turn]) * CONTENT_KEY_BYTES) for turn in range(3))

    return all_at_once(some_from(10), some_from(20))


CLAUSES: Final[Mapping[str, Callable[[OpeningDevice], bool]]] = {
    clause.__name__: clause
    for clause in (
        opens,
        is_named_by_its_key,
        refuses_alike,
        keeps_its_secret,
        tells_its_absence,
        comes_back,
        serves_two_at_once,
    )
}
"""Every clause by its name, as the docs list them."""


def broken(device: OpeningDevice) -> set[str]:
    """The clauses that a provider does not keep."""
    return {name for name, holds in CLAUSES.items() if not holds(device)}


def spoiled(public: bytes, key: bytes = KEYS[1]) -> tuple[bytes, ...]:
    """What was not wrapped for a public key: for another one, altered in each part, cut, empty, another length."""
    whole = sm2.wrap(public, key)
    stranger = sm2.wrap(sm2.public_of(bytes([0x55]) * 32), key)
    flipped = [whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :] for place in (0, 10, 45, 80, len(whole) - 1)]
    return (stranger, *flipped, whole[:-1], whole + b"x", b"", sm2.wrap(public, key[:16]))


def _words_of(device: OpeningDevice, wrapped: bytes) -> list[str]:
    """What the device says when it is asked to open something that it cannot."""
    try:
        device.unwrapper.unwrap(wrapped)
    except Exception as error:
        return words_of(error)
    return []


def _good(device: OpeningDevice, key: bytes) -> bool:
    try:
        return device.unwrapper.unwrap(sm2.wrap(device.public, key)) == key
    except Exception:  # whatever a double answers with is no key
        return False
