"""The commands of `liaison` that take an issue on its way: a step, what the hotline says, a word about another issue."""

from argparse import Namespace
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from app.commands.arguments import FLAG, NEEDED
from app.commands.way_in import writing
from app.domain.hotline import HotlineEntry
from app.domain.issue import FeedbackWay, IssueResult, Route
from app.domain.issue_steps import ASKS, OF_THE_UNIT, StepEntry
from app.domain.life import IssueEvent
from app.domain.matters import Likeness
from app.domain.satisfaction import Satisfaction
from app.domain.values import CodeSet, Id
from app.i18n import _
from app.messages import code_told
from app.queries.issue_card import IssueCard, issue_card
from app.queries.operators import operators
from app.queries.units import units
from app.terminal import AddCommand, Answer, day_given
from app.use_cases.hotline import save_hotline
from app.use_cases.issues import Done, name_unit, step_issue
from app.use_cases.matters import judge
from app.workspace import Workspace

CODES: Final[Mapping[str, type[CodeSet]]] = {
    "route": Route,
    "result": IssueResult,
    "way": FeedbackWay,
    "satisfaction": Satisfaction,
}
"""Options that hold a code, and the set it is of."""

_WAYS: Final = ("feedback_way", "call_back_way")


def step(options: Namespace) -> Answer:
    """`step ID EVENT [--on D] [--by NAME] [--words TEXT] …`: what the step does not ask for is left alone.

    Who did it is the operator, where nobody else is named and the unit did not do it.
    """
    event = IssueEvent(options.event)
    with writing(options) as workspace:
        on = day_given(options.on) or workspace.clock.today().date()
        asks = ASKS[event]
        fields = {name: value for name, value in _fields(workspace, options, event).items() if value and name in asks.also}
        slip = {name: value for name in asks.slip if (value := getattr(options, name, ""))}
        if "co_units" in slip:
            slip["co_units"] = tuple(_unit(workspace, each) for each in slip["co_units"])
        by = options.by or ("" if event in OF_THE_UNIT else _operator(workspace))
        entry = StepEntry(on=on, by=by, words=options.words, fields=fields, slip=slip)
        done = step_issue(workspace, options.id, event, entry)
        return _stands(workspace, options.id, done)


def hotline(options: Namespace) -> Answer:
    """`hotline ID --number N [--accepted D] [--result R] …`: what is not said stays as it stands."""
    with writing(options) as workspace:
        issue = issue_card(workspace, options.id).issue
        entry = HotlineEntry(
            number=options.number or issue.work_order,
            accepted_on=day_given(options.accepted) or issue.work_order_on,
            result=IssueResult(options.result) if options.result else issue.result,
            account=options.words or issue.result_text,
            answered_on=day_given(options.answered),
            by=options.by,
            told_on=day_given(options.told) or issue.feedback_on,
            told_way=FeedbackWay(options.way) if options.way else issue.feedback_way,
            told=options.told_words or issue.feedback,
        )
        done = save_hotline(workspace, options.id, entry)
        return _stands(workspace, options.id, done)


def relate(options: Namespace) -> Answer:
    """`relate ID OTHER --as same|related|different|undecided`."""
    with writing(options) as workspace:
        done = judge(workspace, options.id, options.other, Likeness(options.likeness))
        return _stands(workspace, options.id, done)


def _stands(workspace: Workspace, id: Id, done: Done) -> Answer:
    """Where the issue stands after a deed."""
    card = issue_card(workspace, id)
    issue = card.issue
    document: dict[str, Any] = {
        "id": id,
        "state": issue.state,
        "due_on": _written(issue.due_on),
        "merged_into": issue.merged_into or None,
        "related": [each.id for each in card.related],
        "slips": [{"id": each.slip.id, "number": each.slip.number} for each in card.slips],
        "made": sorted(done.made),
    }
    words = _("{title} is now: {state}").format(title=issue.title(), state=_told(issue.state))
    return Answer(document=document, words="\n".join([words, *_lines(card)]))


def _told(state: str) -> str:
    return code_told(state) if isinstance(state, CodeSet) else state


