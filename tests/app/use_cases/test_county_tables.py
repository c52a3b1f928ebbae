"""Tables of the office: added, marked, filled every month and read back; nothing else in them changed, nothing dropped."""

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from xml.dom.minidom import parseString

import docx
import openpyxl
import pytest

from app.domain.county_sheet import place_of
from app.domain.county_table import in_words
from app.domain.encounter import Encounter
from app.domain.life import IssueState
from app.domain.papers import month_named
from app.domain.people import Operator, Role
from app.domain.visit import Visit, VisitKind
from app.errors import Refused
from app.use_cases import county_tables as tables
from app.use_cases.county_tables import add_table, county_table, fill_table, mark_cell, mark_list, mark_proposed, unmark
from app.workspace import Workspace
from tests.builders import STATION_NAME, an_issue, save
from tests.county_files import listing, statistics, text

NOVEMBER = month_named("2026-11")


def refused(deed: Callable[[], object]) -> Refused:
    """What a deed is refused with."""
    with pytest.raises(Refused) as told:
        deed()
    return told.value


def month_of_work(workspace: Workspace) -> None:
    """Two receptions of three people and one round of outreach in November, one reception in March, three issues."""
    new_id = workspace.clock.new_id
    for day, kind, numbers in (
        (date(2026, 11, 5), VisitKind.RECEPTION, (1, 1)),
        (date(2026, 11, 16), VisitKind.RECEPTION, (1,)),
        (date(2026, 11, 18), VisitKind.OUTREACH, (4, 12)),
        (date(2026, 3, 16), VisitKind.RECEPTION, (2,)),
        (date(2026, 11, 27), VisitKind.RECEPTION, ()),  # still ahead: a plan is no record
    ):
        visit = Visit(id=new_id(), visit_kind=kind, on=day)
        people = (
            Encounter(id=new_id(), visit=visit.id, name=f"来访群众{at}", people=number, raised=f"第{at}件事")
            for at, number in enumerate(numbers)
        )
        save(workspace, visit, *people)
    closed = {"state": IssueState.CLOSED, "received_on": date(2026, 11, 2)}
    save(
        workspace,
        an_issue(workspace, subject="路灯不亮", due_on=date(2026, 11, 12), closed_on=date(2026, 11, 10), **closed),
        an_issue(workspace, subject="水管漏水", due_on=date(2026, 11, 12), closed_on=date(2026, 11, 19), **closed),
        an_issue(workspace, subject="井盖松动", received_on=date(2026, 11, 9)),
        an_issue(workspace, subject="去年的事", received_on=date(2025, 12, 9)),
    )


def sheet_of(path: Path, name: str) -> Any:
    """A sheet of a workbook as it is read back."""
    return openpyxl.load_workbook(path)[name]


# --- figures ---------------------------------------------------------------------------------------------------------------


def test_a_county_s_statistics_are_marked_by_their_words_and_filled(workspace: Workspace, tmp_path: Path) -> None:
    month_of_work(workspace)
    add_table(workspace, statistics(tmp_path / "统计.xlsx"), "月报")
    marked = mark_proposed(workspace, "月报").table
    names = county_table(workspace, "月报").names
    told = {f"{mark.place[1]}-{mark.place[0]}": in_words(mark.tells, names) for mark in marked.cells}
    assert told["4-5"] == "{接待场次}"
    assert told["5-5"] == "{接待场次@本年}"
    assert told["4-6"] == "{接待群众人次}"
    assert told["4-7"] == "{走访群众人次}"
    assert told["4-9"] == "{办结件数}"
    assert told["4-10"] == "{按期办结件数}"
    assert "4-11" not in told  # it is reckoned by the office's own formula
    assert not [at for at in told if at.startswith("6-")]  # 备注
    done = fill_table(workspace, "月报", NOVEMBER, tmp_path / "十一月.xlsx")
    assert done.noted
    sheet = sheet_of(done.path, "统计表")
    assert [sheet[f"D{row}"].value for row in range(5, 11)] == [2, 3, 16, 3, 2, 1]
    assert [sheet[f"E{row}"].value for row in range(5, 8)] == [3, 5, 16]
    assert STATION_NAME in sheet["A2"].value
    assert sheet["E2"].value.strip() == "2026年11月"


