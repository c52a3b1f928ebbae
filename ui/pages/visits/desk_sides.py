"""The left column of the desk and the sheet in its middle."""

from datetime import date
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.visit import Visit
from app.i18n import _
from ui.forms.keys_told import keyed
from ui.forms.visit_form import VisitForm
from ui.forms.visitor_form import VisitorForm
from ui.pages.visits.person_words import when_told
from ui.pages.visits.sign_in import SignIn
from ui.pages.visits.stale_notice import StaleNotice
from ui.pages.visits.visitor_list import VisitorList
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.elided_link import ElidedLink
from ui.widgets.roles import button, label
from ui.widgets.scrolled import scrolled
from ui.wording import word_of


class VisitSide(Card):
    """Who is there, who came, and when and where it is."""

    def __init__(self, sign_in: SignIn, visitors: VisitorList, visit: VisitForm) -> None:
        super().__init__()
        self._visit: Final = visit
        self._count: Final = label("", "section")
        self.next: Final = button(_("＋ Next visitor　F2"))
        self.next.setToolTip(keyed(_("Save this visitor and begin the next one"), "F2", "Ctrl+2"))
        self._told: Final = label("", "small", wrap=True)
        self.toggle: Final = button("", "link")
        self.toggle.clicked.connect(lambda: self._unfold(unfolded=visit.isHidden()))
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.small)
        column.addWidget(label(_("Deputies signed in"), "section"))
        column.addWidget(sign_in)
        column.addSpacing(SPACE.small)
        column.addWidget(self._count)
        column.addWidget(visitors)
        column.addWidget(self.next)
        column.addSpacing(SPACE.small)
        column.addWidget(label(_("This reception"), "section"))
        column.addWidget(self._told)
        column.addWidget(visit)
        column.addWidget(self.toggle, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self._scroll = scrolled(content)
        self.add(self._scroll, 1)
        self._unfold(unfolded=False)

    def count(self, visitors: int) -> None:
        """Say how many came."""
        self._count.setText(_("Visitors {count}").format(count=visitors))

    def tell(self, visit: Visit, today: date) -> None:
        """Say when and where it is."""
        late = _("Entered later") if visit.late_entry else ""
        self._told.setText("\n".join(part for part in (when_told(visit, today), visit.place, late) if part))

    def open_details(self) -> None:
        """Show what can be changed of day, hour, place, way and recorder."""
        self._unfold(unfolded=True)
        wrong = next((each for each in (self._visit.starts, self._visit.ends) if each.editor.malformed()), self._visit.on)
        wrong.setFocus()
        self._scroll.ensureWidgetVisible(wrong)

    def _unfold(self, *, unfolded: bool) -> None:
        self._visit.setVisible(unfolded)
        self._told.setVisible(not unfolded)
        self.toggle.setText(_("Fold up") if unfolded else _("Change, or enter later …"))


class WorkCard(Card):
    """The visitor who is being entered, and how it stands with what is typed."""

    def __init__(self, visitor: VisitorForm, stale: StaleNotice) -> None:
        super().__init__()
        self.details: Final = ElidedLink("")
        visitor.beside.addWidget(self.details)
        self.remove: Final = button(_("Take this visitor off"), "link")
        self.state: Final = label("", "small")
        foot = QHBoxLayout()
        foot.addWidget(self.remove)
        foot.addStretch(1)
        foot.addWidget(self.state)
        self.add(stale)
        self.add(visitor, 1)
        self.body.addLayout(foot)

    def tell(self, visit: Visit) -> None:
        """Say how people were met, and who writes."""
        told = (word_of(visit.way), _("recorder {name}").format(name=visit.recorder) if visit.recorder else "")
        self.details.say(" · ".join(part for part in told if part) or _("Way of meeting, recorder …"))
        changes = _("Change the way of meeting, the recorder, day and place")
        self.details.setToolTip(f"{self.details.words}\n{changes}")
