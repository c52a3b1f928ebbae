"""A list that is asked for page by page: from its beginning, once more where one stands, or the page that comes into sight."""

from collections.abc import Callable
from typing import Final, Generic, Protocol, TypeVar

from PySide6.QtCore import QObject

from app.errors import AppError
from app.queries.listing import Listing
from ui.background import Background
from ui.models.page_table import PAGE, PageTable
from ui.widgets.table_view import TableView

Row = TypeVar("Row")


class Question(Protocol[Row]):
    """A list as it is narrowed now, from a row on."""

    def __call__(self, *, offset: int, limit: int) -> Listing[Row]: ...


class Paging(QObject, Generic[Row]):
    """Asks behind the window, and puts what comes into the table; `listed` is told of it, and whether the list began anew.

    `question` is asked for anew each time, so that what it takes with it is what the person wants now.
    """

    def __init__(
        self,
        table: PageTable[Row],
        view: TableView,
        background: Background,
        question: Callable[[], Question[Row]],
        listed: Callable[[Listing[Row], bool], None],
        failed: Callable[[AppError], None],
        topic: str = "list",
    ) -> None:
        super().__init__(view)
        self._table: Final = table
        self._view: Final = view
        self._background: Final = background
        self._question: Final = question
        self._listed: Final = listed
        self._failed: Final = failed
        self._topic: Final = topic
        self._anew = True
        self._looks = 0  # a page that was wanted of a list of before is not put into this one
        table.wanted.connect(self._more)
        table.reordered.connect(self.begin)

    def begin(self) -> None:
        """Another list: what is shown of the one before goes when its first page is there."""
        self._anew = True
        self._ask(0)

    def refresh(self) -> None:
        """The same list once more, where it is in sight; the first time, from its beginning."""
        self._ask(0 if self._anew else self._view.page_in_sight())

    def _ask(self, offset: int) -> None:
        question = self._question()
        self._looks += 1
        self._background.ask(
            self,
            lambda: question(offset=offset, limit=2 * PAGE if offset else PAGE),
            lambda found: self._show(found, offset),
            self._failed,
            topic=self._topic,
        )

    def _show(self, found: Listing[Row], offset: int) -> None:
        anew, self._anew = self._anew, False
        if anew:
            self._table.show(found.total, found.rows)
        else:
            self._table.renew(found.total, found.rows, offset)
        self._listed(found, anew)

    def _more(self, offset: int) -> None:
        question, look = self._question(), self._looks
        self._background.ask(
            self,
            lambda: question(offset=offset, limit=PAGE),
            lambda found: self._put(found, offset, look),
            self._failed,
            topic=f"{self._topic}: more",
        )

    def _put(self, found: Listing[Row], offset: int, look: int) -> None:
        if look == self._looks:
            self._table.put(found.total, found.rows, offset)
            self._listed(found, False)
