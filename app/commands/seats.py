"""The commands of `liaison` for several computers of one station."""

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, Final

from app.clock import Clock
from app.commands.arguments import FOLDER, PATH
from app.commands.way_in import FIRST_OPERATOR, home_of, reading, writing
from app.domain.station import SeatRole, SeatStatus
from app.i18n import _, ngettext
from app.messages import code_told
from app.terminal import AddCommand, Answer, way_of, write_document
from app.use_cases import peers, revocation, seats
from app.use_cases.farewell import say_goodbye

_GONE: Final = tuple(str(each) for each in SeatStatus if each is not SeatStatus.ACTIVE)
_COMMANDS: Final[Mapping[str, str]] = {"card": "seat-card", "admit": "seat-admit", "peer": "peer"}
_OUTPUT: Final[Mapping[str, Any]] = {"type": Path, "required": True, "metavar": "FILE"}


def add_to(command: AddCommand) -> None:
    """The commands with their arguments."""
    digits = {"required": True, "metavar": "DIGITS", "help": _("the twelve digits, compared with the other computer")}
    command("seat-card", card, _("write this computer's card for another one of the station"), ("--output", _OUTPUT))
    joined = _("set this computer up as another one of the station whose card this is")
    command("seat-join", join, joined, ("card", PATH), ("--digits", digits))
    command("seat-admit", admit, _("believe another computer of this station"), ("card", PATH), ("--digits", digits))
    command("seats", told, _("show the computers of this station"))
    command("seat-name", name, _("call this computer by a name that people know it by"), ("name", {}))
    given = _("what a computer is for: everything, entering alone, or reading alone")
    command("seat-role", role, given, ("seat", {}), ("role", {"choices": [str(each) for each in SeatRole]}))
    leaving = _("retire this very computer: what only it knows is written out, then it is for reading alone")
    left = {"action": "store_true", "help": _("also where something was typed and never saved")}
    command("seat-farewell", farewell, leaving, ("--output", FOLDER), ("--leave-drafts", left))
    status = {"dest": "status", "choices": _GONE, "default": str(SeatStatus.RETIRED)}
    command("seat-retire", retire, _("a computer writes for the station no longer"), ("seat", {}), ("--as", status))
    asked = _("ask the body to revoke a computer that was ended here")
    command("seat-revocation", revocation_asked, asked, ("seat", {}), ("--output", _OUTPUT))
    command("peer", export, _("seal for the station's other computers what they lack"), ("--output", FOLDER))


def card(options: Namespace) -> Answer:
    """`seat-card --output FILE`: the digits are compared with the other computer."""
    with writing(options) as workspace:
        request = seats.card(workspace)
    write_document(options.output, request.content)
    words = _("Carry {file} to the other computer and compare these digits there: {digits}")
    document = {"file": str(options.output), "digits": request.digits}
    return Answer(document=document, words=words.format(**document))


def join(options: Namespace) -> Answer:
    """`seat-join CARD --digits D`: the recovery code is in the answer and nowhere else in plain text."""
    operator = getattr(options, "operator", FIRST_OPERATOR)
    made = seats.join(home_of(options), way_of(options), options.card, options.digits, operator=operator, clock=Clock())
    words = _(
        "This computer belongs to the station now. Write its card ({card}), let the other computer believe it ({admit}) "
        "and take in what that seals ({peer}). Its recovery code, to be printed and locked away:\n\n    {code}\n"
    )
    document = {"station": made.station, "seat": made.seat, "recovery_code": made.recovery_code}
    return Answer(document=document, words=words.format(code=made.recovery_code, **_COMMANDS))


def admit(options: Namespace) -> Answer:
    """`seat-admit CARD --digits D`."""
    with writing(options) as workspace:
        admitted = seats.admit(workspace, options.card, options.digits)
    words = _("Computer {seat} belongs to the station; seal for it what it lacks ({peer}).")
    return Answer(document={"seat": admitted.seat}, words=words.format(seat=admitted.seat, **_COMMANDS))


