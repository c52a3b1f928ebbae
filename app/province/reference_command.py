"""`liaison-province reference`: what the stations keep current, put together from plain files."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from app.domain.calendar_year import EnteredYear
from app.errors import Refused
from app.i18n import _
from app.ledgers.categories import read_categories
from app.ledgers.holidays import read_holidays
from app.province.receiver import Opens
from app.province.reference import Published, publish, published, read_units
from app.terminal import AddCommand, Answer, write_document


def add_to(command: AddCommand, opens: Opens) -> None:
    """Put this command into the command line."""
    file = {"type": Path, "metavar": "FILE"}
    command(
        "reference",
        lambda options: _reference(options, opens),
        _("sign a newer version of the reference data for all stations; without files, say what is published"),
        ("--calendar", {**file, "help": _("the days off and worked of a year: columns 日期 and 安排 (休 or 班)")}),
        ("--year", {"type": int, "metavar": "YEAR", "help": _("the year of the calendar")}),
        ("--source", {"default": "", "metavar": "TEXT", "help": _("the number of the notice that the calendar is from")}),
        ("--units", {**file, "help": _("the handling units, a table as a station imports it; people are left out")}),
        ("--categories", {**file, "help": _("further categories: columns 方案, 代码, 名称, 上级代码")}),
        ("--output", {**file, "help": _("also write the signed document, for stations that hand in nothing yet")}),
    )


def _reference(options: Namespace, opens: Opens) -> Answer:
    if (options.calendar is None) != (options.year is None):
        raise Refused("reference_year_missing")
    given: dict[str, Any] = {}
    if options.calendar:
        rest, worked = read_holidays(options.calendar, options.year)
        given["year"] = EnteredYear(id="", year=options.year, rest=rest, worked=worked, source=options.source)
    if options.units:
        given["units"] = read_units(options.units)
    if options.categories:
        given["added"] = read_categories(options.categories)
    with opens(options, write=bool(given)) as receiver:
        stands = publish(receiver, **given) if given else published(receiver)
    if stands is None:
        return Answer(document={"version": 0}, words=_("No reference data is published yet."))
    if options.output:
        write_document(options.output, stands.envelope)
    return _told(stands, options.output)


def _told(stands: Published, output: Path | None) -> Answer:
    told = stands.document
    document = {
        "version": told.version,
        "issued": told.issued.isoformat(),
        "years": [each.year for each in told.years],
        "units": len(told.units),
        "categories": len(told.categories),
        "fresh": stands.fresh,
        "file": str(output) if output else None,
    }
    words = _("Reference data, version {version}: calendars of {years}; {units} units, {categories} categories.")
    facts = {**document, "years": "、".join(str(each.year) for each in told.years) or _("no year")}
    lines = [words.format(**facts)]
    if stands.fresh:
        lines.append(_("It goes to the stations with their next receipts."))
    if output:
        lines.append(_("Written: {file}").format(file=output))
    return Answer(document=document, words="\n".join(lines))
