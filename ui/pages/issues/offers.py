"""What was typed on the form of an issue and not saved: offered again."""

from collections.abc import Sequence

from app.i18n import _
from app.use_cases.drafts import discard_draft
from app.use_cases.issues import UnsavedIssue, unsaved_issues
from app.workspace import Workspace
from ui.widgets.draft_offers import DraftOffers
from ui.wording import moment_told


class Offers(DraftOffers[UnsavedIssue]):
    """One notice a draft."""

    def kept(self, workspace: Workspace) -> Sequence[UnsavedIssue]:
        return unsaved_issues(workspace)

    def told(self, kept: UnsavedIssue) -> tuple[str, bool]:
        at = moment_told(kept.kept, today=self.bench.workspace.clock.today().date())
        if kept.sheet is None:
            return _("A record that was not saved cannot be read by this program (kept {at}).").format(at=at), False
        title = kept.sheet.issue.title() or _("(no subject)")
        return _("Not saved yet: {title} (kept {at})").format(title=title, at=at), True

    def give_up(self, kept: UnsavedIssue) -> None:
        workspace, bench = self.bench.workspace, self.bench
        bench.background.do(self, lambda _p: discard_draft(workspace, kept.key), lambda _n: self.refresh(), bench.feedback.fail)
