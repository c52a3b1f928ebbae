"""Signatures that `ssh-keygen -Y verify` checks, and the list of signers it checks them by: for who has no program of ours.

The form of a signature is that of OpenSSH's `PROTOCOL.sshsig`, of the list that of "ALLOWED SIGNERS" in `ssh-keygen(1)`. What is
signed begins with `SSHSIG` and names its namespace, so no such signature stands for an envelope, nor the other way round.
"""

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import Final

from app.errors import Refused
from app.files import disk_told, write_whole
from app.packages.envelope import Signer, signed_by

STATION: Final = "liaison-station"
BODY: Final = "liaison-body"
"""The namespaces: what a seat of a station signs, and what a body does."""

ENDING: Final = ".sig"
"""What `ssh-keygen` adds to the name of a file for its signature."""

_MAGIC: Final = b"SSHSIG"
_VERSION: Final = 1
_KEY_TYPE: Final = "ssh-ed25519"
_HASH: Final = "sha512"
_LINE: Final = 70
_ONE_DAY: Final = timedelta(days=1)
_PRINCIPAL: Final = re.compile(r"[0-9A-Za-z@._-]{1,100}")


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowedSigner:
    """One line of the list: whom `key` (32 raw bytes) speaks for, in which namespace, and until when; moments are aware."""

    principals: Sequence[str]
    namespace: str
    key: bytes
    valid_after: datetime
    valid_before: datetime


def sign_file(content: BufferedReader | BytesIO, namespace: str, signer: Signer) -> bytes:
    """The file bytes of a detached signature over all that `content` still holds, read in pieces; raises as `signed_by` does."""
    digest = hashlib.file_digest(content, _HASH).digest()
    named = _text(namespace) + _text("") + _text(_HASH)
    signature = _text(_KEY_TYPE) + _string(signed_by(signer, _MAGIC + named + _string(digest)))
    blob = _MAGIC + _VERSION.to_bytes(4, "big") + _string(_public(signer.public)) + named + _string(signature)
    text = base64.b64encode(blob).decode()
    lines = [text[place : place + _LINE] for place in range(0, len(text), _LINE)]
    return "\n".join(["-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----", ""]).encode()


def sign_beside(path: Path, namespace: str, signer: Signer) -> Path:
    """`FILE.sig` beside the file at `path`, as `ssh-keygen` calls it.

    Raises `Refused("folder_exists", path)` where a signature is there already, and as `sign_file` and the disk do.
    """
    beside = path.with_name(path.name + ENDING)
    if beside.exists():
        raise Refused("folder_exists", path=str(beside))
    with disk_told(path), path.open("rb") as content:
        signature = sign_file(content, namespace, signer)
    write_whole(beside, signature)
    return beside


def allowed_signers(signers: Sequence[AllowedSigner]) -> bytes:
    """The file of the list; raises `ValueError` for a name that would not be read as one.

    The days are spelled without a zone, which readers before OpenSSH 9.1 would refuse: the reader takes them for its own, so each
    end is told a day late and each beginning a day early, and no place on earth is told too little.
    """
    return "".join(f"{_line(each)}\n" for each in signers).encode()


def _line(signer: AllowedSigner) -> str:
    if not signer.principals or not all(_PRINCIPAL.fullmatch(each) for each in (*signer.principals, signer.namespace)):
        raise ValueError("plain names")
    days = f'valid-after="{_day(signer.valid_after, -1)}",valid-before="{_day(signer.valid_before, 1)}"'
    options = f'namespaces="{signer.namespace}",{days}'
    return f"{','.join(signer.principals)} {options} {_KEY_TYPE} {base64.b64encode(_public(signer.key)).decode()}"


def _day(moment: datetime, days: int) -> str:
    return (moment.astimezone(UTC) + days * _ONE_DAY).strftime("%Y%m%d")


def _public(key: bytes) -> bytes:
    return _text(_KEY_TYPE) + _string(key)


def _text(text: str) -> bytes:
    return _string(text.encode())


def _string(raw: bytes) -> bytes:
    return len(raw).to_bytes(4, "big") + raw
