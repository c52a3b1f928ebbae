"""10,000 rows of a ledger imported into the demo station, beside a workbook that is only read and stored in plain."""

import json
import shutil
import sqlite3
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Final

import pytest
from openpyxl import Workbook, load_workbook

from app.use_cases.imports import SheetChoice, import_ledger
from app.workspace import opened
from tests.benchmarks.conftest import Measured
from tests.benchmarks.figures import peak_megabytes, taken_in_turn, tell
from tests.builders import MESSAGE_COLUMNS

ROWS: Final = 10_000
AT_MOST: Final = 20  # seconds
MEGABYTES: Final = 300
_TOP: Final = Path(__file__).resolve().parents[2]
_VISIT_COLUMNS: Final = ("日期", "走访代表", "走访对象", "村（社区）", "联系电话", "反映问题和建议", "当场处理")


def _message(number: int) -> tuple[str, ...]:
    day = date(2025, 1, 1) + timedelta(days=number % 600)
    words = f"第{number}号楼前的路灯已经{number % 90}天不亮，夜里老人和孩子出门看不见路，多次向物业反映没有结果。" * 4
    return f"B{number:06}", f"群众{number}", f"第{number}号楼前的路灯不亮", f"{day} 09:30:00", words, f"138{number:08}"


def _met(number: int) -> tuple[str, ...]:
    day = date(2025, 1, 1) + timedelta(days=number // 20)
    raised = "" if number % 5 else f"村口第{number}处水渠垮了，请帮助修好"
    return str(day), f"代表{number // 20 % 30}", f"村民{number}", f"第{number % 40}村", f"139{number:08}", raised, ""


@pytest.mark.parametrize(
    ("kind", "columns", "row"),
    [("issues", MESSAGE_COLUMNS, _message), ("visits", _VISIT_COLUMNS, _met)],
    ids=["issues", "visits"],
)
def test_import(
    measured: Measured, tmp_path: Path, kind: str, columns: Sequence[str], row: Callable[[int], Sequence[str]]
) -> None:
    book, ledger = Workbook(write_only=True), tmp_path / "ledger.xlsx"
    sheet = book.create_sheet("台账")
    for each in (columns, *map(row, range(1, ROWS + 1))):
        sheet.append(list(each))
    book.save(ledger)
    homes = (Path(shutil.copytree(measured.station, tmp_path / f"station-{number}")) for number in count())

    def take() -> None:
        with opened(next(homes), measured.way, write=True) as workspace:
            told = import_ledger(workspace, ledger, SheetChoice(kind=kind))
        assert (told.read, told.imported) == (ROWS, ROWS), told.problems[:3]

    ours, theirs = taken_in_turn(
        (f"{ROWS} rows of {kind}", take),
        ("  read by openpyxl, stored as JSON in plain", partial(_barely, ledger, tmp_path)),
        runs=3,
    )
    home, secret = shutil.copytree(measured.station, tmp_path / "last"), measured.secret
    command = [sys.executable, "-m", "app", "--home", home, "--passphrase-file", secret, "import", ledger, "--as", kind]
    memory = peak_megabytes(command, _TOP)
    ratio = ours.median / theirs.median
    tell(ours.told("s"), f"{theirs.told('s')}; ratio {ratio:.2f}", f"peak memory {memory:.0f} MB")
    assert ours.median < AT_MOST
    assert memory < MEGABYTES


def _barely(ledger: Path, folder: Path) -> None:
    place = folder / "plain.db"
    place.unlink(missing_ok=True)
    book = load_workbook(ledger, read_only=True)
    with closing(sqlite3.connect(place)) as plain:
        plain.execute("CREATE TABLE said (text TEXT)")
        rows = ((json.dumps(each, ensure_ascii=False),) for each in book.worksheets[0].iter_rows(values_only=True))
        plain.executemany("INSERT INTO said VALUES (?)", rows)
        plain.commit()
    book.close()
