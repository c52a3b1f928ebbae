"""Write work-calendar.json from the `chinesecalendar` package: run once when the State Council has announced a year.

    pip install chinesecalendar && python resources/reference/make_work_calendar.py

The program itself does not need the package; a station may also enter a year by hand in its settings.
"""

import json
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar  # type: ignore[import-untyped]  # ships no types

FIRST_YEAR, LAST_YEAR = 2004, 2026
SATURDAY = 5


def exceptions(year: int) -> dict[str, list[str]]:
    """The weekdays of a year that are free and the weekend days that are worked, as MM-DD."""
    first = date(year, 1, 1)
    days = [first + timedelta(days=each) for each in range((date(year + 1, 1, 1) - first).days)]
    rest = [day for day in days if day.weekday() < SATURDAY and not chinese_calendar.is_workday(day)]
    worked = [day for day in days if day.weekday() >= SATURDAY and chinese_calendar.is_workday(day)]
    return {"rest": [f"{day:%m-%d}" for day in rest], "worked": [f"{day:%m-%d}" for day in worked]}


def main() -> None:
    """Write the file beside this script, one year a line."""
    years = ",\n".join(f'  "{year}": {json.dumps(exceptions(year))}' for year in range(FIRST_YEAR, LAST_YEAR + 1))
    Path(__file__).with_name("work-calendar.json").write_text(f"{{\n{years}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
