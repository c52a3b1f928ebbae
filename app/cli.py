"""`liaison`: a station's work by the command line. Parse here, act in `app.commands`."""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from app import attachment_commands, commands, form_commands, paper_commands, search_commands, trash_commands
from app.domain.kinds import KINDS
from app.domain.papers import PaperName
from app.i18n import _
from app.terminal import AddCommand, Commands, common_options, run

_PATH: Mapping[str, Any] = {"type": Path}
_NEEDED: Mapping[str, Any] = {"required": True}
_NUMBER: Mapping[str, Any] = {"type": int}
_FLAG: Mapping[str, Any] = {"action": "store_true"}
_FOLDER: Mapping[str, Any] = {"type": Path, "required": True, "metavar": "DIR"}
_FILE: Mapping[str, Any] = {"type": Path, "required": True, "metavar": "FILE"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 1 refused, 2 misused, 3 the world failed."""
    return run(parser, arguments)


def parser() -> argparse.ArgumentParser:
    """Every command with its arguments."""
    whole = argparse.ArgumentParser(prog="liaison", description=_("Records of a deputy liaison station, by the command line."))
    command = Commands(whole, _station_options).add
    _add_keys(command)
    _add_invented(command)
    _add_records(command)
    _add_suggestions(command)
    _add_papers(command)
    _add_exchange(command)
    return whole


def _station_options(whole: argparse.ArgumentParser) -> None:
    common_options(whole)
    whole.add_argument("--operator", default=argparse.SUPPRESS, metavar="NAME", help=_("who is at the keyboard"))


def _add_keys(command: AddCommand) -> None:
    command(
        "setup",
        commands.set_up,
        _("set this computer up for a station: database, keys, recovery code"),
        ("--station", {**_NEEDED, "metavar": "CODE"}),
        ("--name", _NEEDED),
        ("--trust", {**_PATH, "metavar": "FILE"}),
    )
    command("unlock", commands.unlock, _("find the way back in by the recovery code"), ("--recovery-file", _FILE))
    command("enrol-request", commands.request_enrolment, _("ask the receiving body to enrol this computer"), ("--output", _FILE))
    command(
        "trust",
        commands.take_trust,
        _("take in the receiving body's trust file"),
        ("file", _PATH),
        ("--roots-fingerprint", {"metavar": "HEX"}),
    )


def _add_invented(command: AddCommand) -> None:
    command(
        "demo",
        commands.demo,
        _("fill an empty station with invented records, or set up an invented one"),
        ("--visits", {**_NUMBER, "default": 30}),
        ("--issues", {**_NUMBER, "default": 40}),
        ("--suggestions", {**_NUMBER, "default": 3}),
        ("--seed", {**_NUMBER, "default": 1}),
    )


def _add_records(command: AddCommand) -> None:
    command(
        "record",
        commands.record,
        _("record what a file tells: a visit with its people and issues, an issue, a deputy"),
        ("kind", {"choices": ("visit", "deputy", "issue")}),
        ("file", _PATH),
    )
    command(
        "import",
        commands.import_file,
        _("import a station's ledger (.xlsx, .xls, .csv) of issues, visits, people or units, or a list of scans"),
        ("file", _PATH),
        ("--as", {"dest": "kind", "choices": ("issues", "visits", "people", "units", "scans"), "default": "issues"}),
        ("--sheet", {"default": "", "metavar": "NAME", "help": _("the sheet of a workbook; guessed where it is left out")}),
        ("--header-row", {**_NUMBER, "default": 0, "metavar": "ROW", "help": _("the row the titles begin in")}),
        ("--year", {**_NUMBER, "default": 0, "help": _("the year of days that are written without one")}),
        ("--dry-run", _FLAG),
    )
    command(
        "undo",
        trash_commands.undo,
        _("take an import back, or the last change of a record"),
        ("id", {}),
        ("--rev", {"default": "", "help": _("the change as history names it, where somebody else made it")}),
    )
    command("trash", trash_commands.trash, _("show what was removed"), ("--limit", {**_NUMBER, "default": 50}))
    command("restore", trash_commands.restore, _("bring a removed record back"), ("id", {}))
    command(
        "attach",
        attachment_commands.attach_files,
        _("add files to a record: 20 MB each, 50 for a record"),
        ("id", {"metavar": "ID"}),
        ("files", {**_PATH, "nargs": "+", "metavar": "FILE"}),
        ("--smaller", {**_FLAG, "help": _("make large pictures smaller, and leave out where they were taken")}),
    )
    _add_forms(command)
    command("count", commands.count, _("count the records by kind"))
    command(
        "search",
        search_commands.search_or_save,
        _("search everything recorded; letters also find names and titles by their pinyin"),
        ("text", {}),
        ("--limit", {**_NUMBER, "default": 50}),
        ("--kind", {"choices": sorted(KINDS), "metavar": "KIND", "help": _("only records of this kind, such as issue")}),
        ("--state", {"metavar": "STATE", "help": _("only what stands there, such as assigned")}),
        ("--from", {"dest": "first", "metavar": "DAY", "help": _("the first day, such as 2026-01-31")}),
        ("--to", {"dest": "last", "metavar": "DAY", "help": _("the last day")}),
        ("--output", {**_PATH, "metavar": "FILE", "help": _("save the whole list as .xlsx or .csv, residents masked")}),
    )
    command("show", commands.show, _("show one record"), ("id", {}))
    command("history", commands.history, _("show how a record came to be what it is"), ("id", {}))
    command("check", commands.check, _("check that everything is as it was left"), ("--read-data", _FLAG))


def _add_forms(command: AddCommand) -> None:
    command(
        "match-forms",
        form_commands.match_signed_forms,
        _("attach pictures of signed forms to their records, by the codes printed on them"),
        ("files", {**_PATH, "nargs": "+", "metavar": "FILE"}),
        (
            "--signed",
            {"action": "append", "choices": ("visitor", "deputy", "recorder"), "help": _("who signed all of these forms")},
        ),
        ("--smaller", {**_FLAG, "help": _("make large pictures smaller, and leave out where they were taken")}),
        ("--dry-run", _FLAG),
    )


def _add_suggestions(command: AddCommand) -> None:
    command(
        "draft",
        commands.draft,
        _("draft a suggestion from issues"),
        ("--title", _NEEDED),
        ("--lead", {**_NEEDED, "metavar": "DEPUTY"}),
        ("--issues", {"nargs": "+", "default": [], "metavar": "ID"}),
        ("--text", {**_PATH, "metavar": "FILE"}),
    )
    command("submit", commands.submit, _("submit a suggestion: its words are frozen"), ("id", {}))


def _add_papers(command: AddCommand) -> None:
    command(
        "print",
        paper_commands.print_or_list,
        _("print a paper as a PDF file"),
        (
            "name",
            {
                "nargs": "?",
                "choices": [each.value for each in PaperName],
                "metavar": "NAME",
                "help": _("the paper's name, one of the list"),
            },
        ),
        ("id", {"nargs": "?", "metavar": "ID"}),
        ("--list", {**_FLAG, "help": _("list the papers")}),
        ("--from", {"dest": "first", "metavar": "DAY", "help": _("the first day, such as 2026-01-31")}),
        ("--to", {"dest": "last", "metavar": "DAY", "help": _("the last day")}),
        ("--contact", {**_FLAG, "help": _("show telephone and address of residents in full; the journal notes it")}),
        ("--substitute", {**_FLAG, "help": _("print 〓 for a character that no font has")}),
        ("--copies", {**_NUMBER, "default": 1, "metavar": "N", "help": _("how many copies of a blank form")}),
        ("--output", {**_PATH, "metavar": "FILE"}),
    )
    command(
        "calendar",
        paper_commands.calendar,
        _("write the planned reception days as a calendar file (.ics)"),
        ("--from", {"dest": "first", "metavar": "DAY", "help": _("the first day, such as 2026-01-31")}),
        ("--to", {"dest": "last", "metavar": "DAY", "help": _("the last day")}),
        ("--output", _FILE),
    )


def _add_exchange(command: AddCommand) -> None:
    command("export", commands.export, _("seal what has not been handed in, and copy it to a folder"), ("--output", _FOLDER))
    command("copy", commands.copy, _("copy a sealed number once more"), ("seq", _NUMBER), ("--output", _FOLDER))
    command(
        "verify",
        commands.verify,
        _("verify a package without opening it"),
        ("file", _PATH),
        ("--trust", {**_PATH, "metavar": "FILE"}),
    )
    command(
        "receive",
        commands.receive,
        _("take in receipts, replies and trust files"),
        ("files", {**_PATH, "nargs": "+", "metavar": "FILE"}),
    )
    command("packages", commands.packages, _("show what was handed in and what came back"))
