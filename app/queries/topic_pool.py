"""Matters that residents raised often lately (选题库): issues of some months put together by likeness, by category, by place.

Likeness counts the pieces that titles share and that few titles have; nothing is guessed from meaning, and what is counted is
said. Titles are looked at, not whole texts.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import log
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, func, select, true

from app.domain.category import CategoryScheme
from app.domain.likeness import pieces
from app.domain.search import fold
from app.domain.values import CodeSet, Id
from app.queries.relations import category_names, member, standing
from app.queries.rights import own_only
from app.storage.tables import CurrentRow
from app.workspace import Workspace

SHOWN: Final = 200
"""Matters that are shown, those raised most often first."""

FEWEST: Final = 2
"""Issues of which it is said that a matter was raised more than once."""

_LIKE: Final = 0.45  # of what tells about two titles, the share they have in common
_LOOKED_FOR: Final = 4  # rarest pieces of a title by which others are found
_NEAR: Final = 60  # matters that are compared with one title
_EXAMPLES: Final = 3
_NOBODY: Final = ("", 1)


class PoolBy(CodeSet):
    """What makes issues one matter of the pool."""

    LIKENESS = "likeness", "相似事项"
    CATEGORY = "category", "类别"
    PLACE = "place", "地点"


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A matter: its issues newest first, how many people raised it at how many places, when last; `other` in a suggestion."""

    title: str
    issues: tuple[Id, ...]
    people: int
    places: tuple[str, ...]
    categories: tuple[str, ...]
    latest: str
    used: int  # of its issues, those a suggestion stands on already
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicPool:
    """The matters raised more than once since a day, of how many issues; `left_out` are matters beyond those shown."""

    since: date
    looked_at: int
    topics: tuple[Topic, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class _Raised:
    id: Id
    title: str
    day: str
    category: str
    place: str
    encounter: Id


def topic_pool(workspace: Workspace, by: PoolBy, since: date) -> TopicPool:
    """What was raised more than once from that day on, what was raised most often first.

    Whoever is confined to a deputy's own finds matters among those alone.
    """
    with workspace.reading() as connection:
        asked = [standing("issue"), CurrentRow.day >= since.isoformat(), *own_only(connection, workspace.author.op)]
        met = _met(connection, asked)
        raised = _raised(connection, asked, met)
        groups = [each for each in _GROUPED[by](raised) if len(each) >= FEWEST]
        groups.sort(key=lambda each: (-len(each), each[0].title))
        shown = groups[:SHOWN]
        names = category_names(connection, CategoryScheme.ISSUE)
        used = _used(connection)
        topics = tuple(_topic(by, group, names, used, met) for group in shown)
    return TopicPool(since=since, looked_at=len(raised), topics=topics, left_out=len(groups) - len(shown))


def _raised(connection: Connection, asked: Sequence[ColumnElement[bool]], met: Mapping[Id, tuple[str, int]]) -> list[_Raised]:
    """The issues asked for, newest first; the place is the resident's village, else the place of the matter."""
    columns = [func.coalesce(member(name), "").label(name) for name in ("category", "place", "encounter")]
    question = (
        select(CurrentRow.id, CurrentRow.title, CurrentRow.day, *columns)
        .where(*asked)
        .order_by(CurrentRow.day.desc(), CurrentRow.no.desc())
    )
    return [
        _Raised(row.id, row.title, row.day or "", row.category, met.get(row.encounter, _NOBODY)[0] or row.place, row.encounter)
        for row in connection.execute(question)
    ]


def _met(connection: Connection, asked: Sequence[ColumnElement[bool]]) -> Mapping[Id, tuple[str, int]]:
    """Of everyone who raised an issue asked for the village, and how many people they count for; asked once for all."""
    who = select(member("encounter")).where(*asked)
    village, people = member("village"), func.max(1, func.coalesce(member("people"), 1))
    # No kind is asked for beside the identifiers: SQLite would read everybody ever met.
    question = select(CurrentRow.id, func.coalesce(village, "").label("village"), people.label("people"))
    return {row.id: (row.village, row.people) for row in connection.execute(question.where(CurrentRow.id.in_(who)))}


# --- together --------------------------------------------------------------------------------------------------------

_Groups = list[list[_Raised]]


def _by_field(name: str) -> Callable[[Sequence[_Raised]], _Groups]:
    def grouped(raised: Sequence[_Raised]) -> _Groups:
        groups: defaultdict[str, list[_Raised]] = defaultdict(list)
        for each in raised:
            if told := getattr(each, name):
                groups[told].append(each)
        return list(groups.values())

    return grouped


def _by_likeness(raised: Sequence[_Raised]) -> _Groups:
    """Each title joins the matter it shares most with, of those it shares rare pieces with; else it begins one."""
    titles: defaultdict[str, list[_Raised]] = defaultdict(list)
    for each in raised:
        titles[fold(each.title)].append(each)
    told = {title: frozenset(pieces(title)) for title in titles}
    spread = Counter(piece for each in told.values() for piece in each)
    weight = {piece: log(1 + len(told) / many) for piece, many in spread.items()}
    groups: list[list[_Raised]] = []
    leaders: list[tuple[frozenset[str], float]] = []
    holding: defaultdict[str, list[int]] = defaultdict(list)
    for title, issues in titles.items():
        ours = told[title]
        rare = sorted(ours, key=lambda piece: (-weight[piece], piece))[:_LOOKED_FOR]
        mass = sum(weight[piece] for piece in ours)
        best = _nearest(ours, mass, leaders, holding, rare, weight)
        if best is None:
            best = len(groups)
            groups.append([])
            leaders.append((ours, mass))
            for piece in ours:
                if len(holding[piece]) < _NEAR:
                    holding[piece].append(best)
        groups[best] += issues
    return [sorted(each, key=lambda issue: issue.day, reverse=True) for each in groups]


def _nearest(
    ours: frozenset[str],
    mass: float,
    leaders: Sequence[tuple[frozenset[str], float]],
    holding: Mapping[str, list[int]],
    rare: Sequence[str],
    weight: Mapping[str, float],
) -> int | None:
    """The matter whose first title shares most with this one, where that is enough."""
    best, share = None, _LIKE
    for number in {each for piece in rare for each in holding.get(piece, ())}:
        theirs, their_mass = leaders[number]
        common = sum(weight[piece] for piece in ours & theirs)
        alike = 2 * common / (mass + their_mass) if mass + their_mass else 0.0
        if alike > share or (alike == share and best is not None and number < best):
            best, share = number, alike
    return best


_GROUPED: Final[Mapping[PoolBy, Callable[[Sequence[_Raised]], _Groups]]] = {
    PoolBy.LIKENESS: _by_likeness,
    PoolBy.CATEGORY: _by_field("category"),
    PoolBy.PLACE: _by_field("place"),
}


# --- what is told of a matter ----------------------------------------------------------------------------------------


def _topic(
    by: PoolBy, group: Sequence[_Raised], names: Mapping[str, str], used: frozenset[Id], met: Mapping[Id, tuple[str, int]]
) -> Topic:
    first = group[0]
    titles = {PoolBy.CATEGORY: names.get(first.category, first.category), PoolBy.PLACE: first.place}
    encounters = {each.encounter for each in group if each.encounter}
    return Topic(
        title=titles.get(by, first.title),
        issues=tuple(each.id for each in group),
        people=sum(met.get(each, _NOBODY)[1] for each in encounters) + sum(not each.encounter for each in group),
        places=_often(each.place for each in group),
        categories=tuple(names.get(each, each) for each in _often(each.category for each in group)),
        latest=max(each.day for each in group),
        used=sum(each.id in used for each in group),
        examples=tuple(dict.fromkeys(each.title for each in group))[:_EXAMPLES],
    )


def _often(told: Any) -> tuple[str, ...]:
    """The filled ones, most frequent first."""
    return tuple(each for each, _times in Counter(filter(None, told)).most_common())


def _used(connection: Connection) -> frozenset[Id]:
    """The issues that suggestions stand on."""
    listed = func.json_each(member("issues")).table_valued("value")
    question = select(listed.c.value).select_from(CurrentRow).join(listed, true())
    return frozenset(connection.scalars(question.where(standing("suggestion"))))
