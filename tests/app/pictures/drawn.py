"""Pictures drawn for tests: as a camera writes them, upright or not, with what it notes of the place."""

from io import BytesIO
from typing import Any

from PIL import Image


def photograph(width: int = 640, height: int = 480, *, turned: bool = False, placed: bool = False, kind: str = "JPEG") -> bytes:
    """A picture whose left half is red and whose right half is blue, noise over it so that it does not shrink to nothing."""
    picture = Image.new("RGB", (width, height), (200, 30, 30))
    picture.paste((30, 30, 200), (width // 2, 0, width, height))
    noted = Image.Exif()
    noted.get_ifd(0x8769)[0x9003] = "2026:11:20 10:00:00"
    noted[0x10F] = "Invented Camera"
    if turned:
        noted[0x112] = 6
    if placed:
        noted.get_ifd(0x8825)[2] = (28.0, 11.0, 22.0)
    target = BytesIO()
    more: dict[str, Any] = {"exif": noted.tobytes()} if kind in {"JPEG", "PNG", "WEBP"} else {}
    picture.save(target, kind, **more)
    return target.getvalue()


def read(content: bytes) -> Image.Image:
    """The picture, decoded."""
    picture = Image.open(BytesIO(content))
    picture.load()
    return picture
