"""What an erasure or a purge does, in sentences: for the command line and the window alike."""

from app.domain.erasure import ErasurePlan, PurgeReport
from app.i18n import _
from app.messages import counts_told, kind_told


def plan_told(plan: ErasurePlan) -> list[str]:
    """What an erasure does, in sentences."""
    nothing = _("nothing")
    lines = [_("Erased: {what}.").format(what=counts_told(plan.erased) if plan.erased else nothing)]
    if plan.blocked:
        until = _("until {day}").format(day=plan.until) if plan.until else _("for ever")
        told = _("Kept out of sight instead, since they must be kept {until}: {what}.")
        lines.append(told.format(until=until, what=counts_told(plan.blocked)))
    lines += _further(plan)
    if plan.numbers:
        numbers = ", ".join(map(str, plan.numbers))
        told = _(
            "Packages handed in that hold it: {numbers}. The next one tells the receiving body to erase it; sealed files that it"
            " keeps stay as they are."
        )
        lines.append(told.format(numbers=numbers))
    if plan.erased or plan.reworded:
        lines.append(_("The other computers of the station erase it with the next exchange."))
    if plan.older:
        lines.append(_older(plan.older))
    lines.append(_("Backups on other disks, printed papers and exported files are not reached from here."))
    return lines


def _further(plan: ErasurePlan) -> list[str]:
    counted = (
        (plan.reworded, _("Matters in whose words the name or number is masked: {count}.")),
        (plan.drafts, _("Drafts discarded: {count}.")),
        (plan.searches, _("Saved searches forgotten: {count}.")),
        (plan.files_left, _("Files of matters that stay: {count}. Look whether they show the person.")),
    )
    return [words.format(count=count) for count, words in counted if count]


def purge_told(told: PurgeReport, *, rehearsal: bool) -> list[str]:
    """What a purge erases, in sentences."""
    words = (
        _("Over their years: {records} records, and {parts} that lie in them.")
        if rehearsal
        else _("Purged: {records} records, and {parts} that lay in them.")
    )
    lines = [words.format(records=told.records, parts=told.parts)]
    lines += [f"  {each.of.label}  {kind_told(each.kind)}  {each.records}  {each.first} – {each.last}" for each in told.lines]
    if told.older:
        lines.append(_older(told.older))
    return lines


def _older(files: tuple[str, ...]) -> str:
    told = _("Older copies that still hold it: {files}. Remove them when nobody needs them.")
    return told.format(files=_(", ").join(files))
