"""The way of a delegation's suggestion (全团建议): leads, approval by its head, all members agree (domain brief 1.3, 6.5)."""

from collections.abc import Iterator

from app.domain.problems import Problem
from app.domain.suggestion import Suggestion
from app.domain.values import CodeSet


class DelegationStep(CodeSet):
    """What is to be done next."""

    COLLECT = "collect", "征集线索"
    APPROVE = "approve", "团长审定"
    AGREE = "agree", "全体同意"
    DONE = "done", "已全体同意"


def delegation_step(suggestion: Suggestion) -> DelegationStep:
    """Where the way stands; what comes later counts only once what comes before it is recorded."""
    if not suggestion.delegation_leads.strip():
        return DelegationStep.COLLECT
    if not suggestion.head_approved_on:
        return DelegationStep.APPROVE
    agreed = suggestion.members_agreed_on and suggestion.members_agreed >= suggestion.delegation_members
    return DelegationStep.DONE if agreed else DelegationStep.AGREE


def delegation_hints(suggestion: Suggestion) -> Iterator[Problem]:
    """What the way of a delegation's suggestion still lacks; nothing for one that a deputy leads."""
    if not suggestion.delegation_suggestion:
        return
    if not suggestion.delegation.strip():
        yield Problem(code="delegation_missing", field="delegation", hint=True)
    if not suggestion.delegation_leads.strip():
        yield Problem(code="delegation_leads_missing", field="delegation_leads", hint=True)
    if not suggestion.head_approved_on:
        yield Problem(code="delegation_not_approved", field="head_approved_on", hint=True)
    agreed, members = suggestion.members_agreed, suggestion.delegation_members
    if not suggestion.members_agreed_on:
        yield Problem(code="delegation_not_agreed", field="members_agreed_on", hint=True)
    elif agreed < members:
        facts = {"agreed": agreed, "members": members}
        yield Problem(code="delegation_disagreed", field="members_agreed", facts=facts, hint=True)
    before, after = suggestion.head_approved_on, suggestion.members_agreed_on
    if before and after and after < before:
        yield Problem(code="delegation_order", field="members_agreed_on", hint=True)
