"""The running program: Qt made ready for Chinese on any desktop, one window, one opening, one orderly end."""

import hashlib
import json
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QLibraryInfo, QLocale, Qt, QTimer, QTranslator
from PySide6.QtGui import QCloseEvent
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication, QMainWindow

from app.errors import AppError
from app.i18n import CHINESE, _, speak, spoken
from app.messages import explain, said
from app.progress import Progress
from app.queries.signing_in import Lock, lock
from app.queries.today import Today
from app.settings import read_settings, write_settings
from app.use_cases.opening import Opening, OpenStation
from app.use_cases.press import Press
from app.workspace import Workspace
from ui.background import Background, Job
from ui.feedback import Tone
from ui.locking import Locking
from ui.memory import Tidying
from ui.pages.today import TodayPage
from ui.places import Place
from ui.shell.pages import load_pages
from ui.shell.shell import Shell
from ui.theme import Theme, load_fonts

if TYPE_CHECKING:
    from app.use_cases.backups import BackupsMade
    from app.use_cases.upkeep import Checked
    from ui.opening.entrance_page import EntrancePage

_SMALLEST: Final = 1000, 640
_USUAL: Final = 1366, 768
_SEEN: Final = 100  # milliseconds in which the first page is painted
_UNHURRIED: Final = 1500  # milliseconds: what nobody waits for comes after what everybody waits for
_PATIENCE: Final = 500  # milliseconds for the other window to answer
_LONGEST: Final = 1 << 20  # bytes that another start may say
_SWITCH: Final = 0.0001
"""Seconds for which a thread that computes may keep the window waiting: it asks to go on many times for one picture.

A page looked up beside it held it up by far more at Python's own 5 ms. Not from the beginning: the start has nobody to wait for.
"""


def make_application() -> QApplication:
    """Qt, with Chinese input, dates and buttons; once a process."""
    if os.environ.get("QT_IM_MODULE") == "fcitx":
        os.environ["QT_IM_MODULE"] = "ibus"  # no fcitx plug-in is bundled, and fcitx 5 answers as ibus too
    application = QApplication(sys.argv[:1])
    application.setApplicationName("liaison-station")
    application.setApplicationDisplayName(_("Liaison Workbench"))
    application.setStyle("Fusion")  # the same on every desktop, and the one that style sheets are written for
    QLocale.setDefault(QLocale("zh_CN" if spoken() == CHINESE else "en_GB"))
    translator = QTranslator(application)
    if translator.load(QLocale(), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)
    load_fonts()
    return application


