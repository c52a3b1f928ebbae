"""Which packages of its sister seats a computer has taken in, as `have` of what it hands in says it to the body between them."""

from collections.abc import Iterable, Mapping
from typing import Final

_STREAM: Final = "peer/"
_DIGITS: Final = 32  # of a digest: 128 bits, which nobody hits by chance or on purpose


def taken_told(taken: Iterable[tuple[str, int]]) -> dict[str, int]:
    """The members of `have`: `peer/<32 digits of the digest of the statement>` with the number, each."""
    return {_member(digest): number for digest, number in taken}


def was_taken(digest: str, have: Mapping[str, int]) -> bool:
    """Whether `have` names the package whose statement has this digest."""
    return _member(digest) in have


def _member(digest: str) -> str:
    return _STREAM + digest.removeprefix("sha256:")[:_DIGITS]