def _lines(card: IssueCard) -> list[str]:
    slip = max((each.slip for each in card.slips), key=lambda each: each.round, default=None)
    lines = [_("Slip {number}: {id}").format(number=slip.number, id=slip.id)] if slip else []
    lines += [_("Became part of: {title}").format(title=card.merged_into.title)] if card.merged_into else []
    return lines + [_("Related: {title}  {id}").format(title=each.title, id=each.id) for each in card.related]


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _fields(workspace: Workspace, options: Namespace, event: IssueEvent) -> dict[str, Any]:
    """What was said on the command line, by the names of the issue's fields."""
    way = FeedbackWay(options.way) if options.way else ""
    return {
        "route": Route(options.route) if options.route else "",
        "result": IssueResult(options.result) if options.result else "",
        "satisfaction": Satisfaction(options.satisfaction) if options.satisfaction else "",
        "merged_into": options.into,
        "archive_number": options.archive_number,
        "due_on": day_given(options.due),
        "unit": _unit(workspace, options.unit) if event is IssueEvent.ASSIGN else "",
        **dict.fromkeys(_WAYS, way),
    }


def _operator(workspace: Workspace) -> str:
    return next((each.name for each in operators(workspace) if each.here), "")


def _unit(workspace: Workspace, told: str) -> Id:
    """A unit by its identifier or its name; one that nobody knows yet is entered."""
    if not told or any(each.id == told for each in units(workspace)):
        return told
    return name_unit(workspace, told).id


# --- the words of the command line ------------------------------------------------------------------------------------


def add_to(command: AddCommand) -> None:
    """Put these commands into the command line."""
    texts = ("by", "words", "into", "unit", "archive-number")
    codes = {name: {"choices": [each.value for each in codes]} for name, codes in CODES.items()}
    command(
        "step",
        step,
        _("take an issue one step further: accepted, proposed, approved, assigned, handled, told, called back, closed, …"),
        ("id", {"metavar": "ID"}),
        ("event", {"choices": [each.value for each in IssueEvent], "metavar": "STEP", "help": ", ".join(IssueEvent)}),
        ("--on", {"metavar": "DAY", "help": _("the day it happened; today where it is left out")}),
        *((f"--{name}", {"default": "", "metavar": "TEXT"}) for name in texts),
        ("--due", {"metavar": "DAY", "help": _("the deadline; reckoned by the rule where it is left out")}),
        *((f"--{name}", given) for name, given in codes.items()),
        ("--body", {"dest": "assigned_by_body", "default": "", "metavar": "TEXT", "help": _("who assigns, as the slip says it")}),
        (
            "--co-unit",
            {"dest": "co_units", "action": "append", "metavar": "UNIT", "help": _("a unit that handles it too (会办)")},
        ),
        ("--co-opinion", {"dest": "co_handler_opinion", "default": "", "metavar": "TEXT", "help": _("what they say of it")}),
        ("--required", {"dest": "feedback_required", "default": "", "metavar": "TEXT", "help": _("what the unit hands back")}),
        ("--basis", {"default": "", "metavar": "TEXT", "help": _("on what the unit's answer rests")}),
        ("--phone", {"dest": "office_phone", "default": "", "metavar": "TEXT", "help": _("of the unit's office")}),
        ("--issued-by", {"default": "", "metavar": "NAME", "help": _("who signed the unit's answer")}),
        ("--sealed", {**FLAG, "help": _("the unit's answer bears its seal")}),
    )
    command(
        "hotline",
        hotline,
        _("enter what the hotline (12345) says of an issue: work order, acceptance, result, the day the resident was told"),
        ("id", {"metavar": "ID"}),
        *((f"--{name}", {"default": "", "metavar": "TEXT"}) for name in ("number", "words", "by", "told-words")),
        *((f"--{name}", {"metavar": "DAY"}) for name in ("accepted", "answered", "told")),
        *((f"--{name}", codes[name]) for name in ("result", "way")),
    )
    command(
        "relate",
        relate,
        _("say of two issues that they are the same matter, related, or different ones"),
        ("id", {"metavar": "ID"}),
        ("other", {"metavar": "OTHER"}),
        ("--as", {**NEEDED, "dest": "likeness", "choices": [each.value for each in Likeness]}),
    )
