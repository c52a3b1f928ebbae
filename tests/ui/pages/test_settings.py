"""The settings, by their buttons: what they change, what they refuse, and that no secret stays in sight."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.issue import Issue
from app.domain.people import Operator, Role
from app.domain.station import Station
from app.errors import Refused
from app.keys.passphrase import Passphrase
from app.keys.slot_file import read_slots
from app.keys.slots import open_with
from app.keys.ways import PassphraseWay, RecoveryWay
from app.paths import RESOURCES
from app.queries.record import history, record_of
from app.settings import read_settings
from app.use_cases import drafts
from app.use_cases.key_ways import key_ways
from app.use_cases.watched_folder import look
from app.workspace import Workspace
from tests.builders import StationHome, an_encounter, an_issue, remove, save
from ui.page import Workbench
from ui.pages.settings import SettingsPage


@pytest.fixture
def page(bench: Workbench, qtbot: QtBot, home: StationHome, monkeypatch: pytest.MonkeyPatch) -> SettingsPage:
    """The page as the window shows it; the computer's keyring is the one the station was set up with."""
    monkeypatch.setattr("app.use_cases.key_ways.way_of_person", lambda passphrase: home.way)
    made = SettingsPage(bench)
    qtbot.addWidget(made)
    bench.background.changed.connect(lambda _changes: made.refresh())
    made.resize(1000, 700)
    made.show()
    made.refresh()
    return made


def press(within: QWidget, words: str) -> None:
    """Press the button with these words that can be seen, once what was just made has been laid out."""
    QApplication.processEvents()
    (found,) = [each for each in within.findChildren(QPushButton) if each.text() == words and each.isVisibleTo(within)]
    found.click()


def words_of(within: QWidget) -> str:
    """Everything that can be read in a part."""
    QApplication.processEvents()
    return "\n".join(each.text() for each in within.findChildren(QLabel) if each.isVisibleTo(within))


# --- appearance -----------------------------------------------------------------------------------------------------------


def test_the_look_changes_at_once_and_is_remembered(page: SettingsPage, bench: Workbench, home: StationHome) -> None:
    try:
        page.appearance.letters.press(125)
        page.appearance.colours.press(True)
        page.appearance.language.press("en")
        assert (bench.theme.size, bench.theme.colours.surface) == (125, "#262523")
        kept = read_settings(home.home)
        assert (kept.text_size, kept.dark, kept.language) == (125, True, "en")
        assert page.heading() == "设置"  # the language changes with the next start
    finally:
        bench.theme.apply(size=100, dark=False)


# --- the station ----------------------------------------------------------------------------------------------------------


def test_the_station_is_saved_from_its_form(page: SettingsPage, workspace: Workspace) -> None:
    page.begin("station")
    assert [each.text() for each in page.actions_offered()] == ["保存"]
    fields = page.station.fields
    assert fields["name"].editor.text() == "某某街道人大代表联络站"
    fields["place"].editor.setText(" 东街 1 号 ")
    fields["station_head"].editor.setText("站长甲")
    page.actions_offered()[0].trigger()
    saved = record_of(workspace, Station, workspace.author.owner)
    assert (saved.place, saved.station_head, saved.code) == ("东街 1 号", "站长甲", "430181001-001")


def test_what_is_missing_is_told_beside_its_field_and_what_was_typed_stays(page: SettingsPage, workspace: Workspace) -> None:
    page.begin("station")
    page.station.fields["name"].editor.setText("  ")
    page.station.fields["place"].editor.setText("西街")
    page.station.save_now()
    assert page.station.fields["name"].problem.text() == "请填写联络站的名称。"
    assert page.station.fields["place"].editor.text() == "西街"
    assert record_of(workspace, Station, workspace.author.owner).place == ""


def test_a_change_made_meanwhile_is_not_overwritten(page: SettingsPage, workspace: Workspace, bench: Workbench) -> None:
    page.begin("station")
    with workspace.writing() as books:
        stored = books.records.get(Station, workspace.author.owner)
        books.records.save(Station(id=stored.record.id, code=stored.record.code, name="别处改的名称"))
    page.station.fields["place"].editor.setText("西街")
    page.station.save_now()
    assert bench.feedback.words
    assert record_of(workspace, Station, workspace.author.owner).name == "别处改的名称"
    assert page.station.fields["place"].editor.text() == "西街"