def test_everything_that_is_not_marked_stays_as_it_was(workspace: Workspace, tmp_path: Path) -> None:
    blank = statistics(tmp_path / "统计.xlsx")
    add_table(workspace, blank, "月报")
    mark_cell(workspace, "月报", "", place_of("D5"), "{receptions}")
    filled = fill_table(workspace, "月报", NOVEMBER, tmp_path / "出.xlsx").path
    before, after = sheet_of(blank, "统计表"), sheet_of(filled, "统计表")
    assert after["D5"].value == 0
    assert after["D5"].fill.fgColor.rgb == before["D5"].fill.fgColor.rgb
    assert after["D5"].border.left.style == "thin"
    assert after.merged_cells.ranges == before.merged_cells.ranges
    assert (after.print_area, after.page_setup.orientation) == (before.print_area, "landscape")
    for row in before.iter_rows():
        for cell in row:
            if cell.coordinate != "D5":
                assert after[cell.coordinate].value == cell.value, cell.coordinate
    with zipfile.ZipFile(blank) as was, zipfile.ZipFile(filled) as now:
        assert now.namelist() == was.namelist()
        same = [name for name in was.namelist() if was.read(name) == now.read(name)]
        assert "xl/styles.xml" in same
        assert "xl/theme/theme1.xml" in same
        for name in now.namelist():
            parseString(now.read(name))  # every part is XML as it should be
        assert b"fullCalcOnLoad" in now.read("xl/workbook.xml")


def test_a_formula_is_overwritten_only_on_demand(workspace: Workspace, tmp_path: Path) -> None:
    add_table(workspace, statistics(tmp_path / "统计.xlsx"), "月报")
    place = place_of("D11")
    assert refused(lambda: mark_cell(workspace, "月报", "", place, "{issues}")).code == "county_cell_formula"
    mark_cell(workspace, "月报", "", place, "{issues}", over_formula=True)
    sheet = sheet_of(fill_table(workspace, "月报", NOVEMBER, tmp_path / "出.xlsx").path, "统计表")
    assert sheet["D11"].value == 0
    assert sheet["E11"].value == "=SUM(E8:E10)"


def test_a_mark_within_a_merged_cell_is_one_of_the_whole(workspace: Workspace, tmp_path: Path) -> None:
    add_table(workspace, statistics(tmp_path / "统计.xlsx"), "月报")
    kept = mark_cell(workspace, "月报", "统计表", place_of("C2"), "填报单位：{联络站名称}　{填报日期}")
    assert [mark.place for mark in kept.table.cells] == [(2, 1)]
    sheet = sheet_of(fill_table(workspace, "月报", NOVEMBER, tmp_path / "出.xlsx").path, "统计表")
    assert sheet["A2"].value == f"填报单位：{STATION_NAME}　2026年11月21日"


# --- lists -----------------------------------------------------------------------------------------------------------------


def received(workspace: Workspace, number: int) -> None:
    """So many residents at one reception, the matter of each a long number that must stay a text."""
    new_id = workspace.clock.new_id
    visit = Visit(id=new_id(), visit_kind=VisitKind.RECEPTION, on=date(2026, 11, 5))
    people = (Encounter(id=new_id(), visit=visit.id, name=f"欧阳某{at}", raised=f"43018119990101{at:04}") for at in range(number))
    save(workspace, visit, *people)


def test_rows_are_put_in_where_a_list_is_longer_than_its_room(workspace: Workspace, tmp_path: Path) -> None:
    received(workspace, 5)
    add_table(workspace, listing(tmp_path / "登记.xlsx"), "登记")
    marked = mark_list(workspace, "登记", "", (3, 5), "接待台账").table.lists[0]
    assert marked.columns == {1: "no", 2: "day", 3: "person", 4: "subject", 6: "result"}
    done = fill_table(workspace, "登记", NOVEMBER, tmp_path / "出.xlsx")
    assert (done.lines, done.put_in) == (5, 2)
    book = openpyxl.load_workbook(done.path)
    sheet: Any = book["接待登记"]
    assert [sheet[f"A{row}"].value for row in range(3, 9)] == [1, 2, 3, 4, 5, "合计"]
    assert [sheet[f"D{row}"].value for row in range(3, 8)] == [f"43018119990101{at:04}" for at in range(5)]
    assert {sheet[f"D{row}"].data_type for row in range(3, 8)} == {"s"}
    assert {sheet[f"C{row}"].value for row in range(3, 8)} == {"欧*"}
    assert sheet["B8"].value == "=COUNTA(C3:C7)"
    assert {"D6:E6", "D7:E7", "A9:F9"} <= {str(each) for each in sheet.merged_cells.ranges}
    assert (sheet.row_dimensions[7].height, sheet["B7"].border.left.style, sheet["B7"].font.name) == (42, "thin", "仿宋")
    assert [str(each.sqref) for each in sheet.conditional_formatting] == ["F3:F7"]
    assert str(sheet.data_validations.dataValidation[0].sqref) == "F3:F7"
    assert [each.id for each in sheet.row_breaks.brk] == [9]
    assert (book["汇总"]["A1"].value, book["汇总"]["A2"].value) == ("=接待登记!B8", "=SUM('接待登记'!A3:A7)+A1")
    assert book.defined_names["合计数"].attr_text == "接待登记!$B$8"


