"""What was brought: looked at before anything is changed, then taken in together, each file whole or not at all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.changes import Changes
from app.domain.arrival import Verdict
from app.domain.rights import Right
from app.errors import AppError, Refused
from app.packages.bundle import Trusted
from app.progress import Progress
from app.queries.rights import check_may
from app.use_cases.arrival import Arrival, Brought, TakenIn, refused
from app.use_cases.arrival_sorts import SORTS, newly_trusted
from app.use_cases.brought_files import Found, look_at, recognised
from app.use_cases.trust import believed
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What was brought, file by file, and what else lay there."""

    found: Found
    arrivals: tuple[Arrival, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one file."""

    path: Path
    taken: TakenIn | None = None
    fault: AppError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AllTaken:
    """What became of the files that were taken in together; those after a stop stay for another time."""

    outcomes: tuple[Outcome, ...]
    stopped: bool
    changes: Changes


def receive(workspace: Workspace, path: Path, *, roots_fingerprint: str | None = None) -> TakenIn:
    """Take one file in; whole or not at all. `roots_fingerprint` is what a person compared, for a trust file.

    Raises `Refused("not_allowed" | "file_strange")` and what taking in its sort raises: `Refused("no_trust")`, `PackageFault`
    with the code of the check that failed.
    """
    check_may(workspace, Right.EXPORT)
    brought = recognised(path)
    return SORTS[brought.sort].take(workspace, brought, roots_fingerprint)


def look_at_all(workspace: Workspace, paths: Iterable[Path]) -> Looked:
    """What files and whole folders bring; raises what the disk raises of a folder that cannot be opened."""
    found = look_at(paths)
    return Looked(found=found, arrivals=look(workspace, found.files))


def in_order(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Files in the order in which they are taken in, those of no sort last; nothing of them is believed or checked."""

    def place(path: Path) -> tuple[int, str]:
        try:
            return _ORDER[recognised(path).sort], path.name
        except AppError:
            return _ORDER[""], path.name

    return tuple(sorted(paths, key=place))


def look(workspace: Workspace, paths: Iterable[Path]) -> tuple[Arrival, ...]:
    """What each file is, in the order they would be taken in. Nothing is changed.

    What is measured by whom the station trusts is measured by the newest trust file beside it, where there is one.
    """
    brought: list[Brought] = []
    arrivals: list[Arrival] = []
    for path in paths:
        try:
            brought.append(recognised(path))
        except AppError as fault:
            arrivals.append(refused(path, fault))
    trusted = _newest_trusted(workspace, [each for each in brought if each.sort == "trust"])
    arrivals += [_looked(workspace, each, trusted) for each in brought]
    return tuple(sorted(arrivals, key=_order))


def take_all(
    workspace: Workspace, arrivals: Sequence[Arrival], *, fingerprint: str = "", progress: Progress | None = None
) -> AllTaken:
    """Take in what is new among them; `fingerprint` is the one a person compared, without which no body is trusted first."""
    told, stopped = progress or Progress(), False
    outcomes: list[Outcome] = []
    new = [each for each in arrivals if each.verdict is Verdict.NEW]
    told.begin("taking", len(new))
    for each in new:
        outcomes.append(_outcome(workspace, each, fingerprint))
        try:
            told.advance()
        except Refused:
            stopped = True
            break
    changes = Changes.NOTHING
    for outcome in outcomes:
        changes |= outcome.taken.changes if outcome.taken else Changes.NOTHING
    return AllTaken(outcomes=tuple(outcomes), stopped=stopped and len(outcomes) < len(new), changes=changes)


def _taken(workspace: Workspace, arrival: Arrival, fingerprint: str) -> TakenIn:
    if arrival.first and not fingerprint:
        raise Refused("fingerprint_not_compared")
    return receive(workspace, arrival.path, roots_fingerprint=fingerprint if arrival.first else None)


def _outcome(workspace: Workspace, arrival: Arrival, fingerprint: str) -> Outcome:
    try:
        return Outcome(path=arrival.path, taken=_taken(workspace, arrival, fingerprint))
    except AppError as fault:
        return Outcome(path=arrival.path, fault=fault)


# --- looking -------------------------------------------------------------------------------------------------------


def _newest_trusted(workspace: Workspace, files: Sequence[Brought]) -> Trusted | None:
    newest = believed(workspace)
    for each in files:
        try:
            offered = newly_trusted(workspace, each)
        except AppError:
            continue  # its own line says why
        if newest is None or offered.trust_list.version > newest.trust_list.version:
            newest = offered
    return newest


def _looked(workspace: Workspace, brought: Brought, trusted: Trusted | None) -> Arrival:
    try:
        return SORTS[brought.sort].look(workspace, brought, trusted)
    except AppError as fault:
        return refused(brought.path, fault)


_ORDER: Final = {name: place for place, name in enumerate((*SORTS, "own", "own_peer", "others", ""))}


def _order(arrival: Arrival) -> tuple[int, int, str]:
    return _ORDER[arrival.what], arrival.number, arrival.path.name
