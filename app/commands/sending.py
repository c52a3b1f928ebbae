"""`liaison send`: packages over the network and what the body has ready; `liaison sending`: where to."""

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.commands.way_in import reading, writing
from app.i18n import _, ngettext
from app.keys.passphrase import read_text_file
from app.messages import explain
from app.messages.exposed import exposed_lines
from app.messages.logged import event_told
from app.queries.exposed import exposed_going
from app.terminal import REFUSED, AddCommand, Answer
from app.use_cases.sending import SendingWay, authority_of, send, sending_way, set_sending_way, token_of


def add_to(command: AddCommand) -> None:
    """Both commands with their arguments."""
    file: Mapping[str, Any] = {"type": Path, "metavar": "FILE"}
    command(
        "send",
        send_now,
        _("send what has not travelled over the network, and take in what the body has ready"),
        ("--token-file", {**file, "help": _("the token, where no keyring holds it")}),
    )
    command(
        "sending",
        sending,
        _("say where to send to; without options it is shown"),
        ("--address", {"metavar": "URL", "help": _("https://… of the receiving body; empty: nowhere")}),
        ("--proxy", {"metavar": "URL"}),
        ("--authority", {**file, "help": _("a certificate authority of the receiver's own, PEM")}),
        ("--token-file", {**file, "help": _("the token, to be kept by the keyring")}),
    )


def send_now(options: Namespace) -> Answer:
    """`send [--token-file F]`."""
    with writing(options) as workspace:
        token = read_text_file(options.token_file).strip() if options.token_file else token_of(workspace)
        exposed = exposed_going(workspace)
        done = send(workspace, token)
    document = {
        "sent": [{"epoch": each.epoch, "seq": each.seq, "bytes": each.size} for each in done.numbers],
        "taken": [{"what": each.what, "verdict": each.verdict, "number": each.number} for each in done.taken],
        "failed": [{"what": each.what, "code": each.error.code, "message": explain(each.error)} for each in done.failed],
    }
    lines = [ngettext("{count} package sent.", "{count} packages sent.", len(done.numbers)).format(count=len(done.numbers))]
    arrived = _("{what} {number} taken in.")
    lines += [arrived.format(what=event_told(each.what), number=each.number) for each in done.taken]
    lines += [explain(each.error) for each in done.failed]
    remarks = exposed_lines(exposed)
    return Answer(document=document, words="\n".join(lines), exit=REFUSED if done.failed else 0, remarks=remarks)


def sending(options: Namespace) -> Answer:
    """`sending [--address URL] [--proxy URL] [--authority F.pem] [--token-file F]`."""
    given = {
        "url": options.address,
        "proxy": options.proxy,
        "authority": authority_of(options.authority) if options.authority else None,
    }
    token = read_text_file(options.token_file).strip() if options.token_file else None
    if token is None and all(value is None for value in given.values()):
        with reading(options) as workspace:
            way = sending_way(workspace)
    else:
        with writing(options) as workspace:
            way = replace(sending_way(workspace), **{name: value for name, value in given.items() if value is not None})
            set_sending_way(workspace, way, token)
    document = {"address": way.url, "proxy": way.proxy, "authority": bool(way.authority)}
    return Answer(document=document, words=_told(way))


def _told(way: SendingWay) -> str:
    if not way.url:
        return _("Nothing is sent over a network; packages are carried by hand.")
    lines = [_("Packages are sent to {address}.").format(address=way.url)]
    if way.proxy:
        lines.append(_("The way there leads through {proxy}.").format(proxy=way.proxy))
    if way.authority:
        lines.append(_("A certificate authority of the receiver's own is believed."))
    return "\n".join(lines)
