"""How long records are kept: classes by kind, their years, what may be erased sooner (PIPL arts. 19, 47; domain brief 5.4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.values import CodeSet

FOR_EVER: Final = 0
MOST_YEARS: Final = 100


class RetentionClass(CodeSet):
    """Records that are kept equally long."""

    SUGGESTIONS = "suggestions", "代表建议"
    HANDLING = "handling", "交办与反馈"
    REGISTER = "register", "接待走访登记"
    CONTACTS = "contacts", "联系方式"


@dataclass(frozen=True, slots=True)
class Rule:
    """How many years a class is kept, `FOR_EVER` or up to `MOST_YEARS`; `on_request`: erased sooner where the person asks."""

    years: int
    on_request: bool = False


DEFAULTS: Final[Mapping[RetentionClass, Rule]] = {
    RetentionClass.SUGGESTIONS: Rule(FOR_EVER),
    RetentionClass.HANDLING: Rule(30),
    RetentionClass.REGISTER: Rule(10),
    RetentionClass.CONTACTS: Rule(10, on_request=True),
}
"""Where a station has not said otherwise: 建议 永久, 交办反馈 30 年, 接待登记 10 年; no file needs a telephone number."""

OF_KIND: Final[Mapping[str, RetentionClass]] = {
    "suggestion": RetentionClass.SUGGESTIONS,
    "issue": RetentionClass.HANDLING,
    "visit": RetentionClass.REGISTER,
    "encounter": RetentionClass.REGISTER,
    "contact": RetentionClass.CONTACTS,
}
"""The class of what stands for itself; parts are kept as long as their whole, registers of people and units as long as needed."""


def kept_until(day: date | None, rule: Rule) -> date | None:
    """The last day on which a record of `day` must be kept; None for ever, also where it has no day."""
    if day is None or rule.years == FOR_EVER:
        return None
    return date(min(day.year + rule.years, date.max.year), 12, 31)


def is_over(day: date | None, rule: Rule, today: date) -> bool:
    """Whether a record of `day` need not be kept any longer: its years are whole calendar years after its own, as in archives."""
    until = kept_until(day, rule)
    return until is not None and until < today
