"""What this seat has handed over: sealed numbers, the lines in each, what the receipts said.

A number holds the journal lines from `first` to `last` that this seat wrote and whose kind travels, but for lines withheld:
those of a record undone before it was ever sent (decision 5), and contact data while no policy asks for it (decision 4). A
withheld line goes after all when its record comes back, or when the policy changes.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, case, delete, func, insert, or_, select, update

from app.domain.values import Id
from app.errors import Refused
from app.storage import tally
from app.storage.bulk import insert_rows
from app.storage.records import Author
from app.storage.rows import another
from app.storage.tables import (
    AttachmentFileRow,
    CurrentRow,
    JournalRow,
    PackageRow,
    ReceiptRow,
    ReplyRow,
    ReturnedRow,
    WithheldRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One sealed number of the stream."""

    epoch: int
    seq: int
    kind: str
    digest: str
    first: int
    last: int
    made: datetime
    file: str  # nothing where it was let go
    size: int
    sha256: str
    records: Mapping[str, int]
    state: str
    code: str | None = None
    receipt: int | None = None
    secret: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number stands that is not taken yet; the journal lines behind `after` are its own."""

    epoch: int
    seq: int
    prev: str | None
    after: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A journal line that may travel next."""

    seq: int
    kind: str
    record: Id
    line: bytes
    withheld: bool  # passed over until now


_LINES: Final = (
    select(JournalRow.seq, JournalRow.kind, JournalRow.record, JournalRow.line)
    .where(JournalRow.rev.is_not(None))
    .order_by(JournalRow.seq)
)
_SETTLE: Final = (
    update(PackageRow)
    .where(PackageRow.digest == bindparam("its"))
    .values(state=bindparam("new_state"), code=bindparam("new_code"))
)
KEPT_BACK: Final = select(WithheldRow.seq).where(WithheldRow.package.is_(None))
"""The lines that were passed over and have gone with no number yet."""


