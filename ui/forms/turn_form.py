"""What becomes of a tracked item: when, why, by what evidence, and when it is looked at again."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.domain.reply import ClassChange
from app.domain.tracking import USUAL_WATCH, WATCHED_ON, TurnEntry
from app.domain.values import Code
from app.i18n import N_, _
from app.messages import problem_told
from ui.forms.day_box import DayBox
from ui.forms.enter_moves import EnterMoves
from ui.forms.field_row import FieldRow
from ui.forms.form_deeds import FormDeeds
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.field import Field
from ui.widgets.long_text import LongText
from ui.widgets.roles import label

TURN_WORDS: Final[Mapping[ClassChange, str]] = {
    ClassChange.RESOLVED: N_("Solved: strike it off"),
    ClassChange.TRACKING: N_("Track it on"),
    ClassChange.POLICY_CHANGED: N_("Policy changed: lay it aside"),
    ClassChange.RETROSPECTIVE_CHECK: N_("Looked back: take it up again"),
}
"""What each turn is called on its button."""

_EVIDENCE: Final[Mapping[ClassChange, str]] = {
    ClassChange.RESOLVED: N_("What shows that it is done"),
    ClassChange.POLICY_CHANGED: N_("Which rule or plan changed"),
}
_ANY_EVIDENCE: Final = N_("Evidence (may stay empty)")
_TEXT: Final = 96  # pixels of a text: three lines


class TurnForm(QWidget):
    """One turn of one item: a value in, a value out. `wanted` asks to save it, `left` to close it."""

    changed = Signal()
    """Something was typed or chosen."""
    wanted = Signal()
    left = Signal()

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench: Final = bench
        self.turn: ClassChange = ClassChange.TRACKING
        self.heading: Final = label("", "strong", wrap=True)
        self.reason: Final = Field(_("Reason"), LongText(bench.theme, is_heading=lambda _line: False))
        self.evidence: Final = Field(_("Evidence"), LongText(bench.theme, is_heading=lambda _line: False))
        self.on: Final = Field(_("Day"), DayBox())
        self.watch_on: Final = Field(_("Look again on"), DayBox())
        self.by: Final = Field(_("Found by"), QLineEdit())
        self.deeds: Final = FormDeeds(self, _("Save"))
        self.save: Final = self.deeds.save
        self.close_button: Final = self.deeds.close_button
        self._fields: Final[Mapping[str, Field[Any]]] = {
            "reason": self.reason,
            "evidence": self.evidence,
            "on": self.on,
            "watch_on": self.watch_on,
            "change": self.reason,
        }
        self._arrange()
        self._connect()

    # --- a value in, a value out

    def begin(self, turn: ClassChange, operator: str, entry: TurnEntry | None = None) -> None:
        """Ask what a turn needs; `entry` is what was given for it before."""
        today = self._bench.workspace.clock.today().date()
        self.turn = turn
        told = entry or TurnEntry(change=turn, on=today, by=operator, watch_on=today + USUAL_WATCH)
        blocked = self.blockSignals(True)
        self.heading.setText(_(TURN_WORDS[turn]))
        self.evidence.name.setText(_(_EVIDENCE.get(turn, _ANY_EVIDENCE)))
        self.watch_on.setVisible(turn in WATCHED_ON)
        self.reason.editor.setPlainText(told.reason)
        self.evidence.editor.setPlainText(told.evidence)
        self.on.editor.show_day(told.on)
        self.watch_on.editor.show_day(told.watch_on or told.on + USUAL_WATCH)
        self.by.editor.setText(told.by)
        self.complain(())
        self.blockSignals(blocked)
        self.reason.editor.setFocus()

    def read(self) -> TurnEntry:
        """The turn as it stands here."""
        return TurnEntry(
            change=self.turn,
            on=self.on.editor.day(),
            reason=self.reason.editor.toPlainText(),
            evidence=self.evidence.editor.toPlainText(),
            watch_on=self.watch_on.editor.day() if self.turn in WATCHED_ON else None,
            by=self.by.editor.text(),
        )

    def empty(self) -> bool:
        """Whether nothing was typed that would be missed."""
        entry = self.read()
        return not entry.reason.strip() and not entry.evidence.strip()

    def complain(self, problems: Sequence[Problem]) -> None:
        """Say beside each field what is wrong with it; nothing is wrong without problems."""
        for field in self._fields.values():
            field.complain("")
        told: dict[str, list[str]] = {}
        for each in problems:
            told.setdefault(each.field, []).append(problem_told(each))
        for name, sentences in told.items():
            self._fields.get(name, self.reason).complain("".join(sentences))

    # --- how

    def _arrange(self) -> None:
        theme = self._bench.theme
        self._measure()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.small)
        for each in (self.heading, self.reason, self.evidence):
            layout.addWidget(each)
        layout.addWidget(FieldRow(theme, [(self.on, 8), (self.watch_on, 8)]))
        layout.addWidget(self.by)
        layout.addWidget(self.deeds)

    def _measure(self) -> None:
        for each in (self.reason, self.evidence):
            each.editor.setFixedHeight(self._bench.theme.px(_TEXT))

    def _connect(self) -> None:
        self._bench.theme.changed.connect(self._measure)
        self.deeds.wanted.connect(self.wanted)
        self.deeds.left.connect(self.left)
        enter = EnterMoves(self)
        for field in (self.on, self.watch_on, self.by):
            enter.watch(field.editor)
        for told in (
            *(each.editor.textChanged for each in (self.reason, self.evidence, self.by)),
            *(each.editor.dateChanged for each in (self.on, self.watch_on)),
        ):
            told.connect(lambda *_told: self.changed.emit())


def turn_word(change: Code[ClassChange]) -> str:
    """What a turn is called; one of a newer program by its own word."""
    return _(TURN_WORDS[change]) if isinstance(change, ClassChange) else str(change)
