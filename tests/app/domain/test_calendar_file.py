"""A calendar file as RFC 5545 wants it: line ends, folding inside no character, one time zone, an alarm a day before."""

import re
from datetime import UTC, date, datetime, time

from hypothesis import given
from hypothesis import strategies as st

from app.domain.calendar_file import Event, calendar_file

MADE = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
ON = date(2026, 12, 7)


def unfolded(content: bytes) -> list[str]:
    return content.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]


def value(content: bytes, name: str) -> str:
    """The value of the first property of a name, its escapes undone."""
    line = next(each for each in unfolded(content) if re.split("[:;]", each)[0] == name)
    text = line.partition(":")[2]
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], text)


def test_a_day_with_hours_stands_in_the_zone_of_china() -> None:
    event = Event(uid="1@liaison", on=ON, starts=time(9), ends=time(11, 30), summary="代表接待日：代表甲、代表乙", place="接待室")
    lines = unfolded(calendar_file([event], MADE))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    assert "DTSTART;TZID=Asia/Shanghai:20261207T090000" in lines
    assert "DTEND;TZID=Asia/Shanghai:20261207T113000" in lines
    assert "DTSTAMP:20261121T010000Z" in lines
    assert lines.index("TZID:Asia/Shanghai") < lines.index("BEGIN:VEVENT")
    assert lines[lines.index("BEGIN:VALARM") + 2] == "TRIGGER:-P1D"
    assert [each for each in lines if each.startswith("UID:")] == ["UID:1@liaison"]


def test_a_day_without_an_hour_takes_the_whole_day() -> None:
    lines = unfolded(calendar_file([Event(uid="1", on=ON, ends=time(11), summary="接待日")], MADE))
    assert "DTSTART;VALUE=DATE:20261207" in lines
    assert not any(each.startswith("DTEND") for each in lines)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=300), st.integers(0, 3))
def test_every_text_comes_back_and_no_line_is_longer_than_75_octets(text: str, breaks: int) -> None:
    whole = "甲" + text + "\n乙;丙,丁\\" * breaks
    content = calendar_file([Event(uid="1", on=ON, summary="接待日", description=whole)], MADE)
    physical = content.split(b"\r\n")[:-1]
    assert all(len(line) <= 75 for line in physical)
    assert all(line.decode() for line in physical)  # no character is broken
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert value(content[content.index(b"DESCRIPTION") :], "DESCRIPTION") == whole
