"""What was typed on forms of the register and not saved: offered again."""

from collections.abc import Sequence

from app.i18n import _
from app.messages import kind_told
from app.use_cases.drafts import discard_draft
from app.use_cases.roster import UnsavedEntry, unsaved_entries
from app.workspace import Workspace
from ui.widgets.draft_offers import DraftOffers
from ui.wording import moment_told


class Offers(DraftOffers[UnsavedEntry]):
    """One notice a draft."""

    def kept(self, workspace: Workspace) -> Sequence[UnsavedEntry]:
        return unsaved_entries(workspace)

    def told(self, kept: UnsavedEntry) -> tuple[str, bool]:
        at = moment_told(kept.kept, today=self.bench.workspace.clock.today().date())
        title = " · ".join(part for part in (kind_told(kept.sheet.kind), kept.sheet.record.title()) if part)
        return _("Not saved yet: {title} (kept {at})").format(title=title, at=at), True

    def give_up(self, kept: UnsavedEntry) -> None:
        workspace, bench = self.bench.workspace, self.bench
        bench.background.do(self, lambda _p: discard_draft(workspace, kept.key), lambda _n: self.refresh(), bench.feedback.fail)
