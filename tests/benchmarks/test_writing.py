"""Writing at 10,000 characters: a key, the paper beside the text, two versions compared, one of 10,000 suggestions opened."""

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from app.clock import Clock
from app.domain.compared import compared
from app.domain.life import SuggestionState
from app.domain.suggestion import Suggestion
from app.domain.values import Id
from app.keys.passphrase import Passphrase
from app.keys.ways import PassphraseWay
from app.use_cases import setup
from app.use_cases.papers import previewed_suggestion
from app.use_cases.press import Press
from app.use_cases.suggestion_desk import begun, on_desk
from app.workspace import Workspace, opened
from tests.benchmarks.conftest import WORDS
from tests.benchmarks.figures import Figure, taken, taken_in_turn, tell

if TYPE_CHECKING:
    from ui.pages.suggestions.desk import Desk
    from ui.widgets.paper_view import PaperView

LENGTH = 10_000
SUGGESTIONS = 10_000
KEY, PAPER, COMPARED, OPENED = 0.016, 0.3, 0.2, 0.1  # seconds at most
KEYS, PAPERS = 150, 15
PACE = 180  # milliseconds between two keys of somebody who types well


def a_text(seed: int = 1, length: int = LENGTH) -> str:
    """So many invented characters in paragraphs of some sentences."""
    chance = Random(seed)
    clause = "本村公路年久失修雨天积水严重群众出行不便希望有关部门尽快安排资金予以整治并说明理由"
    text = "一、情况\n"
    while len(text) < length:
        text += "".join(chance.choices(clause, k=chance.randint(8, 30))) + chance.choice(["，", "。", "；", "。\n"])
    return text[:length]


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A station with 10,000 suggestions of 1,000 characters."""
    home = tmp_path_factory.mktemp("writing") / "station"
    way = PassphraseWay(passphrase=Passphrase(WORDS))
    setup.set_up(home, way, code="430181001-001", name="示例联络站", operator="联络员", clock=Clock())
    with opened(home, way, write=True) as workspace:
        for start in range(0, SUGGESTIONS, 500):
            with workspace.writing() as books:
                books.records.save_all([a_suggestion(workspace, number) for number in range(start, start + 500)])
        yield workspace


def a_suggestion(workspace: Workspace, number: int) -> Suggestion:
    """An invented draft."""
    text, state = a_text(number, 1000), SuggestionState.DRAFT
    return Suggestion(id=workspace.clock.new_id(), subject=f"关于第{number}号路的建议", text=text, state=state)


@pytest.fixture(scope="module")
def desk(station: Workspace) -> Iterator["Desk"]:
    """The desk with a text of 10,000 characters, threads and press as in the program."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from app.settings import Settings
    from ui.application import make_application
    from ui.background import Background
    from ui.feedback import Feedback
    from ui.page import Workbench
    from ui.pages.suggestions import SuggestionsPage
    from ui.theme import Theme

    application, press, switch = make_application(), Press(), sys.getswitchinterval()
    theme = Theme(application)
    theme.apply(size=100, dark=False)
    press.warm_up()
    background = Background(parent=application)
    page = SuggestionsPage(Workbench(station, background, theme, Feedback(), Settings(), lambda *_: None, press))
    page.resize(1366, 768)
    page.show()
    page.begin("draft")
    sys.setswitchinterval(0.0001)  # as the program does once its first page is there
    _until(lambda: page.at_desk() and page.desk.preview.paper.pages() > 0)
    page.desk.form.title.setText("关于公路的建议")
    page.desk.form.text.show_text(a_text())
    page.desk.form.text.go_to(LENGTH // 2)
    _until(lambda: page.desk.preview.paper.pages() > 5)
    _pass(1500)  # hints and draft of the text that was put there
    yield page.desk
    sys.setswitchinterval(switch)
    page.close()
    background.finish(lambda: None)
    press.close()


def test_a_key(desk: "Desk") -> None:
    """Typed at a person's pace, so that paper, hints and draft of the keys before come in between, as they do."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

    ours, theirs = desk.form.text, QPlainTextEdit()
    theirs.resize(460, 400)
    theirs.show()
    theirs.setPlainText(a_text())
    on_processor: list[float] = []

    def typed(at: QWidget) -> float:
        """Seconds until the key is handled and what it changed is drawn."""
        begun, processor = time.perf_counter(), time.thread_time()
        QTest.keyClicks(at, "a")
        QApplication.sendPostedEvents()
        at.repaint()
        on_processor.append(time.thread_time() - processor)
        return time.perf_counter() - begun

    mine: list[float] = []
    for _number in range(KEYS):
        mine.append(typed(ours))
        _pass(PACE)
    processor = sorted(on_processor)
    bare = [typed(theirs) for _number in range(KEYS)]
    figure = Figure(f"a key in {LENGTH:,} characters, handled and drawn", tuple(mine))
    other = Figure("  a bare text field", tuple(bare))
    worst = statistics.quantiles(mine, n=100)[98]
    tell(
        figure.told(),
        f"  99 of 100 within {worst * 1000:.1f} ms; processor {statistics.median(processor) * 1000:.2f} ms, "
        f"99 of 100 within {statistics.quantiles(processor, n=100)[98] * 1000:.1f} ms",
        f"{other.told()}; ratio {figure.median / other.median:.2f}",
    )
    assert figure.median < KEY
    assert statistics.quantiles(processor, n=100)[98] < KEY


def test_a_key_until_the_paper_is_painted(desk: "Desk") -> None:
    """From the key, over the pause, to the pages painted anew."""
    from PySide6.QtTest import QTest

    painted = Painted(desk.preview.paper)

    def act() -> float:
        painted.begin()
        begun = time.perf_counter()
        QTest.keyClicks(desk.form.text, "a")
        _until(lambda: painted.whole)
        return time.perf_counter() - begun

    act()
    runs = []
    for _number in range(PAPERS):
        runs.append(act())
        _pass(PACE)
    figure = Figure("a key until the paper of 10,000 characters is painted, with its pause", tuple(runs))
    tell(figure.told())
    assert painted.inked()
    assert figure.median < PAPER


class Painted:
    """Notices that a newer document is on the screen: loaded, its pages drawn by the reader's own thread, and painted then."""

    def __init__(self, paper: "PaperView") -> None:
        from PySide6.QtCore import QEvent, QObject
        from PySide6.QtPdf import QPdfDocument

        class Watch(QObject):
            def eventFilter(watch, watched: QObject, event: QEvent) -> bool:  # noqa: N802, N805  # Qt's own name
                if event.type() == QEvent.Type.Paint and self.loaded:
                    self.paints += 1
                return False

        self.loaded, self.paints = False, 0
        self._watch = Watch()
        self._viewport = paper._view.viewport()
        self._viewport.installEventFilter(self._watch)
        paper.document.statusChanged.connect(lambda status: self._heard(status == QPdfDocument.Status.Ready))

    def begin(self) -> None:
        """What was painted so far does not count."""
        self.loaded, self.paints = False, 0

    @property
    def whole(self) -> bool:
        """Painted empty, which asks for the pages, and once more with them."""
        return self.loaded and self.paints >= 2

    def inked(self) -> bool:
        """Whether there are letters on the screen, and no empty sheets alone."""
        image = self._viewport.grab().toImage()
        across, down = range(0, image.width(), 2), range(0, image.height(), 2)
        return sum(image.pixelColor(x, y).lightness() < 100 for x in across for y in down) > 100

    def _heard(self, ready: bool) -> None:
        self.loaded, self.paints = ready, 0


def _until(done: Callable[[], bool]) -> None:
    """Let the window work until this holds; at most ten seconds."""
    from PySide6.QtWidgets import QApplication

    late = time.perf_counter() + 10
    while not done():
        assert time.perf_counter() < late
        QApplication.processEvents()
        time.sleep(0.0005)


def _pass(milliseconds: int) -> None:
    from PySide6.QtTest import QTest

    QTest.qWait(milliseconds)


def test_the_paper(station: Workspace) -> None:
    from dataclasses import replace

    desk = begun(station)
    sheet = replace(desk.sheet, suggestion=replace(desk.sheet.suggestion, subject="关于公路的建议", text=a_text()))
    press = Press()
    press.warm_up()
    figure = taken("the paper of 10,000 characters, in a process of its own", lambda: previewed_suggestion(station, sheet, press))
    press.close()
    tell(figure.told())
    assert figure.median < PAPER


def test_two_versions() -> None:
    old, chance = a_text(), Random(2)
    new = list(old)
    for _ in range(60):
        new[chance.randrange(len(new))] = chance.choice(["改", "", "新增的几个字"])
    other = "".join(new)
    ours, theirs = taken_in_turn(
        (f"two versions of {LENGTH:,} characters compared", lambda: compared(old, other)),
        ("  difflib over all characters", lambda: SequenceMatcher(None, old, other, autojunk=False).get_opcodes()),
        runs=3,
    )
    strange = taken("  two texts that have nothing in common", lambda: compared(old, a_text(3)))
    tell(ours.told(), f"{theirs.told()}; ratio {ours.median / theirs.median:.4f}", strange.told())
    assert max(ours.median, strange.median) < COMPARED


def test_one_of_ten_thousand(station: Workspace, tmp_path: Path) -> None:
    ids = _some(station)
    lying = [tmp_path / f"{number}.txt" for number in range(len(ids))]
    for number, path in enumerate(lying):
        path.write_text(a_text(number, 1000), encoding="utf-8")
    ours, theirs = taken_in_turn(
        (f"{len(ids)} of {SUGGESTIONS:,} suggestions laid on the desk", lambda: [on_desk(station, id) for id in ids]),
        ("  the same texts read from plain files", lambda: [path.read_text(encoding="utf-8") for path in lying]),
    )
    tell(ours.told(), f"{theirs.told()}; one suggestion {ours.median / len(ids) * 1000:.1f} ms")
    assert ours.median / len(ids) < OPENED


def _some(station: Workspace) -> list[Id]:
    from app.queries.suggestion_list import SuggestionGroup, suggestion_list

    rows = suggestion_list(station, SuggestionGroup.ALL, offset=SUGGESTIONS // 2, limit=20).rows
    return [row.id for row in rows]
