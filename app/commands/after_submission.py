"""The commands of `liaison` for a suggestion after its submission: its steps, a meeting's decision, deadlines, outcomes."""

from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from app.commands.way_in import reading, writing
from app.domain.handling import HandlingRole
from app.domain.money import MONEY, money_typed
from app.domain.numbering import counted_up
from app.domain.problems import Problem, stop_at
from app.domain.records import FieldTraits
from app.domain.suggestion_limits import Limit
from app.domain.suggestion_steps import ASKS, FIELDS, OF_THE_UNIT, TOGETHER, Deed, Entry, Share, deed_named, trait_of
from app.domain.values import CodeSet, Id
from app.errors import Refused
from app.i18n import N_, _, ngettext
from app.messages import code_told, field_told, problem_told
from app.messages.limits import both_days, days_left, years_told
from app.messages.shares import share_told
from app.queries.operators import operators
from app.queries.suggestion_handling import HandlingCard, handling_card
from app.queries.suggestion_limits import LimitRow, suggestion_limits
from app.queries.suggestion_outcomes import Outcomes, suggestion_outcomes
from app.queries.units import units
from app.terminal import AddCommand, Answer, day_given, write_document
from app.use_cases.issues import Done, name_unit
from app.use_cases.outcome_table import save_outcomes
from app.use_cases.suggestion_calendar import suggestion_calendar
from app.use_cases.suggestion_steps import decide_together, take_step
from app.workspace import Workspace

DEEDS: Final = tuple(str(each) for each in ASKS)
"""Events and notes, by the words they are called by on the command line."""

SHARES: Final[Mapping[str, HandlingRole]] = {
    "lead": HandlingRole.LEAD,
    "co": HandlingRole.CO,
    "sole": HandlingRole.SOLE,
    "separate": HandlingRole.SEPARATE,
}
"""Options that name a unit with its part in handling."""

_PARTS: Final[Mapping[str, str]] = {
    "lead": N_("the unit that leads and answers"),
    "co": N_("a unit that supports the lead; may be given again"),
    "sole": N_("the one unit that handles it alone"),
    "separate": N_("a unit with its own part, UNIT=PART; may be given again"),
}
_BY_UNIT: Final = "slip"


def add_to(command: AddCommand) -> None:
    """Enter the commands with their arguments."""
    said: list[tuple[str, dict[str, Any]]] = [
        ("--on", {"metavar": "DAY", "help": _("the day it happened; today where it is left out")}),
        ("--by", {"default": "", "metavar": "NAME"}),
        ("--words", {"default": "", "metavar": "TEXT"}),
    ]
    parts = [(f"--{name}", {"action": "append", "metavar": "UNIT", "help": _(told)}) for name, told in _PARTS.items()]
    command(
        "suggestion-step",
        step,
        _("write down what came of a submitted suggestion: reviewed, assigned, replied, supervised, closed, …"),
        ("id", {"metavar": "ID"}),
        ("event", {"choices": list(DEEDS), "metavar": "STEP", "help": ", ".join(DEEDS)}),
        *said,
        *parts,
        *_options(),
    )
    decided = sorted(str(each) for each in TOGETHER)
    asked = {name for each in TOGETHER for name in ASKS[each].also}
    command(
        "suggestion-decide",
        decide,
        _("write down what one meeting decided of several suggestions, all of them or none"),
        ("event", {"choices": decided, "metavar": "STEP", "help": ", ".join(decided)}),
        ("ids", {"nargs": "+", "metavar": "ID"}),
        *said,
        *(each for each in _options() if each[1]["dest"] in asked - {"case_number"}),
        (
            "--case-number",
            {
                "dest": "case_numbers",
                "nargs": "+",
                "default": [],
                "metavar": "NUMBER",
                "help": _("where they are accepted: the first number, counted up from there, or one for each"),
            },
        ),
    )
    command(
        "suggestion-calendar",
        calendar,
        _("list what is owed of suggestions by a day, or write it as a calendar file (.ics)"),
        ("id", {"nargs": "?", "default": "", "metavar": "ID", "help": _("only what is owed of this suggestion")}),
        ("--output", {"type": Path, "metavar": "FILE", "help": _("the calendar file; without it they are listed here")}),
    )
    command(
        "suggestion-outcomes",
        outcomes,
        _("count how reviews of suggestions ended, and why some were not handled as suggestions"),
        ("--year", {"type": int, "default": 0, "metavar": "YEAR"}),
        ("--body", {"default": "", "metavar": "ID", "help": _("only what this congress received")}),
        ("--output", {"type": Path, "metavar": "FILE", "help": _("also write every congress and year as a table")}),
    )


