"""From the press of a button to the first page of a preview: the log of `test_papers` as records, 1,000 visits and one month."""

import os
import sys
import time
from collections.abc import Iterator
from datetime import date
from datetime import time as clock_time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.clock import Clock
from app.domain.encounter import Encounter
from app.domain.issue import Issue
from app.domain.papers import ALWAYS, PaperName, Span
from app.domain.people import Deputy
from app.domain.records import Record
from app.domain.visit import Visit, VisitKind
from app.keys.passphrase import Passphrase
from app.keys.ways import PassphraseWay
from app.use_cases import setup
from app.use_cases.papers import Asked
from app.use_cases.press import Press
from app.workspace import Workspace, opened
from tests.benchmarks.conftest import WORDS
from tests.benchmarks.figures import RUNS, Figure, tell
from tests.benchmarks.invented_log import visits

if TYPE_CHECKING:
    from ui.page import Workbench

VISITS = 1000
FIRST_PAGE = 0.3  # seconds at most
_PATIENCE = 30.0


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Workbench"]:
    """A station of 1,000 visits with threads and press as in the program."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from app.settings import Settings
    from ui.application import make_application
    from ui.background import Background
    from ui.feedback import Feedback
    from ui.page import Workbench
    from ui.theme import Theme

    home: Path = tmp_path_factory.mktemp("preview") / "station"
    way = PassphraseWay(passphrase=Passphrase(WORDS))
    setup.set_up(home, way, code="430181001-001", name="示例联络站", operator="联络员", clock=Clock())
    application, press, switch = make_application(), Press(), sys.getswitchinterval()
    theme = Theme(application)
    theme.apply(size=100, dark=False)
    press.warm_up()
    sys.setswitchinterval(0.0001)  # as the program does once its first page is there
    with opened(home, way, write=True) as workspace:
        with workspace.writing() as books:
            books.records.save_all(list(records(workspace)))
        background = Background(parent=application)
        yield Workbench(workspace, background, theme, Feedback(), Settings(), lambda *_: None, press)
        background.finish(lambda: None)
    sys.setswitchinterval(switch)
    press.close()


def records(workspace: Workspace) -> Iterator[Record]:
    """The invented log as a station would have entered it: visits with their deputies, whom they met and what these raised."""
    new_id, known = workspace.clock.new_id, dict[str, Deputy]()
    for line in visits(VISITS, 1):
        for name in line.deputies:
            if name not in known:
                known[name] = Deputy(id=new_id(), name=name)
                yield known[name]
        visit = Visit(
            id=new_id(),
            visit_kind=VisitKind.RECEPTION,
            on=date.fromisoformat(line.day),
            starts=clock_time(9),
            ends=clock_time(11, 30),
            place=line.place,
            course=line.account,
            deputies=tuple(known[name].id for name in line.deputies),
        )
        met = Encounter(id=new_id(), visit=visit.id, people=int(line.people))
        yield visit
        yield met
        yield Issue(id=new_id(), visit=visit.id, encounter=met.id, subject=line.matters[0], received_on=visit.on)


def first_page(bench: "Workbench", asked: Asked) -> float:
    """Seconds until the preview has its pages and has drawn itself."""
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    from ui.dialogs.paper_dialog import PaperDialog

    begun = time.perf_counter()
    dialog = PaperDialog(bench, asked)
    dialog.show()
    alarm = QTimer(dialog, interval=1000)  # wakes the loop where nothing comes, so that patience can end
    alarm.start()
    while not dialog.view.pages():
        # As the program's own loop: one that never waits would take the query's thread its time away.
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        assert time.perf_counter() - begun < _PATIENCE
    dialog.view.grab()
    took = time.perf_counter() - begun
    dialog.close()
    QApplication.processEvents()
    return took


def test_the_first_page_of_a_preview(bench: "Workbench") -> None:
    month = Span(first=date(2026, 5, 1), last=date(2026, 5, 31))
    asked = {
        "log of a month": Asked(name=PaperName.VISIT_LOG, span=month),
        f"log of {VISITS} visits": Asked(name=PaperName.VISIT_LOG, span=ALWAYS),
    }
    first_page(bench, asked["log of a month"])  # fonts and the viewer are loaded once
    figures = [Figure(name, tuple(first_page(bench, each) for _run in range(RUNS))) for name, each in asked.items()]
    for figure in figures:
        tell(figure.told())
    assert max(figure.median for figure in figures) < FIRST_PAGE