class Window(QMainWindow):
    """The one window: first the opening, then the station."""

    def __init__(self, home: Path, writer: Executor, theme: Theme, *, readers: Executor | None = None) -> None:
        super().__init__()
        self.home: Final = home
        self.theme: Final = theme
        self.settings: Final = read_settings(home)
        self.background: Final = Background(writer, readers, parent=self)
        self.press: Final = Press()
        self.shell: Shell | None = None
        self.locking: Locking | None = None
        self._station: OpenStation | None = None
        self._backup: Job[BackupsMade] | None = None
        self._following: Job[Checked] | None = None
        self._damage = ""  # what is wrong with the log, in words
        self._entrance: EntrancePage | None = None
        self._brought: list[Path] = []
        self._day_shown = False
        self.setWindowTitle(_("Liaison Workbench"))
        self.setMinimumSize(*_SMALLEST)
        self.resize(*_USUAL)
        if self.settings.window:
            self.restoreGeometry(QByteArray.fromBase64(self.settings.window.encode()))
        theme.apply(size=self.settings.text_size, dark=self.settings.dark)

    def await_station(self, opening: Opening) -> None:
        """Show the station as soon as it is open, or what stands in the way."""
        show = partial(self.show_station, day=opening.day)
        self.background.ask(self, opening.station.result, show, self.show_entrance, topic="opening")

    def show_entrance(self, error: AppError | None = None) -> None:
        """Ask for what opens the station, or for what sets it up; an error says why it is asked."""
        from ui.opening.entrance_page import EntrancePage  # most days nobody sees it

        page = EntrancePage(self.home, self.background, self.theme, self.settings, error)
        page.opened.connect(self.show_station)
        self._entrance = page
        self.setCentralWidget(page)

    def show_station(self, station: OpenStation, day: "Future[Today] | None" = None) -> None:
        """Show the open station, Today first, with a look at the day that is under way where there is one."""
        self._station, self._entrance = station, None
        show, workspace = partial(self._show_shell, station, day), station.workspace
        self.background.ask(self, lambda: lock(workspace), show, self.show_entrance, topic="lock")

    def _show_shell(self, station: OpenStation, day: "Future[Today] | None", found: Lock) -> None:
        """The station for whoever was there last: behind the lock where they have a PIN."""
        self.shell = shell = self._made_for(station.workspace)
        self.locking = Locking(self, station.workspace, self.background, self.theme, self._made_for)
        self.locking.guard(shell, found)
        self.locking.opened.connect(self._show_brought)
        # In several turns: in one, nobody who clicks or types would be heard for a tenth of a second.
        QTimer.singleShot(0, shell, lambda: self._show_day(shell, day))
        QTimer.singleShot(_UNHURRIED, self, self._ask_for_code)

    def _made_for(self, workspace: Workspace) -> Shell:
        self.shell = Shell(workspace, self.background, self.theme, self.settings, self.press)
        self._tell_damage()
        return self.shell

    def _show_day(self, shell: Shell, day: "Future[Today] | None") -> None:
        first = shell.page(Place.TODAY)
        if isinstance(first, TodayPage):  # nobody waits for the rest before the day is there
            first.expect(day)
            first.shown.connect(self._show_rest, Qt.ConnectionType.SingleShotConnection)
        QTimer.singleShot(0, shell, shell.begin)

    def _show_rest(self) -> None:
        sys.setswitchinterval(_SWITCH)
        self._day_shown = True
        self._show_brought()
        if self.shell:
            self.shell.ask_state()
            QTimer.singleShot(_SEEN, self, self._load_pages)

    def _load_pages(self) -> None:
        self.background.ask(self, load_pages, lambda _none: self._prepare_pages(), self._say, topic="pages")

    def _prepare_pages(self) -> None:
        if self.shell:
            # Whoever drafts a suggestion sees its paper beside it, and does not wait for it.
            self.shell.prepared.connect(self.press.warm_up, Qt.ConnectionType.SingleShotConnection)
            self.shell.prepared.connect(self._back_up, Qt.ConnectionType.SingleShotConnection)
            self.shell.prepared.connect(self._follow_log, Qt.ConnectionType.SingleShotConnection)
            self.shell.prepare()

    def _back_up(self) -> None:
        """What the session before left is backed up while nobody waits for it; a closing window does not wait either."""
        if (station := self._station) and self._backup is None:
            from app.use_cases.backups import BackupReason, back_up_all

            workspace, progress = station.workspace, Progress()
            self._backup = self.background.ask(
                self,
                lambda: back_up_all(workspace, reason=BackupReason.SESSION, progress=progress),
                self._backed_up,
                self._say,
                topic="backup",
                progress=progress,
            )

    def _follow_log(self) -> None:
        """The log is followed from its first line on while nobody waits for it; a closing window does not wait either."""
        if (station := self._station) and self._following is None:
            from app.use_cases.upkeep import verify_chain

            workspace, progress = station.workspace, Progress()
            self._following = self.background.ask(
                self, lambda: verify_chain(workspace, progress), self._log_followed, self._say, topic="log", progress=progress
            )

    def _log_followed(self, checked: "Checked") -> None:
        if checked.findings:
            first = checked.findings[0]
            words = _(
                "The log is not as it was written: {why} Delete nothing, have a backup restored that was made before, "
                "and tell the body you hand in to. You can go on working."
            )
            self._damage = words.format(why=said(first.code, {"where": first.where}))
            self._tell_damage()

    def _tell_damage(self) -> None:
        """The first page says it at every start and to whoever signs in, until a start finds the log sound."""
        if self.shell and self._damage:
            first = self.shell.page(Place.TODAY)
            if isinstance(first, TodayPage):
                first.tell_damage(self._damage)

    def _backed_up(self, turn: "BackupsMade") -> None:
        if self.shell:
            self.shell.ask_state()
            go = self.shell.go
            for problem in turn.problems:
                words = _("No backup was made: {why}").format(why=explain(problem))
                self.shell.feedback.say(words, Tone.WARNING, deed=_("See to it"), act=lambda: go(Place.SETTINGS, deed="backups"))

    def _ask_for_code(self) -> None:
        """Once a day, until somebody has shown to hold the recovery code (decision 22)."""
        if station := self._station:
            from app.use_cases.setup import proof_reminder_due, recovery_reminder_due, sheet_lost

            workspace = station.workspace

            def due(_progress: Progress) -> tuple[bool, bool]:
                return recovery_reminder_due(workspace), sheet_lost(workspace)

            self.background.do(self, due, lambda found: self._remind(*found), self._say)
            self.background.do(self, lambda _progress: proof_reminder_due(workspace), self._remind_of_sheet, self._say)

    def _remind(self, due: bool, lost: bool) -> None:
        if due and self.shell:
            words = _("Nobody has shown yet that the recovery code is on paper. Without it a lost key means lost records.")
            if lost:
                words = _("The congress opened these data because the sheet was lost. Make a new recovery code now.")
            go, feedback = self.shell.go, self.shell.feedback
            feedback.say(words, Tone.WARNING, deed=_("See to it"), act=lambda: go(Place.SETTINGS, deed="keys"))

    def _remind_of_sheet(self, due: bool) -> None:
        if due and self.shell:
            words = _(
                "A year has passed: can you still open these data without this computer? Type the code from its sheet once."
            )
            go, feedback = self.shell.go, self.shell.feedback
            feedback.say(words, Tone.WARNING, deed=_("See to it"), act=lambda: go(Place.SETTINGS, deed="keys"))

    def _say(self, error: AppError) -> None:
        if self.shell:
            self.shell.feedback.fail(error)

    def bring(self, paths: Sequence[Path]) -> None:
        """Show what these files are, as soon as the station is open and whoever was there last has signed in."""
        self._brought = [*self._brought, *paths]
        self._show_brought()

    def _show_brought(self) -> None:
        if self.shell and self._day_shown and self._brought and not (self.locking and self.locking.is_locked()):
            brought, self._brought = self._brought, []
            self.shell.bring(brought)

    def come_forward(self, paths: Sequence[Path] = ()) -> None:
        """Show the window to somebody who started the program again, with the files that start was given."""
        self.bring(paths)
        self.showNormal() if self.isMinimized() else self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  # Qt's own name
        if self.shell:
            self.shell.keep()
        self.press.close()
        for job in (self._backup, self._following):
            if job:
                job.cancel()
        self.settings.window = bytes(self.saveGeometry().toBase64().data()).decode()
        self._keep_settings()
        station = self._station or (self._entrance.leave() if self._entrance else None)
        self._station = None
        self.background.finish(station.close if station else lambda: None)
        super().closeEvent(event)

    def _keep_settings(self) -> None:
        try:
            write_settings(self.home, self.settings)
        except AppError:
            return  # a window that opens at its usual size the next time is no reason to keep anyone from closing it


