"""The cards of the first page: each shows its part of the day, and each of its figures leads to what it counted."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.clock import CHINA
from app.domain.issue_steps import STEP_DRAFT
from app.domain.suggestion_steps import STEP_DRAFT as OF_SUGGESTION
from app.domain.values import Json
from app.domain.visit import VisitKind
from app.i18n import _, ngettext
from app.messages import kind_told
from app.queries.today import DeputyMonth, Due, Month, Outgoing, Reception, Unfinished
from app.use_cases.drafts import IMPORT_DRAFT
from ui.models.page_table import Column, PageTable
from ui.page import Workbench
from ui.places import Place, place_of
from ui.theme import SPACE, Theme
from ui.widgets.bar import Bar
from ui.widgets.card import Card
from ui.widgets.chip_delegate import ChipDelegate
from ui.widgets.contents import take_out
from ui.widgets.roles import button, label
from ui.widgets.table_view import TableView
from ui.wording import day_told, moment_told, size_told, time_told, word_of

_SOON, _NEAR = 3, 7  # days: the colours of what is left; the words say the number
_LEAST_ROWS: Final = 3
_BESIDE, _ALONE = 4, 8  # rows in sight at least, beside other cards and below them
_MOST_DRAFTS: Final = 5
_MOST_DEPUTIES: Final = 8
UNFINISHED: Final = "unfinished"
"""The deed of the first page that shows all drafts."""
_IN_SETTINGS: Final = {"station": "station", "calendar_year": "rules", "rule_profile": "rules"}
"""The drafts of the settings, by the part they are typed in."""

_TITLES: Final = ("subject", "title", "theme", "words", "name", "masthead", "place")


class ReceptionCard(Card):
    """What is on today: hours, deputies, place, how many came; and the way back to its desk."""

    def __init__(self, bench: Workbench, reception: Reception) -> None:
        super().__init__(_("Today's reception"), role="now")
        when = label(hours_told(reception) or _("Time open"), "figure")
        told = QVBoxLayout()
        told.setSpacing(SPACE.tiny)
        told.addWidget(label(_("Deputies: {names}").format(names="、".join(reception.deputies) or _("not entered")), wrap=True))
        told.addWidget(label(_("Place: {place}").format(place=reception.place or _("not entered")), "soft", wrap=True))
        came = ngettext("{count} person came", "{count} people came", reception.people).format(count=reception.people)
        on = button(_("Continue") if reception.people else _("Start this reception"))
        on.clicked.connect(lambda: bench.go(Place.VISITS, deed=f"desk:{reception.id}"))
        line = QHBoxLayout()
        line.setSpacing(SPACE.large)
        line.addWidget(when)
        line.addLayout(told, 1)
        line.addWidget(label(came, "chip", tone="ok" if reception.people else ""), alignment=Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(on)
        self.body.addLayout(line)


def hours_told(reception: Reception) -> str:
    """From when to when; an end that nobody wrote down is left open."""
    told = [time_told(each) for each in (reception.starts, reception.ends) if each]
    return "–".join(told) if reception.starts else ""


class DueCard(Card):
    """What falls due soon by its rules, and what is overdue, the most urgent first; a row opens its record."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(_("Due soon"))
        self._bench = bench
        self._all = button("", "link")
        self._all.clicked.connect(lambda: bench.go(Place.ISSUES))
        self.head.addWidget(self._all)
        self._day = date.min
        self._alone = False
        self.table: Final = PageTable[Due](
            (
                Column(heading=_("Matter"), text=matter_told),
                Column(heading=_("Category"), text=lambda due: due.category, width=5),
                Column(heading=_("Handled by"), text=lambda due: due.unit, width=7),
                Column(heading=_("Deadline"), text=lambda due: day_told(due.day, today=self._day), width=5),
                Column(heading=_("Left"), text=left_told, width=6, tone=left_tone),
            ),
            self,
        )
        self.view: Final = TableView(self.table, bench.theme)
        self.view.setAccessibleName(self.heading.text())
        self.view.setItemDelegateForColumn(4, ChipDelegate(bench.theme, self.view))
        self.view.setCursor(Qt.CursorShape.PointingHandCursor)
        self.view.clicked.connect(lambda _index: self._open(self.view.current()))
        self.view.opened.connect(self._open)
        self._nothing = label(_("Nothing falls due soon."), "soft", wrap=True)
        self.add(self._nothing)
        self.add(self.view, 1)
        bench.theme.changed.connect(self._measure)

    def show_due(self, day: date, due: Sequence[Due], total: int) -> None:
        """Show these matters of all `total`."""
        self._day = day
        self._all.setText(ngettext("All {count} matter", "All {count} matters", total).format(count=total))
        self._all.setVisible(total > 0)
        self._nothing.setVisible(not due)
        self.view.setVisible(bool(due))
        if tuple(self.table.rows) != tuple(due):
            self.table.show(len(due), due)
        self._measure()

    def _open(self, due: Due | None) -> None:
        if due and (place := place_of(due.kind)):
            self._bench.go(place, due.id)

    def fold(self, *, alone: bool) -> None:
        """Take the room of more rows where the card has the whole width."""
        if alone != self._alone:
            self._alone = alone
            self._measure()

    def _measure(self) -> None:
        rows = min(max(self.table.total, _LEAST_ROWS), _ALONE if self._alone else _BESIDE)
        header = self.view.horizontalHeader().sizeHint().height()
        self.view.setMinimumHeight(rows * self.view.verticalHeader().defaultSectionSize() + header + 2)


