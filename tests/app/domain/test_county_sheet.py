"""Cells of an office's table: their names, the words beside them, what these words seem to ask for."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.county_figures import LEDGERS, column_fields, figure_names, ledger_fields, proposals
from app.domain.county_sheet import CountySheet, Place, SheetCell, called, letters, place_of, words_above, words_left
from app.domain.county_table import (
    CellMark,
    CountyTable,
    ListMark,
    Reach,
    TableFile,
    filled,
    in_codes,
    in_words,
    reach_span,
    tables_content,
    tables_kept,
)
from app.domain.papers import PaperName
from app.errors import Refused

NAMES = figure_names({"03": "城乡建设", "13": "环境保护"})


def sheet(*rows: str, merged: dict[str, tuple[int, int]] | None = None) -> CountySheet:
    """A sheet of these rows, cells parted by |; what is merged by its first cell, with rows and columns."""
    cells: dict[Place, SheetCell] = {}
    for row, line in enumerate(rows, start=1):
        for column, text in enumerate(line.split("|"), start=1):
            down, across = (merged or {}).get(called((row, column)), (1, 1))
            cells[row, column] = SheetCell(text=text, down=down, across=across)
    hidden = {
        (row + down, column + across)
        for (row, column), cell in cells.items()
        for down in range(cell.down)
        for across in range(cell.across)
        if down or across
    }
    columns = max(column for _row, column in cells)
    return CountySheet(
        name="表", rows=len(rows), columns=columns, cells={at: each for at, each in cells.items() if at not in hidden}
    )


def proposed(*rows: str, merged: dict[str, tuple[int, int]] | None = None) -> dict[str, str]:
    """What each cell seems to take, in words."""
    return {called(each.place): in_words(each.tells, NAMES) for each in proposals(sheet(*rows, merged=merged), NAMES)}


@given(st.integers(1, 1_048_576), st.integers(1, 16384))
def test_a_place_is_called_as_spreadsheets_call_it(row: int, column: int) -> None:
    assert place_of(called((row, column))) == (row, column)


def test_columns_go_on_after_z() -> None:
    assert [letters(each) for each in (1, 26, 27, 702, 703)] == ["A", "Z", "AA", "ZZ", "AAA"]


@pytest.mark.parametrize("told", ["", "5B", "B0", "B", "甲1", "ABCD1"])
def test_what_is_no_cell_is_refused(told: str) -> None:
    with pytest.raises(Refused) as refused:
        place_of(told)
    assert refused.value.code == "county_cell_malformed"


def test_the_words_beside_a_cell_are_those_of_its_row_and_its_headings() -> None:
    made = sheet(
        "某县统计表|||", "项目||本月|累计", "接待|场次|12|", "|人次||", merged={"A1": (1, 4), "A2": (1, 2), "A3": (2, 1)}
    )
    assert words_left(made, (4, 4)) == "接待 人次"
    assert words_above(made, (4, 4)) == "累计"
    assert words_left(made, (3, 3)) == "接待 场次"


def test_the_words_of_another_cell_to_fill_in_are_not_ours() -> None:
    assert words_left(sheet("接待场次||接待人次|"), (1, 4)) == "接待人次"


@pytest.mark.parametrize(
    ("rows", "cell", "told"),
    [
        (("项目|数量", "接待场次|"), "B2", "{接待场次}"),
        (("项目|数量", "接待选民人次|"), "B2", "{接待群众人次}"),
        (("项目|全年累计", "走访户数|"), "B2", "{走访户数@本年}"),
        (("项目|本季度", "收到意见建议（件）|"), "B2", "{收到意见件数@本季度}"),
        (("单位|接待场次|走访人次", "本站||"), "C2", "{走访群众人次}"),
        (("项目|件数", "城乡建设|"), "B2", "{收到意见·类别·城乡建设}"),
        (("项目|件数", "环境保护|"), "B2", "{收到意见·类别·环境保护}"),
        (("项目|次数", "专题调研|"), "B2", "{活动次数·专题调研}"),
        (("项目|件数", "提出代表建议|"), "B2", "{提交代表建议件数}"),
        (("项目|件数", "代表建议答复|"), "B2", "{答复代表建议件数}"),
        (("填报人：|", "x|"), "B1", "{填报人}"),
        (("填报单位（盖章）：|", "x|"), "B1", "{联络站名称}"),
        (("填报单位：|填报人：", "x|"), "A1", "填报单位：{联络站名称}"),
        (("联络站工作统计表（    年   月）|", "x|"), "A1", "联络站工作统计表（{统计月份}）"),
        (("填报日期：   年  月  日|", "x|"), "A1", "填报日期：{填报日期}"),
    ],
)
def test_words_ask_for_a_figure(rows: tuple[str, ...], cell: str, told: str) -> None:
    assert proposed(*rows).get(cell) == told


def test_remarks_units_and_what_nobody_knows_are_left_alone() -> None:
    assert proposed("项目|单位|数量|备注", "接待场次|||", "会议室面积|平方米||") == {"C2": "{接待场次}"}


@pytest.mark.parametrize("name", LEDGERS)
def test_every_heading_of_a_ledger_finds_its_own_field(name: PaperName) -> None:
    fields = ledger_fields(name)
    made = sheet("|".join(fields.values()), "|".join("" for _each in fields))
    assert list(column_fields(made, 2, name).values()) == list(fields)


def test_a_figure_alone_is_a_number_and_a_text_when_words_stand_around_it() -> None:
    assert filled("{issues}", lambda code, reach: 3) == 3
    assert filled("共{issues@year}件", lambda code, reach: f"{code}-{reach}") == "共issues-year件"
    assert filled("没有数字", lambda code, reach: 3) == "没有数字"


@given(st.sampled_from(sorted(NAMES)), st.sampled_from(Reach), st.text(alphabet="甲乙：（）{} ", max_size=4))
def test_a_mark_is_the_same_in_words_and_codes(code: str, reach: Reach, before: str) -> None:
    told = f"{before.replace('{', '').replace('}', '')}{{{code}@{reach}}}"
    kept = in_codes(told, NAMES)
    assert in_codes(in_words(kept, NAMES), NAMES) == kept


@pytest.mark.parametrize(
    ("reach", "first"),
    [(Reach.MONTH, date(2026, 11, 1)), (Reach.QUARTER, date(2026, 10, 1)), (Reach.YEAR, date(2026, 1, 1))],
)
def test_a_reach_ends_with_the_month(reach: Reach, first: date) -> None:
    span = reach_span(reach, date(2026, 11, 17))
    assert (span.first, span.last) == (first, date(2026, 11, 30))


def test_a_table_is_kept_as_it_was_marked() -> None:
    cell = CellMark(sheet="表", place=(5, 28), tells="{issues}", beside="件数", formula=True)
    rows = ListMark(sheet="表", first=7, last=9, ledger="visit-log", columns={1: "no", 30: "day"}, beside="序号 | 日期")
    table = CountyTable(name="月报", file=TableFile.WORD, original="x.docx", cells=(cell,), lists=(rows,))
    assert tables_kept(tables_content({"月报": table})) == {"月报": table}
    assert tables_kept(None) == {}


def test_a_new_mark_takes_the_place_of_what_was_there() -> None:
    table = CountyTable(name="月报", file=TableFile.SHEET)
    table = table.with_cell(CellMark(sheet="表", place=(3, 1), tells="{issues}"))
    table = table.with_list(ListMark(sheet="表", first=2, last=4, ledger="visit-log", columns={1: "no", 2: "day"}))
    assert (table.cells, len(table.lists)) == ((), 1)
    table = table.with_list(ListMark(sheet="表", first=4, last=6, ledger="visit-log", columns={1: "no"}))
    assert [each.first for each in table.lists] == [4]
    assert table.with_cell(CellMark(sheet="表", place=(5, 1), tells="{issues}")).lists == ()
    assert table.without("表", (5, 2)) == table
