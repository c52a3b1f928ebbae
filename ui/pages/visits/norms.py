"""The month of every deputy: what is asked, what was done, what is missing; who misses most comes first."""

from datetime import date
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStyleOptionViewItem, QVBoxLayout, QWidget

from app.domain.norm import Norm, last_month, next_month
from app.i18n import _, ngettext
from app.queries.norms import DeputyProgress, Progress, progress
from ui.forms.keys_told import keyed
from ui.models.page_table import Column, PageTable
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.drawn_cell import DrawnCell
from ui.widgets.meter import missing_told
from ui.widgets.roles import button, label
from ui.widgets.table_view import TableView
from ui.wording import month_words

_SHARE: Final = 3
_INDENT: Final = 7  # pixels, as the style has it
_FIGURES: Final = 120  # pixels before the bar
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class NormView(QWidget):
    """A month at a time, another by the keys; `wanted` tells the deputy whose outreach is to be entered."""

    wanted = Signal(str)

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench: Final = bench
        self.theme: Final = bench.theme
        self.month: date = bench.workspace.clock.today().date().replace(day=1)
        self.found: Progress | None = None
        self.table: Final[PageTable[DeputyProgress]] = PageTable(self._columns(), self)
        self.view: Final = TableView(self.table, bench.theme)
        self.view.setAccessibleName(_("Month of deputies"))
        self.view.setItemDelegateForColumn(_SHARE, _Share(self))
        self.view.opened.connect(lambda row: self.wanted.emit(row.deputy.id))
        self.title: Final = label("", "section")
        self.asked: Final = label("", "small")
        self.count: Final = label("", "small")
        self.earlier: Final = button(_("Earlier"))
        self.later: Final = button(_("Later"))
        self._arrange()

    def heading(self) -> str:
        """What stands above the view."""
        return _("What the month asks of deputies")

    def refresh(self) -> None:
        """Ask for the month again."""
        workspace, month = self._bench.workspace, self.month
        self._bench.background.ask(self, lambda: progress(workspace, month), self._show, self._bench.feedback.fail, topic="norm")

    def begin(self) -> None:
        """Show the month, and put the keyboard into the list."""
        self.refresh()
        self.view.setFocus()

    def turn(self, *, later: bool) -> None:
        """Show the month after or before."""
        self.month = next_month(self.month) if later else last_month(self.month)
        self.refresh()

    def _show(self, found: Progress) -> None:
        self.found = found
        self.title.setText(month_words(found.first))
        told = (
            ngettext("{count} day of reception", "{count} days of reception", found.norm.days).format(count=found.norm.days),
            ngettext("{count} person visited", "{count} people visited", found.norm.people).format(count=found.norm.people),
        )
        each = _("each {norm}").format(norm=_(", ").join(told))
        self.asked.setText("　".join(filter(None, (found.campaign, each))))
        met = ngettext("{met} of {count} deputy is done", "{met} of {count} deputies are done", len(found.deputies))
        self.count.setText(met.format(met=found.met(), count=len(found.deputies)))
        self.table.show(len(found.deputies), found.deputies)
        self.view.setVisible(bool(found.deputies))
        self._empty.setVisible(not found.deputies)
        self.view.select(0)

    def _columns(self) -> list[Column[DeputyProgress]]:
        return [
            Column(heading=_("Deputy"), text=lambda row: row.deputy.name, width=7),
            Column(heading=_("Level, group"), text=_beside, width=9, spare=1),
            Column(heading=_("Reception"), text=self._days, width=7),
            Column(heading=_("Outreach"), text=self._people),
            Column(heading=_("Missing"), text=self._missing, width=11, tone=self._tone),
        ]

    def _days(self, row: DeputyProgress) -> str:
        return _("{count} of {asked} days").format(count=row.done.days, asked=self.norm.days)

    def _people(self, row: DeputyProgress) -> str:
        norm = self.norm
        return ngettext("{count} of {asked} person", "{count} of {asked} people", norm.people).format(
            count=row.done.people, asked=norm.people
        )

    def _missing(self, row: DeputyProgress) -> str:
        days, people = row.done.missing_days(self.norm), row.done.missing_people(self.norm)
        told = [_("{count} days").format(count=days)] if days else []
        told += [_("{count} people").format(count=people)] if people else []
        return _(", ").join(told) or missing_told(0)

    def _tone(self, row: DeputyProgress) -> str:
        return "soft" if row.done.missing_days(self.norm) or row.done.missing_people(self.norm) else "ok"

    @property
    def norm(self) -> Norm:
        """What is asked of each deputy."""
        assert self.found is not None
        return self.found.norm

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACE.small)
        for each in (self.earlier, self.title, self.later, self.asked):
            head.addWidget(each)
        head.addStretch(1)
        head.addWidget(self.count)
        for chosen, later, key in ((self.earlier, False, "Alt+Left"), (self.later, True, "Alt+Right")):
            chosen.setToolTip(keyed(chosen.text(), key))
            chosen.clicked.connect(lambda _checked=False, later=later: self.turn(later=later))
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda later=later: self.turn(later=later))
        self._empty = label(_("Nobody is in the register of deputies yet."), "soft")
        card = Card()
        card.body.setSpacing(SPACE.middle)
        card.body.addLayout(head)
        card.add(self.view, 1)
        card.add(self._empty)
        told = _("People are counted, not lines. Enter begins a round of this deputy. What is asked is set in the settings.")
        card.add(label(told, "small", wrap=True))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)
        self.setFocusProxy(self.view)


def _beside(row: DeputyProgress) -> str:
    return "　".join(filter(None, (row.deputy.level_word(), row.deputy.group)))


class _Share(DrawnCell):
    """The figures, and beside them a bar of how much of what is asked was done."""

    def __init__(self, view: NormView) -> None:
        super().__init__(view.theme, view)
        self._of: Final = view
        self._share = 0.0

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        done = self._of.table.rows[index.row()].done
        self._share = min(done.people / (self._of.norm.people or 1), 1.0)
        super().paint(painter, option, index)

    def draw(self, painter: QPainter, cell: QRect, words: str, tone: str) -> None:
        theme, colours = self.theme, self.theme.colours
        room, gap = theme.px(_FIGURES), theme.px(SPACE.small)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(colours.ink))
        painter.drawText(cell.adjusted(theme.px(_INDENT), 0, 0, -theme.px(1)), int(_LEFT), words)
        high = theme.px(SPACE.small)
        bar = QRectF(cell.left() + room, cell.center().y() - high / 2, max(cell.width() - room - gap, 0), high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.line))
        painter.drawRoundedRect(bar, high / 2, high / 2)
        if self._share and bar.width() > high:
            bar.setWidth(max(bar.width() * self._share, high))
            painter.setBrush(QColor(colours.ok if self._share >= 1 else colours.warning))
            painter.drawRoundedRect(bar, high / 2, high / 2)
        painter.restore()
