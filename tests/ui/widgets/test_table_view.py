"""Where there is no room, the columns that can be spared are left out, in their order; what a row is about stays."""

import pytest
from pytestqt.qtbot import QtBot

from ui.models.page_table import Column, PageTable
from ui.page import Workbench
from ui.widgets.table_view import TableView


@pytest.fixture
def view(qtbot: QtBot, bench: Workbench) -> TableView:
    columns: tuple[Column[int], ...] = (
        Column(heading="日期", text=str, width=6),
        Column(heading="事项", text=str),
        Column(heading="代表", text=str, width=7, spare=2),
        Column(heading="人数", text=str, width=3, spare=1),
    )
    table: PageTable[int] = PageTable(columns)
    table.show(1, [1])
    made = TableView(table, bench.theme)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(("width", "left_out"), [(800, []), (400, ["代表"]), (300, ["代表", "人数"]), (200, ["代表", "人数"])])
def test_what_can_be_spared_goes_first(view: TableView, width: int, left_out: list[str]) -> None:
    view.resize(width, 300)
    hidden = [column.heading for number, column in enumerate(view.table.columns) if view.isColumnHidden(number)]
    assert hidden == left_out


def test_what_was_left_out_comes_back(view: TableView) -> None:
    for width in (300, 900):
        view.resize(width, 300)
    assert not any(view.isColumnHidden(number) for number in range(4))
