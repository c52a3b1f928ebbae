"""Who a seat and a receiver are: names from keys, signatures any envelope takes, texts that give the same keys back."""

import hashlib
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from app.errors import Unavailable
from app.keys.identities import BodySm2, ReceiverIdentity, ReceivingKey, SeatIdentity, SeatSm2, SigningKey, Sm2Pair
from app.packages import envelope
from app.packages.receiving_key import make_receiving_key


def receiving_key() -> ReceivingKey:
    secret, recipient = make_receiving_key()
    return ReceivingKey(secret=secret, recipient=recipient)


def test_a_seat_is_named_after_its_signing_key() -> None:
    seat = SeatIdentity.make(receiving_key())
    assert seat.seat_id == hashlib.sha256(seat.signing.public).hexdigest()[:16]
    assert seat.signing.keyid == f"ed25519:{seat.seat_id}" == envelope.keyid_of(seat.signing.public)
    assert SeatIdentity.make(seat.receiving).seat_id != seat.seat_id


def test_a_known_key() -> None:
    # RFC 8032, section 7.1, test 2
    key = SigningKey(seed=bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"))
    assert key.public.hex() == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
    assert key.sign(b"\x72").hex().startswith("92a009a9f0d4cab8720e820b5f642540")
    Ed25519PublicKey.from_public_bytes(key.public).verify(key.sign(b"other"), b"other")


def test_a_signing_key_signs_envelopes() -> None:
    key = SigningKey.make()
    signed = envelope.read(envelope.sign("application/x", b"payload", [key]))
    known = {key.keyid: envelope.PublicKey(keyid=key.keyid, key=key.public)}
    assert envelope.verify(signed, "application/x", known, 1) == b"payload"


def test_a_seat_comes_back_from_its_texts() -> None:
    seat = SeatIdentity.make(receiving_key())
    texts = seat.to_texts()
    assert SeatIdentity.from_texts(texts) == seat
    assert sorted(texts) == ["receiving.recipient", "receiving.secret", "signing"]


def test_a_receiver_comes_back_with_all_its_receiving_keys() -> None:
    first, second = receiving_key(), receiving_key()
    receiver = ReceiverIdentity.make(first).with_receiving(second)
    assert receiver.receiving == (second, first)
    assert ReceiverIdentity.from_texts(receiver.to_texts()) == receiver
    assert len({receiver.trust.keyid, receiver.receipt.keyid, receiver.reply.keyid}) == 3
    assert first.kid != second.kid


def test_any_missing_or_damaged_part_is_named() -> None:
    receiver = ReceiverIdentity.make(receiving_key())
    for name in receiver.to_texts():
        part = name.split(".")[0]
        for texts in (_without(receiver.to_texts(), name), receiver.to_texts() | {name: "no key"}):
            with pytest.raises(Unavailable) as caught:
                ReceiverIdentity.from_texts(texts)
            assert (caught.value.code, caught.value.facts) == ("identity_damaged", {"part": part})
    with pytest.raises(Unavailable, match="signing"):
        SeatIdentity.from_texts({})


def test_no_secret_is_shown() -> None:
    receiver = ReceiverIdentity.make(receiving_key())
    shown = repr(receiver) + repr(SeatIdentity(signing=receiver.trust, receiving=receiver.receiving[0]))
    assert "AGE-SECRET-KEY" not in shown
    assert repr(receiver.trust.seed) not in shown
    with pytest.raises(ValueError, match="32 bytes"):
        SigningKey(seed=b"short")
    with pytest.raises(ValueError, match="age"):
        ReceivingKey(secret="AGE-PLUGIN-1", recipient="age1")


def _without(texts: dict[str, str], name: str) -> dict[str, str]:
    return {each: text for each, text in texts.items() if each != name}


def sm2_pair(number: int) -> Sm2Pair:
    return Sm2Pair(secret=bytes([number]) * 32, public=b"\4" + bytes([number]) * 64)


def test_keys_of_sm2_come_back_beside_the_others() -> None:
    seat = SeatIdentity.make(receiving_key()).with_sm2(SeatSm2(signing=sm2_pair(1), receiving=sm2_pair(2)))
    body = BodySm2(receipt=sm2_pair(3), reply=sm2_pair(4), receiving=sm2_pair(5))
    receiver = ReceiverIdentity.make(receiving_key()).with_receiving(receiving_key()).with_sm2(body)
    assert SeatIdentity.from_texts(seat.to_texts()) == seat
    assert ReceiverIdentity.from_texts(receiver.to_texts()) == receiver
    assert "\\x01" not in repr(seat.sm2)[: repr(seat.sm2).index("public")]


@pytest.mark.parametrize("part", ["sm2-signing.secret", "sm2-signing.public", "sm2-receiving.public"])
@pytest.mark.parametrize("spoil", [lambda text: "", lambda text: text[:-4], lambda text: "!" + text])
def test_a_damaged_key_of_sm2_is_named(part: str, spoil: Callable[[str], str]) -> None:
    seat = SeatIdentity.make(receiving_key()).with_sm2(SeatSm2(signing=sm2_pair(1), receiving=sm2_pair(2)))
    texts = seat.to_texts()
    for damaged in (texts | {part: spoil(texts[part])}, {name: text for name, text in texts.items() if name != part}):
        with pytest.raises(Unavailable, match="identity_damaged") as caught:
            SeatIdentity.from_texts(damaged)
        assert caught.value.facts["part"] == part.partition(".")[0]
