"""A Word file that somebody brings: looked at before a parser is let near it, then read paragraph by paragraph."""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from zipfile import BadZipFile, ZipFile

from app.documents.numbering import Numbering
from app.domain.beginning import Beginning, beginning_of
from app.domain.written_text import plain_line
from app.errors import Refused

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

OURS: Final = "liaison-fields"
"""The name of the table of fields in a file this program wrote, which is no part of the text."""

_UNPACKED: Final = 64 << 20  # bytes
_PARTS: Final = 5000
DAMAGE: Final = (
    *(BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, RuntimeError),
    *(SyntaxError, LookupError, ValueError, AttributeError, TypeError, AssertionError),  # of XML that is not what it should be
)
"""What reading a damaged file ends in."""

_FOREIGN: Final = (("xl/", ".xlsx"), ("ppt/", ".pptx"), ("content.xml", ".odt"))
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE: Final = frozenset({f"{_W}del", f"{_W}moveFrom", _FALLBACK})
_SIGNS: Final = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def read_word(content: bytes, name: str) -> Beginning:
    """Title and text of a .docx: its paragraphs and those in its tables, tracked changes as if they were accepted.

    Raises `Refused` with `draft_damaged`, `draft_encrypted`, `draft_foreign` or `draft_too_large`.
    """
    check_word(content, name)
    import docx  # takes a moment to load, and is rarely wanted
    from docx.opc.exceptions import OpcError

    try:
        return _read(docx.Document(BytesIO(content)))
    except (OpcError, *DAMAGE) as error:
        raise Refused("draft_damaged", file=name, reason=type(error).__name__) from error


def check_word(content: bytes, name: str) -> None:
    """Raises `Refused` where it is no .docx that can be read: `draft_damaged`, `_encrypted`, `_foreign`, `_too_large`."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as error:
        raise Refused("draft_damaged", file=name, reason=type(error).__name__) from error
    names = [each.filename for each in parts]
    if any(each.flag_bits & 1 for each in parts):
        raise Refused("draft_encrypted", file=name)
    if not any(each.startswith("word/") for each in names):
        for begins, suffix in _FOREIGN:
            if any(each.startswith(begins) for each in names):
                raise Refused("draft_foreign", file=name, format=suffix)
        raise Refused("draft_foreign", file=name, format=".zip")
    if len(parts) > _PARTS or sum(each.file_size for each in parts) > _UNPACKED:
        raise Refused("draft_too_large", file=name)


def _read(document: "Document") -> Beginning:
    numbering = Numbering(document)
    lines: list[str] = []
    titled: int | None = None
    for paragraph in _paragraphs(document):
        told = [plain_line(each) for each in _text(paragraph._p).split("\n")]
        told[0] = numbering.mark(paragraph) + told[0]
        if titled is None and told[0] and _style(paragraph) in {"Title", "标题"}:
            titled = len(lines)
        lines += told
    return beginning_of(lines, titled)


def _paragraphs(within: Any) -> Iterator["Paragraph"]:
    """The paragraphs of a document or a cell in their order, those of tables where the table stands."""
    from docx.table import Table

    for each in within.iter_inner_content():
        if isinstance(each, Table):
            yield from _in_table(each)
        else:
            yield each


def _in_table(table: "Table") -> Iterator["Paragraph"]:
    caption = table._tbl.tblPr.find(f"{_W}tblCaption")
    if caption is not None and caption.get(f"{_W}val") == OURS:
        return
    seen: set[Any] = set()
    for row in table.rows:
        for cell in row.cells:
            if cell._tc not in seen:  # one that reaches over several places is told at each
                seen.add(cell._tc)
                yield from _paragraphs(cell)


def _text(element: Any) -> str:
    """What a reader sees of a paragraph."""
    told = ""
    for child in element:
        if child.tag in _GONE:
            continue
        if child.tag == f"{_W}t":
            told += child.text or ""
        else:
            told += _SIGNS.get(child.tag, "") or _text(child)
    return told


def _style(paragraph: "Paragraph") -> str:
    style = paragraph.style
    return (style.name or "") if style is not None else ""
