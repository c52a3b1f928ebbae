"""The files of a record: chosen, dropped or pasted; looked at, opened, saved, taken off and brought back."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QDesktopServices,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeySequence,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget

from app.domain.attachment import LARGEST_FILE, LONGEST_SIDE, MOST_FILES, Attachment
from app.domain.values import Id
from app.errors import AppError
from app.files import plain_name
from app.i18n import _, ngettext
from app.messages import problem_told
from app.progress import Progress
from app.queries.attachments import attachments_within
from app.use_cases.attachment_desk import (
    Attached,
    Detached,
    NoPicture,
    Offered,
    attach,
    bring_back,
    detach,
    save_attachment,
    small_picture,
)
from app.use_cases.opened_copies import copy_to_open
from app.use_cases.watched_folder import NewPicture
from app.workspace import Workspace
from ui.background import Job
from ui.brought import brought
from ui.feedback import Tone
from ui.forms.keys_told import keyed
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.file_strip import FileStrip
from ui.widgets.flow import Flow
from ui.widgets.new_pictures import NewPictures
from ui.widgets.progress_line import ProgressLine
from ui.widgets.roles import button, label, restyled

_SIDE: Final = 312  # pixels of a small picture: three times as large as it is at 100 %
_REMEMBERED: Final = 200  # small pictures
_NOTICED: Final = 400  # milliseconds after which waiting is shown
_SENTENCES: Final = 4  # about files that were not taken; of more only the number is told


class AttachmentsCard(Card):
    """Shows the files of one record and takes more; everything is read, encrypted and decoded elsewhere than where one types."""

    changed = Signal()
    """Files of the record that is shown came or went by this card."""

    def __init__(self, bench: Workbench, *, role: str = "card") -> None:
        super().__init__(_("Attachments"), role=role)
        self._bench: Final = bench
        self._id: Id = ""
        self._files: tuple[Attachment, ...] = ()
        self._known: Final[dict[str, QImage]] = {}  # by the digest of the content
        self._waiting: list[Attachment] = []
        self._busy = False
        self._job: Job[Attached] | None = None
        self._taking: NewPicture | None = None
        self.new: Final = NewPictures(bench)
        self.count: Final = label("", "small")
        self.strip: Final = FileStrip(bench.theme)
        self.add_files: Final = button(_("Add files …"))
        self.paste_picture: Final = button(_("Paste a picture"))
        self.smaller: Final = QCheckBox(_("Make large pictures smaller"))
        self.open_file: Final = button(_("Open"), "link")
        self.save_as: Final = button(_("Save as …"), "link")
        self.remove: Final = button(_("Remove"), "link")
        self.print_all: Final = button(_("Print all …"), "link")
        self.line: Final = ProgressLine({"attaching": ""})
        self._noticed: Final = QTimer(self, singleShot=True, interval=_NOTICED)
        self._arrange()
        self._connect()

    @property
    def files(self) -> tuple[Attachment, ...]:
        """The files that are shown."""
        return self._files

    def shows(self, id: Id) -> bool:
        """Whether it is the files of this record that are shown."""
        return self._id == id

    def show_record(self, id: Id, files: Sequence[Attachment]) -> None:
        """Show the files of this record; what is shown already stays as it is."""
        if (id, tuple(files)) == (self._id, self._files):
            return
        self._id, self._files = id, tuple(files)
        self.print_all.setVisible(bool(files))
        self.count.setText(_("{count} of {most}").format(count=len(files), most=MOST_FILES) if files else "")
        self.strip.show_files(files, {each.id: self._known[each.sha256] for each in files if each.sha256 in self._known})
        self._waiting = [each for each in files if each.sha256 not in self._known]
        self._ask_picture()

    def refresh(self) -> None:
        """Ask again for the files of the record that is shown."""
        if id := self._id:
            workspace, told = self._bench.workspace, self._refreshed
            self._bench.background.ask(self, lambda: (id, attachments_within(workspace, id)), told, self._fail, topic="files")

    def _refreshed(self, found: tuple[Id, tuple[Attachment, ...]]) -> None:
        if found[0] == self._id:
            self.show_record(*found)

    # --- adding

    def choose(self) -> None:
        """Ask for files and add them."""
        chosen, _filter = QFileDialog.getOpenFileNames(self, _("Add files …"), self._bench.settings.last_folder)
        if chosen:
            self._bench.settings.last_folder = str(Path(chosen[0]).parent)
            self.add_offered([Offered.at(Path(each)) for each in chosen])

    def paste(self) -> None:
        """Add what was copied elsewhere: a picture, or files."""
        offered = self._offered(QGuiApplication.clipboard().mimeData())
        if offered:
            self.add_offered(offered)
        else:
            self._bench.feedback.say(_("Nothing was copied that can be added: no picture and no file."), Tone.INFORMATION)

    def add_offered(self, files: Sequence[Offered], *, smaller: bool = False) -> None:
        """Add these to the record that is shown; one batch at a time."""
        if self._busy or not self._id:
            return
        self._wait(busy=True)
        id, reduce = self._id, smaller or self.smaller.isChecked()
        self._noticed.start()
        self._job = self._bench.background.do(
            self,
            lambda progress: self._take(id, files, progress, smaller=reduce),
            self._attached,
            self._not_attached,
            title=_("Adding files"),
        )

    def _take(self, id: Id, files: Sequence[Offered], progress: Progress, *, smaller: bool) -> Attached:
        """Take files in, on the writer's thread."""
        return attach(self._bench.workspace, id, files, smaller=smaller, progress=progress)

    def _notice(self) -> None:
        if self._job:
            self.line.watch(self._job)

    def _offered(self, given: QMimeData) -> list[Offered]:
        return brought(given, self._bench.workspace.clock.today())

    def _attached(self, attached: Attached) -> None:
        self._wait(busy=False)
        taking, self._taking = self._taking, None
        if taking and (attached.added or attached.repeated):
            self.new.decided(taking)
        words, helped = _told(attached), [each.file for each in attached.refused if each.smaller_helps]
        tone = Tone.WARNING if attached.refused or attached.doubts else Tone.OK
        deed = _("Make smaller and add") if helped and attached.of == self._id else ""
        self._bench.feedback.say(words, tone, deed=deed, act=lambda: self.add_offered(helped, smaller=True))
        self._altered(attached.of, any_change=bool(attached.added), added=attached.added)

    def _take_new(self, picture: NewPicture) -> None:
        """Add a picture of the watched folder."""
        if self._id and not self._busy:
            self._taking = picture
            self.add_offered([Offered.at(picture.path)])

    def _not_attached(self, error: AppError) -> None:
        self._taking = None
        self._wait(busy=False)
        self._fail(error)

    def _wait(self, *, busy: bool) -> None:
        self._busy = busy
        self._noticed.stop()
        if not busy:
            self.line.end()
        for each in (self.add_files, self.paste_picture, self.smaller):
            each.setEnabled(not busy)

    # --- one file

    def open_current(self) -> None:
        """Show the current file in the system's own viewer, from a copy that is swept later."""
        if attachment := self.strip.current:
            workspace = self._bench.workspace
            self._bench.background.ask(
                self, lambda: copy_to_open(workspace, attachment), self._show_copy, self._fail, topic="open"
            )

    def _show_copy(self, copy: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy))):
            words = _("No program here opens {name}. Save it under a name, and open it elsewhere.")
            self._bench.feedback.say(words.format(name=copy.name), Tone.WARNING)

    def print_pages(self) -> None:
        """All files of the record on paper, as it will be printed."""
        from app.domain.papers import PaperName
        from app.use_cases.papers import Asked
        from ui.dialogs.paper_dialog import PaperDialog  # printing is loaded when it is wanted

        PaperDialog(self._bench, Asked(name=PaperName.ATTACHMENT_PAGES, id=self._id), self).open()

    def remove_current(self) -> None:
        """Take the current file off; the sentence about it offers it back."""
        if attachment := self.strip.current:
            workspace = self._bench.workspace
            self._bench.background.do(self, lambda _p: detach(workspace, attachment.id), self._detached, self._fail)

    def _detached(self, done: Detached) -> None:
        words = _("Removed: {name}").format(name=done.attachment.name)
        self._bench.feedback.say(words, deed=_("Undo"), act=lambda: self._bring_back(done.attachment))
        self._altered(done.attachment.of)

    def _bring_back(self, attachment: Attachment) -> None:
        workspace = self._bench.workspace
        self._bench.background.do(
            self,
            lambda _p: bring_back(workspace, attachment.id),
            lambda done: self._altered(done.attachment.of),
            self._fail,
        )

    def _ask_where(self) -> None:
        if attachment := self.strip.current:
            proposed = str(Path(self._bench.settings.last_folder or Path.home()) / plain_name(attachment.name))
            chosen, _filter = QFileDialog.getSaveFileName(self, _("Save as …"), proposed)
            if chosen:
                self.save_file(attachment, Path(chosen))

    def save_file(self, attachment: Attachment, path: Path) -> None:
        """Save the content of an attachment under a name."""
        workspace, feedback = self._bench.workspace, self._bench.feedback
        self._bench.settings.last_folder = str(path.parent)
        self._bench.background.do(
            self,
            lambda _progress: save_attachment(workspace, attachment, path),
            lambda _none: feedback.say(_("Saved: {path}").format(path=path)),
            self._fail,
            title=_("Saving the attachment"),
        )

    def _altered(self, of: Id, *, any_change: bool = True, added: Sequence[Attachment] = ()) -> None:
        """Files came or went, `added` among them."""
        if any_change and of in {self._id, *(each.of for each in self._files)}:
            self.refresh()
            self.changed.emit()

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)

    # --- small pictures, one after the other: other questions are not to wait for fifty of them

    def _ask_picture(self) -> None:
        if self._waiting:
            attachment, workspace = self._waiting.pop(0), self._bench.workspace
            self._bench.background.ask(
                self,
                lambda: _small(workspace, attachment),
                lambda picture: self._show_picture(attachment, picture),
                lambda _error: self._show_picture(attachment, QImage()),
                topic="picture",
            )

    def _show_picture(self, attachment: Attachment, picture: QImage) -> None:
        while len(self._known) >= _REMEMBERED:
            del self._known[next(iter(self._known))]
        self._known[attachment.sha256] = picture
        self.strip.show_picture(attachment.id, picture)
        self._ask_picture()

    # --- what is dropped

    def take_drops_of(self, widget: QWidget) -> None:
        """Take what is dropped anywhere on a widget around the card, which may be scrolled out of sight."""
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's own name
        match event:
            case QDragEnterEvent():  # before a drop, from which Qt derives it
                self.dragEnterEvent(event)
                return event.isAccepted()
            case QDragMoveEvent():
                return super().eventFilter(watched, event)
            case QDragLeaveEvent():
                self.dragLeaveEvent(event)
            case QDropEvent():
                self.dropEvent(event)
                return True
            case _other:
                pass
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # Qt's own name
        super().showEvent(event)
        self.new.begin()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  # Qt's own name
        given = event.mimeData()
        if self._id and not self._busy and (given.hasImage() or any(each.isLocalFile() for each in given.urls())):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            restyled(self, "dropping", "true")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802  # Qt's own name
        restyled(self, "dropping", "")

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  # Qt's own name
        restyled(self, "dropping", "")
        self.add_offered(self._offered(event.mimeData()))

    # --- how it stands

    def _arrange(self) -> None:
        self.setAcceptDrops(True)
        self.setAccessibleName(_("Attachments"))
        self.head.insertWidget(1, self.count)
        limits = _("Up to {size} a file, {count} files. Choose them, drag them here, or paste them.")
        self.limits = label(limits.format(size=f"{LARGEST_FILE >> 20} MB", count=MOST_FILES), "small", wrap=True)
        self.smaller.setChecked(self._bench.settings.smaller_pictures)
        told = _("At most {side} pixels long, and without the place where they were taken")
        self.smaller.setToolTip(told.format(side=LONGEST_SIDE))
        self.paste_picture.setToolTip(keyed(_("Add a picture or files copied elsewhere"), "Ctrl+V"))
        self.open_file.setToolTip(keyed(_("Look at a read-only copy"), "Enter"))
        self.print_all.setVisible(False)
        self.print_all.setToolTip(_("Every picture of this record as a page, and the names of the other files"))
        self.remove.setToolTip(keyed(_("Take the file off; this can be undone"), "Delete"))
        self.add(self.strip)
        self.one = _beside(self.open_file, self.save_as, self.remove)
        self.add(self.one)
        self.add(self.line)
        self.add(self.new)
        self.add(_beside(self.add_files, self.paste_picture, self.smaller, self.print_all))
        self.add(self.limits)
        self._choose_buttons()

    def _choose_buttons(self) -> None:
        """What can be done with the current file, and its name for who does not see which one it is."""
        current = self.strip.current
        self.one.setVisible(current is not None)
        for each in (self.open_file, self.save_as, self.remove) if current else ():
            each.setAccessibleName(f"{each.text()} {current.name if current else ''}")

    def _connect(self) -> None:
        self._noticed.timeout.connect(self._notice)
        self.add_files.clicked.connect(self.choose)
        self.paste_picture.clicked.connect(self.paste)
        self.smaller.toggled.connect(self._remember)
        self.open_file.clicked.connect(self.open_current)
        self.save_as.clicked.connect(self._ask_where)
        self.remove.clicked.connect(self.remove_current)
        self.print_all.clicked.connect(self.print_pages)
        self.strip.opened.connect(lambda _file: self.open_current())
        self.strip.removed.connect(lambda _file: self.remove_current())
        self.new.wanted.connect(self._take_new)
        self.strip.chosen.connect(self._choose_buttons)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self.paste)

    def _remember(self, wanted: bool) -> None:
        self._bench.settings.smaller_pictures = wanted


def _beside(*widgets: QWidget) -> QWidget:
    row = QWidget()
    flow = Flow(row, gap=SPACE.small)
    for each in widgets:
        flow.addWidget(each)
    return row


def _told(attached: Attached) -> str:
    """What came of a batch, a sentence each."""
    added, known, refused = len(attached.added), len(attached.repeated), attached.refused
    sentences = [ngettext("{count} file added.", "{count} files added.", added).format(count=added)] if added or not known else []
    if known:
        sentences.append(
            ngettext("{count} file was there already.", "{count} files were there already.", known).format(count=known)
        )
    lines = ["".join(sentences), *(problem_told(each.problem) for each in refused[:_SENTENCES])]
    if (more := len(refused) - _SENTENCES) > 0:
        lines.append(ngettext("{count} more was not added.", "{count} more were not added.", more).format(count=more))
    return "\n".join([*lines, *map(problem_told, attached.doubts[:_SENTENCES])])


def _small(workspace: Workspace, attachment: Attachment) -> QImage:
    """What a file looks like; nothing for what is no picture."""
    try:
        return QImage.fromData(small_picture(workspace, attachment, _SIDE))
    except NoPicture:
        return QImage()
