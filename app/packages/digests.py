"""Digests as files write them: the name of the algorithm, a colon, 64 hexadecimal digits."""

import hashlib
import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from cryptography.hazmat.primitives import hashes

_DIGEST: Final = re.compile(r"([a-z0-9]+):[0-9a-f]{64}")


class Algorithm(StrEnum):
    """How bytes are hashed. What only names something is SHA-256 in every suite; what protects a payload is the suite's."""

    SHA256 = "sha256"
    SM3 = "sm3"


class Digest:
    """A digest in the making."""

    def __init__(self, algorithm: Algorithm, data: bytes = b"") -> None:
        self._algorithm = algorithm
        self._hash = _Sm3() if algorithm is Algorithm.SM3 else hashlib.sha256()
        self.update: Final = self._hash.update
        self.update(data)

    def named(self) -> str:
        """The digest of what came so far."""
        return f"{self._algorithm}:{self._hash.hexdigest()}"


class _Sm3:
    """SM3 with the members of `hashlib`, which has it only where the system's OpenSSL was built with it."""

    def __init__(self) -> None:
        self._hash = hashes.Hash(hashes.SM3())
        self.update: Final = self._hash.update

    def hexdigest(self) -> str:
        return self._hash.copy().finalize().hex()


def digest_of_pieces(pieces: Iterable[bytes], algorithm: Algorithm) -> str:
    """The digest of bytes that come in pieces."""
    digest = Digest(algorithm)
    for piece in pieces:
        digest.update(piece)
    return digest.named()


def is_digest_by(text: str, algorithm: Algorithm) -> bool:
    """Whether `text` has the form of a digest by this algorithm."""
    found = _DIGEST.fullmatch(text)
    return found is not None and found[1] == algorithm
