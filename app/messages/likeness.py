"""Why an earlier matter is shown beside another one, in the window and on the command line alike."""

from datetime import date

from app.i18n import _, ngettext


def likeness_told(*, very: bool, place: str, same_place: bool, on: date | None, today: date) -> str:
    """How alike the words are, where the earlier matter is, and how long ago it came; what nobody wrote down is left out."""
    likeness = _("very similar") if very else _("somewhat similar")
    where = _("the same place ({place})").format(place=place) if same_place else place
    reasons = [each for each in (where, elapsed_told(on, today)) if each]
    return _("{likeness}: {reasons}").format(likeness=likeness, reasons=_(", ").join(reasons)) if reasons else likeness


def elapsed_told(on: date | None, today: date) -> str:
    """How many days ago a day was; nothing for no day and for one that is still to come."""
    if on is None or on > today:
        return ""
    days = (today - on).days
    return ngettext("{count} day ago", "{count} days ago", days).format(count=days) if days else _("came in today")
