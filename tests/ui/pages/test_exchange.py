"""The exchange, by its buttons: handed in, taken in, reconciled; and every bad stick told in the page, with nothing lost."""

import errno
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.epoch import EpochReason
from app.domain.suggestion import Suggestion
from app.errors import AppError, Unavailable
from app.files import sha256_of
from app.province import enrolment, receipts
from app.queries.reconciliation import standing
from app.storage.epochs import put_due
from app.use_cases import handing_in
from app.use_cases.handing_in import Sizes
from app.use_cases.recording import record
from app.use_cases.trust import trust_state
from app.workspace import Workspace
from tests.app.use_cases.unsealing import numbers
from tests.builders import STATION_CODE, Pair, a_contact, an_encounter, an_issue, new_body, new_station, pair, save
from tests.ui.workbenches import Went, workbench
from ui.pages.exchange import ExchangePage
from ui.pages.exchange.drives import Drive, drive_of, is_stick
from ui.pages.exchange.file_row import FileRow
from ui.places import Place


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Pair]:
    with pair(tmp_path) as opened:
        opened.stick.mkdir()
        yield opened


@pytest.fixture
def page(line: Pair, qapp: QApplication, qtbot: QtBot, went: Went) -> ExchangePage:
    return shown(line.station, qapp, qtbot, went)


@pytest.fixture(autouse=True)
def sticks(monkeypatch: pytest.MonkeyPatch) -> list[Drive]:
    """The sticks that are plugged in: none of this machine's."""
    found: list[Drive] = []
    for module in ("target_card", "take_in_panel", "page"):
        monkeypatch.setattr(f"ui.pages.exchange.{module}.drives", lambda writable=True: tuple(found))
    return found


def shown(workspace: Workspace, qapp: QApplication, qtbot: QtBot, went: Went) -> ExchangePage:
    """The page as the window shows it, hearing of every change."""
    made = ExchangePage(workbench(qapp, workspace, went))
    qtbot.addWidget(made)
    made.bench.background.changed.connect(lambda _changes: made.refresh())
    made.resize(1200, 700)
    made.show()
    made.refresh()
    return made


def figures(page: ExchangePage) -> list[str]:
    return [door.number for door in page.overview.doors.values() if not door.isHidden()]


def offered(page: ExchangePage) -> list[str]:
    """What can be done now, in words."""
    return [each.text() for each in page.actions_offered() if each.isEnabled()]


def do(page: ExchangePage, words: str) -> None:
    """Press the action with these words."""
    (action,) = [each for each in page.actions_offered() if each.text() == words]
    assert action.isEnabled()
    action.trigger()


def press(within: QWidget, words: str) -> None:
    """Press the button with these words that can be seen, once what was just made has been laid out."""
    QApplication.processEvents()
    (found,) = [each for each in within.findChildren(QPushButton) if each.text() == words and each.isVisibleTo(within)]
    found.click()


def write(page: ExchangePage) -> None:
    """Press the filled button of the hand-in."""
    do(page, "写到 U 盘" if page.hand_in.target.on_stick else "写到文件夹")


def rows(page: ExchangePage) -> list[tuple[str, str]]:
    """The files in the panel: one word and the sentence of each."""
    layout = page.take_in._rows
    widgets = [layout.itemAt(at).widget() for at in range(layout.count())]
    return [(each.word, each.sentence) for each in widgets if isinstance(each, FileRow)]


def hand_in(page: ExchangePage, folder: Path) -> None:
    page.begin("hand_in")
    page.hand_in.target.offer(folder)
    write(page)


def laid_out(line: Pair) -> Path:
    """What the body lays out after taking in what lies on the stick."""
    line.intake(sorted(line.stick.glob("*.llz")))
    receipts.write_receipts(line.body, STATION_CODE, line.stick / "back")
    return line.stick / "back"


def unbound(line: Pair) -> Suggestion:
    """A suggestion that the body gives back."""
    new_id = line.station.clock.new_id
    return Suggestion(id=new_id(), subject="关于路灯的建议", text="请修", lead_deputy=new_id(), state="submitted")