def test_what_was_typed_and_not_saved_is_back(page: SettingsPage, bench: Workbench, workspace: Workspace, qtbot: QtBot) -> None:
    page.begin("station")
    editor = page.station.fields["place"].editor
    editor.setText("南街")
    editor.textEdited.emit("南街")
    page.keep()
    again = SettingsPage(bench)
    qtbot.addWidget(again)
    again.begin("station")
    assert again.station.fields["place"].editor.text() == "南街"
    press(again.station.notice, "放弃这些修改")
    assert drafts.drafts(workspace) == []
    assert again.station.fields["place"].editor.text() == ""


# --- people ---------------------------------------------------------------------------------------------------------------


def test_somebody_is_added_and_sits_down(page: SettingsPage, bench: Workbench, home: StationHome, workspace: Workspace) -> None:
    page.begin("people")
    page.people.new_name.editor.setText("志愿者乙")
    page.people.role.editor.show_code(Role.VOLUNTEER)
    page.people.add_now()
    assert [(each.name, each.here) for each in page.people.rows] == [("联络员甲", True), ("志愿者乙", False)]
    assert page.people.rows[1].roles == (Role.VOLUNTEER,)
    page.people.choose(page.people.rows[1])
    assert [each.here for each in page.people.rows] == [False, True]
    assert bench.feedback.words == "现在由志愿者乙操作。"
    issue = an_issue(bench.workspace)
    save(bench.workspace, issue)
    assert [each.operator for each in history(bench.workspace, issue.id)] == ["志愿者乙"]


def test_the_next_start_knows_who_was_at_the_keyboard(page: SettingsPage, home: StationHome) -> None:
    page.begin("people")
    page.people.new_name.editor.setText("志愿者乙")
    page.people.add_now()
    chosen = page.people.rows[1]
    page.people.choose(chosen)
    with home.opened(write=False) as again:
        assert again.author.op == chosen.id


def test_a_name_that_is_empty_or_known_is_refused_beside_its_field(page: SettingsPage) -> None:
    page.begin("people")
    page.people.add_now()
    assert page.people.new_name.problem.text() == "请填写姓名。"
    page.people.new_name.editor.setText("联络员甲")
    page.people.add_now()
    assert "已经录入" in page.people.new_name.problem.text()
    assert len(page.people.rows) == 1


def test_somebody_leaves_but_not_who_is_at_the_keyboard(page: SettingsPage, bench: Workbench, workspace: Workspace) -> None:
    page.begin("people")
    page.people.new_name.editor.setText("志愿者乙")
    page.people.add_now()
    press(page.people, "已离开")
    assert [each.name for each in page.people.rows] == ["联络员甲"]
    page.people.end_work(page.people.rows[0])
    assert "现在操作的正是联络员甲" in bench.feedback.words
    with workspace.writing() as books:
        assert [each.record.until is None for each in books.records.all_of(Operator)] == [True, False]


# --- keys -----------------------------------------------------------------------------------------------------------------


def test_the_sheet_is_proven_by_typing_it(page: SettingsPage, home: StationHome, workspace: Workspace) -> None:
    page.begin("keys")
    assert "还没有人确认" in page.keys.notice.words
    page.keys.code.editor.setText("123456")
    page.keys.prove_now()
    assert page.keys.code.problem.text()
    assert not key_ways(workspace).confirmed
    page.keys.code.editor.setText(home.made.recovery_code.replace("-", " "))
    page.keys.prove_now()
    assert (page.keys.notice.words, page.keys.code.editor.text(), page.keys.code.problem.text()) == ("", "", "")
    assert key_ways(workspace).confirmed


def test_a_lost_sheet_is_replaced_and_a_group_of_the_new_one_typed_back(
    page: SettingsPage, home: StationHome, workspace: Workspace
) -> None:
    page.begin("keys")
    press(page.keys.renewal, "生成新恢复码…")
    press(page.keys.renewal.question, "先不生成")
    assert page.keys.renewal.group == 0
    press(page.keys.renewal, "生成新恢复码…")
    press(page.keys.renewal.question, "生成新恢复码")
    code = page.keys.renewal.code.text().replace("　", "-")
    held = read_slots(workspace.folder / "keyslots.json")
    assert len(open_with(held, RecoveryWay(code=code))) == 32
    with pytest.raises(Refused, match="recovery_wrong"):
        open_with(held, home.recovery)
    page.keys.renewal.typed.editor.setText("000000")
    page.keys.renewal.confirm_now()
    assert f"第 {page.keys.renewal.group} 组" in page.keys.renewal.typed.problem.text()
    assert not key_ways(workspace).confirmed
    page.keys.renewal.typed.editor.setText(code.split("-")[page.keys.renewal.group - 1])
    page.keys.renewal.confirm_now()
    assert key_ways(workspace).confirmed
    assert code.split("-")[0] not in words_of(page.keys)


