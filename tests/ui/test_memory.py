"""What Qt must let go on its own thread is found there, whoever allocates."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ui.memory import Tidying, tidy


class Form(QObject):
    """Something that knows itself, as forms and their keepers know each other; it tells where it was let go."""

    def __init__(self, gone: list[int]) -> None:
        super().__init__()
        self.itself = self
        self._gone = gone

    def __del__(self) -> None:
        self._gone.append(threading.get_ident())


@pytest.fixture
def gone() -> list[int]:
    """The threads on which forms were let go."""
    return []


@pytest.fixture
def tidying(qtbot: QtBot) -> Iterator[Tidying]:
    parent = QObject()
    yield Tidying(parent)
    gc.unfreeze()


def allocated(times: int = 1) -> list[list[int]]:
    """More than Python lets pass before it looks for garbage, so many times."""
    return [[each] for each in range(times * (gc.get_threshold()[0] + 1))]


def test_a_thread_that_allocates_lets_nothing_of_the_window_go(qtbot: QtBot, tidying: Tidying, gone: list[int]) -> None:
    Form(gone)
    kept: list[object] = []
    reader = threading.Thread(target=lambda: kept.append(allocated(times=100)))
    reader.start()
    reader.join()
    assert gone == []
    tidying.timer.timeout.emit()
    assert gone == [threading.get_ident()]


def test_nothing_is_looked_through_that_is_not_due(tidying: Tidying, gone: list[int]) -> None:
    gc.collect()
    Form(gone)
    tidy()
    assert gone == []


def test_the_oldest_generation_has_its_turn(tidying: Tidying) -> None:
    looked: list[int] = []
    watch = lambda phase, told: looked.append(told["generation"]) if phase == "start" else None  # noqa: E731  # taken out again below
    gc.callbacks.append(watch)
    _, middle, oldest = gc.get_threshold()
    kept = []
    for _round in range((middle + 2) * (oldest + 2)):
        kept.append(allocated())
        tidy()
    gc.callbacks.remove(watch)
    assert set(looked) == {0, 1, 2}
    assert looked.count(0) > looked.count(1) > looked.count(2)
