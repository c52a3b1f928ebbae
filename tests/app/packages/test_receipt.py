"""The receipt: by the key that may, for this station, in its order; cursors that say what is missing."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.packages import closed, envelope
from app.packages import receipt as receipts
from app.packages.faults import PackageFault
from app.packages.receipt import (
    MOST_MISSING,
    Cursor,
    Following,
    ItemStatus,
    MissingBlob,
    Receipt,
    ReturnedRow,
    cursor_of,
    follows,
    read_receipt,
    sign_receipt,
    stream_name,
)
from tests.app.packages.trust_samples import (
    DIGEST,
    OTHER_STATION,
    RECEIPT,
    RECORD,
    REPLY,
    ROOTS,
    SEAT,
    STATION,
    TRUST,
    item,
    key,
    receipt,
    root_document,
    rows,
)

ROOT_DOCUMENT = root_document()


def read(data: bytes, station: str = STATION, body: str = "43") -> Receipt:
    """The receipt as the invented station reads it."""
    return read_receipt(data, ROOT_DOCUMENT, station=station, body=body)


def raw(told: Receipt, signer: Any = RECEIPT, payload_type: str = receipts.TYPE) -> bytes:
    """A receipt signed without any check."""
    return envelope.sign(payload_type, closed.write(told), [signer])


FULL = receipt(
    receipt_seq=18,
    prev=DIGEST,
    items=(
        item(returned=(ReturnedRow(id=RECORD, rev=RECORD, code="deputy_term_ended"),), rows=rows(new=1, returned=1)),
        item(seq=44, status=ItemStatus.PARKED, code="E_SCHEMA_NEW", rows=rows(), import_id=None),
        item(seq=45, status=ItemStatus.REFUSED, code="E_DIGEST", rows=rows(), import_id=None),
        item(seq=46, code="W_GAP"),
    ),
    blobs_missing=(MissingBlob(id=DIGEST, ranges=((134217728, 201326592), (300_000_000, 300_000_001))),),
)


@pytest.mark.parametrize("told", [receipt(), FULL, receipt(items=(), cursors={})], ids=["first", "full", "empty"])
def test_a_receipt_comes_back_as_it_was(told: Receipt) -> None:
    assert read(sign_receipt(told, RECEIPT)) == told


def test_its_members_are_those_of_the_format() -> None:
    plain = closed.parse(closed.write(FULL), limit=99_999)
    assert plain["items"][0]["returned"] == [{"_id": RECORD, "_rev": RECORD, "code": "deputy_term_ended"}]
    assert plain["items"][1] == {
        "package": DIGEST,
        "seat": SEAT.short,
        "epoch": 1,
        "seq": 44,
        "status": "parked",
        "code": "E_SCHEMA_NEW",
        "rows": {"new": 0, "duplicate": 0, "conflict": 0, "returned": 0},
        "returned": [],
        "import_id": None,
    }
    assert plain["cursors"] == {f"{SEAT.short}/e1": {"through": 42, "also": [44], "missing": [43]}}


@pytest.mark.parametrize("signer", [TRUST, REPLY, ROOTS[0], SEAT, key(99)], ids=["trust", "reply", "root", "seat", "stranger"])
def test_only_the_key_for_receipts_signs_them(signer: Any) -> None:
    _assert_refused(raw(receipt(), signer), "E_UNKNOWN_KEY")


def test_a_forged_receipt_is_refused() -> None:
    forged = closed.parse(raw(receipt()), limit=99_999) | {"payload": closed.parse(raw(FULL), limit=99_999)["payload"]}
    _assert_refused(closed.compact(forged), "E_SIGNATURE")


def test_another_kind_of_document_is_no_receipt() -> None:
    _assert_refused(raw(receipt(), payload_type="application/vnd.llz.trust+json"), "E_TYPE")
    _assert_refused(raw(receipt(format="llz-receipt/2")), "E_FORMAT_NEW")
    _assert_refused(raw(receipt(suite="gm-1")), "E_SUITE")


def test_a_receipt_for_another_station_or_of_another_body_is_refused() -> None:
    _assert_refused(raw(receipt(station=OTHER_STATION)), "E_RECIPIENT")
    _assert_refused(raw(receipt(body="430181")), "E_BODY")
    _assert_refused(raw(receipt(province="44")), "E_BODY")


@pytest.mark.parametrize(
    ("member", "changed"),
    [
        ("station", {"station": "430181001-001"}),
        ("receipt_seq", {"receipt_seq": 0, "prev": DIGEST}),
        ("prev", {"prev": DIGEST}),
        ("prev", {"receipt_seq": 2}),
        ("prev", {"receipt_seq": 2, "prev": "md5:00"}),
        ("trust_version", {"trust_version": 0}),
        ("items.package", {"items": (item(package="x"),)}),
        ("items.seat", {"items": (item(seat="a"),)}),
        ("items.seq", {"items": (item(seq=0),)}),
        ("items.code", {"items": (item(status=ItemStatus.REFUSED),)}),
        ("items.code", {"items": (item(code="two words"),)}),
        ("items.rows", {"items": (item(rows=rows(new=-1)),)}),
        ("items.returned", {"items": (item(returned=(ReturnedRow(id="1", rev=RECORD, code="c"),)),)}),
        ("items.import_id", {"items": (item(import_id=""),)}),
        ("cursors", {"cursors": {"a/e1": Cursor(through=1, also=(), missing=())}}),
        ("cursors", {"cursors": {f"{SEAT.short}/e1": Cursor(through=5, also=(5,), missing=())}}),
        ("cursors", {"cursors": {f"{SEAT.short}/e1": Cursor(through=5, also=(9, 8), missing=())}}),
        ("cursors", {"cursors": {f"{SEAT.short}/e1": Cursor(through=5, also=(7,), missing=(7,))}}),
        ("cursors", {"cursors": {f"{SEAT.short}/e1": Cursor(through=-1, also=(), missing=())}}),
        ("blobs_missing", {"blobs_missing": (MissingBlob(id=DIGEST, ranges=((5, 5),)),)}),
        ("blobs_missing", {"blobs_missing": (MissingBlob(id=DIGEST, ranges=((5,),)),)}),
        ("blobs_missing", {"blobs_missing": (MissingBlob(id=DIGEST, ranges=()),)}),
    ],
)
def test_a_receipt_that_breaks_a_rule_is_neither_signed_nor_read(member: str, changed: dict[str, Any]) -> None:
    told = receipt(**changed)
    with pytest.raises(PackageFault) as caught:
        sign_receipt(told, RECEIPT)
    assert (caught.value.code, caught.value.facts["member"]) == ("E_ENVELOPE", member)
    _assert_refused(raw(told), "E_ENVELOPE")


SIGNED = sign_receipt(FULL, RECEIPT)


@given(st.integers(0, len(SIGNED) - 1), st.integers(1, 255))
def test_no_altered_byte_is_accepted(place: int, mask: int) -> None:
    with pytest.raises(PackageFault):
        read(SIGNED[:place] + bytes([SIGNED[place] ^ mask]) + SIGNED[place + 1 :])


# --- order ----------------------------------------------------------------------------------------------------------


def chain(length: int) -> list[Receipt]:
    """Receipts one after the other."""
    made = [receipt()]
    for number in range(2, length + 1):
        made.append(receipt(receipt_seq=number, prev=made[-1].digest(), trust_version=number))
    return made


def test_each_receipt_follows_the_one_before() -> None:
    first, second, third = chain(3)
    assert follows(0, None, first) is Following.NEXT
    assert follows(1, first.digest(), second) is Following.NEXT
    assert follows(2, second.digest(), third) is Following.NEXT


def test_the_same_receipt_again_is_no_fault() -> None:
    first, second = chain(2)
    assert follows(2, second.digest(), second) is Following.REPEATED
    _assert_order("E_ROLLBACK", 2, second.digest(), first)


def test_a_receipt_that_never_came_leaves_a_gap_and_is_made_good_by_the_next() -> None:
    first, _, third = chain(3)
    assert follows(1, first.digest(), third) is Following.GAP
    assert follows(0, None, third) is Following.GAP


def test_another_receipt_of_the_same_number_is_a_rollback() -> None:
    first, second = chain(2)
    _assert_order("E_ROLLBACK", 2, second.digest(), replace(second, trust_version=9))
    _assert_order("E_ROLLBACK", 1, first.digest(), replace(first, trust_version=9))


def test_the_next_must_name_the_one_before() -> None:
    first, second = chain(2)
    _assert_order("E_CHAIN", 1, DIGEST, second)
    _assert_order("E_CHAIN", 1, first.digest(), replace(second, prev=DIGEST))


# --- cursors --------------------------------------------------------------------------------------------------------


@given(st.sets(st.integers(1, 60)))
def test_a_cursor_says_which_numbers_were_taken(taken: set[int]) -> None:
    cursor = cursor_of(taken)
    assert {seq for seq in range(-2, 70) if cursor.has(seq)} == taken
    assert set(cursor.missing) == set(range(1, max(taken, default=0))) - taken
    told = receipt(cursors={stream_name(SEAT.short, 1): cursor})
    assert read(sign_receipt(told, RECEIPT)).cursor(SEAT.short, 1) == cursor


def test_one_package_numbered_far_ahead_makes_no_endless_receipt() -> None:
    cursor = cursor_of({1, 2, 2**50, 2**50 + 7})
    assert (cursor.through, cursor.also) == (2, (2**50, 2**50 + 7))
    assert cursor.missing == tuple(range(3, 3 + MOST_MISSING))
    assert len(cursor_of({5, 2**50}).missing) == MOST_MISSING


def test_a_stream_the_receiver_has_nothing_of_has_an_empty_cursor() -> None:
    assert receipt().cursor(SEAT.short, 2) == Cursor(through=0, also=(), missing=())
    assert not receipt().cursor(SEAT.short, 2).has(0)


def _assert_refused(data: bytes, code: str) -> None:
    with pytest.raises(PackageFault) as caught:
        read(data)
    assert caught.value.code == code


def _assert_order(code: str, last_seq: int, last_digest: str, told: Receipt) -> None:
    with pytest.raises(PackageFault) as caught:
        follows(last_seq, last_digest, told)
    assert caught.value.code == code