def test_a_passphrase_is_set_and_changed_only_by_who_knows_it(page: SettingsPage, workspace: Workspace) -> None:
    page.begin("keys")
    keys = page.keys
    keys.set_now()
    assert keys.new.problem.text() == "口令是空的，请输入口令。"
    keys.new.editor.setText("好记的一句话")
    keys.set_now()
    assert "不一样" in keys.again.problem.text()
    keys.again.editor.setText("好记的一句话")
    keys.set_now()
    assert [each.editor.text() for each in (keys.old, keys.new, keys.again)] == ["", "", ""]
    assert opens(workspace, "好记的一句话")
    assert not keys.old.isHidden()
    for typed in ("别的", "好记的一句话"):
        keys.old.editor.setText(typed)
        keys.new.editor.setText("另一句话")
        keys.again.editor.setText("另一句话")
        keys.set_now()
        assert bool(keys.old.problem.text()) is (typed == "别的")
    assert opens(workspace, "另一句话")
    with pytest.raises(Refused, match="passphrase_wrong"):
        opens(workspace, "好记的一句话")


def opens(workspace: Workspace, words: str) -> bool:
    held = read_slots(workspace.folder / "keyslots.json")
    return len(open_with(held, PassphraseWay(passphrase=Passphrase(words)))) == 32


# --- the check, and the program -------------------------------------------------------------------------------------------


def test_a_sound_store_is_said_to_be_sound(page: SettingsPage, workspace: Workspace) -> None:
    save(workspace, an_issue(workspace))
    page.begin("check")
    for words in ("快速检查", "全面检查"):
        press(page.check, words)
        assert "数据完好" in page.check.notice.words
    assert page.check.quick.isEnabled()


def test_what_a_check_finds_is_told_in_sentences(page: SettingsPage, workspace: Workspace) -> None:
    issue = an_issue(workspace)
    save(workspace, issue)
    with workspace.writing() as books:
        books.connection.exec_driver_sql("UPDATE current SET body = '{}' WHERE id = ?", (issue.id,))
    page.begin("check")
    press(page.check, "全面检查")
    assert issue.id in page.check.findings.text()
    assert "数据完好" not in page.check.notice.words


def test_the_program_tells_where_the_data_lie_and_its_licences(page: SettingsPage, workspace: Workspace) -> None:
    page.begin("about")
    assert str(workspace.folder) in words_of(page.about)
    texts = {page.about.licence.itemText(at) for at in range(page.about.licence.count())}
    assert "图标" in texts
    page.about.licence.setCurrentText("图标")
    assert page.about.text.toPlainText() == (RESOURCES / "icons" / "LICENSE").read_text(encoding="utf-8")


# --- the trash ------------------------------------------------------------------------------------------------------------


def test_the_trash_shows_what_lies_in_it_and_gives_it_back(page: SettingsPage, workspace: Workspace) -> None:
    page.begin("trash")
    assert "回收站是空的" in words_of(page.trash)
    issue, person = an_issue(workspace, "井盖松动"), an_encounter(workspace, "张三丰")
    save(workspace, replace(issue, encounter=person.id), person)
    remove(workspace, issue.id, person.id)
    page.trash.refresh()
    assert [each.id for each in page.trash.table.rows] == [issue.id], "the person lies in the issue"
    told = words_of(page.trash)
    assert "一并恢复：接待走访对象 张*" in told
    assert "张三丰" not in told
    page.actions_offered()[0].trigger()
    assert record_of(workspace, Issue, issue.id).encounter == person.id
    assert page.bench.feedback.words == "已恢复：群众意见 · 井盖松动，共 2 条记录。"
    assert not page.trash.table.rows
    page.bench.feedback.deed.click()
    assert [each.id for each in page.trash.table.rows] == [issue.id]


# --- pictures and cards ---------------------------------------------------------------------------------------------


def test_a_folder_of_new_pictures_is_chosen_and_given_up(
    page: SettingsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.begin("pictures")
    section = page.pictures
    assert not section.none_button.isVisible()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_told: str(tmp_path))
    section.choose_button.click()
    assert section.told.text() == str(tmp_path)
    assert look(page.bench.workspace).folder == tmp_path
    section.none_button.click()
    assert look(page.bench.workspace).folder is None
    section.watch(tmp_path / "nowhere")
    assert look(page.bench.workspace).folder is None
    assert page.bench.feedback.words
