"""What deputies said of replies, in totals alone: those in the open, and the sealed ones as far as they are counted in sight."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from app.domain.reply import Evaluator
from app.domain.satisfaction import Satisfaction
from app.domain.sealed_evaluation import Tally
from app.queries.relations import ids_of, member, standing
from app.queries.rights import own_only
from app.storage import evaluation_keys
from app.storage.tables import CurrentRow
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationTotals:
    """One year of suggestions: forms sent and returned, sealed among them, those not counted in sight yet, and the answers.

    `hidden` are sealed answers that wait until five have come, and those that lie in an envelope.
    """

    year: int
    sent: int
    returned: int
    sealed: int
    hidden: int
    attitude: Mapping[Satisfaction, int]
    result: Mapping[Satisfaction, int]

    def rate(self, answers: Mapping[Satisfaction, int], *levels: Satisfaction) -> float | None:
        """The share of these levels among the answers counted in sight; None without any (domain brief 1.10)."""
        counted = sum(answers.values())
        return sum(answers.get(each, 0) for each in levels) / counted if counted else None


def evaluation_totals(workspace: Workspace) -> tuple[EvaluationTotals, ...]:
    """Every year with an evaluation, the newest first; a deputy who sees their own records alone gets no totals."""
    with workspace.reading() as connection:
        if own_only(connection, workspace.author.op):
            return ()
        names = ("of", "attitude", "result", "returned_on", "blind_survey")
        shown = [member(name).label(name) for name in names]
        is_sealed = member("sealed").is_not(None).label("is_sealed")
        evaluated = standing("evaluation"), member("evaluator") == Evaluator.DEPUTY
        rows: list[Row[Any]] = list(connection.execute(select(*shown, is_sealed).where(*evaluated)))
        of = ids_of("evaluation").with_only_columns(member("of"))
        question = select(CurrentRow.id, CurrentRow.day, member("year").label("year")).where(CurrentRow.id.in_(of))
        years = {row.id: int(row.year or (row.day or "0")[:4]) for row in connection.execute(question)}
        tallies = evaluation_keys.tallies(connection)
    by_year: dict[int, list[Row[Any]]] = {}
    for row in rows:
        by_year.setdefault(years.get(row.of, 0), []).append(row)
    return tuple(_totals(year, by_year[year], tallies.get(year, Tally())) for year in sorted(by_year, reverse=True))


def _totals(year: int, rows: list[Row[Any]], tally: Tally) -> EvaluationTotals:
    attitude, result = (
        Counter({level: told for level in Satisfaction if (told := count(level))}) for count in (tally.attitude, tally.result)
    )
    for name, counter in (("attitude", attitude), ("result", result)):
        counter.update(Satisfaction(each) for row in rows if (each := getattr(row, name)) in set(Satisfaction))
    returned = [row for row in rows if row.returned_on or row.attitude]
    in_sight = sum(tally.shown.values()) + sum(bool(row.attitude) for row in rows)
    return EvaluationTotals(
        year=year,
        sent=len(rows),
        returned=len(returned),
        sealed=sum(bool(row.is_sealed) for row in rows),
        hidden=max(0, len(returned) - in_sight),
        attitude=attitude,
        result=result,
    )
