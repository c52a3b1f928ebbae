"""`liaison export-plain`: everything as tables, texts and files that need no program of ours."""

from argparse import Namespace

from app.commands import writing
from app.messages.plain_files import plain_files_told
from app.terminal import Answer
from app.use_cases.plain_export import export_everything


def export_plain(options: Namespace) -> Answer:
    """`export-plain FOLDER`."""
    with writing(options) as workspace:
        done = export_everything(workspace, options.folder)
    document = {
        "folder": str(done.folder),
        "records": dict(done.records),
        "suggestions": done.suggestions,
        "files": done.files,
        "missing": list(done.missing),
    }
    words = plain_files_told(
        done.folder, records=done.total, suggestions=done.suggestions, files=done.files, missing=done.missing
    )
    return Answer(document=document, words=words)
