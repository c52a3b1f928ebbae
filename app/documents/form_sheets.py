"""Records as a Word file, a page each: the name of the form above, then its columns as rows of two."""

from collections.abc import Sequence
from io import BytesIO
from typing import Final

from app.documents.word_parts import add_fields, lay_out, letters

_TITLE: Final = 22.0  # points
_FACE: Final = "方正小标宋简体"


def form_sheets(name: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """The bytes of a .docx; its properties name nobody."""
    import docx  # takes a moment to load, and is rarely wanted
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    document = docx.Document()
    lay_out(document.sections[0])
    properties = document.core_properties
    properties.title, properties.author, properties.comments, properties.last_modified_by = name, "", "", ""
    for number, row in enumerate(rows):
        title = document.add_paragraph(style="Title")
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        title.paragraph_format.page_break_before = number > 0
        letters(title.add_run(name), _FACE, _TITLE)
        add_fields(document, list(zip(headings, row, strict=True)))
    written = BytesIO()
    document.save(written)
    return written.getvalue()
