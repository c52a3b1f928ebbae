"""What a resident may ask of a station: to have erased what is held of them, or at least kept out of sight (PIPL art. 47)."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.changes import Changes
from app.domain.erasure import ErasurePlan
from app.domain.masking import masked_name, masked_phone, masked_texts
from app.domain.records import body_of
from app.domain.retention import OF_KIND, RetentionClass, Rule, is_over, kept_until
from app.domain.rights import Right
from app.domain.values import Id, Json
from app.errors import Refused
from app.queries.person_file import PersonFile, Words, person_file
from app.queries.rights import check_may
from app.storage import blocking, drafts, erasure, retention
from app.storage.blocking import Blocked
from app.storage.database import Connection
from app.storage.deeds import Saved
from app.storage.named_values import put_value, value_of
from app.storage.transaction import Transaction
from app.use_cases.erasing import erase_records, finish, older_copies
from app.workspace import Workspace

_SEARCHES: Final = "saved_searches"
_TOUCHED: Final = Changes.VISITS | Changes.ISSUES | Changes.STATION


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonErased:
    """What was done of the plan."""

    plan: ErasurePlan
    changes: Changes = _TOUCHED


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonBlocked:
    """How many records are out of sight now, or in it again."""

    records: int
    changes: Changes = _TOUCHED


@dataclass(frozen=True, slots=True)
class _Work:
    """The records of a plan."""

    gone: tuple[Saved, ...]
    kept: tuple[Saved, ...]
    until: date | None
    reworded: Mapping[Id, Mapping[str, Json]]
    drafts: tuple[str, ...]
    searches: Mapping[str, Json]
    plan: ErasurePlan


def erasure_plan(workspace: Workspace, ids: Sequence[Id], *, with_files: bool = False) -> ErasurePlan:
    """What erasing these residents would do; raises `Refused("person_missing" | "not_allowed")`."""
    check_may(workspace, Right.PRIVACY)
    with workspace.reading() as connection:
        return _work(workspace, connection, ids, with_files=with_files).plan


def erase_person(workspace: Workspace, ids: Sequence[Id], *, with_files: bool = False) -> PersonErased:
    """Erase residents: body and salt of their lines, index, drafts, attachments; what must be kept is blocked instead.

    Matters stay, for they are the station's: where their words tell the name or the telephone these are masked, and earlier
    wordings are erased. Raises `Refused("person_missing" | "not_allowed")`.
    """
    check_may(workspace, Right.PRIVACY)
    with workspace.writing() as books:
        work = _work(workspace, books.connection, ids, with_files=with_files)
        files = erase_records(books, [each.stored.record for each in work.gone], work.reworded)
        _block(books, work.kept, dict.fromkeys((each.stored.record.id for each in work.kept), work.until), workspace)
        drafts.forget(books.connection, work.drafts)
        put_value(books.connection, _SEARCHES, json.dumps(work.searches, ensure_ascii=False).encode())
        erasure.sweep_index(books.connection)
        counts = {"erased": len(work.gone), "blocked": len(work.kept), "reworded": len(work.reworded)}
        for id in ids:
            books.note("person_erased", counts, id)
    finish(workspace, files)
    return PersonErased(plan=work.plan)


def block_person(workspace: Workspace, ids: Sequence[Id]) -> PersonBlocked:
    """Keep residents and how to reach them, but out of every list, search and print; `unblock_person` shows them again.

    Raises `Refused("person_missing" | "not_allowed")`.
    """
    check_may(workspace, Right.PRIVACY)
    with workspace.writing() as books:
        rules = retention.rules(books.connection)
        held = person_file(books.connection, ids)
        days = {each.stored.record.id: kept_until(held.days[each.stored.record.id], _rule(rules, each)) for each in held.own}
        _block(books, held.own, days, workspace)
        for id in ids:
            books.note("person_blocked", {"records": len(held.own)}, id)
    return PersonBlocked(records=len(held.own))


def unblock_person(workspace: Workspace, ids: Sequence[Id]) -> PersonBlocked:
    """Show blocked residents again; raises `Refused("person_missing" | "person_not_blocked" | "not_allowed")`."""
    check_may(workspace, Right.PRIVACY)
    with workspace.writing() as books:
        held = person_file(books.connection, ids)
        known = blocking.blocked(books.connection)
        back = [each.stored.record for each in held.own if each.stored.record.id in known]
        if not back:
            raise Refused("person_not_blocked")
        blocking.release(books.connection, [each.id for each in back])
        books.records.save_all(back)
        for id in ids:
            books.note("person_unblocked", {"records": len(back)}, id)
    return PersonBlocked(records=len(back))


# --- what belongs to it ----------------------------------------------------------------------------------------------


def _block(books: Transaction, saved: Sequence[Saved], until: Mapping[Id, date | None], workspace: Workspace) -> None:
    today = workspace.clock.today().date()
    added = {id: Blocked(since=today, until=day) for id, day in until.items()}
    books.records.remove(each.stored.record.id for each in saved)
    blocking.block(books.connection, added)


def _work(workspace: Workspace, connection: Connection, ids: Sequence[Id], *, with_files: bool) -> _Work:
    held, rules, today = person_file(connection, ids), retention.rules(connection), workspace.clock.today().date()
    own = {each.stored.record.id for each in held.own}
    files = [each for each in held.files if with_files or getattr(each.stored.record, "of", "") in own]
    free = {id for each in held.own if _is_free(rules, held, each, today) for id in [each.stored.record.id]}
    kept = tuple(each for each in held.own if each.stored.record.id not in free)
    gone = (*(each for each in held.own if each.stored.record.id in free), *files)
    days = [kept_until(held.days[each.stored.record.id], _rule(rules, each)) for each in kept]
    until = None if None in days else max((day for day in days if day), default=None)
    words = held.told()
    reworded = _reworded(held, words)
    forms = _drafts_telling(connection, words, own)
    searches = _searches(connection)
    quiet = {name: each for name, each in searches.items() if not words.stand_in(json.dumps(each, ensure_ascii=False))}
    plan = ErasurePlan(
        erased=_counted(gone),
        blocked=_counted(kept),
        until=until,
        reworded=len(reworded),
        files_left=len(held.files) - len(files),
        drafts=len(forms),
        searches=len(searches) - len(quiet),
        numbers=_numbers(workspace, connection, _ids((*gone, *kept), reworded)),
        older=older_copies(workspace),
    )
    return _Work(gone=gone, kept=kept, until=until, reworded=reworded, drafts=forms, searches=quiet, plan=plan)


def _rule(rules: Mapping[RetentionClass, Rule], each: Saved) -> Rule:
    return rules[OF_KIND[each.stored.record.traits.name]]


def _is_free(rules: Mapping[RetentionClass, Rule], held: PersonFile, each: Saved, today: date) -> bool:
    rule = _rule(rules, each)
    return rule.on_request or is_over(held.days[each.stored.record.id], rule, today)


def _reworded(held: PersonFile, words: Words) -> dict[Id, Mapping[str, Json]]:
    """What is left of matters whose words tell who it is."""
    bodies = {each.stored.record.id: body_of(each.stored.record) for each in held.matters}
    masked = {id: masked_texts(body, lambda text: _masked(text, words)) for id, body in bodies.items()}
    return {id: body for id, body in masked.items() if body != bodies[id]}


def _masked(text: str, words: Words) -> str:
    for name in words.names:
        text = text.replace(name, masked_name(name))
    for number in words.numbers:
        text = text.replace(number, masked_phone(number))
    return text


def _drafts_telling(connection: Connection, words: Words, ids: Iterable[Id]) -> tuple[str, ...]:
    named = tuple(ids)
    return tuple(drafts.telling(connection, lambda body: words.stand_in(body) or any(id in body for id in named)))


def _searches(connection: Connection) -> dict[str, Json]:
    found: dict[str, Json] = json.loads(value_of(connection, _SEARCHES) or b"{}")
    return found


def _numbers(workspace: Workspace, connection: Connection, ids: Sequence[Id]) -> tuple[int, ...]:
    return tuple(sorted(each.seq for each in erasure.numbers_carrying(connection, workspace.author.by, ids)))


def _counted(saved: Iterable[Saved]) -> dict[str, int]:
    return dict(sorted(Counter(each.stored.record.traits.name for each in saved).items()))


def _ids(saved: Iterable[Saved], reworded: Iterable[Id]) -> list[Id]:
    return [*(each.stored.record.id for each in saved), *reworded]
