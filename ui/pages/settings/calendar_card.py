"""The calendar of working days: a year is chosen, shown with its source, typed or read from a file."""

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFileDialog, QLineEdit, QPlainTextEdit

from app.domain.calendar_year import EnteredYear, days_typed, days_written
from app.domain.problems import Problem
from app.domain.values import Json
from app.errors import AppError
from app.i18n import _, ngettext
from app.messages import explain, problem_told, said
from app.queries.rule_cards import RuleCards, YearCard
from app.use_cases.rules import RulesKept, drop_year, keep_year, keep_year_from
from ui.feedback import Tone
from ui.forms.category_box import CategoryBox
from ui.page import Page, Workbench
from ui.pages.settings.kept_rules import Kept, KeptEntries
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.flow import Flow
from ui.widgets.notice import Notice
from ui.widgets.roles import button, label

_HIGH: Final = 76  # pixels of the days off: two lines
_AHEAD: Final = 2  # years after the last one there is that may be chosen


class CalendarCard(Card):
    """Years of the program are shown and may be gone over; those of the station may be removed again."""

    def __init__(self, page: Page) -> None:
        super().__init__(_("Calendar of working days"))
        self._page: Final = page
        self._bench: Final[Workbench] = page.bench
        self._years: dict[str, YearCard] = {}
        self.year: Final = Field(_("Year"), CategoryBox())
        self.unknown: Final = Notice()
        self.rest: Final = Field(_("Days off"), QPlainTextEdit())
        self.worked: Final = Field(_("Make-up working days"), QLineEdit())
        self.source: Final = Field(_("Number of the notice"), QLineEdit())
        self.keep_it: Final = button(_("Save the year"), "primary")
        self.take: Final = button(_("Read a table …"))
        self.drop: Final = button(_("Remove what was entered"), "link")
        self.notice: Final = Notice()
        self._kept: Final = KeptEntries(self._bench, "calendar_year", self._told, self.notice, self)
        self.rest.editor.setTabChangesFocus(True)
        self._arrange()
        self.year.editor.currentIndexChanged.connect(lambda _at: self._lay())
        for signal in (self.rest.editor.textChanged, self.worked.editor.textEdited, self.source.editor.textEdited):
            signal.connect(self._touch)
        self.keep_it.clicked.connect(self.keep_year)
        self.take.clicked.connect(self.take_table)
        self._bench.theme.changed.connect(self._measure)
        self._measure()
        self.drop.clicked.connect(self.drop_year)

    def show_years(self, cards: RuleCards, kept: Kept) -> None:
        """Show the years there are and the next ones; what was typed and not saved stays."""
        this = self._bench.workspace.clock.today().year
        self._years = {str(each.year): each for each in cards.years}
        last = max((each.year for each in cards.years), default=this)
        first = min(map(int, self._years), default=this)
        years = [str(each) for each in range(max(last, this) + _AHEAD, first - 1, -1)]
        words = {each: each if each in self._years else _("{year} (not entered)").format(year=each) for each in years}
        missing = [each for each in reversed(years) if int(each) >= this and each not in self._years]
        chosen = self.year.editor.code() or missing[0]
        blocked = self.year.editor.blockSignals(True)
        self.year.editor.show_names(words)
        self.year.editor.removeItem(0)
        self.year.editor.show_code(chosen)
        self.year.editor.blockSignals(blocked)
        self._kept.know(kept)
        self._lay()

    def keep_year(self) -> None:
        """Save what is typed."""
        year = int(self.year.editor.code())
        rest, unread = days_typed(self.rest.editor.toPlainText(), year)
        worked, unread_worked = days_typed(self.worked.editor.text(), year)
        for field, parts in ((self.rest, unread), (self.worked, unread_worked)):
            field.complain(said("calendar_days_malformed", {"text": "、".join(parts)}) if parts else "")
        if unread or unread_worked:
            return
        entered = EnteredYear(id="", year=year, rest=rest, worked=worked, source=self.source.editor.text().strip())
        workspace = self._bench.workspace
        self._bench.background.do(self._page, lambda _progress: keep_year(workspace, entered), self._done, self._refused)

    def take_table(self) -> None:
        """Ask for a table and save its days as this year."""
        start = self._bench.settings.last_folder
        chosen, _filter = QFileDialog.getOpenFileName(self, _("Read a table"), start, "Excel, CSV (*.xlsx *.xls *.csv *.txt)")
        if chosen:
            year, source = int(self.year.editor.code()), self.source.editor.text().strip()
            deed = partial(keep_year_from, self._bench.workspace, Path(chosen), year, source)
            self._bench.background.do(self._page, lambda _progress: deed(), self._done, self._refused)

    def drop_year(self) -> None:
        """What the program brought for the year, if anything, stands again."""
        workspace, year = self._bench.workspace, int(self.year.editor.code())
        self._bench.background.do(self._page, lambda _progress: drop_year(workspace, year), self._done, self._refused)

    def keep(self) -> None:
        """Keep what is typed and not saved."""
        self._kept.keep()

    def _lay(self) -> None:
        year = self.year.editor.code()
        shown = self._years.get(year)
        stands = {
            "rest": days_written(shown.rest) if shown else "",
            "worked": days_written(shown.worked) if shown else "",
            "source": shown.source if shown else "",
        }
        typed = self._kept.lay(year, self._give_up)
        told = {name: str((typed or stands).get(name, "")) for name in stands}
        blocked = self.rest.editor.blockSignals(True)
        if self.rest.editor.toPlainText() != told["rest"]:
            self.rest.editor.setPlainText(told["rest"])
        self.rest.editor.blockSignals(blocked)
        for field, text in ((self.worked, told["worked"]), (self.source, told["source"])):
            if field.editor.text() != text:
                field.editor.setText(text)
        words = _("The days off of this year are not entered: Monday to Friday count as worked, and deadlines say so.")
        sent = _("The receiving body sent this year. What is entered here goes before it.") if shown and shown.sent else ""
        self.unknown.say(sent if shown else words, Tone.INFORMATION if shown else Tone.WARNING)
        self.drop.setVisible(bool(shown and shown.entered))
        self._complain(())
        self.keep_it.setEnabled(typed is not None)

    def _measure(self) -> None:
        self.rest.editor.setFixedHeight(self._bench.theme.px(_HIGH))

    def _touch(self, *_told: object) -> None:
        self._kept.touch()
        self.keep_it.setEnabled(True)

    def _told(self) -> dict[str, Json]:
        """What stands in the fields, as it is kept."""
        texts = {"rest": self.rest.editor.toPlainText(), "worked": self.worked.editor.text(), "source": self.source.editor.text()}
        return {"name": self.year.editor.code(), **texts}

    def _give_up(self) -> None:
        self._kept.discard()
        self._lay()

    def _done(self, kept: RulesKept) -> None:
        self._kept.discard()
        self._bench.feedback.say(moved_told(kept))
        self._page.refresh()

    def _refused(self, error: AppError) -> None:
        problems = error.facts.get("problems")
        told = [each for each in problems if isinstance(each, Problem)] if isinstance(problems, tuple) else []
        self._complain(told)
        beside = {"rest", "worked", "source"}
        rest = [problem_told(each) for each in told if each.field not in beside] if told else [explain(error)]
        self.notice.say("\n".join(rest), Tone.WARNING)

    def _complain(self, problems: "list[Problem] | tuple[()]") -> None:
        told = {each.field: problem_told(each) for each in reversed(problems)}
        for name, field in (("rest", self.rest), ("worked", self.worked), ("source", self.source)):
            field.complain(told.get(name, ""))

    def _arrange(self) -> None:
        words = _(
            "As the State Council's notice of each year has it. What a station enters goes before what its body sends and the"
            " program has."
        )
        self.add(label(words, "soft", wrap=True))
        for each in (self.year, self.unknown, self.rest, self.worked, self.source):
            self.add(each)
        hint = _("Days are typed as 1月1日至3日、2月15日. A table has the columns 日期 and 安排 (休 or 班).")
        self.add(label(hint, "small", wrap=True))
        line = Flow(gap=SPACE.small)
        for deed in (self.keep_it, self.take, self.drop):
            line.addWidget(deed)
        self.body.addLayout(line)
        self.add(self.notice)


def moved_told(kept: RulesKept) -> str:
    """That rules were saved, and how many records have another deadline since."""
    if not kept.moved:
        return _("Saved.")
    words = ngettext("Saved. {count} record with another deadline.", "Saved. {count} records with another deadline.", kept.moved)
    return words.format(count=kept.moved)
