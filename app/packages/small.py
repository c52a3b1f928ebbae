"""A few bytes encrypted to age recipients and opened again, whole in memory."""

import base64
import binascii
from collections.abc import Sequence
from io import BytesIO
from typing import Final

from app.packages import age
from app.packages.faults import PackageFault

LARGEST: Final = 256 * 1024
"""Characters of an encrypted text that is opened."""


def encrypted(data: bytes, recipients: Sequence[str]) -> str:
    """`data` for these recipients (`age1…`) as base64; raises `PackageFault("E_NO_KEY", recipient)` for what is no recipient."""
    made = BytesIO()
    age.encrypt([data], made.write, recipients)
    return base64.b64encode(made.getvalue()).decode()


def decrypted(text: str, identities: Sequence[str]) -> bytes:
    """What `encrypted` was given; raises `PackageFault` with E_DECRYPT, or E_NO_KEY where none of the identities fits."""
    try:
        ciphertext = base64.b64decode(text[:LARGEST], validate=True)
    except (binascii.Error, ValueError):
        raise PackageFault("E_DECRYPT", reason="header") from None
    pieces = bytearray()
    with age.decrypting(BytesIO(ciphertext), len(ciphertext), identities) as plain:
        while piece := plain.read():
            pieces += piece
    return bytes(pieces)
