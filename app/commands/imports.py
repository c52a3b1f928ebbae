"""`liaison import`: a ledger read, with what was refused row by row."""

from argparse import Namespace
from functools import partial
from typing import Final

from app.commands.arguments import FLAG, NUMBER, PATH
from app.commands.way_in import reading, writing
from app.i18n import _
from app.messages import said
from app.terminal import AddCommand, Answer
from app.use_cases import backups, imports

_LEDGERS: Final = ("issues", "visits", "people", "units", "results", "scans", "suggestions")


def import_file(options: Namespace) -> Answer:
    """`import FILE --as issues|visits|people|units|results`."""
    choice = imports.SheetChoice(kind=options.kind, sheet=options.sheet, header_row=options.header_row, year=options.year)
    with (reading if options.dry_run else writing)(options) as workspace:
        first = partial(backups.before_import, workspace)
        told = imports.import_ledger(workspace, options.file, choice, dry_run=options.dry_run, first=first)
    return import_told(told, rehearsal=options.dry_run)


def import_told(told: imports.Imported, *, rehearsal: bool) -> Answer:
    """What an import did: the three counts, and the first problems in sentences."""
    problems = [
        {
            "row": each.row,
            "column": each.column,
            "code": each.code,
            "message": said(each.code, {"row": each.row, "column": each.column, **each.facts}),
        }
        for each in told.problems
    ]
    document = {
        "read": told.read,
        "imported": told.imported,
        "repeated": told.repeated,
        "refused": told.refused,
        "import_id": told.import_id,
        "kind": told.kind,
        "sheet": told.sheet,
        "problems": problems,
    }
    words = _("{read} rows read: {imported} imported, {repeated} known already, {refused} refused.").format(**document)
    if rehearsal:
        words = _("A rehearsal; nothing was saved.") + "\n" + words
    if told.import_id:
        words += "\n" + _("To take it back: liaison undo {id}").format(id=told.import_id)
    return Answer(document=document, words="\n".join([words, *(str(each["message"]) for each in problems[:20])]))


# --- the words of the command line ------------------------------------------------------------------------------------


def add_to(command: AddCommand) -> None:
    """Put these commands into the command line."""
    command(
        "import",
        import_file,
        _(
            "import a station's ledger (.xlsx, .xls, .csv): issues, visits, people, units, results of work orders,"
            " lists of scans, texts of suggestions"
        ),
        ("file", PATH),
        ("--as", {"dest": "kind", "choices": _LEDGERS, "default": "issues"}),
        ("--sheet", {"default": "", "metavar": "NAME", "help": _("the sheet of a workbook; guessed where it is left out")}),
        ("--header-row", {**NUMBER, "default": 0, "metavar": "ROW", "help": _("the row the titles begin in")}),
        ("--year", {**NUMBER, "default": 0, "help": _("the year of days that are written without one")}),
        ("--dry-run", FLAG),
    )
