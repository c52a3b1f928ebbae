"""Where codes come in: typed by a scanner, read off a picture that is chosen, dropped or pasted, or seen by the camera."""

from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.domain.scanned import plain
from app.errors import AppError
from app.i18n import _
from app.messages import problem_told
from app.use_cases.attachment_desk import Offered
from app.use_cases.scanning import CodesRead, codes_on
from ui.brought import brought
from ui.forms.keys_told import keyed
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.flow import Flow
from ui.widgets.roles import button, label

if TYPE_CHECKING:
    from ui.dialogs.camera_dialog import CameraDialog

PICTURES: Final = "*.jpg *.jpeg *.png *.webp *.bmp *.tif *.tiff *.gif"
_HINTS: Final = Qt.InputMethodHint.ImhLatinOnly | Qt.InputMethodHint.ImhNoPredictiveText | Qt.InputMethodHint.ImhNoAutoUppercase


class ScanField(QWidget):
    """`scanned` tells the text of each code. What was of no use stays in the field, selected: the next scan replaces it."""

    scanned = Signal(str)

    def __init__(self, bench: Workbench, name: str) -> None:
        super().__init__()
        self._bench: Final = bench
        self._asked_cameras = False
        self._camera: CameraDialog | None = None
        self.field: Final = _Typed(self)
        self.field.setPlaceholderText(name)
        self.field.setAccessibleName(name)
        self.field.setToolTip(
            keyed(_("For a scanner that types: the input method is off here. Pictures can be dropped or pasted"), "F4")
        )
        self.picture: Final = button(_("From a picture …"), "link")
        self.camera: Final = button(_("By camera …"), "link")
        self.camera.hide()
        self.told: Final = label("", "small", wrap=True)
        self.problem: Final = label("", "problem", wrap=True)
        self.setFocusProxy(self.field)
        self._arrange()
        self.field.returnPressed.connect(self._typed)
        self.field.textEdited.connect(lambda _text: self._quiet())
        self.picture.clicked.connect(self.choose)
        self.camera.clicked.connect(self.open_camera)

    # --- what whoever knows the codes says of them

    def say(self, words: str) -> None:
        """The code was good: say what came of it; the field is free for the next one."""
        self.field.clear()
        _add(self.told, words)
        if self._camera:
            self._camera.say(words)

    def complain(self, sentence: str) -> None:
        """The code was of no use; what was scanned stays to be seen."""
        self.field.selectAll()
        _add(self.problem, sentence)
        if self._camera:
            self._camera.say(sentence)

    # --- pictures

    def choose(self) -> None:
        """Ask for pictures of codes."""
        kinds = _("Pictures") + f" ({PICTURES});;" + _("All files") + " (*)"
        chosen, _kind = QFileDialog.getOpenFileNames(self, _("Pictures of codes"), self._bench.settings.last_folder, kinds)
        if chosen:
            self._bench.settings.last_folder = str(Path(chosen[0]).parent)
            self.read_pictures([Offered.at(Path(each)) for each in chosen])

    def read_pictures(self, files: Sequence[Offered]) -> None:
        """Read the codes off these, wherever one does not type."""
        self._quiet()
        self._bench.background.ask(self, lambda: codes_on(files), self._read, self._fail, topic="pictures")

    def take_in(self, given: QMimeData) -> bool:
        """Read what was dropped or pasted, where it holds a picture."""
        files = brought(given, self._bench.workspace.clock.today())
        if files:
            self.read_pictures(files)
        return bool(files)

    def _read(self, pictures: Sequence[CodesRead]) -> None:
        for each in pictures:
            if each.problem:
                _add(self.problem, problem_told(each.problem))
        for code in dict.fromkeys(code for each in pictures for code in each.codes):
            self.scanned.emit(code)

    def _typed(self) -> None:
        self._quiet()
        if text := plain(self.field.text()):
            self.scanned.emit(text)

    def _quiet(self) -> None:
        for each in (self.told, self.problem):
            each.clear()
            each.hide()

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)

    # --- the camera

    def ask_cameras(self) -> None:
        """Offer the camera where there is one: asked when somebody is about to scan, for what knows cameras is large."""
        if not self._asked_cameras:
            self._asked_cameras = True
            self._bench.background.ask(self, _load_cameras, self._offer_camera, lambda _error: None, topic="cameras")

    def _offer_camera(self, cameras: ModuleType | None) -> None:
        self.camera.setVisible(cameras is not None and cameras.camera_here())

    def open_camera(self) -> None:
        """Let the camera look for codes until somebody closes it."""
        from ui.dialogs.camera_dialog import camera_dialog

        self._quiet()
        self._camera = camera_dialog(self._bench, self)
        self._camera.found.connect(self.scanned)
        self._camera.finished.connect(self._closed)
        self._camera.open()

    def _closed(self) -> None:
        self._camera = None
        self.field.setFocus()

    # --- how

    def _arrange(self) -> None:
        links = QWidget()
        flow = Flow(links, gap=SPACE.middle)
        for each in (self.picture, self.camera):
            flow.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.tiny)
        layout.addWidget(self.field)
        layout.addWidget(self.told)
        layout.addWidget(self.problem)
        layout.addWidget(links)
        self._quiet()


class _Typed(QLineEdit):
    """A line that no input method composes in; pictures dropped or pasted on it are read."""

    def __init__(self, owner: ScanField) -> None:
        super().__init__(owner)
        self._owner: Final = owner
        self.setInputMethodHints(_HINTS)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setAcceptDrops(True)
        self.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's own name
        if event.type() == QEvent.Type.FocusIn:
            self._owner.ask_cameras()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's own name
        if not (event.matches(QKeySequence.StandardKey.Paste) and self._owner.take_in(QGuiApplication.clipboard().mimeData())):
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  # Qt's own name
        if event.mimeData().hasImage() or event.mimeData().hasUrls():
            event.acceptProposedAction()
        else:
            super().dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  # Qt's own name
        if self._owner.take_in(event.mimeData()):
            event.acceptProposedAction()
        else:
            super().dropEvent(event)


def _load_cameras() -> ModuleType | None:
    """What knows cameras; nothing on a computer that lacks what it stands on, such as libraries of sound."""
    try:
        from ui.dialogs import camera_dialog
    except ImportError:
        return None
    return camera_dialog


def _add(shown: QLabel, words: str) -> None:
    """One sentence more below those of the same scan."""
    shown.setText("\n".join(part for part in (shown.text(), words) if part))
    shown.setVisible(True)
