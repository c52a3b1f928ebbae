"""The commands of `liaison` that handle one package by itself."""

from argparse import Namespace
from pathlib import Path

from app.clock import Clock
from app.commands.arguments import read_file
from app.commands.way_in import reading, writing
from app.i18n import _
from app.messages import explain
from app.terminal import REFUSED, AddCommand, Answer
from app.use_cases import handing_in, verifying


def add_to(command: AddCommand) -> None:
    """The commands with their arguments."""
    command(
        "copy",
        copy,
        _("copy a sealed number once more"),
        ("seq", {"type": int}),
        ("--output", {"type": Path, "required": True, "metavar": "DIR"}),
    )
    command(
        "verify",
        verify,
        _("verify a package without opening it"),
        ("file", {"type": Path}),
        ("--trust", {"type": Path, "metavar": "FILE"}),
    )


def copy(options: Namespace) -> Answer:
    """`copy SEQ --output DIR`."""
    with writing(options) as workspace:
        path = handing_in.copy_number(workspace, options.seq, options.output)
    words = _("Package {seq} copied and read back: {package}").format(seq=options.seq, package=path)
    return Answer(document={"package": str(path), "seq": options.seq, "bytes": path.stat().st_size}, words=words)


def verify(options: Namespace) -> Answer:
    """`verify FILE [--trust FILE]`: exit code 1 where the package is not sound."""
    if options.trust:
        verdict = verifying.verify_with(options.file, read_file(options.trust), Clock())
    else:
        with reading(options) as workspace:
            verdict = verifying.verify_here(workspace, options.file)
    document = {"verdict": verdict.verdict, "code": verdict.code, "statement": verdict.statement}
    if verdict.fault is not None:
        return Answer(document=document | {"message": explain(verdict.fault)}, words=explain(verdict.fault), exit=REFUSED)
    return Answer(document=document, words=_("The package is sound: {file}").format(file=options.file))
