"""What is done to a round of outreach: typed, copied, pasted, taken out, and sorted into visits."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.domain.encounter import Encounter, Party
from app.domain.met_words import line_typed
from app.domain.outreach_line import CARRIED, OF_VISIT, Column, GridLine, LineRead, read_line, texts_of
from app.domain.outreach_round import PastedLine, Register, Round
from app.domain.values import Id
from app.domain.visit import Visit
from app.domain.visit_sheet import Line, VisitSheet
from app.domain.written_text import one_line

_EMPTY: Final = ("",) * len(Column)


@dataclass(frozen=True, slots=True)
class Hand:
    """What changes a round: it knows the register, and makes identifiers."""

    register: Register
    new_id: Callable[[], Id]

    # --- a round to begin with

    def begun(self, visit: Visit) -> Round:
        """One empty line of a visit that begins."""
        return self._tidied(Round(lines=(), visits={visit.id: VisitSheet(visit=visit)}))

    def of_sheets(self, sheets: Sequence[VisitSheet], stored: Collection[Id]) -> Round:
        """The lines of visits as they were saved or drafted; `stored` are those in the store."""
        told = self.register.told
        lines = (
            GridLine(each, sheet.visit.id, self.new_id(), texts_of(each, sheet.visit, told))
            for sheet in sheets
            for each in sheet.lines
        )
        visits = {each.visit.id: replace(each, lines=()) for each in sheets}
        return self._tidied(Round(lines=tuple(lines), visits=visits, stored=frozenset(stored)))

    # --- what is typed

    def typed(self, round: Round, at: int, column: Column, text: str) -> Round:
        """Another text in one cell; typed into the last line there is a new one below it."""
        return self._tidied(_exchanged(round, at, round.lines[at].with_text(column, text)))

    def left(self, round: Round, at: int, column: Column) -> Round:
        """The cell is left: 「某组 6 人，无意见」 falls into its cells, and lines of another day into another visit."""
        if column is Column.NAME:
            return self._tidied(_exchanged(round, at, _told_apart(round.lines[at])))
        if column not in OF_VISIT:
            return round
        return self.grouped(_exchanged(round, at, self._written_out(round.lines[at], round.visit_of(at))))

    def copied(self, round: Round, at: int, column: Column) -> Round:
        """The cell as the one above it."""
        return self.left(self.typed(round, at, column, round.lines[at - 1].texts[column]), at, column) if at else round

    def inserted(self, round: Round, at: int) -> Round:
        """An empty line above this one, its day, deputies and places those of the line before."""
        fresh = self._below(round.lines[max(at - 1, 0)])
        return replace(round, lines=(*round.lines[:at], fresh, *round.lines[at:]))

    def removed(self, round: Round, at: int) -> Round:
        """The round without a line; an empty one to go on with stays."""
        return self._tidied(replace(round, lines=(*round.lines[:at], *round.lines[at + 1 :])))

    def pasted(self, round: Round, at: int, rows: Sequence[PastedLine]) -> Round:
        """Rows of a table from this line on: over lines where nothing typed is in the way, else as new ones.

        What a row leaves out is carried down from the line before.
        """
        lines = list(round.lines)
        if all(_is_free(there, row) for there, row in zip(lines[at:], rows, strict=False)):
            missing = at + len(rows) - len(lines)
            lines += [self._below(lines[-1]) for _ in range(missing)]
        else:
            at += 0 if lines[at].empty() else 1
            lines[at:at] = [self._below(lines[max(at - 1, 0)]) for _ in rows]
        for number, row in enumerate(rows, start=at):
            filled = _filled(lines[number], row, lines[number - 1] if number else None)
            lines[number] = _told_apart(self._written_out(filled, round.visits[filled.visit].visit))
        return self.grouped(self._tidied(replace(round, lines=tuple(lines))))

    # --- what it means

    def read(self, round: Round, at: int) -> LineRead:
        """What a line means."""
        return self.read_line(round.lines[at], round.visit_of(at))

    def read_line(self, line: GridLine, visit: Visit) -> LineRead:
        """What a line of a visit means."""
        told = self.register
        return read_line(line, visit, told.names, told.told, told.today)

    def sheets(self, round: Round, reads: Sequence[LineRead], left_out: Collection[int] = ()) -> tuple[VisitSheet, ...]:
        """The visits with their lines, but for lines that say nothing; a new visit without any line is none.

        Of a line that is left out, what was saved of it before stays where it was.
        """
        lines: dict[Id, list[Line]] = {}
        for at, (each, read) in enumerate(zip(round.lines, reads, strict=True)):
            out = at in left_out
            home, line = (each.line.encounter.visit, each.line) if out else (each.visit, read.line)
            if not (each.empty() or line.blank()) and (not out or home in round.stored):
                lines.setdefault(home, []).append(line)
        wanted = dict.fromkeys([*lines, *(id for id in round.visits if id in round.stored)])
        return tuple(replace(round.visits[id], lines=tuple(lines.get(id, ()))) for id in wanted)

    def rested(self, round: Round, saved: Sequence[VisitSheet]) -> Round:
        """The round resting on what was saved of it; what was typed meanwhile stays."""
        stands = {line.encounter.id: line for each in saved for line in each.lines}
        visits = dict(round.visits)
        for each in saved:
            typed = visits.get(each.visit.id, each).visit
            visits[each.visit.id] = replace(each, visit=replace(typed, number=typed.number or each.visit.number), lines=())
        lines = tuple(replace(each, line=stands.get(each.line.encounter.id, each.line)) for each in round.lines)
        return replace(round, lines=lines, visits=visits, stored=round.stored | {each.visit.id for each in saved})

    def grouped(self, round: Round) -> Round:
        """The round with each line in the visit of its day, deputies and place; a new visit takes after the one above it."""
        wanted = [_key(self.read(round, at), each) for at, each in enumerate(round.lines)]
        homes = _homes(round, wanted)
        visits = dict(round.visits)
        lines: list[GridLine] = []
        for key, each in zip(wanted, round.lines, strict=True):
            if key not in homes:
                like = visits[lines[-1].visit if lines else each.visit].visit
                fresh = replace(like, id=self.new_id(), number="", starts=None, ends=None, extra={})
                visits[fresh.id] = VisitSheet(visit=fresh)
                homes[key] = fresh.id
            lines.append(replace(each, visit=homes[key]) if each.visit != homes[key] else each)
        kept = {id: each for id, each in visits.items() if id in round.stored or id in homes.values()}
        return self._settled(replace(round, lines=tuple(lines), visits=kept))

    def _settled(self, round: Round) -> Round:
        """Each visit with the day, deputies and place that its first line says."""
        visits = dict(round.visits)
        first = {each.visit: at for at, each in reversed(list(enumerate(round.lines)))}
        for id, at in first.items():
            read, base = self.read(round, at), visits[id]
            if id in round.stored and (read.problems.get(Column.DAY) or read.problems.get(Column.DEPUTIES)):
                continue  # what stands in the store is not changed by what cannot be read
            moved = read.on != base.visit.on
            late = read.on is not None and read.on < self.register.today if moved else base.visit.late_entry
            visit = replace(base.visit, on=read.on, deputies=read.deputies, place=read.place, late_entry=late)
            visits[id] = replace(base, visit=visit)
        return replace(round, visits=visits)

    # --- how

    def _line(self, visit: Id, texts: tuple[str, ...]) -> GridLine:
        return GridLine(Line(encounter=Encounter(id=self.new_id(), party=Party.PERSON)), visit, self.new_id(), texts)

    def _below(self, above: GridLine) -> GridLine:
        return self._line(above.visit, (*above.texts[: Column.NAME], *_EMPTY[Column.NAME :]))

    def _written_out(self, line: GridLine, visit: Visit) -> GridLine:
        """A day and deputies as everybody reads them, where it is clear what was meant."""
        read, told = self.read_line(line, visit), self.register.told
        if read.on and not any(not each.hint for each in read.problems.get(Column.DAY, ())):
            line = _rewritten(line, Column.DAY, read.on.isoformat())
        if read.deputies and not read.problems.get(Column.DEPUTIES):
            line = _rewritten(line, Column.DEPUTIES, "、".join(told.get(each, "…") for each in read.deputies))
        return line

    def _tidied(self, round: Round) -> Round:
        """The last line is empty, and what it carries follows the line above it as long as nobody wrote it there."""
        lines = round.lines
        if not lines:
            visit = list(round.visits.values())[-1].visit
            texts = texts_of(Line(encounter=Encounter(id="")), visit, self.register.told)
            return replace(round, lines=(self._line(visit.id, texts),))
        if not lines[-1].empty():
            return replace(round, lines=(*lines, self._below(lines[-1])))
        if len(lines) == 1:
            return round
        above, last = lines[-2:]
        carried = tuple(last.texts[each] if each in last.own else above.texts[each] for each in CARRIED)
        home = last.visit if last.own & set(OF_VISIT) else above.visit
        if carried == last.texts[: Column.NAME] and home == last.visit:
            return round
        follows = replace(last, visit=home, texts=(*carried, *last.texts[Column.NAME :]))
        return replace(round, lines=(*lines[:-1], follows))


def _exchanged(round: Round, at: int, line: GridLine) -> Round:
    return replace(round, lines=(*round.lines[:at], line, *round.lines[at + 1 :]))


def _told_apart(line: GridLine) -> GridLine:
    """A line whose name told more than a name, each part in its cell; where a cell is taken already all stays as it was typed."""
    told = line_typed(one_line(line.texts[Column.NAME]))
    parts = ((Column.MANY, told.met.told() if told and told.met else ""), (Column.RAISED, told.raised if told else ""))
    if told is None or any(text and line.texts[column].strip() for column, text in parts):
        return line
    for column, text in ((Column.NAME, told.name), *((column, text) for column, text in parts if text)):
        line = line.with_text(column, text)
    return line


def _rewritten(line: GridLine, column: Column, text: str) -> GridLine:
    return replace(line, texts=(*line.texts[:column], text, *line.texts[column + 1 :]))


def _is_free(line: GridLine, row: PastedLine) -> bool:
    """Whether nothing that was typed is written over; what is carried down is nobody's word."""
    return line.empty() or (row.line is None and all(each in CARRIED or not line.texts[each].strip() for each in row.cells))


