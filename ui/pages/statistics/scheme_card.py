"""The scheme a station goes by: which, since when; the first is taken up from the examples, a change begins on a day."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.domain.problems import stopped_by
from app.domain.score_scheme import OwnScheme, points_told
from app.errors import AppError
from app.i18n import _
from app.messages import problem_told
from app.queries.points import own_schemes
from app.reference import score_schemes
from app.use_cases.issues import Done
from app.use_cases.points import take_up_scheme
from ui.forms.category_box import CategoryBox
from ui.forms.day_box import DayBox
from ui.page import Workbench
from ui.theme import SPACE
from ui.undoing import say_done
from ui.widgets.flow import Flow
from ui.widgets.roles import button, label
from ui.wording import day_told


class SchemeCard(QFrame):
    """In words which scheme holds; a choice among the examples where none does, or where another is wanted."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench: Final = bench
        self.words: Final = label("", "soft", wrap=True)
        self.other: Final = button(_("Take up another scheme …"), "link")
        self.example: Final = CategoryBox()
        self.example.show_names({name: each.label for name, each in score_schemes().items()})
        self.example.removeItem(0)
        self.example.setMinimumContentsLength(20)
        self.example.setAccessibleName(_("Score scheme"))
        self.items: Final = label("", "small", wrap=True)
        self.from_day: Final = DayBox()
        self.from_day.setAccessibleName(_("from this day on"))
        self.take_up: Final = button(_("Go by it"), "primary")
        self._choice: Final = QFrame()
        self._arrange()
        self.other.clicked.connect(lambda: self._choice.setVisible(self._choice.isHidden()))
        self.example.currentIndexChanged.connect(lambda _at: self._describe())
        self.take_up.clicked.connect(self._take)
        self._describe()

    def refresh(self) -> None:
        """Ask anew which scheme holds."""
        workspace = self._bench.workspace
        self._bench.background.ask(self, lambda: own_schemes(workspace), self._show, self._fail, topic="schemes")

    def _show(self, schemes: Sequence[OwnScheme]) -> None:
        today = self._bench.workspace.clock.today().date()
        if not schemes:
            self.words.setText(
                _(
                    "Points are counted by a scheme. None is taken up yet: choose an example and the day from which it holds."
                    " Points are proposed from what is recorded, and count once they were approved twice."
                )
            )
            self.from_day.show_day(today.replace(month=1, day=1))
        else:
            told = "；".join(_since(each) for each in schemes)
            self.words.setText(_("Score scheme: {schemes}").format(schemes=told))
            self.from_day.show_day(today.replace(year=today.year + 1, month=1, day=1))
        self.other.setVisible(bool(schemes))
        self._choice.setVisible(not schemes)

    def _describe(self) -> None:
        scheme = score_schemes().get(self.example.code())
        if scheme is None:
            return
        bound = _("up to {points}")
        items = [
            f"{each.name}（{bound.format(points=points_told(each.cap))}）" if each.cap else each.name for each in scheme.items
        ]
        source = _("Source: {source}").format(source=scheme.source)
        self.items.setText(f"{_(', ').join(items)}。{source}")

    def _take(self) -> None:
        workspace, base, day = self._bench.workspace, self.example.code(), self.from_day.day()

        def done(told: Done) -> None:
            say_done(self._bench, self, _("The scheme is taken up."), told)
            self._choice.hide()

        self._bench.background.do(self, lambda _progress: take_up_scheme(workspace, base, day), done, self._fail)

    def _fail(self, error: AppError) -> None:
        if problems := stopped_by(error):
            self.items.setText(problem_told(problems[0]))
        else:
            self._bench.feedback.fail(error)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.words, 1)
        head.addWidget(self.other)
        choice = QVBoxLayout(self._choice)
        choice.setContentsMargins(0, 0, 0, 0)
        line = Flow()
        for each in (self.example, label(_("from"), "soft"), self.from_day, self.take_up):
            line.addWidget(each)
        choice.addLayout(line)
        choice.addWidget(self.items)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.small)
        layout.addLayout(head)
        layout.addWidget(self._choice)


def _since(own: OwnScheme) -> str:
    days = [_("from {day}").format(day=day_told(own.starts_on))]
    if own.ends_on:
        days.append(_("to {day}").format(day=day_told(own.ends_on)))
    return f"{own.name}（{' '.join(days)}）"
