"""Numbers that a spreadsheet program rounded or wrote short: in cells of numbers, in texts, in text tables."""

from pathlib import Path

import pytest

from app.ledgers.cells import Value
from app.ledgers.columns import SheetProblem
from app.ledgers.long_numbers import lost_digits
from app.ledgers.visits import VISITS, VisitRow
from tests.app.ledgers.sheets import rows, written_book
from tests.builders import written_csv

COLUMNS = ("接待日期", "接待代表", "来访人", "联系电话", "证件", "反映问题")


def visit(number: int, phone: object = "13800000001", card: object = "") -> tuple[object, ...]:
    return (f"2026-03-0{number}", "代表甲", f"群众{number}", phone, card, f"第{number}件事")


def refused(path: Path) -> list[tuple[int, str, str, object]]:
    found = [each for each in rows(path, VISITS) if isinstance(each, SheetProblem) and each.refused]
    return [(each.row, each.column, each.code, each.facts.get("text")) for each in found]


def taken(path: Path) -> list[VisitRow]:
    return [each for each in rows(path, VISITS) if isinstance(each, VisitRow)]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (430121199001010000, "number_rounded"),
        (4.30121e17, "number_rounded"),
        (-(10**15), "number_rounded"),
        ("4.30121E+17", "number_rounded"),
        ("1E+15", "number_rounded"),
        (" 4.30121e+17 ", "number_rounded"),
        ("1.39E+10", "number_shortened"),
        ("7.3E+11", "number_shortened"),
        ("9E+14", "number_shortened"),
        (999_999_999_999_999, ""),
        (13800000001, ""),
        (13800000001.0, ""),
        (True, ""),
        (None, ""),
        ("1.39E10", ""),
        ("第 1.39E+10 号", ""),
        ("430121199001010000", ""),
    ],
)
def test_what_lost_digits_is_told_by_how_it_lost_them(value: Value, code: str) -> None:
    assert lost_digits(value) == code


def test_a_text_of_three_zeros_is_a_lost_number_only_where_a_text_table_was_saved() -> None:
    assert lost_digits("430121199001010000", saved_as_text=True) == "number_rounded"
    assert lost_digits("430121199001011000", saved_as_text=False) == ""
    assert lost_digits("430121199001010001", saved_as_text=True) == ""
    assert lost_digits("13800000000", saved_as_text=True) == ""


def test_a_workbook_with_rounded_numbers_refuses_those_rows_by_name(tmp_path: Path) -> None:
    table = [visit(1), visit(2, card=430121199001010000), visit(3, phone=13800000003), visit(4, phone="1.39E+10")]
    path = written_book(tmp_path / "台账.xlsx", {"台账": [COLUMNS, *table]})
    assert refused(path) == [
        (3, "E 证件", "number_rounded", "430121199001010000"),
        (5, "D 联系电话", "number_shortened", "1.39E+10"),
    ]
    assert [(each.person, each.phone) for each in taken(path)] == [("群众1", "13800000001"), ("群众3", "13800000003")]


def test_a_text_table_with_rounded_and_shortened_numbers_refuses_those_rows_by_name(tmp_path: Path) -> None:
    table = [
        visit(1, card="4.30121E+17"),
        visit(2, card="430121199001010000"),
        visit(3, phone="1.39E+10"),
        visit(4, phone="1.4e+10\t"),
        visit(5, phone="13800000005"),
    ]
    path = written_csv(tmp_path / "台账.csv", COLUMNS, [tuple(map(str, row)) for row in table])
    assert refused(path) == [
        (2, "E 证件", "number_rounded", "4.30121E+17"),
        (3, "E 证件", "number_rounded", "430121199001010000"),
        (4, "D 联系电话", "number_shortened", "1.39E+10"),
        (5, "D 联系电话", "number_shortened", "1.4e+10"),
    ]
    assert [each.phone for each in taken(path)] == ["13800000005"]


def test_what_a_person_typed_instead_is_believed(tmp_path: Path) -> None:
    path = written_csv(tmp_path / "台账.csv", COLUMNS, [tuple(map(str, visit(1, phone="1.39E+10")))])
    (mended,) = rows(path, VISITS, repairs={(2, 3): "13900000001"})
    assert isinstance(mended, VisitRow)
    assert mended.phone == "13900000001"
