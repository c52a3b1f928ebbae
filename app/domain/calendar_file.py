"""A calendar file (.ics, RFC 5545): events in the time of Asia/Shanghai, each with alarms, usually one a day before.

Written here, for it is forty lines: a library for it would bring a second one for time zones along, to be kept on every station.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final

_ZONE: Final = "Asia/Shanghai"
_OCTETS: Final = 75  # of a line, its end not counted (RFC 5545, 3.1)
_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_HEAD: Final = (
    *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//liaison//reception days//ZH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"),
    *("BEGIN:VTIMEZONE", f"TZID:{_ZONE}", "BEGIN:STANDARD", "DTSTART:19910915T010000"),
    *("TZOFFSETFROM:+0900", "TZOFFSETTO:+0800", "TZNAME:CST", "END:STANDARD", "END:VTIMEZONE"),
)
"""China's clocks have stood still since the last summer time ended on 15 September 1991 (tz database)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event; `uid` stays the same in every later file, so that a calendar exchanges it. Without an hour it takes the day.

    `alarms` are so many days before.
    """

    uid: str
    on: date
    starts: time | None = None
    ends: time | None = None
    summary: str
    place: str = ""
    description: str = ""
    alarms: tuple[int, ...] = (1,)


def calendar_file(events: Iterable[Event], made: datetime) -> bytes:
    """The events as a file; `made` (aware) is when."""
    lines = [*_HEAD, *(line for event in events for line in _event(event, made)), "END:VCALENDAR"]
    return b"".join(_folded(line) for line in lines)


def _event(event: Event, made: datetime) -> Iterator[str]:
    yield from ("BEGIN:VEVENT", f"UID:{event.uid}", f"DTSTAMP:{made.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    yield from _when(event)
    for name, text in (("SUMMARY", event.summary), ("LOCATION", event.place), ("DESCRIPTION", event.description)):
        if text:
            yield f"{name}:{_escaped(text)}"
    told = f"DESCRIPTION:{_escaped(event.summary)}"
    for days in event.alarms:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:-P{days}D", told, "END:VALARM")
    yield "END:VEVENT"


def _when(event: Event) -> Iterator[str]:
    if event.starts is None:
        yield f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}"
        return
    yield f"DTSTART;TZID={_ZONE}:{event.on:%Y%m%d}T{event.starts:%H%M%S}"
    if event.ends and event.ends > event.starts:
        yield f"DTEND;TZID={_ZONE}:{event.on:%Y%m%d}T{event.ends:%H%M%S}"


def _escaped(text: str) -> str:
    """A text as a value (RFC 5545, 3.3.11)."""
    whole = _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return re.sub(r"([\\;,])", r"\\\1", whole).replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """A line with its end, broken before the 76th octet, never inside a character."""
    parts, part, room = [], b"", _OCTETS
    for character in line:
        octets = character.encode()
        if len(part) + len(octets) > room:
            parts.append(part)
            part, room = b"", _OCTETS - 1  # the blank that goes on with a line is one of its octets
        part += octets
    return b"\r\n ".join([*parts, part]) + b"\r\n"
