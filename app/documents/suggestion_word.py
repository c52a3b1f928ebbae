"""A suggestion as a Word file, for those who must go on editing it: title, fields, text with its levels (GB/T 9704-2012)."""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Final

from app.documents.word_file import OURS
from app.documents.word_parts import BODY_FACE, TITLE_FACE, add_fields, add_text_line, describe, lay_out, letters
from app.domain.papers import Choice, SuggestionPaper

if TYPE_CHECKING:
    from docx.document import Document

CONFIDENTIAL: Final = "代表身份保密"

_TITLE, _HEAD = 22.0, 10.5  # points


def suggestion_word(paper: SuggestionPaper, made: datetime) -> bytes:
    """The bytes of a .docx; who put it forward is in it only where the paper names them, and its properties name nobody."""
    import docx  # takes a moment to load, and is rarely wanted

    document = docx.Document()
    _lay_out(document, paper, made)
    _add_title(document, paper.subject)
    add_fields(document, list(_fields(paper)), caption=OURS)
    add_text_line(document, "")
    for line in paper.text.split("\n"):
        add_text_line(document, line.strip(" \u3000"))
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
    section = document.sections[0]
    lay_out(section)
    head = section.header.paragraphs[0]
    letters(head.add_run("代表建议、批评和意见"), BODY_FACE, _HEAD)
    describe(document, paper.subject, made)


def _add_title(document: "Document", subject: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    title = document.add_paragraph(style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    letters(title.add_run(subject), TITLE_FACE, _TITLE)
