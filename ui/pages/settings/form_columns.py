"""The columns of another system's form, to be changed: what each is called there, and what of ours it tells."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QToolButton, QWidget

from app.domain.platform_form import PlatformColumn, PlatformForm, path_of, paths_of
from app.i18n import _
from app.messages import field_told
from app.reference import platform_forms
from ui.forms.category_box import CategoryBox
from ui.theme import SPACE
from ui.widgets.contents import take_out
from ui.widgets.roles import label


class FormColumns(QWidget):
    """A row a column; a column of a fixed text has it in the place of a field. `changed` tells that something was typed."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._form: PlatformForm | None = None
        self._columns: list[PlatformColumn] = []
        self.headings: list[QLineEdit] = []
        self.fields: list[CategoryBox] = []
        self.texts: list[QLineEdit] = []
        self._grid: Final = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE.small)
        self._grid.setVerticalSpacing(SPACE.tiny)
        for at, share in enumerate((3, 4, 3)):
            self._grid.setColumnStretch(at, share)

    def show_form(self, form: PlatformForm) -> None:
        """Show the columns of a form."""
        self._form = form
        self._columns = list(form.columns)
        self._lay()

    def form(self) -> PlatformForm | None:
        """The form with what is typed; None before one is shown."""
        if self._form is None:
            return None
        self._read()
        return replace(self._form, columns=tuple(self._columns))

    def add(self) -> None:
        """One more column at the end, to be named."""
        self._read()
        self._columns.append(PlatformColumn(heading=""))
        self._lay()
        self.headings[-1].setFocus()
        self.changed.emit()

    def remove(self, at: int) -> None:
        """Without this column."""
        self._read()
        del self._columns[at]
        self._lay()
        self.changed.emit()

    def _read(self) -> None:
        """What is typed becomes the columns; what comes back of another field is what forms of the program say of it."""
        for at, before in enumerate(self._columns):
            field = self.fields[at].code()
            told = replace(
                before,
                heading=self.headings[at].text().strip(),
                field=field,
                text="" if field else self.texts[at].text(),
            )
            if field != before.field:
                told = replace(told, words={}, day="", takes=self._takes().get(field, ""))
            self._columns[at] = told

    def _takes(self) -> Mapping[str, str]:
        form = self._form
        alike = (each for each in platform_forms().values() if form and (each.kind, each.reads) == (form.kind, form.reads))
        return {column.field: column.takes for each in alike for column in each.columns if column.takes}

    def _lay(self) -> None:
        take_out(self._grid)
        self.headings, self.fields, self.texts = [], [], []
        for at, words in enumerate((_("Column there"), _("Tells"), _("or always this text"))):
            self._grid.addWidget(label(words, "label"), 0, at)
        names = _names(self._form.kind) if self._form else {}
        for at, column in enumerate(self._columns):
            self._row(at, column, names)

    def _row(self, at: int, column: PlatformColumn, names: Mapping[str, str]) -> None:
        heading, field, text, away = QLineEdit(column.heading), CategoryBox(), QLineEdit(column.text), QToolButton()
        field.show_names(names)
        field.setItemText(0, _("(a fixed text)"))
        field.setMinimumContentsLength(8)
        field.show_code(column.field)
        away.setText("×")
        told = column.heading or str(at + 1)
        heading.setAccessibleName(_("Name of column {number}").format(number=at + 1))
        field.setAccessibleName(_("What column {name} tells").format(name=told))
        text.setAccessibleName(_("Fixed text of column {name}").format(name=told))
        away.setAccessibleName(_("Remove column {name}").format(name=told))
        away.setToolTip(away.accessibleName())
        text.setEnabled(not column.field)
        field.currentIndexChanged.connect(lambda _at: text.setEnabled(not field.code()))
        for signal in (heading.textEdited, field.currentIndexChanged, text.textEdited):
            signal.connect(lambda _told: self.changed.emit())
        away.clicked.connect(partial(self.remove, at))
        for place, widget in enumerate((heading, field, text, away)):
            self._grid.addWidget(widget, at + 1, place)
        self.headings.append(heading)
        self.fields.append(field)
        self.texts.append(text)


def _names(kind: str) -> Mapping[str, str]:
    """Every field a column may tell, as people call it: 反映人 · 村（社区）."""
    return {path: _told(kind, path) for path in paths_of(kind)}


def _told(kind: str, path: str) -> str:
    through = path_of(kind, path)
    first = field_told(kind, through[0].name)
    return first if len(through) == 1 else f"{first} · {field_told(through[0].to, through[1].name)}"
