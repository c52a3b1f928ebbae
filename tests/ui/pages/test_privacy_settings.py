"""Roles, PINs, personal data and retention in the settings, by their buttons."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from app.domain.encounter import Encounter
from app.domain.people import Contact, Operator, Role
from app.domain.retention import RetentionClass
from app.domain.visit import Visit, VisitKind
from app.queries.retention import retention_rules
from app.queries.search import search
from app.queries.signing_in import lock
from app.use_cases.person_export import TABLE
from app.use_cases.station import add_operator
from app.workspace import Workspace
from tests.builders import save
from tests.ui.pages.test_settings import page, press, words_of
from ui.page import Workbench
from ui.pages.settings import SettingsPage

__all__ = ["page"]
NAME, PHONE = "欧阳某某", "13800005678"


def met(workspace: Workspace, on: date) -> Encounter:
    new_id = workspace.clock.new_id
    visit = Visit(id=new_id(), visit_kind=VisitKind.RECEPTION, on=on)
    person = Encounter(id=new_id(), visit=visit.id, name=NAME, village="南一社区")
    save(workspace, visit, person, Contact(id=new_id(), of=person.id, phone=PHONE))
    return person


def sit_down(page: SettingsPage, bench: Workbench, *roles: Role) -> None:
    """Somebody of these roles is at the keyboard, and somebody else is in charge."""
    new_id = bench.workspace.clock.new_id
    mine = Operator(id=new_id(), name="某人", roles=roles)
    save(bench.workspace, Operator(id=new_id(), name="站长甲", roles=(Role.STATION_HEAD,)), mine)
    bench.act_as(mine.id)
    page.refresh()


# --- people ----------------------------------------------------------------------------------------------------------


def test_several_roles_are_given_to_one_person(page: SettingsPage, workspace: Workspace) -> None:
    page.begin("people")
    card = page.people.roles
    card.show_person(page.people.rows[0])
    for role in (Role.STATION_HEAD, Role.LIAISON_OFFICER):
        card.boxes[role].setChecked(True)
    press(card, "保存")
    assert page.people.rows[0].roles == (Role.STATION_HEAD, Role.LIAISON_OFFICER)
    assert card.isHidden()


def test_a_pin_is_set_changed_and_taken_away(page: SettingsPage, workspace: Workspace) -> None:
    page.begin("people")
    card = page.people.pin
    card.show_person(page.people.rows[0])
    card.new.editor.setText("2580")
    card.again.editor.setText("2581")
    press(card, "设置 PIN 码")
    assert card.again.problem.text()
    card.again.editor.setText("2580")
    press(card, "设置 PIN 码")
    assert lock(workspace).guarded
    assert page.people.rows[0].has_pin
    card.show_person(page.people.rows[0])
    card.old.editor.setText("0000")
    press(card, "取消 PIN 码")
    assert "PIN 码不对" in card.old.problem.text()
    card.old.editor.setText("2580")
    press(card, "取消 PIN 码")
    assert not lock(workspace).guarded


def test_who_has_a_pin_is_chosen_where_everybody_signs_in(page: SettingsPage, bench: Workbench, workspace: Workspace) -> None:
    asked: list[bool] = []
    bench.lock = lambda: asked.append(True)
    page.begin("people")
    other = add_operator(workspace, "志愿者乙").id
    page.refresh()
    page.people.pin.show_person(page.people.rows[1])
    page.people.pin.new.editor.setText("2580")
    page.people.pin.again.editor.setText("2580")
    page.people.pin.set_now()
    page.people.choose(page.people.rows[1])
    assert (asked, bench.workspace.author.op != other) == ([True], True)


def test_the_minutes_are_chosen(page: SettingsPage, workspace: Workspace) -> None:
    page.begin("people")
    page.people.minutes.press(15)
    assert (lock(workspace).minutes, lock(workspace).usual) == (15, False)


def test_a_volunteer_is_offered_nothing_of_the_head_s(page: SettingsPage, bench: Workbench) -> None:
    sit_down(page, bench, Role.VOLUNTEER)
    page.begin("people")
    assert (page.people.more.isHidden(), page.people.lock_card.isHidden()) == (True, True)
    assert "人员和角色由站长管理。" in words_of(page.people)
    page.begin("privacy")
    assert page.privacy.person.isHidden()
    assert "个人信息由站长处理。" in words_of(page.privacy)
    assert not any(each.isEnabled() for each in page.privacy.years.values())


# --- personal data ---------------------------------------------------------------------------------------------------


@pytest.fixture
def found(page: SettingsPage, workspace: Workspace) -> SettingsPage:
    """A person met long ago, found by the end of the number and ticked."""
    met(workspace, date(2010, 3, 1))
    page.begin("privacy")
    card = page.privacy.person
    card.asked.editor.setText("5678")
    press(card, "查找")
    assert card.list.item(0).text() == "2010年3月1日　欧*　138****5678　南一社区"
    assert not card.erase.isEnabled()
    card.list.item(0).setCheckState(Qt.CheckState.Checked)
    return page


def test_a_person_is_erased_after_a_question(found: SettingsPage, workspace: Workspace) -> None:
    card = found.privacy.person
    press(card, "删除…")
    assert "删除：" in card.question.words
    press(card.question, "不修改")
    assert search(workspace, NAME).total == 1
    press(card, "删除…")
    press(card.question, "删除")
    assert search(workspace, NAME).total == 0
    assert card.rows == ()
    assert "不在本机处理范围内" in card.question.words


def test_a_person_is_blocked_and_shown_again(found: SettingsPage, workspace: Workspace) -> None:
    card = found.privacy.person
    press(card, "封存")
    assert (search(workspace, NAME).total, card.rows[0].blocked) == (0, True)
    card.list.item(0).setCheckState(Qt.CheckState.Checked)
    assert (card.block.isEnabled(), card.unblock.isEnabled()) == (False, True)
    press(card, "解除封存")
    assert search(workspace, NAME).total == 1


def test_a_person_is_exported_to_a_folder(found: SettingsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_told: str(tmp_path))
    press(found.privacy.person, "导出…")
    (folder,) = tmp_path.glob("个人信息-*")
    assert (folder / TABLE).exists()
    assert "内容未加密" in found.bench.feedback.words


def test_years_are_kept_and_what_is_over_is_purged(
    found: SettingsPage, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    section = found.privacy
    box = section.years[RetentionClass.REGISTER]
    box.setCurrentIndex(box.findData(20))
    section.choose_years(RetentionClass.REGISTER)
    assert retention_rules(workspace)[RetentionClass.REGISTER].years == 20
    press(section, "查看期满记录")
    assert "联系方式" in section.notice.words
    press(section.notice, "清除")
    report = tmp_path / "报告.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_told: (str(report), ""))
    press(section.notice, "保存报告…")
    assert "联系方式,联系方式,1" in report.read_text(encoding="utf-8-sig")
    press(section, "查看期满记录")
    assert section.notice.words == "没有保管期满的记录。"


# --- everything in plain files ---------------------------------------------------------------------------------------


def test_everything_is_written_once_somebody_has_read_the_warning(
    page: SettingsPage, bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    met(bench.workspace, date(2026, 11, 20))
    sit_down(page, bench, Role.STATION_HEAD)
    page.begin("privacy")
    card = page.privacy.plain
    assert not card.export.isEnabled()
    card.named.setChecked(True)
    assert not card.export.isEnabled()
    card.understood.setChecked(True)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_told: str(tmp_path))
    press(card, "导出全部…")
    [folder] = [each for each in tmp_path.iterdir() if each.name.startswith("全部资料-")]
    assert (folder / "记录" / "接待走访对象.xlsx").exists()
    assert str(folder) in card.notice.words
    assert not card.export.isEnabled()  # the next time it is read again
    assert not card.named.isChecked()


def test_who_is_not_in_charge_finds_no_card(page: SettingsPage, bench: Workbench) -> None:
    sit_down(page, bench, Role.LIAISON_OFFICER)
    page.begin("privacy")
    assert page.privacy.plain.isHidden()