def matter_told(due: Due) -> str:
    """What is owed, and of what."""
    return "　".join(part for part in (due.title, word_of(due.what) if due.what else "") if part)


def left_told(due: Due) -> str:
    """How long there still is, or for how long it has been over."""
    if due.left < 0:
        return ngettext("{count} day over", "{count} days over", -due.left).format(count=-due.left)
    if due.left == 0:
        return _("today")
    if due.working:
        return ngettext("{count} working day", "{count} working days", due.left).format(count=due.left)
    return ngettext("{count} day", "{count} days", due.left).format(count=due.left)


def left_tone(due: Due) -> str:
    """The colour that repeats it."""
    return "accent" if due.left <= _SOON else "warning" if due.left <= _NEAR else ""


class UnfinishedCard(Card):
    """What was typed and not saved, to be gone on with."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(_("Unfinished"))
        self._bench = bench
        self._count = label("", "small")
        self.head.addWidget(self._count)
        every = button(_("All, with what they hold"), "link")
        every.clicked.connect(lambda: bench.go(Place.TODAY, deed=UNFINISHED))
        self.head.addWidget(every)
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(SPACE.large)
        self._rows.setVerticalSpacing(SPACE.tiny)
        self._rows.setColumnStretch(0, 3)
        self._rows.setColumnStretch(1, 2)
        self.body.addLayout(self._rows)

    def show_unfinished(self, day: date, drafts: Sequence[Unfinished]) -> None:
        """Show the newest of these drafts; the card is gone where there is none."""
        self.setVisible(bool(drafts))
        self._count.setText(ngettext("{count} draft", "{count} drafts", len(drafts)).format(count=len(drafts)))
        take_out(self._rows)
        for number, draft in enumerate(drafts[:_MOST_DRAFTS]):
            self._rows.addWidget(ElidedLabel(draft_told(draft)), number, 0)
            self._rows.addWidget(label(kept_told(draft.kept, day), "soft"), number, 1)
            self._rows.addWidget(self._door(draft), number, 2)

    def _door(self, draft: Unfinished) -> QPushButton:
        on = button(_("Continue"), "link")
        on.setAccessibleName(_("Continue: {what}").format(what=draft_told(draft)))
        on.clicked.connect(lambda: go_on(self._bench, draft))
        return on


def go_on(bench: Workbench, draft: Unfinished) -> None:
    """Take a draft up in the form it was typed in."""
    if draft.kind in _IN_SETTINGS:
        bench.go(Place.SETTINGS, deed=_IN_SETTINGS[draft.kind])  # its form shows what was typed by itself
    else:
        bench.go(place_of_draft(draft), deed=f"restore:{draft.key}")


def place_of_draft(draft: Unfinished) -> Place:
    """Where the form of a draft is."""
    if draft.kind == OF_SUGGESTION:
        return Place.SUGGESTIONS
    if draft.kind in {STEP_DRAFT, IMPORT_DRAFT}:  # every ledger can be taken in from the page of issues
        return Place.ISSUES
    return place_of(draft.kind) or Place.VISITS


def draft_told(draft: Unfinished) -> str:
    """What a draft is about: its kind, and the first words in it that could name it."""
    known = STEP_DRAFT if draft.kind == OF_SUGGESTION else draft.kind
    kind = word_of(VisitKind(known)) if known in set(VisitKind) else kind_told(known)
    if known == IMPORT_DRAFT:
        kind = _("Import not done yet")
    return " · ".join(part for part in (kind, _first_words(draft.body)) if part)


def kept_told(moment: datetime, day: date) -> str:
    """When a draft was kept, seen from today."""
    here = moment.astimezone(CHINA)
    if here.date() == day:
        return _("kept today at {time}").format(time=time_told(here.time()))
    return _("kept {moment}").format(moment=moment_told(moment, today=day))


def _first_words(held: Json) -> str:
    """The first text under a name that tells what a form is about, the nearest to its root."""
    if isinstance(held, str) or not held:
        return ""
    if isinstance(held, dict):
        named = (str(held[name]).strip().partition("\n")[0] for name in _TITLES if isinstance(held.get(name), str))
        found = next((words for words in named if words), "")
        return found or next((words for words in map(_first_words, held.values()) if words), "")
    inner = held if isinstance(held, (list, tuple)) else ()
    return next((words for words in map(_first_words, inner) if words), "")


class OutgoingCard(Card):
    """How much waits to be handed in, and whether the last packages were acknowledged."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(_("To hand in"))
        go = button(_("Go and hand in"), "link")
        go.clicked.connect(lambda: bench.go(Place.EXCHANGE))
        self.head.addWidget(go)
        self._bench = bench
        self._records = Figure(lambda: bench.go(Place.EXCHANGE))
        self._attachments = Figure(lambda: bench.go(Place.EXCHANGE))
        self._state = label("", "chip")
        line = QHBoxLayout()
        line.setSpacing(SPACE.huge)
        line.addWidget(self._records)
        line.addWidget(self._attachments)
        line.addStretch(1)
        line.addWidget(self._state, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(line)
        self._returned = ReturnedNotice(lambda: bench.go(Place.EXCHANGE))
        self.add(self._returned)
        self.conflicts = ReturnedNotice(lambda: bench.go(Place.EXCHANGE))
        self.add(self.conflicts)

    def show_outgoing(self, outgoing: Outgoing) -> None:
        """Show what waits."""
        self._records.show_figure(outgoing.records, ngettext("record", "records", outgoing.records))
        files = ngettext("attachment, {size}", "attachments, {size}", outgoing.attachments)
        self._attachments.show_figure(outgoing.attachments, files.format(size=size_told(outgoing.attachment_bytes)))
        self._attachments.setVisible(outgoing.attachments > 0)
        waits = outgoing.packages - outgoing.acknowledged
        if waits:
            told, tone = ngettext("{count} package without receipt", "{count} packages without receipt", waits), "warning"
        else:
            told, tone = ngettext("{count} package, acknowledged", "{count} packages, all acknowledged", outgoing.packages), "ok"
        self._state.setText(told.format(count=waits or outgoing.packages))
        self._state.setProperty("tone", tone)
        self._state.setVisible(outgoing.packages > 0)
        self._returned.show_returned(outgoing.returned)
        decide = ngettext("{count} record to be decided", "{count} records to be decided", outgoing.conflicts)
        self.conflicts.show_words(decide.format(count=outgoing.conflicts) if outgoing.conflicts else "")


class ReturnedNotice(QWidget):
    """Says that the body gave records back, and leads to their reasons."""

    def __init__(self, act: Callable[[], None]) -> None:
        super().__init__()
        self._words = label("", "chip", tone="accent")
        look = button(_("See why"), "link")
        look.clicked.connect(lambda: act())
        line = QHBoxLayout(self)
        line.setContentsMargins(0, SPACE.tiny, 0, 0)
        line.addWidget(self._words)
        line.addWidget(look)
        line.addStretch(1)
        self.hide()

    def show_returned(self, returned: int) -> None:
        """Show how many were given back; nothing where none was."""
        words = ngettext("{count} record was returned", "{count} records were returned", returned)
        self.show_words(words.format(count=returned) if returned > 0 else "")

    def show_words(self, words: str) -> None:
        """Show these; nothing where there are none."""
        self._words.setText(words)
        self.setVisible(bool(words))


class Figure(QWidget):
    """A large number that is a door, and what it counts below it."""

    def __init__(self, act: Callable[[], None]) -> None:
        super().__init__()
        self._number = button("", "figure")
        self._number.clicked.connect(lambda: act())
        self._words = label("", "soft")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._number, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._words)

    def show_figure(self, number: int, words: str) -> None:
        """Show a number and what it counts."""
        self._number.setText(f"{number:,}")
        self._number.setAccessibleName(f"{number} {words}")
        self._words.setText(words)


