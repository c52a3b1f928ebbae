"""What can be wrong with a package, and what becomes of the file: done with, kept for later, or tried again."""

from enum import Enum
from typing import Final

from app.errors import Refused


class PackageFault(Refused):
    """A file is not what it should be, or may not be taken; nothing of it was used.

    The code begins with `E_` and stands in the table of `docs/package-format.md`.
    """


class Fate(Enum):
    """What happens to a file after a fault."""

    FINAL = "final"  # this copy is never taken
    PARKED = "parked"  # kept, looked at again after an upgrade or by an operator
    RETRY = "retry"  # nothing is wrong with the file


FATES: Final[dict[str, Fate]] = {
    "E_CONTAINER": Fate.FINAL,
    "E_JSON": Fate.FINAL,
    "E_ENVELOPE": Fate.FINAL,
    "E_TYPE": Fate.FINAL,
    "E_DIGEST": Fate.FINAL,
    "E_DECRYPT": Fate.FINAL,
    "E_RESOURCE_HASH": Fate.FINAL,
    "E_LAYOUT": Fate.FINAL,
    "E_BOMB": Fate.FINAL,
    "E_UNKNOWN_KEY": Fate.FINAL,
    "E_SIGNATURE": Fate.FINAL,
    "E_ORIGIN": Fate.FINAL,
    "E_BINDING": Fate.FINAL,
    "E_RECIPIENT": Fate.FINAL,
    "E_NO_KEY": Fate.FINAL,
    "E_SUITE": Fate.FINAL,
    "E_FORMAT_OLD": Fate.FINAL,
    "E_FORMAT_NEW": Fate.PARKED,
    "E_SCHEMA_NEW": Fate.PARKED,
    "E_REVOKED": Fate.FINAL,
    "E_KEY_EXPIRED": Fate.PARKED,
    "E_FORK": Fate.PARKED,
    "E_CHAIN": Fate.PARKED,
    "E_EPOCH": Fate.PARKED,
    "E_SCOPE": Fate.FINAL,
    "E_REV_MISMATCH": Fate.FINAL,
    "E_ROLLBACK": Fate.FINAL,
    "E_BODY": Fate.FINAL,
    "E_FINGERPRINT": Fate.FINAL,
    "E_LIMIT": Fate.RETRY,
    "E_DISK": Fate.RETRY,
    "E_BUSY": Fate.RETRY,
}
"""Every code and its fate (`docs/package-format.md`, "What can be wrong")."""

SECURITY: Final[frozenset[str]] = frozenset(
    {"E_UNKNOWN_KEY", "E_SIGNATURE", "E_ORIGIN", "E_BINDING", "E_REVOKED", "E_FORK"}
    | {"E_DECRYPT", "E_RESOURCE_HASH", "E_LAYOUT", "E_BOMB"}
)
"""Codes that somebody must look at: a forged, stolen or cloned key, or a signed package with something else inside."""

WARNINGS: Final[frozenset[str]] = frozenset({"W_CLOCK", "W_GAP", "W_LATE"})
"""Remarks about a package that is taken all the same; they stand in its receipt."""


def fate_of(code: str) -> Fate:
    """What becomes of a file that met `code`; a code of no table is final."""
    return FATES.get(code, Fate.FINAL)