# --- there and back -------------------------------------------------------------------------------------------------------


def test_handed_in_received_and_reconciled(page: ExchangePage, line: Pair, went: Went) -> None:
    suggestion = unbound(line)
    save(line.station, an_issue(line.station), suggestion)
    page.refresh()
    assert (figures(page), offered(page)) == (["4", "0", "0", "0"], ["对账单…", "导入回执", "报送 4 条"])
    do(page, "报送 4 条")
    page.hand_in.target.offer(line.stick)
    write(page)
    assert page.hand_in.notice.words == "已写入并读回核对，可以安全取出。"
    (package,) = line.stick.glob("*.llz")
    shown_words = [each.text() for each in page.hand_in.written.findChildren(type(page.hand_in.contents.heading))]
    assert package.name in shown_words
    assert numbers(line.station)[0].sha256 in {each.replace(" ", "") for each in shown_words}
    assert (offered(page), figures(page)) == (["完成"], ["0", "4", "0", "0"])
    do(page, "完成")
    folder = laid_out(line)
    page.begin("take_in")
    page.take_in.look_through(folder)
    assert [word for word, _sentence in rows(page)] == ["新", "新", "已收过"]
    assert rows(page)[0][1] == "11月21日的第 1 号回执。核销第 1 号包。退回 1 条，需要补正。"
    assert standing(line.station, contact=False).records["received"] == 0
    do(page, "全部收下 2 个")
    assert page.take_in.notice.words == "已收下 2 个文件。"
    assert figures(page) == ["0", "0", "3", "1"]
    page.go_back()
    press(page.overview.returned, "打开")
    assert went == [(Place.SUGGESTIONS, suggestion.id, "")]


def test_the_same_receipt_brings_nothing_new(page: ExchangePage, line: Pair) -> None:
    hand_in(page, line.stick)
    folder = laid_out(line)
    for _again in range(2):
        page.begin("take_in")
        page.take_in.look_through(folder)
        if "全部收下 1 个" in offered(page):
            do(page, "全部收下 1 个")
    assert {word for word, _sentence in rows(page)} == {"已收过"}
    assert page.take_in.notice.words == "没有新内容，不用再收。"
    assert offered(page) == ["返回"]
    assert figures(page) == ["0", "0", "2", "0"]


def test_files_that_are_dropped_are_looked_at_folders_too(page: ExchangePage, line: Pair, tmp_path: Path) -> None:
    hand_in(page, line.stick)
    folder = laid_out(line)
    (tmp_path / "letter.json").write_text("{}")
    page.begin("take_in")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder)), QUrl.fromLocalFile(str(tmp_path / "letter.json"))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.take_in.dropEvent(QDropEvent(QPointF(QPoint(5, 5)), Qt.DropAction.CopyAction, data, buttons, keys))
    assert [word for word, _sentence in rows(page)] == ["新", "没有收下", "已收过"]
    assert rows(page)[1][1].startswith("letter.json不是本程序的文件")
    do(page, "全部收下 1 个")
    assert figures(page) == ["0", "0", "2", "0"]


def test_what_goes_and_what_stays_is_told_before(page: ExchangePage, line: Pair) -> None:
    person = an_encounter(line.station)
    save(line.station, person, a_contact(line.station, person.id))
    page.begin("hand_in")
    words = "\n".join(each.text() for each in page.hand_in.contents.findChildren(type(page.hand_in.contents.heading)))
    assert "对方不要求报送联系方式" in words
    assert words.index("记录合计") < words.index("对方不要求报送联系方式") < words.index("接待走访对象")
    assert numbers(line.station) == []


def test_a_disc_is_burnt_from_a_folder_whose_files_it_has_room_for(page: ExchangePage, line: Pair) -> None:
    save(line.station, an_issue(line.station))
    page.begin("hand_in")
    target = page.hand_in.target
    target.sizes.setCurrentIndex(target.sizes.findText("700 MB（一张光盘）"))
    assert target.most == 700 << 20
    assert "刻光盘" in "\n".join(each.text() for each in target.findChildren(QLabel))
    hand_in(page, line.stick)
    assert page.hand_in.done
    assert all(path.stat().st_size <= target.most for path in line.stick.iterdir())


