"""The command of `liaison` for what is open between the body's account of a suggestion and the station's."""

from argparse import Namespace
from typing import Any

from app.commands.way_in import reading, writing
from app.domain.returned_course import OpenReturn
from app.i18n import _
from app.messages.returns import open_return_told
from app.queries.returned import open_returns
from app.terminal import AddCommand, Answer
from app.use_cases.returns import take_body_s_account


def add_to(command: AddCommand) -> None:
    """Enter the command with its arguments."""
    command(
        "returned",
        returned,
        _("list what the body says of suggestions and does not fit what stands here; or let the body be right about one"),
        ("id", {"nargs": "?", "default": "", "metavar": "ID"}),
        ("--take", {"action": "store_true", "help": _("the body is right: its account stands in for the station's")}),
    )


def returned(options: Namespace) -> Answer:
    """`returned [ID] [--take]`: what is open, of every suggestion or of one."""
    if options.id and options.take:
        with writing(options) as workspace:
            take_body_s_account(workspace, options.id)
    with reading(options) as workspace:
        found = [each for each in open_returns(workspace) if options.id in ("", each.suggestion)]
    lines = [line for each in found for line in (each.title, *(f"· {told}" for told in open_return_told(each)))]
    return Answer(document={"open": [_document(each) for each in found]}, words="\n".join(lines) or _("Nothing is open."))


def _document(each: OpenReturn) -> dict[str, Any]:
    return {
        "id": each.suggestion,
        "state": each.state,
        "steps": [step.event for step in each.steps],
        "twice": [{"kind": one.own.traits.name, "own": one.own.id, "body": one.returned.id} for one in each.twice],
        "fields": [field.field for field in each.fields],
    }
