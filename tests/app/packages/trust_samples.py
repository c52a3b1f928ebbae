"""An invented body, its keys and its signed documents, made anew from fixed seeds."""

import base64
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from app.keys.identities import SigningKey
from app.packages import roots, trust
from app.packages.bundle import Bundle, read_bundle, write_bundle
from app.packages.enrolment import EnrolledSeat, EnrolledStation, EnrolmentRequest
from app.packages.receipt import Cursor, Item, ItemStatus, Receipt, RowCounts
from app.packages.roots import Role, RootDocument
from app.packages.trust import Body, Policy, Recipient, SeatEntry, SeatStatus, StationEntry, TrustList

STATION = "019b76da-a800-7c3e-82dd-21250b729601"
OTHER_STATION = "019b76da-a800-7c3e-82dd-21250b729602"
BODY = "019b76da-a800-7c3e-82dd-21250b729603"
RECORD = "019b76da-a800-7c3e-82dd-21250b729604"
AGE = "age1" + "q" * 58
ISSUED, EXPIRES = datetime(2026, 11, 21, 8, tzinfo=UTC), datetime(2027, 11, 21, 8, tzinfo=UTC)
DIGEST = "sha256:" + "ab" * 32


def key(number: int) -> SigningKey:
    """A signing key, always the same for a number."""
    return SigningKey(seed=number.to_bytes(32, "big"))


ROOTS = (key(1), key(2), key(3))
TRUST, RECEIPT, REPLY = key(11), key(12), key(13)
SEAT = key(21)


def text(signing: SigningKey) -> str:
    """The public key as documents write it."""
    return base64.b64encode(signing.public).decode()


def root_document(holders: Sequence[SigningKey] = ROOTS, **changed: Any) -> RootDocument:
    """The root document of the invented province."""
    document = RootDocument(
        format=roots.FORMAT,
        version=1,
        issued=ISSUED,
        expires=EXPIRES,
        province="43",
        roots=tuple(roots.root_key(each.public) for each in holders),
        threshold=2,
        online_keys=(
            roots.online_key(TRUST.public, Role.TRUST),
            roots.online_key(RECEIPT.public, Role.RECEIPT),
            roots.online_key(REPLY.public, Role.REPLY),
        ),
    )
    return replace(document, **changed)


def seat_entry(**changed: Any) -> SeatEntry:
    """The one seat of the invented station."""
    entry = SeatEntry(
        keyid=SEAT.keyid,
        key=text(SEAT),
        receiving=AGE,
        station=STATION,
        station_code="430181001-001",
        seat=SEAT.short,
        label="一号机",
        status=SeatStatus.ACTIVE,
        revoked_after=None,
        not_after=None,
    )
    return replace(entry, **changed)


POLICY = Policy(
    suites=("std-1",),
    min_format=1,
    max_package_bytes=1 << 30,
    max_plain_bytes=8 << 30,
    clock_tolerance_h=24,
    contact=False,
    escrow_recipient=None,
)


def trust_list(**changed: Any) -> TrustList:
    """The slice of the invented station."""
    listed = TrustList(
        format=trust.FORMAT,
        version=5,
        issued=ISSUED,
        expires=EXPIRES,
        province="43",
        body=Body(code="43", id=BODY, name="某省人大常委会"),
        station=StationEntry(id=STATION, code="430181001-001", name="某某联络站"),
        recipients=(Recipient(kid="age:0123456789abcdef", suite="std-1", key=AGE, not_after=None),),
        seats=(seat_entry(),),
        policy=POLICY,
    )
    return replace(listed, **changed)


def bundle(documents: Sequence[bytes] | None = None, signer: SigningKey = TRUST, **changed: Any) -> Bundle:
    """A trust bundle; without documents it carries the first root document."""
    signed = [roots.sign_roots(root_document(), ROOTS[:2])] if documents is None else documents
    return read_bundle(write_bundle(signed, trust.sign_trust(trust_list(**changed), signer)))


def request(signing: SigningKey = SEAT) -> EnrolmentRequest:
    """What the invented seat asks."""
    return EnrolmentRequest(
        format="llz-enrolment/1",
        station=EnrolledStation(id=STATION, code="430181001-001", name="某某联络站"),
        seat=EnrolledSeat(id=signing.short, label="一号机", keyid=signing.keyid, key=text(signing), receiving=AGE),
        created=ISSUED,
    )


def rows(**counted: int) -> RowCounts:
    """Counts of rows, those not named 0."""
    return RowCounts(**({"new": 0, "duplicate": 0, "conflict": 0, "returned": 0} | counted))


def item(**changed: Any) -> Item:
    """One package taken in."""
    taken = Item(
        package=DIGEST,
        seat=SEAT.short,
        epoch=1,
        seq=42,
        status=ItemStatus.ACCEPTED,
        code=None,
        rows=rows(new=80, duplicate=7, conflict=1),
        returned=(),
        import_id=RECORD,
    )
    return replace(taken, **changed)


def receipt(**changed: Any) -> Receipt:
    """The first receipt of the invented station."""
    first = Receipt(
        format="llz-receipt/1",
        suite="std-1",
        province="43",
        body="43",
        station=STATION,
        receipt_seq=1,
        prev=None,
        issued=ISSUED,
        trust_version=5,
        items=(item(),),
        cursors={f"{SEAT.short}/e1": Cursor(through=42, also=(44,), missing=(43,))},
        blobs_missing=(),
    )
    return replace(first, **changed)
