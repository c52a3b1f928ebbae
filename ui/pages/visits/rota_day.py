"""One reception day with what can be done with it, and the papers to have ready on it."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.papers import ALWAYS, PaperName, Span, Trait, week_span
from app.domain.values import Id
from app.i18n import _, ngettext
from app.queries.rota import RotaEntry
from app.use_cases.papers import Asked
from ui.page import Workbench
from ui.rota_words import hours_of, notice_sentence, tone_of
from ui.widgets.card import Card
from ui.widgets.facts import Facts
from ui.widgets.flow import Flow
from ui.widgets.roles import button, label, restyled
from ui.wording import day_told, weekday_told

_READY: Final = (PaperName.BLANK_RECEPTION_FORM, PaperName.BLANK_OUTREACH_FORM, PaperName.CALL_BACK_LIST)


class DayCard(Card):
    """One reception day, how it stands with its notice, and what can be done with it."""

    opened = Signal(str)
    printed = Signal(object)
    cancelled = Signal(str)
    changing = Signal(object)
    swapped = Signal(str, str)

    def __init__(self, bench: Workbench) -> None:
        super().__init__(_("Reception day"))
        self._today: Final = bench.workspace.clock.today().date()
        self.entry: RotaEntry | None = None
        self.swaps: Sequence[RotaEntry] = ()
        self.facts: Final = Facts()
        self.notice: Final = label("", "chip", wrap=True)
        self.start: Final = button(_("Start this reception"))
        self.announce: Final = button(_("Notice …"))
        self.month: Final = button(_("Notice of the month …"))
        self.change: Final = button(_("Change …"))
        self.swap: Final = button(_("Change places with …"))
        self.cancel: Final = button(_("Take off the rota"), "link")
        self.menu: Final = QMenu(self.swap)
        self.swap.setMenu(self.menu)
        self.menu.aboutToShow.connect(self._offer)
        room = QWidget()
        deeds = Flow(room)
        for each in (self.start, self.announce, self.month, self.change, self.swap, self.cancel):
            deeds.addWidget(each)
        self.add(self.facts)
        self.add(self.notice)
        self.add(room)
        self._connect()
        self.show_entry(None)

    def show_entry(self, entry: RotaEntry | None) -> None:
        """Show a day; nothing without one."""
        self.entry = entry
        self.setVisible(entry is not None)
        if entry is None:
            return
        self.heading.setText(f"{day_told(entry.on, today=self._today)}　{weekday_told(entry.on)}")
        came = ngettext("{count} person came", "{count} people came", entry.people).format(count=entry.people)
        self.facts.show_facts(
            (
                (_("Hours"), hours_of(entry)),
                (_("Place"), entry.place),
                (_("Deputies"), "、".join(entry.names)),
                (_("Theme"), entry.theme),
                (_("Number"), entry.number),
                (_("People received"), came if entry.people else ""),
            )
        )
        self.notice.setText(notice_sentence(entry, self._today))
        restyled(self.notice, "tone", tone_of(entry.notice))
        ahead = entry.on >= self._today
        self.start.setText(_("Start this reception") if entry.planned else _("Go on with this reception"))
        for each in (self.change, self.cancel):
            each.setVisible(entry.planned)
        self.announce.setVisible(ahead)
        self.month.setVisible(ahead and entry.planned)
        self.swap.setVisible(entry.planned and any(each.id != entry.id for each in self.swaps))

    def _offer(self) -> None:
        """The other planned days, with who receives on them."""
        self.menu.clear()
        for each in self.swaps:
            if self.entry and each.id != self.entry.id:
                words = f"{day_told(each.on, today=self._today)}　{'、'.join(each.names) or '—'}"
                self.menu.addAction(words, lambda other=each.id: self._swap(other))

    def _swap(self, other: Id) -> None:
        if self.entry:
            self.swapped.emit(self.entry.id, other)

    def _connect(self) -> None:
        self.start.clicked.connect(lambda: self._with(lambda entry: self.opened.emit(entry.id)))
        self.announce.clicked.connect(lambda: self._with(lambda entry: self.printed.emit(notice_of_day(entry.id))))
        self.month.clicked.connect(lambda: self._with(lambda entry: self.printed.emit(notice_of_month(entry.on))))
        self.change.clicked.connect(lambda: self._with(self.changing.emit))
        self.cancel.clicked.connect(lambda: self._with(lambda entry: self.cancelled.emit(entry.id)))

    def _with(self, deed: Callable[[RotaEntry], None]) -> None:
        if self.entry:
            deed(self.entry)


class PapersCard(Card):
    """Papers to have ready on a reception day."""

    printed = Signal(object)

    def __init__(self, today: date) -> None:
        super().__init__(_("Papers to have ready"))
        room = QWidget()
        papers = Flow(room)
        self.buttons: Final = {name: button(f"{name.label}…", "link") for name in _READY}
        for name, each in self.buttons.items():
            asked = Asked(name=name, span=week_span(today) if Trait.WEEKLY in name.traits else ALWAYS)
            each.clicked.connect(lambda _on=False, asked=asked: self.printed.emit(asked))
            papers.addWidget(each)
        self.rota: Final = button(_("Print the rota …"), "link")
        self.calendar: Final = button(_("Calendar file …"), "link")
        papers.addWidget(self.rota)
        papers.addWidget(self.calendar)
        self.add(
            label(_("Blank forms carry numbers of their own; what is entered from them later takes these."), "soft", wrap=True)
        )
        self.add(room)


def notice_of_day(id: Id) -> Asked:
    """The notice of one reception day."""
    return Asked(name=PaperName.RECEPTION_NOTICE, id=id)


def notice_of_month(day: date) -> Asked:
    """The notice of all planned days of a day's month."""
    first = day.replace(day=1)
    last = date(first.year + first.month // 12, first.month % 12 + 1, 1) - timedelta(days=1)
    return Asked(name=PaperName.RECEPTION_NOTICE, span=Span(first=first, last=last))
