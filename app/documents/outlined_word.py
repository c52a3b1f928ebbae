"""A paper that is read from beginning to end as a Word file, for those who must go on editing it (GB/T 9704-2012)."""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Final

from app.documents.word_parts import KAI_FACE, TITLE_FACE, add_fields, add_rows, add_text_line, describe, lay_out, letters
from app.domain.outline import Bars, Columns, Facts, Outlined, Part, Room, Rows, Signed, Text, Title, Under

if TYPE_CHECKING:
    from docx.document import Document

_TITLE, _UNDER = 22.0, 15.0  # points
_INSET: Final = "\u3000" * 4


def outlined_word(shown: Outlined, made: datetime) -> bytes:
    """The bytes of a .docx; its properties name nobody, `made` (aware) stands in them."""
    import docx  # takes a moment to load, and is rarely wanted

    document = docx.Document()
    lay_out(document.sections[0])
    describe(document, shown.name.label, made)
    for part in shown.outline():
        _add(document, part)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _add(document: "Document", part: Part) -> None:
    match part:
        case Title(text):
            _add_centred(document, text, TITLE_FACE, _TITLE, style="Title")
        case Under(text):
            _add_centred(document, text, KAI_FACE, _UNDER)
        case Text(text):
            for line in filter(None, map(str.strip, text.splitlines())):
                add_text_line(document, line)
        case Facts(pairs):
            add_fields(document, pairs)
        case Rows(columns, rows):
            add_rows(document, [title for title, _width in columns], rows)
        case Bars():
            pass  # the table before it tells the same
        case Columns(title, months, series):
            add_text_line(document, f"{title}：")
            values = zip(months, *(map(str, told) for _name, told in series), strict=True)
            add_rows(document, ("月份", *(name for name, _told in series)), [*values])
        case Room(lines):
            for _line in range(lines):
                add_text_line(document, "")
        case Signed(office, day):
            for line in _signature(office, day):
                add_text_line(document, line, right=True)


def _signature(office: str, day: str) -> Iterator[str]:
    yield ""
    yield f"{office}{_INSET[:2]}"
    yield f"{day}{_INSET}"


def _add_centred(document: "Document", text: str, face: str, size: float, style: str | None = None) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = document.add_paragraph(style=style)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    letters(paragraph.add_run(text), face, size)
