"""A table of results that the hotline or a unit hands back, a work order in a row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from app.domain.issue import IssueResult
from app.ledgers.form import LedgerColumn, LedgerForm, LedgerRow, Reads, spelled


class Field(StrEnum):
    """What a column of a table of results may tell."""

    LINE_NO = "line_no"
    NUMBER = "number"
    ACCEPTED_ON = "accepted_on"
    RESULT = "result"
    ACCOUNT = "account"
    ANSWERED_ON = "answered_on"
    UNIT = "unit"
    TOLD_ON = "told_on"
    REMARKS = "remarks"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRow(LedgerRow):
    """What became of one work order; `number` is never empty, and at least one of the others was written."""

    line_no: str = ""
    number: str
    accepted_on: date | None = None
    result: str = ""
    account: str = ""
    answered_on: date | None = None
    unit: str = ""
    told_on: date | None = None


def _lacks(given: Mapping[str, Any]) -> str:
    told = (given[each] for each in (Field.ACCEPTED_ON, Field.RESULT, Field.ACCOUNT, Field.TOLD_ON))
    problem = "" if any(told) else "row_without_result"
    if not given[Field.NUMBER]:
        problem = "row_without_work_order"
    return problem


_COLUMNS: Final = (
    LedgerColumn(field=Field.LINE_NO, names=spelled("序号 行号 次序 no")),
    LedgerColumn(
        field=Field.NUMBER,
        names=spelled(
            "工单编号 工单号 工单号码 热线工单编号 热线工单号 受理编号 办件编号 诉求编号 来源编号 登记编号 编号 work_order id"
        ),
        reads=Reads.DIGITS,
    ),
    LedgerColumn(
        field=Field.ACCEPTED_ON,
        names=spelled("受理日期 受理时间 热线受理日期 热线受理时间 接单时间 派单时间 派单日期 accepted_on"),
        reads=Reads.DAY,
    ),
    LedgerColumn(
        field=Field.RESULT,
        names=spelled("办理结果 处理结果 办结结果 办理结果类别 结果类别 结果 办理状态 办结状态 result"),
        reads=Reads.WORD,
        codes=IssueResult,
        words={
            **dict.fromkeys(("已办结", "办结", "已办理", "解决", "已处理", "已整改"), IssueResult.SOLVED),
            **dict.fromkeys(("正在办理", "办理中", "处理中", "部分解决"), IssueResult.BEING_SOLVED),
            **dict.fromkeys(("计划解决", "已列入计划", "拟解决"), IssueResult.PLANNED),
            **dict.fromkeys(("已解释", "解释", "已答复", "说明情况", "留作参考"), IssueResult.EXPLAINED),
        },
    ),
    LedgerColumn(
        field=Field.ACCOUNT,
        names=spelled("办理情况 处理情况 办理反馈 办结意见 答复内容 回复内容 答复意见 办理情况说明 反馈内容 处理意见 account"),
        reads=Reads.TEXT,
    ),
    LedgerColumn(
        field=Field.ANSWERED_ON,
        names=spelled("办结日期 办结时间 答复日期 答复时间 回复时间 回复日期 办理日期 处理时间 answered_on"),
        reads=Reads.DAY,
    ),
    LedgerColumn(field=Field.UNIT, names=spelled("承办单位 办理单位 主办单位 处置单位 责任单位 unit")),
    LedgerColumn(
        field=Field.TOLD_ON,
        names=spelled("告知日期 告知时间 告知群众日期 反馈日期 反馈时间 回访时间 回访日期 told_on"),
        reads=Reads.DAY,
    ),
    LedgerColumn(field=Field.REMARKS, names=spelled("备注 备考 说明 remarks"), reads=Reads.TEXT),
)
"""The names that tables of the hotline and of units give their columns (domain brief 2.4, route to 12345)."""

RESULTS: Final = LedgerForm(
    name="results",
    prefix="result/1",
    row=ResultRow,
    columns=_COLUMNS,
    needed=(Field.NUMBER,),
    wanted=(Field.RESULT, Field.ACCOUNT),
    day=Field.ANSWERED_ON,
    lacks=_lacks,
    same=("number", "accepted_on", "result", "account", "answered_on", "told_on"),
    numbered="number",
)
"""What became of matters that others handled, known by their work orders."""
