"""The one window: what it shows when, what it keeps, and what a start loads."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from app.changes import Changes
from app.errors import AppError, Unavailable
from app.queries import today as days
from app.queries.today import Today
from app.settings import read_settings
from app.storage.tables import JournalRow
from app.use_cases.attachment_desk import Offered, attach
from app.use_cases.key_ways import key_ways
from app.use_cases.opened_copies import copy_to_open
from app.use_cases.opening import Opening, OpenStation, begin, open_station, set_up_station
from app.workspace import Workspace
from tests.builders import StationHome, an_issue, save
from ui.application import OneWindow, Window
from ui.background import InlineExecutor
from ui.opening.entrance_page import EntrancePage
from ui.pages.today import TodayPage
from ui.places import Place
from ui.theme import Theme

PROJECT = Path(__file__).parents[2]
WORDS = "a passphrase"
NOT_AT_THE_START = (
    *("reportlab", "openpyxl", "pyrage", "securesystemslib", "segno", "pypinyin", "sqlalchemy.orm"),
    *("PySide6.QtPdf", "PySide6.QtPdfWidgets", "PySide6.QtPrintSupport"),
    *("app.printing", "app.packages", "app.ledgers", "app.province", "app.use_cases.invented", "app.use_cases.setup"),
)
"""What only a deed needs that most days nobody begins with."""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The home of a station that a passphrase opens."""
    home = tmp_path / "家 目录"
    set_up_station(home, code="430181001-001", name="某某站", operator="甲", passphrase=WORDS)
    return home


@pytest.fixture
def window(qapp: QApplication, place: Path) -> Iterator[Window]:
    """The window of that home, whose work is done at once."""
    made = Window(place, InlineExecutor(), Theme(qapp), readers=InlineExecutor())
    made.show()
    yield made
    made.close()


def opening(home: Path) -> Opening:
    """The opening of the station and the first look at its day, done already."""
    file = home.parent / "passphrase.txt"
    file.write_text(WORDS, encoding="utf-8")
    return begin(home, file, InlineExecutor())


def words(window: Window) -> list[str]:
    QCoreApplication.processEvents()
    return [each.text() for each in window.findChildren(QLabel) if each.isVisibleTo(window)]


def test_the_station_is_shown_with_today_first_and_its_state_below(window: Window, place: Path, qtbot: QtBot) -> None:
    window.await_station(opening(place))
    qtbot.waitUntil(lambda: {"从这里开始", "待报送", "某某站", "已全部保存"} <= set(words(window)))


