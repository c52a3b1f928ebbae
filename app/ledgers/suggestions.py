"""Suggestions in a spreadsheet, a text in a row: whole, or in its three parts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from app.domain.suggestion import SuggestionType
from app.ledgers.form import LedgerColumn, LedgerForm, LedgerRow, Reads, spelled


class Field(StrEnum):
    """What a column of suggestions may tell."""

    LINE_NO = "line_no"
    NUMBER = "number"
    TITLE = "title"
    CONTENT = "content"
    FINDINGS = "findings"
    ANALYSIS = "analysis"
    REQUESTS = "requests"
    LEAD = "lead"
    KIND = "kind"
    CATEGORY = "category"
    ON = "on"
    YEAR = "year"
    REMARKS = "remarks"


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionRow(LedgerRow):
    """One suggestion; a title was written, and a text or at least one of its parts."""

    line_no: str = ""
    number: str = ""
    title: str
    content: str = ""
    findings: str = ""
    analysis: str = ""
    requests: str = ""
    lead: str = ""
    kind: str = ""
    category: str = ""
    on: date | None = None
    year: str = ""


def _settled(given: dict[str, Any]) -> dict[str, Any]:
    return given | {Field.TITLE: " ".join(given[Field.TITLE].split())}


def _lacks(given: Mapping[str, Any]) -> str:
    words = any(given[each] for each in (Field.CONTENT, Field.FINDINGS, Field.ANALYSIS, Field.REQUESTS))
    problem = "row_without_title" if not given[Field.TITLE] else "" if words else "row_without_text"
    return problem


_COLUMNS: Final = (
    LedgerColumn(field=Field.LINE_NO, names=spelled("序号 行号 次序 no")),
    LedgerColumn(field=Field.NUMBER, names=spelled("建议编号 提案编号 编号 案号 proposal_number number")),
    LedgerColumn(
        field=Field.TITLE,
        names=spelled("建议标题 建议名称 提案标题 提案名称 标题 题目 案由 建议题目 名称 title subject reason"),
        reads=Reads.TEXT,
    ),
    LedgerColumn(
        field=Field.CONTENT,
        names=spelled("建议内容 建议正文 提案内容 内容 正文 全文 content text"),
        reads=Reads.TEXT,
    ),
    LedgerColumn(
        field=Field.FINDINGS, names=spelled("调研情况 基本情况 情况 现状 主要情况 findings situation"), reads=Reads.TEXT
    ),
    LedgerColumn(field=Field.ANALYSIS, names=spelled("问题分析 存在问题 分析 原因分析 存在的问题 analysis"), reads=Reads.TEXT),
    LedgerColumn(
        field=Field.REQUESTS, names=spelled("具体建议 意见建议 对策建议 建议 工作建议 建议措施 requests"), reads=Reads.TEXT
    ),
    LedgerColumn(
        field=Field.LEAD,
        names=spelled("领衔代表 领衔人 代表姓名 提出人 提出代表 建议人 提案人 第一提案人 代表 personnel_name lead"),
    ),
    LedgerColumn(
        field=Field.KIND,
        names=spelled("建议类型 类型（建议、批评、意见） kind"),
        reads=Reads.WORD,
        codes=SuggestionType,
    ),
    LedgerColumn(field=Field.CATEGORY, names=spelled("审查分类 建议分类 建议类别 类别 分类 type category")),
    LedgerColumn(
        field=Field.ON, names=spelled("提交日期 提出日期 提交时间 提出时间 日期 时间 发布时间 publish_time date"), reads=Reads.DAY
    ),
    LedgerColumn(field=Field.YEAR, names=spelled("年度 年份 year"), reads=Reads.DIGITS),
    LedgerColumn(field=Field.REMARKS, names=spelled("备注 备考 说明 remarks"), reads=Reads.TEXT),
)
"""The names stations and open tables give the columns."""

SUGGESTIONS: Final = LedgerForm(
    name="suggestions",
    prefix="suggestion/1",
    row=SuggestionRow,
    columns=_COLUMNS,
    needed=(Field.TITLE,),
    wanted=(Field.LEAD,),
    day=Field.ON,
    settle=_settled,
    lacks=_lacks,
    same=("title", "content", "findings", "analysis", "requests"),
)
"""Texts of suggestions: one title with one text is one suggestion, whatever number a table gives it."""
