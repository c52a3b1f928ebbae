"""The files of a record at the window: chosen, dropped, pasted; opened from a copy, taken off and brought back by keyboard."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QDesktopServices,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.domain.attachment import LARGEST_FILE
from app.domain.issue import Issue
from app.errors import AppError, Refused
from app.messages import explain
from app.progress import Progress
from app.queries.attachments import attachments_of
from app.use_cases.attachment_desk import Offered, attach
from app.workspace import Workspace
from tests.app.pictures.drawn import photograph
from tests.builders import an_issue, save
from ui.background import Background, Job
from ui.page import Workbench
from ui.widgets.attachments_card import AttachmentsCard


@pytest.fixture
def issue(workspace: Workspace) -> Issue:
    made = an_issue(workspace)
    save(workspace, made)
    return made


@pytest.fixture
def card(bench: Workbench, issue: Issue, qtbot: QtBot) -> AttachmentsCard:
    shown = AttachmentsCard(bench)
    qtbot.addWidget(shown)
    shown.resize(420, 600)
    shown.show_record(issue.id, ())
    shown.show()
    return shown


@pytest.fixture
def clipboard(qapp: QApplication) -> Iterator[None]:
    """What was copied is forgotten with the test."""
    yield
    QGuiApplication.clipboard().clear()


def files(folder: Path, **contents: bytes) -> list[Path]:
    """Files of a folder, a dot in the place of the underscore of each name."""
    paths = [folder / name.replace("_", ".") for name in contents]
    for path, content in zip(paths, contents.values(), strict=True):
        path.write_bytes(content)
    return paths


def names(card: AttachmentsCard) -> list[str]:
    return [each.name for each in card.files]


def carried(*paths: Path) -> QMimeData:
    given = QMimeData()
    given.setUrls([QUrl.fromLocalFile(str(each)) for each in paths])
    return given


def drop(card: AttachmentsCard, given: QMimeData) -> bool:
    """Drag something over the card, and let it fall where the card takes it."""
    how = (Qt.DropAction.CopyAction, given, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entering = QDragEnterEvent(QPoint(5, 5), *how)
    entering.ignore()
    card.dragEnterEvent(entering)
    if entering.isAccepted():
        assert card.property("dropping") == "true"
        card.dropEvent(QDropEvent(QPointF(5, 5), *how))
    assert not card.property("dropping")
    return entering.isAccepted()


# --- adding ------------------------------------------------------------------------------------------------------------


def test_the_limits_are_said_before_anything_is_chosen(card: AttachmentsCard) -> None:
    assert card.limits.text() == "每个文件不超过 20 MB，最多 50 个。可选择、拖入或粘贴。"
    assert not card.limits.isHidden()
    assert card.strip.isHidden()
    assert card.one.isHidden()


def test_files_are_chosen(
    card: AttachmentsCard, bench: Workbench, workspace: Workspace, issue: Issue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = files(tmp_path, 照片_jpg=photograph(), 记录_txt=b"words")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_told: ([str(each) for each in paths], ""))
    card.add_files.click()
    assert names(card) == ["照片.jpg", "记录.txt"]
    assert attachments_of(workspace, issue.id) == card.files
    assert (bench.feedback.words, bench.settings.last_folder) == ("已添加 2 个文件。", str(tmp_path))
    assert (card.count.text(), card.strip.count()) == ("2 / 50", 2)
    assert card.strip.item(0).toolTip() == "照片.jpg"
    assert card.strip.item(1).text() == "记录.txt\n5 字节"


def test_several_files_are_dropped(card: AttachmentsCard, tmp_path: Path) -> None:
    assert drop(card, carried(*files(tmp_path, a_txt=b"a", b_txt=b"b")))
    assert names(card) == ["a.txt", "b.txt"]


def test_what_is_dropped_around_the_card_is_taken_too(card: AttachmentsCard, qtbot: QtBot, tmp_path: Path) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    card.take_drops_of(around)
    given = carried(*files(tmp_path, a_txt=b"a"))
    how = (Qt.DropAction.CopyAction, given, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    for over, shown in ((QDragLeaveEvent(), ""), (QDragMoveEvent(QPoint(6, 6), *how), "true")):
        QApplication.sendEvent(around, QDragEnterEvent(QPoint(5, 5), *how))
        assert card.property("dropping") == "true"
        QApplication.sendEvent(around, over)
        assert card.property("dropping") == shown
    QApplication.sendEvent(around, QDropEvent(QPointF(5, 5), *how))
    assert (names(card), card.property("dropping")) == (["a.txt"], "")


def test_words_are_not_taken(card: AttachmentsCard) -> None:
    given = QMimeData()
    given.setText("一段文字")
    assert not drop(card, given)


def test_what_cannot_be_taken_is_told_file_by_file(card: AttachmentsCard, bench: Workbench, tmp_path: Path) -> None:
    paths = files(tmp_path, 好_txt=b"good", 空_txt=b"", 又_txt=b"good")
    drop(card, carried(*paths, tmp_path / "不在.txt"))
    assert names(card) == ["好.txt"]
    first, *others = bench.feedback.words.splitlines()
    assert first == "已添加 1 个文件。1 个文件此前已在其中。"
    assert [each.split(" ")[0] for each in others] == ["空.txt", "找不到“不在.txt”。请核对名称和位置；在"]


def test_a_text_that_calls_itself_a_picture_is_taken_as_a_file_with_a_word(
    card: AttachmentsCard, bench: Workbench, tmp_path: Path
) -> None:
    drop(card, carried(*files(tmp_path, 照片_jpg=b"words", 真的_png=photograph())))
    assert [(each.name, each.media_type) for each in card.files] == [
        ("照片.jpg", "application/octet-stream"),
        ("真的.png", "image/jpeg"),
    ]
    assert bench.feedback.words.splitlines() == [
        "已添加 2 个文件。",
        "照片.jpg 虽以图片命名，内容却不是图片，已按普通文件添加。请打开核对，或重新添加图片。",
    ]


def test_of_many_that_cannot_be_taken_only_some_are_named(card: AttachmentsCard, bench: Workbench, tmp_path: Path) -> None:
    card.add_offered([Offered.at(tmp_path / f"{number}.txt") for number in range(9)])
    assert bench.feedback.words.splitlines()[0] == "已添加 0 个文件。"
    assert bench.feedback.words.splitlines()[-1] == "另有 5 个没有添加。"


def test_a_picture_that_is_too_large_is_made_smaller_when_asked(card: AttachmentsCard, bench: Workbench) -> None:
    card.add_offered([Offered("扫描.jpg", lambda: photograph(2400, 1200) + b"\0" * LARGEST_FILE)])
    assert (names(card), bench.feedback.deed.text()) == ([], "缩小后添加")
    bench.feedback.deed.click()
    assert names(card) == ["扫描.jpg"]
    assert card.files[0].size < LARGEST_FILE


def test_whether_pictures_are_made_smaller_is_remembered(card: AttachmentsCard, bench: Workbench, qtbot: QtBot) -> None:
    card.smaller.click()
    assert bench.settings.smaller_pictures
    again = AttachmentsCard(bench)
    qtbot.addWidget(again)
    assert again.smaller.isChecked()
    again.smaller.click()
    assert not bench.settings.smaller_pictures


@pytest.mark.usefixtures("clipboard")
def test_a_picture_is_pasted_by_keyboard(card: AttachmentsCard, qtbot: QtBot) -> None:
    picture = QImage(30, 20, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    QGuiApplication.clipboard().setImage(picture)
    card.activateWindow()
    card.add_files.setFocus()
    qtbot.waitUntil(card.add_files.hasFocus)
    QTest.keyClick(card.add_files, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    (pasted,) = card.files
    assert (pasted.name, pasted.media_type) == ("粘贴的图片 2026-11-21 090000.png", "image/png")


@pytest.mark.usefixtures("clipboard")
def test_files_copied_elsewhere_are_pasted(card: AttachmentsCard, bench: Workbench, tmp_path: Path) -> None:
    QGuiApplication.clipboard().setText("只是文字")
    card.paste_picture.click()
    assert (names(card), bench.feedback.words) == ([], "剪贴板里没有可以添加的图片或文件。")
    QGuiApplication.clipboard().setMimeData(carried(*files(tmp_path, a_txt=b"a")))
    card.paste_picture.click()
    assert names(card) == ["a.txt"]


def test_pictures_are_shown_small_and_what_is_none_by_its_ending(
    card: AttachmentsCard, workspace: Workspace, issue: Issue, tmp_path: Path
) -> None:
    paths = files(tmp_path, 照片_png=photograph(400, 200, kind="PNG"), 假_jpg=b"words")
    attach(workspace, issue.id, [Offered.at(each) for each in paths])
    card.refresh()
    painted = [card.strip.item(row).icon().pixmap(card.strip.iconSize()).toImage() for row in (0, 1)]
    middle = painted[0].rect().center()
    left, right = (painted[0].pixelColor(middle.x() + by, middle.y()) for by in (-20, 20))
    assert left.red() > 150 > left.blue()
    assert right.blue() > 150 > right.red()
    assert painted[1].pixelColor(middle.x(), 10) == QColor(card.strip._theme.colours.ground)


# --- one file ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def filled(card: AttachmentsCard, workspace: Workspace, issue: Issue) -> AttachmentsCard:
    """A card of three files, the keyboard on the second one."""
    attach(workspace, issue.id, [Offered(f"{each}.txt", each.encode) for each in "abc"])
    card.refresh()
    card.strip.setCurrentRow(1)
    return card


def test_a_file_is_taken_off_by_keyboard_and_brought_back(
    filled: AttachmentsCard, bench: Workbench, workspace: Workspace, issue: Issue
) -> None:
    QTest.keyClick(filled.strip, Qt.Key.Key_Delete)
    assert names(filled) == ["a.txt", "c.txt"]
    assert (bench.feedback.words, filled.strip.current) == ("已移除：b.txt", filled.files[1])
    bench.feedback.deed.click()
    assert names(filled) == ["a.txt", "b.txt", "c.txt"]
    assert attachments_of(workspace, issue.id) == filled.files


@pytest.fixture
def viewed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What the system was asked to show; it shows nothing called c."""
    asked: list[Path] = []

    def show(url: QUrl) -> bool:
        asked.append(Path(url.toLocalFile()))
        return not asked[-1].name.startswith("c")

    (tmp_path / "session").mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "session"))
    monkeypatch.setattr(QDesktopServices, "openUrl", show)
    return asked


