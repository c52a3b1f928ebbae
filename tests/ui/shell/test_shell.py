"""What stands around the pages: where one is, what waits, what can be done here, and that nothing of it is in the way."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.life import PackageState
from app.queries.standing import Standing
from tests.builders import STATION_NAME
from tests.ui.keyboard import bring_up, press
from ui.places import Place
from ui.shell.rail import Rail
from ui.shell.search_field import SearchField
from ui.shell.shell import Shell
from ui.shell.state_words import parts_of, waiting
from ui.shell.top_bar import ActionButton, TopBar
from ui.theme import Theme

ALT = Qt.KeyboardModifier.AltModifier


def settled() -> None:
    """Qt has shown what was laid out."""
    QCoreApplication.processEvents()


def words(widget: QWidget) -> list[str]:
    return [each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget) and each.text()]


def standing(**told: Any) -> Standing:
    usual: dict[str, Any] = {
        "station": "站",
        "operator": "甲",
        "never_sent": 0,
        "returned": 0,
        "drafts": 0,
        "last_number": 0,
        "last_day": None,
        "last_state": "",
        "invented": False,
        "backup_at": None,
        "backup_failed": False,
    }
    return Standing(**{**usual, **told})


# --- going about ---------------------------------------------------------------------------------------------------


def test_alt_and_a_number_lead_to_a_place(shell: Shell) -> None:
    bring_up(shell)
    shell.go(Place.TODAY)
    press(Qt.Key.Key_8, ALT)
    assert shell.page(Place.SETTINGS).isVisible()
    press(Qt.Key.Key_1, ALT)
    assert shell.page(Place.TODAY).isVisible()
    shell.hide()


def test_the_rail_says_whose_station_it_is(shell: Shell) -> None:
    shell.resize(1366, 768)
    shell.go(Place.TODAY)
    shell.ask_state()
    assert STATION_NAME in words(shell)
    (keyboard,) = [each for each in shell.findChildren(QPushButton) if each.property("role") == "keyboard"]
    assert (keyboard.text(), keyboard.accessibleName()) == ("联络员甲", "联络员甲：锁定或切换操作人员")


def test_the_rail_shrinks_to_pictures_in_a_small_window_and_with_large_letters(shell: Shell) -> None:
    bring_up(shell)
    shell.go(Place.TODAY)
    assert "联络站工作台" in words(shell)
    shell.bench.theme.apply(size=150, dark=False)
    assert "联络站工作台" not in words(shell)
    shell.bench.theme.apply(size=100, dark=False)
    shell.resize(1024, 768)
    assert "联络站工作台" not in words(shell)
    places = [each.accessibleName() for each in shell.findChildren(QPushButton) if each.property("role") == "place"]
    assert [each.split()[0] for each in places] == [
        "今日",
        "接待走访",
        "群众意见",
        "代表建议",
        "代表名册",
        "报送回执",
        "履职统计",
        "设置",
    ]
    shell.hide()


@pytest.mark.parametrize(("number", "told"), [(0, ""), (7, "7"), (999, "999"), (118784, "999+")])
def test_a_number_stands_at_a_place_where_something_waits(qapp: QApplication, number: int, told: str) -> None:
    rail = Rail(Theme(qapp))
    rail.wait({Place.EXCHANGE: number})
    place = next(each for each in rail.findChildren(QPushButton) if "报送回执" in each.accessibleName())
    assert [each.text() for each in place.findChildren(QLabel)] == [told]
    assert place.accessibleName() == (f"报送回执 {number}" if number else "报送回执")


# --- the bar above -------------------------------------------------------------------------------------------------


@pytest.fixture
def bar(shell: Shell, qtbot: QtBot) -> TopBar:
    made = TopBar(SearchField(lambda: shell.bench.workspace, shell.bench.background))
    qtbot.addWidget(made)
    made.show()
    return made


def actions(parent: QWidget, act: Callable[[], object] = lambda: None) -> list[QAction]:
    made = [QAction(name, parent) for name in ("打印", "保存")]
    for each in made:
        each.triggered.connect(lambda: act())
    return made


def buttons(bar: TopBar) -> list[ActionButton]:
    settled()
    return [each for each in bar.findChildren(ActionButton) if each.isVisibleTo(bar)]


def test_the_last_action_is_the_filled_button(bar: TopBar) -> None:
    pressed: list[bool] = []
    bar.furnish("标题", actions(bar, lambda: pressed.append(True)))
    assert [(each.text(), each.property("role")) for each in buttons(bar)] == [("打印", None), ("保存", "primary")]
    QTest.mouseClick(buttons(bar)[1], Qt.MouseButton.LeftButton)
    assert pressed == [True]


def test_the_way_back_is_never_the_filled_button(bar: TopBar) -> None:
    back = QAction("全部建议", bar)
    back.setPriority(QAction.Priority.LowPriority)
    bar.furnish("标题", [back])
    assert [(each.text(), each.property("role")) for each in buttons(bar)] == [("全部建议", None)]


def test_a_button_that_is_about_to_be_pressed_stays_where_it_is(bar: TopBar) -> None:
    offered = actions(bar)
    bar.furnish("标题", offered)
    before = buttons(bar)
    bar.furnish("别的标题", offered)
    assert buttons(bar) == before
    bar.furnish("别的标题", offered[:1])
    assert [each.text() for each in buttons(bar)] == ["打印"]


def test_a_button_never_shows_as_a_window_of_its_own(bar: TopBar, qapp: QApplication) -> None:
    before = set(qapp.topLevelWidgets())
    bar.furnish("标题", actions(bar))
    assert set(qapp.topLevelWidgets()) == before


# --- the line below ------------------------------------------------------------------------------------------------


def told(**what: object) -> list[str]:
    return [part.words for part in parts_of(standing(**what))]


def test_the_state_line_says_what_waits_and_what_came_back() -> None:
    assert told(never_sent=3) == ["未报送 3 条", "还没有备份"]
    waits, last, returned, _ = told(last_number=4, last_day=date(2026, 11, 18), last_state=PackageState.RECEIVED, returned=2)
    assert waits == "未报送 0 条"
    assert last == "上次报送 第 4 包 · 2026年11月18日 · 已收到"
    assert "2 条" in returned


def test_the_state_line_says_how_old_the_backup_is() -> None:
    assert told(backup_at=datetime(2026, 11, 18, 1, 30, tzinfo=UTC))[-1] == "备份：2026年11月18日 09:30"
    assert told(backup_at=datetime(2026, 11, 18, 1, 30, tzinfo=UTC), backup_failed=True)[-1] == "上次备份未成功"


def test_an_invented_station_says_so_first() -> None:
    assert "虚构" in told(invented=True)[0]


def test_what_was_returned_waits_before_what_was_never_sent() -> None:
    assert waiting(standing(never_sent=9, returned=2, drafts=1)) == {Place.EXCHANGE: 2, Place.TODAY: 1}
    assert waiting(standing(never_sent=9))[Place.EXCHANGE] == 9


def test_every_place_is_made_before_somebody_goes_there(shell: Shell) -> None:
    told: list[bool] = []
    shell.prepared.connect(lambda: told.append(True))
    shell.prepare()
    ticks = 0
    while not told:
        shell._idle.timeout.emit()
        ticks += 1
    made = set(shell._pages)
    assert (made, shell._idle.isActive()) == (set(Place), False)
    assert ticks > 2 * len(Place), "a place is made part by part"


def test_the_day_comes_first_unless_somebody_was_quicker(shell: Shell) -> None:
    shell.begin()
    assert shell._stack.currentWidget() is shell.page(Place.TODAY)
    shell.go(Place.ISSUES)
    shell.begin()
    assert shell._stack.currentWidget() is shell.page(Place.ISSUES)


def test_a_button_that_is_offered_no_more_stays_out_of_sight(bar: TopBar) -> None:
    gone, offered = QAction("保存", bar), QAction("恢复", bar)
    bar.furnish("一", (gone,))
    (before,) = bar._buttons
    bar.furnish("二", (offered,))
    gone.setEnabled(False)
    assert before.isHidden()
    assert [each.text() for each in bar._buttons] == ["恢复"]


def test_files_dropped_anywhere_lead_to_taking_in_and_are_only_shown(shell: Shell, tmp_path: Path) -> None:
    bring_up(shell)
    shell.go(Place.TODAY)
    (tmp_path / "信.txt").write_text("敬启者", "utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "信.txt"))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    shell.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))
    page = shell.page(Place.EXCHANGE)
    assert page.heading() == "导入回执"
    assert any("信.txt不是本程序的文件" in each for each in words(page))
