"""The commands of `liaison`: each calls one use case or query and words its answer."""

import json
import secrets
import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from app.clock import CHINA, Clock
from app.domain.life import PackageState
from app.domain.records import body_of
from app.domain.values import Json, wording
from app.errors import Refused
from app.files import disk_told
from app.i18n import N_, _
from app.keys.passphrase import read_passphrase_file
from app.keys.ways import KeyringWay, RecoveryWay
from app.messages import code_told, counts_told, field_told, kind_told, problem_told, said
from app.messages.blanks import size
from app.messages.exposed import exposed_lines
from app.packages.statement import Kind
from app.paths import default_home
from app.queries import counts, reconciliation
from app.queries import record as records
from app.queries.attachments import attachments_of
from app.queries.exposed import exposed_going, exposed_in
from app.queries.origins import parts_of
from app.queries.persons import listed_title
from app.queries.readable import masked_fields, masked_value
from app.storage.outbox import Sent
from app.terminal import Answer, way_of, write_document
from app.use_cases import backups, handing_in, imports, recording, setup, suggestions
from app.use_cases import demo as invented
from app.use_cases import trust as trusting
from app.use_cases.brought_files import LARGEST_DOCUMENT
from app.use_cases.contact_shown import note_shown
from app.use_cases.signing_in import check_pin
from app.workspace import Workspace, opened

_LARGEST_ENTRY: Final = 4 << 20  # bytes of a JSON entry or a text
FIRST_OPERATOR: Final = "联络员"
"""Who is at the keyboard of a new computer where nobody is named."""


def home_of(options: Namespace) -> Path:
    """The folder the workspace lies in."""
    home: Path = getattr(options, "home", None) or default_home()
    return home


@contextmanager
def _open_to(options: Namespace, *, write: bool) -> Iterator[Workspace]:
    """The workspace, once whoever is at the keyboard has shown that it is them; raises as `check_pin` does."""
    with opened(home_of(options), way_of(options), write=write, operator=getattr(options, "operator", "")) as workspace:
        pin = getattr(options, "pin_file", None)
        check_pin(workspace, workspace.author.op, read_passphrase_file(pin).text if pin else "")
        yield workspace


def reading(options: Namespace) -> AbstractContextManager[Workspace]:
    """The workspace, opened for reading."""
    return _open_to(options, write=False)


@contextmanager
def writing(options: Namespace) -> Iterator[Workspace]:
    """The workspace, opened for writing; reminds where it is due that the recovery code is to be locked away."""
    with _open_to(options, write=True) as workspace:
        if setup.recovery_reminder_due(workspace):
            print(_("Nobody has confirmed yet that the recovery code is printed and locked away."), file=sys.stderr)
        if setup.proof_reminder_due(workspace):
            told = _("Nobody has shown for a year that the recovery code is still at hand: liaison keys prove --recovery-file F")
            print(told, file=sys.stderr)
        yield workspace


@contextmanager
def noting(options: Namespace, *, needed: bool = False) -> Iterator[Workspace]:
    """The workspace, opened for writing, so that what is handed out is noted; for reading beside a writer, unless it must be."""
    with ExitStack() as stack:
        try:
            workspace = stack.enter_context(writing(options))
        except Refused as error:
            if error.code != "second_writer" or needed:
                raise
            workspace = stack.enter_context(reading(options))
        yield workspace


