"""The ledger and the summary of points as they are printed and saved as tables."""

from collections.abc import Iterator

from app.domain.chinese import short_day
from app.domain.papers import Span
from app.domain.points import PointsEntry
from app.domain.points_papers import PointsLedger, PointsLine, PointsSummary, ScoreLine
from app.domain.score_scheme import points_told
from app.domain.values import wording
from app.queries.ledger_head import ledger_head
from app.queries.points import DeputyScore, PointsRow, points_board
from app.queries.relations import own_station
from app.workspace import Workspace

SAME_PERSON = "同一人"
"""Printed where one person approved twice (decision 12)."""
OPEN_AGAIN = "依据已修改，待重新审核"


def points_ledger(workspace: Workspace, span: Span) -> PointsLedger:
    """Every entry of a period that the operator may see; what is not approved brings nothing and says so."""
    board = points_board(workspace, span)
    rows = sorted(board.rows, key=lambda each: (each.deputy, each.entry.deputy))
    with workspace.reading() as connection:
        station = own_station(workspace, connection)
    counted = sum(each.counted for each in rows)
    summary = f"合计{len(rows)}条，其中复核通过并计分{counted}条。{_by_schemes(board.scores)}"
    return PointsLedger(head=ledger_head(station, span, summary), lines=tuple(map(_line, rows)))


def points_summary(workspace: Workspace, span: Span) -> PointsSummary:
    """What every deputy has come to; who has nothing yet stands there with 0."""
    board = points_board(workspace, span)
    with workspace.reading() as connection:
        station = own_station(workspace, connection)
    summary = f"合计{len({each.deputy for each in board.scores})}名代表。只计复核通过的积分。{_by_schemes(board.scores)}"
    return PointsSummary(head=ledger_head(station, span, summary), lines=tuple(map(_score, board.scores)))


def _by_schemes(scores: tuple[DeputyScore, ...]) -> str:
    labels = dict.fromkeys(each.scheme.label for each in scores)
    return f"积分方案：{'；'.join(labels)}。" if labels else "尚未选用积分方案。"


def _line(row: PointsRow) -> PointsLine:
    entry = row.entry
    return PointsLine(
        deputy=row.deputy,
        day=short_day(entry.on),
        item=row.item,
        account=entry.account,
        quantity=str(entry.quantity or ""),
        points=points_told(row.brings) if row.counted else "",
        first=tuple(each for each in (entry.first_by, short_day(entry.first_on)) if each),
        second=tuple(_second(entry)),
        state=state_told(row),
    )


def state_told(row: PointsRow) -> str:
    """Where an entry stands, in words; with the reason where it was rejected."""
    if row.open_again:
        return OPEN_AGAIN
    return "：".join(each for each in (wording(row.entry.state), row.entry.reason) if each)


def _second(entry: PointsEntry) -> Iterator[str]:
    if entry.second_by or entry.second_on:
        yield SAME_PERSON if entry.second_by == entry.first_by else entry.second_by
        yield short_day(entry.second_on)


def _score(score: DeputyScore) -> ScoreLine:
    everything = (*score.scheme.items, *score.scheme.deductions)
    return ScoreLine(
        deputy=score.name,
        level=score.level,
        items=tuple(f"{each.name}{points_told(points)}" for each in everything if (points := score.items[each.code])),
        approved=str(score.approved),
        waiting=str(score.waiting),
        total=points_told(score.total),
        grade=score.grade,
    )
