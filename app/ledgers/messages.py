"""Residents' messages in a station's spreadsheet: the columns they have, a row of them, how one is known again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Any, Final

from app.ledgers.form import LedgerColumn, LedgerForm, LedgerRow, Reads, spelled
from app.ledgers.text import heading_of

LONGEST_TITLE: Final = 60
"""A title longer than this, where nothing else was written, is the message itself."""


class Field(StrEnum):
    """What a column of messages may tell."""

    TITLE = "title"
    CONTENT = "content"
    SOURCE_NO = "source_no"
    LINE_NO = "line_no"
    RAISED_BY = "raised_by"
    RAISED_ON = "raised_on"
    PHONE = "phone"
    ADDRESS = "address"
    PLACE = "place"
    CATEGORY = "category"
    DEPUTY = "deputy"
    REMARKS = "remarks"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRow(LedgerRow):
    """One message; at least one of title and content was written, `title` is never empty.

    `source_no` is the number its source gave it, `line_no` only its place in this sheet.
    """

    source_no: str = ""
    line_no: str = ""
    raised_by: str = ""
    title: str
    content: str = ""
    raised_on: date | None = None
    raised_at: time | None = None
    phone: str = ""
    address: str = ""
    place: str = ""
    category: str = ""
    deputy: str = ""


def _settled(given: dict[str, Any]) -> dict[str, Any]:
    title, content = _title_and_content(given[Field.TITLE], given[Field.CONTENT])
    return given | {Field.TITLE: title, Field.CONTENT: content}


def _title_and_content(title: str, content: str) -> tuple[str, str]:
    if content:
        return title.replace("\n", " ") or heading_of(content), content
    if "\n" in title or len(title) > LONGEST_TITLE:
        return heading_of(title), title
    return title, ""


def _lacks(given: Mapping[str, Any]) -> str:
    problem = "" if given[Field.TITLE] else "row_without_text"
    return problem


_COLUMNS: Final = (
    LedgerColumn(
        field=Field.TITLE,
        names=spelled(
            "留言主题 留言标题 标题 主题 诉求标题 信件标题 投诉标题 建议标题 反映事项 来访事项 事项 诉求事项 "
            "反映问题 事由 摘要 内容摘要 事项摘要 问题摘要 title subject"
        ),
        reads=Reads.TEXT,
    ),
    LedgerColumn(
        field=Field.CONTENT,
        names=spelled(
            "留言详情 留言内容 反映内容 内容（原话） 具体内容 详细内容 主要内容 诉求内容 投诉内容 投诉件内容 "
            "来访内容 信件内容 问题内容 意见内容 建议内容 意见建议 反映问题内容 问题描述 诉求描述 详情 内容 正文 "
            "原话 文本 反映事项 反映问题 诉求 意见 问题 content text"
        ),
        reads=Reads.TEXT,
    ),
    LedgerColumn(
        field=Field.SOURCE_NO,
        names=spelled(
            "留言编号 来源编号 来源登记号 工单编号 工单号 受理编号 登记编号 登记号 信件编号 诉求编号 投诉编号 "
            "意见编号 编号 编码 id"
        ),
    ),
    LedgerColumn(field=Field.LINE_NO, names=spelled("序号 行号 次序 no")),
    LedgerColumn(
        field=Field.RAISED_BY,
        names=spelled(
            "留言用户 留言人 留言者 网友 来访人 来访人姓名 来访者 来访群众 来访选民 反映人 反映人姓名 反映群众 "
            "群众姓名 选民姓名 选民 群众 走访对象 接待对象 诉求人 投诉人 来信人 信访人 联系人 来电人 姓名 name"
        ),
    ),
    LedgerColumn(
        field=Field.RAISED_ON,
        names=spelled(
            "留言时间 留言日期 反映时间 反映日期 来访时间 来访日期 接待时间 接待日期 走访时间 走访日期 收到日期 "
            "收到时间 登记日期 登记时间 受理日期 受理时间 投诉时间 来信日期 来电时间 提交时间 发布时间 日期 时间 "
            "date time publish_time"
        ),
        reads=Reads.DAY,
        hour="raised_at",
    ),
    LedgerColumn(
        field=Field.PHONE, names=spelled("联系电话 电话 电话号码 手机 手机号 手机号码 联系方式 来电号码 反映人电话 phone")
    ),
    LedgerColumn(field=Field.ADDRESS, names=spelled("住址 家庭住址 家庭地址 联系地址 村（社区）/住址 村/住址 地址 address")),
    LedgerColumn(field=Field.PLACE, names=spelled("事发地点 发生地点 问题地点 反映地点 涉及地点 事发地 地点 place")),
    LedgerColumn(
        field=Field.CATEGORY,
        names=spelled(
            "内容类别 问题类别 事项类别 诉求类别 一级标签 一级分类 问题分类 诉求分类 类别 分类 问题类型 诉求类型 类型 category"
        ),
    ),
    LedgerColumn(field=Field.DEPUTY, names=spelled("接待代表 走访代表 接访代表 值班代表 代表姓名 人大代表 代表")),
    LedgerColumn(field=Field.REMARKS, names=spelled("备注 备考 说明 remarks"), reads=Reads.TEXT),
)
"""The names stations give their columns (domain brief 2.5 and 2.6, and sheets seen)."""

MESSAGES: Final = LedgerForm(
    name="issues",
    prefix="message/1",
    row=MessageRow,
    columns=_COLUMNS,
    needed=(Field.TITLE, Field.CONTENT),
    wanted=(Field.RAISED_BY, Field.RAISED_ON),
    day=Field.RAISED_ON,
    settle=_settled,
    lacks=_lacks,
    says=(Field.TITLE, Field.CONTENT),
    same=("source_no", "raised_by", "title", "content", "place", "raised_on", "raised_at"),
    numbered="source_no",
)
"""What residents wrote or said, a message in a row (decision 11: what was raised is needed)."""
