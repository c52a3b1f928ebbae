"""The form of an entry of points: one that no record tells of, or one that stands put right."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.points import POINTS_DRAFT, PointsEntry
from app.domain.problems import Problem
from app.domain.score_scheme import ScoreScheme
from app.i18n import _
from app.messages import problem_told
from app.queries.points import DeputyScore, PointsRow
from app.use_cases.issues import Done
from app.use_cases.points import KeptEntry, entry_key, kept_entry, new_entry, save_entry
from ui.forms.category_box import CategoryBox
from ui.forms.kept_card import KeptCard
from ui.forms.record_form import Asked, RecordForm
from ui.page import Workbench
from ui.undoing import say_done
from ui.widgets.field import Field

_ROWS: Final[Sequence[Sequence[Asked]]] = ((("on", 8), ("quantity", 4)), (("account", 20),))


class EntryForm(KeptCard):
    """What was done, when, how often; `saved` tells the entry."""

    saved = Signal(str)

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(bench, parent)
        self._kept: KeptEntry | None = None
        self.item: Final = Field(_("Item"), CategoryBox())
        self.fields: Final = RecordForm(bench, PointsEntry.traits, _ROWS)
        for each in (self.item, self.fields, self.deeds):
            self.add(each)
        self.item.editor.currentIndexChanged.connect(lambda _at: self._draft.touch())
        self.fields.changed.connect(self._draft.touch)

    def is_open(self) -> bool:
        """Whether an entry is being written."""
        return self._kept is not None

    def begin(self, score: DeputyScore) -> None:
        """Lay a new entry of a deputy here, or the one that was kept for them."""
        workspace = self._bench.workspace
        new = KeptEntry(entry=replace(new_entry(workspace), deputy=score.deputy, scheme=score.scheme.name))
        self._ask(entry_key(score.deputy), new)

    def correct(self, row: PointsRow) -> None:
        """Lay an entry that stands here, with what was typed for it before."""
        self._ask(entry_key(row.entry.id), KeptEntry(entry=row.entry, seen=row.heads))

    def restore(self, key: str) -> None:
        """Go on with what was kept under a key; nothing where it is gone."""
        self._ask(key, None)

    def read(self) -> KeptEntry:
        """The entry as it stands here."""
        assert self._kept is not None
        item, _slash, part = self.item.editor.code().partition("/")
        return replace(self._kept, entry=replace(self.fields.read(), item=item, sub_item=part))

    def save(self) -> None:
        """Save it; the form stays with its sentences where something is missing."""
        if self._kept is None:
            return
        if problems := self.fields.problems():
            self._complain(problems)
            return
        workspace, kept = self._bench.workspace, self.read()
        self._complain(())
        self._saving()
        self._bench.background.do(
            self, lambda _progress: save_entry(workspace, kept.entry, kept.seen, kept.key), self._done, self._fail
        )

    def _ask(self, key: str, otherwise: KeptEntry | None) -> None:
        workspace = self._bench.workspace
        self._bench.background.ask(
            self, lambda: kept_entry(workspace, key, otherwise), lambda laid: self._lay(key, *laid), self._fail, topic="entry"
        )

    def _lay(self, key: str, kept: KeptEntry | None, deputy: str, schemes: Sequence[ScoreScheme]) -> None:
        self._end()
        if kept is None:
            return
        self._kept = replace(kept, key=key)
        entry = kept.entry
        words = _("Write down for {deputy}") if not kept.seen else _("Correct: {deputy}")
        self.heading.setText(words.format(deputy=deputy))
        names = {
            f"{item.code}/{part}": item.told(part)
            for scheme in schemes
            if scheme.name == entry.scheme
            for item in (*scheme.items, *scheme.deductions)
            for part in ([each.code for each in item.parts] or [""])
        }
        self.item.editor.show_names(names)
        self.item.editor.show_code(f"{entry.item}/{entry.sub_item}" if entry.item else "")
        self.fields.show_record(entry)
        self._complain(())
        self._open(key, POINTS_DRAFT, lambda: self.read().told())
        self.item.setFocus()

    def _done(self, done: Done) -> None:
        self._end()
        say_done(self._bench, self, _("Saved; it is to be approved."), done)
        self.saved.emit(done.id)

    def _forget(self) -> None:
        self._kept = None

    def _complain(self, problems: Sequence[Problem]) -> None:
        told = {each.field: problem_told(each) for each in problems}
        self.item.complain(told.get("item", "") or told.get("sub_item", "") or told.get("deputy", ""))
        self.fields.complain(tuple(problems))
