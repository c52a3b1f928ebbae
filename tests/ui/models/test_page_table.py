"""A list comes page by page, and nothing is asked while it is painted."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester

from ui.models.page_table import TONE_ROLE, Column, PageTable

COLUMNS: tuple[Column[int], ...] = (
    Column(heading="数", text=str, width=4, right=True),
    Column(heading="字", text=lambda row: f"第{row}行", tone=lambda row: "accent" if row % 2 else ""),
)


def table(total: int, rows: range) -> PageTable[int]:
    made = PageTable(COLUMNS)
    made.show(total, rows)
    return made


def test_it_keeps_qt_s_rules_for_models(qapp: QApplication, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(table(3, range(3)))  # type: ignore[no-untyped-call]  # the plug-in has no annotation there


def test_a_row_says_its_texts(qapp: QApplication) -> None:
    made = table(2, range(2))
    assert [made.index(1, column).data() for column in range(2)] == ["1", "第1行"]
    assert [made.index(row, 1).data(TONE_ROLE) for row in range(2)] == ["", "accent"]
    assert made.headerData(0, Qt.Orientation.Horizontal) == "数"


def test_the_next_page_is_asked_for_once_and_joined(qapp: QApplication) -> None:
    made = table(250, range(100))
    wanted: list[int] = []
    made.wanted.connect(wanted.append)
    root = QModelIndex()
    assert made.canFetchMore(root)
    made.fetchMore(root)
    assert (wanted, made.canFetchMore(root)) == ([100], False)
    made.append(range(100, 200))
    assert (made.rowCount(), made.canFetchMore(root)) == (200, True)
    made.append(range(200, 250))
    assert (made.rowCount(), made.canFetchMore(root)) == (250, False)


def test_a_list_that_became_shorter_meanwhile_ends_where_its_rows_end(qapp: QApplication) -> None:
    made = table(250, range(100))
    made.fetchMore(QModelIndex())
    made.append(())
    assert (made.total, made.canFetchMore(QModelIndex())) == (100, False)
