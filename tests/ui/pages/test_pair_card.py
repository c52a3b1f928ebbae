"""New keys for this computer, in the settings: nothing before it is listed, a file and digits, in use with the trust file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.packages.enrolment import read_request
from app.province import enrolment
from app.province.receiver import Receiver
from app.use_cases.trust import take_trust
from app.workspace import Workspace
from tests.builders import STATION_CODE, body, enrol
from tests.ui.pages.test_settings import page, press, words_of
from ui.page import Workbench
from ui.pages.settings import SettingsPage

__all__ = ["page"]


@pytest.fixture
def held(workspace: Workspace, tmp_path: Path) -> Iterator[Receiver]:
    """The body that the station is enrolled with."""
    with body(tmp_path / "body") as made:
        enrol(workspace, made)
        yield made


def test_before_it_is_enrolled_nothing_is_said_of_it(page: SettingsPage) -> None:
    page.begin("keys")
    assert page.keys.pair.isHidden()


def test_new_keys_are_asked_for_and_used_with_the_trust_file(
    held: Receiver, page: SettingsPage, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = workspace.identity()
    monkeypatch.setattr("ui.pages.settings.pair_card.asked_folder", lambda *_given: tmp_path)
    card = page.keys.pair
    page.begin("keys")
    press(card, "换新密钥…")
    (file,) = tmp_path.glob("enrol-*.json")
    assert card.digits
    assert str(file) in words_of(card)
    assert "等待" in card.notice.words
    once = read_request(file.read_bytes())
    press(card, "再写一次申请…")
    assert read_request(file.read_bytes()).seat == once.seat
    assert workspace.identity().signing == before.signing
    enrolment.enrol(held, file.read_bytes())
    take_trust(workspace, enrolment.slice_for(held, STATION_CODE))
    page.refresh()
    page.begin("keys")
    assert workspace.identity().signing.keyid == once.seat.keyid
    assert card.digits == ""
    assert card.notice.words == ""
    press(card, "换新密钥…")


def test_a_folder_that_is_gone_makes_no_keys(
    held: Receiver, page: SettingsPage, workspace: Workspace, bench: Workbench, tmp_path: Path
) -> None:
    page.begin("keys")
    page.keys.pair.write(tmp_path / "gone")
    assert workspace.identity().coming is None
    assert page.keys.pair.notice.words
    assert bench.settings.last_folder != str(tmp_path / "gone")
