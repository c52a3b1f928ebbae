"""The commands of `liaison` that set a computer up: its station, its keys, the body it believes."""

import secrets
import sys
from argparse import Namespace
from collections.abc import Sequence
from typing import Any

from app.clock import Clock
from app.commands.arguments import FILE, FLAG, FOLDER, NEEDED, PATH, read_file
from app.commands.way_in import FIRST_OPERATOR, home_of, reading, writing
from app.i18n import _
from app.keys.ways import KeyringWay, RecoveryWay
from app.messages import said
from app.terminal import AddCommand, Answer, way_of, write_document
from app.use_cases import own_keys, setup
from app.use_cases import trust as trusting
from app.workspace import opened


def set_up(options: Namespace) -> Answer:
    """`setup`: the recovery code is in the answer and nowhere else in plain text."""
    bundle = read_file(options.trust) if options.trust else None
    operator = getattr(options, "operator", FIRST_OPERATOR)
    way = way_of(options)
    listed = trusting.listed_station(bundle) if options.same_station and bundle else None
    joins = setup.Joined(station=listed.id) if listed else None
    code, name = (listed.code, listed.name) if listed else (options.station, options.name)
    made = setup.set_up(home_of(options), way, code=code, name=name, operator=operator, clock=Clock(), joins=joins)
    document: dict[str, Any] = {"station": made.station, "seat": made.seat, "recovery_code": made.recovery_code}
    taken = None
    if bundle is not None:
        with writing(options) as workspace:
            taken = trusting.take_trust(workspace, bundle)
            document["roots_fingerprint"] = taken.fingerprint
    if isinstance(way, KeyringWay):
        _ask_for_group(options, made.recovery_code)
    words = _("The station {name} is set up. Its recovery code, to be printed and locked away:\n\n    {code}\n").format(
        name=options.name, code=made.recovery_code
    )
    return Answer(document=document, words=words, remarks=_escrow_told(taken is not None and taken.escrow))


def _escrow_told(offered: bool) -> Sequence[str]:
    """What is said where the body has begun to keep ways in against the loss of a station's keys."""
    told = _("The congress offers to keep a way in, should keyring and recovery sheet be lost: {command}")
    return (told.format(command="liaison keys deposit"),) if offered else ()


def _ask_for_group(options: Namespace, code: str) -> None:
    """Ask a person at a terminal for one group of the printed code; an empty answer means later, with a reminder every day."""
    if not sys.stdin.isatty() or getattr(options, "json", False):
        return
    groups = code.split("-")
    number = secrets.randbelow(len(groups))
    print(code, file=sys.stderr)
    print(_("Print or write the code down. Type its group {number} (Enter: later): ").format(number=number + 1), file=sys.stderr)
    if input().strip() == groups[number]:
        with opened(home_of(options), way_of(options), write=True) as workspace:
            setup.confirm_recovery(workspace)


def unlock(options: Namespace) -> Answer:
    """`unlock`: a new slot of the keyring or the passphrase."""
    slots = setup.unlock(home_of(options), RecoveryWay.from_file(options.recovery_file), way_of(options))
    return Answer(document={"slots": slots}, words=_("The workspace opens again."))


def request_enrolment(options: Namespace) -> Answer:
    """`enrol-request`: the digits are read out over the telephone."""
    with reading(options) as workspace:
        keys_due = trusting.keys_due(workspace)
    with (writing if keys_due else reading)(options) as workspace:
        request = trusting.request_due(workspace)
    write_document(options.output, request.content)
    words = _("Carry {file} to the receiving body and read these digits out to it: {digits}")
    return Answer(
        document={"file": str(options.output), "digits": request.digits},
        words=words.format(file=options.output, digits=request.digits),
    )


def renew_keys(options: Namespace) -> Answer:
    """`renew-keys`: the new keys wait beside the old ones until the body lists them."""
    with writing(options) as workspace:
        renewed = own_keys.renew_keys(workspace, options.output)
    words = _("Carry {file} to the receiving body and read these digits out to it: {digits}").format(
        file=renewed.path, digits=renewed.digits
    )
    words += "\n" + _("Until its next trust file is taken in, everything goes on with the keys until now.")
    return Answer(document={"file": str(renewed.path), "digits": renewed.digits}, words=words)


def take_trust(options: Namespace) -> Answer:
    """`trust`: the fingerprint is shown whenever it is seen for the first time."""
    with writing(options) as workspace:
        taken = trusting.take_trust(workspace, read_file(options.file), options.roots_fingerprint)
        warnings = [said(code, facts) for code, facts in trusting.warnings_of(workspace, trusting.trusted_by(workspace))]
    words = _("Trust list {version} of {body} is taken in.").format(version=taken.version, body=taken.body)
    if taken.first:
        words += "\n" + _("Compare the roots' fingerprint with the one the body has published: {hex}").format(
            hex=taken.fingerprint
        )
    if not taken.enrolled:
        words += "\n" + _("This computer is not in it yet: hand in an enrolment request.")
    document = {
        "roots_fingerprint": taken.fingerprint,
        "version": taken.version,
        "body": taken.body,
        "enrolled": taken.enrolled,
    }
    return Answer(document=document, words=words, remarks=(*warnings, *_escrow_told(taken.escrow)))


# --- the words of the command line ------------------------------------------------------------------------------------


def add_to(command: AddCommand) -> None:
    """Put these commands into the command line."""
    command(
        "setup",
        set_up,
        _("set this computer up for a station: database, keys, recovery code"),
        ("--station", {**NEEDED, "metavar": "CODE"}),
        ("--name", NEEDED),
        ("--trust", {**PATH, "metavar": "FILE"}),
        ("--same-station", {**FLAG, "help": _("in place of a lost computer of the station that the trust file is for")}),
    )
    command("unlock", unlock, _("find the way back in by the recovery code"), ("--recovery-file", FILE))
    command(
        "enrol-request",
        request_enrolment,
        _("ask the receiving body to enrol this computer, or a further key of it"),
        ("--output", FILE),
    )
    command(
        "renew-keys",
        renew_keys,
        _("make new signing and receiving keys for this computer, and the request by which the body lists them"),
        ("--output", FOLDER),
    )
    command(
        "trust",
        take_trust,
        _("take in the receiving body's trust file"),
        ("file", PATH),
        ("--roots-fingerprint", {"metavar": "HEX"}),
    )
