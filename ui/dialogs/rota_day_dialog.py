"""One day of the rota changed: when, where, and who receives."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from app.errors import AppError
from app.i18n import _
from app.queries.rota import RotaEntry
from app.use_cases.rota import DayChange, RotaSaved, change_day
from app.use_cases.rota_drafts import DRAFT, day_key, rota_told, unsaved_day
from ui.dialogs.foot import foot
from ui.dialogs.room import open_at
from ui.feedback import Feedback
from ui.forms.day_box import DayBox, HourBox
from ui.forms.draft_keeper import DraftKeeper, offer_anew
from ui.forms.field_row import FieldRow
from ui.forms.rota_form import hours_complained
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.deputy_picker import DeputyPicker
from ui.widgets.field import Field
from ui.widgets.roles import button, label
from ui.widgets.scrolled import scrolled

_SIZE: Final = 560, 520


class RotaDayDialog(QDialog):
    """A planned day in, the change saved and kept until then; `saved` tells it."""

    saved = Signal(object)

    def __init__(self, bench: Workbench, entry: RotaEntry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench: Final = bench
        self._entry: Final = entry
        self.setWindowTitle(_("Change the reception day"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_at(self, bench.theme, *_SIZE)
        self.feedback: Final = Feedback()
        self.on: Final = Field(_("Day"), DayBox())
        self.starts: Final = Field(_("From"), HourBox())
        self.ends: Final = Field(_("Until"), HourBox())
        self.place: Final = Field(_("Place"), QLineEdit())
        self.theme: Final = Field(_("Theme"), QLineEdit())
        self.deputies: Final = DeputyPicker(bench)
        self.save_button: Final = button(_("Save"), "primary")
        self.keeper: Final = DraftKeeper(bench, day_key(entry.id), DRAFT, lambda: rota_told(self.read()), self)
        self._arrange()
        self._show(entry)
        self.save_button.clicked.connect(self._save)
        workspace = bench.workspace
        bench.background.ask(self, lambda: unsaved_day(workspace, entry.id), self._begin, self._fail, topic="kept")

    def read(self) -> DayChange:
        """What stands here."""
        return DayChange(
            on=self.on.editor.day(),
            starts=self.starts.editor.hour(),
            ends=self.ends.editor.hour(),
            place=self.place.editor.text(),
            theme=self.theme.editor.text(),
            deputies=self.deputies.ids(),
        )

    def done(self, result: int) -> None:
        if self.keeper.pending():
            self.keeper.keep_now()
        super().done(result)

    def _begin(self, kept: DayChange | None) -> None:
        if kept:
            self._show(kept)
            offer_anew(self.feedback, self._anew)
        self.on.editor.dateChanged.connect(lambda _day: self.keeper.touch())
        for each in (self.starts.editor, self.ends.editor, self.place.editor, self.theme.editor):
            each.textChanged.connect(lambda _text: self.keeper.touch())
        self.deputies.changed.connect(self.keeper.touch)

    def _anew(self) -> None:
        self._show(self._entry)
        self.keeper.discard()

    def _show(self, entry: RotaEntry | DayChange) -> None:
        self.on.editor.show_day(entry.on)
        self.starts.editor.show_hour(entry.starts)
        self.ends.editor.show_hour(entry.ends)
        self.place.editor.setText(entry.place)
        self.theme.editor.setText(entry.theme)
        self.deputies.show_ids(entry.deputies)

    def _save(self) -> None:
        if hours_complained(self.starts, self.ends):
            return
        workspace, id, change = self._bench.workspace, self._entry.id, self.read()
        self.save_button.setEnabled(False)
        self._bench.background.do(self, lambda _progress: change_day(workspace, id, change), self._saved, self._fail)

    def _saved(self, saved: RotaSaved) -> None:
        self.keeper.discard()
        self.saved.emit(saved)
        self.accept()

    def _fail(self, error: AppError) -> None:
        self.save_button.setEnabled(True)
        self.feedback.fail(error)

    def _arrange(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.middle)
        column.addWidget(FieldRow(self._bench.theme, [(self.on, 8), (self.starts, 5), (self.ends, 5)]))
        column.addWidget(self.place)
        column.addWidget(self.theme)
        column.addWidget(label(_("Deputies"), "label"))
        column.addWidget(self.deputies)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE.large, SPACE.large, SPACE.large, SPACE.large)
        layout.setSpacing(SPACE.middle)
        layout.addWidget(self.feedback)
        layout.addWidget(scrolled(content), 1)
        layout.addLayout(foot(self, self.save_button))
