"""Who works with this program, and who is at the keyboard now."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QRadioButton, QVBoxLayout

from app.domain.people import Role
from app.domain.problems import Problem
from app.domain.rights import EVERYTHING, Right, Rights
from app.errors import AppError
from app.i18n import N_, _
from app.messages import explain, problem_told
from app.queries.operators import OperatorRow, operators
from app.queries.rights import rights
from app.queries.signing_in import lock
from app.use_cases import station
from app.use_cases.signing_in import SignedIn, keep_lock_minutes, sign_in
from app.use_cases.station import Saved
from ui.page import Page
from ui.pages.settings.choices import Choices
from ui.pages.settings.operator_card import PinCard, RolesCard
from ui.pages.settings.section import Section
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.code_box import CodeBox
from ui.widgets.contents import take_out
from ui.widgets.field import Field
from ui.widgets.roles import button, label
from ui.wording import word_of

_MINUTES: Final = (5, 15, 30, 60)


@dataclass(frozen=True, slots=True)
class _Laid:
    """What the part shows."""

    rows: tuple[OperatorRow, ...]
    minutes: int
    rights: Rights


class OperatorsSection(Section):
    """A list to choose from, and a line to add somebody; a name is all that must be given."""

    name = N_("People")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.rows: tuple[OperatorRow, ...] = ()
        self._rights = EVERYTHING
        self._group = QButtonGroup(self)
        self._list = QVBoxLayout()
        self._list.setSpacing(SPACE.middle)
        self.new_name = Field(_("Name"), QLineEdit())
        self.role = Field(_("Role"), CodeBox(Role, _("not said")))
        self.add_button = button(_("Add"))
        here = Card(_("Who is at the keyboard"))
        here.add(label(_("Everything that is saved carries this name."), "soft", wrap=True))
        here.body.addLayout(self._list)
        more = Card(_("Add somebody"))
        line = QHBoxLayout()
        line.setSpacing(SPACE.middle)
        line.addWidget(self.new_name, 2)
        line.addWidget(self.role, 1)
        more.body.addLayout(line)
        below = QHBoxLayout()
        below.addWidget(self.add_button)
        below.addStretch(1)
        more.body.addLayout(below)
        self.roles: Final = RolesCard(self.bench)
        self.pin: Final = PinCard(self.bench)
        self.more: Final = more
        self.minutes: Final = Choices(
            _("Lock after"), ((_("never"), 0), *((_("{minutes} minutes").format(minutes=each), each) for each in _MINUTES))
        )
        self.lock_card: Final = Card(_("Lock by itself"))
        told = _("After so long without a key or a movement, where people have PINs; never while a reception is on.")
        self.lock_card.add(label(told, "soft", wrap=True))
        self.lock_card.add(self.minutes)
        self.not_yours: Final = label(_("The station head enters people and says what they do."), "soft", wrap=True)
        self.switch: Final = button(_("Let somebody else work　Ctrl+L"), "link")
        here.head.addWidget(self.switch)
        self.add(here, self.roles, self.pin, more, self.lock_card, self.not_yours)
        self.end()
        self.switch.clicked.connect(lambda: self.bench.lock())
        self.minutes.chosen.connect(self.keep_minutes)
        for card in (self.roles, self.pin):
            card.done.connect(card.hide)
        self.add_button.clicked.connect(self.add_now)
        self.new_name.editor.returnPressed.connect(self.add_now)

    def refresh(self) -> None:
        workspace = self.bench.workspace
        self.bench.background.ask(
            self,
            lambda: _Laid(operators(workspace), lock(workspace).minutes, rights(workspace)),
            self._show_laid,
            self.fail,
            topic="operators",
        )

    def choose(self, row: OperatorRow) -> None:
        """Let this person be at the keyboard; who has a PIN types it where everybody signs in."""
        if row.has_pin:
            self._show(self.rows)
            self.bench.lock()
            return
        workspace = self.bench.workspace
        self.bench.background.do(self, lambda _progress: sign_in(workspace, row.id), self._chosen, self._undo)

    def keep_minutes(self, minutes: int) -> None:
        """Lock after so many idle minutes from now on."""
        workspace = self.bench.workspace
        self.bench.background.do(self, lambda _progress: keep_lock_minutes(workspace, minutes), lambda _kept: None, self._undo)

    def add_now(self) -> None:
        """Enter the name that is typed."""
        self.new_name.complain("")
        workspace, name = self.bench.workspace, self.new_name.editor.text()
        code = self.role.editor.code()
        roles = [Role(code)] if code else []
        self.bench.background.do(
            self, lambda _progress: station.add_operator(workspace, name, roles), self._added, self._refuse_name
        )

    def end_work(self, row: OperatorRow) -> None:
        """Note that somebody no longer works here."""
        workspace = self.bench.workspace
        self.bench.background.do(self, lambda _progress: station.end_operator(workspace, row.id), lambda _saved: None, self.fail)

    def _show_laid(self, laid: "_Laid") -> None:
        self._rights = laid.rights
        self._show(laid.rows)
        self.minutes.show_value(laid.minutes)
        for card, right in ((self.more, Right.PEOPLE), (self.lock_card, Right.SETTINGS)):
            card.setVisible(laid.rights.may(right))
        self.not_yours.setVisible(not laid.rights.may(Right.PEOPLE))

    def _show(self, rows: tuple[OperatorRow, ...]) -> None:
        self.rows = rows
        for each in self._group.buttons():
            self._group.removeButton(each)
        take_out(self._list)
        for row in rows:
            self._list.addLayout(self._line(row))

    def _line(self, row: OperatorRow) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(SPACE.middle)
        choice = QRadioButton(row.name)
        choice.setChecked(row.here)
        choice.clicked.connect(lambda: self.choose(row))
        self._group.addButton(choice)
        line.addWidget(choice)
        line.addWidget(label(_(", ").join(word_of(role) for role in row.roles), "soft"))
        if row.has_pin:
            line.addWidget(label(_("PIN"), "chip"))
        line.addStretch(1)
        head = self._rights.may(Right.PEOPLE)
        if head:
            self._link(line, _("Roles"), _("Roles of {name}").format(name=row.name), lambda: self.roles.show_person(row))
        if head or row.here:
            self._link(line, _("PIN"), _("PIN of {name}").format(name=row.name), lambda: self.pin.show_person(row))
        if head and not row.here:
            leave = button(_("No longer works here"), "link")
            leave.setAccessibleName(_("{name} no longer works here").format(name=row.name))
            leave.clicked.connect(lambda: self.end_work(row))
            line.addWidget(leave)
        return line

    def _link(self, line: QHBoxLayout, words: str, told: str, act: Callable[[], None]) -> None:
        made = button(words, "link")
        made.setAccessibleName(told)
        made.clicked.connect(lambda: act())
        line.addWidget(made)

    def _chosen(self, signed: SignedIn) -> None:
        self.bench.act_as(signed.id)
        self.refresh()
        self.bench.feedback.say(_("{name} is at the keyboard now.").format(name=signed.name))

    def _undo(self, error: AppError) -> None:
        self.fail(error)
        self._show(self.rows)

    def _added(self, _saved: Saved) -> None:
        self.new_name.editor.clear()
        self.role.editor.show_code("")
        self.new_name.editor.setFocus()

    def _refuse_name(self, error: AppError) -> None:
        problems = error.facts.get("problems")
        first = problems[0] if isinstance(problems, tuple) and problems else None
        self.new_name.complain(problem_told(first) if isinstance(first, Problem) else explain(error))
        self.new_name.editor.setFocus()
