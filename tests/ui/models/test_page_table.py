"""A list comes page by page, and nothing is asked while it is painted."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester

from ui.models.page_table import HELD, PAGE, TONE_ROLE, Column, PageTable

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


def told(made: PageTable[int], row: int) -> str:
    """What the view would draw in a row, and then the turn in which a missing page is asked for."""
    text = made.index(row, 0).data()
    QApplication.processEvents()
    return str(text)


class Paged:
    """A table whose wanted pages come from a list of numbers."""

    def __init__(self) -> None:
        self.wanted: list[int] = []
        self.table = table(5000, range(PAGE))
        self.table.wanted.connect(self.answer)

    def answer(self, offset: int) -> None:
        """The page from this row on."""
        self.wanted.append(offset)
        self.table.put(5000, range(offset, min(offset + PAGE, 5000)), offset)


@pytest.fixture
def paged(qapp: QApplication) -> Paged:
    """A list of 5,000 rows that answers at once."""
    return Paged()


def test_a_page_is_asked_for_when_it_comes_into_sight(paged: Paged) -> None:
    assert paged.table.rowCount() == 5000
    assert told(paged.table, 4321) == "·"
    assert (paged.wanted, told(paged.table, 4321)) == ([4300], "4321")
    assert paged.table.index(4321, 1).data(TONE_ROLE) == "accent"


def test_the_next_page_is_asked_for_before_it_is_needed(paged: Paged) -> None:
    assert told(paged.table, 50) == "50"
    assert not paged.wanted
    told(paged.table, 90)
    assert (paged.wanted, told(paged.table, 100)) == ([100], "100")


def test_only_pages_looked_at_last_are_held(paged: Paged) -> None:
    for row in range(0, 5000, 10):
        told(paged.table, row)
    assert len(paged.table.rows) == HELD * PAGE
    assert told(paged.table, 4990) == "4990"
    assert (told(paged.table, 0), told(paged.table, 0)) == ("·", "0")


def test_a_page_is_asked_for_once(qapp: QApplication) -> None:
    made, wanted = table(250, range(100)), list[int]()
    made.wanted.connect(wanted.append)
    for row in (150, 160, 170):
        told(made, row)
    assert wanted == [100]


def test_a_list_that_came_whole_stays_whole(qapp: QApplication) -> None:
    made, wanted = table(3000, range(3000)), list[int]()
    made.wanted.connect(wanted.append)
    assert [told(made, row) for row in (0, 2999, 1500)] == ["0", "2999", "1500"]
    assert (wanted, len(made.rows)) == ([], 3000)


def test_a_list_looked_at_again_keeps_its_place(paged: Paged) -> None:
    told(paged.table, 2000)
    removed: list[tuple[int, int]] = []
    paged.table.rowsRemoved.connect(lambda _parent, first, last: removed.append((first, last)))
    paged.table.renew(4999, range(2001, 2101), 2000)
    assert (paged.table.rowCount(), removed) == (4999, [(4999, 4999)])
    assert told(paged.table, 2000) == "2001"
    assert told(paged.table, 100) == "·"


def test_a_list_that_knows_only_that_more_follows_grows(qapp: QApplication) -> None:
    made = table(101, range(100))
    made.put(201, range(100, 200), 100)
    assert made.rowCount() == 201
    made.put(230, range(200, 230), 200)
    assert (made.rowCount(), told(made, 229)) == (230, "229")


def test_a_list_that_became_shorter_meanwhile_ends_where_its_rows_end(qapp: QApplication) -> None:
    made = table(250, range(100))
    made.put(100, (), 100)
    assert (made.rowCount(), made.place_of(lambda row: row == 99), made.row(100)) == (100, 99, None)
