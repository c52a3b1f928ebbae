"""The versions of a suggestion's text: any two side by side, what differs marked; the older one's text can be taken back."""

from collections.abc import Sequence
from html import escape
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QGridLayout, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from app.domain.compared import ComparedParagraph, compared
from app.domain.text_changes import Fate, Piece
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _, ngettext
from app.messages import explain
from app.queries.text_versions import TextVersion, text_versions
from ui.dialogs.room import open_at
from ui.feedback import Feedback, Tone
from ui.page import Workbench
from ui.theme import SPACE, TYPE, Theme
from ui.widgets.field import Field
from ui.widgets.roles import button, label
from ui.wording import moment_told

_SIZE: Final = 1120, 720
_LINES: Final = 1.3
_AROUND: Final = 1  # paragraphs that stayed which are shown beside a change


class VersionsDialog(QDialog):
    """Older on the left, newer on the right, paragraph beside paragraph; `taken` tells the version whose text is wanted back."""

    taken = Signal(object)

    def __init__(self, bench: Workbench, id: Id, typed: TextVersion | None = None, parent: QWidget | None = None) -> None:
        """`typed` is what stands on the desk and is not saved; None where nothing may be taken back."""
        super().__init__(parent)
        self._bench: Final = bench
        self._id: Final = id
        self._typed: Final = typed
        self.versions: tuple[TextVersion, ...] = ()
        self.rows: tuple[ComparedParagraph, ...] = ()
        self.setWindowTitle(_("Versions"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_at(self, bench.theme, *_SIZE)
        self.feedback: Final = Feedback()
        self.older, self.newer = QComboBox(), QComboBox()
        self.told: Final = label("", "soft", wrap=True)
        self.only: Final = QCheckBox(_("Only what differs"))
        self.sheet: Final = QTextBrowser()
        self.sheet.setAccessibleName(_("The two versions side by side"))
        self.take_back: Final = button(_("Take the older text back"))
        self.done_button: Final = button(_("Close"))
        self._arrange()
        self._connect()
        workspace = bench.workspace
        bench.background.ask(self, lambda: text_versions(workspace, id), self._show, self._fail, topic="versions")

    # --- answers

    def _show(self, found: tuple[TextVersion, ...]) -> None:
        typed = self._typed
        new = typed if typed and not found[0].says(typed.subject, typed.text) else None
        self.versions = (new, *found) if new else found
        for box, chosen in ((self.older, min(1, len(self.versions) - 1)), (self.newer, 0)):
            box.blockSignals(True)
            for each in self.versions:
                box.addItem(self._name(each))
            box.setCurrentIndex(chosen)
            box.blockSignals(False)
        self._ask()

    def _ask(self) -> None:
        """Compare away from where one types: a long text takes a moment."""
        one, other = self._chosen()
        self.take_back.setEnabled(self._typed is not None and bool(one.rev) and one is not self.versions[0])
        self._bench.background.ask(
            self,
            lambda: compared(f"{one.subject}\n{one.text}", f"{other.subject}\n{other.text}"),
            self._show_rows,
            self._fail,
            topic="compared",
        )

    def _show_rows(self, rows: tuple[ComparedParagraph, ...]) -> None:
        self.rows = rows
        went, came = (_characters(rows, which) for which in (Fate.WENT, Fate.CAME))
        many = sum(each.changed for each in rows)
        if not many:
            self.told.setText(_("Both say the same."))
        else:
            told = ngettext("{count} paragraph differs", "{count} paragraphs differ", many).format(count=many)
            words = _("{paragraphs}: {went} characters went, {came} came.")
            self.told.setText(words.format(paragraphs=told, went=f"{went:,}", came=f"{came:,}"))
        self._draw()

    def _draw(self) -> None:
        rows = _near_changes(self.rows) if self.only.isChecked() else self.rows
        self.sheet.setHtml(_html(rows, self._bench.theme))

    def _fail(self, error: AppError) -> None:
        self.feedback.say(explain(error), Tone.WARNING)

    # --- what is chosen

    def _chosen(self) -> tuple[TextVersion, TextVersion]:
        """The older and the newer one, whichever side each was chosen on."""
        places = sorted((self.older.currentIndex(), self.newer.currentIndex()), reverse=True)
        return self.versions[places[0]], self.versions[places[1]]

    def _name(self, version: TextVersion) -> str:
        if not version.rev:
            return _("What stands on the desk, not saved")
        when = moment_told(version.at, today=self._bench.workspace.clock.today().date()) if version.at else ""
        where = _("at another computer") if version.elsewhere else ""
        many = ngettext("{count} character", "{count} characters", version.characters).format(count=f"{version.characters:,}")
        parts = (_("Version {number}").format(number=version.number), when, version.operator, where, many)
        return "　".join(each for each in parts if each)

    def _take(self) -> None:
        self.taken.emit(self._chosen()[0])
        self.accept()

    # --- making

    def _arrange(self) -> None:
        sides = QGridLayout()
        sides.setHorizontalSpacing(SPACE.large)
        for column, (words, box) in enumerate(((_("Older"), self.older), (_("Newer"), self.newer))):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            sides.addWidget(Field(words, box), 0, column)
            sides.setColumnStretch(column, 1)
        line = QHBoxLayout()
        line.addWidget(self.told, 1)
        line.addWidget(self.only)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE.middle)
        foot.addWidget(self.take_back)
        foot.addStretch(1)
        foot.addWidget(self.done_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE.large, SPACE.large, SPACE.large, SPACE.large)
        layout.setSpacing(SPACE.middle)
        layout.addWidget(self.feedback)
        layout.addLayout(sides)
        layout.addLayout(line)
        layout.addWidget(self.sheet, 1)
        layout.addLayout(foot)
        self.take_back.setVisible(self._typed is not None)
        self.take_back.setEnabled(False)

    def _connect(self) -> None:
        for box in (self.older, self.newer):
            box.currentIndexChanged.connect(self._ask)
        self.only.toggled.connect(self._draw)
        self.take_back.clicked.connect(self._take)
        self.done_button.clicked.connect(self.accept)
        self._bench.theme.changed.connect(self._draw)


def _characters(rows: Sequence[ComparedParagraph], fate: Fate) -> int:
    sides = (side for each in rows for side in (each.before, each.after) if side)
    return sum(len(piece.text) for side in sides for piece in side if piece.fate is fate)


def _near_changes(rows: Sequence[ComparedParagraph]) -> list[ComparedParagraph | None]:
    """The changed paragraphs with their neighbours; None stands for those left out between."""
    near = {at + step for at, each in enumerate(rows) if each.changed for step in range(-_AROUND, _AROUND + 1)}
    shown: list[ComparedParagraph | None] = []
    for at, each in enumerate(rows):
        if at in near:
            shown.append(each)
        elif not shown or shown[-1] is not None:
            shown.append(None)
    return shown


def _html(rows: Sequence[ComparedParagraph | None], theme: Theme) -> str:
    colours = theme.colours
    marks = {
        Fate.STAYED: "{}",
        Fate.WENT: f'<s style="background-color: {colours.warning_soft}; color: {colours.warning}">{{}}</s>',
        Fate.CAME: f'<u style="background-color: {colours.ok_soft}; color: {colours.ok}">{{}}</u>',
    }
    size, gap = theme.px(TYPE.body), theme.px(SPACE.small)
    cell = (
        f'<td width="50%" style="padding: {gap // 2}px {gap}px; line-height: {int(_LINES * 100)}%; font-size: {size}px">{{}}</td>'
    )
    left_out = f'<tr><td colspan="2" align="center" style="padding: {gap}px; color: {colours.soft}">⋯</td></tr>'
    told = (
        left_out if each is None else f"<tr>{_cell(each.before, cell, marks)}{_cell(each.after, cell, marks)}</tr>"
        for each in rows
    )
    return f'<table width="100%" cellspacing="0" cellpadding="0">{"".join(told)}</table>'


def _cell(side: Sequence[Piece] | None, cell: str, marks: dict[Fate, str]) -> str:
    return cell.format("".join(marks[each.fate].format(escape(each.text)) for each in side or ()) or "&nbsp;")
