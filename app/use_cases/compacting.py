"""Letting go of what nobody needs any more: earlier states and old removals, once the body and every computer have them.

A backup is made first, and the journal is followed to its end before anything is kept; lines are emptied as by an erasure.
"""

from dataclasses import dataclass

from app.changes import Changes
from app.domain.attachment import Attachment
from app.domain.compaction import SHOWN, CompactionPlan, whole_history
from app.domain.revisions import read_kept
from app.domain.rights import Right
from app.errors import Refused, Unavailable
from app.packages.receipt import peek_receipt
from app.progress import Progress
from app.queries.rights import check_may
from app.storage import compaction, retention, sisters, soundness
from app.storage.backup_file import BackupReason
from app.storage.compaction import Bounds
from app.storage.database import Connection
from app.storage.journal import JournalLine
from app.storage.outbox import Outbox
from app.storage.transaction import Transaction
from app.use_cases.backups import back_up_all
from app.use_cases.erasing import finish, unneeded_files
from app.use_cases.peers import stream_of
from app.use_cases.sister_seats import known_sisters
from app.use_cases.trust import trusted_by
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Compacted:
    """What was let go; `lines` of the journal were followed afterwards and hold."""

    plan: CompactionPlan
    lines: int
    changes: Changes = ~Changes.NOTHING


def compaction_plan(workspace: Workspace) -> CompactionPlan:
    """What could be let go now; raises `Refused("not_allowed" | "no_trust")`."""
    check_may(workspace, Right.SETTINGS)
    with workspace.reading() as connection:
        bounds = _bounds(workspace, connection)
        if not isinstance(bounds, Bounds):
            return bounds
        states, removals = list(compaction.old_states(connection, bounds)), compaction.old_removals(connection, bounds)
    return _told(bounds, states, removals)


def compact(workspace: Workspace, progress: Progress | None = None) -> Compacted:
    """Let go of what could be let go, all or nothing; what an exchange or half a year of history needs stays.

    Raises `Refused("not_allowed" | "no_trust" | "compact_waits" | "cancelled")`, what the backup before it raises, and
    `Unavailable("compact_unsound")` where the journal would not hold afterwards.
    """
    check_may(workspace, Right.SETTINGS)
    told = progress or Progress()
    if waiting := compaction_plan(workspace).waiting:
        raise Refused("compact_waits", who=list(waiting))
    if problems := back_up_all(workspace, reason=BackupReason.COMPACTION, progress=told).problems:
        raise problems[0]
    told.begin("compacting")
    with workspace.writing() as books:
        bounds = _bounds(workspace, books.connection)
        if not isinstance(bounds, Bounds):
            raise Refused("compact_waits", who=list(bounds.waiting))
        states = list(compaction.old_states(books.connection, bounds))
        removals = compaction.old_removals(books.connection, bounds)
        files = _empty(books, states, removals)
        done = _told(bounds, states, removals)
        books.note("compacted", {"states": done.states, "removed": done.removed, "bytes": done.size})
        lines = _followed(books.connection, told)
    finish(workspace, files)
    return Compacted(plan=done, lines=lines)


def _empty(books: Transaction, states: list[JournalLine], removals: list[JournalLine]) -> list[str]:
    """Empty the lines, and the view of what was removed; returns the files to remove once this is committed."""
    contents = [str(read_kept(each.line).body.get("sha256", "")) for each in removals if each.kind == Attachment.traits.name]
    books.journal.erase([*states, *removals])
    books.records.rebuild({each.record: [] for each in removals if each.record})
    return unneeded_files(books.connection, contents)


def _followed(connection: Connection, progress: Progress) -> int:
    """How many lines the journal has, each of which fits the one before."""
    progress.begin("journal", Outbox(connection).newest_line())
    lines = 0
    for finding in soundness.walked_chain(connection):
        if finding is not None:
            raise Unavailable("compact_unsound", where=finding.where)
        lines += 1
        progress.advance()
    return lines


def _bounds(workspace: Workspace, connection: Connection) -> Bounds | CompactionPlan:
    """Up to where everybody has everything, or a plan that says whom one waits for.

    A clock that runs ahead makes nothing older: no moment counts that lies behind the newest receipt.
    """
    outbox, own, trusted = Outbox(connection), workspace.author, trusted_by(workspace)
    receipt, through = outbox.newest_receipt(), [outbox.received_through()]
    waiting = [] if receipt and through[0] else [trusted.trust_list.body.name]
    names = {each.key_id: each.name for each in sisters.seat_records(connection, own.owner)}
    for known in known_sisters(workspace):
        if known.writes:
            through.append(sisters.settled_by(connection, known.sister.seat, stream_of(connection, own.by)))
            waiting += [] if through[-1] else [names.get(known.sister.seat) or known.sister.seat]
    if waiting or receipt is None:
        return CompactionPlan(waiting=tuple(waiting))
    before = min(workspace.clock.now(), peek_receipt(receipt).issued) - SHOWN
    whole = whole_history(retention.rules(connection))
    return Bounds(owner=own.owner, through=min(through), before=before, whole=whole)


def _told(bounds: Bounds, states: list[JournalLine], removals: list[JournalLine]) -> CompactionPlan:
    size = compaction.freed([*states, *removals])
    return CompactionPlan(states=len(states), removed=len(removals), size=size, before=bounds.before)
