"""What a station needs, and the form of its code."""

from dataclasses import replace

import pytest

from app.domain.station import Station, StationStatus, is_station_code, station_problems
from tests.app.domain.invented import numbered

STATION = Station(id=numbered(1), code="430181001-001", name="青石镇人大代表联络站")


@pytest.mark.parametrize(
    "code",
    ["", "430181-0007", "430181001001", "430181001-01", "430181001-0011", "030181001-001", "43018100１-001", "430181001-001\n"],
)
def test_a_station_code_has_nine_digits_a_hyphen_and_three(code: str) -> None:
    assert is_station_code(STATION.code)
    assert not is_station_code(code)


def test_a_station_needs_a_code_and_a_name() -> None:
    assert list(station_problems(STATION)) == []
    assert [each.code for each in station_problems(Station(id=numbered(1), code="1", name=" "))] == [
        "station_code_malformed",
        "station_name_missing",
    ]


def test_a_merged_station_names_its_successor() -> None:
    merged = replace(STATION, status=StationStatus.MERGED)
    assert [each.code for each in station_problems(merged)] == ["station_successor_missing"]
    assert list(station_problems(replace(merged, merged_into=numbered(2)))) == []
