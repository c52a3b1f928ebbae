"""The command of `liaison-province` for the suites that packages are sealed by."""

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.i18n import _, ngettext
from app.keys.root_keys import open_roots
from app.packages.forms import FORMS, STD_1
from app.province import suite_keys
from app.province.receiver import Opens, Receiver
from app.province.suite_keys import SuiteState
from app.terminal import AddCommand, Answer, passphrase_of, write_document


def add_to(command: AddCommand, opens: Opens) -> None:
    """Put the command into the command line."""
    command(
        "suite",
        lambda options: _suite(options, opens),
        _("tell by which suites packages are taken; begin with gm-1 (SM2, SM3, SM4) beside std-1, or take gm-1 alone"),
        ("deed", {"nargs": "?", "default": "show", "choices": ("show", "add", "require")}),
        ("--roots", {"type": Path, "metavar": "DIR", "help": _("where the root keys lie, which name the new keys")}),
    )
    command(
        "export-key",
        lambda options: _export_key(options, opens),
        _("write the receiving key, for standard tools"),
        ("--output", {"type": Path, "required": True, "metavar": "FILE"}),
        ("--suite", chosen(_("the suite whose key is wanted"))),
    )


def chosen(words: str) -> Mapping[str, Any]:
    """A choice of suites as an option of a command."""
    return {"choices": tuple(each.suite for each in FORMS), "default": STD_1.suite, "help": words}


def told(state: SuiteState) -> str:
    """What a body takes, in words."""
    words = _("Packages are taken by {suites}, from trust list {version} on.").format(
        suites=", ".join(state.suites), version=state.version
    )
    if not state.without or state.suites == (STD_1.suite,):
        return words
    missing = ngettext(
        "{count} computer has no key of gm-1 yet. Give its station the new trust file; it makes a request for its key then:",
        "{count} computers have no key of gm-1 yet. Give their stations the new trust file; they make requests for keys then:",
        len(state.without),
    ).format(count=len(state.without))
    return "\n".join([words, missing, *(f"{code}  {seat}" for code, seat in state.without)])


def document(state: SuiteState) -> dict[str, object]:
    """What a body takes, for programs."""
    without = [{"station": code, "seat": seat} for code, seat in state.without]
    return {"suites": list(state.suites), "version": state.version, "without": without}


def added(options: Namespace, receiver: Receiver) -> SuiteState:
    """Take gm-1 beside std-1; the root keys are looked for where the options say."""
    held = open_roots(options.roots, passphrase_of(options)) if options.roots else None
    return suite_keys.add_gm(receiver, held)


def _suite(options: Namespace, opens: Opens) -> Answer:
    with opens(options, write=options.deed != "show") as receiver:
        if options.deed == "add":
            state = added(options, receiver)
        else:
            state = suite_keys.require_gm(receiver) if options.deed == "require" else suite_keys.suite_state(receiver)
    return Answer(document=document(state), words=told(state))


def _export_key(options: Namespace, opens: Opens) -> Answer:
    with opens(options, write=False) as receiver:
        key = suite_keys.exported_key(receiver, options.suite)
    write_document(options.output, key, private=True)
    words = _("The receiving key lies in {file}. Whoever holds it can read every package: delete it after use.")
    return Answer(document={"file": str(options.output)}, words=words.format(file=options.output))
