"""What every Word file of this program is made of: the sheet, letters in official faces, a table of fields."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from app.domain.levels import level_of

if TYPE_CHECKING:
    from docx.document import Document

BODY_FACE: Final = "仿宋_GB2312"
KAI_FACE: Final = "楷体_GB2312"
TITLE_FACE: Final = "方正小标宋简体"
BODY: Final = 16.0
"""The size of a text, in points."""

_MARGINS: Final = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}  # millimetres
_SHEET: Final = 210, 297
_COLUMNS: Final = 33, 123
_TABLE: Final = 12.0  # points
_LATIN: Final = "Times New Roman"
_LINE: Final = 29.0
_LONGEST_HEADING: Final = 40
_FACES: Final = {0: BODY_FACE, 1: "黑体", 2: KAI_FACE}


def lay_out(section: Any) -> None:
    """Give a section the sheet and margins of an official text (GB/T 9704-2012)."""
    from docx.shared import Mm

    section.page_width, section.page_height = (Mm(each) for each in _SHEET)
    for name, width in _MARGINS.items():
        setattr(section, name, Mm(width))


def describe(document: "Document", title: str, made: datetime) -> None:
    """Say in the file's properties what it is and when it was made, and name nobody."""
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "", ""
    properties.last_modified_by, properties.created, properties.modified = "", made, made


def letters(run: Any, face: str, size: float, *, red: bool = False) -> None:
    """Set a run in a Chinese face and a size in points, black or the red of a head."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    run.font.name, run.font.size = _LATIN, Pt(size)
    run.font.color.rgb = RGBColor(0xCC if red else 0, 0, 0)
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


def add_text_line(document: "Document", line: str, *, right: bool = False) -> None:
    """A paragraph of a text, indented by two characters, headings of the first two levels in their faces (GB/T 9704-2012)."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    shape = paragraph.paragraph_format
    shape.space_after, shape.space_before, shape.line_spacing = Pt(0), Pt(0), Pt(_LINE)
    if right:
        shape.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    else:
        shape.first_line_indent = Pt(2 * BODY)
    level = level_of(line) if len(line) <= _LONGEST_HEADING else 0
    shape.keep_with_next = level in {1, 2}
    letters(paragraph.add_run(line), _FACES.get(level, BODY_FACE), BODY)


def add_rows(document: "Document", columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A ruled table, its headings on every page."""
    from docx.oxml import OxmlElement

    table = document.add_table(rows=1 + len(rows), cols=len(columns), style="Table Grid")
    heading: Any = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(heading)
    for place, (line, texts) in enumerate(zip(table.rows, (columns, *rows), strict=True)):
        for cell, text in zip(line.cells, texts, strict=True):
            letters(cell.paragraphs[0].add_run(text), BODY_FACE if place else _FACES[1], _TABLE)
