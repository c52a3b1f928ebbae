"""The command of `liaison-province` for what stations deposit against the loss of their keys."""

from argparse import Namespace
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from app.errors import Refused
from app.files import disk_told
from app.i18n import N_, _
from app.keys.passphrase import read_passphrase_file
from app.packages.escrow import LARGEST
from app.province import escrow
from app.province.escrow import KeptShare
from app.province.receiver import Opens
from app.terminal import AddCommand, Answer

_DEED_WORDS: Final[Mapping[str, str]] = {"made": N_("offered"), "withdrawn": N_("withdrawn"), "opened": N_("opened")}


def add_to(command: AddCommand, opens: Opens) -> None:
    """Put the command into the command line."""
    files: Mapping[str, Any] = {"type": Path, "nargs": 2, "metavar": ("FIRST", "SECOND")}
    command(
        "escrow",
        lambda options: _DEEDS[options.deed](options, opens),
        _("offer stations to deposit a way in against the loss of their keys, withdraw it; open one, by two people"),
        ("deed", {"nargs": "?", "default": "show", "choices": tuple(_DEEDS)}),
        ("request", {"type": Path, "nargs": "?", "metavar": "FILE", "help": _("the file that the station handed in")}),
        ("--shares", {**files, "help": _("the files of the two shares, kept by two people in two places")}),
        ("--share-passphrases", {**files, "help": _("the passphrase of each of the two, in the same order")}),
    )


def _show(options: Namespace, opens: Opens) -> Answer:
    with opens(options, write=False) as receiver:
        recipient, done = escrow.recipient_offered(receiver), escrow.deeds(receiver)
    offered = _("Stations may deposit a way in: {recipient}").format(recipient=recipient)
    lines = [
        "  ".join(part for part in (each.at, _(_DEED_WORDS[each.what]), each.station, each.seat, each.recipient) if part)
        for each in done
    ]
    words = [offered if recipient else _("Nothing is offered to the stations."), *lines]
    document = {"recipient": recipient, "deeds": [{name: getattr(each, name) for name in each.__slots__} for each in done]}
    return Answer(document=document, words="\n".join(words))


def _make(options: Namespace, opens: Opens) -> Answer:
    first, second = _kept(options)
    with opens(options, write=True) as receiver:
        offered = escrow.offer(receiver, first, second)
    document = {
        "recipient": offered.recipient,
        "version": offered.version,
        "shares": [str(each.path) for each in (first, second)],
    }
    words = _(
        "Stations may deposit a way in from trust list {version} on. Give {first} and {second} to two people, who keep them "
        "apart, each with a copy: where one share or passphrase is lost, nothing that was deposited opens."
    )
    return Answer(document=document, words=words.format(version=offered.version, first=first.path.name, second=second.path.name))


def _withdraw(options: Namespace, opens: Opens) -> Answer:
    with opens(options, write=True) as receiver:
        version = escrow.withdraw(receiver)
    words = _("Trust list {version} offers it no more. Keep the shares: what was deposited before opens by them.")
    return Answer(document={"version": version}, words=words.format(version=version))


def _open(options: Namespace, opens: Opens) -> Answer:
    if options.request is None:
        raise Refused("option_missing", option="FILE")
    with disk_told(options.request), options.request.open("rb") as file:
        data = file.read(LARGEST + 1)
    with opens(options, write=True) as receiver:
        deposit = escrow.open_request(receiver, data, *_kept(options))
    document = {
        "station": deposit.station,
        "name": deposit.name,
        "seat": deposit.seat,
        "made": deposit.made,
        "code": deposit.code,
    }
    words = _(
        "Computer {seat} of {station} {name}, deposited on {made}. Call the station by a number that you know, make sure "
        "that it is the station that asks, and read these digits out; they open its data once:\n\n    {code}\n"
    )
    return Answer(document=document, words=words.format(**document))


def _kept(options: Namespace) -> tuple[KeptShare, KeptShare]:
    for name in ("shares", "share_passphrases"):
        if getattr(options, name) is None:
            raise Refused("option_missing", option="--" + name.replace("_", "-"))
    first, second = (
        KeptShare(path=path, passphrase=read_passphrase_file(words))
        for path, words in zip(options.shares, options.share_passphrases, strict=True)
    )
    return first, second


_DEEDS: Final[Mapping[str, Callable[[Namespace, Opens], Answer]]] = {
    "show": _show,
    "make": _make,
    "withdraw": _withdraw,
    "open": _open,
}
