"""An attachment: a file that belongs to a record; its bytes are kept elsewhere and known by their digest."""

from collections.abc import Iterator
from datetime import date

from app.domain.problems import Problem
from app.domain.records import ANY_KIND, Record, about, kind
from app.domain.values import Id


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


def attachment_problems(attachment: Attachment) -> Iterator[Problem]:
    """What an attachment needs to be found again: its record, its name and its digest."""
    if not attachment.of:
        yield Problem(code="attachment_loose", field="of")
    if not attachment.name.strip():
        yield Problem(code="file_name_missing", field="name")
    if len(attachment.sha256) != 64 or set(attachment.sha256) - set("0123456789abcdef"):
        yield Problem(code="digest_malformed", field="sha256")
