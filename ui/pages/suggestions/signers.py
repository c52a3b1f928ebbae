"""Who signs beside the lead deputy: asked by name, and what each of them said."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.cosignature import Cosignature, CosignatureState
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _
from app.queries.deputies import RegisterRow, register
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.code_box import CodeBox
from ui.widgets.contents import take_out
from ui.widgets.deputy_picker import DeputyPicker
from ui.widgets.roles import button, label
from ui.wording import day_told, word_of


class SignersCard(Card):
    """Signatures in, signatures out; `changed` tells that somebody was asked, or said something else."""

    changed = Signal()

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(_("Co-signers"), parent)
        self._bench = bench
        self._suggestion: Id = ""
        self._signers: list[Cosignature] = []
        self._stored: frozenset[Id] = frozenset()
        self._names: Mapping[Id, RegisterRow] = {}
        self._frozen = False
        self.rows: Final = QWidget()
        self._grid = QGridLayout(self.rows)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(SPACE.tiny)
        self._grid.setColumnStretch(0, 1)
        self.none: Final = label(_("Nobody has been asked to co-sign."), "small", wrap=True)
        self.picker: Final = DeputyPicker(bench)
        self.picker.field.setAccessibleName(_("Ask a deputy to co-sign"))
        self.picker.field.setPlaceholderText(_("Ask a deputy …"))
        self.picker.changed.connect(self._ask)
        for each in (self.rows, self.none, self.picker):
            self.add(each)

    def show_signers(self, suggestion: Id, signers: Sequence[Cosignature], stored: frozenset[Id]) -> None:
        """Show the signatures of a suggestion; those `stored` were saved before and are not dropped without a trace."""
        self._suggestion = suggestion
        self._signers = list(signers)
        self._stored = stored
        self._draw()
        self.refresh()

    def read(self) -> tuple[Cosignature, ...]:
        """The signatures as they stand here."""
        return tuple(self._signers)

    def freeze(self, *, frozen: bool) -> None:
        """Whether deputies may be asked and their answers written down."""
        self._frozen = frozen
        self.picker.setVisible(not frozen)
        self._draw()

    def refresh(self) -> None:
        """Ask the register again."""
        workspace = self._bench.workspace
        self._bench.background.ask(self, lambda: register(workspace), self._name, self._fail, topic="names")

    def _name(self, rows: Sequence[RegisterRow]) -> None:
        self._names = {each.id: each for each in rows}
        self._draw()

    def _ask(self) -> None:
        """Whoever was picked is asked; the picker is free for the next."""
        there = {each.deputy for each in self._signers}
        new = [each for each in self.picker.ids() if each not in there]
        self.picker.show_ids(())
        for deputy in new:
            order = max((each.order for each in self._signers), default=0) + 1
            asked = Cosignature(
                id=self._bench.workspace.clock.new_id(),
                suggestion=self._suggestion,
                deputy=deputy,
                order=order,
                state=CosignatureState.ASKED,
            )
            self._signers.append(asked)
        if new:
            self.refresh()
            self.changed.emit()

    def _say(self, id: Id, code: str) -> None:
        """A deputy gave another answer: what was bound to the answer before is bound anew when it is saved."""
        self._signers = [_answering(each, code) if each.id == id else each for each in self._signers]
        self._head()
        self.changed.emit()

    def _drop(self, id: Id) -> None:
        self._signers = [each for each in self._signers if each.id != id]
        self._draw()
        self.picker.field.setFocus()
        self.changed.emit()

    def _draw(self) -> None:
        take_out(self._grid)
        for number, signer in enumerate(self._signers):
            self._row(2 * number, signer)
        self.rows.setVisible(bool(self._signers))
        self.none.setVisible(not self._signers)
        self._head()

    def _row(self, number: int, signer: Cosignature) -> None:
        row = self._names.get(signer.deputy)
        name = row.name if row else "…"
        if self._frozen:
            self._grid.addWidget(label(name, wrap=True), number, 0, 1, 2)
            self._grid.addWidget(label(_answer(signer), "small", wrap=True), number + 1, 0, 1, 2)
            return
        self._grid.addWidget(label(name), number, 0)
        box = CodeBox(CosignatureState, _("Not said"))
        box.setAccessibleName(_("What {name} said").format(name=name))
        box.show_code(signer.state)
        box.currentIndexChanged.connect(lambda: self._say(signer.id, box.code()))
        self._grid.addWidget(box, number, 1)
        if signer.id not in self._stored or signer.state == CosignatureState.ASKED:
            remove = button(_("Take out"), "link")
            remove.setAccessibleName(_("Take out {name}").format(name=name))
            remove.clicked.connect(lambda: self._drop(signer.id))
            self._grid.addWidget(remove, number + 1, 1)

    def _head(self) -> None:
        signed = sum(each.state == CosignatureState.SIGNED for each in self._signers)
        told = _("Co-signers {signed} / {asked}").format(signed=signed, asked=len(self._signers))
        self.heading.setText(told if self._signers else _("Co-signers"))

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)


def _answering(signer: Cosignature, code: str) -> Cosignature:
    no_day: date | None = None
    return replace(signer, state=code, text_digest="", signed_on=no_day, struck_on=no_day)


def _answer(signer: Cosignature) -> str:
    return "　".join(part for part in (word_of(signer.state), day_told(signer.signed_on or signer.struck_on)) if part)
