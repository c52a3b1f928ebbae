"""Pictures: known by their content, upright, smaller on request, and never with the place they were taken at then."""

from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.pictures.picture import NoPicture, media_type, reduced, thumbnail
from tests.app.pictures.drawn import photograph, read

GPS, EXIF, TAKEN = 0x8825, 0x8769, 0x9003


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF"])
def test_a_picture_is_known_by_its_content(kind: str) -> None:
    assert media_type(photograph(20, 10, kind=kind)) == f"image/{kind.lower()}"
    assert read(thumbnail(photograph(400, 200, kind=kind), 100)).size == (100, 50)


@pytest.mark.parametrize("content", [b"", b"plain words", b"%PDF-1.7", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_picture_is_left_alone(content: bytes) -> None:
    assert media_type(content) == ""
    assert reduced(content, 100) is None
    with pytest.raises(NoPicture):
        thumbnail(content, 100)


@given(st.binary(max_size=200), st.integers(0, 600))
def test_damaged_pictures_raise_nothing_else(junk: bytes, at: int) -> None:
    whole = photograph(80, 60, placed=True)
    content = whole[:at] + junk + whole[at + len(junk) :]
    media_type(content)
    reduced(content, 40)
    with suppress(NoPicture):
        assert max(read(thumbnail(content, 20)).size) <= 20


def test_a_picture_that_claims_more_than_any_camera_makes_is_not_decoded() -> None:
    content = bytearray(photograph(2, 1, kind="BMP"))
    content[18:26] = (20_000).to_bytes(4, "little") * 2
    assert media_type(bytes(content)) == ""
    content[18:26] = (2_000).to_bytes(4, "little") * 2
    assert media_type(bytes(content)) == "image/bmp"


def test_a_small_picture_stands_upright() -> None:
    small = read(thumbnail(photograph(800, 600, turned=True), 120))
    assert small.size == (90, 120)
    assert small.convert("RGB").getpixel((45, 10)) != small.convert("RGB").getpixel((45, 110))


def test_a_picture_made_smaller_keeps_the_moment_and_nothing_else_that_the_camera_noted() -> None:
    content = reduced(photograph(3000, 1500, turned=True, placed=True), 2000)
    assert content is not None
    picture = read(content)
    noted = picture.getexif()
    assert (picture.format, picture.size) == ("JPEG", (1000, 2000))
    assert dict(noted.get_ifd(EXIF)) == {TAKEN: "2026:11:20 10:00:00"}
    assert noted.get_ifd(GPS) == {}
    assert b"Invented Camera" not in content


def test_a_small_picture_is_written_again_only_where_it_tells_its_place() -> None:
    assert reduced(photograph(300, 200, turned=True), 2000) is None
    content = reduced(photograph(300, 200, turned=True, placed=True), 2000)
    assert content is not None
    assert (read(content).size, read(content).getexif().get_ifd(GPS)) == ((200, 300), {})


def test_pages_are_not_lost() -> None:
    pages = [Image.new("RGB", (3000, 100), colour) for colour in ("red", "blue")]
    target = BytesIO()
    pages[0].save(target, "TIFF", save_all=True, append_images=pages[1:])
    assert reduced(target.getvalue(), 2000) is None


MODES = {"JPEG": ("L", "CMYK"), "PNG": ("P", "LA", "RGBA", "I;16", "1"), "TIFF": ("P", "LA", "RGBA", "CMYK", "I;16", "1")}


@pytest.mark.parametrize(("kind", "mode"), [(kind, mode) for kind, modes in MODES.items() for mode in modes])
def test_every_way_of_writing_colours_can_be_looked_at(kind: str, mode: str) -> None:
    target = BytesIO()
    Image.new(mode, (300, 200)).save(target, kind)
    assert read(thumbnail(target.getvalue(), 60)).size == (60, 40)
    content = reduced(target.getvalue(), 100)
    assert content is None if kind == "TIFF" else read(content or b"").size == (100, 67)
