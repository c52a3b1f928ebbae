"""The lock: nothing of the station is in the window while nobody is at the keyboard, and what was typed is there again after."""

from collections.abc import Iterator
from datetime import time
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from app.changes import Changes
from app.domain.visit import Visit, VisitKind
from app.queries.record import history
from app.queries.signing_in import lock
from app.use_cases.drafts import drafts
from app.use_cases.opening import open_station, set_up_station
from app.use_cases.signing_in import keep_lock_minutes, set_pin
from app.use_cases.station import add_operator
from app.workspace import Workspace
from tests.builders import an_issue, save
from ui.application import Window
from ui.background import InlineExecutor
from ui.locking import Locking
from ui.pages.issues import IssuesPage
from ui.places import Place
from ui.shell.lock_screen import LockScreen
from ui.theme import Theme

WORDS, PIN = "a passphrase", "2580"


@pytest.fixture
def window(qapp: QApplication, tmp_path: Path) -> Iterator[Window]:
    """A window whose work is done at once, on a station where 乙 has a PIN and 甲, who is there, has none."""
    home = tmp_path / "家"
    made_station = set_up_station(home, code="430181001-001", name="某某站", operator="甲", passphrase=WORDS)
    assert made_station.recovery_code
    made = Window(home, InlineExecutor(), Theme(qapp), readers=InlineExecutor())
    made.show()
    station = open_station(home, passphrase=WORDS)
    other = add_operator(station.workspace, "乙").id
    set_pin(station.workspace, other, PIN)
    made.show_station(station)
    QCoreApplication.processEvents()
    yield made
    made.close()


def locking(window: Window) -> Locking:
    assert window.locking
    return window.locking


def screen(window: Window) -> LockScreen:
    assert locking(window).screen
    found = locking(window).screen
    assert found
    return found


def workspace(window: Window) -> Workspace:
    assert window.shell
    return window.shell.bench.workspace


def press_lock(window: Window) -> None:
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def words_of(window: Window) -> str:
    """All that eyes and screen readers find in the window."""
    seen: list[str] = [each.text() for each in window.findChildren(QLabel)]
    waiting = [QAccessible.queryAccessibleInterface(window)]
    while waiting:
        one = waiting.pop()
        seen += [one.text(each) for each in QAccessible.Text]
        waiting += [child for number in range(one.childCount()) if (child := one.child(number)) is not None]
    return "\n".join(seen)


def sign_in(window: Window, row: int, pin: str = "") -> None:
    shown = screen(window)
    shown.list.setCurrentRow(row)
    shown.pin.editor.setText(pin)
    QTest.keyClick(shown.pin.editor if pin else shown.list, Qt.Key.Key_Return)


def test_behind_the_lock_nothing_can_be_read(window: Window) -> None:
    save(workspace(window), an_issue(workspace(window), "东街路灯不亮"))
    assert window.shell
    window.shell.go(Place.ISSUES)
    window.shell.ask_state()
    assert "某某站" in words_of(window)
    press_lock(window)
    assert "某某站" not in words_of(window)
    assert "群众意见" not in words_of(window)
    assert not window.shell.isVisible()
    assert screen(window).isVisible()


def test_the_same_person_finds_everything_as_it_was(window: Window) -> None:
    shell = window.shell
    press_lock(window)
    sign_in(window, 0)
    assert (window.shell is shell, window.centralWidget() is shell, locking(window).is_locked()) == (True, True, False)


def test_another_signs_in_by_pin_and_what_was_typed_stays_the_first_one_s(window: Window) -> None:
    shell, first = window.shell, workspace(window)
    assert shell
    shell.go(Place.ISSUES, deed="note")
    page = shell.page(Place.ISSUES)
    assert isinstance(page, IssuesPage)
    page.desk.form.matter.words.editor.setPlainText("路灯不亮")
    press_lock(window)
    sign_in(window, 1, "0000")
    assert "PIN 码不对" in screen(window).pin.problem.text()
    sign_in(window, 1, PIN)
    assert window.shell is not shell
    assert workspace(window).author.op != first.author.op
    assert (len(drafts(first)), drafts(workspace(window))) == (1, [])
    assert window.centralWidget() is window.shell
    assert [each.event for each in history(first, workspace(window).author.op)][-2:] == ["pin_wrong", "signed_in"]


def test_it_locks_by_itself_but_never_during_a_reception(window: Window) -> None:
    mine = workspace(window)
    keep_lock_minutes(mine, 5)
    window.background.changed.emit(Changes.STATION)
    watch = locking(window).idle
    assert watch.timer.interval() == 5 * 60_000
    visit = Visit(id=mine.clock.new_id(), visit_kind=VisitKind.RECEPTION, on=mine.clock.today().date(), starts=time(0))
    save(mine, visit)
    watch.timer.timeout.emit()
    assert not locking(window).is_locked()
    assert watch.timer.isActive()
    with mine.writing() as books:
        books.records.remove([visit.id])
    watch.timer.timeout.emit()
    assert locking(window).is_locked()


def test_a_key_begins_the_wait_anew(window: Window) -> None:
    watch = locking(window).idle
    watch.wait(30)
    watch.timer.stop()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_A)
    assert watch.timer.isActive()


def test_a_dialog_is_hidden_with_the_rest_and_comes_back(window: Window) -> None:
    dialog = QDialog(window.shell)
    dialog.open()
    locking(window).switch()
    assert not dialog.isVisible()
    sign_in(window, 0)
    assert dialog.isVisible()
    dialog.close()


def test_a_start_is_locked_where_the_last_operator_has_a_pin(window: Window, qapp: QApplication) -> None:
    mine = workspace(window)
    set_pin(mine, mine.author.op, PIN)
    again = Locking(window, mine, window.background, window.theme, window._made_for)
    assert window.shell
    again.guard(window.shell, lock(mine))
    assert again.is_locked()
    assert "某某站" not in words_of(window)


def test_who_forgot_the_pin_comes_in_by_the_recovery_code(window: Window) -> None:
    press_lock(window)
    shown = screen(window)
    shown.list.setCurrentRow(1)
    shown.forgotten.click()
    shown.code.editor.setText("1" * 48)
    shown.sign_in()
    assert shown.code.problem.text()
    assert locking(window).is_locked()