def day_given(text: str | None) -> date | None:
    """A day as it is written on the command line; raises `Refused("day_malformed", text)`."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Refused("day_malformed", text=text) from error


# --- keys ----------------------------------------------------------------------------------------------------------


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
    if bundle is not None:
        with writing(options) as workspace:
            document["roots_fingerprint"] = trusting.take_trust(workspace, bundle).fingerprint
    if isinstance(way, KeyringWay):
        _ask_for_group(options, made.recovery_code)
    words = _("The station {name} is set up. Its recovery code, to be printed and locked away:\n\n    {code}\n").format(
        name=options.name, code=made.recovery_code
    )
    return Answer(document=document, words=words)


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
        request = trusting.request_enrolment(workspace)
    write_document(options.output, request.content)
    words = _("Carry {file} to the receiving body and read these digits out to it: {digits}")
    return Answer(
        document={"file": str(options.output), "digits": request.digits},
        words=words.format(file=options.output, digits=request.digits),
    )


def take_trust(options: Namespace) -> Answer:
    """`trust`: the fingerprint is shown whenever it is seen for the first time."""
    with writing(options) as workspace:
        taken = trusting.take_trust(workspace, read_file(options.file), options.roots_fingerprint)
        warnings = [
            said(each.code, {"expired": each.expired}) for each in trusting.trusted_by(workspace).warnings(workspace.clock.now())
        ]
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
    return Answer(document=document, words=words, remarks=warnings)


# --- records -------------------------------------------------------------------------------------------------------


def demo(options: Namespace) -> Answer:
    """`demo`: invented records only, through the same path as a person's import."""
    amounts = invented.Amounts(visits=options.visits, issues=options.issues, suggestions=options.suggestions)
    code = invented.set_up_if_missing(home_of(options), way_of(options), Clock())
    with writing(options) as workspace:
        made = invented.fill(workspace, amounts, options.seed)
    document: dict[str, Any] = {"records": made.records, "import_id": made.import_id}
    words = _("Invented records saved: {counts}").format(counts=counts_told(made.records))
    words += "\n" + _("To take it back: liaison undo {id}").format(id=made.import_id)
    if code:
        document["recovery_code"] = code
        words += "\n" + _("Recovery code of the invented station: {code}").format(code=code)
    return Answer(document=document, words=words)


def record(options: Namespace) -> Answer:
    """`record visit|deputy|issue FILE.json`."""
    entry = _json(options.file)
    with writing(options) as workspace:
        saved = recording.record(workspace, options.kind, entry, options.file.parent)
    hints = [problem_told(each) for each in saved.hints]
    return Answer(document={"id": saved.id}, words=_("Saved: {id}").format(id=saved.id), remarks=hints)


def import_file(options: Namespace) -> Answer:
    """`import FILE --as issues|visits|people|units|results`."""
    choice = imports.SheetChoice(kind=options.kind, sheet=options.sheet, header_row=options.header_row, year=options.year)
    with (reading if options.dry_run else writing)(options) as workspace:
        first = partial(backups.before_import, workspace)
        told = imports.import_ledger(workspace, options.file, choice, dry_run=options.dry_run, first=first)
    return import_told(told, rehearsal=options.dry_run)


def import_told(told: imports.Imported, *, rehearsal: bool) -> Answer:
    """What an import did: the three counts, and the first problems in sentences."""
    problems = [
        {
            "row": each.row,
            "column": each.column,
            "code": each.code,
            "message": said(each.code, {"row": each.row, "column": each.column, **each.facts}),
        }
        for each in told.problems
    ]
    document = {
        "read": told.read,
        "imported": told.imported,
        "repeated": told.repeated,
        "refused": told.refused,
        "import_id": told.import_id,
        "kind": told.kind,
        "sheet": told.sheet,
        "problems": problems,
    }
    words = _("{read} rows read: {imported} imported, {repeated} known already, {refused} refused.").format(**document)
    if rehearsal:
        words = _("A rehearsal; nothing was saved.") + "\n" + words
    if told.import_id:
        words += "\n" + _("To take it back: liaison undo {id}").format(id=told.import_id)
    return Answer(document=document, words="\n".join([words, *(str(each["message"]) for each in problems[:20])]))


def count(options: Namespace) -> Answer:
    """`count`: a document of numbers by kind."""
    with reading(options) as workspace:
        numbers = counts.count(workspace)
    return Answer(document=numbers, words=counts_told(numbers))


