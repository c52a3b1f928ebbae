"""A draft that was written elsewhere, as a Word file or as plain text: recognised by what it is, whatever it is called."""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from typing import Final

from app.documents.word_file import read_word
from app.domain.beginning import Beginning, beginning_of
from app.domain.written_text import cleaned
from app.errors import Refused

LARGEST: Final = 20 << 20
"""Bytes of a file that is read."""

_ZIP: Final = b"PK"
_COMPOUND: Final = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_FOREIGN: Final = {b"%PDF": ".pdf", b"{\\rtf": ".rtf", b"<html": ".html", b"<!DOC": ".html"}
_ENCODINGS: Final = ("utf-8-sig", "gb18030")


def read_draft(content: bytes, name: str) -> Beginning:
    """Title and text of a file.

    Raises `Refused` with `draft_empty`, `draft_old_word`, `draft_encrypted`, `draft_foreign(file, format)`, `draft_not_text`,
    `draft_damaged` or `draft_too_large`.
    """
    if content.startswith(_COMPOUND):
        raise Refused("draft_encrypted" if _ENCRYPTED in content else "draft_old_word", file=name)
    foreign = next((suffix for begins, suffix in _FOREIGN.items() if content.lstrip()[:5].startswith(begins)), "")
    if foreign:
        raise Refused("draft_foreign", file=name, format=foreign)
    found = read_word(content, name) if content.startswith(_ZIP) else _plain(content, name)
    if not found.title and not found.text:
        raise Refused("draft_empty", file=name)
    return found


def _plain(content: bytes, name: str) -> Beginning:
    return beginning_of(cleaned(_decoded(content, name)).text.split("\n"))


def _decoded(content: bytes, name: str) -> str:
    wide = content.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    for encoding in ("utf-16",) if wide else _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Refused("draft_not_text", file=name)
