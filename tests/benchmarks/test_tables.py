"""A ledger of a hundred thousand rows as a workbook, beside what others write the same rows with, and its memory."""

import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from app.ledgers.written import write_workbook
from tests.benchmarks.figures import peak_megabytes, taken_in_turn, tell
from tests.benchmarks.invented_log import table

ROWS, SECONDS, MEMORY = 100_000, 60.0, 300  # MB
_TOP = Path(__file__).resolve().parents[2]


def test_a_hundred_thousand_rows_become_a_workbook(tmp_path: Path) -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter", reason="a peer of tables is not installed: pip install xlsxwriter")
    told = table(ROWS)
    rows = [*told.rows]

    def ours() -> None:
        write_workbook(BytesIO(), [replace(told, rows=rows)])

    def bare() -> None:
        book = Workbook(write_only=True)
        sheet = book.create_sheet(told.name)
        for row in (told.header, *rows):
            sheet.append(row)
        book.save(BytesIO())

    def other() -> None:
        with xlsxwriter.Workbook(BytesIO(), {"constant_memory": True, "in_memory": True}) as book:
            sheet = book.add_worksheet(told.name)
            for number, row in enumerate((told.header, *rows)):
                sheet.write_row(number, 0, row)

    figures = taken_in_turn((f"{ROWS} rows", ours), ("  openpyxl, without styles", bare), ("  XlsxWriter", other), runs=3)
    memory = peak_megabytes([sys.executable, "-m", "tests.benchmarks.invented_log", tmp_path / "log.xlsx", ROWS], _TOP)
    us = figures[0].median
    tell(*(f"{each.told('s')}; ratio {us / each.median:.2f}" for each in figures), f"memory {memory:.0f} MB")
    assert us < SECONDS
    assert memory < MEMORY