class Outbox:
    """The stream of this seat within one transaction or one reading."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def numbers(self) -> list[Sent]:
        """Every sealed number, the newest first."""
        question = select(PackageRow.__table__).order_by(PackageRow.epoch.desc(), PackageRow.seq.desc())
        return [_sent(row) for row in self.connection.execute(question)]

    def counting(self) -> list[Sent]:
        """The numbers by which records stand, the newest first: those of the newest epoch, which begins with the full state.

        Of a lost number and those that carry its lines again only one counts: the one that was received, or the newest.
        """
        every = self.numbers()
        counting: dict[tuple[int, int], Sent] = {}
        for sent in every:
            if sent.epoch == every[0].epoch:
                lines = (sent.first, sent.last) if sent.first <= sent.last else (0, -sent.seq)
                if lines not in counting or (sent.state == "received" and counting[lines].state != "received"):
                    counting[lines] = sent
        return sorted(counting.values(), key=lambda sent: sent.seq, reverse=True)

    def unfilled(self) -> list[Sent]:
        """The lost numbers of the newest epoch that no number makes good which is not lost itself, the newest first."""
        every = self.numbers()
        present = [sent for sent in every if sent.epoch == every[0].epoch]
        # Files alone cover no line: of such a number only one that says it is lost makes it good.
        good = [sent for sent in present if sent.state != "lost" and (sent.first <= sent.last or sent.kind == "void")]
        filling = {(sent.first, sent.last): sent.seq for sent in reversed(good)}
        return [sent for sent in present if sent.state == "lost" and filling.get((sent.first, sent.last), 0) < sent.seq]

    def next_place(self, epoch: int | None) -> "Place":
        """Where the next number stands: the first of `epoch`, or behind the newest."""
        last = self.last()
        if last is None or epoch is not None:
            return Place(epoch or 1, 1, None, 0)
        return Place(last.epoch, last.seq + 1, last.digest, self.through())

    def last(self) -> Sent | None:
        """The newest number, or None before the first."""
        question = select(PackageRow.__table__).order_by(PackageRow.epoch.desc(), PackageRow.seq.desc()).limit(1)
        row = self.connection.execute(question).first()
        return _sent(row) if row else None

    def number(self, seq: int) -> Sent:
        """The newest epoch's number `seq`; raises `Refused("package_missing")`."""
        for sent in self.numbers():
            if sent.seq == seq:
                return sent
        raise Refused("package_missing", seq=seq)

    def candidates(self, seat: str, kinds: Collection[str], held_back: Collection[str], after: int) -> Iterator[Candidate]:
        """Lines after `after` of kinds that travel or are held back, and withheld ones that may go now, in their order."""
        yield from self._withheld_again(seat, kinds, after)
        held = self.kept_back()
        fresh = _LINES.where(JournalRow.seq > after, JournalRow.by == seat, JournalRow.kind.in_({*kinds, *held_back}))
        for seq, kind, record, line in self.connection.execute(fresh.execution_options(yield_per=1000)):
            yield Candidate(seq, kind, str(record), line, seq in held)

    def lines_for(self, sister: str, after: int, lost: int = 0) -> Iterator[Candidate]:
        """Every line after `after` that this sister seat has not written herself, or may have `lost` up to there, in order."""
        fresh = _LINES.where(JournalRow.seq > after, or_(JournalRow.by != sister, JournalRow.seq <= lost))
        for seq, kind, record, line in self.connection.execute(fresh.execution_options(yield_per=1000)):
            yield Candidate(seq, kind, str(record), line, False)

    def count_for(self, sister: str, after: int, lost: int = 0) -> int:
        """How many lines `lines_for` has."""
        fresh = select(func.count()).select_from(JournalRow).where(JournalRow.rev.is_not(None))
        return self.connection.execute(
            fresh.where(JournalRow.seq > after, or_(JournalRow.by != sister, JournalRow.seq <= lost))
        ).scalar_one()

    def _withheld_again(self, seat: str, kinds: Collection[str], after: int) -> Iterator[Candidate]:
        """Withheld lines up to `after` of records that stand again, or of kinds that travel now."""
        again = _LINES.join(CurrentRow, CurrentRow.id == JournalRow.record).where(JournalRow.seq.in_(KEPT_BACK))
        standing = again.where(JournalRow.by == seat, JournalRow.kind.in_(kinds), JournalRow.seq <= after)
        unsent = ~self.never_travelled(self.travelled_through())
        for seq, kind, record, line in self.connection.execute(standing.where(unsent)).all():
            yield Candidate(seq, kind, str(record), line, True)

    def carried_by(self, lost: Sent, seat: str) -> Iterator[Candidate]:
        """The lines that a number carried, in their order."""
        released = select(WithheldRow.seq).where(WithheldRow.epoch == lost.epoch, WithheldRow.package == lost.seq)
        passed_over = select(WithheldRow.seq)
        own = and_(JournalRow.seq.between(lost.first, lost.last), JournalRow.seq.not_in(passed_over))
        lines = _LINES.where(JournalRow.by == seat, or_(own, JournalRow.seq.in_(released)))
        again = frozenset(self.connection.scalars(released))
        for seq, kind, record, line in self.connection.execute(lines.execution_options(yield_per=1000)):
            yield Candidate(seq, kind, str(record), line, seq in again)

    def undone_unsent(self, after: int) -> set[Id]:
        """Records whose head is a tombstone and of which no line has ever travelled."""
        return set(self.connection.scalars(select(CurrentRow.id).where(self.never_travelled(after))))

    def undone(self, author: Author, kinds: Collection[str]) -> list[tuple[int, str]]:
        """Newest line and kind of each of those that this seat removed of its station's records of these kinds."""
        columns = CurrentRow.seq, CurrentRow.kind, CurrentRow.owner, CurrentRow.by
        # Asked of all: the index of the few that are removed is found only so.
        rows = self.connection.execute(select(*columns).where(self.never_travelled(self.travelled_through())))
        return [(seq, kind) for seq, kind, *whose in rows if whose == [author.owner, author.by] and kind in kinds]

    def kept_back(self) -> frozenset[int]:
        """The withheld lines that have not gone yet."""
        return frozenset(self.connection.scalars(KEPT_BACK))

    def never_travelled(self, after: int) -> ColumnElement[bool]:
        """The condition that a record is removed and none of its lines up to `after` has travelled."""
        line = another(JournalRow)
        mine = and_(line.record == CurrentRow.id, line.rev.is_not(None))  # what was noted of it, as a print, never travels
        travelled = select(line.seq).where(mine, line.seq <= after, line.seq.not_in(KEPT_BACK))
        return and_(CurrentRow.deleted, ~travelled.exists())

    def through(self) -> int:
        """The newest journal line that a number of the newest epoch covers."""
        newest = select(func.max(PackageRow.epoch)).scalar_subquery()
        covered = select(func.max(PackageRow.last)).where(PackageRow.epoch == newest)
        return self.connection.execute(covered).scalar() or 0

    def received_through(self) -> int:
        """The line up to which a receipt says that the body has what travels; 0 before it said anything."""
        waiting = [sent.first for sent in self.counting() if sent.state != RECEIVED]
        return min([self.through(), *(first - 1 for first in waiting)])

    def travelled_through(self) -> int:
        """The newest journal line that any number covers, of whatever epoch."""
        return self.connection.execute(select(func.max(PackageRow.last))).scalar() or 0

    def begin_epoch(self) -> None:
        """Everything is to go again, attachments too; what was passed over and never went stays so."""
        self.connection.execute(delete(WithheldRow).where(WithheldRow.package.is_not(None)))
        self.connection.execute(update(AttachmentFileRow).values(sent_in=None))

    def free_attachments(self, seq: int) -> None:
        """Let the attachments of a lost number go again."""
        gone = update(AttachmentFileRow).where(AttachmentFileRow.sent_in == seq)
        self.connection.execute(gone.values(sent_in=None))

    def add(self, sent: Sent, withheld: Iterable[int], released: Iterable[int]) -> None:
        """Take a number: its lines count as handed over from now on."""
        values = {**_columns(sent), "records": json.dumps(sent.records), "made": sent.made.isoformat()}
        self.connection.execute(insert(PackageRow), [values])
        insert_rows(self.connection, WithheldRow, ("seq", "epoch", "package"), [(seq, None, None) for seq in withheld])
        if going := [{"at": seq} for seq in released]:
            release = update(WithheldRow).where(WithheldRow.seq == bindparam("at"))
            self.connection.execute(release.values(epoch=sent.epoch, package=sent.seq), going)

    def settle(self, settled: Iterable[tuple[str, str, str | None]], receipt: int | None) -> None:
        """Note what a receipt says of numbers: the digest, state and code of each; None for what a short code told."""
        if rows := [{"its": digest, "new_state": state, "new_code": code} for digest, state, code in settled]:
            self.connection.execute(_SETTLE.values(receipt=receipt), rows)

    def set_state(self, sent: Sent, state: str) -> None:
        """Note where a sealed number stands now."""
        row = and_(PackageRow.epoch == sent.epoch, PackageRow.seq == sent.seq)
        self.connection.execute(update(PackageRow).where(row).values(state=state))

    def let_go(self, sent: Sent) -> None:
        """Nobody keeps the sealed file of this number on purpose: what it held was erased."""
        row = and_(PackageRow.epoch == sent.epoch, PackageRow.seq == sent.seq)
        self.connection.execute(update(PackageRow).where(row).values(file=""))

    def newest_line(self) -> int:
        """The newest journal line, travelling or not."""
        return self.connection.execute(select(func.coalesce(func.max(JournalRow.seq), 0))).scalar_one()

    # --- receipts and returned records

    def last_receipt(self) -> tuple[int, str]:
        """Number and digest of the newest receipt; (0, "") before the first."""
        row = self.connection.execute(select(ReceiptRow.seq, ReceiptRow.digest).order_by(ReceiptRow.seq.desc()).limit(1)).first()
        return (row.seq, row.digest) if row else (0, "")

    def newest_receipt(self) -> bytes | None:
        """The newest receipt as it came; None before the first."""
        return self.connection.execute(select(ReceiptRow.envelope).order_by(ReceiptRow.seq.desc()).limit(1)).scalar()

    def knows_receipt(self, digest: str) -> bool:
        """Whether this very receipt was taken in before."""
        return self.connection.execute(select(ReceiptRow.seq).where(ReceiptRow.digest == digest)).first() is not None

    def keep_receipt(self, seq: int, digest: str, envelope: bytes, at: datetime) -> None:
        """Keep a receipt as it came."""
        row = {"seq": seq, "digest": digest, "taken_in": at.isoformat(), "envelope": envelope}
        self.connection.execute(insert(ReceiptRow), [row])

    def keep_returned(self, returned: Iterable[tuple[Id, Id, str]], receipt: int) -> None:
        """Keep which revisions were given back and why: revision, record and code of each; said twice it is kept once."""
        rows = [(rev, record, code, receipt) for rev, record, code in returned]
        insert_rows(self.connection, ReturnedRow, ("rev", "record", "code", "receipt"), rows, new_only=True)

    def knows_reply(self, digest: str) -> bool:
        """Whether this very reply package was taken in before."""
        return self.connection.execute(select(ReplyRow.seq).where(ReplyRow.digest == digest)).first() is not None

    def last_reply(self) -> int:
        """The number of the newest reply; 0 before the first."""
        return self.connection.execute(select(func.max(ReplyRow.seq))).scalar() or 0

    def replies_taken(self) -> set[int]:
        """The numbers of all replies that were taken in."""
        return set(self.connection.scalars(select(ReplyRow.seq)))

    def keep_reply(self, digest: str, seq: int, at: datetime) -> None:
        """Keep that a reply package was taken in."""
        self.connection.execute(insert(ReplyRow), [{"digest": digest, "seq": seq, "taken_in": at.isoformat()}])

    # --- attachments

    def unsent_attachments(self, owner: Id, *, anew: bool = False) -> list[tuple[str, str, int]]:
        """Content digest, file name and size of attachments of `owner` that stand and have not travelled; `anew` all."""
        question = select(AttachmentFileRow.sha256, AttachmentFileRow.file, AttachmentFileRow.size)
        holds = func.json_extract(CurrentRow.body, "$.sha256") == AttachmentFileRow.sha256
        mine = CurrentRow.kind == "attachment", CurrentRow.owner == owner, ~CurrentRow.deleted
        stands = select(CurrentRow.no).where(*mine, holds).exists()
        unsent = question.where(stands) if anew else question.where(AttachmentFileRow.sent_in.is_(None), stands)
        return [(row.sha256, row.file, row.size) for row in self.connection.execute(unsent)]

    def attachments_standing(self, owner: Id) -> dict[str, int]:
        """How many contents of attachments of `owner` that stand were never sent, are sent, received."""
        mine = CurrentRow.kind == "attachment", CurrentRow.owner == owner, ~CurrentRow.deleted
        stands = select(func.json_extract(CurrentRow.body, "$.sha256")).where(*mine)
        files = AttachmentFileRow.__table__.outerjoin(PackageRow.__table__, _went())
        question = select(PackageRow.state, func.count()).select_from(files).where(AttachmentFileRow.sha256.in_(stands))
        totals = dict.fromkeys((NEVER_SENT, SENT, RECEIVED), 0)
        for state, count in self.connection.execute(question.group_by(PackageRow.state)):
            totals[standing_of(state) if state else NEVER_SENT] += count
        return totals

    def attachments_listed(self, owner: Id, *, offset: int, limit: int) -> list[tuple[int, int, str]]:
        """Of the same contents the newest line of an attachment, the number it went with (0: none), where it stands.

        Those that were never sent come first, then those without a receipt; of each the last entered.
        """
        mine = CurrentRow.kind == "attachment", CurrentRow.owner == owner, ~CurrentRow.deleted
        holds = func.json_extract(CurrentRow.body, "$.sha256") == AttachmentFileRow.sha256
        state = func.coalesce(PackageRow.state, "sealed")
        order = case((state.in_(["sealed", "lost"]), 0), (state == "received", 2), else_=1)
        files = CurrentRow.__table__.join(AttachmentFileRow.__table__, holds).outerjoin(PackageRow.__table__, _went())
        line = func.max(CurrentRow.seq)
        question = select(line, func.coalesce(PackageRow.seq, 0), state).select_from(files).where(*mine)
        page = question.group_by(AttachmentFileRow.sha256).order_by(order, line.desc()).offset(offset).limit(limit)
        return [(seq, number, standing_of(where)) for seq, number, where in self.connection.execute(page)]

    def contents_in(self, numbers: Collection[int]) -> frozenset[str]:
        """The contents that went with these numbers of the newest epoch."""
        return frozenset(
            self.connection.scalars(select(AttachmentFileRow.sha256).where(AttachmentFileRow.sent_in.in_(list(numbers))))
        )

    def contents_lost(self, digests: Iterable[str]) -> None:
        """Let these contents go again: the body has the number they went with, and not them."""
        if rows := [{"its": digest} for digest in digests]:
            gone = update(AttachmentFileRow).where(AttachmentFileRow.sha256 == bindparam("its"))
            self.connection.execute(gone.values(sent_in=None), rows)

    def attachments_sent(self, digests: Iterable[str], seq: int) -> None:
        """Note that these contents travelled in number `seq`."""
        gone = update(AttachmentFileRow).where(AttachmentFileRow.sha256.in_(list(digests))).values(sent_in=seq)
        self.connection.execute(gone)