def test_a_sound_is_listed_by_its_ending_and_opened_from_a_read_only_copy(
    card: AttachmentsCard, viewed: list[Path], tmp_path: Path
) -> None:
    drop(card, carried(*files(tmp_path, 录音_mp3=b"ID3sound")))
    assert (names(card), card.files[0].media_type, card.strip.item(0).text()) == (["录音.mp3"], "audio/mpeg", "录音.mp3\n8 字节")
    card.strip.setCurrentRow(0)
    card.open_file.click()
    (copy,) = viewed
    assert (copy.name, copy.read_bytes(), copy.stat().st_mode & 0o777) == ("录音.mp3", b"ID3sound", 0o400)


@pytest.mark.parametrize("way", ["Enter", "double click", "button"])
def test_a_file_is_opened_from_a_copy(filled: AttachmentsCard, viewed: list[Path], tmp_path: Path, way: str) -> None:
    match way:
        case "Enter":
            QTest.keyClick(filled.strip, Qt.Key.Key_Return)
        case "button":
            filled.open_file.click()
        case _:
            filled.strip.itemDoubleClicked.emit(filled.strip.item(1))
    (copy,) = viewed
    assert (copy.name, copy.read_bytes(), copy.parent.parent) == ("b.txt", b"b", tmp_path / "session")


