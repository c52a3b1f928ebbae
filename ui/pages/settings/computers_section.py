"""The computers of this station: who they are, how another one comes to them, and how one leaves."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout

from app.domain.rights import Right, Rights
from app.domain.station import SeatRole, SeatStatus
from app.errors import AppError
from app.i18n import N_, _, ngettext
from app.messages import code_told, explain
from app.queries.rights import rights
from app.use_cases import seats
from app.use_cases.farewell import Goodbye, say_goodbye
from app.use_cases.revocation import write_revocation
from app.use_cases.seats import Named, Retired, RoleGiven, SeatTold
from app.use_cases.trust import RequestWritten
from ui.feedback import Tone
from ui.page import Page
from ui.pages.settings.admitting_card import AdmittingCard
from ui.pages.settings.section import Section
from ui.pages.settings.sisters_card import SistersCard, called
from ui.theme import SPACE
from ui.widgets.asked_folder import asked_folder
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.field import Field
from ui.widgets.notice import Notice
from ui.widgets.roles import button, label
from ui.wording import day_of, day_told, moment_told

_OUT_OF_HAND: Final = frozenset({SeatStatus.LOST, SeatStatus.STOLEN})
_GONE: Final = tuple(each for each in SeatStatus if each is not SeatStatus.ACTIVE)


@dataclass(frozen=True, slots=True)
class _Laid:
    """What the part shows."""

    computers: tuple[SeatTold, ...]
    rights: Rights


class ComputersSection(Section):
    """One station may write at several computers: each keeps everything, and packages between them keep them alike."""

    name = N_("Computers")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.computers: tuple[SeatTold, ...] = ()
        self._head = False
        self.notice: Final = Notice()
        self.own_name: Final = Field(_("What people call this computer, such as the room it stands in"), QLineEdit())
        self.name_button: Final = button(_("Save the name"))
        self._list: Final = QVBoxLayout()
        self._list.setSpacing(SPACE.middle)
        self.sisters: Final = SistersCard(self.bench)
        self.admitting: Final = AdmittingCard(self.bench)
        self.not_yours: Final = label(_("The station head adds computers and ends them."), "soft", wrap=True)
        here = Card(_("Computers of this station"))
        here.body.addLayout(self._list)
        here.add(self.own_name)
        row = QHBoxLayout()
        row.addWidget(self.name_button)
        row.addStretch(1)
        here.body.addLayout(row)
        self.add(self.notice, here, self.sisters, self.admitting, self.not_yours)
        self.end()
        self.name_button.clicked.connect(self.name_now)
        self.own_name.editor.returnPressed.connect(self.name_now)

    def refresh(self) -> None:
        workspace = self.bench.workspace
        self.bench.background.ask(
            self, lambda: _Laid(seats.seats(workspace), rights(workspace)), self._show, self.fail, topic="computers"
        )

    def name_now(self) -> None:
        """Call this computer what is typed."""
        workspace, name = self.bench.workspace, self.own_name.editor.text()
        self.bench.background.do(self, lambda _progress: seats.name_this(workspace, name), self._named, self.fail)

    def ask(self, computer: SeatTold) -> None:
        """Why it leaves, before it does: nothing brings it back."""
        words = _(
            "Why does {name} leave? What was taken in from it stays. What it seals after today is refused; of a lost or stolen"
            " one also what it sealed before and nobody took in. Nothing is given to it any more. This cannot be taken back: it"
            " would have to be set up anew."
        )
        deeds = [(code_told(each), lambda each=each: self.retire(computer, each)) for each in _GONE]
        self.notice.say(words.format(name=called(computer)), Tone.WARNING, ((_("It stays"), self._hush), *deeds))
        self.ensureWidgetVisible(self.notice)

    def ask_role(self, computer: SeatTold) -> None:
        """What a computer is for."""
        words = _(
            "What is {name} for? At one that is for entering alone nothing is handled, administered or set, whoever sits at it;"
            " at one for reading alone nothing is changed. Exchange with the others goes on at each. It holds there after the"
            " next exchange."
        )
        others = [each for each in SeatRole if each != computer.role]
        deeds = [(code_told(each), lambda each=each: self.give_role(computer, each)) for each in others]
        self.notice.say(words.format(name=called(computer)), Tone.INFORMATION, ((_("It stays as it is"), self._hush), *deeds))
        self.ensureWidgetVisible(self.notice)

    def give_role(self, computer: SeatTold, role: SeatRole) -> None:
        """It is for this from now on."""
        workspace = self.bench.workspace
        self.bench.background.do(
            self, lambda _progress: seats.give_role(workspace, computer.seat, role), self._role_given, self.fail
        )

    def retire(self, computer: SeatTold, status: SeatStatus) -> None:
        """It writes for the station no longer."""
        workspace = self.bench.workspace
        self.bench.background.do(
            self,
            lambda _progress: seats.retire(workspace, computer.seat, status),
            lambda done: self._retired(computer, status, done),
            self.fail,
        )

    def _show(self, laid: _Laid) -> None:
        self.computers, self._head = laid.computers, laid.rights.may(Right.SETTINGS)
        take_out(self._list)
        for each in laid.computers:
            self._list.addLayout(self._block(each))
        own = next(each for each in laid.computers if each.own)
        if not self.own_name.editor.isModified():
            self.own_name.editor.setText(own.name)
        for part in (self.own_name, self.name_button, self.admitting):
            part.setVisible(self._head)
        self.not_yours.setVisible(not self._head)
        self.sisters.show_computers(laid.computers, may=laid.rights.may(Right.EXPORT))

    def _block(self, computer: SeatTold) -> QVBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(SPACE.middle)
        head.addWidget(label(called(computer), "strong"))
        for words in _chips(computer):
            head.addWidget(label(words, "chip"))
        head.addStretch(1)
        if self._head and len(self.computers) > 1 and computer.writes and computer.status == SeatStatus.ACTIVE:
            head.addWidget(self._purpose(computer))
        if self._head and not computer.own and computer.status == SeatStatus.ACTIVE:
            head.addWidget(self._leave(computer))
        if self._head and computer.status in set(_GONE):
            head.addWidget(self._asking(computer))
        if self._head and computer.own and len(self.computers) > 1 and computer.status == SeatStatus.ACTIVE:
            leaving = button(_("It leaves …"), "link")
            leaving.setAccessibleName(_("This computer leaves the station"))
            leaving.clicked.connect(self.ask_farewell)
            head.addWidget(leaving)
        block = QVBoxLayout()
        block.setSpacing(SPACE.tiny)
        block.addLayout(head)
        if told := _told(computer):
            block.addWidget(label(told, "soft", wrap=True))
        return block

    def _purpose(self, computer: SeatTold) -> QPushButton:
        made = button(_("What it is for …"), "link")
        made.setAccessibleName(_("What {name} is for").format(name=called(computer)))
        made.clicked.connect(lambda: self.ask_role(computer))
        return made

    def _asking(self, computer: SeatTold) -> QPushButton:
        made = button(_("Ask the body to revoke it …"), "link")
        made.setAccessibleName(_("Ask the body to revoke {name}").format(name=called(computer)))
        made.clicked.connect(lambda: self.ask_body(computer))
        return made

    def _leave(self, computer: SeatTold) -> QPushButton:
        made = button(_("Retired, lost or stolen …"), "link")
        made.setAccessibleName(_("{name} was retired, lost or stolen").format(name=called(computer)))
        made.clicked.connect(lambda: self.ask(computer))
        return made

    def _named(self, named: Named) -> None:
        self.own_name.editor.setModified(False)
        self.own_name.editor.setText(named.name)
        self.bench.feedback.say(_("The name is saved; the other computers show it after the next exchange."), Tone.OK)

    def _retired(self, computer: SeatTold, status: SeatStatus, _done: Retired) -> None:
        words = _(
            "{name}: {status}. Ask the receiving body to revoke the computer {seat}: only that stops what it would hand in there."
        )
        told = words.format(name=called(computer), status=code_told(status), seat=computer.seat)
        asking = _("Write the request for the body …"), lambda: self.ask_body(computer)
        self.notice.say(told, Tone.WARNING, (asking, (_("Close"), self._hush)))

    def ask_body(self, computer: SeatTold) -> None:
        """Ask where to, and write the request to revoke an ended computer there."""
        if folder := asked_folder(self, self.bench.settings):
            self.write_request(computer, folder)

    def ask_farewell(self) -> None:
        """Whether this very computer is to leave."""
        words = _(
            "This computer leaves the station: what only it knows is written to a folder or stick for the others, then it is for"
            " reading alone. This cannot be taken back."
        )
        deeds = ((_("It stays"), self._hush), (_("Choose a folder and say goodbye …"), self._choose_farewell))
        self.notice.say(words, Tone.WARNING, deeds)
        self.ensureWidgetVisible(self.notice)

    def say_goodbye(self, folder: Path, *, leave_drafts: bool = False) -> None:
        """It leaves; the files for the others lie in the folder then."""
        workspace = self.bench.workspace
        self.bench.settings.last_folder = str(folder)
        self.bench.background.do(
            self,
            lambda progress: say_goodbye(workspace, folder, leave_drafts=leave_drafts, progress=progress),
            self._left,
            lambda error: self._not_left(error, folder),
            title=_("Writing out what others lack"),
        )

    def _choose_farewell(self) -> None:
        if folder := asked_folder(self, self.bench.settings):
            self.say_goodbye(folder)

    def _left(self, said: Goodbye) -> None:
        words = _(
            "This computer is for reading alone from now on. Bring these files to the receiving body, or to the other computers:"
        )
        self.notice.say("\n".join([words, *map(str, said.paths)]), Tone.OK, ((_("Close"), self._hush),))

    def _not_left(self, error: AppError, folder: Path) -> None:
        if error.code != "drafts_unfinished":
            self.fail(error)
            return
        deeds = ((_("It stays"), self._hush), (_("Leave them"), lambda: self.say_goodbye(folder, leave_drafts=True)))
        self.notice.say(explain(error), Tone.WARNING, deeds)

    def write_request(self, computer: SeatTold, folder: Path) -> None:
        """The request as a file, and the digits that are read to the body."""
        workspace = self.bench.workspace
        self.bench.settings.last_folder = str(folder)
        self.bench.background.ask(
            self, lambda: write_revocation(workspace, computer.seat, folder), self._requested, self.fail, topic="revocation"
        )

    def _requested(self, written: RequestWritten) -> None:
        words = _("Carry {file} to the receiving body and read these digits to it by telephone: {digits}")
        told = words.format(file=written.path, digits=written.digits)
        self.notice.say(told, Tone.INFORMATION, ((_("Close"), self._hush),))
        self.ensureWidgetVisible(self.notice)

    def _role_given(self, given: RoleGiven) -> None:
        self._hush()
        words = _("From now on: {role}. The other computers know it after the next exchange.")
        self.bench.feedback.say(words.format(role=code_told(given.role)), Tone.OK)

    def _hush(self) -> None:
        self.notice.say("", Tone.INFORMATION)


def _chips(computer: SeatTold) -> Sequence[str]:
    own = _("this computer") if computer.own else ""
    ended = code_told(SeatStatus(computer.status)) if computer.status in set(_GONE) else ""
    revoked = _("revoked by the body") if computer.keys and not computer.writes and not ended else ""
    role = code_told(computer.role) if computer.role != SeatRole.FULL else ""
    return tuple(words for words in (own, role, ended, revoked) if words)


def _told(computer: SeatTold) -> str:
    parts = [_("mark {seat}").format(seat=computer.seat)] if computer.name else []  # without a name the mark is what it is called
    if computer.since:
        parts.append(_("since {day}").format(day=day_told(computer.since)))
    if not computer.own:
        parts += _exchanged(computer)
    if computer.status in _OUT_OF_HAND:
        parts.append(_unheard(computer))
    return "　".join(parts)


def _unheard(computer: SeatTold) -> str:
    """What to do about what was entered there and came to nobody: only paper tells it."""
    if computer.heard is None:
        return _("Nothing came from it: compare its paper forms with what is here, and enter again what is missing.")
    words = _("Compare its paper forms from {day} on with what is here, and enter again what is missing.")
    return words.format(day=day_told(day_of(computer.heard)))


def _exchanged(computer: SeatTold) -> Sequence[str]:
    """What of theirs is here, and what of ours they have."""
    if not computer.keys:
        return (_("no card of it is here, nothing can be given to it"),)
    heard = _("taken in from it last: {moment}").format(moment=moment_told(computer.heard)) if computer.heard else ""
    parts = [heard or _("nothing of it was taken in yet")]
    if computer.writes:
        lacks = ngettext("it is not known to have {count} change", "it is not known to have {count} changes", computer.lacks)
        parts.append(lacks.format(count=f"{computer.lacks:,}") if computer.lacks else _("it has everything that is here"))
    return parts
