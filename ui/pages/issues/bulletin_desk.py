"""A bulletin being written: its head, its articles, to whom it goes; beside it the page as it would be printed."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from app.domain.beginning import Beginning
from app.domain.bulletin import Article, Bulletin, BulletinKind, BulletinSheet, bulletin_told
from app.domain.problems import stopped_by
from app.domain.records import Record
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _
from app.messages import explain
from app.queries.bulletins import bulletin_sheet
from app.use_cases.bulletins import DRAFT, SavedBulletin, draft_key, previewed_bulletin, save_bulletin
from app.use_cases.suggestion_files import read_draft_file
from ui.feedback import Tone
from ui.forms.bulletin_articles import ArticleRow, Articles
from ui.forms.draft_keeper import DraftKeeper, HeldDraft
from ui.forms.record_form import RecordForm
from ui.page import Workbench
from ui.pages.suggestions.preview import Preview
from ui.theme import SPACE
from ui.widgets.beside import Beside
from ui.widgets.card import Card
from ui.widgets.roles import label
from ui.widgets.scrolled import scrolled
from ui.widgets.versions_notice import Difference, VersionsNotice, differences

_NARROW: Final = 760  # pixels below which the page stands under the form
_PAUSE: Final = 600  # milliseconds after the last key until the page is made anew
_HEAD: Final = (
    (("masthead", 10), ("serial", 4), ("serial_total", 4), ("published_on", 7)),
    (("publisher", 26),),
    (("editors_note", 26),),
)
_TAIL: Final = ((("recipients", 26),), (("editor", 9), ("reached_by", 9)), (("approval_number", 26),))


class BulletinDesk(QWidget):
    """One bulletin or special report. `laid` tells that one lies there, `saved` what was saved."""

    laid = Signal()
    saved = Signal(object)

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench: Final = bench
        self._sheet: BulletinSheet | None = None
        self._before: BulletinSheet | None = None
        self._stands: BulletinSheet | None = None  # what somebody saved meanwhile
        self._draft: Final = HeldDraft()
        self.head: Final = RecordForm(bench, Bulletin.traits, _HEAD)
        self.articles: Final = Articles(bench.theme, bench.workspace.clock.new_id)
        self.tail: Final = RecordForm(bench, Bulletin.traits, _TAIL)
        self.stale: Final = VersionsNotice()
        self.state: Final = label("", "small")
        self.preview: Final = Preview()
        self.pause: Final = QTimer(self, singleShot=True, interval=_PAUSE)
        self._arrange()
        self._connect()

    def heading(self) -> str:
        """What stands above the form."""
        if self._sheet is None:
            return _("Bulletins and special reports")
        report = self._sheet.bulletin.bulletin_kind == BulletinKind.OPINION_REPORT
        if self._sheet.stored:
            return _("Change a special report") if report else _("Change a bulletin")
        return _("New special report") if report else _("New bulletin")

    @property
    def id(self) -> Id:
        """The bulletin that lies there; empty for none."""
        return self._sheet.id if self._sheet else ""

    def dirty(self) -> bool:
        """Whether something was typed that is not saved."""
        return self._sheet is not None and self.read() != self._before

    def read(self) -> BulletinSheet:
        """The bulletin as it stands on the desk."""
        assert self._sheet is not None
        return replace(self._sheet, bulletin=replace(self.head.read(), **self.tail.values()), articles=self.articles.read())

    def lay(self, sheet: BulletinSheet) -> None:
        """Lay a bulletin on the desk; what lay there before is kept."""
        self.leave()
        self._sheet = sheet
        self._show(sheet)
        self._before = self.read()
        keeper = DraftKeeper(self._bench, draft_key(sheet.id), DRAFT, lambda: bulletin_told(self.read()), self)
        keeper.kept.connect(lambda: self.state.setText(_("The draft is kept.")))
        self._draft.hold(keeper)
        self.stale.hide()
        self.state.setText("")
        self.laid.emit()
        self.renew()
        self.room.verticalScrollBar().setValue(0)
        self.head.begin()

    def save(self) -> None:
        """Save what stands on the desk."""
        if self._sheet is None:
            return
        self.head.complain(())
        self.tail.complain(())
        if problems := self.head.problems():
            self.head.complain(problems)
            return
        workspace, sheet = self._bench.workspace, self.read()
        self._draft.pause()
        self._bench.background.do(self, lambda _progress: save_bulletin(workspace, sheet), self._saved, self._fail)

    def keep(self) -> None:
        """Keep what is typed at once."""
        if self._sheet and (self._draft.pending or self.dirty()):
            self._draft.keep_now()

    def leave(self) -> None:
        """Step back from the desk; what is typed is kept."""
        self.pause.stop()
        if self._sheet and self.dirty():
            self._draft.keep_now()
        elif self._draft.pending:
            self._draft.discard()  # typed, and taken back again
        self._draft.let_go()
        self._sheet = None

    def renew(self) -> None:
        """Make the page anew; one that was overtaken is not shown."""
        if self._sheet is None:
            return
        workspace, sheet, press = self._bench.workspace, self.read(), self._bench.press
        self._bench.background.ask(
            self,
            lambda: previewed_bulletin(workspace, sheet, press),
            self.preview.show_paper,
            lambda error: self.preview.tell(explain(error)),
            topic="paper",
        )

    def take_file(self, row: ArticleRow, path: Path) -> None:
        """Put the text of a file in the place of an article's."""
        self._bench.settings.last_folder = str(path.parent)

        def taken(told: Beginning) -> None:
            row.take_over(told.title, told.text)
            self._bench.feedback.say(_("The text of {file} stands here. Ctrl+Z in it takes it back.").format(file=path.name))

        self._bench.background.ask(self, lambda: read_draft_file(path), taken, self._bench.feedback.fail, topic="file")

    # --- what is answered

    def _saved(self, saved: SavedBulletin) -> None:
        self.pause.stop()
        self._draft.let_go()
        self._sheet = None
        self.saved.emit(saved)

    def _fail(self, error: AppError) -> None:
        if problems := stopped_by(error):
            self.head.complain(problems)
        elif error.code == "stale" and self._sheet:
            workspace, id = self._bench.workspace, self._sheet.id
            self._ask(lambda: bulletin_sheet(workspace, id), partial(self._offer, error))
        else:
            self._bench.feedback.fail(error)
        self._draft.touch()

    def _offer(self, error: AppError, stands: BulletinSheet) -> None:
        self._stands = stands
        ours = {each.id: each for each in self.read().records()}
        theirs = {each.id: each for each in stands.records()}
        told = [each for id in ours if id in theirs for each in differences(ours[id], theirs[id], {})]
        told += [_only(each, here=True) for id, each in ours.items() if id not in theirs]
        told += [_only(each, here=False) for id, each in theirs.items() if id not in ours]
        self.stale.ask(explain(error), told)
        self.room.verticalScrollBar().setValue(0)

    def _rest_on(self) -> None:
        """Save ours on top of theirs."""
        if self._stands and self._sheet:
            self._sheet = replace(self._sheet, heads=self._stands.heads)
            self.save()

    def _give_way(self) -> None:
        if self._stands:
            self._before = self.read()  # what was typed is given up
            self._draft.discard()
            self.lay(self._stands)

    # --- how it stands

    def _show(self, sheet: BulletinSheet) -> None:
        self.head.show_record(sheet.bulletin)
        self.tail.show_record(sheet.bulletin)
        self.articles.contributor = sheet.articles[0].contributor if sheet.articles and not sheet.stored else ""
        blocked = self.articles.blockSignals(True)
        self.articles.show_articles(sheet.articles)
        self.articles.blockSignals(blocked)

    def _touched(self) -> None:
        if self._sheet and self._draft.touch():
            self.state.setText(_("Not saved yet"))
            self.pause.start()

    def _taken_out(self, place: int, row: ArticleRow) -> None:
        article = row.read()
        if not article.blank():
            words = _("The article “{heading}” is taken out.").format(heading=article.heading or article.text[:12])
            self._bench.feedback.say(words, Tone.INFORMATION, deed=_("Undo"), act=lambda: self._put_back(place, article))

    def _put_back(self, place: int, article: Article) -> None:
        if self._sheet and article.id not in {each.id for each in self.articles.read()}:
            self.articles.show_article(article, place)
            self._touched()

    def _ask_file(self, row: ArticleRow) -> None:
        folder = self._bench.settings.last_folder or str(Path.home())
        chosen, _filter = QFileDialog.getOpenFileName(
            self, _("Take a text from a file …"), folder, _("Texts") + " (*.docx *.txt)"
        )
        if chosen:
            self.take_file(row, Path(chosen))

    def _ask(self, question: Callable[[], object], told: Callable[..., None]) -> None:
        self._bench.background.ask(self, question, told, self._bench.feedback.fail, topic="form")

    def _arrange(self) -> None:
        written = Card()
        written.body.setSpacing(SPACE.middle)
        for part in (self.stale, self.head, self.articles, label(_("At its end"), "section"), self.tail):
            written.add(part)
        written.body.addStretch(1)
        self.room = scrolled(written)
        right = Card(_("As it will be printed"))
        right.add(self.preview, 1)
        right.body.addWidget(self.state, 0, Qt.AlignmentFlag.AlignRight)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Beside(self._bench.theme, self.room, right, narrow=_NARROW, beside=(3, 2), below=(3, 2)))

    def _connect(self) -> None:
        for part in (self.head, self.articles, self.tail):
            part.changed.connect(self._touched)
        self.articles.taken_out.connect(self._taken_out)
        self.articles.file_wanted.connect(self._ask_file)
        self.stale.kept.connect(self._rest_on)
        self.stale.taken.connect(self._give_way)
        self.pause.timeout.connect(self.renew)


def _only(record: Record, *, here: bool) -> Difference:
    """An article that one of two versions has alone."""
    title = record.title() or "—"
    return Difference(_("Article"), title if here else "—", "—" if here else title)