def test_files_that_stay_behind_their_records_are_told(page: ExchangePage, line: Pair, tmp_path: Path) -> None:
    page.refresh()
    assert page.overview.files.isHidden()  # nobody asks about files where there are none
    (tmp_path / "照片").write_bytes(b"photo")
    record(line.station, "deputy", {"name": "甲", "attachments": ["照片"]}, tmp_path)
    line.export(sizes=Sizes(records_only=True))
    page.refresh()
    assert page.overview.files.text() == "附件：未报送1个，已报送、等回执0个，接收机关已收到0个。"
    line.export()
    page.refresh()
    assert page.overview.table.rows[0].records == {}
    assert "未报送0个，已报送、等回执1个" in page.overview.files.text()


def test_a_figure_opens_what_it_counts(page: ExchangePage, line: Pair, went: Went) -> None:
    issue = an_issue(line.station, "东街路灯不亮")
    save(line.station, issue)
    page.refresh()
    page.overview.doors["never_sent"].click()
    assert page.heading() == "未报送"
    assert page.list.table.total == int(page.overview.doors["never_sent"].number) == 3
    assert {each.title for each in page.list.table.rows} >= {"东街路灯不亮"}
    at = next(at for at, each in enumerate(page.list.table.rows) if each.kind == "issue")
    page.list.view.select(at)
    page.list.view.opened.emit(page.list.table.rows[at])
    assert went == [(Place.ISSUES, issue.id, "")]
    assert page.go_back()
    assert page.heading() == "报送回执"
    assert not page.go_back()


def test_a_number_tells_what_it_is_and_is_copied_again(page: ExchangePage, line: Pair, tmp_path: Path) -> None:
    hand_in(page, line.stick)
    do(page, "完成")
    page.overview.view.select(0)
    card = page.overview.number
    assert card.heading.text() == "第 1 包"
    assert "等回执" in card.explained
    (tmp_path / "second").mkdir()
    press(card, "再拷一份…")
    page.hand_in.target.offer(tmp_path / "second")
    write(page)
    assert [path.read_bytes() for path in (tmp_path / "second").iterdir()] == [next(line.stick.glob("*.llz")).read_bytes()]
    do(page, "完成")
    assert page.overview.number.number is not None
    assert (page.overview.number.number.copies, page.overview.number.number.last_folder) == (2, str(tmp_path / "second"))


# --- bad sticks -----------------------------------------------------------------------------------------------------------


def full(line: Pair, free: int) -> Callable[[Path], object]:
    """What the disk says of itself: the stick has `free` bytes."""
    usage = shutil.disk_usage
    return lambda folder: usage(folder)._replace(free=free) if Path(folder) == line.stick else usage(folder)


