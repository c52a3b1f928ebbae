"""Codes read off pictures: several at once, several pages, and off our own forms whatever has happened to them."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from app.domain.paper_code import read_code
from app.domain.papers import PaperName
from app.domain.visit import Visit, VisitKind
from app.pictures.codes import codes_in, codes_seen
from app.pictures.picture import NoPicture
from app.use_cases.papers import Asked, print_paper
from app.workspace import Workspace
from tests.app.pictures.coded import MISHAPS, coded, page_of, written
from tests.app.pictures.drawn import photograph
from tests.builders import an_encounter, save


@pytest.mark.parametrize("text", ["43018100001", "来2026-00012", "https://scan.example/s?card=A1&x=2", "x" * 400])
def test_a_code_is_read_as_it_was_written(text: str) -> None:
    assert codes_in(coded(text)) == (text,)


def test_several_codes_are_read_from_top_to_bottom_each_once() -> None:
    assert codes_in(coded("first", "second", "first", "third")) == ("first", "second", "third")


def test_every_page_of_a_scan_is_read() -> None:
    pages = [Image.open(BytesIO(coded(text))).convert("L") for text in ("one", "two", "three")]
    target = BytesIO()
    pages[0].save(target, "TIFF", save_all=True, append_images=pages[1:])
    assert codes_in(target.getvalue()) == ("one", "two", "three")


def test_a_code_on_nothing_is_read_as_on_white() -> None:
    drawn = Image.open(BytesIO(coded("clear"))).convert("RGBA")
    drawn.putalpha(drawn.convert("L").point(lambda ink: 255 - ink))
    assert codes_in(written(drawn, "PNG")) == ("clear",)


def test_a_photograph_turned_by_its_camera_is_read() -> None:
    assert codes_in(photograph(turned=True)) == ()


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"\x89PNG\r\n\x1a\n broken", b"words"])
def test_what_is_no_picture_is_said_so(content: bytes) -> None:
    with pytest.raises(NoPicture):
        codes_in(content)


def test_a_frame_of_a_camera_is_read() -> None:
    frame = Image.open(BytesIO(coded("in front of the camera"))).convert("L")
    assert codes_seen(frame.tobytes(), frame.width, frame.height) == ("in front of the camera",)
    assert codes_seen(bytes(64 * 48), 64, 48) == ()


@pytest.mark.parametrize("mishap", MISHAPS)
def test_our_own_form_is_read_whatever_happened_to_it(
    workspace: Workspace, mishap: str, tmp_path: Path, program: Callable[[str], str]
) -> None:
    visit = Visit(id=workspace.clock.new_id(), visit_kind=VisitKind.RECEPTION, on=date(2026, 11, 20))
    person = an_encounter(workspace, "群众甲", visit=visit.id)
    save(workspace, visit, person)
    for asked, code in (
        (Asked(name=PaperName.RECEPTION_FORM, id=visit.id), person.id),
        (Asked(name=PaperName.BLANK_OUTREACH_FORM), "走2026-00001"),
    ):
        page = page_of(print_paper(workspace, asked).content, tmp_path, program("pdftoppm"))
        (read,) = codes_in(written(MISHAPS[mishap](page)))
        told = read_code(read)
        assert (told.record if told else read) == code
