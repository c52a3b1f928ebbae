"""A receipt on paper, for where no stick may leave the network of the receiver: as QR codes, and as a short code to be typed.

The QR codes carry the very envelope of the receipt, packed: read together they are the file, byte for byte, and verified like it.
The short code says that one package was taken in with nothing returned. It is reckoned from what stands inside the package, so
only its sender and who opened it can make it; nobody else finds it but by one guess in 2^48. It is digits alone, in checked
groups, to be read out by telephone.
"""

import base64
import hashlib
import hmac
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from app.domain import checked_groups
from app.packages import envelope
from app.packages.envelope import Envelope, Signature
from app.packages.faults import PackageFault
from app.packages.receipt import LARGEST, TYPE

MARK: Final = "LLZR1"
PIECE: Final = 700
"""Characters of the receipt in one code: with 80 mm to a side a plain camera still tells its dots apart."""
MOST: Final = 20
"""Codes of one receipt; what needs more goes as a file."""

_CODE: Final = re.compile(rf"{MARK}/([0-9A-F]{{8}})/(\d{{1,2}})/(\d{{1,2}})/([A-Z2-7]{{1,{PIECE}}})", re.ASCII)
TYPED_GROUPS: Final = 4
MOST_NUMBER: Final = (1 << 16) - 1
"""The last number of a package that the first group can say."""

_TOLD_BYTES: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """How many of a receipt's codes were read; `document` is the file once all are there."""

    read: int
    of: int
    document: bytes = b""


def codes_of(document: bytes) -> tuple[str, ...]:
    """The texts of the QR codes for a receipt's file; raises `PackageFault("E_LIMIT", limit)` for one that is too long."""
    signed = envelope.read(document, limit=len(document))
    lines = [signed.payload, *(f"{each.keyid} {each.sig.hex()}".encode() for each in signed.signatures)]
    text = _in_letters(zlib.compress(b"\n".join(lines), 9))
    pieces = [text[place : place + PIECE] for place in range(0, len(text), PIECE)]
    if len(pieces) > MOST:
        raise PackageFault("E_LIMIT", limit=MOST * PIECE)
    name = hashlib.sha256(text.encode()).hexdigest()[:8].upper()
    return tuple(f"{MARK}/{name}/{place}/{len(pieces)}/{each}" for place, each in enumerate(pieces, start=1))


def is_code(scanned: str) -> bool:
    """Whether what was scanned is one of a receipt's codes."""
    return _CODE.fullmatch(scanned) is not None


def gathered(scanned: Iterable[str]) -> Gathered:
    """What the codes read so far make, of the receipt that the last of them belongs to; others among them do not count.

    Raises `PackageFault("E_ENVELOPE", member, reason)` where they do not fit together. Nothing is verified by that.
    """
    parts = [found.groups() for each in scanned if (found := _CODE.fullmatch(each))]
    if not parts:
        return Gathered(read=0, of=0)
    name, _place, of, _text = parts[-1]
    mine = {int(place): text for other, place, total, text in parts if (other, total) == (name, of)}
    if set(mine) != set(range(1, int(of) + 1)):
        return Gathered(read=len(mine), of=int(of))
    text = "".join(mine[place] for place in sorted(mine))
    if hashlib.sha256(text.encode()).hexdigest()[:8].upper() != name:
        raise PackageFault("E_ENVELOPE", member="", reason="codes")
    return Gathered(read=len(mine), of=int(of), document=_unpacked(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A short code as it was typed: the number of the package it speaks of, and its proof."""

    number: int
    proof: bytes

    def proves(self, package: str, inside: str) -> bool:
        """Whether it says that this package was taken in, nothing of it returned; the parts as for `typed_code`."""
        return hmac.compare_digest(self.proof, _proof(package, inside))


def typed_code(number: int, package: str, inside: str) -> str:
    """The short code that says package `number` (at most `MOST_NUMBER`) was taken in, nothing of it returned.

    24 digits in checked groups of six: the number, then the proof. `package` is the digest of its statement, `inside` that of
    its manifest, which nobody reads who cannot open it.
    """
    return checked_groups.spell(number.to_bytes(checked_groups.GROUP_BYTES, "big") + _proof(package, inside))


def read_typed(text: str) -> Typed:
    """What a typed short code says; raises `app.domain.checked_groups.Misread`, which names the groups that are mistyped."""
    said = checked_groups.read(text, TYPED_GROUPS)
    number, proof = said[: checked_groups.GROUP_BYTES], said[checked_groups.GROUP_BYTES :]
    return Typed(number=int.from_bytes(number, "big"), proof=proof)


def _proof(package: str, inside: str) -> bytes:
    return hmac.digest(inside.encode(), f"llz taken in 1 {package}".encode(), "sha256")[:_TOLD_BYTES]


def _unpacked(text: str) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        plain = unpacking.decompress(_from_letters(text), LARGEST)
        payload, *lines = plain.split(b"\n")
        signatures = tuple(_signature(each.decode("ascii")) for each in lines)
    except (ValueError, zlib.error):
        raise PackageFault("E_ENVELOPE", member="", reason="codes") from None
    return envelope.write(Envelope(payload=payload, payload_type=TYPE, signatures=signatures))


def _signature(line: str) -> Signature:
    keyid, _blank, sig = line.partition(" ")
    return Signature(keyid=keyid, sig=bytes.fromhex(sig))


def _in_letters(data: bytes) -> str:
    """Base 32: capitals and digits, which QR codes hold densely and scanners that type get through any layout."""
    return base64.b32encode(data).decode().rstrip("=")


def _from_letters(text: str) -> bytes:
    return base64.b32decode(text + "=" * (-len(text) % 8))