def test_a_full_stick_says_how_much_is_missing_and_another_is_tried(
    page: ExchangePage, line: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(line.station, an_issue(line.station))
    page.refresh()
    with monkeypatch.context() as patch:
        patch.setattr("app.use_cases.handing_in.shutil.disk_usage", full(line, 1024))
        hand_in(page, line.stick)
    size = numbers(line.station)[0].size
    assert f"还差 {(size - 1024) / 1024:.1f} KB" in page.hand_in.notice.words
    assert "没有丢失" in page.hand_in.notice.words
    assert list(line.stick.iterdir()) == []
    assert figures(page)[:2] == ["3", "0"]
    (tmp_path / "other").mkdir()
    page.hand_in.target.offer(tmp_path / "other")
    press(page.hand_in.notice, "再试一次")
    assert page.hand_in.done
    assert figures(page)[:2] == ["0", "3"]


def test_a_stick_that_runs_full_while_it_is_written(page: ExchangePage, line: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(
            handing_in,
            "_check_room",
            lambda folder, size: patch.setattr("app.use_cases.handing_in.shutil.disk_usage", full(line, 0)),
        )
        patch.setattr("app.use_cases.handing_in.sha256_of", breaking(line.stick, OSError(errno.ENOSPC, "full")))
        hand_in(page, line.stick)
    assert "还差" in page.hand_in.notice.words
    press(page.hand_in.notice, "再试一次")
    assert page.hand_in.done


def breaking(stick: Path, error: Exception) -> Callable[..., str]:
    """Reading works everywhere but on the stick."""
    read = sha256_of

    def reading(path: Path, **told: Any) -> str:
        if path.parent == stick:
            raise error
        return read(path, **told)

    return reading


def test_a_stick_pulled_out_in_the_middle(page: ExchangePage, line: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    read = sha256_of

    def pulled(path: Path, **told: Any) -> str:
        if path.parent == line.stick:
            shutil.rmtree(line.stick)
        return read(path, **told)

    with monkeypatch.context() as patch:
        patch.setattr(handing_in, "sha256_of", pulled)
        hand_in(page, line.stick)
    assert "不在了" in page.hand_in.notice.words
    assert not line.stick.exists()
    press(page.hand_in.notice, "再试一次")
    assert "不在了" in page.hand_in.notice.words
    assert not line.stick.exists()
    line.stick.mkdir()
    press(page.hand_in.notice, "再试一次")
    assert page.hand_in.done
    assert [taken.verdict for taken in line.intake(line.stick.glob("*.llz"))] == ["accepted"]


def test_a_folder_that_cannot_be_written(page: ExchangePage, line: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: Path, target: Path, *given: object) -> None:
        raise Unavailable("folder_unusable", path=str(target.parent))

    with monkeypatch.context() as patch:
        patch.setattr(handing_in, "_copy_and_compare", refuse)
        hand_in(page, line.stick)
    assert str(line.stick) in page.hand_in.notice.words
    assert [each.state for each in numbers(line.station)] == ["sealed"]
    assert page.hand_in.ready


def test_stopped_by_the_person_nothing_is_lost(page: ExchangePage, line: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    export = handing_in.export

    def stopping(workspace: Workspace, folder: Path, **told: Any) -> object:
        told["progress"].cancel()
        return export(workspace, folder, **told)

    with monkeypatch.context() as patch:
        patch.setattr(handing_in, "export", stopping)
        hand_in(page, line.stick)
    assert page.hand_in.notice.words.startswith("已停止")
    assert list(line.stick.iterdir()) == []
    write(page)
    assert page.hand_in.done


def test_a_stick_that_is_plugged_in_is_offered_and_chosen(page: ExchangePage, line: Pair, sticks: list[Drive]) -> None:
    page.begin("hand_in")
    assert offered(page) == ["返回"]
    sticks.append(Drive(folder=line.stick, name="我的 U 盘", free=3 << 20))
    page.hand_in.target.look()
    assert page.hand_in.target.folder() == line.stick
    assert offered(page) == ["返回", "写到 U 盘"]


class FakeVolume:
    """A mounted volume as Qt tells of one."""

    def __init__(self, root: str, *, ready: bool = True, read_only: bool = False) -> None:
        self.root, self.ready, self.read_only = root, ready, read_only

    def rootPath(self) -> str:  # noqa: N802  # Qt's own name
        return self.root

    def displayName(self) -> str:  # noqa: N802  # Qt's own name
        return self.root

    def bytesAvailable(self) -> int:  # noqa: N802  # Qt's own name
        return 7

    def isValid(self) -> bool:  # noqa: N802  # Qt's own name
        return True

    def isReady(self) -> bool:  # noqa: N802  # Qt's own name
        return self.ready

    def isReadOnly(self) -> bool:  # noqa: N802  # Qt's own name
        return self.read_only


@pytest.mark.skipif("sys.platform == 'win32'", reason="a drive has a letter there")
def test_only_what_can_be_carried_away_is_a_stick() -> None:
    stick = FakeVolume("/media/somebody/U 盘")
    assert is_stick(stick, writable=True)
    assert drive_of(stick) == Drive(folder=Path("/media/somebody/U 盘"), name="U 盘", free=7)
    assert not is_stick(FakeVolume("/home"), writable=True)
    assert not is_stick(FakeVolume("/media/x", ready=False), writable=True)
    locked = FakeVolume("/media/x", read_only=True)
    assert (is_stick(locked, writable=True), is_stick(locked, writable=False)) == (False, True)


# --- enrolment ------------------------------------------------------------------------------------------------------------


def test_from_no_trust_to_the_first_hand_in(qapp: QApplication, qtbot: QtBot, went: Went, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    with new_station(tmp_path / "a").opened() as workspace, new_body(tmp_path / "b").opened() as body:
        page = shown(workspace, qapp, qtbot, went)
        page.begin("hand_in")
        page.hand_in.target.offer(stick)
        assert "还没有导入接收机关的信任文件" in page.hand_in.notice.words
        assert offered(page) == ["返回"]
        press(page.hand_in.notice, "生成登记申请文件…")
        page.enrolment.write(stick)
        (request,) = stick.iterdir()
        enrolled = enrolment.enrol(body, request.read_bytes())
        assert enrolled.digits == page.enrolment.digits
        (stick / "trust.json").write_bytes(enrolled.bundle)
        press(page.enrolment, "导入信任文件…")
        page.take_in.look([stick / "trust.json"])
        assert offered(page) == ["返回"]
        assert page.take_in.compare.isVisibleTo(page)
        page.take_in.compare.agree()
        do(page, "全部收下 1 个")
        assert trust_state(workspace) is not None
        hand_in(page, stick)
        assert page.hand_in.done


def test_a_computer_that_is_not_enrolled_is_told_so(
    qapp: QApplication, qtbot: QtBot, went: Went, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with new_station(tmp_path / "a").opened() as workspace, new_body(tmp_path / "b").opened() as body:
        (tmp_path / "trust.json").write_bytes(enrolment.trust_bundle(body))
        page = shown(workspace, qapp, qtbot, went)
        page.begin("take_in")
        page.take_in.look([tmp_path / "trust.json"])
        page.take_in.compare.agree()
        do(page, "全部收下 1 个")
        page.begin("hand_in")
        page.hand_in.target.offer(tmp_path)
        assert "还没有登记本机" in page.hand_in.notice.words
        assert offered(page) == ["返回"]
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *given: str(tmp_path / "gone"))
        page.begin("enrol")
        press(page.enrolment, "生成登记申请文件…")
        assert "不在了" in page.enrolment.notice.words


def test_the_store_failing_is_said_in_the_page(page: ExchangePage, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*given: object, **told: object) -> None:
        raise AppError("busy", path="station.db")

    monkeypatch.setattr("ui.pages.exchange.overview.reconciliation.numbers", fail)
    page.refresh()
    assert "station.db" in page.bench.feedback.words


def test_everything_is_done_by_keys_and_a_key_means_what_can_be_seen(
    page: ExchangePage, line: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.activateWindow()
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(page, Qt.Key.Key_E, control)
    assert page.heading() == "报送"
    page.hand_in.target.offer(line.stick)
    QTest.keyClick(page, Qt.Key.Key_Return, control)
    assert page.hand_in.done
    QTest.keyClick(page, Qt.Key.Key_Return, control)
    assert page.heading() == "报送回执"
    folder = laid_out(line)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *given: str(folder))
    QTest.keyClick(page, Qt.Key.Key_I, control)
    QTest.keyClick(page.take_in.folder, Qt.Key.Key_Space)
    QTest.keyClick(page, Qt.Key.Key_Return, control)
    assert figures(page) == ["0", "0", "2", "0"]
    QTest.keyClick(page, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(page.overview.doors["received"], Qt.Key.Key_Space)
    assert (page.heading(), page.list.table.total) == ("已收到", 2)


def test_why_everything_goes_once_more_is_said_before_it_goes(page: ExchangePage, line: Pair) -> None:
    line.round_trip()
    with line.station.writing() as books:
        put_due(books.connection, EpochReason.FORK)
    page.hand_in.begin()
    assert "同一序号出现了两个不同的包" in page.hand_in.notice.words
    assert line.export().begun
    page.hand_in.begin()
    assert page.hand_in.notice.words == ""
