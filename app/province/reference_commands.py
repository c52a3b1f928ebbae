"""`liaison-province reference`: what the stations keep current, put together from plain files."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from app.domain.calendar_year import EnteredYear
from app.errors import Refused
from app.i18n import _
from app.ledgers.categories import read_categories
from app.ledgers.columns import SheetProblem
from app.ledgers.holidays import read_holidays
from app.messages import said
from app.province.receiver import Opens
from app.province.reference import Published, publish, published, read_units
from app.terminal import AddCommand, Answer, write_document


def add_to(command: AddCommand, opens: Opens) -> None:
    """Put the command into the command line."""
    file = {"type": Path, "metavar": "FILE"}
    command(
        "reference",
        lambda options: _reference(options, opens),
        _("keep calendar years, handling units and categories current for all stations; they go out with every receipt"),
        ("--year", {"type": int, "metavar": "YEAR", "help": _("the year that a table tells, or that is left out again")}),
        ("--add", {**file, "help": _("a table with the columns 日期 and 安排 (休 or 班)")}),
        ("--source", {"default": "", "metavar": "TEXT", "help": _("the number of the notice")}),
        ("--units", {**file, "help": _("a list of handling units, in the place of the one until now")}),
        ("--categories", {**file, "help": _("further categories: columns 方案, 代码, 名称, 上级代码")}),
        ("--output", {**file, "help": _("write the signed document as well")}),
    )


def _reference(options: Namespace, opens: Opens) -> Answer:
    given, problems = _given(options)
    with opens(options, write=bool(given)) as receiver:
        stands = publish(receiver, **given) if given else published(receiver)
    if stands is None:
        words = _("No reference data yet. Enter a calendar year: {command}")
        command = "liaison-province reference --year 2027 --add FILE --source TEXT"
        return Answer(document={"version": 0, "years": [], "units": 0, "categories": 0}, words=words.format(command=command))
    if options.output:
        write_document(options.output, stands.envelope)
    return _told(stands, problems)


def _given(options: Namespace) -> tuple[dict[str, Any], tuple[SheetProblem, ...]]:
    given: dict[str, Any] = {}
    problems: tuple[SheetProblem, ...] = ()
    if options.add:
        if options.year is None:
            raise Refused("reference_year_missing")
        rest, worked = read_holidays(options.add, options.year)
        given["year"] = EnteredYear(id="", year=options.year, rest=rest, worked=worked, source=options.source)
    elif options.year is not None:
        given["without"] = options.year
    if options.units:
        given["units"], problems = read_units(options.units)
    if options.categories:
        given["added"] = read_categories(options.categories)
    return given, problems


def _told(stands: Published, problems: tuple[SheetProblem, ...]) -> Answer:
    told = stands.document
    years = [each.year for each in told.years]
    document = {"version": told.version, "years": years, "units": len(told.units), "categories": len(told.categories)}
    words = _("Version {version}. Calendar years: {years}. {units} handling units, {categories} categories.")
    named = _(", ").join(map(str, years)) or _("none")
    rows = (said(each.code, {"row": each.row, "column": each.column, **each.facts}) for each in problems)
    return Answer(
        document=document | {"fresh": stands.fresh}, words="\n".join([words.format(**{**document, "years": named}), *rows])
    )
