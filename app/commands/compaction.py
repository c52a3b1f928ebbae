"""The command of `liaison` that lets go of old states."""

from argparse import Namespace

from app.commands.arguments import FLAG
from app.commands.way_in import reading, writing
from app.i18n import _
from app.messages.compaction import compaction_told
from app.terminal import AddCommand, Answer
from app.use_cases.compacting import compact, compaction_plan


def let_go(options: Namespace) -> Answer:
    """`compact [--dry-run]`."""
    if options.dry_run:
        with reading(options) as workspace:
            plan = compaction_plan(workspace)
    else:
        with writing(options) as workspace:
            plan = compact(workspace).plan
    document = {
        "states": plan.states,
        "removed": plan.removed,
        "bytes": plan.size,
        "before": plan.before.isoformat() if plan.before else None,
        "waiting": list(plan.waiting),
    }
    return Answer(document=document, words=compaction_told(plan, rehearsal=options.dry_run))


# --- the words of the command line ------------------------------------------------------------------------------------


def add_to(command: AddCommand) -> None:
    """Put this command into the command line."""
    command(
        "compact",
        let_go,
        _("let go of what was replaced or removed half a year ago, once the body and every computer have it"),
        ("--dry-run", {**FLAG, "help": _("say what would be let go, and let nothing go")}),
    )
