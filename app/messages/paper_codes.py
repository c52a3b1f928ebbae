"""What the code of a printed paper says, in words."""

from app.clock import CHINA
from app.domain.paper_code import ScannedPaper
from app.i18n import _


def scanned_told(paper: ScannedPaper) -> str:
    """Whether the paper still says what stands in the records."""
    if not paper.here:
        return _("Printed at another computer of the station: compare the paper with what stands here.")
    if paper.changed is None:
        return _("Nothing was changed since this paper was printed.")
    words = _("Changed since this paper was printed, first on {moment}: print it again.")
    return words.format(moment=f"{paper.changed.astimezone(CHINA):%Y-%m-%d %H:%M}")
