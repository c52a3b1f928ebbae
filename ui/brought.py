"""What a person drops or pastes, as files that are offered: those of the disk, or a picture that lies in memory alone."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QImage

from app.i18n import _
from app.use_cases.attachment_desk import Offered


def brought(given: QMimeData, moment: datetime) -> list[Offered]:
    """The files among it, else the picture, named by the moment; nothing where it holds neither."""
    if paths := [Path(each.toLocalFile()) for each in given.urls() if each.isLocalFile()]:
        return [Offered.at(each) for each in paths]
    if not given.hasImage():
        return []
    picture = QImage(given.imageData())
    name = _("Pasted picture {moment}").format(moment=f"{moment:%Y-%m-%d %H%M%S}")
    return [] if picture.isNull() else [Offered(f"{name}.png", lambda: as_file(picture))]


def as_file(picture: QImage, kind: str = "PNG") -> bytes:
    """A picture as the content of a file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, kind)  # type: ignore[call-overload]  # the stubs know the format as bytes only
    return bytes(buffer.data().data())
