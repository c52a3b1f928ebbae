"""The form of a withdrawal: why, who of the co-signers agreed and how, and the request in writing."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QVBoxLayout, QWidget

from app.domain.cosignature import SigningWay
from app.domain.cosigning import Withdrawal
from app.domain.papers import PaperName
from app.domain.problems import Problem
from app.domain.values import Id
from app.i18n import _
from app.queries.suggestion_signing import Preparation
from app.use_cases.attachment_desk import Offered
from ui.forms.day_box import DayBox
from ui.page import Workbench
from ui.pages.suggestions.paper_link import paper_link
from ui.pages.suggestions.talk_form import complain
from ui.theme import SPACE
from ui.widgets.code_box import CodeBox
from ui.widgets.contents import take_out
from ui.widgets.field import Field
from ui.widgets.growing_text import GrowingText
from ui.widgets.roles import button, label
from ui.wording import day_told, word_of


class WithdrawalForm(QWidget):
    """A request in, a request out, with the files that were chosen for it."""

    changed = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench: Final = bench
        self.files: list[Offered] = []
        """The written request."""
        self.words: Final = Field(_("Why it is withdrawn"), GrowingText(bench.theme))
        self.on: Final = Field(_("Day"), DayBox())
        self._agreements = QWidget()
        self._grid = QGridLayout(self._agreements)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE.middle)
        self._grid.setColumnStretch(1, 1)
        self.agreed: Final = Field(_("Who signed must agree"), self._agreements)
        self.ways: Final[dict[Id, CodeBox]] = {}
        """How each co-signer agreed, by deputy."""
        self.choose: Final = button(_("Add the written request …"))
        self.chosen: Final = label("", "small", wrap=True)
        self.paper: Final = paper_link(bench, PaperName.WITHDRAWAL_APPLICATION)
        self._file = QWidget()
        inside = QVBoxLayout(self._file)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.chosen)
        inside.addWidget(self.choose)
        inside.addWidget(self.paper, 0, Qt.AlignmentFlag.AlignLeft)
        self.file: Final = Field(_("Written request"), self._file)
        self._fields: Final[dict[str, Field[Any]]] = {"words": self.words, "agreed": self.agreed, "files": self.file}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.small)
        for each in (self.words, self.agreed, self.on, self.file):
            layout.addWidget(each)
        self.words.editor.textChanged.connect(self.changed)
        self.on.editor.dateChanged.connect(lambda _day: self.changed.emit())
        self.choose.clicked.connect(self._choose)

    def show_request(self, prepared: Preparation, request: Withdrawal) -> None:
        """Show a request for this suggestion."""
        self.paper.setProperty("record", prepared.suggestion.id)
        blocked = self.blockSignals(True)
        self.words.editor.show_text(request.words)
        self.on.editor.show_day(request.on)
        self._show_signers(prepared, request)
        self.offer([])
        self.blockSignals(blocked)
        self.complain(())
        self.words.setFocus()

    def read(self) -> Withdrawal:
        """The request as it stands here."""
        agreed = {deputy: box.code() for deputy, box in self.ways.items() if box.code()}
        return Withdrawal(on=self.on.editor.day(), words=self.words.editor.text().strip(), agreed=agreed)

    def offer(self, files: Sequence[Offered]) -> None:
        """Take these as the written request."""
        self.files = list(files)
        self.chosen.setText("、".join(each.name for each in files))
        self.chosen.setVisible(bool(files))

    def complain(self, problems: Sequence[Problem]) -> None:
        """Say beside each field what is wrong with it, and go to the first of them."""
        complain(self._fields, problems)

    def _show_signers(self, prepared: Preparation, request: Withdrawal) -> None:
        take_out(self._grid)
        self.ways.clear()
        for row, each in enumerate(prepared.to_agree):
            self._grid.addWidget(label(each.name), row, 0)
            on = each.signature.withdrawal_on
            if on:
                told = "　".join((_("Agreed"), word_of(each.signature.withdrawal_way), day_told(on)))
                self._grid.addWidget(label(told, "soft", wrap=True), row, 1)
                continue
            box = CodeBox(SigningWay, _("Not agreed yet"))
            box.setAccessibleName(_("How {name} agreed").format(name=each.name))
            box.show_code(request.agreed.get(each.signature.deputy, ""))
            box.currentIndexChanged.connect(lambda _index: self.changed.emit())
            self.ways[each.signature.deputy] = box
            self._grid.addWidget(box, row, 1)
        self.agreed.setVisible(bool(prepared.to_agree))

    def _choose(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileNames(self, _("Add the written request …"), self._bench.settings.last_folder)
        if chosen:
            self._bench.settings.last_folder = str(Path(chosen[0]).parent)
            self.offer([Offered.at(Path(each)) for each in chosen])
            self.changed.emit()
