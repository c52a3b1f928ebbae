"""Planned and promised matters followed until they are struck off; each deed is one transaction and can be taken back."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from app.domain.handling import Commitment, CommitmentState
from app.domain.life import SUGGESTION_LIFE, SuggestionEvent, SuggestionState
from app.domain.problems import stop_at
from app.domain.records import Record
from app.domain.reply import ClassChange, Reply
from app.domain.step import Step
from app.domain.suggestion import Suggestion
from app.domain.tracking import (
    TURN_DRAFT,
    TurnEntry,
    WatchEntry,
    after_turn,
    all_struck_off,
    entry_from,
    turn_problems,
    watch_of,
    watch_problems,
    watched,
)
from app.domain.values import Id, Json
from app.errors import Refused
from app.queries.relations import found, member
from app.queries.tracking import item_of, unwatched
from app.storage import drafts as kept_drafts
from app.storage.transaction import Transaction
from app.use_cases.drafts import drafts
from app.use_cases.issues import Done, saved
from app.workspace import Workspace

_DONE_WITH: Final = frozenset({SuggestionState.CLOSED, SuggestionState.ARCHIVED})


def turn_key(id: Id) -> str:
    """The name under which the draft of a turn of an item is kept."""
    return f"{TURN_DRAFT}:{id}"


def unsaved_turn(workspace: Workspace, id: Id) -> TurnEntry | None:
    """What was typed for an item and never saved or given up; what this program cannot read is left alone."""
    kept = next((each for each in drafts(workspace) if each.key == turn_key(id)), None)
    try:
        return entry_from(kept.body) if kept else None
    except Refused:
        return None


def watch_key(reply: Id) -> str:
    """The name under which the draft of what a reply promised is kept."""
    return f"{TURN_DRAFT}:watch:{reply}"


def promised_in(key: str) -> Id:
    """The reply whose promise is kept under a key; empty where the key is another's."""
    begun, _mark, reply = key.partition(watch_key(""))
    return reply if not begun else ""


def watch_told(entry: WatchEntry) -> dict[str, Json]:
    """What was typed of a promise as plain JSON."""
    days = {name: day.isoformat() if (day := getattr(entry, name)) else "" for name in ("promised_by", "watch_on")}
    return {"reply": entry.reply, "subject": entry.promise, **days}


def unsaved_watch(workspace: Workspace, reply: Id) -> WatchEntry | None:
    """What was typed of what a reply promised and never saved; what this program cannot read is left alone."""
    kept = next((each.body for each in drafts(workspace) if each.key == watch_key(reply)), None)
    if kept is None:
        return None
    try:
        days = {name: date.fromisoformat(str(told)) if (told := kept.get(name)) else None for name in ("promised_by", "watch_on")}
        return WatchEntry(reply=reply, promise=str(kept["subject"]), **days)
    except (KeyError, ValueError):
        return None


def watch(workspace: Workspace, entry: WatchEntry) -> Done:
    """Put what a reply promised under watch; raises `Refused("record_missing" | "incomplete")`."""
    stop_at(watch_problems(entry))
    with workspace.writing() as books:
        reply = books.records.get(Reply, entry.reply).record
        commitment = watched(reply, entry, workspace.clock.new_id())
        kept_drafts.discard(books.connection, watch_key(reply.id), workspace.author.op)
        return saved(books, commitment.id, [commitment], {})


def watch_planned(workspace: Workspace) -> Done:
    """Put every planned answer under watch that nobody watches yet, each for a year from its day."""
    today = workspace.clock.today().date()
    replies = unwatched(workspace)
    with workspace.writing() as books:
        made = [watched(each, watch_of(each, today), workspace.clock.new_id()) for each in replies]
        return saved(books, made[0].id if made else "", made, {})


def turn_item(workspace: Workspace, id: Id, entry: TurnEntry, *, seen: Sequence[Id] = ()) -> Done:
    """Let something become of an item: struck off, tracked on, laid aside, or taken up again by looking back.

    A suggestion that was tracked is closed with its last open item, and tracked again when one is taken up.
    Raises `Refused("record_missing" | "incomplete" | "stale")`.
    """
    with workspace.writing() as books:
        stored = books.records.get(Commitment, id)
        item = item_of(books.connection, stored.record)
        stop_at(turn_problems(item, entry))
        commitment, answer = after_turn(item, entry, workspace.clock.new_id())
        others = [each for each in _of(books, commitment.suggestion) if each.id != id]
        course = _suggestion(workspace, books, entry, commitment.suggestion, [*others, commitment])
        kept_drafts.discard(books.connection, turn_key(id), workspace.author.op)
        return saved(books, id, [commitment, answer, *course], {id: tuple(seen)} if seen else {})


def look_back(workspace: Workspace, reply: Id, entry: TurnEntry) -> Done:
    """Take up a matter again that was answered as solved and never watched: the answer stands, the item begins with this.

    Raises `Refused("record_missing" | "incomplete")`.
    """
    with workspace.writing() as books:
        answer = books.records.get(Reply, reply).record
        begun = watched(answer, WatchEntry(reply=reply, promise=entry.reason, watch_on=entry.watch_on), workspace.clock.new_id())
        item = item_of(books.connection, begun)
        stop_at(turn_problems(item, replace(entry, change=ClassChange.RETROSPECTIVE_CHECK)))
        commitment, change = after_turn(item, entry, workspace.clock.new_id())
        course = _suggestion(workspace, books, entry, answer.suggestion, [*_of(books, answer.suggestion), commitment])
        return saved(books, commitment.id, [commitment, change, *course], {})


def _of(books: Transaction, suggestion: Id) -> list[Commitment]:
    return found(books.connection, Commitment, member("suggestion") == suggestion)


def _suggestion(
    workspace: Workspace, books: Transaction, entry: TurnEntry, id: Id, commitments: Iterable[Commitment]
) -> Iterator[Record]:
    """What a turn means for the suggestion itself, with the step that says so."""
    stored = books.records.find(id)
    if stored is None or stored.deleted or not isinstance(stored.record, Suggestion):
        return
    before, event = stored.record, _event(stored.record, list(commitments))
    if event is None:
        return
    state = SUGGESTION_LIFE.after(before.state, event)
    none: date | None = None
    yield replace(before, state=state, closed_on=entry.on if event is SuggestionEvent.CLEAR else none)
    yield Step(
        id=workspace.clock.new_id(),
        of=id,
        event=event,
        from_state=before.state,
        to_state=state,
        on=entry.on,
        reason=entry.reason.strip(),
        by_name=entry.by.strip(),
    )


def _event(suggestion: Suggestion, commitments: Sequence[Commitment]) -> SuggestionEvent | None:
    if all_struck_off(commitments):
        return SuggestionEvent.CLEAR if suggestion.state == SuggestionState.TRACKING else None
    taken_up = any(each.state == CommitmentState.OPEN for each in commitments) and suggestion.state in _DONE_WITH
    return SuggestionEvent.CHECK_AGAIN if taken_up else None