class MonthCard(Card):
    """The month's receptions and rounds of outreach, deputy by deputy; out of sight until somebody asks for it."""

    def __init__(self, theme: Theme, toggle: Callable[[], None], every: Callable[[], None] = lambda: None) -> None:
        super().__init__(_("This month"))
        self._theme = theme
        self._norm = label("", "small")
        self.head.insertWidget(1, self._norm)
        self._eye = button("", "link")
        self._eye.clicked.connect(lambda: toggle())
        self.head.addWidget(self._eye)
        self._words = label("", "soft", wrap=True)
        self.add(self._words)
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(SPACE.middle)
        self._rows.setVerticalSpacing(SPACE.small)
        self._rows.setColumnStretch(1, 1)
        self.body.addLayout(self._rows)
        self._every = button(_("All deputies …"), "link")
        self._every.clicked.connect(lambda: every())
        self.body.addWidget(self._every, alignment=Qt.AlignmentFlag.AlignLeft)
        self.conceal()

    def conceal(self) -> None:
        """Show nothing of anybody."""
        take_out(self._rows)
        self._every.hide()
        self._eye.setText(_("Show"))
        self._norm.clear()
        self._words.setText(_("Receptions and outreach of each deputy. Kept out of sight while visitors can see the screen."))
        self._words.show()

    def show_month(self, month: Month) -> None:
        """Show the busiest deputies of the month."""
        take_out(self._rows)
        self._eye.setText(_("Hide"))
        self._every.show()
        self._norm.setText(norm_told(month))
        self._words.setText(_("No reception and no outreach yet this month."))
        self._words.setVisible(not month.deputies)
        most = max((each.outreach_people for each in month.deputies), default=0)
        for number, deputy in enumerate(month.deputies[:_MOST_DEPUTIES]):
            self._rows.addWidget(label(deputy.name), number, 0)
            self._rows.addWidget(self._bar(deputy, month.people_a_deputy, most), number, 1)
            self._rows.addWidget(label(month_told(deputy), "soft"), number, 2)

    def _bar(self, deputy: DeputyMonth, norm: int, most: int) -> Bar:
        tone = "information" if not norm else "ok" if deputy.outreach_people >= norm else "warning"
        return Bar(self._theme, deputy.outreach_people / (norm or most or 1), tone)


