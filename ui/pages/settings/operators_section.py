"""Who works with this program, and who is at the keyboard now."""

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QRadioButton, QVBoxLayout

from app.domain.people import Role
from app.domain.problems import Problem
from app.errors import AppError
from app.i18n import N_, _
from app.messages import explain, problem_told
from app.queries.operators import OperatorRow, operators
from app.use_cases import station
from app.use_cases.station import Saved
from ui.page import Page
from ui.pages.settings.section import Section
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.code_box import CodeBox
from ui.widgets.contents import take_out
from ui.widgets.field import Field
from ui.widgets.roles import button, label
from ui.wording import word_of


class OperatorsSection(Section):
    """A list to choose from, and a line to add somebody; a name is all that must be given."""

    name = N_("People")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.rows: tuple[OperatorRow, ...] = ()
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
        self.add(here, more)
        self.end()
        self.add_button.clicked.connect(self.add_now)
        self.new_name.editor.returnPressed.connect(self.add_now)

    def refresh(self) -> None:
        workspace = self.bench.workspace
        self.bench.background.ask(self, lambda: operators(workspace), self._show, self.fail, topic="operators")

    def choose(self, row: OperatorRow) -> None:
        """Let this person be at the keyboard."""
        workspace = self.bench.workspace
        self.bench.background.do(self, lambda _progress: station.choose_operator(workspace, row.id), self._chosen, self._undo)

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
        line.addStretch(1)
        if not row.here:
            leave = button(_("No longer works here"), "link")
            leave.setAccessibleName(_("{name} no longer works here").format(name=row.name))
            leave.clicked.connect(lambda: self.end_work(row))
            line.addWidget(leave)
        return line

    def _chosen(self, saved: Saved) -> None:
        self.bench.act_as(saved.id)
        name = next((each.name for each in self.rows if each.id == saved.id), "")
        self.bench.feedback.say(_("{name} is at the keyboard now.").format(name=name))

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
