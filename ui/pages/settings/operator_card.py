"""What somebody does at the station, and their PIN: for the station head about everyone, for everyone about their own PIN."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QWidget

from app.domain.people import Role
from app.domain.problems import Problem
from app.errors import AppError
from app.i18n import _
from app.messages import explain, problem_told
from app.progress import Progress
from app.queries.operators import OperatorRow
from app.use_cases.signing_in import PinChanged, remove_pin, set_pin
from app.use_cases.station import Saved, set_roles
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.deputy_picker import DeputyPicker
from ui.widgets.field import Field
from ui.widgets.flow import Flow
from ui.widgets.roles import button, label
from ui.wording import word_of


class RolesCard(Card):
    """The roles of one person, several at once; `done` tells that they were saved or given up."""

    done = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__(" ")
        self._bench: Final = bench
        self.row: OperatorRow | None = None
        self.boxes: Final = {role: QCheckBox(word_of(role)) for role in Role}
        self.deputy: Final = Field(_("Deputy in the register"), DeputyPicker(bench, single=True))
        self.save_button: Final = button(_("Save"))
        self.cancel: Final = button(_("Leave as it was"), "link")
        flow = Flow(gap=SPACE.middle)
        for box in self.boxes.values():
            flow.addWidget(box)
        self.add(
            label(
                _("A person may have several roles. Until there is a station head, everyone may do everything."),
                "soft",
                wrap=True,
            )
        )
        self.body.addLayout(flow)
        self.add(self.deputy)
        self.body.addLayout(_in_a_line(self.save_button, self.cancel))
        self.boxes[Role.DEPUTY].toggled.connect(self.deputy.setVisible)
        self.save_button.clicked.connect(self.save)
        self.cancel.clicked.connect(self.done)
        self.hide()

    def show_person(self, row: OperatorRow) -> None:
        """Show what this person does."""
        self.row = row
        self.heading.setText(_("Roles of {name}").format(name=row.name))
        for role, box in self.boxes.items():
            box.setChecked(role in row.roles)
        self.deputy.editor.show_ids([row.deputy] if row.deputy else [])
        self.deputy.setVisible(Role.DEPUTY in row.roles)
        self.show()
        self.boxes[Role.STATION_HEAD].setFocus()

    def save(self) -> None:
        """Save what is ticked; a role of a newer program stays."""
        row, workspace = self.row, self._bench.workspace
        if row is None:
            return
        unknown = [each for each in row.roles if each not in self.boxes]
        roles = [*(role for role, box in self.boxes.items() if box.isChecked()), *unknown]
        deputy = next(iter(self.deputy.editor.ids()), "")
        self._bench.background.do(
            self, lambda _progress: set_roles(workspace, row.id, roles, deputy), self._saved, self._bench.feedback.fail
        )

    def _saved(self, _saved: Saved) -> None:
        self._bench.feedback.say(_("Saved."))
        self.done.emit()


class PinCard(Card):
    """A PIN set, changed or taken away; whoever is at the keyboard proves the one before."""

    done = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__(" ")
        self._bench: Final = bench
        self.row: OperatorRow | None = None
        self.old: Final = _secret(_("Present PIN"))
        self.new: Final = _secret(_("New PIN"))
        self.again: Final = _secret(_("New PIN once more"))
        self.set_button: Final = button(_("Set the PIN"))
        self.remove: Final = button(_("Work without a PIN"), "link")
        self.cancel: Final = button(_("Leave as it was"), "link")
        words = _("Four characters or more. It keeps others from working under this name; the station's key guards the data.")
        self.add(label(words, "soft", wrap=True))
        fields = QHBoxLayout()
        fields.setSpacing(SPACE.middle)
        for each in (self.old, self.new, self.again):
            fields.addWidget(each)
        self.body.addLayout(fields)
        self.body.addLayout(_in_a_line(self.set_button, self.remove, self.cancel))
        self.again.editor.returnPressed.connect(self.set_now)
        self.set_button.clicked.connect(self.set_now)
        self.remove.clicked.connect(self.remove_now)
        self.cancel.clicked.connect(self.done)
        self.hide()

    def show_person(self, row: OperatorRow) -> None:
        """Ask for a PIN of this person."""
        self.row = row
        self.heading.setText(_("PIN of {name}").format(name=row.name))
        self._clear()
        self.old.setVisible(row.here and row.has_pin)
        self.remove.setVisible(row.has_pin)
        self.show()
        (self.old if row.here and row.has_pin else self.new).editor.setFocus()

    def set_now(self) -> None:
        """Set what is typed."""
        if self.new.editor.text() != self.again.editor.text():
            self.again.complain(_("The two are not the same. Type both again."))
            return
        row, workspace, new, old = self.row, self._bench.workspace, self.new.editor.text(), self.old.editor.text()
        if row is not None:
            self._do(lambda _progress: set_pin(workspace, row.id, new, old=old))

    def remove_now(self) -> None:
        """Take the PIN away."""
        row, workspace, old = self.row, self._bench.workspace, self.old.editor.text()
        if row is not None:
            self._do(lambda _progress: remove_pin(workspace, row.id, old=old))

    def _do(self, deed: Callable[[Progress], PinChanged]) -> None:
        for each in (self.old, self.new, self.again):
            each.complain("")
        self._bench.background.do(self, deed, self._changed, self._refuse)

    def _changed(self, _changed: PinChanged) -> None:
        self._clear()
        self._bench.feedback.say(_("Saved."))
        self.done.emit()

    def _refuse(self, error: AppError) -> None:
        problems = error.facts.get("problems")
        first = problems[0] if isinstance(problems, tuple) and problems else None
        if isinstance(first, Problem):
            self.new.complain(problem_told(first))
        elif self.old.isHidden():
            self._bench.feedback.fail(error)
        else:
            self.old.complain(explain(error))

    def _clear(self) -> None:
        for each in (self.old, self.new, self.again):
            each.editor.clear()
            each.complain("")


def _secret(name: str) -> Field[QLineEdit]:
    field = Field(name, QLineEdit())
    field.editor.setEchoMode(QLineEdit.EchoMode.Password)
    return field


def _in_a_line(*widgets: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(SPACE.middle)
    for each in widgets:
        line.addWidget(each)
    line.addStretch(1)
    return line
