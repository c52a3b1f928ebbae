"""SM2 (GB/T 32918) in the forms that OpenSSL reads: signatures with SM3 as DER of (r, s), wrapped keys as DER of C1, C3, C2.

A public key is its uncompressed point, 65 bytes that begin with 4; a secret key is 32 bytes. The arithmetic is a library's, in
Python: neither fast nor constant in time (docs/security.md).
"""

import base64
from typing import Final

from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from gmalg import SM2  # type: ignore[import-untyped]  # ships no types
from gmalg.errors import GMError  # type: ignore[import-untyped]  # ships no types

PUBLIC_BYTES: Final = 65
SECRET_BYTES: Final = 32

_ID: Final = b"1234567812345678"  # the distinguishing ID that the standard takes where none was agreed; always given
# What stands in a PKCS#8 file before the secret key (RFC 5915 inside RFC 5958, the curve by its name), and between the two keys.
_PKCS8: Final = bytes.fromhex("308187020100301306072a8648ce3d020106082a811ccf5501822d046d306b0201010420")
_THEN_PUBLIC: Final = bytes.fromhex("a144034200")
_COORDINATE: Final = 32
_HASH: Final = 32

# The curve of GB/T 32918.5.
_P: Final = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
_A: Final = _P - 3
_B: Final = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
_N: Final = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123


def make_pair() -> tuple[bytes, bytes]:
    """A new secret key and its public key."""
    secret, public = SM2().generate_keypair()
    return secret.rjust(SECRET_BYTES, b"\0"), public


def is_public(raw: bytes) -> bool:
    """Whether these bytes are a public key: a point of the curve, uncompressed."""
    if len(raw) != PUBLIC_BYTES or raw[0] != 4:
        return False
    x, y = _number(raw[1 : 1 + _COORDINATE]), _number(raw[1 + _COORDINATE :])
    return x < _P and y < _P and (y * y - x * x * x - _A * x - _B) % _P == 0


def public_of(secret: bytes) -> bytes:
    """The public key of a secret one; raises `ValueError` for what is none."""
    if len(secret) != SECRET_BYTES or not 1 <= _number(secret) <= _N - 2:
        raise ValueError("32 bytes of a number below the order of the curve")
    public: bytes = SM2().generate_pk(secret)
    return public


def to_pem(secret: bytes, public: bytes) -> bytes:
    """A key pair as PKCS#8 PEM, not encrypted, as `openssl genpkey -algorithm SM2` writes it."""
    text = base64.b64encode(_PKCS8 + secret + _THEN_PUBLIC + public).decode()
    lines = [text[place : place + 64] for place in range(0, len(text), 64)]
    return "\n".join(["-----BEGIN PRIVATE KEY-----", *lines, "-----END PRIVATE KEY-----", ""]).encode()


def sign(secret: bytes, public: bytes, message: bytes) -> bytes:
    """The signature over exactly `message`, as DER."""
    r, s = SM2(secret, _ID, public).sign(message)
    return encode_dss_signature(_number(r), _number(s))


def verifies(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether `signature`, in the only DER there is of it, is that of the key over exactly `message`."""
    try:
        r, s = decode_dss_signature(signature)
        exact = encode_dss_signature(r, s) == signature and 0 < r < _N and 0 < s < _N
        return exact and is_public(public) and SM2(uid=_ID, pk=public).verify(message, _bytes(r), _bytes(s))
    except (ValueError, ArithmeticError, TypeError):  # the library's words for the point at infinity among them
        return False


def wrap(public: bytes, key: bytes) -> bytes:
    """A short key encrypted to a public key, as DER."""
    made = SM2(pk=public).encrypt(key)
    x, y = _number(made[1 : 1 + _COORDINATE]), _number(made[1 + _COORDINATE : PUBLIC_BYTES])
    return _wrapped(x, y, made[PUBLIC_BYTES : PUBLIC_BYTES + _HASH], made[PUBLIC_BYTES + _HASH :])


def unwrap(secret: bytes, wrapped: bytes, size: int) -> bytes:
    """The key of `size` bytes that `wrap` was given; raises `ValueError`, always the same, for anything else."""
    # The two strings at the end have fixed lengths; what is left of it are the numbers, which a signature's reader can read.
    tail = 2 + _HASH + 2 + size
    start = 3 if wrapped[1:2] == b"\x81" else 2
    numbers, c3, c2 = wrapped[start:-tail], wrapped[-tail:][2 : 2 + _HASH], wrapped[-size:]
    try:
        x, y = decode_dss_signature(_sequence(numbers))
        if not (0 <= x < _P and 0 <= y < _P) or _wrapped(x, y, c3, c2) != wrapped:
            raise ValueError
        key: bytes = SM2(secret).decrypt(b"\4" + _bytes(x) + _bytes(y) + c3 + c2)
    except (GMError, ValueError, ArithmeticError, TypeError):
        raise ValueError("not wrapped for this key") from None
    return key


def _wrapped(x: int, y: int, c3: bytes, c2: bytes) -> bytes:
    numbers = encode_dss_signature(x, y)[2:]  # at most 70 bytes, so the header before them has two
    return _sequence(numbers + b"\4" + bytes([len(c3)]) + c3 + b"\4" + bytes([len(c2)]) + c2)


def _sequence(content: bytes) -> bytes:
    size = len(content)
    return b"\x30" + (bytes([size]) if size < 128 else b"\x81" + bytes([size & 255])) + content


def _number(raw: bytes) -> int:
    return int.from_bytes(raw, "big")


def _bytes(number: int) -> bytes:
    return number.to_bytes(_COORDINATE, "big")
