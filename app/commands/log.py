"""`liaison log`: who did what and when, by page, with the chain verified on demand."""

from argparse import Namespace
from typing import Any

from app.commands.told import local_told
from app.commands.way_in import reading
from app.domain.papers import Span
from app.i18n import _
from app.messages import kind_told, said
from app.messages.logged import event_told, facts_told
from app.queries.log import ONLY, Logged, Sought, log
from app.terminal import REFUSED, AddCommand, Answer, day_given
from app.use_cases.upkeep import verify_chain


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
    words = [_told(each) for each in found.rows] or [_("Nothing was found.")]
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
    facts = _(", ").join(_("{name}: {value}").format(name=name, value=value) for name, value in facts_told(line.facts))
    parts = (f"{line.line}", at, line.operator, event_told(line.event), kind, line.title, facts)
    return "  ".join(part for part in parts if part)
