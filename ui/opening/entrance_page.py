"""The way into a station: set-up where nothing is there yet, unlocking where the key did not come by itself."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.errors import AppError
from app.i18n import _
from app.messages import explain
from app.progress import Progress
from app.settings import Settings
from app.use_cases import opening
from app.use_cases.backups import FoundBackup
from app.use_cases.opening import GROUPS, Entrance, OpenStation
from ui.background import Background, Job
from ui.opening.backup_panel import BackupPanel, RestorePanel
from ui.opening.join_panel import JoinGiven, JoinPanel
from ui.opening.key_panel import KeyPanel
from ui.opening.panel import Panel
from ui.opening.recover_panel import RecoverPanel
from ui.opening.recovery_panel import RecoveryPanel
from ui.opening.station_panel import StationGiven, StationPanel
from ui.opening.unlock_panel import UnlockPanel
from ui.opening.welcome_panel import WelcomePanel
from ui.theme import SPACE, Theme
from ui.widgets.roles import label
from ui.widgets.scrolled import scrolled

if TYPE_CHECKING:
    from app.use_cases.escrow import EscrowRequested
    from app.use_cases.setup import NewStation

NO_KEYRING: Final = frozenset({"keyring_missing", "keyring_locked", "keyring_forgetful", "keyring_failed"})
"""The keyring does not answer: a passphrase is the other way."""

NO_KEY: Final = NO_KEYRING | {"keyring_entry_missing", "keyring_wrong", "slot_missing", "slot_foreign"}
"""The data are there, and only the key is not: the recovery code opens them."""

ASK_FOR_HELP: Final = frozenset(
    {
        *("database_damaged", "database_page_damaged", "database_newer", "database_missing", "not_a_database"),
        *("keyslots_damaged", "keyslots_missing", "keyslots_newer", "keyslots_foreign", "migration_unsound"),
    }
)
"""Nothing a person can try here would help, and some of it would harm."""

_AT_FIELD: Final = {"station_code_malformed": "code", "station_name_empty": "name"}
_WIDTH: Final = 720
_TICK: Final = 200


class EntrancePage(QWidget):
    """One step after the other, each a card in the middle; `opened` tells the station that is open at the end."""

    opened = Signal(object)

    def __init__(
        self, home: Path, background: Background, theme: Theme, settings: Settings, error: AppError | None = None
    ) -> None:
        super().__init__()
        self.setProperty("role", "ground")
        self._home = home
        self._background = background
        self._theme = theme
        self._settings = settings
        self._panel: Panel | None = None
        self._station: OpenStation | None = None
        self._given: StationGiven | JoinGiven | None = None  # None while an invented station is wanted
        self._tick = QTimer(self, interval=_TICK)
        self._column = QVBoxLayout()
        self._frame = QWidget()
        self._arrange()
        theme.changed.connect(self._measure)
        if error is None:
            self._look()
        else:
            self._stopped(error)

    def leave(self) -> OpenStation | None:
        """The station, where one is open already and nobody was told of it yet: the window is about to close."""
        station, self._station = self._station, None
        return station

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's own name
        super().resizeEvent(event)
        self._measure()

    # --- what is there

    def _look(self) -> None:
        self._background.ask(self, lambda: opening.entrance(self._home), self._enter, self._stopped)

    def _enter(self, entrance: Entrance) -> None:
        match entrance:
            case Entrance.SET_UP:
                self._welcome()
            case Entrance.PASSPHRASE:
                self._unlock(_("Type the passphrase of this station."), passphrase=True, again=False, recovery=True)
            case Entrance.KEYRING:
                self._open("")

    def _stopped(self, error: AppError) -> None:
        """Say what stands in the way, and offer what helps."""
        if error.code not in NO_KEY:
            self._unlock(explain(error), passphrase=False, again=error.code not in ASK_FOR_HELP, recovery=False)
            return
        self._background.ask(
            self,
            lambda: opening.has_passphrase(self._home),
            lambda passphrase: self._unlock(explain(error), passphrase=passphrase, again=True, recovery=True),
            self._stopped,
        )

    # --- unlocking

    def _unlock(self, words: str, *, passphrase: bool, again: bool, recovery: bool) -> None:
        panel = UnlockPanel(words, passphrase=passphrase, again=again, recovery=recovery)
        panel.passphrase_given.connect(self._open)
        panel.again.connect(self._look)
        panel.recover.connect(self._recover)
        self._show(panel)

    def _open(self, passphrase: str) -> None:
        self._background.do(
            self,
            lambda _progress: opening.open_station(self._home, passphrase=passphrase),
            self._let_in,
            self._not_opened,
            title=_("Opening the station"),
        )

    def _not_opened(self, error: AppError) -> None:
        if error.code in {"passphrase_wrong", "passphrase_empty"} and isinstance(self._panel, UnlockPanel):
            self._panel.refuse(explain(error))
        else:
            self._stopped(error)

    def _recover(self) -> None:
        panel = RecoverPanel()
        panel.given.connect(self._recover_with)
        panel.back.connect(self._look)
        self._show(panel)
        self._offer_congress(self._home)

    def _offer_congress(self, source: Path) -> None:
        """For who has no sheet any more: the file that two people at the congress open."""
        from app.use_cases.escrow import has_deposit  # wanted on this one day

        panel = self._panel
        if isinstance(panel, RecoverPanel):
            panel.asked.connect(lambda path: self._ask_congress(source, path))
            self._background.ask(panel, lambda: has_deposit(source), panel.offer_congress, self._not_recovered, topic="deposit")

    def _ask_congress(self, source: Path, path: Path) -> None:
        from app.use_cases.escrow import write_request

        def written(made: "EscrowRequested") -> None:
            if isinstance(self._panel, RecoverPanel):
                self._panel.tell_asked(made.path, made.body)

        self._background.do(self, lambda _progress: write_request(source, path), written, self._not_recovered)

    def _recover_with(self, code: str, passphrase: str) -> None:
        def deed(_progress: Progress) -> OpenStation:
            opening.recover_station(self._home, recovery_code=code, passphrase=passphrase)
            return opening.open_station(self._home, passphrase=passphrase)

        self._background.do(self, deed, self._let_in, self._not_recovered, title=_("Opening the station"))

    def _not_recovered(self, error: AppError) -> None:
        if isinstance(self._panel, RecoverPanel):
            self._panel.complain(explain(error))
            if error.code in NO_KEYRING:
                self._panel.fields.choose_passphrase()

    # --- from a backup

    def _choose_backup(self) -> None:
        panel = BackupPanel()
        panel.folder_chosen.connect(self._look_for_backups)
        panel.given.connect(self._ask_code_of)
        panel.back.connect(self._welcome)
        self._show(panel)

    def _look_for_backups(self, folder: Path) -> None:
        def told(found: Sequence[FoundBackup]) -> None:
            if isinstance(self._panel, BackupPanel):
                self._panel.show_backups(folder, found)

        self._background.ask(self, lambda: opening.backups_at(folder), told, self._no_backups, topic="backups")

    def _no_backups(self, error: AppError) -> None:
        if isinstance(self._panel, BackupPanel):
            self._panel.refuse(explain(error))

    def _ask_code_of(self, backup: Path) -> None:
        panel = RestorePanel()
        panel.given.connect(lambda code, passphrase: self._restore_from(backup, code, passphrase))
        panel.back.connect(self._choose_backup)
        self._show(panel)
        self._offer_congress(backup)

    def _restore_from(self, backup: Path, code: str, passphrase: str) -> None:
        def deed(progress: Progress) -> OpenStation:
            opening.restore_station(self._home, backup, recovery_code=code, passphrase=passphrase, progress=progress)
            return opening.open_station(self._home, passphrase=passphrase)

        if isinstance(self._panel, RestorePanel):
            self._panel.complain("")
            self._panel.begin_waiting()
        job = self._background.do(self, deed, self._let_in, self._not_restored, title=_("Bringing the station back"))
        if isinstance(self._panel, RestorePanel) and self._panel.waits():
            self._panel.wait_for(job)

    def _not_restored(self, error: AppError) -> None:
        if isinstance(self._panel, RestorePanel):
            self._panel.stop_waiting()
        self._not_recovered(error)

    # --- setting up

    def _welcome(self) -> None:
        panel = WelcomePanel(self._theme, self._settings)
        panel.set_up.connect(self._ask_station)
        panel.look_around.connect(lambda: self._invent(""))
        panel.restore.connect(self._choose_backup)
        panel.join.connect(self._ask_card)
        self._tick.timeout.connect(panel.tick)
        self._show(panel)

    def _ask_station(self) -> None:
        panel = StationPanel(self._given if isinstance(self._given, StationGiven) else None)
        panel.given.connect(self._take_station)
        panel.back.connect(self._welcome)
        self._show(panel)

    def _take_station(self, given: StationGiven) -> None:
        if isinstance(self._panel, StationPanel) and not given.operator:
            self._panel.refuse("operator", _("Type your name: it stands beside what you enter."))
            return
        try:
            opening.check_station(code=given.code, name=given.name)
        except AppError as error:
            self._not_set_up(error)
            return
        self._given = given
        self._ask_key()

    def _ask_card(self) -> None:
        panel = JoinPanel(self._given if isinstance(self._given, JoinGiven) else None)
        panel.given.connect(self._take_card)
        panel.back.connect(self._welcome)
        self._show(panel)

    def _take_card(self, given: JoinGiven) -> None:
        def told(station: str) -> None:
            self._given = replace(given, station=station)
            self._ask_key()

        self._background.ask(self, lambda: opening.card_station(given.card, given.digits), told, self._not_joined, topic="card")

    def _not_joined(self, error: AppError) -> None:
        if isinstance(self._panel, JoinPanel) and error.code == "digits_differ":
            self._panel.refuse(explain(error))
        else:
            self._not_set_up(error)

    def _ask_key(self) -> None:
        panel = KeyPanel()
        panel.given.connect(self._set_up)
        match self._given:
            case StationGiven():
                panel.back.connect(self._ask_station)
            case JoinGiven():
                panel.back.connect(self._ask_card)
            case None:
                panel.back.connect(self._welcome)
        self._show(panel)

    def _set_up(self, passphrase: str) -> None:
        given = self._given
        if given is None:
            self._invent(passphrase)
            return

        def deed(_progress: Progress) -> tuple[str, OpenStation]:
            made = _made(self._home, given, passphrase)
            return made.recovery_code, opening.open_station(self._home, passphrase=passphrase)

        self._background.do(self, deed, self._show_code, self._not_set_up, title=_("Setting up the station"))

    def _not_set_up(self, error: AppError) -> None:
        if error.code in NO_KEYRING:
            self._by_passphrase(error)
        elif isinstance(self._panel, StationPanel) and error.code in _AT_FIELD:
            self._panel.refuse(_AT_FIELD[error.code], explain(error))
        elif self._panel:
            self._panel.complain(explain(error))

    def _by_passphrase(self, error: AppError) -> None:
        if not isinstance(self._panel, KeyPanel):
            self._ask_key()
        if isinstance(self._panel, KeyPanel):
            self._panel.complain(explain(error))
            self._panel.fields.choose_passphrase()

    def _show_code(self, made: tuple[str, OpenStation]) -> None:
        code, self._station = made
        panel = RecoveryPanel(code, _name_of(self._given), asked=secrets.randbelow(GROUPS) + 1)
        panel.typed_back.connect(lambda number, typed: self._confirm(code, number, typed))
        panel.later.connect(self._leave_it)
        self._show(panel)

    def _confirm(self, code: str, number: int, typed: str) -> None:
        from app.use_cases.key_ways import confirm_group

        station = self._station
        if station:
            self._background.do(
                self,
                lambda _progress: confirm_group(station.workspace, code, number, typed),
                lambda _changed: self._leave_it(),
                self._not_confirmed,
            )

    def _not_confirmed(self, error: AppError) -> None:
        if isinstance(self._panel, RecoveryPanel):
            self._panel.refuse(explain(error))

    def _leave_it(self) -> None:
        if station := self.leave():
            self.opened.emit(station)

    # --- an invented station

    def _invent(self, passphrase: str) -> None:
        self._given = None

        def deed(progress: Progress) -> OpenStation:
            opening.set_up_invented(self._home, passphrase=passphrase, progress=progress)
            return opening.open_station(self._home, passphrase=passphrase)

        job = self._background.do(self, deed, self._let_in, self._not_invented, title=_("Making an invented station"))
        if isinstance(self._panel, WelcomePanel):
            self._panel.stop.connect(lambda: job.cancel())
            self._watch(job)

    def _watch(self, job: "Job[OpenStation]") -> None:
        if isinstance(self._panel, WelcomePanel) and self._station is None:
            self._panel.wait_for(job.progress)
            self._tick.start()

    def _not_invented(self, error: AppError) -> None:
        self._tick.stop()
        if isinstance(self._panel, WelcomePanel):
            self._panel.wait_for(None)
        self._not_set_up(error)

    # --- the frame

    def _let_in(self, station: OpenStation) -> None:
        self._tick.stop()
        self.opened.emit(station)

    def _show(self, panel: Panel) -> None:
        if self._panel:
            self._panel.hide()
            self._panel.deleteLater()
        self._panel = panel
        self._column.addWidget(panel)
        panel.show()
        panel.begin()

    def _arrange(self) -> None:
        self._column.setSpacing(SPACE.middle)
        self._column.addWidget(label(_("Liaison Workbench"), "section"))
        middle = QVBoxLayout(self._frame)
        middle.setContentsMargins(SPACE.large, SPACE.huge, SPACE.large, SPACE.huge)
        middle.addStretch(1)
        middle.addLayout(self._column)
        middle.addStretch(2)
        centred = QWidget()
        line = QHBoxLayout(centred)
        line.addStretch(1)
        line.addWidget(self._frame)
        line.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(centred))
        self._measure()

    def _measure(self) -> None:
        self._frame.setFixedWidth(min(self._theme.px(_WIDTH), self.width() - 2 * SPACE.huge))


def _made(home: Path, given: StationGiven | JoinGiven, passphrase: str) -> "NewStation":
    if isinstance(given, JoinGiven):
        return opening.join_station(home, given.card, given.digits, operator=given.operator, passphrase=passphrase)
    return opening.set_up_station(home, code=given.code, name=given.name, operator=given.operator, passphrase=passphrase)


def _name_of(given: StationGiven | JoinGiven | None) -> str:
    if given is None:
        return ""
    return given.station if isinstance(given, JoinGiven) else given.name
