"""What the body's records do to the suggestions of the station: where they stand, and what was entered from paper before."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from app.changes import Changes
from app.domain.attachment import Attachment
from app.domain.case_file import CaseFile
from app.domain.records import Record, record_from
from app.domain.returned_course import OpenReturn, followed, moved_to, told_twice, with_account, with_file
from app.domain.revisions import Revision, read_kept
from app.domain.step import Step
from app.domain.suggestion import Suggestion
from app.domain.values import Id
from app.errors import Refused
from app.queries.relations import found, member, of_id, titles
from app.queries.returned import bodies_of, body_records, open_return, own_records
from app.queries.suggestion_course import course_of_records
from app.storage.transaction import Transaction
from app.use_cases.issues import Done, all_done
from app.workspace import Workspace


def about_suggestions(revisions: Iterable[Revision], own: Id) -> Iterator[Id]:
    """What has to be settled after these revisions: suggestions, and those that others than the station said something of."""
    for each in revisions:
        if each.kind == Suggestion.traits.name:
            yield each.id
        elif each.owner != own and (of := each.body.get("suggestion") or each.body.get("of")):
            yield str(of)


def settle(books: Transaction, suggestions: Collection[Id], *, by_deed: bool = False) -> int:
    """Let these suggestions follow what the body says of them; how many did. Settled again, nothing changes.

    `by_deed` says that it follows from what a person does now, so that both are taken back together. What names a suggestion
    that is not here waits for it (`queries.waiting_returns`).
    """
    bodies = bodies_of(books.connection, sorted(suggestions), books.author.owner)
    return sum(_settled(books, suggestion, "" if by_deed else body) for suggestion, body in bodies.items())


def _settled(books: Transaction, id: Id, op: Id) -> bool:
    suggestion = of_id(books.connection, Suggestion, id)
    if suggestion is None:
        return False
    course = course_of_records(books.connection, suggestion)
    theirs = body_records(books.connection, id, books.author.owner)
    ours = own_records(course, theirs)
    steps = followed(
        suggestion,
        [each for each in ours if isinstance(each, Step)],
        [each for each in theirs.values() if isinstance(each, Step)],
    )
    after = with_file(steps, _said(books, theirs.values()))
    changed, removed = _joined(books, ours, tuple(theirs.values()))
    kept = [*([after] if after != suggestion else []), *changed]
    if not kept and not removed:
        return False
    books.records.follow(kept, removed, op)
    return after != suggestion


def _said(books: Transaction, theirs: Iterable[Record]) -> list[CaseFile]:
    """The states of the case file as the body wrote them, the newest last."""
    for file in theirs:
        if isinstance(file, CaseFile):
            lines = [read_kept(each.line) for each in books.journal.revisions_of([file.id])[file.id]]
            # What a station writes into the body's record bears a person's name; the body's own lines bear the body's.
            states = sorted((each for each in lines if each.op == each.owner), key=lambda each: (each.gen, each.hlc))
            return [record_from(CaseFile, each.id, each.body) for each in states]
    return []


def _joined(
    books: Transaction, ours: Sequence[Record], theirs: Sequence[Record], *, differing: bool = False
) -> tuple[list[Record], list[Record]]:
    """Records of the station that now name the body's, and those that the body's stand in for, `differing` ones as well."""
    every = told_twice(ours, theirs, titles(books.connection, "unit"))
    twice = [each for each in every if differing or not each.differing]
    gone = {each.own.id: each.returned.id for each in twice}
    brought = {(page.of, page.sha256) for page in _pages(books, list(gone.values()))} if gone else set()
    changed: list[Record] = []
    removed: list[Record] = [each.own for each in twice]
    for before in (*ours, *(_pages(books, list(gone)) if gone else ())):
        after = before
        for here, there in gone.items():
            after = moved_to(after, here, there)
        if isinstance(after, Attachment) and (after.of, after.sha256) in brought:
            removed.append(before)  # the body sent the same page
        elif after is not before and before.id not in gone:
            changed.append(after)
    return changed, removed


def _pages(books: Transaction, of: Sequence[Id]) -> list[Attachment]:
    """The files of records that the body's stand in for: the scanned letter stays with the reply."""
    return found(books.connection, Attachment, member("of").in_(of))


# --- what is open, settled by a person --------------------------------------------------------------------------------


def take_body_s_account(workspace: Workspace, id: Id) -> Done:
    """Let the body be right in all that is open about a suggestion: its fields and records stand in for the station's.

    Its steps that do not fit stay in the timeline and move nothing. Raises `Refused("record_missing" | "nothing_open")`.
    """
    return _decided(workspace, id, lambda open_now: {each.field: each.said for each in open_now.fields}, _body_is_right)


def keep_own_account(workspace: Workspace, id: Id) -> Done:
    """Let the station be right in all that is open: what it says is written into the body's records, here alone.

    The body's steps that do not fit stay in the timeline and move nothing. Raises as `take_body_s_account` does.
    """
    return _decided(workspace, id, lambda open_now: {}, _station_is_right)


_Amended = Callable[[OpenReturn, Collection[Record]], list[Record]]


def _decided(workspace: Workspace, id: Id, fields: Callable[[OpenReturn], dict[str, Any]], amended: _Amended) -> Done:
    """One deed: the suggestion with these fields and all steps past, the body's records as amended, the station's joined."""
    with workspace.writing() as books:
        stored = books.records.get(Suggestion, id)
        before, own = stored.record, books.author.owner
        open_now = open_return(books.connection, before, own)
        if not open_now:
            raise Refused("nothing_open", id=id)
        theirs = body_records(books.connection, id, own)
        ours = own_records(course_of_records(books.connection, before), theirs)
        changed, removed = _joined(books, ours, tuple(theirs.values()), differing=True)
        taken_up = (*before.taken_up, *(each.id for each in open_now.steps))
        books.records.save(replace(before, taken_up=taken_up, **fields(open_now)), seen=stored.heads)
        books.records.follow([*changed, *amended(open_now, theirs.values())], removed)
        done = all_done(books, id)
    return replace(done, changes=done.changes | Changes.SUGGESTIONS)


def _body_is_right(_open_now: OpenReturn, _theirs: Collection[Record]) -> list[Record]:
    return []


def _station_is_right(open_now: OpenReturn, theirs: Collection[Record]) -> list[Record]:
    here: dict[str, Any] = {each.field: each.here for each in open_now.fields}
    files = [replace(each, **here) for each in theirs if isinstance(each, CaseFile) and here]
    return [*files, *(with_account(each.returned, each.own) for each in open_now.twice)]
