"""`liaison platform`: records in the form of another system, its exports taken in, and the forms themselves."""

from argparse import Namespace
from pathlib import Path

from app.commands.arguments import FLAG
from app.commands.imports import import_told
from app.commands.way_in import noting, reading, writing
from app.domain.papers import Span
from app.domain.platform_form import told_form
from app.i18n import _
from app.messages.platform_forms import form_told, forms_listed, forms_told, rows_written_told
from app.platforms import read_form, write_form
from app.terminal import AddCommand, Answer, day_given, unnoted_told
from app.use_cases.platform_export import export_for, import_from
from app.use_cases.platform_forms import drop_form, keep_form, own_forms, platform_form, platform_forms


def add_to(command: AddCommand) -> None:
    """The command with its arguments."""
    file = {"type": Path, "metavar": "FILE"}
    command(
        "platform",
        platform,
        _("write records in the form of another system, take its exports in, or look after such forms"),
        ("name", {"nargs": "?", "metavar": "NAME", "help": _("left out: the list of all forms")}),
        ("--output", {**file, "help": _("write the records in this form")}),
        ("--from", {"dest": "first", "metavar": "DAY", "help": _("the first day, such as 2026-01-31")}),
        ("--to", {"dest": "last", "metavar": "DAY", "help": _("the last day")}),
        ("--full-names", {**FLAG, "help": _("residents by their names, but for those who asked for confidentiality")}),
        ("--import", {**file, "dest": "taken", "help": _("take in what the other system exported")}),
        ("--dry-run", FLAG),
        ("--save", {**file, "help": _("write the form itself, to be changed in any editor")}),
        ("--keep", {**file, "help": _("keep the form that a file describes")}),
        ("--drop", {**FLAG, "help": _("forget a form of the station's own")}),
    )


def platform(options: Namespace) -> Answer:
    """`platform [NAME] [--output F | --import F | --save F | --drop]`, `platform --keep F`."""
    if options.keep is not None:
        with writing(options) as workspace:
            kept = keep_form(workspace, read_form(options.keep))
        return Answer(document={"kept": kept.name}, words=_("Kept: {name}").format(name=kept.name))
    if options.name is None:
        return _listed(options)
    if options.drop:
        with writing(options) as workspace:
            dropped = drop_form(workspace, options.name)
        return Answer(document={"dropped": dropped.name}, words=_("Forgotten: {name}").format(name=dropped.name))
    if options.taken is not None:
        with (reading if options.dry_run else writing)(options) as workspace:
            told = import_from(workspace, platform_form(workspace, options.name), options.taken, dry_run=options.dry_run)
        return import_told(told, rehearsal=options.dry_run)
    if options.output is not None:
        return _exported(options)
    return _shown(options)


def _exported(options: Namespace) -> Answer:
    span = Span(first=day_given(options.first), last=day_given(options.last))
    with noting(options) as workspace:
        form = platform_form(workspace, options.name)
        done = export_for(workspace, form, span, options.output, full_names=options.full_names)
    document = {"file": str(done.path), "records": done.records, "noted": done.noted}
    remarks = () if done.noted else (unnoted_told(),)
    return Answer(document=document, words=rows_written_told(done.records, done.path), remarks=remarks)


def _shown(options: Namespace) -> Answer:
    with reading(options) as workspace:
        form = platform_form(workspace, options.name)
    if options.save is not None:
        write_form(form, options.save)
    return Answer(document=told_form(form), words=form_told(form, written=options.save is not None))


def _listed(options: Namespace) -> Answer:
    with reading(options) as workspace:
        forms, own = platform_forms(workspace), own_forms(workspace)
    words = forms_told(forms.values(), own, _("the station's own"))
    return Answer(document={"forms": forms_listed(forms.values(), own)}, words=words)
