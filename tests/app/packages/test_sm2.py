"""SM2 and its companions against the examples of the standards, and against OpenSSL's program."""

import subprocess
from pathlib import Path

import gmalg  # type: ignore[import-untyped]  # ships no types
import pytest
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from app.packages import sm2
from app.packages.digests import Algorithm, Digest
from app.packages.envelope import keyid_of
from app.packages.sm4 import CONTENT_KEY_BYTES
from tests.app.packages import golden
from tests.app.packages.gm_parcels import GM_OURS, GM_SEAT, GM_THIEF

# The keys and the random number of the examples in GB/T 32918.5-2017, A.2 and C.2.
SECRET = bytes.fromhex("3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8")
PUBLIC = bytes.fromhex(
    "0409F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
    "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13"
)
R = 0xF5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3
S = 0xB1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA
ORDER = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
C1 = bytes.fromhex(
    "04EBFC718E8D1798620432268E77FEB6415E2EDE0E073C0F4F640ECD2E149A73"
    "E858F9D81E5430A57B36DAAB8F950A3C64E6EE6A63094D99283AFF767E124DF0"
)
C2 = bytes.fromhex("21886CA989CA9C7D58087307CA93092D651EFA")
C3 = bytes.fromhex("59983C18F809E262923C53AEC295D30383B54E39D609D160AFCB1908D0BD8766")
KEY = bytes(range(CONTENT_KEY_BYTES))


def wrapped(c1: bytes, c2: bytes, c3: bytes) -> bytes:
    """DER of an encryption, spelled out."""
    numbers = encode_dss_signature(int.from_bytes(c1[:32], "big"), int.from_bytes(c1[32:], "big"))[2:]
    content = numbers + b"\4\x20" + c3 + bytes([4, len(c2)]) + c2
    return b"\x30" + (b"\x81" if len(content) > 127 else b"") + bytes([len(content)]) + content


# --- the standards ------------------------------------------------------------------------------------------------


def test_the_signature_of_the_standard_verifies() -> None:
    assert sm2.public_of(SECRET) == PUBLIC
    signature = encode_dss_signature(R, S)
    assert sm2.verifies(PUBLIC, signature, b"message digest")
    assert not sm2.verifies(PUBLIC, signature, b"message digesT")


def test_the_encryption_of_the_standard_is_opened() -> None:
    assert sm2.unwrap(SECRET, wrapped(C1, C2, C3), len(C2)) == b"encryption standard"


