"""What a month asks of each deputy, by the command line."""

from tests.journeys.programs import Line


def test_the_month_of_every_deputy_is_listed(line: Line) -> None:
    told = line.station("norm", "--month", "2026-02")
    assert (told["from"], told["to"], told["days"], told["people"], told["campaign"]) == ("2026-02-01", "2026-02-28", 1, 30, "")
    (row,) = told["deputies"]
    assert (row["name"], row["days"], row["people"], row["missing_days"], row["missing_people"]) == ("代表甲", 0, 0, 1, 30)
    words = line.station.say("norm", as_json=False).out
    assert "代表甲  接待 0 / 1 天，走访 0 / 30 人，还差 1 天、30 人" in words
    line.station.refused("month_malformed", "norm", "--month", "二月")
