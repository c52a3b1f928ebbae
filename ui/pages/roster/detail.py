"""One record of the register beside its list: facts, figures that open what they count, what it belongs to, what may be done."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.life import ProjectEvent
from app.domain.papers import PaperName
from app.domain.people import Deputy, DeputyStatus
from app.domain.project import Project
from app.domain.project_steps import next_project_steps
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _
from app.messages import field_told, kind_told
from app.queries.roster_card import DeputyFigures, ProjectStep, RosterCard, deputy_figures, roster_card
from app.use_cases.roster import ContactShown, show_contact
from ui.dialogs.history_dialog import HistoryDialog
from ui.forms.field_row import FieldRow
from ui.page import Workbench
from ui.pages.roster.words import beside_facts, chips_of
from ui.places import Place, place_of
from ui.theme import SPACE
from ui.widgets.awards_card import AwardsCard
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.door import Door
from ui.widgets.elided_link import ElidedLink
from ui.widgets.facts import Facts
from ui.widgets.flow import Flow
from ui.widgets.history_lines import value_told
from ui.widgets.roles import button, label
from ui.widgets.scrolled import scrolled
from ui.wording import day_told, word_of

_MOST: Final = 12  # links that are shown
_DOOR: Final = 6  # characters a figure needs
_COUNTED: Final = ("visit", "encounter", "issue", "suggestion")


class RosterDetail(QWidget):
    """The chosen record. The signals tell what is wanted of it; `told` which one is shown, empty for none."""

    told = Signal(str)
    change_wanted = Signal(str)
    end_wanted = Signal(object)
    remove_wanted = Signal(str)
    undo_wanted = Signal()
    step_wanted = Signal(str, object)
    term_wanted = Signal(str)

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench: Final = bench
        self._today: Final[date] = bench.workspace.clock.today().date()
        self.card: RosterCard | None = None
        self.title: Final = label("", "section", wrap=True)
        self.change: Final = button(_("Change"), "link")
        self.facts: Final = Facts()
        self.contact: Final = button(_("Show telephone and address in full (this is noted)"), "link")
        self.doors: Final[dict[str, Door]] = {
            "visit": Door(_("Receptions and outreach")),
            "encounter": Door(_("People met")),
            "issue": Door(_("Issues")),
            "suggestion": Door(_("Suggestions")),
        }
        self.receptions: Final = label("", "small")
        self.course: Final = Card(_("What happened"))
        self.awards: Final = AwardsCard(bench)
        self.end: Final = button(_("The mandate ends …"), "link")
        self.term: Final = button(_("Change of term …"), "link")
        self.dossier: Final = button(_("Print: {paper}").format(paper=PaperName.DEPUTY_DOSSIER.label), "link")
        self.poster: Final = button(_("Print: {paper}").format(paper=PaperName.DEPUTY_POSTER.label), "link")
        self.past: Final = button(_("History"), "link")
        self.undo: Final = button(_("Undo the last change"), "link")
        self.remove: Final = button(_("Remove"), "link")
        self.steps: Final = Card(_("Next step"))
        self._chips = Flow(gap=SPACE.tiny)
        self._links = QVBoxLayout()
        self._course = QGridLayout()
        room = QWidget()
        self._buttons = Flow(room)
        self.steps.add(room)
        self._arrange()
        self._connect()

    @property
    def id(self) -> Id:
        """The record that is shown; empty for none."""
        return self.card.record.id if self.card else ""

    def ask(self, id: Id) -> None:
        """Show the record of this identifier."""
        workspace = self._bench.workspace
        self._bench.background.ask(self, lambda: roster_card(workspace, id), self._show, self._gone, topic="card")

    def refresh(self) -> None:
        """Ask again for what is shown."""
        if self.id:
            self.ask(self.id)

    def forget(self) -> None:
        """Show nothing any more."""
        self.card = None
        self.hide()

    def _show(self, card: RosterCard) -> None:
        self.card = card
        record = card.record
        self.title.setText(record.title())
        take_out(self._chips)
        for words, tone in chips_of(record):
            self._chips.addWidget(label(words, "chip", tone=tone))
        self.facts.show_facts(_facts(card))
        self.contact.setVisible(card.more)
        self._show_links(card)
        self._show_steps(card)
        self.awards.show_record(record.id)
        deputy = isinstance(record, Deputy)
        self._figures.setVisible(deputy)
        self.poster.setVisible(deputy)
        self.dossier.setVisible(deputy)
        if isinstance(record, Deputy):
            self._ask_figures(record.id)
        self.end.setVisible(isinstance(record, Deputy) and record.status != DeputyStatus.ENDED)
        self.term.setVisible(record.traits.name == "congress")
        self.show()
        self.told.emit(record.id)

    def _show_links(self, card: RosterCard) -> None:
        take_out(self._links)
        for each in card.related[:_MOST]:
            link = ElidedLink(_("{kind}: {title}").format(kind=kind_told(each.kind), title=each.title or "…"))
            if place := place_of(each.kind):
                link.clicked.connect(partial(self._bench.go, place, each.id))
            self._links.addWidget(link)

    def _show_steps(self, card: RosterCard) -> None:
        take_out(self._course)
        take_out(self._buttons)
        self.course.setVisible(bool(card.steps))
        for number, step in enumerate(card.steps):
            self._line(2 * number, step, now=step is card.steps[-1])
        record = card.record
        following = next_project_steps(record) if isinstance(record, Project) else ()
        for event in following:
            made = button(word_of(event))
            made.clicked.connect(partial(self._step, event))
            self._buttons.addWidget(made)
        self.steps.setVisible(bool(following))

    def _line(self, row: int, step: ProjectStep, *, now: bool) -> None:
        sign = label("●" if now else "✓", "sign", tone="accent" if now else "ok")
        self._course.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
        self._course.addWidget(label(word_of(step.event), "strong" if now else "", wrap=True), row, 1)
        when = "　".join(part for part in (day_told(step.on, today=self._today), step.by) if part)
        below = label("\n".join(part for part in (when, step.reason) if part), "small", wrap=True)
        below.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._course.addWidget(below, row + 1, 1)

    # --- figures

    def _ask_figures(self, id: Id) -> None:
        workspace = self._bench.workspace
        self._bench.background.ask(
            self, lambda: (id, deputy_figures(workspace, id)), self._show_figures, self._fail, topic="figures"
        )

    def _show_figures(self, found: tuple[Id, DeputyFigures]) -> None:
        id, figures = found
        if id != self.id:
            return
        numbers = {
            "visit": figures.visits,
            "encounter": figures.people,
            "issue": figures.issues,
            "suggestion": figures.suggestions,
        }
        for kind, number in numbers.items():
            self.doors[kind].show_number(number)
        self.receptions.setText(_("of these {count} receptions").format(count=figures.receptions))

    def _open_counted(self, kind: str) -> None:
        """Show what a figure counts, as the search finds it."""
        self._bench.go(Place.SEARCH, deed=f"of:{kind}:{self.id}")

    # --- deeds

    def _step(self, event: ProjectEvent, _checked: bool = False) -> None:
        self.step_wanted.emit(self.id, event)

    def _show_contact(self) -> None:
        workspace, id = self._bench.workspace, self.id
        self._bench.background.do(self, lambda _progress: show_contact(workspace, id), self._contact_shown, self._fail)

    def _contact_shown(self, shown: ContactShown) -> None:
        if self.card:
            told = "　".join(part for part in (shown.phone, shown.address, shown.postcode) if part)
            self.facts.show_facts(_facts(self.card, contact=told))
            self.contact.hide()

    def _print(self, name: PaperName) -> None:
        from app.use_cases.papers import Asked  # printing is loaded when it is wanted
        from ui.dialogs.paper_dialog import PaperDialog

        PaperDialog(self._bench, Asked(name=name, id=self.id), self).open()

    def _gone(self, error: AppError) -> None:
        if error.code == "record_missing":
            self.forget()
            self.told.emit("")
        else:
            self._fail(error)

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)

    # --- how it stands

    def _arrange(self) -> None:
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        about = Card()
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.change, 0, Qt.AlignmentFlag.AlignTop)
        about.body.addLayout(head)
        about.body.addLayout(self._chips)
        about.add(self._figures_row())
        about.add(self.facts)
        about.body.addWidget(self.contact, 0, Qt.AlignmentFlag.AlignLeft)
        self._links.setSpacing(0)
        about.body.addLayout(self._links)
        deeds = Flow()
        for each in (self.dossier, self.poster, self.end, self.term, self.past, self.undo, self.remove):
            deeds.addWidget(each)
        about.body.addLayout(deeds)
        self._course.setColumnStretch(1, 1)
        self._course.setHorizontalSpacing(SPACE.small)
        self._course.setVerticalSpacing(SPACE.tiny)
        self.course.body.addLayout(self._course)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.middle)
        column.addWidget(about)
        column.addWidget(self.course)
        column.addWidget(self.awards)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.middle)
        layout.addWidget(scrolled(inside), 1)
        layout.addWidget(self.steps)
        self.undo.setToolTip(_("Undo the last change（Ctrl+Z）"))
        self.hide()

    def _figures_row(self) -> QWidget:
        self._figures = QWidget()
        column = QVBoxLayout(self._figures)
        column.setContentsMargins(0, SPACE.tiny, 0, SPACE.tiny)
        column.setSpacing(SPACE.tiny)
        column.addWidget(FieldRow(self._bench.theme, [(self.doors[kind], _DOOR) for kind in _COUNTED]))
        column.addWidget(self.receptions)
        return self._figures

    def _connect(self) -> None:
        for name, each in ((PaperName.DEPUTY_POSTER, self.poster), (PaperName.DEPUTY_DOSSIER, self.dossier)):
            each.clicked.connect(lambda _checked=False, name=name: self._print(name))
        pairs: tuple[tuple[object, Callable[[], object]], ...] = (
            (self.change, lambda: self.change_wanted.emit(self.id)),
            (self.contact, self._show_contact),
            (self.end, lambda: self.end_wanted.emit(self.card.record if self.card else None)),
            (self.term, lambda: self.term_wanted.emit(self.id)),
            (self.past, lambda: HistoryDialog(self._bench, self.id, self).open()),
            (self.undo, self.undo_wanted.emit),
            (self.remove, lambda: self.remove_wanted.emit(self.id)),
        )
        for pressed, act in pairs:
            pressed.clicked.connect(lambda _checked=False, act=act: act())  # type: ignore[attr-defined]  # a button each
        for kind, door in self.doors.items():
            door.clicked.connect(lambda _checked=False, kind=kind: self._open_counted(kind))


def _facts(card: RosterCard, contact: str = "") -> Iterator[tuple[str, str]]:
    kind = card.record.traits.name
    for each in card.fields:
        yield field_told(kind, each.field).partition("（")[0], value_told(each.value)
    yield from beside_facts(card.record)
    yield _("Terms"), "\n".join(card.terms)
    yield _("Telephone and address"), contact or "　".join(part for part in (card.phone, card.address) if part)
