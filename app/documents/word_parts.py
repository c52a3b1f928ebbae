"""What every Word file of this program is made of: the sheet, letters in official faces, a table of fields."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from docx.document import Document

BODY_FACE: Final = "仿宋_GB2312"

_MARGINS: Final = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}  # millimetres
_SHEET: Final = 210, 297
_COLUMNS: Final = 33, 123
_TABLE: Final = 12.0  # points
_LATIN: Final = "Times New Roman"


def lay_out(section: Any) -> None:
    """Give a section the sheet and margins of an official text (GB/T 9704-2012)."""
    from docx.shared import Mm

    section.page_width, section.page_height = (Mm(each) for each in _SHEET)
    for name, width in _MARGINS.items():
        setattr(section, name, Mm(width))


def letters(run: Any, face: str, size: float) -> None:
    """Set a run in a Chinese face and a size in points, black."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    run.font.name, run.font.size = _LATIN, Pt(size)
    run.font.color.rgb = RGBColor(0, 0, 0)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)


def add_fields(document: "Document", fields: Sequence[tuple[str, str]], *, caption: str = "") -> None:
    """A table of two columns, what is empty left out; its caption is seen by programs only."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm

    told = [each for each in fields if each[1]]
    table = document.add_table(rows=len(told), cols=len(_COLUMNS), style="Table Grid")
    table.autofit = False
    if caption:
        mark: Any = OxmlElement("w:tblCaption")
        mark.set(qn("w:val"), caption)
        table._tbl.tblPr.append(mark)
    for row, pair in zip(table.rows, told, strict=True):
        for cell, words, width in zip(row.cells, pair, _COLUMNS, strict=True):
            cell.width = Mm(width)
            letters(cell.paragraphs[0].add_run(words), BODY_FACE, _TABLE)
