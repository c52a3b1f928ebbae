"""The receipt: what became of the packages of a station, signed by its receiver; no names, no words about people.

Receipts of one station are numbered and chained like packages, so that a lost, repeated or rolled-back one is noticed. They
are cumulative: the cursors of a later one say all that those of an earlier one did.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from typing import Final

from app.domain.values import Id, is_id
from app.packages import closed, envelope
from app.packages.envelope import Signer
from app.packages.faults import PackageFault
from app.packages.forms import FORMS
from app.packages.roots import Role, RootDocument, check_rules, read_document
from app.packages.statement import digest_of, is_digest
from app.packages.trust import BODY_CODE, form_of_key

FORMAT: Final = "llz-receipt/1"
TYPE: Final = "application/vnd.llz.receipt+json"
LARGEST: Final = 8 * 1024 * 1024
LARGEST_FILE: Final = 12 * 1024 * 1024
MOST_MISSING: Final = 1_000
"""Numbers listed as missing in one cursor: a single package numbered far ahead must not make receipts without end."""

_SEAT: Final = re.compile(r"[0-9a-f]{16}")
_CURSOR: Final = re.compile(r"([0-9a-f]{16})/e([1-9][0-9]{0,8})")
_CODE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")


class ItemStatus(StrEnum):
    """What became of a package."""

    ACCEPTED = "accepted"
    PARKED = "parked"  # kept, looked at again
    REFUSED = "refused"


class Following(StrEnum):
    """How a receipt stands to the one taken before it."""

    NEXT = "next"
    REPEATED = "repeated"  # the very same once more
    GAP = "gap"  # some in between never came; harmless, as receipts are cumulative


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCounts:
    """Revisions of a package: first seen, known already, in conflict with others, given back."""

    new: int
    duplicate: int
    conflict: int
    returned: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedRow:
    """A record given back by a business rule (decision 14); the words for it travel in the encrypted reply."""

    id: str = closed.member("_id")
    rev: str = closed.member("_rev")
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One package: `package` is the digest of its statement, `code` why it was not, or not silently, taken."""

    package: str
    seat: str
    epoch: int
    seq: int
    status: ItemStatus
    code: str | None
    rows: RowCounts
    returned: tuple[ReturnedRow, ...]
    import_id: Id | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """Which numbers of one stream were taken: all through `through`, those of `also`; `missing` lies between them."""

    through: int
    also: tuple[int, ...]
    missing: tuple[int, ...]

    def has(self, seq: int) -> bool:
        """Whether package `seq` was taken."""
        return 1 <= seq <= self.through or seq in self.also


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingBlob:
    """An attachment of which chunks are wanted; `ranges` are pairs of first byte and the byte after the last."""

    id: str
    ranges: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a receiver has of one station; cursors by stream, `<seat>/e<epoch>`."""

    format: str
    suite: str
    province: str
    body: str
    station: Id
    receipt_seq: int
    prev: str | None
    issued: datetime
    trust_version: int
    items: tuple[Item, ...]
    cursors: Mapping[str, Cursor]
    blobs_missing: tuple[MissingBlob, ...]

    def digest(self) -> str:
        """The digest that the next receipt names in `prev`."""
        return digest_of(closed.write(self))

    def cursor(self, seat: str, epoch: int) -> Cursor:
        """The cursor of a stream; an empty one where the receiver has none of it."""
        return self.cursors.get(stream_name(seat, epoch), Cursor(through=0, also=(), missing=()))


def stream_name(seat: str, epoch: int) -> str:
    """The name of a stream among the cursors."""
    return f"{seat}/e{epoch}"


def cursor_of(taken: Collection[int]) -> Cursor:
    """The cursor for the numbers taken of a stream; of the missing ones the first `MOST_MISSING` are listed."""
    taken = frozenset(taken)
    through = 0
    while through + 1 in taken:
        through += 1
    also = tuple(sorted(seq for seq in taken if seq > through))
    return Cursor(through=through, also=also, missing=tuple(_between(through, also)))


def sign_receipt(receipt: Receipt, signer: Signer) -> bytes:
    """The receipt as an envelope; raises `PackageFault` with E_ENVELOPE(member) or E_SUITE for one that no station would take."""
    _check(receipt)
    _check_suite(receipt, signer.keyid)
    return envelope.sign(TYPE, closed.write(receipt), [signer])


def read_receipt(data: bytes, roots: RootDocument, *, station: Id, body: str) -> Receipt:
    """The receipt in a file, for this station, by a key that `roots` name for receipts.

    Raises `PackageFault` with E_JSON, E_ENVELOPE(member), E_TYPE, E_UNKNOWN_KEY, E_SIGNATURE, E_FORMAT_NEW, E_SUITE(suite),
    E_BODY(found, expected) for another body, E_RECIPIENT(to) for another station.
    """
    signed = envelope.read(data, limit=LARGEST_FILE)
    payload = envelope.verify(signed, TYPE, roots.keys_for(Role.RECEIPT), 1)
    receipt = read_document(Receipt, payload, family="llz-receipt", limit=LARGEST)
    _check(receipt)
    for each in signed.signatures:
        _check_suite(receipt, each.keyid)
    if (receipt.province, receipt.body) != (roots.province, body):
        raise PackageFault("E_BODY", found=receipt.body, expected=body)
    if receipt.station != station:
        raise PackageFault("E_RECIPIENT", to=receipt.station)
    return receipt


def peek_receipt(data: bytes) -> Receipt:
    """The receipt in a file of one's own, whose signature nobody needs to check."""
    return read_document(Receipt, envelope.read(data, limit=LARGEST_FILE).payload, family="llz-receipt", limit=LARGEST)


