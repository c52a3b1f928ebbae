"""A delegation's suggestion goes from leads over its head to all its members, and says what is still missing."""

from dataclasses import replace
from datetime import date

from app.domain.delegation import DelegationStep, delegation_hints, delegation_step
from app.domain.people import Deputy
from app.domain.suggestion import Suggestion, led_by
from tests.app.domain.invented import numbered

OURS = Suggestion(id=numbered(1), delegation_suggestion=True, delegation="第一代表团")


def codes(suggestion: Suggestion) -> list[str]:
    assert all(each.hint for each in delegation_hints(suggestion))
    return [each.code for each in delegation_hints(suggestion)]


def test_each_step_is_asked_for_until_it_is_recorded() -> None:
    asked = ["delegation_leads_missing", "delegation_not_approved", "delegation_not_agreed"]
    assert (codes(OURS), delegation_step(OURS)) == (asked, DelegationStep.COLLECT)
    collected = replace(OURS, delegation_leads="三个村都提到公交")
    assert (codes(collected), delegation_step(collected)) == (asked[1:], DelegationStep.APPROVE)
    approved = replace(collected, head_approved_on=date(2026, 1, 10))
    assert (codes(approved), delegation_step(approved)) == (asked[2:], DelegationStep.AGREE)
    some = replace(approved, members_agreed_on=date(2026, 1, 11), members_agreed=20, delegation_members=21)
    assert (codes(some), delegation_step(some)) == (["delegation_disagreed"], DelegationStep.AGREE)
    every = replace(some, members_agreed=21)
    assert (codes(every), delegation_step(every)) == ([], DelegationStep.DONE)


def test_agreement_before_approval_and_a_delegation_without_name_are_hinted_at() -> None:
    done = replace(OURS, delegation_leads="线索", head_approved_on=date(2026, 1, 10), members_agreed_on=date(2026, 1, 9))
    assert codes(replace(done, delegation="")) == ["delegation_missing", "delegation_order"]


def test_a_suggestion_that_a_deputy_leads_has_no_such_way() -> None:
    assert codes(replace(OURS, delegation_suggestion=False, delegation="")) == []


def test_a_delegation_written_before_the_lead_stays_and_body_and_term_follow() -> None:
    lead = Deputy(id=numbered(2), congress=numbered(3), term=numbered(4), delegation="第二代表团")
    led = led_by(OURS, lead)
    assert (led.delegation, led.receiving_body, led.term) == ("第一代表团", numbered(3), numbered(4))
    assert led_by(replace(OURS, delegation=""), lead).delegation == "第二代表团"
