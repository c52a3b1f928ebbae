"""The command of `liaison-province` for the reference data of its stations."""

from argparse import Namespace
from pathlib import Path

from app.i18n import _, ngettext
from app.ledgers.columns import SheetProblem
from app.messages import said
from app.province import reference
from app.province.receiver import Opens
from app.province.reference import Published
from app.terminal import AddCommand, Answer, write_document


def add_to(command: AddCommand, opens: Opens) -> None:
    """Put the command into the command line."""
    command(
        "reference",
        lambda options: _reference(options, opens),
        _("keep calendar years and handling units current for all stations; they go out with every receipt"),
        ("--year", {"type": int, "metavar": "YEAR", "help": _("the year that a table tells, or that is left out again")}),
        ("--add", {"type": Path, "metavar": "FILE", "help": _("a table with the columns 日期 and 安排 (休 or 班)")}),
        ("--source", {"default": "", "metavar": "TEXT", "help": _("the number of the notice")}),
        ("--units", {"type": Path, "metavar": "FILE", "help": _("a list of handling units, in the place of the one until now")}),
        ("--output", {"type": Path, "metavar": "FILE", "help": _("write the signed document as well")}),
    )


def _reference(options: Namespace, opens: Opens) -> Answer:
    with opens(options, write=bool(options.year or options.units)) as receiver:
        kept = reference.published(receiver)
        if options.units:
            kept = reference.set_units(receiver, options.units)
        if options.year and options.add:
            kept = reference.set_year(receiver, options.add, options.year, options.source)
        elif options.year:
            kept = reference.drop_year(receiver, options.year)
        signed = reference.document(receiver)
    if options.output and signed:
        write_document(options.output, signed)
    years = [each.year for each in kept.data.years]
    document = {"version": kept.data.version, "years": years, "units": len(kept.data.units)}
    return Answer(document=document, words="\n".join([_told(kept), *map(_problem, kept.problems)]))


def _problem(problem: SheetProblem) -> str:
    return said(problem.code, {"row": problem.row, "column": problem.column, **problem.facts})


def _told(kept: Published) -> str:
    if not kept.data.version:
        words = _("No reference data yet. Enter a calendar year: {command}")
        return words.format(command="liaison-province reference --year 2027 --add FILE --source TEXT")
    units = ngettext("{count} handling unit", "{count} handling units", len(kept.data.units)).format(count=len(kept.data.units))
    years = _(", ").join(str(each.year) for each in kept.data.years) or _("none")
    return _("Version {version}. Calendar years: {years}. {units}.").format(version=kept.data.version, years=years, units=units)