def _options() -> Iterator[tuple[str, dict[str, Any]]]:
    """An option for each field a step may ask for, with what belongs into it."""
    for name in FIELDS:
        declared, told = trait_of(name)[1], {"dest": name, "metavar": "TEXT", "help": _helped(name)}
        codes = declared.shape.codes
        if name == _BY_UNIT:
            yield "--unit", {"dest": name, "metavar": "UNIT", "help": _("the unit it is about, where several have it")}
        elif declared.shape.name == "yes or no":
            yield _option(name), {"dest": name, "action": "store_true", "help": told["help"]}
        elif codes and declared.shape.name.startswith("list"):
            yield _option(name), {**told, "nargs": "+", "choices": [each.value for each in codes], "metavar": "CODE"}
        elif codes:
            yield _option(name), {**told, "choices": [each.value for each in codes], "metavar": "CODE"}
        elif declared.shape.name.startswith("list"):
            yield _option(name), {**told, "nargs": "+"}
        else:
            yield _option(name), told


def _option(name: str) -> str:
    return "--" + name.replace("_", "-")


def _helped(name: str) -> str:
    """What belongs into an option: the field's name, and the codes it knows."""
    kind, declared = trait_of(name)
    codes = declared.shape.codes
    told = field_told(kind, declared.name)
    if name in MONEY:
        told = _("{field} (10,000 yuan)").format(field=told.partition("（")[0])
    listed = ", ".join(each.value for each in codes) if codes else ""
    return f"{told}: {listed}" if listed else told


# --- one suggestion ---------------------------------------------------------------------------------------------------


def step(given: Namespace) -> Answer:
    """`suggestion-step ID EVENT [--on D] [--by NAME] [--words TEXT] …`: what the step does not ask for is left alone."""
    deed = deed_named(given.event)
    with writing(given) as workspace:
        done = take_step(workspace, given.id, deed, _entry(workspace, given, deed, given.id))
        return _stands(handling_card(workspace, given.id), done)


def decide(given: Namespace) -> Answer:
    """`suggestion-decide EVENT ID …`: what one meeting decided of several suggestions."""
    with writing(given) as workspace:
        deed = deed_named(given.event)
        numbers = _case_numbers(given.ids, given.case_numbers)
        decided = decide_together(workspace, given.ids, deed, _entry(workspace, given, deed, ""), numbers)
    many = len(decided.ids)
    words = ngettext("{count} suggestion: {event}", "{count} suggestions: {event}", many)
    document = {"event": deed, "ids": list(decided.ids), "made": sorted(decided.done.made)}
    return Answer(document=document, words=words.format(count=many, event=code_told(deed)))


def _case_numbers(ids: Sequence[Id], given: Sequence[str]) -> Mapping[Id, str]:
    """The number of each suggestion, in the order they were named; raises `Refused("case_numbers_uneven")`."""
    told = counted_up(given[0], len(ids)) if len(given) == 1 else tuple(given)
    if told and len(told) != len(ids):
        raise Refused("case_numbers_uneven", given=len(given), many=len(ids))
    return dict(zip(ids, told, strict=False))


def _entry(workspace: Workspace, given: Namespace, deed: Deed, id: Id) -> Entry:
    on = day_given(given.on) or workspace.clock.today().date()
    said = {name: told for name in ASKS[deed].also if (told := getattr(given, name, None))}
    named = said.pop(_BY_UNIT, "")
    fields = {name: _value(name, told) for name, told in said.items()}
    if named:
        fields[_BY_UNIT] = _slip_of(handling_card(workspace, id), named)
    by = given.by or ("" if deed in OF_THE_UNIT else _operator(workspace))
    return Entry(on=on, by=by, words=given.words, fields=fields, shares=tuple(_shares(workspace, given)))


def _value(name: str, told: Any) -> Any:
    """What was typed as a value of the field; raises `Refused("field_malformed" | "incomplete")`."""
    kind, declared = trait_of(name)
    if declared.shape.name == "date":
        return day_given(told)
    if name in MONEY:
        cents = money_typed(told)
        stop_at([Problem(code="money_malformed", field=name, facts={"text": told})] if cents is None else [])
        return cents
    if declared.shape.name == "whole number":
        told = int(told) if str(told).isdecimal() else told
    return _read(kind, declared, told)


def _read(kind: str, declared: FieldTraits, told: Any) -> Any:
    try:
        return declared.shape.read(told)
    except (ValueError, TypeError) as error:
        raise Refused("field_malformed", kind=kind, field=declared.name, value=str(told)[:80]) from error


def _slip_of(card: HandlingCard, named: str) -> Id:
    """The slip of a unit (identifier or name) in this round; what nobody knows is refused by the step itself."""
    for each in card.units:
        if each.held and named in {each.slip.id, each.slip.unit, each.unit}:
            return each.slip.id
    raise Refused("unit_without_slip", unit=named, units=tuple(each.unit for each in card.units if each.held))


