"""What has been handed over, what came back: every number of the stream, and where the records stand."""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, false, func, or_, select, true

from app.domain.kinds import travelling_kinds
from app.domain.life import PackageState
from app.domain.revisions import read_kept
from app.domain.values import Code, Id, known
from app.queries.listing import Listing
from app.queries.record import moment_of
from app.queries.replied import is_replied, replied
from app.storage import copies, told_codes
from app.storage.copies import Copies, Copy
from app.storage.outbox import (
    ELSEWHERE,
    KEPT_BACK,
    NEVER_SENT,
    RECEIVED,
    RETURNED,
    SENT,
    Outbox,
    Sent,
    Stands,
    reconciled,
    released_with,
    standing_of,
    stretches,
)
from app.storage.records import Author, stored_from
from app.storage.tables import CurrentRow, JournalRow, ReceiptRow, ReturnedRow, WithheldRow
from app.workspace import OUTBOX, Workspace

STANDINGS = (NEVER_SENT, SENT, RECEIVED, RETURNED, ELSEWHERE)
"""The places a record can stand in, in the order of its way; of those that another computer hands in only that one knows more."""

LATE: Final = "late"
"""Of those that were handed in, the ones whose number went out `LATE_AFTER` ago and more."""
LATE_AFTER: Final = timedelta(days=14)
"""How long a receipt may take before it is asked about."""
REPLIED: Final = "replied"
"""Suggestions that somebody else has answered, wherever they stand."""
FILES: Final = "files"
"""The contents of attachments, wherever they stand."""


