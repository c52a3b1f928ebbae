"""What was typed of a year or a rule profile and not saved: each has a draft of its own, there again when it is shown."""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QObject

from app.domain.values import Json
from app.i18n import _
from app.use_cases.drafts import drafts
from app.workspace import Workspace
from ui.feedback import Tone
from ui.forms.draft_keeper import DraftKeeper, HeldDraft
from ui.page import Workbench
from ui.widgets.notice import Notice

Kept = Mapping[str, Mapping[str, Json]]
"""Bodies of drafts by their keys."""

Told = Callable[[], Mapping[str, Json]]
"""What stands in the fields of a card now."""

KINDS: Final = ("calendar_year", "rule_profile")
"""What is typed on these cards, by the kinds of the records it would become."""


def kept_rules(workspace: Workspace) -> Kept:
    """All that was typed of years and profiles and not saved."""
    return {each.key: each.body for each in drafts(workspace) if each.kind in KINDS}


class KeptEntries(QObject):
    """The drafts of one card, one for each thing that can be chosen on it."""

    def __init__(self, bench: Workbench, kind: str, told: Told, notice: Notice, parent: QObject) -> None:
        super().__init__(parent)
        self._bench = bench
        self._kind = kind
        self._told = told
        self._notice = notice
        self._bodies: dict[str, Mapping[str, Json]] = {}
        self._draft: Final = HeldDraft()
        self._key = ""

    def know(self, kept: Kept) -> None:
        """These are kept; what is on the card now is newer than they are."""
        own = self._bodies.get(self._key) if self._draft.pending else None
        self._bodies = {key: body for key, body in kept.items() if key.startswith(f"{self._kind}:")}
        if own is not None:
            self._bodies[self._key] = own

    def lay(self, name: str, give_up: Callable[[], None]) -> Mapping[str, Json] | None:
        """Another thing stands on the card: what was typed of it before, which the notice says; None where nothing was."""
        self.leave()
        self._key = key = f"{self._kind}:{name}"
        self._draft.hold(DraftKeeper(self._bench, key, self._kind, lambda: self._bodies.get(key, {}), self))
        body = self._bodies.get(key)
        words = _("What you typed last and did not save is back here.") if body else ""
        self._notice.say(words, Tone.INFORMATION, ((_("Give it up"), give_up),) if body else ())
        return body

    def leave(self) -> None:
        """Nothing that can be typed at stands on the card; what was typed is kept."""
        self._draft.keep()
        self._draft.let_go()
        self._key = ""

    def touch(self) -> None:
        """Something was typed."""
        self._bodies[self._key] = self._told()
        self._draft.touch()

    def keep(self) -> None:
        """Keep what is typed at once."""
        self._draft.keep()

    def discard(self) -> None:
        """It was saved or given up."""
        self._bodies.pop(self._key, None)
        self._draft.discard()
