"""Rounds of outreach: a grid of the people met, what each visit needs beside it, how far each deputy's month has come."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import ClassVar, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.encounter import Encounter
from app.domain.outreach_hand import Hand
from app.domain.outreach_line import Column
from app.domain.outreach_round import Round
from app.domain.values import Id, Json
from app.domain.visit import MeetingWay, Visit, VisitKind
from app.domain.visit_sheet import Line, Seen, VisitSheet
from app.errors import AppError
from app.i18n import _, ngettext
from app.queries.deputies import called
from app.queries.visit_card import VisitCard
from app.queries.visit_words import VisitWords, visit_words
from app.use_cases.people import Entered, enter_deputy
from app.use_cases.receptions import SavedVisits, drafted_round, round_body, save_visits
from ui.forms.keys_told import keyed
from ui.forms.outreach_grid import OutreachGrid
from ui.forms.visit_form import VisitForm
from ui.models.outreach_table import OutreachTable
from ui.page import Workbench
from ui.pages.visits.norm_meters import NormMeters
from ui.pages.visits.stale_notice import StaleNotice
from ui.pages.visits.visit_keeper import STALE, Deed, VisitKeeper
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.roles import button, label
from ui.widgets.scrolled import scrolled
from ui.wording import day_told, time_told

_BESIDE: Final = 240  # pixels of what stands beside the grid
_WIDE: Final = 1040  # from here on there is room for it


class OutreachSheet(QWidget):
    """A round while it is typed; lines of several days, deputies and places become several visits, saved as one deed."""

    renamed = Signal()
    """The day is another, and so is the heading."""
    stale_names = Signal()
    """A deputy was entered whose name is not known here yet."""
    returned = Signal()
    """Something is missing, or was not saved: the grid is wanted back in sight."""
    ended = Signal(object)
    """The round is finished and saved: the `SavedVisits`."""
    norm_wanted = Signal()
    """The month of every deputy, please."""

    kind: ClassVar[str] = "outreach"

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench: Final = bench
        self.table: Final = OutreachTable(bench.workspace.clock.new_id, self)
        self.grid: Final = OutreachGrid(bench, self.table)
        self.keeper: Final = VisitKeeper(bench, self.kind, self._body, self._deed, self)
        self.visit: Final = VisitForm(self.now().date())
        self.stale: Final = StaleNotice(bench)
        self.meters: Final = NormMeters(bench)
        self.count: Final = label("", "section")
        self.state: Final = label("", "small")
        self.problem: Final = label("", "problem", wrap=True)
        self.enter: Final = button("", "link")
        self.more: Final = button(_("About this visit"), "link")
        self._of: Final = label("", "small", wrap=True)
        self._about: Final = Card(_("About this visit"))
        self._columns: Final = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._dirty = self._ending = self._showing = False
        self._unknown = ""
        self._arrange()
        self._connect()

    # --- what lies here

    def heading(self) -> str:
        """What stands above the grid."""
        days = sorted({each.visit.on for each in self.table.there.visits.values() if each.visit.on}) if self.table.round else []
        told = [day_told(day, today=self.now().date()) for day in dict.fromkeys(days[:1] + days[-1:])]
        return _("Outreach　{when}").format(when=" – ".join(told))

    def start(self, deputies: tuple[Id, ...] = ()) -> None:
        """Bring the round that lies here in sight, or a new one of these deputies."""
        workspace = self.bench.workspace
        if self.keeper.draft:
            self.come()
        else:
            self._ask(lambda: visit_words(workspace), lambda known: self.begin(known, deputies))

    def take_up(self, body: Mapping[str, Json]) -> None:
        """Bring the round of a draft in sight."""
        workspace = self.bench.workspace
        self._ask(
            lambda: (visit_words(workspace), drafted_round(workspace, body)),
            lambda found: self.restore(*found),
        )

    def come(self) -> None:
        """Be in sight, the cursor where one goes on."""
        self.returned.emit()
        self.type_on()

    def begin(self, known: VisitWords, deputies: tuple[Id, ...] = ()) -> None:
        """Begin a new round, today, of these deputies where they are known already."""
        self.know(known)
        visit = Visit(
            id=self.bench.workspace.clock.new_id(),
            visit_kind=VisitKind.OUTREACH,
            station=self.bench.workspace.author.owner,
            on=self.now().date(),
            way=MeetingWay.AT_HOME,
            deputies=deputies,
            recorder=known.operator,
        )
        self._lay(self._hand.begun(visit), Seen(), ())

    def open(self, known: VisitWords, card: VisitCard) -> None:
        """Go on with a visit that stands in the store."""
        self.know(known)
        self._lay(self._hand.of_sheets([card.sheet], [card.sheet.visit.id]), card.seen, (card.sheet,))

    def restore(self, known: VisitWords, drafted: tuple[Round | VisitSheet, Seen]) -> None:
        """Go on with what was typed and not saved."""
        self.know(known)
        found, seen = drafted
        round = self._hand.of_sheets([found], seen.records) if isinstance(found, VisitSheet) else found
        self._lay(replace(round, stored=frozenset(id for id in round.visits if id in seen.records)), seen, _standing(seen))
        self._dirty = True
        self.say(_("Taken up again; nothing is lost"))

    def know(self, known: VisitWords) -> None:
        """Know names and habits as they are now."""
        self.table.know(called(known.deputies.values(), self.now().date()))
        self.grid.show_names(known)
        self.visit.show_names(known)
        self.stale.names = {id: row.name for id, row in known.deputies.items()}

    def visit_id(self) -> Id:
        """The visit whose name the draft bears; empty where nothing lies here."""
        return next(iter(self.table.there.visits)) if self.keeper.draft else ""

    def read(self) -> tuple[VisitSheet, ...]:
        """The visits as they stand in the grid."""
        return self.table.sheets()

    def now(self) -> datetime:
        """This moment, by the clock on the wall."""
        return self.bench.workspace.clock.today()

    def refresh(self) -> None:
        """Something was saved elsewhere: the deputies' months may be others."""
        if self.keeper.draft:
            self.meters.forget()
            self._tell()

    # --- deeds

    def type_on(self) -> None:
        """Put the cursor where one goes on typing."""
        self.grid.begin()

    def save_lines(self) -> None:
        """Save what is ready, and mark in the other lines what is missing."""
        self.grid.commit()
        self.table.strict = True
        self.table.refresh()
        blocked = self.table.blocked()
        if self._visit_is_wrong():
            return
        self._save(blocked)
        self._point_out(blocked)

    def end(self) -> None:
        """Finish the round: all of it is saved, or the first thing that is missing is shown."""
        self.grid.commit()
        blocked = self.table.blocked()
        self.table.strict = True
        self.table.refresh()
        if blocked or self._visit_is_wrong():
            self.returned.emit()
            self._point_out(blocked)
        elif not self.read():
            self.say(_("Nothing is typed yet"))
            self.type_on()
        else:
            self._ending = True
            self._save(())

    def leave(self) -> None:
        """Go elsewhere for a while: what was begun here stays open, what was only looked at is laid down."""
        self.grid.commit()
        said = self._dirty and (any(not each.empty() for each in self.table.there.lines) or self.keeper.stands)
        if self.keeper.draft and said:
            self.keeper.draft.keep_now()
        else:
            self.give_up()

    def give_up(self) -> None:
        """Lay the round down; what was typed and not saved is forgotten."""
        self.keeper.give_up()
        self.keeper.lay_down()

    def keep(self) -> None:
        """Keep what is typed at once."""
        self.keeper.keep_now()

    def say(self, words: str) -> None:
        """Say how it stands with what is typed."""
        self.state.setText(words)

    # --- how

    def _ask(self, question: Callable[[], object], told: Callable[..., None]) -> None:
        def come(found: object) -> None:
            told(found)
            self.come()

        self.bench.background.ask(self, question, come, self.bench.feedback.fail, topic="round")

    @property
    def _hand(self) -> Hand:
        assert self.table.hand is not None
        return self.table.hand

    def _lay(self, round: Round, seen: Seen, stands: Sequence[VisitSheet]) -> None:
        self.keeper.keep_now()  # of the round that lay here before
        self._dirty = self._ending = False
        self.keeper.take_up(next(iter(round.visits)), seen, stands)
        self.table.show(round)
        self.meters.forget()
        self.stale.hide()
        self.say("")
        self.grid.begin()
        self._tell()
        self.renamed.emit()

    def _body(self) -> Mapping[str, Json]:
        sheets = self.read() or (next(iter(self.table.there.visits.values())),)
        return round_body(self.table.there, sheets, self.keeper.seen)

    def _deed(self, sheets: Sequence[VisitSheet], seen: Seen) -> Deed:
        workspace = self.bench.workspace
        return lambda: save_visits(workspace, sheets, seen)

    def _touched(self) -> None:
        if self.keeper.draft:
            self._dirty = True
            self.keeper.touch()
            self.say(_("Being entered"))
            self._tell()

    def _save(self, left_out: Collection[int]) -> None:
        if sheets := self._hand.sheets(self.table.there, self.table.reads(), left_out):
            self.keeper.save(sheets)

    def _saved(self, saved: SavedVisits) -> None:
        if self._ending:
            self._ending = False
            self.give_up()
            self.ended.emit(saved)
            return
        self.table.rest_on(self._hand.rested(self.table.there, saved.sheets))
        if not self.table.blocked() and self.read() == self.keeper.stands:
            self._dirty = False
            self.keeper.give_up()
        self.say(_("Saved {time}").format(time=time_told(self.now().time())))
        self._tell()

    def _refused(self, error: AppError) -> None:
        if self._ending:
            self._ending = False
            self.returned.emit()
        self.say(_("Not saved"))
        id = error.facts.get("id")
        sheet = next((each for each in self.read() if any(record.id == id for record in each.records())), None)
        if error.code == STALE and (sheet or self.keeper.stands):
            self.stale.meet(error, sheet or self.keeper.stands[0], self.keeper.seen)
        else:
            self.bench.feedback.fail(error)

    def _decided(self, sheet: VisitSheet, seen: Seen) -> None:
        """Somebody chose between two versions: `sheet` lies here from now on, and rests on `seen`."""
        self.keeper.seen = seen
        sheets = [sheet if each.visit.id == sheet.visit.id else each for each in self.read()]
        self.table.show(self._hand.of_sheets(sheets, self.table.there.stored))
        self.grid.begin()
        self._save(self.table.blocked())

    def _visit_is_wrong(self) -> bool:
        """Whether the form of the visit says something that cannot be read; shown where it is."""
        wrong = [each for each in self.visit.problems() if each.field != "on"]
        if wrong:
            self._unfold(shown=True)
            first = next((each for each in (self.visit.starts, self.visit.ends) if each.editor.malformed()), self.visit.starts)
            first.setFocus()
        return bool(wrong)

    def _point_out(self, blocked: Sequence[int]) -> None:
        if blocked:
            at = blocked[0]
            wrong = self.table.read(at).problems
            self.grid.reach(at, next(each for each in Column if any(not one.hint for one in wrong.get(each, ()))))
            self.grid.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- what is told

    def _tell(self) -> None:
        """The counts, the visit and the deputies of the line under the cursor, and what is wrong in it."""
        if self.table.round is None:
            return
        at = min(max(self.grid.currentIndex().row(), 0), self.table.rowCount() - 1)
        sheets = self.read()
        people, lines = sum(each.people() for each in sheets if each.lines), sum(len(each.lines) for each in sheets)
        told = [
            ngettext("{count} person met", "{count} people met", people).format(count=people),
            ngettext("{count} line", "{count} lines", lines).format(count=lines),
        ]
        if len(sheets) > 1:
            told.append(ngettext("{count} visit", "{count} visits", len(sheets)).format(count=len(sheets)))
        self.count.setText("　".join(told))
        visit = self.table.there.visit_of(at)
        self.meters.show_round(visit, sheets, self.keeper.stands)
        self._show_visit(visit)
        self._tell_problems(at)

    def _show_visit(self, visit: Visit) -> None:
        names = self.table.there
        self._of.setText("　".join(filter(None, (day_told(visit.on, today=self.now().date()), visit.place))) or _("No day yet"))
        if visit != self._merged(names.visits[visit.id].visit):
            self._showing = True
            self.visit.show_visit(visit)
            self._showing = False

    def _merged(self, visit: Visit) -> Visit:
        """A visit with what its form says, but for what the grid says."""
        read = self.visit.read()
        if read.id != visit.id:
            return read
        return replace(read, on=visit.on, place=visit.place, deputies=visit.deputies, station=visit.station)

    def _visit_typed(self) -> None:
        if not self._showing and self.table.round and (here := self.table.there.visits.get(self.visit.read().id)):
            self.table.set_visit(self._merged(here.visit))

    def _tell_problems(self, at: int) -> None:
        wrong = self.table.problems_of(at)
        headed = {column: str(self.table.headerData(column, Qt.Orientation.Horizontal)) for column in wrong}
        told = "　".join(f"{headed[column]}：{self.table.problem(at, column)}" for column in wrong)
        line = _("Line {number}").format(number=at + 1)
        self.problem.setText(f"{line}　{told}" if told else "")
        self.problem.setVisible(bool(told))
        unknown = [each for each in wrong.get(Column.DEPUTIES, ()) if each.code == "grid_deputy_unknown"]
        self._unknown = str(unknown[0].facts["name"]) if unknown else ""
        words = _("Enter {name} as a new deputy").format(name=self._unknown)
        self.enter.setText(keyed(words, "F6"))
        self.enter.setVisible(bool(unknown))

    def _enter_deputy(self) -> None:
        self.grid.commit()
        name, workspace = self._unknown, self.bench.workspace
        if name:
            self.bench.background.do(
                self, lambda _progress: enter_deputy(workspace, name), self._entered, self.bench.feedback.fail
            )

    def _entered(self, _entered: Entered) -> None:
        self.stale_names.emit()
        self.grid.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- how it stands

    def _arrange(self) -> None:
        self.visit.on.hide()
        self.visit.place.hide()
        about = QWidget()
        column = QVBoxLayout(about)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.small)
        column.addWidget(self._of)
        column.addWidget(self.visit)
        column.addStretch(1)
        self._about.add(scrolled(about), 1)
        work = Card()
        head, under = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(self.state)
        head.addWidget(self.more)
        under.addWidget(self.problem, 1)
        under.addWidget(self.enter)
        work.body.addLayout(head)
        work.add(self.stale)
        work.add(self.meters)
        work.add(self.grid, 1)
        work.body.addLayout(under)
        work.add(label(_keys_told(), "small", wrap=True))
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(SPACE.large)
        self._columns.addWidget(self._about)
        self._columns.addWidget(work, 1)
        self.problem.hide()
        self.enter.hide()
        self.setFocusProxy(self.grid.editor)
        self.more.setCheckable(True)
        self._measure()

    def _connect(self) -> None:
        self.table.changed.connect(self._touched)
        self.table.changed.connect(self.renamed)
        self.grid.entered.connect(lambda _at, _column: self._tell())
        self.visit.changed.connect(self._visit_typed)
        self.keeper.saved.connect(self._saved)
        self.keeper.refused.connect(self._refused)
        self.keeper.kept.connect(lambda: self.say(_("Draft kept {time}").format(time=time_told(self.now().time()))))
        self.stale.decided.connect(self._decided)
        self.meters.all_wanted.connect(self.norm_wanted)
        self.enter.clicked.connect(self._enter_deputy)
        self.more.toggled.connect(lambda on: self._unfold(shown=on))
        self.bench.theme.changed.connect(self._measure)
        keys = {"Ctrl+S": self.save_lines, "F2": self.type_on, "F6": self._enter_deputy, "F4": self.more.toggle}
        for key, act in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self.more.setToolTip(keyed(self.more.text(), "F4"))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's own name
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        """Beside the grid where there is room; else out of sight until it is asked for."""
        px = self.bench.theme.px
        wide = self.width() >= px(_WIDE)
        self._about.setFixedWidth(px(_BESIDE))
        self.more.setHidden(wide)
        self._about.setVisible(wide or self.more.isChecked())

    def _unfold(self, *, shown: bool) -> None:
        self.more.setChecked(shown)
        self._measure()
        if self._about.isVisible() and shown:
            self.visit.starts.setFocus()
        elif not shown:
            self.grid.editor.setFocus(Qt.FocusReason.OtherFocusReason)


def _standing(seen: Seen) -> tuple[VisitSheet, ...]:
    """What was saved of a round that is taken up again, as far as its people are counted."""
    lines: dict[Id, list[Line]] = {}
    for each in seen.records.values():
        if isinstance(each, Encounter):
            lines.setdefault(each.visit, []).append(Line(encounter=each))
    visits = (each for each in seen.records.values() if isinstance(each, Visit))
    return tuple(VisitSheet(visit=each, lines=tuple(lines.get(each.id, ()))) for each in visits)


def _keys_told() -> str:
    return _(
        "Enter goes on, at the end to the next line · arrows and Tab: another cell · Ctrl+D as above · Insert a line · "
        "Ctrl+Delete takes one out · F2 last line · Ctrl+Z undoes · Ctrl+V takes in a block of a spreadsheet"
    )
