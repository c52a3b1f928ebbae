"""How a visit is called in a list."""

from app.domain.visit import Visit, VisitKind
from tests.app.domain.invented import numbered


def test_a_visit_is_called_by_its_theme_or_by_kind_and_place() -> None:
    assert Visit(id=numbered(1), theme="防汛").title() == "防汛"
    assert Visit(id=numbered(1), visit_kind=VisitKind.RECEPTION, place="河湾村").title() == "接待 河湾村"
    assert Visit(id=numbered(1), visit_kind="by_drone").title() == "by_drone"