def told(options: Namespace) -> Answer:
    """`seats`."""
    with reading(options) as workspace:
        found = seats.seats(workspace)
    shown = [asdict(each) | {"since": _iso(each.since), "heard": _iso(each.heard)} for each in found]
    return Answer(document={"seats": shown}, words="\n".join(map(_line, found)))


def _iso(moment: date | None) -> str | None:
    return moment.isoformat() if moment else None


def _line(each: seats.SeatTold) -> str:
    own = _("this computer") if each.own else ""
    unknown = "" if each.keys else _("no card of it is here")
    lacks = ngettext("lacks {count} change", "lacks {count} changes", each.lacks).format(count=each.lacks) if each.lacks else ""
    role = code_told(each.role) if each.role != SeatRole.FULL else ""
    told = (each.seat, each.name, code_told(SeatStatus(each.status)), own, role, unknown, lacks)
    return "  ".join(part for part in told if part)


def name(options: Namespace) -> Answer:
    """`seat-name NAME`."""
    with writing(options) as workspace:
        named = seats.name_this(workspace, options.name)
    return Answer(document={"name": named.name}, words=_("This computer is called {name}.").format(name=named.name))


def role(options: Namespace) -> Answer:
    """`seat-role SEAT ROLE`."""
    with writing(options) as workspace:
        given = seats.give_role(workspace, options.seat, SeatRole(options.role))
    words = _("Computer {seat} is for this from now on: {role}.").format(seat=given.seat, role=code_told(given.role))
    return Answer(document={"seat": given.seat, "role": given.role.value}, words=words)


def retire(options: Namespace) -> Answer:
    """`seat-retire SEAT [--as STATUS]`."""
    with writing(options) as workspace:
        seats.retire(workspace, options.seat, SeatStatus(options.status))
    words = _("Computer {seat}: {status}. The receiving body revokes it by itself: ask it to.")
    document = {"seat": options.seat, "status": options.status}
    return Answer(document=document, words=words.format(seat=options.seat, status=code_told(SeatStatus(options.status))))


def revocation_asked(options: Namespace) -> Answer:
    """`seat-revocation SEAT --output FILE`: the digits are read out to the body."""
    with reading(options) as workspace:
        request = revocation.request_revocation(workspace, options.seat)
    write_document(options.output, request.content)
    words = _("Carry {file} to the receiving body and read these digits to it by telephone: {digits}")
    document = {"file": str(options.output), "digits": request.digits}
    return Answer(document=document, words=words.format(**document))


def farewell(options: Namespace) -> Answer:
    """`seat-farewell --output DIR [--leave-drafts]`."""
    with writing(options) as workspace:
        said = say_goodbye(workspace, options.output, leave_drafts=options.leave_drafts)
    words = _(
        "This computer is for reading alone from now on. Bring these files to the receiving body, or to the other computers:"
    )
    return Answer(document={"packages": [str(path) for path in said.paths]}, words="\n".join([words, *map(str, said.paths)]))


def export(options: Namespace) -> Answer:
    """`peer --output DIR`: one package or more for each other computer that lacks something."""
    with writing(options) as workspace:
        exported = peers.export_for_sisters(workspace, options.output)
    document = {"seats": [for_sister_document(each) for each in exported.sisters]}
    return Answer(document=document, words="\n".join(line for each in exported.sisters for line in for_sister_told(each)))


def for_sister_document(sealed: peers.ForSister) -> dict[str, Any]:
    """What was sealed for one other computer, as a document."""
    return {"seat": sealed.seat, "records": sealed.records, "packages": [str(path) for path in sealed.paths]}


def for_sister_told(sealed: peers.ForSister) -> list[str]:
    """What was sealed for one other computer, in words: its records, then its packages."""
    words = ngettext("For {seat}: {count} record.", "For {seat}: {count} records.", sealed.records)
    return [words.format(seat=sealed.seat, count=sealed.records), *(f"  {path}" for path in sealed.paths)]
