"""Pictures with QR codes on them: drawn ones, and pages of our own papers as a scanner or a telephone would give them."""

import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import segno
from PIL import Image, ImageFilter


def coded(*texts: str, scale: int = 4, kind: str = "PNG") -> bytes:
    """A picture with a code for each text, one below the other."""
    codes = [_code(text, scale) for text in texts]
    sheet = Image.new("L", (max(each.width for each in codes) + 40, sum(each.height + 20 for each in codes) + 20), 235)
    top = 20
    for each in codes:
        sheet.paste(each, (20, top))
        top += each.height + 20
    return written(sheet, kind)


def page_of(pdf: bytes, folder: Path, pdftoppm: str, dots: int = 150) -> Image.Image:
    """The first page of a paper, as another program than ours draws it, in shades of grey."""
    drawn = subprocess.run(
        [pdftoppm, "-r", str(dots), "-f", "1", "-l", "1", "-gray", "-"], input=pdf, capture_output=True, check=True
    )
    (folder / "page.pgm").write_bytes(drawn.stdout)
    return Image.open(BytesIO(drawn.stdout)).convert("L")


def written(picture: Image.Image, kind: str = "JPEG") -> bytes:
    """The picture as a file."""
    target = BytesIO()
    picture.save(target, kind)
    return target.getvalue()


MISHAPS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "as it is": lambda page: page,
    "askew": lambda page: page.rotate(7, expand=True, fillcolor=200),
    "on its side": lambda page: page.rotate(90, expand=True),
    "upside down": lambda page: page.rotate(183, expand=True, fillcolor=90),
    "grey": lambda page: page.point(lambda ink: 90 + ink * 0.3),
    "dark": lambda page: page.point(lambda ink: 20 + ink * 0.25),
    "blurred": lambda page: page.filter(ImageFilter.GaussianBlur(1.7)),
    "grainy": lambda page: Image.blend(page, Image.effect_noise(page.size, 90), 0.25),
    "small": lambda page: page.resize((page.width * 2 // 3, page.height * 2 // 3), Image.Resampling.BILINEAR),
}
"""What happens to a page on its way through a scanner or a telephone."""


def _code(text: str, scale: int) -> Image.Image:
    target = BytesIO()
    segno.make_qr(text, error="m").save(target, kind="png", scale=scale, border=4)
    return Image.open(target).convert("L")
