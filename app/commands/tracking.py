"""The commands of `liaison` that follow what was planned and promised until it is struck off."""

from argparse import Namespace
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import zip_longest
from typing import Any

from app.commands.way_in import reading, writing
from app.domain.life import SuggestionState
from app.domain.reply import ClassChange
from app.domain.satisfaction import Satisfaction
from app.domain.tracking import TurnEntry, WatchEntry
from app.domain.values import Id
from app.i18n import _
from app.messages import code_told
from app.queries.operators import operators
from app.queries.random_review import Pool, SheetRow, drawn_titles, review_sheets
from app.queries.repeated_topics import repeated_topic
from app.queries.tracking import Clearance, TrackedGroup, TrackedRow, Wanted, clearance, is_tracked, tracked, tracked_card
from app.queries.units import units
from app.terminal import AddCommand, Answer, day_given
from app.use_cases.random_review import Drawn, draw, fill_sheet, new_seed
from app.use_cases.tracking import look_back, turn_item, watch, watch_planned
from app.workspace import Workspace


def tracking(options: Namespace) -> Answer:
    """`tracking [--unit U] [--year Y] [--class C] [--group G] [--units]`: what is tracked, or what each unit owes."""
    with reading(options) as workspace:
        if options.units:
            return _cleared(clearance(workspace, options.year))
        unit = _unit(workspace, options.unit) if options.unit else ""
        wanted = Wanted(group=TrackedGroup(options.group), unit=unit, year=options.year, letter=options.letter)
        found = tracked(workspace, wanted, limit=max(0, options.limit))
    words = _("{count} matters.").format(count=found.total)
    lines = [_line(each) for each in found.rows]
    return Answer(
        document={"total": found.total, "items": [_item(each) for each in found.rows]}, words="\n".join([words, *lines])
    )


def track(options: Namespace) -> Answer:
    """`track ID --as CHANGE --reason TEXT …` of an item; `track REPLY --promise TEXT --watch-on D` begins one; `track --planned`.

    `--as retrospective_check` of a reply takes up again what was answered as solved.
    """
    with writing(options) as workspace:
        if options.planned:
            made = len(watch_planned(workspace).made)
            return Answer(document={"made": made}, words=_("{count} matters are tracked now.").format(count=made))
        return _stands(workspace, _taken(workspace, options))


def repeated(options: Namespace) -> Answer:
    """`repeated ID`: suggestions of other years or deputies on the same topic, with what was answered."""
    with reading(options) as workspace:
        topic = repeated_topic(workspace, options.id)
    others = [
        {
            "id": each.id,
            "title": each.title,
            "year": each.year,
            "lead": each.lead,
            "alike": list(each.words),
            "classes": [answer.reply.reply_class for answer in each.answers],
        }
        for each in topic.others
    ]
    told = _("The topic was raised in {years} years by {deputies} deputies.")
    lines = [f"{each.year}  {each.lead}  {each.title}  {each.id}" for each in topic.others]
    words = told.format(years=topic.years, deputies=topic.deputies) if others else _("Nothing like it was raised before.")
    document = {"years": topic.years, "deputies": topic.deputies, "others": others}
    return Answer(document=document, words="\n".join([words, *lines]))


