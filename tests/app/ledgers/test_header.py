import pytest

from app.ledgers.cells import Value
from app.ledgers.grid import Row
from app.ledgers.header import Header, header_among, normal_name
from tests.app.ledgers.sheets import KNOWN_NAMES, header_of


def found(*lines: tuple[Value, ...]) -> Header | None:
    rows = [Row(number=number, values=line) for number, line in enumerate(lines, start=1)]
    return header_among(rows, KNOWN_NAMES)


@pytest.mark.parametrize(
    ("shown", "normal"),
    [
        ("姓    名", "姓名"),
        ("反映事项（必填）", "反映事项"),
        ("* 联系电话：", "联系电话"),
        ("匿名(1)/实名(0)", "匿名实名"),
        ("\u200b内\n容", "内容"),
        ("ＩＤ", "id"),
        ("publish_time", "publishtime"),
        ("(电话)", "电话"),
        ("", ""),
    ],
)
def test_a_name_without_what_people_add(shown: str, normal: str) -> None:
    assert normal_name(shown) == normal


def test_the_header_is_found_under_a_title_and_a_line_of_remarks() -> None:
    header = found(
        ("某某街道联络站接待登记表",), ("填表人：甲", None, "2024年5月"), ("序号", "姓名", "反映事项"), (1, "来访人乙", "路灯")
    )
    assert header is not None
    assert (header.row, header.names) == (3, ("序号", "姓名", "反映事项"))


def test_a_row_that_mentions_a_name_of_a_column_is_not_the_header() -> None:
    header = found(("接待方式", "姓名", "内容"), ("电话", "来访人甲", "路灯不亮"))
    assert header is not None
    assert header.row == 1


def test_a_header_over_two_rows_is_read_as_one() -> None:
    header = found(("编号", "反映人", None, None, "内容"), (None, "姓名", "性别", "电话"), ("1", "来访人甲", "男", "0", "路灯"))
    assert header is not None
    assert (header.row, header.names) == (2, ("编号", "反映人姓名", "性别", "反映人电话", "内容"))


def test_a_blank_column_does_not_make_the_first_message_a_header() -> None:
    header = found(("编号", None, "内容"), ("1", "附注", "路灯"))
    assert header is not None
    assert (header.row, header.names) == (1, ("编号", "", "内容"))


def test_a_table_of_other_things_has_no_header() -> None:
    assert found(("品名", "数量"), ("纸", 3)) is None
    assert found() is None


def test_a_row_of_the_header_repeated_on_the_next_page_is_known() -> None:
    header = found(("编号", "反映人", None, "内容"), (None, "姓名", "电话"))
    assert header is not None
    assert header.repeats_in(Row(number=40, values=("编 号".replace(" ", ""), "反映人", None, "内容")))
    assert header.repeats_in(Row(number=41, values=(None, "姓名", "电话")))
    assert not header.repeats_in(Row(number=42, values=("3", "来访人甲", None, "内容")))


def test_columns_are_told_by_letter_and_name() -> None:
    header = header_of("编号", "", "内容")
    assert [header.label(column) for column in (0, 1, 2, 27)] == ["A 编号", "B", "C 内容", "AB"]
    assert [header.name(column) for column in (0, 1, 27)] == ["编号", "B", "AB"]
