"""A document onto a printer: the pages asked for, as many copies as are wanted, each turned as it lies, moved where it is off."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPageRanges, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from app.printing.page import FORM, LEDGER, OFFICIAL_TEXT
from app.printing.paper import Paper, Volume, typeset
from app.printing.paragraph import Paragraph
from app.printing.piece import PageBreak
from app.progress import Progress
from app.settings import Settings
from tests.app.printing.papers import MADE, paper
from ui.dialogs import printer


def document(pages: int) -> bytes:
    words = [Paragraph(f"第{number}页", OFFICIAL_TEXT) for number in range(1, pages + 1)]
    blocks = [each for one in words for each in (one, PageBreak())][:-1]
    return typeset(paper(*blocks))


def device(target: Path) -> QPrinter:
    made = QPrinter()
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(target))
    return made


def read(target: Path) -> QPdfDocument:
    found = QPdfDocument()
    found.load(str(target))
    return found


@pytest.mark.parametrize(
    ("asked", "copies", "collate", "told"),
    [
        ("", 1, True, ["1", "2", "3"]),
        ("2-3", 1, True, ["2", "3"]),
        ("1,3", 1, True, ["1", "3"]),
        ("9", 1, True, ["1", "2", "3"]),
        ("1-2", 2, True, ["1", "2", "1", "2"]),
        ("1-2", 2, False, ["1", "1", "2", "2"]),
    ],
)
def test_the_pages_asked_for_come_out_in_their_order(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: str, copies: int, collate: bool, told: list[str]
) -> None:
    made = device(tmp_path / "out.pdf")
    if asked:
        made.setPrintRange(QPrinter.PrintRange.PageRange)
        made.setPageRanges(QPageRanges.fromString(asked))
    made.setCopyCount(copies)
    made.setCollateCopies(collate)
    drawn: list[str] = []
    monkeypatch.setattr(printer, "_draw", lambda _document, page, *_more: drawn.append(str(page + 1)))
    monkeypatch.setattr(QPrinter, "supportsMultipleCopies", lambda _self: False)
    progress = Progress()
    printer.send(document(3), made, progress)
    assert drawn == told
    assert progress.step == progress.total == len(told)


def test_a_printer_that_copies_by_itself_gets_each_page_once(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = device(tmp_path / "out.pdf")
    made.setCopyCount(3)
    monkeypatch.setattr(QPrinter, "supportsMultipleCopies", lambda _self: True)
    progress = Progress()
    printer.send(document(2), made, progress)
    assert progress.total == 2


def test_each_sheet_lies_as_its_page_does(qtbot: QtBot, tmp_path: Path) -> None:
    upright, across = (paper(Paragraph("示例", OFFICIAL_TEXT), frame=each) for each in (FORM, LEDGER))
    volume = Volume(title="合订", created=MADE, papers=(upright, across, upright))
    printer.send(typeset(volume), device(tmp_path / "out.pdf"), Progress())
    sizes = [read(tmp_path / "out.pdf").pagePointSize(page) for page in range(3)]
    assert [each.width() > each.height() for each in sizes] == [False, True, False]


def first_ink(target: Path) -> tuple[int, int]:
    """Where the first dark dot of the first page is, in tenths of a millimetre from the left and the upper edge."""
    found = read(target)
    points = found.pagePointSize(0)
    picture = QImage((points * 4).toSize(), QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    painter.drawImage(0, 0, found.render(0, picture.size()))
    painter.end()
    dark = [(x, y) for y in range(picture.height()) for x in range(picture.width()) if picture.pixelColor(x, y).value() < 128]
    tenths = 254 / 72 / 4
    return round(min(x for x, _y in dark) * tenths), round(min(y for _x, y in dark) * tenths)


def test_what_is_printed_is_moved_by_what_the_printer_is_off(qtbot: QtBot, tmp_path: Path) -> None:
    plain = typeset(Paper(title="一", created=MADE, frame=FORM, blocks=[Paragraph("口", OFFICIAL_TEXT)]))
    printer.send(plain, device(tmp_path / "plain.pdf"), Progress())
    printer.send(plain, device(tmp_path / "moved.pdf"), Progress(), (5.0, 3.0))
    (right, down), (moved_right, moved_down) = first_ink(tmp_path / "plain.pdf"), first_ink(tmp_path / "moved.pdf")
    assert abs(moved_right - right - 50) <= 2
    assert abs(moved_down - down - 30) <= 2


def test_an_offset_is_kept_by_printer_and_a_spoiled_one_counts_as_none() -> None:
    settings = Settings()
    printer.keep_offset(settings, "甲", 12, -5)
    assert printer.offset_of(settings, "甲") == (1.2, -0.5)
    assert printer.offset_of(settings, "乙") == (0.0, 0.0)
    settings.print_offsets["乙"] = "spoiled"
    assert printer.offset_of(settings, "乙") == (0.0, 0.0)
