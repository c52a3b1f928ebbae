"""A workbook filled in its own XML: formulas shared or pointing at moved rows, charts, pictures, and what only Excel writes."""

import re
import zipfile
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.chart import BarChart, Reference
from openpyxl.drawing.image import Image
from PIL import Image as Picture

from app.domain.county_table import FilledRows, Filling
from app.errors import Refused
from app.ledgers.county_formulas import PutIn
from app.ledgers.county_workbook import fill_workbook, read_workbook

ROWS = FilledRows(sheet="表", first=2, last=3, columns=(1,), lines=tuple((f"第{at}行",) for at in range(1, 6)))


def book_of(fill: Any) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet
    sheet.title = "表"
    fill(sheet)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def with_part(content: bytes, name: str, change: Any) -> bytes:
    """The workbook with one part changed as text."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for each in old.namelist():
            told = old.read(each)
            new.writestr(each, change(told.decode()).encode() if each == name else told)
    return made.getvalue()


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read(name).decode()


def reread(content: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(content))["表"]


@pytest.mark.parametrize(
    ("told", "moved"),
    [
        ("SUM(A2:A3)", "SUM(A2:A6)"),
        ("SUM(A2:A2)", "SUM(A2:A2)"),
        ("A3+A4", "A3+A7"),
        ("$B$4*'表'!C$4", "$B$7*'表'!C$7"),
        ("其他!A4+SUM(A:A)", "其他!A4+SUM(A:A)"),
        ("SUM(3:4)", "SUM(3:7)"),
        ('IF(A4="A4",1,A1)', 'IF(A7="A4",1,A1)'),
        ("合计数+LOG10(A4)", "合计数+LOG10(A7)"),
    ],
)
def test_formulas_point_where_their_cells_went(told: str, moved: str) -> None:
    assert PutIn(sheet="表", last=3, count=3).formula(told, "表") == moved


@given(st.integers(1, 50), st.integers(0, 50), st.integers(1, 50), st.integers(1, 9))
def test_a_range_never_loses_a_row(first: int, more: int, last: int, count: int) -> None:
    told = PutIn(sheet="表", last=last, count=count).reference(f"A{first}:A{first + more}")
    begins, ends = map(int, re.findall(r"\d+", told))
    assert begins >= first
    assert ends - begins >= more


def test_formulas_shared_by_cells_are_whole_where_one_of_them_is_filled() -> None:
    content = book_of(lambda sheet: [sheet.append([at, None]) for at in range(1, 5)])

    def share(told: str) -> str:
        first = '<c r="B1"><f t="shared" ref="B1:B4" si="0">A1*2</f><v>2</v></c>'
        told = re.sub(r'(<c r="A1".*?</c>)', rf"\1{first}", told)
        for row in (2, 3, 4):
            told = re.sub(rf'(<c r="A{row}".*?</c>)', rf'\1<c r="B{row}"><f t="shared" si="0"/><v>9</v></c>', told)
        return told

    shared = with_part(content, "xl/worksheets/sheet1.xml", share)
    sheet = reread(fill_workbook(shared, "x", Filling(cells={("表", (1, 2)): 7})))
    assert [sheet[f"B{row}"].value for row in range(1, 5)] == [7, "=A2*2", "=A3*2", "=A4*2"]


def test_what_formulas_showed_is_not_taken_for_true() -> None:
    content = book_of(lambda sheet: sheet.append([1, "=A1*2"]))
    stale = with_part(content, "xl/worksheets/sheet1.xml", lambda told: re.sub(r"<v ?/>|<v></v>", "<v>99</v>", told))
    assert "99" in part(stale, "xl/worksheets/sheet1.xml")
    made = fill_workbook(stale, "x", Filling(cells={("表", (1, 1)): 5}))
    assert "99" not in part(made, "xl/worksheets/sheet1.xml")
    assert 'fullCalcOnLoad="1"' in part(made, "xl/workbook.xml")


def test_what_a_newer_excel_wrote_stays_readable_for_it() -> None:
    content = book_of(lambda sheet: sheet.append(["项目", ""]))

    def newer(told: str) -> str:
        spaces = (
            'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac" xmlns:x14ac="urn:newer"'
        )
        return told.replace("<worksheet ", f"<worksheet {spaces} ", 1).replace('<row r="1"', '<row r="1" x14ac:dyDescent="0.3"')

    made = fill_workbook(with_part(content, "xl/worksheets/sheet1.xml", newer), "x", Filling(cells={("表", (1, 2)): "值 =1+1"}))
    told = part(made, "xl/worksheets/sheet1.xml")
    assert 'mc:Ignorable="x14ac"' in told
    assert 'x14ac:dyDescent="0.3"' in told
    assert (reread(made)["B1"].value, reread(made)["B1"].data_type) == ("值 =1+1", "s")


def charted(sheet: Any) -> None:
    for row in (["项目", "数"], [None, 1], [None, 2], ["合计", "=SUM(B2:B3)"]):
        sheet.append(row)
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=3), titles_from_data=True)
    sheet.add_chart(chart, "D2")
    seal = BytesIO()
    Picture.new("RGB", (8, 8), "red").save(seal, "PNG")
    sheet.add_image(Image(seal), "A6")


def test_charts_and_seals_go_along_when_rows_are_put_in() -> None:
    content = book_of(charted)
    kept = fill_workbook(content, "x", Filling(cells={("表", (2, 1)): "甲"}))
    for name in ("xl/charts/chart1.xml", "xl/drawings/drawing1.xml", "xl/media/image1.png"):
        with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(BytesIO(kept)) as new:
            assert old.read(name) == new.read(name)
    made = fill_workbook(content, "x", Filling(rows=(ROWS,)))
    assert "'表'!$B$2:$B$6" in part(made, "xl/charts/chart1.xml")
    rows = [int(each) for each in re.findall(r"<(?:\w+:)?row>(\d+)</", part(made, "xl/drawings/drawing1.xml"))]
    assert 8 in rows  # the seal stood at row 6, counted from 0
    sheet = reread(made)
    assert [sheet[f"A{row}"].value for row in range(2, 8)] == [*(f"第{at}行" for at in range(1, 6)), "合计"]
    assert sheet["B7"].value == "=SUM(B2:B6)"


def test_cells_below_a_list_are_filled_where_they_go() -> None:
    content = book_of(lambda sheet: [sheet.append(each) for each in (["项目"], [None], [None], ["填报人："])])
    made = fill_workbook(content, "x", Filling(cells={("表", (4, 1)): "填报人：甲"}, rows=(ROWS,)))
    assert [cell.value for cell in reread(made)["A"]][-1] == "填报人：甲"
    assert reread(made).max_row == 7


def test_sheets_that_are_hidden_and_empty_books_are_not_offered() -> None:
    def hidden(sheet: Any) -> None:
        sheet.append(["甲"])
        sheet.parent.create_sheet("底稿").sheet_state = "hidden"

    assert [each.name for each in read_workbook(book_of(hidden), "x")] == ["表"]
    with pytest.raises(Refused) as refused:
        read_workbook(book_of(lambda sheet: None), "x")
    assert refused.value.code == "sheet_empty"


def test_a_sheet_whose_xml_is_broken_is_refused() -> None:
    broken = with_part(book_of(lambda sheet: sheet.append(["甲"])), "xl/worksheets/sheet1.xml", lambda told: told[:-30])
    for deed in (lambda: read_workbook(broken, "x"), lambda: fill_workbook(broken, "x", Filling(cells={("表", (1, 1)): 1}))):
        with pytest.raises(Refused) as refused:
            deed()
        assert refused.value.code == "sheet_damaged"
