"""All drafts on one page: each with what it holds, to be gone on with or discarded."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.i18n import _, ngettext
from app.messages import field_told, kind_told
from app.queries.today import Unfinished
from app.queries.unfinished import DraftPreview, Piece, draft_previews
from app.use_cases.drafts import IMPORT_DRAFT, discard_draft, keep_draft
from ui.feedback import Tone
from ui.models.page_table import Column, PageTable
from ui.page import Workbench
from ui.pages.today_cards import draft_told, go_on, kept_told
from ui.widgets.beside import Beside
from ui.widgets.card import Card
from ui.widgets.history_lines import value_told
from ui.widgets.roles import label
from ui.widgets.scrolled import scrolled
from ui.widgets.table_view import TableView

_NARROW: Final = 760  # below it the preview stands under the list


class UnfinishedPanel(QWidget):
    """What was typed and not saved; `moved` tells that another draft is under the cursor, or none."""

    moved = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench: Final = bench
        day = bench.workspace.clock.today().date()
        self.table: Final = PageTable[DraftPreview](
            (
                Column(heading=_("What"), text=lambda each: draft_told(each.draft)),
                Column(heading=_("Kept"), text=lambda each: kept_told(each.draft.kept, day), width=11),
            ),
            self,
        )
        self.view: Final = TableView(self.table, bench.theme)
        self.view.setAccessibleName(_("Unfinished entries"))
        self.preview: Final = label("", wrap=True)
        self.preview.setTextFormat(Qt.TextFormat.RichText)
        self.preview.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.preview.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._title = label("", "section", wrap=True)
        self._count = label("", "small")
        self._stack = QStackedWidget()
        self._arrange()
        self.view.chosen.connect(self._show)
        self.view.opened.connect(lambda each: go_on(bench, each.draft))
        self.setFocusProxy(self.view)

    @property
    def chosen(self) -> DraftPreview | None:
        """The draft under the cursor."""
        return self.table.row(self.view.currentIndex().row())

    def refresh(self) -> None:
        """Ask what is kept."""
        workspace, bench = self._bench.workspace, self._bench
        bench.background.ask(self, lambda: draft_previews(workspace), self._list, bench.feedback.fail, topic="unfinished")

    def go_on(self) -> None:
        """Take the draft under the cursor up in its form."""
        if chosen := self.chosen:
            go_on(self._bench, chosen.draft)

    def discard(self) -> None:
        """Forget the draft under the cursor; as long as one is told of it, it can be brought back."""
        if not (chosen := self.chosen):
            return
        workspace, bench, draft = self._bench.workspace, self._bench, chosen.draft

        def bring_back() -> None:
            bench.background.do(
                self,
                lambda _progress: keep_draft(workspace, draft.key, draft.kind, draft.body),
                lambda _none: self.refresh(),
                bench.feedback.fail,
            )

        def told(_none: None) -> None:
            self.refresh()
            words = _("Discarded: {what}.").format(what=draft_told(draft))
            bench.feedback.say(words, Tone.INFORMATION, deed=_("Bring it back"), act=bring_back)

        bench.background.do(self, lambda _progress: discard_draft(workspace, draft.key), told, bench.feedback.fail)

    def _list(self, drafts: Sequence[DraftPreview]) -> None:
        chosen = self.chosen
        self.table.show(len(drafts), drafts)
        self._count.setText(ngettext("{count} draft", "{count} drafts", len(drafts)).format(count=len(drafts)))
        self._stack.setCurrentIndex(0 if drafts else 1)
        keys = [each.draft.key for each in drafts]
        if drafts:
            self.view.select(keys.index(chosen.draft.key) if chosen and chosen.draft.key in keys else 0)
            self._show(self.chosen or drafts[0])
        self.moved.emit()

    def _show(self, preview: DraftPreview) -> None:
        self._title.setText(draft_told(preview.draft))
        told = "".join(map(_piece_told, preview.pieces)) or "<br>".join(map(escape, _import_told(preview.draft)))
        self.preview.setText(told or escape(_("This program cannot show what it holds; going on with it may still work.")))
        self.moved.emit()

    def _arrange(self) -> None:
        listed, beside = Card(), Card()
        head = QHBoxLayout()
        head.addWidget(label(_("Typed and not saved; kept on this computer only"), "soft", wrap=True), 1)
        head.addWidget(self._count)
        listed.body.addLayout(head)
        listed.add(self.view, 1)
        beside.add(self._title)
        beside.add(scrolled(self.preview), 1)
        nothing = Card()
        nothing.add(label(_("Nothing is unfinished: everything typed is saved."), "soft", wrap=True))
        nothing.body.addStretch(1)
        self._stack.addWidget(Beside(self._bench.theme, listed, beside, narrow=_NARROW, beside=(1, 1), below=(1, 1)))
        self._stack.addWidget(nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)


def _piece_told(piece: Piece) -> str:
    return f"<p><b>{escape(kind_told(piece.kind))}</b><br>{'<br>'.join(_lines(piece))}</p>"


def _import_told(draft: Unfinished) -> Sequence[str]:
    """What an import that was begun holds; nothing of another draft."""
    if draft.kind != IMPORT_DRAFT:
        return ()
    from ui.ledgers.words import import_lines  # knows every kind of ledger, which no start needs

    return import_lines(draft.body)


def _lines(piece: Piece) -> Iterator[str]:
    for each in piece.fields:
        value = escape(value_told(each.value)).replace("\n", "<br>")
        yield f"{escape(field_told(piece.kind, each.field))}：{value}"