def random_review(options: Namespace) -> Answer:
    """`random-review --draw N [--seed S] [--year Y] [--unit U] [--dry-run]`; `--sheet ID …` fills one; else the sheets."""
    if not options.draw and not options.sheet:
        with reading(options) as workspace:
            rows = review_sheets(workspace)
        return Answer(document={"sheets": [_sheet(each) for each in rows]}, words="\n".join(map(_sheet_line, rows)))
    with writing(options) as workspace:
        if options.sheet:
            test = Satisfaction(options.test) if options.test else ""
            fill_sheet(workspace, options.sheet, report=options.report, comment=options.comment, test=test)
            (row,) = [each for each in review_sheets(workspace) if each.sheet.id == options.sheet]
            return Answer(document=_sheet(row), words=_sheet_line(row))
        unit = _unit(workspace, options.unit) if options.unit else ""
        pool = Pool(year=options.year, unit=unit, state=SuggestionState(options.state) if options.state else "")
        done = draw(workspace, options.seed or new_seed(), options.draw, pool, rehearsed=options.dry_run)
        titled = drawn_titles(workspace, done.suggestions)
    told = _("{many} of {pool} drawn with the seed {seed}. The same seed draws the same again; the journal holds it.")
    rehearsed = _("{many} of {pool} drawn with the seed {seed}, as a rehearsal.")
    words = (rehearsed if options.dry_run else told).format(many=len(done.suggestions), pool=done.pool, seed=done.seed)
    document = {
        "seed": done.seed,
        "pool": done.pool,
        "digest": done.digest,
        "suggestions": list(done.suggestions),
        "sheets": list(done.sheets),
    }
    return Answer(document=document, words="\n".join([words, *_drawn_lines(titled, done)]))


def _drawn_lines(titled: Mapping[Id, str], done: Drawn) -> Iterator[str]:
    """Each drawn suggestion by its title, with its sheet where one waits to be filled in."""
    for id, sheet in zip_longest(done.suggestions, done.sheets, fillvalue=""):
        yield "  ".join(each for each in (titled.get(id, ""), sheet or id) if each)


def _sheet(row: SheetRow) -> dict[str, Any]:
    return {
        "id": row.sheet.id,
        "suggestion": row.sheet.of,
        "title": row.title,
        "drawn_on": _written(row.on),
        "seed": row.sheet.seed,
        "done": [str(each) for each in row.done],
        "test": str(row.sheet.test) or None,
    }


def _sheet_line(row: SheetRow) -> str:
    steps = "、".join(code_told(each) for each in row.done)
    return "  ".join(each for each in (_written(row.on) or "", row.sheet.seed, steps, row.title, row.sheet.id) if each)


def _taken(workspace: Workspace, options: Namespace) -> Id:
    if not options.change:
        return watch(
            workspace,
            WatchEntry(
                reply=options.id,
                promise=options.promise,
                promised_by=day_given(options.promised_by),
                watch_on=day_given(options.watch_on),
            ),
        ).id
    entry = TurnEntry(
        change=ClassChange(options.change),
        on=day_given(options.on) or workspace.clock.today().date(),
        reason=options.reason,
        evidence=options.evidence,
        watch_on=day_given(options.watch_on),
        by=options.by or next((each.name for each in operators(workspace) if each.here), ""),
    )
    if entry.change == ClassChange.RETROSPECTIVE_CHECK and not is_tracked(workspace, options.id):
        return look_back(workspace, options.id, entry).id
    return turn_item(workspace, options.id, entry).id


def _stands(workspace: Workspace, id: Id) -> Answer:
    """Where an item stands after a deed, with its course."""
    card = tracked_card(workspace, id)
    answers = [each for each in (card.item.first, *card.item.changes) if each]
    course = [
        {"on": _written(each.replied_on), "class": each.reply_class, "change": each.class_change or None, "reason": each.text}
        for each in answers
    ]
    return Answer(document={**_item(card.row), "course": course}, words=_line(card.row))


def _item(row: TrackedRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "suggestion": row.suggestion,
        "year": row.year,
        "unit": row.unit_name,
        "promise": row.promise,
        "first_class": row.first_class,
        "class": row.now_class,
        "standing": str(row.standing),
        "watch_on": _written(row.watch_on),
        "left": row.left,
        "cleared_on": _written(row.cleared_on),
    }


