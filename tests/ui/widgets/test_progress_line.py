"""How far a job is, told where it was begun."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel, QProgressBar
from pytestqt.qtbot import QtBot

from app.progress import Progress
from ui.background import Job
from ui.widgets.progress_line import ProgressLine


def job(owner: QObject) -> Job[None]:
    return Job(owner, lambda _none: None, lambda _error: None, "报送", Progress(), writes=True)


def test_it_says_the_stage_and_how_far_it_is_also_of_a_large_file(qtbot: QtBot) -> None:
    line = ProgressLine({"copying": "Writing"})
    qtbot.addWidget(line)
    watched = job(line)
    line.watch(watched)
    (bar,), (words,) = line.findChildren(QProgressBar), line.findChildren(QLabel)
    assert (bar.maximum(), words.text()) == (0, "报送")
    watched.progress.begin("copying", 8 << 30)
    watched.progress.advance(6 << 30)
    line.tick()
    assert (words.text(), bar.value() / bar.maximum()) == ("正在写出", 0.75)
    line.end()
    assert line.isHidden()


def test_it_lets_a_person_out(qtbot: QtBot) -> None:
    line = ProgressLine({})
    qtbot.addWidget(line)
    watched = job(line)
    line.watch(watched)
    with qtbot.waitSignal(line.stopped, timeout=1000):
        line.cancel()
    assert watched.progress._cancelled.is_set()