def test_a_shorter_list_leaves_its_other_rows_empty(workspace: Workspace, tmp_path: Path) -> None:
    received(workspace, 1)
    blank = listing(tmp_path / "登记.xlsx")
    book = openpyxl.load_workbook(blank)
    book["接待登记"]["C4"] = "张三（示例）"
    book.save(blank)
    add_table(workspace, blank, "登记")
    mark_list(workspace, "登记", "接待登记", (3, 5), "reception-ledger", {3: "来访人"})
    sheet = sheet_of(fill_table(workspace, "登记", NOVEMBER, tmp_path / "出.xlsx").path, "接待登记")
    assert [sheet[f"C{row}"].value for row in (3, 4, 5)] == ["欧*", None, None]
    assert sheet["A6"].value == "合计"


def test_rows_with_remarks_tied_to_them_are_not_torn_apart(workspace: Workspace, tmp_path: Path) -> None:
    received(workspace, 5)
    add_table(workspace, listing(tmp_path / "登记.xlsx", remark=True), "登记")
    mark_list(workspace, "登记", "", (3, 5), "reception-ledger")
    told = refused(lambda: fill_table(workspace, "登记", NOVEMBER, tmp_path / "出.xlsx"))
    assert (told.code, told.facts["over"]) == ("county_rows_tied", 2)
    assert not (tmp_path / "出.xlsx").exists()


def test_a_list_needs_rows_of_its_own_and_columns_it_knows(workspace: Workspace, tmp_path: Path) -> None:
    add_table(workspace, listing(tmp_path / "登记.xlsx"), "登记")
    for rows, ledger, columns, code in (
        ((3, 5), "没有的台账", None, "county_ledger_unknown"),
        ((5, 3), "接待台账", None, "county_rows_malformed"),
        ((3, 50), "接待台账", None, "county_rows_malformed"),
        ((3, 5), "接待台账", {3: "身份证号"}, "county_field_unknown"),
        ((3, 5), "接待台账", {5: "来访人"}, "county_cell_covered"),
        ((6, 6), "接待台账", {2: "来访人"}, "county_cell_formula"),
        ((1, 1), "接待台账", None, "county_columns_missing"),
    ):
        asked = columns
        told = refused(lambda r=rows, p=ledger, c=asked: mark_list(workspace, "登记", "", r, p, c))  # type: ignore[misc]  # a lambda tells no types of its defaults
        assert told.code == code


# --- a text ----------------------------------------------------------------------------------------------------------------


def test_a_text_is_filled_in_its_cells_and_lines_alone(workspace: Workspace, tmp_path: Path) -> None:
    month_of_work(workspace)
    add_table(workspace, text(tmp_path / "月报.docx"))
    mark_proposed(workspace, "月报")
    mark_list(workspace, "月报", "表2", (2, 3), "handling-ledger")
    done = fill_table(workspace, "月报", NOVEMBER, tmp_path / "出.docx")
    document = docx.Document(str(done.path))
    first, second = document.tables
    assert [first.cell(0, 1).text, first.cell(0, 3).text, first.cell(1, 1).text, first.cell(1, 3).text] == ["2", "3", "16", "3"]
    assert first.cell(2, 1).text == "无"
    assert [[cell.text for cell in row.cells] for row in second.rows] == [
        ["序号", "摘要", "结果"],
        *(["1", "路灯不亮", "已办结"], ["2", "水管漏水", "已办结"], ["3", "井盖松动", "已登记"]),
    ]
    assert done.put_in == 1
    assert document.paragraphs[1].text.split() == [f"填报单位：{STATION_NAME}", "填报日期：2026年11月21日"]
    assert document.paragraphs[1].runs[0].bold
    assert document.paragraphs[-1].text == "报送：县人大常委会代表工委"


