"""What holds for every kind of ledger alike: rehearsed, counted, refused by name, known again, undone in one step, remembered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.encounter import Encounter
from app.domain.issue import Issue
from app.domain.people import Deputy
from app.domain.records import Record
from app.domain.unit import Unit
from app.queries.counts import count
from app.queries.imports import past_imports
from app.queries.ledger_matches import all_of
from app.use_cases.imports import REMARK, Imported, SheetChoice, import_ledger, read_columns, undo_import
from app.workspace import Workspace
from tests.app.ledgers.sheets import written_book
from tests.builders import remove, written_csv

SHORTENED: Final = "1.39E+10"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """A small ledger of a kind: its columns, whole rows, what its rows become, and what a row without anything needed says.

    The telephone stands in the last column but one; the last column is one that could as well be a remark.
    """

    kind: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    makes: Mapping[str, int]
    remarked: type[Record]
    empty: tuple[int, str]
    """The column, from 0, without which a row is refused, and the code it is refused with."""

    @property
    def choice(self) -> SheetChoice:
        return SheetChoice(kind=self.kind)

    def shortened(self) -> tuple[str, ...]:
        """A row whose telephone Excel wrote short."""
        return (*self.rows[0][:-2], SHORTENED, self.rows[0][-1])

    def without_needed(self) -> tuple[str, ...]:
        """A row that lacks what every row must have."""
        column = self.empty[0]
        return (*self.rows[0][:column], "", *self.rows[0][column + 1 :])


LEDGERS: Final = (
    Ledger(
        kind="visits",
        header=("走访日期", "走访代表", "走访对象", "联系电话", "反映问题"),
        rows=(
            ("2026.3.5", "代表甲", "群众一", "13800000001", "东街路灯不亮"),
            ("2026年3月5日", "代表甲", "群众二", "", "西街停水"),
            ("20260306", "代表乙", "某组 6 人", "", "无意见"),
        ),
        makes={"visit": 2, "encounter": 3, "issue": 2, "contact": 1},
        remarked=Encounter,
        empty=(0, "row_without_day"),
    ),
    Ledger(
        kind="people",
        header=("代表姓名", "代表层级", "代表证号", "联系电话", "代表小组"),
        rows=(
            ("代表甲", "省", "HN0001", "13800000001", "第一小组"),
            ("代表乙", "县级", "HN0002", "", "第一小组"),
            ("代 表", "乡镇", "", "13800000003", "第二小组"),
        ),
        makes={"deputy": 3, "contact": 2},
        remarked=Deputy,
        empty=(0, "row_without_name"),
    ),
    Ledger(
        kind="units",
        header=("承办单位", "单位类型", "上级单位", "办公电话", "对口委室"),
        rows=(
            ("市住建局", "政府", "", "0731-88880001", "城建环资委"),
            ("市政管理处", "事业单位", "市住建局", "", "城建环资委"),
            ("东街社区", "社区", "", "0731-88880003", "社会委"),
        ),
        makes={"unit": 3},
        remarked=Unit,
        empty=(0, "row_without_name"),
    ),
    Ledger(
        kind="issues",
        header=("留言编号", "留言时间", "留言主题", "联系电话", "地点"),
        rows=(
            ("M1", "2026-03-05", "路灯不亮", "13800000001", "东街"),
            ("M2", "3月5日", "停水", "", "西街"),
            ("M3", "2026/3/6 9:30", "噪声", "13800000003", "南街"),
        ),
        makes={"issue": 3, "encounter": 2, "contact": 2},
        remarked=Issue,
        empty=(2, "row_without_text"),
    ),
)


@pytest.fixture(params=LEDGERS, ids=lambda each: each.kind)
def ledger(request: pytest.FixtureRequest) -> Ledger:
    made: Ledger = request.param
    return made


def a_file(folder: Path, ledger: Ledger, *rows: Sequence[str], name: str = "台账.csv") -> Path:
    return written_csv(folder / name, ledger.header, rows or ledger.rows)


def counted(told: Imported) -> tuple[int, int, int, int]:
    assert told.read == told.imported + told.repeated + told.refused
    return told.read, told.imported, told.repeated, told.refused


def undone(workspace: Workspace, told: Imported) -> int:
    assert told.import_id is not None
    taken_back = undo_import(workspace, told.import_id)
    assert taken_back.kept == ()
    return taken_back.removed


def made(workspace: Workspace, before: Mapping[str, int]) -> Mapping[str, int]:
    """How many records of which kinds there are more than before."""
    more = {kind: number - before.get(kind, 0) for kind, number in count(workspace).items()}
    return {kind: number for kind, number in more.items() if number}


def test_a_rehearsal_tells_what_the_import_does_and_saves_nothing(workspace: Workspace, tmp_path: Path, ledger: Ledger) -> None:
    path, before = a_file(tmp_path, ledger, *ledger.rows, ledger.without_needed(), ledger.rows[0]), count(workspace)
    rehearsed = import_ledger(workspace, path, ledger.choice, dry_run=True)
    assert (count(workspace), rehearsed.import_id) == (before, None)
    told = import_ledger(workspace, path, ledger.choice)
    assert counted(rehearsed) == counted(told)
    assert (rehearsed.problems, told.imported + told.repeated, told.refused) == (told.problems, 4, 1)
    assert made(workspace, before).keys() == ledger.makes.keys()


def test_rows_become_records_and_the_same_ledger_is_all_repeated(workspace: Workspace, tmp_path: Path, ledger: Ledger) -> None:
    path, before = a_file(tmp_path, ledger), count(workspace)
    assert counted(import_ledger(workspace, path, ledger.choice)) == (3, 3, 0, 0)
    assert made(workspace, before) == ledger.makes
    again = import_ledger(workspace, path, ledger.choice)
    assert (counted(again), again.import_id) == ((3, 0, 3, 0), None)
    book = written_book(tmp_path / "台账.xlsx", {"台账": [ledger.header, *ledger.rows]})
    assert counted(import_ledger(workspace, book, ledger.choice)) == (3, 0, 3, 0)
    assert made(workspace, before) == ledger.makes


def test_bad_rows_are_refused_with_row_and_column_while_the_rest_goes_in(
    workspace: Workspace, tmp_path: Path, ledger: Ledger
) -> None:
    first, second, third = ledger.rows
    path, before = a_file(tmp_path, ledger, first, ledger.shortened(), second, ledger.without_needed(), third), count(workspace)
    told = import_ledger(workspace, path, ledger.choice)
    assert counted(told) == (5, 3, 0, 2)
    assert made(workspace, before) == ledger.makes
    column, code = ledger.empty
    refused = [(each.row, each.at, each.code, each.cell) for each in told.problems if each.refused]
    assert refused == [(3, 3, "number_shortened", SHORTENED), (5, column, code, "")]
    (shortened,) = [each for each in told.problems if each.row == 3]
    assert shortened.column == f"D {ledger.header[3]}"


def test_a_repaired_row_goes_in(workspace: Workspace, tmp_path: Path, ledger: Ledger) -> None:
    path, before = a_file(tmp_path, ledger, ledger.shortened(), *ledger.rows[1:]), count(workspace)
    mended = SheetChoice(kind=ledger.kind, repairs={(2, 3): ledger.rows[0][3]})
    assert counted(import_ledger(workspace, path, mended)) == (3, 3, 0, 0)
    assert made(workspace, before) == ledger.makes


def test_an_undo_takes_all_of_it_back_and_it_can_be_imported_again(workspace: Workspace, tmp_path: Path, ledger: Ledger) -> None:
    path, before = a_file(tmp_path, ledger), count(workspace)
    first = import_ledger(workspace, path, ledger.choice)
    assert undone(workspace, first) == sum(ledger.makes.values())
    assert count(workspace) == before
    (past,) = past_imports(workspace)
    assert (past.id, past.undone is not None) == (first.import_id, True)
    second = import_ledger(workspace, path, ledger.choice)
    assert counted(second) == (3, 3, 0, 0)
    assert made(workspace, before) == ledger.makes
    assert undone(workspace, second) == sum(ledger.makes.values())
    assert count(workspace) == before


def test_what_was_taken_out_by_hand_stays_out_at_the_undo(workspace: Workspace, tmp_path: Path, ledger: Ledger) -> None:
    told = import_ledger(workspace, a_file(tmp_path, ledger), ledger.choice)
    gone = all_of(workspace, ledger.remarked)[0].id
    remove(workspace, gone)
    undone(workspace, told)
    assert all_of(workspace, ledger.remarked) == []


def test_columns_a_person_chose_are_used_the_next_time(workspace: Workspace, tmp_path: Path, ledger: Ledger) -> None:
    last, path = len(ledger.header) - 1, a_file(tmp_path, ledger, ledger.rows[0])
    assert not read_columns(workspace, path, ledger.choice).remembered
    import_ledger(workspace, path, SheetChoice(kind=ledger.kind, columns={last: REMARK}))
    later = a_file(tmp_path, ledger, *ledger.rows, name="下月.csv")
    found = read_columns(workspace, later, ledger.choice)
    assert (found.remembered, found.columns[last].field) == (True, REMARK)
    assert counted(import_ledger(workspace, later, ledger.choice)) == (3, 2, 1, 0)
    kept = {getattr(each, "remarks", "") for each in all_of(workspace, ledger.remarked)}
    assert {f"{ledger.header[last]}：{row[last]}" for row in ledger.rows} <= kept


CELLS: Final = (
    "",
    " ",
    "2026-03-05",
    "3月5日",
    "1900-01-05",
    SHORTENED,
    "430121199001010000",
    "省",
    "代表甲",
    "东街",
    "同上",
    "#N/A",
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_rows_read_are_those_imported_repeated_and_refused_whatever_stands_in_them(
    workspace: Workspace, tmp_path: Path, ledger: Ledger, data: st.DataObject
) -> None:
    before = count(workspace)
    odd = st.tuples(*(st.sampled_from((*CELLS, *(row[column] for row in ledger.rows))) for column in range(len(ledger.header))))
    rows = data.draw(st.lists(st.one_of(st.sampled_from(ledger.rows), odd), min_size=1, max_size=8))
    path = a_file(tmp_path, ledger, *rows)
    rehearsed = import_ledger(workspace, path, ledger.choice, dry_run=True)
    told = import_ledger(workspace, path, ledger.choice)
    assert counted(rehearsed) == counted(told)
    assert told.read == sum(any(cell.strip() for cell in row) for row in rows)
    assert sum(each.refused for each in told.problems) == told.refused
    again = import_ledger(workspace, path, ledger.choice)
    assert counted(again) == (told.read, 0, told.imported + told.repeated, told.refused)
    if told.imported:
        undone(workspace, told)
    assert count(workspace) == before
