"""The container: a stored ZIP of exactly three members in which no byte is free.

The headers are those that `zip -0 -X` of Info-ZIP 3.0 writes for files of mode 0644 dated 1980-01-01 00:00 with TZ=UTC. A
reader computes them again and compares; it asks no ZIP library and extracts nothing, so none of the tricks that ZIP allows
(two members of one name, overlaps, junk between, names with `..`) has a place to stand.
"""

import os
import re
import struct
import zlib
from dataclasses import dataclass
from typing import BinaryIO, Final

from app.packages.digests import Digest
from app.packages.envelope import LARGEST as LARGEST_ENVELOPE
from app.packages.faults import PackageFault
from app.packages.forms import FORMS, STD_1, Form
from app.packages.statement import FORMAT_NUMBER

README_NAME: Final = "README.txt"
STATEMENT_NAME: Final = "statement.dsse.json"

LARGEST_PAYLOAD: Final = 1 << 30
LARGEST: Final = LARGEST_PAYLOAD + (1 << 20)
"""Bytes of a whole package: 1 GiB of payload, and room for the rest."""

PIECE: Final = 1 << 20

_VERSION_NEEDED: Final = 10
_MADE_BY: Final = 3 << 8 | 30  # Unix, program version 3.0
_DATE: Final = 0x0021  # 1980-01-01
_ATTRIBUTES: Final = 0o100644 << 16
_LOCAL: Final = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL: Final = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END: Final = struct.Struct("<4sHHHHIIH")
_MARK: Final = re.compile(rb"llz-package/([0-9]{1,6})\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """A package of a suite's outer form: where its payload lies, what it hashes to by that suite, and the envelope's bytes."""

    form: Form
    payload_start: int
    payload_bytes: int
    payload_digest: str
    statement: bytes


@dataclass(frozen=True, slots=True)
class _Member:
    name: bytes
    crc: int
    size: int

    def local(self) -> bytes:
        return (
            _LOCAL.pack(b"PK\3\4", _VERSION_NEEDED, 0, 0, 0, _DATE, self.crc, self.size, self.size, len(self.name), 0) + self.name
        )

    def central(self, start: int) -> bytes:
        sizes = (self.crc, self.size, self.size, len(self.name), 0, 0, 0, 0)
        return _CENTRAL.pack(b"PK\1\2", _MADE_BY, _VERSION_NEEDED, 0, 0, 0, _DATE, *sizes, _ATTRIBUTES, start) + self.name

    @property
    def whole(self) -> int:
        return _LOCAL.size + len(self.name) + self.size


_READMES: Final = {form: _Member(README_NAME.encode(), zlib.crc32(form.readme), len(form.readme)) for form in FORMS}
_HEADS: Final = {form: readme.local() + form.readme for form, readme in _READMES.items()}


def is_package(head: bytes) -> bool:
    """Whether a file that begins so says that it is a package, of whatever version; no archive of another program does."""
    return head[:4] == b"PK\3\4" and _MARK.match(head, _LOCAL.size + len(README_NAME)) is not None


def _tail(readme: _Member, payload: _Member, statement: _Member) -> bytes:
    members = (readme, payload, statement)
    starts = (0, readme.whole, readme.whole + payload.whole)
    directory = b"".join(member.central(start) for member, start in zip(members, starts, strict=True))
    begin = sum(member.whole for member in members)
    return directory + _END.pack(b"PK\5\6", 0, 0, len(members), len(members), len(directory), begin, 0)


class ContainerFile:
    """A package being written: first the payload piece by piece, then the envelope about it.

    `file` is empty, writable and can seek: the payload's header is written again once its size is known.
    """

    def __init__(self, file: BinaryIO, form: Form = STD_1) -> None:
        self._file = file
        self._form = form
        self._crc = 0
        self._hash = Digest(form.digest)
        self.payload_bytes = 0
        file.write(_HEADS[form] + _Member(form.payload.encode(), 0, 0).local())

    @property
    def payload_digest(self) -> str:
        """The digest of the payload written so far."""
        return self._hash.named()

    def write(self, piece: bytes) -> int:
        """Append to the payload; raises `PackageFault("E_LIMIT", limit)` beyond the size a package may have."""
        if self.payload_bytes + len(piece) > LARGEST_PAYLOAD:
            raise PackageFault("E_LIMIT", limit=LARGEST_PAYLOAD)
        self._crc = zlib.crc32(piece, self._crc)
        self._hash.update(piece)
        self.payload_bytes += len(piece)
        self._file.write(piece)
        return len(piece)

    def finish(self, envelope: bytes) -> int:
        """Add the envelope and the directory; returns the size of the whole file in bytes."""
        payload = _Member(self._form.payload.encode(), self._crc, self.payload_bytes)
        statement = _Member(STATEMENT_NAME.encode(), zlib.crc32(envelope), len(envelope))
        self._file.write(statement.local() + envelope + _tail(_READMES[self._form], payload, statement))
        self._file.seek(len(_HEADS[self._form]))
        self._file.write(payload.local())
        return self._file.seek(0, os.SEEK_END)


def read(file: BinaryIO, *, limit: int = LARGEST) -> Container:
    """The container in `file`, every byte of which has been accounted for; nothing of it is believed yet.

    `limit` in bytes. Raises `PackageFault` with E_LIMIT(bytes, limit), E_FORMAT_NEW(found) for the README of a later format,
    E_JSON for an envelope too large, E_CONTAINER(part) for anything else.
    """
    size = file.seek(0, os.SEEK_END)
    if size > limit:
        raise PackageFault("E_LIMIT", bytes=size, limit=limit)
    file.seek(0)
    form = _form_of(file)
    payload = _member(file, form.payload, size)
    start = file.tell()
    digest = _check_payload(file, payload, form)
    statement = _member(file, STATEMENT_NAME, size)
    if statement.size > LARGEST_ENVELOPE:
        raise PackageFault("E_JSON", reason="size")
    envelope = file.read(statement.size)
    if zlib.crc32(envelope) != statement.crc:
        raise PackageFault("E_CONTAINER", part=STATEMENT_NAME)
    tail = _tail(_READMES[form], payload, statement)
    if file.read(len(tail) + 1) != tail:
        raise PackageFault("E_CONTAINER", part="directory")
    return Container(form=form, payload_start=start, payload_bytes=payload.size, payload_digest=digest, statement=envelope)


def _form_of(file: BinaryIO) -> Form:
    """The suite by whose README the file begins, which stands before nothing else."""
    found = file.read(max(map(len, _HEADS.values())))
    for form, head in _HEADS.items():
        if found.startswith(head):
            file.seek(len(head))
            return form
    marked = _MARK.match(found, _LOCAL.size + len(README_NAME))
    if marked and int(marked[1]) > FORMAT_NUMBER:
        raise PackageFault("E_FORMAT_NEW", found=marked[0].decode().strip())
    raise PackageFault("E_CONTAINER", part=README_NAME)


def _member(file: BinaryIO, name: str, end: int) -> _Member:
    """The next member, by its own header; the directory must say the same later."""
    header = file.read(_LOCAL.size + len(name))
    if len(header) != _LOCAL.size + len(name):
        raise PackageFault("E_CONTAINER", part=name)
    member = _Member(name.encode(), *_LOCAL.unpack_from(header)[6:8])
    if member.local() != header or file.tell() + member.size > end:
        raise PackageFault("E_CONTAINER", part=name)
    return member


def _check_payload(file: BinaryIO, payload: _Member, form: Form) -> str:
    crc, digest, left = 0, Digest(form.digest), payload.size
    while left and (piece := file.read(min(PIECE, left))):
        crc = zlib.crc32(piece, crc)
        digest.update(piece)
        left -= len(piece)
    if left or crc != payload.crc:
        raise PackageFault("E_CONTAINER", part=form.payload)
    return digest.named()
