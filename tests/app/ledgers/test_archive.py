from pathlib import Path
from zipfile import ZipFile

import pytest

from app.errors import Refused
from app.ledgers.archive import check_archive
from app.ledgers.grid import Limits
from tests.app.ledgers.sheets import DECLARATION, MAIN, handmade, line

ROWS = line(1, "标题") + line(2, "修路")
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


def refusal(path: Path, limits: Limits | None = None) -> tuple[str, dict[str, object]]:
    with path.open("rb") as file, pytest.raises(Refused) as refused:
        check_archive(file, path.name, limits or Limits())
    return refused.value.code, refused.value.facts


def test_a_workbook_passes(tmp_path: Path) -> None:
    with handmade(tmp_path / "a.xlsx", ROWS).open("rb") as file:
        check_archive(file, "a.xlsx", Limits())


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "docProps/core.xml", "xl/any.bin"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_declaration_is_refused_in_every_part(tmp_path: Path, part: str, encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?><!-- {"x" * 200_000} -->{BOMB}<x>&b;</x>'
    path = handmade(tmp_path / "a.xlsx", ROWS, parts={part: xml.encode(encoding)})
    assert refusal(path) == ("sheet_dangerous", {"file": "a.xlsx", "part": part})


def test_pictures_and_broken_parts_are_left_to_others(tmp_path: Path) -> None:
    parts: dict[str, str | bytes] = {
        "xl/media/image1.png": b"\x89PNG\r\n\x1a\n\0\0",
        "xl/theme/theme1.xml": "<a",
        "xl/empty.xml": b"",
    }
    with handmade(tmp_path / "a.xlsx", ROWS, parts=parts).open("rb") as file:
        check_archive(file, "a.xlsx", Limits())


@pytest.mark.parametrize(
    ("limits", "what"),
    [
        (Limits(parts=3), "parts"),
        (Limits(unpacked_bytes=1000), "unpacked"),
        (Limits(part_bytes=300), "part"),
    ],
)
def test_too_much_to_unpack_is_refused_before_unpacking(tmp_path: Path, limits: Limits, what: str) -> None:
    code, facts = refusal(handmade(tmp_path / "a.xlsx", ROWS), limits)
    assert (code, facts["what"]) == ("sheet_too_large", what)


def test_a_bomb_of_zeros_is_refused_by_what_it_declares(tmp_path: Path) -> None:
    path = handmade(tmp_path / "a.xlsx", ROWS, parts={"xl/worksheets/sheet2.xml": b" " * (8 << 20)})
    assert path.stat().st_size < 1 << 20
    assert refusal(path, Limits(unpacked_bytes=4 << 20))[0] == "sheet_too_large"


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"word/document.xml": "<w/>"}, "not_a_sheet"),
        ({"xl/workbook.bin": b"\x83\x01"}, "sheet_foreign_format"),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<o/>"}, "sheet_foreign_format"),
    ],
)
def test_other_archives_are_named(tmp_path: Path, parts: dict[str, str | bytes], code: str) -> None:
    path = tmp_path / "a.xlsx"
    with ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert refusal(path)[0] == code


def test_a_strict_workbook_is_named(tmp_path: Path) -> None:
    namespace = MAIN.replace("schemas.openxmlformats.org/spreadsheetml/2006", "purl.oclc.org/ooxml/spreadsheetml")
    strict = f"{DECLARATION}<workbook {namespace}/>"
    path = handmade(tmp_path / "a.xlsx", ROWS, parts={"xl/workbook.xml": strict})
    assert refusal(path) == ("sheet_foreign_format", {"file": "a.xlsx", "format": "Strict Open XML"})


def test_an_archive_with_a_password_is_named(tmp_path: Path) -> None:
    path = handmade(tmp_path / "a.xlsx", ROWS)
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(content))
    assert refusal(path)[0] == "sheet_encrypted"
