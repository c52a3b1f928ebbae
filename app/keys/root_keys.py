"""The offline root keys of a receiving body: three files in a folder that is brought out only to sign.

`root-1.key.pem` and so on, PKCS#8, so that any standard tool opens them; with a passphrase encrypted under scrypt.
"""

import base64
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from cryptography.hazmat.primitives.padding import PKCS7
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from app.errors import Refused
from app.files import disk_told, write_whole
from app.keys.identities import SigningKey
from app.keys.passphrase import Passphrase

MADE: Final = 3
NEEDED: Final = 2

_NAME: Final = re.compile(r"root-[1-9][0-9]?\.key\.pem")
_LARGEST_FILE: Final = 16 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class RootKeys:
    """The root keys that could be opened, in the order of their files, and the names of the files that could not."""

    keys: tuple[SigningKey, ...]
    closed: tuple[str, ...]


def open_or_make_roots(folder: Path, passphrase: Passphrase | None) -> RootKeys:
    """The root keys in `folder`, or three new ones where it holds none; it is made where it is missing.

    Raises `Refused("roots_too_few", opened, found, needed, folder)` where fewer than two open, which a wrong or missing
    passphrase, a damaged file or a file twice explains; and what `app.files.disk_told` raises.
    """
    with disk_told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        files = sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name))
    if not files:
        return RootKeys(keys=tuple(_made(folder, number, passphrase) for number in range(1, MADE + 1)), closed=())
    return _opened(folder, files, passphrase)


def open_roots(folder: Path, passphrase: Passphrase | None) -> RootKeys:
    """The root keys in `folder`; raises as `open_or_make_roots` does, also where it holds none."""
    with disk_told(folder):
        files = sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name))
    return _opened(folder, files, passphrase)


def _made(folder: Path, number: int, passphrase: Passphrase | None) -> SigningKey:
    key = SigningKey.make()
    write_whole(folder / f"root-{number}.key.pem", to_pem(key, passphrase), private=True)
    return key


def _opened(folder: Path, files: list[Path], passphrase: Passphrase | None) -> RootKeys:
    tried = {path.name: _read(path, passphrase) for path in files}
    keys = tuple({key.public: key for key in tried.values() if key is not None}.values())
    if len(keys) < NEEDED:
        raise Refused("roots_too_few", opened=len(keys), found=len(files), needed=NEEDED, folder=str(folder))
    return RootKeys(keys=keys, closed=tuple(name for name, key in tried.items() if key is None))


def _read(path: Path, passphrase: Passphrase | None) -> SigningKey | None:
    try:
        with path.open("rb") as file:
            return from_pem(file.read(_LARGEST_FILE), passphrase)
    except (OSError, Refused):
        return None


def from_pem(data: bytes, passphrase: Passphrase | None) -> SigningKey:
    """The Ed25519 key of a PEM file, encrypted or not; raises `Refused("root_key_closed")`."""
    encrypted = b"ENCRYPTED" in data
    secret = passphrase.secret if encrypted and passphrase is not None else None
    try:
        key = load_pem_private_key(data, secret)
    except (ValueError, TypeError) as error:
        raise Refused("root_key_closed") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise Refused("root_key_closed")
    return SigningKey(seed=key.private_bytes_raw())


def to_pem(key: SigningKey, passphrase: Passphrase | None) -> bytes:
    """The key as PKCS#8 PEM; with a passphrase encrypted, and opened by `openssl pkey` too."""
    plain = Ed25519PrivateKey.from_private_bytes(key.seed)
    if passphrase is None:
        return plain.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    der = _encrypted(plain.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()), passphrase.secret)
    text = base64.encodebytes(der).decode().replace("\n", "")
    lines = [text[place : place + 64] for place in range(0, len(text), 64)]
    return "\n".join(["-----BEGIN ENCRYPTED PRIVATE KEY-----", *lines, "-----END ENCRYPTED PRIVATE KEY-----", ""]).encode()


# The library writes PBKDF2 with 2,048 rounds and offers no choice, and the same passphrase may guard the receiver's store:
# so the container (RFC 8018 PBES2 with RFC 7914 scrypt) is put together here, of the library's own scrypt and AES.

_PBES2: Final = bytes.fromhex("06092a864886f70d01050d")
_SCRYPT: Final = bytes.fromhex("06092b06010401da47040b")
_AES_256_CBC: Final = bytes.fromhex("060960864801650304012a")
_SEQUENCE, _NUMBER, _OCTETS = 0x30, 0x02, 0x04
_COST, _BLOCK, _LANES = 1 << 14, 8, 5
"""The largest memory that OpenSSL's own reader allows itself, 16 MiB, and five times the work."""


def _encrypted(plain: bytes, secret: bytes) -> bytes:
    salt, start = secrets.token_bytes(16), secrets.token_bytes(16)
    key = Scrypt(salt=salt, length=32, n=_COST, r=_BLOCK, p=_LANES).derive(secret)
    padding = PKCS7(128).padder()
    sealing = Cipher(AES(key), CBC(start)).encryptor()
    sealed = sealing.update(padding.update(plain) + padding.finalize()) + sealing.finalize()
    costs = b"".join(_der(_NUMBER, each.to_bytes(each.bit_length() // 8 + 1, "big")) for each in (_COST, _BLOCK, _LANES))
    derivation = _der(_SEQUENCE, _SCRYPT + _der(_SEQUENCE, _der(_OCTETS, salt) + costs))
    cipher = _der(_SEQUENCE, _AES_256_CBC + _der(_OCTETS, start))
    scheme = _der(_SEQUENCE, _PBES2 + _der(_SEQUENCE, derivation + cipher))
    return _der(_SEQUENCE, scheme + _der(_OCTETS, sealed))


def _der(tag: int, body: bytes) -> bytes:
    length = bytes([len(body)]) if len(body) < 0x80 else bytes([0x81, len(body)])
    return bytes([tag]) + length + body
