"""An attachment: a file that belongs to a record; its bytes are kept elsewhere and known by their digest."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Final

from app.domain.problems import Problem
from app.domain.records import ANY_KIND, Record, about, kind
from app.domain.values import Id

LARGEST_FILE: Final = 20 << 20
"""Bytes of one file that a person adds to a record."""
MOST_FILES: Final = 50
"""Files of one record."""
LONGEST_SIDE: Final = 2000
"""Pixels of the longer side of a picture that was made smaller on request: a page of A4 stays readable."""

_NAMELESS: Final = "附件"
_LONGEST_NAME: Final = 120  # characters: below 255 bytes in any file system, with room for what a copy adds
_LONGEST_ENDING: Final = 12
_UNSEEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_BLANKS: Final = re.compile(r"\s+")


@kind("attachment", "附件", mutable=False)
class Attachment(Record):
    """What a file is called, how long it is, and the SHA-256 of its bytes (64 hexadecimal digits, decision 17)."""

    of: Id = about("所属记录", to=ANY_KIND)
    name: str = about("文件名", searched=True)
    media_type: str = about("文件类型")
    size: int = about("字节数")
    sha256: str = about("摘要")
    added_on: date | None = about("添加日期")
    remarks: str = about("说明", searched=True)

    def title(self) -> str:
        return self.name

    def day(self) -> date | None:
        return self.added_on


def file_name(told: str) -> str:
    """A file's own name as it is kept: NFC, no folders before it, nothing unseen in it, never empty; the ending always stays."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", told).rstrip("/\\"))[-1]
    name = _BLANKS.sub(" ", _UNSEEN.sub("", last)).strip()
    if not name.strip("."):
        return _NAMELESS
    stem, dot, ending = name.rpartition(".")
    if not dot or not stem or len(ending) > _LONGEST_ENDING:
        return name[:_LONGEST_NAME]
    return f"{stem[: _LONGEST_NAME - len(ending) - 1]}.{ending}"


def room_problem(name: str, *, size: int, held: int) -> Problem | None:
    """What keeps a file of `size` bytes from a record that holds `held` files already."""
    if held >= MOST_FILES:
        return Problem(code="attachments_many", facts={"path": name, "most": MOST_FILES})
    if size == 0:
        return Problem(code="file_empty", facts={"path": name})
    if size > LARGEST_FILE:
        return Problem(code="attachment_large", facts={"path": name, "size": size, "most": LARGEST_FILE})
    return None


def attachment_problems(attachment: Attachment) -> Iterator[Problem]:
    """What an attachment needs to be found again: its record, its name and its digest."""
    if not attachment.of:
        yield Problem(code="attachment_loose", field="of")
    if not attachment.name.strip():
        yield Problem(code="file_name_missing", field="name")
    if len(attachment.sha256) != 64 or set(attachment.sha256) - set("0123456789abcdef"):
        yield Problem(code="digest_malformed", field="sha256")
