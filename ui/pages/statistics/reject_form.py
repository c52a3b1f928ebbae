"""One line why an entry of points does not count; Enter saves it."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.problems import stopped_by
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _
from app.messages import field_told, problem_told
from app.queries.points import PointsRow
from app.use_cases.issues import Done
from app.use_cases.points import reject
from ui.forms.form_deeds import FormDeeds
from ui.page import Workbench
from ui.undoing import say_done
from ui.widgets.card import Card
from ui.widgets.field import Field


class RejectForm(Card):
    """Hidden until it is wanted; `shown` tells that it opened or closed."""

    shown = Signal()

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent, role="now")
        self._bench: Final = bench
        self._id: Id = ""
        self.reason: Final = Field(field_told("points_entry", "reason"), QLineEdit())
        self.deeds: Final = FormDeeds(self, _("Does not count"))
        for each in (self.reason, self.deeds):
            self.add(each)
        self.deeds.wanted.connect(self.save)
        self.deeds.left.connect(self.close_form)
        self.reason.editor.returnPressed.connect(self.save)
        self.hide()

    def is_open(self) -> bool:
        """Whether a reason is being written."""
        return bool(self._id)

    def begin(self, row: PointsRow) -> None:
        """Ask why this entry does not count."""
        self._id = row.entry.id
        self.heading.setText(_("{deputy}: {item} does not count").format(deputy=row.deputy, item=row.item))
        self.reason.editor.clear()
        self.reason.complain("")
        self.show()
        self.shown.emit()
        self.reason.setFocus()

    def close_form(self) -> bool:
        """Close the form; False where it is not open."""
        if not self._id:
            return False
        self._id = ""
        self.hide()
        self.shown.emit()
        return True

    def save(self) -> None:
        """Let the entry not count; the form stays open where the reason is missing."""
        workspace, id, reason = self._bench.workspace, self._id, self.reason.editor.text()
        if not id:
            return

        def done(told: Done) -> None:
            self.close_form()
            say_done(self._bench, self, _("The entry does not count."), told)

        self._bench.background.do(self, lambda _progress: reject(workspace, [id], reason), done, self._fail)

    def _fail(self, error: AppError) -> None:
        if problems := stopped_by(error):
            self.reason.complain(problem_told(problems[0]))
            self.reason.setFocus()
        else:
            self._bench.feedback.fail(error)
