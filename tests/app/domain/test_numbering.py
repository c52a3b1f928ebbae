"""Numbers of forms: spelled, each in its own series."""

from datetime import date

from app.domain.encounter import Encounter
from app.domain.issue import Issue
from app.domain.numbering import OUTREACH, VISITOR, Series, series_of
from app.domain.visit import Visit, VisitKind

DAY = date(2026, 11, 21)


def test_a_number_names_its_form_and_year() -> None:
    assert Series(VISITOR, 2026).spelled(12) == "来2026-00012"
    assert Series(OUTREACH, 2027).spelled(123456) == "走2027-123456"


def test_residents_received_have_a_number_of_their_own_and_rounds_have_one() -> None:
    assert series_of(Encounter(id="1"), DAY, received=True) == Series("来", 2026)
    assert series_of(Encounter(id="1"), DAY, received=False) is None
    assert series_of(Visit(id="1", visit_kind=VisitKind.OUTREACH, on=date(2025, 1, 2)), DAY, received=False) == Series("走", 2025)
    assert series_of(Visit(id="1", visit_kind=VisitKind.TRAINING), DAY, received=False) == Series("活", 2026)
    assert series_of(Issue(id="1"), DAY, received=True) is None
