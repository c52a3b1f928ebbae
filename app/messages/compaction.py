"""What letting go of old states does, in sentences: for the command line and the window alike."""

from app.domain.compaction import CompactionPlan
from app.i18n import _, ngettext
from app.messages import said
from app.messages.blanks import day, size


def compaction_told(plan: CompactionPlan, *, rehearsal: bool) -> str:
    """How much would be, or was, let go; or whom one waits for."""
    if plan.waiting:
        return said("compact_waits", {"who": list(plan.waiting)})
    before = day(plan.before, {}) if plan.before else ""
    if not plan.states and not plan.removed:
        words = _("Nothing is to be let go: what was replaced before {day} is let go already, or not everybody has it yet.")
        return words.format(day=before)
    told = _("Could be let go: {what}, {size}.") if rehearsal else _("Let go: {what}, {size}.")
    states = ngettext("{count} earlier state", "{count} earlier states", plan.states).format(count=plan.states)
    removed = ngettext("{count} removed part", "{count} removed parts", plan.removed).format(count=plan.removed)
    stays = _("All of it was replaced or removed before {day}; who changed what, and when, stays in the log.")
    what = _("{one} and {other}").format(one=states, other=removed)
    return "\n".join([told.format(what=what, size=size(plan.size, {})), stays.format(day=before)])