@dataclass(frozen=True, slots=True)
class Returned:
    """A record the body gave back, why, and the body's words where its reply has arrived."""

    record: Id
    kind: str
    title: str
    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The numbers, newest first; how many records stand where; and the returned ones."""

    numbers: tuple[Sent, ...]
    records: dict[str, int]
    files: dict[str, int]
    """Contents of attachments: never sent, sent, received."""
    returned: tuple[Returned, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A sealed number as a list shows it; `returned` counts its records given back, `open` those not mended yet."""

    epoch: int
    seq: int
    kind: str
    made: datetime
    records: Mapping[str, int]
    size: int
    state: Code[PackageState]
    code: str
    first: int
    last: int
    path: Path
    sha256: str
    receipt: int  # 0: none yet
    receipt_taken: datetime | None
    returned: int
    open: int
    copies: int
    last_folder: str
    last_copied: datetime | None
    copied: tuple[Copy, ...] = ()
    told: datetime | None = None  # when its short code was typed

    @property
    def handed_in(self) -> datetime:
        """When it was first written out, or packed where nobody knows that."""
        return self.copied[0].at if self.copied else self.made

    @property
    def total(self) -> int:
        """Records in it."""
        return sum(self.records.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingRecord:
    """A record of a list behind a figure: when it was last changed, and in which number that went (0: in none).

    `copied` is that number's last copy; `code` and `words` tell of one that was given back why. For a file's content, which may
    travel apart from its record, `number` is the content's, and `stands` where it stands.
    """

    id: Id
    kind: str
    title: str
    removed: bool
    changed: datetime
    number: int
    copied: Copy | None = None
    code: str = ""
    words: str = ""
    stands: str = ""


def standing(workspace: Workspace, *, contact: bool) -> Standing:
    """Where everything that travels stands, contact data too where it does; every record is in exactly one of `STANDINGS`."""
    kinds = travelling_kinds(contact=contact)
    with workspace.reading() as connection:
        outbox, author = Outbox(connection), workspace.author
        return Standing(
            numbers=tuple(outbox.numbers()),
            records=reconciled(connection, author, kinds),
            files=outbox.attachments_standing(author.owner),
            returned=_returned(connection),
        )


def numbers(workspace: Workspace) -> tuple[Number, ...]:
    """Every sealed number, the newest first."""
    with workspace.reading() as connection:
        sent = Outbox(connection).numbers()
        copied = copies.noted(connection)
        taken = {seq: datetime.fromisoformat(at) for seq, at in connection.execute(select(ReceiptRow.seq, ReceiptRow.taken_in))}
        given_back, told = _given_back(connection), told_codes.told(connection)
    outbox = workspace.folder / OUTBOX
    return tuple(
        replace(
            _number(
                each, outbox / each.file, copied.get((each.epoch, each.seq), Copies()), taken.get(each.receipt or 0), given_back
            ),
            told=told.get(each.digest),
        )
        for each in sent
    )


def standing_records(workspace: Workspace, where: str, *, contact: bool, offset: int, limit: int) -> Listing[StandingRecord]:
    """The records that stand `where` (one of `STANDINGS`, `LATE` or `REPLIED`), the last changed first: those of the figure.

    With `FILES` every file, those never sent first.
    """
    kinds = travelling_kinds(contact=contact)
    author = workspace.author
    with workspace.reading() as connection:
        every = sent = Outbox(connection).counting()
        if where == FILES:
            return _files(connection, author, every, offset=offset, limit=limit)
        if where == LATE:
            where, sent = SENT, _late(connection, every, workspace.clock.now())
            total = Stands(connection, author, kinds).gone_with(sent).total()
        elif where == REPLIED:
            total = replied(workspace)
        else:
            total = reconciled(connection, author, kinds)[where]
        # Written so that only the index by line fits: it walks from the newest line on and ends with the page.
        mine = and_(CurrentRow.kind.concat("").in_(kinds), CurrentRow.owner.concat("") == author.owner)
        if where != REPLIED:
            own = CurrentRow.by.concat("") == author.by
            mine = and_(mine, ~own if where == ELSEWHERE else own)
        # From the oldest on where that end is nearer: what lies before a page is walked over.
        page, before = (
            select(CurrentRow.seq).where(_stands(connection, author, sent, where), mine),
            max(0, total - offset - limit),
        )
        newest_first = offset <= before
        ordered = page.order_by(CurrentRow.seq.desc() if newest_first else CurrentRow.seq)
        rows_there = min(limit, max(0, total - offset))
        # Two steps: in one, the line of every row before the page would be read as well.
        lines = connection.scalars(ordered.limit(rows_there).offset(offset if newest_first else before)).all()
        return Listing(total, tuple(_shown(connection, author, lines, every)))


def late(number: Number, now: datetime) -> bool:
    """Whether a number went out so long ago that its receipt is to be asked for."""
    return number.state == PackageState.COPIED and now - number.handed_in >= LATE_AFTER


def _late(connection: Connection, sent: Sequence[Sent], now: datetime) -> list[Sent]:
    copied = copies.noted(connection)
    first = {key: each.each[0].at for key, each in copied.items()}
    out = [each for each in sent if each.state == PackageState.COPIED]  # of one laid aside or refused a receipt has told
    return [each for each in out if now - first.get((each.epoch, each.seq), each.made) >= LATE_AFTER]


def _files(connection: Connection, author: Author, sent: Sequence[Sent], *, offset: int, limit: int) -> Listing[StandingRecord]:
    outbox, copied = Outbox(connection), copies.noted(connection)
    listed = outbox.attachments_listed(author.owner, offset=offset, limit=limit)
    shown = {each.id: each for each in _shown(connection, author, [seq for seq, _number, _where in listed], sent)}
    at = {seq: id for id, seq in connection.execute(select(CurrentRow.id, CurrentRow.seq).where(CurrentRow.id.in_(shown)))}
    rows = []
    for seq, number, where in listed:
        there = copied.get((sent[0].epoch, number)) if number else None
        last = there.each[-1] if there and there.each else None
        rows.append(replace(shown[at[seq]], number=number, copied=last, stands=where, code="", words=""))
    return Listing(sum(outbox.attachments_standing(author.owner).values()), tuple(rows))


def _shown(connection: Connection, author: Author, lines: Sequence[int], sent: Sequence[Sent]) -> Iterator[StandingRecord]:
    """The records of these lines, the newest first."""
    columns = CurrentRow.id, CurrentRow.kind, CurrentRow.title, CurrentRow.deleted, CurrentRow.seq, CurrentRow.by
    question = select(*columns, JournalRow.line, ReturnedRow.code)
    joined = question.join(JournalRow, JournalRow.seq == CurrentRow.seq).outerjoin(ReturnedRow, ReturnedRow.rev == CurrentRow.rev)
    rows = connection.execute(joined.where(CurrentRow.seq.in_(lines)).order_by(CurrentRow.seq.desc())).all()
    released, copied = _released(connection, lines), copies.noted(connection)
    for row in rows:
        # A line of another computer's is in none of this one's numbers.
        number = released.get(row.seq, _covering(sent, row.seq)) if row.by == author.by else 0
        there = copied.get((sent[0].epoch, number)) if number else None
        yield StandingRecord(
            id=row.id,
            kind=row.kind,
            title=row.title,
            removed=row.deleted,
            changed=moment_of(read_kept(row.line).hlc),
            number=number,
            copied=there.each[-1] if there and there.each else None,
            code=row.code or "",
            words=_words(connection, row.id) if row.code else "",
        )


# --- numbers -------------------------------------------------------------------------------------------------------


def _number(sent: Sent, path: Path, copied: Copies, taken: datetime | None, given_back: Sequence[tuple[int, bool]]) -> Number:
    own = [still for seq, still in given_back if sent.first <= seq <= sent.last]
    return Number(
        epoch=sent.epoch,
        seq=sent.seq,
        kind=sent.kind,
        made=sent.made,
        records=sent.records,
        size=sent.size,
        state=known(PackageState, sent.state),
        code=sent.code or "",
        first=sent.first,
        last=sent.last,
        path=path,
        sha256=sent.sha256,
        receipt=sent.receipt or 0,
        receipt_taken=taken,
        returned=len(own),
        open=sum(own),
        copies=copied.times,
        last_folder=copied.folder,
        last_copied=copied.at,
        copied=copied.each,
    )


def _given_back(connection: Connection) -> list[tuple[int, bool]]:
    """Each revision that was given back: its journal line, and whether it is still the newest of its record."""
    line = select(JournalRow.seq).where(JournalRow.rev == ReturnedRow.rev).scalar_subquery()
    newest = select(CurrentRow.rev).where(CurrentRow.id == ReturnedRow.record).scalar_subquery()
    return [(seq, rev == head) for seq, rev, head in connection.execute(select(line, ReturnedRow.rev, newest))]


_LINE: Final = CurrentRow.seq + 0  # a sum fits no index: one walk along the lines is faster than a search for each part


# --- records -------------------------------------------------------------------------------------------------------


def _stands(connection: Connection, author: Author, sent: Sequence[Sent], where: str) -> ColumnElement[bool]:
    """The condition that a record of this seat's stands there; together with the others they count what `reconciled` counts."""
    if where == ELSEWHERE:
        return true()
    if where == REPLIED:
        return is_replied(author.owner)
    returned = select(ReturnedRow.rev)
    if where == RETURNED:
        records = select(ReturnedRow.record)
        return and_(CurrentRow.id.in_(records), CurrentRow.rev.in_(returned))
    outbox = Outbox(connection)
    there = [each for each in sent if standing_of(each.state) == where]
    covered = stretches(there)
    holds = [_went_with_those(there)]
    if where == NEVER_SENT:
        through = outbox.through()
        holds.append(and_(or_(through < _LINE, _LINE.in_(KEPT_BACK)), ~outbox.never_travelled(outbox.travelled_through())))
        covered = [*covered, (through + 1, outbox.newest_line())]
    oldest, newest = connection.execute(select(func.min(WithheldRow.seq), func.max(WithheldRow.seq))).one()
    if oldest is not None:
        covered = [*covered, (oldest, newest)]
    first, last = min((each[0] for each in covered), default=0), max((each[1] for each in covered), default=0)
    told = and_(CurrentRow.seq.between(first, last), or_(*holds))
    return and_(told, CurrentRow.rev.not_in(returned)) if where == RECEIVED else told


def _went_with_those(sent: Sequence[Sent]) -> ColumnElement[bool]:
    """The condition that a record's newest line is in one of these numbers."""
    if not sent:
        return false()
    within = or_(*(_LINE.between(first, last) for first, last in stretches(sent)))
    return or_(and_(within, _LINE.not_in(select(WithheldRow.seq))), _LINE.in_(released_with(sent)))


def _released(connection: Connection, lines: Collection[int]) -> dict[int, int]:
    """Of these lines, those that were passed over at first: the number each went with, 0 where it still waits."""
    question = select(WithheldRow.seq, WithheldRow.package).where(WithheldRow.seq.in_(lines))
    return {seq: package or 0 for seq, package in connection.execute(question)}


def _covering(sent: Sequence[Sent], seq: int) -> int:
    """The number that covers a journal line; 0 where none does yet."""
    ordered = sorted(sent, key=lambda each: each.last)
    at = bisect_left(ordered, seq, key=lambda each: each.last)
    return ordered[at].seq if at < len(ordered) and ordered[at].first <= seq else 0


def _returned(connection: Connection) -> tuple[Returned, ...]:
    """What was given back and has not been changed since."""
    question = select(CurrentRow.id, CurrentRow.kind, CurrentRow.title, ReturnedRow.code)
    same = and_(CurrentRow.id == ReturnedRow.record, CurrentRow.rev == ReturnedRow.rev)
    rows = connection.execute(question.select_from(ReturnedRow).join(CurrentRow, same).order_by(ReturnedRow.record)).all()
    return tuple(Returned(row.id, row.kind, row.title, row.code, _words(connection, row.id)) for row in rows)


def _words(connection: Connection, record: Id) -> str:
    """What the newest review of the record says."""
    about = CurrentRow.body.contains(f'"suggestion":"{record}"', autoescape=True)
    reviews = select(CurrentRow.__table__).where(CurrentRow.kind == "review", ~CurrentRow.deleted, about)
    row = connection.execute(reviews.order_by(CurrentRow.no.desc()).limit(1)).first()
    return str(stored_from(row).record.reason) if row else ""
