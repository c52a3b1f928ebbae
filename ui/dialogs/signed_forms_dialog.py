"""Pictures of signed forms, many at once: each with the record its code leads to, then those ticked attached in one step."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.errors import AppError
from app.i18n import N_, _, ngettext
from app.messages import problem_told
from app.progress import Progress
from app.queries.form_targets import FormTarget
from app.use_cases.attachment_desk import NoPicture, Offered, small_offered
from app.use_cases.signed_forms import FormsAttached, MatchedForm, Signature, attach_forms, chosen_by_hand, match_forms
from ui.brought import brought
from ui.dialogs.room import open_at
from ui.feedback import Feedback, Tone
from ui.forms.keys_told import keyed
from ui.models.page_table import Column, PageTable
from ui.page import Workbench
from ui.pdf_pages import with_pages
from ui.theme import SPACE
from ui.widgets.flow import Flow
from ui.widgets.progress_line import ProgressLine
from ui.widgets.record_picker import RecordPicker, target_told
from ui.widgets.roles import button, label
from ui.widgets.scan_field import PICTURES
from ui.widgets.scrolled import scrolled
from ui.widgets.table_view import TableView

_SIZE: Final = 1080, 700
_SIDE: Final = 300  # pixels of the column beside the list
_HIGH: Final = 170  # of the picture in it
_SHARP: Final = 900
_SIGNED: Final = {
    Signature.VISITOR: N_("Visitors have signed"),
    Signature.DEPUTY: N_("Deputies have signed"),
    Signature.RECORDER: N_("Recorders have signed"),
}
_STAGES: Final = {"matching": N_("Reading the codes"), "attaching": N_("Attaching the pictures")}


class SignedFormsDialog(QDialog):
    """What each picture is of, with a tick; what has no code gets its record by hand. `attached` tells what was done."""

    attached = Signal(object)

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench: Final = bench
        self._checking: Progress | None = None
        self._busy = False
        self.setWindowTitle(_("Signed forms"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        open_at(self, bench.theme, *_SIZE)
        self.feedback: Final = Feedback()
        self.choose_button: Final = button(_("Choose pictures …"))
        self.line: Final = ProgressLine(_STAGES)
        self.table: Final[PageTable[MatchedForm]] = PageTable(self._columns(), self)
        self.view: Final = TableView(self.table, bench.theme)
        self.view.setAccessibleName(_("Pictures and their records"))
        self.picture: Final = QLabel()
        self.reason: Final = label("", "small", wrap=True)
        self.picker: Final = RecordPicker(bench)
        self.leave_out: Final = button(_("Leave this picture out"), "link")
        self.signed: Final = {each: QCheckBox(_(words)) for each, words in _SIGNED.items()}
        self.smaller: Final = QCheckBox(_("Make large pictures smaller"))
        self.every: Final = button("", "link")
        self.count: Final = label("", "small", wrap=True)
        self.attach_button: Final = button("", "primary")
        self._arrange()
        self._connect()
        self._tell()

    # --- pictures in

    def choose(self) -> None:
        """Ask for pictures and scans."""
        kinds = _("Pictures and scans") + f" ({PICTURES} *.pdf);;" + _("All files") + " (*)"
        chosen, _kind = QFileDialog.getOpenFileNames(self, _("Choose pictures …"), self._bench.settings.last_folder, kinds)
        if chosen:
            self._bench.settings.last_folder = str(Path(chosen[0]).parent)
            self.match([Offered.at(Path(each)) for each in chosen])

    def match(self, files: Sequence[Offered]) -> None:
        """Read the codes on these, and add them to the list."""
        if self._busy or not files:
            return
        workspace, progress, offered = self._bench.workspace, Progress(), list(files)
        self._wait(busy=True)
        self._checking = progress
        job = self._bench.background.ask(
            self,
            lambda: match_forms(workspace, with_pages(offered), progress),
            self._matched,
            self._stopped,
            topic="match",
            progress=progress,
        )
        if self._checking is progress:
            self.line.watch(job)

    def _matched(self, forms: Sequence[MatchedForm]) -> None:
        self._wait(busy=False)
        here = {(each.file.name, str(each.file.source)) for each in self.table.rows if isinstance(each.file.source, Path)}
        fresh = [each for each in forms if (each.file.name, str(each.file.source)) not in here]
        first = len(self.table.rows)
        self._show([*self.table.rows, *fresh], first)
        self.view.setFocus()

    def _stopped(self, error: AppError) -> None:
        self._wait(busy=False)
        if error.code != "cancelled":
            self.feedback.fail(error)

    # --- one picture

    def current(self) -> MatchedForm | None:
        """The picture under the cursor."""
        row = self.view.currentIndex().row()
        return self.table.rows[row] if 0 <= row < len(self.table.rows) else None

    def _look(self) -> None:
        """Show the picture under the cursor, and ask for its record where it has none."""
        form = self.current()
        self.picture.clear()
        self.picker.begin()
        self._side.setVisible(form is not None)
        if form is None:
            return
        self.reason.setText(problem_told(form.problem) if form.problem else self._targets(form))
        self._bench.background.ask(
            self, lambda: _seen(form.file), lambda seen: self._draw(form, seen), lambda _error: None, topic="seen"
        )

    def _draw(self, form: MatchedForm, seen: QImage) -> None:
        if form is self.current() and not seen.isNull():
            ratio = self.devicePixelRatioF()
            room = self.picture.size() * ratio
            keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            small = QPixmap.fromImage(seen).scaled(room, keep, smooth)
            small.setDevicePixelRatio(ratio)
            self.picture.setPixmap(small)

    def _pick(self, target: FormTarget) -> None:
        form, workspace = self.current(), self._bench.workspace
        if form and not self._busy:
            self._bench.background.ask(
                self, lambda: chosen_by_hand(workspace, form, target), lambda chosen: self._take(form, chosen), self._stopped
            )

    def _take(self, form: MatchedForm, chosen: MatchedForm) -> None:
        rows = [chosen if each is form else each for each in self.table.rows]
        at = rows.index(chosen) if chosen in rows else 0
        lacking = next((place for place, each in enumerate(rows) if place > at and not each.targets), at)
        self._show(rows, lacking)

    def drop_current(self) -> None:
        """Leave the picture under the cursor out of the batch."""
        if (form := self.current()) and not self._busy:
            at = self.view.currentIndex().row()
            self._show([each for each in self.table.rows if each is not form], at)

    def _show(self, rows: Sequence[MatchedForm], at: int) -> None:
        self.table.show(len(rows), rows)
        self.view.select(min(at, len(rows) - 1))
        self._look()
        self._tell()

    def take(self, form: MatchedForm, taken: bool) -> None:  # a signal tells it so
        """Tick a picture, or take its tick away: without it, it stays in the list and is not attached."""
        if not self._busy:
            self._keep([replace(each, taken=taken) if each is form else each for each in self.table.rows])

    def take_every(self) -> None:
        """Tick every picture that has a record; where all are ticked, none."""
        if not self._busy:
            taken = not self._all_taken()
            self._keep([replace(each, taken=taken) if each.lacking else each for each in self.table.rows])

    def _keep(self, rows: Sequence[MatchedForm]) -> None:
        """The same pictures, ticked otherwise; the cursor stays."""
        self.table.renew(len(rows), rows, 0)
        self._tell()

    def _all_taken(self) -> bool:
        return all(each.taken for each in self.table.rows if each.lacking)

    # --- the deed

    def waiting(self) -> list[MatchedForm]:
        """The pictures that would be attached now."""
        return [each for each in self.table.rows if each.waiting]

    def attach(self) -> None:
        """Attach every ticked picture that has a record."""
        forms = [each for each in self.table.rows if each.targets and each.taken]
        if self._busy or not self.waiting():
            return
        workspace, signed = self._bench.workspace, [each for each, box in self.signed.items() if box.isChecked()]
        smaller = self.smaller.isChecked()
        self._wait(busy=True)
        job = self._bench.background.do(
            self,
            lambda progress: attach_forms(workspace, forms, signed=signed, smaller=smaller, progress=progress),
            self._attached,
            self._stopped,
            title=_("Attaching the pictures"),
        )
        if not self.attach_button.isEnabled() and self.waiting():  # not done at once
            self.line.watch(job)

    def _attached(self, done: FormsAttached) -> None:
        self._wait(busy=False)
        refused = [each for one in done.attached for each in one.refused]
        left = [each for each in self.table.rows if not each.targets or not each.taken]
        left += [each for each in self.table.rows if each not in left and any(each.file == one.file for one in refused)]
        self._show(left, 0)
        words = ngettext("{count} picture attached.", "{count} pictures attached.", done.added).format(count=done.added)
        told = "\n".join([words, *(problem_told(each.problem) for each in refused)])
        self.attached.emit(done)
        if left:
            self.feedback.say(told, Tone.WARNING if refused else Tone.OK)
        else:
            self._bench.feedback.say(told)
            self.accept()

    # --- how it stands

    def reject(self) -> None:
        if self._checking:
            self._checking.cancel()
        super().reject()

    def _wait(self, *, busy: bool) -> None:
        self._busy = busy
        if not busy:
            self._checking = None
            self.line.end()
        self._tell()

    def _tell(self) -> None:
        many, missing = len(self.waiting()), sum(not each.targets for each in self.table.rows)
        words = ngettext("Attach {count} picture", "Attach {count} pictures", many).format(count=many)
        self.attach_button.setText(words if many else _("Attach"))
        self.attach_button.setEnabled(many > 0 and not self._busy)
        self.choose_button.setEnabled(not self._busy)
        lacking = ngettext("{count} picture has no record yet.", "{count} pictures have no record yet.", missing)
        self.count.setText(lacking.format(count=missing) if missing else "")
        self.every.setText(_("Tick none") if self._all_taken() else _("Tick all"))
        self.every.setVisible(sum(bool(each.lacking) for each in self.table.rows) > 1)
        self.every.setEnabled(not self._busy)
        self.view.setVisible(bool(self.table.rows))
        self._hint.setVisible(not self.table.rows and not self._busy)

    def _targets(self, form: MatchedForm) -> str:
        return "\n".join(target_told(each) for each in form.targets)

    def _columns(self) -> list[Column[MatchedForm]]:
        return [
            Column(heading=_("Picture"), text=lambda each: each.file.name, width=12, ticked=_ticked),
            Column(heading=_("Belongs to"), text=lambda each: "；".join(target_told(one) for one in each.targets) or "—"),
            Column(heading=_("State"), text=_state, width=6, tone=_tone),
        ]

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  # Qt's own name
        if not self._busy and (event.mimeData().hasUrls() or event.mimeData().hasImage()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  # Qt's own name
        self.match(brought(event.mimeData(), self._bench.workspace.clock.today()))

    def _arrange(self) -> None:
        told = _(
            "Photographs and scans of signed forms, also PDF files of several pages. The code printed on each says which record"
            " it belongs to. Choose them, or drop them here."
        )
        head = QHBoxLayout()
        head.setSpacing(SPACE.middle)
        head.addWidget(label(told, "soft", wrap=True), 1)
        head.addWidget(self.choose_button, 0, Qt.AlignmentFlag.AlignTop)
        self._hint = label(_("No picture is chosen yet."), "soft")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside = QWidget()
        self._side = scrolled(inside)
        self._side.setFixedWidth(self._bench.theme.px(_SIDE))
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.small)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setAccessibleName(_("Picture"))
        self.picture.setFixedHeight(self._bench.theme.px(_HIGH))
        self.picture.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for each in (self.picture, self.reason, label(_("Another record"), "label")):
            column.addWidget(each)
        column.addWidget(self.picker, 1)
        column.addWidget(self.leave_out, 0, Qt.AlignmentFlag.AlignLeft)
        self._side.hide()
        middle = QHBoxLayout()
        middle.setSpacing(SPACE.large)
        middle.addWidget(self.view, 1)
        middle.addWidget(self._hint, 1)
        middle.addWidget(self._side)
        ticks = QWidget()
        flow = Flow(ticks, gap=SPACE.large)
        for box in (*self.signed.values(), self.smaller):
            flow.addWidget(box)
        cancel = button(_("Close"))
        cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE.small)
        foot.addWidget(self.every)
        foot.addWidget(self.count, 1)
        foot.addWidget(cancel)
        foot.addWidget(self.attach_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE.large, SPACE.large, SPACE.large, SPACE.large)
        layout.setSpacing(SPACE.middle)
        layout.addWidget(self.feedback)
        layout.addLayout(head)
        layout.addWidget(self.line)
        layout.addLayout(middle, 1)
        layout.addWidget(ticks)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self.smaller.setChecked(self._bench.settings.smaller_pictures)
        self.choose_button.clicked.connect(self.choose)
        self.view.chosen.connect(lambda _form: self._look())
        self.view.opened.connect(lambda _form: self.picker.setFocus())
        self.picker.picked.connect(self._pick)
        self.leave_out.clicked.connect(self.drop_current)
        self.table.box_pressed.connect(self.take)
        self.every.clicked.connect(self.take_every)
        self.attach_button.setToolTip(keyed(_("Attach the ticked pictures that have a record"), "Ctrl+Enter"))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.attach)  # a button whose text changes forgets its own
        self.attach_button.clicked.connect(self.attach)
        gone = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.view)
        gone.setContext(Qt.ShortcutContext.WidgetShortcut)
        gone.activated.connect(self.drop_current)


def _state(form: MatchedForm) -> str:
    if form.waiting:
        return _("matched")
    if form.lacking:
        return _("not ticked")
    if form.targets:
        return _("there already")
    return _("no record")


def _ticked(form: MatchedForm) -> bool | None:
    """Only what can be attached has a box."""
    return form.taken if form.lacking else None


def _tone(form: MatchedForm) -> str:
    return "" if form.targets else "warning"


def _seen(file: Offered) -> QImage:
    try:
        return QImage.fromData(small_offered(file, _SHARP))
    except NoPicture:
        return QImage()
