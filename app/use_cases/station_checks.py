"""Checks of the station: a round through the list, written down in one deed, and what was mended since."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from app.domain.drafted import record_drafted, record_told, refused_as
from app.domain.problems import stop_at
from app.domain.station_check import ROUND_DRAFT, StationCheck, check_problems
from app.domain.values import Id, Json
from app.errors import Refused
from app.queries.relations import title_of
from app.reference import guide_checklist
from app.storage import drafts as kept_drafts
from app.storage.deeds import mark_whole
from app.use_cases.drafts import drafts
from app.use_cases.issues import Done, saved
from app.workspace import Workspace

ROUND_KEY: Final = f"{ROUND_DRAFT}:round"
"""The name under which a round that is being written is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRound:
    """A round as it is written: the day, who checks, every item of the list; one without a finding was not looked at."""

    on: date | None
    by: str
    lines: tuple[StationCheck, ...]

    def told(self) -> dict[str, Json]:
        """As its draft keeps it."""
        lines: list[Json] = [record_told(each) for each in self.lines]
        return {"on": self.on.isoformat() if self.on else "", "by": self.by, "lines": lines}

    def checks(self) -> tuple[StationCheck, ...]:
        """The records it makes."""
        return tuple(replace(each, on=self.on, checked_by=self.by) for each in self.lines if each.finding)


def new_round(workspace: Workspace) -> CheckRound:
    """A round of today by whoever is at the keyboard, nothing looked at yet; or the one that was kept."""
    if kept := _kept(workspace):
        return kept
    with workspace.reading() as connection:
        name = title_of(connection, workspace.author.op)
    return CheckRound(
        on=workspace.clock.today().date(),
        by=name,
        lines=tuple(
            StationCheck(id=workspace.clock.new_id(), group=each.group, item=each.code, item_name=each.name)
            for each in guide_checklist().items
        ),
    )


def save_round(workspace: Workspace, told: CheckRound) -> Done:
    """Write down what was looked at, a record each; one deed, taken back as one. Raises `Refused("incomplete", problems)`."""
    checks = told.checks()
    stop_at(check_problems(checks, workspace.clock.today().date()))
    with workspace.writing() as books:
        mark_whole(books.connection, books.deed)
        kept_drafts.discard(books.connection, ROUND_KEY, workspace.author.op)
        return saved(books, checks[0].id, checks, {})


def correct_check(workspace: Workspace, check: StationCheck, seen: Sequence[Id] = (), key: str = "") -> Done:
    """Put a check right, or write down how it was mended; its draft is forgotten.

    Raises `Refused("record_missing" | "incomplete" | "stale")`.
    """
    stop_at(check_problems([check], workspace.clock.today().date()))
    with workspace.writing() as books:
        books.records.get(StationCheck, check.id)
        if key:
            kept_drafts.discard(books.connection, key, workspace.author.op)
        return saved(books, check.id, [check], {check.id: tuple(seen)} if seen else {})


def check_key(id: Id) -> str:
    """The name under which the draft of a check that is put right is kept."""
    return f"{ROUND_DRAFT}:{id}"


def kept_check(workspace: Workspace, stands: StationCheck) -> StationCheck:
    """What was typed of a check and never saved, else the check as it stands."""
    body = next((each.body for each in drafts(workspace) if each.key == check_key(stands.id)), None)
    try:
        with refused_as(ROUND_DRAFT):
            return record_drafted(StationCheck, body) if body else stands
    except Refused:
        return stands  # a newer program kept it


def _kept(workspace: Workspace) -> CheckRound | None:
    body = next((each.body for each in drafts(workspace) if each.key == ROUND_KEY), None)
    if body is None:
        return None
    try:
        with refused_as(ROUND_DRAFT):
            lines = body["lines"]
            told = tuple(record_drafted(StationCheck, dict(each)) for each in lines) if isinstance(lines, (list, tuple)) else ()
            on = str(body["on"])
            return CheckRound(on=date.fromisoformat(on) if on else None, by=str(body["by"]), lines=told)
    except Refused:
        return None  # a newer program kept it
