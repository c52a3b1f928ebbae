"""A PIN or password of an operator, kept as what Argon2id makes of it (RFC 9106): it opens no data, it says who is there."""

import base64
import hmac
import secrets
from collections.abc import Mapping
from typing import Final

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from app.keys.passphrase import Passphrase

_BYTES: Final = 32
_PASSES, _KIB, _LANES = 3, 32 * 1024, 2  # a tenth of a second on an office computer, and 32 MiB


def kept_pin(pin: str) -> dict[str, str | int]:
    """What is kept of a PIN: the costs, a salt of its own, and the derived bytes."""
    salt = secrets.token_bytes(16)
    derived = _derived(pin, salt, _PASSES, _KIB, _LANES)
    return {"t": _PASSES, "m_kib": _KIB, "p": _LANES, "salt": base64.b64encode(salt).decode(), "pin": derived}


def is_pin(kept: Mapping[str, str | int], pin: str) -> bool:
    """Whether `pin` is the one that was kept."""
    salt = base64.b64decode(str(kept["salt"]))
    derived = _derived(pin, salt, int(kept["t"]), int(kept["m_kib"]), int(kept["p"])) if pin else ""
    return hmac.compare_digest(derived, str(kept["pin"]))


def _derived(pin: str, salt: bytes, passes: int, kib: int, lanes: int) -> str:
    derivation = Argon2id(salt=salt, length=_BYTES, iterations=passes, memory_cost=kib, lanes=lanes)
    return base64.b64encode(derivation.derive(Passphrase(pin).secret)).decode()
