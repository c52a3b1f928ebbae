"""Units to pick from."""

from pathlib import Path

from app.domain.unit import Unit
from app.queries.units import UnitRow, units
from tests.builders import remove, save, station


def test_units_come_in_the_order_of_entry_and_closed_ones_say_so(tmp_path: Path) -> None:
    with station(tmp_path) as workspace:
        open_one, closed, gone = (
            Unit(id=workspace.clock.new_id(), name=name, closed=name == "乙局") for name in ("甲局", "乙局", "丙局")
        )
        save(workspace, open_one, closed, gone)
        remove(workspace, gone.id)
        assert units(workspace) == (UnitRow(open_one.id, "甲局", False), UnitRow(closed.id, "乙局", True))
