"""The computers of a station in the window: a second one is admitted by card and digits, exchanged with, and ended."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.clock import CHINA, Clock
from app.domain.people import Role
from app.domain.station import SeatRole, SeatStatus
from app.province.enrolment import revoke_as_asked
from app.use_cases import seats, station
from app.use_cases.arrivals import receive
from app.use_cases.opening import card_station
from app.use_cases.peers import export_for_sisters
from app.use_cases.seats import write_card
from app.workspace import Workspace, opened
from tests.app.use_cases.test_peers import joined
from tests.builders import an_issue, enrol, memory_way, pair, save
from tests.ui.pages.test_settings import press, words_of
from tests.ui.workbenches import Went, workbench
from ui.page import Workbench
from ui.pages.settings import SettingsPage
from ui.pages.settings.computers_section import ComputersSection
from ui.places import Place
from ui.shell.shell import Shell
from ui.wording import day_told


@pytest.fixture
def section(bench: Workbench, qtbot: QtBot) -> ComputersSection:
    return shown(bench, qtbot)


def shown(bench: Workbench, qtbot: QtBot) -> ComputersSection:
    page = SettingsPage(bench)
    qtbot.addWidget(page)
    bench.background.changed.connect(lambda _changes: page.refresh())
    page.resize(1000, 700)
    page.show()
    page.begin("computers")
    return page.computers


@pytest.fixture
def second(workspace: Workspace, tmp_path: Path) -> Iterator[Workspace]:
    """A computer that has joined the station and is not admitted yet."""
    card, home, way = write_card(workspace, tmp_path), tmp_path / "second", memory_way()
    home.mkdir()
    assert card_station(card.path, card.digits) == "某某街道人大代表联络站"
    seats.join(home, way, card.path, card.digits, operator="联络员乙", clock=Clock())
    with ExitStack() as stack:
        yield stack.enter_context(opened(home, way, write=True, clock=Clock()))


def admit(section: ComputersSection, second: Workspace, folder: Path) -> None:
    card = write_card(second, folder)
    section.admitting.take(card.path)
    section.admitting.digits.editor.setText(card.digits)
    press(section, "认可这台电脑")


def test_alone_there_is_nobody_to_exchange_with(section: ComputersSection, workspace: Workspace) -> None:
    assert [each.seat for each in section.computers] == [workspace.author.by]
    assert "本机" in words_of(section)
    assert section.sisters.isHidden()


def test_a_computer_gets_the_name_people_know_it_by(section: ComputersSection, workspace: Workspace) -> None:
    section.own_name.editor.setText("接待室")
    press(section, "保存名称")
    assert [each.name for each in seats.seats(workspace)] == ["接待室"]
    assert "接待室" in words_of(section)


def test_this_computers_card_is_written_and_its_digits_stand_there(section: ComputersSection, tmp_path: Path) -> None:
    section.admitting.write(tmp_path)
    (card,) = tmp_path.glob("computer-*.json")
    assert card_station(card, section.admitting.digits_told.text())
    assert str(card) in words_of(section)


def test_a_computer_is_admitted_once_its_digits_are_right_and_given_everything(
    section: ComputersSection, workspace: Workspace, second: Workspace, tmp_path: Path
) -> None:
    save(workspace, an_issue(workspace, "路灯不亮"))
    section.admitting.take(write_card(second, tmp_path).path)
    section.admitting.digits.editor.setText("000000000000")
    press(section, "认可这台电脑")
    assert "数字" in section.admitting.digits.problem.text()
    assert section.admitting.digits.editor.text() == "000000000000"
    admit(section, second, tmp_path)
    assert [each.seat for each in section.computers] == [workspace.author.by, second.author.by]
    assert "还没有接收过它的数据" in words_of(section)
    section.sisters.write(tmp_path / "stick")
    assert str(tmp_path / "stick") in section.sisters.notice.words
    assert [receive(second, path).verdict for path in sorted((tmp_path / "stick").iterdir())] == ["accepted"]


def test_what_another_computer_gave_is_taken_in_where_all_files_are(
    section: ComputersSection, second: Workspace, tmp_path: Path, went: Went
) -> None:
    admit(section, second, tmp_path)
    press(section, "接收另一台电脑给的数据")
    assert went[-1] == (Place.EXCHANGE, "", "take_in")


def test_a_stolen_computer_is_asked_about_and_then_ended(
    section: ComputersSection, workspace: Workspace, second: Workspace, tmp_path: Path
) -> None:
    admit(section, second, tmp_path)
    press(section, "停用、遗失或被盗…")
    assert next(each for each in seats.seats(workspace) if not each.own).status == SeatStatus.ACTIVE
    press(section, "被盗")
    assert next(each for each in seats.seats(workspace) if not each.own).status == SeatStatus.STOLEN
    assert second.author.by in section.notice.words
    assert "被盗" in words_of(section)
    assert "没有收到过它的数据：请用它的纸质表单与这里的记录核对，缺的补录。" in words_of(section)
    assert section.sisters.isHidden()


@pytest.mark.parametrize("status", [SeatStatus.LOST, SeatStatus.RETIRED])
def test_of_a_lost_computer_it_is_told_from_which_day_on_its_paper_is_to_be_compared(
    section: ComputersSection, workspace: Workspace, second: Workspace, tmp_path: Path, status: SeatStatus
) -> None:
    admit(section, second, tmp_path)
    save(second, an_issue(second))
    for path in export_for_sisters(second, tmp_path).sisters[0].paths:
        receive(workspace, path)
    (told,) = [each for each in seats.seats(workspace) if not each.own]
    assert told.heard
    section.retire(told, status)
    wanted = f"请用它从{day_told(told.heard.astimezone(CHINA).date())}起的纸质表单与这里的记录核对，缺的补录。"
    assert (wanted in words_of(section)) == (status is SeatStatus.LOST)


def test_a_computer_is_made_one_for_entering_alone(
    section: ComputersSection, workspace: Workspace, second: Workspace, tmp_path: Path
) -> None:
    admit(section, second, tmp_path)
    other = next(each for each in section.computers if not each.own)
    section.ask_role(other)
    press(section, "仅录入")
    assert next(each for each in seats.seats(workspace) if not each.own).role is SeatRole.ENTRY
    assert "仅录入" in words_of(section)
    assert section.notice.isHidden()
    section.ask_role(next(each for each in section.computers if each.own))
    press(section, "仅查阅")
    assert next(each for each in seats.seats(workspace) if each.own).role is SeatRole.FULL


def test_this_computer_leaves_and_says_where_its_files_lie(
    section: ComputersSection, workspace: Workspace, second: Workspace, tmp_path: Path
) -> None:
    admit(section, second, tmp_path)
    save(workspace, an_issue(workspace, "路灯不亮"))
    press(section, "退出…")
    assert "不能撤销" in section.notice.words
    section.say_goodbye(tmp_path / "stick")
    (file,) = (tmp_path / "stick").iterdir()
    assert str(file) in section.notice.words
    assert next(each for each in seats.seats(workspace) if each.own).status == SeatStatus.RETIRED
    assert receive(second, file).verdict == "accepted"


def test_only_the_head_adds_and_ends_computers(bench: Workbench, workspace: Workspace, qtbot: QtBot) -> None:
    station.add_operator(workspace, "站长甲", [Role.STATION_HEAD])
    section = shown(bench, qtbot)
    assert section.admitting.isHidden()
    assert section.own_name.isHidden()
    assert not section.not_yours.isHidden()


# --- the first start of a computer that has joined ---------------------------------------------------------------------


def test_a_joined_computer_says_what_to_take_in_next_and_every_place_opens(
    qapp: QApplication, workspace: Workspace, second: Workspace, tmp_path: Path
) -> None:
    bench = workbench(qapp, second, Went())
    shell = Shell(second, bench.background, bench.theme, bench.settings)
    try:
        shell.resize(1200, 800)
        shell.show()
        shell.go(Place.TODAY)
        assert "本机已加入某某街道人大代表联络站" in words_of(shell)
        for place in Place:
            shell.go(place)
            assert not shell.feedback.words, place
        shell.go(Place.SETTINGS, deed="station")
        assert not shell.feedback.words
        assert "另一台电脑" in words_of(shell.page(Place.SETTINGS))
        card = write_card(second, tmp_path)
        seats.admit(workspace, card.path, card.digits)
        (sealed,) = export_for_sisters(workspace, tmp_path / "stick").sisters
        for path in sealed.paths:
            receive(second, path)
        shell.go(Place.TODAY)
        shell.page(Place.TODAY).refresh()
        assert "本机已加入" not in words_of(shell.page(Place.TODAY))
    finally:
        shell.deleteLater()


def test_the_body_is_asked_to_revoke_an_ended_computer_by_a_file_and_digits(
    tmp_path: Path, qapp: QApplication, went: Went, qtbot: QtBot
) -> None:
    with pair(tmp_path) as line, ExitStack() as stack:
        second = joined(line.station, tmp_path / "second", tmp_path, line.wall, stack)
        enrol(second, line.body)
        enrol(line.station, line.body)
        section = shown(workbench(qapp, line.station, went), qtbot)
        assert "请接收机关吊销…" not in buttons_of(section)
        (told,) = [each for each in section.computers if not each.own]
        section.retire(told, SeatStatus.STOLEN)
        assert {"请接收机关吊销…", "写出给接收机关的申请…"} <= buttons_of(section)
        section.write_request(told, tmp_path)
        (request,) = tmp_path.glob("revoke-*.json")
        asked = asked_digits(section)
        revoke_as_asked(line.body, request.read_bytes(), asked)
        assert str(request) in words_of(section)


def buttons_of(section: ComputersSection) -> set[str]:
    return {each.text() for each in section.findChildren(QPushButton)}


def asked_digits(section: ComputersSection) -> str:
    (found,) = re.findall(r"\d{4} \d{4} \d{4}", words_of(section))
    return str(found)
