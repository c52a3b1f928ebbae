"""A key of a deputy's own, wrapped under a PIN: what was encrypted to it opens for nobody who does not know the PIN.

The PIN goes through Argon2id (RFC 9106), the secret is kept by AES-256-GCM. A PIN is short: whoever holds the opened database and
days of time can try them all. So it costs more here than at signing in, and is longer.
"""

import base64
import secrets
from collections.abc import Mapping
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from app.errors import Refused
from app.keys.identities import ReceivingKey
from app.keys.passphrase import Passphrase

_BYTES: Final = 32
_NONCE: Final = 12
_PASSES, _KIB, _LANES = 4, 64 * 1024, 2  # a third of a second on an office computer, and 64 MiB

Wrapped = Mapping[str, str | int]


def wrapped(key: ReceivingKey, pin: str) -> Wrapped:
    """What is kept of a key: its recipient in the open, its secret under the PIN, with the costs and salt of its own."""
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(_NONCE)
    cipher = AESGCM(_derived(pin, salt, _PASSES, _KIB, _LANES))
    secret = nonce + cipher.encrypt(nonce, key.secret.encode(), key.recipient.encode())
    kept: dict[str, str | int] = {"recipient": key.recipient, "t": _PASSES, "m_kib": _KIB, "p": _LANES}
    return kept | {"salt": base64.b64encode(salt).decode(), "secret": base64.b64encode(secret).decode()}


def unwrapped(kept: Wrapped, pin: str) -> ReceivingKey:
    """The key that was wrapped; raises `Refused("seal_pin_wrong")` for another PIN than it was wrapped under."""
    recipient, secret = str(kept["recipient"]), base64.b64decode(str(kept["secret"]))
    derived = _derived(pin, base64.b64decode(str(kept["salt"])), int(kept["t"]), int(kept["m_kib"]), int(kept["p"]))
    try:
        plain = AESGCM(derived).decrypt(secret[:_NONCE], secret[_NONCE:], recipient.encode())
    except InvalidTag:
        raise Refused("seal_pin_wrong") from None
    return ReceivingKey(secret=plain.decode(), recipient=recipient)


def _derived(pin: str, salt: bytes, passes: int, kib: int, lanes: int) -> bytes:
    derivation = Argon2id(salt=salt, length=_BYTES, iterations=passes, memory_cost=kib, lanes=lanes)
    return derivation.derive(Passphrase(pin).secret)
