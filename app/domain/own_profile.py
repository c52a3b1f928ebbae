"""A rule profile of a station's own: the values it changes, each with its source, laid over a profile of the program."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from app.domain.deadlines import RuleProfile
from app.domain.problems import Problem
from app.domain.records import Record, about, kind
from app.domain.rule_values import RULE_PROFILE, VALUES, laid_over, value_problem


def _value(name: str) -> Any:
    return about(VALUES[name].label)


def _source(name: str) -> Any:
    return about(f"{VALUES[name].label}的依据")


@kind(RULE_PROFILE, "规则方案", groups=tuple((name, f"{name}_source") for name in VALUES))
class OwnProfile(Record):
    """Rules that a station wrote down; `congress.rule_profile` holds this record's identifier.

    `base` is the name of a profile that comes with the program. Each value is a text as `rule_values` reads it, and empty
    where that of the base holds.
    """

    name: str = about("名称", searched=True)
    base: str = about("以哪个方案为底")
    verified: bool = about("已与条例核对")
    reply: str = _value("reply")
    reply_source: str = _source("reply")
    extended_reply: str = _value("extended_reply")
    extended_reply_source: str = _source("extended_reply")
    assignment: str = _value("assignment")
    assignment_source: str = _source("assignment")
    objection: str = _value("objection")
    objection_source: str = _source("objection")
    co_handler_opinion: str = _value("co_handler_opinion")
    co_handler_opinion_source: str = _source("co_handler_opinion")
    rehandling: str = _value("rehandling")
    rehandling_source: str = _source("rehandling")
    deputy_feedback: str = _value("deputy_feedback")
    deputy_feedback_source: str = _source("deputy_feedback")
    issue: str = _value("issue")
    issue_source: str = _source("issue")
    warn_days: str = _value("warn_days")
    warn_days_source: str = _source("warn_days")
    roll_to_workday: str = _value("roll_to_workday")
    roll_to_workday_source: str = _source("roll_to_workday")
    consultation: str = _value("consultation")
    consultation_source: str = _source("consultation")
    pre_review: str = _value("pre_review")
    pre_review_source: str = _source("pre_review")
    first_review: str = _value("first_review")
    first_review_source: str = _source("first_review")
    second_review: str = _value("second_review")
    second_review_source: str = _source("second_review")
    reply_scheme: str = _value("reply_scheme")
    reply_scheme_source: str = _source("reply_scheme")
    refusal_word: str = _value("refusal_word")
    refusal_word_source: str = _source("refusal_word")
    withdrawal_until: str = _value("withdrawal_until")
    withdrawal_until_source: str = _source("withdrawal_until")

    def title(self) -> str:
        return self.name


def changed_values(own: OwnProfile) -> Mapping[str, str]:
    """The values that differ from those of the base, by their names."""
    return {name: text for name in VALUES if (text := getattr(own, name))}


def profile_from(own: OwnProfile, base: RuleProfile) -> RuleProfile:
    """The profile that the station's values make of the base; what this program cannot read is passed over."""
    readable = {name: text for name, text in changed_values(own).items() if value_problem(name, text) is None}
    sources = {name: getattr(own, f"{name}_source") for name in readable}
    told = laid_over(base, readable, sources)
    return replace(told, name=own.id, label=own.name, base=base.name, level="", verified=own.verified)


def own_problems(own: OwnProfile, base: RuleProfile | None) -> Iterator[Problem]:
    """What keeps it from being gone by: no name, no base, values that cannot be, a changed value without its source."""
    if not own.name.strip():
        yield Problem(code="name_missing", field="name")
    if base is None:
        yield Problem(code="base_unknown", field="base", facts={"name": own.base})
        return
    for name, text in changed_values(own).items():
        if problem := value_problem(name, text):
            yield problem
        elif not getattr(own, f"{name}_source").strip():
            yield Problem(code="rule_source_missing", field=name, facts={"kind": RULE_PROFILE, "value": name})
    told = profile_from(own, base)
    if told.extended_reply.about_days < told.reply.about_days:
        yield Problem(code="extended_shorter", field="extended_reply", facts={"reply": told.reply})
