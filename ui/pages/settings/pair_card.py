"""New signing and receiving keys for this computer: asked for by a file and digits, used once the trust file names them."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from app.errors import AppError
from app.i18n import _
from app.messages import explain
from app.use_cases.seat_keys import PairState, ask_for_pair
from app.use_cases.trust import RequestWritten
from ui.feedback import Tone
from ui.page import Workbench
from ui.widgets.asked_folder import asked_folder
from ui.widgets.card import Card
from ui.widgets.notice import Notice
from ui.widgets.roles import button, label


class PairCard(Card):
    """What the keys are for, and the way to new ones; not there before the body lists this computer."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(_("This computer's own keys"))
        self._bench = bench
        words = _(
            "With these keys this computer signs what it hands in and opens what the body answers. Where they may be known to"
            " somebody, make new ones: the old ones count for nothing new once the body has taken a package by the new ones."
        )
        self.add(label(words, "soft", wrap=True))
        self.notice = Notice()
        self.begin = button(_("Make new keys …"))
        self._digits = label("", "figure")
        self._digits.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._file = label("", "soft", wrap=True)
        for each in (self.notice, self._digits, self._file):
            self.add(each)
        row = QHBoxLayout()
        row.addWidget(self.begin)
        row.addStretch(1)
        self.body.addLayout(row)
        self._tell(None)
        self.begin.clicked.connect(self.choose_folder)

    @property
    def digits(self) -> str:
        """The digits of the request made last."""
        return self._digits.text()

    def show_state(self, state: PairState) -> None:
        """How the keys stand."""
        self.setVisible(state.possible)
        self.begin.setText(_("Write the request again …") if state.waiting else _("Make new keys …"))
        waits = _("New keys are made and wait for the body's trust file. Until it is taken in, everything goes on as before.")
        self.notice.say(waits if state.waiting else "", Tone.INFORMATION)
        if not state.waiting:
            self._tell(None)

    def choose_folder(self) -> None:
        """Ask where the request is to be written, and write it."""
        if folder := asked_folder(self, self._bench.settings):
            self.write(folder)

    def write(self, folder: Path) -> None:
        """Make the keys where there are none that wait, and write the request for them into a folder."""
        workspace = self._bench.workspace
        self._bench.background.do(
            self,
            lambda _progress: ask_for_pair(workspace, folder),
            self._written,
            self._refuse,
            title=_("Enrolment request"),
        )

    def _written(self, request: RequestWritten) -> None:
        self._bench.settings.last_folder = str(request.path.parent)
        self.show_state(PairState(possible=True, waiting=True))
        self._tell(request)

    def _tell(self, request: RequestWritten | None) -> None:
        """The digits to be read out beside the file, or nothing."""
        self._digits.setText(request.digits if request else "")
        self._digits.setAccessibleName(self.digits)
        words = _("Carry this file to the receiving body and read the digits out to it: {path}")
        self._file.setText(words.format(path=request.path) if request else "")
        for each in (self._digits, self._file):
            each.setVisible(request is not None)

    def _refuse(self, error: AppError) -> None:
        self.notice.say(explain(error), Tone.WARNING)