def test_a_file_that_no_program_shows_is_told(filled: AttachmentsCard, viewed: list[Path], bench: Workbench) -> None:
    filled.strip.setCurrentRow(2)
    filled.open_file.click()
    assert bench.feedback.words == "这台电脑上没有能打开 c.txt 的程序。请另存后在别处打开。"


def test_a_program_is_not_started(
    card: AttachmentsCard, viewed: list[Path], bench: Workbench, workspace: Workspace, issue: Issue
) -> None:
    attach(workspace, issue.id, [Offered("看我.exe", lambda: b"MZ")])
    card.refresh()
    card.strip.setCurrentRow(0)
    card.open_file.click()
    assert (viewed, bench.feedback.words) == ([], "看我.exe 是程序文件，不在这里打开。如需转交，请另存。")


def test_a_file_is_saved_under_a_name(
    filled: AttachmentsCard, bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_told: (str(tmp_path / "另存.txt"), ""))
    filled.save_as.click()
    assert (tmp_path / "另存.txt").read_bytes() == b"b"


def test_everything_is_reached_by_tab(filled: AttachmentsCard) -> None:
    buttons = (filled.open_file, filled.save_as, filled.remove, filled.add_files, filled.paste_picture, filled.smaller)
    assert all(each.focusPolicy() & Qt.FocusPolicy.TabFocus for each in (filled.strip, *buttons))
    assert all(each.accessibleName() or each.text() for each in buttons)
    assert (filled.strip.accessibleName(), filled.remove.accessibleName()) == ("附件", "移除 b.txt")


# --- while it lasts ----------------------------------------------------------------------------------------------------


def test_a_batch_can_be_stopped_and_another_waits_for_its_end(
    card: AttachmentsCard, bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[Job[object]] = []

    def keep(
        _self: Background,
        owner: AttachmentsCard,
        _deed: object,
        told: Callable[[object], None],
        failed: Callable[[AppError], None],
        *,
        title: str,
    ) -> Job[object]:
        begun.append(Job(owner, told, failed, title, Progress(), writes=True))
        return begun[-1]

    monkeypatch.setattr(Background, "do", keep)
    card.add_offered([Offered("a", lambda: b"a")])
    card.add_offered([Offered("b", lambda: b"b")])
    (job,) = begun
    assert not card.add_files.isEnabled()
    assert card.line.isHidden()
    card._noticed.timeout.emit()
    assert not card.line.isHidden()
    card.line.cancel()
    assert job.progress._cancelled.is_set()
    with pytest.raises(Refused) as stopped:
        job.progress.advance()
    job.failed(stopped.value)
    assert (card.line.isHidden(), card.add_files.isEnabled()) == (True, True)
    assert bench.feedback.words == explain(stopped.value)


def test_what_ends_for_another_record_does_not_disturb_this_one(card: AttachmentsCard, workspace: Workspace) -> None:
    other = an_issue(workspace)
    save(workspace, other)
    attached = attach(workspace, other.id, [Offered("a", lambda: b"a")])
    card._attached(attached)
    assert card.files == ()
    card.show_record(other.id, attached.added)
    assert names(card) == ["a"]
