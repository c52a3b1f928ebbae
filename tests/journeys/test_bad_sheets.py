"""Spreadsheets as stations have them, and broken ones, before `liaison import`: read rightly, or refused with a sentence."""

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pytest

from tests.app.ledgers import sheets
from tests.app.pictures.drawn import photograph
from tests.builders import messages_csv
from tests.journeys.programs import Line, is_a_sentence, nothing_changes, written_json

ROWS = [
    ("M1", "群众甲", "路灯不亮", "2026-01-05 09:30:00", "东街路灯不亮"),
    ("M2", "群众乙", "井盖松动", "2026-01-06", "西街井盖松动"),
]


def test_phantom_rows_and_columns(line: Line, tmp_path: Path) -> None:
    """Formats reach far below and beside the table, as they do where somebody has coloured whole columns."""
    rows = "".join(sheets.line(number + 2, *row) for number, row in enumerate(ROWS))
    phantoms = "".join(sheets.line(number, "", "", "", "", "", "") for number in range(4, 3000))
    path = sheets.handmade(
        tmp_path / "表.xlsx", sheets.line(1, *sheets.HEADER) + rows + phantoms, dimension='<dimension ref="A1:XFD1048576"/>'
    )
    told = line.station("import", path, "--dry-run")
    assert [told[each] for each in ("read", "imported", "refused")] == [2, 2, 0]


def test_a_sheet_that_declares_65202_rows_and_has_495(line: Line, tmp_path: Path) -> None:
    rows = "".join(sheets.line(n, f"N{n}", "群众甲", f"第{n}盏路灯不亮", "2026-01-05", f"第{n}盏") for n in range(2, 497))
    phantoms = "".join(f'<row r="{number}" s="1" customFormat="1"/>' for number in range(497, 65203))
    path = sheets.handmade(
        tmp_path / "表.xlsx", sheets.line(1, *sheets.HEADER) + rows + phantoms, dimension='<dimension ref="A1:E65202"/>'
    )
    told = line.station("import", path, "--dry-run")
    assert [told[each] for each in ("read", "imported", "repeated", "refused")] == [495, 495, 0, 0]


def test_a_text_table_that_calls_itself_a_workbook_is_read_as_what_it_is(line: Line, tmp_path: Path) -> None:
    path = messages_csv(tmp_path / "表.csv", 3, first=300).rename(tmp_path / "表.xlsx")
    assert line.station("import", path, "--dry-run")["imported"] == 3


def test_days_of_another_century_are_told_at_their_cells(line: Line, tmp_path: Path) -> None:
    days: list[object] = ["1900-01-05", datetime.date(2100, 3, 5), "2026-03-05"]
    issues = [(f"D{number}", "群众甲", f"第{number}事", day, f"第{number}事的内容") for number, day in enumerate(days)]
    told = line.station("import", sheets.table(tmp_path / "意见.xlsx", *issues), "--dry-run")
    assert [told[each] for each in ("read", "imported", "refused")] == [3, 3, 0]
    assert [(each["row"], each["column"], each["code"]) for each in told["problems"]] == [
        (2, "D 留言时间", "date_unlikely"),
        (3, "D 留言时间", "date_unlikely"),
    ]
    assert all(is_a_sentence(each["message"]) for each in told["problems"])
    visits = [(day, "代表甲", "群众甲") for day in days]
    log = sheets.table(tmp_path / "走访.xlsx", *visits, header=("走访日期", "走访代表", "走访对象"))
    told = line.station("import", log, "--as", "visits", "--dry-run")
    assert [told[each] for each in ("read", "imported", "refused")] == [3, 1, 2]
    codes = [(each["row"], each["code"]) for each in told["problems"] if each["row"] < 4]
    assert codes == [(2, "date_unlikely"), (2, "row_without_day"), (3, "date_unlikely"), (3, "row_without_day")]


@pytest.mark.parametrize("on", ["1900-01-05", "2100-03-05"])
def test_a_visit_of_another_century_is_not_recorded(line: Line, tmp_path: Path, on: str) -> None:
    visit = written_json(tmp_path / "visit.json", visit_kind="outreach", on=on)
    with nothing_changes(line.station):
        line.station.refused("incomplete", "record", "visit", visit)
        assert on in line.station.say("record", "visit", visit, as_json=False).err


def test_dates_of_every_kind(line: Line, tmp_path: Path) -> None:
    days: list[object] = [
        datetime.datetime(2026, 3, 5, 14, 20),  # noqa: DTZ001  # cells of a spreadsheet know no time zone
        datetime.date(2026, 3, 5),
        46086.5,
        "2026-03-05",
        "2026/3/5 14:20",
        "2026年3月5日",
        "2026.3.5",
        "20260305",
    ]
    rows = [(f"M{number}", "群众甲", f"第{number}件", day, f"第{number}件的内容") for number, day in enumerate(days)]
    told = line.station("import", sheets.table(tmp_path / "日期.xlsx", *rows))
    assert (told["imported"], told["problems"]) == (len(days), [])
    hits = [each for each in line.station("search", "件的内容")["hits"] if each["kind"] == "issue"]
    assert {each["date"] for each in hits} == {"2026-03-05"}


