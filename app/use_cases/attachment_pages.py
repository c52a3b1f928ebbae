"""The files of a record made ready to be printed: pictures decoded and made as small as paper shows, all others told by name."""

from typing import Final

from app.domain.attachment import Attachment
from app.domain.attachment_pages import AttachedFile, AttachmentPages, PrintedPicture
from app.domain.chinese import long_day
from app.domain.values import Id
from app.errors import AppError, Refused
from app.pictures.media_types import PICTURES
from app.pictures.picture import NoPicture, for_paper
from app.queries.attachments import attachments_within
from app.queries.issue_words import joined
from app.queries.record import record
from app.queries.relations import own_station
from app.use_cases.attachments import write_attachment
from app.workspace import Workspace

LARGEST_PRINTED: Final = 200 << 20  # bytes of a picture that is read whole to be printed
_LONGEST_SIDE: Final = 1800  # pixels: 225 mm, the height of a page's text, at 200 dots an inch
_NOT_HERE: Final = "文件内容不在本机，请从存有原件的电脑打印"
_DAMAGED: Final = "文件已损坏或丢失，无法打印；请检查备份或重新添加原件"
_UNREADABLE: Final = "图片已损坏，或像素过大，无法打印；请用其他程序另存后重新添加"
_LARGE: Final = "文件过大，无法打印；请用其他程序缩小后重新添加"
_NO_PICTURE: Final = "不是图片，请用相应的程序打开后打印"


def attachment_pages(workspace: Workspace, id: Id) -> AttachmentPages:
    """Every file of a record, and of the people met at it; what cannot be shown says why, by name.

    Raises `Refused("record_missing")`, `Refused("nothing_attached", title)`.
    """
    told = record(workspace, id).record
    files = attachments_within(workspace, id)
    if not files:
        raise Refused("nothing_attached", title=told.title())
    with workspace.reading() as connection:
        station = own_station(workspace, connection).name
    printed = tuple(_printed(workspace, each) for each in files)
    return AttachmentPages(record=id, station=station, title=joined(long_day(told.day()), told.title()), files=printed)


def _printed(workspace: Workspace, attachment: Attachment) -> AttachedFile:
    picture, why_not = None, ""
    try:
        picture = _picture(workspace, attachment)
    except NoPicture:
        pictured = attachment.media_type in PICTURES
        why_not = _NO_PICTURE if not pictured else _LARGE if attachment.size > LARGEST_PRINTED else _UNREADABLE
    except AppError as error:
        why_not = _NOT_HERE if error.code == "attachment_missing" else _DAMAGED
    return AttachedFile(name=attachment.name, remarks=attachment.remarks, picture=picture, why_not=why_not)


def _picture(workspace: Workspace, attachment: Attachment) -> PrintedPicture:
    """Raises `NoPicture`, and as `write_attachment` does."""
    if attachment.size > LARGEST_PRINTED or attachment.media_type not in PICTURES:
        raise NoPicture
    content = bytearray()
    write_attachment(workspace, attachment.sha256, content.extend)
    small, (width, height) = for_paper(bytes(content), _LONGEST_SIDE)
    return PrintedPicture(content=small, width=width, height=height)
