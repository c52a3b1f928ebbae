"""Papers of suggestions from the page: which one is asked for, and what is typed is saved before its own are printed."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from app.domain.values import Id
from ui.page import Page

if TYPE_CHECKING:
    from app.domain.papers import PaperName
    from app.use_cases.papers import Asked
    from ui.pages.suggestions.desk import Desk


class Printing:
    """Opens papers over a page."""

    def __init__(self, page: Page) -> None:
        self._page: Final = page
        self._desk: Desk | None = None

    def choose(self, id: str, title: str, desk: "Desk | None", listed: Callable[[], Sequence[Id]]) -> None:
        """Ask which paper of a suggestion it is to be; `desk` where it lies there, `listed` as the dialog says."""
        from ui.dialogs.suggestion_papers_dialog import SuggestionPapersDialog  # printing is loaded when it is wanted

        self._desk = desk
        dialog = SuggestionPapersDialog(self._page.bench, id, title, self._page, listed)
        dialog.chosen.connect(self._show)
        dialog.open()

    def of_signers(self, name: "PaperName", desk: "Desk") -> None:
        """A paper for those who sign what lies on the desk."""
        from app.use_cases.papers import Asked

        self._desk = desk
        self._show(Asked(name=name, id=desk.id))

    def _show(self, asked: "Asked") -> None:
        """A paper shows what stands in the records: what is typed and not saved is saved before its own are printed."""
        if asked.id and self._desk:
            self._desk.save(then=lambda: self._open(asked))
        else:
            self._open(asked)

    def _open(self, asked: "Asked") -> None:
        from ui.dialogs.paper_dialog import PaperDialog

        PaperDialog(self._page.bench, asked, self._page).open()
