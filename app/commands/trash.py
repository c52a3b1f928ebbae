"""The commands of `liaison` that take something back: of an import, of a record, and out of the trash."""

from argparse import Namespace

from app.commands.arguments import NUMBER
from app.commands.told import local_told
from app.commands.way_in import reading, writing
from app.i18n import _, ngettext
from app.messages import kind_told
from app.messages.logged import event_told
from app.queries import trash as trashes
from app.queries.record import is_record
from app.terminal import AddCommand, Answer
from app.use_cases import trash as restoring
from app.use_cases.imports import undo_import
from app.use_cases.undo import TakenBack, undo_last


def undo(options: Namespace) -> Answer:
    """`undo ID [--rev REV]`: of an import, or the last change of a record."""
    with writing(options) as workspace:
        if is_record(workspace, options.id):
            return _undone_change(undo_last(workspace, options.id, rev=options.rev))
        undone = undo_import(workspace, options.id)
    words = _("{count} records taken back.").format(count=undone.removed)
    if undone.kept:
        words += "\n" + _("{count} records were changed since and stay.").format(count=len(undone.kept))
    return Answer(document={"removed": undone.removed, "kept": list(undone.kept)}, words=words)


def _undone_change(done: TakenBack) -> Answer:
    told = _("Made again: {what}") if done.redone else _("Taken back: {what}")
    what = f"{kind_told(done.kind)}  {done.title}  {done.id}（{event_told(done.event)}）"
    document = {
        "id": done.id,
        "kind": done.kind,
        "event": done.event,
        "redone": done.redone,
        "fields": list(done.fields),
        "records": list(done.records),
        "rev": done.rev,
    }
    return Answer(document=document, words=told.format(what=what))


def trash(options: Namespace) -> Answer:
    """`trash [--limit N]`: what was removed, the newest first."""
    with reading(options) as workspace:
        found = trashes.trash(workspace, limit=max(0, options.limit))
    words = ngettext("{count} record in the trash.", "{count} records in the trash.", len(found.rows)).format(
        count=len(found.rows)
    )
    lines = [f"{local_told(each.at)}  {each.operator}  {kind_told(each.kind)}  {each.title}  {each.id}" for each in found.rows]
    shown = [
        {"id": each.id, "kind": each.kind, "title": each.title, "at": each.at.isoformat(), "operator": each.operator}
        for each in found.rows
    ]
    return Answer(document={"total": found.total, "records": shown}, words="\n".join([words, *lines]))


def restore(options: Namespace) -> Answer:
    """`restore ID`: a removed record, with what was removed along with it."""
    with writing(options) as workspace:
        restored = restoring.restore(workspace, options.id)
    count = len(restored.records)
    words = ngettext("{count} record brought back.", "{count} records brought back.", count).format(count=count)
    return Answer(document={"id": restored.id, "records": list(restored.records)}, words=words)


# --- the words of the command line ------------------------------------------------------------------------------------


def add_to(command: AddCommand) -> None:
    """Put these commands into the command line."""
    command(
        "undo",
        undo,
        _("take an import back, or the last change of a record"),
        ("id", {}),
        ("--rev", {"default": "", "help": _("the change as history names it, where somebody else made it")}),
    )
    command("trash", trash, _("show what was removed"), ("--limit", {**NUMBER, "default": 50}))
