"""The signing envelope of everything that is signed: DSSE, in one narrow form.

The format is that of the DSSE specification 1.0; the profile is stricter, so that no byte of a file can change unnoticed:
exactly three members, one to four signatures by different keys, standard padded base64, compact sorted JSON.
"""

import base64
import binascii
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from securesystemslib import dsse
from securesystemslib.exceptions import VerificationError
from securesystemslib.signer import Key, SSlibKey  # type: ignore[attr-defined]  # public, not re-exported for type checkers
from securesystemslib.signer import Signature as SignatureInLibrary  # type: ignore[attr-defined]  # public, not re-exported for type checkers

from app.errors import AppError, Unavailable
from app.packages import closed, sm2
from app.packages.faults import PackageFault

LARGEST: Final = 256 * 1024
MOST_SIGNATURES: Final = 4


class Signer(Protocol):
    """Somebody who signs with one key; where the key lies is his affair (`docs/hardware-keys.md` is his contract)."""

    @property
    def keyid(self) -> str:
        """`keyid_of` his public key."""

    @property
    def public(self) -> bytes:
        """The raw public key: 32 bytes of Ed25519, or 65 of SM2 that begin with 4."""

    def sign(self, pae: bytes) -> bytes:
        """The signature over exactly these bytes, Ed25519 64 raw bytes, SM2 as DER; raises an `AppError` where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicKey:
    """A public key, 32 raw bytes of Ed25519 or 65 of SM2, and the name it is looked up by."""

    keyid: str
    key: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One signature, and the name of the key that is said to have made it."""

    keyid: str
    sig: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A signed file as it was read: of the right form, believed in nothing yet."""

    payload: bytes
    payload_type: str
    signatures: tuple[Signature, ...]


def keyid_of(key: bytes) -> str:
    """The name of a public key: for looking up only, never a proof."""
    return f"{'sm2' if len(key) == sm2.PUBLIC_BYTES else 'ed25519'}:{hashlib.sha256(key).hexdigest()[:16]}"


def sign(payload_type: str, payload: bytes, signers: Sequence[Signer]) -> bytes:
    """The file bytes of an envelope around `payload`, signed by each of one to four different signers.

    Raises `ValueError` for another number of signers or the same one twice, and as `signed_by` does.
    """
    pae = dsse.Envelope(payload, payload_type, {}).pae()
    signatures = tuple(Signature(keyid=signer.keyid, sig=signed_by(signer, pae)) for signer in signers)
    if not _distinct(signatures):
        raise ValueError("one to four different signers")
    return write(Envelope(payload=payload, payload_type=payload_type, signatures=signatures))


def signed_by(signer: Signer, message: bytes) -> bytes:
    """The signature of `signer` over `message`, seen to be his before anything of it is written.

    A key may lie in a device: pulled out, locked, worn out, or another's. Raises the `AppError` that the signer raises,
    `Unavailable("signer_failed", keyid, reason)` for an error of a device's own library, and
    `Unavailable("signer_faulty", keyid)` for a signature that is not that of his key.
    """
    keyid, public = signer.keyid, signer.public
    try:
        signature = signer.sign(message)
    except AppError:
        raise
    except Exception as error:  # drivers bring errors of their own, with no common class
        raise Unavailable("signer_failed", keyid=keyid, reason=type(error).__name__) from error
    if keyid_of(public) != keyid or not _verifies(public, signature, message):
        raise Unavailable("signer_faulty", keyid=keyid)
    return signature


def read(data: bytes, *, limit: int = LARGEST) -> Envelope:
    """The envelope that `data` spells out in the only form allowed; nothing is verified.

    Raises `PackageFault("E_JSON")` where it is no strict JSON of at most `limit` bytes, `PackageFault("E_ENVELOPE")` where
    it is not exactly of the profile.
    """
    file = closed.read(_File, data, limit=limit)
    signatures = tuple(Signature(keyid=each.keyid, sig=_unpacked(each.sig)) for each in file.signatures)
    envelope = Envelope(payload=_unpacked(file.payload), payload_type=file.payload_type, signatures=signatures)
    if not _distinct(signatures):
        raise PackageFault("E_ENVELOPE", member="signatures", reason="one to four different keys")
    if write(envelope) != data:
        raise PackageFault("E_ENVELOPE", member="", reason="form")
    return envelope


def verify(envelope: Envelope, payload_type: str, keys: Mapping[str, PublicKey], threshold: int) -> bytes:
    """The payload, once it is known to be of `payload_type` and signed by `threshold` of `keys`.

    Every signature listed must verify, so a file with one good and one bad signature is refused. Raises `PackageFault` with
    E_TYPE(found), E_UNKNOWN_KEY(keyid) or E_SIGNATURE(found, needed).
    """
    if envelope.payload_type != payload_type:
        raise PackageFault("E_TYPE", found=envelope.payload_type[:80])
    known = {each.keyid: _known(each.keyid, keys) for each in envelope.signatures}
    if len(envelope.signatures) < threshold:
        raise PackageFault("E_SIGNATURE", found=len(envelope.signatures), needed=threshold)
    by_library = {each.keyid: each.sig for each in envelope.signatures if len(known[each.keyid]) != sm2.PUBLIC_BYTES}
    held = dsse.Envelope(
        envelope.payload,
        envelope.payload_type,
        {keyid: SignatureInLibrary(keyid, sig.hex()) for keyid, sig in by_library.items()},
    )
    for each in envelope.signatures:  # those of SM2, which the library does not know
        if each.keyid not in by_library and not sm2.verifies(known[each.keyid], each.sig, held.pae()):
            raise PackageFault("E_SIGNATURE", found=0, needed=threshold)
    try:
        # The library stops at its threshold and skips what does not verify: only all of them means all of them.
        if by_library:
            held.verify([_library_key(keyid, known[keyid]) for keyid in by_library], len(by_library))
    except VerificationError:
        raise PackageFault("E_SIGNATURE", found=0, needed=threshold) from None
    return envelope.payload


@dataclass(frozen=True, slots=True, kw_only=True)
class _SignatureInFile:
    keyid: str
    sig: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    payload: str
    payload_type: str = closed.member("payloadType")
    signatures: tuple[_SignatureInFile, ...]


def write(envelope: Envelope) -> bytes:
    """The file bytes of an envelope that is signed already."""
    signatures = tuple(_SignatureInFile(keyid=each.keyid, sig=_packed(each.sig)) for each in envelope.signatures)
    return closed.write(_File(payload=_packed(envelope.payload), payload_type=envelope.payload_type, signatures=signatures))


def _distinct(signatures: Sequence[Signature]) -> bool:
    return 1 <= len(signatures) <= MOST_SIGNATURES and len({each.keyid for each in signatures}) == len(signatures)


def _packed(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _unpacked(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise PackageFault("E_ENVELOPE", member="", reason="base64") from None


def _known(keyid: str, keys: Mapping[str, PublicKey]) -> bytes:
    known = keys.get(keyid)
    if known is None or keyid_of(known.key) != keyid:
        raise PackageFault("E_UNKNOWN_KEY", keyid=keyid[:80])
    return known.key


def _library_key(keyid: str, key: bytes) -> Key:
    return SSlibKey(keyid, "ed25519", "ed25519", {"public": key.hex()})


def _verifies(public: bytes, signature: bytes, message: bytes) -> bool:
    if len(public) == sm2.PUBLIC_BYTES:
        return sm2.verifies(public, signature, message)
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True
