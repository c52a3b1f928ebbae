"""The camera of this computer in front of a card: every code that comes into its sight is told once."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtMultimedia import QCamera, QCameraDevice, QMediaCaptureSession, QMediaDevices, QVideoFrame, QVideoSink
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.errors import AppError
from app.i18n import _
from app.use_cases.scanning import codes_seen
from ui.dialogs.room import open_at
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.roles import button, label

_SIZE: Final = 640, 560
_EVERY: Final = 3  # frames: one in three is looked at, the others are only shown


class CameraDialog(QDialog):
    """What the camera sees. `found` tells the text of a code; frames are looked at one after the other, elsewhere than here."""

    found = Signal(str)

    def __init__(self, bench: Workbench, parent: QWidget | None = None, device: QCameraDevice | None = None) -> None:
        super().__init__(parent)
        self._bench: Final = bench
        self._told: Final[set[str]] = set()
        self._busy = False
        self._frames = 0
        self.setWindowTitle(_("Hold the card before the camera"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_at(self, bench.theme, *_SIZE)
        self.picture: Final = QLabel(_("The camera is starting …"))
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.picture.setAccessibleName(_("What the camera sees"))
        self.words: Final = label("", wrap=True)
        self.sink: Final = QVideoSink(self)
        self.sink.videoFrameChanged.connect(self._see)
        self._session: Final = QMediaCaptureSession(self)
        self._session.setVideoSink(self.sink)
        self._camera = QCamera(device, self) if device else None
        self._arrange()
        self.finished.connect(self._stop)
        if self._camera:
            self._camera.errorOccurred.connect(lambda _code, why: self._lose(why))
            self._session.setCamera(self._camera)
            self._camera.start()

    def say(self, words: str) -> None:
        """Say what came of a code."""
        self.words.setText(words)

    def _lose(self, why: str) -> None:
        self.say(_("The camera does not answer ({why}). See whether another program uses it.").format(why=why))

    def _see(self, frame: QVideoFrame) -> None:
        picture = frame.toImage()
        if picture.isNull():
            return
        room = self.picture.size() * self.devicePixelRatioF()
        small = QPixmap.fromImage(picture).scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        small.setDevicePixelRatio(self.devicePixelRatioF())
        self.picture.setPixmap(small)
        self._frames += 1
        if not self._busy and self._frames % _EVERY == 1:
            self._busy = True
            grey = _grey(picture)
            size = grey.width(), grey.height()
            content = bytes(grey.constBits())
            self._bench.background.ask(self, lambda: codes_seen(content, *size), self._read, self._fail, topic="frame")

    def _read(self, codes: tuple[str, ...]) -> None:
        self._busy = False
        for each in codes:
            if each not in self._told:
                self._told.add(each)
                self.found.emit(each)

    def _fail(self, _error: AppError) -> None:
        self._busy = False  # the next frame is another one

    def _stop(self) -> None:
        if self._camera:
            self._camera.stop()

    def _arrange(self) -> None:
        close = button(_("Done"), "primary")
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE.middle)
        foot.addWidget(self.words, 1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE.large, SPACE.large, SPACE.large, SPACE.large)
        layout.setSpacing(SPACE.middle)
        layout.addWidget(self.picture, 1)
        layout.addLayout(foot)


def camera_here() -> bool:
    """Whether this computer has a camera."""
    return bool(QMediaDevices.videoInputs())


def camera_dialog(bench: Workbench, parent: QWidget) -> CameraDialog:
    """The dialog on the camera that the system takes first."""
    return CameraDialog(bench, parent, QMediaDevices.defaultVideoInput())


def _grey(picture: QImage) -> QImage:
    """In shades of grey, its rows without a gap between them."""
    grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    return grey.copy(0, 0, grey.width() - grey.width() % 4, grey.height())  # rows begin at every fourth byte
