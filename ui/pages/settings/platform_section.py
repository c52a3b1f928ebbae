"""Forms of other systems: records written in them, exports taken in, and their columns changed to what the system shows."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QHBoxLayout, QPushButton

from app.domain.papers import Span
from app.domain.platform_form import PlatformForm, form_from, told_form
from app.errors import AppError, Refused
from app.i18n import N_, _, ngettext
from app.messages import explain, kind_told, said
from app.use_cases.imports import Imported
from app.use_cases.platform_export import PlatformFile, export_for, import_from
from app.use_cases.platform_forms import FormKept, drop_form, keep_form, own_forms, platform_forms
from app.workspace import Workspace
from ui.feedback import Tone
from ui.forms.optional_day import OptionalDay
from ui.page import Page
from ui.pages.settings.form_columns import FormColumns
from ui.pages.settings.section import Section
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.flow import Flow
from ui.widgets.notice import Notice
from ui.widgets.roles import button, label

_PROBLEMS: Final = 10  # that are told; the command line tells them all
_Laid = tuple[dict[str, PlatformForm], frozenset[str]]


class PlatformSection(Section):
    """A form is chosen above; what is done with it, and its columns, stand below."""

    name = N_("Other systems")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._forms: dict[str, PlatformForm] = {}
        self._own: frozenset[str] = frozenset()
        self.choice: Final = QComboBox()
        self.choice.setAccessibleName(_("Form"))
        self.about: Final = label("", "soft", wrap=True)
        self.first: Final = Field(_("First day"), OptionalDay(self._today))
        self.last: Final = Field(_("Last day"), OptionalDay(self._today))
        self.full_names: Final = QCheckBox(_("Residents by their names, but for those who asked for confidentiality"))
        self.write: Final = button(_("Write the records …"), "primary")
        self.take: Final = button(_("Take its export in …"))
        self.notice: Final = Notice()
        self.columns: Final = FormColumns()
        self.add_column: Final = button(_("One more column"))
        self.keep_it: Final = button(_("Save the columns"))
        self.drop: Final = button(_("As it came with the program"), "link")
        self._arrange()
        self._connect()

    def refresh(self) -> None:
        workspace = self.bench.workspace
        self.bench.background.ask(self, lambda: _laid(workspace), self._show, self.fail, topic="forms")

    @property
    def form(self) -> PlatformForm | None:
        """The form chosen, as it is kept."""
        return self._forms.get(self.choice.currentText())

    def write_records(self) -> None:
        """Ask for the file, and write the records of these days."""
        form, span = self.form, self._span()
        if form is None or span is None:
            return
        ending = form.file.value
        proposed = str(Path(self.bench.settings.last_folder or Path.home()) / f"{form.name}.{ending}")
        chosen, _filter = QFileDialog.getSaveFileName(self, _("Write the records"), proposed, f"{ending} (*.{ending})")
        if chosen:
            path = Path(chosen) if chosen.lower().endswith(f".{ending}") else Path(f"{chosen}.{ending}")
            workspace, names = self.bench.workspace, self.full_names.isChecked()
            deed = partial(export_for, workspace, form, span, path, full_names=names)
            self._begin()
            self.bench.background.do(self, lambda _progress: deed(), self._written, self._failed, title=form.name)

    def take_in(self) -> None:
        """Ask for what the other system exported, and take it in; one undo takes it back."""
        form = self.form
        if form is None:
            return
        start = self.bench.settings.last_folder
        chosen, _filter = QFileDialog.getOpenFileName(self, _("Take its export in"), start, "Excel, CSV (*.xlsx *.xls *.csv)")
        if chosen:
            deed = partial(import_from, self.bench.workspace, form, Path(chosen))
            self._begin()
            self.bench.background.do(self, lambda _progress: deed(), self._taken, self._failed, title=form.name)

    def keep_columns(self) -> None:
        """Keep the columns as they stand here, once they make a form."""
        if (shown := self.columns.form()) is None:
            return
        try:
            form = form_from(told_form(shown))
        except Refused as error:
            self.notice.say(_unnamed(shown) or explain(error), Tone.WARNING)
            return
        workspace = self.bench.workspace
        self.bench.background.do(self, lambda _progress: keep_form(workspace, form), self._kept, self._failed)

    def drop_columns(self) -> None:
        """The form that came with the program stands again."""
        workspace, name = self.bench.workspace, self.choice.currentText()
        self.bench.background.do(self, lambda _progress: drop_form(workspace, name), self._kept, self._failed)

    # --- what came of it

    def _show(self, laid: _Laid) -> None:
        shown = self.form
        self._forms, self._own = laid
        before = self.choice.currentText()
        self.choice.blockSignals(True)  # Qt's own parameter
        self.choice.clear()
        self.choice.addItems(list(self._forms))
        self.choice.setCurrentText(before if before in self._forms else next(iter(self._forms), ""))
        self.choice.blockSignals(False)
        if self.form != shown:  # else what is typed and what was said stays
            self._lay()

    def _choose(self) -> None:
        self.notice.say("", Tone.INFORMATION)
        self._lay()

    def _lay(self) -> None:
        form = self.form
        if form is None:
            return
        self.about.setText(f"{kind_told(form.kind)} · .{form.file.value}　{form.remarks}")
        self.take.setVisible(bool(form.reads))
        self.columns.show_form(form)
        self.keep_it.setEnabled(False)
        self.drop.setVisible(form.name in self._own)

    def _span(self) -> Span | None:
        """The days typed; None where they make no span, which is said beside them."""
        for field in (self.first, self.last):
            field.complain(_("That is no day.") if field.editor.malformed() else "")
        if self.first.editor.malformed() or self.last.editor.malformed():
            return None
        try:
            return Span(first=self.first.editor.day(), last=self.last.editor.day())
        except Refused as error:
            self.last.complain(explain(error))
            return None

    def _written(self, done: PlatformFile) -> None:
        self._end()
        words = ngettext("{count} record written: {file}.", "{count} records written: {file}.", done.records)
        told = (words.format(count=done.records, file=done.path), _("It is not encrypted."))
        self.notice.say("\n".join(told), Tone.WARNING if done.records else Tone.INFORMATION)

    def _taken(self, done: Imported) -> None:
        self._end()
        words = _("{read} rows read: {imported} imported, {repeated} known already, {refused} refused.")
        told = words.format(read=done.read, imported=done.imported, repeated=done.repeated, refused=done.refused)
        problems = [said(each.code, {"row": each.row, "column": each.column, **each.facts}) for each in done.problems[:_PROBLEMS]]
        self.notice.say("\n".join([told, *problems]), Tone.WARNING if done.refused else Tone.OK)

    def _kept(self, _done: FormKept) -> None:
        self.refresh()
        self.bench.feedback.say(_("Saved."))

    def _failed(self, error: AppError) -> None:
        self._end()
        self.notice.say(explain(error), Tone.WARNING)

    def _begin(self) -> None:
        self.notice.say("", Tone.INFORMATION)
        for each in (self.write, self.take):
            each.setEnabled(False)

    def _end(self) -> None:
        for each in (self.write, self.take):
            each.setEnabled(True)

    def _today(self) -> date:
        return self.bench.workspace.clock.today().date()

    # --- how it is laid out

    def _connect(self) -> None:
        self.choice.currentIndexChanged.connect(lambda _at: self._choose())
        self.write.clicked.connect(self.write_records)
        self.take.clicked.connect(self.take_in)
        self.columns.changed.connect(lambda: self.keep_it.setEnabled(True))
        self.add_column.clicked.connect(self.columns.add)
        self.keep_it.clicked.connect(self.keep_columns)
        self.drop.clicked.connect(self.drop_columns)

    def _arrange(self) -> None:
        card = Card(_("Records for another system"))
        told = _(
            "Platforms take tables in forms of their own, and give tables back. Choose the form; nothing need be typed twice."
        )
        card.add(label(told, "soft", wrap=True))
        for each in (self.choice, self.about):
            card.add(each)
        days = QHBoxLayout()
        days.setSpacing(SPACE.middle)
        days.addWidget(self.first)
        days.addWidget(self.last)
        days.addStretch(1)
        card.body.addLayout(days)
        card.add(self.full_names)
        card.body.addLayout(_line(self.write, self.take))
        card.add(self.notice)
        columns = Card(_("Its columns"))
        words = _("What the system calls its columns, from left to right. Change the names to those on its own template.")
        columns.add(label(words, "soft", wrap=True))
        columns.add(self.columns)
        columns.body.addLayout(_line(self.add_column, self.keep_it, self.drop))
        self.add(card, columns)
        self.end()


def _line(*widgets: QPushButton) -> Flow:
    line = Flow(gap=SPACE.small)
    for each in widgets:
        line.addWidget(each)
    return line


def _laid(workspace: Workspace) -> _Laid:
    return dict(platform_forms(workspace)), own_forms(workspace)


def _unnamed(form: PlatformForm) -> str:
    """What is said of a column that nobody has named yet."""
    at = next((number for number, each in enumerate(form.columns, start=1) if not each.heading), 0)
    return _("Column {number} has no name yet.").format(number=at) if at else ""
