"""Letting go of old states: how much it would be, asked before it is done."""

from typing import Final

from PySide6.QtCore import Qt

from app.domain.compaction import CompactionPlan
from app.i18n import _
from app.messages.compaction import compaction_told
from app.use_cases.compacting import Compacted, compact, compaction_plan
from ui.feedback import Tone
from ui.page import Workbench
from ui.widgets.card import Card
from ui.widgets.notice import Notice
from ui.widgets.roles import button, label


class CompactionCard(Card):
    """Nothing happens before somebody has seen how much it is."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(_("Let go of what is old"))
        self._bench: Final = bench
        self.look: Final = button(_("See what could be let go"))
        self.notice: Final = Notice()
        words = _(
            "What a change replaced, and parts that were removed, are let go half a year later, once the receiving body and every"
            " computer of the station have them. What is kept for ever keeps all its versions. A backup is made first."
        )
        self.add(label(words, "soft", wrap=True))
        self.add(self.look)
        self.body.setAlignment(self.look, Qt.AlignmentFlag.AlignLeft)
        self.add(self.notice)
        self.look.clicked.connect(self.preview)

    def preview(self) -> None:
        """Say what would be let go, and ask."""
        workspace = self._bench.workspace
        self._bench.background.ask(
            self, lambda: compaction_plan(workspace), self._ask, self._bench.feedback.fail, topic="compaction"
        )

    def let_go(self) -> None:
        """Do it."""
        workspace = self._bench.workspace
        self._leave()
        self._bench.background.do(
            self,
            lambda progress: compact(workspace, progress),
            self._done,
            self._bench.feedback.fail,
            title=_("Let go of what is old"),
        )

    def _ask(self, plan: CompactionPlan) -> None:
        words = compaction_told(plan, rehearsal=True)
        if plan.waiting or not (plan.states or plan.removed):
            self.notice.say(words, Tone.INFORMATION)
            return
        deeds = ((_("Let go"), self.let_go), (_("Leave as it was"), self._leave))
        self.notice.say("\n".join([words, _("This cannot be undone.")]), Tone.WARNING, deeds)

    def _done(self, done: Compacted) -> None:
        self.notice.say(compaction_told(done.plan, rehearsal=False), Tone.OK)

    def _leave(self) -> None:
        self.notice.say("", Tone.INFORMATION)
