"""What is looked for, as fields: words, kind, state, category, deputy, place, two days."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.domain.kinds import KINDS
from app.domain.typed_day import day_typed
from app.domain.values import CodeSet, Id
from app.errors import AppError
from app.i18n import _
from app.messages import kind_told
from app.queries.deputies import RegisterRow, register
from app.queries.search import SearchFilter
from app.queries.search_results import categories_of
from ui.forms.category_box import CategoryBox
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.flow import Flow
from ui.widgets.roles import restyled
from ui.wording import word_of

_PAUSE: Final = 250  # milliseconds after the last key before the list is narrowed
_FIRST_KINDS: Final = ("visit", "issue", "suggestion", "encounter", "deputy", "unit")
_FIELD, _DAY = 150, 140  # pixels a field is wide


class Filters(QWidget):
    """Fields in, a filter out; `changed` tells another one. A day that is none is marked and left out."""

    changed = Signal(object)

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench: Final = bench
        self.typed: Final = _line(_("Words, figures, pinyin"), _("Words to look for"))
        self.kind: Final = _box(_("Kind of record"), _("All kinds"), {each: kind_told(each) for each in _kinds()})
        self.state: Final = _box(_("State"), _("All states"), {})
        self.category: Final = _box(_("Category"), _("All categories"), {})
        self.deputy: Final = _box(_("Deputy"), _("All deputies"), {})
        self.place: Final = _line(_("Place"), _("Place"))
        self.first: Final = _line(_("From 2026-01-31"), _("The first day"))
        self.last: Final = _line(_("To 2026-12-31"), _("The last day"))
        self.pause: Final = QTimer(self, singleShot=True, interval=_PAUSE)
        self._shown = SearchFilter()
        self._offered = ""  # the kind whose states and categories are offered
        self._arrange()
        self._connect()
        self._offer("")

    def filter(self) -> SearchFilter:
        """What stands in the fields."""
        return SearchFilter(
            typed=self.typed.text().strip(),
            kind=self.kind.code(),
            state=self.state.code(),
            category=self.category.code(),
            deputy=self.deputy.code(),
            place=self.place.text().strip(),
            first=self._day(self.first),
            last=self._day(self.last),
        )

    def show_filter(self, asked: SearchFilter) -> None:
        """Show another filter, without telling `changed`."""
        self._shown = asked
        self._offer(asked.kind)
        written = ((self.typed, asked.typed), (self.place, asked.place), (self.first, asked.first), (self.last, asked.last))
        chosen = (
            *((self.kind, asked.kind), (self.state, asked.state)),
            *((self.category, asked.category), (self.deputy, asked.deputy)),
        )
        for field, text in written:
            field.setText(str(text or ""))
        for box, code in chosen:
            blocked = box.blockSignals(True)
            box.show_code(code)
            box.blockSignals(blocked)
        self.pause.stop()
        self._mark_days()

    def refresh(self) -> None:
        """Ask again who is in the register."""
        workspace = self._bench.workspace
        self._bench.background.ask(self, lambda: register(workspace), self._show_register, self._fail, topic="register")

    def _tell(self) -> None:
        self.pause.stop()
        self._mark_days()
        if self.kind.code() != self._offered:
            self._offer(self.kind.code())
        asked = self.filter()
        if asked != self._shown:
            self._shown = asked
            self.changed.emit(asked)

    # --- what can be chosen

    def _offer(self, kind: str) -> None:
        """Offer the states and categories of a kind; what was chosen for another kind is taken away."""
        self._offered = kind
        shape = KINDS[kind].fields["state"].shape if kind in KINDS and "state" in KINDS[kind].fields else None
        states = {str(each): word_of(each) for each in shape.codes if isinstance(each, CodeSet)} if shape and shape.codes else {}
        _show_anew(self.state, _("All states"), states)
        workspace = self._bench.workspace
        self._bench.background.ask(
            self, lambda: categories_of(workspace, kind), self._show_categories, self._fail, topic="categories"
        )
        self.state.setVisible(bool(states))

    def _show_categories(self, names: Mapping[str, str]) -> None:
        _show_anew(self.category, _("All categories"), names)
        if self._shown.kind == self._offered and self._shown.category in names:
            blocked = self.category.blockSignals(True)
            self.category.show_code(self._shown.category)
            self.category.blockSignals(blocked)
        self.category.setVisible(bool(names))

    def _show_register(self, rows: Sequence[RegisterRow]) -> None:
        chosen: Id = self.deputy.code()
        _show_anew(self.deputy, _("All deputies"), {row.id: row.name for row in rows})
        blocked = self.deputy.blockSignals(True)
        self.deputy.show_code(chosen)
        self.deputy.blockSignals(blocked)

    # --- days

    def _day(self, field: QLineEdit) -> date | None:
        return day_typed(field.text(), self._bench.workspace.clock.today().date())

    def _mark_days(self) -> None:
        for field in (self.first, self.last):
            wrong = bool(field.text().strip()) and self._day(field) is None
            restyled(field, "wrong", "true" if wrong else "false")
            said = _("{text} is no day. Write it as 2026-01-31.").format(text=field.text().strip()) if wrong else ""
            field.setToolTip(said)
            field.setAccessibleDescription(said)

    # --- how it stands

    def _arrange(self) -> None:
        line = QWidget()
        flow = Flow(line)
        for each in (self.kind, self.state, self.category, self.deputy, self.place, self.first, self.last):
            flow.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.small)
        layout.addWidget(self.typed)
        layout.addWidget(line)
        self.setFocusProxy(self.typed)
        self._bench.theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        px = self._bench.theme.px
        for field, width in ((self.place, _FIELD), (self.first, _DAY), (self.last, _DAY)):
            field.setFixedWidth(px(width))

    def _connect(self) -> None:
        self.pause.timeout.connect(self._tell)
        for field in (self.typed, self.place, self.first, self.last):
            field.textChanged.connect(lambda _text: self.pause.start())
            field.returnPressed.connect(self._tell)
        for box in (self.kind, self.state, self.category, self.deputy):
            box.currentIndexChanged.connect(lambda _at: self._tell())

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)


def _kinds() -> tuple[str, ...]:
    """What people look for most comes first; kinds without a text to look for are left out."""
    searched = [name for name, traits in KINDS.items() if any(each.searched for each in traits.fields.values())]
    return (*_FIRST_KINDS, *(name for name in searched if name not in _FIRST_KINDS))


def _line(shown: str, name: str) -> QLineEdit:
    made = QLineEdit()
    made.setPlaceholderText(shown)
    made.setAccessibleName(name)
    made.setClearButtonEnabled(True)
    return made


def _box(name: str, every: str, names: Mapping[str, str]) -> CategoryBox:
    made = CategoryBox()
    made.setAccessibleName(name)
    made.setMinimumContentsLength(6)
    _show_anew(made, every, names)
    return made


def _show_anew(box: CategoryBox, every: str, names: Mapping[str, str]) -> None:
    """Offer other names, nothing chosen, without telling."""
    blocked = box.blockSignals(True)
    box.setCurrentIndex(0)
    box.show_names(names)
    box.setItemText(0, every)
    box.blockSignals(blocked)
