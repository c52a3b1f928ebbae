"""A deposit: only whom it was made for opens it, it says whose it is, and no other file's data take it for their own."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Refused
from app.packages import escrow
from app.packages.escrow import Deposit
from app.packages.faults import PackageFault
from app.packages.receiving_key import make_receiving_key

DB, OTHER = "019b76da-a800-7c3e-82dd-21250b729601", "019b76da-a800-7c3e-82dd-21250b729602"
SECRET, RECIPIENT = make_receiving_key()
DEPOSIT = Deposit(
    format=escrow.FORMAT,
    db=DB,
    body="43",
    station="430181001-001",
    name="某某街道人大代表联络站",
    seat="0123456789abcdef",
    made="2026-11-21",
    code="-".join(["000011"] * 8),
)


def request(db: str = DB) -> bytes:
    return escrow.write_request(db, RECIPIENT, escrow.seal_deposit(DEPOSIT, RECIPIENT))


def test_what_was_deposited_comes_back() -> None:
    assert escrow.open_deposit(escrow.read_request(request()), [SECRET]) == DEPOSIT


def test_nothing_of_it_can_be_read_in_the_file() -> None:
    for secret in (DEPOSIT.code, DEPOSIT.station, DEPOSIT.name, DEPOSIT.seat):
        assert secret.encode() not in request()


def test_another_key_opens_nothing() -> None:
    with pytest.raises(PackageFault, match="E_NO_KEY"):
        escrow.open_deposit(escrow.read_request(request()), [make_receiving_key()[0]])


def test_laid_into_another_database_s_file_it_gives_no_digits() -> None:
    with pytest.raises(Refused) as caught:
        escrow.open_deposit(escrow.read_request(request(OTHER)), [SECRET])
    assert (caught.value.code, caught.value.facts) == ("escrow_moved", {"station": DEPOSIT.station})


def test_no_byte_of_the_sealed_part_can_change() -> None:
    sound = escrow.read_request(request())
    for place in range(0, len(sound.sealed), 11):
        letter = "A" if sound.sealed[place] != "A" else "B"
        with pytest.raises(PackageFault):
            escrow.open_deposit(replace(sound, sealed=sound.sealed[:place] + letter + sound.sealed[place + 1 :]), [SECRET])


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("format", "llz-escrow/2"),
        ("station", "somewhere"),
        ("name", "某站\x1b[2J"),
        ("name", "某" * 201),
        ("seat", "0123"),
        ("made", "today"),
        ("code", "ring this number: 000011"),
    ],
)
def test_a_stranger_s_words_are_not_read_out(member: str, value: str) -> None:
    sealed = escrow.seal_deposit(replace(DEPOSIT, **{member: value}), RECIPIENT)
    with pytest.raises(PackageFault) as caught:
        escrow.open_deposit(escrow.read_request(escrow.write_request(DB, RECIPIENT, sealed)), [SECRET])
    assert caught.value.facts["member"] == member


@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_refused_in_words(data: bytes) -> None:
    with pytest.raises(PackageFault):
        escrow.read_request(data)
