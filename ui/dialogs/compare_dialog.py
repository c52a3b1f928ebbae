"""Two issues side by side, for a person to say whether they are the same matter, related, or different ones."""

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.issue import Issue
from app.domain.life import ISSUE_LIFE, IssueEvent
from app.domain.matters import Likeness
from app.domain.search import places_of
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _, ngettext
from app.queries.similar import ComparedIssue, compared_issue
from ui.dialogs.room import open_at
from ui.page import Workbench
from ui.theme import SPACE, TYPE, Theme
from ui.widgets.card import Card
from ui.widgets.flow import Flow
from ui.widgets.roles import button, label
from ui.widgets.scrolled import scrolled
from ui.wording import day_told, word_of

_SIZE: Final = 900, 560
_LINES: Final = 1.75


class CompareDialog(QDialog):
    """This issue on the left, another one on the right, what both say underlined. `judged` tells what a person said of them."""

    judged = Signal(object)

    def __init__(self, bench: Workbench, ours: Issue, other: Id, shared: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench: Final = bench
        self._shared: Final = shared
        self.setWindowTitle(_("Compare two matters"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_at(self, bench.theme, *_SIZE)
        today = bench.workspace.clock.today().date()
        self.ours: Final = _Side(bench.theme, _("This matter"))
        self.theirs: Final = _Side(bench.theme, _("The earlier matter"))
        self.ours.show_side(ours, (day_told(ours.received_on, today=today),), shared)
        self.same: Final = button(_("The same matter"))
        self.related: Final = button(_("Related"))
        self.different: Final = button(_("Different matters"))
        self.close_button: Final = button(_("Decide later"), "link")
        self._arrange(ours)
        self._today: Final[date] = today
        workspace = bench.workspace
        bench.background.ask(self, lambda: compared_issue(workspace, other), self._show, self._gone, topic="compared")

    def _show(self, found: ComparedIssue) -> None:
        issue = found.issue
        files = ngettext("{count} file", "{count} files", found.files).format(count=found.files) if found.files else ""
        told = (
            day_told(issue.received_on, today=self._today),
            found.person,
            word_of(issue.state),
            found.unit,
            issue.number,
            files,
        )
        self.theirs.show_side(issue, told, self._shared)

    def _gone(self, error: AppError) -> None:
        self._bench.feedback.fail(error)
        self.reject()

    def _say(self, likeness: Likeness) -> None:
        self.judged.emit(likeness)
        self.accept()

    def _arrange(self, ours: Issue) -> None:
        sides = QHBoxLayout()
        sides.setSpacing(SPACE.large)
        sides.addWidget(self.ours, 1)
        sides.addWidget(self.theirs, 1)
        mergeable = IssueEvent.MERGE in ISSUE_LIFE.allowed(ours.state)
        self.same.setEnabled(mergeable)
        told = _("The same matter: this one becomes part of the earlier one. Words, visitor, files and history of both stay.")
        if not mergeable:
            told = _("This matter is being handled already, so it does not become part of another one.")
        deeds = QWidget()
        flow = Flow(deeds)
        for each in (self.same, self.related, self.different, self.close_button):
            flow.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE.large, SPACE.large, SPACE.large, SPACE.large)
        layout.setSpacing(SPACE.middle)
        layout.addLayout(sides, 1)
        layout.addWidget(label(told, "small", wrap=True))
        layout.addWidget(deeds)
        self.same.setToolTip(_("Can be taken back at any time"))
        self.different.setToolTip(_("The two are not shown beside each other any more"))
        self.same.clicked.connect(lambda: self._say(Likeness.SAME))
        self.related.clicked.connect(lambda: self._say(Likeness.RELATED))
        self.different.clicked.connect(lambda: self._say(Likeness.DIFFERENT))
        self.close_button.clicked.connect(self.reject)
        self.close_button.setFocus()  # Enter alone merges nothing


class _Side(Card):
    """One of the two: its name, what is known of it, its words."""

    def __init__(self, theme: Theme, heading: str) -> None:
        super().__init__(heading)
        self._theme: Final = theme
        self._text = ""
        self._shared: Sequence[str] = ()
        self.title: Final = label("", "strong", wrap=True)
        self.told: Final = label("", "small", wrap=True)
        self.words: Final = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        for each in (self.title, self.told):
            self.add(each)
        self.add(scrolled(self.words), 1)

    def show_side(self, issue: Issue, told: Iterable[str], shared: Sequence[str]) -> None:
        """Show an issue, what both say underlined."""
        words = issue.words.strip()
        self.title.setText(issue.title() or _("(no subject)"))
        self.title.setVisible(words != issue.title())
        self.told.setText(" · ".join(each for each in told if each))
        self._text, self._shared = words or issue.title(), shared
        self.words.setAccessibleName(self._text)
        height = round(self._theme.px(TYPE.body) * _LINES)
        lines = (_marked(line, shared) or "&nbsp;" for line in self._text.splitlines())
        self.words.setText("".join(f'<p style="margin:0; line-height:{height}px;">{each}</p>' for each in lines))


def _marked(line: str, shared: Sequence[str]) -> str:
    """The line with every place underlined that says what the other one says too."""
    marked = {at for words in shared for start, end in places_of(line, words) for at in range(start, end)}
    return "".join(f"<b><u>{escape(each)}</u></b>" if at in marked else escape(each) for at, each in enumerate(line))
