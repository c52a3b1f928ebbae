"""The last change of a record taken back, by saving on top what it was before; whoever takes that back makes it again."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.changes import Changes, changes_of
from app.domain.attachment import Attachment
from app.domain.belonging import OWNERS
from app.domain.persons import listed_title
from app.domain.records import Record, record_from
from app.domain.reply import Evaluation
from app.domain.suggestion import Suggestion, digest_of_text, text_is_open
from app.domain.values import Id
from app.errors import Refused
from app.queries.record import moment_of
from app.queries.relations import title_of
from app.storage import deeds
from app.storage.blocking import check_not_blocked
from app.storage.deeds import REDONE, UNDONE, Saved
from app.storage.transaction import Transaction
from app.workspace import Workspace

_FOUNDATIONS: Final = frozenset({"station", "seat", "operator"})  # without them no record has an owner or an author

_FOLLOWING: Final = frozenset(
    {
        *("step", "review", "consultation", "assignment", "reply"),
        *("evaluation", "commitment", "supervision", "outcome", "award", "case_file"),
    }
)  # what may be written of a suggestion once its words are frozen


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """What an undo did: to which record, whose change it was, whether that was an undo itself, and how it stands now.

    `event` is saved, removed or restored, `fields` are those that are others now, `records` all that went back together.
    `rev` names this change, so that exactly it can be taken back again.
    """

    id: Id
    kind: str
    title: str
    event: str
    fields: tuple[str, ...]
    redone: bool
    at: datetime
    operator: str
    records: tuple[Id, ...]
    rev: Id
    changes: Changes
    rounds: int = 0  # other rounds of outreach that were saved by the same deed and went back with it


def undo_last(workspace: Workspace, id: Id, *, rev: Id = "") -> TakenBack:
    """Put a record and its parts back to what they were before the last deed that saved any of them.

    Rounds of outreach that were saved together go back together.
    Without `rev` only one's own change; with it exactly the deed that saved the revision of this name, whoever of the station
    it was. A deed that is whole, as a change of term is, goes back with all it saved.
    Raises `Refused("record_missing" | "nothing_to_undo" | "stale" | "undo_others" | "undo_elsewhere" | "undo_disputed" |
    "undo_frozen" | "undo_sealed" | "undo_named" | "undo_worked_on" | "undo_erased" | "record_blocked")`.
    """
    with workspace.writing() as books:
        family = _family(books, id)
        newest = max(family, key=lambda each: each.seq)
        whole = deeds.is_whole(books.connection, newest.deed)
        if whole and newest.deed:
            deed = _whole(books, newest.deed)
            deeds.mark_whole(books.connection, books.deed)  # taking it back is one deed as well
        else:
            family += _saved_with(books, newest, family)
            family += _given_away(books, newest, family)
            deed = [each for each in family if each is newest or (newest.deed and each.deed == newest.deed)]
        _check_author(books, newest, rev, {each.revision.rev for each in deed})
        _check_free(books, deed, whole=whole)
        redone = _was_undone(books, [each.stored.record.id for each in (deed if whole else family)], newest.deed)
        main = next((each for each in deed if each.stored.record.id == id), deed[0])
        ids = _put_back(books, deed)
        books.note(REDONE if redone else UNDONE, {"deed": books.deed}, main.stored.record.id)
        return _told(books, main, ids, newest, redone=redone)


def _family(books: Transaction, id: Id) -> list[Saved]:
    start = next(iter(deeds.found(books.connection, [id])), None)
    if start is None:
        raise Refused("record_missing", kind="", id=id)
    return deeds.family(books.connection, start)


def _whole(books: Transaction, deed: Id) -> list[Saved]:
    """All that a whole deed saved; nothing of it was saved again since."""
    saved = deeds.of_deed(books.connection, deed)
    if later := next((each for each in saved if each.deed != deed), None):
        raise Refused("undo_worked_on", kind=later.revision.kind, title=listed_title(later.stored.record))
    return saved


def _saved_with(books: Transaction, newest: Saved, family: Sequence[Saved]) -> list[Saved]:
    """Other rounds of outreach of the same deed, with their parts; one that was changed since stays as it is."""
    known = {each.stored.record.id for each in family}
    others: list[Saved] = []
    for start in deeds.rounds_of(books.connection, newest.deed):
        if start.stored.record.id not in known:
            parts = deeds.family(books.connection, start)
            others += parts if max(parts, key=lambda each: each.seq).deed == newest.deed else []
    return others


def _given_away(books: Transaction, newest: Saved, family: Sequence[Saved]) -> list[Saved]:
    """Parts that an undo gave back to another whole: making its deed again takes them from there."""
    known = {each.stored.record.id for each in family}
    if not newest.deed or not _was_undone(books, list(known), newest.deed):
        return []
    return [
        each
        for each in deeds.of_deed(books.connection, newest.deed)
        if each.deed == newest.deed
        and each.stored.record.id not in known
        and (earlier := deeds.before(books.connection, each))
        and any(earlier.body.get(name) in known for name in OWNERS)
    ]


# --- whether it may be ------------------------------------------------------------------------------------------------


def _check_author(books: Transaction, newest: Saved, rev: Id, revs: Collection[Id]) -> None:
    revision, author = newest.revision, books.author
    title, at = listed_title(newest.stored.record), moment_of(revision.hlc)
    if len(newest.stored.heads) > 1:
        raise Refused("undo_disputed", title=title)
    if revision.by != author.by:  # what was written here into a record of the body's is one's own as well
        raise Refused("undo_elsewhere", title=title, at=at)
    if rev and rev not in revs:
        raise Refused("stale", id=revision.id, seen=(rev,), stands=newest.stored.heads)
    if not rev and revision.op != author.op:
        raise Refused("undo_others", title=title, operator=title_of(books.connection, revision.op), at=at)


def _check_free(books: Transaction, deed: Sequence[Saved], *, whole: bool) -> None:
    """Nothing goes back that a submitted suggestion stands on, or that is joined out of two versions.

    A whole deed touches no words and no grounds of a suggestion, only who follows it up or what a meeting decided; nor does
    what was written down of it after its submission.
    """
    records = [each.stored.record for each in deed]
    check_not_blocked(books.connection, [each.id for each in records])
    if any(each.revision.kind in _FOUNDATIONS and not deeds.before(books.connection, each) for each in deed):
        raise Refused("nothing_to_undo")
    if any(len(each.stored.heads) > 1 for each in deed):
        raise Refused("undo_disputed", title=listed_title(records[0]))
    if any(isinstance(each, Evaluation) and each.sealed for each in records):
        raise Refused("undo_sealed")
    for suggestion in () if whole or _after_submission(books, deed) else _suggestions(books, records):
        if not text_is_open(suggestion):
            raise Refused("undo_frozen", title=suggestion.title(), state=suggestion.state)


def _after_submission(books: Transaction, deed: Sequence[Saved]) -> bool:
    """Whether the deed wrote down only what came of a suggestion that was frozen before it already, and left its words alone."""
    for each in deed:
        record = each.stored.record
        if isinstance(record, Suggestion):
            earlier = deeds.before(books.connection, each)
            before = record_from(Suggestion, record.id, earlier.body) if earlier and not earlier.deleted else None
            if before is None or text_is_open(before) or digest_of_text(before) != digest_of_text(record):
                return False
        elif isinstance(record, Attachment):
            if any(isinstance(whole.stored.record, Suggestion) for whole in deeds.found(books.connection, [record.of])):
                return False
        elif record.traits.name not in _FOLLOWING:
            return False
    return True


def _suggestions(books: Transaction, records: Sequence[Record]) -> list[Suggestion]:
    """The standing suggestions among these, and those that one of these belongs to or is a ground of."""
    ids = {each.id for each in records}
    named = {getattr(each, name) for each in records for name in ("suggestion", "of") if name in each.traits.fields}
    found = [each.stored for each in deeds.found(books.connection, ids | (named - {""}))]
    standing = [each.record for each in found if isinstance(each.record, Suggestion) and not each.deleted]
    if any(each.traits.name == "issue" for each in records):
        standing += [each.record for each in books.records.all_of(Suggestion) if not ids.isdisjoint(each.record.issues)]
    return standing


def _was_undone(books: Transaction, ids: Sequence[Id], deed: Id | None) -> bool:
    """Whether the deed was an undo, and not one of an undo."""
    events = deeds.noted(books.connection, ids, (UNDONE, REDONE))
    return any(event == UNDONE and told.get("deed") == deed for event, told in events)


# --- and how it is done -----------------------------------------------------------------------------------------------


def _put_back(books: Transaction, deed: Sequence[Saved]) -> tuple[Id, ...]:
    """Save what each record was, remove what was not there; returns what is another now."""
    saved: list[Record] = []
    gone: list[Saved] = []
    for each in deed:
        earlier = deeds.before(books.connection, each)
        if earlier and not earlier.winner.salt:
            raise Refused("undo_erased")
        if earlier and earlier.disputed:
            raise Refused("undo_disputed", title=listed_title(each.stored.record))
        if earlier and not earlier.deleted:
            record = record_from(type(each.stored.record), each.stored.record.id, earlier.body)
            saved += [record] if record != each.stored.record or each.stored.deleted else []
        elif not each.stored.deleted:
            gone.append(each)
    if not saved and not gone:
        raise Refused("nothing_to_undo")
    books.records.save_all(saved, seen={each.stored.record.id: each.stored.heads for each in deed}, going_back=True)
    _check_named(books, gone)  # by what stands after it: what goes back with it may have named it
    books.records.remove(each.stored.record.id for each in gone)
    return (*(each.id for each in saved), *(each.stored.record.id for each in gone))


def _check_named(books: Transaction, gone: Sequence[Saved]) -> None:
    """What others stand on is not removed."""
    if not gone:
        return
    standing = deeds.naming(books.connection, [each.stored.record for each in gone], min(each.seq for each in gone))
    if standing:
        raise Refused("undo_named", kind=standing.record.traits.name, title=listed_title(standing.record))


def _told(books: Transaction, main: Saved, ids: tuple[Id, ...], newest: Saved, *, redone: bool) -> TakenBack:
    now = {each.stored.record.id: each for each in deeds.found(books.connection, ids)}
    was, here = main.stored, now.get(main.stored.record.id, main).stored
    event = "removed" if here.deleted else "restored" if was.deleted else "saved"
    fields = [name for name in was.record.traits.fields if getattr(was.record, name) != getattr(here.record, name)]
    return TakenBack(
        id=was.record.id,
        kind=was.record.traits.name,
        title=listed_title(was.record),
        event=event,
        fields=tuple(fields),
        redone=redone,
        at=moment_of(newest.revision.hlc),
        operator=title_of(books.connection, newest.revision.op),
        records=ids,
        rev=max(now.values(), key=lambda each: each.seq).revision.rev,
        changes=changes_of({each.stored.record.traits.name for each in now.values()}),
        rounds=sum(each.stored.record.traits.name == "visit" and each.stored.record.id != was.record.id for each in now.values()),
    )
