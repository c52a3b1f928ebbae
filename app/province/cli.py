"""`liaison-province`: a body's receiver by the command line."""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.clock import Clock
from app.domain.kinds import KINDS
from app.domain.station import SeatStatus
from app.domain.values import CodeSet
from app.errors import Refused
from app.files import disk_told
from app.i18n import _, ngettext
from app.messages import code_told, counts_told, explain, problem_told, said
from app.packages.forms import GM_1
from app.paths import default_province_home
from app.province import (
    desk,
    enrolment,
    escrow_commands,
    key_commands,
    platform_command,
    receipts,
    receiver,
    reference_commands,
    signature_commands,
    store,
    suite_commands,
)
from app.province.blobs import sweep_blobs
from app.province.deeds_file import read_deeds
from app.province.evaluations import OpenedEvaluation, opened_evaluations
from app.province.forwarding import sweep_peers
from app.province.intake import ACCEPTED, DUPLICATE, FORWARDED, Intake, Taken
from app.province.purpose import Purpose
from app.province.receiver import Receiver
from app.province.restoring import restore_packages
from app.terminal import REFUSED, AddCommand, Answer, Commands, common_options, passphrase_of, run, way_of, write_document

_PATH: Mapping[str, Any] = {"type": Path}
_OUTPUT: Mapping[str, Any] = {"type": Path, "required": True, "metavar": "FILE"}
_FOLDER: Mapping[str, Any] = {"type": Path, "required": True, "metavar": "DIR"}
_LARGEST_REQUEST = 1 << 20


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 1 refused, 2 misused, 3 the world failed."""
    return run(parser, arguments)


def parser() -> argparse.ArgumentParser:
    """Every command with its arguments."""
    whole = argparse.ArgumentParser(prog="liaison-province", description=_("The receiving side: packages in, receipts out."))
    command = Commands(whole, _receiver_options).add
    _add_set_up(command)
    command("trust", _trust, _("write the whole trust list"), ("--output", _OUTPUT))
    command("enrol", _enrol, _("take a station's computer into the trust list"), ("request", _PATH), ("--output", _OUTPUT))
    command(
        "revoke",
        _revoke,
        _("revoke a computer after what it has handed in so far, or after a number"),
        ("seat", {}),
        (
            "--after",
            {"metavar": "EPOCH/SEQ", "help": _("the last number that still counts, as of a stolen computer")},
        ),
    )
    heard = {"default": "", "metavar": "DIGITS", "help": _("the twelve digits, as the station's head reads them out")}
    asked = _("tell what a station asks to revoke; with the digits, revoke it")
    command("revoke-asked", _revoke_asked, asked, ("file", _PATH), ("--digits", heard))
    command(
        "let-epoch",
        _let_epoch,
        _("let a computer's numbers begin anew though some never came"),
        ("seat", {}),
        ("epoch", {"type": int}),
    )
    command(
        "intake",
        _intake,
        _("take packages in: files, or folders of them"),
        ("paths", {"type": Path, "nargs": "+", "metavar": "PATH"}),
        ("--dry-run", {"action": "store_true"}),
    )
    command(
        "receipts",
        _receipts,
        _("write a station's receipt, and what else it should take home"),
        ("--station", {"required": True, "metavar": "CODE"}),
        ("--output", _FOLDER),
        ("--printed", {"action": "store_true", "help": _("also as a paper to be scanned or typed, where no stick may leave")}),
    )
    command(
        "restore-package",
        _restore_package,
        _("seal what is held of a station for a computer that lost its own"),
        ("seat", {}),
        ("--output", _FOLDER),
    )
    _add_desk(command)
    escrow_commands.add_to(command, _opened)
    signature_commands.add_to(command, _opened)
    suite_commands.add_to(command, _opened)
    key_commands.add_to(command, _opened)
    reference_commands.add_to(command, _opened)
    platform_command.add_to(command, _opened)
    command("evaluations", _evaluations, _("read the deputies' sealed evaluations"))
    command("count", _count, _("count the records by kind"))
    command("show", _show, _("show one record"), ("id", {}))
    return whole


def _add_set_up(command: AddCommand) -> None:
    """The command that everything begins with."""
    code = _("43, the six digits of a city or county, a township's nine")
    command(
        "setup",
        _set_up,
        _("set up the receiver of a body: root and online keys, store"),
        ("--body", {"required": True, "metavar": "CODE", "help": code}),
        ("--name", {"default": "", "metavar": "NAME", "help": _("what the body's division is called; needed for a township")}),
        ("--roots", _FOLDER),
        ("--suite", suite_commands.chosen(_("gm-1: take packages by SM2, SM3 and SM4 as well"))),
    )


def _add_desk(command: AddCommand) -> None:
    """The commands of the desk."""
    command(
        "suggestions",
        _suggestions,
        _("list the suggestions that are this body's own, where they stand and what may be done now; count the copies"),
        ("--station", {"default": "", "metavar": "CODE"}),
    )
    command(
        "handle",
        _handle,
        _("write down from a file what became of suggestions; the next receipts take it to their stations"),
        ("file", _PATH),
    )


def _receiver_options(whole: argparse.ArgumentParser) -> None:
    common_options(whole)
    whole.add_argument("--store", default=argparse.SUPPRESS, metavar="URL", help=_("another encrypted store: sqlite:///FILE"))


def _home(options: argparse.Namespace) -> Path:
    home: Path = getattr(options, "home", None) or default_province_home()
    return home


@contextmanager
def _opened(options: argparse.Namespace, *, write: bool) -> Iterator[Receiver]:
    with receiver.opened(_home(options), way_of(options), write=write, store=_store_path(options)) as opened:
        if write:
            sweep_blobs(opened)
            sweep_peers(opened)
        yield opened


def _store_path(options: argparse.Namespace) -> Path | None:
    url: str | None = getattr(options, "store", None)
    if url is None:
        return None
    if not url.startswith("sqlite:///"):
        raise Refused("store_unsupported", url=url)
    return Path(url.removeprefix("sqlite:///"))


def _set_up(options: argparse.Namespace) -> Answer:
    made = receiver.set_up(
        _home(options),
        way_of(options),
        code=options.body,
        name=options.name,
        roots_folder=options.roots,
        passphrase=passphrase_of(options),
        clock=Clock(),
        store=_store_path(options),
    )
    if options.suite == GM_1.suite:
        with _opened(options, write=True) as opened:
            suite_commands.added(options, opened)
    document = {
        "body": made.body,
        "code": made.code,
        "roots_fingerprint": made.fingerprint,
        "recovery_code": made.recovery_code,
    }
    words = _(
        "The receiver of {code} is set up. Publish the roots' fingerprint {roots_fingerprint}\n"
        "Lock the root keys away, apart from each other. Recovery code, to be printed:\n\n    {recovery_code}\n"
    )
    return Answer(document=document, words=words.format(**document))


def _trust(options: argparse.Namespace) -> Answer:
    with _opened(options, write=True) as opened:
        write_document(options.output, enrolment.trust_bundle(opened))
    return Answer(document={"file": str(options.output)}, words=_("Trust list written: {file}").format(file=options.output))


def _enrol(options: argparse.Namespace) -> Answer:
    with disk_told(options.request), options.request.open("rb") as file:
        request = file.read(_LARGEST_REQUEST)
    with _opened(options, write=True) as opened:
        enrolled = enrolment.enrol(opened, request)
    write_document(options.output, enrolled.bundle)
    document = {
        "station": enrolled.station,
        "seat": enrolled.seat,
        "digits": enrolled.digits,
        "version": enrolled.version,
        "file": str(options.output),
    }
    words = _("Station {station}, computer {seat} enrolled. Compare these digits with the station by telephone: {digits}\n{file}")
    return Answer(document=document, words=words.format(**document))


def _revoke(options: argparse.Namespace) -> Answer:
    with _opened(options, write=True) as opened:
        listed = enrolment.revoke(opened, options.seat, _place(options.after))
    document = {"seat": options.seat, "version": listed.version}
    return Answer(document=document, words=_("Computer {seat} is revoked; trust list {version}.").format(**document))


def _revoke_asked(options: argparse.Namespace) -> Answer:
    with disk_told(options.file), options.file.open("rb") as file:
        data = file.read(_LARGEST_REQUEST)
    with _opened(options, write=bool(options.digits)) as opened:
        asked = enrolment.asked_revocation(opened, data)
        listed = enrolment.revoke_as_asked(opened, data, options.digits) if options.digits else None
    after = asked.request.after
    document = {
        "station": asked.station,
        "seat": asked.request.seat,
        "reason": str(asked.request.reason),
        "after": [after.epoch, after.seq] if after else None,
        "digits": asked.digits,
        "version": listed.version if listed else None,
    }
    told = _("Station {station} asks to revoke computer {seat}: {reason}.")
    words = told.format(station=asked.station, seat=asked.request.seat, reason=code_told(SeatStatus(asked.request.reason)))
    if after:
        words += _("What it handed in counts up to {epoch}/{seq}.").format(epoch=after.epoch, seq=after.seq)
    done = _("Computer {seat} is revoked; trust list {version}.").format(**document)
    ask = _("Nothing is revoked yet: have the station's head read the digits out and give them: {digits}").format(**document)
    return Answer(document=document, words="\n".join([words, done if listed else ask]))


def _place(text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    epoch, slash, seq = text.partition("/")
    if not (slash and epoch.isdecimal() and seq.isdecimal() and int(epoch)):
        raise Refused("place_malformed", text=text)
    return int(epoch), int(seq)


def _let_epoch(options: argparse.Namespace) -> Answer:
    with _opened(options, write=True) as opened:
        enrolment.let_epoch_begin(opened, options.seat, options.epoch)
        outcomes = Intake(opened).retry_parked()
    document = {"seat": options.seat, "epoch": options.epoch, "files": [_outcome(each) for each in outcomes]}
    words = _("The numbers of {seat} may begin anew with epoch {epoch}.").format(**document)
    return Answer(document=document, words="\n".join([words, *(_outcome_told(each) for each in outcomes)]))


def _restore_package(options: argparse.Namespace) -> Answer:
    with _opened(options, write=False) as opened:
        made = restore_packages(opened, options.seat, options.output)
    document = {
        "station": made.station,
        "seat": made.seat,
        "revisions": made.revisions,
        "packages": [str(path) for path in made.paths],
    }
    words = _("{revisions} states of records sealed for computer {seat}; only it can open them:").format(**document)
    return Answer(document=document, words="\n".join([words, *(str(path) for path in made.paths)]))


def _intake(options: argparse.Namespace) -> Answer:
    with _opened(options, write=True) as opened:
        intake = Intake(opened, dry_run=options.dry_run)
        outcomes = [*intake.retry_parked(), *(intake.take(path) for path in _files(options.paths))]
    document = {"files": [_outcome(each) for each in outcomes]}
    sound = all(each.verdict in {ACCEPTED, DUPLICATE, FORWARDED} for each in outcomes)
    words = "\n".join(_outcome_told(each) for each in outcomes) or _("No package found.")
    if options.dry_run:
        words = _("A rehearsal; nothing was saved.") + "\n" + words
    return Answer(document=document, words=words, exit=0 if sound else REFUSED)


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """The files named, and the packages in the folders named, in the order of their names."""
    for path in paths:
        if path.is_dir():
            yield from sorted(each for each in path.iterdir() if each.suffix == ".llz" and each.is_file())
        else:
            yield path


def _outcome(taken: Taken) -> dict[str, Any]:
    told: dict[str, Any] = {
        "file": taken.file,
        "verdict": taken.verdict,
        "code": taken.code,
        "new": taken.new,
        "duplicate": taken.duplicate,
        "conflict": taken.conflict,
        "returned": taken.returned,
    }
    if taken.reader:
        told |= {"reader": taken.reader, "dropped": taken.dropped}
    return told | ({"message": explain(taken.fault)} if taken.fault else {})


def _outcome_told(taken: Taken) -> str:
    if taken.fault:
        return _("{file}: {sentence}").format(file=taken.file, sentence=explain(taken.fault))
    if taken.verdict == DUPLICATE:
        return _("{file}: taken in before, nothing changed.").format(file=taken.file)
    if taken.verdict == FORWARDED:
        return _forwarded_told(taken)
    words = _("{file}: taken in; {new} new, {duplicate} known, {conflict} in conflict, {returned} returned.")
    told = words.format(**_outcome(taken))
    return f"{told} {said(taken.code, {})}" if taken.code else told


def _forwarded_told(taken: Taken) -> str:
    words = _("{file}: for computer {reader} of the same station; it is kept unread and goes with the next receipt.")
    gone = ngettext(
        "{count} older one gave way: what it held comes again with what the station hands in next.",
        "{count} older ones gave way: what they held comes again with what the station hands in next.",
        taken.dropped,
    )
    told = words.format(file=taken.file, reader=taken.reader)
    return f"{told} {gone.format(count=taken.dropped)}" if taken.dropped else told


def _receipts(options: argparse.Namespace) -> Answer:
    with _opened(options, write=True) as opened:
        written = receipts.write_receipts(opened, options.station, options.output, printed=options.printed)
    document = {
        "station": written.station,
        "receipt_seq": written.receipt_seq,
        "files": [str(path) for path in written.files],
    }
    words = _("Receipt {receipt_seq} for station {station}:").format(**document)
    return Answer(document=document, words="\n".join([words, *(str(path) for path in written.files)]))


def _suggestions(options: argparse.Namespace) -> Answer:
    with _opened(options, write=False) as opened:
        found = desk.standings(opened, options.station)
    own = [each for each in found if each.purpose is Purpose.HANDLE]
    counted = {str(Purpose.HANDLE): len(own), str(Purpose.SUMMARY): len(found) - len(own)}
    words = _("{handled} to be handled here, {copies} as copies for summing up.").format(
        handled=counted["handle"], copies=counted["summary"]
    )
    lines = [
        "  ".join(part for part in (each.code, each.suggestion.case_number, told, each.suggestion.title()) if part)
        for each in own
        if (told := _word(each.suggestion.state))
    ]
    document = {"purposes": counted, "suggestions": [_standing(each) for each in own]}
    return Answer(document=document, words="\n".join([words, *lines]))


def _standing(stands: desk.Standing) -> dict[str, Any]:
    suggestion = stands.suggestion
    return {
        "id": suggestion.id,
        "station": stands.code,
        "title": suggestion.title(),
        "state": suggestion.state,
        "case_number": suggestion.case_number,
        "round": stands.course.round,
        "events": list(stands.events),
        "taken_home": stands.taken_home,
    }


def _handle(options: argparse.Namespace) -> Answer:
    told = read_deeds(options.file)
    with _opened(options, write=True) as opened:
        done = desk.handle(opened, told, options.file.parent)
    document = {
        "handled": [
            {
                "id": each.suggestion.id,
                "event": each.event,
                "state": each.suggestion.state,
                "files": each.files,
                "hints": [hint.code for hint in each.hints],
            }
            for each in done
        ]
    }
    lines = [_handled_told(each) for each in done]
    hints = tuple(problem_told(hint) for each in done for hint in each.hints)
    return Answer(document=document, words="\n".join(lines) or _("The file holds nothing to be done."), remarks=hints)


def _handled_told(done: desk.Handled) -> str:
    words = _("{title}: {event}, now {state}")
    told = words.format(title=done.suggestion.title(), event=_word(done.event), state=_word(done.suggestion.state))
    files = ngettext("{count} file added.", "{count} files added.", done.files).format(count=done.files)
    return f"{told}  {files}" if done.files else told


def _word(code: str) -> str:
    return code_told(code) if isinstance(code, CodeSet) else code


def _evaluations(options: argparse.Namespace) -> Answer:
    with _opened(options, write=False) as opened:
        found = opened_evaluations(opened)
    document = {"evaluations": [_evaluation(each) for each in found]}
    lines = [f"{each.returned_on}  {each.title}  {each.deputy_name}  {_verdict_told(each)}" for each in found]
    return Answer(document=document, words="\n".join(lines) or _("No sealed evaluation has come."))


def _evaluation(opened: OpenedEvaluation) -> dict[str, Any]:
    verdict = opened.verdict
    return {
        "id": opened.id,
        "station": opened.station,
        "suggestion": opened.suggestion,
        "title": opened.title,
        "deputy": opened.deputy_name,
        "returned_on": opened.returned_on,
        "attitude": str(verdict.attitude) if verdict else None,
        "result": str(verdict.result) if verdict else None,
        "opinion": verdict.opinion if verdict else None,
        "views": verdict.views if verdict else None,
        "fault": explain(opened.fault) if opened.fault else None,
    }


def _verdict_told(opened: OpenedEvaluation) -> str:
    if opened.verdict is None:
        return explain(opened.fault) if opened.fault else ""
    levels = (each for each in (opened.verdict.attitude, opened.verdict.result) if isinstance(each, CodeSet))
    return "  ".join(each for each in (*map(code_told, levels), opened.verdict.opinion, opened.verdict.views) if each)


def _count(options: argparse.Namespace) -> Answer:
    with _opened(options, write=False) as opened:
        numbers = store.count(opened.store)
    return Answer(document=numbers, words=counts_told(numbers))


def _show(options: argparse.Namespace) -> Answer:
    with _opened(options, write=False) as opened:
        held = store.find(opened.store, options.id)
    revision = held.revision
    document = {
        "id": revision.id,
        "kind": revision.kind,
        "station": held.station,
        "rev": revision.rev,
        "deleted": held.deleted,
        "disputed": list(held.disputed),
        "fields": dict(revision.body),
    }
    labels = KINDS[revision.kind].fields if revision.kind in KINDS else {}
    lines = [f"{labels[name].label if name in labels else name}：{value}" for name, value in revision.body.items()]
    return Answer(document=document, words="\n".join(lines))
