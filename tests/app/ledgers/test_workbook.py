import tracemalloc
from datetime import date, datetime
from errno import EINVAL, EIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import MAC_EPOCH

from app.errors import AppError, Refused, Unavailable
from app.ledgers import workbook
from app.ledgers.grid import Limits
from app.ledgers.sheet import open_sheet
from tests.app.ledgers.sheets import HEADER, KNOWN_NAMES, MAIN, cell, handmade, line, messages, table, written_book

HEAD = line(1, "编号", "标题", "日期")


def refusal(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(Refused) as refused, open_sheet(path, KNOWN_NAMES, limits or Limits()) as sheet:
        list(sheet.rows)
    return refused.value.code


def numbers(path: Path) -> list[int]:
    with open_sheet(path, KNOWN_NAMES) as sheet:
        return [row.number for row in sheet.rows]


def test_thousands_of_formatted_rows_are_skipped_and_the_numbers_are_excels(tmp_path: Path) -> None:
    phantoms = "".join(line(number, "", "", "", attributes='ht="20" customHeight="1"') for number in range(4, 5000))
    last = line(5000, "2", "修桥", "2019-03-01") + line(5001, "", "\u200b ", "")
    path = handmade(tmp_path / "a.xlsx", HEAD + line(2, "1", "修路", "2019-02-28") + phantoms + last)
    assert numbers(path) == [2, 5000]
    with open_sheet(path, KNOWN_NAMES) as sheet:
        assert sheet.last_row == 5001


def test_rows_the_file_leaves_out_keep_their_numbers(tmp_path: Path) -> None:
    assert numbers(handmade(tmp_path / "a.xlsx", HEAD + line(7, "1", "修路") + line(1_048_576, "2", "修桥"))) == [7, 1_048_576]


def test_a_wrong_dimension_is_not_believed(tmp_path: Path) -> None:
    path = handmade(tmp_path / "a.xlsx", HEAD + line(2, "1", "修路", "2019-02-28"), dimension='<dimension ref="A1"/>')
    assert [row.title for row in messages(path)] == ["修路"]


def test_a_row_beyond_excels_last_is_refused(tmp_path: Path) -> None:
    assert refusal(handmade(tmp_path / "a.xlsx", HEAD + line(999_999_999, "1", "修路"))) == "sheet_too_large"


def test_shared_texts_rich_texts_and_escapes(tmp_path: Path) -> None:
    strings = ("<t>标题</t>", "<r><t>修</t></r><r><rPr><b/></rPr><t>路_x000D_\n快</t></r><rPh sb='0' eb='1'><t>xiu</t></rPh>")
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row>'
    (message,) = messages(handmade(tmp_path / "a.xlsx", rows, strings=strings))
    assert message.content == "修路\n快"


@pytest.mark.parametrize(("date1904", "serial"), [(False, 43524.5), (True, 42062.5)])
def test_real_dates_and_bare_serial_numbers_in_both_date_systems(tmp_path: Path, date1904: bool, serial: float) -> None:
    rows = HEAD + "".join(
        f'<row r="{number}">{cell(f"B{number}", "修路")}<c r="C{number}" s="{style}"><v>{serial}</v></c></row>'
        for number, style in ((2, 2), (3, 0))
    )
    path = handmade(tmp_path / "a.xlsx", rows + line(4, "", "修桥", str(serial)), date1904=date1904)
    assert {(row.raised_on, row.raised_at and row.raised_at.hour) for row in messages(path)} == {(date(2019, 2, 28), 12)}


def test_dates_of_openpyxl_in_both_date_systems(tmp_path: Path) -> None:
    book = Workbook()
    book.epoch = MAC_EPOCH
    book.worksheets[0].append(HEADER)
    book.worksheets[0].append([1, "用户甲", "修路", datetime(2019, 2, 28, 11, 25, 5), "路面坑洼"])
    book.save(tmp_path / "a.xlsx")
    (message,) = messages(tmp_path / "a.xlsx")
    assert (message.raised_on, str(message.raised_at)) == (date(2019, 2, 28), "11:25:05")


def test_a_merged_day_holds_for_every_visitor_and_merged_empty_rows_are_none(tmp_path: Path) -> None:
    merges = '<mergeCells><mergeCell ref="C2:C4"/><mergeCell ref="B5:B6"/></mergeCells>'
    rows = (
        HEAD + line(2, "1", "修路", "2019-02-28") + line(3, "2", "修桥", "") + line(4, "3", "路灯", "") + line(5, "4", "停水", "")
    )
    found = messages(handmade(tmp_path / "a.xlsx", rows + line(6, "", "", ""), after=merges))
    assert [(row.title, row.raised_on) for row in found] == [
        ("修路", date(2019, 2, 28)),
        ("修桥", date(2019, 2, 28)),
        ("路灯", date(2019, 2, 28)),
        ("停水", None),
    ]


def test_faults_behind_the_last_row_do_not_matter(tmp_path: Path) -> None:
    broken = '<autoFilter ref="A1:C2"><filterColumn colId="x"/></autoFilter><pageSetup scale="no"/>'
    assert numbers(handmade(tmp_path / "a.xlsx", HEAD + line(2, "1", "修路"), after=broken)) == [2]


def test_the_sheet_with_a_header_is_taken_and_the_others_are_named(tmp_path: Path) -> None:
    path = written_book(
        tmp_path / "a.xlsx",
        {"空": [], "填表说明": [["说明"], ["请如实填写"]], "登记": [["编号", "标题"], [1, "修路"]], "旧表": [["标题"]]},
    )
    with open_sheet(path, KNOWN_NAMES) as sheet:
        assert (sheet.name, sheet.sheets, len(list(sheet.rows))) == ("登记", ("填表说明", "登记", "旧表"), 1)


def test_a_sheet_on_view_goes_before_a_hidden_one(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = Workbook()
    book.worksheets[0].append(["标题"])
    book.worksheets[0].sheet_state = "hidden"
    book.create_sheet("当前").append(["标题"])
    book.active = 1
    book.save(path)
    with open_sheet(path, KNOWN_NAMES) as sheet:
        assert (sheet.name, sheet.sheets) == ("当前", ("Sheet", "当前"))


def test_too_many_columns_are_refused(tmp_path: Path) -> None:
    assert refusal(table(tmp_path / "a.xlsx", [1] * 300)) == "sheet_too_wide"


def test_an_empty_workbook_is_refused(tmp_path: Path) -> None:
    assert refusal(written_book(tmp_path / "a.xlsx", {"空": [], "也空": [[None, " "]]})) == "sheet_empty"
    phantoms = "".join(line(number, "", "") for number in range(1, 50))
    assert refusal(handmade(tmp_path / "b.xlsx", phantoms)) == "sheet_empty"


def test_a_sheet_in_another_encoding_is_read_without_its_outline(tmp_path: Path) -> None:
    sheet = f"<worksheet {MAIN}><sheetData>{HEAD}{line(3, '1', '修路')}</sheetData></worksheet>"
    xml = f'<?xml version="1.0" encoding="utf-16"?>{sheet}'.encode("utf-16")
    assert numbers(handmade(tmp_path / "a.xlsx", "", parts={"xl/worksheets/sheet1.xml": xml})) == [3]


@pytest.mark.parametrize(
    "parts",
    [
        {"xl/styles.xml": f"<styleSheet {MAIN}><fills><fill/></fills></styleSheet>"},
        {"docProps/core.xml": "<coreProperties"},
        {"xl/theme/theme1.xml": ""},
    ],
)
def test_faults_of_formats_and_properties_do_not_matter(tmp_path: Path, parts: dict[str, str]) -> None:
    dated = f'<row r="2">{cell("B2", "修路")}<c r="C2" s="2"><v>43524</v></c></row>'
    (message,) = messages(handmade(tmp_path / "a.xlsx", HEAD + dated, parts=dict(parts)))
    assert message.raised_on == date(2019, 2, 28)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"])
def test_a_part_that_is_no_xml_is_damage(tmp_path: Path, part: str) -> None:
    assert refusal(handmade(tmp_path / "a.xlsx", HEAD, parts={part: "<worksheet><row r='1'>"})) == "sheet_damaged"


def test_a_text_that_is_not_in_the_table_of_texts_is_damage(tmp_path: Path) -> None:
    rows = HEAD + '<row r="2"><c r="B2" t="s"><v>99</v></c></row>'
    assert refusal(handmade(tmp_path / "a.xlsx", rows)) == "sheet_damaged"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused_and_nothing_else(tmp_path: Path, data: st.DataObject) -> None:
    whole = table(
        tmp_path / "whole.xlsx", *([n, "用户甲", f"第{n}条路", datetime(2019, 2, 28), "路面坑洼"] for n in range(20))
    ).read_bytes()
    content = bytearray(whole)
    for place in data.draw(st.lists(st.integers(0, 99_999), min_size=1, max_size=4)):
        content[place % len(whole)] ^= data.draw(st.integers(1, 255))
    damaged = tmp_path / "damaged.xlsx"
    damaged.write_bytes(content[: len(whole) * data.draw(st.sampled_from([100, 100, 99, 50])) // 100])
    try:
        found = [row.row for row in messages(damaged)]
    except Refused:
        found = list(range(2, 22))
    assert found == list(range(2, 22))


@pytest.mark.parametrize(("errno", "told"), [(None, Refused), (EINVAL, Refused), (EIO, Unavailable)])
def test_a_failing_disk_is_not_called_a_damaged_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, errno: int | None, told: type[AppError]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(errno, "failed") if errno else OSError("no workbook part")

    monkeypatch.setattr(workbook, "load_workbook", fail)
    with pytest.raises(told), open_sheet(handmade(tmp_path / "a.xlsx", HEAD), KNOWN_NAMES):
        pass


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    rows = "".join(line(number, str(number), "修路", "2019-02-28", "路面坑洼" * 250) for number in range(2, 4002))
    path = handmade(tmp_path / "a.xlsx", line(1, "编号", "标题", "日期", "内容") + rows, dimension='<dimension ref="A1:D4001"/>')
    with ZipFile(path) as archive:
        assert archive.getinfo("xl/worksheets/sheet1.xml").file_size > 12 << 20
    tracemalloc.start()
    try:
        with open_sheet(path, KNOWN_NAMES) as sheet:
            assert sum(1 for _ in sheet.rows) == 4000
        assert tracemalloc.get_traced_memory()[1] < 6 << 20
    finally:
        tracemalloc.stop()
