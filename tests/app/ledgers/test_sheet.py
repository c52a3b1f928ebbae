import sys
from pathlib import Path

import pytest

from app.errors import Refused, Unavailable
from app.ledgers.grid import Limits
from app.ledgers.sheet import open_sheet
from tests.app.ledgers.sheets import KNOWN_NAMES, ole_container, table, written_book


def refusal(path: Path, limits: Limits | None = None) -> tuple[str, dict[str, object]]:
    with pytest.raises(Refused) as refused, open_sheet(path, KNOWN_NAMES, limits or Limits()) as sheet:
        list(sheet.rows)
    return refused.value.code, refused.value.facts


def test_a_workbook_with_a_password_is_named(tmp_path: Path) -> None:
    path = ole_container(tmp_path / "a.xlsx", "EncryptionInfo", "EncryptedPackage")
    assert refusal(path) == ("sheet_encrypted", {"file": "a.xlsx"})


@pytest.mark.parametrize("stream", ["Workbook", "Book"])
def test_an_old_xls_without_a_workbook_in_it_is_damaged(tmp_path: Path, stream: str) -> None:
    path = ole_container(tmp_path / "a.xls", stream)
    assert refusal(path)[0] == "sheet_damaged"


@pytest.mark.parametrize("start", ["<html>", "\ufeff<?xml version='1.0'?><Workbook>", "\r\n<TABLE>", "<!DOCTYPE html>"])
def test_a_web_page_named_xls_is_named(tmp_path: Path, start: str) -> None:
    path = tmp_path / "a.xls"
    path.write_text(start + "<td>标题</td>", encoding="utf-8")
    assert refusal(path) == ("sheet_foreign_format", {"file": "a.xls", "format": "HTML/XML"})


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n\0\0\0\r", b"PK\x05\x06" + bytes(18), b"\x7fELF\0"])
def test_what_is_no_table_at_all_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert refusal(path) == ("not_a_sheet", {"file": "a.xlsx"})


def test_an_ole_file_of_another_program_is_refused(tmp_path: Path) -> None:
    assert refusal(ole_container(tmp_path / "a.doc", "WordDocument"))[0] == "not_a_sheet"


@pytest.mark.parametrize("content", ["", "\n\n \n", "\ufeff"])
def test_an_empty_file_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(content, encoding="utf-8")
    assert refusal(path)[0] == "sheet_empty"


@pytest.mark.parametrize("share", [10, 50, 90, 99])
def test_a_cut_workbook_is_damaged(tmp_path: Path, share: int) -> None:
    path = table(tmp_path / "a.xlsx", [1, "用户甲", "修路", "2019-02-28", "路面坑洼"])
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) * share // 100])
    assert refusal(path)[0] == "sheet_damaged"


def test_a_table_of_other_things_is_refused_with_what_was_found(tmp_path: Path) -> None:
    path = written_book(tmp_path / "a.xlsx", {"库存": [["品名", None, "数量"], ["纸", None, 3]]})
    assert refusal(path) == ("header_unknown", {"file": "a.xlsx", "row": 1, "found": ("品名", "数量")})


def test_one_known_name_makes_a_header_where_no_sheet_has_two(tmp_path: Path) -> None:
    with open_sheet(written_book(tmp_path / "a.xlsx", {"表": [["星级", "内容"], [5, "修路"]]}), KNOWN_NAMES) as sheet:
        assert [row.values for row in sheet.rows] == [(5, "修路")]


def test_a_header_below_the_tenth_row_is_not_looked_for(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [("填表须知",)] * 9 + [("编号", "标题"), (1, "修路")]
    assert refusal(written_book(tmp_path / "b.xlsx", {"登记": [("填表须知",), *rows]}))[0] == "header_unknown"
    with open_sheet(written_book(tmp_path / "a.xlsx", {"登记": rows}), KNOWN_NAMES) as sheet:
        assert sheet.header.row == 10


def test_a_file_too_large_is_refused_unread(tmp_path: Path) -> None:
    code, facts = refusal(table(tmp_path / "a.xlsx"), Limits(file_bytes=100))
    assert (code, facts["what"], facts["limit"]) == ("sheet_too_large", "file", 100)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert refusal(tmp_path / "无此文件.xlsx") == ("file_missing", {"path": str(tmp_path / "无此文件.xlsx")})


def test_what_the_system_does_not_give_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="file_unreadable"), open_sheet(tmp_path, KNOWN_NAMES):
        pass


def test_the_file_is_let_go_of(tmp_path: Path) -> None:
    path = table(tmp_path / "a.xlsx", [1, "用户甲", "修路", "2019-02-28", "路面坑洼"])
    with open_sheet(path, KNOWN_NAMES) as sheet:
        assert next(sheet.rows).number == 2
    path.rename(tmp_path / "b.xlsx")  # Windows refuses while a program holds the file
    assert sys.platform != "win32" or not path.exists()
