"""What is typed is kept when a person pauses, and forgotten when it is saved."""

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.use_cases.drafts import drafts
from ui.forms.draft_keeper import PAUSE, DraftKeeper, HeldDraft
from ui.page import Workbench


@pytest.fixture
def form() -> dict[str, str]:
    return {"words": ""}


@pytest.fixture
def parent(qtbot: QtBot) -> QObject:
    return QObject()


@pytest.fixture
def keeper(bench: Workbench, form: dict[str, str], parent: QObject) -> DraftKeeper:
    return DraftKeeper(bench, "reception/1", "reception", lambda: form, parent)


def test_it_waits_for_two_seconds_without_a_key(keeper: DraftKeeper, bench: Workbench, form: dict[str, str]) -> None:
    form["words"] = "路灯"
    keeper.touch()
    assert (keeper.timer.interval(), PAUSE, keeper.pending()) == (2000, 2000, True)
    assert drafts(bench.workspace) == []
    keeper.timer.timeout.emit()
    assert [(each.key, each.body) for each in drafts(bench.workspace)] == [("reception/1", {"words": "路灯"})]
    assert not keeper.pending()


def test_what_is_kept_again_takes_the_place_of_what_was(keeper: DraftKeeper, bench: Workbench, form: dict[str, str]) -> None:
    for words in ("路", "路灯"):
        form["words"] = words
        keeper.keep_now()
    assert [each.body for each in drafts(bench.workspace)] == [{"words": "路灯"}]


def test_what_is_saved_is_no_draft_any_more(keeper: DraftKeeper, bench: Workbench) -> None:
    keeper.keep_now()
    keeper.touch()
    keeper.discard()
    assert (drafts(bench.workspace), keeper.pending()) == ([], False)


def test_a_form_that_holds_something_else_is_not_kept_under_the_old_key(keeper: DraftKeeper, bench: Workbench) -> None:
    told: list[bool] = []
    keeper.kept.connect(lambda: told.append(True))
    keeper.touch()
    keeper.retire()
    assert (keeper.timer.isActive(), drafts(bench.workspace)) == (False, [])
    keeper.kept.emit()
    assert told == []


def test_it_goes_with_its_form(keeper: DraftKeeper, parent: QObject) -> None:
    keeper.touch()
    shiboken6.delete(parent)
    assert not shiboken6.isValid(keeper)


def test_a_form_that_holds_nothing_has_no_draft_to_keep(bench: Workbench) -> None:
    held = HeldDraft()
    assert not held.touch()
    held.keep_now()
    held.discard()
    held.let_go()
    assert (held.pending, drafts(bench.workspace)) == (False, [])


def test_what_a_form_holds_next_takes_the_place_of_what_it_held(bench: Workbench, keeper: DraftKeeper, parent: QObject) -> None:
    held = HeldDraft()
    held.hold(keeper)
    assert held.touch()
    held.keep()
    held.hold(DraftKeeper(bench, "another", "issue", lambda: {"words": "b"}, parent))
    assert not held.pending
    held.keep()
    assert len(drafts(bench.workspace)) == 1
    held.keep_now()
    assert len(drafts(bench.workspace)) == 2
    held.touch()
    held.pause()
    assert not held.pending
