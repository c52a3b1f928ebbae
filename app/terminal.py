"""What the two programs of the command line share: the way to the key, answers in words or as JSON, errors as sentences."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import Any, Final

from app import __version__
from app.errors import AppError, Refused
from app.files import disk_told, write_whole
from app.i18n import N_, _
from app.keys.passphrase import Passphrase, read_passphrase_file
from app.keys.ways import KeyringWay, PassphraseWay, Way
from app.messages import explain

DONE: Final = 0
REFUSED: Final = 1
UNAVAILABLE: Final = 3

SAID_BY_ARGPARSE: Final = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid choice: %(value)r, maybe you meant %(suggestion)r? (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("ignored explicit argument %r"),
)
"""What the library says by itself where a command is misused, in the words of Python 3.11 to 3.14."""

# The library asks for its words under this name, in the desktop's language and from its own catalogue; there is no other door.
vars(argparse)["_"] = _


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a command found or did: one document for programs, words for people, the exit code."""

    document: Mapping[str, Any]
    words: str
    exit: int = DONE
    remarks: Sequence[str] = field(default=())


Act = Callable[[argparse.Namespace], Answer]
AddCommand = Callable[..., None]


class Commands:
    """The commands of one program, each with the options that every command takes."""

    def __init__(self, whole: argparse.ArgumentParser, options: Callable[[argparse.ArgumentParser], None]) -> None:
        self._options = options
        options(whole)
        told = _("show the program's version and exit")
        whole.add_argument("--version", action="version", version=f"%(prog)s {__version__}", help=told)
        self._names = whole.add_subparsers(required=True, metavar=_("COMMAND"), dest="command")

    def add(self, name: str, act: Act, told: str, *arguments: tuple[str, Mapping[str, Any]]) -> None:
        """A command that `act` answers, with its own arguments."""
        parser = self._names.add_parser(name, help=told, description=told)
        self._options(parser)
        for argument, options in arguments:
            parser.add_argument(argument, **options)
        parser.set_defaults(act=act)


def common_options(parser: argparse.ArgumentParser) -> None:
    """The options that stand before or after the command."""
    parser.add_argument("--home", type=Path, default=argparse.SUPPRESS, metavar="DIR", help=_("where everything is kept"))
    parser.add_argument(
        "--passphrase-file", type=Path, default=argparse.SUPPRESS, metavar="F", help=_("open by the passphrase in F")
    )
    parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=_("one JSON document"))


def passphrase_of(options: argparse.Namespace) -> Passphrase | None:
    """The passphrase of the file named, or None."""
    path = getattr(options, "passphrase_file", None)
    return read_passphrase_file(path) if path else None


def way_of(options: argparse.Namespace) -> Way:
    """The way to the data key: the passphrase of the file named, or the desktop's keyring."""
    passphrase = passphrase_of(options)
    return PassphraseWay(passphrase=passphrase) if passphrase else KeyringWay(account="")


def run(make_parser: Callable[[], argparse.ArgumentParser], arguments: Sequence[str] | None) -> int:
    """Parse, act, answer; the exit code. Errors go to standard error as one sentence, or one document with `--json`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # the C locale would refuse Chinese
    as_json = False
    try:
        options = make_parser().parse_args(arguments)
        as_json = getattr(options, "json", False)
        answer: Answer = options.act(options)
    except AppError as error:
        _tell_error(error, as_json=as_json)
        return exit_code(error)
    for remark in answer.remarks:
        print(remark, file=sys.stderr)
    try:
        print(json.dumps(answer.document, ensure_ascii=False, indent=1, default=str) if as_json else answer.words, flush=True)
    except BrokenPipeError:  # whoever read it has seen enough (`liaison deputies | head`)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains once more at its end
    return answer.exit


def exit_code(*errors: AppError) -> int:
    """What a program ends with that met these errors: the world failing weighs more than what a person can mend."""
    return max((REFUSED if isinstance(each, Refused) else UNAVAILABLE for each in errors), default=DONE)


def _tell_error(error: AppError, *, as_json: bool) -> None:
    sentence = explain(error)
    document = {"code": error.code, "message": sentence}
    print(json.dumps(document, ensure_ascii=False) if as_json else sentence, file=sys.stderr)


def day_given(text: str | None) -> date | None:
    """A day as it is written on the command line; raises `Refused("day_malformed", text)`."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Refused("day_malformed", text=text) from error


def write_document(path: Path, content: bytes, *, private: bool = False) -> None:
    """A document for people to carry, whole under its name."""

    with disk_told(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content, private=private)


def unnoted_told() -> str:
    """Said where something was handed out beside another program that writes."""
    return _("Another window or command holds the records, so the history does not tell of this print.")
