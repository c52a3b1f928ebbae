"""Codes on pictures: QR codes read wherever they lie on a photograph or a scan, turned, small, grey or blurred.

A picture is looked at as it is first; only where nothing is found is it made larger, smoother or richer in contrast, which takes
longer and finds what a telephone held at arm's length has blurred.
"""

from collections.abc import Callable, Iterator
from typing import Final

import zxingcpp
from PIL import Image, ImageFilter, ImageOps, ImageSequence

from app.pictures.picture import opened_picture

_MOST_PAGES: Final = 60  # of a scanned file that holds several
_LONGEST: Final = 5000  # pixels of a side: beyond it no code of a form gets clearer
_ENOUGH: Final = 2600  # pixels of a side up to which a picture is also tried twice as large
"""A page of A4 at 200 dpi."""


def codes_in(content: bytes) -> tuple[str, ...]:
    """The texts of the QR codes on a picture, each once, from top to bottom, page after page; raises `NoPicture`."""
    with opened_picture(content) as picture:
        texts = (text for page in _pages(picture) for text in _read(page))
        return tuple(dict.fromkeys(texts))


def codes_seen(grey: bytes, width: int, height: int) -> tuple[str, ...]:
    """The same for a frame of a camera: a byte for each pixel, row after row; looked at once, for the next frame follows."""
    return _texts(Image.frombuffer("L", (width, height), grey, "raw", "L", 0, 1))


def _pages(picture: Image.Image) -> Iterator[Image.Image]:
    for number, page in enumerate(ImageSequence.Iterator(picture)):
        if number == _MOST_PAGES:
            return
        upright = ImageOps.exif_transpose(page)
        upright.thumbnail((_LONGEST, _LONGEST))
        yield _flat(upright)


def _flat(page: Image.Image) -> Image.Image:
    """In shades of grey, on white where it is transparent."""
    if page.has_transparency_data:
        colour = page.convert("RGBA")
        page = Image.alpha_composite(Image.new("RGBA", colour.size, "white"), colour)
    return page.convert("L")


_LOOKS: Final[tuple[Callable[[Image.Image], Image.Image], ...]] = (
    lambda page: page,
    lambda page: ImageOps.autocontrast(page, cutoff=2),
    lambda page: _larger(page),
    lambda page: _larger(page).filter(ImageFilter.UnsharpMask(radius=4, percent=250, threshold=0)),
    lambda page: page.filter(ImageFilter.MedianFilter(3)),
)
"""The ways to look at a page, the quickest first."""


def _read(page: Image.Image) -> tuple[str, ...]:
    return next((found for look in _LOOKS if (found := _texts(look(page)))), ())


def _larger(page: Image.Image) -> Image.Image:
    if max(page.size) > _ENOUGH:
        return page
    return page.resize((page.width * 2, page.height * 2), Image.Resampling.BICUBIC)


def _texts(grey: Image.Image) -> tuple[str, ...]:
    pixels = memoryview(grey.tobytes()).cast("B", (grey.height, grey.width))
    # Made anew each time: what of the library outlives the program is complained of by it when the program ends.
    found = zxingcpp.read_barcodes(pixels, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    placed = sorted(found, key=lambda each: (each.position.top_left.y, each.position.top_left.x))
    return tuple(dict.fromkeys(each.text for each in placed if each.text.strip()))
