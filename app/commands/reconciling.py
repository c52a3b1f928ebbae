"""`liaison reconcile`: where everything stands between the station and its body, and the statement of it as a paper."""

from argparse import Namespace
from pathlib import Path
from typing import Any, Final

from app.commands.told import local_told
from app.commands.way_in import noting, reading
from app.domain.papers import PaperName, Span
from app.i18n import N_, _, ngettext
from app.messages import kind_told, said
from app.messages.exchange import files_told, question_told, question_word
from app.queries import reconciliation
from app.queries.exchange_questions import Question, questions
from app.queries.reconciliation import FILES, LATE, REPLIED, STANDINGS, StandingRecord
from app.queries.replied import replied
from app.terminal import AddCommand, Answer, day_given, write_document
from app.use_cases import trust as trusting
from app.use_cases.papers import Asked, print_paper

WHERE: Final = (*STANDINGS, LATE, REPLIED, FILES)
_WORDS: Final = {
    "never_sent": N_("never sent"),
    "sent": N_("handed in, waiting for the receipt"),
    "received": N_("received by the body"),
    "returned": N_("returned, to be mended"),
    "elsewhere": N_("written by another computer of the station, which hands them in"),
    LATE: N_("handed in 14 days ago and more, without a receipt"),
}


def add_to(command: AddCommand) -> None:
    """The command with its arguments."""
    command(
        "reconcile",
        reconcile,
        _("show where every record stands, what is open and what to do; or print the statement"),
        ("where", {"nargs": "?", "choices": WHERE, "metavar": "WHERE", "help": ", ".join(WHERE)}),
        ("--limit", {"type": int, "default": 100}),
        ("--from", {"dest": "first", "metavar": "DAY", "help": _("the first day, such as 2026-01-31")}),
        ("--to", {"dest": "last", "metavar": "DAY", "help": _("the last day")}),
        ("--output", {"type": Path, "metavar": "FILE", "help": _("print the statement as a PDF file")}),
    )


def reconcile(options: Namespace) -> Answer:
    """`reconcile [WHERE] [--limit N] [--from D --to D] [--output F.pdf]`."""
    if options.output:
        return _printed(options)
    with reading(options) as workspace:
        contact = trusting.contact_travels(workspace)
        told = reconciliation.standing(workspace, contact=contact)
        totals = dict(told.records)
        every = reconciliation.numbers(workspace)
        asked = questions(every, workspace.clock.now())
        totals[LATE] = reconciliation.standing_records(workspace, LATE, contact=contact, offset=0, limit=0).total
        answered = replied(workspace)
        rows: tuple[StandingRecord, ...] = ()
        if options.where:
            listed = reconciliation.standing_records(workspace, options.where, contact=contact, offset=0, limit=options.limit)
            rows = listed.rows
    document: dict[str, Any] = {
        "records": totals,
        "files": told.files,
        "replied": answered,
        "questions": [_question(each) for each in asked],
        "listed": [_record(each, options.where) for each in rows],
    }
    shown = [where for where in (*STANDINGS, LATE) if totals[where] or where != "elsewhere"]  # most stations have one computer
    lines = [f"{_(_WORDS[where])} {totals[where]}" for where in shown]
    lines.append(files_told(told.files))
    lines.append(ngettext("{count} suggestion replied to", "{count} suggestions replied to", answered).format(count=answered))
    lines += [_question_told(each) for each in asked]
    lines += ["  ".join(_words_of(each, options.where)) for each in rows]
    return Answer(document=document, words="\n".join(lines))


def _printed(options: Namespace) -> Answer:
    asked = Asked(name=PaperName.STATEMENT, span=Span(first=day_given(options.first), last=day_given(options.last)))
    with noting(options) as workspace:
        paper = print_paper(workspace, asked, lambda paper: write_document(options.output, paper.content))
    document = {"file": str(options.output), "pages": paper.pages, "packages": paper.records, "noted": paper.noted}
    return Answer(document=document, words=_("The statement lies in {file}.").format(file=options.output))


def _question(question: Question) -> dict[str, Any]:
    return {
        "epoch": question.epoch,
        "seq": question.seq,
        "what": question.kind.value,
        "code": question.code or None,
        "since": question.since.isoformat() if question.since else None,
        "message": question_told(question.kind),
    }


def _question_told(question: Question) -> str:
    heading = _("Package {number}: {word}").format(number=question.seq, word=question_word(question.kind))
    return f"{heading}  {question_told(question.kind)}"


def _record(record: StandingRecord, where: str) -> dict[str, Any]:
    changed = record.changed.isoformat()
    return {
        "id": record.id,
        "kind": record.kind,
        "removed": record.removed,
        "changed": changed,
        "package": record.number or None,
        "stands": record.stands or where,
        "copied_to": record.copied.folder if record.copied else None,
        "copied_at": record.copied.at.isoformat() if record.copied else None,
        "code": record.code or None,
        "reason": (record.words or said(record.code, {})) if record.code else None,
    }


def _words_of(record: StandingRecord, where: str) -> list[str]:
    told = [kind_told(record.kind), _number_told(record, where), record.id]
    if record.stands:
        told.append(_(_WORDS[record.stands]))
    if record.code:
        return [*told, record.words or said(record.code, {})]
    return [*told, local_told(record.copied.at), record.copied.folder] if record.copied else told


def _number_told(record: StandingRecord, where: str) -> str:
    if where == "elsewhere":
        return _("by another computer")
    return _("package {number}").format(number=record.number) if record.number else _("in no package")
