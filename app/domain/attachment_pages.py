"""What the pages with a record's pictures (附件页) are printed from."""

from dataclasses import dataclass

from app.domain.papers import Shown
from app.domain.values import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedPicture:
    """A picture as it is printed: JPEG, upright, `width` and `height` in pixels."""

    content: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedFile:
    """One file of the record: its picture, or why there is none to be printed."""

    name: str
    remarks: str = ""
    picture: PrintedPicture | None = None
    why_not: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentPages(Shown):
    """The files of a record, every one of them: a picture, or a line that says why it is not shown."""

    record: Id
    station: str
    title: str
    files: tuple[AttachedFile, ...]

    @property
    def records(self) -> int:
        """One a file."""
        return len(self.files)