# --- the office changes its file ---------------------------------------------------------------------------------------------


def test_a_changed_file_is_told_cell_by_cell_and_marks_follow_their_words(workspace: Workspace, tmp_path: Path) -> None:
    add_table(workspace, statistics(tmp_path / "统计.xlsx"), "月报")
    mark_cell(workspace, "月报", "", place_of("D7"), "{visited}")
    mark_cell(workspace, "月报", "", place_of("F7"), "（{receptions}）")
    kept = add_table(workspace, statistics(tmp_path / "新.xlsx", row_put_in=True), "月报")
    assert [(each.told, each.to) for each in kept.moved] == [("统计表!D7", (8, 4)), ("统计表!F7", (8, 6))]
    told = refused(lambda: fill_table(workspace, "月报", NOVEMBER, tmp_path / "出.xlsx"))
    assert (told.code, told.facts["cells"]) == ("county_table_changed", ["统计表!D7", "统计表!F7"])
    tables.follow_moved(workspace, "月报")
    assert sheet_of(fill_table(workspace, "月报", NOVEMBER, tmp_path / "出.xlsx").path, "统计表")["D8"].value == 0


def test_a_cell_whose_words_are_gone_is_marked_anew_or_let_go(workspace: Workspace, tmp_path: Path) -> None:
    add_table(workspace, statistics(tmp_path / "统计.xlsx"), "月报")
    mark_cell(workspace, "月报", "", place_of("D7"), "{visited}")
    [moved] = add_table(workspace, statistics(tmp_path / "新.xlsx", renamed=True), "月报").moved
    assert moved.to is None
    assert "走访人次" in moved.before
    assert "走访户数" in moved.now
    tables.follow_moved(workspace, "月报")
    assert county_table(workspace, "月报").moved
    mark_cell(workspace, "月报", "", place_of("D7"), "{households}")
    assert county_table(workspace, "月报").moved == ()
    assert unmark(workspace, "月报", "", place_of("D7")).table.cells == ()
    assert refused(lambda: fill_table(workspace, "月报", NOVEMBER, tmp_path / "出.xlsx")).code == "county_table_unmarked"


def test_a_list_whose_headings_changed_is_told(workspace: Workspace, tmp_path: Path) -> None:
    blank = listing(tmp_path / "登记.xlsx")
    add_table(workspace, blank, "登记")
    mark_list(workspace, "登记", "", (3, 5), "reception-ledger")
    book = openpyxl.load_workbook(blank)
    book["接待登记"]["B2"] = "联系电话"
    book.save(blank)
    assert [each.told for each in add_table(workspace, blank, "登记").moved] == ["接待登记!A3"]


@pytest.mark.parametrize("cell", ["D5", "C3"])
def test_a_formula_that_the_office_put_into_a_marked_cell_is_not_overwritten(
    workspace: Workspace, tmp_path: Path, cell: str
) -> None:
    rows = cell == "C3"
    blank = listing(tmp_path / "表.xlsx") if rows else statistics(tmp_path / "表.xlsx")
    add_table(workspace, blank)
    if rows:
        mark_list(workspace, "表", "", (3, 5), "reception-ledger")
    else:
        mark_cell(workspace, "表", "", place_of(cell), "{receptions}")
    book = openpyxl.load_workbook(blank)
    book.worksheets[0][cell] = "=1+1"
    book.save(blank)
    [moved] = add_table(workspace, blank).moved
    assert (moved.told.partition("!")[2], moved.now) == (cell, "=1+1")
    assert refused(lambda: fill_table(workspace, "表", NOVEMBER, tmp_path / "出.xlsx")).code == "county_table_changed"


# --- bad files and bad marks -------------------------------------------------------------------------------------------------


def bomb(path: Path) -> Path:
    """A small file that says it unpacks to more than a table has."""
    with zipfile.ZipFile(statistics(path), "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/huge.bin", bytes(20 << 20))
    return path


