"""The form of a record of the register: entered anew or changed; what is typed is kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.domain.people import Contact
from app.domain.problems import stopped_by
from app.domain.records import Record
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _
from app.messages import explain
from app.queries.congresses import congress_terms
from app.queries.units import units
from app.use_cases.roster import (
    REGISTERED,
    RosterSaved,
    RosterSheet,
    entry_key,
    entry_to_change,
    entry_told,
    new_entry,
    save_entry,
)
from app.workspace import Workspace
from ui.forms.draft_keeper import DraftKeeper, HeldDraft
from ui.forms.record_form import Asked, RecordForm
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.roles import label
from ui.widgets.scrolled import scrolled
from ui.widgets.versions_notice import VersionsNotice, differences

ROWS: Final[Mapping[str, Sequence[Sequence[Asked]]]] = {
    "deputy": (
        (("name", 9), ("sex", 5), ("level", 6), ("deputy_card_no", 9)),
        (("congress", 14), ("term", 14)),
        (("delegation", 10), ("electing_unit", 10), ("constituency", 10)),
        (("deputy_group", 10), ("entry", 7), ("elected_on", 7), ("group_convener", 8)),
        (("workplace", 16), ("post", 10)),
        (("remarks", 30),),
    ),
    "former_deputy": (
        (("name", 9), ("level", 6), ("ended_on", 7)),
        (("congress", 14), ("terms", 14)),
        (("workplace", 28),),
        (("remarks", 30),),
    ),
    "unit": (
        (("name", 16), ("short_name", 9), ("unit_type", 8)),
        (("former_names", 16), ("level", 7), ("closed", 7)),
        (("parent", 14), ("supervising_committee", 14)),
        (("liaison_person", 9), ("office_phone", 10), ("policy_contact", 9), ("policy_phone", 10)),
        (("policy_matters", 30),),
        (("remarks", 30),),
    ),
    "congress": (
        (("name", 18), ("level", 7), ("division_code", 8)),
        (("standing_organ", 14), ("deputy_affairs_committee", 14)),
        (("address", 16), ("postcode", 6), ("office_phone", 9)),
    ),
    "term": ((("congress", 14), ("term_no", 5)), (("began_on", 8), ("ended_on", 8))),
    "project": (
        (("name", 22), ("year", 5)),
        (("content", 30),),
        (("congress", 14), ("place", 14)),
        (("unit", 14), ("person_in_charge", 8)),
        (("budget", 8), ("proposed_on", 7), ("due_on", 7)),
        (("remarks", 30),),
    ),
}
"""The fields of each kind, row by row, with the room each wants in characters."""

_CONTACT: Final[Sequence[Sequence[Asked]]] = ((("phone", 10), ("address", 20), ("postcode", 6)),)
_LIFE: Final = ("state", "progress", "done_on")
Names = Mapping[str, Mapping[Id, str]]


@dataclass(frozen=True, slots=True)
class _Laid:
    sheet: RosterSheet
    names: Names


class RosterDesk(QWidget):
    """One record on its form. `laid` tells that one lies there, `saved` what was saved."""

    laid = Signal()
    saved = Signal(object)

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench: Final = bench
        self._sheet: RosterSheet | None = None
        self._before: RosterSheet | None = None
        self._stands: RosterSheet | None = None  # what somebody saved meanwhile
        self._draft: Final = HeldDraft()
        self._names: Names = {}
        self.forms: Final[dict[str, RecordForm]] = {}
        self.contact: Final = RecordForm(bench, Contact.traits, _CONTACT)
        self.stale: Final = VersionsNotice()
        self.state: Final = label("", "small")
        self._stack = QStackedWidget()
        self._arrange()
        self.contact.changed.connect(self._touched)
        self.stale.kept.connect(self._rest_on)
        self.stale.taken.connect(self._give_way)

    @property
    def new(self) -> bool:
        """Whether the record is not in the register yet."""
        return bool(self._sheet) and not (self._sheet and self._sheet.stored)

    @property
    def kind(self) -> str:
        """The kind of record that lies there; empty for none."""
        return self._sheet.kind if self._sheet else ""

    @property
    def form(self) -> RecordForm:
        """The form that is shown."""
        return self.forms[self.kind]

    def dirty(self) -> bool:
        """Whether something was typed that is not saved."""
        return self._sheet is not None and self.read() != self._before

    def read(self) -> RosterSheet:
        """The record as it stands in the form."""
        assert self._sheet is not None
        contact = self.contact.read() if self._sheet.contact else None
        return replace(self._sheet, record=self.form.read(), contact=contact)

    # --- laying

    def enter(self, kind: str) -> None:
        """Begin a new record of a kind."""
        self.ask(lambda workspace: new_entry(workspace, kind))

    def change(self, id: Id) -> None:
        """Lay a record on its form."""
        self.ask(lambda workspace: entry_to_change(workspace, id))

    def restore(self, sheet: RosterSheet) -> None:
        """Go on with what was kept."""
        self.ask(lambda _workspace: sheet)

    def ask(self, question: Callable[[Workspace], RosterSheet]) -> None:
        """Lay what the question answers."""
        workspace = self._bench.workspace
        self._bench.background.ask(
            self,
            lambda: _Laid(question(workspace), choices(workspace)),
            self._lay,
            self._bench.feedback.fail,
            topic="form",
        )

    def _lay(self, laid: _Laid) -> None:
        self.leave()
        sheet, self._names = laid.sheet, laid.names
        self._sheet = sheet
        if sheet.kind not in self.forms:
            made = self.forms[sheet.kind] = RecordForm(self._bench, REGISTERED[sheet.kind].traits, ROWS[sheet.kind])
            made.changed.connect(self._touched)
            self._stack.addWidget(made)
        self.form.offer(laid.names)
        self.form.show_record(sheet.record)
        self.contact.setVisible(sheet.contact is not None)
        if sheet.contact:
            self.contact.show_record(sheet.contact)
        self._stack.setCurrentWidget(self.form)
        self._before = self.read()
        keeper = DraftKeeper(self._bench, entry_key(sheet), sheet.kind, lambda: entry_told(self.read()), self)
        keeper.kept.connect(lambda: self.state.setText(_("The draft is kept.")))
        self._draft.hold(keeper)
        self.stale.hide()
        self.state.setText("")
        self.laid.emit()
        self.form.begin()

    # --- deeds

    def save(self) -> None:
        """Save what stands on the form."""
        if self._sheet is None:
            return
        if problems := (*self.form.problems(), *self.contact.problems()):
            self.form.complain(problems)
            return
        workspace, sheet = self._bench.workspace, self.read()
        self.form.complain(())
        self._bench.background.do(self, lambda _progress: save_entry(workspace, sheet), self._saved, self._fail)

    def keep(self) -> None:
        """Keep what is typed at once."""
        if self._sheet and (self._draft.pending or self.dirty()):
            self._draft.keep_now()

    def leave(self) -> None:
        """Step back from the form; what is typed is kept."""
        if self._sheet:
            if self.dirty():
                self._draft.keep_now()
            elif self._draft.pending:
                self._draft.discard()  # typed, and taken back again
        self._draft.let_go()
        self._sheet = None

    def _saved(self, saved: RosterSaved) -> None:
        self._draft.let_go()
        self._sheet = None
        self.saved.emit(saved)

    def _fail(self, error: AppError) -> None:
        if problems := stopped_by(error):
            self.form.complain(problems)
        elif error.code == "stale" and self._sheet:
            workspace, id = self._bench.workspace, self._sheet.id
            self._bench.background.ask(
                self, lambda: entry_to_change(workspace, id), partial(self._offer, error), self._bench.feedback.fail
            )
        else:
            self._bench.feedback.fail(error)

    # --- somebody else saved it meanwhile

    def _offer(self, error: AppError, stands: RosterSheet) -> None:
        self._stands = stands
        ours = self.read()
        names = {id: name for each in self._names.values() for id, name in each.items()}
        pairs: list[tuple[Record | None, Record | None]] = [(ours.record, stands.record), (ours.contact, stands.contact)]
        told = [each for here, there in pairs if here and there for each in differences(here, there, names)]
        self.stale.ask(explain(error), told)

    def _rest_on(self) -> None:
        """Save ours on top of theirs; how far a project has come is not a matter of its form."""
        if self._stands and self._sheet:
            fields = {name: getattr(self._stands.record, name) for name in _LIFE if name in self._stands.record.traits.fields}
            kept = {} if self._sheet.kind != "project" else fields
            self._sheet = replace(self._sheet, seen=self._stands.seen)
            self.form.rest_on(kept)
            self.save()

    def _give_way(self) -> None:
        if self._stands:
            self._before = self.read()  # what was typed is given up
            self.restore(self._stands)

    # --- how it stands

    def _touched(self) -> None:
        if self._sheet and self._draft.touch():
            self.state.setText(_("Not saved yet"))

    def _arrange(self) -> None:
        work = Card()
        work.add(self.stale)
        work.add(self._stack)
        work.add(self.contact)
        work.body.setSpacing(SPACE.middle)
        work.body.addWidget(self.state, 0, Qt.AlignmentFlag.AlignRight)
        work.body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(work))


def choices(workspace: Workspace) -> dict[str, dict[Id, str]]:
    """What fields of forms can name, by the kind of record: congresses, their terms, units that stand."""
    known = congress_terms(workspace)
    return {
        "congress": {each.congress.id: each.congress.name for each in known},
        "term": {term.id: f"{each.congress.name} {term.title()}" for each in known for term in each.terms},
        "unit": {each.id: _("{name} (closed)").format(name=each.name) if each.closed else each.name for each in units(workspace)},
    }