def show(options: Namespace) -> Answer:
    """`show ID [--contact]`: residents masked, unless it is asked for and noted."""
    with (writing if options.contact else reading)(options) as workspace:
        if options.contact:
            note_shown(workspace, options.id)
        stored = records.record(workspace, options.id)
        files = attachments_of(workspace, options.id)
        parts = parts_of(workspace, stored.record)
    traits = stored.record.traits
    whole = body_of(stored.record)
    body = whole if options.contact else masked_fields(traits.name, whole)
    title = stored.record.title() if options.contact else listed_title(stored.record)
    document: dict[str, Any] = {"id": options.id, "kind": traits.name, "rev": stored.rev, "disputed": list(stored.disputed)}
    lines = [f"{kind_told(traits.name)}  {title}  {options.id}"]
    for name, value in body.items():
        told = getattr(stored.record, name, value) if value == whole[name] else value
        lines.append(f"  {field_told(traits.name, name)}：{_shown(told)}")
    lines += [
        f"  {kind_told(each.traits.name)}：{each.title() if options.contact else listed_title(each)}  {each.id}" for each in parts
    ]
    lines += [f"  {kind_told('attachment')}：{each.name}  {size(each.size, {})}  {each.id}" for each in files]
    document["parts"] = [
        {
            "id": each.id,
            "kind": each.traits.name,
            "fields": body_of(each) if options.contact else masked_fields(each.traits.name, body_of(each)),
        }
        for each in parts
    ]
    document["attachments"] = [{"id": each.id, "name": each.name, "size": each.size, "sha256": each.sha256} for each in files]
    return Answer(document=document | {"fields": body}, words="\n".join(lines))


def history(options: Namespace) -> Answer:
    """`history ID`."""
    with reading(options) as workspace:
        changes = records.history(workspace, options.id)
    document = {
        "id": options.id,
        "changes": [
            {
                "at": each.at.isoformat(),
                "event": each.event,
                "operator": each.operator,
                "seat": each.seat,
                "rev": each.rev,
                "fields": {
                    name: {"from": masked_value(each.kind, name, before), "to": masked_value(each.kind, name, after)}
                    for name, (before, after) in each.fields.items()
                },
            }
            for each in changes
        ],
    }
    lines = [
        f"{local_told(each.at)}  {each.operator}  {_(WORDS.get(each.event, each.event))}  {_labels(each)}" for each in changes
    ]
    return Answer(document=document, words="\n".join(lines))


# --- suggestions ---------------------------------------------------------------------------------------------------


def submit(options: Namespace) -> Answer:
    """`submit ID`."""
    with writing(options) as workspace:
        exposed = exposed_in(workspace, options.id)
        submitted = suggestions.submit_suggestion(workspace, options.id)
    return Answer(
        document={"id": submitted.id, "hints": [each.code for each in submitted.hints]},
        words=_("Submitted; its words do not change any more: {id}").format(id=options.id),
        remarks=(*exposed_lines(exposed), *map(problem_told, submitted.hints)),
    )


# --- exchange ------------------------------------------------------------------------------------------------------


def export(options: Namespace) -> Answer:
    """`export --output DIR`: with nothing to send, package is null and the exit code 0."""
    with writing(options) as workspace:
        sizes = handing_in.Sizes(most=options.max_mb << 20, records_only=options.records_only)
        beside = (backups.put_beside(workspace),) if options.with_backup else ()
        exposed = exposed_going(workspace)
        exported = handing_in.export(workspace, options.output, sizes=sizes, beside=beside)
    if not exported.numbers:
        document: dict[str, Any] = {"package": None, "seq": None, "records": {}, "bytes": 0}
        return Answer(document=document, words=_("Nothing to hand in: everything is in a package already."))
    parts: list[dict[str, Any]] = [
        {"package": str(path), "seq": sent.seq, "records": dict(sent.records), "bytes": sent.size, "sha256": sent.sha256}
        for sent, path in zip(exported.numbers, exported.paths, strict=True)
    ]
    told = _("Package {seq}: {counts}; {bytes} bytes, read back: {package}")
    lines = [told.format(**{**each, "counts": counts_told(each["records"])}) for each in parts]
    document = dict(parts[-1])
    if due := exported.begun:
        why = _("The numbers begin anew with epoch {epoch}, and everything goes once more: {reason}.")
        lines.insert(0, why.format(epoch=due.epoch, reason=code_told(due.reason)))
        document["epoch"] = {"number": due.epoch, "reason": str(due.reason)}
    if len(parts) > 1:
        document["parts"] = parts
    return Answer(document=document, words="\n".join(lines), remarks=exposed_lines(exposed))


