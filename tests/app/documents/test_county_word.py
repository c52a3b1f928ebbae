"""A text of the office: merged cells as one, letters as they were, rows put in, and a damaged file said to be one."""

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.shared import Pt
from hypothesis import given
from hypothesis import strategies as st

from app.documents.county_word import BESIDE, fill_tables, read_tables
from app.domain.county_sheet import words_left
from app.domain.county_table import FilledRows, Filling
from app.errors import Refused
from tests.county_files import statistics, text


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return text(tmp_path_factory.mktemp("office") / "月报.docx").read_bytes()


def of(document: Any) -> bytes:
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def test_tables_are_seen_with_merged_cells_as_one(content: bytes) -> None:
    first, second, beside = read_tables(content, "x")
    assert (first.name, second.name, beside.name) == ("表1", "表2", BESIDE)
    assert (first.rows, first.columns, first.at((3, 3)).text, first.anchor((3, 4))) == (3, 4, "无", (3, 2))
    assert first.cells[3, 2].across == 3
    assert words_left(first, (1, 4)) == "接待人次"
    assert beside.at((2, 1)).text.startswith("填报单位：")


def test_a_filled_cell_has_the_letters_it_had(content: bytes) -> None:
    document: Any = docx.Document(BytesIO(content))
    cell = document.tables[0].cell(2, 1)
    cell.paragraphs[0].runs[0].font.size = Pt(15)
    cell.add_paragraph("第二段")
    filled: Any = docx.Document(BytesIO(fill_tables(of(document), "x", Filling(cells={("表1", (3, 2)): "一切\n正常\x07"}))))
    made = filled.tables[0].cell(2, 1)
    assert made.text == "一切\n正常"
    assert made.paragraphs[0].runs[0].font.size == Pt(15)
    assert filled.tables[0].style.name == "Table Grid"


def test_cells_merged_downwards_go_on_in_the_rows_put_in(content: bytes) -> None:
    document: Any = docx.Document(BytesIO(content))
    rows = document.tables[1]
    rows.cell(1, 2).merge(rows.cell(2, 2)).text = "同上"
    lines = tuple((number, f"第{number}件") for number in range(1, 5))
    filling = Filling(rows=(FilledRows(sheet="表2", first=2, last=3, columns=(1, 2), lines=lines),))
    made: Any = docx.Document(BytesIO(fill_tables(of(document), "x", filling))).tables[1]
    assert [cell.text for cell in made.columns[1].cells] == ["摘要", "第1件", "第2件", "第3件", "第4件"]
    assert {cell.text for cell in made.columns[2].cells[1:]} == {"同上"}


def test_another_kind_of_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read_tables(statistics(tmp_path / "x.xlsx").read_bytes(), "x")
    assert (refused.value.code, refused.value.facts["format"]) == ("draft_foreign", ".xlsx")


def told_of(content: bytes) -> str:
    """The last sheet of a text, or why there is none."""
    try:
        return read_tables(content, "x")[-1].name
    except Refused as refused:
        return refused.code


@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=4))
def test_a_damaged_text_is_read_or_refused(content: bytes, at: int, noise: bytes) -> None:
    damaged = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(damaged, "w") as new:
        for name in old.namelist():
            told = bytearray(old.read(name))
            if name == "word/document.xml":
                told[at % len(told) : at % len(told) + len(noise)] = noise
            new.writestr(name, bytes(told))
    assert told_of(damaged.getvalue()) in {BESIDE, "draft_damaged"}
