"""Where packages are sent over a network, for stations that have one; a stick goes on working beside it."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit

from app.errors import AppError
from app.i18n import N_, _
from app.messages import explain
from app.use_cases.sending import SendingWay, authority_of, sending_way, set_sending_way
from ui.page import Page
from ui.pages.settings.section import Section
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.roles import button, label


class NetworkSection(Section):
    """Four fields and one button; what is wrong is said beside its field and nothing is saved."""

    name = N_("Network")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._authority = ""
        self.address: Final = Field(_("Address of the receiving body"), QLineEdit())
        self.address.editor.setPlaceholderText("https://")
        self.token: Final = Field(_("Token of this station"), QLineEdit())
        self.token.editor.setEchoMode(QLineEdit.EchoMode.Password)
        self.token.editor.setPlaceholderText(_("left empty: it stays as it is"))
        self.proxy: Final = Field(_("Proxy, where there is one"), QLineEdit())
        self.authority_told: Final = label("", "soft", wrap=True)
        self.authority: Final = button(_("Take its certificate from a file …"))
        self.none: Final = button(_("Without a certificate of its own"), "link")
        self.save: Final = button(_("Save"), "primary")
        self._arrange()
        self.authority.clicked.connect(self.choose_authority)
        self.none.clicked.connect(lambda: self._show_authority(""))
        self.save.clicked.connect(self.save_now)

    def refresh(self) -> None:
        workspace = self.bench.workspace
        self.bench.background.ask(self, lambda: sending_way(workspace), self._show, self.fail, topic="way")

    def choose_authority(self) -> None:
        """Ask for the file, and read it."""
        chosen, _filter = QFileDialog.getOpenFileName(
            self, _("Certificate of the receiving body"), self.bench.settings.last_folder, "PEM (*.pem *.crt *.cer)"
        )
        if chosen:
            path = Path(chosen)
            self.bench.background.ask(self, lambda: authority_of(path), self._show_authority, self.fail, topic="authority")

    def save_now(self) -> None:
        """Keep it; the token goes to the keyring."""
        for field in (self.address, self.token, self.proxy):
            field.complain("")
        way = SendingWay(
            url=self.address.editor.text().strip(), proxy=self.proxy.editor.text().strip(), authority=self._authority
        )
        workspace, token = self.bench.workspace, self.token.editor.text().strip() or None
        self.bench.background.do(self, lambda _progress: set_sending_way(workspace, way, token), self._saved, self._refused)

    def _show(self, way: SendingWay) -> None:
        self.address.editor.setText(way.url)
        self.proxy.editor.setText(way.proxy)
        self._show_authority(way.authority)

    def _show_authority(self, pem: str) -> None:
        self._authority = pem
        told = (
            _("A certificate of the receiving body's own is believed.")
            if pem
            else _("Only authorities of this computer are believed.")
        )
        self.authority_told.setText(told)
        self.none.setVisible(bool(pem))

    def _saved(self, way: SendingWay) -> None:
        self.token.editor.clear()
        self._show(way)
        self.bench.feedback.say(_("Saved."))

    def _refused(self, error: AppError) -> None:
        beside = {"address_malformed": self.address, "proxy_malformed": self.proxy}
        if field := beside.get(error.code):
            field.complain(explain(error))
            field.setFocus()
            return
        if error.code.startswith("keyring"):
            self.token.complain(explain(error))
            return
        self.fail(error)

    def _arrange(self) -> None:
        card = Card(_("Send over a network"))
        words = _(
            "The same sealed packages that a stick carries. The receiving body tells address and token; without an address"
            " nothing is sent, and a stick always works."
        )
        card.add(label(words, "soft", wrap=True))
        for field in (self.address, self.token, self.proxy):
            card.add(field)
        row = QHBoxLayout()
        row.setSpacing(SPACE.middle)
        row.addWidget(self.authority)
        row.addWidget(self.none)
        row.addStretch(1)
        card.add(self.authority_told)
        card.body.addLayout(row)
        card.add(self.save)
        card.body.setAlignment(self.save, Qt.AlignmentFlag.AlignLeft)
        self.add(card)
        self.end()