def test_a_date_that_is_none_is_told_with_its_row(line: Line, tmp_path: Path) -> None:
    rows = [*ROWS, ("M3", "群众丙", "噪声扰民", "去年冬天", "夜里施工")]
    told = line.station("import", sheets.table(tmp_path / "日期.xlsx", *rows))
    assert [(each["row"], is_a_sentence(each["message"])) for each in told["problems"]] == [(4, True)]
    assert told["read"] == 3


def test_tabs_and_characters_without_width(line: Line, tmp_path: Path) -> None:
    row = ("M1\t", "\u200b群众甲\u200b", " 井盖\u200b松动\t", "2026-01-05", "西街\t井盖\u200b松动\u3000")
    line.station("import", sheets.table(tmp_path / "空白.xlsx", row))
    (hit,) = [each for each in line.station("search", "井盖松动")["hits"] if each["kind"] == "issue"]
    fields = line.station("show", hit["id"])["fields"]
    assert (fields["subject"], fields["source_number"]) == ("井盖松动", "M1")
    assert not {"\u200b", "\t"} & set(fields["subject"] + fields["words"].replace("西街\t", ""))
    again = ("M1", "群众甲", "井盖松动", "2026-01-05", "西街\t井盖松动")
    assert line.station("import", sheets.table(tmp_path / "again.xlsx", again))["repeated"] == 1


LOCKED: Final = ("EncryptionInfo", "EncryptedPackage")  # what is found in a workbook with a password
NAMES: Final = {"名单": [["甲", "乙"], ["1", "2"]]}
BROKEN: Final[Mapping[str, tuple[str, Callable[[Path], Path]]]] = {
    "empty": ("sheet_empty", lambda folder: written(folder / "空.xlsx", b"")),
    "no rows": ("sheet_empty", lambda folder: sheets.written_book(folder / "无行.xlsx", {"Sheet1": []})),
    "a letter": ("header_unknown", lambda folder: written(folder / "信.csv", "敬启者：\n见字如面。\n".encode())),
    "a picture": ("not_a_sheet", lambda folder: written(folder / "图.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(200))),
    "cut": ("sheet_damaged", lambda folder: cut(sheets.table(folder / "断.xlsx", *ROWS))),
    "altered": ("sheet_damaged", lambda folder: altered(sheets.table(folder / "改.xlsx", *ROWS))),
    "of another program": ("sheet_damaged", lambda folder: sheets.ole_container(folder / "旧.xls", "Workbook")),
    "a photograph": ("not_a_sheet", lambda folder: written(folder / "照片.xlsx", photograph())),
    "a bomb": ("sheet_too_large", lambda folder: declared(sheets.table(folder / "弹.xlsx", *ROWS), 2 << 30)),
    "more than it declares": ("sheet_damaged", lambda folder: declared(sheets.table(folder / "谎.xlsx", *ROWS), 100)),
    "with a password": ("sheet_encrypted", lambda folder: sheets.ole_container(folder / "密.xlsx", *LOCKED)),
    "without what was raised": ("header_unknown", lambda folder: sheets.written_book(folder / "名.xlsx", NAMES)),
    "of no known writing": ("csv_encoding_unknown", lambda folder: written(folder / "码.csv", bytes(range(128, 256)) * 40)),
}


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def cut(path: Path) -> Path:
    return written(path, path.read_bytes()[:-200])


def declared(path: Path, size: int) -> Path:
    """The workbook, its sheet unpacking to `size` bytes by what the archive's directory says."""
    data = bytearray(path.read_bytes())
    entry = data.rindex(b"xl/worksheets/sheet1.xml") - 46  # of the directory: the name stands behind 46 bytes
    data[entry + 24 : entry + 28] = size.to_bytes(4, "little")
    return written(path, bytes(data))


def altered(path: Path) -> Path:
    data = bytearray(path.read_bytes())
    start = data.index(b"xl/worksheets/sheet1.xml") + 40
    data[start : start + 60] = bytes(60)
    return written(path, bytes(data))


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_sheet_is_refused_whole(line: Line, tmp_path: Path, name: str) -> None:
    code, make = BROKEN[name]
    path = make(tmp_path)
    before = path.read_bytes()
    with nothing_changes(line.station):
        line.station.refused(code, "import", path)
        line.station.refused(code, "import", path, "--dry-run")
    assert path.read_bytes() == before


def test_a_sheet_that_is_not_there_and_one_that_is_a_folder(line: Line, tmp_path: Path) -> None:
    with nothing_changes(line.station):
        line.station.refused("file_missing", "import", tmp_path / "gone.xlsx")
        said = line.station.say("import", tmp_path)
        assert (said.code != 0, said.out) == (True, "")
        assert said.error["code"]


def test_an_undone_import_can_be_imported_again(line: Line, tmp_path: Path) -> None:
    path = messages_csv(tmp_path / "more.csv", 4, first=200)
    before = line.station("count")
    first = line.station("import", path)
    line.station("undo", first["import_id"])
    assert line.station("count") == before
    line.station.refused("import_undone", "undo", first["import_id"])
    line.station.refused("import_missing", "undo", "0")
    assert line.station("import", path)["imported"] == 4
    assert line.station("check", "--read-data")["sound"]
