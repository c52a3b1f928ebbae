"""The values of a rule profile: how each is written as a text, read back, and what it must not be (domain brief 1.4, 1.13)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final

from app.domain.deadlines import Period, PeriodUnit, RuleProfile
from app.domain.problems import Problem
from app.domain.reply import ReplyScheme
from app.domain.values import CodeSet

RULE_PROFILE: Final = "rule_profile"
"""The kind of records whose fields these values are."""

_MOST_DAYS: Final = 732
_MOST_WARNINGS: Final = 8
_LONGEST_WORD: Final = 20
BY_LAW: Final = MappingProxyType({"reply": 3, "extended_reply": 6})
"""The months beyond which no congress may go (代表法 art. 51)."""


class WithdrawalUntil(CodeSet):
    """From which state on a suggestion is withdrawn no more."""

    REPLIED = "replied", "答复前"
    ASSIGNED = "assigned", "交办前"


class YesNo(CodeSet):
    """Whether a congress takes a step."""

    YES = "yes", "有"
    NO = "no", "没有"


@dataclass(frozen=True, slots=True)
class RuleValue:
    """One value of a profile: its Chinese word, the codes it is chosen from where it is, how it is read and written.

    `read` raises ValueError for a text that means no such value.
    """

    label: str
    read: Callable[[str], Any]
    write: Callable[[Any], str]
    codes: type[CodeSet] | None = None
    is_period: bool = False


def _period(text: str) -> Period:
    amount, unit = text.split(" ")
    return Period(amount=int(amount), unit=PeriodUnit(unit))


def _warnings(text: str) -> tuple[int, ...]:
    days = sorted({int(each) for each in text.replace("、", " ").replace("，", " ").replace(",", " ").split()}, reverse=True)
    if not days or len(days) > _MOST_WARNINGS or days[-1] < 1 or days[0] > _MOST_DAYS:
        raise ValueError("a warning comes days before")
    return tuple(days)


def _word(text: str) -> str:
    if not text.strip() or len(text) > _LONGEST_WORD:
        raise ValueError("a word of a few characters")
    return text.strip()


def _lasting(label: str) -> RuleValue:
    return RuleValue(label, _period, lambda value: f"{value.amount} {value.unit}", is_period=True)


def _step(label: str) -> RuleValue:
    return RuleValue(label, lambda text: YesNo(text) is YesNo.YES, lambda value: str(YesNo.YES if value else YesNo.NO), YesNo)


def _chosen(label: str, codes: type[CodeSet]) -> RuleValue:
    return RuleValue(label, lambda text: str(codes(text)), str, codes)


VALUES: Final[Mapping[str, RuleValue]] = MappingProxyType(
    {
        "reply": _lasting("答复期限"),
        "extended_reply": _lasting("延长后的答复期限"),
        "assignment": _lasting("闭会期间交办期限"),
        "objection": _lasting("申请调整期限"),
        "co_handler_opinion": _lasting("会办意见期限"),
        "rehandling": _lasting("重新办理期限"),
        "deputy_feedback": _lasting("代表反馈期限"),
        "issue": _lasting("群众意见办理期限"),
        "warn_days": RuleValue("提前提醒天数", _warnings, lambda value: " ".join(map(str, value))),
        "roll_to_workday": _step("期满遇休息日顺延"),
        "consultation": _step("提出前沟通"),
        "pre_review": _step("预审"),
        "first_review": _step("初审"),
        "second_review": _step("复审"),
        "reply_scheme": _chosen("答复分类方案", ReplyScheme),
        "refusal_word": RuleValue("不予受理用语", _word, str),
        "withdrawal_until": _chosen("可撤回至", WithdrawalUntil),
    }
)
"""Every value of a profile that may be changed, in the order people read them."""


def value_text(profile: RuleProfile, name: str) -> str:
    """A value of a profile as a text: `3 month`, `30 15 7 3`, `yes`, `hunan3`."""
    return VALUES[name].write(getattr(profile, name))


def value_problem(name: str, text: str) -> Problem | None:
    """Why a text is no value of this name; None where it is one."""
    value = VALUES[name]
    facts = {"kind": RULE_PROFILE, "value": name, "text": text}
    try:
        read = value.read(text)
    except ValueError:
        read = None
    if value.is_period and (read is None or read.about_days > _MOST_DAYS):
        return Problem(code="rule_period_malformed", field=name, facts=facts)
    if name == "warn_days" and read is None:
        return Problem(code="rule_warnings_malformed", field=name, facts=facts)
    if read is None:
        return Problem(code="rule_value_unknown", field=name, facts=facts)
    if name in BY_LAW and read.about_days > Period(amount=BY_LAW[name], unit=PeriodUnit.MONTH).about_days:
        told = {"kind": RULE_PROFILE, "value": name, "months": BY_LAW[name]}
        return Problem(code="rule_longer_than_law", field=name, facts=told)
    return None


def laid_over(base: RuleProfile, texts: Mapping[str, str], sources: Mapping[str, str]) -> RuleProfile:
    """The profile with these values in the place of the base's, each with its source; raises ValueError, KeyError."""
    read = {name: VALUES[name].read(text) for name, text in texts.items()}
    return replace(base, **read, sources={**base.sources, **sources})


def value_told(name: str, text: str) -> str:
    """A value as people read it: 3个月, 30、15、7、3, 湖南三类; a text that is no value as it is."""
    if value_problem(name, text):
        return text
    value = VALUES[name]
    if value.codes:
        return value.codes(text).label
    return str(value.read(text)) if value.is_period else text.replace(" ", "、")
