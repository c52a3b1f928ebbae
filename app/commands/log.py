"""`liaison log`: who did what and when, by page, with the chain verified on demand."""

from argparse import Namespace
from collections.abc import Mapping
from typing import Any, Final

from app.commands.arguments import day_given
from app.commands.told import WORDS, local_told
from app.commands.way_in import reading
from app.domain.papers import Span
from app.i18n import N_, _
from app.messages import kind_told, said
from app.queries.log import ONLY, Logged, Sought, log
from app.terminal import REFUSED, AddCommand, Answer
from app.use_cases.upkeep import verify_chain

_EVENTS: Final[Mapping[str, str]] = {
    **WORDS,
    "exported": N_("handed in"),
    "copied": N_("copied to a medium"),
    "sent": N_("sent over the network"),
    "peer_sealed": N_("sealed for another computer"),
    "list_export": N_("list saved as a file"),
    "plain_export": N_("everything written out unencrypted"),
    "signed_in": N_("signed in"),
    "locked": N_("locked"),
    "pin_wrong": N_("wrong PIN typed"),
    "pin_set": N_("PIN set"),
    "pin_reset": N_("PIN reset"),
    "lock_changed": N_("time of the lock changed"),
    "imported": N_("ledger imported"),
    "import_undone": N_("import taken back"),
    "key_rotated": N_("key of the database renewed"),
    "recovery_renewed": N_("recovery code renewed"),
    "lost": N_("package declared lost"),
    "restored": N_("restored"),
    "set_up": N_("set up"),
    "seat_admitted": N_("computer admitted"),
    "purged": N_("purged"),
    "retention_changed": N_("retention changed"),
    "told_by_code": N_("told received by code"),
    "cosigned": N_("co-signed in person"),
    "evaluation_pin_wrong": N_("wrong PIN for an evaluation"),
    "evaluation_key_made": N_("key for evaluations made"),
    "evaluation_key_renewed": N_("key for evaluations renewed"),
}
"""What the log calls its events; one that has no words yet is told by its code."""


def add_to(command: AddCommand) -> None:
    """The command with its arguments."""
    only = ("changes", *ONLY)
    command(
        "log",
        show,
        _("show who did what and when, the newest first"),
        ("--only", {"choices": only, "default": "", "metavar": "WHAT", "help": ", ".join(only)}),
        ("--kind", {"default": "", "metavar": "KIND", "help": _("of records, such as issue, or one event, such as print")}),
        ("--who", {"default": "", "metavar": "NAME"}),
        ("--from", {"dest": "first", "metavar": "DAY", "help": _("the first day, such as 2026-01-31")}),
        ("--to", {"dest": "last", "metavar": "DAY", "help": _("the last day")}),
        ("--offset", {"type": int, "default": 0}),
        ("--limit", {"type": int, "default": 100}),
        ("--verify", {"action": "store_true", "help": _("also follow the chain from its first line on")}),
    )


def show(options: Namespace) -> Answer:
    """`log [--only WHAT] [--kind K] [--who NAME] [--from D --to D] [--limit N] [--verify]`: exit code 1 for a broken chain."""
    span = Span(first=day_given(options.first), last=day_given(options.last))
    with reading(options) as workspace:
        sought = Sought(only=options.only, kind=options.kind, who=options.who, span=span)
        found = log(workspace, sought, offset=options.offset, limit=options.limit)
        checked = verify_chain(workspace) if options.verify else None
    document: dict[str, Any] = {"total": found.total, "lines": [_document(each) for each in found.rows]}
    words = [_told(each) for each in found.rows]
    if checked:
        findings = [{"code": each.code, "where": each.where} for each in checked.findings]
        document["chain"] = {"lines": checked.lines, "findings": findings}
        sentences = [said(each.code, {"where": each.where}) for each in checked.findings]
        words += sentences or [_("{lines} journal lines follow each other as they were written.").format(lines=checked.lines)]
    return Answer(document=document, words="\n".join(words), exit=REFUSED if checked and checked.findings else 0)


def _document(line: Logged) -> dict[str, Any]:
    return {
        "line": line.line,
        "at": line.at.isoformat() if line.at else None,
        "operator": line.operator,
        "seat": line.seat,
        "event": line.event,
        "kind": line.kind or None,
        "id": line.record or None,
        "title": line.title,
        "facts": dict(line.facts),
    }


def _told(line: Logged) -> str:
    at = local_told(line.at) if line.at else ""
    kind = kind_told(line.kind) if line.kind else ""
    parts = (f"{line.line}", at, line.operator, _(_EVENTS.get(line.event, line.event)), kind, line.title)
    return "  ".join(part for part in parts if part)