def packages(options: Namespace) -> Answer:
    """`packages`: every number, and where the records stand."""
    with reading(options) as workspace:
        standing = reconciliation.standing(workspace, contact=trusting.contact_travels(workspace))
    numbers: list[dict[str, Any]] = [
        {
            "epoch": each.epoch,
            "seq": each.seq,
            "kind": each.kind,
            "made": each.made.isoformat(),
            "state": each.state,
            "code": each.code,
            "receipt": each.receipt,
            "records": dict(each.records),
            "bytes": each.size,
            "file": each.file,
        }
        for each in standing.numbers
    ]
    lines = [_number_told(each) for each in standing.numbers]
    totals = _("Never sent {never_sent}, sent {sent}, received {received}, returned {returned}.").format(**standing.records)
    returned = [{"id": each.record, "code": each.code, "words": each.words} for each in standing.returned]
    document = {"packages": numbers, "records": standing.records, "returned": returned}
    lines += [_("Returned: {id} {code} {words}").format(**each) for each in returned]
    return Answer(document=document, words="\n".join([totals, *lines]))


def _number_told(sent: Sent) -> str:
    state = code_told(PackageState(sent.state))
    carried = _("declares a lost number") if sent.kind == Kind.VOID else counts_told(sent.records)
    return f"{sent.epoch}/{sent.seq}  {local_told(sent.made)}  {state}  {carried}"


# --- words and files -----------------------------------------------------------------------------------------------


WORDS: Final = {
    "saved": N_("saved"),
    "removed": N_("removed"),
    "restored": N_("restored"),
    "undone": N_("undone"),
    "redone": N_("made again"),
    "receipt": N_("receipt"),
    "reply": N_("reply"),
    "peer": N_("package of another computer of the station"),
    "restore": N_("records given back"),
    "trust": N_("trust list"),
    "own": N_("package of this station"),
    "cosign_answer": N_("answer to a co-signing request"),
    "cosign_request": N_("co-signing request"),
    "card": N_("card of a computer"),
    "print": N_("printed"),
    "contact_shown": N_("contact shown in full"),
    "term_changed": N_("the term changed"),
    "erased": N_("earlier content erased"),
    "person_erased": N_("personal data erased"),
    "person_exported": N_("personal data exported"),
    "person_blocked": N_("blocked"),
    "person_unblocked": N_("shown again"),
}
"""Words of documents that are shown to a person as well."""


def _labels(change: records.Change) -> str:
    """The fields a change touched, by the names people give them."""
    return "、".join(field_told(change.kind, name) for name in change.fields)


def local_told(moment: datetime) -> str:
    """A moment as the clock on the wall shows it."""
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"


def _shown(value: object) -> str:
    if isinstance(value, (tuple, list)):
        return "、".join(_shown(each) for each in value)
    return _("yes") if value is True else wording(value) if isinstance(value, str) else str(value)


def read_file(path: Path) -> bytes:
    with disk_told(path), path.open("rb") as file:
        return file.read(LARGEST_DOCUMENT)


def text_of(path: Path) -> str:
    """What a file of plain text says; raises `Refused("file_large" | "file_not_text")`."""
    with disk_told(path), path.open("rb") as file:
        data = file.read(_LARGEST_ENTRY + 1)
    if len(data) > _LARGEST_ENTRY:
        raise Refused("file_large", path=str(path), most=_LARGEST_ENTRY)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("file_not_text", path=str(path))


def _json(path: Path) -> Mapping[str, Json]:
    try:
        entry = json.loads(text_of(path), parse_float=str)
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        raise Refused("entry_not_json", path=str(path), line=line) from error
    if not isinstance(entry, dict):
        raise Refused("entry_not_object", path=str(path))
    return entry
