"""The commands of `liaison` about personal data: what is held of a resident, erasing, blocking, and the purge of what is over."""

from argparse import Namespace
from collections.abc import Callable, Mapping
from typing import Any

from app.commands.arguments import FLAG, PATH
from app.commands.way_in import reading, writing
from app.domain.erasure import ErasurePlan
from app.domain.rights import Right
from app.errors import Refused
from app.i18n import _, ngettext
from app.messages.erasure import plan_told, purge_told
from app.queries.person_file import people_called
from app.queries.rights import check_may
from app.terminal import AddCommand, Answer
from app.use_cases.person_data import block_person, erase_person, erasure_plan, unblock_person
from app.use_cases.person_export import export_person
from app.use_cases.retention import purge, purge_preview, save_report


def person(options: Namespace) -> Answer:
    """`person find TEXT`, and `person export|erase|block|unblock ID...`."""
    deed: Callable[[Namespace], Answer] = _DEEDS[options.deed]
    return deed(options)


def _find(options: Namespace) -> Answer:
    with reading(options) as workspace:
        check_may(workspace, Right.PRIVACY)
        rows = [row for text in options.who for row in people_called(workspace, text)]
    states = [_("blocked") if each.blocked else _("removed") if each.removed else "" for each in rows]
    told = [
        {
            "id": each.id,
            "person": each.person,
            "phone": each.phone,
            "on": each.on.isoformat() if each.on else None,
            "village": each.village,
            "issues": each.issues,
            "removed": each.removed,
            "blocked": each.blocked,
        }
        for each in rows
    ]
    words = ngettext("{count} meeting found.", "{count} meetings found.", len(rows)).format(count=len(rows))
    lines = [
        "  ".join(part for part in (each.id, str(each.on or ""), each.person, each.phone, each.village, state) if part)
        for each, state in zip(rows, states, strict=True)
    ]
    return Answer(document={"people": told}, words="\n".join([words, *lines]))


def _export(options: Namespace) -> Answer:
    if options.output is None:
        raise Refused("folder_needed")
    with writing(options) as workspace:
        exported = export_person(workspace, options.who, options.output)
    words = _("{records} records and {files} files written: {folder}. They are not encrypted: hand them over, then delete them.")
    document = {"folder": str(exported.folder), "records": exported.records, "files": exported.files}
    return Answer(document=document, words=words.format(**document))


def _erase(options: Namespace) -> Answer:
    if options.dry_run:
        with reading(options) as workspace:
            plan = erasure_plan(workspace, options.who, with_files=options.with_files)
        return Answer(document=_plan(plan), words="\n".join([_("A rehearsal; nothing was erased."), *plan_told(plan)]))
    with writing(options) as workspace:
        plan = erase_person(workspace, options.who, with_files=options.with_files).plan
    return Answer(document=_plan(plan), words="\n".join(plan_told(plan)))


def _block(options: Namespace) -> Answer:
    with writing(options) as workspace:
        records = block_person(workspace, options.who).records
    words = ngettext("{count} record is out of sight now.", "{count} records are out of sight now.", records)
    return Answer(document={"records": records}, words=words.format(count=records))


def _unblock(options: Namespace) -> Answer:
    with writing(options) as workspace:
        records = unblock_person(workspace, options.who).records
    words = ngettext("{count} record is shown again.", "{count} records are shown again.", records)
    return Answer(document={"records": records}, words=words.format(count=records))


_DEEDS: Mapping[str, Callable[[Namespace], Answer]] = {
    "find": _find,
    "export": _export,
    "erase": _erase,
    "block": _block,
    "unblock": _unblock,
}
DEEDS = tuple(_DEEDS)


def _plan(plan: ErasurePlan) -> dict[str, Any]:
    return {
        "erased": dict(plan.erased),
        "blocked": dict(plan.blocked),
        "until": plan.until.isoformat() if plan.until else None,
        "reworded": plan.reworded,
        "files_left": plan.files_left,
        "drafts": plan.drafts,
        "searches": plan.searches,
        "packages": list(plan.numbers),
        "older": list(plan.older),
    }


def purge_records(options: Namespace) -> Answer:
    """`purge [--dry-run] [--report FILE]`."""
    with (reading if options.dry_run else writing)(options) as workspace:
        told = purge_preview(workspace) if options.dry_run else purge(workspace).report
    if options.report is not None:
        save_report(told, options.report)
    document = {
        "records": told.records,
        "parts": told.parts,
        "older": list(told.older),
        "lines": [
            {"class": each.of, "kind": each.kind, "records": each.records, "first": str(each.first), "last": str(each.last)}
            for each in told.lines
        ],
    }
    return Answer(document=document, words="\n".join(purge_told(told, rehearsal=options.dry_run)))


# --- the words of the command line ------------------------------------------------------------------------------------


def add_to(command: AddCommand) -> None:
    """Put these commands into the command line."""
    command(
        "person",
        person,
        _("what is held of a resident: find, export, erase, block, unblock"),
        ("deed", {"choices": DEEDS}),
        ("who", {"nargs": "+", "metavar": "WHO", "help": _("a name or number to find, else identifiers that find told")}),
        ("--output", {**PATH, "metavar": "DIR", "help": _("a new folder for what is exported")}),
        ("--with-files", {**FLAG, "help": _("erase the files of the person's matters too")}),
        ("--dry-run", {**FLAG, "help": _("say what would be erased, and erase nothing")}),
    )
    command(
        "purge",
        purge_records,
        _("erase what need not be kept any longer"),
        ("--dry-run", {**FLAG, "help": _("say what would be erased, and erase nothing")}),
        ("--report", {**PATH, "metavar": "FILE", "help": _("write classes and counts to a .csv file, without names")}),
    )