def norm_told(month: Month) -> str:
    """What the month, or a campaign, asks of every deputy."""
    days = _("{count} days of reception").format(count=month.days_a_deputy) if month.days_a_deputy else ""
    people = _("{count} people visited").format(count=month.people_a_deputy) if month.people_a_deputy else ""
    told = [each for each in (days, people) if each]
    return _("each {norm}").format(norm="、".join(told)) if told else ""


def month_told(deputy: DeputyMonth) -> str:
    """A deputy's month in figures."""
    return _("{days} days, {people} people").format(days=deputy.reception_days, people=deputy.outreach_people)


Step = tuple[str, str, str, Callable[[], None]]
"""A step of a beginning: its name, what it does, the words on its button, and the deed."""


class BeginningCard(Card):
    """What an empty station begins with, or a computer that has just joined one; each step a button."""

    def __init__(self, heading: str, steps: Sequence[Step]) -> None:
        super().__init__(heading)
        self.body.setSpacing(SPACE.large)
        for title, words, deed, act in steps:
            self.body.addLayout(self._step(title, words, deed, act))

    def _step(self, title: str, words: str, deed: str, act: Callable[[], None]) -> QHBoxLayout:
        told = QVBoxLayout()
        told.setSpacing(2)
        told.addWidget(label(title, "strong"))
        told.addWidget(label(words, "soft", wrap=True))
        begin = button(deed)
        begin.clicked.connect(lambda: act())
        line = QHBoxLayout()
        line.setSpacing(SPACE.large)
        line.addLayout(told, 1)
        line.addWidget(begin, alignment=Qt.AlignmentFlag.AlignVCenter)
        return line


class ElidedLabel(QLabel):
    """Words of one line, cut where the room ends; the whole of them stands in the tooltip."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.setMinimumWidth(1)

    def resizeEvent(self, event: object) -> None:  # noqa: N802  # Qt's own name
        self.setText(self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, self.width()))
