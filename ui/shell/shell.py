"""Everything around the pages of an open station, and the way from one to another."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.changes import Changes
from app.domain.paper_code import ScannedPaper
from app.domain.values import Id
from app.errors import AppError
from app.messages.paper_codes import scanned_told
from app.queries import standing
from app.queries.search import Hit
from app.queries.standing import Standing
from app.settings import Settings
from app.use_cases.press import SetsPapers, set_here
from app.workspace import Workspace
from ui.background import Background, Job
from ui.feedback import Feedback, Tone
from ui.page import Page, Workbench
from ui.places import Place, place_of
from ui.shell.identity_watch import IdentityWatch
from ui.shell.pages import PAGES
from ui.shell.rail import Rail
from ui.shell.search_field import SearchField
from ui.shell.state_line import StateLine
from ui.shell.state_words import parts_of, waiting
from ui.shell.top_bar import TopBar
from ui.shell.undo_key import UndoKey
from ui.theme import SPACE, Theme
from ui.undoing import undo_change
from ui.watched_pictures import WatchedPictures

_NARROW: Final = 1120  # below it the rail shrinks to pictures
_NOTICED: Final = 500  # milliseconds after which waiting is shown, never before
_TICK: Final = 200
_IDLE: Final = 100  # milliseconds between two parts that are made while nobody waits for them


class Shell(QWidget):
    """The places of an open station. Of a change every page hears: the one in sight asks again, others when one goes there."""

    prepared = Signal()
    """Every place and all of its parts are there."""
    lock_wanted = Signal()
    """The keyboard is to be somebody else's, or nobody's."""

    def __init__(
        self, workspace: Workspace, background: Background, theme: Theme, settings: Settings, press: SetsPapers = set_here
    ) -> None:
        super().__init__()
        self.setProperty("role", "ground")
        self.setAcceptDrops(True)
        self._background = background
        self.feedback: Final = Feedback()
        self.bench: Final = Workbench(workspace, background, theme, self.feedback, settings, self.go, press)
        self.bench.lock = self.lock_wanted.emit
        self.bench.pictures = WatchedPictures(lambda: self.bench.workspace, background, self.feedback, self)
        self._pages: Final[dict[Place, Page]] = {}
        self._stale: set[Place] = set()
        self._place = Place.TODAY
        self._before = Place.TODAY  # where one was before the search
        self._from_search = False
        self._rail = Rail(theme)
        self._search = SearchField(lambda: self.bench.workspace, background)
        self._top = TopBar(self._search)
        self._stack = QStackedWidget()
        self._state = StateLine()
        self._noticed = QTimer(self, singleShot=True, interval=_NOTICED)
        self._tick = QTimer(self, interval=_TICK)
        self._jobs: list[Job[object]] = []
        self._coming = self._parts()
        self._complete = False
        self._somewhere = False
        self._idle = QTimer(self, interval=_IDLE)
        self._arrange()
        self._connect()

    def page(self, place: Place) -> Page:
        """The page of a place, made when it is asked for first."""
        if place not in self._pages:
            page = PAGES[place](self.bench)
            self._pages[place] = page
            self._stack.addWidget(page)
            self._stale.add(place)
            page.furniture_changed.connect(self._furnish)
        return self._pages[place]

    def begin(self) -> None:
        """Show the day, unless somebody was quicker and has gone elsewhere."""
        if not self._somewhere:
            self.go(Place.TODAY)

    def go(self, place: Place, id: Id = "", deed: str = "") -> None:
        """Go to a place; to one of its records; or to the beginning of a deed there."""
        page = self.page(place)
        self._somewhere = True
        self._from_search = self._place is Place.SEARCH and bool(id)
        if place is Place.SEARCH and self._place is not place:
            self._before = self._place
        self._place = place
        self._rail.choose(place)
        self._stack.setCurrentWidget(page)
        self._furnish()
        if place in self._stale:
            self._stale.discard(place)
            page.refresh()
        if id:
            page.open_record(id)
        if deed:
            page.begin(deed)
        if not id and not deed:
            page.setFocus()

    def bring(self, paths: Sequence[Path]) -> None:
        """Show what files are that were dropped on the window or double-clicked; nothing is taken in by that."""
        self.go(Place.EXCHANGE)
        self._pages[Place.EXCHANGE].bring(paths)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  # Qt's own name
        if any(each.isLocalFile() for each in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  # Qt's own name
        self.bring([Path(each.toLocalFile()) for each in event.mimeData().urls() if each.isLocalFile()])

    def prepare(self) -> None:
        """Make the places and their parts one after the other, so that going there for the first time takes no longer."""
        self._idle.start()

    def is_prepared(self) -> bool:
        """Whether every place and all of its parts are there."""
        return self._complete

    def _prepare_next(self) -> None:
        if next(self._coming, None) is None:
            self._idle.stop()
            self._complete = True
            self.prepared.emit()

    def _parts(self) -> Iterator[QWidget]:
        for place in Place:
            page = self.page(place)
            yield page
            yield from page.prepare()

    def keep(self) -> None:
        """Keep what is typed everywhere: the window is about to close."""
        for page in self._pages.values():
            page.keep()

    def receiving(self) -> bool:
        """Whether people are being received at one of the places."""
        return any(page.receiving() for page in self._pages.values())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's own name
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._rail.narrow(narrow=self.width() < self.bench.theme.px(_NARROW))

    def _arrange(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(SPACE.huge, SPACE.middle, SPACE.huge, SPACE.middle)
        column.setSpacing(SPACE.middle)
        column.addWidget(self._top)
        column.addWidget(self.feedback)
        column.addWidget(self._stack, 1)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(column, 1)
        right.addWidget(self._state)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._rail)
        whole.addLayout(right, 1)

    def _connect(self) -> None:
        self._rail.wanted.connect(self.go)
        self._rail.lock_wanted.connect(self.lock_wanted)
        self._state.wanted.connect(lambda place, deed: self.go(place, deed=deed))
        self._search.picked.connect(self._open)
        self._search.all_wanted.connect(self._show_results)
        self._search.scanned.connect(self._show_scanned)
        self._background.changed.connect(self._take)
        self._background.begun.connect(self._begun)
        self._background.ended.connect(self._ended)
        self._noticed.timeout.connect(self._notice)
        self._tick.timeout.connect(self._state.tick)
        self._idle.timeout.connect(self._prepare_next)
        self.bench.theme.changed.connect(self._fit)
        back = QShortcut(QKeySequence("Esc"), self)
        back.activated.connect(self._go_back)
        UndoKey(self).pressed.connect(self._undo)
        IdentityWatch(self.feedback, self)

    def _undo(self) -> None:
        page = self._pages[self._place]
        if id := page.undoable():
            undo_change(self.bench, page, id, then=page.undone)

    def _furnish(self) -> None:
        page = self._pages[self._place]
        self._top.furnish(page.heading(), page.actions_offered())

    def _open(self, hit: Hit) -> None:
        if place := place_of(hit.kind):
            self.go(place, hit.id)

    def _show_scanned(self, paper: ScannedPaper) -> None:
        """Open what a paper is of, and say whether it still says what stands there."""
        if place := place_of(paper.kind):
            self.go(place, paper.record)
        still = paper.here and paper.changed is None
        self.feedback.say(scanned_told(paper), Tone.OK if still else Tone.WARNING)

    def _show_results(self, typed: str) -> None:
        before = self._before if self._place is Place.SEARCH or self._from_search else self._place
        self.go(Place.SEARCH, deed=typed)
        self._before = before

    def _go_back(self) -> None:
        """Esc: one step within the page; from a record that a search led to, and out of the search, to where one was."""
        from_search = self._from_search
        stepped = self._pages[self._place].go_back()
        if from_search:
            before = self._before
            self.go(Place.SEARCH)
            self._before = before
        elif self._place is Place.SEARCH and not stepped:
            self.go(self._before)

    # --- what changes, and what lasts

    def ask_state(self) -> None:
        """Ask what stands in the state line and beside the places."""
        workspace = self.bench.workspace
        self._background.ask(self, lambda: standing.standing(workspace), self._show_state, self._fail, topic="state")

    def _show_state(self, found: Standing) -> None:
        self._rail.name(found.station, found.operator)
        self._rail.wait(waiting(found))
        self._state.show_parts(parts_of(found))

    def _fail(self, error: AppError) -> None:
        self.feedback.fail(error)

    def _take(self, changes: Changes) -> None:
        self._stale |= {place for place, page in self._pages.items() if page.concerns & changes}
        if self._place in self._stale:
            self._stale.discard(self._place)
            self._pages[self._place].refresh()
        self.ask_state()

    def _begun(self, job: Job[object]) -> None:
        self._jobs.append(job)
        self._state.saving(under_way=True)
        self._noticed.start()

    def _ended(self, job: Job[object]) -> None:
        self._jobs.remove(job)
        self._notice()

    def _notice(self) -> None:
        """Show the first job that has a name and still lasts."""
        if not self._jobs:
            self._noticed.stop()
            self._state.saving(under_way=False)
        lasting = next((job for job in self._jobs if job.title), None) if not self._noticed.isActive() else None
        self._state.watch(lasting)
        if lasting:
            self._tick.start()
        else:
            self._tick.stop()
