"""By how much each printer of this computer is off, so that what is printed meets forms that were printed before."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from app.errors import AppError
from app.i18n import _
from app.use_cases.papers import ruler_sheet
from ui.forms.number_box import NumberBox
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.flow import Flow
from ui.widgets.roles import button, label

_FARTHEST: Final = 200
"""Tenths of a millimetre; a printer that is off by more is set up wrong."""


class OffsetCard(Card):
    """A printer, and how far to the right and down it is to print; `changed` says that it is to be kept."""

    changed = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__(_("Printers of this computer"))
        self._bench: Final = bench
        self._showing = False
        self.printers: Final = QComboBox()
        self.printers.setAccessibleName(_("Printer"))
        self.right: Final = _tenths(_("To the right, tenths of a millimetre"))
        self.down: Final = _tenths(_("Down, tenths of a millimetre"))
        self.test: Final = button(_("Print a test sheet"))
        self.none: Final = label(_("No printer was found on this computer."), "soft", wrap=True)
        words = _("Print the test sheet, measure its corner, enter what is missing; negative numbers move left and up.")
        self.add(label(words, "soft", wrap=True))
        self.add(self.none)
        self.row: Final = QWidget()
        flow = Flow(self.row, gap=SPACE.small)
        for each in (self.printers, label(_("right"), "label"), self.right, label(_("down"), "label"), self.down, self.test):
            flow.addWidget(each)
        self.add(self.row)
        self.printers.currentIndexChanged.connect(lambda _place: self._show())
        for box in (self.right, self.down):
            box.valueChanged.connect(lambda _value: self._take())
        self.test.clicked.connect(self._print)

    def refresh(self) -> None:
        """Ask which printers there are."""
        from ui.dialogs import printer  # printing is loaded when somebody looks

        names = printer.printer_names()
        if [self.printers.itemText(place) for place in range(self.printers.count())] != names:
            self.printers.clear()
            self.printers.addItems(names)
        self.row.setVisible(bool(names))
        self.none.setVisible(not names)
        self._show()

    def _show(self) -> None:
        from ui.dialogs import printer

        right, down = printer.offset_of(self._bench.settings, self.printers.currentText())
        self._showing = True
        self.right.setValue(round(right * 10))
        self.down.setValue(round(down * 10))
        self._showing = False

    def _take(self) -> None:
        from ui.dialogs import printer

        if not self._showing and self.printers.currentText():
            printer.keep_offset(self._bench.settings, self.printers.currentText(), self.right.value(), self.down.value())
            self.changed.emit()

    def _print(self) -> None:
        from PySide6.QtPrintSupport import QPrinter

        from ui.dialogs import printer

        device = QPrinter(QPrinter.PrinterMode.HighResolution)
        device.setPrinterName(self.printers.currentText())
        offset = printer.offset_of(self._bench.settings, device.printerName())
        workspace, press = self._bench.workspace, self._bench.press
        self._bench.background.do(
            self,
            lambda progress: printer.send(ruler_sheet(workspace, press), device, progress, offset),
            lambda _none: self._bench.feedback.say(_("Sent to the printer.")),
            self._fail,
            title=_("Printing"),
        )

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)


def _tenths(name: str) -> NumberBox:
    box = NumberBox(least=-_FARTHEST)
    box.setMaximum(_FARTHEST)
    box.setAccessibleName(name)
    return box
