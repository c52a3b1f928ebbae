"""The panel above the text in which a talk, a pre-review or a withdrawal is written down."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.i18n import _
from ui.page import Workbench
from ui.pages.suggestions.pre_review_form import PreReviewForm
from ui.pages.suggestions.talk_form import TalkForm
from ui.pages.suggestions.withdrawal_form import WithdrawalForm
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.roles import button

Form = TalkForm | PreReviewForm | WithdrawalForm


class EntryPanel(Card):
    """One of three forms, with the buttons that save it or leave it; hidden while none is open."""

    wanted = Signal()
    left = Signal()
    removing = Signal()
    changed = Signal()
    turned = Signal()
    """A form was opened here, or closed."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent, role="now")
        self.talk: Final = TalkForm(bench)
        self.review: Final = PreReviewForm(bench)
        self.withdrawal: Final = WithdrawalForm(bench)
        self.form: Form | None = None
        self.save: Final = button("", "primary")
        self.close_button: Final = button(_("Cancel"))
        self.remove: Final = button(_("Remove"), "link")
        line = QHBoxLayout()
        line.setSpacing(SPACE.small)
        for each in (self.talk, self.review, self.withdrawal):
            self.add(each)
            each.hide()
            each.changed.connect(self.changed)
        line.addWidget(self.remove)
        line.addStretch(1)
        line.addWidget(self.close_button)
        line.addWidget(self.save)
        self.body.addLayout(line)
        self.save.setToolTip(_("Ctrl+Enter"))
        self.close_button.setToolTip(_("Esc"))
        self.save.clicked.connect(self.wanted)
        self.close_button.clicked.connect(self.left)
        self.remove.clicked.connect(self.removing)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.wanted)
        self.hide()

    def begin(self, form: Form, heading: str, save: str, *, removable: bool = False) -> None:
        """Show one of the forms."""
        self.form = form
        self.heading.setText(heading)
        self.save.setText(save)
        self.remove.setVisible(removable)
        for each in (self.talk, self.review, self.withdrawal):
            each.setVisible(each is form)
        self.show()
        self.turned.emit()

    def end(self) -> None:
        """Show none."""
        self.form = None
        self.hide()
        self.turned.emit()

    def is_open(self) -> bool:
        """Whether something is being written down."""
        return self.form is not None
