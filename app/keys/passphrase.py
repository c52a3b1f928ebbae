"""A passphrase, as a person types it or a file holds it."""

import codecs
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from app.errors import Refused
from app.files import disk_told

_LONGEST_FILE: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Passphrase:
    """Words that open a slot; one spelling of each character, so that every keyboard gives the same bytes.

    Raises `Refused("passphrase_empty")`.
    """

    text: str = field(repr=False)

    def __post_init__(self) -> None:
        if not self.text:
            raise Refused("passphrase_empty", path="")

    @property
    def secret(self) -> bytes:
        """The bytes the key is derived from: UTF-8 in Unicode's composed form."""
        return unicodedata.normalize("NFC", self.text).encode(errors="surrogatepass")


def read_passphrase_file(path: Path) -> Passphrase:
    """The first line of `path`, its line break stripped and nothing else; UTF-8, or UTF-16 with its mark.

    Raises what `app.files.disk_told` raises, `Refused("secret_file_not_text", path)` or `Refused("passphrase_empty", path)`.
    """
    line = read_text_file(path).split("\n", 1)[0].removesuffix("\r")
    if not line:
        raise Refused("passphrase_empty", path=str(path))
    return Passphrase(line)


def read_text_file(path: Path) -> str:
    """The text of a small file that an editor of any system wrote; raises as `read_passphrase_file` does."""
    with disk_told(path), path.open("rb") as file:
        data = file.read(_LONGEST_FILE + 1)
    marked_utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if marked_utf16 else "utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("secret_file_not_text", path=str(path)) from None
    if "\0" in text or len(data) > _LONGEST_FILE:
        raise Refused("secret_file_not_text", path=str(path))
    return text
