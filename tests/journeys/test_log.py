"""The log by the command line: filtered, in words, its chain followed."""

from tests.journeys.programs import Line


def test_the_log_tells_exports_and_follows_its_chain(line: Line) -> None:
    line.export()
    told = line.station("log", "--only", "exports", "--verify")
    assert [each["event"] for each in told["lines"]] == ["copied", "exported"]
    assert told["total"] == 2
    assert told["chain"]["findings"] == []
    assert told["chain"]["lines"] >= told["total"]
    said = line.station.say("log", "--only", "exports", "--limit", "1", as_json=False)
    assert (said.code, "复制到介质" in said.out) == (0, True)
    assert line.station("log", "--to", "2000-01-01")["lines"] == []
    line.station.refused("day_malformed", "log", "--from", "gestern")
