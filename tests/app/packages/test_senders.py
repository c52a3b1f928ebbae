import base64
from dataclasses import replace
from datetime import timedelta

from app.packages import senders
from app.packages.envelope import keyid_of
from app.packages.roots import OnlineKey, Role, RootDocument, RootKey
from app.packages.statement import Kind, Sender
from app.packages.trust import Body, Cut, SeatEntry, SeatStatus, TrustList
from tests.app.packages.parcels import NOW, POLICY, RECIPIENT, SEAT, STATION, THIEF, SigningKey

ROOT = SigningKey(b"\3" * 32)
ENTRY = SeatEntry(
    keyid=SEAT.keyid,
    key=base64.b64encode(SEAT.public).decode(),
    receiving=RECIPIENT,
    station=STATION,
    station_code="430181001-001",
    seat=SEAT.seat,
    label="",
    status=SeatStatus.ACTIVE,
    revoked_after=None,
    not_after=None,
)
BODY_ID = "019b76da-a800-7000-8000-00000000b0d1"


def trusting(entry: SeatEntry) -> TrustList:
    return TrustList(
        format="llz-trust/1",
        version=1,
        issued=NOW,
        expires=NOW + timedelta(days=1),
        province="43",
        body=Body(code="430181001", id=BODY_ID, name="街道工委"),
        station=None,
        recipients=(),
        seats=(entry,),
        policy=POLICY,
    )


def root_key(key: SigningKey) -> RootKey:
    return RootKey(keyid=key.keyid, key=base64.b64encode(key.public).decode())


def online(key: SigningKey, role: Role) -> OnlineKey:
    return OnlineKey(keyid=key.keyid, key=base64.b64encode(key.public).decode(), roles=(role,))


ROOTS = RootDocument(
    format="llz-roots/1",
    version=1,
    issued=NOW,
    expires=NOW + timedelta(days=1),
    province="43",
    roots=(root_key(ROOT),),
    threshold=2,
    online_keys=(online(SEAT, Role.RECEIPT), online(THIEF, Role.REPLY)),
)


def test_a_seat_sends_as_itself_and_only_what_seats_send() -> None:
    believed = senders.seats(trusting(ENTRY))
    known = believed.find(SEAT.keyid)
    assert known is not None
    assert known.sender == Sender(province="43", station=STATION, seat=SEAT.seat)
    assert (known.key.keyid, known.until, known.not_after) == (keyid_of(SEAT.public), None, None)
    assert Kind.CHANGES in believed.kinds
    assert Kind.REPLY not in believed.kinds
    assert believed.find(THIEF.keyid) is None


def test_a_revoked_seat_counts_up_to_its_cut_or_not_at_all() -> None:
    gone = replace(ENTRY, status=SeatStatus.REVOKED)
    for entry, until in ((gone, (0, 0)), (replace(gone, revoked_after=Cut(epoch=2, seq=5)), (2, 5))):
        known = senders.seats(trusting(entry)).find(SEAT.keyid)
        assert known is not None
        assert known.until == until


def test_the_body_replies_with_the_keys_that_may_reply() -> None:
    believed = senders.body(ROOTS, trusting(ENTRY))
    known = believed.find(THIEF.keyid)
    assert known is not None
    assert known.sender == Sender(province="43", station=BODY_ID, seat=THIEF.seat)
    assert believed.find(SEAT.keyid) is None, "a key that signs receipts does not reply"
    assert believed.kinds == {Kind.REPLY, Kind.RESTORE}
