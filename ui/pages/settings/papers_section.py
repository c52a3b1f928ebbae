"""What the station puts on its papers, seen while it is typed; where each printer of this computer prints."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QLineEdit

from app.domain.paper_code import House
from app.domain.papers import PaperName, month_named
from app.domain.station import Station
from app.domain.values import Id, Json
from app.errors import AppError
from app.i18n import N_, _
from app.settings import write_settings
from app.use_cases.papers import Asked, Paper, composed_paper
from app.use_cases.station import Saved, save_station
from ui.feedback import Tone
from ui.forms.draft_keeper import DraftKeeper
from ui.page import Page
from ui.pages.settings.offset_card import OffsetCard
from ui.pages.settings.own_record import OwnRecord, own_record, tell_not_here
from ui.pages.settings.section import Section
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.notice import Notice
from ui.widgets.roles import label

if TYPE_CHECKING:
    from ui.widgets.paper_view import PaperView

_KEY: Final = "settings-papers"
_PAUSE: Final = 400  # milliseconds after the last key
_HIGH: Final = 380
_LINES: Final = {
    "paper_heading": N_("Above every form and ledger, in the middle"),
    "paper_note": N_("Below, a note such as how many copies there are"),
    "paper_footer": N_("Below, a line of the station's own"),
}
_MARKS: Final = {
    "paper_seal": N_("Leave a place for the seal below ledgers"),
    "outward_marks": N_("Print code and time on papers that go out too (official forms, notices, letters)"),
}


class PapersSection(Section):
    """Lines and marks of the station's own record; what is typed and not saved is kept, and seen on a ledger at once."""

    name = N_("Papers")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._station: Station | None = None
        self._heads: tuple[Id, ...] = ()
        self._showing = False
        self.notice = Notice()
        self.lines: Final = {name: Field(_(words), QLineEdit()) for name, words in _LINES.items()}
        self.marks: Final = {name: QCheckBox(_(words)) for name, words in _MARKS.items()}
        self.view: PaperView | None = None
        self.offsets: Final = OffsetCard(self.bench)
        self._keeper = DraftKeeper(self.bench, _KEY, "station", self._typed, self)
        self._timer: Final = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self._compose)
        self.save: Final = page.action(_("Save"), self.save_now, "Ctrl+Return")
        card = Card(_("On every paper of the station"))
        card.add(label(_("Official forms, notices and letters keep to the standard and carry none of it."), "soft", wrap=True))
        for field in self.lines.values():
            card.add(field)
            field.editor.textEdited.connect(lambda _text: self._touch())
        for mark in self.marks.values():
            card.add(mark)
            mark.toggled.connect(lambda _on: self._touch())
        self.preview: Final = Card(_("As it will look"))
        self.add(self.notice, card, self.preview, self.offsets)
        self.end()
        self.offsets.changed.connect(self._keep_offsets)

    def actions_offered(self) -> Sequence[QAction]:
        return (self.save,)

    def refresh(self) -> None:
        self.offsets.refresh()
        if self._keeper.pending():
            return  # somebody is typing; the save will say if another was faster
        workspace = self.bench.workspace
        self.bench.background.ask(self, lambda: own_record(workspace, _KEY), self._show, self._not_here, topic="papers")

    def keep(self) -> None:
        if self._keeper.pending():
            self._keeper.keep_now()

    def read(self) -> Station | None:
        """The station with what the form says; None before it was shown."""
        return replace(self._station, **self._typed()) if self._station else None  # type: ignore[arg-type]  # texts, then marks

    def save_now(self) -> None:
        """Save what the form says."""
        station, heads, workspace = self.read(), self._heads, self.bench.workspace
        if station:
            self.bench.background.do(self, lambda _progress: save_station(workspace, station, heads), self._saved, self.fail)

    def _typed(self) -> dict[str, Json]:
        lines: dict[str, Json] = {name: each.editor.text().strip() for name, each in self.lines.items()}
        return lines | {name: each.isChecked() for name, each in self.marks.items()}

    def _touch(self) -> None:
        if not self._showing:
            self._keeper.touch()
            self._timer.start()

    def _show(self, shown: OwnRecord) -> None:
        self._station, self._heads = shown.station, shown.heads
        self.save.setEnabled(True)
        told = {name: getattr(shown.station, name) for name in (*_LINES, *_MARKS)} | dict(shown.draft or {})
        self._showing = True
        for name, field in self.lines.items():
            if field.editor.text() != str(told[name]):
                field.editor.setText(str(told[name]))
        for name, mark in self.marks.items():
            mark.setChecked(bool(told[name]))
        self._showing = False
        words = _("What you typed last and did not save is back here.") if shown.draft else ""
        self.notice.say(words, Tone.INFORMATION, ((_("Give it up"), self._give_up),) if shown.draft else ())
        self._compose()

    def _compose(self) -> None:
        """The ledger of this month as it would be printed with what is typed."""
        station, workspace, press = self.read(), self.bench.workspace, self.bench.press
        if station is None:
            return
        house: House = station.house()
        asked = Asked(name=PaperName.VISIT_LOG, span=month_named(f"{workspace.clock.today():%Y-%m}"), substitute=True)
        self.bench.background.ask(
            self, lambda: composed_paper(workspace, asked, press=press, house=house), self._show_paper, self.fail, topic="preview"
        )

    def _show_paper(self, paper: Paper) -> None:
        if self.view is None:
            from ui.widgets.paper_view import PaperView  # its library is loaded when somebody looks

            self.view = PaperView()
            self.view.setFixedHeight(self.bench.theme.px(_HIGH))
            self.view.fit_page()
            self.preview.add(self.view)
        self.view.show_bytes(paper.content)

    def _not_here(self, error: AppError) -> None:
        if error.code != "record_missing":
            self.fail(error)
            return
        tell_not_here(self.notice, self.bench)
        self.save.setEnabled(False)

    def _give_up(self) -> None:
        self._keeper.discard()
        self.refresh()

    def _saved(self, _saved: Saved) -> None:
        self._keeper.discard()
        self.notice.say("", Tone.INFORMATION)
        self.bench.feedback.say(_("Saved."))

    def _keep_offsets(self) -> None:
        settings, home = self.bench.settings, self.bench.workspace.folder.parent
        self.bench.background.do(self, lambda _progress: write_settings(home, settings), lambda _none: None, self.fail)