def _filled(line: GridLine, row: PastedLine, above: GridLine | None) -> GridLine:
    if row.line is not None:
        line = replace(line, line=row.line)
    told = {column: text for column, text in row.cells.items() if text.strip()}
    for column in CARRIED:
        if above and column not in told and column not in line.own:
            line = _rewritten(line, column, above.texts[column])
    for column, text in told.items():
        line = line.with_text(column, text)
    return line


_Key = tuple[object, ...]


def _key(read: LineRead, line: GridLine) -> _Key:
    """By what two lines belong to one visit; a cell that cannot be read stands for itself."""
    wrong = [line.texts[each].strip() if read.problems.get(each) else "" for each in (Column.DAY, Column.DEPUTIES)]
    return (read.on, frozenset(read.deputies), read.place, *wrong)


def _homes(round: Round, wanted: Sequence[_Key]) -> dict[_Key, Id]:
    """The visit of each group that has one: whose day, deputies and place it says already, else one of its lines'."""
    homes: dict[_Key, Id] = {}
    for already in (True, False):
        for key, each in zip(wanted, round.lines, strict=True):
            visit = round.visits[each.visit].visit
            same = key == (visit.on, frozenset(visit.deputies), visit.place, "", "")
            if key not in homes and each.visit not in homes.values() and (same or not already):
                homes[key] = each.visit
    return homes