def test_the_day_that_was_looked_up_while_the_window_was_made_is_shown_without_asking_again(
    window: Window, place: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    under_way = opening(place)
    asked: list[Workspace] = []

    def today(workspace: Workspace) -> Today:
        asked.append(workspace)
        return under_way.day.result()

    monkeypatch.setattr(days, "today", today)
    window.await_station(under_way)
    qtbot.waitUntil(lambda: "从这里开始" in words(window))
    assert not asked
    window.background.changed.emit(Changes.VISITS)
    assert len(asked) == 1


def test_files_that_were_double_clicked_wait_for_the_station_and_are_shown_then(
    window: Window, place: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "信.txt").write_text("敬启者", "utf-8")
    window.bring([tmp_path / "信.txt"])
    window.await_station(opening(place))
    qtbot.waitUntil(lambda: any("信.txt不是本程序的文件" in each for each in words(window)))


def test_a_log_that_was_altered_is_told_at_the_start(window: Window, place: Path, qtbot: QtBot) -> None:
    under_way = opening(place)
    with under_way.station.result().workspace.writing() as books:
        books.connection.execute(update(JournalRow).where(JournalRow.seq == 2).values(chain=bytes(32)))
    window.await_station(under_way)
    qtbot.waitUntil(lambda: any("日志与当初写下的不一致" in each for each in words(window)), timeout=20_000)
    assert window.shell is not None
    first = window.shell.page(Place.TODAY)
    assert isinstance(first, TodayPage)
    window.background.changed.emit(Changes.VISITS)
    assert "日志与当初写下的不一致" in first.damage.words
    assert [each.text() for each in first.damage.findChildren(QPushButton)] == ["全面检查…", "查看备份"]
    another = window._made_for(under_way.station.result().workspace).page(Place.TODAY)  # somebody else signs in
    assert isinstance(another, TodayPage)
    assert another.damage.words == first.damage.words


def test_what_stands_in_the_way_is_said(window: Window) -> None:
    failed: Future[OpenStation] = Future()
    failed.set_exception(Unavailable("keyring_locked", backend="x"))
    window.await_station(Opening(failed, Future()))
    assert isinstance(window.centralWidget(), EntrancePage)
    assert any("钥匙串" in each for each in words(window))


def test_the_station_is_let_go_when_the_window_closes(window: Window, place: Path) -> None:
    window.await_station(opening(place))
    window.close()
    open_station(place, passphrase=WORDS).close()  # nobody else writes any more


def test_no_copy_of_an_attachment_outlives_the_window(
    window: Window, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    station = opening(place)
    window.await_station(station)
    workspace = station.station.result().workspace
    made = an_issue(workspace)
    save(workspace, made)
    (added,) = attach(workspace, made.id, [Offered("a.txt", lambda: b"a")]).added
    copy = copy_to_open(workspace, added)
    assert copy.is_relative_to(tmp_path)
    window.close()
    assert not copy.parent.exists()


def test_a_station_behind_the_recovery_code_is_let_go_too(qapp: QApplication, tmp_path: Path) -> None:
    home = tmp_path / "new"
    window = Window(home, InlineExecutor(), Theme(qapp), readers=InlineExecutor())
    window.show_entrance()
    page = window.centralWidget()
    assert isinstance(page, EntrancePage)
    set_up_station(home, code="430181001-001", name="某某站", operator="甲", passphrase=WORDS)
    page._show_code(("-".join(["000000"] * 8), open_station(home, passphrase=WORDS)))
    window.close()
    open_station(home, passphrase=WORDS).close()


def test_size_and_place_of_the_window_are_kept(window: Window, place: Path) -> None:
    window.settings.text_size = 130
    window.close()
    kept = read_settings(place)
    assert (kept.text_size, bool(kept.window)) == (130, True)


def test_a_home_that_cannot_be_written_to_keeps_nobody_in(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_given: object) -> None:
        raise Unavailable("disk_full", path="x")

    monkeypatch.setattr("ui.application.write_settings", full)
    assert window.close()


def test_the_recovery_code_is_asked_after_once_a_day(qapp: QApplication, home: StationHome) -> None:
    with home.opened() as workspace:
        assert not key_ways(workspace).confirmed
    window = Window(home.home, InlineExecutor(), Theme(qapp), readers=InlineExecutor())
    from contextlib import ExitStack

    with ExitStack() as stack:
        window.show_station(OpenStation(stack.enter_context(home.opened()), stack.pop_all()))
        assert window.shell
        window._ask_for_code()
        assert "恢复码还没有核对过" in window.shell.feedback.words
        window.shell.feedback.hide()
        window._ask_for_code()
        assert not window.shell.feedback.words
        window.close()


def test_a_window_that_is_closed_before_anything_is_there_leaves_nothing(qapp: QApplication, tmp_path: Path) -> None:
    window = Window(tmp_path / "new", InlineExecutor(), Theme(qapp), readers=InlineExecutor())
    window.show_entrance()
    assert window.close()
    assert not (tmp_path / "new").exists()


def test_a_second_start_brings_the_first_window_forward(qapp: QApplication, tmp_path: Path) -> None:
    first, second = OneWindow(tmp_path), OneWindow(tmp_path)
    called: list[list[Path]] = []
    assert not second.asked_other()
    first.listen(lambda files: called.append(list(files)))
    assert second.asked_other()
    assert second.asked_other([tmp_path / "回执.json"])
    while len(called) < 2:
        QCoreApplication.processEvents()
    assert called == [[], [tmp_path / "回执.json"]]
    assert not OneWindow(tmp_path / "another").asked_other()


def test_a_start_loads_nothing_that_only_later_deeds_need() -> None:
    script = "import sys, app.use_cases.opening, app.queries.today, ui.__main__, ui.application; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], cwd=PROJECT, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "ui.pages.today" in loaded
    assert sorted(name for name in NOT_AT_THE_START if name in loaded) == []


def test_sqlalchemy_is_loaded_before_qt() -> None:
    script = "import sys; import ui.__main__ as start; print('PySide6' in sys.modules); import app.use_cases.opening as o; "
    script += "print('PySide6' in sys.modules, 'sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False", "True"]


@pytest.mark.parametrize("error", [Unavailable("program_fault", error="KeyError"), Unavailable("disk_failed", path="x")])
def test_any_failure_of_the_opening_is_a_sentence(window: Window, error: AppError) -> None:
    window.show_entrance(error)
    assert all("{" not in each for each in words(window))
    assert len(" ".join(words(window))) > 20
