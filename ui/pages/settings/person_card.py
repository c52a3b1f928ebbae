"""What is held of a resident: found by name or number, exported as a folder, erased, blocked, shown again."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem

from app.domain.erasure import ErasurePlan
from app.domain.values import Id
from app.i18n import _, ngettext
from app.messages.erasure import plan_told
from app.progress import Progress
from app.queries.person_file import PersonRow, people_called
from app.use_cases.person_data import PersonBlocked, PersonErased, block_person, erase_person, erasure_plan, unblock_person
from app.use_cases.person_export import PersonExported, export_person
from ui.feedback import Tone
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.asked_folder import asked_folder
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.flow import Flow
from ui.widgets.notice import Notice
from ui.widgets.roles import button, label
from ui.wording import day_told

_ROW: Final = 34
_LEAST, _MOST = 2, 6  # rows in sight


class PersonCard(Card):
    """Several meetings may be of one person: those ticked are dealt with together."""

    asks = Signal(object)
    """A question came up, which should be in sight."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(_("What is held of a resident"))
        self._bench: Final = bench
        self.rows: tuple[PersonRow, ...] = ()
        self.asked: Final = Field(_("Name or telephone of the resident"), QLineEdit())
        self.find_button: Final = button(_("Find"))
        self.list: Final = QListWidget()
        self.list.setAccessibleName(_("Meetings found"))
        self.count: Final = label("", "soft", wrap=True)
        self.with_files: Final = QCheckBox(_("Erase the files of their matters too"))
        self.export: Final = button(_("Export …"))
        self.erase: Final = button(_("Erase …"))
        self.block: Final = button(_("Block"))
        self.unblock: Final = button(_("Show again"))
        self.question: Final = Notice()
        self._arrange()
        self._connect()
        self._show(())
        self.count.hide()

    def look_up(self) -> None:
        """Look for the people met under what is typed."""
        workspace, typed = self._bench.workspace, self.asked.editor.text()
        self._bench.background.ask(
            self, lambda: people_called(workspace, typed), self._show, self._bench.feedback.fail, topic="people"
        )

    def chosen(self) -> list[Id]:
        """The meetings that are ticked."""
        ticked = (self.list.item(number).checkState() is Qt.CheckState.Checked for number in range(self.list.count()))
        return [row.id for row, one in zip(self.rows, ticked, strict=True) if one]

    def export_now(self) -> None:
        """Write everything held of them into a new folder."""
        if chosen := asked_folder(self, self._bench.settings):
            workspace, ids = self._bench.workspace, self.chosen()
            folder = chosen / f"个人信息-{workspace.clock.today():%Y%m%d-%H%M%S}"
            self._do(lambda _progress: export_person(workspace, ids, folder), self._exported)

    def plan(self) -> None:
        """Say what erasing would do, and ask."""
        workspace, ids, files = self._bench.workspace, self.chosen(), self.with_files.isChecked()
        self._bench.background.ask(
            self,
            lambda: erasure_plan(workspace, ids, with_files=files),
            partial(self._ask, ids, with_files=files),
            self._bench.feedback.fail,
            topic="plan",
        )

    def _ask(self, ids: list[Id], plan: ErasurePlan, *, with_files: bool) -> None:
        words = "\n".join([_("This cannot be undone."), *plan_told(plan)])
        deeds = ((_("Erase"), lambda: self._erase(ids, with_files=with_files)), (_("Leave as it was"), self._leave))
        self.question.say(words, Tone.WARNING, deeds)
        self.asks.emit(self.question)

    def _erase(self, ids: list[Id], *, with_files: bool) -> None:
        workspace = self._bench.workspace
        self._do(lambda _progress: erase_person(workspace, ids, with_files=with_files), self._erased)

    def _block(self) -> None:
        workspace, ids = self._bench.workspace, self.chosen()
        self._do(lambda _progress: block_person(workspace, ids), self._blocked)

    def _unblock(self) -> None:
        workspace, ids = self._bench.workspace, self.chosen()
        self._do(lambda _progress: unblock_person(workspace, ids), self._shown_again)

    def _do(self, deed: Callable[[Progress], object], told: Callable[..., None]) -> None:
        self._leave()
        self._bench.background.do(self, deed, told, self._bench.feedback.fail, title=_("Personal data"))

    def _exported(self, done: PersonExported) -> None:
        words = _(
            "{records} records and {files} files written: {folder}. They are not encrypted: hand them over, then delete them."
        )
        self._bench.feedback.say(words.format(records=done.records, files=done.files, folder=done.folder), Tone.WARNING)

    def _erased(self, done: PersonErased) -> None:
        self.question.say("\n".join(plan_told(done.plan)), Tone.OK, ((_("Close"), self._leave),))
        self._look_again()

    def _blocked(self, done: PersonBlocked) -> None:
        words = ngettext("{count} record is out of sight now.", "{count} records are out of sight now.", done.records)
        self._bench.feedback.say(words.format(count=done.records))
        self._look_again()

    def _shown_again(self, done: PersonBlocked) -> None:
        words = ngettext("{count} record is shown again.", "{count} records are shown again.", done.records)
        self._bench.feedback.say(words.format(count=done.records))
        self._look_again()

    def _look_again(self) -> None:
        workspace, typed = self._bench.workspace, self.asked.editor.text()
        self._bench.background.ask(
            self, lambda: people_called(workspace, typed), self._show, self._bench.feedback.fail, topic="people"
        )

    def _leave(self) -> None:
        self.question.say("", Tone.INFORMATION)

    def _show(self, rows: tuple[PersonRow, ...]) -> None:
        self.rows = rows
        self.list.clear()
        for row in rows:
            item = QListWidgetItem(_told(row))
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.list.addItem(item)
        words = ngettext("{count} meeting found.", "{count} meetings found.", len(rows)).format(count=len(rows))
        self.count.setText(words)
        self.count.show()
        self.list.setVisible(bool(rows))
        self._measure()
        self._offer()

    def _offer(self) -> None:
        """What can be done follows what is ticked."""
        ids = set(self.chosen())
        hidden = [row.blocked for row in self.rows if row.id in ids]
        for each in (self.export, self.erase, self.block, self.unblock, self.with_files):
            each.setVisible(bool(self.rows))
        self.export.setEnabled(bool(ids))
        self.erase.setEnabled(bool(ids))
        self.block.setEnabled(bool(ids) and not any(hidden))
        self.unblock.setEnabled(bool(ids) and all(hidden))

    def _arrange(self) -> None:
        told = _(
            "A resident may ask what is held of them, and that it be erased. What must be kept by its years is blocked instead."
        )
        self.add(label(told, "soft", wrap=True))
        line = QHBoxLayout()
        line.setSpacing(SPACE.small)
        line.addWidget(self.asked, 1)
        line.addWidget(self.find_button, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(line)
        for each in (self.count, self.list, self.with_files):
            self.add(each)
        more = Flow(gap=SPACE.small)
        for made in (self.export, self.erase, self.block, self.unblock):
            more.addWidget(made)
        self.body.addLayout(more)
        self.add(self.question)

    def _connect(self) -> None:
        self.asked.editor.returnPressed.connect(self.look_up)
        self.find_button.clicked.connect(self.look_up)
        self.list.itemChanged.connect(lambda _item: self._offer())
        self.export.clicked.connect(self.export_now)
        self.erase.clicked.connect(self.plan)
        self.block.clicked.connect(self._block)
        self.unblock.clicked.connect(self._unblock)
        self._bench.theme.changed.connect(self._measure)

    def _measure(self) -> None:
        rows = min(max(len(self.rows), _LEAST), _MOST)
        self.list.setFixedHeight(max(self._bench.theme.px(_ROW), self.list.sizeHintForRow(0)) * rows + 2 * SPACE.tiny)


def _told(row: PersonRow) -> str:
    """A meeting in a line."""
    matters = ngettext("{count} matter", "{count} matters", row.issues).format(count=row.issues) if row.issues else ""
    state = _("blocked") if row.blocked else _("removed") if row.removed else ""
    return "　".join(part for part in (day_told(row.on), row.person, row.phone, row.village, matters, state) if part)
