"""A list is sorted by pressing a heading or by its menu; how it is sorted is shown, told and remembered."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.queries.listing import Order
from app.settings import Settings, read_settings, write_settings
from ui.models.page_table import Column, PageTable
from ui.page import Workbench
from ui.widgets.table_view import TableView

USUAL = Order("day", descending=True)
Made = Callable[[], TableView]


@pytest.fixture
def made(qtbot: QtBot, bench: Workbench) -> Made:
    def make() -> TableView:
        columns: tuple[Column[int], ...] = (
            Column(heading="日期", text=str, width=6, by="day", falls=True),
            Column(heading="事项", text=str),
            Column(heading="人数", text=str, width=5, by="people", key=lambda row: row),
        )
        view = TableView(PageTable(columns, usual=USUAL), bench.theme)
        qtbot.addWidget(view)
        view.resize(600, 300)
        view.show()
        return view

    return make


def press(view: TableView, column: int) -> None:
    """Press a heading."""
    header = view.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(column) + 20, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)


def shown(view: TableView) -> tuple[bool, int, Qt.SortOrder]:
    header = view.horizontalHeader()
    return header.isSortIndicatorShown(), header.sortIndicatorSection(), header.sortIndicatorOrder()


DOWN, UP = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder


def test_the_usual_order_has_its_arrow(made: Made) -> None:
    view = made()
    assert shown(view) == (True, 0, DOWN)
    assert view.accessibleDescription() == "日期，降序排列"


def test_a_heading_sorts_and_pressed_again_turns_round(made: Made) -> None:
    view = made()
    press(view, 2)
    assert (view.table.order, shown(view)) == (Order("people"), (True, 2, UP))
    press(view, 2)
    assert (view.table.order, shown(view)) == (Order("people", descending=True), (True, 2, DOWN))
    press(view, 0)
    assert view.table.order == USUAL
    press(view, 0)
    assert view.table.order == Order("day")


def test_a_heading_that_is_not_offered_changes_nothing(made: Made) -> None:
    view = made()
    press(view, 1)
    assert (view.table.order, shown(view)) == (USUAL, (True, 0, DOWN))


def test_the_menu_offers_the_same_without_a_mouse(made: Made) -> None:
    view = made()
    by_day, by_people, usual = view.order_menu().actions()
    assert [each.text() for each in (by_day, by_people, usual)] == ["按日期排序", "按人数排序", "默认排序"]
    assert (by_day.isChecked(), by_people.isChecked(), usual.isChecked()) == (True, False, True)
    by_people.trigger()
    assert view.table.order == Order("people")
    view.order_menu().actions()[2].trigger()
    assert view.table.order == USUAL


def test_the_heading_says_how_it_is_sorted(made: Made) -> None:
    view, role = made(), Qt.ItemDataRole.AccessibleTextRole
    view.sort_by(2)
    told = [view.table.headerData(number, Qt.Orientation.Horizontal, role) for number in range(3)]
    assert told == ["日期", "事项", "人数，升序排列"]


def test_a_list_with_a_key_is_sorted_by_the_table(made: Made) -> None:
    view = made()
    view.table.reordered.connect(lambda: view.table.show(3, (2, 3, 1)))
    view.sort_by(2)
    assert view.table.rows == [1, 2, 3]
    view.sort_by(2)
    assert view.table.rows == [3, 2, 1]


def test_how_a_list_is_sorted_is_remembered_by_its_name(made: Made, tmp_path: Path) -> None:
    settings, view = Settings(), made()
    view.remember_order(settings, "visits")
    view.sort_by(2)
    view.sort_by(2)
    assert settings.orders == {"visits": "-people"}
    write_settings(tmp_path, settings)
    again = made()
    again.remember_order(read_settings(tmp_path), "visits")
    assert (again.table.order, shown(again)) == (Order("people", descending=True), (True, 2, DOWN))
    again.table.take_order(USUAL)
    view.table.take_order(USUAL)
    assert settings.orders == {}


@pytest.mark.parametrize("kept", ["gone", "-gone", "", "--"])
def test_what_was_remembered_of_a_column_that_is_gone_is_passed_over(made: Made, kept: str) -> None:
    view = made()
    view.remember_order(Settings(orders={"visits": kept}), "visits")
    assert view.table.order == USUAL
