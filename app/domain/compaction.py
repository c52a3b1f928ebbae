"""What may be let go of a journal: what earlier states and removed parts said, once nobody can need it any more.

Heads and links stay, as of what was erased: the chain holds, and who saved what when is told for ever.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from app.domain.ids import Stamp
from app.domain.retention import FOR_EVER, OF_KIND, RetentionClass, Rule
from app.domain.revisions import Revision
from app.domain.rights import SHARED
from app.domain.values import Id

SHOWN: Final = timedelta(days=183)
"""How long a history shows what a change replaced: half a year, as long as the log is kept at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompactionPlan:
    """What would be let go: earlier states, removed parts of records, bytes; `waiting` names who has not said what they have.

    `before` is the day behind which nothing is touched; None while somebody is waited for.
    """

    states: int = 0
    removed: int = 0
    size: int = 0
    before: datetime | None = None
    waiting: tuple[str, ...] = ()


def older_than(revision: Revision, moment: datetime) -> bool:
    """Whether a revision was saved before a moment, by the clock of whoever saved it."""
    return Stamp.parse(revision.hlc).milliseconds < moment.timestamp() * 1000


def let_go_of(lines: Sequence[Revision], head: Id, before: datetime) -> list[Id]:
    """The states of a record that only its history still shows, and that long enough: all made from them is older than `before`.

    `lines` are all of it that is here, `head` the only state that stands.
    """
    made_from: dict[Id, list[Revision]] = {}
    for each in lines:
        for parent in each.parents:
            made_from.setdefault(parent, []).append(each)
    return [
        each.rev
        for each in lines
        if each.salt and each.rev != head and all(older_than(one, before) for one in (each, *made_from.get(each.rev, ())))
    ]


def whole_history(rules: Mapping[RetentionClass, Rule]) -> Collection[str]:
    """The kinds of which every state stays, since the records are kept for ever."""
    return {kind for kind, of in OF_KIND.items() if rules[of].years == FOR_EVER}


def may_leave_trash(kind: str) -> bool:
    """Whether what is removed of this kind may leave the trash: parts, but no register and nothing with years of its own."""
    return kind not in SHARED and kind not in OF_KIND and kind != "erase_order"
