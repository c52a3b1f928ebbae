"""Records that two computers changed differently, one after the other: choose field by field, and save once."""

from collections.abc import Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QDialog, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.domain.values import Id
from app.errors import AppError
from app.i18n import _, ngettext
from app.messages import blanks, field_told, kind_told
from app.queries.conflicts import Conflict, Disputed, DisputedField, Version, conflict, conflicts
from app.queries.listing import Listing
from app.use_cases.conflicts import Decided, decide
from ui.dialogs.foot import foot
from ui.dialogs.room import open_at
from ui.feedback import Feedback
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.contents import take_out
from ui.widgets.roles import button, label
from ui.widgets.scrolled import scrolled
from ui.wording import moment_told

_SIZE: Final = 900, 640
_LONGEST: Final = 160  # characters of a value that are shown at first


class ValueCell(QWidget):
    """A value, its beginning where it is long; the rest is one click away."""

    def __init__(self, value: object) -> None:
        super().__init__()
        told = blanks.plain(value, {}) or "—"
        self.words: Final = label(told[:_LONGEST] + ("…" if len(told) > _LONGEST else ""), wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.column: Final = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(SPACE.tiny)
        self.column.addWidget(self.words)
        if len(told) > _LONGEST:
            more = button(_("Show all of it"), "link")
            more.clicked.connect(lambda: self.words.setText(told))
            more.clicked.connect(more.hide)
            self.column.addWidget(more, alignment=Qt.AlignmentFlag.AlignLeft)


class ConflictsDialog(QDialog):
    """Shows one record at a time; nothing is chosen first, and nothing is lost: every version stays in the history."""

    decided = Signal()

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench: Final = bench
        self._skipped: set[Id] = set()
        self._conflict: Conflict | None = None
        self._choices: dict[int, Id] = {}
        self._takes: dict[int, list[QPushButton]] = {}
        self._groups: list[QButtonGroup] = []
        self.setWindowTitle(_("To be decided"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_at(self, bench.theme, *_SIZE)
        self.feedback: Final = Feedback()
        self.left: Final = label("", "soft")
        self.about: Final = label("", "section", wrap=True)
        self.words: Final = label("", "soft", wrap=True)
        self.grid: Final = QGridLayout()
        self.later: Final = button(_("Later"), "link")
        self.save_button: Final = button(_("Save the decision"), "primary")
        self._arrange()
        self.later.clicked.connect(self._skip)
        self.save_button.clicked.connect(self.save)
        self.refresh()

    def refresh(self) -> None:
        """Ask what waits for a decision, and show the first of it."""
        workspace = self._bench.workspace
        self._bench.background.ask(self, lambda: conflicts(workspace), self._listed, self._fail, topic="conflicts")

    def choose(self, unit: int, rev: Id) -> None:
        """The fields of a unit, or with 0 of a whole record all, are taken from this version."""
        self._choices[unit] = rev
        self._furnish()

    def save(self) -> None:
        """Save what was chosen."""
        asked = self._conflict
        if asked is None or not self._complete():
            return
        whole = self._choices.get(-1) if asked.whole else None
        choices: Mapping[str, Id] = {} if asked.whole else {each.field: self._choices[each.unit] for each in asked.fields}
        workspace = self._bench.workspace
        self.save_button.setEnabled(False)
        self._bench.background.do(
            self, lambda _progress: decide(workspace, asked.id, choices, whole=whole, seen=asked.heads), self._saved, self._fail
        )

    # --- answers

    def _listed(self, found: Listing[Disputed]) -> None:
        waiting = [each for each in found.rows if each.id not in self._skipped]
        if not waiting:
            self.accept()
            return
        words = ngettext("{count} record to be decided.", "{count} records to be decided.", found.total)
        self.left.setText(words.format(count=found.total))
        self.later.setVisible(len(waiting) > 1)
        workspace, first = self._bench.workspace, waiting[0].id
        self._bench.background.ask(self, lambda: conflict(workspace, first), self._show, self._fail, topic="conflict")

    def _show(self, found: Conflict) -> None:
        self._conflict = found
        self._choices.clear()
        self.about.setText(f"{kind_told(found.kind)}　{found.title}")
        fields = _("Choose for each line whose words shall stand. What is not chosen stays in the record's history.")
        whole = _("One of the two has removed it, or what both began with is not here: choose which stands altogether.")
        self.words.setText(whole if found.whole else fields)
        self._lay_out(found)
        self._furnish()

    def _saved(self, made: Decided) -> None:
        bench, parent = self._bench, self.parentWidget()
        for place, beside in ((bench.feedback, parent), (self.feedback, self)):  # the window's is seen when this one closes
            show = partial(_show_history, bench, made.id, beside)
            place.say(_("Decided and saved."), deed=_("See what gave way"), act=show)
        self.decided.emit()
        self.refresh()

    def _fail(self, error: AppError) -> None:
        self._furnish()
        self.feedback.fail(error)
        if error.code in {"stale", "no_conflict"}:
            self.refresh()

    def _skip(self) -> None:
        if self._conflict:
            self._skipped.add(self._conflict.id)
        self.refresh()

    # --- making

    def _complete(self) -> bool:
        asked = self._conflict
        units = {-1} if asked and asked.whole else {each.unit for each in asked.fields} if asked else set()
        return bool(units) and units <= self._choices.keys()

    def _furnish(self) -> None:
        self.save_button.setEnabled(self._complete())

    def _lay_out(self, found: Conflict) -> None:
        take_out(self.grid)
        self._groups.clear()
        self._takes.clear()
        heads = ["", _("Before"), *(_version_told(each) for each in found.versions)]
        for column, told in enumerate(heads):
            self.grid.addWidget(label(told, "label", wrap=True), 0, column, Qt.AlignmentFlag.AlignTop)
            self.grid.setColumnStretch(column, 0 if column == 0 else 1)
        if found.whole:
            self._offer(found, -1, 1, _("the whole record"))
        shown: set[int] = set()
        for row, field in enumerate(found.fields, 2):
            self._row(found, field, row, offered=not found.whole and field.unit not in shown)
            shown.add(field.unit)

    def _row(self, found: Conflict, field: DisputedField, row: int, *, offered: bool) -> None:
        name = field_told(found.kind, field.field)
        cells = [label(name, "small", wrap=True), ValueCell(field.before), *(ValueCell(each) for each in field.values)]
        for column, cell in enumerate(cells):
            self.grid.addWidget(cell, row, column, Qt.AlignmentFlag.AlignTop)
        if offered:
            together = "、".join(field_told(found.kind, each.field) for each in found.fields if each.unit == field.unit)
            for cell, take in zip(cells[2:], self._group(found, field.unit, together), strict=True):
                if isinstance(cell, ValueCell):
                    cell.column.addWidget(take, alignment=Qt.AlignmentFlag.AlignLeft)

    def _offer(self, found: Conflict, unit: int, row: int, name: str) -> None:
        for column, take in enumerate(self._group(found, unit, name), 2):
            self.grid.addWidget(take, row, column, Qt.AlignmentFlag.AlignLeft)

    def _group(self, found: Conflict, unit: int, name: str) -> list[QPushButton]:
        """One button a version, of which one is pressed at most; none is first."""
        group = QButtonGroup(self)
        made: list[QPushButton] = []
        for version in found.versions:
            take = button(_("Take this"), "filter")
            take.setCheckable(True)
            take.setAccessibleName(_("{field}: take that of {version}").format(field=name, version=_version_told(version)))
            take.clicked.connect(lambda _checked=False, rev=version.rev: self.choose(unit, rev))
            group.addButton(take)
            made.append(take)
        self._groups.append(group)
        self._takes[unit] = made
        return made

    def _arrange(self) -> None:
        self.grid.setHorizontalSpacing(SPACE.large)
        self.grid.setVerticalSpacing(SPACE.large)
        self.grid.setContentsMargins(0, 0, 0, 0)
        sheet = QWidget()
        inner = QVBoxLayout(sheet)
        inner.setContentsMargins(0, SPACE.middle, 0, 0)
        inner.addLayout(self.grid)
        inner.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.large, SPACE.large, SPACE.large, SPACE.large)
        column.setSpacing(SPACE.small)
        head = QHBoxLayout()
        head.addWidget(self.left, 1)
        head.addWidget(self.later)
        for widget in (self.feedback,):
            column.addWidget(widget)
        column.addLayout(head)
        column.addWidget(self.about)
        column.addWidget(self.words)
        column.addWidget(scrolled(sheet), 1)
        column.addLayout(foot(self, self.save_button))


def _show_history(bench: Workbench, id: Id, parent: QWidget | None) -> None:
    from ui.dialogs.history_dialog import HistoryDialog  # few ask for it

    HistoryDialog(bench, id, parent).open()


def _version_told(version: Version) -> str:
    where = version.computer or _("Another computer") if version.elsewhere else _("This computer")
    told = (where, version.operator, _("removed") if version.removed else "")
    return "　".join(each for each in told if each) + "\n" + moment_told(version.at)
