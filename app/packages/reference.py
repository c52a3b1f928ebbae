"""The reference document: what a body has its stations keep current, signed by its key of replies; nothing personal is in it.

One document says all that holds, at one version, for every station of the body alike; so a lost one is made good by the next.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.domain.reference_data import ReferenceCategory, ReferenceData, ReferenceUnit, ReferenceYear, reference_problems
from app.domain.values import is_id
from app.errors import Refused
from app.packages import closed, envelope
from app.packages.envelope import Signer
from app.packages.faults import PackageFault
from app.packages.roots import Role, RootDocument, check_rules, read_document
from app.packages.statement import digest_of
from app.packages.trust import BODY_CODE, Body

FORMAT: Final = "llz-reference/1"
TYPE: Final = "application/vnd.llz.reference+json"
LARGEST: Final = 512 * 1024
LARGEST_FILE: Final = 768 * 1024
_LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceDocument:
    """The reference data of a body at one version; `province` and `body` say whose."""

    format: str
    province: str
    body: Body
    version: int
    issued: datetime
    years: tuple[ReferenceYear, ...]
    units: tuple[ReferenceUnit, ...]
    categories: tuple[ReferenceCategory, ...]

    def digest(self) -> str:
        """The digest of the payload, by which the same document is known again."""
        return digest_of(closed.write(self))

    def data(self) -> ReferenceData:
        """What it says."""
        return ReferenceData(years=self.years, units=self.units, categories=self.categories)


def sign_reference(document: ReferenceDocument, signer: Signer) -> bytes:
    """The document as an envelope.

    Raises `PackageFault("E_ENVELOPE", member)` for one that no station would take, `Refused("reference_large", bytes, most)`.
    """
    _check(document)
    payload = closed.write(document)
    if len(payload) > LARGEST:
        raise Refused("reference_large", bytes=len(payload), most=LARGEST)
    return envelope.sign(TYPE, payload, [signer])


def read_reference(data: bytes, roots: RootDocument, *, body: Body) -> ReferenceDocument:
    """The document in a file, of this body, by a key that `roots` name for replies.

    Raises `PackageFault` with E_JSON, E_ENVELOPE(member), E_TYPE, E_UNKNOWN_KEY, E_SIGNATURE, E_FORMAT_NEW, and
    E_BODY(found, expected) for another body's.
    """
    signed = envelope.read(data, limit=LARGEST_FILE)
    payload = envelope.verify(signed, TYPE, roots.keys_for(Role.REPLY), 1)
    document = read_document(ReferenceDocument, payload, family="llz-reference", limit=LARGEST)
    _check(document)
    if (document.province, document.body.code, document.body.id) != (roots.province, body.code, body.id):
        raise PackageFault("E_BODY", found=document.body.code, expected=body.code)
    return document


def peek_reference(data: bytes) -> ReferenceDocument:
    """The document in a file of one's own, whose signature nobody needs to check."""
    payload = envelope.read(data, limit=LARGEST_FILE).payload
    return read_document(ReferenceDocument, payload, family="llz-reference", limit=LARGEST)


def _check(document: ReferenceDocument) -> None:
    body = document.body
    check_rules(
        {
            "version": document.version >= 1,
            "body": BODY_CODE.fullmatch(body.code) and is_id(body.id) and len(body.name) <= _LONGEST_NAME,
        }
    )
    odd = {problem.field for problem in reference_problems(document.data())}
    check_rules({name: name not in odd for name in ("years", "units", "categories")})