def _went() -> ColumnElement[bool]:
    """The condition that a content went with a number: of an earlier epoch none counts, for a new one lets `sent_in` go."""
    epoch = select(func.max(PackageRow.epoch)).scalar_subquery()
    return and_(PackageRow.seq == AttachmentFileRow.sent_in, PackageRow.epoch == epoch)


NEVER_SENT: Final = "never_sent"
SENT: Final = "sent"
RECEIVED: Final = "received"
RETURNED: Final = "returned"
ELSEWHERE: Final = "elsewhere"
"""Another computer of the station wrote the newest line of the record: that one hands it in, and hears what became of it."""


def reconciled(connection: Connection, author: Author, kinds: Collection[str]) -> dict[str, int]:
    """How many of a station's records stand where, by each record's newest line.

    Never sent or in a package that nobody has a copy of, in a package without receipt, received, returned, with another
    computer; a record undone before it was ever sent stands nowhere.
    """
    stands = Stands(connection, author, kinds)
    totals = dict.fromkeys((NEVER_SENT, SENT, RECEIVED, RETURNED, ELSEWHERE), 0)
    numbers = stands.outbox.counting()
    for where in (NEVER_SENT, SENT, RECEIVED):
        totals[where] = stands.gone_with([number for number in numbers if standing_of(number.state) == where]).total()
    totals[RETURNED] = stands.returned()
    totals[RECEIVED] -= totals[RETURNED]
    totals[NEVER_SENT] += stands.waiting().total()
    totals[ELSEWHERE] = tally.by_others(connection, author.owner, author.by, kinds)
    return totals