def follows(last_seq: int, last_digest: str | None, receipt: Receipt) -> Following:
    """How `receipt` stands to the last one taken; 0 and None where there was none.

    Raises `PackageFault` with E_ROLLBACK(found, known) for an older one, or another one of the same number: the receiver was
    set back, or somebody plays old receipts; E_CHAIN(seq) where it is the next but names another before it.
    """
    if receipt.receipt_seq == last_seq and receipt.digest() == last_digest:
        return Following.REPEATED
    if receipt.receipt_seq <= last_seq:
        raise PackageFault("E_ROLLBACK", found=receipt.receipt_seq, known=last_seq)
    if receipt.receipt_seq > last_seq + 1:
        return Following.GAP
    if receipt.prev != last_digest:
        raise PackageFault("E_CHAIN", seq=receipt.receipt_seq)
    return Following.NEXT


def _between(through: int, also: Sequence[int]) -> Iterable[int]:
    listed = 0
    before = through
    for seq in also:
        upto = min(seq, before + 1 + MOST_MISSING - listed)
        yield from range(before + 1, upto)
        listed += upto - before - 1
        before = seq


def _check_suite(receipt: Receipt, keyid: str) -> None:
    if receipt.suite not in {each.suite for each in FORMS} or receipt.suite != form_of_key(keyid).suite:
        raise PackageFault("E_SUITE", suite=receipt.suite[:40])


def _check(receipt: Receipt) -> None:
    prev = receipt.prev
    check_rules(
        {
            "body": BODY_CODE.fullmatch(receipt.body),
            "station": is_id(receipt.station),
            "receipt_seq": receipt.receipt_seq >= 1,
            "prev": prev is None if receipt.receipt_seq == 1 else prev is not None and is_digest(prev),
            "trust_version": receipt.trust_version >= 1,
        }
    )
    for item in receipt.items:
        check_rules(_rules_of_item(item))
    for name, cursor in receipt.cursors.items():
        check_rules({"cursors": _CURSOR.fullmatch(name) and _is_cursor(cursor)})
    for blob in receipt.blobs_missing:
        check_rules({"blobs_missing": is_digest(blob.id) and blob.ranges and all(_is_range(each) for each in blob.ranges)})


def _rules_of_item(item: Item) -> dict[str, object]:
    rows = item.rows
    return {
        "items.package": is_digest(item.package),
        "items.seat": _SEAT.fullmatch(item.seat),
        "items.seq": item.epoch >= 1 and item.seq >= 1,
        "items.code": item.status is ItemStatus.ACCEPTED if item.code is None else _CODE.fullmatch(item.code),
        "items.rows": min(rows.new, rows.duplicate, rows.conflict, rows.returned) >= 0,
        "items.returned": all(is_id(each.id) and is_id(each.rev) and _CODE.fullmatch(each.code) for each in item.returned),
        "items.import_id": item.import_id is None or is_id(item.import_id),
    }


def _is_cursor(cursor: Cursor) -> bool:
    ascending = all(_ascends((cursor.through, *each)) for each in (cursor.also, cursor.missing))
    return ascending and cursor.through >= 0 and not set(cursor.also) & set(cursor.missing)


def _is_range(pair: tuple[int, ...]) -> bool:
    return len(pair) == 2 and 0 <= pair[0] < pair[1]


def _ascends(numbers: tuple[int, ...]) -> bool:
    return all(earlier < later for earlier, later in pairwise(numbers))