@pytest.mark.parametrize(
    ("message", "digest"),
    [  # GB/T 32905-2016, A.1 and A.2
        (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    ],
)
def test_sm3_is_that_of_the_standard(message: bytes, digest: str) -> None:
    assert Digest(Algorithm.SM3, message).named() == f"sm3:{digest}"


# --- signatures ---------------------------------------------------------------------------------------------------


def test_what_is_signed_verifies_and_nothing_else_does() -> None:
    signature = GM_SEAT.sign(b"message")
    assert sm2.verifies(GM_SEAT.public, signature, b"message")
    assert not sm2.verifies(GM_THIEF.public, signature, b"message")
    assert GM_SEAT.sign(b"message") != signature, "every signature takes a new random number"


def test_no_byte_of_a_signature_can_change() -> None:
    signature = bytearray(GM_SEAT.sign(b"message"))
    for place in range(len(signature)):
        signature[place] ^= 1
        assert not sm2.verifies(GM_SEAT.public, bytes(signature), b"message"), place
        signature[place] ^= 1


def test_there_is_one_spelling_of_a_signature() -> None:
    r, s = decode_dss_signature(GM_SEAT.sign(b"message"))
    whole = encode_dss_signature(r, s)
    others = [whole + b"\0", b"\x30\x81" + whole[1:], encode_dss_signature(r, s + ORDER), encode_dss_signature(r + ORDER, s)]
    others += [encode_dss_signature(r, ORDER - s), encode_dss_signature(0, s), encode_dss_signature(r, 0), b"", b"\x30\x00"]
    others += [encode_dss_signature(r, ORDER - r)]  # r + s of no inverse
    assert sm2.verifies(GM_SEAT.public, whole, b"message")
    assert not any(sm2.verifies(GM_SEAT.public, each, b"message") for each in others)


def test_a_signature_under_another_id_is_none() -> None:
    r, s = gmalg.SM2(GM_SEAT.secret, b"somebody", GM_SEAT.public).sign(b"message")
    assert not sm2.verifies(GM_SEAT.public, encode_dss_signature(int.from_bytes(r, "big"), int.from_bytes(s, "big")), b"message")


@pytest.mark.parametrize(
    "raw",
    [b"", b"\0", PUBLIC[1:], PUBLIC[:-1], b"\2" + PUBLIC[1:33], b"\5" + PUBLIC[1:], PUBLIC[:-1] + b"\x14", b"\4" + bytes(64),
     b"\4" + b"\xff" * 64, PUBLIC + b"\0"],
)  # fmt: skip
def test_only_points_of_the_curve_are_public_keys(raw: bytes) -> None:
    assert not sm2.is_public(raw)
    assert not sm2.verifies(raw, encode_dss_signature(R, S), b"message digest")


@pytest.mark.parametrize("secret", [b"", bytes(32), b"\xff" * 32, bytes(31), ORDER.to_bytes(32, "big")])
def test_only_numbers_below_the_order_are_secret_keys(secret: bytes) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        sm2.public_of(secret)


def test_a_new_pair_is_a_pair() -> None:
    secret, public = sm2.make_pair()
    assert (len(secret), sm2.public_of(secret)) == (sm2.SECRET_BYTES, public)
    assert sm2.is_public(public)
    assert keyid_of(public).startswith("sm2:")


def test_no_secret_is_said() -> None:
    for key in (GM_SEAT, GM_OURS):
        assert key.secret.hex() not in repr(key)
        assert repr(key.secret)[2:-1] not in repr(key)


# --- wrapped keys -------------------------------------------------------------------------------------------------


def test_a_wrapped_key_is_opened_by_its_reader_alone() -> None:
    made = sm2.wrap(GM_OURS.public, KEY)
    assert GM_OURS.unwrap(made) == KEY
    with pytest.raises(ValueError, match="not wrapped for this key"):
        sm2.unwrap(SECRET, made, CONTENT_KEY_BYTES)


def test_whatever_is_wrong_with_a_wrapped_key_is_the_same_error() -> None:
    made = sm2.wrap(GM_OURS.public, KEY)
    spoiled = [made[:length] for length in range(0, len(made), 5)] + [made + b"\0", sm2.wrap(GM_OURS.public, KEY[:47])]
    for place in range(len(made)):
        spoiled.append(made[:place] + bytes([made[place] ^ 1]) + made[place + 1 :])
    told = set()
    for each in spoiled:
        with pytest.raises(ValueError) as caught:  # noqa: PT011  # its text is looked at below
            GM_OURS.unwrap(each)
        told.add((type(caught.value), str(caught.value)))
    assert told == {(ValueError, "not wrapped for this key")}


# --- OpenSSL ------------------------------------------------------------------------------------------------------

OPENSSL = ("openssl",)
_SPKI = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d034200")


def program(folder: Path, *arguments: str) -> bytes:
    golden.needs(OPENSSL)
    return subprocess.run(["openssl", *arguments], cwd=folder, capture_output=True, check=True).stdout


def secret_pem(folder: Path, name: str) -> bytes:
    """A new key of OpenSSL's in `folder`; its secret bytes."""
    program(folder, "genpkey", "-algorithm", "SM2", "-out", name)
    told = program(folder, "pkey", "-in", name, "-noout", "-text").decode()
    digits = told.split("priv:")[1].split("pub:")[0]
    return bytes.fromhex(digits.replace(":", "").replace("\n", "").replace(" ", ""))[-32:].rjust(32, b"\0")


def test_openssl_verifies_what_we_sign_and_we_what_it_signs(tmp_path: Path) -> None:
    (tmp_path / "message").write_bytes(b"message")
    secret = secret_pem(tmp_path, "key.pem")
    public = sm2.public_of(secret)
    (tmp_path / "ours").write_bytes(sm2.sign(secret, public, b"message"))
    (tmp_path / "pub.der").write_bytes(_SPKI + public)
    distid = ("-sigopt", "distid:1234567812345678")
    program(tmp_path, "pkey", "-pubin", "-inform", "DER", "-in", "pub.der", "-out", "pub.pem")
    program(tmp_path, "dgst", "-sm3", "-verify", "pub.pem", *distid, "-signature", "ours", "message")
    program(tmp_path, "dgst", "-sm3", "-sign", "key.pem", *distid, "-out", "theirs", "message")
    assert sm2.verifies(public, (tmp_path / "theirs").read_bytes(), b"message")


def test_openssl_unwraps_what_we_wrap_and_we_what_it_wraps(tmp_path: Path) -> None:
    secret = secret_pem(tmp_path, "key.pem")
    public = sm2.public_of(secret)
    (tmp_path / "ours").write_bytes(sm2.wrap(public, KEY))
    assert program(tmp_path, "pkeyutl", "-decrypt", "-inkey", "key.pem", "-in", "ours") == KEY
    (tmp_path / "plain").write_bytes(KEY)
    (tmp_path / "pub.der").write_bytes(_SPKI + public)
    program(tmp_path, "pkeyutl", "-encrypt", "-pubin", "-keyform", "DER", "-inkey", "pub.der", "-in", "plain", "-out", "theirs")
    assert sm2.unwrap(secret, (tmp_path / "theirs").read_bytes(), CONTENT_KEY_BYTES) == KEY
