"""The command of `liaison` for what is open between the body's account of a suggestion and the station's."""

from argparse import Namespace
from typing import Any, Final

from app.commands.way_in import reading, writing
from app.domain.money import money_told
from app.domain.returned_course import OpenReturn
from app.i18n import _
from app.messages import field_told
from app.messages.returns import open_return_told, value_told, waiting_told
from app.queries.returned import open_returns
from app.queries.suggestion_handling import Part, TimelineLine
from app.queries.waiting_returns import WaitingReturn, waiting_returns
from app.terminal import AddCommand, Answer
from app.use_cases.returns import keep_own_account, take_body_s_account

_DECIDES: Final[dict[str, Any]] = {"dest": "decide", "action": "store_const", "default": None}


def add_to(command: AddCommand) -> None:
    """Enter the command with its arguments."""
    command(
        "returned",
        returned,
        _("list what the body says of suggestions and does not fit what stands here, and what waits; or decide about one"),
        ("id", {"nargs": "?", "default": "", "metavar": "ID"}),
        ("--take", _DECIDES | {"const": take_body_s_account, "help": _("the body is right: its account stands")}),
        ("--keep", _DECIDES | {"const": keep_own_account, "help": _("the station is right: its account stands here")}),
    )


def returned(options: Namespace) -> Answer:
    """`returned [ID] [--take | --keep]`: what is open, of every suggestion or of one, and what waits for a suggestion."""
    if options.id and options.decide:
        with writing(options) as workspace:
            options.decide(workspace, options.id)
    with reading(options) as workspace:
        found = [each for each in open_returns(workspace) if options.id in ("", each.suggestion)]
        waiting = [each for each in waiting_returns(workspace) if options.id in ("", each.suggestion)]
    lines = [line for each in found for line in (each.title, *(f"· {told}" for told in open_return_told(each)))]
    for each in waiting:
        lines += [waiting_told(each.case_number), *(f"· {_line_told(one)}" for one in each.lines)]
    document = {"open": [_document(each) for each in found], "waiting": [_waiting(each) for each in waiting]}
    return Answer(document=document, words="\n".join(lines) or _("Nothing is open."))


def _line_told(line: TimelineLine) -> str:
    """What waits, with its day and all that is told of it."""
    told = (_part_told(part) for row in line.told for part in row)
    return "　".join(each for each in (value_told(line.on), value_told(line.code), line.who, *told) if each)


def _part_told(part: Part) -> str:
    kind, _dot, name = part.of.partition(".")
    if name == "amount":
        return _("{amount} × 10,000 yuan").format(amount=money_told(int(str(part.value))))
    if part.value is True:
        return field_told(kind, name)
    value = value_told(part.value)
    return _("{field}: {value}").format(field=field_told(kind, name), value=value) if name else value


def _waiting(each: WaitingReturn) -> dict[str, Any]:
    return {
        "suggestion": each.suggestion,
        "case_number": each.case_number,
        "records": [{"ids": list(one.records), "code": one.code, "on": value_told(one.on)} for one in each.lines],
    }


def _document(each: OpenReturn) -> dict[str, Any]:
    return {
        "id": each.suggestion,
        "state": each.state,
        "steps": [step.event for step in each.steps],
        "twice": [{"kind": one.own.traits.name, "own": one.own.id, "body": one.returned.id} for one in each.twice],
        "fields": [field.field for field in each.fields],
    }
