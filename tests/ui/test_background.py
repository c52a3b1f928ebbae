"""Work off the GUI thread: who is told what, on which thread, and what is dropped."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.changes import Changes
from app.errors import AppError, Refused
from app.progress import Progress
from ui.background import Background, InlineExecutor


class Saved:
    """What a use case returns."""

    changes = Changes.ISSUES


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    made = Background(ThreadPoolExecutor(1), ThreadPoolExecutor(2))
    yield made
    made.finish(lambda: None)


@pytest.fixture
def inline(qtbot: QtBot) -> Background:
    return Background(InlineExecutor(), InlineExecutor())


def unexpected(error: AppError) -> None:
    pytest.fail(str(error))


def unexpected_answer(answer: object) -> None:
    pytest.fail(str(answer))


def test_an_answer_is_told_on_the_thread_of_the_window(qtbot: QtBot, background: Background) -> None:
    worked: list[int] = []
    told: list[int] = []
    owner = QObject()

    def question() -> int:
        worked.append(threading.get_ident())
        return 7

    def answer(found: int) -> None:
        told.append(threading.get_ident())
        assert found == 7

    background.ask(owner, question, answer, unexpected)
    qtbot.waitUntil(lambda: bool(told))
    assert told == [threading.get_ident()]
    assert worked != told


def test_writes_come_one_after_the_other_and_each_is_broadcast(qtbot: QtBot, background: Background) -> None:
    owner = QObject()
    order: list[int] = []
    heard: list[Changes] = []
    background.changed.connect(heard.append)

    def deed(number: int) -> Callable[[Progress], Saved]:
        def act(_progress: Progress) -> Saved:
            order.append(number)
            return Saved()

        return act

    for number in range(20):
        background.do(owner, deed(number), lambda _saved: None, unexpected)
    qtbot.waitUntil(lambda: len(heard) == 20)
    assert order == list(range(20))
    assert set(heard) == {Changes.ISSUES}


def test_a_newer_question_overtakes_an_older_one_of_the_same_topic(qtbot: QtBot, background: Background) -> None:
    owner, gate = QObject(), threading.Event()
    told: list[object] = []

    def slow() -> str:
        gate.wait()
        return "old"

    background.ask(owner, slow, told.append, unexpected, topic="list")
    background.ask(owner, lambda: "new", told.append, unexpected, topic="list")
    background.ask(owner, lambda: "other", told.append, unexpected, topic="card")
    gate.set()
    qtbot.waitUntil(lambda: len(told) == 2)
    assert set(told) == {"new", "other"}


def test_an_answer_for_somebody_who_is_gone_is_dropped(qtbot: QtBot, background: Background) -> None:
    owner, gate = QObject(), threading.Event()
    told: list[object] = []
    background.ask(owner, lambda: gate.wait(), told.append, unexpected, topic="gone")
    shiboken6.delete(owner)
    gate.set()
    other = QObject()
    background.ask(other, lambda: "here", told.append, unexpected)
    background.do(other, lambda _progress: "last", told.append, unexpected)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert True not in told


def test_an_error_reaches_who_asked_and_a_fault_of_the_program_becomes_a_sentence(inline: Background) -> None:
    owner = QObject()
    failed: list[AppError] = []

    def refuse() -> int:
        raise Refused("no_trust")

    def break_down() -> int:
        raise ZeroDivisionError

    heard: list[object] = []
    inline.changed.connect(heard.append)
    inline.ask(owner, refuse, lambda _found: pytest.fail("told"), failed.append)
    inline.do(owner, lambda _progress: break_down(), lambda _found: pytest.fail("told"), failed.append)
    assert [(each.code, each.facts) for each in failed] == [("no_trust", {}), ("program_fault", {"error": "ZeroDivisionError"})]
    assert heard == []


def test_a_write_is_watched_from_its_begin_to_its_end_and_can_be_cancelled(inline: Background) -> None:
    owner = QObject()
    failed: list[AppError] = []
    seen: list[tuple[str, str]] = []
    inline.begun.connect(lambda job: seen.append(("begun", job.title)))
    inline.begun.connect(lambda job: job.cancel())
    inline.ended.connect(lambda job: seen.append(("ended", job.title)))
    inline.do(owner, lambda progress: progress.advance(), lambda _none: pytest.fail("told"), failed.append, title="导入")
    assert seen == [("begun", "导入"), ("ended", "导入")]
    assert [each.code for each in failed] == ["cancelled"]


def test_the_end_waits_for_what_was_begun(qtbot: QtBot) -> None:
    background = Background(ThreadPoolExecutor(1), ThreadPoolExecutor(1))
    done: list[str] = []
    background.do(QObject(), lambda _progress: done.append("deed"), lambda _none: None, unexpected)
    background.finish(lambda: done.append("closed"))
    assert done == ["deed", "closed"]


def test_after_the_end_nothing_is_taken_and_nobody_is_hurt(qtbot: QtBot) -> None:
    background = Background(ThreadPoolExecutor(1), ThreadPoolExecutor(1))
    background.finish(lambda: None)
    job = background.ask(QObject(), lambda: pytest.fail("asked"), lambda _answer: None, unexpected)
    assert job.dropped


def test_the_end_does_not_wait_for_a_question_that_lasts(qtbot: QtBot) -> None:
    """A window that is closed while it sends does not stay until everything is sent."""
    background, progress = Background(ThreadPoolExecutor(1), ThreadPoolExecutor(1)), Progress()
    begun = threading.Event()

    def lasting() -> None:
        begun.set()
        while True:
            progress.advance(0)

    background.ask(QObject(), lasting, lambda _none: None, lambda _error: None, progress=progress)
    assert begun.wait(30)
    background.finish(lambda: None)


def test_one_that_is_told_even_stopped_says_so_and_one_that_was_overtaken_says_nothing(qtbot: QtBot) -> None:
    waiting: list[Callable[[], object]] = []

    class Later(InlineExecutor):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
            future: Future[Any] = Future()
            waiting.append(lambda: future.set_result(fn(*args, **kwargs)))
            return future

    background, owner = Background(InlineExecutor(), Later()), QObject()
    failed: list[AppError] = []
    overtaken, stopped = Progress(), Progress()
    background.ask(owner, overtaken.advance, unexpected_answer, unexpected, progress=overtaken, even_stopped=True)
    job = background.ask(owner, stopped.advance, unexpected_answer, failed.append, progress=stopped, even_stopped=True)
    job.cancel()
    for work in waiting:
        work()
    assert [each.code for each in failed] == ["cancelled"]
