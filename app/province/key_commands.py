"""The command of `liaison-province` for the body's own keys."""

from argparse import Namespace
from pathlib import Path

from app.i18n import _
from app.keys.root_keys import open_roots
from app.province import own_keys
from app.province.own_keys import OwnKeys
from app.province.receiver import Opens
from app.terminal import AddCommand, Answer, passphrase_of


def add_to(command: AddCommand, opens: Opens) -> None:
    """Put the command into the command line."""
    command(
        "keys",
        lambda options: _keys(options, opens),
        _("tell which keys are used; renew those that packages are sealed to, or those that sign; give an older one up"),
        ("deed", {"nargs": "?", "default": "show", "choices": ("show", "renew-receiving", "drop-receiving", "renew-signing")}),
        ("--roots", {"type": Path, "metavar": "DIR", "help": _("where the root keys lie, which name the new keys")}),
        ("--key", {"default": "", "metavar": "NAME", "help": _("drop-receiving: the older key, by its name")}),
        ("--lose-evaluations", {"action": "store_true", "help": _("drop-receiving: though evaluations are read by it alone")}),
        ("--distrust", {"action": "store_true", "help": _("renew-signing: what the keys until now signed is believed no more")}),
    )


def _keys(options: Namespace, opens: Opens) -> Answer:
    with opens(options, write=options.deed != "show") as receiver:
        if options.deed == "renew-receiving":
            keys = own_keys.renew_receiving(receiver)
        elif options.deed == "drop-receiving":
            keys = own_keys.drop_receiving(receiver, options.key, lose_evaluations=options.lose_evaluations)
        elif options.deed == "renew-signing":
            held = open_roots(options.roots, passphrase_of(options)) if options.roots else None
            keys = own_keys.renew_signing(receiver, held, distrust=options.distrust)
        else:
            keys = own_keys.own_keys(receiver)
    return Answer(document=_document(keys), words=_told(keys, renewed=options.deed.startswith("renew")))


def _document(keys: OwnKeys) -> dict[str, object]:
    online = [{"keyid": each.keyid, "role": str(each.roles[0])} for each in keys.online]
    return {"receiving": list(keys.receiving), "online": online, "version": keys.version, "roots": keys.roots}


def _told(keys: OwnKeys, *, renewed: bool) -> str:
    lines = [
        _("Packages are sealed to {kid}, from trust list {version} on.").format(kid=keys.receiving[0], version=keys.version),
        *(_("Opened as well: {kid}").format(kid=each) for each in keys.receiving[1:]),
        _("Root document {version} names:").format(version=keys.roots),
        *(f"{each.roles[0]}  {each.keyid}" for each in keys.online),
    ]
    if renewed:
        words = _("Each station learns it with its next receipt, or by a trust file: {command}")
        lines.append(words.format(command="liaison-province trust --output FILE"))
    return "\n".join(lines)