def with_macro(path: Path) -> Path:
    with zipfile.ZipFile(statistics(path), "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    return path


def of_bytes(content: bytes) -> Callable[[Path], Path]:
    def made(path: Path) -> Path:
        path.write_bytes(content)
        return path

    return made


OLE = bytes.fromhex("d0cf11e0a1b11ae1")


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (of_bytes(OLE + bytes(600)), "county_table_old"),
        (of_bytes(OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le")), "sheet_encrypted"),
        (of_bytes(b"%PDF-1.7"), "county_table_foreign"),
        (of_bytes(b""), "county_table_foreign"),
        (of_bytes(b"PK\x03\x04" + bytes(200)), "sheet_damaged"),
        (of_bytes(bytes((8 << 20) + 1)), "county_table_large"),
        (with_macro, "county_table_macro"),
        (bomb, "sheet_too_large"),
        (lambda path: path, "file_missing"),
    ],
)
def test_a_bad_file_is_refused_and_nothing_is_kept(
    workspace: Workspace, tmp_path: Path, make: Callable[[Path], Path], code: str
) -> None:
    assert refused(lambda: add_table(workspace, make(tmp_path / "表.xlsx"))).code == code
    assert tables.county_tables(workspace) == {}


def test_a_protected_text_and_locked_cells_are_left_alone(workspace: Workspace, tmp_path: Path) -> None:
    path = text(tmp_path / "月报.docx")
    document: Any = docx.Document(str(path))
    guard = document.settings.element.makeelement(
        docx.oxml.ns.qn("w:documentProtection"), {docx.oxml.ns.qn("w:enforcement"): "1"}
    )
    document.settings.element.append(guard)
    document.save(str(path))
    assert refused(lambda: add_table(workspace, path)).code == "county_table_protected"
    add_table(workspace, listing(tmp_path / "登记.xlsx", guarded=True), "登记")
    assert refused(lambda: mark_cell(workspace, "登记", "", place_of("B6"), "{issues}")).code == "county_cell_locked"
    mark_cell(workspace, "登记", "", place_of("C3"), "{issues}")


@pytest.mark.parametrize(
    ("cell", "tells", "code"),
    [
        ("D5", "{没有的数}", "county_figure_unknown"),
        ("D5", "{receptions@week}", "county_reach_unknown"),
        ("D5", " ", "county_mark_empty"),
        ("Z99", "{issues}", "county_cell_outside"),
    ],
)
def test_a_mark_that_means_nothing_is_refused(workspace: Workspace, tmp_path: Path, cell: str, tells: str, code: str) -> None:
    add_table(workspace, statistics(tmp_path / "统计.xlsx"), "月报")
    assert refused(lambda: mark_cell(workspace, "月报", "", place_of(cell), tells)).code == code
    assert refused(lambda: mark_cell(workspace, "月报", "没有", (1, 1), "{issues}")).code == "county_sheet_unknown"


def test_only_who_is_in_charge_marks_and_the_ending_is_the_file_s(workspace: Workspace, tmp_path: Path) -> None:
    add_table(workspace, statistics(tmp_path / "统计.xlsx"), "月报")
    mark_proposed(workspace, "月报")
    assert refused(lambda: fill_table(workspace, "月报", NOVEMBER, tmp_path / "出.docx")).code == "table_format"
    assert refused(lambda: add_table(workspace, text(tmp_path / "x.docx"), "月报")).code == "county_table_other_kind"
    head = Operator(id=workspace.clock.new_id(), name="站长甲", roles=(Role.STATION_HEAD,))
    officer = Operator(id=workspace.clock.new_id(), name="联络员乙", roles=(Role.LIAISON_OFFICER,))
    save(workspace, head, officer)
    acting = workspace.acting_as(officer.id)
    assert refused(lambda: mark_proposed(acting, "月报")).code == "not_allowed"
    assert fill_table(acting, "月报", NOVEMBER, tmp_path / "出.xlsx").cells


def test_a_table_is_dropped_with_its_file(workspace: Workspace, tmp_path: Path) -> None:
    add_table(workspace, statistics(tmp_path / "统计.xlsx"))
    assert list(tables.county_tables(workspace)) == ["统计"]
    tables.drop_table(workspace, "统计")
    assert tables.county_tables(workspace) == {}
    assert refused(lambda: county_table(workspace, "统计")).code == "county_table_missing"
