"""A bulletin or special report as a Word file, for those who must go on editing it: its parts in their order on paper."""

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from app.documents.word_parts import BODY, BODY_FACE, KAI_FACE, TITLE_FACE, add_text_line, describe, lay_out, letters
from app.domain.bulletin_paper import NOTE_TITLE, BulletinPaper, PrintedArticle, supplied_told

if TYPE_CHECKING:
    from docx.document import Document

_MASTHEAD, _HEADING, _END = 48.0, 22.0, 14.0  # points
_WIDTH: Final = 156  # millimetres of a line
_LEFT, _CENTRE, _RIGHT = "LEFT", "CENTER", "RIGHT"  # as the library names them
_RED: Final = "CC0000"


def bulletin_word(paper: BulletinPaper, made: datetime) -> bytes:
    """The bytes of a .docx, whose properties name nobody."""
    import docx  # takes a moment to load, and is rarely wanted

    document = docx.Document()
    lay_out(document.sections[0])
    describe(document, paper.told, made)
    _add_head(document, paper)
    for place, line in enumerate(filter(None, map(str.strip, paper.note.splitlines()))):
        note = _add(document, f"{NOTE_TITLE}{line.removeprefix(NOTE_TITLE)}" if place == 0 else line, KAI_FACE, BODY)
        _indent(note)
    for article in paper.articles:
        _add_article(document, article)
    _add_end(document, paper)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _add_head(document: "Document", paper: BulletinPaper) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm

    _add(document, paper.masthead, TITLE_FACE, _MASTHEAD, _CENTRE, red=True)
    for line in filter(None, (paper.number, paper.total)):
        _add(document, line, BODY_FACE, BODY, _CENTRE)
    issued = _add(document, f"{paper.issued_by}\t{paper.day}", BODY_FACE, BODY)
    issued.paragraph_format.tab_stops.add_tab_stop(Mm(_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    _rule(issued, "bottom", 18, _RED)


def _add_article(document: "Document", article: PrintedArticle) -> None:
    from docx.shared import Pt

    if article.heading:
        heading = _add(document, article.heading, TITLE_FACE, _HEADING, _CENTRE)
        heading.paragraph_format.space_before = Pt(BODY)
        heading.paragraph_format.keep_with_next = True
    if article.subtitle:
        _add(document, article.subtitle, KAI_FACE, BODY, _CENTRE)
    for line in filter(None, map(str.strip, article.text.splitlines())):
        add_text_line(document, line)
    if article.contributor:
        _add(document, supplied_told(article), BODY_FACE, BODY, _RIGHT)


def _add_end(document: "Document", paper: BulletinPaper) -> None:
    from docx.shared import Pt

    recipients = [f"{paper.sent}：{each}" if place == 0 else f"　　{each}" for place, each in enumerate(paper.recipients)]
    parts = [each for each in (recipients, [*filter(None, [paper.answering])], [*filter(None, [paper.approved])]) if each]
    lines = [_add_part(document, each) for each in parts]
    if lines:
        lines[0][0].paragraph_format.space_before = Pt(2 * BODY)
        _rule(lines[-1][-1], "bottom", 10)


def _add_part(document: "Document", told: list[str]) -> list[Any]:
    lines = [_add(document, each, BODY_FACE, _END) for each in told]
    _rule(lines[0], "top", 6)
    return lines


# --- how it looks -----------------------------------------------------------------------------------------------------


def _add(document: "Document", text: str, face: str, size: float, align: str = _LEFT, *, red: bool = False) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.alignment = {_LEFT: WD_ALIGN_PARAGRAPH.LEFT, _CENTRE: WD_ALIGN_PARAGRAPH.CENTER, _RIGHT: WD_ALIGN_PARAGRAPH.RIGHT}[
        align
    ]
    paragraph.paragraph_format.space_after = paragraph.paragraph_format.space_before = Pt(0)
    letters(paragraph.add_run(text), face, size, red=red)
    return paragraph


def _indent(paragraph: Any) -> None:
    from docx.shared import Pt

    paragraph.paragraph_format.first_line_indent = Pt(2 * BODY)


def _rule(paragraph: Any, side: str, eighths: int, colour: str = "000000") -> None:
    """A rule above or below a paragraph, in eighths of a point."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = paragraph._p.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        properties.insert_element_before(
            borders,
            *("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"),  # as the schema orders them
        )
    edge: Any = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(eighths)), ("space", "4"), ("color", colour)):
        edge.set(qn(f"w:{name}"), value)
    borders.append(edge)
