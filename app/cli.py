"""`liaison`: a station's work by the command line. Parse here, act in `app.commands`."""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from app import (
    attachment_commands,
    award_commands,
    backup_commands,
    campaign_commands,
    commands,
    conflict_commands,
    evaluation_commands,
    form_commands,
    hint_commands,
    issue_commands,
    log_commands,
    norm_commands,
    package_commands,
    paper_commands,
    person_commands,
    plain_commands,
    platform_commands,
    receive_commands,
    reconcile_commands,
    return_commands,
    roster_commands,
    rule_commands,
    search_commands,
    seat_commands,
    sending_commands,
    shelf_commands,
    similar_commands,
    suggestion_commands,
    suggestion_step_commands,
    tracking_commands,
    trash_commands,
    writing_commands,
)
from app.domain.congress import Level
from app.domain.kinds import KINDS
from app.domain.life import IssueEvent, ProjectEvent, ProjectState
from app.domain.matters import Likeness
from app.domain.papers import PaperName
from app.domain.suggestion import SuggestionType
from app.i18n import _
from app.queries.topic_pool import PoolBy
from app.terminal import AddCommand, Commands, common_options, run

_PATH: Mapping[str, Any] = {"type": Path}
_NEEDED: Mapping[str, Any] = {"required": True}
_LEDGERS = ("issues", "visits", "people", "units", "results", "scans", "suggestions")
_NUMBER: Mapping[str, Any] = {"type": int}
_FLAG: Mapping[str, Any] = {"action": "store_true"}
_FOLDER: Mapping[str, Any] = {"type": Path, "required": True, "metavar": "DIR"}
_FILE: Mapping[str, Any] = {"type": Path, "required": True, "metavar": "FILE"}


