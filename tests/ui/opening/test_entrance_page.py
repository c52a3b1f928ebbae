"""The way into a station: what is asked first, what is said where the key does not come, and that what was typed stays."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPushButton, QRadioButton

from app.errors import AppError, Refused, Unavailable
from app.keys import desktop_keyring
from app.keys.passphrase import Passphrase
from app.province import escrow as body_escrow
from app.province.escrow import KeptShare
from app.queries.counts import count
from app.queries.standing import standing
from app.settings import Settings
from app.use_cases.escrow import deposit
from app.use_cases.key_ways import key_ways
from app.use_cases.opening import OpenStation, open_station, set_up_station
from app.use_cases.seats import write_card
from app.use_cases.setup import sheet_lost
from tests.app.keys.memory_keyring import fresh_keyring
from tests.builders import body, enrol, new_station
from tests.ui.keyboard import bring_up, press, write
from ui.background import Background, InlineExecutor
from ui.opening.entrance_page import EntrancePage
from ui.opening.join_panel import JoinPanel
from ui.opening.key_panel import KeyPanel
from ui.opening.recover_panel import RecoverPanel
from ui.opening.recovery_panel import RecoveryPanel
from ui.opening.station_panel import StationPanel
from ui.opening.unlock_panel import UnlockPanel
from ui.opening.welcome_panel import WelcomePanel
from ui.theme import Theme

WORDS = "芙蓉国里 尽朝晖"


class Door:
    """The page, and the stations it let somebody into."""

    def __init__(self, qapp: QApplication, home: Path) -> None:
        self.home = home
        self.settings = Settings()
        self.theme = Theme(qapp)
        self.background = Background(InlineExecutor(), InlineExecutor(), parent=qapp)
        self.let_in: list[OpenStation] = []
        self.page: EntrancePage

    def knock(self, error: AppError | None = None) -> None:
        self.page = EntrancePage(self.home, self.background, self.theme, self.settings, error)
        self.page.opened.connect(self.let_in.append)
        bring_up(self.page)

    def words(self) -> str:
        QCoreApplication.processEvents()
        return "\n".join(each.text() for each in self.page.findChildren(QLabel) if each.isVisibleTo(self.page))

    def buttons(self) -> list[str]:
        return [each.text() for each in self.page.findChildren(QPushButton) if each.isVisibleTo(self.page)]

    def press(self, name: str) -> None:
        (found,) = [each for each in self.page.findChildren(QPushButton) if each.text() == name and each.isVisibleTo(self.page)]
        QTest.mouseClick(found, Qt.MouseButton.LeftButton)

    def field(self, name: str) -> QLineEdit:
        fields = [each for each in self.page.findChildren(QLineEdit) if each.isVisibleTo(self.page)]
        (found,) = [each for each in fields if each.accessibleName() == name]
        return found

    def fill(self, name: str, text: str) -> None:
        self.field(name).setText(text)


@pytest.fixture
def door(qapp: QApplication, tmp_path: Path) -> Iterator[Door]:
    made = Door(qapp, tmp_path / "家 目录")
    yield made
    for station in made.let_in:
        station.close()
    if left := made.page.leave():
        left.close()
    made.theme.apply(size=100, dark=False)


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """A desktop with a keyring that answers."""
    kept = fresh_keyring()
    monkeypatch.setattr(desktop_keyring, "accepted_backends", lambda: (kept,))


def describe_station(door: Door) -> None:
    door.press("设立联络站")
    door.fill("站编码（如 430181001-001）", "430181001-001")
    door.fill("站名", "某某街道人大代表联络站")
    door.fill("您的姓名", "联络员甲")
    door.press("继续")


def choose_passphrase(door: Door) -> None:
    (by_passphrase,) = [each for each in door.page.findChildren(QRadioButton) if "口令" in each.text()]
    by_passphrase.setChecked(True)
    door.fill("口令", WORDS)
    door.fill("再输入一次口令", WORDS)


# --- setting up ----------------------------------------------------------------------------------------------------


def test_the_text_size_is_asked_first_and_applies_at_once(door: Door) -> None:
    door.knock()
    assert isinstance(door.page._panel, WelcomePanel)
    door.press("145%")
    assert (door.theme.size, door.settings.text_size) == (145, 145)


def test_a_station_is_set_up_with_the_keyring_and_opens_once_the_code_is_on_paper(door: Door, keyring: None) -> None:
    door.knock()
    describe_station(door)
    door.press("设立")
    panel = door.page._panel
    assert isinstance(panel, RecoveryPanel)
    assert all(group in door.words() for group in panel._code.split("-"))
    assert not door.let_in
    field = f"核对一下：请照纸上输入第 {panel._asked} 组"
    door.fill(field, "123")
    door.press("打开联络站")
    assert f"这不是恢复码的第 {panel._asked} 组" in door.words()
    assert door.field(field).text() == "123"
    door.fill(field, panel._code.split("-")[panel._asked - 1])
    door.press("打开联络站")
    (station,) = door.let_in
    assert key_ways(station.workspace).confirmed
    assert standing(station.workspace).operator == "联络员甲"


def test_another_computer_joins_the_station_by_card_and_digits(door: Door, keyring: None, tmp_path: Path) -> None:
    with new_station(tmp_path / "first").opened() as first:
        card = write_card(first, tmp_path)
        door.knock()
        door.press("加入已有的联络站…")
        door.press("继续")
        assert "请先选择名片" in door.words()
        assert isinstance(door.page._panel, JoinPanel)
        door.page._panel.take(card.path)
        door.fill("另一台电脑上显示的十二位数字", "000000000000")
        door.fill("您的姓名", "联络员乙")
        door.press("继续")
        assert isinstance(door.page._panel, JoinPanel)
        assert door.field("您的姓名").text() == "联络员乙"
        door.fill("另一台电脑上显示的十二位数字", card.digits)
        door.press("继续")
        door.press("设立")
        door.press("稍后核对（每天提醒）")
        (station,) = door.let_in
        assert station.workspace.author.owner == first.author.owner
        assert standing(station.workspace).station == "某某街道人大代表联络站"


def test_the_check_may_wait_and_the_reminder_stays(door: Door, keyring: None) -> None:
    door.knock()
    describe_station(door)
    door.press("设立")
    door.press("稍后核对（每天提醒）")
    (station,) = door.let_in
    assert not key_ways(station.workspace).confirmed


def test_without_a_keyring_a_passphrase_is_asked_for_and_nothing_typed_is_lost(door: Door) -> None:
    door.knock()
    describe_station(door)
    door.press("设立")
    assert isinstance(door.page._panel, KeyPanel)
    assert "请改用口令打开" in door.words()
    door.fill("口令", WORDS)
    door.fill("再输入一次口令", "别的")
    door.press("设立")
    assert "两次输入不一样" in door.words()
    assert door.field("口令").text() == WORDS
    door.fill("再输入一次口令", WORDS)
    door.press("设立")
    assert isinstance(door.page._panel, RecoveryPanel)
    door.press("稍后核对（每天提醒）")
    assert len(door.let_in) == 1


@pytest.mark.parametrize(
    ("code", "name", "operator", "told"),
    [
        ("4301", "站", "甲", "九位数字"),
        ("430181001-001", "  ", "甲", "请填写联络站的名称"),
        ("430181001-001", "站", " ", "请写下您的姓名"),
    ],
)
def test_what_no_station_can_be_set_up_with_is_said_at_its_field(
    door: Door, code: str, name: str, operator: str, told: str
) -> None:
    door.knock()
    door.press("设立联络站")
    door.fill("站编码（如 430181001-001）", code)
    door.fill("站名", name)
    door.fill("您的姓名", operator)
    door.press("继续")
    assert isinstance(door.page._panel, StationPanel)
    assert told in door.words()
    assert door.field("站编码（如 430181001-001）").text() == code


def test_going_back_from_the_key_keeps_the_station(door: Door) -> None:
    door.knock()
    describe_station(door)
    door.press("返回")
    assert door.field("站名").text() == "某某街道人大代表联络站"


def test_the_county_and_the_code_follow_each_other(door: Door) -> None:
    door.knock()
    door.press("设立联络站")
    panel = door.page._panel
    assert isinstance(panel, StationPanel)
    door.fill("站编码（如 430181001-001）", "４３０１８１００１－００１")
    assert "长沙市 浏阳市" in door.words()
    assert panel.read().code == "430181001-001"


def test_an_invented_station_is_made_to_look_around_in_and_says_what_it_is(door: Door, keyring: None) -> None:
    door.knock()
    door.press("先看看虚构的站")
    (station,) = door.let_in
    assert standing(station.workspace).invented
    assert count(station.workspace)["visit"] == 60
    assert key_ways(station.workspace).confirmed


def test_an_invented_station_without_a_keyring_asks_for_a_passphrase(door: Door) -> None:
    door.knock()
    door.press("先看看虚构的站")
    assert isinstance(door.page._panel, KeyPanel)
    choose_passphrase(door)
    door.press("设立")
    (station,) = door.let_in
    assert standing(station.workspace).invented


def test_the_whole_set_up_goes_by_the_keyboard(door: Door) -> None:
    door.knock()
    press(Qt.Key.Key_Space)  # the filled button has the focus
    door.field("站编码（如 430181001-001）").setFocus()
    write("430181001-001")
    press(Qt.Key.Key_Return)
    write("某某街道人大代表联络站")
    press(Qt.Key.Key_Return)
    write("联络员甲")
    press(Qt.Key.Key_Return)
    assert isinstance(door.page._panel, KeyPanel)
    press(Qt.Key.Key_Space)  # no keyring answers here
    write(WORDS)
    press(Qt.Key.Key_Return)
    write(WORDS)
    press(Qt.Key.Key_Return)
    panel = door.page._panel
    assert isinstance(panel, RecoveryPanel)
    write(panel._code.split("-")[panel._asked - 1])
    press(Qt.Key.Key_Return)
    assert len(door.let_in) == 1


# --- unlocking -----------------------------------------------------------------------------------------------------


@pytest.fixture
def locked(door: Door) -> str:
    """The recovery code of a station that only a passphrase opens."""
    return set_up_station(door.home, code="430181001-001", name="站", operator="甲", passphrase=WORDS).recovery_code


def test_a_passphrase_opens_and_a_wrong_one_stays_in_its_field(door: Door, locked: str) -> None:
    door.knock()
    assert isinstance(door.page._panel, UnlockPanel)
    write("wrong")
    press(Qt.Key.Key_Return)
    assert "口令不对" in door.words()
    assert door.field("口令").text() == "wrong"
    door.fill("口令", WORDS)
    door.press("打开")
    assert len(door.let_in) == 1


def test_the_recovery_code_buys_a_new_passphrase(door: Door, locked: str) -> None:
    door.knock()
    door.press("用恢复码")
    panel = door.page._panel
    assert isinstance(panel, RecoverPanel)
    panel._groups[0].editor.setFocus()
    for group in locked.split("-"):
        write(group)  # a full group leads on to the next
    assert panel.code() == locked
    door.press("恢复并打开")
    assert "请改用口令打开" in door.words()  # no keyring here
    door.fill("口令", "新的口令")
    door.fill("再输入一次口令", "新的口令")
    door.press("恢复并打开")
    (station,) = door.let_in
    station.close()
    door.let_in.clear()
    open_station(door.home, passphrase="新的口令").close()


def test_without_a_deposit_nobody_is_sent_to_the_congress(door: Door, locked: str) -> None:
    door.knock()
    door.press("用恢复码")
    assert "恢复码找不到了，请人大打开…" not in door.buttons()


def test_a_lost_sheet_is_helped_by_a_file_for_the_congress(
    door: Door, locked: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (KeptShare(path=tmp_path / name, passphrase=Passphrase(name)) for name in ("一", "二"))
    with body(tmp_path / "body") as held:
        body_escrow.offer(held, first, second)
        station = open_station(door.home, passphrase=WORDS)
        enrol(station.workspace, held)
        deposit(station.workspace, passphrase=WORDS)
        station.close()
        door.knock()
        door.press("用恢复码")
        asked = tmp_path / "请人大打开.json"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given: (str(asked), ""))
        door.press("恢复码找不到了，请人大打开…")
        assert "回电核实" in door.words()
        code = body_escrow.open_request(held, asked.read_bytes(), first, second).code
    panel = door.page._panel
    assert isinstance(panel, RecoverPanel)
    panel._groups[0].editor.setFocus()
    for group in code.split("-"):
        write(group)
    panel.fields.choose_passphrase()
    door.fill("口令", "新的口令")
    door.fill("再输入一次口令", "新的口令")
    door.press("恢复并打开")
    (station,) = door.let_in
    assert sheet_lost(station.workspace)


def test_a_slip_in_the_code_shows_at_its_group(door: Door, locked: str) -> None:
    door.knock()
    door.press("用恢复码")
    panel = door.page._panel
    assert isinstance(panel, RecoverPanel)
    slipped = locked[:-1] + ("1" if locked[-1] != "1" else "2")
    panel._groups[0].editor.setFocus()
    write(slipped.replace("-", " "))
    door.press("恢复并打开")
    assert panel._groups[7].problem.text() == "请与纸上核对。"
    assert not panel._groups[6].problem.text()


def test_a_code_pasted_whole_is_laid_out_over_the_groups(door: Door, locked: str) -> None:
    door.knock()
    door.press("用恢复码")
    panel = door.page._panel
    assert isinstance(panel, RecoverPanel)
    panel._groups[0].editor.insert(locked)
    panel._typed(0)
    assert panel.code() == locked


# --- what stands in the way ----------------------------------------------------------------------------------------


def test_a_second_writer_may_be_waited_for(door: Door, locked: str) -> None:
    with open_station_of(door):
        door.knock()
        door.fill("口令", WORDS)
        door.press("打开")
        assert "请先结束它再试" in door.words()
        assert door.buttons() == ["再试一次"]
    door.press("再试一次")
    assert isinstance(door.page._panel, UnlockPanel)
    door.fill("口令", WORDS)
    door.press("打开")
    assert len(door.let_in) == 1


@pytest.mark.parametrize(
    "error",
    [
        Unavailable("database_damaged", path="station.db"),
        Refused("database_newer", path="station.db", found=9, known=1),
        Unavailable("keyslots_damaged", reason="x"),
        Refused("database_missing", path="station.db"),
    ],
)
def test_where_trying_would_only_harm_nothing_is_offered(door: Door, error: AppError) -> None:
    door.knock(error)
    assert door.buttons() == []
    assert len(door.words()) > 20


@pytest.mark.parametrize("code", ["keyring_missing", "keyring_locked", "keyring_failed", "keyring_forgetful"])
def test_a_keyring_that_does_not_answer_leaves_the_other_ways(door: Door, locked: str, code: str) -> None:
    door.knock(Unavailable(code, backend="x", reason="y"))
    assert door.buttons() == ["用恢复码", "再试一次", "打开"]
    door.fill("口令", WORDS)
    door.press("打开")
    assert len(door.let_in) == 1


def test_an_entry_that_is_gone_leaves_the_recovery_code(door: Door) -> None:
    door.knock(Refused("keyring_entry_missing"))
    assert door.buttons() == ["用恢复码", "再试一次"]


def open_station_of(door: Door) -> "_Held":
    return _Held(open_station(door.home, passphrase=WORDS))


class _Held:
    """Somebody else who is writing."""

    def __init__(self, station: OpenStation) -> None:
        self._station = station

    def __enter__(self) -> None:
        return None

    def __exit__(self, *_raised: object) -> None:
        self._station.close()
