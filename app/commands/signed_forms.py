"""The command of `liaison` that files photographs of signed forms by the codes on them."""

from argparse import Namespace
from collections.abc import Callable, Sequence
from typing import Any

from app.commands.arguments import FLAG, PATH
from app.commands.way_in import reading, writing
from app.i18n import _, ngettext
from app.messages import kind_told, problem_told
from app.terminal import REFUSED, AddCommand, Answer
from app.use_cases.attachment_desk import Offered
from app.use_cases.signed_forms import MatchedForm, Signature, attach_forms, match_forms

Pages = Callable[[Sequence[Offered]], Sequence[Offered]]
"""Files with each PDF among them as its pages; one whose pages cannot be read stays as it is."""


def match_signed_forms(options: Namespace) -> Answer:
    """`match-forms FILE...`: exit code 1 where a picture belongs to no record."""
    pages: Pages = options.pages or tuple
    files = pages([Offered.at(each) for each in options.files])
    unread = [each.name for each in files if each.name.lower().endswith(".pdf")]
    with (reading if options.dry_run else writing)(options) as workspace:
        forms = match_forms(workspace, files)
        done = None if options.dry_run else attach_forms(workspace, forms, signed=_signed(options), smaller=options.smaller)
    added = done.added if done else 0
    lines = [_told(each) for each in forms]
    refused = [problem_told(each.problem) for one in (done.attached if done else ()) for each in one.refused]
    words = ngettext("{count} picture attached.", "{count} pictures attached.", added).format(count=added)
    document: dict[str, Any] = {"forms": [_document(each) for each in forms], "added": added, "refused": refused}
    missed = any(not each.targets for each in forms) or bool(refused)
    first = _("A rehearsal; nothing was saved.") if options.dry_run else words
    told = _("The pages of {file} cannot be read here. Match them in the window, at the signed forms.")
    remarks = [told.format(file=each) for each in unread]
    return Answer(document=document, words="\n".join([*lines, *refused, first]), exit=REFUSED if missed else 0, remarks=remarks)


def _signed(options: Namespace) -> list[Signature]:
    return [Signature(each) for each in options.signed or ()]


def _document(form: MatchedForm) -> dict[str, Any]:
    return {
        "file": form.file.name,
        "records": [
            {"id": each.id, "kind": each.kind, "number": each.number, "held": each.id in form.held} for each in form.targets
        ],
        "code": form.problem.code if form.problem else "",
        "message": problem_told(form.problem) if form.problem else "",
    }


def _told(form: MatchedForm) -> str:
    if form.problem:
        return problem_told(form.problem)
    records = "、".join(
        " ".join(part for part in (kind_told(each.kind), each.number, each.title) if part) for each in form.targets
    )
    told = _("{file}: {records}") if form.waiting else _("{file}: {records} (there already)")
    return told.format(file=form.file.name, records=records)


# --- the words of the command line ------------------------------------------------------------------------------------


def add_to(command: AddCommand) -> None:
    """Put these commands into the command line."""
    command(
        "match-forms",
        match_signed_forms,
        _("attach pictures of signed forms to their records, by the codes printed on them"),
        ("files", {**PATH, "nargs": "+", "metavar": "FILE"}),
        (
            "--signed",
            {"action": "append", "choices": ("visitor", "deputy", "recorder"), "help": _("who signed all of these forms")},
        ),
        ("--smaller", {**FLAG, "help": _("make large pictures smaller, and leave out where they were taken")}),
        ("--dry-run", FLAG),
    )
