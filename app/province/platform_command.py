"""`liaison-province platform`: what stations handed in, in the form of another system, and its exports taken in as steps."""

from argparse import Namespace
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Final

from app.domain.papers import Span
from app.domain.platform_form import told_form
from app.i18n import _, ngettext
from app.messages import problem_told
from app.messages.platform_forms import form_told, forms_listed, forms_told, rows_written_told
from app.platforms import read_form, write_form
from app.province.platforms import (
    DeedsTaken,
    RowRefused,
    body_form,
    body_forms,
    drop_body_form,
    keep_body_form,
    own_body_forms,
    take_deeds,
    write_rows,
)
from app.province.receiver import Receiver
from app.terminal import REFUSED, AddCommand, Answer, day_given

Open = Callable[..., AbstractContextManager[Receiver]]
"""Opens the receiver that the options name; `write` says whether to write."""

_FILE: Final = {"type": Path, "metavar": "FILE"}
_FLAG: Final = {"action": "store_true"}


def add_to(command: AddCommand, opened: Open) -> None:
    """The command with its arguments."""
    command(
        "platform",
        lambda options: _platform(options, opened),
        _("write what stations handed in in the form of another system, take in what it exported, or look after such forms"),
        ("name", {"nargs": "?", "metavar": "NAME", "help": _("left out: the list of all forms")}),
        ("--output", {**_FILE, "help": _("write the records in this form")}),
        ("--station", {"default": "", "metavar": "CODE"}),
        ("--from", {"dest": "first", "metavar": "DAY", "help": _("the first day, such as 2026-01-31")}),
        ("--to", {"dest": "last", "metavar": "DAY", "help": _("the last day")}),
        ("--full-names", {**_FLAG, "help": _("residents by their names, but for those who asked for confidentiality")}),
        (
            "--import",
            {**_FILE, "dest": "taken", "help": _("write down what the other system's export says became of suggestions")},
        ),
        ("--dry-run", _FLAG),
        ("--save", {**_FILE, "help": _("write the form itself, to be changed in any editor")}),
        ("--keep", {**_FILE, "help": _("keep the form that a file describes")}),
        ("--drop", {**_FLAG, "help": _("forget a form of the body's own")}),
    )


def _platform(options: Namespace, opened: Open) -> Answer:
    if options.keep is not None:
        form = read_form(options.keep)
        with opened(options, write=True) as receiver:
            keep_body_form(receiver, form)
        return Answer(document={"kept": form.name}, words=_("Kept: {name}").format(name=form.name))
    if options.name is None:
        with opened(options, write=False) as receiver:
            forms, own = body_forms(receiver), own_body_forms(receiver)
        words = forms_told(forms.values(), own, _("the body's own"))
        return Answer(document={"forms": forms_listed(forms.values(), own)}, words=words)
    if options.drop:
        with opened(options, write=True) as receiver:
            drop_body_form(receiver, options.name)
        return Answer(document={"dropped": options.name}, words=_("Forgotten: {name}").format(name=options.name))
    if options.taken is not None:
        return _taken(options, opened)
    if options.output is not None:
        return _exported(options, opened)
    with opened(options, write=False) as receiver:
        form = body_form(receiver, options.name)
    if options.save is not None:
        write_form(form, options.save)
    return Answer(document=told_form(form), words=form_told(form, written=options.save is not None))


def _exported(options: Namespace, opened: Open) -> Answer:
    span = Span(first=day_given(options.first), last=day_given(options.last))
    with opened(options, write=False) as receiver:
        form = body_form(receiver, options.name)
        count = write_rows(receiver, form, span, options.output, station=options.station, full_names=options.full_names)
    return Answer(document={"file": str(options.output), "records": count}, words=rows_written_told(count, options.output))


def _taken(options: Namespace, opened: Open) -> Answer:
    with opened(options, write=True) as receiver:
        done = take_deeds(receiver, body_form(receiver, options.name), options.taken, dry_run=options.dry_run)
    refused = [{"row": each.row, "codes": [problem.code for problem in each.problems]} for each in done.refused]
    document: dict[str, Any] = {"read": done.read, "taken": done.taken, "steps": done.steps, "known": done.known}
    lines = [_counted(done), *map(_refused_told, done.refused)]
    if options.dry_run:
        lines.insert(0, _("A rehearsal; nothing was saved."))
    return Answer(document=document | {"refused": refused}, words="\n".join(lines), exit=REFUSED if refused else 0)


def _counted(done: DeedsTaken) -> str:
    steps = ngettext("{count} step written down.", "{count} steps written down.", done.steps).format(count=done.steps)
    words = _("{read} rows read: {taken} taken, {known} known already, {refused} refused. {steps}")
    return words.format(read=done.read, taken=done.taken, known=done.known, refused=len(done.refused), steps=steps)


def _refused_told(refused: RowRefused) -> str:
    told = " ".join(dict.fromkeys(problem_told(each) for each in refused.problems))
    return _("Row {row}: {told}").format(row=refused.row, told=told)
