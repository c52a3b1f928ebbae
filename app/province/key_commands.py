"""The command of `liaison-province` for its own keys: told, renewed, and the ones before given up."""

from argparse import Namespace
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from app.errors import Refused
from app.i18n import N_, _, ngettext
from app.keys.root_keys import RootKeys, open_roots
from app.packages.roots import Role
from app.province import key_renewal
from app.province.key_renewal import RECEIVING, BodyKeys
from app.province.receiver import Opens, Receiver
from app.terminal import AddCommand, Answer, passphrase_of

_PURPOSES: Final[Mapping[str, str]] = {
    Role.TRUST: N_("signs trust lists"),
    Role.RECEIPT: N_("signs receipts"),
    Role.REPLY: N_("signs replies"),
    RECEIVING: N_("opens packages"),
}


def add_to(command: AddCommand, opens: Opens) -> None:
    """Put the command into the command line."""
    even = _("of drop-receiving: also where sealed evaluations can be read by no other key")
    command(
        "keys",
        lambda options: _keys(options, opens),
        _("show this body's keys; make a new one, or give up the one before"),
        ("deed", {"nargs": "?", "default": "show", "choices": ("show", *_DEEDS)}),
        ("--role", {"choices": tuple(map(str, Role)), "help": _("of new-online: what the new key signs")}),
        ("--key", {"metavar": "NAME", "help": _("of drop-receiving and end-online: the key as show tells it")}),
        ("--roots", {"type": Path, "metavar": "DIR", "help": _("where the root keys lie, which name the new keys")}),
        ("--lose-evaluations", {"action": "store_true", "help": even}),
    )


def _keys(options: Namespace, opens: Opens) -> Answer:
    with opens(options, write=options.deed != "show") as receiver:
        deed = _DEEDS.get(options.deed)
        state = deed(options, receiver) if deed else key_renewal.body_keys(receiver)
    keys = [{"key": each.name, "purpose": each.purpose, "used": each.used} for each in state.keys]
    return Answer(document={"keys": keys, "version": state.version, "files": state.files}, words=_told(options.deed, state))


def _told(deed: str, state: BodyKeys) -> str:
    lines = []
    for each in state.keys:
        kept = _("in use") if each.used else _("kept for what is under way")
        lines.append(f"{each.name}  {_(_PURPOSES[each.purpose])}  {kept}")
    if deed in {"new-receiving", "new-online", "end-online"}:
        told = _("Stations learn it by trust list {version}, which goes with their next receipts.")
        lines.append(told.format(version=state.version))
    if state.files:
        told = ngettext("{count} file was encrypted anew.", "{count} files were encrypted anew.", state.files)
        lines.append(told.format(count=state.files))
    return "\n".join(lines)


def _new_receiving(_options: Namespace, receiver: Receiver) -> BodyKeys:
    return key_renewal.renew_receiving(receiver)


def _drop_receiving(options: Namespace, receiver: Receiver) -> BodyKeys:
    return key_renewal.drop_receiving(receiver, _needed(options.key, "--key"), lose_evaluations=options.lose_evaluations)


def _new_online(options: Namespace, receiver: Receiver) -> BodyKeys:
    role = Role(_needed(options.role, "--role"))
    return key_renewal.renew_online(receiver, role, _root_keys(options))


def _end_online(options: Namespace, receiver: Receiver) -> BodyKeys:
    return key_renewal.end_online(receiver, _needed(options.key, "--key"), _root_keys(options))


def _root_keys(options: Namespace) -> RootKeys:
    if options.roots is None:
        raise Refused("roots_wanted")
    return open_roots(options.roots, passphrase_of(options))


def _needed(given: str | None, option: str) -> str:
    if not given:
        raise Refused("option_missing", option=option)
    return given


_DEEDS: Final[Mapping[str, Callable[[Namespace, Receiver], BodyKeys]]] = {
    "new-receiving": _new_receiving,
    "drop-receiving": _drop_receiving,
    "new-online": _new_online,
    "end-online": _end_online,
}
