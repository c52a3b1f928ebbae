"""A receipt that came on paper: its codes are scanned one after the other, or a short code is typed."""

from app.errors import AppError
from app.i18n import _
from app.messages import explain
from app.use_cases.arrival import TakenIn
from app.use_cases.receipt_codes import Gathered, ToldByCode, is_code, take_scanned, tell_by_code
from ui.page import Workbench
from ui.widgets.card import Card
from ui.widgets.roles import label
from ui.widgets.scan_field import ScanField


class PaperReceiptCard(Card):
    """Scanned codes gather until the receipt is whole and are verified like its file; a typed one settles its package."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(_("A receipt on paper"))
        self._bench = bench
        self._scanned: list[str] = []
        words = _("Where no stick may leave: scan all codes of the paper, or type the short code of a package.")
        self.add(label(words, "soft", wrap=True))
        self.scan = ScanField(bench, _("Scan a code, or type one"))
        self.add(self.scan)
        self.scan.scanned.connect(self.take)

    def begin(self) -> None:
        """Nothing of another receipt is waiting."""
        self._scanned = []

    def take(self, text: str) -> None:
        """Take what was scanned or typed."""
        workspace, code = self._bench.workspace, text.upper()
        if is_code(code):
            self._scanned.append(code)
            scanned = tuple(self._scanned)
            self._bench.background.do(self, lambda _progress: take_scanned(workspace, scanned), self._taken, self._fail)
        else:
            self._bench.background.do(self, lambda _progress: tell_by_code(workspace, text), self._told, self._fail)

    def _taken(self, taken: TakenIn | Gathered) -> None:
        if isinstance(taken, Gathered):
            self.scan.say(_("{read} of {of} codes; scan the others too.").format(read=taken.read, of=taken.of))
            return
        self._scanned = []
        known = taken.verdict == "duplicate"
        words = _("Receipt {number}, taken in already: nothing new.") if known else _("Receipt {number} taken in.")
        self.scan.say(words.format(number=taken.number))

    def _told(self, told: ToldByCode) -> None:
        words = _("Package {number} was settled before: nothing new.") if told.known else _("Package {number}: all received.")
        self.scan.say(words.format(number=told.seq))

    def _fail(self, error: AppError) -> None:
        self.scan.complain(explain(error))
