"""`liaison receive`: files and whole sticks, looked at and taken in by the list that the window uses too."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from app.commands.way_in import reading, writing
from app.domain.arrival import Verdict
from app.errors import AppError
from app.i18n import _
from app.messages import explain, problem_told
from app.messages.arrivals import brings_told, files_again_told, others_told, suspicious_told
from app.messages.logged import event_told
from app.terminal import REFUSED, AddCommand, Answer
from app.use_cases import arrivals
from app.use_cases.arrival import Arrival, TakenIn
from app.use_cases.attachment_desk import Offered
from app.use_cases.brought_files import Found, look_at
from app.use_cases.receipt_codes import ToldByCode, is_code, take_scanned, tell_by_code
from app.use_cases.scanning import codes_on
from app.workspace import Workspace


def add_to(command: AddCommand) -> None:
    """The command with its arguments."""
    command(
        "receive",
        receive,
        _("take in receipts, replies, trust files, reference data, and whatever else is brought; folders are looked through"),
        ("files", {"type": Path, "nargs": "+", "metavar": "FILE"}),
        ("--preview", {"action": "store_true", "help": _("say what each file is and would do, and change nothing")}),
    )

    command(
        "receive-code",
        receive_code,
        _("take in a receipt that came on paper: the texts or pictures of its codes, or a short code that was told"),
        ("codes", {"nargs": "*", "metavar": "CODE"}),
        ("--picture", {"type": Path, "nargs": "+", "default": [], "metavar": "FILE"}),
    )


def _settled(told: ToldByCode) -> str:
    words = _("Package {number} was settled before: nothing new.") if told.known else _("Package {number}: all received.")
    return words.format(number=told.seq)


def receive_code(options: Namespace) -> Answer:
    """`receive-code [CODE...] [--picture FILE...]`: scanned codes are the receipt, a typed one settles its package."""
    pictures = codes_on([Offered.at(path) for path in options.picture])
    problems = [each.problem for each in pictures if each.problem]
    codes = [*options.codes, *(code for each in pictures for code in each.codes)]
    scanned = [each for each in codes if is_code(each)]
    with writing(options) as workspace:
        told = [tell_by_code(workspace, each) for each in codes if each not in scanned]
        taken = take_scanned(workspace, scanned) if scanned else None
    words = [problem_told(each) for each in problems]
    words += [_settled(each) for each in told]
    document: dict[str, Any] = {"settled": [{"epoch": each.epoch, "seq": each.seq, "known": each.known} for each in told]}
    if isinstance(taken, TakenIn):
        document["receipt"] = {"verdict": taken.verdict, "number": taken.number, "returned": taken.returned}
        words.append(_("Receipt {number} taken in.").format(number=taken.number))
    elif taken:
        document["missing"] = taken.of - taken.read
        words.append(_("{read} of {of} codes; scan the others too.").format(read=taken.read, of=taken.of))
    incomplete = bool(problems) or not codes or "missing" in document
    return Answer(document=document, words="\n".join(words), exit=REFUSED if incomplete else 0)


def receive(options: Namespace) -> Answer:
    """`receive FILE... [--preview]`: each file by itself; exit code 1 where one was not taken, or could not be."""
    if options.preview:
        return _preview(options)
    found = look_at(options.files)
    taken: list[dict[str, Any]] = []
    words: list[str] = []
    with writing(options) as workspace:
        for path in arrivals.in_order(found.files):
            told, sentence = _receive_one(workspace, path)
            taken.append(told)
            words.append(sentence)
    refused = any(each["verdict"] == "refused" for each in taken)
    return Answer(
        document={"files": taken, "others": found.others, "suspicious": list(found.suspicious)},
        words="\n".join([*words, *_others(found)]),
        exit=REFUSED if refused else 0,
    )


def _preview(options: Namespace) -> Answer:
    with reading(options) as workspace:
        looked = arrivals.look_at_all(workspace, options.files)
    seen, found = looked.arrivals, looked.found
    refused = any(each.verdict is Verdict.REFUSED for each in seen)
    return Answer(
        document={"files": [_document(each) for each in seen], "others": found.others, "suspicious": list(found.suspicious)},
        words="\n".join([*(_told(each) for each in seen), *_others(found)]),
        exit=REFUSED if refused else 0,
    )


def _document(arrival: Arrival) -> dict[str, Any]:
    told = {"file": str(arrival.path), "what": arrival.what or None, "verdict": arrival.verdict.name.lower()}
    if arrival.fault:
        return told | {"code": arrival.fault.code, "message": explain(arrival.fault)}
    incoming = arrival.incoming
    return told | {
        "number": arrival.number,
        "settles": list(arrival.settles),
        "returned": arrival.returned,
        "files_again": arrival.files_again,
        "records": {
            "new": incoming.new,
            "changed": incoming.changed,
            "conflicts": incoming.conflicts,
            "known": incoming.known,
            "unread": incoming.unread,
            "files": incoming.files,
        },
        "message": brings_told(arrival, lambda day: day.isoformat()),
    }


def _told(arrival: Arrival) -> str:
    sentence = explain(arrival.fault) if arrival.fault else brings_told(arrival, lambda day: day.isoformat())
    return _("{file}: {sentence}").format(file=arrival.path.name, sentence=sentence)


def _others(found: Found) -> list[str]:
    return [words for words in (suspicious_told(found.suspicious), others_told(found.others)) if words]


def _receive_one(workspace: Workspace, path: Path) -> tuple[dict[str, Any], str]:
    try:
        taken = arrivals.receive(workspace, path)
    except AppError as error:
        sentence = explain(error)
        refused: dict[str, Any] = {"file": path.name, "verdict": "refused", "code": error.code, "message": sentence}
        return refused, _("{file}: {sentence}").format(file=path.name, sentence=sentence)
    told = {"file": taken.file, "what": taken.what, "verdict": taken.verdict, "number": taken.number, "returned": taken.returned}
    known = (
        _("{file}: known already, nothing changed.") if taken.verdict == "duplicate" else _("{file}: {what} {number} taken in.")
    )
    words = known.format(**{**told, "what": event_told(taken.what), "number": taken.number or ""})
    if taken.files_again:
        told["files_again"] = taken.files_again
        words += files_again_told(taken.files_again)
    if taken.what == "peer":
        told |= {"records": taken.records, "conflicts": taken.conflicts}
        words += " " + _("{records} states new, {conflicts} records to be decided.").format(**told)
    return told, words
