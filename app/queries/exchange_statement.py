"""The statement (对账单): every number of a period, what became of it, what is open, what came back, what is late."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy import select

from app.clock import CHINA
from app.domain.exchange_papers import QuestionKind, Statement, StatementNumber, StatementRecord
from app.domain.kinds import KINDS
from app.domain.life import PackageState
from app.domain.papers import Span
from app.domain.persons import listed_title
from app.domain.values import wording
from app.queries.delivery_note import contents_words, size_words
from app.queries.exchange_questions import Question, filled_late, questions
from app.queries.ledger_head import ledger_head
from app.queries.reconciliation import LATE, Number, Returned, StandingRecord, numbers, standing, standing_records
from app.queries.relations import own_station
from app.queries.replied import replied
from app.storage.outbox import ELSEWHERE, NEVER_SENT
from app.storage.records import stored_from
from app.storage.tables import CurrentRow
from app.workspace import Workspace

_LISTED: Final = 60
"""Late records told one by one; the window lists them all."""

_TO_DO: Final[Mapping[QuestionKind, str]] = {
    QuestionKind.NEVER_COPIED: "已封装，尚未复制到任何介质。下次报送时一并送出。",
    QuestionKind.GAP: "后面的包已经收到，本包没有收到，可能在途中遗失。请再复制一份（内容不变）送去。",
    QuestionKind.VANISHED: "写入介质并核对过的文件已不在原处。如接收机关尚未收到，请再复制一份（内容不变）送去。",
    QuestionKind.OVERDUE: "报送已满14天，没有收到回执。请与接收机关核对，必要时再复制一份送去。",
    QuestionKind.PARKED: "接收机关暂存待处理，处理后会有新的回执。",
    QuestionKind.FORKED: "接收机关收到过序号相同、内容不同的包：数据被复制过，或者恢复过备份。"
    "另有电脑使用同一份数据的，请停用那一台；本机下次报送重新编号，全部再报一次。",
    QuestionKind.REFUSED: "接收机关未能接收。请再复制一份（内容不变）送去；仍不能接收的，与接收机关联系。",
    QuestionKind.LOST: "已遗失，本机也没有完好的原包。下次报送时自动补报。",
}
_RESULTS: Final[Mapping[str, str]] = {
    PackageState.SEALED: "未复制",
    PackageState.COPIED: "等回执",
    PackageState.RECEIVED: "全部收到",
}
_STANDINGS: Final = (("never_sent", "未报送"), ("sent", "已报送、等回执"), ("received", "已收到"), ("returned", "退回待补正"))


def exchange_statement(workspace: Workspace, span: Span, *, contact: bool) -> Statement:
    """The statement of the numbers packed in the period; with `contact` where contact data travel.

    What is open, returned or late is told whenever it was packed, for that is what somebody has to see to.
    """
    every, now = numbers(workspace), workspace.clock.now()
    told = standing(workspace, contact=contact)
    late = standing_records(workspace, LATE, contact=contact, offset=0, limit=_LISTED)
    shown = [each for each in reversed(every) if _within(each, span)]
    filled, anew = filled_late(every), _carried_anew(every)
    with workspace.reading() as connection:
        station = own_station(workspace, connection)
    totals = [(words, f"{told.records[name]}条") for name, words in _STANDINGS]
    if others := told.records[ELSEWHERE]:
        totals.append(("由本站其他电脑报送", f"{others}条"))
    totals += [("已有答复", f"{replied(workspace)}件"), ("附件未报送", f"{told.files[NEVER_SENT]}个")]
    asked = questions(every, now)
    summary = f"本时段{len(shown)}个包，共{sum(each.total for each in shown)}条记录；待处理{len(asked)}项。"
    return Statement(
        head=ledger_head(station, span, summary),
        totals=tuple(totals),
        numbers=tuple(_number(each, late_filled=_place(each) in filled, anew=anew.get(_place(each), "")) for each in shown),
        questions=tuple(_question(each) for each in asked),
        returned=tuple(_returned(told.returned)),
        late=tuple(_late(workspace, late.rows)),
        more=late.total - len(late.rows),
    )


def _within(number: Number, span: Span) -> bool:
    day = number.made.astimezone(CHINA).date()
    return (span.first or date.min) <= day <= (span.last or date.max)


def _place(number: Number) -> tuple[int, int]:
    return number.epoch, number.seq


def _carried_anew(every: Sequence[Number]) -> Mapping[tuple[int, int], str]:
    """What is to be said of numbers that were lost and of those that fill them: both cover the same lines of the journal."""
    covering: dict[tuple[int, int, int], list[Number]] = {}
    for each in every:
        if each.total:  # attachments alone cover no line
            covering.setdefault((each.epoch, each.first, each.last), []).append(each)
    said: dict[tuple[int, int], str] = {}
    for (epoch, _first, _last), same in covering.items():
        *lost, newest = sorted(each.seq for each in same)
        if lost:
            said[(epoch, newest)] = f"补报遗失的第{'、'.join(map(str, lost))}号"
            said |= {(epoch, seq): f"曾遗失，由第{newest}号补报" for seq in lost}
    return said


def _number(number: Number, *, late_filled: bool, anew: str) -> StatementNumber:
    return StatementNumber(
        number=str(number.seq),
        made=_moment(number.made),
        contents=contents_words(number.records) or "仅附件",
        size=size_words(number.size),
        copied="\n".join(f"{_day(each.at)} {each.folder}" for each in number.copied[-3:]),
        receipt=f"第{number.receipt}号\n{_day(number.receipt_taken)}" if number.receipt else "",
        result=_result(number),
        remark=anew or _remark(number, late_filled=late_filled),
    )


def _result(number: Number) -> str:
    if number.state == PackageState.RECEIVED and number.open:
        return f"收到，退回{number.open}条"
    return _RESULTS.get(str(number.state), wording(number.state))


def _remark(number: Number, *, late_filled: bool) -> str:
    if late_filled:
        again = f"，{_day(number.copied[-1].at)}再次复制" if len(number.copied) > 1 else ""
        return f"曾缺号{again}，已补齐"
    more = number.copies - min(len(number.copied), 3)
    return f"另有{more}次复制" if more > 0 else ""


def _question(question: Question) -> tuple[str, str, str]:
    since = f"（{_day(question.since)}报送）" if question.since and question.kind is not QuestionKind.NEVER_COPIED else ""
    return str(question.seq), question.kind.label, f"{_TO_DO[question.kind]}{since}"


def _returned(returned: Sequence[Returned]) -> Iterator[StatementRecord]:
    for each in returned:
        yield StatementRecord(kind=_kind(each.kind), title=each.title, number="", reason=each.words or each.code)


def _late(workspace: Workspace, rows: Sequence[StandingRecord]) -> Iterator[StatementRecord]:
    """The records with people masked: a list behind a figure shows them whole, a paper that is carried about does not."""
    with workspace.reading() as connection:
        question = select(CurrentRow.__table__).where(CurrentRow.id.in_([each.id for each in rows]))
        titles = {row.id: listed_title(stored_from(row).record) for row in connection.execute(question)}
    for each in rows:
        yield StatementRecord(kind=_kind(each.kind), title=titles.get(each.id, ""), number=str(each.number), reason="")


def _kind(name: str) -> str:
    return KINDS[name].label if name in KINDS else name


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"


def _day(moment: datetime | None) -> str:
    return f"{moment.astimezone(CHINA):%Y-%m-%d}" if moment else ""
