"""A co-signature (联名), bound to the text that was signed; who lost the mandate is struck and named, the rest stands."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date

from app.domain.people import Deputy, ended
from app.domain.problems import Problem
from app.domain.records import Record, about, kind
from app.domain.review import TalkWay
from app.domain.suggestion import Suggestion, digest_of_text
from app.domain.values import Code, CodeSet, Id


class CosignatureState(CodeSet):
    """What a deputy said to the invitation to sign."""

    ASKED = "asked", "已邀请"
    SIGNED = "signed", "已联名"
    DECLINED = "declined", "不联名"
    WITHDRAWN = "withdrawn", "已退出"
    STRUCK = "struck", "已删除"


class SigningWay(CodeSet):
    """How the deputy signed."""

    PAPER = "paper", "纸质签名"
    IN_PERSON = "in_person", "当面确认"
    PHONE = "phone", "电话确认"
    MESSAGE = "message", "短信（网络）确认"


@kind("cosignature", "联名", groups=(("state", "signed_on", "text_digest", "struck_on", "struck_reason"),))
class Cosignature(Record):
    """One deputy's signature beside the lead's; `text_digest` is that of the words that were read.

    `withdrawal_on` is the day on which the deputy agreed that the suggestion be withdrawn.
    """

    suggestion: Id = about("代表建议", to="suggestion")
    deputy: Id = about("联名代表", to="deputy")
    order: int = about("顺序")
    asked_on: date | None = about("邀请日期")
    asked_way: Code[TalkWay] = about("告知方式")
    told: str = about("告知内容", searched=True)
    state: Code[CosignatureState] = about("状态")
    way: Code[SigningWay] = about("确认方式")
    answer: str = about("答复说明", searched=True)
    signed_on: date | None = about("签名日期")
    text_digest: str = about("所签文本摘要")
    struck_on: date | None = about("删除日期")
    struck_reason: str = about("删除原因")
    lead_told_on: date | None = about("告知领衔代表日期")
    signed_at: str = about("签名地点")
    withdrawal_on: date | None = about("同意撤回日期")
    withdrawal_way: Code[SigningWay] = about("同意撤回方式")

    def day(self) -> date | None:
        return self.signed_on


def stands(cosignature: Cosignature, suggestion: Suggestion) -> bool:
    """Whether the deputy signed these very words and has not left since."""
    return cosignature.state == CosignatureState.SIGNED and cosignature.text_digest == digest_of_text(suggestion)


def settled(cosignature: Cosignature, suggestion: Suggestion, on: date) -> Cosignature:
    """The signature with what its state brings: a new one is bound to these words and this day, a struck one tells its day."""
    if cosignature.state == CosignatureState.SIGNED and not cosignature.text_digest:
        return replace(cosignature, text_digest=digest_of_text(suggestion), signed_on=cosignature.signed_on or on)
    if cosignature.state == CosignatureState.STRUCK and not cosignature.struck_on:
        return replace(cosignature, struck_on=on)
    return cosignature


def struck(cosignatures: Iterable[Cosignature], deputies: Collection[Deputy], *, on: date, reason: str) -> Iterator[Cosignature]:
    """The signatures of deputies who no longer hold the mandate, struck; the suggestion stays (decision 9)."""
    gone = {each.id for each in ended(deputies, on)}
    for cosignature in cosignatures:
        if cosignature.deputy in gone and cosignature.state in {CosignatureState.ASKED, CosignatureState.SIGNED}:
            yield replace(cosignature, state=CosignatureState.STRUCK, struck_on=on, struck_reason=reason)


def cosigning_problems(suggestion: Suggestion, cosignatures: Iterable[Cosignature]) -> Iterator[Problem]:
    """What the lead is told before submission: who signed other words, twice, or as the lead; hints only."""
    seen: set[Id] = set()
    for each in cosignatures:
        if each.deputy == suggestion.lead_deputy:
            yield Problem(code="lead_cosigns", field="deputy", hint=True, facts={"deputy": each.deputy})
        elif each.deputy in seen:
            yield Problem(code="cosigned_twice", field="deputy", hint=True, facts={"deputy": each.deputy})
        elif each.state == CosignatureState.SIGNED and not stands(each, suggestion):
            yield Problem(code="signed_other_text", field="text_digest", hint=True, facts={"deputy": each.deputy})
        seen.add(each.deputy)
