"""One sealed number: what became of it, what it is known by, and another copy of it."""

from typing import Final

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout

from app.domain.papers import PaperName
from app.i18n import _, ngettext
from app.queries.reconciliation import Number
from app.use_cases.papers import Asked
from ui.page import Workbench
from ui.pages.exchange.words import contents_told, grouped, result_told, state_explained
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.facts import Facts
from ui.widgets.roles import button, label, restyled
from ui.wording import moment_told, size_told

_COPIES: Final = 4  # told one by one


class NumberCard(Card):
    """Hidden until a number is chosen."""

    copy_wanted = Signal(object)
    """Another copy of this `Number` is wanted."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(_("Package"))
        self._bench = bench
        self.number: Number | None = None
        self._result = label("", "chip")
        self.head.addWidget(self._result)
        self._explained = label("", "", wrap=True)
        self._facts = Facts()
        self.copy = button(_("Copy it again …"))
        self.copy.clicked.connect(lambda: self.copy_wanted.emit(self.number))
        self.note = button(_("Delivery note …"))
        self.note.clicked.connect(self._print_note)
        self.folder = button(_("Show its file"))
        self.folder.clicked.connect(self._show_file)
        deeds = QHBoxLayout()
        deeds.setSpacing(SPACE.small)
        for each in (self.copy, self.note, self.folder):
            deeds.addWidget(each)
        deeds.addStretch(1)
        self.add(self._explained)
        self.add(self._facts)
        self.body.addLayout(deeds)
        self.hide()

    @property
    def explained(self) -> str:
        """What is said about the number."""
        return self._explained.text()

    def show_number(self, number: Number | None) -> None:
        """Show a number; None hides the card."""
        self.number = number
        self.setVisible(number is not None)
        if number is None:
            return
        word, tone = result_told(number)
        self.heading.setText(_("Package {number}").format(number=number.seq))
        self._result.setText(word)
        restyled(self._result, "tone", tone)
        self._explained.setText(state_explained(number))
        self._facts.show_facts(
            (
                (_("Contents"), contents_told(number)),
                (_("Range"), _("journal lines {first}–{last}").format(first=number.first, last=number.last)),
                (_("Size"), size_told(number.size)),
                (_("Copies"), self._copies(number)),
                (_("Receipt"), _("no. {numbers}").format(numbers=number.receipt) if number.receipt else ""),
                (_("Fingerprint"), grouped(number.sha256)),
                (_("File"), number.path.name),
            )
        )

    def _copies(self, number: Number) -> str:
        if not number.last_copied:
            return ""
        today = self._bench.workspace.clock.today().date()
        each = [f"{moment_told(copy.at, today=today)} {copy.folder}" for copy in number.copied[-_COPIES:]]
        if (more := number.copies - len(each)) > 0:
            each.insert(0, ngettext("{count} earlier copy", "{count} earlier copies", more).format(count=more))
        return "\n".join(each)

    def _print_note(self) -> None:
        from ui.dialogs.paper_dialog import PaperDialog  # its libraries are loaded when somebody prints

        if self.number:
            asked = Asked(name=PaperName.DELIVERY_NOTE, numbers=(f"{self.number.epoch}/{self.number.seq}",))
            PaperDialog(self._bench, asked, self).open()

    def _show_file(self) -> None:
        if self.number:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.number.path.parent)))
