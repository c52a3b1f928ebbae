"""What the writer is told beside the work: hints by group with their rules; each is gone to, or kept with a reason."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.hint import Hint, HintGroup
from app.domain.problems import Problem
from app.i18n import N_, _
from app.messages import problem_told
from app.reference import hint_rules
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.roles import button, label
from ui.wording import word_of

_TONES: Final = {HintGroup.PERSONAL: "warning", HintGroup.OUTSIDE: "warning", HintGroup.CONTENT: "information"}
_MISSING: Final = N_("Still missing"), "accent"


class HintsCard(Card):
    """Hints that wait, under what is still missing; those that were answered last, with the answer."""

    wanted = Signal(object)
    """A hint whose words are to be shown in the text."""
    kept = Signal(object, str)
    """A hint, and why it is not followed."""
    rule_wanted = Signal(str)
    """The code of the rule that a hint comes from."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Hints"), parent)
        self.beside: Final = label(_("They do not stop submission"), "small")
        self.head.insertWidget(1, self.beside)
        self.rows: Final = QVBoxLayout()
        self.rows.setSpacing(SPACE.middle)
        self.none: Final = label(_("Nothing to hint at."), "soft")
        self.body.addLayout(self.rows)
        self.add(self.none)
        self.told: tuple[str, ...] = ()
        self._shown: tuple[Problem, ...] | None = None
        self.show_problems(())

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show hints, and what submission still needs; a reason that is being typed stays where nothing changed."""
        if self._shown == tuple(problems):
            return
        typed = self._typed()
        self._shown = tuple(problems)
        take_out(self.rows)
        waiting = [each for each in problems if _answer_of(each) is None]
        self.told = tuple(dict.fromkeys(problem_told(each) for each in waiting))
        hints = sum(each.hint for each in waiting)
        self.heading.setText(_("Hints {count}").format(count=hints) if hints else _("Hints"))
        self.beside.setVisible(bool(hints))
        self.none.setVisible(not problems)
        before = ""
        for each in sorted(problems, key=lambda each: _answer_of(each) is not None):
            row = _Row(each, headed=_group_of(each) != before)
            before = _group_of(each)
            row.wanted.connect(self.wanted)
            row.kept.connect(self.kept)
            row.rule_wanted.connect(self.rule_wanted)
            self.rows.addWidget(row)
            if row.key in typed:
                row.ask(typed[row.key])

    def rows_shown(self) -> list["_Row"]:
        """The rows, from the first to the last."""
        items = (self.rows.itemAt(number) for number in range(self.rows.count()))
        return [widget for each in items if each and isinstance(widget := each.widget(), _Row)]

    def _typed(self) -> dict[tuple[str, str], str]:
        return {each.key: each.reason.text() for each in self.rows_shown() if not each.asking.isHidden()}


class _Row(QWidget):
    """One hint or one thing that is missing."""

    wanted = Signal(object)
    kept = Signal(object, str)
    rule_wanted = Signal(str)

    def __init__(self, problem: Problem, *, headed: bool) -> None:
        super().__init__()
        hint = problem if isinstance(problem, Hint) else None
        self.key: Final = (problem.code, hint.digest if hint else "")
        self._hint = hint
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.tiny)
        if headed:
            group = hint.group if hint else HintGroup.FORM
            word, tone = (word_of(group), _TONES.get(group, "")) if problem.hint else (_(_MISSING[0]), _MISSING[1])
            column.addWidget(label(word, "chip", tone=tone), 0, Qt.AlignmentFlag.AlignLeft)
        answered = hint and hint.answer
        self.sentence: Final = label(problem_told(problem), "soft" if answered else "", wrap=True)
        column.addWidget(self.sentence)
        self.rule: Final = button("", "link")
        self.go: Final = button(_("Go there"), "link")
        self.keep: Final = button(_("Keep, because …"), "link")
        self.reason: Final = QLineEdit()
        self.asking: Final = self._asking()
        if hint:
            self._furnish(column, hint)

    def ask(self, words: str = "") -> None:
        """Let the reason be typed."""
        self.asking.show()
        self.keep.hide()
        self.reason.setText(words)
        self.reason.setFocus()

    def _furnish(self, column: QVBoxLayout, hint: Hint) -> None:
        rule = hint_rules()[hint.rule]
        self.rule.setText(rule.title)
        self.rule.setToolTip(_("Open the rule on the shelf: {source}").format(source=f"{rule.source} {rule.article}"))
        if hint.answer:
            told = _("Kept because {reason} ({by}, {on})")
            column.addWidget(
                label(told.format(reason=hint.answer.reason, by=hint.answer.by, on=hint.answer.on), "small", wrap=True)
            )
        line = QHBoxLayout()
        line.setSpacing(SPACE.middle)
        for each in (self.go, self.keep, self.rule):
            line.addWidget(each)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(self.asking)
        self.go.setVisible(bool(hint.places))
        self.keep.setVisible(hint.answer is None)
        if hint.code == "secrecy_open":  # the question itself is answered, not the hint
            self.go.setText(_("Answer it now"))
            self.go.show()
            self.keep.hide()
        self.go.clicked.connect(lambda: self.wanted.emit(hint))
        self.keep.clicked.connect(lambda: self.ask())
        self.rule.clicked.connect(lambda: self.rule_wanted.emit(hint.rule))

    def _asking(self) -> QWidget:
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.small)
        self.reason.setPlaceholderText(_("Why it stays as it is"))
        self.reason.setAccessibleName(_("Why it stays as it is"))
        said, no = button(_("Keep it")), button(_("Not now"), "link")
        line.addWidget(self.reason, 1)
        line.addWidget(said)
        line.addWidget(no)
        self.reason.returnPressed.connect(self._say)
        said.clicked.connect(self._say)
        no.clicked.connect(self._leave)
        row.hide()
        return row

    def _say(self) -> None:
        if self.reason.text().strip():
            self.kept.emit(self._hint, self.reason.text().strip())
        else:
            self.reason.setFocus()

    def _leave(self) -> None:
        self.asking.hide()
        self.keep.show()
        self.keep.setFocus()


def _answer_of(problem: Problem) -> object:
    return problem.answer if isinstance(problem, Hint) else None


def _group_of(problem: Problem) -> str:
    if not problem.hint:
        return "missing"
    group = problem.group if isinstance(problem, Hint) else HintGroup.FORM
    return f"{group} {_answer_of(problem) is None}"