def main(arguments: Sequence[str] | None = None, pages: form_commands.Pages | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 1 refused, 2 misused, 3 the world failed.

    `pages` draws the pages of PDF files, where that can be done.
    """

    def made() -> argparse.ArgumentParser:
        whole = parser()
        whole.set_defaults(pages=pages)
        return whole

    return run(made, arguments)


def parser() -> argparse.ArgumentParser:
    """Every command with its arguments."""
    whole = argparse.ArgumentParser(prog="liaison", description=_("Records of a deputy liaison station, by the command line."))
    command = Commands(whole, _station_options).add
    _add_keys(command)
    backup_commands.add_to(command, trash_commands.restore)
    _add_invented(command)
    _add_records(command)
    _add_campaigns(command)
    _add_issues(command)
    _add_roster(command)
    _add_projects(command)
    _add_people(command)
    _add_suggestions(command)
    suggestion_step_commands.add(command)
    return_commands.add_to(command)
    tracking_commands.add_to(command)
    evaluation_commands.add_to(command)
    award_commands.add_to(command)
    _add_papers(command)
    _add_exchange(command)
    platform_commands.add_to(command)
    rule_commands.add_to(command)
    sending_commands.add_to(command)
    seat_commands.add_to(command)
    conflict_commands.add_to(command)
    similar_commands.add_to(command)
    log_commands.add_to(command)
    return whole


def _station_options(whole: argparse.ArgumentParser) -> None:
    common_options(whole)
    whole.add_argument("--operator", default=argparse.SUPPRESS, metavar="NAME", help=_("who is at the keyboard"))
    told = _("the PIN of who is at the keyboard, in F; needed where they have one")
    whole.add_argument("--pin-file", type=Path, default=argparse.SUPPRESS, metavar="F", help=told)


def _add_keys(command: AddCommand) -> None:
    command(
        "setup",
        commands.set_up,
        _("set this computer up for a station: database, keys, recovery code"),
        ("--station", {**_NEEDED, "metavar": "CODE"}),
        ("--name", _NEEDED),
        ("--trust", {**_PATH, "metavar": "FILE"}),
        ("--same-station", {**_FLAG, "help": _("in place of a lost computer of the station that the trust file is for")}),
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
        _("record what a file tells: a visit with its people, minutes and issues, an issue, a deputy, a unit, …"),
        ("kind", {"choices": ("visit", "deputy", "issue", "unit", "congress", "campaign", "project")}),
        ("file", _PATH),
    )
    command(
        "import",
        commands.import_file,
        _(
            "import a station's ledger (.xlsx, .xls, .csv): issues, visits, people, units, results of work orders,"
            " lists of scans, texts of suggestions"
        ),
        ("file", _PATH),
        ("--as", {"dest": "kind", "choices": _LEDGERS, "default": "issues"}),
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
    _add_finding(command)
    command("trash", trash_commands.trash, _("show what was removed"), ("--limit", {**_NUMBER, "default": 50}))
    command(
        "attach",
        attachment_commands.attach_files,
        _("add files to a record: 20 MB each, 50 for a record"),
        ("id", {"metavar": "ID"}),
        ("files", {**_PATH, "nargs": "+", "metavar": "FILE"}),
        ("--smaller", {**_FLAG, "help": _("make large pictures smaller, and leave out where they were taken")}),
    )
    _add_forms(command)
    command(
        "norm",
        norm_commands.norm,
        _("show how far each deputy is with what the month asks"),
        ("--month", {"default": "", "metavar": "MONTH", "help": _("another month, such as 2026-11")}),
    )
    command(
        "show",
        commands.show,
        _("show one record"),
        ("id", {}),
        ("--contact", {**_FLAG, "help": _("show telephone and address of residents in full; the journal notes it")}),
    )
    command("history", commands.history, _("show how a record came to be what it is"), ("id", {}))


def _add_finding(command: AddCommand) -> None:
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


def _add_campaigns(command: AddCommand) -> None:
    command(
        "campaign",
        campaign_commands.campaign,
        _("show the campaigns, or the table of one; close it, or take the visits of its days in"),
        ("id", {"nargs": "?", "metavar": "ID"}),
        ("--gather", {**_FLAG, "help": _("visits of its days that belong to no campaign belong to it")}),
        ("--close", _FLAG),
        ("--reopen", _FLAG),
        ("--output", {**_PATH, "metavar": "FILE", "help": _("save the table as .xlsx")}),
    )


def _add_issues(command: AddCommand) -> None:
    texts = ("by", "words", "into", "unit", "archive-number")
    codes = {name: {"choices": [each.value for each in codes]} for name, codes in issue_commands.CODES.items()}
    command(
        "step",
        issue_commands.step,
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
        ("--sealed", {**_FLAG, "help": _("the unit's answer bears its seal")}),
    )
    command(
        "hotline",
        issue_commands.hotline,
        _("enter what the hotline (12345) says of an issue: work order, acceptance, result, the day the resident was told"),
        ("id", {"metavar": "ID"}),
        *((f"--{name}", {"default": "", "metavar": "TEXT"}) for name in ("number", "words", "by", "told-words")),
        *((f"--{name}", {"metavar": "DAY"}) for name in ("accepted", "answered", "told")),
        *((f"--{name}", codes[name]) for name in ("result", "way")),
    )
    command(
        "relate",
        issue_commands.relate,
        _("say of two issues that they are the same matter, related, or different ones"),
        ("id", {"metavar": "ID"}),
        ("other", {"metavar": "OTHER"}),
        ("--as", {**_NEEDED, "dest": "likeness", "choices": [each.value for each in Likeness]}),
    )


def _add_roster(command: AddCommand) -> None:
    typed = ("text", {"nargs": "?", "default": "", "help": _("only what holds these words, or sounds like them")})
    everyone = ("--all", {**_FLAG, "help": _("also those whose mandate ended, and closed units")})
    command(
        "deputies",
        roster_commands.deputies,
        _("list the deputies"),
        typed,
        ("--level", {"choices": [each.value for each in Level], "default": ""}),
        everyone,
    )
    command("units", roster_commands.units, _("list the units with their policy contacts"), typed, everyone)
    command(
        "end-mandate",
        roster_commands.end,
        _("note that a deputy's mandate ends"),
        ("deputy", {"metavar": "DEPUTY"}),
        ("--on", {"metavar": "DAY"}),
        ("--reason", _NEEDED),
    )
    command(
        "change-term",
        roster_commands.change,
        _("change the term of one congress: who goes on, who is new, who leaves"),
        ("congress", {"metavar": "CONGRESS"}),
        ("--began", {**_NEEDED, "metavar": "DAY", "help": _("the first session of the new term")}),
        ("--term", {**_NUMBER, "default": 0, "metavar": "N", "help": _("the number of the new term; the next one if left out")}),
        ("--roster", {**_PATH, "metavar": "FILE", "help": _("the new roster as a spreadsheet; without it everybody goes on")}),
        ("--same", {"action": "append", "default": [], "metavar": "ROW=DEPUTY", "help": _("this row tells of this deputy")}),
        ("--new", {"action": "append", "default": [], "metavar": "ROW", "help": _("this row tells of somebody new")}),
        ("--same-names", {**_FLAG, "help": _("whoever has the name of one deputy only is that deputy")}),
        (
            "--stay",
            {"action": "append", "default": [], "metavar": "DEPUTY", "help": _("goes on though the roster leaves them out")},
        ),
        ("--leave", {"action": "append", "default": [], "metavar": "DEPUTY", "help": _("leaves, where there is no roster")}),
        (
            "--heir",
            {"action": "append", "default": [], "metavar": "SUGGESTION=DEPUTY", "help": _("takes an open suggestion over")},
        ),
        ("--dry-run", _FLAG),
    )


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


def _add_projects(command: AddCommand) -> None:
    command(
        "projects",
        roster_commands.projects,
        _("list the livelihood projects"),
        ("text", {"nargs": "?", "default": "", "help": _("only what holds these words, or sounds like them")}),
        ("--year", {**_NUMBER, "default": 0}),
        ("--state", {"choices": [each.value for each in ProjectState], "default": ""}),
    )
    command(
        "project-from",
        roster_commands.propose,
        _("propose a livelihood project on the ground of issues"),
        ("issues", {"nargs": "+", "metavar": "ISSUE"}),
        ("--name", {"default": ""}),
        ("--year", {**_NUMBER, "default": 0}),
    )
    command(
        "project-step",
        roster_commands.step,
        _("take a livelihood project a step further"),
        ("id", {"metavar": "ID"}),
        ("event", {"choices": [each.value for each in ProjectEvent]}),
        ("--on", {"metavar": "DAY"}),
        ("--words", {"default": "", "metavar": "TEXT"}),
        ("--votes", {"default": "", "metavar": "N/N/N", "help": _("for, against, abstained")}),
        (
            "--opinions",
            {"default": "", "metavar": "N/N/N/N", "help": _("residents asked, satisfied, basically satisfied, dissatisfied")},
        ),
    )


def _add_people(command: AddCommand) -> None:
    command(
        "person",
        person_commands.person,
        _("what is held of a resident: find, export, erase, block, unblock"),
        ("deed", {"choices": person_commands.DEEDS}),
        ("who", {"nargs": "+", "metavar": "WHO", "help": _("a name or number to find, else identifiers that find told")}),
        ("--output", {**_PATH, "metavar": "DIR", "help": _("a new folder for what is exported")}),
        ("--with-files", {**_FLAG, "help": _("erase the files of the person's matters too")}),
        ("--dry-run", {**_FLAG, "help": _("say what would be erased, and erase nothing")}),
    )
    plain_commands.add_to(command)
    command(
        "purge",
        person_commands.purge_records,
        _("erase what need not be kept any longer"),
        ("--dry-run", {**_FLAG, "help": _("say what would be erased, and erase nothing")}),
        ("--report", {**_PATH, "metavar": "FILE", "help": _("write classes and counts to a .csv file, without names")}),
    )


def _add_suggestions(command: AddCommand) -> None:
    command(
        "draft",
        writing_commands.draft,
        _("draft a suggestion from issues, from activities, with a template, or from a file"),
        ("--title", {"default": "", "help": _("left out where a template or a file tells one")}),
        ("--lead", {**_NEEDED, "metavar": "DEPUTY"}),
        ("--issues", {"nargs": "+", "default": [], "metavar": "ID"}),
        ("--visits", {"nargs": "+", "default": [], "metavar": "ID", "help": _("the activities it came from")}),
        ("--template", {"choices": [each.value for each in SuggestionType], "default": ""}),
        ("--from", {**_PATH, "dest": "source", "metavar": "FILE", "help": _("title and text of a .docx or .txt")}),
        ("--text", {**_PATH, "metavar": "FILE"}),
    )
    command(
        "rewrite",
        writing_commands.rewrite,
        _("give a draft other words; a suggestion that was returned is opened again for them"),
        ("id", {"metavar": "ID"}),
        ("--title", {"default": ""}),
        ("--text", {**_PATH, "metavar": "FILE"}),
    )
    command("submit", commands.submit, _("submit a suggestion: its words are frozen"), ("id", {}))
    hints = _("show the hints on a suggestion, each with its places and its rule; they stop nothing")
    command("check-suggestion", hint_commands.check_suggestion, hints, ("id", {"metavar": "ID"}))
    command(
        "answer-hint",
        hint_commands.answer,
        _("say why a hint is not followed; it comes back when the words change"),
        ("id", {"metavar": "ID"}),
        ("code", {"metavar": "HINT"}),
        ("--because", {**_NEEDED, "metavar": "WORDS"}),
    )
    shelf = _("look at rule texts, the writing guide and examples: those with all the words, or one by its code")
    command("shelf", shelf_commands.look_at_shelf, shelf, ("words", {"nargs": "*", "metavar": "WORDS"}))
    command(
        "suggestion-docx",
        writing_commands.write_docx,
        _("write a suggestion as a Word file, to be edited elsewhere"),
        ("id", {"metavar": "ID"}),
        ("--output", _FILE),
    )
    command(
        "versions",
        writing_commands.versions,
        _("list the versions of a suggestion's text, compare two, or take an earlier text back"),
        ("id", {"metavar": "ID"}),
        ("--compare", {**_NUMBER, "nargs": 2, "metavar": "N", "help": _("show what differs between two versions")}),
        ("--take-back", {**_NUMBER, "default": 0, "metavar": "N", "help": _("save the text of this version again")}),
    )
    command(
        "topics",
        writing_commands.topics,
        _("show what residents raised often lately, to draft suggestions from"),
        ("--by", {"choices": [each.value for each in PoolBy], "default": PoolBy.LIKENESS.value}),
        ("--months", {**_NUMBER, "default": 6, "metavar": "N"}),
        ("--limit", {**_NUMBER, "default": 20}),
    )
    suggestion_commands.add_commands(command)


def _add_papers(command: AddCommand) -> None:
    command(
        "print",
        paper_commands.print_or_list,
        _("print a paper as a PDF file; the ledgers of suggestions also as .xlsx"),
        (
            "name",
            {
                "nargs": "?",
                "choices": [each.value for each in PaperName],
                "metavar": "NAME",
                "help": _("the paper's name, one of the list"),
            },
        ),
        ("id", {"nargs": "?", "metavar": "ID", "help": _("a record; of a delivery note the package numbers, such as 3,4")}),
        ("--list", {**_FLAG, "help": _("list the papers")}),
        ("--from", {"dest": "first", "metavar": "DAY", "help": _("the first day, such as 2026-01-31")}),
        ("--to", {"dest": "last", "metavar": "DAY", "help": _("the last day")}),
        ("--year", {"type": int, "metavar": "YEAR", "help": _("all days of one year")}),
        ("--week", {"metavar": "WEEK", "help": _("Monday to Sunday, such as 2026-W47 or any day of it")}),
        ("--contact", {**_FLAG, "help": _("show telephone and address of residents in full; the journal notes it")}),
        ("--without-words", {**_FLAG, "help": _("of a slip to a unit: without the resident's own words, and who it was")}),
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
    command(
        "export",
        commands.export,
        _("seal what has not been handed in, and copy it to a folder"),
        ("--output", _FOLDER),
        ("--max-mb", {**_NUMBER, "default": 0, "metavar": "N", "help": _("keep each package below N MB")}),
        ("--records-only", {**_FLAG, "help": _("the contents of attachments wait for another time")}),
        ("--with-backup", {**_FLAG, "help": _("put an encrypted backup beside the packages")}),
    )
    package_commands.add_to(command)
    receive_commands.add_to(command)
    command("packages", commands.packages, _("show what was handed in and what came back"))
    reconcile_commands.add_to(command)
