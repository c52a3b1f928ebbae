"""Spreadsheets for tests: written by openpyxl, put together by hand as Excel and WPS write them, or broken on purpose."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

from app.ledgers.columns import SheetProblem
from app.ledgers.entry import Repairs, ledger_rows
from app.ledgers.form import LedgerForm, RowKind
from app.ledgers.header import Header
from app.ledgers.messages import MESSAGES, MessageRow
from app.ledgers.sheet import open_sheet

KNOWN_NAMES = MESSAGES.known()
HEADER = ("留言编号", "留言用户", "留言主题", "留言时间", "留言详情")
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def header_of(*names: str) -> Header:
    return Header(row=1, names=names, lines=(names,))


def written_book(path: Path, sheets: Mapping[str, Iterable[Sequence[object]]]) -> Path:
    """A workbook by openpyxl, its sheets in their order."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def table(path: Path, *rows: Sequence[object], header: Sequence[object] = HEADER) -> Path:
    """A workbook with one sheet of messages."""
    return written_book(path, {"Sheet1": [header, *rows]})


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def line(number: int, *texts: str, attributes: str = "") -> str:
    """A row of the sheet's XML; an empty text is a cell that has a format and nothing else."""
    places = [f"{chr(65 + column)}{number}" for column in range(len(texts))]
    cells = (cell(place, text) if text else f'<c r="{place}" s="1"/>' for place, text in zip(places, texts, strict=True))
    return f'<row r="{number}" {attributes}>{"".join(cells)}</row>'


def handmade(
    path: Path,
    rows: str,
    *,
    after: str = "",
    dimension: str = "",
    strings: Sequence[str] = (),
    date1904: bool = False,
    parts: Mapping[str, str | bytes] | None = None,
) -> Path:
    """A workbook of one sheet put together by hand; `parts` replace or add members of the archive."""
    items = "".join(f"<si>{each}</si>" for each in strings)
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": DECLARATION
        + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        + '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        + '<Default Extension="xml" ContentType="application/xml"/>'
        + f'<Override PartName="/xl/workbook.xml" ContentType="{KINDS}.sheet.main+xml"/>'
        + f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KINDS}.worksheet+xml"/>'
        + f'<Override PartName="/xl/styles.xml" ContentType="{KINDS}.styles+xml"/>'
        + f'<Override PartName="/xl/sharedStrings.xml" ContentType="{KINDS}.sharedStrings+xml"/></Types>',
        "_rels/.rels": DECLARATION
        + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": DECLARATION
        + f'<workbook {MAIN} xmlns:r="{RELATIONS}"><workbookPr date1904="{int(date1904)}"/>'
        + '<sheets><sheet name="登记" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": DECLARATION
        + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
        + f'<Relationship Id="rId2" Type="{RELATIONS}/styles" Target="styles.xml"/>'
        + f'<Relationship Id="rId3" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/styles.xml": DECLARATION
        + f'<styleSheet {MAIN}><numFmts count="1"><numFmt numFmtId="176" formatCode="yyyy/m/d h:mm"/></numFmts>'
        + '<fonts><font/></fonts><fills><fill><patternFill patternType="none"/></fill></fills><borders><border/></borders>'
        + "<cellStyleXfs><xf/></cellStyleXfs>"
        + '<cellXfs><xf numFmtId="0"/><xf numFmtId="0"/><xf numFmtId="176"/></cellXfs>'
        + '<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
        "xl/sharedStrings.xml": f"{DECLARATION}<sst {MAIN}>{items}</sst>",
        "xl/worksheets/sheet1.xml": f"{DECLARATION}<worksheet {MAIN}>{dimension}<sheetData>{rows}</sheetData>{after}</worksheet>",
    }
    members.update(parts or {})
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def ole_container(path: Path, *streams: str) -> Path:
    """A file with the mark of an OLE container and a directory of these streams, as far as a reader of names looks."""
    entries = (stream.encode("utf-16-le").ljust(64, b"\0") + bytes(64) for stream in ("Root Entry", *streams))
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1").ljust(512, b"\0") + bytes(4096) + b"".join(entries))
    return path


def rows(path: Path, form: LedgerForm[RowKind], *, year: int = 0, repairs: Repairs | None = None) -> list[RowKind | SheetProblem]:
    """Everything a file gives by the form of a ledger, in its order."""
    with open_sheet(path, form.known()) as sheet:
        columns = form.told_by(sheet.header, form.guessed(sheet.header))
        return list(ledger_rows(sheet, columns, form, year=year, repairs=repairs))


def read(path: Path) -> list[MessageRow | SheetProblem]:
    """Everything a file of messages gives, in its order."""
    return rows(path, MESSAGES)


def messages(path: Path) -> list[MessageRow]:
    return [each for each in read(path) if isinstance(each, MessageRow)]


def problems(path: Path) -> list[SheetProblem]:
    return [each for each in read(path) if isinstance(each, SheetProblem)]
