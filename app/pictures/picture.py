"""A picture that a person brought: recognised by its content, looked at small, made smaller without what its camera noted.

Decoding is the work of a library that strangers' files are fed to, so only formats that stations meet are tried, and a picture
that claims more pixels than any camera or scanner makes is left alone.
"""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps

from app.pictures.media_types import ANY_BYTES, PICTURES, named_type

_FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
_REDUCED: Final = frozenset({"JPEG", "PNG", "WEBP"})
"""Formats written again in their own kind; the others may hold several pages, which would be lost."""
_MOST_PIXELS: Final = 120_000_000  # a page of A3 at 600 dpi is 70 million
_QUALITY: Final = 85
_TAKEN: Final = 0x9003  # Exif: when the photograph was taken
_EXIF, _GPS = 0x8769, 0x8825
_FLAT: Final = frozenset({"RGB", "L"})
# What the library raises for files that only look like pictures, and for damaged ones.
_UNREADABLE: Final = (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, EOFError, struct.error, MemoryError)


class NoPicture(Exception):  # a finding
    """The bytes are no picture that can be looked at here."""


def media_type(content: bytes) -> str:
    """What the content is by its own first bytes, such as `image/png`; empty where it is no picture known here."""
    try:
        with opened_picture(content) as picture:
            return Image.MIME[_kind(picture)]
    except NoPicture:
        return ""


def type_of(name: str, content: bytes) -> str:
    """What the content shows, else what the name says; a name that only says it were a picture is not believed."""
    named = named_type(name)
    return media_type(content) or (ANY_BYTES if named in PICTURES else named)


def thumbnail(content: bytes, side: int) -> bytes:
    """The picture upright and no longer than `side` pixels on either side, as PNG; raises `NoPicture`."""
    with opened_picture(content) as picture:
        picture.draft("RGB", (side * 2, side * 2))  # a photograph is decoded at a fraction of its size, eight times as fast
        picture.thumbnail((side * 2, side * 2))
        small = ImageOps.exif_transpose(picture)
        small.thumbnail((side, side))
        return _written(small if small.mode in {*_FLAT, "RGBA"} else small.convert("RGBA"), "PNG", b"")


def reduced(content: bytes, side: int) -> bytes | None:
    """The picture upright and no longer than `side`, without the place it was taken at; None where it is fine as it is.

    Of what the camera noted only the moment stays. What is no picture, or has several pages, is left as it is.
    """
    try:
        with opened_picture(content) as picture:
            kind = _kind(picture)
            if kind not in _REDUCED or (kind != "JPEG" and getattr(picture, "n_frames", 1) > 1):
                return None
            noted = picture.getexif()
            if max(picture.size) <= side and _GPS not in noted:
                return None
            profile = picture.info.get("icc_profile", b"")
            small = ImageOps.exif_transpose(picture)
            small.thumbnail((side, side), Image.Resampling.LANCZOS)
            return _written(_drawable(small, kind), kind, _moment_only(noted), profile)
    except NoPicture:
        return None


def for_paper(content: bytes, side: int) -> tuple[bytes, tuple[int, int]]:
    """The picture as JPEG, and its size: upright, no longer than `side` pixels, on white where it lets through.

    Raises `NoPicture`.
    """
    with opened_picture(content) as picture:
        picture.draft("RGB", (side, side))
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((side, side), Image.Resampling.LANCZOS)
        seen = upright.convert("RGBA")
        paper = Image.new("RGB", seen.size, "white")
        paper.paste(seen, mask=seen)
        return _written(paper, "JPEG", b""), paper.size


def _kind(picture: Image.Image) -> str:
    """The format; photographs in which a telephone keeps a second, smaller picture are JPEG files for everybody else."""
    return "JPEG" if picture.format == "MPO" else picture.format or ""


def _drawable(picture: Image.Image, kind: str) -> Image.Image:
    return picture.convert("RGB") if kind == "JPEG" and picture.mode not in {*_FLAT, "CMYK"} else picture


def _moment_only(noted: Image.Exif) -> bytes:
    kept = Image.Exif()
    if taken := noted.get_ifd(_EXIF).get(_TAKEN):
        kept.get_ifd(_EXIF)[_TAKEN] = taken
    return kept.tobytes() if taken else b""


def _written(picture: Image.Image, kind: str, exif: bytes, profile: bytes = b"") -> bytes:
    picture.info = {}  # some formats write again what they were read with
    target = BytesIO()
    more = {"exif": exif} if exif else {}
    picture.save(target, kind, quality=_QUALITY, icc_profile=profile or None, **more)
    return target.getvalue()


@contextmanager
def opened_picture(content: bytes) -> Iterator[Image.Image]:
    """The picture, not decoded yet; every fault of its content is `NoPicture`, also while it is worked on."""
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise NoPicture
            yield picture
    except (*_UNREADABLE, Image.DecompressionBombError) as error:
        raise NoPicture from error
