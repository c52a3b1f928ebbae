"""The outcomes of reviews and the totals of evaluations as a workbook: a row for each congress, year and outcome."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from app.domain.papers import Sheet
from app.domain.satisfaction import Satisfaction
from app.domain.values import wording
from app.queries.evaluation_totals import EvaluationTotals, evaluation_totals
from app.queries.suggestion_outcomes import OutcomeBook, Outcomes, Share, outcome_book
from app.use_cases.ledger_table import SavedLedger, save_table
from app.workspace import Workspace

KIND: Final = "suggestion-outcomes"
_REVIEWS: Final = ("受理机关", "年度", "环节", "项目", "件数", "占比基数（件）", "占比基数说明", "占比")
_EVALUATIONS: Final = (
    *("年度", "发出", "收回", "其中密封", "尚未计入", "项目"),
    *("满意", "基本满意", "不满意", "满意率", "含基本满意"),
)
_ACCEPTED: Final = "提交件数"
_AGAIN: Final = "经审查件数"
_REFUSED: Final = "按情形不作建议处理件数"


def save_outcomes(workspace: Workspace, path: Path) -> SavedLedger:
    """Write every figure with what it is a share of, and what deputies said in totals alone.

    Raises `Refused("table_format", path)`, `Unavailable("disk_…")`.
    """
    book, totals = outcome_book(workspace), evaluation_totals(workspace)
    rows = [row for each in book.rows for row in _rows(each, book)]
    told = [row for each in totals for row in _answers(each)]
    sheets = (Sheet("审查结果统计", _REVIEWS, rows), Sheet("代表评价统计", _EVALUATIONS, told))
    return save_table(workspace, path, KIND, sheets, len(rows) + len(told))


def _rows(found: Outcomes, book: OutcomeBook) -> Iterator[tuple[str | int, ...]]:
    of = (book.bodies.get(found.body, ""), found.year or "")
    yield *of, "", "提交", found.submitted.many, "", "", ""
    yield *of, "", "接收", *_share(found.accepted, _ACCEPTED)
    yield *of, "", "再次审查", *_share(found.again, _AGAIN)
    for (stage, outcome), share in found.ended.items():
        word = found.refusal_word if outcome == "not_processed_as_suggestion" and found.refusal_word else wording(outcome)
        yield *of, wording(stage), word, *_share(share, f"{wording(stage)}件数")
    for code, share in found.refused.items():
        yield *of, "", wording(code), *_share(share, _REFUSED)


def _share(share: Share, whole: str) -> tuple[str | int, ...]:
    return share.many, share.whole, whole, _percent(share.rate)


def _answers(totals: EvaluationTotals) -> Iterator[tuple[str | int, ...]]:
    """Both questions apart; of a year of which nothing is counted in sight there are no rates."""
    sent = (totals.year or "", totals.sent, totals.returned, totals.sealed, totals.hidden)
    for word, answers in (("办理态度", totals.attitude), ("办理结果", totals.result)):
        rates = (totals.rate(answers, *levels) for levels in RATES)
        yield *sent, word, *(answers.get(level, 0) for level in Satisfaction), *map(_percent, rates)


RATES: Final = ((Satisfaction.SATISFIED,), (Satisfaction.SATISFIED, Satisfaction.BASICALLY_SATISFIED))
"""The levels of the two rates (domain brief 1.10): 满意, and 满意 with 基本满意."""


def _percent(rate: float | None) -> str:
    return "" if rate is None else f"{100 * rate:.1f}%"
