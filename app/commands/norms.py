"""`liaison norm`: how far every deputy is with what a month asks."""

from argparse import Namespace
from typing import Any

from app.commands.way_in import reading
from app.domain.norm import Norm
from app.domain.papers import month_named
from app.i18n import _
from app.queries.norms import DeputyProgress, progress
from app.terminal import AddCommand, Answer


def norm(options: Namespace) -> Answer:
    """`norm [--month YYYY-MM]`: this month, or another; who misses most comes first."""
    with reading(options) as workspace:
        month = (month_named(options.month).first if options.month else None) or workspace.clock.today().date()
        found = progress(workspace, month)
    rows = [_row(each, found.norm) for each in found.deputies]
    document: dict[str, Any] = {
        "from": found.first.isoformat(),
        "to": found.last.isoformat(),
        "campaign": found.campaign,
        "days": found.norm.days,
        "people": found.norm.people,
        "deputies": rows,
    }
    asked = _("{month}: {days} days of reception and {people} people visited are asked of each deputy.").format(
        month=f"{found.first:%Y-%m}", days=found.norm.days, people=found.norm.people
    )
    told = _("{name}  {days} of {norm_days} days, {people} of {norm_people} people; missing {missing_days} and {missing_people}")
    lines = [told.format(**each, norm_days=found.norm.days, norm_people=found.norm.people) for each in rows]
    return Answer(document=document, words="\n".join([asked, *lines]))


def _row(row: DeputyProgress, asked: Norm) -> dict[str, Any]:
    return {
        "id": row.deputy.id,
        "name": row.deputy.name,
        "days": row.done.days,
        "people": row.done.people,
        "missing_days": row.done.missing_days(asked),
        "missing_people": row.done.missing_people(asked),
    }


# --- the words of the command line ------------------------------------------------------------------------------------


def add_to(command: AddCommand) -> None:
    """Put these commands into the command line."""
    command(
        "norm",
        norm,
        _("show how far each deputy is with what the month asks"),
        ("--month", {"default": "", "metavar": "MONTH", "help": _("another month, such as 2026-11")}),
    )
