"""Several deputies asked to co-sign at once: found by name, delegation or group, told what and how."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.domain.cosigning import Invitation
from app.domain.review import TalkWay
from app.domain.suggestion_steps import STEP_DRAFT
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _, ngettext
from app.queries.suggestion_signing import Invitable, invitable
from app.use_cases.invitation_drafts import InvitationTyped, invitation_key, invitation_told, unsaved_invitation
from ui.dialogs.room import open_at
from ui.feedback import Feedback
from ui.forms.day_box import DayBox
from ui.forms.draft_keeper import DraftKeeper, offer_anew
from ui.forms.field_row import FieldRow
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.code_box import CodeBox
from ui.widgets.field import Field
from ui.widgets.growing_text import GrowingText
from ui.widgets.roles import button

_SIZE: Final = 720, 620


class InviteDialog(QDialog):
    """A list to tick, kept until it is sent; `chosen` tells the deputies and how they are told."""

    chosen = Signal(object, object)

    def __init__(self, bench: Workbench, suggestion: Id, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench: Final = bench
        self._ticked: set[Id] = set()
        self._rows: Sequence[Invitable] = ()
        self.setWindowTitle(_("Ask several deputies to co-sign"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_at(self, bench.theme, *_SIZE)
        self.field: Final = QLineEdit()
        self.field.setPlaceholderText(_("Name, delegation, group or card number"))
        self.field.setAccessibleName(_("Find a deputy"))
        self.delegation: Final = QComboBox()
        self.delegation.setAccessibleName(_("Delegation"))
        self.group: Final = QComboBox()
        self.group.setAccessibleName(_("Deputy group"))
        self.list: Final = QListWidget()
        self.list.setAccessibleName(_("Deputies"))
        self.all: Final = button(_("All of these"), "link")
        self.told: Final = Field(_("What they are told"), GrowingText(bench.theme))
        self.on: Final = Field(_("Day"), DayBox())
        self.way: Final = Field(_("By what way"), CodeBox(TalkWay))
        self.ask: Final = button("", "primary")
        self.feedback: Final = Feedback()
        self.keeper: Final = DraftKeeper(
            bench, invitation_key(suggestion), STEP_DRAFT, lambda: invitation_told(self._ticked, self.read()), self
        )
        self._arrange()
        self._connect()
        self._begin_anew()
        workspace = bench.workspace
        bench.background.ask(
            self,
            lambda: (invitable(workspace, suggestion), unsaved_invitation(workspace, suggestion)),
            self._begin,
            self._gone,
            topic="invitable",
        )

    def read(self) -> Invitation:
        """How they are told."""
        return Invitation(on=self.on.editor.day(), way=self.way.editor.code(), told=self.told.editor.text().strip())

    def done(self, result: int) -> None:
        if self.keeper.pending():
            self.keeper.keep_now()
        super().done(result)

    def ticked(self) -> tuple[Id, ...]:
        """The deputies ticked, in the order of the list."""
        return tuple(each.id for each in self._rows if each.id in self._ticked)

    def _begin(self, found: tuple[Sequence[Invitable], InvitationTyped | None]) -> None:
        rows, kept = found
        if kept:
            self._ticked = {each.id for each in rows if each.id in kept.deputies and not each.here}
            self.told.editor.show_text(kept.invitation.told)
            self.way.editor.show_code(kept.invitation.way)
            self.on.editor.show_day(kept.invitation.on or self.on.editor.day())
            offer_anew(self.feedback, self._give_up)
        self._show(rows)
        self.list.itemChanged.connect(lambda _item: self.keeper.touch())
        self.all.clicked.connect(self.keeper.touch)
        self.told.editor.textChanged.connect(self.keeper.touch)
        self.on.editor.dateChanged.connect(lambda _day: self.keeper.touch())
        self.way.editor.currentIndexChanged.connect(lambda _index: self.keeper.touch())

    def _begin_anew(self) -> None:
        self._ticked = set()
        self.told.editor.show_text("")
        self.way.editor.setCurrentIndex(0)
        self.on.editor.show_day(self._bench.workspace.clock.today().date())
        self._draw()

    def _give_up(self) -> None:
        self._begin_anew()
        self.keeper.discard()

    # --- the list

    def _show(self, rows: Sequence[Invitable]) -> None:
        self._rows = rows
        for box, every, values in (
            (self.delegation, _("Every delegation"), [each.delegation for each in rows]),
            (self.group, _("Every group"), [each.group for each in rows]),
        ):
            box.addItem(every, "")
            for value in dict.fromkeys(filter(None, values)):
                box.addItem(value, value)
        self._draw()
        self.field.setFocus()

    def _fitting(self) -> list[Invitable]:
        typed = self.field.text().strip()
        delegation, group = self.delegation.currentData() or "", self.group.currentData() or ""
        return [
            each
            for each in self._rows
            if (not typed or typed in f"{each.name} {each.told}")
            and (not delegation or each.delegation == delegation)
            and (not group or each.group == group)
        ]

    def _draw(self) -> None:
        blocked = self.list.blockSignals(True)
        self.list.clear()
        for each in self._fitting():
            remark = _("asked already") if each.here else _("of another congress") if each.other else ""
            told = "　".join(part for part in (each.name, each.told, remark) if part)
            item = QListWidgetItem(told)
            item.setToolTip(told)
            item.setData(Qt.ItemDataRole.UserRole, each.id)
            flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable
            item.setFlags(Qt.ItemFlag.NoItemFlags if each.here else flags)
            ticked = each.here or each.id in self._ticked
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.blockSignals(blocked)
        self._count()

    def _tick(self, item: QListWidgetItem) -> None:
        id = item.data(Qt.ItemDataRole.UserRole)
        (self._ticked.add if item.checkState() == Qt.CheckState.Checked else self._ticked.discard)(id)
        self._count()

    def _tick_all(self) -> None:
        """Tick everybody shown who sits in the congress that receives it."""
        self._ticked |= {each.id for each in self._fitting() if not each.here and not each.other}
        self._draw()

    def _count(self) -> None:
        count = len(self._ticked)
        self.ask.setText(ngettext("Ask {count} deputy", "Ask {count} deputies", count).format(count=count))
        self.ask.setEnabled(bool(count))

    def _send(self) -> None:
        if not self._ticked:
            return
        self.keeper.discard()
        self.chosen.emit(self.ticked(), self.read())
        self.accept()

    def _gone(self, error: AppError) -> None:
        self._bench.feedback.fail(error)
        self.reject()

    # --- how

    def _arrange(self) -> None:
        filters = QHBoxLayout()
        filters.setSpacing(SPACE.small)
        filters.addWidget(self.field, 1)
        for box in (self.delegation, self.group):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(8)
            filters.addWidget(box)
        cancel = button(_("Cancel"))
        cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE.small)
        foot.addWidget(self.all)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.ask)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE.large, SPACE.large, SPACE.large, SPACE.large)
        layout.setSpacing(SPACE.middle)
        layout.addWidget(self.feedback)
        layout.addLayout(filters)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.told)
        layout.addWidget(FieldRow(self._bench.theme, [(self.on, 8), (self.way, 8)]))
        layout.addLayout(foot)

    def _connect(self) -> None:
        self.field.textChanged.connect(lambda _text: self._draw())
        for box in (self.delegation, self.group):
            box.currentIndexChanged.connect(lambda _index: self._draw())
        self.list.itemChanged.connect(self._tick)
        self.all.clicked.connect(self._tick_all)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):  # a button forgets its own with every other text
            QShortcut(QKeySequence(keys), self).activated.connect(self.ask.click)
        self.ask.clicked.connect(self._send)
