"""Sending over the network in the window: settings with what is wrong beside its field, a card where somebody said where to."""

from pathlib import Path

import pytest

from app.domain.life import PackageState
from app.progress import Progress
from app.province import enrolment
from app.queries.reconciliation import numbers
from app.use_cases.sending import SendingWay, send, sending_way, set_sending_way
from app.use_cases.trust import request_enrolment, take_trust
from app.workspace import Workspace
from tests.builders import an_issue, body, save
from tests.network_service import TOKEN, service
from tests.ui.pages.test_settings import page, press
from ui.page import Workbench
from ui.pages.exchange import send_card
from ui.pages.exchange.send_card import SendCard
from ui.pages.settings import SettingsPage

__all__ = ["page"]


def test_an_address_is_kept_and_a_wrong_one_told_beside_its_field(page: SettingsPage, bench: Workbench) -> None:
    page.begin("network")
    section = page.network
    section.address.editor.setText("body.example")
    press(section, "保存")
    assert "报送地址" in section.address.problem.text()
    assert sending_way(bench.workspace).url == ""
    section.address.editor.setText("https://body.example/liaison")
    section.proxy.editor.setText("proxy")
    press(section, "保存")
    assert section.address.problem.isHidden()
    assert "代理地址" in section.proxy.problem.text()
    section.proxy.editor.clear()
    press(section, "保存")
    assert sending_way(bench.workspace).url == "https://body.example/liaison"


def test_the_card_is_in_sight_where_somebody_said_where_to(bench: Workbench) -> None:
    card = SendCard(bench)
    card.refresh()
    assert card.isHidden()
    set_sending_way(bench.workspace, SendingWay(url="https://body.example"))
    card.refresh()
    assert not card.isHidden()
    assert card.where.text() == "https://body.example"


def test_one_press_sends_what_waits(bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = bench.workspace
    save(workspace, an_issue(workspace))
    with body(tmp_path / "body") as held, service(tmp_path / "service") as running:
        take_trust(workspace, enrolment.enrol(held, request_enrolment(workspace).content).bundle)
        set_sending_way(workspace, SendingWay(url=running.url, authority=running.authority))
        monkeypatch.setattr("ui.pages.exchange.send_card.token_of", lambda _workspace: TOKEN)
        card = SendCard(bench)
        card.refresh()
        touched: list[object] = []
        bench.background.changed.connect(touched.append)
        card.send.click()
        assert "1 个报送包已送达" in card.notice.words
        assert len(running.whole) == len(touched) == 1
        assert [each.state for each in numbers(workspace)] == [PackageState.COPIED]
        assert card.send.isEnabled()
        monkeypatch.setattr("ui.pages.exchange.send_card.token_of", lambda _workspace: "another")
        save(workspace, an_issue(workspace))
        card.send.click()
        assert "令牌" in card.notice.words


def test_a_sending_that_is_stopped_says_so_and_can_be_begun_again(
    bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = bench.workspace
    save(workspace, an_issue(workspace))
    with body(tmp_path / "body") as held, service(tmp_path / "service") as running:
        take_trust(workspace, enrolment.enrol(held, request_enrolment(workspace).content).bundle)
        set_sending_way(workspace, SendingWay(url=running.url, authority=running.authority))
        monkeypatch.setattr("ui.pages.exchange.send_card.token_of", lambda _workspace: TOKEN)
        card = SendCard(bench)
        with monkeypatch.context() as patch:

            def stopping(workspace: Workspace, token: str, progress: Progress) -> object:
                progress.cancel()
                return send(workspace, token, progress)

            patch.setattr(send_card, "send", stopping)
            card.send.click()
        assert card.notice.words.startswith("已停止")
        assert card.send.isEnabled()
        assert running.whole == {}
        card.send.click()
        assert len(running.whole) == 1
