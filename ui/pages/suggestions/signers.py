"""Who signs beside the lead deputy: asked by name, what each of them said, and what their signatures are worth now."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.domain.cosignature import Cosignature, CosignatureState
from app.domain.cosigning import Stand, stand_of
from app.domain.papers import PaperName
from app.domain.suggestion import Suggestion
from app.domain.values import Id
from app.errors import AppError
from app.i18n import N_, _, ngettext
from app.messages import problem_told
from app.queries.deputies import RegisterRow, register
from app.queries.suggestion_signing import Preparation, SignerRow
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.deputy_picker import DeputyPicker
from ui.widgets.flow import Flow
from ui.widgets.roles import button, label
from ui.wording import day_told, word_of

STANDS: Final[Mapping[Stand, tuple[str, str]]] = {
    Stand.ASKED: (N_("Asked"), ""),
    Stand.SIGNED: (N_("Signed"), "ok"),
    Stand.OTHER_WORDS: (N_("Signed other words"), "warning"),
    Stand.ENDED: (N_("A deputy no more"), "warning"),
    Stand.DECLINED: (N_("Does not sign"), ""),
    Stand.WITHDRAWN: (N_("Signed, then left"), ""),
    Stand.STRUCK: (N_("Struck"), "warning"),
}
"""What a signature is worth, in a word, and its tone."""

_VOID: Final = frozenset({Stand.OTHER_WORDS, Stand.STRUCK, Stand.WITHDRAWN})


class SignersCard(Card):
    """Signatures in, signatures out; `changed` tells that somebody was asked here or taken out again, before it is saved."""

    changed = Signal()
    answering = Signal(str)
    """What this deputy says is to be written down, or they sign here."""
    inviting = Signal()
    asking_again = Signal()
    striking = Signal()
    telling_lead = Signal(str)
    writing_file = Signal(str)
    printing = Signal(object)
    """This paper of the suggestion is wanted."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(_("Co-signers"), parent)
        self._bench = bench
        self._suggestion: Suggestion = Suggestion(id="")
        self._signers: list[Cosignature] = []
        self._stored: frozenset[Id] = frozenset()
        self._names: Mapping[Id, RegisterRow] = {}
        self._known: Mapping[Id, SignerRow] = {}
        self._frozen = False
        self.rows: Final = QWidget()
        self._column = QVBoxLayout(self.rows)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE.tiny)
        self.none: Final = label(_("Nobody has been asked to co-sign."), "small", wrap=True)
        self.voided: Final = label("", "problem", wrap=True)
        self.again: Final = button(_("Ask them again"))
        self.strike: Final = button(_("Strike who left"))
        self.picker: Final = DeputyPicker(bench)
        self.picker.field.setAccessibleName(_("Ask a deputy to co-sign"))
        self.picker.field.setPlaceholderText(_("Ask a deputy …"))
        self.several: Final = button(_("Ask several …"), "link")
        self.page: Final = button(_("Print: {paper}").format(paper=PaperName.COSIGNATURE_PAGE.label), "link")
        self.call: Final = button(_("Print: {paper}").format(paper=PaperName.COSIGNING_CALL.label), "link")
        self.deeds: Final[dict[tuple[Id, str], QPushButton]] = {}
        """What can be done with each signature: `answer`, `file`, `drop`, `lead`."""
        self.picker.changed.connect(self._ask)
        self.again.clicked.connect(self.asking_again)
        self.strike.clicked.connect(self.striking)
        self.several.clicked.connect(self.inviting)
        self.page.clicked.connect(lambda: self.printing.emit(PaperName.COSIGNATURE_PAGE))
        self.call.clicked.connect(lambda: self.printing.emit(PaperName.COSIGNING_CALL))
        for each in (self.rows, self.none, self.voided, self.again, self.strike, self.picker, self.several, self.page, self.call):
            self.add(each)
        self._draw()

    def show_signers(self, suggestion: Suggestion, signers: Sequence[Cosignature], stored: frozenset[Id]) -> None:
        """Show the signatures of a suggestion; those `stored` were saved before and are not dropped without a trace."""
        if suggestion.id != self._suggestion.id:
            self._known = {}
        self._suggestion = suggestion
        self._signers = list(signers)
        self._stored = stored
        self._draw()
        self.refresh()

    def show_known(self, prepared: Preparation) -> None:
        """What the records know of those who signed: their mandate, their PIN, their files."""
        self._known = {each.signature.id: each for each in prepared.signers}
        self._draw()

    def follow(self, words: Suggestion) -> None:
        """Title or text are being written: who signed other words is struck through at once."""
        before = {each.id: self._stand(each) for each in self._signers}
        self._suggestion = words
        if before != {each.id: self._stand(each) for each in self._signers}:
            self._draw()

    def read(self) -> tuple[Cosignature, ...]:
        """The signatures as they stand here."""
        return tuple(self._signers)

    def freeze(self, *, frozen: bool) -> None:
        """Whether deputies may be asked and their answers written down."""
        self._frozen = frozen
        self._draw()

    def refresh(self) -> None:
        """Ask the register again."""
        workspace = self._bench.workspace
        self._bench.background.ask(self, lambda: register(workspace), self._name, self._fail, topic="names")

    def voids(self) -> tuple[Cosignature, ...]:
        """The signatures that a change of title or text has voided."""
        return tuple(each for each in self._signers if self._stand(each) is Stand.OTHER_WORDS)

    # --- asking

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
                suggestion=self._suggestion.id,
                deputy=deputy,
                order=order,
                asked_on=self._bench.workspace.clock.today().date(),
                state=CosignatureState.ASKED,
            )
            self._signers.append(asked)
        if new:
            self.refresh()
            self.changed.emit()

    def _drop(self, id: Id) -> None:
        self._signers = [each for each in self._signers if each.id != id]
        self._draw()
        self.picker.field.setFocus()
        self.changed.emit()

    # --- showing

    def _stand(self, signer: Cosignature) -> Stand:
        known = self._known.get(signer.id)
        return stand_of(signer, self._suggestion, over=known is not None and known.ended is not None)

    def _draw(self) -> None:
        take_out(self._column)
        self.deeds.clear()
        for signer in self._signers:
            self._column.addWidget(self._row(signer))
        void = self.voids()
        self.rows.setVisible(bool(self._signers))
        self.none.setVisible(not self._signers)
        self.voided.setText(
            ngettext(
                "{count} signature is for other words: {names}.", "{count} signatures are for other words: {names}.", len(void)
            ).format(count=len(void), names="、".join(map(self._called, void)))
        )
        self.voided.setVisible(bool(void))
        self.again.setVisible(bool(void) and not self._frozen)
        self.strike.setVisible(not self._frozen and any(self._stand(each) is Stand.ENDED for each in self._signers))
        self.picker.setVisible(not self._frozen)
        self.several.setVisible(not self._frozen)
        self.page.setVisible(bool(self._signers))
        self.call.setVisible(bool(self._signers) and not self._frozen)
        self._head()

    def _row(self, signer: Cosignature) -> QWidget:
        stand, name = self._stand(signer), self._called(signer)
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, SPACE.tiny)
        column.setSpacing(0)
        called = label(name, "strong")
        if stand in _VOID:
            font = called.font()
            font.setStrikeOut(True)
            called.setFont(font)
        word, tone = STANDS[stand]
        head = QWidget()
        flow = Flow(head)
        flow.addWidget(called)
        flow.addWidget(label(_(word), "chip", tone=tone))
        column.addWidget(head)
        for told in self._told(signer):
            column.addWidget(label(told, "small", wrap=True))
        deeds = QWidget()
        links = Flow(deeds, gap=SPACE.middle)
        for made in self._links(signer, stand, name):
            links.addWidget(made)
        column.addWidget(deeds)
        deeds.setVisible(bool(links.count()))
        return row

    def _told(self, signer: Cosignature) -> Iterator[str]:
        known = self._known.get(signer.id)
        day = signer.signed_on or signer.struck_on or signer.asked_on
        files = ngettext("{count} file", "{count} files", known.files).format(count=known.files) if known and known.files else ""
        parts = (word_of(signer.way) if signer.way else "", day_told(day) if day else "", signer.signed_at, files)
        if line := "　".join(each for each in parts if each):
            yield line
        for each in (signer.answer, signer.struck_reason):
            if each:
                yield each
        if known and known.ended and self._stand(signer) is Stand.ENDED:
            yield problem_told(known.ended)
        if signer.state == CosignatureState.STRUCK and signer.lead_told_on:
            yield _("The lead deputy was told on {day}").format(day=day_told(signer.lead_told_on))
        if signer.withdrawal_on:
            yield _("Agreed to the withdrawal on {day}").format(day=day_told(signer.withdrawal_on))

    def _links(self, signer: Cosignature, stand: Stand, name: str) -> Iterator[QPushButton]:
        if stand is Stand.STRUCK and not signer.lead_told_on:
            yield self._link(signer, "lead", _("The lead was told"), name, partial(self.telling_lead.emit, signer.id))
        if self._frozen or stand in {Stand.STRUCK, Stand.ENDED}:
            return
        words = _("Answer …") if stand is Stand.ASKED else _("Change …")
        yield self._link(signer, "answer", words, name, partial(self.answering.emit, signer.id))
        if stand in {Stand.ASKED, Stand.OTHER_WORDS}:
            yield self._link(signer, "file", _("By file …"), name, partial(self.writing_file.emit, signer.id))
        if signer.id not in self._stored or signer.state == CosignatureState.ASKED:
            yield self._link(signer, "drop", _("Take out"), name, partial(self._drop, signer.id))

    def _link(self, signer: Cosignature, deed: str, words: str, name: str, act: "partial[None]") -> QPushButton:
        made = button(words, "link")
        made.setAccessibleName(f"{words} {name}")
        made.clicked.connect(lambda _checked=False: act())
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        self.deeds[signer.id, deed] = made
        return made

    def _called(self, signer: Cosignature) -> str:
        row = self._names.get(signer.deputy)
        known = self._known.get(signer.id)
        return row.name if row else known.name if known else "…"

    def _head(self) -> None:
        signed = sum(self._stand(each) is Stand.SIGNED for each in self._signers)
        told = _("Co-signers {signed} / {asked}").format(signed=signed, asked=len(self._signers))
        self.heading.setText(told if self._signers else _("Co-signers"))

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)