def _line(row: TrackedRow) -> str:
    over = _("{count} days over").format(count=-row.left) if row.left is not None and row.left < 0 else ""
    letters = row.first_class if row.first_class == row.now_class else f"{row.first_class}→{row.now_class}"
    day = _written(row.watch_on if row.open else row.cleared_on) or ""
    told = (day, over, letters, code_told(row.standing), row.unit_name, row.promise, row.id)
    return "  ".join(each for each in told if each)


def _cleared(found: Clearance) -> Answer:
    document = {
        "total": found.total,
        "solved": found.solved,
        "laid_aside": found.aside,
        "open": found.open,
        "units": len(found.units),
        "units_cleared": found.cleared_units,
        "by_unit": [{"unit": each.name, "total": each.total, "open": each.open, "overdue": each.overdue} for each in found.units],
    }
    told = _(
        "{total} matters: {solved} solved, {aside} laid aside since policy changed, {open} still tracked."
        " {cleared} of {units} units have nothing open."
    ).format(
        total=f"{found.total:,}",
        solved=f"{found.solved:,}",
        aside=f"{found.aside:,}",
        open=f"{found.open:,}",
        cleared=found.cleared_units,
        units=len(found.units),
    )
    lines = [f"{each.open:>5}  {each.name or _('(no unit named)')}" for each in found.units]
    return Answer(document=document, words="\n".join([told, *lines]))


def _unit(workspace: Workspace, told: str) -> Id:
    """A unit by its identifier or name."""
    return next((each.id for each in units(workspace) if told in {each.id, each.name}), told)


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


# --- the words of the command line ----------------------------------------------------------------------------------


def add_to(command: AddCommand) -> None:
    """Put these commands into the command line."""
    command(
        "tracking",
        tracking,
        _("list what units planned or promised, until it is struck off"),
        ("--unit", {"default": "", "metavar": "UNIT"}),
        ("--year", {"type": int, "default": 0}),
        ("--class", {"dest": "letter", "default": "", "metavar": "LETTER", "help": _("the class it stands in now")}),
        ("--group", {"choices": [each.value for each in TrackedGroup], "default": TrackedGroup.OPEN.value}),
        ("--units", {"action": "store_true", "help": _("how much each unit still owes, and which have cleared theirs")}),
        ("--limit", {"type": int, "default": 100}),
    )
    command(
        "track",
        track,
        _("enter what became of a tracked matter, or track what a reply promised"),
        ("id", {"nargs": "?", "default": "", "metavar": "ID", "help": _("of the matter, or of the reply")}),
        ("--as", {"dest": "change", "choices": [each.value for each in ClassChange], "default": ""}),
        ("--on", {"default": "", "metavar": "DAY"}),
        ("--reason", {"default": ""}),
        ("--evidence", {"default": ""}),
        ("--watch-on", {"default": "", "metavar": "DAY", "help": _("when to look again")}),
        ("--by", {"default": "", "metavar": "NAME"}),
        ("--promise", {"default": "", "help": _("what the reply promised")}),
        ("--promised-by", {"default": "", "metavar": "DAY"}),
        ("--planned", {"action": "store_true", "help": _("track every planned reply that nobody tracks yet")}),
    )
    command("repeated", repeated, _("who raised the same topic in other years, and what was answered"), ("id", {}))
    command(
        "random-review",
        random_review,
        _("draw suggestions for a random review by a seed, fill in their sheets, or list them"),
        ("--draw", {"type": int, "default": 0, "metavar": "N"}),
        ("--seed", {"default": "", "help": _("any words; the same draws the same")}),
        ("--year", {"type": int, "default": 0}),
        ("--unit", {"default": "", "metavar": "UNIT"}),
        ("--state", {"choices": [each.value for each in SuggestionState], "default": ""}),
        ("--dry-run", {"action": "store_true"}),
        ("--sheet", {"default": "", "metavar": "ID", "help": _("the sheet that is filled in")}),
        ("--report", {"default": ""}),
        ("--comment", {"default": ""}),
        ("--test", {"choices": [each.value for each in Satisfaction], "default": ""}),
    )
