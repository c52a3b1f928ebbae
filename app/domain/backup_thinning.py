"""Which backups stay: the newest few, then one a day, a week, a month.

Counted in days, weeks and months that have a backup, not in days from today: a clock that jumps throws nothing away.
"""

from collections.abc import Callable, Collection, Hashable
from datetime import datetime
from typing import Final

NEWEST: Final = 3
DAYS: Final = 7
WEEKS: Final = 5
MONTHS: Final = 12


def kept(made: Collection[datetime]) -> frozenset[datetime]:
    """Of backups made at these moments, those that stay; what stays once stays when nothing came since."""
    newest_first = sorted(set(made), reverse=True)
    return frozenset(
        [
            *newest_first[:NEWEST],
            *_last_of_each(newest_first, lambda moment: moment.date(), DAYS),
            *_last_of_each(newest_first, lambda moment: tuple(moment.isocalendar())[:2], WEEKS),
            *_last_of_each(newest_first, lambda moment: (moment.year, moment.month), MONTHS),
        ]
    )


def _last_of_each(newest_first: list[datetime], period: Callable[[datetime], Hashable], most: int) -> list[datetime]:
    """The last moment of each of the newest periods."""
    last: dict[Hashable, datetime] = {}
    for moment in newest_first:
        last.setdefault(period(moment), moment)
    return list(last.values())[:most]
