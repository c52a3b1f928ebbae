"""Drawings for an invented station, where a real one has photographs."""

from io import BytesIO

from PIL import Image, ImageDraw


def drawn(wide: int, high: int) -> bytes:
    """Lines in a frame and a circle at the lower right, so that one sees which way up it is; PNG."""
    picture = Image.new("L", (wide, high), 235)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((20, 20, wide - 20, high - 20), outline=60, width=6)
    for place in range(1, 8):
        pen.line((80, high * place // 9, wide - 80 * place, high * place // 9), fill=90, width=10)
    pen.ellipse((wide * 3 // 5, high * 3 // 5, wide * 4 // 5, high * 3 // 5 + wide // 5), outline=30, width=12)
    target = BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()
