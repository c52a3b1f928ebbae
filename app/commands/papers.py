"""`liaison print`: which papers there are, and one of them as a PDF file; `liaison calendar`: the rota for other calendars."""

from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from typing import Final

from app.commands.arguments import FILE, FLAG, NUMBER, PATH
from app.commands.way_in import noting, reading
from app.domain.paper_code import read_code
from app.domain.papers import AskedBy, PaperName, Span, Trait, month_named, week_named, year_span
from app.domain.privacy import Privacy
from app.errors import Refused
from app.i18n import _, ngettext
from app.messages.exposed import exposed_lines
from app.messages.left_out import left_out_told
from app.messages.paper_codes import scanned_told
from app.queries.exposed import exposed_in
from app.queries.prints import scanned_paper
from app.terminal import AddCommand, Answer, day_given, unnoted_told, write_document
from app.use_cases.ledger_table import FORMAT, SavedLedger, save_ledger
from app.use_cases.paper_word import FORMAT as WORD
from app.use_cases.paper_word import SavedWord, save_word
from app.use_cases.papers import Asked, Paper, print_paper
from app.use_cases.rota import rota_calendar

PDF: Final = ".pdf"


def print_or_list(options: Namespace) -> Answer:
    """`print NAME [ID] [days] --output F.pdf`, of a ledger `F.xlsx` and of a text `F.docx` as well, or `print --list`."""
    if options.list:
        return _listed()
    if options.name is None:
        raise Refused("paper_missing", known=[each.value for each in PaperName])
    if options.output is None:
        raise Refused("output_missing")
    name, named, ending = PaperName(options.name), options.id or "", options.output.suffix.lower()
    others = {format: write for format, (trait, write) in _OTHERS.items() if trait in name.traits}
    if ending in others:
        return others[ending](options)
    if ending not in {"", PDF}:
        raise Refused("paper_not_in_format", paper=name, ending=ending, endings=[PDF, *others])
    several = tuple(each.strip() for each in named.split(",") if each.strip())
    many = len(several) > 1 and name.asked_by is not AskedBy.PACKAGES  # of each its own paper
    asked = Asked(
        name=name,
        id="" if name.asked_by in {AskedBy.RECORDS, AskedBy.PACKAGES} or many else named,
        ids=several if name.asked_by is AskedBy.RECORDS or many else (),
        numbers=several if name.asked_by is AskedBy.PACKAGES else (),
        span=_span(options),
        copies=options.copies,
        privacy=Privacy(options.privacy),
        wordless=options.without_words,
        substitute=options.substitute,
    )
    with noting(options, needed=asked.privacy is Privacy.FULL or asked.name.asked_by is AskedBy.NUMBERS) as workspace:
        exposed = exposed_in(workspace, asked.id) if Trait.TEXT in asked.name.traits and asked.id else ()
        paper = print_paper(workspace, asked, lambda paper: write_document(options.output, paper.content))
    answer = _printed(asked, paper, options.output)
    return replace(answer, remarks=(*answer.remarks, *exposed_lines(exposed)))


def _span(options: Namespace) -> Span:
    if options.month is not None:
        if options.first or options.last or options.year is not None or options.week is not None:
            raise Refused("month_or_days")
        return month_named(options.month)
    if options.week is not None:
        if options.first or options.last or options.year is not None:
            raise Refused("week_or_days")
        return week_named(options.week)
    if options.year is None:
        return Span(first=day_given(options.first), last=day_given(options.last))
    if options.first or options.last:
        raise Refused("year_or_days")
    return year_span(options.year)


def _written(options: Namespace) -> Answer:
    """A paper as a Word file."""
    asked = Asked(name=PaperName(options.name), id=options.id or "", span=_span(options), privacy=Privacy(options.privacy))
    with noting(options) as workspace:
        exposed = exposed_in(workspace, asked.id) if Trait.TEXT in asked.name.traits and asked.id else ()
        saved = save_word(workspace, asked, options.output)
    answer = _told(asked.name, saved)
    return replace(answer, remarks=(*answer.remarks, *exposed_lines(exposed)))


def _saved(options: Namespace) -> Answer:
    """A ledger as a table."""
    name = PaperName(options.name)
    if options.id:
        raise Refused("paper_takes_no_id", paper=name)
    with noting(options) as workspace:
        saved = save_ledger(workspace, name, _span(options), options.output, Privacy(options.privacy))
    return _told(name, saved)


def _told(name: PaperName, saved: SavedLedger | SavedWord) -> Answer:
    document = {"paper": name.value, "title": name.label, "file": str(saved.path), "records": saved.records, "noted": saved.noted}
    records = ngettext("{count} record", "{count} records", saved.records).format(count=saved.records)
    words = _("{title} saved, {records}: {file}").format(title=name.label, records=records, file=saved.path)
    return Answer(document=document, words=words, remarks=() if saved.noted else (unnoted_told(),))


_OTHERS: Final = {FORMAT: (Trait.TABLE, _saved), WORD: (Trait.WORD, _written)}
"""Beside PDF: which papers are written so, and by what."""


