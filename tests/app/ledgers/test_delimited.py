from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Refused
from app.ledgers.delimited import encoding_of
from app.ledgers.grid import Limits
from app.ledgers.sheet import Format, open_sheet
from tests.app.ledgers.sheets import KNOWN_NAMES, messages, problems

TEXT = "留言编号,留言用户,留言主题,留言时间,留言详情\r\n7,用户甲,修路,2019/2/28,路面坑洼\r\n"


def csv(folder: Path, content: str | bytes, encoding: str = "utf-8", name: str = "a.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def refusal(path: Path, limits: Limits | None = None) -> tuple[str, dict[str, object]]:
    with pytest.raises(Refused) as refused, open_sheet(path, KNOWN_NAMES, limits or Limits()) as sheet:
        list(sheet.rows)
    return refused.value.code, refused.value.facts


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("utf-16", "utf-16"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_encodings_and_delimiters_are_found_and_told(tmp_path: Path, encoding: str, told: str, delimiter: str) -> None:
    path = csv(tmp_path, TEXT.replace(",", delimiter), encoding)
    with open_sheet(path, KNOWN_NAMES) as sheet:
        assert (sheet.format, sheet.encoding, sheet.delimiter, sheet.header.row) == (Format.CSV, told, delimiter, 1)
        assert [row.values for row in sheet.rows] == [("7", "用户甲", "修路", "2019/2/28", "路面坑洼")]


def test_names_that_a_wrong_delimiter_would_join_are_told_apart(tmp_path: Path) -> None:
    with open_sheet(csv(tmp_path, "来访人\t姓名\t内容\n甲\t乙\t修路\n"), KNOWN_NAMES) as sheet:
        assert sheet.header.names == ("来访人", "姓名", "内容")


def test_a_remark_with_another_delimiter_above_the_header_does_not_mislead(tmp_path: Path) -> None:
    assert messages(csv(tmp_path, "说明;a;b\n编号,标题\n1,修路\n"))[0].title == "修路"


def test_utf16_of_the_other_byte_order(tmp_path: Path) -> None:
    assert messages(csv(tmp_path, b"\xfe\xff" + TEXT.encode("utf-16-be")))[0].title == "修路"


def test_the_content_decides_and_not_the_name(tmp_path: Path) -> None:
    assert messages(csv(tmp_path, TEXT.replace(",", "\t"), "gb18030", name="导出.xls"))[0].title == "修路"


def test_rare_characters_survive_gb18030(tmp_path: Path) -> None:
    assert messages(csv(tmp_path, "姓名,内容\r\n䶮𬱖,\ue5d2字\r\n", "gb18030"))[0].raised_by == "䶮𬱖"


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=30))
def test_chinese_text_is_never_taken_for_the_other_encoding(text: str) -> None:
    from io import BytesIO

    assert encoding_of(BytesIO(text.encode()), "a.csv") == "utf-8"


def test_line_breaks_and_delimiters_within_quotes_and_rows_as_excel_numbers_them(tmp_path: Path) -> None:
    path = csv(tmp_path, '编号,标题,内容\r\n1,甲,"第一段\r\n第二段,""引""\n"\r\n\r\n,,\r\n2,乙,丙\r\n')
    first, second = messages(path)
    assert (first.row, first.content) == (2, '第一段\n第二段,"引"')
    assert (second.row, second.title) == (5, "乙")


def test_ragged_rows_lose_nothing(tmp_path: Path) -> None:
    path = csv(tmp_path, "编号,标题,内容\n1,甲\n2,乙,丙,丁,戊\n")
    short, long = messages(path)
    assert (short.title, short.content) == ("甲", "")
    assert long.extras == {"D": "丁", "E": "戊"}
    (problem,) = problems(path)
    assert (problem.row, problem.column, problem.code, problem.facts) == (3, "D", "row_too_long", {"columns": 2})


def test_an_open_quotation_mark_is_refused_and_swallows_nothing(tmp_path: Path) -> None:
    path = csv(tmp_path, '编号,标题\n1,"甲\n2,乙\n3,丙\n')
    assert refusal(path) == ("csv_malformed", {"file": "a.csv", "row": 2, "line": 4})


def test_a_stray_quotation_mark_is_refused_with_its_row(tmp_path: Path) -> None:
    lines = "".join(f"{number},甲\n" for number in range(20))
    code, facts = refusal(csv(tmp_path, f'编号,标题\n{lines}9,"他说"好"吧"\n'))
    assert (code, facts["row"]) == ("csv_malformed", 22)


def test_a_cell_beyond_bearing_is_refused(tmp_path: Path) -> None:
    path = csv(tmp_path, "编号,标题\n" + "1,甲\n" * 20 + "2," + "长" * 200 + "\n")
    assert refusal(path, Limits(cell_characters=100))[0] == "csv_malformed"


def test_nul_bytes_are_refused_wherever_they_stand(tmp_path: Path) -> None:
    code, facts = refusal(csv(tmp_path, (TEXT * 300).encode() + b"8,\0,x"))
    assert (code, facts["byte"]) == ("csv_nul", len((TEXT * 300).encode()) + 2)
    assert refusal(csv(tmp_path, TEXT.encode("utf-16-le")))[0] == "csv_nul"


def test_a_broken_utf8_file_is_not_read_as_gb18030(tmp_path: Path) -> None:
    content = bytearray((TEXT * 50).encode())
    del content[1000]
    code, facts = refusal(csv(tmp_path, bytes(content)))
    assert (code, facts["encoding"]) == ("csv_text_damaged", "utf-8")


def test_a_cut_utf16_file_is_damaged(tmp_path: Path) -> None:
    assert refusal(csv(tmp_path, TEXT.encode("utf-16")[:-1]))[0] == "csv_text_damaged"


def test_bytes_of_no_known_encoding_are_refused(tmp_path: Path) -> None:
    assert refusal(csv(tmp_path, b"\xff\x80\xff\x81" * 40)) == ("csv_encoding_unknown", {"file": "a.csv"})


def test_a_sheet_may_be_closed_before_its_last_row(tmp_path: Path) -> None:
    with open_sheet(csv(tmp_path, TEXT + "8,乙,丙,,丁\r\n" * 9), KNOWN_NAMES) as sheet:
        assert next(sheet.rows).number == 2
