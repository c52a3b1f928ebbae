"""A suggestion as a Word file, for those who must go on editing it: title, fields, text with its levels (GB/T 9704-2012)."""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from app.documents.word_file import OURS
from app.domain.levels import level_of
from app.domain.papers import Choice, SuggestionPaper

if TYPE_CHECKING:
    from docx.document import Document

CONFIDENTIAL: Final = "代表身份保密"

_MARGINS: Final = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}  # millimetres
_SHEET: Final = 210, 297
_BODY, _TABLE, _TITLE, _HEAD = 16.0, 12.0, 22.0, 10.5  # points
_LINE: Final = 29.0
_LONGEST_HEADING: Final = 40
_FACES: Final = {0: "仿宋_GB2312", 1: "黑体", 2: "楷体_GB2312"}
_TITLE_FACE: Final = "方正小标宋简体"
_LATIN: Final = "Times New Roman"
_COLUMNS: Final = 33, 123  # millimetres


def suggestion_word(paper: SuggestionPaper, made: datetime) -> bytes:
    """The bytes of a .docx; who put it forward is in it only where the paper names them, and its properties name nobody."""
    import docx  # takes a moment to load, and is rarely wanted

    document = docx.Document()
    _lay_out(document, paper, made)
    _add_title(document, paper.subject)
    _add_fields(document, list(_fields(paper)))
    for line in paper.text.split("\n"):
        _add_line(document, line.strip(" \u3000"))
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _fields(paper: SuggestionPaper) -> Iterator[tuple[str, str]]:
    yield "受理机关", f"{paper.congress}{paper.session}"
    yield "编号", paper.number
    yield "类别", _given(paper.kinds)
    if paper.confidential:
        yield "领衔代表", CONFIDENTIAL
    else:
        lead = paper.lead
        yield "领衔代表", "　".join(filter(None, (lead.name, lead.card, lead.delegation)))
        yield "工作单位及职务", lead.workplace
        yield "联系方式", "　".join(filter(None, (lead.phone, lead.address, lead.postcode)))
        yield "联名代表", "、".join(each.name for each in paper.signers if not each.struck)
    yield "全团建议", "是" if paper.whole_delegation else ""
    yield "代表团团长", paper.delegation_head if paper.whole_delegation else ""
    for each in paper.circumstances:
        yield each.label, _given(each)
    yield "建议主办单位", paper.lead_units
    yield "建议会办单位", paper.co_units
    yield "建议分办单位", paper.separate_units
    yield "建议联系人", paper.contact_person
    yield "提交日期", paper.day


def _given(choice: Choice) -> str:
    return "、".join(answer for answer, given in choice.answers if given)


# --- how it looks ----------------------------------------------------------------------------------------------------


def _lay_out(document: "Document", paper: SuggestionPaper, made: datetime) -> None:
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = (Mm(each) for each in _SHEET)
    for name, width in _MARGINS.items():
        setattr(section, name, Mm(width))
    head = section.header.paragraphs[0]
    _letters(head.add_run("代表建议、批评和意见"), _FACES[0], _HEAD)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = paper.subject, "", ""
    properties.last_modified_by, properties.created, properties.modified = "", made, made


def _add_title(document: "Document", subject: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    title = document.add_paragraph(style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _letters(title.add_run(subject), _TITLE_FACE, _TITLE)


def _add_fields(document: "Document", fields: list[tuple[str, str]]) -> None:
    """A table of two columns; it is marked as this program's, so that reading the file again leaves it out of the text."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm

    told = [each for each in fields if each[1]]
    table = document.add_table(rows=len(told), cols=len(_COLUMNS), style="Table Grid")
    table.autofit = False
    caption: Any = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), OURS)
    table._tbl.tblPr.append(caption)
    for row, pair in zip(table.rows, told, strict=True):
        for cell, words, width in zip(row.cells, pair, _COLUMNS, strict=True):
            cell.width = Mm(width)
            _letters(cell.paragraphs[0].add_run(words), _FACES[0], _TABLE)
    _add_line(document, "")


def _add_line(document: "Document", line: str) -> None:
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    shape = paragraph.paragraph_format
    shape.space_after, shape.space_before, shape.line_spacing = Pt(0), Pt(0), Pt(_LINE)
    shape.first_line_indent = Pt(2 * _BODY)
    level = level_of(line) if len(line) <= _LONGEST_HEADING else 0
    shape.keep_with_next = level in {1, 2}
    _letters(paragraph.add_run(line), _FACES.get(level, _FACES[0]), _BODY)


def _letters(run: Any, face: str, size: float) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    run.font.name, run.font.size = _LATIN, Pt(size)
    run.font.color.rgb = RGBColor(0, 0, 0)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