def _shares(workspace: Workspace, given: Namespace) -> Iterator[Share]:
    for name, role in SHARES.items():
        for told in getattr(given, name, None) or ():  # a decision of a meeting has no units
            unit, _equals, part = told.partition("=")
            yield Share(unit=_unit(workspace, unit), role=role, part=part)


def _unit(workspace: Workspace, told: str) -> Id:
    """A unit by its identifier or its name; one that nobody knows yet is entered."""
    return told if any(each.id == told for each in units(workspace)) else name_unit(workspace, told).id


def _operator(workspace: Workspace) -> str:
    return next((each.name for each in operators(workspace) if each.here), "")


def _stands(card: HandlingCard, done: Done) -> Answer:
    suggestion = card.suggestion
    document: dict[str, Any] = {
        "id": suggestion.id,
        "state": suggestion.state,
        "round": card.course.round,
        "due_on": _written(suggestion.extended_due_on or suggestion.due_on),
        "units": [
            {"slip": each.slip.id, "unit": each.unit, "role": each.slip.role, "due_on": _written(each.slip.due_on)}
            for each in card.units
            if each.held
        ],
        "limits": [_limit(each) for each in card.limits if each.open],
        "hints": [each.code for each in done.hints],
        "made": sorted(done.made),
    }
    state = suggestion.state
    told = _("{title} is now: {state}").format(
        title=suggestion.title(), state=code_told(state) if isinstance(state, CodeSet) else state
    )
    lines = (told, *(_limit_told(each) for each in card.limits if each.open))
    return Answer(document=document, words="\n".join(lines), remarks=tuple(map(problem_told, done.hints)))


def _limit(limit: Limit) -> dict[str, Any]:
    return {
        "what": limit.kind,
        "plain": limit.plain.isoformat(),
        "rolled": limit.rolled.isoformat(),
        "day": limit.day.isoformat(),
        "calendar_missing": list(limit.unknown_years),
    }


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


# --- all of them ------------------------------------------------------------------------------------------------------


def calendar(given: Namespace) -> Answer:
    """`suggestion-calendar [ID] [--output F.ics]`: what is owed of all suggestions, or of one."""
    if not given.output:
        return _listed(given)
    with reading(given) as workspace:
        made = suggestion_calendar(workspace, given.id)
    write_document(given.output, made.content)
    told = ngettext("{count} deadline written: {file}", "{count} deadlines written: {file}", made.days)
    return Answer(document={"file": str(given.output), "days": made.days}, words=told.format(count=made.days, file=given.output))


def _listed(given: Namespace) -> Answer:
    with reading(given) as workspace:
        rows = [each for each in suggestion_limits(workspace) if given.id in {"", each.suggestion}]
    document = {
        "limits": [
            {**_limit(each.limit), "suggestion": each.suggestion, "unit": each.unit, "left": each.left, "reminder": each.reminder}
            for each in rows
        ]
    }
    return Answer(document=document, words="\n".join(map(_row_told, rows)) or _("Nothing is owed by a day."))


def _row_told(row: LimitRow) -> str:
    told = (_limit_told(row.limit), days_left(row.left), row.unit, row.number, row.title, row.suggestion)
    return "  ".join(each for each in told if each)


def _limit_told(limit: Limit) -> str:
    told = (code_told(limit.kind), both_days(limit), years_told(limit.unknown_years))
    return "  ".join(each for each in told if each)


def outcomes(given: Namespace) -> Answer:
    """`suggestion-outcomes [--year Y] [--body ID] [--output F.xlsx]`."""
    with reading(given) as workspace:
        if given.output:
            save_outcomes(workspace, given.output)
        found = suggestion_outcomes(workspace, year=given.year, body=given.body)
    document = {
        "submitted": found.submitted.many,
        "accepted": found.accepted.many,
        "reviewed_again": found.again.many,
        "reviews": [
            {"stage": stage, "outcome": outcome, "count": share.many, "of": share.whole}
            for (stage, outcome), share in found.ended.items()
        ],
        "refused": {str(code): share.many for code, share in found.refused.items()},
        "refusal_word": found.refusal_word,
    }
    return Answer(document=document, words="\n".join(_outcome_lines(found)))


def _outcome_lines(found: Outcomes) -> Iterator[str]:
    for share in (found.submitted, found.accepted, found.again):
        yield "　".join([code_told(share.counted.figure), share_told(share.many, share.whole)])
    for (stage, outcome), share in found.ended.items():
        yield "　".join([_code(stage), _code(outcome), share_told(share.many, share.whole)])
    for code, share in found.refused.items():
        yield "　".join([f"{code} {_code(code)}", share_told(share.many, share.whole)])


def _code(code: str) -> str:
    return code_told(code) if isinstance(code, CodeSet) else code
