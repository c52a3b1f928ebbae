"""The way in deposited with the congress, in the settings: nothing before it is offered, nothing without an agreement."""

from pathlib import Path

import pytest

from app.keys.passphrase import Passphrase
from app.province import escrow as body_escrow
from app.province.escrow import KeptShare
from app.storage.named_values import put_value
from app.use_cases import key_ways
from app.use_cases.escrow import escrow_state
from app.use_cases.setup import LOST
from app.workspace import RECOVERY, Workspace
from tests.builders import body, enrol
from tests.ui.pages.test_settings import page, press, words_of
from ui.pages.settings import SettingsPage

__all__ = ["page"]


@pytest.fixture
def offered(workspace: Workspace, tmp_path: Path) -> None:
    """The body that the station is enrolled with takes deposits."""
    first, second = (KeptShare(path=tmp_path / name, passphrase=Passphrase(name)) for name in ("一", "二"))
    with body(tmp_path / "body") as held:
        body_escrow.offer(held, first, second)
        enrol(workspace, held)


def test_before_it_is_offered_nothing_is_said_of_it(page: SettingsPage) -> None:
    assert page.keys.escrow.isHidden()


def test_it_is_deposited_only_by_agreement_and_withdrawn_again(offered: None, page: SettingsPage, workspace: Workspace) -> None:
    card = page.keys.escrow
    page.begin("keys")
    assert "由您决定" in words_of(card)
    press(card, "托管…")
    press(card.question, "不同意")
    assert escrow_state(workspace).deposited == ""
    press(card, "托管…")
    press(card.question, "同意托管")
    assert escrow_state(workspace).current
    assert "两位保管人一起打开" in words_of(card)
    assert "2026-11-21" in words_of(card)
    press(card, "撤回…")
    press(card.question, "撤回")
    assert escrow_state(workspace).deposited == ""
    assert "由您决定" in words_of(card)


def test_where_a_passphrase_opens_it_is_asked_for(offered: None, page: SettingsPage, workspace: Workspace) -> None:
    key_ways.set_passphrase(workspace, "好记的一句话")
    page.begin("keys")
    card = page.keys.escrow
    card.passphrase.editor.setText("别的")
    card.deposit()
    assert "口令不对" in card.passphrase.problem.text()
    card.passphrase.editor.setText("好记的一句话")
    card.deposit()
    assert escrow_state(workspace).current


def test_who_was_let_in_by_the_congress_is_told_to_make_a_new_sheet(page: SettingsPage, workspace: Workspace) -> None:
    with workspace.writing() as books:
        put_value(books.connection, RECOVERY, LOST)
    page.begin("keys")
    assert "由人大打开" in page.keys.notice.words