def awaited(connection: Connection, author: Author, kinds: Collection[str]) -> tuple[int, int]:
    """How many of a station's records `reconciled` counts as never sent, and as returned; the others are not counted."""
    stands = Stands(connection, author, kinds)
    nobody_has = [number for number in stands.outbox.counting() if standing_of(number.state) == NEVER_SENT]
    return (stands.waiting() + stands.gone_with(nobody_has)).total(), stands.returned()


def released_with(numbers: Sequence[Sent]) -> Select[int]:
    """The lines that were passed over at first and went with one of these numbers."""
    package = and_(PackageRow.epoch == WithheldRow.epoch, PackageRow.seq == WithheldRow.package)
    return select(WithheldRow.seq).join(PackageRow, package).where(PackageRow.digest.in_([each.digest for each in numbers]))


def stretches(numbers: Sequence[Sent]) -> list[tuple[int, int]]:
    """The journal lines that these numbers cover, first and last of each stretch; neighbours make one."""
    found: list[tuple[int, int]] = []
    for number in sorted(numbers, key=lambda each: each.first):
        if found and number.first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], number.last))
        else:
            found.append((number.first, number.last))
    return found


class Stands:
    """Counts the records whose newest line this seat wrote, from what is kept of each block of lines: none is visited for it."""

    def __init__(self, connection: Connection, author: Author, kinds: Collection[str]) -> None:
        self.outbox: Final = Outbox(connection)
        self._connection: Final = connection
        self._author: Final = author
        self._kinds: Final = frozenset(kinds)

    def waiting(self) -> Counter[str]:
        """By kind, records whose newest line no number holds, but for those that are undone and never travelled."""
        through, held = self.outbox.through(), self.outbox.kept_back()
        kept_back = self._among(KEPT_BACK, CurrentRow.seq <= through) if held else Counter()
        undone = self.outbox.undone(self._author, self._kinds)
        idle = Counter(kind for seq, kind in undone if seq > through or seq in held)
        return self._count(through + 1, self.outbox.newest_line()) + kept_back - idle

    def everything(self) -> Counter[str]:
        """By kind, records that a new epoch begins with: all but those that are undone and never travelled."""
        idle = Counter(kind for _seq, kind in self.outbox.undone(self._author, self._kinds))
        return self._count(1, self.outbox.newest_line()) - idle

    def behind_others(self, after: int) -> Counter[str]:
        """By kind, records of which this seat wrote lines behind `after` and another the newest one: they go as well."""
        if not tally.by_others(self._connection, self._author.owner, self._author.by, self._kinds):
            return Counter()
        own = JournalRow.seq > after, JournalRow.by == self._author.by, JournalRow.rev.is_not(None)
        theirs = CurrentRow.by != self._author.by, CurrentRow.owner == self._author.owner, CurrentRow.seq > after
        # Written so that the lines are walked through, and the record of each is looked up.
        found = select(JournalRow.record, JournalRow.kind).where(*own, JournalRow.kind.in_(self._kinds)).distinct().subquery()
        question = select(found.c.kind, func.count()).join(CurrentRow, CurrentRow.id == found.c.record).where(*theirs)
        return Counter({str(kind): many for kind, many in self._connection.execute(question.group_by(found.c.kind))})

    def gone_with(self, numbers: Sequence[Sent]) -> Counter[str]:
        """By kind, records whose newest line went with one of these numbers."""
        if not numbers:
            return Counter()
        passed_over = select(WithheldRow.seq)
        gone = self._among(released_with(numbers))
        for first, last in stretches(numbers):
            gone += self._count(first, last) - self._among(passed_over, CurrentRow.seq.between(first, last))
        return gone

    def returned(self) -> int:
        """Records that the body gave back, unchanged since."""
        same = and_(CurrentRow.id == ReturnedRow.record, CurrentRow.rev == ReturnedRow.rev)
        # Asked of all: the few that were returned are looked up, not the many that are the station's.
        question = select(CurrentRow.owner, CurrentRow.kind).select_from(ReturnedRow).join(CurrentRow, same)
        return sum(owner == self._author.owner and kind in self._kinds for owner, kind in self._connection.execute(question))

    def _count(self, first: int, last: int) -> Counter[str]:
        return tally.counted(self._connection, self._author.owner, self._author.by, self._kinds, first, last)

    def _among(self, lines: Select[int], *conditions: ColumnElement[bool]) -> Counter[str]:
        """The same of records whose newest line is one of a few of this seat's."""
        # Written so that only the index by line fits: each of the few is looked up once.
        mine = CurrentRow.owner.concat("") == self._author.owner, CurrentRow.kind.concat("").in_(self._kinds)
        question = select(CurrentRow.kind, func.count()).where(CurrentRow.seq.in_(lines), *conditions, *mine)
        return Counter({str(row[0]): row[1] for row in self._connection.execute(question.group_by(CurrentRow.kind))})


def standing_of(state: str) -> str:
    """Where the records of a number in this state stand, but for those that were returned."""
    if state in {"sealed", "lost"}:  # nobody has a copy of it (any more)
        return NEVER_SENT
    return RECEIVED if state == "received" else SENT


def _sent(row: Any) -> Sent:
    values = row._asdict()
    values["records"] = json.loads(values["records"])
    values["made"] = datetime.fromisoformat(values["made"])
    return Sent(**values)


def _columns(sent: Sent) -> dict[str, Any]:
    return {name: getattr(sent, name) for name in Sent.__slots__}
