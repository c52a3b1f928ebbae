"""What is open between station and body, at the page of the exchange: lost packages, late receipts, the backup beside them."""

from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.suggestion import Suggestion
from app.errors import Unavailable
from app.use_cases.restoring import newest_backup
from tests.app.use_cases.unsealing import numbers
from tests.builders import Pair, an_issue, save
from tests.ui.pages.test_exchange import line, page, press, sticks, write
from ui.pages.exchange import ExchangePage

__all__ = ["line", "page", "sticks"]


def test_a_lost_package_is_told_and_copied_again_from_there(page: ExchangePage, line: Pair) -> None:
    line.round_trip()
    save(line.station, an_issue(line.station))
    line.export()
    line.carried.clear()
    save(line.station, an_issue(line.station))
    line.round_trip()
    page.refresh()
    card = page.overview.questions
    assert card.isVisibleTo(page)
    press(card, "再拷一份…")
    page.hand_in.target.offer(line.stick)
    write(page)
    line.intake([line.stick / numbers(line.station)[1].file])
    line.bring_back()
    page.refresh()
    assert not card.isVisibleTo(page)


def test_those_without_a_receipt_for_long_are_filtered(page: ExchangePage, line: Pair) -> None:
    line.export()
    line.wall.pass_by(timedelta(days=14))
    save(line.station, an_issue(line.station))
    line.export()
    page.refresh()
    page.overview.door_opened.emit("sent")
    assert page.list.table.rowCount() == 3
    page.list.late.setChecked(True)
    assert page.list.table.rowCount() == 2
    page.overview.door_opened.emit("received")
    assert not page.list.late.isVisibleTo(page.list)
    assert page.list.table.rowCount() == 0


def test_the_encrypted_backup_is_put_beside_the_packages(page: ExchangePage, line: Pair) -> None:
    line.stick.mkdir(exist_ok=True)
    page.begin("hand_in")
    page.hand_in.target.offer(line.stick)
    page.hand_in.target.with_backup.setChecked(True)
    write(page)
    newest = newest_backup(line.stick)
    assert newest.is_relative_to(line.stick)
    assert len(list(line.stick.glob("*.llz"))) == 1


def test_a_backup_that_finds_no_room_is_told_and_the_packages_are_there_all_the_same(
    page: ExchangePage, line: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(target: Path, needed: int) -> None:
        raise Unavailable("disk_full", path=str(target), missing=needed)

    monkeypatch.setattr("app.use_cases.backups._check_room", full)
    line.stick.mkdir(exist_ok=True)
    page.begin("hand_in")
    page.hand_in.target.offer(line.stick)
    page.hand_in.target.with_backup.setChecked(True)
    write(page)
    assert page.hand_in.done
    assert "可以安全取出" in page.hand_in.notice.words
    assert "备份没有放在旁边" in page.hand_in.notice.words
    assert page.hand_in.written.isVisibleTo(page.hand_in)
    assert [each.verdict for each in line.intake(line.stick.glob("*.llz"))] == ["accepted"]


def test_residents_data_in_a_suggestion_are_told_before_the_hand_in_and_stop_nothing(page: ExchangePage, line: Pair) -> None:
    new_id = line.station.clock.new_id
    save(line.station, Suggestion(id=new_id(), subject="关于路灯的建议", text="电话13800000000的住户反映路灯不亮。"))
    line.stick.mkdir(exist_ok=True)
    page.begin("hand_in")
    assert page.hand_in.exposed.words.startswith("“关于路灯的建议”：第 1 段")
    page.hand_in.target.offer(line.stick)
    write(page)
    assert len(list(line.stick.glob("*.llz"))) == 1
    assert page.hand_in.exposed.words == ""