class OneWindow:
    """Sees that a home has one window: a second start asks the first to come forward, and hands it its files."""

    def __init__(self, home: Path) -> None:
        digest = hashlib.sha256(str(home.resolve()).encode()).hexdigest()
        self._name: Final = f"liaison-{digest[:16]}"
        self._server = QLocalServer()

    def asked_other(self, files: Sequence[Path] = ()) -> bool:
        """Whether another window of this home is open, which has been asked to come forward and to show these files."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_PATIENCE):
            return False
        socket.write(json.dumps([str(each.absolute()) for each in files]).encode())
        socket.waitForBytesWritten(_PATIENCE)
        socket.disconnectFromServer()
        return True

    def listen(self, come_forward: Callable[[Sequence[Path]], None]) -> None:
        """Answer later starts with the files they were given."""
        QLocalServer.removeServer(self._name)  # what a killed program left
        self._server.newConnection.connect(lambda: self._answer(come_forward))
        self._server.listen(self._name)

    def _answer(self, come_forward: Callable[[Sequence[Path]], None]) -> None:
        while socket := self._server.nextPendingConnection():
            socket.disconnected.connect(partial(_hear, socket, come_forward))
            if socket.state() is QLocalSocket.LocalSocketState.UnconnectedState:  # it was quicker
                _hear(socket, come_forward)


def _hear(socket: QLocalSocket, come_forward: Callable[[Sequence[Path]], None]) -> None:
    """What another start has said, once; of what is no list of files nothing but that somebody wants to see the window."""
    said = bytes(socket.read(_LONGEST).data()) if socket.isOpen() else b""
    socket.close()
    socket.deleteLater()
    try:
        files = json.loads(said)
    except ValueError:
        files = []
    come_forward([Path(each) for each in files if isinstance(each, str)] if isinstance(files, list) else [])


def run(home: Path, writer: Executor, opening: Opening | None, files: Sequence[Path] = ()) -> int:
    """The program from here on, with the files it was started with; returns the exit code."""
    speak(read_settings(home).language or None)
    application = make_application()
    one = OneWindow(home)
    if one.asked_other(files):
        writer.shutdown(wait=False, cancel_futures=True)
        return 0
    window = Window(home, writer, Theme(application))
    one.listen(window.come_forward)
    window.bring(files)
    if opening is None:
        window.show_entrance()
    else:
        window.await_station(opening)
    window.show()
    QTimer.singleShot(_UNHURRIED, application, lambda: Tidying(application))
    return application.exec()
