"""The station as it stands on papers: its name, its place, its people."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from app.domain.norm import USUAL
from app.domain.papers import PaperName
from app.domain.problems import Problem
from app.domain.station import Station
from app.domain.values import Id, Json
from app.errors import AppError
from app.i18n import N_, _
from app.messages import problem_told
from app.use_cases.station import Saved, save_station
from ui.feedback import Tone
from ui.forms.draft_keeper import DraftKeeper
from ui.forms.number_box import NumberBox
from ui.page import Page
from ui.pages.settings.own_record import OwnRecord, own_record, tell_not_here
from ui.pages.settings.section import Section
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.notice import Notice
from ui.widgets.roles import button, label

_KEY: Final = "settings-station"
_FIELDS: Final = {
    "name": N_("Name of the station"),
    "place": N_("Place"),
    "station_head": N_("Station head"),
    "liaison_officer": N_("Liaison officer"),
    "office_phone": N_("Office telephone"),
    "online_page": N_("Address of the station on the web, for the code on posters"),
}
_NORM: Final = {
    "days_a_deputy": (N_("Days of reception asked of each deputy a month"), USUAL.days),
    "people_a_deputy": (N_("People visited asked of each deputy a month"), USUAL.people),
}


class StationSection(Section):
    """A form of the station's own record; what is typed and not saved is kept."""

    name = N_("Station")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._station: Station | None = None
        self._heads: tuple[Id, ...] = ()
        self._code = label("", "soft")
        self._showing = False
        self.notice = Notice()
        self.fields: Final = {name: Field(_(words), QLineEdit()) for name, words in _FIELDS.items()}
        self.norm: Final = {name: Field(_(words), NumberBox(least=0)) for name, (words, _usual) in _NORM.items()}
        self._keeper = DraftKeeper(self.bench, _KEY, "station", self._typed, self)
        self.save: Final = page.action(_("Save"), self.save_now, "Ctrl+Return")
        card = Card(_("Station"))
        card.add(self._code)
        editors = [each.editor for each in self.fields.values()]
        for each, following in zip(self.fields.values(), [*editors[1:], None], strict=True):
            card.add(each)
            each.editor.textEdited.connect(lambda _text: self._keeper.touch())
            if following is not None:
                each.editor.returnPressed.connect(following.setFocus)
        self.poster: Final = button(_("Print the station's poster …"), "link")
        self.poster.clicked.connect(self._print_poster)
        card.body.addWidget(self.poster, 0, Qt.AlignmentFlag.AlignLeft)
        asked = Card(_("Month of deputies"))
        for name, number in self.norm.items():
            number.editor.setSpecialValueText(_("usual: {count}").format(count=_NORM[name][1]))
            number.editor.valueChanged.connect(self._number_typed)
            asked.add(number)
        self.add(self.notice, card, asked)
        self.end()

    def actions_offered(self) -> Sequence[QAction]:
        return (self.save,)

    def refresh(self) -> None:
        if self._keeper.pending():
            return  # somebody is typing; the save will say if another was faster
        workspace = self.bench.workspace
        self.bench.background.ask(self, lambda: own_record(workspace, _KEY), self._show, self._not_here, topic="station")

    def keep(self) -> None:
        if self._keeper.pending():
            self._keeper.keep_now()

    def read(self) -> Station | None:
        """The station as the form says it; None before it was shown."""
        typed = {name: each.editor.text().strip() for name, each in self.fields.items()}
        asked = {name: each.editor.value() for name, each in self.norm.items()}
        return replace(self._station, **typed, **asked) if self._station else None  # type: ignore[arg-type]  # texts, then numbers

    def save_now(self) -> None:
        """Save what the form says."""
        station, heads, workspace = self.read(), self._heads, self.bench.workspace
        if station is None:
            return
        for each in self.fields.values():
            each.complain("")
        self.bench.background.do(self, lambda _progress: save_station(workspace, station, heads), self._saved, self._refuse)

    def _print_poster(self) -> None:
        from app.use_cases.papers import Asked  # printing is loaded when it is wanted
        from ui.dialogs.paper_dialog import PaperDialog

        PaperDialog(self.bench, Asked(name=PaperName.STATION_POSTER), self).open()

    def _typed(self) -> Mapping[str, Json]:
        texts: dict[str, Json] = {name: each.editor.text() for name, each in self.fields.items()}
        return {**texts, **{name: each.editor.value() for name, each in self.norm.items()}}

    def _number_typed(self) -> None:
        if not self._showing:
            self._keeper.touch()

    def _show(self, shown: OwnRecord) -> None:
        if self._station is None:
            self.notice.say("", Tone.INFORMATION)
            self.save.setEnabled(True)
        self._station, self._heads = shown.station, shown.heads
        self._code.setText(_("Station code {code}").format(code=shown.station.code))
        for name, each in self.fields.items():
            told = (shown.draft or {}).get(name, getattr(shown.station, name))
            if each.editor.text() != str(told):
                each.editor.setText(str(told))
        self._showing = True
        for name, number in self.norm.items():
            told = (shown.draft or {}).get(name, getattr(shown.station, name))
            number.editor.setValue(told if isinstance(told, int) else 0)
        self._showing = False
        if shown.draft:
            words = _("What you typed last and did not save is back here.")
            self.notice.say(words, Tone.INFORMATION, ((_("Give it up"), self._give_up),))

    def _not_here(self, error: AppError) -> None:
        if error.code != "record_missing":
            self.fail(error)
            return
        tell_not_here(self.notice, self.bench)
        self.save.setEnabled(False)

    def _give_up(self) -> None:
        self._keeper.discard()
        self.notice.say("", Tone.INFORMATION)
        self.refresh()

    def _saved(self, _saved: Saved) -> None:
        self._keeper.discard()
        self.notice.say("", Tone.INFORMATION)
        self.bench.feedback.say(_("Saved."))

    def _refuse(self, error: AppError) -> None:
        problems = error.facts.get("problems")
        told = [each for each in problems if isinstance(each, Problem)] if isinstance(problems, tuple) else []
        for each in told:
            if field := self.fields.get(each.field):
                field.complain(problem_told(each))
                field.editor.setFocus()
        if not any(each.field in self.fields for each in told):
            self.fail(error)
