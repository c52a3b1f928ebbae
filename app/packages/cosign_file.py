"""A co-signature by file: what another station is asked to have signed, and what it answers (docs/cosign-file.md).

Both are one small signed envelope. Each names the seat that made it and carries that seat's public key, so that nothing in the
file can be altered; that the seat is the station it says is not proven by the file, and people compare the twelve digits.
"""

import base64
import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from app.domain.suggestion import Suggestion, digest_of_text
from app.domain.values import Id, is_id
from app.packages import closed, envelope
from app.packages.envelope import PublicKey, Signer
from app.packages.faults import PackageFault
from app.packages.fingerprint import spoken
from app.packages.roots import check_rules, public_key, read_document

FORMAT: Final = "llz-cosign/1"
FAMILY: Final = "llz-cosign"
REQUEST_TYPE: Final = "application/vnd.llz.cosign-request+json"
ANSWER_TYPE: Final = "application/vnd.llz.cosign-answer+json"
LARGEST: Final = 512 * 1024
"""Bytes of a file: a text of 30,000 characters takes 120 KiB."""

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_LONGEST_NAME: Final = 200
_LONGEST_WORDS: Final = 2000


class Said(StrEnum):
    """What the deputy said."""

    SIGNED = "signed"
    DECLINED = "declined"


class Way(StrEnum):
    """How the deputy said it at the other station."""

    IN_PERSON = "in_person"
    PAPER = "paper"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSeat:
    """Who made a file: the station as it calls itself, and the key of its seat in base64."""

    station: Id
    name: str
    keyid: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDeputy:
    """The deputy who is asked."""

    id: Id
    name: str
    card: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CosignRequest:
    """What a deputy is asked to sign; `digest` is that of title and text."""

    format: str
    seat: FileSeat
    created: datetime
    cosignature: Id
    suggestion: Id
    deputy: FileDeputy
    lead: str
    told: str
    subject: str
    text: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CosignAnswer:
    """What the deputy said to a request; `request` is the SHA-256 of the request's file."""

    format: str
    seat: FileSeat
    created: datetime
    request: str
    cosignature: Id
    suggestion: Id
    deputy: FileDeputy
    digest: str
    said: Said
    way: Way
    on: str
    words: str


def seat_of(station: Id, name: str, public: bytes, keyid: str) -> FileSeat:
    """The maker of a file."""
    return FileSeat(station=station, name=name[:_LONGEST_NAME], keyid=keyid, key=base64.b64encode(public).decode())


def sign_request(request: CosignRequest, signer: Signer) -> bytes:
    """The file of a request; raises as `read_file` does for what no reader would take."""
    return _signed(REQUEST_TYPE, request, signer)


def sign_answer(answer: CosignAnswer, signer: Signer) -> bytes:
    """The file of an answer; raises as `read_file` does for what no reader would take."""
    return _signed(ANSWER_TYPE, answer, signer)


def read_file(data: bytes) -> CosignRequest | CosignAnswer:
    """The request or answer in a file, signed by the seat it names.

    Raises `PackageFault` with E_JSON, E_ENVELOPE(member), E_TYPE, E_FORMAT_NEW, E_UNKNOWN_KEY or E_SIGNATURE.
    """
    signed = envelope.read(data, limit=LARGEST)
    kind: type[CosignRequest] | type[CosignAnswer]
    if signed.payload_type == REQUEST_TYPE:
        kind = CosignRequest
    elif signed.payload_type == ANSWER_TYPE:
        kind = CosignAnswer
    else:
        raise PackageFault("E_TYPE", found=signed.payload_type[:80])
    read: CosignRequest | CosignAnswer = read_document(kind, signed.payload, family=FAMILY, limit=LARGEST)
    _check(read)
    own = key_of(read.seat)
    envelope.verify(signed, signed.payload_type, {own.keyid: own}, 1)
    return read


def key_of(seat: FileSeat) -> PublicKey:
    """The key that made a file; raises `PackageFault("E_ENVELOPE", member)` where it is none."""
    return public_key(seat)


def file_digest(data: bytes) -> str:
    """The SHA-256 of a file in hexadecimal: how an answer names its request."""
    return hashlib.sha256(data).hexdigest()


def spoken_digits(data: bytes) -> str:
    """Twelve digits that two people compare by telephone: the same at both ends where the file is the same."""
    return spoken(file_digest(data))


def _signed(kind: str, document: CosignRequest | CosignAnswer, signer: Signer) -> bytes:
    _check(document)
    made = envelope.sign(kind, closed.write(document), [signer])
    read_file(made)
    return made


def _check(document: CosignRequest | CosignAnswer) -> None:
    seat, deputy = document.seat, document.deputy
    rules: dict[str, object] = {
        "seat.station": is_id(seat.station),
        "seat.name": len(seat.name) <= _LONGEST_NAME,
        "cosignature": is_id(document.cosignature),
        "suggestion": is_id(document.suggestion),
        "deputy.id": is_id(deputy.id),
        "deputy.name": 1 <= len(deputy.name) <= _LONGEST_NAME,
        "deputy.card": len(deputy.card) <= _LONGEST_NAME,
        "digest": _DIGEST.fullmatch(document.digest),
    }
    if isinstance(document, CosignRequest):
        words = Suggestion(id=document.suggestion, subject=document.subject, text=document.text)
        rules |= {"told": len(document.told) <= _LONGEST_WORDS, "digest": document.digest == digest_of_text(words)}
    else:
        rules |= {
            "request": _DIGEST.fullmatch(document.request),
            "on": _is_day(document.on),
            "words": len(document.words) <= _LONGEST_WORDS,
        }
    check_rules(rules)
    key_of(seat)


def _is_day(text: str) -> bool:
    try:
        return _DAY.fullmatch(text) is not None and bool(date.fromisoformat(text))
    except ValueError:
        return False
