"""`liaison export-plain`: everything as tables, texts and files that need no program of ours."""

from argparse import Namespace
from pathlib import Path

from app.commands.way_in import writing
from app.i18n import _
from app.messages.plain_files import plain_files_told
from app.terminal import AddCommand, Answer
from app.use_cases.plain_export import export_everything


def add_to(command: AddCommand) -> None:
    """The command and what it takes."""
    named = _("also residents who asked for anonymity or confidentiality, in full; the journal notes it")
    command(
        "export-plain",
        export_plain,
        _("write everything as Excel tables, Word texts and plain files, not encrypted"),
        ("folder", {"type": Path, "metavar": "FOLDER", "help": _("a new folder")}),
        ("--with-confidential", {"action": "store_true", "help": named}),
    )


def export_plain(options: Namespace) -> Answer:
    """`export-plain FOLDER [--with-confidential]`."""
    with writing(options) as workspace:
        done = export_everything(workspace, options.folder, confidential=options.with_confidential)
    document = {
        "folder": str(done.folder),
        "records": dict(done.records),
        "suggestions": done.suggestions,
        "files": done.files,
        "missing": list(done.missing),
        "withheld": done.withheld,
        "named": done.named,
    }
    words = plain_files_told(
        done.folder,
        records=done.total,
        suggestions=done.suggestions,
        files=done.files,
        missing=done.missing,
        withheld=done.withheld,
        named=done.named,
    )
    return Answer(document=document, words=words)
