"""The commands of `liaison` that hand in what the station has, and list what was."""

from argparse import Namespace
from typing import Any

from app.commands.arguments import FLAG, FOLDER, NUMBER
from app.commands.seats import for_sister_document, for_sister_told
from app.commands.told import local_told
from app.commands.way_in import reading, writing
from app.domain.life import PackageState
from app.i18n import _
from app.messages import carried_told, code_told, explain
from app.messages.exposed import exposed_lines
from app.queries import reconciliation
from app.queries.exposed import exposed_going
from app.storage.outbox import Sent
from app.terminal import AddCommand, Answer, exit_code
from app.use_cases import backups, handing_in
from app.use_cases import trust as trusting


def export(options: Namespace) -> Answer:
    """`export --output DIR`: with nothing to send, package is null and the exit code 0.

    A backup that could not be put beside the packages is told, and its exit code is the command's.
    """
    with writing(options) as workspace:
        sizes = handing_in.Sizes(most=options.max_mb << 20, records_only=options.records_only)
        beside = (backups.put_beside(workspace),) if options.with_backup else ()
        exposed = exposed_going(workspace)
        exported = handing_in.export(workspace, options.output, sizes=sizes, beside=beside)
    missed = [{"code": each.code, "message": explain(each)} for each in exported.not_beside]
    also: dict[str, Any] = {"not_beside": missed} if missed else {}
    apart = exported.not_for_sisters
    without = _("What the station's other computers lack is not beside it: {sentence}")
    if apart:
        also["not_for_sisters"] = {"code": apart.code, "message": explain(apart)}
    lacking = _("The backup is not beside it: {sentence}")
    remarks = [*exposed_lines(exposed), *(lacking.format(sentence=each["message"]) for each in missed)]
    remarks += [without.format(sentence=explain(apart))] if apart else []
    code = exit_code(*exported.not_beside, *([apart] if apart else []))
    beyond = [told for each in exported.sisters for told in for_sister_told(each)]
    if exported.sisters:
        also["seats"] = [for_sister_document(each) for each in exported.sisters]
    if not exported.numbers:
        document: dict[str, Any] = {"package": None, "seq": None, "records": {}, "bytes": 0, **also}
        words = _("Nothing to hand in: everything is in a package already.")
        return Answer(document=document, words="\n".join([words, *beyond]), exit=code, remarks=remarks)
    parts: list[dict[str, Any]] = [
        {"package": str(path), "seq": sent.seq, "records": dict(sent.records), "bytes": sent.size, "sha256": sent.sha256}
        for sent, path in zip(exported.numbers, exported.paths, strict=True)
    ]
    told = _("Package {seq}: {counts}; {bytes} bytes, read back: {package}")
    carried = [carried_told(sent.records, sent.kind) for sent in exported.numbers]
    lines = [told.format(**each, counts=counts) for each, counts in zip(parts, carried, strict=True)]
    document = parts[-1] | also
    if due := exported.begun:
        why = _("The numbers begin anew with epoch {epoch}, and everything goes once more: {reason}.")
        lines.insert(0, why.format(epoch=due.epoch, reason=code_told(due.reason)))
        document["epoch"] = {"number": due.epoch, "reason": str(due.reason)}
    if len(parts) > 1:
        document["parts"] = parts
    return Answer(document=document, words="\n".join([*lines, *beyond]), exit=code, remarks=remarks)


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
    carried = carried_told(sent.records, sent.kind)
    return f"{sent.epoch}/{sent.seq}  {local_told(sent.made)}  {state}  {carried}"


# --- the words of the command line ------------------------------------------------------------------------------------


def add_to(command: AddCommand) -> None:
    """Put these commands into the command line."""
    command(
        "export",
        export,
        _("seal what has not been handed in, and copy it to a folder"),
        ("--output", FOLDER),
        ("--max-mb", {**NUMBER, "default": 0, "metavar": "N", "help": _("keep each package below N MB")}),
        ("--records-only", {**FLAG, "help": _("the contents of attachments wait for another time")}),
        ("--with-backup", {**FLAG, "help": _("put an encrypted backup beside the packages")}),
    )
    command("packages", packages, _("show what was handed in and what came back"))
