"""The press sets what would be set here, tells how far it is, and is no loss where it is gone."""

import multiprocessing
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

import pytest

from app.domain.papers import SuggestionPaper
from app.errors import Refused
from app.progress import Progress
from app.use_cases import press as press_module
from app.use_cases.press import Press, set_here
from tests.app.printing.test_suggestion_paper import PAPER

AT: Final = datetime(2026, 1, 31, 9, 30, tzinfo=UTC)
LONG: Final = 60_000  # paragraphs: pages enough for several looks at how far it is, also on a fast machine


@pytest.fixture
def press() -> Iterator[Press]:
    """A press that is closed in the end."""
    press = Press()
    yield press
    press.close()


def suggestion(text: str = "东街路灯不亮。") -> SuggestionPaper:
    """What an invented suggestion of this text shows."""
    return replace(PAPER, text=text)


def number_of(press: Press) -> int:
    """Its process's number."""
    process = press._started()
    return process.pool.submit(os.getpid).result()


def test_a_paper_is_the_same_wherever_it_is_set(press: Press) -> None:
    progress, here = Progress(), Progress()
    press.warm_up()
    content = press(suggestion(), AT, substitute=False, progress=progress)
    assert content == set_here(suggestion(), AT, substitute=False, progress=here)
    assert (progress.step, progress.total) == (here.step, here.total)
    assert here.total > 0
    assert number_of(press) != os.getpid()


def test_a_character_that_no_font_has_is_refused_in_the_same_words(press: Press) -> None:
    with pytest.raises(Refused) as there:
        press(suggestion("\U0001f6f0"), AT, substitute=False, progress=Progress())
    with pytest.raises(Refused) as here:
        set_here(suggestion("\U0001f6f0"), AT, substitute=False, progress=Progress())
    assert (there.value.code, there.value.facts) == (here.value.code, here.value.facts)
    assert press(suggestion("\U0001f6f0"), AT, substitute=True, progress=Progress())


def test_a_long_paper_tells_how_far_it_is_and_can_be_given_up(press: Press) -> None:
    class Impatient(Progress):
        def advance(self, steps: int = 1) -> None:
            if self.total:
                self.cancel()
            super().advance(steps)

    progress = Impatient()
    with pytest.raises(Refused, match="cancelled"):
        press(suggestion("东街路灯不亮。\n" * LONG), AT, substitute=False, progress=progress)
    assert 0 <= progress.step < progress.total
    assert press(suggestion(), AT, substitute=False, progress=Progress())  # who comes next does not suffer for it


def test_where_it_was_killed_papers_are_set_here(press: Press) -> None:
    os.kill(number_of(press), signal.SIGKILL)
    assert press(suggestion(), AT, substitute=False, progress=Progress()).startswith(b"%PDF")
    assert press(suggestion(), AT, substitute=False, progress=Progress()).startswith(b"%PDF")


def test_where_it_cannot_start_papers_are_set_here(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise BlockingIOError("no more processes")

    monkeypatch.setattr(ProcessPoolExecutor, "submit", refuse)
    press.warm_up()
    assert press(suggestion(), AT, substitute=False, progress=Progress()).startswith(b"%PDF")


def test_nothing_of_it_is_left_once_it_is_closed(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    press.warm_up()
    number_of(press)
    press.close()
    for child in multiprocessing.active_children():
        child.join()
    monkeypatch.setattr(press_module, "set_here", lambda *_told, **_named: pytest.fail("set after all"))
    with pytest.raises(Refused, match="cancelled"):
        press(suggestion(), AT, substitute=False, progress=Progress())
