"""The ZIP file an .xlsx is, looked at before a parser is let near it."""

import zlib
from typing import BinaryIO, Final
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile, ZipInfo

from app.errors import Refused
from app.ledgers.grid import Limits

_READ: Final = 1 << 16
_WORKBOOK: Final = "xl/workbook"  # with a number behind it in files of some web services
_STREAMED: Final = ("xl/worksheets/", "xl/sharedstrings.xml")
_FOREIGN: Final = {"xl/workbook.bin": ".xlsb", "content.xml": ".ods"}
_STRICT: Final = "purl.oclc.org/ooxml"


def check_archive(file: BinaryIO, name: str, limits: Limits) -> None:
    """Nothing, where the file is an unencrypted workbook of bearable size without document type declarations.

    Raises `Refused` with `sheet_damaged`, `not_a_sheet`, `sheet_foreign_format`, `sheet_encrypted`, `sheet_too_large` or
    `sheet_dangerous` (an entity bomb needs a declaration, and no spreadsheet program writes one).
    """
    with _opened(file, name) as archive:
        parts = archive.infolist()
        _check_kind({part.filename.lower() for part in parts}, name)
        _check_sizes(parts, name, limits)
        for part in parts:
            _check_start(archive, part, name)


def _opened(file: BinaryIO, name: str) -> ZipFile:
    try:
        return ZipFile(file)
    except (BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise Refused("sheet_damaged", file=name, reason=str(error)) from error


def _check_kind(names: set[str], name: str) -> None:
    for part, suffix in _FOREIGN.items():
        if part in names:
            raise Refused("sheet_foreign_format", file=name, format=suffix)
    if not any(map(_is_workbook, names)):
        raise Refused("not_a_sheet", file=name)


def _check_sizes(parts: list[ZipInfo], name: str, limits: Limits) -> None:
    """The declared sizes bind: `zipfile` never reads more of a part than it declares."""
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("sheet_encrypted", file=name)
    whole = max((part.file_size for part in parts if not part.filename.lower().startswith(_STREAMED)), default=0)
    for what, size, limit in (
        ("parts", len(parts), limits.parts),
        ("unpacked", sum(part.file_size for part in parts), limits.unpacked_bytes),
        ("part", whole, limits.part_bytes),
    ):
        if size > limit:
            raise Refused("sheet_too_large", file=name, what=what, size=size, limit=limit)


def _is_workbook(part: str) -> bool:
    return part.startswith(_WORKBOOK) and part.endswith(".xml")


class _Started(Exception):
    """The first element of a part was reached."""


def _check_start(archive: ZipFile, part: ZipInfo, name: str) -> None:
    """Read a part up to its first element: a document type declaration can only stand before it."""

    def declared(*_: object) -> None:
        raise Refused("sheet_dangerous", file=name, part=part.filename)

    def started(_: str, attributes: dict[str, str]) -> None:
        if _is_workbook(part.filename.lower()) and any(_STRICT in value for value in attributes.values()):
            raise Refused("sheet_foreign_format", file=name, format="Strict Open XML")
        raise _Started

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = started
    try:
        with archive.open(part) as opened:
            while chunk := opened.read(_READ):
                parser.Parse(chunk)
            parser.Parse(b"", True)  # newer parsers put off long tokens until they are told that nothing more comes
    except (_Started, expat.ExpatError):
        pass  # a picture, or a part so broken that openpyxl will say so
    except (BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError, zlib.error) as error:
        raise Refused("sheet_damaged", file=name, reason=f"{part.filename}: {error}") from error