def scanned(options: Namespace) -> Answer:
    """`paper-code CODE`: what a scanned paper is of, and whether it still says what stands in the records."""
    code = read_code(options.code)
    if code is None:
        raise Refused("paper_code_wrong", text=options.code[:80])
    with reading(options) as workspace:
        found = scanned_paper(workspace, code)
    document = {
        "id": found.record,
        "kind": found.kind,
        "printed_here": found.here,
        "changed": found.changed.isoformat() if found.changed else None,
    }
    return Answer(document=document, words="\n".join((f"{found.title}  {found.record}", scanned_told(found))))


def _listed() -> Answer:
    papers = [{"name": each.value, "title": each.label, "of": each.asked_by.value} for each in PaperName]
    of = {
        AskedBy.PERIOD.value: _("all between two days"),
        AskedBy.RECORD.value: _("of one record"),
        AskedBy.RECORDS.value: _("of records that were chosen, several with commas between"),
        AskedBy.RECORD_OR_NOTHING.value: _("of one record, or empty without one"),
        AskedBy.RECORD_AND_PERIOD.value: _("of one record, of all time or between two days"),
        AskedBy.RECORD_OR_PERIOD.value: _("of one record, or all between two days"),
        AskedBy.NOTHING.value: _("of the whole station"),
        AskedBy.NUMBERS.value: _("blank, each with a number of its own"),
        AskedBy.PACKAGES.value: _("of sealed packages by number, several with commas between"),
    }
    lines = [f"{each['name']:24} {each['title']}  {of[each['of']]}" for each in papers]
    return Answer(document={"papers": papers}, words="\n".join(lines))


def _printed(asked: Asked, paper: Paper, output: Path) -> Answer:
    document = {
        "paper": asked.name.value,
        "title": paper.title,
        "file": str(output),
        "records": paper.records,
        "pages": paper.pages,
        "bytes": len(paper.content),
        "noted": paper.noted,
        "left_out": [{"id": each.record, "code": each.code} for each in paper.left_out],
    }
    pages = ngettext("{count} page", "{count} pages", paper.pages).format(count=paper.pages)
    records = ngettext("{count} record", "{count} records", paper.records).format(count=paper.records)
    words = _("{title} printed, {records}, {pages}: {file}").format(title=paper.title, records=records, pages=pages, file=output)
    remarks = (*left_out_told(paper.left_out), *(() if paper.noted else (unnoted_told(),)))
    return Answer(document=document, words=words, remarks=remarks)


def calendar(options: Namespace) -> Answer:
    """`calendar [--from D --to D] --output F.ics`."""
    span = Span(first=day_given(options.first), last=day_given(options.last))
    with reading(options) as workspace:
        made = rota_calendar(workspace, span)
    write_document(options.output, made.content)
    told = ngettext("{count} reception day written: {file}", "{count} reception days written: {file}", made.days)
    return Answer(
        document={"file": str(options.output), "days": made.days}, words=told.format(count=made.days, file=options.output)
    )


# --- the words of the command line ------------------------------------------------------------------------------------


def add_to(command: AddCommand) -> None:
    """Put these commands into the command line."""
    command(
        "print",
        print_or_list,
        _("print a paper as a PDF file; ledgers also as .xlsx, texts as .docx"),
        (
            "name",
            {
                "nargs": "?",
                "choices": [each.value for each in PaperName],
                "metavar": "NAME",
                "help": _("the paper's name, one of the list"),
            },
        ),
        (
            "id",
            {
                "nargs": "?",
                "metavar": "ID",
                "help": _("a record, or several with commas between; of a delivery note the package numbers, such as 3,4"),
            },
        ),
        ("--list", {**FLAG, "help": _("list the papers")}),
        ("--from", {"dest": "first", "metavar": "DAY", "help": _("the first day, such as 2026-01-31")}),
        ("--to", {"dest": "last", "metavar": "DAY", "help": _("the last day")}),
        ("--year", {"type": int, "metavar": "YEAR", "help": _("all days of one year")}),
        ("--month", {"metavar": "MONTH", "help": _("all days of one month, such as 2026-11")}),
        ("--week", {"metavar": "WEEK", "help": _("Monday to Sunday, such as 2026-W47 or any day of it")}),
        (
            "--privacy",
            {
                "choices": [each.value for each in Privacy],
                "default": Privacy.USUAL.value,
                "help": _("how residents are named: in full (the journal notes it), masked, or by a number"),
            },
        ),
        ("--without-words", {**FLAG, "help": _("of a slip to a unit: without the resident's own words, and who it was")}),
        ("--substitute", {**FLAG, "help": _("print 〓 for a character that no font has")}),
        ("--copies", {**NUMBER, "default": 1, "metavar": "N", "help": _("how many copies of a blank form")}),
        ("--output", {**PATH, "metavar": "FILE"}),
    )
    command(
        "paper-code",
        scanned,
        _("say what a scanned paper is of, and whether it was changed since"),
        ("code", {"help": _("what a scanner reads off the paper")}),
    )
    command(
        "calendar",
        calendar,
        _("write the planned reception days as a calendar file (.ics)"),
        ("--from", {"dest": "first", "metavar": "DAY", "help": _("the first day, such as 2026-01-31")}),
        ("--to", {"dest": "last", "metavar": "DAY", "help": _("the last day")}),
        ("--output", FILE),
    )
