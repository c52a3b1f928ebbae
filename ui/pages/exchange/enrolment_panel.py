"""Enrolment: whom this station hands in to, whether this computer is on the list, and how it gets there."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain.arrival import Enrolment
from app.errors import AppError
from app.i18n import _
from app.messages import explain, said
from app.messages.arrivals import ENROLMENT
from app.use_cases import own_keys, trust
from app.use_cases.own_keys import KeysRenewed
from app.use_cases.trust import RequestWritten, TrustState
from ui.feedback import Tone
from ui.page import Workbench
from ui.pages.exchange.words import grouped
from ui.theme import SPACE
from ui.widgets.asked_folder import asked_folder
from ui.widgets.card import Card
from ui.widgets.facts import Facts
from ui.widgets.notice import Notice
from ui.widgets.roles import button, label
from ui.wording import day_of, day_told


def trust_facts(state: TrustState, bench: Workbench) -> Sequence[tuple[str, str]]:
    """What is believed, as names and values."""
    today = bench.workspace.clock.today().date()
    return (
        (_("Receiving body"), state.name or state.body),
        (_("Trust list"), _("version {version}").format(version=state.version)),
        (_("Good until"), day_told(day_of(state.expires), today=today)),
        (_("This computer"), _(ENROLMENT[state.enrolment])),
        (_("Contact data"), _("asked for by the body") if state.contact else _("stay here")),
    )


class EnrolmentPanel(QScrollArea):
    """The state of trust, the three steps to it, and new keys for a computer that has come to its end."""

    changed = Signal()
    arrivals_wanted = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self._state: TrustState | None = None
        self.notice = Notice()
        self._facts = Facts()
        self._whole = label("", "small", wrap=True)
        self._whole.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.request = button(_("Make an enrolment request …"))
        self.renewal = Card(_("New keys for this computer"))
        self.renew = button(_("Make new keys …"))
        self.take = button(_("Take a trust file in …"))
        self.result = Card(_("Read these digits out to the body"), role="now")
        self._digits = label("", "figure")
        self._file = label("", "soft", wrap=True)
        self._arrange()
        self.request.clicked.connect(self.choose_folder)
        self.renew.clicked.connect(self.choose_folder_for_new)
        self.take.clicked.connect(self.arrivals_wanted)

    @property
    def digits(self) -> str:
        """The digits of the request made last."""
        return self._digits.text()

    def begin(self) -> None:
        """Show how things stand."""
        self.result.hide()
        workspace = self._bench.workspace
        self._bench.background.ask(self, lambda: trust.trust_state(workspace), self._show, self._fail, topic="trust")

    def choose_folder(self) -> None:
        """Ask where the request is to be written, and write it."""
        if folder := asked_folder(self, self._bench.settings):
            self.write(folder)

    def choose_folder_for_new(self) -> None:
        """Ask where the request for new keys is to be written, and make them."""
        if folder := asked_folder(self, self._bench.settings):
            self.renew_into(folder)

    def write(self, folder: Path) -> None:
        """Write the request into a folder."""
        workspace = self._bench.workspace
        self._bench.background.do(
            self,
            lambda _progress: trust.write_request(workspace, folder),
            self._written,
            self._fail,
            title=_("Enrolment request"),
        )

    def renew_into(self, folder: Path) -> None:
        """Make new keys, and write the request for them into a folder."""
        workspace = self._bench.workspace
        self._bench.background.do(
            self,
            lambda _progress: own_keys.renew_keys(workspace, folder),
            self._renewed,
            self._fail,
            title=_("New keys for this computer"),
        )

    def _show(self, state: TrustState | None) -> None:
        self._state = state
        self.renewal.setVisible(state is not None and state.enrolment is Enrolment.ENROLLED)
        if state is None:
            self._facts.show_facts([(_("Receiving body"), _("not known yet")), (_("This computer"), _("not enrolled yet"))])
            self._whole.hide()
            self.notice.say("", Tone.INFORMATION)
            return
        self._facts.show_facts([*trust_facts(state, self._bench), (_("Fingerprint"), state.digits)])
        self._whole.setText(grouped(state.fingerprint))
        self._whole.show()
        warnings = "\n".join(said(code, facts) for code, facts in state.warnings)
        if state.enrolment is Enrolment.REVOKED:
            warnings = "\n".join(filter(None, [said("seat_revoked", {}), warnings]))
        self.notice.say(warnings, Tone.WARNING)

    def _renewed(self, renewed: KeysRenewed) -> None:
        self._written(renewed)
        self.notice.say(_("Until the body's next trust file is taken in, everything goes on with the keys until now."), Tone.OK)

    def _written(self, request: RequestWritten | KeysRenewed) -> None:
        self._bench.settings.last_folder = str(request.path.parent)
        self._digits.setText(request.digits)
        self._digits.setAccessibleName(request.digits)
        self._file.setText(_("Carry this file to the receiving body: {path}").format(path=request.path))
        self.result.show()
        self.notice.say("", Tone.INFORMATION)
        self.ensureWidgetVisible(self.result)

    def _fail(self, error: AppError) -> None:
        self.notice.say(explain(error), Tone.WARNING)

    def _arrange(self) -> None:
        self.setWidgetResizable(True)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.large)
        state = Card(_("How things stand"))
        state.add(self._facts)
        state.add(self._whole)
        steps = Card(_("Three steps"))
        for words in (
            _("1. Make an enrolment request and carry the file to the receiving body."),
            _("2. Read the digits out to the body, by telephone or at its desk; it compares them and enrols this computer."),
            _("3. Bring the body's trust file back and take it in here."),
        ):
            steps.add(label(words, "", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(SPACE.small)
        row.addWidget(self.request)
        row.addWidget(self.take)
        row.addStretch(1)
        steps.body.addLayout(row)
        words = _(
            "For the day somebody may have seen the keys by which this computer signs, or once in some years. The body lists the"
            " new ones by a request and ends the old ones; what is on its way still counts."
        )
        self.renewal.add(label(words, "soft", wrap=True))
        renew = QHBoxLayout()
        renew.addWidget(self.renew)
        renew.addStretch(1)
        self.renewal.body.addLayout(renew)
        self.renewal.hide()
        self._digits.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.result.add(self._digits)
        self.result.add(self._file)
        self.result.hide()
        for each in (self.notice, self.result, state, steps, self.renewal):
            column.addWidget(each)
        column.addStretch(1)
        self.setWidget(inside)
