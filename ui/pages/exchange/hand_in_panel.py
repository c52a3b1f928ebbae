"""Handing in, in the page itself: what goes, where to, how far it is, and what came of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain.arrival import Enrolment
from app.domain.hint import Exposed
from app.domain.papers import PaperName
from app.errors import AppError
from app.i18n import _
from app.messages import explain
from app.messages.exposed import exposed_told
from app.queries.exposed import exposed_going
from app.queries.outgoing import Outgoing, outgoing
from app.queries.package_size import about_bytes
from app.queries.reconciliation import Number
from app.use_cases import handing_in, trust
from app.use_cases.backups import put_beside
from app.use_cases.handing_in import Copied, Exported, Sizes
from app.use_cases.papers import Asked
from app.use_cases.trust import TrustState
from app.workspace import Workspace
from ui.feedback import Tone
from ui.page import Workbench
from ui.pages.exchange.contents_card import ContentsCard
from ui.pages.exchange.target_card import TargetCard
from ui.pages.exchange.words import STAGES, epoch_told, grouped
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.facts import Facts
from ui.widgets.notice import Deed, Notice
from ui.widgets.progress_line import ProgressLine
from ui.widgets.roles import button


@dataclass(frozen=True, slots=True)
class _Asked:
    outgoing: Outgoing
    about: int
    trust: TrustState | None
    exposed: tuple[Exposed, ...]


class HandInPanel(QScrollArea):
    """Two cards side by side and a line of progress; after a failure everything stands as before and can be tried again."""

    changed = Signal()
    """What can be done is different now."""
    enrolment_wanted = Signal()
    arrivals_wanted = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self._number: Number | None = None
        self._told: Outgoing | None = None
        self._trust: TrustState | None = None
        self._running = False
        self.done = False
        self.notice = Notice()
        self.exposed = Notice()
        """Residents' data in the suggestions that go: told, never a barrier."""
        self.contents = ContentsCard()
        self.target = TargetCard(bench)
        self.line = ProgressLine(STAGES)
        self.written = Card(_("What was written"))
        self._files = Facts()
        self.note = button(_("Print the delivery note …"))
        self._numbers: tuple[str, ...] = ()
        self._arrange()
        self.target.changed.connect(self.changed)
        self.contents.changed.connect(self.refresh)
        self.note.clicked.connect(self._print_note)

    @property
    def ready(self) -> bool:
        """Whether it can begin: something goes, somebody receives it, a folder is chosen."""
        something = self._number is not None or (self._told is not None and not self._told.nothing)
        return something and not self._obstacle() and not self._running and not self.done and self.target.folder() is not None

    @property
    def running(self) -> bool:
        """Whether something is being written."""
        return self._running

    def begin(self, number: Number | None = None) -> None:
        """Prepare a hand-in, or another copy of a number."""
        self._number, self.done = number, False
        self.written.hide()
        self.notice.say("", Tone.INFORMATION)
        if number:
            self.contents.show_number(number)
        self.target.ask_size(number is None)
        self.target.begin()
        self.refresh()

    def leave(self) -> None:
        """The person looks at something else."""
        self.target.end()

    def refresh(self) -> None:
        """Ask again what would go."""
        workspace, records_only = self._bench.workspace, self.contents.records_only.isChecked()
        self._bench.background.ask(self, lambda: _ask(workspace, records_only), self._show, self._unasked, topic="outgoing")

    def start(self) -> None:
        """Write it out."""
        folder = self.target.folder()
        if folder is None or not self.ready:
            return
        self._running = True
        self.notice.say("", Tone.INFORMATION)
        self.changed.emit()
        job = self._bench.background.do(self, self._deed(folder), self._finish, self._fail, title=_("Handing in"))
        if self._running:
            self.line.watch(job)

    def _deed(self, folder: Path) -> Callable[..., Exported | Copied]:
        workspace, number = self._bench.workspace, self._number
        if number:
            return lambda progress: handing_in.copy_again(workspace, number.seq, folder, progress=progress)
        sizes = Sizes(most=self.target.most, records_only=self.contents.records_only.isChecked())
        beside = (put_beside(workspace),) if self.target.with_backup.isChecked() else ()
        return lambda progress: handing_in.export(
            workspace, folder, progress=progress, sizes=sizes, make_folder=False, beside=beside
        )

    # --- what came of it

    def _show(self, asked: _Asked) -> None:
        self._told, self._trust = asked.outgoing, asked.trust
        going = self._number is None and not self.done and not self._running
        self.exposed.say(exposed_told(asked.exposed) if going else "", Tone.WARNING)
        if self._number is None and not self.done:
            self.contents.show_outgoing(asked.outgoing, asked.about)
        if not self.done and not self._running and (obstacle := self._obstacle()):
            self.notice.say(obstacle, Tone.WARNING, self._ways_out())
        elif not self.done and not self._running and self._number is None and (due := asked.outgoing.begins):
            self.notice.say(epoch_told(due), Tone.WARNING)
        self.changed.emit()

    def _obstacle(self) -> str:
        """Why nothing can be handed in, in words; empty where it can."""
        if self._number is not None:
            return ""
        if self._trust is None:
            return _("No trust file of the receiving body has been taken in, so nobody is known to hand in to.")
        if self._trust.enrolment is Enrolment.REVOKED:
            return _("The receiving body has revoked this computer; it hands nothing in any more. Ask the receiving body.")
        if self._trust.enrolment is Enrolment.UNKNOWN:
            return _(
                "The receiving body has not enrolled this computer yet. Carry a request there and bring its trust file back."
            )
        return ""

    def _ways_out(self) -> Sequence[Deed]:
        return (
            (_("Make an enrolment request …"), self.enrolment_wanted.emit),
            (_("Take a trust file in …"), self.arrivals_wanted.emit),
        )

    def _finish(self, written: Exported | Copied) -> None:
        self._end()
        self.done = True
        self.target.keep()
        if isinstance(written, Exported):
            files = written.fingerprints()
            self._numbers = tuple(f"{each.epoch}/{each.seq}" for each in written.numbers)
        else:
            files = ((written.path.name, self._number.sha256 if self._number else ""),)
            self._numbers = (f"{self._number.epoch}/{self._number.seq}",) if self._number else ()
        self._files.show_facts((name, grouped(digest)) for name, digest in files)
        self.written.setVisible(bool(files))
        self._tell(written)
        self.changed.emit()

    def _tell(self, written: Exported | Copied) -> None:
        """That it is there; and what is not, though it was to lie beside it."""
        safe = _("Written and read back; it can be taken out safely.")
        missed = written.not_beside if isinstance(written, Exported) else ()
        lacking = _("The backup is not beside it: {sentence}")
        lines = [safe]
        if isinstance(written, Exported) and any(each.paths for each in written.sisters):
            lines.append(_("Beside it lies what the station's other computers lack; the body hands it on without reading it."))
        lines += [*(lacking.format(sentence=explain(each)) for each in missed)]
        lines += [_("A backup can be made at any time in the settings.")] if missed else []
        apart = written.not_for_sisters if isinstance(written, Exported) else None
        without = _("What the station's other computers lack is not beside it: {sentence}")
        lines += [without.format(sentence=explain(apart))] if apart else []
        self.notice.say("\n".join(lines), Tone.WARNING if missed or apart else Tone.OK)

    def _print_note(self) -> None:
        from ui.dialogs.paper_dialog import PaperDialog  # its libraries are loaded when somebody prints

        PaperDialog(self._bench, Asked(name=PaperName.DELIVERY_NOTE, numbers=self._numbers), self).open()

    def _fail(self, error: AppError) -> None:
        self._end()
        if error.code == "cancelled":
            self.notice.say(_("Stopped. Nothing is lost: what is packed goes with the next hand-in."), Tone.INFORMATION)
        elif error.code in {"no_trust", "not_enrolled", "seat_revoked", "suite_not_enrolled", "keys_older"}:
            self.notice.say(explain(error), Tone.WARNING, self._ways_out())
        else:
            again = ((_("Try again"), self.start), (_("Choose another folder …"), self.target.choose.click))
            self.notice.say("\n".join([explain(error), _("Nothing is lost; the records are kept here.")]), Tone.WARNING, again)
        self.target.look()
        self.changed.emit()

    def _unasked(self, error: AppError) -> None:
        self.notice.say(explain(error), Tone.WARNING)

    def _end(self) -> None:
        self._running = False
        self.line.end()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's own name
        super().resizeEvent(event)
        narrow = self.width() < self._bench.theme.px(720)
        self._cards.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def _arrange(self) -> None:
        self.setWidgetResizable(True)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.large)
        self._cards = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._cards.setSpacing(SPACE.large)
        self._cards.addWidget(self.contents, 1)
        self._cards.addWidget(self.target, 1)
        self.written.add(self._files)
        self.written.body.addWidget(self.note, alignment=Qt.AlignmentFlag.AlignLeft)
        self.written.hide()
        for each in (self.notice, self.exposed, self.line, self.written):
            column.addWidget(each)
        column.addLayout(self._cards)
        column.addStretch(1)
        self.setWidget(inside)


def _ask(workspace: Workspace, records_only: bool) -> _Asked:
    told = outgoing(workspace, contact=trust.contact_travels(workspace))
    about = about_bytes(workspace, told, records_only=records_only)
    return _Asked(told, about, trust.trust_state(workspace), exposed_going(workspace))
