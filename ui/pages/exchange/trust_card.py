"""Whom this station hands in to, at a glance."""

from PySide6.QtCore import Qt, Signal

from app.domain.arrival import Enrolment
from app.i18n import _
from app.use_cases.trust import TrustState
from ui.page import Workbench
from ui.pages.exchange.enrolment_panel import trust_facts
from ui.widgets.card import Card
from ui.widgets.facts import Facts
from ui.widgets.roles import button, label


class TrustCard(Card):
    """The state of trust; the way to enrolment."""

    opened = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__(_("Trust and enrolment"))
        self._bench = bench
        self._words = label("", "soft", wrap=True)
        self._facts = Facts()
        self.deed = button("")
        self.deed.clicked.connect(self.opened)
        for each in (self._words, self._facts):
            self.add(each)
        self.body.addWidget(self.deed, alignment=Qt.AlignmentFlag.AlignLeft)

    def show_trust(self, state: TrustState | None) -> None:
        """Show how things stand."""
        self._words.setVisible(state is None)
        self._words.setText(_("No receiving body is trusted yet, so nothing can be handed in. Enrol this computer first."))
        self._facts.setVisible(state is not None)
        if state:
            self._facts.show_facts(trust_facts(state, self._bench)[:4])
        enrolled = state is not None and state.enrolment is Enrolment.ENROLLED
        self.deed.setText(_("Trust and enrolment …") if enrolled else _("Enrol this computer …"))
