"""Nobody is at the keyboard: who wants to be says who they are, by PIN where they have one; nothing stands behind it."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QVBoxLayout, QWidget

from app.errors import AppError
from app.i18n import _
from app.messages import explain
from app.progress import Progress
from app.queries.signing_in import Lock, Signer
from app.use_cases.signing_in import SignedIn, sign_in, unlock_by_recovery
from app.workspace import Workspace
from ui.background import Background
from ui.opening.panel import Panel
from ui.theme import SPACE, Theme
from ui.widgets.field import Field
from ui.widgets.roles import button, label
from ui.wording import word_of

_WIDE: Final = 460
_ROW: Final = 38
_LEAST, _MOST = 2, 6  # rows in sight


class LockScreen(QWidget):
    """In the place of everything else; `opened` tells who signed in."""

    opened = Signal(object)

    def __init__(self, workspace: Workspace, background: Background, theme: Theme) -> None:
        super().__init__()
        self._workspace: Final = workspace
        self._background: Final = background
        self._theme: Final = theme
        self._signers: tuple[Signer, ...] = ()
        self.setProperty("role", "ground")
        self.panel: Final = Panel(_("Who is at the keyboard?"))
        self.list: Final = QListWidget()
        self.list.setAccessibleName(_("People who work here"))
        self.pin: Final = Field(_("PIN"), QLineEdit())
        self.pin.editor.setEchoMode(QLineEdit.EchoMode.Password)
        self.free: Final = label(_("No PIN is set for this name."), "soft", wrap=True)
        self.code: Final = Field(_("Recovery code of the station"), QLineEdit())
        self.forgotten: Final = button(_("PIN forgotten"), "link")
        self.help: Final = label(
            _(
                "The station head gives you a new PIN in the settings. The recovery code lets you in as well, and takes your PIN"
                " away."
            ),
            "soft",
            wrap=True,
        )
        for each in (self.list, self.pin, self.free, self.help, self.code):
            self.panel.add(each)
        row = QHBoxLayout()
        row.addWidget(self.forgotten)
        row.addStretch(1)
        self.panel.body.addLayout(row)
        self.enter: Final = self.panel.offer(_("Sign in"), self.sign_in, "primary")
        self._arrange()
        self._connect()
        self._measure()

    def show_lock(self, found: Lock, *, switching: bool = False) -> None:
        """Offer these people; the one who was there is chosen, or where another is wanted the next."""
        self._signers = found.signers
        self.list.clear()
        for each in found.signers:
            roles = _(", ").join(word_of(role) for role in each.roles)
            self.list.addItem("　".join(part for part in (each.name, roles) if part))
        here = next((number for number, each in enumerate(found.signers) if each.here), 0)
        many = len(found.signers)
        self.list.setCurrentRow((here + 1) % many if switching and many > 1 else here)
        self.list.setVisible(many > 1)
        self._measure()

    def begin(self) -> None:
        """Put the cursor where one begins: at the PIN, or among the names where none is asked."""
        chosen = self._chosen()
        (self.pin.editor if chosen and chosen.has_pin else self.list if len(self._signers) > 1 else self.enter).setFocus()

    def sign_in(self) -> None:
        """Try what is typed."""
        chosen, workspace = self._chosen(), self._workspace
        if chosen is None:
            return
        self._complain(None)
        pin, code = self.pin.editor.text(), self.code.editor.text()
        by_code = not self.code.isHidden()

        def deed(_progress: Progress) -> SignedIn:
            return unlock_by_recovery(workspace, chosen.id, code) if by_code else sign_in(workspace, chosen.id, pin)

        self.enter.setEnabled(False)
        self._background.do(self, deed, self._open, self._refuse)

    def _open(self, signed: SignedIn) -> None:
        self.enter.setEnabled(True)
        self.pin.editor.clear()
        self.code.editor.clear()
        self.opened.emit(signed)

    def _refuse(self, error: AppError) -> None:
        self.enter.setEnabled(True)
        self._complain(error)
        field = self.pin if self.code.isHidden() else self.code
        field.editor.setFocus()
        field.editor.selectAll()

    def _complain(self, error: AppError | None) -> None:
        sentence = explain(error) if error else ""
        self.pin.complain(sentence if self.code.isHidden() else "")
        self.code.complain(sentence if not self.code.isHidden() else "")

    def _chosen(self) -> Signer | None:
        row = self.list.currentRow()
        return self._signers[row] if 0 <= row < len(self._signers) else None

    def _turn(self) -> None:
        """Ask what the chosen person is to be asked."""
        chosen = self._chosen()
        asked = chosen is not None and chosen.has_pin
        self._complain(None)
        self.pin.editor.clear()
        self.pin.setVisible(asked)
        self.free.setVisible(not asked)
        self.forgotten.setVisible(asked)
        for each in (self.help, self.code):
            each.hide()

    def _forget(self) -> None:
        self.pin.hide()
        self.forgotten.hide()
        for each in (self.help, self.code):
            each.show()
        self.code.editor.setFocus()

    def _arrange(self) -> None:
        middle = QVBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self.panel)
        middle.addStretch(2)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(SPACE.huge, SPACE.huge, SPACE.huge, SPACE.huge)
        whole.addStretch(1)
        whole.addLayout(middle)
        whole.addStretch(1)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(lambda _row: self._turn())
        self.list.itemActivated.connect(lambda _item: self._go_on())
        self.list.itemClicked.connect(lambda _item: self.begin())
        self.pin.editor.returnPressed.connect(self.sign_in)
        self.code.editor.returnPressed.connect(self.sign_in)
        self.forgotten.clicked.connect(self._forget)
        self._theme.changed.connect(self._measure)

    def _go_on(self) -> None:
        chosen = self._chosen()
        if chosen and chosen.has_pin:
            self.pin.editor.setFocus()
        else:
            self.sign_in()

    def _measure(self) -> None:
        self.panel.setFixedWidth(self._theme.px(_WIDE))
        rows = min(max(len(self._signers), _LEAST), _MOST)
        self.list.setFixedHeight(self._theme.px(_ROW) * rows)
